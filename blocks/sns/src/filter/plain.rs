//! What a filter policy means, said as plainly as possible and without thought of speed: the fast matcher must agree.

use serde_json::Value;

/// A value of a message: its path, and which element of which array it lies in.
struct Field<'a> {
    path: String,
    value: &'a Value,
    elements: Vec<(String, usize)>,
}

fn fields<'a>(
    path: &str,
    value: &'a Value,
    place: &str,
    elements: &[(String, usize)],
    all: &mut Vec<Field<'a>>,
) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                fields(&below, value, &format!("{place}/{name}"), elements, all);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let mut elements = elements.to_vec();
                elements.push((place.to_owned(), index));
                fields(path, item, &format!("{place}[{index}]"), &elements, all);
            }
        }
        value => all.push(Field { path: path.to_owned(), value, elements: elements.to_vec() }),
    }
}

type Asked = (String, Vec<Value>);

/// Everything that must hold, once for each way through the alternatives.
fn ways(policy: &Value, path: &str) -> Vec<Vec<Asked>> {
    let mut all = vec![Vec::new()];
    for (name, value) in policy.as_object().unwrap() {
        let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let more: Vec<Vec<Asked>> = match value {
            Value::Array(nodes) if name == "$or" => nodes.iter().flat_map(|n| ways(n, path)).collect(),
            Value::Array(rules) => vec![vec![(below, rules.clone())]],
            node => ways(node, &below),
        };
        all = all.iter().flat_map(|a| more.iter().map(|b| [&a[..], &b[..]].concat())).collect();
    }
    all
}

fn wildcard(pattern: &[char], text: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['*', rest @ ..] => (0..=text.len()).any(|i| wildcard(rest, &text[i..])),
        ['\\', c, rest @ ..] | [c, rest @ ..] => text.first() == Some(c) && wildcard(rest, &text[1..]),
    }
}

fn in_network(cidr: &str, ip: &str) -> bool {
    let bits_of = |bytes: &[u8]| bytes.iter().flat_map(|b| (0..8).map(move |i| b >> (7 - i) & 1)).collect();
    let bits = |ip: &str| -> Option<Vec<u8>> {
        let ip: std::net::IpAddr = ip.parse().ok()?;
        Some(match ip {
            std::net::IpAddr::V4(ip) => bits_of(&ip.octets()),
            std::net::IpAddr::V6(ip) => bits_of(&ip.octets()),
        })
    };
    let (net, length) = cidr.split_once('/').unwrap();
    let (net, length) = (bits(net).unwrap(), length.parse::<usize>().unwrap());
    bits(ip).is_some_and(|ip| ip.len() == net.len() && ip[..length] == net[..length])
}

fn holds(rule: &Value, value: &Value) -> bool {
    let Some((name, operand)) = rule.as_object().and_then(|o| o.iter().next()) else {
        return match (rule.as_f64(), value.as_f64()) {
            (Some(a), Some(b)) => a.to_bits() == b.to_bits() || (a - b).abs() < 5e-6,
            _ => rule == value,
        };
    };
    let chars = |v: &Value| v.as_str().unwrap_or_default().chars().collect::<Vec<_>>();
    let text = |test: &dyn Fn(&str, &str) -> bool| {
        value.as_str().is_some_and(|have| test(have, operand.as_str().unwrap()))
    };
    match name.as_str() {
        "exists" => operand.as_bool().unwrap(),
        "prefix" => text(&|have, want| have.starts_with(want)),
        "suffix" => text(&|have, want| have.ends_with(want)),
        "equals-ignore-case" => text(&|have, want| have.to_lowercase() == want.to_lowercase()),
        "cidr" => text(&|have, want| in_network(want, have)),
        "wildcard" => text(&|_, _| wildcard(&chars(operand), &chars(value))),
        "numeric" => value.as_f64().is_some_and(|have| {
            operand.as_array().unwrap().chunks(2).all(|pair| {
                let want = pair[1].as_f64().unwrap();
                match pair[0].as_str().unwrap() {
                    "=" => (have - want).abs() < 5e-6,
                    "<" => have < want,
                    "<=" => have <= want,
                    ">" => have > want,
                    _ => have >= want,
                }
            })
        }),
        "anything-but" => {
            let none = |rules: &[Value]| !rules.iter().any(|rule| holds(rule, value));
            match operand {
                Value::Array(items) => none(items),
                Value::Object(inner) => {
                    let (kind, operand) = inner.iter().next().unwrap();
                    let each = operand.as_array().cloned().unwrap_or_else(|| vec![operand.clone()]);
                    none(&each.iter().map(|one| serde_json::json!({kind: one})).collect::<Vec<_>>())
                }
                one => none(std::slice::from_ref(one)),
            }
        }
        _ => unreachable!("{name}"),
    }
}

/// Whether every one of `asked` finds a value of its own, all of them in the same elements of the arrays they share.
fn together(asked: &[Asked], fields: &[Field<'_>], elements: &[(String, usize)]) -> bool {
    let Some(((path, rules), rest)) = asked.split_first() else { return true };
    let missing = !fields.iter().any(|field| field.path == *path);
    if missing && rules.contains(&serde_json::json!({"exists": false})) {
        return together(rest, fields, elements);
    }
    fields.iter().filter(|field| field.path == *path).any(|field| {
        let agrees = |(array, index): &(String, usize)| {
            elements.iter().all(|(other, at)| other != array || at == index)
        };
        field.elements.iter().all(agrees)
            && rules.iter().any(|rule| holds(rule, field.value))
            && together(rest, fields, &[elements, &field.elements[..]].concat())
    })
}

/// Whether a message passes a policy.
pub(super) fn passes(policy: &Value, message: &Value) -> bool {
    let mut all = Vec::new();
    fields("", message, "", &[], &mut all);
    ways(policy, "").iter().any(|asked| together(asked, &all, &[]))
}
