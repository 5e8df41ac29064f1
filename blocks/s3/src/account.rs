//! The block of public access of a whole account. It stands in the global cell, and a copy in every cell of every region
//! that holds anything, so that requests find it beside the bucket that they are about.
//!
//! A change is written to the global cell and then copied; what comes between is done from the outbox. The copy of a
//! region that holds nothing yet is made with its first bucket, after the bucket itself: a change before that is seen
//! then, and one after it finds the region.

use auth::{AccountId, Region};
use floor::{As, Cx, Entry, Get, Key, Lane, Placement, first_format};
use serde::{Deserialize, Serialize};
use wire::Answer;

use crate::more::PublicAccess;

/// Copies an account's settings into a region.
pub const SPREAD: &str = "spread-account";

/// What is blocked of public access to all buckets of an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OfAccount {
    /// Larger than that of the settings before.
    pub number: u64,
    /// What is blocked; none: nothing was asked for.
    pub block: Option<PublicAccess>,
}

/// What [`SPREAD`] copies, and where to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Spread {
    account: AccountId,
    region: Region,
}

first_format!(OfAccount, Spread);

fn key(account: AccountId) -> Key {
    Key::of("account").text(account.as_str())
}

/// What stands where `read` reads.
pub async fn load<R: Get>(read: &R, account: AccountId) -> Answer<Option<PublicAccess>> {
    Ok(read.load::<OfAccount>(&key(account)).await?.and_then(|found| found.block))
}

/// The same; nothing where nothing was asked for.
pub async fn blocks<R: Get>(read: &R, account: AccountId) -> Answer<PublicAccess> {
    Ok(load(read, account).await?.unwrap_or_default())
}

/// Changes the settings of an account, in all regions.
pub async fn change(cx: &mut Cx, account: AccountId, block: Option<PublicAccess>) -> Answer<()> {
    let source_arn = format!("arn:aws:s3::{account}:account");
    let sender = &cx.sender(As::Service { source_arn, source_account: account });
    let regions = &cx.floor().cells.regions();
    let changed = cx.cell(&Placement::global()).await?.transact(|tx| async move {
        let last = tx.load::<OfAccount>(&key(account)).await?.map_or(0, |found| found.number);
        tx.save(&key(account), &OfAccount { number: last + 1, block });
        for region in regions {
            let spread = floor::Record::encode(&Spread { account, region: region.clone() });
            let lane = Lane::new("s3:accounts", &format!("{account} {region}"));
            tx.outbox(Entry::step(lane, sender, region, SPREAD, spread));
        }
        Ok(())
    });
    changed.await?;
    // The outbox would do it, too; done here, so that the next request finds it.
    for region in regions {
        if let Err(error) = copy(cx, account, region).await {
            tracing::warn!(%error, %region, %account, "the settings of an account are copied later");
        }
    }
    Ok(())
}

/// The follow-up of a change.
pub async fn spread(cx: &mut Cx, what: &Spread) -> Answer<()> {
    copy(cx, what.account, &what.region).await
}

/// Brings what the cells of a region have up to date.
pub async fn copy(cx: &mut Cx, account: AccountId, region: &Region) -> Answer<()> {
    let global = cx.view(&Placement::global()).await?.load::<OfAccount>(&key(account)).await?;
    let Some(wanted) = global else { return Ok(()) };
    for place in cx.floor().cells.places_of(region) {
        let is_old =
            |found: Option<OfAccount>| found.is_none_or(|found: OfAccount| found.number < wanted.number);
        if !is_old(cx.view(&place).await?.load(&key(account)).await?) {
            continue;
        }
        let copied = cx.cell(&place).await?.transact(|tx| async move {
            if is_old(tx.load(&key(account)).await?) {
                tx.save(&key(account), &wanted);
            }
            Ok(())
        });
        copied.await?;
    }
    Ok(())
}
