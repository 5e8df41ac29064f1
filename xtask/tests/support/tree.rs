//! Documents as trees, to be compared by what they say.

use std::collections::BTreeMap;
use std::fmt;

use quick_xml::events::Event;
use serde_json::Value as Json;
use wire::Time;

/// What a document says. Numbers and points in time are compared as such, whatever their spelling.
#[derive(Clone)]
pub enum Tree {
    Null,
    Leaf(String),
    List(Vec<Tree>),
    /// Several values under one name keep their order; names do not.
    Node(BTreeMap<String, Vec<Tree>>),
}

impl PartialEq for Tree {
    fn eq(&self, other: &Tree) -> bool {
        match (self, other) {
            (Tree::Leaf(a), Tree::Leaf(b)) => same_text(a, b),
            (Tree::List(a), Tree::List(b)) => a == b,
            (Tree::Node(a), Tree::Node(b)) => a == b,
            // An element without content says the same with and without children to come.
            (Tree::Leaf(text), Tree::Node(node)) | (Tree::Node(node), Tree::Leaf(text)) => {
                text.is_empty() && node.is_empty()
            }
            _ => false,
        }
    }
}

pub fn same_text(a: &str, b: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    a == b
        || number(a).is_some_and(|a| number(b) == Some(a))
        || (Time::parse(a).is_some_and(|a| Time::parse(b) == Some(a)))
        || (a.contains(',') && a.replace(", ", ",") == b.replace(", ", ","))
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Tree::Null => f.write_str("null"),
            Tree::Leaf(text) => write!(f, "{text:?}"),
            Tree::List(list) => list.fmt(f),
            Tree::Node(node) => node.fmt(f),
        }
    }
}

pub fn json(value: &Json) -> Option<Tree> {
    Some(match value {
        Json::Null => return None,
        Json::Bool(value) => Tree::Leaf(value.to_string()),
        Json::Number(value) => Tree::Leaf(value.to_string()),
        Json::String(value) => Tree::Leaf(value.clone()),
        Json::Array(list) => Tree::List(list.iter().filter_map(json).collect()),
        Json::Object(map) => Tree::Node(
            map.iter().filter_map(|(key, value)| Some((key.clone(), vec![json(value)?]))).collect(),
        ),
    })
}

/// XML, without namespaces, white space between elements, and the name of the root.
pub fn xml(text: &str) -> Option<Tree> {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<(String, BTreeMap<String, Vec<Tree>>, String)> = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let mut node = BTreeMap::new();
                for attribute in start.attributes().flatten() {
                    let name = attribute.key.into_inner().to_string();
                    if !name.starts_with("xmlns") {
                        let value = attribute.value.to_string();
                        node.insert(format!("@{name}"), vec![Tree::Leaf(value)]);
                    }
                }
                open.push((start.local_name().into_inner().to_string(), node, String::new()));
            }
            Event::Text(text) => {
                open.last_mut().into_iter().for_each(|top| top.2.push_str(&text.xml10_content()));
            }
            Event::CData(text) => {
                open.last_mut().into_iter().for_each(|top| top.2.push_str(&text.xml10_content()));
            }
            Event::GeneralRef(entity) => {
                let text = match &*entity {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    "apos" => '\'',
                    _ => entity.resolve_char_ref().ok()??,
                };
                open.last_mut()?.2.push(text);
            }
            Event::End(_) => {
                let (name, node, text) = open.pop()?;
                let blank = text.contains('\n') && text.trim().is_empty();
                let text = if blank { String::new() } else { text };
                let tree = if node.is_empty() { Tree::Leaf(text) } else { Tree::Node(node) };
                match open.last_mut() {
                    Some((_, parent, _)) => parent.entry(name).or_default().push(tree),
                    None => return Some(tree),
                }
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

impl Tree {
    /// Without what stands under these names, here or one level below.
    pub fn without(self, names: &[&str]) -> Tree {
        let Tree::Node(mut node) = self else { return self };
        node.retain(|name, _| !names.contains(&name.as_str()));
        Tree::Node(node)
    }

    /// A fault as all clients read it: its message under one name, its type without namespace and address.
    pub fn fault(self) -> Tree {
        let Tree::Node(mut node) = self else { return self };
        if let Some(message) = node.remove("Message") {
            node.insert("message".into(), message);
        }
        if let Some([Tree::Leaf(name)]) = node.get_mut("__type").map(Vec::as_mut_slice) {
            let plain = name.rsplit_once('#').map_or(name.as_str(), |(_, plain)| plain);
            *name = plain.split(':').next().unwrap_or("").to_owned();
        }
        Tree::Node(node)
    }
}

/// CBOR; whole numbers and fractions of any width are numbers, tags of time are their numbers.
pub fn cbor(bytes: &[u8]) -> Option<Tree> {
    let mut rest = bytes;
    let tree = item(&mut rest)?;
    rest.is_empty().then_some(tree)
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}

/// A half-precision number, through the bits of a single one.
fn half(bits: u16) -> f32 {
    let (sign, exponent, fraction) =
        (u32::from(bits >> 15), u32::from(bits >> 10 & 31), u32::from(bits & 0x3FF));
    match exponent {
        0 => fraction as f32 / 16_777_216.0 * if sign == 1 { -1.0 } else { 1.0 },
        31 => f32::from_bits(sign << 31 | 0xFF << 23 | fraction << 13),
        _ => f32::from_bits(sign << 31 | (exponent + 112) << 23 | fraction << 13),
    }
}

fn item(rest: &mut &[u8]) -> Option<Tree> {
    let first = take(rest, 1)?[0];
    let (major, info) = (first >> 5, first & 31);
    let argument = match info {
        0..=23 => Some(u64::from(info)),
        24..=27 => Some(take(rest, 1 << (info - 24))?.iter().fold(0, |n, b| n << 8 | u64::from(*b))),
        31 => None,
        _ => return None,
    };
    Some(match major {
        0 => Tree::Leaf(argument?.to_string()),
        1 => Tree::Leaf((-1 - i128::from(argument?)).to_string()),
        2 | 3 => string(major, argument, rest)?,
        4 => Tree::List(
            items(argument, rest)?.into_iter().filter(|tree| !matches!(tree, Tree::Null)).collect(),
        ),
        5 => {
            let flat = items(argument.map(|pairs| pairs * 2), rest)?;
            let mut node = BTreeMap::new();
            for pair in flat.chunks_exact(2) {
                let Tree::Leaf(key) = &pair[0] else { return None };
                if !matches!(pair[1], Tree::Null) {
                    node.insert(key.clone(), vec![pair[1].clone()]);
                }
            }
            Tree::Node(node)
        }
        6 => item(rest)?,
        _ => match (info, argument?) {
            (20, _) => Tree::Leaf("false".into()),
            (21, _) => Tree::Leaf("true".into()),
            (22 | 23, _) => Tree::Null,
            (25, bits) => Tree::Leaf(half(bits as u16).to_string()),
            (26, bits) => Tree::Leaf(f32::from_bits(bits as u32).to_string()),
            (27, bits) => Tree::Leaf(f64::from_bits(bits).to_string()),
            _ => return None,
        },
    })
}

/// So many items, or all up to the break.
fn items(count: Option<u64>, rest: &mut &[u8]) -> Option<Vec<Tree>> {
    let mut items = Vec::new();
    while count.map_or(rest.first() != Some(&0xFF), |count| (items.len() as u64) < count) {
        items.push(item(rest)?);
    }
    if count.is_none() {
        take(rest, 1)?;
    }
    Some(items)
}

fn string(major: u8, length: Option<u64>, rest: &mut &[u8]) -> Option<Tree> {
    let Some(length) = length else {
        let parts = items(None, rest)?;
        let texts = parts.iter().map(|part| if let Tree::Leaf(text) = part { text.as_str() } else { "?" });
        return Some(Tree::Leaf(texts.collect()));
    };
    let bytes = take(rest, length as usize)?;
    Some(Tree::Leaf(if major == 3 {
        String::from_utf8(bytes.to_vec()).ok()?
    } else {
        format!("h'{bytes:02x?}")
    }))
}
