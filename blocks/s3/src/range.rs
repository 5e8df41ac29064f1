//! Which bytes a request asks for.

use std::ops::Range;

/// What a `Range` header means for an object of a known size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// All of it: no range, several ranges, or a header that says nothing.
    All,
    /// Some of it: at least one byte.
    Some(Range<u64>),
    /// Nothing that is there.
    Unsatisfiable,
}

/// Reads a `Range` header as S3 does: one range of bytes, anything else is as if it were not there.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax>
pub fn asked(header: &str, size: u64) -> Asked {
    let Some(spec) = header.trim().strip_prefix("bytes=") else { return Asked::All };
    let Some((first, last)) = spec.split_once('-') else { return Asked::All };
    match (first.trim(), last.trim()) {
        ("", "") => Asked::All,
        ("", suffix) => match number(suffix) {
            None => Asked::All,
            Some(0) => Asked::Unsatisfiable,
            Some(_) if size == 0 => Asked::Unsatisfiable,
            Some(length) => Asked::Some(size.saturating_sub(length)..size),
        },
        (first, last) => {
            let last_known = if last.is_empty() { Some(u64::MAX) } else { number(last) };
            match (number(first), last_known) {
                (Some(first), Some(last)) if first > last => Asked::All,
                (Some(first), Some(_)) if first >= size => Asked::Unsatisfiable,
                (Some(first), Some(last)) => Asked::Some(first..last.saturating_add(1).min(size)),
                _ => Asked::All,
            }
        }
    }
}

/// A number of decimal digits; one too large for any object counts as the largest.
fn number(text: &str) -> Option<u64> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(u64::MAX))
}

/// `bytes 0-4/10`.
pub fn content_range(range: &Range<u64>, size: u64) -> String {
    format!("bytes {}-{}/{size}", range.start, range.end.saturating_sub(1))
}

/// Why `x-amz-copy-source-range` cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyRangeError {
    /// It is not `bytes=first-last`.
    Form,
    /// It begins behind the end.
    Behind,
    /// It ends behind the end.
    TooLong,
}

/// Reads `x-amz-copy-source-range`, which must have both ends and lie within the source.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html>
pub fn copied(header: &str, size: u64) -> Result<Range<u64>, CopyRangeError> {
    let ends = header.strip_prefix("bytes=").and_then(|spec| spec.split_once('-'));
    let (first, last) = ends.and_then(|(f, l)| number(f).zip(number(l))).ok_or(CopyRangeError::Form)?;
    if first > last {
        Err(CopyRangeError::Form)
    } else if first >= size {
        Err(CopyRangeError::Behind)
    } else if last >= size {
        Err(CopyRangeError::TooLong)
    } else {
        Ok(first..last + 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_aws_answered() {
        // Recorded for an object of ten bytes.
        let table = [
            ("bytes=0-8", Asked::Some(0..9)),
            ("bytes=1-1", Asked::Some(1..2)),
            ("bytes=1-", Asked::Some(1..10)),
            ("bytes=-2", Asked::Some(8..10)),
            ("bytes=-15", Asked::Some(0..10)),
            ("bytes=0-100", Asked::Some(0..10)),
            ("bytes=1-0", Asked::All),
            ("bytes=-1-", Asked::All),
            ("bytes=0--1", Asked::All),
            ("bytes=0-1,3-4,7-9", Asked::All),
            ("bytes=-", Asked::All),
            ("0-8", Asked::All),
            ("bytes=a-b", Asked::All),
            ("bytes=-0", Asked::Unsatisfiable),
            ("bytes=100-200", Asked::Unsatisfiable),
            ("bytes=10-", Asked::Unsatisfiable),
            ("bytes=99999999999999999999999-", Asked::Unsatisfiable),
            ("bytes=0-99999999999999999999999", Asked::Some(0..10)),
        ];
        for (header, expected) in table {
            assert_eq!(asked(header, 10), expected, "{header}");
        }
        assert_eq!(asked("bytes=0-0", 0), Asked::Unsatisfiable);
        assert_eq!(asked("bytes=-5", 0), Asked::Unsatisfiable);
        assert_eq!(content_range(&(0..9), 10), "bytes 0-8/10");
    }

    #[test]
    fn copies_want_both_ends() {
        for header in [
            "0-8",
            "bytes=1-0",
            "bytes=-1-",
            "bytes=0--1",
            "bytes=0-1,3-4",
            "bytes=-",
            "bytes=1-",
            "bytes=-2",
        ] {
            assert_eq!(copied(header, 10), Err(CopyRangeError::Form), "{header}");
        }
        assert_eq!(copied("bytes=0-8", 10), Ok(0..9));
        assert_eq!(copied("bytes=9-9", 10), Ok(9..10));
        assert_eq!(copied("bytes=0-100", 10), Err(CopyRangeError::TooLong));
        assert_eq!(copied("bytes=100-200", 10), Err(CopyRangeError::Behind));
    }

    proptest! {
        #[test]
        fn ranges_are_never_empty_nor_outside(header in "bytes=[0-9]{0,3}-[0-9]{0,3}", size in 0_u64..500) {
            if let Asked::Some(range) = asked(&header, size) {
                prop_assert!(range.start < range.end && range.end <= size);
            }
            if let Ok(range) = copied(&header, size) {
                prop_assert!(range.start < range.end && range.end <= size);
                prop_assert_eq!(asked(&header, size), Asked::Some(range));
            }
        }
    }
}
