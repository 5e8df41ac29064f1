//! Conditions on writes and deletions.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html>

use wire::Answer;

use crate::{conditions::names, etag::ETag, fault, version_id::Order, versions::Slot};

/// What a write demands of what stands at its key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WriteCondition {
    /// Nothing.
    None,
    /// No object.
    Absent,
    /// An object with this tag.
    Tag(String),
}

impl WriteCondition {
    /// Reads `If-Match` and `If-None-Match`: of these AWS takes one at a time, a tag for the one and `*` for the
    /// other.
    pub fn parse(if_match: Option<&str>, if_none_match: Option<&str>) -> Answer<Self> {
        match (if_match, if_none_match) {
            (None, None) => Ok(Self::None),
            (Some(_), Some(_)) => Err(fault::not_implemented_header(
                "If-Match,If-None-Match",
                Some("Multiple conditional request headers present in the request"),
            )),
            (None, Some("*")) => Ok(Self::Absent),
            (None, Some(_)) => Err(fault::not_implemented_header(
                "If-None-Match",
                Some("We don't accept the provided value of If-None-Match header for this API"),
            )),
            (Some("*"), None) => Err(fault::not_implemented_header(
                "If-Match",
                Some("We don't accept the provided value of If-Match header for this API"),
            )),
            (Some(tag), None) => Ok(Self::Tag(tag.to_owned())),
        }
    }

    /// Whether it holds.
    pub fn check(&self, key: &str, slot: &Slot) -> Answer<()> {
        match (self, slot.current()) {
            (Self::Absent, Some(_)) => Err(fault::precondition_failed("If-None-Match")),
            (Self::Tag(_), None) => Err(fault::no_such_key(key)),
            (Self::Tag(tag), Some((_, object))) if !object.etag.is(tag) => {
                Err(fault::precondition_failed("If-Match"))
            }
            _ => Ok(()),
        }
    }

    /// Whether it holds for an upload in parts, during which nothing else may have written: `seen` was the latest
    /// object when it began.
    pub fn check_since(&self, key: &str, slot: &Slot, seen: Option<Order>) -> Answer<()> {
        self.check(key, slot)?;
        let now = slot.current().map(|(stored, _)| stored.version.order);
        match self {
            Self::None => Ok(()),
            _ if now == seen => Ok(()),
            Self::Absent => Err(fault::conditional_conflict("If-None-Match", key)),
            Self::Tag(_) => Err(fault::conditional_conflict("If-Match", key)),
        }
    }
}

/// `If-Match` of a deletion. What is not there is deleted already; a delete marker has no tag.
pub fn check_delete(if_match: Option<&str>, there: bool, etag: Option<ETag>) -> Answer<()> {
    match if_match {
        Some(tags) if there && tags != "*" && !etag.is_some_and(|e| names(tags, e)) => {
            Err(fault::precondition_failed("If-Match"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_these_forms_are_taken() {
        assert_eq!(WriteCondition::parse(None, Some("*")).unwrap(), WriteCondition::Absent);
        assert_eq!(WriteCondition::parse(Some("\"a\""), None).unwrap(), WriteCondition::Tag("\"a\"".into()));
        for (if_match, if_none_match) in [(Some("*"), None), (None, Some("\"a\"")), (Some("a"), Some("*"))] {
            let fault = WriteCondition::parse(if_match, if_none_match).unwrap_err();
            assert_eq!((fault.code(), fault.status()), ("NotImplemented", 501));
        }
    }

    #[test]
    fn deletions_of_nothing_hold() {
        let etag = Some(ETag { md5: [0; 16], parts: 0 });
        assert!(check_delete(Some("badtag"), false, None).is_ok());
        assert!(check_delete(Some("*"), true, None).is_ok() && check_delete(Some("*"), true, etag).is_ok());
        assert!(
            check_delete(Some("badtag"), true, etag).is_err()
                && check_delete(Some("badtag"), true, None).is_err()
        );
        assert!(check_delete(Some("00000000000000000000000000000000"), true, etag).is_ok());
        assert!(check_delete(None, true, etag).is_ok());
    }
}
