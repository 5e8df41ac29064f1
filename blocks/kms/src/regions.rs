//! Keys of several regions. Each region has the whole key: its material, and who else has it. The primary tells the others
//! what changes, by its outbox; whoever hears of an older state than it has, leaves it.
//! <https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html>

use std::collections::BTreeMap;

use floor::{AccountId, Answer, Cx, Entry, Get as _, Lane, Record as _, Region, Sender, Tx, first_format};
use serde::{Deserialize, Serialize};

use crate::{
    Kms, key,
    names::{self, KeyId},
    records::{self, Deletion, Family, Key, Rotation, Version},
    spec::{Origin, Spec, Usage},
};

/// The step's name in the outbox.
pub(crate) const HEAR: &str = "hear";

/// What a region is told about a key.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) struct News {
    to: Region,
    account: AccountId,
    id: KeyId,
    spec: Spec,
    usage: Usage,
    origin: Origin,
    materials: Vec<Version>,
    rotation: Option<Rotation>,
    family: Family,
    /// For the region that has the key not yet.
    newborn: Option<Newborn>,
}

/// What a replica has of its own.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Newborn {
    /// Its policy.
    pub(crate) policy: String,
    /// Its description.
    pub(crate) description: String,
    /// Its tags.
    pub(crate) tags: BTreeMap<String, String>,
    /// When it was made.
    pub(crate) created_ms: u64,
}

/// A replica that is no more: its primary hears of it.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Gone {
    region: Region,
    primary: Region,
    account: AccountId,
    id: KeyId,
    at_ms: u64,
}

first_format!(News, Gone);

/// The step's name in the outbox.
pub(crate) const PART: &str = "part";

impl News {
    pub(crate) fn read(stored: &[u8]) -> Answer<Self> {
        Self::decode(stored)
    }

    /// What `to` is told of a key.
    fn of(key: &Key, family: &Family, to: &Region) -> Self {
        Self {
            to: to.clone(),
            account: key.account,
            id: key.id,
            spec: key.spec,
            usage: key.usage,
            origin: key.origin,
            // Imported material is imported into each region by itself; only its names are told.
            materials: match key.origin {
                Origin::AwsKms => key.materials.clone(),
                Origin::External => key.materials.iter().map(Version::bare).collect(),
            },
            rotation: key.rotation,
            family: family.clone(),
            newborn: None,
        }
    }

    /// Whether it is for that region.
    pub(crate) fn is_for(&self, region: &Region) -> bool {
        self.to == *region
    }

    /// With what a region needs that has the key not yet.
    pub(crate) fn bring(&mut self, newborn: Newborn) {
        self.newborn = Some(newborn);
    }

    /// The step, to be recorded in the transaction that makes the change.
    pub(crate) fn entry(&self, sender: &Sender) -> Entry {
        let lane = Lane::new("kms-regions", &format!("{} {}", self.id, self.to));
        Entry::step(lane, sender, &self.to, HEAR, self.encode())
    }
}

impl Gone {
    pub(crate) fn read(stored: &[u8]) -> Answer<Self> {
        Self::decode(stored)
    }

    /// The step, to be recorded with the deletion; none for keys of one region.
    pub(crate) fn entry(key: &Key, sender: &Sender, at_ms: u64) -> Option<Entry> {
        let family = key.family.as_ref().filter(|_| !key.is_primary())?;
        let (region, primary) = (key.region.clone(), family.primary.clone());
        let gone = Self { region, primary, account: key.account, id: key.id, at_ms };
        let lane = Lane::new("kms-regions", &format!("{} {}", gone.id, gone.primary));
        Some(Entry::step(lane, sender, &gone.primary, PART, gone.encode()))
    }
}

/// What all regions have in common was changed.
fn is_news(before: Option<&Key>, after: &Key) -> bool {
    before.is_none_or(|before| {
        before.family != after.family
            || before.materials != after.materials
            || before.rotation != after.rotation
    })
}

/// Whether the other regions must hear of a change: the primary's only.
pub(crate) fn is_told(before: &Key, after: &Key) -> bool {
    before.is_primary() && before.family.is_some() && is_news(Some(before), after)
}

/// Numbers a change, so that nobody takes an older state for a newer one.
pub(crate) fn number(before: &Key, after: &mut Key) {
    if is_told(before, after)
        && let Some(family) = &mut after.family
    {
        family.version += 1;
    }
}

/// Records what the other regions must hear of a change.
pub(crate) fn tell(tx: &Tx, before: Option<&Key>, after: &Key, sender: &Sender) {
    if is_news(before, after) && before.is_none_or(Key::is_primary) {
        for news in all_news(after) {
            tx.outbox(news.entry(sender));
        }
    }
}

/// The news for every other region that has the key.
pub(crate) fn all_news(key: &Key) -> Vec<News> {
    let Some(family) = &key.family else { return Vec::new() };
    let all = family.replicas.iter().chain([&family.primary]).filter(|to| **to != key.region);
    all.map(|to| News::of(key, family, to)).collect()
}

impl Kms {
    /// Tells the others at once, so that who asks there next finds the change. What fails is told by the outbox.
    pub(crate) async fn spread(&self, cx: &mut Cx, key: &Key) {
        for news in all_news(key) {
            self.spread_one(cx, &news).await;
        }
    }

    /// Whether the region has heard.
    pub(crate) async fn spread_one(&self, cx: &mut Cx, news: &News) -> bool {
        let heard = self.hear(cx, news).await;
        if let Err(fault) = &heard {
            let (region, why) = (news.to.as_str(), fault.cause().unwrap_or(fault.message()));
            tracing::warn!(region, why, "a region hears later of the change of a key");
        }
        heard.is_ok()
    }

    /// Takes over what the primary says.
    pub(crate) async fn hear(&self, cx: &mut Cx, news: &News) -> Answer<()> {
        let at = &records::key(news.account, news.id);
        let run = |tx: Tx| async move {
            let before: Option<Key> = tx.load(at).await?;
            let is_older = |key: &Key| key.family.as_ref().is_some_and(|f| f.version > news.family.version);
            let mut key = match (&before, &news.newborn) {
                (Some(key), _) if is_older(key) => return Ok(()),
                (Some(key), _) => key.clone(),
                (None, Some(newborn)) => news.born(newborn),
                (None, None) => return Ok(()), // deleted there
            };
            key.family = Some(news.family.clone());
            key.rotation = news.rotation;
            key.materials = match news.origin {
                Origin::AwsKms => news.materials.clone(),
                Origin::External => news.materials.iter().map(|version| version.kept_by(&key)).collect(),
            };
            match &before {
                Some(before) => key::save(&tx, Some(before), &key),
                None => key::add(&tx, &key),
            }
            Ok(())
        };
        cx.cell(&names::place(&news.to, news.account)).await?.transact(run).await
    }

    /// A replica is gone; where it was the last of a primary that waits for it, its own waiting period begins.
    pub(crate) async fn part(&self, cx: &mut Cx, gone: &Gone) -> Answer<()> {
        let at = &records::key(gone.account, gone.id);
        let sender = &cx.sender(floor::As::Service {
            source_arn: gone.id.arn(&gone.primary, gone.account),
            source_account: gone.account,
        });
        let run = |tx: Tx| async move {
            let Some(before) = tx.load::<Key>(at).await? else { return Ok(()) };
            let mut key = before.clone();
            let Some(family) = &mut key.family else { return Ok(()) };
            family.replicas.retain(|region| *region != gone.region);
            family.version += 1;
            let was_last = family.replicas.is_empty();
            if let Some(Deletion { at_ms: at_ms @ None, window_days }) = &mut key.deletion
                && was_last
            {
                *at_ms = Some(gone.at_ms + u64::from(window_days.unsigned_abs()) * crate::limits::DAY_MS);
            }
            key::save(&tx, Some(&before), &key);
            tell(&tx, Some(&before), &key, sender);
            Ok(())
        };
        cx.cell(&names::place(&gone.primary, gone.account)).await?.transact(run).await
    }
}

impl Version {
    /// Without the material itself.
    fn bare(&self) -> Self {
        Self { sealed: None, expires_ms: None, ..self.clone() }
    }

    /// With the material that a key has of it already.
    fn kept_by(&self, key: &Key) -> Self {
        let own = key.materials.iter().find(|own| own.id == self.id);
        own.map_or_else(
            || self.bare(),
            |own| Self { sealed: own.sealed.clone(), expires_ms: own.expires_ms, ..self.clone() },
        )
    }
}

impl News {
    fn born(&self, newborn: &Newborn) -> Key {
        Key {
            region: self.to.clone(),
            account: self.account,
            id: self.id,
            spec: self.spec,
            usage: self.usage,
            origin: self.origin,
            managed_by: None,
            description: newborn.description.clone(),
            policy: newborn.policy.clone(),
            tags: newborn.tags.clone(),
            created_ms: newborn.created_ms,
            is_disabled: false,
            deletion: None,
            materials: Vec::new(),
            rotation: None,
            family: None,
        }
    }
}
