//! What the batch operations share: the rules on entries, and the answer to those that failed.

use std::collections::HashSet;

use api_sqs::BatchResultErrorEntry;

use crate::{
    fault::Refused,
    limits::{BATCH_ENTRIES_MAX, BATCH_ID_CHARS},
};

/// Judges the ids of a batch's entries. `kind` is the name of the operation.
pub(crate) fn check<'a>(
    kind: &'static str,
    ids: impl ExactSizeIterator<Item = &'a str>,
) -> Result<(), Refused> {
    if ids.len() == 0 {
        return Err(Refused::EmptyBatch(kind));
    }
    if ids.len() > BATCH_ENTRIES_MAX {
        return Err(Refused::TooManyEntries(ids.len()));
    }
    let mut seen = HashSet::new();
    for id in ids {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        if !BATCH_ID_CHARS.contains(&id.len()) || !id.bytes().all(allowed) {
            return Err(Refused::EntryId);
        }
        if !seen.insert(id) {
            return Err(Refused::EntryIdTwice(id.to_owned()));
        }
    }
    Ok(())
}

/// `Failed` is there only where an entry failed.
pub(crate) fn some(failed: Vec<BatchResultErrorEntry>) -> Option<Vec<BatchResultErrorEntry>> {
    (!failed.is_empty()).then_some(failed)
}

/// The answer to an entry that failed.
pub(crate) fn failed(id: String, refused: &Refused) -> BatchResultErrorEntry {
    let meta = refused.meta();
    BatchResultErrorEntry {
        id: Some(id),
        sender_fault: Some(meta.sender),
        code: Some(meta.code.to_owned()),
        message: Some(refused.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_have_ids_of_their_own() {
        let check = |ids: &[&str]| check("SendMessageBatch", ids.iter().copied());
        let eleven: Vec<String> = (0..11).map(|i| i.to_string()).collect();
        let eleven: Vec<&str> = eleven.iter().map(String::as_str).collect();
        assert_eq!(check(&["a", "B-9_"]), Ok(()));
        assert_eq!(check(&eleven[..10]), Ok(()));
        assert_eq!(check(&[]), Err(Refused::EmptyBatch("SendMessageBatch")));
        assert_eq!(check(&eleven), Err(Refused::TooManyEntries(11)));
        assert_eq!(check(&["a", "b", "a"]), Err(Refused::EntryIdTwice("a".into())));
        for id in ["", "a b", "a:b", "é", &"x".repeat(81)] {
            assert_eq!(check(&[id]), Err(Refused::EntryId), "{id}");
        }
    }
}
