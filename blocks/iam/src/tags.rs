//! Tags: their rules, and the condition keys made of them.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html>

use api_iam::Tag;
use floor::{Answer, Check, Fault};

use crate::{fault, limits, records::Tags};

/// The condition keys of the tags that a request brings.
pub(crate) fn in_request(mut check: Check, tags: Option<&Vec<Tag>>) -> Check {
    let Some(tags) = tags else { return check };
    for tag in tags {
        check = check.key(format!("aws:RequestTag/{}", tag.key), tag.value.clone());
    }
    keys_in_request(check, tags.iter().map(|tag| tag.key.clone()).collect())
}

/// The condition key of the tags that a request names.
pub(crate) fn keys_in_request(check: Check, keys: Vec<String>) -> Check {
    if keys.is_empty() { check } else { check.key("aws:TagKeys", keys) }
}

/// The condition keys of the tags that a resource has.
pub(crate) fn of_resource(mut check: Check, tags: &[(String, String)]) -> Check {
    for (key, value) in tags {
        check = check.key(format!("aws:ResourceTag/{key}"), value.clone());
        check = check.key(format!("iam:ResourceTag/{key}"), value.clone());
    }
    check
}

/// Tags as answers have them.
pub(crate) fn shown(tags: &Tags) -> Vec<Tag> {
    tags.iter().map(|(key, value)| Tag { key: key.clone(), value: value.clone() }).collect()
}

/// The tags of a new entity.
pub(crate) fn of_new(tags: Option<&Vec<Tag>>) -> Answer<Tags> {
    let mut all = Tags::new();
    add(&mut all, tags.map_or(&[][..], Vec::as_slice))?;
    Ok(all)
}

/// Adds tags, or changes their values. Keys differ by more than case.
pub(crate) fn add(all: &mut Tags, more: &[Tag]) -> Answer<()> {
    for (at, tag) in more.iter().enumerate() {
        if more[..at].iter().any(|before| before.key.eq_ignore_ascii_case(&tag.key)) {
            return Err(duplicate());
        }
        check(tag)?;
        match all.iter_mut().find(|(key, _)| key.eq_ignore_ascii_case(&tag.key)) {
            Some((key, value)) => (*key, *value) = (tag.key.clone(), tag.value.clone()),
            None => all.push((tag.key.clone(), tag.value.clone())),
        }
    }
    expect_few(all)
}

fn expect_few(all: &Tags) -> Answer<()> {
    if all.len() > limits::TAGS_MAX {
        return Err(Fault::new(
            &api_iam::errors::LIMIT_EXCEEDED_EXCEPTION,
            "The number of tags has reached the maximum limit.",
        ));
    }
    Ok(())
}

/// The tags of a new entity that is neither a user nor a role: keys may differ by case alone.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules>
pub(crate) fn of_new_by_case(tags: Option<&Vec<Tag>>) -> Answer<Tags> {
    let mut all = Tags::new();
    add_by_case(&mut all, tags.map_or(&[][..], Vec::as_slice))?;
    Ok(all)
}

/// [`add`], for entities that are neither users nor roles.
pub(crate) fn add_by_case(all: &mut Tags, more: &[Tag]) -> Answer<()> {
    for (at, tag) in more.iter().enumerate() {
        if more[..at].iter().any(|before| before.key == tag.key) {
            return Err(Fault::new(&api_iam::errors::INVALID_INPUT_EXCEPTION, "Duplicate tag keys found."));
        }
        check(tag)?;
        match all.iter_mut().find(|(key, _)| *key == tag.key) {
            Some((_, value)) => value.clone_from(&tag.value),
            None => all.push((tag.key.clone(), tag.value.clone())),
        }
    }
    expect_few(all)
}

/// [`remove`], for entities that are neither users nor roles.
pub(crate) fn remove_by_case(all: &mut Tags, keys: &[String]) {
    all.retain(|(key, _)| !keys.contains(key));
}

/// Tags as lists of them have them.
pub(crate) fn sorted(mut tags: Vec<Tag>) -> Vec<Tag> {
    tags.sort_by(|a, b| a.key.cmp(&b.key));
    tags
}

/// Takes tags away.
pub(crate) fn remove(all: &mut Tags, keys: &[String]) {
    all.retain(|(key, _)| !keys.iter().any(|gone| gone.eq_ignore_ascii_case(key)));
}

fn duplicate() -> Fault {
    let why = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
    Fault::new(&api_iam::errors::INVALID_INPUT_EXCEPTION, why)
}

/// Letters, spaces, digits and `_.:/=+-@`; keys do not begin with `aws:`.
fn check(tag: &Tag) -> Answer<()> {
    let is_plain =
        |text: &str| text.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || "_.:/=+-@".contains(c));
    if tag.key.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("aws:")) {
        let why = "Tags with the prefix aws: are reserved for AWS use.";
        return Err(Fault::new(&api_iam::errors::INVALID_INPUT_EXCEPTION, why));
    }
    let pattern = |place: &str, value: &str, pattern: &str| {
        fault::validation_text(&format!(
            "1 validation error detected: Value '{value}' at '{place}' failed to satisfy constraint: Member must \
             satisfy regular expression pattern: {pattern}"
        ))
    };
    if !is_plain(&tag.key) {
        return Err(pattern("tags.1.member.key", &tag.key, r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"));
    }
    if !is_plain(&tag.value) {
        return Err(pattern("tags.1.member.value", &tag.value, r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*"));
    }
    Ok(())
}
