//! The policy document of an upload form: what the form may say, and until when.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use wire::{Answer, Fault};

use super::{Fields, NOT_IN_POLICY};

/// A policy that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    expires_ms: i64,
    conditions: Vec<Condition>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Condition {
    Equals { field: String, value: String },
    Begins { field: String, value: String },
    Length { min: u64, max: u64 },
}

/// How long the file may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lengths {
    /// At least, in bytes.
    pub min: u64,
    /// At most, in bytes.
    pub max: u64,
}

fn invalid(words: impl std::fmt::Display) -> Fault {
    Fault::coded("InvalidPolicyDocument", 400, format!("Invalid Policy: {words}"))
}

fn against(words: impl std::fmt::Display) -> Fault {
    Fault::coded("AccessDenied", 403, format!("Invalid according to Policy: {words}"))
}

impl Document {
    /// Reads the field `policy`.
    pub fn read(encoded: &str) -> Answer<Self> {
        let bytes = STANDARD.decode(encoded.trim()).map_err(|_| invalid("invalid Base64 encoding."))?;
        if bytes.is_empty() {
            return Err(invalid("Expecting '{' but found End-of-Input"));
        }
        let text = String::from_utf8(bytes).map_err(|_| invalid("Invalid JSON."))?;
        let Ok(Value::Object(members)) = serde_json::from_str(&as_json(&text)) else {
            return Err(invalid("Invalid JSON."));
        };
        if let Some(name) = members.keys().find(|name| !matches!(name.as_str(), "expiration" | "conditions"))
        {
            return Err(invalid(format_args!("Unexpected: '{name}'")));
        }
        let expires_ms = match members.get("expiration") {
            None => return Err(invalid("Policy missing expiration.")),
            Some(Value::String(text)) => instant(text),
            Some(other) => Err(invalid(format_args!("Invalid 'expiration' value: '{other}'"))),
        };
        let conditions = match members.get("conditions") {
            None => return Err(invalid("Policy missing conditions.")),
            Some(Value::Array(conditions)) => conditions,
            Some(_) => return Err(invalid("Invalid 'conditions' value: must be a List.")),
        };
        let conditions = conditions.iter().map(Condition::read).collect::<Answer<_>>()?;
        Ok(Self { expires_ms: expires_ms?, conditions })
    }

    /// Whether the form may say what it says, now. Gives the lengths that the file may have.
    pub fn check(&self, fields: &Fields, bucket: &str, now_ms: u64) -> Answer<Lengths> {
        if i64::try_from(now_ms).is_ok_and(|now_ms| now_ms > self.expires_ms) {
            return Err(against("Policy expired."));
        }
        let mut lengths = Lengths { min: 0, max: u64::MAX };
        // What a form leaves out is empty.
        let value = |name: &str| if name == "bucket" { bucket } else { fields.get(name).unwrap_or_default() };
        for condition in &self.conditions {
            let holds = match condition {
                Condition::Length { min, max } => {
                    lengths = Lengths { min: lengths.min.max(*min), max: lengths.max.min(*max) };
                    true
                }
                Condition::Equals { field, value: wanted } => value(&field.to_ascii_lowercase()) == wanted,
                Condition::Begins { field, value: wanted } => {
                    let field = field.to_ascii_lowercase();
                    begins(&field, value(&field), wanted)
                }
            };
            if !holds {
                return Err(against(format_args!("Policy Condition failed: {}", condition.text())));
            }
        }
        let named = |name: &str| {
            self.conditions.iter().any(|c| c.field().is_some_and(|field| field.eq_ignore_ascii_case(name)))
        };
        let mut given = fields.names().chain(["bucket"]);
        let is_free = |name: &str| {
            NOT_IN_POLICY.iter().any(|free| free.eq_ignore_ascii_case(name))
                || name.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("x-ignore-"))
        };
        match given.find(|name| !is_free(name) && !named(name)) {
            Some(extra) => Err(against(format_args!("Extra input fields: {extra}"))),
            None => Ok(lengths),
        }
    }
}

/// Content types with commas between are looked at one by one.
fn begins(field: &str, value: &str, wanted: &str) -> bool {
    if field == "content-type" {
        return value.split(',').all(|one| one.trim_start().starts_with(wanted));
    }
    value.starts_with(wanted)
}

impl Condition {
    fn read(given: &Value) -> Answer<Self> {
        match given {
            Value::Object(members) => {
                let mut members = members.iter();
                let (Some((field, value)), None) = (members.next(), members.next()) else {
                    return Err(invalid(
                        "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.",
                    ));
                };
                let Value::String(value) = value else {
                    return Err(invalid("Invalid Simple-Condition: value must be a string."));
                };
                Ok(Self::Equals { field: field.clone(), value: value.clone() })
            }
            Value::Array(words) => Self::of_list(words),
            _ => Err(invalid("Invalid condition test: must be a List or Object.")),
        }
    }

    fn of_list(words: &[Value]) -> Answer<Self> {
        let Some(Value::String(operation)) = words.first() else {
            return Err(invalid("Invalid Condition: missing operation identifier."));
        };
        let wrong_number = || {
            invalid(format_args!("Invalid {}: wrong number of arguments.", operation.to_ascii_lowercase()))
        };
        match operation.to_ascii_lowercase().as_str() {
            "content-length-range" => {
                let [_, min, max] = words else { return Err(wrong_number()) };
                let range = || Some(Self::Length { min: length(min)?, max: length(max)? });
                range().ok_or_else(|| invalid("Invalid content-length-range: not a range of lengths."))
            }
            name @ ("eq" | "starts-with") => {
                let [_, field, value] = words else { return Err(wrong_number()) };
                let (Value::String(field), Value::String(value)) = (field, value) else {
                    return Err(invalid(format_args!("Invalid {name}: arguments must be strings.")));
                };
                let Some(field) = field.strip_prefix('$').map(str::to_owned) else {
                    let list = format_args!("[\"{name}\", \"{field}\", \"{value}\"]").to_string();
                    return Err(against(format_args!("Policy Condition failed: {list}")));
                };
                let value = value.clone();
                Ok(if name == "eq" { Self::Equals { field, value } } else { Self::Begins { field, value } })
            }
            _ => Err(invalid(format_args!("Invalid Condition: unknown operation '{operation}'."))),
        }
    }

    fn field(&self) -> Option<&str> {
        match self {
            Self::Equals { field, .. } | Self::Begins { field, .. } => Some(field),
            Self::Length { .. } => None,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Equals { field, value } => format!("[\"eq\", \"${field}\", \"{value}\"]"),
            Self::Begins { field, value } => format!("[\"starts-with\", \"${field}\", \"{value}\"]"),
            Self::Length { min, max } => format!("[\"content-length-range\", {min}, {max}]"),
        }
    }
}

/// A number, which some clients write as text.
fn length(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn instant(text: &str) -> Answer<i64> {
    let is_shaped = text.as_bytes().get(10) == Some(&b'T') && text.ends_with('Z');
    let parsed = text.parse::<jiff::Timestamp>().ok().filter(|_| is_shaped);
    let parsed = parsed.ok_or_else(|| invalid(format_args!("Invalid 'expiration' value: '{text}'")))?;
    Ok(parsed.as_millisecond())
}

/// JSON has no `\$`, which policies may write for a dollar sign, and no `\v`.
fn as_json(text: &str) -> String {
    let mut json = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, false) => json.push(letter),
            (_, true) => match letters.next() {
                Some('$') => json.push('$'),
                Some('v') => json.push_str("\\u000b"),
                other => {
                    json.push('\\');
                    json.extend(other);
                }
            },
        }
    }
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Answer<Document> {
        Document::read(&STANDARD.encode(text))
    }

    fn fields(given: &[(&str, &str)]) -> Fields {
        Fields::of(given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn judged(conditions: &str, given: &[(&str, &str)]) -> Result<Lengths, String> {
        let document = format!(r#"{{"expiration":"2030-01-01T00:00:00Z","conditions":[{conditions}]}}"#);
        let judged = read(&document).and_then(|d| d.check(&fields(given), "b", 0));
        judged.map_err(|fault| fault.message().to_owned())
    }

    const BUCKET: &str = r#"{"bucket":"b"}"#;

    #[test]
    fn every_field_needs_a_condition_that_holds() {
        let with =
            |conditions: &str, given: &[(&str, &str)]| judged(&format!("{BUCKET},{conditions}"), given);
        assert!(with(r#"["starts-with","$KEY","a/"]"#, &[("key", "a/b"), ("x-ignore-me", "1")]).is_ok());
        assert_eq!(
            with(r#"["starts-with","$key","a/"]"#, &[("key", "b")]).unwrap_err(),
            r#"Invalid according to Policy: Policy Condition failed: ["starts-with", "$key", "a/"]"#
        );
        assert_eq!(
            with(r#"{"key":"a"}"#, &[("key", "a"), ("acl", "private")]).unwrap_err(),
            "Invalid according to Policy: Extra input fields: acl"
        );
        assert_eq!(
            judged(r#"{"key":"a"}"#, &[("key", "a")]).unwrap_err(),
            "Invalid according to Policy: Extra input fields: bucket"
        );
        assert!(with(r#"["starts-with","$acl",""]"#, &[]).is_ok(), "an absent field is empty");
        assert!(with(r#"["starts-with","$acl","p"]"#, &[]).is_err());
        let types = r#"["starts-with","$Content-Type","image/"]"#;
        assert!(with(types, &[("Content-Type", "image/png, image/gif")]).is_ok());
        assert!(with(types, &[("Content-Type", "image/png,text/plain")]).is_err());
        assert_eq!(
            judged(
                &format!(r#"{BUCKET},["content-length-range",1,9],["content-length-range","0","5"]"#),
                &[]
            ),
            Ok(Lengths { min: 1, max: 5 })
        );
        assert!(judged(&format!(r#"{BUCKET},["eq","$key","\$a"]"#), &[("key", "$a")]).is_ok());
    }

    #[test]
    fn what_is_no_policy_is_refused() {
        for (text, words) in [
            ("", "Expecting '{' but found End-of-Input"),
            ("[]", "Invalid JSON."),
            (r#"{"conditions":[]}"#, "Policy missing expiration."),
            (r#"{"expiration":"2030-01-01T00:00:00Z"}"#, "Policy missing conditions."),
            (r#"{"EXPIRATION":"x","conditions":[]}"#, "Unexpected: 'EXPIRATION'"),
            (
                r#"{"expiration":"2030-01-01 00:00:00Z","conditions":[]}"#,
                "Invalid 'expiration' value: '2030-01-01 00:00:00Z'",
            ),
            (
                r#"{"expiration":"2030-01-01T00:00:00Z","conditions":{}}"#,
                "Invalid 'conditions' value: must be a List.",
            ),
        ] {
            assert_eq!(read(text).unwrap_err().message(), format!("Invalid Policy: {words}"), "{text}");
        }
        for (condition, words) in [
            ("{}", "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified."),
            (r#"{"acl":1}"#, "Invalid Simple-Condition: value must be a string."),
            ("1", "Invalid condition test: must be a List or Object."),
            ("[]", "Invalid Condition: missing operation identifier."),
            (r#"["ends-with","$key","x"]"#, "Invalid Condition: unknown operation 'ends-with'."),
            (r#"["content-length-range",0]"#, "Invalid content-length-range: wrong number of arguments."),
            (r#"["content-length-range",-1,0]"#, "Invalid content-length-range: not a range of lengths."),
            (r#"["eq","$key"]"#, "Invalid eq: wrong number of arguments."),
        ] {
            assert_eq!(
                judged(condition, &[]).unwrap_err(),
                format!("Invalid Policy: {words}"),
                "{condition}"
            );
        }
        let expired = read(r#"{"expiration":"1970-01-01T00:00:01Z","conditions":[]}"#).unwrap();
        let fault = expired.check(&fields(&[]), "b", 1001).unwrap_err();
        assert_eq!(
            (fault.code(), fault.message()),
            ("AccessDenied", "Invalid according to Policy: Policy expired.")
        );
    }

    proptest! {
        #[test]
        fn nothing_that_is_given_breaks_it(text in r#"[\[\]{}":,$\\a-z0-9]{0,60}"#, encoded in ".{0,20}") {
            let _ = read(&text).map(|document| document.check(&fields(&[("key", "k")]), "b", 0));
            prop_assert!(Document::read(&encoded).is_err());
        }
    }
}
