//! Filter policies of subscriptions: read once, matched against attributes or the message's own JSON.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html>
//!
//! A policy is flattened, as AWS's event-ruler does it: a key inside a key is a path with a dot, so that `{"a":{"b":..}}`
//! and `{"a.b":..}` ask for the same, of both forms of message. What is asked of several keys inside an array of objects
//! must hold in one and the same of its objects. `exists: false` asks that nothing at all lies at its path.

#[cfg(test)]
mod plain;
mod read;
mod rule;
mod source;

use std::sync::OnceLock;

use serde_json::Value;

use self::rule::Rule;
pub(crate) use self::{read::Refused, source::no_json};
use crate::{envelope, records::Message};

/// A policy that has been read: a message passes one of the alternatives.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Filter(Vec<Alternative>);

/// What must hold together.
#[derive(Debug, Clone, PartialEq)]
struct Alternative {
    /// The paths as a tree; the first is its root.
    steps: Vec<Step>,
    leaves: Vec<Vec<Rule>>,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Step {
    below: Vec<(String, usize)>,
    /// What is asked of values here.
    leaves: Vec<usize>,
}

/// Leaves as bits.
type Mask = u64;

/// Sets of leaves that values can satisfy together, none of which is part of another.
type Family = Vec<Mask>;

/// What of a message filters look at, made once for all of its subscribers.
pub(crate) struct Sight<'a> {
    message: &'a Message,
    attributes: OnceLock<Value>,
    body: OnceLock<Value>,
}

impl<'a> Sight<'a> {
    pub(crate) fn of(message: &'a Message) -> Self {
        Self { message, attributes: OnceLock::new(), body: OnceLock::new() }
    }

    pub(crate) fn message(&self) -> &'a Message {
        self.message
    }

    fn attributes(&self) -> &Value {
        self.attributes.get_or_init(|| envelope::seen(self.message))
    }

    /// The body where it is the same for every protocol; null where it is no JSON.
    fn body(&self) -> &Value {
        self.body.get_or_init(|| json(&self.message.body))
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

impl Filter {
    /// Reads a policy. `body`: it is about the message's JSON, and may nest.
    pub(crate) fn parse(text: &str, body: bool) -> Result<Self, Refused> {
        read::read(text, body)
    }

    /// Whether a message passes.
    pub(crate) fn admits(&self, sight: &Sight<'_>, body: bool, protocol: &str) -> bool {
        match (body, sight.message.per_protocol) {
            (false, _) => self.passes(sight.attributes()),
            (true, false) => self.passes(sight.body()),
            (true, true) => self.passes(&json(&envelope::body_for(sight.message, protocol))),
        }
    }

    /// Whether an object passes. What is none does not.
    pub(crate) fn passes(&self, object: &Value) -> bool {
        object.is_object() && self.0.iter().any(|one| one.passes(object))
    }

    /// Whether every message passes: the policy is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|one| one.leaves.is_empty())
    }
}

impl Alternative {
    /// `None` where there are too many paths.
    fn of(paths: Vec<(String, Vec<Rule>)>) -> Option<Self> {
        let mut all = Self { steps: vec![Step::default()], leaves: Vec::new() };
        for (path, rules) in paths {
            let mut at = 0;
            for name in path.split('.') {
                at = all.step(at, name).unwrap_or_else(|| {
                    let new = all.steps.len();
                    all.steps.push(Step::default());
                    all.steps[at].below.push((name.to_owned(), new));
                    new
                });
            }
            all.steps[at].leaves.push(all.leaves.len());
            all.leaves.push(rules);
        }
        (all.leaves.len() < Mask::BITS as usize).then_some(all)
    }

    fn step(&self, at: usize, name: &str) -> Option<usize> {
        self.steps[at].below.iter().find(|(of, _)| of == name).map(|(_, to)| *to)
    }

    fn passes(&self, object: &Value) -> bool {
        let mut there = 0;
        let met = self.reach(0, object, &mut there);
        let absent = (0..self.leaves.len())
            .filter(|leaf| there & (1 << leaf) == 0 && self.leaves[*leaf].contains(&Rule::Exists(false)));
        let absent = absent.fold(0, |all: Mask, leaf| all | 1 << leaf);
        met.iter().any(|met| met | absent == (1 << self.leaves.len()) - 1)
    }

    /// What `value` satisfies of what is asked at this step and below; `there` gets the leaves that have any value.
    fn reach(&self, at: usize, value: &Value, there: &mut Mask) -> Family {
        match value {
            Value::Object(members) => {
                let mut all = vec![0];
                for (name, value) in members {
                    let next = name.split('.').try_fold(at, |at, name| self.step(at, name));
                    if let Some(next) = next {
                        all = both(&all, &self.reach(next, value, there));
                    }
                }
                all
            }
            Value::Array(items) => {
                let mut all = vec![0];
                for item in items {
                    for mask in self.reach(at, item, there) {
                        add(&mut all, mask);
                    }
                }
                all
            }
            value => {
                let mut mask = 0;
                for leaf in &self.steps[at].leaves {
                    *there |= 1 << leaf;
                    if self.leaves[*leaf].iter().any(|rule| rule.holds(value)) {
                        mask |= 1 << leaf;
                    }
                }
                vec![mask]
            }
        }
    }
}

fn add(all: &mut Family, mask: Mask) {
    if all.iter().any(|one| one & mask == mask) {
        return;
    }
    all.retain(|one| one & mask != *one);
    all.push(mask);
}

/// What two values can satisfy together.
fn both(one: &Family, other: &Family) -> Family {
    if other[..] == [0] {
        return one.clone();
    }
    let mut all = Vec::new();
    for a in one {
        for b in other {
            add(&mut all, a | b);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn passes(policy: &Value, message: &Value) -> bool {
        Filter::parse(&policy.to_string(), true).unwrap().passes(message)
    }

    #[test]
    fn the_documented_examples() {
        let table = [
            (json!({"store":["example_corp"]}), json!({"store":"example_corp"}), true),
            (json!({"store":["example_corp"]}), json!({"shop":"example_corp"}), false),
            (json!({"i":["rugby","tennis"]}), json!({"i":["soccer","tennis"]}), true),
            (json!({"i":[{"anything-but":["rugby","tennis"]}]}), json!({"i":"football"}), true),
            (json!({"i":[{"anything-but":["rugby","tennis"]}]}), json!({"i":"rugby"}), false),
            (json!({"i":[{"anything-but":["rugby"]}]}), json!({}), false),
            (json!({"i":[{"anything-but":{"prefix":"order-"}}]}), json!({"i":"order-1"}), false),
            (json!({"i":[{"anything-but":{"suffix":["-x","-y"]}}]}), json!({"i":"order-y"}), false),
            (json!({"i":[{"anything-but":{"wildcard":"*d*"}}]}), json!({"i":"order"}), false),
            (json!({"i":[{"anything-but":{"equals-ignore-case":"ORDER"}}]}), json!({"i":"Order"}), false),
            (json!({"i":[{"anything-but":5}]}), json!({"i":5.0}), false),
            (json!({"i":[{"anything-but":[5, 6]}]}), json!({"i":7}), true),
            (json!({"i":[{"prefix":"bas"}]}), json!({"i":"baseball"}), true),
            (json!({"i":[{"suffix":"ball"}]}), json!({"i":"baseball"}), true),
            (json!({"i":[{"wildcard":"b*b*l"}]}), json!({"i":"baseball"}), true),
            (json!({"i":[{"wildcard":"a\\*b*"}]}), json!({"i":"a*bc"}), true),
            (json!({"i":[{"wildcard":"a\\*b*"}]}), json!({"i":"axbc"}), false),
            (json!({"i":[{"equals-ignore-case":"TENNIS"}]}), json!({"i":"tennis"}), true),
            (json!({"ip":[{"cidr":"10.0.0.0/24"}]}), json!({"ip":"10.0.0.255"}), true),
            (json!({"ip":[{"cidr":"10.0.0.0/24"}]}), json!({"ip":"10.1.1.0"}), false),
            (json!({"ip":[{"cidr":"2001:db8::/64"}]}), json!({"ip":"2001:db8::5"}), true),
            (json!({"ip":[{"cidr":"0.0.0.0/0"}]}), json!({"ip":"::1"}), false),
            (json!({"p":[{"numeric":["=",301.5]}]}), json!({"p":3.015e2}), true),
            (json!({"p":[{"numeric":[">",0,"<=",150]}]}), json!({"p":150}), true),
            (json!({"p":[{"numeric":[">",0,"<=",150]}]}), json!({"p":0}), false),
            (json!({"p":[{"numeric":["<",3]}]}), json!({"p":-1}), true),
            (json!({"p":[1.000_001]}), json!({"p":1}), true),
            (json!({"p":[1e30]}), json!({"p":1e30}), true),
            (json!({"p":[true,null]}), json!({"p":null}), true),
            (json!({"p":[{"exists":false}]}), json!({"q":1}), true),
            (json!({"p":[{"exists":true}]}), json!({"q":1}), false),
            (json!({"p":[{"exists":true}]}), json!({"p":[]}), false),
            (json!({"s":["a"],"$or":[{"m":["x"]},{"n":["y"]}]}), json!({"s":"a","n":"y"}), true),
            (json!({"s":["a"],"$or":[{"m":["x"]},{"n":["y"]}]}), json!({"s":"a","n":"z"}), false),
            (json!({"d":{"$or":[{"m":["x"]},{"n":["y"]}]}}), json!({"d":{"n":"y"}}), true),
        ];
        for (policy, message, expected) in table {
            assert_eq!(passes(&policy, &message), expected, "{policy} {message}");
            assert_eq!(plain::passes(&policy, &message), expected, "{policy} {message}");
        }
    }

    #[test]
    fn paths_with_dots_and_arrays() {
        let same = json!({"o.n.t": ["v"]});
        for message in [
            json!({"o":{"n":{"t":"v"}}}),
            json!({"o.n":{"t":"v"}}),
            json!({"o":{"n.t":"v"}}),
            json!({"o.n.t":"v"}),
        ] {
            assert!(passes(&same, &message), "{message}");
        }
        let policy = json!({"r":{"s":{"k":[{"prefix":"auto-"}]},"e":[{"prefix":"Created:"}]}});
        let both = |e: &str| json!({"r":[{"e":e,"s":{"k":[[{"k":"no"}],"auto-1"]}},{"e":"Removed:","s":{"k":"home-1"}}]});
        assert!(passes(&policy, &both("Created:Put")));
        assert!(!passes(&policy, &both("Removed:")));
        let apart = json!({"r":[{"e":"Created:","s":{"k":"home-1"}},{"e":"Removed:","s":{"k":"auto-1"}}]});
        assert!(!passes(&policy, &apart), "in different objects of an array");
        assert!(!passes(&json!({"a":{"b":[{"exists":false}]}}), &json!({"a":[{"b":1},{"c":1}]})));
    }

    #[test]
    fn a_large_policy_and_a_deep_one_are_refused_quickly() {
        let large = format!("{{\"a\":[\"{}\"]}}", "x".repeat(300 * 1024));
        assert!(Filter::parse(&large, true).is_err());
        let deep = format!("{}{}", "{\"a\":".repeat(20_000), "}".repeat(20_000));
        assert!(Filter::parse(&deep, true).unwrap_err().0.contains("failed to parse JSON"));
        let node = r#"{"x":["1"]},{"y":["1"]}"#;
        let ors = |n: usize| {
            format!(
                "{{\"$or\":[{node},{{\"d\":{}}}]}}",
                (0..n).fold("[1]".into(), |inner, _| { format!("{{\"$or\":[{node},{{\"d\":{inner}}}]}}") })
            )
        };
        assert!(Filter::parse(&ors(50), true).unwrap_err().0.contains("too complex"));
        let wide: Vec<_> = (0..20_000).map(|i| format!("\"k{i}\":[1]")).collect();
        assert!(Filter::parse(&format!("{{{}}}", wide.join(",")), true).unwrap_err().0.contains("5 keys"));
    }

    fn leaf() -> impl Strategy<Value = Value> {
        let words = prop::sample::select(vec!["x", "xy", "yx", "X", "10.0.0.1", "::1", ""]);
        prop_oneof![
            4 => words.prop_map(Value::from),
            3 => (-4..5_i32).prop_map(|n| Value::from(f64::from(n) / 2.0)),
            1 => any::<bool>().prop_map(Value::from),
            1 => Just(Value::Null),
        ]
    }

    fn key() -> impl Strategy<Value = String> {
        prop::sample::select(vec!["a", "b", "a.b", "c"]).prop_map(str::to_owned)
    }

    fn message() -> impl Strategy<Value = Value> {
        let inner = leaf().prop_recursive(3, 24, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                prop::collection::btree_map(key(), inner, 0..3).prop_map(Value::from_iter),
            ]
        });
        prop::collection::btree_map(key(), inner, 0..4).prop_map(Value::from_iter)
    }

    fn rule() -> impl Strategy<Value = Value> {
        let word = || prop::sample::select(vec!["x", "y", "xy", "X"]);
        let pattern = prop::sample::select(vec!["*", "x*", "*y", "x*y", "*x*", "y"]);
        let cidr = prop::sample::select(vec!["10.0.0.0/24", "10.1.0.0/16", "::/64", "0.0.0.0/0"]);
        let sign = || prop::sample::select(vec!["=", "<", "<=", ">", ">="]);
        let kind = || prop::sample::select(vec!["prefix", "suffix", "equals-ignore-case"]);
        prop_oneof![
            6 => leaf(),
            2 => (kind(), word()).prop_map(|(kind, word)| json!({kind: word})),
            1 => pattern.clone().prop_map(|p| json!({"wildcard": p})),
            1 => cidr.prop_map(|c| json!({"cidr": c})),
            1 => any::<bool>().prop_map(|b| json!({"exists": b})),
            1 => (sign(), -3..4_i32).prop_map(|(sign, n)| json!({"numeric": [sign, n]})),
            1 => (-3..0_i32, 0..3_i32).prop_map(|(a, b)| json!({"numeric": [">=", a, "<", b + 1]})),
            1 => prop::collection::vec(word(), 1..3).prop_map(|all| json!({"anything-but": all})),
            1 => (-2..3_i32).prop_map(|n| json!({"anything-but": n})),
            1 => (kind(), word()).prop_map(|(kind, word)| json!({"anything-but": {kind: [word, "q"]}})),
            1 => pattern.prop_map(|p| json!({"anything-but": {"wildcard": p}})),
        ]
    }

    fn policy() -> impl Strategy<Value = Value> {
        let rules = prop::collection::vec(rule(), 1..3).prop_map(Value::from).boxed();
        let node = |inner: BoxedStrategy<Value>| {
            prop::collection::btree_map(key(), inner, 1..3).prop_map(Value::from_iter).boxed()
        };
        let flat = node(rules.clone());
        let or = prop::collection::vec(flat.clone(), 2..3);
        let deep = node(prop_oneof![2 => rules, 1 => flat].boxed());
        (deep, prop::option::of(or)).prop_map(|(mut all, or)| {
            if let Some(or) = or {
                all["$or"] = or.into();
            }
            all
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn it_agrees_with_the_plain_definition(policy in policy(), message in message()) {
            if let Ok(filter) = Filter::parse(&policy.to_string(), true) {
                prop_assert_eq!(filter.passes(&message), plain::passes(&policy, &message), "{} {}", policy, message);
            }
        }

        #[test]
        fn no_policy_text_panics(text in ".{0,200}") {
            let _ = Filter::parse(&text, true);
        }
    }
}
