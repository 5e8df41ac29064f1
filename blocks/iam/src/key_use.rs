//! When and where access keys were used last: kept in memory as requests come, stored by a caretaker every minute, so
//! that no request writes because it was signed.

use std::{collections::HashMap, sync::Arc, time::Duration};

use api_iam::{
    AccessKeyLastUsed, GetAccessKeyLastUsed, GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse,
};
use floor::{Answer, Check, Fault, Floor, Get, Key, Placement, Region, Timestamp, Tx, first_format};
use parking_lot::RwLock;
use serde::{Deserialize, Serialize};
use wire::Time;

use crate::{
    Iam,
    accesses::Accesses,
    act::{Act, Ask, Books},
    copies,
    records::{self, AccessKey},
};

/// How often what is in memory is stored.
pub(crate) const STORED_EVERY: Duration = Duration::from_secs(60);
/// Keys whose use is not stored yet; the use of further ones is forgotten.
const WAITING_MAX: usize = 10_000;

/// The last use of a key.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub(crate) struct LastUse {
    /// In milliseconds since the epoch, in whole seconds.
    pub(crate) at_ms: u64,
    /// As signatures name it: `s3`, `sqs`.
    pub(crate) service: String,
    /// `us-east-1`; `None` where the signature names none.
    pub(crate) region: Option<Region>,
}

first_format!(LastUse);

pub(crate) fn key(access_key: &str) -> Key {
    copies::own("used").text(access_key)
}

/// The uses that are not stored yet.
#[derive(Default)]
pub(crate) struct Uses {
    keys: RwLock<HashMap<String, LastUse>>,
    /// What users and roles asked for.
    pub(crate) accesses: Accesses,
}

impl Uses {
    /// The key was used now. Within one second and one place only the first use is written down.
    pub(crate) fn note(&self, access_key: &str, service: &str, region: Option<&Region>, now: Timestamp) {
        let at_ms = now.0 / 1000 * 1000;
        let is_same =
            |kept: &LastUse| kept.at_ms == at_ms && kept.service == service && kept.region.as_ref() == region;
        if self.keys.read().get(access_key).is_some_and(is_same) {
            return;
        }
        let mut all = self.keys.write();
        let last = LastUse { at_ms, service: service.to_owned(), region: region.cloned() };
        if let Some(kept) = all.get_mut(access_key) {
            *kept = last;
        } else if all.len() < WAITING_MAX {
            all.insert(access_key.to_owned(), last);
        }
    }

    /// The use of a key, if it is not stored yet.
    fn at(&self, access_key: &str) -> Option<LastUse> {
        self.keys.read().get(access_key).cloned()
    }

    /// Stores what was noted: the caretaker's step. Answers in how many transactions. What comes meanwhile waits for
    /// the next one.
    pub(crate) async fn store(&self, floor: &Arc<Floor>) -> Answer<u64> {
        let waiting: Vec<(String, LastUse)> =
            self.keys.read().iter().map(|(id, last)| (id.clone(), last.clone())).collect();
        let mut written = 0;
        for some in waiting.chunks(500) {
            let write = |tx: Tx| async move {
                let mut has_any = false;
                for (id, last) in some {
                    // Keys that were deleted, and those that are no records at all, have nothing to be kept with.
                    if tx.get(&records::access_key_key(id)).await?.is_some() {
                        tx.save(&key(id), last);
                        has_any = true;
                    }
                }
                Ok::<_, Fault>(has_any)
            };
            let has_any = floor.cell::<Iam>(&Placement::global()).await?.transact(write).await?;
            written += u64::from(has_any);
        }
        let mut all = self.keys.write();
        for (id, stored) in &waiting {
            if all.get(id) == Some(stored) {
                all.remove(id);
            }
        }
        Ok(written)
    }
}

impl Books {
    /// When the key was used last, if ever.
    pub(crate) async fn last_use(&self, access_key: &str) -> Answer<Option<LastUse>> {
        match self.uses.at(access_key) {
            Some(last) => Ok(Some(last)),
            None => self.load(&key(access_key)).await,
        }
    }
}

impl Act for GetAccessKeyLastUsed {
    const ACTION: &'static str = "iam:GetAccessKeyLastUsed";

    /// The user whose key it is. A key that is not the account's is no one's that policies could name.
    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetAccessKeyLastUsedRequest) -> Answer<Check> {
        let found: Option<AccessKey> = ask.read.load(&records::access_key_key(&input.access_key_id)).await?;
        match found.filter(|key| key.account == ask.account()).and_then(|key| key.user) {
            Some(user) => ask.on_user(Self::ACTION, &user).await,
            None => Ok(ask.check(Self::ACTION, "*")),
        }
    }

    /// Keys of other accounts and keys that do not exist are refused in the same words.
    async fn act(books: &Books, input: &GetAccessKeyLastUsedRequest) -> Answer<GetAccessKeyLastUsedResponse> {
        let (id, account) = (&input.access_key_id, books.account());
        let found: Option<AccessKey> = books.load(&records::access_key_key(id)).await?;
        let Some(key) = found.filter(|key| key.account == account) else {
            let why = format!(
                "User: {} is not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key {id}",
                books.caller.who.arn()
            );
            return Err(Fault::coded("AccessDenied", 403, why));
        };
        let user_name = match key.user {
            Some(name) => Some(books.user(&name).await?.name),
            None => None,
        };
        let none = || "N/A".to_owned();
        let last = books.last_use(id).await?;
        let shown = AccessKeyLastUsed {
            last_used_date: last.as_ref().map(|last| Time::from_millis(last.at_ms as i64)),
            service_name: Some(last.as_ref().map_or_else(none, |last| last.service.clone())),
            region: Some(
                last.and_then(|last| last.region).map_or_else(none, |region| region.as_str().to_owned()),
            ),
        };
        Ok(GetAccessKeyLastUsedResponse { user_name, access_key_last_used: Some(shown) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_use_is_kept() {
        let uses = Uses::default();
        let region: Region = "eu-west-1".parse().unwrap();
        uses.note("AKIA1", "s3", Some(&region), Timestamp(1_999));
        uses.note("AKIA1", "s3", Some(&region), Timestamp(1_001));
        let last = LastUse { at_ms: 1_000, service: "s3".into(), region: Some(region) };
        assert_eq!(uses.at("AKIA1"), Some(last));
        uses.note("AKIA1", "sqs", None, Timestamp(1_999));
        assert_eq!(uses.at("AKIA1").unwrap().service, "sqs");
        assert_eq!(uses.at("AKIA2"), None);
        for number in 0..WAITING_MAX + 5 {
            uses.note(&format!("AKIB{number}"), "s3", None, Timestamp(1));
        }
        assert_eq!(uses.keys.read().len(), WAITING_MAX);
    }
}
