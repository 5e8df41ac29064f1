//! Conditions of requests: If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since, and their precedence.

use crate::etag::{ETag, bare};

/// What a request demands of the object it reads or copies from. Times are seconds since 1970: HTTP dates have no
/// fractions, so an object's time is cut to the second before it is compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Conditions<'a> {
    /// Its tag must be one of these.
    pub if_match: Option<&'a str>,
    /// Its tag must be none of these.
    pub if_none_match: Option<&'a str>,
    /// It must have changed since.
    pub if_modified_since: Option<i64>,
    /// It must not have changed since.
    pub if_unmodified_since: Option<i64>,
}

/// Which condition did not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failed {
    /// 412.
    Match,
    /// 412.
    UnmodifiedSince,
    /// 304 on reads, 412 on copies.
    NoneMatch,
    /// 304 on reads, 412 on copies.
    ModifiedSince,
}

impl Failed {
    /// The header's name as error documents spell it.
    pub fn header(self) -> &'static str {
        match self {
            Self::Match => "If-Match",
            Self::UnmodifiedSince => "If-Unmodified-Since",
            Self::NoneMatch => "If-None-Match",
            Self::ModifiedSince => "If-Modified-Since",
        }
    }

    /// The header's name on copies.
    pub fn copy_header(self) -> &'static str {
        match self {
            Self::Match => "x-amz-copy-source-If-Match",
            Self::UnmodifiedSince => "x-amz-copy-source-If-Unmodified-Since",
            Self::NoneMatch => "x-amz-copy-source-If-None-Match",
            Self::ModifiedSince => "x-amz-copy-source-If-Modified-Since",
        }
    }

    /// Whether the reader simply has it already.
    pub fn is_not_modified(self) -> bool {
        matches!(self, Self::NoneMatch | Self::ModifiedSince)
    }
}

impl Conditions<'_> {
    /// The first condition that fails, in AWS's order: a tag speaks louder than a date, and the positive conditions
    /// come before the negative ones.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html>
    pub fn failed(&self, etag: ETag, modified: i64, now: i64) -> Option<Failed> {
        match (self.if_match, self.if_unmodified_since) {
            (Some(tags), _) if !names(tags, etag) => return Some(Failed::Match),
            (None, Some(since)) if modified > since => return Some(Failed::UnmodifiedSince),
            _ => {}
        }
        match (self.if_none_match, self.if_modified_since) {
            (Some(tags), _) if names(tags, etag) => Some(Failed::NoneMatch),
            // A date in the future says nothing.
            (None, Some(since)) if modified <= since && since <= now => Some(Failed::ModifiedSince),
            _ => None,
        }
    }
}

/// Whether a header's list of tags names this one.
pub fn names(tags: &str, etag: ETag) -> bool {
    let tag = etag.to_string();
    tags.split(',').map(|t| bare(t.trim().trim_start_matches("W/"))).any(|t| t == "*" || t == tag)
}

/// The conditions of an input that reads.
macro_rules! conditions {
    ($input:expr) => {
        $crate::conditions::Conditions {
            if_match: $input.if_match.as_deref(),
            if_none_match: $input.if_none_match.as_deref(),
            if_modified_since: $input.if_modified_since.map(wire::Time::seconds),
            if_unmodified_since: $input.if_unmodified_since.map(wire::Time::seconds),
        }
    };
}
pub(crate) use conditions;

#[cfg(test)]
mod tests {
    use super::*;

    const TAG: ETag = ETag { md5: [0; 16], parts: 0 };
    const SAME: &str = "\"00000000000000000000000000000000\"";
    const OTHER: &str = "\"11111111111111111111111111111111\"";

    #[test]
    fn precedence_is_that_of_aws() {
        let none = Conditions::default();
        let check = |c: Conditions<'_>| c.failed(TAG, 100, 1000);
        assert_eq!(check(none), None);
        assert_eq!(check(Conditions { if_match: Some(SAME), if_unmodified_since: Some(50), ..none }), None);
        assert_eq!(
            check(Conditions { if_match: Some(OTHER), if_unmodified_since: Some(500), ..none }),
            Some(Failed::Match)
        );
        assert_eq!(
            check(Conditions { if_unmodified_since: Some(50), ..none }),
            Some(Failed::UnmodifiedSince)
        );
        assert_eq!(check(Conditions { if_unmodified_since: Some(100), ..none }), None);
        assert_eq!(
            check(Conditions { if_none_match: Some(SAME), if_modified_since: Some(50), ..none }),
            Some(Failed::NoneMatch)
        );
        assert_eq!(
            check(Conditions { if_none_match: Some(OTHER), if_modified_since: Some(500), ..none }),
            None
        );
        assert_eq!(check(Conditions { if_modified_since: Some(100), ..none }), Some(Failed::ModifiedSince));
        assert_eq!(check(Conditions { if_modified_since: Some(99), ..none }), None);
        assert_eq!(check(Conditions { if_modified_since: Some(2000), ..none }), None, "a date in the future");
        let both = Conditions { if_match: Some(OTHER), if_none_match: Some(SAME), ..none };
        assert_eq!(check(both), Some(Failed::Match));
    }

    #[test]
    fn tags_come_in_lists_and_with_or_without_quotes() {
        assert!(names("*", TAG) && names(SAME, TAG) && names(SAME.trim_matches('"'), TAG));
        assert!(names(&format!("{OTHER}, {SAME}"), TAG) && names(&format!("W/{SAME}"), TAG));
        assert!(!names(OTHER, TAG) && !names("", TAG));
    }
}
