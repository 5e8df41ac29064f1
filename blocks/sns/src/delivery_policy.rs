//! How often and when a delivery to an HTTP endpoint is tried again: the DeliveryPolicy of topics and subscriptions.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>

use std::time::Duration;

use floor::Answer;
use serde_json::{Map, Value, json};

use crate::{fault, limits};

/// The four phases of retries. Times in seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Retries {
    min_s: u64,
    max_s: u64,
    /// In all phases together.
    all: u64,
    no_delay: u64,
    min_delay: u64,
    max_delay: u64,
    function: Function,
}

/// How delays grow from the least to the greatest in the third phase. AWS names these and draws their curves; the
/// formulas are ours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Function {
    Linear,
    Arithmetic,
    Geometric,
    Exponential,
}

const FUNCTIONS: [(&str, Function); 4] = [
    ("linear", Function::Linear),
    ("arithmetic", Function::Arithmetic),
    ("geometric", Function::Geometric),
    ("exponential", Function::Exponential),
];

impl Retries {
    /// What HTTP endpoints have where nothing was set.
    const HTTP: Self = Self {
        min_s: 20,
        max_s: 20,
        all: 3,
        no_delay: 0,
        min_delay: 0,
        max_delay: 0,
        function: Function::Linear,
    };
    /// What e-mail has; it cannot be set. Fifty tries over six hours.
    pub(crate) const MAIL: Self = Self {
        min_s: 10,
        max_s: 600,
        all: 50,
        no_delay: 0,
        min_delay: 2,
        max_delay: 38,
        function: Function::Exponential,
    };

    /// How long to wait after so many tries have failed; none: it was the last.
    pub(crate) fn wait(&self, failed: u64) -> Option<Duration> {
        let backing_off = self.all - self.no_delay - self.min_delay - self.max_delay;
        let before = self.no_delay + self.min_delay;
        let wait_s = match failed {
            0 => 0.0,
            _ if failed > self.all => return None,
            _ if failed <= self.no_delay => 0.0,
            _ if failed <= before => self.min_s as f64,
            _ if failed > before + backing_off => self.max_s as f64,
            _ => self.grown(failed - before, backing_off),
        };
        Some(Duration::from_millis((wait_s * 1000.0).round() as u64))
    }

    /// The delay of the `step`th of `steps` retries, from the least at the first to the greatest at the last.
    fn grown(&self, step: u64, steps: u64) -> f64 {
        let (min, max) = (self.min_s as f64, self.max_s as f64);
        if steps < 2 {
            return min;
        }
        let at = (step - 1) as f64 / (steps - 1) as f64;
        match self.function {
            Function::Linear => min + (max - min) * at,
            Function::Arithmetic => min + (max - min) * at * f64::midpoint(at, 1.0),
            Function::Geometric => min * (max / min).powf(at),
            Function::Exponential => {
                let whole = (steps - 1) as f64;
                min + (max - min) * ((at * whole).exp2() - 1.0) / (whole.exp2() - 1.0)
            }
        }
    }

    /// All waits together.
    fn total(&self) -> Duration {
        (1..=self.all).filter_map(|failed| self.wait(failed)).sum()
    }

    /// Reads what stands at `path`.
    fn read(path: &str, given: &Map<String, Value>) -> Answer<Self> {
        let known = [
            "minDelayTarget",
            "maxDelayTarget",
            "numRetries",
            "numNoDelayRetries",
            "numMinDelayRetries",
            "numMaxDelayRetries",
            "backoffFunction",
        ];
        only(path, given, &known)?;
        let needed = |name: &str, least: u64, most: u64| {
            whole(path, given, name, least, most)?.ok_or_else(|| refused(path, name, "must be specified"))
        };
        let optional = |name: &str| {
            Ok::<_, floor::Fault>(whole(path, given, name, 0, limits::RETRIES_MAX)?.unwrap_or(0))
        };
        let function = match given.get("backoffFunction") {
            None | Some(Value::Null) => Function::Linear,
            Some(named) => {
                let found = FUNCTIONS.iter().find(|(name, _)| named.as_str() == Some(name));
                let why = "must be one of: linear, arithmetic, geometric, exponential";
                found.ok_or_else(|| refused(path, "backoffFunction", why))?.1
            }
        };
        let one = Self {
            min_s: needed("minDelayTarget", 1, limits::RETRY_TIME_MAX.as_secs())?,
            max_s: needed("maxDelayTarget", 1, limits::RETRY_TIME_MAX.as_secs())?,
            all: needed("numRetries", 0, limits::RETRIES_MAX)?,
            no_delay: optional("numNoDelayRetries")?,
            min_delay: optional("numMinDelayRetries")?,
            max_delay: optional("numMaxDelayRetries")?,
            function,
        };
        if one.min_s > one.max_s {
            let why = format!("must be greater than or equal to {path}.minDelayTarget");
            return Err(refused(path, "maxDelayTarget", &why));
        }
        if one.no_delay + one.min_delay + one.max_delay > one.all {
            let why = "must be greater than or equal to the sum of numNoDelayRetries, numMinDelayRetries and \
                       numMaxDelayRetries";
            return Err(refused(path, "numRetries", why));
        }
        if one.total() > limits::RETRY_TIME_MAX {
            let why = format!("DeliveryPolicy: {path}: the total retry time must not exceed 3600 seconds");
            return Err(fault::invalid(why));
        }
        Ok(one)
    }

    fn described(&self) -> Value {
        let function = FUNCTIONS.iter().find(|(_, one)| *one == self.function).map(|(name, _)| *name);
        json!({
            "minDelayTarget": self.min_s, "maxDelayTarget": self.max_s, "numRetries": self.all,
            "numMaxDelayRetries": self.max_delay, "numNoDelayRetries": self.no_delay,
            "numMinDelayRetries": self.min_delay, "backoffFunction": function,
        })
    }
}

fn refused(path: &str, name: &str, why: &str) -> floor::Fault {
    fault::invalid(format!("DeliveryPolicy: {path}.{name} {why}"))
}

fn only(path: &str, given: &Map<String, Value>, known: &[&str]) -> Answer<()> {
    match given.keys().find(|name| !known.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => Err(refused(path, name, "is not known")),
    }
}

fn whole(path: &str, given: &Map<String, Value>, name: &str, least: u64, most: u64) -> Answer<Option<u64>> {
    let Some(value) = given.get(name).filter(|value| !value.is_null()) else { return Ok(None) };
    if !value.is_i64() && !value.is_u64() {
        return Err(refused(path, name, "must be an integer"));
    }
    match value.as_u64() {
        Some(n) if n > most => Err(refused(path, name, &format!("must be less than or equal to {most}"))),
        Some(n) if n >= least => Ok(Some(n)),
        _ => Err(refused(path, name, &format!("must be greater than or equal to {least}"))),
    }
}

/// What endpoints may be told that they get. The page above lists them.
const CONTENT_TYPES: &[&str] = &[
    "application/atom+xml",
    "application/json",
    "application/octet-stream",
    "application/soap+xml",
    "application/x-www-form-urlencoded",
    "application/xhtml+xml",
    "application/xml",
    "text/css",
    "text/csv",
    "text/html",
    "text/plain",
    "text/xml",
];
const PLAIN: &str = "text/plain; charset=UTF-8";

/// What stands in one policy, of a topic or of a subscription.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Parts {
    retries: Option<Retries>,
    per_second: Option<u64>,
    content_type: Option<String>,
    /// Subscriptions' own policies do not count (topics only).
    no_overrides: bool,
}

/// The names of the three parts, in a topic's policy and in a subscription's.
const OF_TOPIC: [&str; 3] = ["defaultHealthyRetryPolicy", "defaultThrottlePolicy", "defaultRequestPolicy"];
const OF_SUBSCRIPTION: [&str; 3] = ["healthyRetryPolicy", "throttlePolicy", "requestPolicy"];

fn object<'a>(
    path: &str,
    given: &'a Map<String, Value>,
    name: &str,
) -> Answer<Option<&'a Map<String, Value>>> {
    match given.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(all)) => Ok(Some(all)),
        Some(_) => Err(fault::invalid(format!("DeliveryPolicy: {path}{name} must be an object"))),
    }
}

impl Parts {
    fn read(path: &str, given: &Map<String, Value>, names: [&str; 3]) -> Answer<Self> {
        let [retries, throttle, request] = names;
        let at = |name: &str| format!("{path}{name}");
        let mut parts = Self::default();
        if let Some(found) = object(path, given, retries)? {
            parts.retries = Some(Retries::read(&at(retries), found)?);
        }
        if let Some(found) = object(path, given, throttle)? {
            only(&at(throttle), found, &["maxReceivesPerSecond"])?;
            let rate = whole(&at(throttle), found, "maxReceivesPerSecond", 1, u64::from(u32::MAX))?;
            parts.per_second = rate;
        }
        if let Some(found) = object(path, given, request)? {
            only(&at(request), found, &["headerContentType"])?;
            match found.get("headerContentType") {
                None | Some(Value::Null) => {}
                Some(named) => {
                    let bare = |text: &str| text.split(';').next().unwrap_or_default().trim().to_lowercase();
                    let named = named.as_str().filter(|text| {
                        CONTENT_TYPES.contains(&bare(text).as_str())
                            && text.bytes().all(|b| (32..127).contains(&b))
                    });
                    let why = "is not a supported content type";
                    parts.content_type = Some(
                        named.ok_or_else(|| refused(&at(request), "headerContentType", why))?.to_owned(),
                    );
                }
            }
        }
        Ok(parts)
    }
}

fn parsed(text: &str) -> Answer<Map<String, Value>> {
    serde_json::from_str(text).map_err(|_| fault::invalid("DeliveryPolicy: failed to parse JSON."))
}

/// A topic's policy, and how AWS shows it: without what is null, and with what it always says.
fn read_topic(text: &str) -> Answer<(Parts, Value)> {
    let given = parsed(text)?;
    if let Some(name) = given.keys().find(|name| *name != "http") {
        return Err(fault::invalid(format!("DeliveryPolicy: {name} is not known")));
    }
    let empty = Map::new();
    let http = object("", &given, "http")?.unwrap_or(&empty);
    only("http", http, &[&OF_TOPIC[..], &["disableSubscriptionOverrides"]].concat())?;
    let mut parts = Parts::read("http.", http, OF_TOPIC)?;
    match http.get("disableSubscriptionOverrides") {
        None | Some(Value::Null) => {}
        Some(Value::Bool(truth)) => parts.no_overrides = *truth,
        Some(_) => return Err(refused("http", "disableSubscriptionOverrides", "must be a boolean")),
    }
    let mut shown = Map::new();
    let mut show = |name: &str| {
        if let Some(value) = http.get(name).filter(|value| !value.is_null()) {
            shown.insert(name.to_owned(), value.clone());
        }
    };
    show(OF_TOPIC[0]);
    show("disableSubscriptionOverrides");
    show(OF_TOPIC[1]);
    show(OF_TOPIC[2]);
    shown.entry("disableSubscriptionOverrides").or_insert(false.into());
    Ok((parts, json!({"http": shown})))
}

/// A subscription's policy, and how AWS shows it: with all of its names.
fn read_subscription(text: &str) -> Answer<(Parts, Value)> {
    let given = parsed(text)?;
    let known = [&OF_SUBSCRIPTION[..], &["sicklyRetryPolicy", "guaranteed"]].concat();
    if let Some(name) = given.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(fault::invalid(format!("DeliveryPolicy: {name} is not known")));
    }
    let parts = Parts::read("", &given, OF_SUBSCRIPTION)?;
    let [retries, throttle, request] =
        OF_SUBSCRIPTION.map(|name| given.get(name).cloned().unwrap_or(Value::Null));
    Ok((parts, of_subscription(&retries, &throttle, &request)))
}

fn of_subscription(retries: &Value, throttle: &Value, request: &Value) -> Value {
    json!({
        "healthyRetryPolicy": retries, "sicklyRetryPolicy": null, "throttlePolicy": throttle,
        "requestPolicy": request, "guaranteed": false,
    })
}

/// A topic's policy as it is stored and shown.
pub(crate) fn topic_text(text: &str) -> Answer<String> {
    Ok(read_topic(text)?.1.to_string())
}

/// A subscription's policy as it is stored and shown.
pub(crate) fn subscription_text(text: &str) -> Answer<String> {
    Ok(read_subscription(text)?.1.to_string())
}

/// What counts for a delivery.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Effective {
    pub(crate) retries: Retries,
    pub(crate) per_second: Option<u64>,
    pub(crate) content_type: String,
    no_overrides: bool,
}

impl Effective {
    /// From the policies of the topic and of the subscription, where they have one.
    pub(crate) fn of(topic: Option<&String>, subscription: Option<&String>) -> Self {
        // They were read when they were set.
        let of_topic = topic.and_then(|text| Some(read_topic(text).ok()?.0)).unwrap_or_default();
        let own = subscription.filter(|_| !of_topic.no_overrides);
        let own = own.and_then(|text| Some(read_subscription(text).ok()?.0)).unwrap_or_default();
        let content_type = own.content_type.or(of_topic.content_type);
        Self {
            retries: own.retries.or(of_topic.retries).unwrap_or(Retries::HTTP),
            per_second: own.per_second.or(of_topic.per_second),
            content_type: content_type.unwrap_or_else(|| PLAIN.to_owned()),
            no_overrides: of_topic.no_overrides,
        }
    }

    /// `EffectiveDeliveryPolicy` of a topic.
    pub(crate) fn of_topic_text(&self) -> String {
        let mut http = Map::new();
        http.insert(OF_TOPIC[0].to_owned(), self.retries.described());
        http.insert("disableSubscriptionOverrides".to_owned(), self.no_overrides.into());
        if let Some(rate) = self.per_second {
            http.insert(OF_TOPIC[1].to_owned(), json!({"maxReceivesPerSecond": rate}));
        }
        http.insert(OF_TOPIC[2].to_owned(), json!({"headerContentType": self.content_type}));
        json!({"http": http}).to_string()
    }

    /// `EffectiveDeliveryPolicy` of a subscription.
    pub(crate) fn of_subscription_text(&self) -> String {
        let throttle = self.per_second.map_or(Value::Null, |rate| json!({"maxReceivesPerSecond": rate}));
        let request = json!({"headerContentType": self.content_type});
        of_subscription(&self.retries.described(), &throttle, &request).to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn retries(text: &str) -> Retries {
        Retries::read("p", &parsed(text).unwrap()).unwrap()
    }

    #[test]
    fn the_phases_follow_one_another() {
        let one = retries(
            r#"{"minDelayTarget":1,"maxDelayTarget":9,"numRetries":10,"numNoDelayRetries":2,"numMinDelayRetries":2,
                "numMaxDelayRetries":3,"backoffFunction":"linear"}"#,
        );
        let waits: Vec<_> = (1..=11).map(|failed| one.wait(failed).map(|wait| wait.as_secs())).collect();
        let seconds = [0, 0, 1, 1, 1, 5, 9, 9, 9, 9].map(Some);
        assert_eq!(waits, [&seconds[..], &[None]].concat());
        assert_eq!(Retries::HTTP.wait(3), Some(Duration::from_secs(20)));
        assert_eq!(Retries::HTTP.wait(4), None);
        assert!(Retries::MAIL.total() > Duration::from_secs(6 * 3600));
    }

    proptest! {
        #[test]
        fn delays_grow_from_the_least_to_the_greatest(
            (min_s, more, function, phases) in (1_u64..60, 0_u64..60, 0..4_usize, (0..4_u64, 0..4_u64, 0..8_u64, 0..4_u64))
        ) {
            let (no_delay, min_delay, backing_off, max_delay) = phases;
            let all = no_delay + min_delay + backing_off + max_delay;
            let one = Retries {
                min_s, max_s: min_s + more, all, no_delay, min_delay, max_delay, function: FUNCTIONS[function].1,
            };
            let waits: Vec<_> = (1..=all).map(|failed| one.wait(failed).unwrap()).collect();
            prop_assert!(waits.is_sorted());
            prop_assert!(waits[no_delay as usize..].iter().all(|w| (min_s * 1000..=one.max_s * 1000).contains(&(w.as_millis() as u64))));
            if backing_off > 1 {
                prop_assert_eq!(waits[(no_delay + min_delay + backing_off - 1) as usize], Duration::from_secs(one.max_s));
            }
            prop_assert_eq!(one.wait(all + 1), None);
            let text = one.described().to_string();
            if one.total() <= limits::RETRY_TIME_MAX {
                prop_assert_eq!(retries(&text), one);
            }
        }
    }

    #[test]
    fn a_subscription_overrides_its_topic_unless_that_forbids_it() {
        let topic = r#"{"http":{"defaultRequestPolicy":{"headerContentType":"application/json"},"disableSubscriptionOverrides":NO}}"#;
        let own = subscription_text(r#"{"requestPolicy":{"headerContentType":"text/csv"}}"#).unwrap();
        for (no, seen) in [("false", "text/csv"), ("true", "application/json")] {
            let topic = topic_text(&topic.replace("NO", no)).unwrap();
            assert_eq!(Effective::of(Some(&topic), Some(&own)).content_type, seen);
        }
    }
}
