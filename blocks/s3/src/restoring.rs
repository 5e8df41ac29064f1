//! Copies of archived objects that can be read for a while.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html>

use floor::{Cx, Get, Key, Placement, Record as _, Region, Tx, first_format};
use serde::{Deserialize, Serialize};
use wire::{Answer, Fault, Time};

use crate::{
    S3, about, answer,
    due::midnight_after,
    event::{EventName, Extra, Subject},
    fault,
    more::More,
    more::Restored,
    records::{self, Object},
    telling::Teller,
    version_id::Order,
    versions::{self, Which},
};

/// A restoration that has something to tell at a time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Waiting {
    /// The bucket's region.
    pub region: Region,
    /// The bucket's name.
    pub bucket: String,
    /// Its number.
    pub id: u64,
    /// The object's key.
    pub key: String,
    /// The version.
    pub order: Order,
    /// Its id is `null`.
    pub null: bool,
}

first_format!(Waiting);

const MINUTE_MS: u64 = 60 * 1000;
const HOUR_MS: u64 = 60 * MINUTE_MS;

/// How long it takes: the middle of what AWS promises, by class and tier.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html>
pub fn duration_ms(class: &str, tier: &str) -> Answer<u64> {
    match (class, tier) {
        ("DEEP_ARCHIVE", "Expedited") => Err(Fault::coded(
            "InvalidArgument",
            400,
            "Expedited retrievals are not supported for DEEP_ARCHIVE.",
        )
        .with("ArgumentName", "Tier")
        .with("ArgumentValue", tier)),
        ("DEEP_ARCHIVE", "Bulk") => Ok(48 * HOUR_MS),
        ("DEEP_ARCHIVE", _) => Ok(12 * HOUR_MS),
        (_, "Expedited") => Ok(3 * MINUTE_MS),
        (_, "Bulk") => Ok(8 * HOUR_MS),
        _ => Ok(4 * HOUR_MS),
    }
}

impl Restored {
    /// A request made now that takes so long, for a copy that is kept so many days.
    pub fn asked(now_ms: u64, takes_ms: u64, days: u32) -> Self {
        let ready_ms = now_ms + takes_ms;
        Self { ready_ms, until_ms: midnight_after(ready_ms, days) }
    }

    /// Whether the copy can be read.
    pub fn is_readable(self, now_ms: u64) -> bool {
        self.ready_ms <= now_ms && now_ms < self.until_ms
    }

    /// `x-amz-restore`.
    pub fn header(self) -> impl Fn(u64) -> Option<String> {
        move |now_ms| {
            if now_ms < self.ready_ms {
                return Some("ongoing-request=\"true\"".to_owned());
            }
            let until = answer::http_date(self.until_ms);
            self.is_readable(now_ms).then(|| format!("ongoing-request=\"false\", expiry-date=\"{until}\""))
        }
    }
}

/// The copy of an archived object, where one was asked for.
pub fn of(object: &Object) -> Option<Restored> {
    copy_of(object.about.storage_class.as_deref(), object.more.as_deref())
}

fn copy_of(storage_class: Option<&str>, more: Option<&More>) -> Option<Restored> {
    more?.restored.filter(|_| about::is_archived(storage_class))
}

/// `x-amz-restore` of an object.
pub fn header(object: &Object, now_ms: u64) -> Option<String> {
    of(object).and_then(|restored| restored.header()(now_ms))
}

/// `RestoreStatus` in listings.
pub fn status(
    storage_class: Option<&str>,
    more: Option<&More>,
    now_ms: u64,
) -> Option<api_s3::RestoreStatus> {
    let restored = copy_of(storage_class, more)?;
    let in_progress = now_ms < restored.ready_ms;
    (in_progress || restored.is_readable(now_ms)).then(|| api_s3::RestoreStatus {
        is_restore_in_progress: Some(in_progress),
        restore_expiry_date: (!in_progress).then(|| Time::from_millis(restored.until_ms as i64)),
    })
}

/// Whether another copy may be asked for now.
pub fn check_free(object: &Object, now_ms: u64) -> Answer<()> {
    match of(object) {
        Some(restored) if now_ms < restored.ready_ms => Err(fault::restore_in_progress()),
        _ => Ok(()),
    }
}

/// Notes that there will be something to tell.
pub fn wait(tx: &Tx, at_ms: u64, tick: u64, waiting: &Waiting) {
    tx.save(&records::waiting(at_ms, tick), waiting);
}

/// How many are looked at in one cell and run.
const PAGE: usize = 500;

/// Tells of copies that can be read now, and of those that are gone.
pub async fn tend(s3: &S3, cx: &mut Cx, place: &Placement) -> Answer<u64> {
    let now_ms = cx.now().0;
    let due = records::all_waiting().to(&records::waiting(now_ms.saturating_add(1), 0));
    let found = cx.view(place).await?.range(due, PAGE).await?;
    let mut done = 0;
    for (key, value) in found {
        done += tell_one(s3, cx, place, &Key::exactly(&key), &Waiting::decode(&value)?, now_ms).await?;
    }
    Ok(done)
}

async fn tell_one(
    s3: &S3,
    cx: &mut Cx,
    place: &Placement,
    at: &Key,
    waiting: &Waiting,
    now_ms: u64,
) -> Answer<u64> {
    let found = s3.bucket(&cx.view(place).await?, &waiting.bucket).await?;
    let teller = found.filter(|b| b.record.id == waiting.id);
    let teller = teller.map(|b| Teller::of_itself(s3, cx, &b, &waiting.region, now_ms));
    let teller = teller.as_ref();
    let told = cx.cell(place).await?.transact(|tx| async move {
        if tx.get(at).await?.is_none() {
            return Ok(0);
        }
        tx.delete(at);
        let Some(teller) = teller else { return Ok(1) };
        let Some(bucket) = s3.bucket(&tx, &waiting.bucket).await?.filter(|b| b.record.id == waiting.id)
        else {
            return Ok(1);
        };
        let which = if waiting.null { Which::Null } else { Which::Order(waiting.order) };
        let Some(stored) = versions::find(&tx, &bucket, &waiting.key, which).await? else { return Ok(1) };
        let Some(restored) = stored.object().and_then(of) else { return Ok(1) };
        if stored.version.order != waiting.order {
            return Ok(1);
        }
        if now_ms < restored.until_ms {
            let mut about = Subject::of(EventName::RestoreCompleted, &waiting.key, &stored.version, &bucket);
            about.extra = Some(Extra::Restored {
                until_ms: restored.until_ms,
                class: stored.object().and_then(|o| o.about.storage_class.clone()).unwrap_or_default(),
            });
            teller.tell(&tx, &bucket, &about);
            wait(&tx, restored.until_ms, s3.ticks.next(now_ms), waiting);
            return Ok(1);
        }
        let mut changed = stored.clone();
        if let Some(object) = &mut changed.version.object
            && let Some(more) = object.more.take()
        {
            object.more = crate::more::More { restored: None, ..*more }.boxed();
        }
        versions::rewrite(&tx, &bucket, &waiting.key, &changed).await?;
        let about = Subject::of(EventName::RestoreDeleted, &waiting.key, &changed.version, &bucket);
        teller.tell(&tx, &bucket, &about);
        Ok(1)
    });
    told.await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_come_and_go() {
        let restored = Restored::asked(0, duration_ms("GLACIER", "Standard").unwrap(), 1);
        let header = restored.header();
        assert_eq!(header(0).as_deref(), Some("ongoing-request=\"true\""));
        let until = "ongoing-request=\"false\", expiry-date=\"Sat, 03 Jan 1970 00:00:00 GMT\"";
        assert_eq!(header(restored.ready_ms).as_deref(), Some(until));
        assert!(!restored.is_readable(restored.ready_ms - 1) && restored.is_readable(restored.ready_ms));
        assert_eq!(header(restored.until_ms), None);
        assert!(duration_ms("DEEP_ARCHIVE", "Expedited").is_err());
    }
}
