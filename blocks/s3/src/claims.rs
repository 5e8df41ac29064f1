//! The life of a bucket's name: claimed for the partition, given to a bucket in its region, entered in the region's
//! directory, and given back.
//!
//! Three cells take part, so that each step is one transaction, may be repeated, and is followed up from the outbox
//! where a crash comes between. Every step names the bucket's number, which is larger than those of all its
//! predecessors; a cell that has seen a number deleted ignores what comes late for it.

use auth::{AccountId, Region};
use floor::{As, Cx, Entry, Get, Lane, Placement, Sender, first_format};
use serde::{Deserialize, Serialize};
use wire::Answer;

use crate::{
    S3, account,
    bucket::{arn, place_in},
    records::{self, BucketRecord, Claim, Gone, Owned, Versioning},
};

/// The follow-up of a claim.
pub const SETTLE: &str = "settle-bucket";

/// The follow-up of a deletion.
pub const RELEASE: &str = "release-bucket";

/// Which bucket a follow-up is about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Which {
    /// The name.
    pub name: String,
    /// Which bucket of this name.
    pub id: u64,
    /// Its owner.
    pub account: AccountId,
    /// Its region.
    pub region: Region,
}

first_format!(Which);

/// Things that happen to one name happen in order.
pub fn lane(name: &str) -> Lane {
    Lane::new("s3:bucket-names", name)
}

/// An identity for follow-ups.
pub fn sender(cx: &Cx, name: &str, account: AccountId) -> Sender {
    cx.sender(As::Service { source_arn: arn(name), source_account: account })
}

/// Claims a name. Answers who has it now: `wanted`, or an earlier one.
pub async fn claim(cx: &mut Cx, name: &str, wanted: &Claim) -> Answer<Claim> {
    let sender = &sender(cx, name, wanted.account);
    let which = Which {
        name: name.to_owned(),
        id: wanted.id,
        account: wanted.account,
        region: wanted.region.clone(),
    };
    let settle = &floor::Record::encode(&which);
    let cell = cx.cell(&Placement::global()).await?;
    let claimed = cell.transact(|tx| async move {
        let key = records::claim(name);
        if let Some(earlier) = tx.load::<Claim>(&key).await? {
            return Ok(earlier);
        }
        tx.save(&key, wanted);
        tx.outbox(Entry::step(lane(name), sender, &wanted.region, SETTLE, settle.clone()));
        Ok(wanted.clone())
    });
    claimed.await
}

/// What became of a claim that was to be settled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settled {
    /// The bucket is new.
    Made,
    /// The bucket was there.
    There,
    /// The bucket was deleted before; its name is being given back.
    Gone,
}

/// Makes the bucket that a claim is for, where it is not there yet.
pub async fn settle(s3: &S3, cx: &mut Cx, name: &str, claim: &Claim) -> Answer<Settled> {
    let made = make(s3, cx, name, claim).await?;
    if made != Settled::Gone {
        enter(cx, name, claim).await?;
        account::copy(cx, claim.account, &claim.region).await?;
    }
    Ok(made)
}

async fn make(s3: &S3, cx: &mut Cx, name: &str, claim: &Claim) -> Answer<Settled> {
    let record = &BucketRecord {
        id: claim.id,
        owner: claim.account,
        created_ms: claim.created_ms,
        // Object Lock needs versions.
        versioning: if claim.beginning.lock.is_some() { Versioning::Enabled } else { Versioning::Never },
        names_mfa_delete: false,
        policy: None,
        tags: claim.tags.clone(),
        notifications: Vec::new(),
        key: s3.new_bucket_key(claim.id),
        encryption: None,
        takes_customer_keys: claim.beginning.takes_customer_keys,
        settings: 0,
        ownership: claim.beginning.ownership,
        public_access: claim.beginning.public_access,
        acl: claim.beginning.acl.clone(),
        requester_pays: false,
        lock: claim.beginning.lock,
        accelerates: None,
        abac: false,
    };
    let cell = cx.cell(&place_in(&claim.region, name)).await?;
    let made = cell.transact(|tx| async move {
        let key = records::bucket(name);
        if tx.load::<BucketRecord>(&key).await?.is_some() {
            return Ok(Settled::There);
        }
        if is_gone(&tx, name, record.id).await? {
            return Ok(Settled::Gone);
        }
        tx.save(&key, record);
        Ok(Settled::Made)
    });
    made.await
}

async fn enter(cx: &mut Cx, name: &str, claim: &Claim) -> Answer<()> {
    let entry = &Owned { id: claim.id, created_ms: claim.created_ms };
    let cell = cx.cell(&Placement::directory(&claim.region)).await?;
    let entered = cell.transact(|tx| async move {
        let key = records::owned(claim.account, name);
        if tx.load::<Owned>(&key).await?.as_ref() != Some(entry) && !is_gone(&tx, name, claim.id).await? {
            tx.save(&key, entry);
        }
        Ok(())
    });
    entered.await
}

async fn is_gone<R: Get>(read: &R, name: &str, id: u64) -> Answer<bool> {
    Ok(read.load::<Gone>(&records::gone(name)).await?.is_some_and(|gone| gone.id >= id))
}

/// Follows up a claim: nothing where the name was given back since.
pub async fn settle_late(s3: &S3, cx: &mut Cx, which: &Which) -> Answer<()> {
    let claim = cx.view(&Placement::global()).await?.load::<Claim>(&records::claim(&which.name)).await?;
    match claim {
        Some(claim) if claim.id == which.id => settle(s3, cx, &which.name, &claim).await.map(|_| ()),
        _ => Ok(()),
    }
}

/// Takes a deleted bucket out of the directory and gives its name back.
pub async fn release(cx: &mut Cx, which: &Which) -> Answer<()> {
    let cell = cx.cell(&Placement::directory(&which.region)).await?;
    let left = cell.transact(|tx| async move {
        let key = records::owned(which.account, &which.name);
        if tx.load::<Owned>(&key).await?.is_some_and(|owned| owned.id == which.id) {
            tx.delete(&key);
        }
        if !is_gone(&tx, &which.name, which.id).await? {
            tx.save(&records::gone(&which.name), &Gone { id: which.id });
        }
        Ok(())
    });
    left.await?;
    let cell = cx.cell(&Placement::global()).await?;
    let freed = cell.transact(|tx| async move {
        let key = records::claim(&which.name);
        if tx.load::<Claim>(&key).await?.is_some_and(|claim| claim.id == which.id) {
            tx.delete(&key);
        }
        Ok(())
    });
    freed.await
}
