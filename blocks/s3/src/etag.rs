//! Entity tags: the MD5 of the bytes, or the MD5 of the parts' MD5s and how many parts.

use std::fmt;

use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};

/// An entity tag. `Display` writes it without quotes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ETag {
    /// The digest.
    pub md5: [u8; 16],
    /// Of how many parts; 0 where the object was not uploaded in parts.
    pub parts: u16,
}

impl ETag {
    /// Of an object that was uploaded in one piece.
    pub fn whole(md5: [u8; 16]) -> Self {
        Self { md5, parts: 0 }
    }

    /// Of an object whose parts have these digests.
    pub fn of_parts(parts: impl IntoIterator<Item = [u8; 16]>) -> Self {
        let (mut all, mut count) = (Md5::new(), 0);
        for part in parts {
            all.update(part);
            count += 1;
        }
        Self { md5: all.finalize().into(), parts: count }
    }

    /// From an answer of our own.
    pub fn parse(text: &str) -> Option<Self> {
        let (digits, parts) = match bare(text).split_once('-') {
            Some((digits, parts)) => (digits, parts.parse().ok()?),
            None => (bare(text), 0),
        };
        Some(Self { md5: hex::decode(digits).ok()?.try_into().ok()?, parts })
    }

    /// As headers and documents carry it: in quotes.
    pub fn quoted(self) -> String {
        let mut digits = [0; 32];
        let digits = match hex::encode_to_slice(self.md5, &mut digits) {
            Ok(()) => std::str::from_utf8(&digits).unwrap_or_default(),
            Err(_) => "",
        };
        let mut text = String::with_capacity(40);
        text.extend(["\"", digits]);
        if self.parts > 0 {
            text.extend(["-", &self.parts.to_string()]);
        }
        text.push('"');
        text
    }

    /// Whether `text` names this tag; quotes around it are optional.
    pub fn is(self, text: &str) -> bool {
        bare(text) == self.to_string()
    }
}

/// A tag's text without its quotes.
pub fn bare(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text)
}

impl fmt::Display for ETag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [0; 32];
        hex::encode_to_slice(self.md5, &mut digits).map_err(|_| fmt::Error)?;
        f.write_str(std::str::from_utf8(&digits).map_err(|_| fmt::Error)?)?;
        if self.parts > 0 { write!(f, "-{}", self.parts) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_read_as_aws_writes_them() {
        let whole = ETag::whole(Md5::digest(b"").into());
        assert_eq!(whole.quoted(), "\"d41d8cd98f00b204e9800998ecf8427e\"");
        assert!(
            whole.is("d41d8cd98f00b204e9800998ecf8427e") && whole.is("\"d41d8cd98f00b204e9800998ecf8427e\"")
        );
        assert!(!whole.is("*") && !whole.is("") && !whole.is("\""));
        let part = Md5::digest(b"upload-part-1").into();
        let parts = ETag::of_parts([part, part]);
        assert_eq!(ETag::parse(&parts.quoted()), Some(parts));
        assert_eq!(ETag::parse(&whole.quoted()), Some(whole));
        assert_eq!(ETag::parse("x"), None);
        let expected = Md5::digest([part, part].concat());
        assert_eq!(parts.to_string(), format!("{}-2", hex::encode(expected)));
    }
}
