//! Tags of buckets and objects: rules and the words in which AWS refuses.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html>

use wire::{Answer, Fault};

use crate::{
    fault::invalid_argument,
    limits::{BUCKET_TAGS_MAX, OBJECT_TAGS_MAX, TAG_KEY_CHARS, TAG_VALUE_CHARS_MAX},
};

/// Keys and values, in the order in which they were given.
pub type Tags = Vec<(String, String)>;

/// What is tagged: the words of refusal differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tagged {
    /// A bucket, by PutBucketTagging.
    Bucket,
    /// A bucket, by CreateBucket.
    NewBucket,
    /// An object.
    Object,
}

/// The tags, if they follow the rules.
pub fn checked(tags: impl IntoIterator<Item = (String, String)>, of: Tagged) -> Answer<Tags> {
    let tags: Tags = tags.into_iter().collect();
    match of {
        Tagged::Object if tags.len() > OBJECT_TAGS_MAX => {
            return Err(Fault::coded("BadRequest", 400, "Object tags cannot be greater than 10"));
        }
        Tagged::Bucket | Tagged::NewBucket if tags.len() > BUCKET_TAGS_MAX => {
            return Err(Fault::coded("BadRequest", 400, "Bucket tag count cannot be greater than 50"));
        }
        _ => {}
    }
    for (i, (key, value)) in tags.iter().enumerate() {
        if tags[..i].iter().any(|(earlier, _)| earlier == key) {
            return Err(invalid_tag("Cannot provide multiple Tags with the same key").with("TagKey", key));
        }
        check_one(key, value, of)?;
    }
    Ok(tags)
}

fn check_one(key: &str, value: &str, of: Tagged) -> Answer<()> {
    if key.to_ascii_lowercase().starts_with("aws:") {
        return Err(match of {
            Tagged::Bucket => {
                invalid_tag("System tags cannot be added/updated by requester").with("TagKey", key)
            }
            Tagged::Object => invalid_tag("Your TagKey cannot be prefixed with aws:").with("TagKey", key),
            Tagged::NewBucket => invalid_tag(
                "User-defined tag keys can't start with \"aws:\". This prefix is reserved for system tags. Remove \
                 \"aws:\" from your tag keys and try again.",
            ),
        });
    }
    if !TAG_KEY_CHARS.contains(&key.chars().count()) || !key.chars().all(is_allowed) {
        return Err(invalid_tag("The TagKey you have provided is invalid").with("TagKey", key));
    }
    if value.chars().count() > TAG_VALUE_CHARS_MAX || !value.chars().all(is_allowed) {
        let fault = invalid_tag("The TagValue you have provided is invalid");
        return Err(fault.with("TagKey", key).with("TagValue", value));
    }
    Ok(())
}

/// Letters, digits and spaces of all languages, and `_ . : / = + - @`.
fn is_allowed(c: char) -> bool {
    c.is_alphanumeric() || c == ' ' || (c.is_whitespace() && !c.is_control()) || "_.:/=+-@".contains(c)
}

fn invalid_tag(message: &'static str) -> Fault {
    Fault::coded("InvalidTag", 400, message)
}

/// Reads `x-amz-tagging`: `key=value&key=value`, URL-encoded. In the order of the keys.
pub fn of_header(header: &str) -> Answer<Tags> {
    let malformed = || {
        invalid_argument(
            "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag \
             name duplicates.",
            "x-amz-tagging",
            header,
        )
    };
    let mut tags: Tags = Vec::new();
    for pair in header.split('&').filter(|p| !p.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (key, value) = (decoded(key).ok_or_else(malformed)?, decoded(value).ok_or_else(malformed)?);
        let allowed = key.chars().chain(value.chars()).all(is_allowed);
        if !allowed || tags.iter().any(|(earlier, _)| *earlier == key) {
            return Err(malformed());
        }
        tags.push((key, value));
    }
    tags.sort();
    checked(tags, Tagged::Object)
}

fn decoded(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    let bytes = percent_encoding::percent_decode_str(&spaced);
    bytes.decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn refused(tags: &[(&str, &str)], of: Tagged) -> String {
        let fault = checked(pairs(tags), of).unwrap_err();
        format!("{}: {}", fault.code(), fault.message())
    }

    #[test]
    fn the_words_are_those_of_aws() {
        assert_eq!(
            refused(&[("a", "1"), ("a", "2")], Tagged::Bucket),
            "InvalidTag: Cannot provide multiple Tags with the same key"
        );
        assert_eq!(
            refused(&[("a,b", "1")], Tagged::Object),
            "InvalidTag: The TagKey you have provided is invalid"
        );
        assert_eq!(
            refused(&[("", "1")], Tagged::Object),
            "InvalidTag: The TagKey you have provided is invalid"
        );
        assert_eq!(
            refused(&[("a", "1,2")], Tagged::Object),
            "InvalidTag: The TagValue you have provided is invalid"
        );
        assert_eq!(
            refused(&[("aws:a", "")], Tagged::Object),
            "InvalidTag: Your TagKey cannot be prefixed with aws:"
        );
        assert_eq!(
            refused(&[("aws:a", "")], Tagged::Bucket),
            "InvalidTag: System tags cannot be added/updated by requester"
        );
        let many: Vec<_> = (0..11).map(|i| (i.to_string(), String::new())).collect();
        assert_eq!(checked(many.clone(), Tagged::Object).unwrap_err().code(), "BadRequest");
        assert_eq!(checked(many, Tagged::Bucket).unwrap().len(), 11);
        assert!(checked(pairs(&[(&"k".repeat(128), &"v".repeat(256))]), Tagged::Object).is_ok());
        assert!(checked(pairs(&[(&"k".repeat(129), "")]), Tagged::Object).is_err());
        assert!(checked(pairs(&[("k", &"v".repeat(257))]), Tagged::Object).is_err());
        assert!(checked(pairs(&[("größe", "10 @ +-=._:/")]), Tagged::Object).is_ok());
    }

    #[test]
    fn headers_are_queries() {
        assert_eq!(
            of_header("a=1&b=x%20y&c=&d").unwrap(),
            pairs(&[("a", "1"), ("b", "x y"), ("c", ""), ("d", "")])
        );
        assert_eq!(of_header("").unwrap(), pairs(&[]));
        for wrong in ["key1=val1&key1=val2", "key1=val1,key2=val2", "a=%FF"] {
            let fault = of_header(wrong).unwrap_err();
            assert_eq!(fault.code(), "InvalidArgument", "{wrong}");
            assert_eq!(fault.fields().nth(1), Some(("ArgumentValue", wrong)));
        }
    }
}
