//! Filter policies of subscriptions: read once, matched against attributes or the message's own JSON.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html>

use std::{collections::BTreeMap, net::Ipv4Addr};

use serde_json::{Map, Value};

use crate::limits;

/// A policy that has been read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Filter(Node);

#[derive(Debug, Clone, PartialEq)]
struct Node {
    /// All of them must match.
    keys: Vec<(String, Want)>,
    /// Of each group, one must match.
    or: Vec<Vec<Node>>,
}

#[derive(Debug, Clone, PartialEq)]
enum Want {
    /// One of them must match.
    Any(Vec<Rule>),
    /// A nested object (message body only).
    Inside(Node),
}

#[derive(Debug, Clone, PartialEq)]
enum Rule {
    Text(String),
    Number(f64),
    Truth(bool),
    Null,
    Prefix(String),
    Suffix(String),
    Wildcard(String),
    IgnoreCase(String),
    Exists(bool),
    Numeric(Vec<(Compare, f64)>),
    Cidr(u32, u32),
    AnythingBut(Vec<Rule>),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Compare {
    Equal,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

/// A value of the message, as rules see it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Seen {
    Text(String),
    Number(f64),
    Truth(bool),
    Null,
}

/// The message's attributes as a filter sees them: each name with its values (several for `String.Array`).
pub(crate) type Attributes = BTreeMap<String, Vec<Seen>>;

/// Why a policy is refused, in the words that follow "Invalid parameter: FilterPolicy: ".
type Refused = String;

impl Filter {
    /// Reads a policy. `body`: it is about the message's JSON, and may nest.
    pub(crate) fn parse(text: &str, body: bool) -> Result<Self, Refused> {
        if text.len() > limits::FILTER_POLICY_BYTES_MAX {
            return Err("Filter policy is too large".to_owned());
        }
        let value: Value = serde_json::from_str(text).map_err(|_| "failed to parse JSON.".to_owned())?;
        let Value::Object(map) = value else {
            return Err("Filter policy must be a JSON object".to_owned());
        };
        let node = read_node(&map, body, 0)?;
        let combinations = node.combinations();
        if combinations > limits::FILTER_COMBINATIONS_MAX {
            return Err("Filter policy is too complex".to_owned());
        }
        if node.key_count() > limits::FILTER_KEYS_MAX {
            return Err("Filter policy can not have more than 5 keys".to_owned());
        }
        Ok(Self(node))
    }

    /// Whether a message with these attributes passes.
    pub(crate) fn admits_attributes(&self, attributes: &Attributes) -> bool {
        self.0.matches_attributes(attributes)
    }

    /// Whether a message with this body passes. A body that is no JSON object does not.
    pub(crate) fn admits_body(&self, body: &str) -> bool {
        match serde_json::from_str(body) {
            Ok(Value::Object(map)) => self.0.matches_object(&[&map]),
            _ => false,
        }
    }
}

impl Node {
    fn combinations(&self) -> u64 {
        let keys: u64 = self.keys.iter().map(|(_, want)| want.combinations()).product();
        let ors: u64 =
            self.or.iter().map(|group| group.iter().map(Node::combinations).sum::<u64>()).product();
        keys.saturating_mul(ors)
    }

    fn key_count(&self) -> usize {
        let own: usize =
            self.keys.iter().map(|(_, w)| if let Want::Inside(n) = w { n.key_count() } else { 1 }).sum();
        own + self.or.iter().flatten().map(Node::key_count).sum::<usize>()
    }

    fn matches_attributes(&self, attributes: &Attributes) -> bool {
        let key = |(name, want): &(String, Want)| match want {
            Want::Any(rules) => any(rules, attributes.get(name).map(Vec::as_slice)),
            Want::Inside(_) => false,
        };
        self.keys.iter().all(key)
            && self.or.iter().all(|group| group.iter().any(|n| n.matches_attributes(attributes)))
    }

    /// Several objects stand side by side where the message has an array of them: one may match for each key.
    fn matches_object(&self, objects: &[&Map<String, Value>]) -> bool {
        let key = |(name, want): &(String, Want)| {
            let found: Vec<&Value> = objects.iter().filter_map(|o| o.get(name)).collect();
            match want {
                Want::Any(rules) => {
                    let mut seen = Vec::new();
                    for value in &found {
                        leaves(value, &mut seen);
                    }
                    any(rules, if found.is_empty() { None } else { Some(&seen) })
                }
                Want::Inside(node) => {
                    let mut inside = Vec::new();
                    for value in &found {
                        objects_in(value, &mut inside);
                    }
                    node.matches_object(&inside)
                }
            }
        };
        self.keys.iter().all(key)
            && self.or.iter().all(|group| group.iter().any(|n| n.matches_object(objects)))
    }
}

impl Want {
    fn combinations(&self) -> u64 {
        match self {
            Self::Any(rules) => rules.len() as u64,
            Self::Inside(node) => node.combinations(),
        }
    }
}

fn leaves(value: &Value, seen: &mut Vec<Seen>) {
    match value {
        Value::Array(items) => items.iter().for_each(|v| leaves(v, seen)),
        Value::Object(_) => {}
        Value::String(s) => seen.push(Seen::Text(s.clone())),
        Value::Number(n) => seen.push(Seen::Number(n.as_f64().unwrap_or(f64::NAN))),
        Value::Bool(b) => seen.push(Seen::Truth(*b)),
        Value::Null => seen.push(Seen::Null),
    }
}

fn objects_in<'a>(value: &'a Value, inside: &mut Vec<&'a Map<String, Value>>) {
    match value {
        Value::Object(map) => inside.push(map),
        Value::Array(items) => items.iter().for_each(|v| objects_in(v, inside)),
        _ => {}
    }
}

fn any(rules: &[Rule], seen: Option<&[Seen]>) -> bool {
    rules.iter().any(|rule| match (rule, seen) {
        (Rule::Exists(wanted), _) => *wanted == seen.is_some(),
        (_, None) => false,
        (_, Some(values)) => values.iter().any(|v| rule.matches(v)),
    })
}

impl Rule {
    fn matches(&self, seen: &Seen) -> bool {
        match (self, seen) {
            (Self::AnythingBut(rules), _) => !rules.iter().any(|r| r.matches(seen)),
            (Self::Text(want), Seen::Text(have)) => want == have,
            (Self::Prefix(want), Seen::Text(have)) => have.starts_with(want.as_str()),
            (Self::Suffix(want), Seen::Text(have)) => have.ends_with(want.as_str()),
            (Self::Wildcard(want), Seen::Text(have)) => wildcard(want.as_bytes(), have.as_bytes()),
            (Self::IgnoreCase(want), Seen::Text(have)) => want.to_lowercase() == have.to_lowercase(),
            (Self::Cidr(net, mask), Seen::Text(have)) => {
                have.parse::<Ipv4Addr>().is_ok_and(|ip| u32::from(ip) & mask == *net)
            }
            (Self::Number(want), Seen::Number(have)) => same_number(*want, *have),
            (Self::Numeric(all), Seen::Number(have)) => all.iter().all(|(how, want)| how.holds(*have, *want)),
            (Self::Truth(want), Seen::Truth(have)) => want == have,
            (Self::Null, Seen::Null) => true,
            _ => false,
        }
    }
}

/// "with five digits of accuracy after the decimal point"
fn same_number(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.000_005
}

impl Compare {
    fn holds(self, have: f64, want: f64) -> bool {
        match self {
            Self::Equal => same_number(have, want),
            Self::Less => have < want && !same_number(have, want),
            Self::LessOrEqual => have < want || same_number(have, want),
            Self::More => have > want && !same_number(have, want),
            Self::MoreOrEqual => have > want || same_number(have, want),
        }
    }
}

/// `*` stands for any bytes. Linear: after a `*` only the last one needs to be tried again.
fn wildcard(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t, mut star) = (0, 0, None);
    while t < text.len() {
        if pattern.get(p) == Some(&b'*') {
            star = Some((p, t));
            p += 1;
        } else if pattern.get(p) == Some(&text[t]) {
            p += 1;
            t += 1;
        } else if let Some((at, from)) = star {
            p = at + 1;
            t = from + 1;
            star = Some((at, t));
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|b| *b == b'*')
}

fn read_node(map: &Map<String, Value>, body: bool, depth: usize) -> Result<Node, Refused> {
    if depth > limits::FILTER_DEPTH_MAX {
        return Err("Filter policy is nested too deeply".to_owned());
    }
    let mut node = Node { keys: Vec::new(), or: Vec::new() };
    for (name, value) in map {
        match value {
            Value::Array(alternatives) if name == "$or" && alternatives.iter().all(Value::is_object) => {
                if alternatives.len() < 2 {
                    return Err("\"$or\" must have at least two alternatives".to_owned());
                }
                let read = |v: &Value| read_node(v.as_object().unwrap_or(&Map::new()), body, depth + 1);
                node.or.push(alternatives.iter().map(read).collect::<Result<_, _>>()?);
            }
            Value::Array(rules) => {
                if rules.is_empty() {
                    return Err(format!("Empty arrays are not allowed\n at [Source: (String)\"{name}\"]"));
                }
                let rules = rules.iter().map(read_rule).collect::<Result<_, _>>()?;
                node.keys.push((name.clone(), Want::Any(rules)));
            }
            Value::Object(inside) if body => {
                if inside.is_empty() {
                    return Err("Empty objects are not allowed".to_owned());
                }
                node.keys.push((name.clone(), Want::Inside(read_node(inside, body, depth + 1)?)));
            }
            Value::Object(_) => {
                return Err(
                    "Filter policy scope MessageAttributes does not support nested filter policy".to_owned()
                );
            }
            _ => return Err(format!("\"{name}\" must be an object or an array")),
        }
    }
    Ok(node)
}

fn read_rule(value: &Value) -> Result<Rule, Refused> {
    match value {
        Value::String(s) => Ok(Rule::Text(s.clone())),
        Value::Number(n) => number(n).map(Rule::Number),
        Value::Bool(b) => Ok(Rule::Truth(*b)),
        Value::Null => Ok(Rule::Null),
        Value::Array(_) => Err("Match value must be String, number, true, false, or null".to_owned()),
        Value::Object(map) => {
            let mut all = map.iter();
            match (all.next(), all.next()) {
                (Some((name, operand)), None) => read_operator(name, operand),
                _ => Err("Only one key allowed in match expression".to_owned()),
            }
        }
    }
}

fn number(n: &serde_json::Number) -> Result<f64, Refused> {
    let value = n.as_f64().unwrap_or(f64::NAN);
    if value.abs() <= limits::FILTER_NUMBER_MAX {
        Ok(value)
    } else {
        Err("Value of < must be between -1.0E9 and 1.0E9, inclusive".replace('<', "numeric match"))
    }
}

fn text(name: &str, operand: &Value) -> Result<String, Refused> {
    operand.as_str().map(str::to_owned).ok_or_else(|| format!("{name} match pattern must be a string"))
}

fn read_operator(name: &str, operand: &Value) -> Result<Rule, Refused> {
    match name {
        "prefix" => text(name, operand).map(Rule::Prefix),
        "suffix" => text(name, operand).map(Rule::Suffix),
        "equals-ignore-case" => text(name, operand).map(Rule::IgnoreCase),
        "wildcard" => text(name, operand).and_then(read_wildcard),
        "exists" => operand
            .as_bool()
            .map(Rule::Exists)
            .ok_or_else(|| "exists match pattern must be either true or false.".to_owned()),
        "cidr" => read_cidr(&text(name, operand)?),
        "numeric" => read_numeric(operand),
        "anything-but" => read_anything_but(operand),
        _ => Err(format!("Unrecognized match type {name}")),
    }
}

fn read_wildcard(pattern: String) -> Result<Rule, Refused> {
    if pattern.contains("**") {
        return Err("Consecutive wildcard characters at pos".to_owned());
    }
    if pattern.matches('*').count() > limits::FILTER_WILDCARDS_MAX {
        return Err("Wildcard pattern has too many wildcard characters".to_owned());
    }
    Ok(Rule::Wildcard(pattern))
}

fn read_cidr(text: &str) -> Result<Rule, Refused> {
    let bad = || format!("Malformed CIDR, {text}");
    let (ip, bits) = text.split_once('/').ok_or_else(bad)?;
    let (ip, bits) = (ip.parse::<Ipv4Addr>().map_err(|_| bad())?, bits.parse::<u32>().map_err(|_| bad())?);
    if bits > 32 {
        return Err(bad());
    }
    let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
    Ok(Rule::Cidr(u32::from(ip) & mask, mask))
}

fn read_numeric(operand: &Value) -> Result<Rule, Refused> {
    let items = operand
        .as_array()
        .filter(|a| matches!(a.len(), 2 | 4))
        .ok_or("Invalid member in numeric match: ]")?;
    let mut all = Vec::new();
    for pair in items.chunks(2) {
        let how = match pair[0].as_str() {
            Some("=") => Compare::Equal,
            Some("<") => Compare::Less,
            Some("<=") => Compare::LessOrEqual,
            Some(">") => Compare::More,
            Some(">=") => Compare::MoreOrEqual,
            _ => {
                return Err(format!(
                    "Unrecognized numeric range operator: {}",
                    pair[0].as_str().unwrap_or("?")
                ));
            }
        };
        let Value::Number(n) = &pair[1] else {
            return Err("Value of numeric match must be numeric".to_owned());
        };
        all.push((how, number(n)?));
    }
    if let [(first, low), (second, high)] = all[..] {
        let lower = matches!(first, Compare::More | Compare::MoreOrEqual);
        let upper = matches!(second, Compare::Less | Compare::LessOrEqual);
        if !(lower && upper) {
            return Err("Bad numeric range operator".to_owned());
        }
        if low >= high {
            return Err("Bottom must be less than top".to_owned());
        }
    }
    Ok(Rule::Numeric(all))
}

fn read_anything_but(operand: &Value) -> Result<Rule, Refused> {
    let one = |v: &Value| match v {
        Value::String(s) => Ok(Rule::Text(s.clone())),
        Value::Number(n) => number(n).map(Rule::Number),
        _ => Err("Inside anything but list, start|null|boolean is not supported.".to_owned()),
    };
    let rules = match operand {
        Value::Array(items) if !items.is_empty() => items.iter().map(one).collect::<Result<_, _>>()?,
        Value::Object(map) if map.len() == 1 => {
            let mut rules = Vec::new();
            for (name, inner) in map {
                let each = inner.as_array().cloned().unwrap_or_else(|| vec![inner.clone()]);
                for operand in each {
                    match name.as_str() {
                        "prefix" | "suffix" | "wildcard" | "equals-ignore-case" => {
                            rules.push(read_operator(name, &operand)?);
                        }
                        _ => return Err(format!("Unsupported anything-but pattern: {name}")),
                    }
                }
            }
            rules
        }
        Value::String(_) | Value::Number(_) => vec![one(operand)?],
        _ => return Err("Invalid anything-but match".to_owned()),
    };
    Ok(Rule::AnythingBut(rules))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn attributes(json: &str) -> Attributes {
        let map: Map<String, Value> = serde_json::from_str(json).unwrap();
        let seen = |v: &Value| {
            let mut out = Vec::new();
            leaves(v, &mut out);
            out
        };
        map.iter().map(|(k, v)| (k.clone(), seen(v))).collect()
    }

    fn admits(policy: &str, message: &str) -> bool {
        Filter::parse(policy, false).unwrap().admits_attributes(&attributes(message))
    }

    #[test]
    fn the_documented_examples() {
        let table = [
            (r#"{"store":["example_corp"]}"#, r#"{"store":"example_corp"}"#, true),
            (r#"{"store":["example_corp"]}"#, r#"{"shop":"example_corp"}"#, false),
            (r#"{"i":["rugby","tennis"]}"#, r#"{"i":["soccer","tennis"]}"#, true),
            (r#"{"i":[{"anything-but":["rugby","tennis"]}]}"#, r#"{"i":"football"}"#, true),
            (r#"{"i":[{"anything-but":["rugby","tennis"]}]}"#, r#"{"i":"rugby"}"#, false),
            (r#"{"i":[{"anything-but":["rugby"]}]}"#, r"{}", false),
            (r#"{"i":[{"anything-but":{"prefix":"order-"}}]}"#, r#"{"i":"order-1"}"#, false),
            (r#"{"i":[{"prefix":"bas"}]}"#, r#"{"i":"baseball"}"#, true),
            (r#"{"i":[{"suffix":"ball"}]}"#, r#"{"i":"baseball"}"#, true),
            (r#"{"i":[{"wildcard":"b*b*l"}]}"#, r#"{"i":"baseball"}"#, true),
            (r#"{"i":[{"equals-ignore-case":"TENNIS"}]}"#, r#"{"i":"tennis"}"#, true),
            (r#"{"ip":[{"cidr":"10.0.0.0/24"}]}"#, r#"{"ip":"10.0.0.255"}"#, true),
            (r#"{"ip":[{"cidr":"10.0.0.0/24"}]}"#, r#"{"ip":"10.1.1.0"}"#, false),
            (r#"{"p":[{"numeric":["=",301.5]}]}"#, r#"{"p":3.015e2}"#, true),
            (r#"{"p":[{"numeric":[">",0,"<=",150]}]}"#, r#"{"p":150}"#, true),
            (r#"{"p":[{"numeric":[">",0,"<=",150]}]}"#, r#"{"p":0}"#, false),
            (r#"{"p":[{"exists":false}]}"#, r#"{"q":1}"#, true),
            (r#"{"p":[{"exists":true}]}"#, r#"{"q":1}"#, false),
            (r#"{"s":["a"],"$or":[{"m":["x"]},{"n":["y"]}]}"#, r#"{"s":"a","n":"y"}"#, true),
            (r#"{"s":["a"],"$or":[{"m":["x"]},{"n":["y"]}]}"#, r#"{"s":"a","n":"z"}"#, false),
        ];
        for (policy, message, expected) in table {
            assert_eq!(admits(policy, message), expected, "{policy} {message}");
        }
    }

    #[test]
    fn bodies_nest() {
        let filter =
            Filter::parse(r#"{"store":{"city":["Osaka"]},"items":{"price":[{"numeric":[">",9]}]}}"#, true);
        let filter = filter.unwrap();
        assert!(filter.admits_body(r#"{"store":{"city":"Osaka"},"items":[{"price":3},{"price":10}]}"#));
        assert!(!filter.admits_body(r#"{"store":{"city":"Kobe"},"items":[{"price":10}]}"#));
        assert!(!filter.admits_body("not json"));
    }

    #[test]
    fn what_is_wrong_is_refused() {
        for wrong in [
            "",
            "[]",
            r#"{"a":"b"}"#,
            r#"{"a":[]}"#,
            r#"{"a":{"b":["c"]}}"#,
            r#"{"a":[{"prefix":1}]}"#,
            r#"{"a":[{"nope":1}]}"#,
            r#"{"a":[{"numeric":["<"]}]}"#,
            r#"{"a":[{"numeric":[">",5,"<",1]}]}"#,
            r#"{"a":[{"cidr":"10.0.0.0/33"}]}"#,
            r#"{"a":[{"exists":"yes"}]}"#,
            r#"{"a":[["b"]]}"#,
            r#"{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}"#,
        ] {
            assert!(Filter::parse(wrong, false).is_err(), "{wrong}");
        }
        let many: Vec<_> = (0..151).map(|i| i.to_string()).collect();
        assert!(Filter::parse(&format!("{{\"a\":[{}]}}", many.join(",")), false).is_err());
    }

    /// The plain definition that the fast matcher must agree with.
    fn naive(pattern: &[char], text: &[char]) -> bool {
        match pattern.first() {
            None => text.is_empty(),
            Some('*') => (0..=text.len()).any(|i| naive(&pattern[1..], &text[i..])),
            Some(c) => text.first() == Some(c) && naive(&pattern[1..], &text[1..]),
        }
    }

    proptest! {
        #[test]
        fn wildcards_agree_with_their_definition(pattern in "[ab*]{0,8}", text in "[ab]{0,10}") {
            let chars = |s: &str| s.chars().collect::<Vec<_>>();
            prop_assert_eq!(wildcard(pattern.as_bytes(), text.as_bytes()), naive(&chars(&pattern), &chars(&text)));
        }

        #[test]
        fn no_policy_text_panics(text in ".{0,200}") {
            let _ = Filter::parse(&text, true);
        }
    }
}
