//! User metadata beyond ASCII: headers carry it as encoded words (RFC 2047), objects hold what these mean.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html>

use std::fmt::Write as _;

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// What a value means: an encoded word is decoded, anything else is itself.
pub fn decoded(value: &str) -> String {
    decode(value).unwrap_or_else(|| value.to_owned())
}

fn decode(value: &str) -> Option<String> {
    let inside = value.strip_prefix("=?")?.strip_suffix("?=")?;
    let mut parts = inside.splitn(3, '?');
    let (charset, encoding, text) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = match encoding {
        "B" | "b" => STANDARD.decode(text).ok()?,
        "Q" | "q" => of_q(text)?,
        _ => return None,
    };
    if charset.eq_ignore_ascii_case("UTF-8") || charset.eq_ignore_ascii_case("US-ASCII") {
        String::from_utf8(bytes).ok()
    } else if charset.eq_ignore_ascii_case("ISO-8859-1") {
        Some(bytes.into_iter().map(char::from).collect())
    } else {
        None
    }
}

fn of_q(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'_' => b' ',
            b'=' => {
                let digits = [bytes.next()?, bytes.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            _ => byte,
        });
    }
    Some(out)
}

/// A value as a header can carry it: as it is where it is ASCII, else as an encoded word, whose encoding is `Q` where
/// most of it is ASCII.
pub fn encoded(value: &str) -> String {
    let strange = value.chars().filter(|c| is_strange(*c)).count();
    if strange == 0 {
        return value.to_owned();
    }
    if value.chars().count() - strange <= strange {
        return format!("=?UTF-8?B?{}?=", STANDARD.encode(value));
    }
    let mut out = String::from("=?UTF-8?Q?");
    for byte in value.bytes() {
        match byte {
            b' ' => out.push('_'),
            b'!'..=b'~' if !matches!(byte, b'=' | b'_' | b'?') => out.push(byte as char),
            _ => {
                let _ = write!(out, "={byte:02X}"); // a String takes everything
            }
        }
    }
    out.push_str("?=");
    out
}

fn is_strange(c: char) -> bool {
    c as u32 >= 0x7f || (c < ' ' && !matches!(c, '\t' | '\r' | '\n'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_those_that_aws_writes() {
        for (value, word) in [
            (
                "test_—_file%E2%80%94_é_2?.pdf",
                "=?UTF-8?Q?test=5F=E2=80=94=5Ffile%E2%80%94=5F=C3=A9=5F2=3F.pdf?=",
            ),
            ("ÄMÄZÕÑ S3", "=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?="),
            ("\0\u{1}\u{2}\u{3}", "=?UTF-8?B?AAECAw==?="),
            ("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
        ] {
            assert_eq!(encoded(value), word);
            assert_eq!(decoded(word), value);
        }
        assert_eq!(decoded("=?UTF-8?Q?actually-ascii?="), "actually-ascii");
        assert_eq!(decoded("=?UTF-8?B?YWJj?="), "abc");
        assert_eq!(decoded("=?ISO-8859-1?Q?=E9?="), "é");
        for itself in
            ["", "plain", "=?UTF-8?B?=GGG?=", "=?UTF-8?Q?=4?=", "=?X?Q?a?=", "=?UTF-8?Z?a?=", "=??="]
        {
            assert_eq!(decoded(itself), itself);
        }
    }

    proptest! {
        #[test]
        fn every_text_survives(value in any::<String>()) {
            prop_assume!(decode(&value).is_none());
            prop_assert_eq!(decoded(&encoded(&value)), value);
        }
    }
}
