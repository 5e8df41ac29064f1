//! From the text of a filter policy to what is matched, with AWS's refusals.
//!
//! The words and the order of the checks are those of AWS's event-ruler, which SNS compiles policies with, as its answers
//! show them.

use super::{
    Alternative, Filter,
    rule::{Cidr, Compare, Rule, Wildcard, fixed},
    source::{self, What, Written, place},
};
use crate::limits;

/// Why a policy is refused: the words behind "Invalid parameter: ".
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refused(pub(crate) String);

impl Refused {
    fn policy(why: impl std::fmt::Display) -> Self {
        Self(format!("FilterPolicy: {why}"))
    }
}

/// A place in the text at which something is wrong, and what.
type Wrong = (Option<usize>, String);

fn wrong<T>(at: usize, why: impl Into<String>) -> Result<T, Wrong> {
    Err((Some(at), why.into()))
}

/// Objects of a policy.
#[derive(Debug)]
struct Node {
    keys: Vec<(String, Want)>,
    /// Of each group, one must match.
    or: Vec<Vec<Node>>,
}

#[derive(Debug)]
enum Want {
    Any(Vec<Rule>),
    Inside(Node),
}

/// Reads a policy. `body`: it is about the message's JSON, and may nest.
pub(super) fn read(text: &str, body: bool) -> Result<Filter, Refused> {
    if text.len() > limits::FILTER_POLICY_BYTES_MAX {
        return Err(Refused::policy("Filter policy is too large"));
    }
    let written = source::read(text).map_err(Refused::policy)?;
    let told = |(at, why): Wrong| {
        Refused::policy(format!("{why}{}", at.map(|at| place(text, at)).unwrap_or_default()))
    };
    let What::Object(members) = &written.what else {
        return Err(told((Some(written.at), "Filter is not an object".to_owned())));
    };
    let node = node(members).map_err(told)?;
    if !body && node.nests() {
        return Err(Refused(
            "Filter policy scope MessageAttributes does not support nested filter policy".to_owned(),
        ));
    }
    if node.top_keys() > limits::FILTER_KEYS_MAX {
        return Err(Refused::policy("Filter policy can not have more than 5 keys"));
    }
    if node.combinations(1, 1) > limits::FILTER_COMBINATIONS_MAX {
        return Err(Refused::policy("Filter policy is too complex"));
    }
    let mut flat = vec![Vec::new()];
    node.flatten("", &mut flat);
    let all: Option<Vec<_>> = flat.into_iter().map(Alternative::of).collect();
    all.map(Filter).ok_or_else(|| Refused::policy("Filter policy is too complex"))
}

impl Node {
    fn nests(&self) -> bool {
        self.keys.iter().any(|(_, want)| matches!(want, Want::Inside(_)))
            || self.or.iter().flatten().any(Self::nests)
    }

    /// "Only top-level keys count"; those of alternatives are at the top as well.
    fn top_keys(&self) -> usize {
        self.keys.len() + self.or.iter().flatten().map(Self::top_keys).sum::<usize>()
    }

    /// "multiply the number of values in each array", each times its depth; alternatives are added.
    fn combinations(&self, depth: u64, before: u64) -> u64 {
        let mut all = before;
        for (_, want) in &self.keys {
            all = match want {
                Want::Any(rules) => all.saturating_mul(rules.len() as u64).saturating_mul(depth),
                Want::Inside(node) => node.combinations(depth + 1, all),
            };
        }
        for group in &self.or {
            let each = group.iter().map(|node| node.combinations(depth, all));
            all = each.fold(0, u64::saturating_add);
        }
        all
    }

    /// Adds what it asks to each of `flat`, and makes more of them where there are alternatives.
    fn flatten(&self, above: &str, flat: &mut Vec<Vec<(String, Vec<Rule>)>>) {
        for (name, want) in &self.keys {
            let path = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
            match want {
                Want::Any(rules) => flat.iter_mut().for_each(|one| one.push((path.clone(), rules.clone()))),
                Want::Inside(node) => node.flatten(&path, flat),
            }
        }
        for group in &self.or {
            let before = std::mem::take(flat);
            for node in group {
                let mut one = before.clone();
                node.flatten(above, &mut one);
                flat.append(&mut one);
            }
        }
    }
}

/// Names of operators; an object that has one as a key is a rule, and no alternative of `$or`.
const OPERATORS: &[&str] = &[
    "exactly",
    "prefix",
    "suffix",
    "equals-ignore-case",
    "wildcard",
    "exists",
    "cidr",
    "numeric",
    "anything-but",
];

/// The alternatives of `$or`, if that is what it is.
fn alternatives<'a>(name: &str, value: &'a Written) -> Option<Vec<&'a Vec<(String, Written)>>> {
    let What::Array(items) = &value.what else { return None };
    let is_node = |members: &Vec<(String, Written)>| {
        members.iter().all(|(name, _)| !OPERATORS.contains(&name.as_str()))
    };
    if name != "$or" || items.len() < 2 {
        return None;
    }
    items
        .iter()
        .map(|item| match &item.what {
            What::Object(members) if is_node(members) => Some(members),
            _ => None,
        })
        .collect()
}

fn node(members: &[(String, Written)]) -> Result<Node, Wrong> {
    let mut all = Node { keys: Vec::new(), or: Vec::new() };
    for (name, value) in members {
        if let Some(group) = alternatives(name, value) {
            all.or.push(group.into_iter().map(|members| node(members)).collect::<Result<_, _>>()?);
            continue;
        }
        let want = match &value.what {
            What::Array(rules) if rules.is_empty() => {
                return wrong(value.end, "Empty arrays are not allowed");
            }
            What::Array(rules) => Want::Any(rules.iter().map(rule).collect::<Result<_, _>>()?),
            What::Object(members) if members.is_empty() => {
                return wrong(value.end, "Empty objects are not allowed");
            }
            What::Object(members) => Want::Inside(node(members)?),
            _ => return wrong(value.at, format!("\"{name}\" must be an object or an array")),
        };
        all.keys.push((name.clone(), want));
    }
    Ok(all)
}

fn rule(value: &Written) -> Result<Rule, Wrong> {
    match &value.what {
        What::Text(text) => Ok(Rule::Text(text.clone())),
        What::Number(number) => Ok(Rule::Number(number.as_f64().unwrap_or(f64::NAN))),
        What::Truth(truth) => Ok(Rule::Truth(*truth)),
        What::Null => Ok(Rule::Null),
        What::Array(_) => wrong(value.at, "Match value must be String, number, true, false, or null"),
        What::Object(members) => {
            let (name, operand) = only(value, members, "Match expression name not found")?;
            operator(name, operand)
        }
    }
}

/// The one member of an expression. Its operand is judged before a second one is seen.
fn only<'a>(
    value: &Written,
    members: &'a [(String, Written)],
    none: &str,
) -> Result<(&'a str, &'a Written), Wrong> {
    match members {
        [] => wrong(value.end, none),
        [(name, operand)] => Ok((name, operand)),
        [(name, operand), (_, second), ..] => {
            operator(name, operand)?;
            wrong(second.at, "Only one key allowed in match expression")
        }
    }
}

fn text<'a>(name: &str, operand: &'a Written) -> Result<&'a String, Wrong> {
    match &operand.what {
        What::Text(text) => Ok(text),
        _ => wrong(operand.at, format!("{name} match pattern must be a string")),
    }
}

fn operator(name: &str, operand: &Written) -> Result<Rule, Wrong> {
    match name {
        "prefix" => text(name, operand).cloned().map(Rule::Prefix),
        "suffix" => text(name, operand).cloned().map(Rule::Suffix),
        "equals-ignore-case" => text(name, operand).map(|text| Rule::IgnoreCase(text.to_lowercase())),
        "wildcard" => Wildcard::read(text(name, operand)?).map(Rule::Wildcard).map_err(|why| (None, why)),
        "exists" => match operand.what {
            What::Truth(wanted) => Ok(Rule::Exists(wanted)),
            _ => wrong(operand.at, "exists match pattern must be either true or false."),
        },
        // AWS names another operator here.
        "cidr" => Cidr::read(text("prefix", operand)?).map(Rule::Cidr).map_err(|why| (None, why)),
        "numeric" => numeric(operand).map(Rule::Numeric),
        "anything-but" => anything_but(operand).map(Rule::AnythingBut),
        _ => wrong(operand.at, format!("Unrecognized match type {name}")),
    }
}

/// Comparisons: one, or a range from below to above.
fn numeric(operand: &Written) -> Result<Vec<(Compare, i64)>, Wrong> {
    let What::Array(items) = &operand.what else {
        return wrong(operand.at, "Value of numeric must be an array.");
    };
    // A reader that is behind the last element stands behind the bracket.
    let at = |index: usize| items.get(index).map_or(operand.end, |item| item.at);
    let name = match items.first().map(|item| &item.what) {
        Some(What::Text(name)) => name.as_str(),
        first => {
            return wrong(
                at(0),
                format!("Invalid member in numeric match: {}", first.map_or("]".into(), shown)),
            );
        }
    };
    let first = match name {
        "=" => Compare::Equal,
        "<" => Compare::Less,
        "<=" => Compare::LessOrEqual,
        ">" => Compare::More,
        ">=" => Compare::MoreOrEqual,
        _ => return wrong(at(1), format!("Unrecognized numeric range operator: {name}")),
    };
    let low = value(name, items.get(1), at(1))?;
    if items.len() == 2 {
        return Ok(vec![(first, low)]);
    }
    if !matches!(first, Compare::More | Compare::MoreOrEqual) {
        return wrong(at(2), "Too many elements in numeric expression");
    }
    let (second, name) = match &items[2].what {
        What::Text(name) if name == "<" => (Compare::Less, name),
        What::Text(name) if name == "<=" => (Compare::LessOrEqual, name),
        What::Text(name) => return wrong(items[2].end, format!("Bad numeric range operator: {name}")),
        other => return wrong(at(2), format!("Bad value in numeric range: {}", shown(other))),
    };
    let high = value(name, items.get(3), at(3))?;
    if items.len() > 4 {
        return wrong(at(4), "Too many terms in numeric range expression");
    }
    if low >= high {
        return wrong(operand.end, "Bottom must be less than top");
    }
    Ok(vec![(first, low), (second, high)])
}

fn value(name: &str, item: Option<&Written>, at: usize) -> Result<i64, Wrong> {
    let Some(What::Number(number)) = item.map(|item| &item.what) else {
        let name = if name == "=" { "equals" } else { name };
        return wrong(at, format!("Value of {name} must be numeric"));
    };
    let fixed = number.as_f64().and_then(fixed);
    fixed.ok_or_else(|| (Some(at), "Value must be between -1.0E9 and 1.0E9, inclusive".to_owned()))
}

/// A token as AWS's reader spells it.
fn shown(what: &What) -> String {
    match what {
        What::Object(_) => "{".to_owned(),
        What::Array(_) => "[".to_owned(),
        What::Text(text) => text.clone(),
        What::Number(number) => number.to_string(),
        What::Truth(truth) => truth.to_string(),
        What::Null => "null".to_owned(),
    }
}

fn anything_but(operand: &Written) -> Result<Vec<Rule>, Wrong> {
    match &operand.what {
        What::Text(_) | What::Number(_) => rule(operand).map(|one| vec![one]),
        What::Array(items) => {
            if items.is_empty() {
                return wrong(operand.end, "Empty arrays are not allowed");
            }
            let mut all = Vec::new();
            for item in items {
                all.push(match &item.what {
                    What::Text(_) | What::Number(_) => rule(item)?,
                    _ => {
                        let why = "Inside anything but list, start|null|boolean is not supported.";
                        return wrong(item.at, why);
                    }
                });
            }
            let texts = all.iter().filter(|rule| matches!(rule, Rule::Text(_))).count();
            if texts != 0 && texts != all.len() {
                let why = "Inside anything but list, either all values are number or string, mixed type is not supported";
                return wrong(operand.end, why);
            }
            Ok(all)
        }
        What::Object(members) => {
            let (name, operand) = match &members[..] {
                [] => return wrong(operand.end, "Match expression name not found"),
                [(name, inner), ..] => (name.as_str(), inner),
            };
            if !matches!(name, "prefix" | "suffix" | "wildcard" | "equals-ignore-case") {
                return wrong(operand.at, format!("Unsupported anything-but pattern: {name}"));
            }
            let all = match &operand.what {
                What::Array(items) if items.is_empty() => {
                    return wrong(operand.end, "Empty arrays are not allowed");
                }
                What::Array(items) => items.iter().map(|item| operator(name, item)).collect(),
                _ => operator(name, operand).map(|one| vec![one]),
            };
            match members.get(1) {
                Some((_, second)) if all.is_ok() => {
                    wrong(second.at, "Only one key allowed in match expression")
                }
                _ => all,
            }
        }
        _ => wrong(operand.at, "Value of anything-but must be an array or single string/number value."),
    }
}
