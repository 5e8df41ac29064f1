//! Tags of queues.

use std::collections::BTreeMap;

use crate::{
    fault::Refused,
    limits::{TAG_KEY_CHARS, TAG_VALUE_CHARS_MAX, TAGS_MAX},
};

/// Judges tags that a queue is to have.
pub(crate) fn check(tags: &BTreeMap<String, String>) -> Result<(), Refused> {
    if tags.len() > TAGS_MAX {
        return Err(Refused::Wrong(format!(
            "Too many tags added for queue: at most {TAGS_MAX} are allowed."
        )));
    }
    for (key, value) in tags {
        if !TAG_KEY_CHARS.contains(&key.chars().count()) || !is_carried(key) {
            return Err(Refused::Wrong("Tag keys must be between 1 and 128 characters in length.".into()));
        }
        if key.to_ascii_lowercase().starts_with("aws:") {
            return Err(Refused::Wrong("Tag keys must not begin with aws:, which is reserved.".into()));
        }
        if value.chars().count() > TAG_VALUE_CHARS_MAX || !is_carried(value) {
            return Err(Refused::Wrong("Tag values must be between 0 and 256 characters in length.".into()));
        }
    }
    Ok(())
}

fn is_carried(text: &str) -> bool {
    !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_limits() {
        let one = |key: &str, value: &str| check(&BTreeMap::from([(key.to_owned(), value.to_owned())]));
        assert!(one("a", "").is_ok() && one(&"é".repeat(128), &"v".repeat(256)).is_ok());
        assert!(one("", "v").is_err() && one(&"k".repeat(129), "v").is_err());
        assert!(
            one("k", &"v".repeat(257)).is_err() && one("AWS:k", "v").is_err() && one("k\n", "v").is_err()
        );
        let many = |n: usize| (0..n).map(|i| (i.to_string(), String::new())).collect();
        assert!(check(&many(50)).is_ok() && check(&many(51)).is_err());
    }
}
