//! Scalars as text: headers, labels, query parameters, form values and XML elements share these rules.

pub mod scalar;

use std::borrow::Cow;

use crate::reject::Reject;

/// `true` or `false`. AWS takes no other spelling in lower-level protocols, but capitals occur.
pub fn parse_boolean(text: &str) -> Result<bool, Reject> {
    let text = text.trim_ascii();
    if text.eq_ignore_ascii_case("true") {
        Ok(true)
    } else if text.eq_ignore_ascii_case("false") {
        Ok(false)
    } else {
        Err(Reject::malformed(format!("{text:?} is not a boolean")))
    }
}

/// A whole number.
pub fn parse_long(text: &str) -> Result<i64, Reject> {
    let text = text.trim_ascii();
    text.parse().map_err(|_| Reject::malformed(format!("{text:?} is not a whole number in range")))
}

/// A floating-point number, `NaN`, `Infinity` or `-Infinity`.
pub fn parse_double(text: &str) -> Result<f64, Reject> {
    let text = text.trim_ascii();
    if let Some(special) = special_float(text) {
        return Ok(special);
    }
    let plain = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    let number = if plain { text.parse().ok() } else { None };
    number.ok_or_else(|| Reject::malformed(format!("{text:?} is not a number")))
}

/// The words for what JSON numbers cannot say.
pub(crate) fn special_float(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

/// The word for a value that is not finite.
pub(crate) fn float_word(value: f64) -> Option<&'static str> {
    if value.is_finite() {
        None
    } else if value.is_nan() {
        Some("NaN")
    } else if value > 0.0 {
        Some("Infinity")
    } else {
        Some("-Infinity")
    }
}

/// The shortest text that reads back as the same number; whole numbers without a fraction.
pub(crate) fn write_float(out: &mut String, value: f32) {
    write_number(out, f64::from(value), ryu::Buffer::new().format(value));
}

/// The shortest text that reads back as the same number; whole numbers without a fraction.
pub(crate) fn write_double(out: &mut String, value: f64) {
    write_number(out, value, ryu::Buffer::new().format(value));
}

fn write_number(out: &mut String, value: f64, finite: &str) {
    out.push_str(float_word(value).unwrap_or(finite.strip_suffix(".0").unwrap_or(finite)));
}

/// Percent-decodes to bytes and then reads them as UTF-8. With `plus`, `+` is a space (forms and queries).
pub fn percent_decode(text: &str, plus: bool) -> Option<Cow<'_, str>> {
    let special = |b: u8| b == b'%' || (plus && b == b'+');
    let Some(first) = text.bytes().position(special) else {
        return Some(Cow::Borrowed(text));
    };
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    decoded.extend_from_slice(&bytes[..first]);
    let mut at = first;
    while let Some(&byte) = bytes.get(at) {
        let hex = |i: usize| bytes.get(i).and_then(|b| (*b as char).to_digit(16));
        match (byte, hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 2;
            }
            (b'+', ..) if plus => decoded.push(b' '),
            _ => decoded.push(byte),
        }
        at += 1;
    }
    String::from_utf8(decoded).ok().map(Cow::Owned)
}

/// The pairs of a query string or form, still encoded.
pub fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_decoding_goes_through_bytes() {
        assert_eq!(percent_decode("a%20b+c", false).unwrap(), "a b+c");
        assert_eq!(percent_decode("a%20b+c", true).unwrap(), "a b c");
        assert_eq!(percent_decode("%C3%A9%f0%9f%98%80", false).unwrap(), "é😀");
        assert_eq!(percent_decode("100%", false).unwrap(), "100%");
        assert_eq!(percent_decode("%ff", false), None);
    }

    #[test]
    fn numbers_are_plain() {
        assert_eq!(parse_long(" 12 ").unwrap(), 12);
        assert!(parse_long("1.0").is_err());
        assert!(parse_double("inf").is_err());
        assert!(parse_double("NaN").unwrap().is_nan());
        assert!(parse_boolean("True").unwrap());
        assert!(parse_boolean("1").is_err());
    }
}
