//! What answers have in common.

use std::collections::BTreeMap;

use wire::Time;

use crate::{encoded_words, tags::Tags};

/// A stored time, cut to the second: headers say no more, and listings must say the same as headers.
pub fn time(ms: u64) -> Time {
    Time::from_seconds((ms / 1000) as i64)
}

/// A stored time as headers of errors carry it.
pub fn http_date(ms: u64) -> String {
    http_date_of(time(ms))
}

/// A time as headers carry it.
pub fn http_date_of(time: Time) -> String {
    let mut text = String::with_capacity(29);
    time.write(wire::schema::TimeFormat::Http, false, &mut text);
    text
}

/// User metadata as headers carry it.
pub fn metadata(metadata: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    metadata.iter().map(|(name, value)| (name.clone(), encoded_words::encoded(value))).collect()
}

/// Tags as answers carry them.
pub fn tag_set(tags: &Tags) -> Vec<api_s3::Tag> {
    tags.iter().map(|(key, value)| api_s3::Tag { key: key.clone(), value: value.clone() }).collect()
}

/// A key, or part of one, as `encoding-type=url` wants it: slashes stay, a space becomes a plus.
pub fn encoded(text: &str, encoding: Option<&str>) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/').remove(b'*');
    if encoding.is_none() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    out.extend(utf8_percent_encode(text, KEPT).map(|part| if part == "%20" { "+" } else { part }));
    out
}

/// Writes a checksum's text into the member of its algorithm.
#[macro_export]
macro_rules! set_checksum {
    ($output:expr, $algorithm:expr, $text:expr) => {
        match $algorithm {
            $crate::checksum::Algorithm::Crc32 => $output.checksum_crc32 = Some($text),
            $crate::checksum::Algorithm::Crc32c => $output.checksum_crc32c = Some($text),
            $crate::checksum::Algorithm::Crc64Nvme => $output.checksum_crc64nvme = Some($text),
            $crate::checksum::Algorithm::Sha1 => $output.checksum_sha1 = Some($text),
            $crate::checksum::Algorithm::Sha256 => $output.checksum_sha256 = Some($text),
            $crate::checksum::Algorithm::Sha512 => $output.checksum_sha512 = Some($text),
            $crate::checksum::Algorithm::Md5 => $output.checksum_md5 = Some($text),
            $crate::checksum::Algorithm::XxHash64 => $output.checksum_xxhash64 = Some($text),
            $crate::checksum::Algorithm::XxHash3 => $output.checksum_xxhash3 = Some($text),
            $crate::checksum::Algorithm::XxHash128 => $output.checksum_xxhash128 = Some($text),
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_encoded_on_request() {
        assert_eq!(encoded("a b/ü+%", Some("url")), "a+b/%C3%BC%2B%25");
        assert_eq!(encoded("a b", None), "a b");
    }
}
