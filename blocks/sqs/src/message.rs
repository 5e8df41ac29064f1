//! What a message may hold.

use serde::{Deserialize, Serialize};

use crate::{
    fault::Refused,
    limits::{ATTRIBUTE_NAME_BYTES_MAX, ATTRIBUTES_MAX, FIFO_ID_CHARS},
};

/// An attribute of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// `String`, `Number` or `Binary`, or one of them with a label behind a dot.
    pub data_type: String,
    /// What it holds.
    pub value: Value,
}

/// What an attribute holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Of `String` and `Number`.
    Text(String),
    /// Of `Binary`.
    Binary(Vec<u8>),
}

impl Attribute {
    /// Bytes of its type and value.
    pub fn bytes(&self) -> usize {
        self.data_type.len() + self.value.len()
    }
}

impl Value {
    fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Binary(bytes) => bytes.len(),
        }
    }
}

/// The attributes of a message with their names, sorted by name.
pub type Attributes = Vec<(String, Attribute)>;

/// The bytes of a message, as its limit counts them: body and attributes with their names and types.
pub fn size(body: &str, attributes: &Attributes) -> usize {
    let of = |(name, attribute): &(String, Attribute)| name.len() + attribute.bytes();
    body.len() + attributes.iter().map(of).sum::<usize>()
}

/// Refuses an empty body and characters that XML 1.0 cannot carry (SendMessage: `#x9 | #xA | #xD | #x20 to #xD7FF |
/// #xE000 to #xFFFD | #x10000 to #x10FFFF`).
pub fn check_body(body: &str) -> Result<(), Refused> {
    if body.is_empty() {
        return Err(Refused::Missing("MessageBody"));
    }
    if is_carried(body) { Ok(()) } else { Err(Refused::BodyCharacters) }
}

#[expect(clippy::needless_bitwise_bool, reason = "branches would keep the loop from being vectorised")]
fn is_carried(text: &str) -> bool {
    // All that is refused is a control character, or one of the two that begin with the byte EF. The fold has no
    // branch, so that it is done many bytes at a time; texts that pass it need no look at their characters.
    let suspect = |b: u8| ((b < 0x20) & (b != b'\t') & (b != b'\n') & (b != b'\r')) | (b == 0xef);
    !text.bytes().fold(false, |found, b| found | suspect(b))
        || text.chars().all(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..))
}

/// Refuses attributes that AWS refuses: names, types, values, number of them.
pub fn check_attributes(attributes: &Attributes) -> Result<(), Refused> {
    if attributes.len() > ATTRIBUTES_MAX {
        return Err(Refused::TooManyAttributes(attributes.len()));
    }
    attributes.iter().try_for_each(|(name, attribute)| {
        check_attribute_name(name)?;
        check_attribute(name, attribute)
    })
}

fn check_attribute_name(name: &str) -> Result<(), Refused> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if name.len() > ATTRIBUTE_NAME_BYTES_MAX {
        return Err(Refused::AttributeNameLength);
    }
    if name.is_empty() || !name.chars().all(allowed) {
        return Err(Refused::AttributeNameCharacters);
    }
    let lower = name.to_ascii_lowercase();
    let reserved = lower.starts_with("aws.") || lower.starts_with("amazon.");
    let dots = name.starts_with('.') || name.ends_with('.') || name.contains("..");
    if reserved || dots { Err(Refused::AttributeNameReserved) } else { Ok(()) }
}

fn check_attribute(name: &str, attribute: &Attribute) -> Result<(), Refused> {
    let data_type = attribute.data_type.as_str();
    if data_type.len() > ATTRIBUTE_NAME_BYTES_MAX {
        return Err(Refused::AttributeTypeLength);
    }
    let base = data_type.split('.').next().unwrap_or_default();
    let fits = match (base, &attribute.value) {
        ("String", Value::Text(text)) => is_carried(text),
        ("Number", Value::Text(text)) => text.is_empty() || is_number(text),
        ("Binary", Value::Binary(_)) => true,
        ("String" | "Number" | "Binary", _) => return Err(empty(name, base)),
        _ => return Err(Refused::AttributeType(name.to_owned())),
    };
    match fits {
        true if attribute.value.len() == 0 => Err(empty(name, base)),
        true => Ok(()),
        false if base == "Number" => Err(Refused::AttributeNumber(name.to_owned())),
        false => Err(Refused::AttributeCharacters),
    }
}

fn empty(name: &str, base: &str) -> Refused {
    Refused::AttributeEmpty { name: name.to_owned(), base: base.to_owned() }
}

/// A number of AWS: up to 38 digits, with sign, fraction and exponent.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    text.parse::<f64>().is_ok_and(f64::is_finite) && text.bytes().any(|b| b.is_ascii_digit())
}

/// Whether a text may be a message group id or a deduplication id: 1 to 128 alphanumeric and punctuation characters.
pub fn is_fifo_id(id: &str) -> bool {
    FIFO_ID_CHARS.contains(&id.len()) && id.bytes().all(|b| b.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(name: &str, data_type: &str, value: Value) -> Result<(), Refused> {
        check_attributes(&vec![(name.into(), Attribute { data_type: data_type.into(), value })])
    }

    #[test]
    fn attributes_are_judged_as_aws_does() {
        let text = |t: &str| Value::Text(t.into());
        for (name, data_type, value) in [
            ("a", "String", text("x")),
            ("A.b-c_9", "String.label", text("é")),
            ("n", "Number", text("-12.5e3")),
            ("n", "Number.int", text("7")),
            ("b", "Binary.png", Value::Binary(vec![0])),
        ] {
            assert!(one(name, data_type, value).is_ok(), "{name} {data_type}");
        }
        for (name, data_type, value) in [
            ("", "String", text("x")),
            ("a b", "String", text("x")),
            ("é", "String", text("x")),
            ("aws.a", "String", text("x")),
            ("Amazon.a", "String", text("x")),
            (".a", "String", text("x")),
            ("a.", "String", text("x")),
            ("a..b", "String", text("x")),
            ("a", "Strings", text("x")),
            ("a", "", text("x")),
            ("a", "String", text("")),
            ("a", "String", text("\u{1}")),
            ("a", "String", Value::Binary(vec![1])),
            ("a", "Number", text("x")),
            ("a", "Number", text("inf")),
            ("a", "Binary", Value::Binary(vec![])),
        ] {
            assert!(one(name, data_type, value).is_err(), "{name} {data_type}");
        }
        let eleven: Attributes = (0..11)
            .map(|i| (format!("a{i}"), Attribute { data_type: "String".into(), value: text("x") }))
            .collect();
        assert!(check_attributes(&eleven).is_err());
        assert_eq!(size("abc", &eleven), 3 + 10 * (2 + 6 + 1) + (3 + 6 + 1));
    }

    #[test]
    fn ids_of_groups_are_printable() {
        assert!(is_fifo_id("a!~") && is_fifo_id(&"x".repeat(128)));
        assert!(!is_fifo_id("") && !is_fifo_id("a b") && !is_fifo_id("é") && !is_fifo_id(&"x".repeat(129)));
    }

    proptest! {
        #[test]
        fn a_body_holds_what_xml_can_carry(body in any::<String>()) {
            let carried = !body.is_empty() && body.chars().all(|c| matches!(u32::from(c),
                0x9 | 0xa | 0xd | 0x20..=0xd7ff | 0xe000..=0xfffd | 0x1_0000..=0x10_ffff));
            prop_assert_eq!(check_body(&body).is_ok(), carried);
        }

        #[test]
        fn the_two_characters_at_the_end_of_the_plane_are_refused(before in "[a-z]{0,3}", c in 0xfff0_u32..=0xffff) {
            let c = char::from_u32(c).unwrap();
            prop_assert_eq!(check_body(&format!("{before}{c}")).is_ok(), c <= '\u{fffd}');
        }
    }
}
