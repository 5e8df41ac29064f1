//! Tags of topics.

use std::collections::BTreeMap;

use api_sns::{Tag, errors};
use floor::{Answer, Fault};

use crate::{fault, limits};

/// Adds `given`, each of which replaces one of the same key.
pub(crate) fn add(all: &mut BTreeMap<String, String>, given: &[Tag]) -> Answer<()> {
    let mut keys: Vec<_> = given.iter().map(|t| &t.key).collect();
    keys.sort();
    keys.dedup();
    if keys.len() < given.len() {
        return Err(fault::invalid("Duplicated keys are not allowed."));
    }
    for tag in given {
        if tag.key.is_empty() || tag.key.chars().count() > 128 || tag.key.starts_with("aws:") {
            return Err(fault::invalid("Tag Key"));
        }
        if tag.value.chars().count() > 256 {
            return Err(fault::invalid("Tag Value"));
        }
        all.insert(tag.key.clone(), tag.value.clone());
    }
    if all.len() > limits::TAGS_MAX {
        let text = "Could not complete request: tag quota of per resource exceeded";
        return Err(Fault::new(&errors::TAG_LIMIT_EXCEEDED_EXCEPTION, text));
    }
    Ok(())
}
