//! Objects in parts that are being read.
//!
//! A blob that is open can be read to its end, whoever drops it. The parts of an object are opened one after another,
//! so that a reader must keep those that it has not come to: it holds the manifest, and a write that replaces the
//! object leaves the parts to a caretaker. Holds live in the memory of the cell's leader; a crash ends all readers.

use std::{collections::HashMap, sync::Arc};

use bytes::Bytes;
use floor::{Cx, Get, Key, Tx};
use parking_lot::Mutex;
use tokio::sync::Notify;
use wire::Answer;

use crate::{
    data::{manifest, release_one},
    lag::Lag,
    records::{self, DataId},
};

/// Which manifests are held, and which are being let go of.
#[derive(Clone, Debug, Default)]
pub struct Holds(Arc<Inner>, Option<Arc<Lag>>);

#[derive(Debug, Default)]
struct Inner {
    held: Mutex<HashMap<DataId, State>>,
    opened: Notify,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// So many readers.
    Read(u32),
    /// A transaction lets go of it; new readers wait for its end.
    Closing,
}

/// A reader's hold; dropped when it has read to the end or went away.
#[derive(Debug)]
pub struct Hold {
    holds: Holds,
    id: DataId,
}

impl Holds {
    /// The same, of a block whose answers lag.
    #[must_use]
    pub fn with_lag(self, lag: Lag) -> Self {
        Self(self.0, Some(Arc::new(lag)))
    }

    /// What requests see late, where they do.
    pub fn lag(&self) -> Option<&Arc<Lag>> {
        self.1.as_ref()
    }

    /// Holds a manifest. Whether it is still there is seen after this.
    pub async fn hold(&self, id: DataId) -> Hold {
        loop {
            let opened = self.0.opened.notified();
            tokio::pin!(opened);
            opened.as_mut().enable();
            if self.try_hold(id) {
                return Hold { holds: self.clone(), id };
            }
            opened.await;
        }
    }

    fn try_hold(&self, id: DataId) -> bool {
        match self.0.held.lock().entry(id).or_insert(State::Read(0)) {
            State::Read(readers) => {
                *readers += 1;
                true
            }
            State::Closing => false,
        }
    }

    /// For one transaction, and all its runs.
    pub fn releasing(&self) -> Releasing {
        Releasing { holds: self.clone(), closed: Mutex::default() }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut held = self.holds.0.held.lock();
        match held.get_mut(&self.id) {
            Some(State::Read(readers)) if *readers > 1 => *readers -= 1,
            _ => drop(held.remove(&self.id)),
        }
    }
}

/// What a transaction lets go of. Lives until its outcome is known.
#[derive(Debug)]
pub struct Releasing {
    holds: Holds,
    closed: Mutex<Vec<DataId>>,
}

impl Releasing {
    /// Notes what a change to a key replaces, where requests are to see that for a while.
    pub fn note(&self, tx: &Tx, bucket: u64, key: &str, before: Option<&Bytes>, now_ms: u64) {
        let Some(lag) = self.holds.lag().cloned() else { return };
        let (key, before) = (key.to_owned(), before.cloned());
        tx.on_commit(move |_| lag.note(bucket, &key, before, now_ms));
    }

    /// Whether nobody reads the manifest, and nobody will begin to before this is dropped.
    fn close(&self, id: DataId) -> bool {
        let mut closed = self.closed.lock();
        if closed.contains(&id) {
            return true;
        }
        let mut held = self.holds.0.held.lock();
        if held.contains_key(&id) {
            return false;
        }
        held.insert(id, State::Closing);
        closed.push(id);
        true
    }

    /// Lets go of the parts of an object, now or when its readers are done.
    pub async fn release(&self, tx: &Tx, bucket: u64, id: DataId) -> Answer<()> {
        if self.close(id) {
            remove(tx, bucket, id).await?;
        } else {
            tx.put(&records::doomed(bucket, id), Vec::new());
        }
        Ok(())
    }
}

impl Drop for Releasing {
    fn drop(&mut self) {
        let mut held = self.holds.0.held.lock();
        for id in self.closed.get_mut().drain(..) {
            held.remove(&id);
        }
        drop(held);
        self.holds.0.opened.notify_waiters();
    }
}

async fn remove(tx: &Tx, bucket: u64, id: DataId) -> Answer<()> {
    for piece in manifest(tx, bucket, id).await?.iter().flat_map(|m| &m.parts) {
        release_one(tx, bucket, &piece.data);
    }
    tx.delete(&records::manifest(bucket, id));
    tx.delete(&records::doomed(bucket, id));
    Ok(())
}

/// How many objects the caretaker looks at in one cell and run.
const PAGE: usize = 100;

/// Removes what readers have done with. Answers how many.
pub async fn tidy(holds: &Holds, cx: &mut Cx) -> Answer<u64> {
    let mut removed = 0;
    for place in cx.floor().cells.places() {
        let found = cx.view(&place).await?.range(records::all_doomed().all(), PAGE).await?;
        for (key, _) in found {
            let (bucket, id) = records::read_doomed(&key)
                .ok_or_else(|| floor::fault::internal("the key of a doomed object cannot be read"))?;
            let releasing = &holds.releasing();
            let key = &Key::exactly(&key);
            let done = cx.cell(&place).await?.transact(|tx| async move {
                if tx.get(key).await?.is_none() || !releasing.close(id) {
                    return Ok(0);
                }
                remove(&tx, bucket, id).await?;
                Ok(1)
            });
            removed += done.await?;
        }
    }
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[test]
    fn readers_and_writers_keep_out_of_each_others_way() {
        let (holds, id) = (Holds::default(), DataId([1; 16]));
        let reader = holds.hold(id).now_or_never().unwrap();
        let other = holds.hold(id).now_or_never().unwrap();
        let writer = holds.releasing();
        assert!(!writer.close(id));
        drop(reader);
        assert!(!writer.close(id));
        drop(other);
        assert!(writer.close(id) && writer.close(id), "a transaction that runs again");
        let mut late = Box::pin(holds.hold(id));
        assert!(late.as_mut().now_or_never().is_none());
        assert!(!holds.releasing().close(id), "another transaction");
        drop(writer);
        assert!(late.now_or_never().is_some());
        assert!(holds.0.held.lock().is_empty());
    }
}
