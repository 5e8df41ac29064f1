//! The committer: takes all who wait, drops those whose reads were overwritten, applies one batch, syncs once,
//! answers all. The next group gathers while it syncs.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use bytes::{Bytes, BytesMut};
use env::{Injected, Point};

use crate::{
    Commit, Key, KeyRange, StoreError,
    arena::Arena,
    engine::{FrameAt, Group, Room},
    limits,
    overlay::{Cleared, Version, hash},
    queue::{Answer, Asker, Outcome, Request},
    record::Record,
    shared::{Runs, Shared},
    snapshot::State,
    tx::{Hook, Noted, TxInner, Write},
    types::{checksum, counter, counter_value},
};

/// Bytes of a group's writes, unless one transaction alone has more.
const GROUP_BYTES_MAX: usize = 4 << 20;
/// What may wait unsynced in memory.
const UNSYNCED_BYTES_MAX: usize = 256 << 10;
/// What deletions may take above the overlay's bound when nothing can be moved.
const CRAMPED_BYTES: usize = 2 << 20;

/// What a step did.
pub(crate) enum Step {
    Nothing,
    Done,
    Closed { clean: bool, answer: Option<Arc<Answer>> },
}

/// A transaction that was applied and is not durable yet.
struct Applied {
    asker: Asker,
    commit: Commit,
    hooks: Vec<Hook>,
}

pub(crate) struct Committer {
    requests: VecDeque<Request>,
    arena: Arena,
    /// The encoded batches that are not durable yet.
    buffer: Vec<u8>,
    frames: Vec<FrameAt>,
    applied: u64,
    durable: u64,
    /// Transactions in the batch that is being made; 0 where none is.
    index: u16,
    /// In the order of commits: durable ones wait for the sync, unsynced ones for the end of their batch.
    waiting: Vec<Applied>,
    unsynced: Vec<Applied>,
    durables: Vec<(u64, Arc<Answer>)>,
    /// Everything is in the base and memory was given back.
    rests: bool,
    /// Scratch.
    records: Vec<Record>,
}

impl Committer {
    pub(crate) fn new(newest: u64, overlay_bytes: usize) -> Self {
        Self {
            requests: VecDeque::new(),
            arena: Arena::new(overlay_bytes),
            buffer: Vec::new(),
            frames: Vec::new(),
            applied: newest,
            durable: newest,
            index: 0,
            waiting: Vec::new(),
            unsynced: Vec::new(),
            durables: Vec::new(),
            rests: true,
            records: Vec::new(),
        }
    }

    /// Takes those who wait and commits them.
    pub(crate) fn step(&mut self, shared: &Shared) -> Step {
        shared.queue.take(limits::GROUP_MAX, GROUP_BYTES_MAX, &mut self.requests);
        if self.requests.is_empty() {
            return Step::Nothing;
        }
        self.rests = false;
        if let Err(e) = shared.health().and_then(|()| self.admit(shared)) {
            return self.refuse(&e);
        }
        let cramped = self.make_room(shared).err();
        self.turns_first();
        let state = shared.state();
        let now = shared.env.clocks.steady.now();
        let (mut seal, mut closing) = (false, None);
        while let Some(request) = self.requests.pop_front() {
            match request {
                Request::Commit(asker) => {
                    if let Some(asker) = self.commit(shared, &state, asker, now, cramped.as_ref()) {
                        self.requests.push_front(Request::Commit(asker));
                        seal = true;
                        break;
                    }
                }
                Request::Durable(batch, answer) if batch > self.durable => {
                    self.durables.push((batch, answer));
                }
                Request::Durable(batch, answer) => {
                    answer.tell(Outcome::Committed(Commit { batch, index: 0 }));
                }
                Request::Close { clean, answer } => closing = Some((clean, answer)),
            }
        }
        self.publish(shared, &state);
        if seal || closing.is_some() || self.must_sync(shared) {
            self.sync(shared, &state);
        }
        drop(state);
        if seal && let Err(e) = self.seal(shared) {
            return self.refuse(&e);
        }
        match closing {
            Some((clean, answer)) => self.close(shared, clean, answer),
            None => Step::Done,
        }
    }

    /// How long the committer may sleep before [`Committer::idle`] has something to do.
    pub(crate) fn patience(&self, shared: &Shared) -> Option<Duration> {
        if !self.requests.is_empty() {
            return Some(Duration::ZERO);
        }
        if !self.frames.is_empty() {
            return Some(shared.options.unsynced_life);
        }
        (!self.rests && shared.health().is_ok()).then_some(shared.options.idle_after)
    }

    /// Nothing has come for a while: syncs what is unsynced, or brings the overlay into the base.
    pub(crate) fn idle(&mut self, shared: &Shared) -> Step {
        if !self.requests.is_empty() {
            return self.step(shared);
        }
        let state = shared.state();
        if !self.frames.is_empty() {
            self.sync(shared, &state);
        } else if state.sealed.is_none() && !state.active.is_empty() {
            // Where this fails the overlay stays where it is, and the next write will tell.
            self.rests = self.seal(shared).is_err();
        } else if state.sealed.is_none() {
            self.buffer = Vec::new();
            shared.engine.rest();
            self.rests = true;
        }
        Step::Done
    }

    /// After a panic: everybody's outcome is unknown.
    pub(crate) fn forget_all(&mut self) {
        self.requests.clear();
        self.waiting.clear();
        self.unsynced.clear();
        for (_, answer) in self.durables.drain(..) {
            answer.tell(Outcome::Failed(StoreError::Unknown));
        }
        self.frames.clear();
        self.buffer.clear();
    }

    fn refuse(&mut self, error: &StoreError) -> Step {
        let mut closing = None;
        for request in self.requests.drain(..) {
            match request {
                Request::Commit(asker) => asker.0.answer.tell(Outcome::Failed(error.clone())),
                Request::Durable(batch, answer) if batch <= self.durable => {
                    answer.tell(Outcome::Committed(Commit { batch, index: 0 }));
                }
                Request::Durable(_, answer) => answer.tell(Outcome::Failed(error.clone())),
                Request::Close { answer, .. } => closing = Some(answer),
            }
        }
        match closing {
            Some(answer) => Step::Closed { clean: false, answer: Some(answer) },
            None => Step::Done,
        }
    }

    /// The fault point, and the pace that the mover can keep.
    fn admit(&mut self, shared: &Shared) -> Result<(), StoreError> {
        match shared.env.faults.at(Point::Commit) {
            None => {}
            Some(Injected::Delay(time)) => pause(shared, time),
            Some(Injected::Error) => return Err(StoreError::Io { what: "injected at commit".into() }),
            Some(Injected::Full) => return Err(StoreError::Full),
        }
        if shared.runs() == Runs::Threads {
            let lag = shared.mover.lag(shared, self.requests.len());
            if lag > Duration::from_micros(50) {
                shared.mover.wait_a_little(lag);
                shared.figures.paced_us.add(lag.as_micros() as u64);
                shared.queue.take(limits::GROUP_MAX, GROUP_BYTES_MAX, &mut self.requests);
            }
        }
        Ok(())
    }

    /// Seals the overlay where it is full. An error means that it is more than full and cannot be sealed.
    fn make_room(&mut self, shared: &Shared) -> Result<(), StoreError> {
        if shared.state().active.bytes() < shared.options.overlay_bytes {
            return Ok(());
        }
        if !self.frames.is_empty() {
            self.sync(shared, &shared.state());
        }
        self.seal(shared)
    }

    /// Those whose turn it is, and those who have lost before, go first.
    fn turns_first(&mut self) {
        let attempt = |r: &Request| match r {
            Request::Commit(asker) => asker.0.attempt,
            _ => 0,
        };
        if self.requests.iter().any(|r| attempt(r) > 0) {
            self.requests.make_contiguous().sort_by_key(|r| std::cmp::Reverse(attempt(r)));
        }
    }

    /// Decides on one transaction. Hands it back where the overlay must be sealed before.
    fn commit(
        &mut self,
        shared: &Shared,
        state: &State,
        asker: Asker,
        now: Duration,
        cramped: Option<&StoreError>,
    ) -> Option<Asker> {
        let tx = &asker.0;
        let noted = std::mem::take(&mut *tx.noted.lock());
        let fail = |e| tx.answer.tell(Outcome::Failed(e));
        if now > tx.deadline {
            fail(StoreError::Expired);
            return None;
        }
        if let Err(key) = gives_way(shared, tx, &noted).and_then(|()| self.check(state, tx, &noted)) {
            shared.figures.conflicts.add(1);
            tx.answer.tell(Outcome::Lost(key));
            return None;
        }
        let grows = noted.grows();
        if let Some(e) = cramped {
            let over = state.active.bytes() > shared.options.overlay_bytes + CRAMPED_BYTES;
            if grows || over {
                shared.figures.full.add(1);
                fail(e.clone());
                return None;
            }
        }
        if let Err(e) = self.prepare(shared, state, &noted) {
            fail(e);
            return None;
        }
        let bytes = self.records.iter().map(Record::len).sum::<usize>();
        match reserve(shared, self.buffer.len() + bytes + Group::HEAD_BYTES, grows) {
            Ok(Room::Ready) => self.apply(state, asker, noted),
            Ok(Room::SealFirst) => {
                self.records.clear();
                // What was prepared is prepared anew from the same notes.
                *tx.noted.lock() = noted;
                return Some(asker);
            }
            Err(e) => {
                shared.figures.full.add(1);
                self.records.clear();
                fail(e);
            }
        }
        None
    }

    /// Whether everything that was read is still so; otherwise the key that is not.
    fn check(&self, state: &State, tx: &TxInner, noted: &Noted) -> Result<(), Option<Key>> {
        let since = tx.snapshot.batch;
        let newest = self.applied + u64::from(self.index > 0);
        if since >= newest {
            return Ok(());
        }
        if noted.ranges.is_empty() && noted.keys.is_empty() {
            return Ok(());
        }
        let oldest = state.sealed.as_ref().unwrap_or(&state.active);
        if since + 1 < oldest.first {
            return Err(None); // what was written meanwhile has left the overlays
        }
        for overlay in state.overlays() {
            if overlay.first > newest || (!Arc::ptr_eq(overlay, &state.active) && overlay.applied() <= since)
            {
                continue;
            }
            let read = overlay.read();
            for key in noted.keys.iter() {
                let written = read.newest(key, hash(key)).is_some_and(|v| v.batch > since);
                if written || read.cleared_at(key, u64::MAX).is_some_and(|c| c.batch > since) {
                    return Err(Some(Bytes::copy_from_slice(key)));
                }
            }
            for (start, end) in &noted.ranges {
                if let Some(key) = read.written_after(start, end, since) {
                    return Err(Some(key));
                }
                if let Some(c) = read.cleared_after(start, end, since).next() {
                    return Err(Some(c.start.clone()));
                }
            }
        }
        Ok(())
    }

    /// Turns what a transaction wants into records: ranges become keys, additions become sums.
    fn prepare(&mut self, shared: &Shared, state: &State, noted: &Noted) -> Result<(), StoreError> {
        self.records.clear();
        for (start, end) in &noted.cleared {
            clear(state, (start, end), shared.options.clear_keys, &mut self.records)?;
        }
        for (key, write) in &noted.writes {
            let key = key.clone();
            self.records.push(match write {
                Write::Put { value, crc } => Record::Put { key, crc: *crc, value: value.clone() },
                Write::Delete => Record::Delete { key },
                Write::Add(delta) => {
                    let value = counter_value(current(state, &key)?.wrapping_add(*delta));
                    Record::Put { crc: checksum(&key, &value), key, value }
                }
            });
        }
        let stamp = Commit { batch: self.applied + 1, index: self.index }.stamp();
        for s in &noted.stamped {
            let mut key = BytesMut::with_capacity(s.prefix.len() + stamp.len() + s.suffix.len());
            key.extend_from_slice(&s.prefix);
            key.extend_from_slice(&stamp);
            key.extend_from_slice(&s.suffix);
            let (key, value) = (key.freeze(), s.value.clone());
            self.records.push(Record::Put { crc: checksum(&key, &value), key, value });
        }
        Ok(())
    }

    /// Writes the prepared records into the batch and the overlay.
    fn apply(&mut self, state: &State, asker: Asker, noted: Noted) {
        let commit = Commit { batch: self.applied + 1, index: self.index };
        if self.index == 0 {
            let start = self.buffer.len();
            self.frames.push(FrameAt { batch: commit.batch, start, end: start });
            self.buffer.resize(start + Group::HEAD_BYTES, 0);
        }
        self.index += 1;
        let mut overlay = state.active.write();
        for record in self.records.drain(..) {
            record.encode(&mut self.buffer);
            match record {
                Record::Put { key, crc, value } => {
                    let at = key.len();
                    let copy = self.arena.copy(&[&key, &value]);
                    let version = Version { batch: commit.batch, crc, value: Some(copy.slice(at..)) };
                    overlay.put(copy.slice(..at), version);
                }
                Record::Delete { key } => {
                    let version = Version { batch: commit.batch, crc: 0, value: None };
                    overlay.put(self.arena.copy(&[&key]), version);
                }
                Record::Clear { start, end } => {
                    let at = start.len();
                    let copy = self.arena.copy(&[&start, &end]);
                    overlay.clear(Cleared {
                        start: copy.slice(..at),
                        end: copy.slice(at..),
                        batch: commit.batch,
                    });
                }
            }
        }
        drop(overlay);
        if let Some(frame) = self.frames.last_mut() {
            frame.end = self.buffer.len();
        }
        let unsynced = asker.0.unsynced;
        let applied = Applied { asker, commit, hooks: noted.hooks };
        if unsynced { &mut self.unsynced } else { &mut self.waiting }.push(applied);
    }

    /// The batch is complete: transactions that begin from now on see it, and unsynced ones are answered.
    fn publish(&mut self, shared: &Shared, state: &State) {
        if self.index == 0 {
            return;
        }
        shared.figures.commits.add(u64::from(self.index));
        shared.figures.batches.add(1);
        self.applied += 1;
        self.index = 0;
        state.active.count_bytes(self.arena.taken());
        state.active.set_applied(self.applied);
        let sealed = state.sealed.as_ref().map_or(0, |o| o.bytes());
        shared.figures.overlay_bytes.set((state.active.bytes() + sealed) as i64);
        for applied in self.waiting.iter().chain(&self.unsynced) {
            drop(applied.asker.0.turn.lock().take());
        }
        answer(&mut self.unsynced);
    }

    fn must_sync(&self, shared: &Shared) -> bool {
        !self.waiting.is_empty()
            || self.buffer.len() > UNSYNCED_BYTES_MAX
            || !self.durables.is_empty()
            || !shared.engine.waits()
    }

    /// Makes everything applied durable, and answers.
    fn sync(&mut self, shared: &Shared, state: &State) {
        if !self.frames.is_empty() {
            let began = shared.env.clocks.steady.now();
            let synced = at_sync(shared).and_then(|()| {
                let (frames, durable) = (&self.frames[..], self.durable);
                shared.engine.commit(Group { buffer: &mut self.buffer, frames, durable })
            });
            let took = shared.env.clocks.steady.now().saturating_sub(began);
            shared.figures.sync.note_us(took.as_micros() as u64);
            shared.figures.syncs.add(1);
            shared.figures.log_bytes.add(self.buffer.len() as u64);
            self.frames.clear();
            self.buffer.clear();
            if self.buffer.capacity() > 2 * GROUP_BYTES_MAX {
                self.buffer = Vec::new();
            }
            match synced {
                Ok(()) => {
                    self.durable = self.applied;
                    state.active.set_durable(self.durable);
                }
                Err(e) => {
                    shared.break_down(&e);
                    self.waiting.clear(); // dropped unanswered: unknown
                }
            }
        }
        answer(&mut self.waiting);
        for (batch, answer) in self.durables.drain(..) {
            answer.tell(if batch <= self.durable {
                Outcome::Committed(Commit { batch, index: 0 })
            } else {
                Outcome::Failed(shared.health().err().unwrap_or(StoreError::Unknown))
            });
        }
    }

    /// Gives the overlay to the mover and begins a new one. Everything applied must be durable.
    fn seal(&mut self, shared: &Shared) -> Result<(), StoreError> {
        shared.health()?;
        shared.mover.wait_free(shared)?;
        shared.engine.seal(self.applied);
        let active = Arc::new(crate::overlay::Overlay::after(self.applied));
        shared.replace_state(|s| State { active, sealed: Some(s.active.clone()), base: s.base.clone() });
        self.arena.part();
        shared.mover.wake();
        Ok(())
    }

    fn close(&mut self, shared: &Shared, clean: bool, answer: Arc<Answer>) -> Step {
        let mut moved = Ok(());
        if clean {
            if !shared.state().active.is_empty() {
                moved = self.seal(shared);
            }
            moved = moved.and_then(|()| shared.mover.wait_free(shared));
        }
        if let Err(error) = &moved {
            tracing::warn!(cell = %shared.options.name, %error, "closed with records still in the log");
        }
        Step::Closed { clean: clean && moved.is_ok(), answer: Some(answer) }
    }
}

/// Runs the hooks of all, in order, then answers all.
fn answer(applied: &mut Vec<Applied>) {
    for one in applied.iter_mut() {
        for hook in one.hooks.drain(..) {
            let commit = one.commit;
            if std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| hook(commit))).is_err() {
                tracing::error!(batch = commit.batch, "a commit hook panicked");
            }
        }
    }
    for one in applied.drain(..) {
        one.asker.0.answer.tell(Outcome::Committed(one.commit));
    }
}

/// Asks the engine for room; where there is none, what the mover is bringing away may make some.
fn reserve(shared: &Shared, bytes: usize, grows: bool) -> Result<Room, StoreError> {
    match shared.engine.reserve(bytes, grows) {
        Err(StoreError::Full) if shared.state().sealed.is_some() => {
            shared.mover.wait_free(shared)?;
            shared.engine.reserve(bytes, grows)
        }
        answer => answer,
    }
}

/// One who has no turn gives way to the one who has it; the key over which it does.
fn gives_way(shared: &Shared, tx: &TxInner, noted: &Noted) -> Result<(), Option<Key>> {
    if !shared.turns.any() || tx.turn.lock().is_some() {
        return Ok(());
    }
    let now = shared.env.clocks.steady.now();
    match noted.keys.iter().find(|key| shared.turns.protects(key, now)) {
        Some(key) => Err(Some(Bytes::copy_from_slice(key))),
        None => Ok(()),
    }
}

/// The present sum of a counter.
fn current(state: &State, key: &[u8]) -> Result<i64, StoreError> {
    use crate::merge::Found;
    let stored = match state.above_base(key, u64::MAX) {
        Some(Found::Is(stored)) => Some(stored),
        Some(_) => None,
        None => state.base.get(key).blocking()?,
    };
    stored.map_or(Ok(0), |s| counter(&s.value))
}

/// Deletes every key of a range: those of the overlays one by one, and the base's too where they are few.
fn clear(
    state: &State,
    (start, end): (&Bytes, &Bytes),
    keys_max: usize,
    into: &mut Vec<Record>,
) -> Result<(), StoreError> {
    let range = KeyRange::new(start.clone(), end.clone());
    for overlay in state.overlays() {
        into.extend(overlay.read().keys(start, end).into_iter().map(|key| Record::Delete { key }));
    }
    let part = state.base.range(&range, keys_max).blocking()?;
    if part.more {
        into.push(Record::Clear { start: start.clone(), end: end.clone() });
    } else {
        into.extend(part.items.into_iter().map(|(key, _)| Record::Delete { key }));
    }
    Ok(())
}

fn at_sync(shared: &Shared) -> Result<(), StoreError> {
    match shared.env.faults.at(Point::Sync) {
        None => {}
        Some(Injected::Delay(time)) => pause(shared, time),
        Some(Injected::Error | Injected::Full) => {
            return Err(StoreError::Io { what: "injected at sync".into() });
        }
    }
    Ok(())
}

/// Waits on the cell's own thread; a simulation's time does not pass by itself, so it does not wait there.
fn pause(shared: &Shared, time: Duration) {
    if shared.runs() == Runs::Threads {
        let lock = parking_lot::Mutex::new(());
        parking_lot::Condvar::new().wait_for(&mut lock.lock(), time);
    }
}
