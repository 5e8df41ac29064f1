//! A cell: one ordered map of records, with one committer.

use std::{future::Future, path::Path, sync::Arc, time::Duration};

use bytes::Bytes;
use env::Env;

use crate::{
    Adversary, Backup, Commit, Key, StoreError, Tx, View, backup,
    committer::Step,
    engine::{Engine, Scrub},
    limits,
    overlay::{Cleared, Overlay, Version},
    queue::{Answer, Asker, Outcome, Request},
    record::Record,
    shared::{Runs, Shared},
    snapshot::State,
    turns::{CONFLICTS_BEFORE_TURN, Turn},
    tx::TxInner,
};

/// Who runs a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Drive {
    /// Threads of the cell, started with the first write (with an engine that never waits: the callers themselves).
    #[default]
    Threads,
    /// Nobody: a simulation calls [`Cell::step`].
    Manual,
}

/// How a cell is run.
#[derive(Clone)]
pub struct Options {
    /// The cell's name in figures and logs.
    pub name: String,
    /// Who runs it.
    pub drive: Drive,
    /// Bytes of an overlay; there are at most two.
    pub overlay_bytes: usize,
    /// Records that are brought into the base in one step.
    pub slice_records: usize,
    /// And their bytes.
    pub slice_bytes: usize,
    /// Keys of the base that a cleared range deletes one by one; a larger range is remembered as a range.
    pub clear_keys: usize,
    /// How long an unsynced transaction may wait for others to be synced with.
    pub unsynced_life: Duration,
    /// After how long without a write everything is brought into the base and memory given back.
    pub idle_after: Duration,
    /// Attempts of a transaction before it ends in `Conflict`.
    pub attempts_max: u32,
    /// Tests only: makes the cell as unreliable as its contract allows.
    pub adversary: Option<Adversary>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            name: String::new(),
            drive: Drive::Threads,
            overlay_bytes: 8 << 20,
            slice_records: 2000,
            slice_bytes: 1 << 20,
            clear_keys: 64,
            unsynced_life: Duration::from_millis(50),
            idle_after: Duration::from_secs(2),
            attempts_max: limits::ATTEMPTS_MAX,
            adversary: None,
        }
    }
}

/// What a cell is doing, for people.
#[derive(Clone, Debug)]
pub struct Status {
    /// Its name.
    pub name: String,
    /// The newest batch that was applied.
    pub applied: u64,
    /// The newest batch that is durable.
    pub durable: u64,
    /// Bytes in memory that the base does not have yet.
    pub overlay_bytes: usize,
    /// Transactions that wait for the committer.
    pub waiting: usize,
    /// Transactions committed since it was opened.
    pub commits: u64,
    /// Attempts that lost against others since it was opened.
    pub conflicts: u64,
    /// Bytes on stable media.
    pub stored_bytes: u64,
    /// Why it takes no writes; nothing where it does.
    pub trouble: Option<String>,
}

/// One ordered map of records. Cheap to clone; the last clone that is dropped ends the cell as a kill would: what was
/// acknowledged stands, and is found at the next opening. [`Cell::close`] ends it properly.
#[derive(Clone)]
pub struct Cell(Arc<Handle>);

struct Handle {
    shared: Arc<Shared>,
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.shared.queue.abandon();
        if !self.shared.has_threads() && self.shared.health().is_ok() {
            self.shared.end(false, None);
        }
    }
}

impl Cell {
    /// Opens the cell whose records `engine` holds.
    pub fn open(engine: Arc<dyn Engine>, env: &Env, options: Options) -> Result<Cell, StoreError> {
        let mut replayed: Option<Overlay> = None;
        let opened = engine.open(&mut |batch, records| {
            let overlay = replayed.get_or_insert_with(|| Overlay::after(batch - 1));
            replay(overlay, batch, records)
        });
        let opened = match opened {
            Ok(opened) => opened,
            Err(e) => {
                engine.close(false)?;
                return Err(e);
            }
        };
        let sealed = replayed.map(|overlay| {
            overlay.set_applied(opened.newest);
            overlay.set_durable(opened.newest);
            Arc::new(overlay)
        });
        let active = Arc::new(Overlay::after(opened.newest));
        let waits_to_be_moved = sealed.is_some();
        let base = engine.base();
        let shared = Arc::new(Shared::new(engine, env, options, State { active, sealed, base }));
        if waits_to_be_moved && shared.runs() == Runs::Threads {
            shared.start();
        }
        Ok(Cell(Arc::new(Handle { shared })))
    }

    /// Runs `f` as a serializable transaction and answers when it is durable. `f` runs again where others overwrote
    /// what it read; whatever else it does is done again too.
    ///
    /// An `Err` of `f` changes nothing; it too is answered only when what it was decided on is durable.
    pub async fn transact<T, E, F, Fut>(&self, f: F) -> Result<T, E>
    where
        T: Send,
        E: From<StoreError> + Send,
        F: FnMut(Tx) -> Fut + Send,
        Fut: Future<Output = Result<T, E>> + Send,
    {
        self.run(false, f).await
    }

    /// Like [`Cell::transact`], but answers once the transaction is applied. It is synced together with the next
    /// one, after [`Options::unsynced_life`] at the latest, and views see it only then. A crash may take it back:
    /// only for state whose loss the API allows.
    pub async fn transact_unsynced<T, E, F, Fut>(&self, f: F) -> Result<T, E>
    where
        T: Send,
        E: From<StoreError> + Send,
        F: FnMut(Tx) -> Fut + Send,
        Fut: Future<Output = Result<T, E>> + Send,
    {
        self.run(true, f).await
    }

    async fn run<T, E, F, Fut>(&self, unsynced: bool, mut f: F) -> Result<T, E>
    where
        T: Send,
        E: From<StoreError> + Send,
        F: FnMut(Tx) -> Fut + Send,
        Fut: Future<Output = Result<T, E>> + Send,
    {
        // Where nothing ever waits, others must get their turn all the same.
        tokio::task::consume_budget().await;
        let shared = &self.0.shared;
        let mut turn: Option<Turn> = None;
        for attempt in 0..shared.options.attempts_max {
            if let Some(adversary) = &shared.options.adversary {
                // The first run is for nothing.
                drop(f(Tx(shared.begin(unsynced, attempt))).await);
                adversary.dally().await;
            }
            let tx = shared.begin(unsynced, attempt);
            *tx.turn.lock() = turn.take();
            let answer = f(Tx(tx.clone())).await;
            let lost = match self.finish(&tx, answer.is_ok()).await {
                Ok(None) => return answer,
                Ok(Some(lost)) => lost,
                Err(e) => return Err(e.into()),
            };
            turn = tx.turn.lock().take();
            if let Some(key) = lost
                && (attempt + 1 >= CONFLICTS_BEFORE_TURN || shared.turns.over(&key))
                && turn.as_ref().is_none_or(|t| t.key != key)
            {
                drop(turn.take());
                turn = shared.turns.take(key, &shared.env.clocks.steady).await;
            }
        }
        Err(StoreError::Conflict.into())
    }

    /// Brings a transaction whose closure has answered to its end. Answers what was lost where it must run again:
    /// the key that others overwrote, if it is known.
    async fn finish(&self, tx: &Arc<TxInner>, ok: bool) -> Result<Option<Option<Bytes>>, StoreError> {
        let shared = &self.0.shared;
        let (read_only, seen) = {
            let mut noted = tx.noted.lock();
            if ok && let Some(e) = noted.error.take() {
                return Err(e);
            }
            tx.set_bytes(noted.bytes);
            (noted.is_read_only(), noted.seen)
        };
        if read_only || !ok {
            if !tx.unsynced && seen > tx.snapshot.state.active.durable() {
                self.until_durable(seen).await?;
            }
            return Ok(None);
        }
        let lose = if let Some(adversary) = &shared.options.adversary {
            adversary.dally().await;
            if adversary.strikes(adversary.conflict) {
                return Ok(Some(None));
            }
            let lose = adversary.strikes(adversary.lose);
            if lose && adversary.strikes(500) {
                return Err(StoreError::Unknown);
            }
            lose
        } else {
            false
        };
        shared.health()?;
        shared.submit(Request::Commit(Asker(tx.clone())))?;
        match tx.answer.wait().await {
            Outcome::Committed(_) if lose => Err(StoreError::Unknown),
            Outcome::Committed(_) => Ok(None),
            Outcome::Lost(key) => Ok(Some(key)),
            Outcome::Failed(e) => Err(e),
        }
    }

    /// Waits until a batch is durable.
    async fn until_durable(&self, batch: u64) -> Result<(), StoreError> {
        if self.0.shared.durable().batch >= batch {
            return Ok(());
        }
        let answer = Arc::new(Answer::default());
        self.0.shared.submit(Request::Durable(batch, answer.clone()))?;
        ended(answer.wait().await).map(drop)
    }

    /// A snapshot of what is durable.
    pub fn view(&self) -> View {
        View(self.0.shared.durable())
    }

    /// Ends the cell: commits what waits, brings every record into the base, and lets go of the engine. What is asked
    /// of the cell afterwards is answered `Closed`.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.end(true).await
    }

    /// Ends the cell as soon as what waits is committed. Nothing is lost; the next opening has more to read.
    pub async fn abandon(&self) -> Result<(), StoreError> {
        self.end(false).await
    }

    async fn end(&self, clean: bool) -> Result<(), StoreError> {
        let answer = Arc::new(Answer::default());
        let request = Request::Close { clean, answer: answer.clone() };
        match self.0.shared.submit(request) {
            Ok(()) => ended(answer.wait().await).map(drop),
            Err(StoreError::Closed) => Ok(()),
            Err(e) => Err(e),
        }
    }

    /// Copies what is durable now into the directory `to`, which must not exist, while the cell goes on. The copy is
    /// a cell's directory like any other: to restore it is to open it.
    pub async fn backup(&self, to: &Path) -> Result<Backup, StoreError> {
        let (shared, to) = (self.0.shared.clone(), to.to_owned());
        aside(move || backup::write(&shared, &to)).await
    }

    /// Verifies up to `limit` stored records from `from` on against their checksums.
    pub async fn scrub(&self, from: Key, limit: usize) -> Result<Scrub, StoreError> {
        let snapshot = self.0.shared.durable();
        aside(move || snapshot.state.base.scrub(&from, limit)).await
    }

    /// In a simulation: commits one group, or else moves one slice; answers whether there was something to do.
    pub fn step(&self) -> Result<bool, StoreError> {
        let shared = &self.0.shared;
        let step = shared.committer.lock().step(shared);
        match step {
            Step::Done => Ok(true),
            Step::Nothing => shared.mover.step(shared),
            Step::Closed { clean, answer } => {
                shared.end(clean, answer);
                Ok(true)
            }
        }
    }

    /// In a simulation: lets the cell do what it does after a while without work (sync what is unsynced, or seal the
    /// overlay).
    pub fn rest(&self) {
        let shared = &self.0.shared;
        shared.committer.lock().idle(shared);
    }

    /// What the cell is doing.
    pub fn status(&self) -> Status {
        let shared = &self.0.shared;
        let state = shared.state();
        Status {
            name: shared.options.name.clone(),
            applied: state.active.applied(),
            durable: state.active.durable(),
            overlay_bytes: state.overlays().map(|o| o.bytes()).sum(),
            waiting: shared.queue.len(),
            commits: shared.figures.commits.get(),
            conflicts: shared.figures.conflicts.get(),
            stored_bytes: shared.engine.stored_bytes(),
            trouble: shared.health().err().or_else(|| shared.mover.stuck()).map(|e| e.to_string()),
        }
    }
}

/// Runs what takes long away from the reactor.
async fn aside<T: Send + 'static>(
    f: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(f).await {
        Ok(answer) => answer,
        Err(e) => Err(StoreError::Io { what: e.to_string().into() }),
    }
}

fn ended(outcome: Outcome) -> Result<Commit, StoreError> {
    match outcome {
        Outcome::Committed(commit) => Ok(commit),
        Outcome::Lost(_) => Err(StoreError::Conflict),
        Outcome::Failed(e) => Err(e),
    }
}

/// Puts a batch that the log still had into an overlay.
fn replay(overlay: &Overlay, batch: u64, mut records: Bytes) -> Result<(), StoreError> {
    overlay.count_bytes(records.len());
    let mut write = overlay.write();
    while !records.is_empty() {
        match Record::decode(&mut records)? {
            Record::Put { key, crc, value } => write.put(key, Version { batch, crc, value: Some(value) }),
            Record::Delete { key } => write.put(key, Version { batch, crc: 0, value: None }),
            Record::Clear { start, end } => write.clear(Cleared { start, end, batch }),
        }
    }
    Ok(())
}
