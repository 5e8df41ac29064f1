//! What clients say of objects: headers, metadata, tags, storage class.

use std::collections::BTreeMap;

use wire::Answer;

use crate::{
    encoded_words, fault,
    limits::{KEY_BYTES_MAX, KEY_ZEROS_MAX, METADATA_BYTES_MAX, REDIRECT_BYTES_MAX},
    records::{About, Header},
    tags::{self, Tags},
};

/// The members of an input that describe an object.
#[macro_export]
macro_rules! about {
    ($input:expr) => {
        $crate::about::Said {
            headers: [
                ($crate::records::Header::ContentType, $input.content_type.take()),
                ($crate::records::Header::ContentEncoding, $input.content_encoding.take()),
                ($crate::records::Header::ContentDisposition, $input.content_disposition.take()),
                ($crate::records::Header::ContentLanguage, $input.content_language.take()),
                ($crate::records::Header::CacheControl, $input.cache_control.take()),
                ($crate::records::Header::Expires, $input.expires.take()),
            ],
            metadata: $input.metadata.take(),
            tagging: $input.tagging.take(),
            storage_class: $input.storage_class.take(),
        }
    };
}

/// What an input says of an object; see [`about!`].
#[derive(Debug)]
pub struct Said {
    /// Headers that are kept.
    pub headers: [(Header, Option<String>); 6],
    /// `x-amz-meta-*`.
    pub metadata: Option<BTreeMap<String, String>>,
    /// `x-amz-tagging`.
    pub tagging: Option<String>,
    /// `x-amz-storage-class`.
    pub storage_class: Option<String>,
}

impl Said {
    /// What is kept of it.
    pub fn checked(self) -> Answer<About> {
        Ok(About {
            headers: headers(self.headers),
            metadata: metadata(self.metadata)?,
            tags: self.tagging.as_deref().map_or_else(|| Ok(Tags::new()), tags::of_header)?,
            storage_class: storage_class(self.storage_class)?,
        })
    }
}

fn headers(given: [(Header, Option<String>); 6]) -> BTreeMap<Header, String> {
    let kept = given.into_iter().filter_map(|(header, value)| {
        let value = value?;
        let value = if header == Header::ContentEncoding { without_chunking(&value) } else { Some(value) };
        Some((header, value?))
    });
    kept.collect()
}

/// `aws-chunked` names the way a body was sent, and is no property of the object.
fn without_chunking(encoding: &str) -> Option<String> {
    if !encoding.contains("aws-chunked") {
        return Some(encoding.to_owned());
    }
    let kept: Vec<_> =
        encoding.split(',').map(str::trim).filter(|e| !e.is_empty() && *e != "aws-chunked").collect();
    (!kept.is_empty()).then(|| kept.join(","))
}

fn metadata(given: Option<BTreeMap<String, String>>) -> Answer<BTreeMap<String, String>> {
    let given = given.unwrap_or_default();
    let given: BTreeMap<_, _> =
        given.into_iter().map(|(name, value)| (name, encoded_words::decoded(&value))).collect();
    let size = given.iter().map(|(name, value)| name.len() + value.len()).sum();
    if size > METADATA_BYTES_MAX { Err(fault::metadata_too_large(size)) } else { Ok(given) }
}

/// The storage classes of general purpose buckets.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html>
const STORAGE_CLASSES: [&str; 8] = [
    "STANDARD",
    "REDUCED_REDUNDANCY",
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "GLACIER",
    "DEEP_ARCHIVE",
    "GLACIER_IR",
];

/// The storage class that is kept; none for STANDARD.
pub fn storage_class(given: Option<String>) -> Answer<Option<String>> {
    match given {
        Some(class) if !STORAGE_CLASSES.contains(&class.as_str()) => {
            Err(fault::invalid_storage_class(&class))
        }
        given => Ok(given.filter(|class| class != "STANDARD")),
    }
}

/// Whether objects of this class must be restored before they can be read.
pub fn is_archived(storage_class: Option<&str>) -> bool {
    matches!(storage_class, Some("GLACIER" | "DEEP_ARCHIVE"))
}

/// Where a page of a web site may send browsers.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html>
pub fn check_redirect(location: Option<&str>) -> Answer<()> {
    let Some(location) = location else { return Ok(()) };
    let begins = ["/", "http://", "https://"].iter().any(|start| location.starts_with(start));
    if !begins {
        return Err(fault::invalid_redirect(
            "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
        ));
    }
    if location.len() > REDIRECT_BYTES_MAX {
        return Err(fault::invalid_redirect(
            "The length of website redirect location cannot exceed 2,048 characters.",
        ));
    }
    Ok(())
}

/// A key that objects may have.
pub fn check_key(key: &str) -> Answer<()> {
    let zeros = key.bytes().filter(|b| *b == 0).count();
    if key.len() > KEY_BYTES_MAX || zeros > KEY_ZEROS_MAX { Err(fault::key_too_long(key)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_sending_are_not_kept() {
        assert_eq!(without_chunking("gzip"), Some("gzip".into()));
        assert_eq!(without_chunking("aws-chunked"), None);
        assert_eq!(without_chunking("aws-chunked, gzip"), Some("gzip".into()));
        assert_eq!(without_chunking("gzip,aws-chunked,"), Some("gzip".into()));
    }

    #[test]
    fn pages_send_to_addresses() {
        for location in ["/other", "http://x", "https://x/y"] {
            assert!(check_redirect(Some(location)).is_ok(), "{location}");
        }
        for location in ["", "other", "ftp://x", &format!("/{}", "x".repeat(REDIRECT_BYTES_MAX))] {
            assert_eq!(check_redirect(Some(location)).unwrap_err().code(), "InvalidRedirectLocation");
        }
    }

    #[test]
    fn limits_hold() {
        let of = |value: &str| Some(BTreeMap::from([("name".to_owned(), value.to_owned())]));
        assert!(metadata(of(&"v".repeat(2044))).is_ok());
        let fault = metadata(of(&"v".repeat(2045))).unwrap_err();
        assert_eq!((fault.code(), fault.fields().next()), ("MetadataTooLarge", Some(("Size", "2049"))));
        assert!(check_key(&"k".repeat(1024)).is_ok() && check_key(&"é".repeat(513)).is_err());
        assert_eq!(storage_class(Some("STANDARD".into())).unwrap(), None);
        assert_eq!(storage_class(Some("OUTPOSTS".into())).unwrap_err().code(), "InvalidStorageClass");
        assert!(is_archived(Some("GLACIER")) && !is_archived(Some("GLACIER_IR")) && !is_archived(None));
    }
}
