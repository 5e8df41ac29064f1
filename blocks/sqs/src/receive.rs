//! The one way out of a queue.
//!
//! A receive claims messages in the leader's memory, then says in one transaction that they are hidden. For a
//! standard queue that transaction is answered before it is synced: a crash can only show a message early, which
//! at-least-once delivery allows. A FIFO queue promises that nobody receives from a message group while one of its
//! messages is in flight, so there the answer waits for the sync.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use api_sqs::{ReceiveMessage, ReceiveMessageRequest};
use floor::{Admitted, Answer, Cx, Floor, Get, Handle, Placement, Tx};
use wire::Operation;

use crate::{
    Sqs,
    fault::Refused,
    leader::{Claim, Leader, Read, Reading, Standing, Try, delays::DELAYS_MAX},
    locked::{Keys, Locked},
    open::Open,
    pages,
    quotas::{Action, Quotas},
    records::{self, Message, State},
    stamp::Stamp,
};

/// What a receive asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) max: usize,
    pub(crate) visibility_ms: u64,
    pub(crate) wait: Duration,
}

/// A message that was received.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) stamp: Stamp,
    pub(crate) message: Message,
    pub(crate) state: State,
}

/// How messages are hidden.
#[derive(Clone, Copy)]
struct Hiding {
    now: u64,
    visibility_ms: u64,
    /// How often they may be received.
    receives_max: Option<u32>,
}

/// What a transaction found of the claimed messages.
#[derive(Default)]
struct Found {
    received: Vec<Received>,
    /// Received too often, or kept too long: they must leave the queue.
    leave: Leaving,
    /// The queue that all this was found in is another than the one that was claimed from.
    other_queue: bool,
    /// Messages whose data keys are missing. Nothing was done, with any message.
    locked: Vec<Locked>,
}

/// Messages that must leave the queue.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leaving {
    /// To the dead-letter queue.
    pub(crate) dead: Vec<Stamp>,
    /// For good.
    pub(crate) expired: Vec<Stamp>,
}

impl Leaving {
    fn is_empty(&self) -> bool {
        self.dead.is_empty() && self.expired.is_empty()
    }
}

impl Sqs {
    /// Receives messages, waiting for them where that is wanted. What does not wait is boxed: a consumer that waits costs no
    /// more than it must.
    pub(crate) async fn receive<O: Operation>(
        &self,
        cx: &mut Cx,
        at: &Admitted<O, Self>,
        input: &O::Input,
        wanted: Wanted,
    ) -> Answer<Vec<Received>>
    where
        Self: Handle<O, Loaded = Arc<Open>>,
    {
        let open: &Open = &at.loaded;
        let mut receives_max = open.queue.settings.redrive.as_ref().map(|r| r.receives_max);
        let mut keys = Keys::new();
        let end = (!wanted.wait.is_zero()).then(|| cx.env().clocks.steady.now() + wanted.wait);
        let lag = self.lag.as_deref().filter(|_| !open.is_fifo());
        if let Some(again) = lag.and_then(|lag| lag.twin(open, cx.now().0)) {
            return Ok(vec![again]);
        }
        let max = wanted.max + usize::from(lag.is_some());
        loop {
            let claim = self.claim_in_quota(cx, &at.place, open, max, end).await?.map(|mut claim| {
                if let Some(lag) = lag {
                    lag.overlook(&mut claim, wanted.max, end.is_none());
                }
                claim
            });
            let Some(claim) = claim.filter(|claim| !claim.stamps().is_empty()) else {
                self.figures.empty_receives.add(1);
                open.leader.tally.empty_receives.fetch_add(1, Relaxed);
                return Ok(Vec::new());
            };
            if cx.gone().is_gone() {
                return Ok(Vec::new()); // nobody would read the answer: nothing is hidden
            }
            let hiding = Hiding { now: cx.now().0, visibility_ms: wanted.visibility_ms, receives_max };
            let found = loop {
                let found = Box::pin(self.hide(cx, at, input, claim.stamps(), hiding, &keys)).await?;
                if found.locked.is_empty() {
                    break found;
                }
                Box::pin(self.unlock(cx, open, &found.locked, &mut keys)).await?;
            };
            if found.other_queue {
                return Err(Refused::NoSuchQueue.into());
            }
            if !found.leave.is_empty() && !Box::pin(self.dismiss(cx, &at.place, open, &found.leave)).await? {
                receives_max = None; // there is no dead-letter queue: messages are received on and on
            }
            if !found.received.is_empty() {
                self.figures.received.add(found.received.len() as u64);
                open.leader.tally.received.fetch_add(found.received.len() as u64, Relaxed);
                let received = unlocked(found.received, &keys)?;
                if let Some(lag) = lag {
                    lag.received(open, &received, cx.now().0);
                }
                return Ok(received);
            }
        }
    }

    /// Receives the same messages once more, for whoever has lost the answer and comes back with the attempt's id.
    /// Nothing where any of them was deleted or shown meanwhile, or a restart has forgotten the attempt.
    pub(crate) async fn receive_again(
        &self,
        cx: &mut Cx,
        at: &Admitted<ReceiveMessage, Self>,
        input: &ReceiveMessageRequest,
        attempt: &str,
        visibility_ms: u64,
    ) -> Answer<Option<Vec<Received>>> {
        let Some(former) = at.loaded.leader.attempt_of(attempt) else { return Ok(None) };
        let (now, former) = (cx.now().0, &former);
        let until = now + visibility_ms;
        let (mut keys, view) = (Keys::new(), cx.view(&at.place).await?);
        for (stamp, _) in &former.received {
            let locked = at.loaded.message(&view, *stamp).await?.and_then(|message| message.locked);
            Box::pin(self.unlock(cx, &at.loaded, locked.as_slice(), &mut keys)).await?;
        }
        drop(view);
        let run = |tx: Tx| async move {
            let open = at.within(self, &tx, input).await?;
            let mut received = Vec::with_capacity(former.received.len());
            for (stamp, receives) in &former.received {
                let message = open.message(&tx, *stamp).await?;
                let state = tx.load::<State>(&records::state(open.queue.instance, *stamp)).await?;
                match message.zip(state) {
                    Some((message, state)) if state.receives == *receives && state.hidden_until_ms > now => {
                        let state = State { hidden_until_ms: until, ..state };
                        received.push(Received { stamp: *stamp, message, state });
                    }
                    _ => return Ok(None),
                }
            }
            for Received { stamp, state, .. } in &received {
                tx.save(&records::state(open.queue.instance, *stamp), state);
                let (leader, stamp) = (open.leader.clone(), *stamp);
                tx.on_commit(move |commit| leader.hidden(stamp, until, commit.batch));
            }
            Ok(Some(received))
        };
        let received = cx.cell(&at.place).await?.transact(run).await?;
        received.map(|received| unlocked(received, &keys)).transpose()
    }

    /// The same as [`Self::claim`], without messages of groups whose quota of receives is used up. Those are held while
    /// others are looked for.
    async fn claim_in_quota(
        &self,
        cx: &Cx,
        place: &Placement,
        open: &Open,
        max: usize,
        end: Option<Duration>,
    ) -> Answer<Option<Claim>> {
        let mut passed_over = Vec::new();
        loop {
            let end = end.filter(|_| passed_over.is_empty());
            let Some(mut claim) = self.claim(cx, place, open, max, end).await? else {
                return if passed_over.is_empty() { Ok(None) } else { Err(Refused::Throttled.into()) };
            };
            let Some(quotas) = self.quotas.as_ref().filter(|_| Quotas::has_partitions(open)) else {
                return Ok(Some(claim));
            };
            let groups = open.leader.groups_of(&claim);
            let admitted = quotas.admit_each(open, Action::Receive, &groups, cx.now().0);
            passed_over.push(claim.split(|at| admitted[at]));
            if !claim.stamps().is_empty() {
                return Ok(Some(claim));
            }
        }
    }

    /// Claims up to `max` messages, waiting until `end`; nothing where the time is over or the caller has gone.
    pub(crate) async fn claim(
        &self,
        cx: &Cx,
        place: &Placement,
        open: &Open,
        max: usize,
        end: Option<Duration>,
    ) -> Answer<Option<Claim>> {
        let leader = &open.leader;
        let mut standing: Option<Standing> = None;
        let mut waits = end.is_some();
        loop {
            let read_ended = leader.read_ended();
            tokio::pin!(read_ended);
            read_ended.as_mut().enable();
            match leader.attempt(max, &mut standing, waits) {
                Try::Taken(claim) => return Ok(Some(claim)),
                Try::Read(reading) if reading.what == Read::Hidden => {
                    // That may be much to read: meanwhile messages are received, as "approximately 120,000" allows.
                    let (floor, place, instance) = (cx.floor().clone(), place.clone(), open.queue.instance);
                    tokio::spawn(async move { Self::read(&floor, &place, instance, reading).await });
                }
                Try::Read(reading) => {
                    Box::pin(Self::read(cx.floor(), place, open.queue.instance, reading)).await?;
                }
                Try::Busy => read_ended.await,
                Try::Full => return Err(Refused::InFlight.into()),
                Try::Deleted => return Err(Refused::NoSuchQueue.into()),
                Try::Empty => return Ok(None),
                Try::Waits => match (&standing, end) {
                    (Some(standing), Some(end)) => waits = wait(cx, standing, end).await,
                    _ => return Ok(None),
                },
            }
        }
    }

    /// How many messages are in flight, and how many delayed.
    pub(crate) async fn counts(&self, floor: &Floor, place: &Placement, open: &Open) -> Answer<(u64, u64)> {
        let leader: &Arc<Leader> = &open.leader;
        loop {
            let read_ended = leader.read_ended();
            tokio::pin!(read_ended);
            read_ended.as_mut().enable();
            match leader.counts() {
                Ok(counts) => return Ok(counts),
                Err(Try::Read(reading)) => Self::read(floor, place, open.queue.instance, reading).await?,
                Err(_) => read_ended.await,
            }
        }
    }

    /// Reads for the leader's memory.
    async fn read(floor: &Floor, place: &Placement, instance: u64, reading: Reading) -> Answer<()> {
        let view = &floor.view::<Self>(place).await?;
        let now = floor.env.clocks.service.now().0;
        match reading.what {
            Read::First => {
                let found = pages::delays(view, instance, (now, Stamp::FIRST), DELAYS_MAX).await?;
                let end = found.len() < DELAYS_MAX;
                let held = floor::tx::counter(view.get(&records::count(instance)).await?.as_ref())?;
                reading.first(now, found, end, held.max(0) as u64, view.batch());
            }
            Read::Count => {
                let hidden = pages::hidden(view, instance, now).await?;
                let delays = pages::delays(view, instance, (now, Stamp::FIRST), usize::MAX).await?;
                reading.counted(hidden, &delays, view.batch());
            }
            Read::Hidden => reading.hidden(pages::hidden(view, instance, now).await?),
            Read::Page(from) => {
                let (found, end) = pages::messages(view, instance, from).await?;
                reading.page(from, &found, end, view.batch());
            }
            Read::Delays(from) => {
                let found = pages::delays(view, instance, from, DELAYS_MAX).await?;
                let end = found.len() < DELAYS_MAX;
                reading.delays(from, found, end, view.batch());
            }
        }
        Ok(())
    }

    /// Says in a transaction that claimed messages are hidden, and reads them.
    async fn hide<O: Operation>(
        &self,
        cx: &mut Cx,
        at: &Admitted<O, Self>,
        input: &O::Input,
        stamps: &[Stamp],
        hiding: Hiding,
        keys: &Keys,
    ) -> Answer<Found>
    where
        Self: Handle<O, Loaded = Arc<Open>>,
    {
        let fifo = at.loaded.is_fifo();
        let claimed_from = at.loaded.queue.instance;
        let run = |tx: Tx| async move {
            let open = at.within(self, &tx, input).await?;
            if open.queue.instance != claimed_from {
                return Ok(Found { other_queue: true, ..Found::default() });
            }
            look(&tx, &open, stamps, hiding, keys).await
        };
        let cell = cx.cell(&at.place).await?;
        if fifo { cell.transact(run).await } else { cell.transact_unsynced(run).await }
    }
}

/// Waits until the leader calls, the time is over or the caller has gone. Answers whether it is worth waiting on.
async fn wait(cx: &Cx, standing: &Standing, end: Duration) -> bool {
    let clocks = &cx.env().clocks;
    let deadline = async {
        match standing.deadline() {
            Some(at) => clocks.service.until(floor::Timestamp(at)).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = standing.seat.told() => true,
        () = deadline => true,
        () = clocks.steady.until(end) => false,
        () = cx.gone().wait() => false,
    }
}

fn unlocked(received: Vec<Received>, keys: &Keys) -> Answer<Vec<Received>> {
    let unlocked = |r: Received| Ok(Received { message: r.message.unlocked(keys)?, ..r });
    received.into_iter().map(unlocked).collect()
}

async fn look(tx: &Tx, open: &Open, stamps: &[Stamp], hiding: Hiding, keys: &Keys) -> Answer<Found> {
    let Hiding { now, visibility_ms, receives_max } = hiding;
    let (instance, settings) = (open.queue.instance, &open.queue.settings);
    let mut found = Found::default();
    let (mut gone, mut due, mut held) = (Vec::new(), Vec::new(), Vec::new());
    for stamp in stamps {
        let Some(message) = open.message(tx, *stamp).await? else {
            gone.push(*stamp);
            continue;
        };
        let key = records::state(instance, *stamp);
        let before: Option<State> = tx.load(&key).await?;
        let state = before.unwrap_or_default();
        if state.hidden_until_ms > now {
            // Hidden by a change of its visibility after it was claimed.
            held.push((*stamp, state.hidden_until_ms));
            if open.is_fifo() {
                break;
            }
            continue;
        }
        if message.head.sent_ms + settings.retention_s * 1000 <= now {
            found.leave.expired.push(*stamp);
            continue;
        }
        if receives_max.is_some_and(|max| state.receives >= max) {
            found.leave.dead.push(*stamp);
            if open.is_fifo() {
                break; // what follows in its group waits until it has left
            }
            continue;
        }
        let state = State {
            receives: state.receives + 1,
            first_received_ms: if state.receives == 0 { now } else { state.first_received_ms },
            received_ms: now,
            hidden_until_ms: now + visibility_ms,
        };
        if before.is_none() && message.head.due_ms > 0 {
            due.push(records::delay(instance, message.head.due_ms, *stamp));
        }
        found.locked.extend(message.locked.as_ref().filter(|l| !keys.contains_key(&l.data_key)).cloned());
        found.received.push(Received { stamp: *stamp, message, state });
    }
    if !found.locked.is_empty() {
        return Ok(Found { locked: found.locked, ..Found::default() });
    }
    for Received { stamp, state, .. } in &found.received {
        tx.save(&records::state(instance, *stamp), state);
    }
    for key in &due {
        tx.delete(key);
    }
    let received: Vec<_> = found.received.iter().map(|r| r.stamp).collect();
    if !received.is_empty() || !gone.is_empty() || !held.is_empty() {
        let leader = open.leader.clone();
        tx.on_commit(move |commit| {
            leader.received(&received, now + visibility_ms);
            leader.removed(gone, commit.batch);
            for (stamp, until) in held {
                leader.hidden(stamp, until, commit.batch);
            }
        });
    }
    Ok(found)
}
