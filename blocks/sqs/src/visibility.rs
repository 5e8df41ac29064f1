//! The one way to change until when a message is hidden.

use std::sync::Arc;

use floor::{Admitted, Answer, Cx, Get, Handle, Tx};
use wire::Operation;

use crate::{
    Sqs,
    fault::Refused,
    limits::VISIBILITY_S,
    open::Open,
    records::{self, State},
    remove::Presented,
};

/// A message that is to be hidden for so long.
pub(crate) struct Change<'a> {
    pub(crate) presented: Presented<'a>,
    pub(crate) timeout_s: u64,
}

/// Seconds of a visibility timeout that a request names.
pub(crate) fn timeout(given: i32) -> Result<u64, Refused> {
    u64::try_from(given).ok().filter(|s| VISIBILITY_S.contains(s)).ok_or_else(|| {
        Refused::parameter("VisibilityTimeout", given, "Must be >= 0 and <= 43200, if provided.")
    })
}

impl Sqs {
    /// Hides messages for other times than they were; durable when this answers, because a message that is to be
    /// shown earlier must not wait for its old time after a crash.
    pub(crate) async fn change_visibility<O: Operation>(
        &self,
        cx: &mut Cx,
        at: &Admitted<O, Self>,
        input: &O::Input,
        changes: &[Change<'_>],
    ) -> Answer<Vec<Result<(), Refused>>>
    where
        Self: Handle<O, Loaded = Arc<Open>>,
    {
        let now = cx.now().0;
        let secret = at.loaded.queue.secret;
        let run = |tx: Tx| async move {
            let open = at.within(self, &tx, input).await?;
            if open.queue.secret != secret {
                return Err(Refused::NoSuchQueue.into()); // made anew under the same name
            }
            let mut outcomes = Vec::with_capacity(changes.len());
            for change in changes {
                outcomes.push(hide(&tx, &open, change, now).await?);
            }
            Ok(outcomes)
        };
        cx.cell(&at.place).await?.transact(run).await
    }
}

async fn hide(tx: &Tx, open: &Open, change: &Change<'_>, now: u64) -> Answer<Result<(), Refused>> {
    let Presented { handle, receipt } = &change.presented;
    let stamp = receipt.stamp;
    let key = records::state(open.queue.instance, stamp);
    let Some(state) = tx.load::<State>(&key).await? else { return Ok(Err(Refused::not_available(handle))) };
    let shown = state.hidden_until_ms <= now;
    let other = state.receives != receipt.receives;
    match open.is_fifo() {
        true if shown || other => return Ok(Err(Refused::expired(handle))),
        // Somebody else has received it since: it is his.
        false if other => return Ok(Err(Refused::not_available(handle))),
        // AWS answers with success and does nothing.
        false if shown => return Ok(Ok(())),
        _ => {}
    }
    let passed_s = now.saturating_sub(state.received_ms) / 1000;
    if passed_s + change.timeout_s > *VISIBILITY_S.end() {
        let why = "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]";
        return Ok(Err(Refused::parameter("VisibilityTimeout", change.timeout_s, why)));
    }
    let until = now + change.timeout_s * 1000;
    tx.save(&key, &State { hidden_until_ms: until, ..state });
    let leader = open.leader.clone();
    tx.on_commit(move |commit| leader.hidden(stamp, until, commit.batch));
    Ok(Ok(()))
}
