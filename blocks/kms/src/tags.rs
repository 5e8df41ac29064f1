//! Tags of keys.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html>

use std::collections::BTreeMap;

use api_kms::Tag;

use crate::{fault::Refused, limits::TAGS_MAX};

/// Reads tags that are given.
pub(crate) fn read(given: &[Tag]) -> Result<BTreeMap<String, String>, Refused> {
    let mut tags = BTreeMap::new();
    for tag in given {
        check_key(&tag.tag_key)?;
        if tags.insert(tag.tag_key.clone(), tag.tag_value.clone()).is_some() {
            return Err(Refused::Tag("Duplicate tag keys".into()));
        }
    }
    check_count(&tags)?;
    Ok(tags)
}

/// Judges names of tags.
pub(crate) fn check_keys(keys: &[String]) -> Result<(), Refused> {
    keys.iter().try_for_each(|key| check_key(key))
}

fn check_key(key: &str) -> Result<(), Refused> {
    if key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:")) {
        return Err(Refused::Tag("aws: prefixed tag key name is not allowed for use".into()));
    }
    Ok(())
}

/// A key has no more than so many.
pub(crate) fn check_count(tags: &BTreeMap<String, String>) -> Result<(), Refused> {
    if tags.len() > TAGS_MAX { Err(Refused::Tag("Too many tags".into())) } else { Ok(()) }
}
