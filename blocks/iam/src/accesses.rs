//! When users and roles last asked for an action: kept in memory as calls end, stored by a caretaker, so that no request
//! writes because of it. Like AWS's, it counts what was refused as well.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html>

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use api_iam::RoleLastUsed;
use auth::{Identity, Kind as Who};
use floor::{
    AccountId, Answer, Check, Fault, Floor, Get, Key, Placement, Region, Timestamp, Tx, first_format,
    journal::{Event, Watch},
};
use parking_lot::RwLock;
use serde::{Deserialize, Serialize};
use wire::Time;

use crate::{
    Directory, Iam,
    act::Books,
    copies,
    records::{self, Kind},
};

/// A later access is written down when it is in another minute than the former, or in another region.
const STEP_MS: u64 = 60_000;
/// Entities whose accesses are not stored yet; those of further ones are forgotten.
const WAITING_MAX: usize = 10_000;
/// "IAM reports activity for at least the last 400 days".
const KNOWN_MS: u64 = 400 * 86_400_000;

/// An access.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub(crate) struct Access {
    /// In milliseconds since the epoch, in whole seconds.
    pub(crate) at_ms: u64,
    pub(crate) region: Region,
}

/// The last access of one entity by action (`s3:ListBucket`).
pub(crate) type ByAction = BTreeMap<String, Access>;

/// What is stored of one entity.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Accessed {
    by_action: ByAction,
}

first_format!(Accessed);

fn key(account: &AccountId, id: &str) -> Key {
    copies::own("accessed").text(account.as_str()).text(id)
}

/// A user or a role.
#[derive(Clone, Debug, PartialEq)]
struct Entity {
    account: AccountId,
    kind: Kind,
    name: String,
}

#[derive(Clone, Debug)]
struct Waiting {
    entity: Entity,
    by_action: HashMap<&'static str, Access>,
}

/// The accesses that are not stored yet, by the unique id of the entity.
#[derive(Default)]
pub(crate) struct Accesses(RwLock<HashMap<String, Waiting>>);

/// The unique id of the user, or of the role whose session it is; the root and services are none.
fn entity_of(who: &Identity) -> Option<(&str, Kind, &str)> {
    match &who.kind {
        Who::User { name, .. } => Some((&who.user_id, Kind::User, name)),
        Who::RoleSession { role, .. } => Some((who.user_id.split(':').next()?, Kind::Role, role)),
        _ => None,
    }
}

impl Accesses {
    fn note(&self, who: &Identity, action: &'static str, region: &Region, now: Timestamp) {
        let Some((id, kind, name)) = entity_of(who) else { return };
        let is_same = |kept: &Access| kept.at_ms / STEP_MS == now.0 / STEP_MS && kept.region == *region;
        if self.0.read().get(id).and_then(|one| one.by_action.get(action)).is_some_and(is_same) {
            return;
        }
        let access = Access { at_ms: now.0 / 1000 * 1000, region: region.clone() };
        let mut all = self.0.write();
        if let Some(one) = all.get_mut(id) {
            one.by_action.insert(action, access);
        } else if all.len() < WAITING_MAX {
            let entity = Entity { account: who.account, kind, name: name.to_owned() };
            all.insert(id.to_owned(), Waiting { entity, by_action: HashMap::from([(action, access)]) });
        }
    }

    fn at(&self, id: &str) -> HashMap<&'static str, Access> {
        self.0.read().get(id).map(|one| one.by_action.clone()).unwrap_or_default()
    }

    /// Stores what was noted: the caretaker's step. Answers in how many transactions.
    pub(crate) async fn store(&self, floor: &Arc<Floor>) -> Answer<u64> {
        let waiting: Vec<(String, Waiting)> =
            self.0.read().iter().map(|(id, one)| (id.clone(), one.clone())).collect();
        let mut written = 0;
        for some in waiting.chunks(100) {
            let write = |tx: Tx| async move {
                let mut has_any = false;
                for (id, one) in some {
                    // Nothing is kept of those that were deleted.
                    if !is_there(&tx, &one.entity, id).await? {
                        continue;
                    }
                    let at = key(&one.entity.account, id);
                    let mut stored: Accessed = tx.load(&at).await?.unwrap_or_default();
                    add(&mut stored.by_action, &one.by_action);
                    tx.save(&at, &stored);
                    has_any = true;
                }
                Ok::<_, Fault>(has_any)
            };
            let has_any = floor.cell::<Iam>(&Placement::global()).await?.transact(write).await?;
            written += u64::from(has_any);
        }
        let mut all = self.0.write();
        for (id, stored) in &waiting {
            let Some(one) = all.get_mut(id) else { continue };
            one.by_action.retain(|action, access| stored.by_action.get(action) != Some(access));
            if one.by_action.is_empty() {
                all.remove(id);
            }
        }
        Ok(written)
    }
}

async fn is_there<R: Get>(read: &R, entity: &Entity, id: &str) -> Answer<bool> {
    let Entity { account, kind, name } = entity;
    Ok(match kind {
        Kind::Role => records::role(read, account, name).await?.is_some_and(|role| role.id == id),
        _ => records::user_with_id(read, account, name, id).await?.is_some(),
    })
}

/// Whatever is later counts.
fn add(to: &mut ByAction, from: &HashMap<&'static str, Access>) {
    for (action, access) in from {
        if to.get(*action).is_none_or(|kept| kept.at_ms <= access.at_ms) {
            to.insert((*action).to_owned(), access.clone());
        }
    }
}

impl Watch for Directory {
    fn seen(&self, event: &Event<'_>) {
        let Some(caller) = event.caller else { return };
        for Check { action, .. } in event.checks {
            self.uses.accesses.note(&caller.who, action, &caller.region, event.at);
        }
        // What asks for no permission is an access too.
        if let (true, Some(action)) = (event.checks.is_empty(), unasked(event.operation)) {
            self.uses.accesses.note(&caller.who, action, &caller.region, event.at);
        }
    }
}

/// The action of an operation that policies are not asked about.
fn unasked(operation: (Option<&str>, Option<&str>)) -> Option<&'static str> {
    match operation {
        (Some("sts"), Some("GetCallerIdentity")) => Some("sts:GetCallerIdentity"),
        (Some("sts"), Some("GetSessionToken")) => Some("sts:GetSessionToken"),
        _ => None,
    }
}

impl Books {
    /// What the entity with this unique id asked for last, as far as it is reported.
    pub(crate) async fn accesses(&self, id: &str) -> Answer<ByAction> {
        let stored: Option<Accessed> = self.load(&key(&self.account(), id)).await?;
        let mut all = stored.unwrap_or_default().by_action;
        add(&mut all, &self.uses.accesses.at(id));
        all.retain(|_, access| access.at_ms + KNOWN_MS >= self.now.0);
        Ok(all)
    }

    /// The entity is gone, and what it asked for with it.
    pub(crate) fn forget_accesses(&self, id: &str) {
        self.drop_own(&key(&self.account(), id));
    }

    /// When and where a role was last used.
    pub(crate) async fn role_last_used(&self, id: &str) -> Answer<RoleLastUsed> {
        let last = self.accesses(id).await?.into_values().max_by_key(|access| access.at_ms);
        Ok(RoleLastUsed {
            last_used_date: last.as_ref().map(|last| Time::from_millis(last.at_ms as i64)),
            region: last.map(|last| last.region.as_str().to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Timestamp {
        Timestamp(seconds * 1000 + 7)
    }

    #[test]
    fn the_last_access_is_kept_to_the_minute() {
        let accesses = Accesses::default();
        let (east, west): (Region, Region) = ("us-east-1".parse().unwrap(), "us-west-2".parse().unwrap());
        let ann = Identity::user(AccountId::DEFAULT, "/", "ann", "AIDA1");
        accesses.note(&ann, "s3:GetObject", &east, at(60));
        accesses.note(&ann, "s3:GetObject", &east, at(119));
        let kept = |seconds: u64, region: &Region| Access { at_ms: seconds * 1000, region: region.clone() };
        assert_eq!(accesses.at("AIDA1")["s3:GetObject"], kept(60, &east));
        accesses.note(&ann, "s3:GetObject", &west, at(119));
        accesses.note(&ann, "sqs:SendMessage", &east, at(120));
        assert_eq!(accesses.at("AIDA1")["s3:GetObject"], kept(119, &west));
        assert_eq!(accesses.at("AIDA1").len(), 2);
        let session = Identity::role_session(AccountId::DEFAULT, "/", "r", "AROA1", "s");
        accesses.note(&session, "s3:GetObject", &east, at(1));
        assert_eq!(accesses.at("AROA1").len(), 1);
        accesses.note(&Identity::root(AccountId::DEFAULT), "s3:GetObject", &east, at(1));
        assert_eq!(accesses.0.read().len(), 2);
    }

    #[test]
    fn the_later_one_wins() {
        let region: Region = "us-east-1".parse().unwrap();
        let access = |at_ms| Access { at_ms, region: region.clone() };
        let mut stored = ByAction::from([("a:B".to_owned(), access(5)), ("a:C".to_owned(), access(5))]);
        add(&mut stored, &HashMap::from([("a:B", access(4)), ("a:C", access(6)), ("a:D", access(1))]));
        assert_eq!(stored.into_values().map(|access| access.at_ms).collect::<Vec<_>>(), [5, 6, 1]);
    }
}
