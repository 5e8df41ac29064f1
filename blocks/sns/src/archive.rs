//! The archive of a FIFO topic: every message that is published, for as many days as its policy says.
//! <https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-topic-owner.html>

use floor::{Answer, Cx, Get, Key, Placement, Record as _, Tx};
use serde_json::{Map, Value};

use crate::{
    fault, limits,
    publish::Desk,
    records::{self, Archive, Archived, Message, Topic},
};

const DAY_MS: u64 = 24 * 3600 * 1000;

/// For how many days a policy keeps messages; `None` where it ends the archive.
pub(crate) fn days(policy: &str) -> Answer<Option<u64>> {
    let wrong = |why: &str| fault::invalid(format!("ArchivePolicy: {why}"));
    let all: Map<String, Value> = serde_json::from_str(policy).map_err(|_| wrong("failed to parse JSON."))?;
    if all.is_empty() {
        return Ok(None);
    }
    let number = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
    match (all.len(), all.get("MessageRetentionPeriod").and_then(number)) {
        (1, Some(days)) if limits::ARCHIVE_DAYS.contains(&days) => Ok(Some(days)),
        _ => Err(wrong("MessageRetentionPeriod must be an integer between 1 and 365")),
    }
}

/// Whether the attribute is a policy that ends the archive.
pub(crate) fn is_none(attribute: &str, value: &str) -> bool {
    attribute == "ArchivePolicy" && days(value).is_ok_and(|days| days.is_none())
}

/// Begins the archive that the topic's attributes ask for, or changes it, or gives it up. `id`: of a new one.
pub(crate) async fn set(tx: &Tx, topic: &Topic, id: &str, now_ms: u64) -> Answer<()> {
    let key = records::archive(&topic.instance);
    let wanted = topic.attributes.get("ArchivePolicy").map(|policy| days(policy)).transpose()?.flatten();
    let there = tx.load::<Archive>(&key).await?;
    match (wanted, there) {
        (Some(days), Some(there)) => tx.save(&key, &Archive { days, ..there }),
        (Some(days), None) => tx.save(&key, &Archive { id: id.to_owned(), since_ms: now_ms, days }),
        (None, Some(there)) => {
            tx.delete(&key);
            tx.put(&records::archives_gone().text(&there.id), &b"1"[..]);
        }
        (None, None) => {}
    }
    Ok(())
}

/// Puts a message that is published into the topic's archive, if it has one.
pub(crate) async fn keep(tx: &Tx, topic: &Topic, desk: &Desk, message: &Message) -> Answer<()> {
    if !topic.attributes.contains_key("ArchivePolicy") {
        return Ok(());
    }
    let archive = tx.load::<Archive>(&records::archive(&topic.instance)).await?;
    let archive = floor::tx::expected(archive, "the archive of a topic that has a policy for it")?;
    let kept = Archived { message: message.id.clone(), at_ms: message.at_ms, sealed: desk.sealed(message) };
    tx.save(&records::archived(&archive.id, topic.sequence), &kept);
    Ok(())
}

impl Archive {
    /// The earliest moment whose messages it still has.
    pub(crate) fn begins_ms(&self, now_ms: u64) -> u64 {
        self.since_ms.max(now_ms.saturating_sub(self.days * DAY_MS))
    }
}

/// Forgets what is older than archives keep, and what archives held that were given up.
pub(crate) async fn forget(cx: &mut Cx, place: &Placement, now_ms: u64) -> Answer<u64> {
    let mut forgotten = 0;
    let (mut live, gone) = (records::archives().all(), records::archives_gone());
    loop {
        let found = cx.view(place).await?.range(live.clone(), limits::ARCHIVE_PAGE).await?;
        for (key, stored) in &found {
            let archive = Archive::decode(stored)?;
            forgotten += clear(cx, place, &archive.id, archive.begins_ms(now_ms)).await?;
            live.start = [&key[..], &[0]].concat().into();
        }
        if found.len() < limits::ARCHIVE_PAGE {
            break;
        }
    }
    let found = cx.view(place).await?.range(gone.all(), limits::ARCHIVE_PAGE).await?;
    for (key, _) in found {
        let id = floor::key::Parts::of(&key[gone.len()..]).text();
        let id = floor::tx::expected(id, "the id of an archive that was given up")?;
        forgotten += clear(cx, place, &id, u64::MAX).await?;
        let key = &key;
        let write = |tx: Tx| async move {
            tx.delete(&Key::exactly(key));
            Ok(())
        };
        cx.cell(place).await?.transact(write).await?;
    }
    Ok(forgotten)
}

/// Takes out what was published before `end_ms`, a page a commit.
async fn clear(cx: &mut Cx, place: &Placement, archive: &str, end_ms: u64) -> Answer<u64> {
    let mut cleared = 0;
    loop {
        let write = |tx: Tx| async move {
            let mut done = 0;
            for (key, stored) in tx.range(records::archived_all(archive).all(), limits::ARCHIVE_PAGE).await? {
                if Archived::decode(&stored)?.at_ms >= end_ms {
                    break;
                }
                tx.delete(&Key::exactly(&key));
                done += 1;
            }
            Ok(done)
        };
        // Most of the time there is nothing to do, and then there is nothing to commit either.
        let first = cx.view(place).await?.range(records::archived_all(archive).all(), 1).await?;
        match first.first() {
            Some((_, stored)) if Archived::decode(stored)?.at_ms < end_ms => {}
            _ => return Ok(cleared),
        }
        cleared += cx.cell(place).await?.transact(write).await? as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_judged() {
        assert_eq!(days(r#"{"MessageRetentionPeriod":"30"}"#).unwrap(), Some(30));
        assert_eq!(days(r#"{"MessageRetentionPeriod":365}"#).unwrap(), Some(365));
        assert_eq!(days("{}").unwrap(), None);
        for wrong in [
            "",
            "[]",
            r#"{"MessageRetentionPeriod":"0"}"#,
            r#"{"MessageRetentionPeriod":"366"}"#,
            r#"{"x":1}"#,
        ] {
            assert!(days(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_archive_begins_where_it_was_begun_and_no_longer_ago_than_it_keeps() {
        let archive = Archive { id: String::new(), since_ms: 10, days: 2 };
        assert_eq!(archive.begins_ms(DAY_MS), 10);
        assert_eq!(archive.begins_ms(5 * DAY_MS), 3 * DAY_MS);
    }
}
