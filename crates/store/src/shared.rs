//! What the handles, the committer and the mover of a cell share.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use env::Env;
use parking_lot::{Mutex, RwLock};

use crate::{
    StoreError,
    cell::{Drive, Options},
    committer::{Committer, Step},
    engine::Engine,
    figures::Figures,
    limits,
    mover::Mover,
    queue::{Queue, Request, Woken},
    snapshot::{Snapshot, State},
    turns::Turns,
    tx::TxInner,
};

pub(crate) struct Shared {
    pub engine: Arc<dyn Engine>,
    pub env: Env,
    pub options: Options,
    pub figures: Figures,
    pub queue: Queue,
    pub turns: Arc<Turns>,
    pub committer: Mutex<Committer>,
    pub mover: Mover,
    state: RwLock<Arc<State>>,
    started: AtomicBool,
    broken: AtomicBool,
    why: Mutex<Option<StoreError>>,
}

/// Who runs the committer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Runs {
    /// Threads of the cell, because commits wait for a device.
    Threads,
    /// Whoever asks: nothing ever waits.
    Callers,
    /// A test or a simulation, by hand.
    Hand,
}

impl Shared {
    pub(crate) fn new(engine: Arc<dyn Engine>, env: &Env, options: Options, state: State) -> Self {
        let newest = state.active.durable();
        Self {
            engine,
            env: env.clone(),
            figures: Figures::new(&env.metrics, &options.name),
            queue: Queue::default(),
            turns: Arc::default(),
            committer: Mutex::new(Committer::new(newest, options.overlay_bytes)),
            options,
            mover: Mover::default(),
            state: RwLock::new(Arc::new(state)),
            started: AtomicBool::new(false),
            broken: AtomicBool::new(false),
            why: Mutex::new(None),
        }
    }

    pub(crate) fn runs(&self) -> Runs {
        match self.options.drive {
            Drive::Manual => Runs::Hand,
            Drive::Threads if self.engine.waits() => Runs::Threads,
            Drive::Threads => Runs::Callers,
        }
    }

    pub(crate) fn state(&self) -> Arc<State> {
        self.state.read().clone()
    }

    pub(crate) fn replace_state(&self, f: impl FnOnce(&State) -> State) {
        let mut state = self.state.write();
        let next = Arc::new(f(&state));
        let before = std::mem::replace(&mut *state, next);
        drop(state);
        drop(before);
    }

    /// What is applied, durable or not.
    pub(crate) fn applied(&self) -> Snapshot {
        let state = self.state();
        let batch = state.active.applied();
        Snapshot { state, batch }
    }

    /// What is durable.
    pub(crate) fn durable(&self) -> Snapshot {
        let state = self.state();
        let batch = state.active.durable();
        Snapshot { state, batch }
    }

    /// A transaction that begins now.
    pub(crate) fn begin(&self, unsynced: bool, attempt: u32) -> Arc<TxInner> {
        let deadline = self.env.clocks.steady.now() + limits::TRANSACTION_LIFE;
        Arc::new(TxInner::new(self.applied(), unsynced, attempt, deadline))
    }

    /// Whether writes may be taken.
    pub(crate) fn health(&self) -> Result<(), StoreError> {
        if !self.broken.load(Ordering::Acquire) {
            return Ok(());
        }
        Err(self.why.lock().clone().unwrap_or(StoreError::Closed))
    }

    /// From now on no write is taken: what is on the disk is no longer known. Only opening anew can tell.
    pub(crate) fn break_down(&self, error: &StoreError) {
        tracing::error!(cell = %self.options.name, %error, "the cell takes no more writes until it is opened anew");
        self.why.lock().get_or_insert_with(|| error.clone());
        self.broken.store(true, Ordering::Release);
        self.mover.wake();
    }

    /// Hands a request to the committer.
    pub(crate) fn submit(self: &Arc<Self>, request: Request) -> Result<(), StoreError> {
        self.queue.push(request).map_err(|_| self.health().err().unwrap_or(StoreError::Closed))?;
        match self.runs() {
            Runs::Threads => self.start(),
            Runs::Callers => self.run_here(),
            Runs::Hand => {}
        }
        Ok(())
    }

    /// Runs the committer on this thread, unless another one does.
    fn run_here(&self) {
        // Who fails to get the lock leaves its request to the holder, who looks again after letting go.
        while !self.queue.is_empty() {
            let Some(mut committer) = self.committer.try_lock() else { return };
            let mut step = Step::Done;
            while matches!(step, Step::Done) {
                step = committer.step(self);
            }
            if let Err(e) = self.mover.step(self) {
                self.break_down(&e);
            }
            drop(committer);
            if let Step::Closed { clean, answer } = step {
                self.end(clean, answer);
            }
        }
    }

    /// Starts the cell's threads, once.
    pub(crate) fn start(self: &Arc<Self>) {
        if self.started.load(Ordering::Relaxed) || self.started.swap(true, Ordering::SeqCst) {
            return;
        }
        let shared = self.clone();
        let commits =
            thread::Builder::new().name("kumiki-commit".into()).spawn(move || shared.run_committer());
        if let Err(e) = commits {
            let error = StoreError::io("starting the committer", &e);
            self.break_down(&error);
            self.queue.refuse_all(&error);
        }
    }

    fn run_committer(self: Arc<Self>) {
        let shared = self.clone();
        let moves =
            thread::Builder::new().name("kumiki-move".into()).spawn(move || shared.mover.run(&shared));
        let moves = match moves {
            Ok(moves) => Some(moves),
            Err(e) => {
                self.break_down(&StoreError::io("starting the mover", &e));
                None
            }
        };
        let mut closed = None;
        while closed.is_none() {
            let patience = self.committer.lock().patience(&self);
            let woken = self.queue.wait(patience);
            let step = std::panic::AssertUnwindSafe(|| match woken {
                Woken::Work => self.committer.lock().step(&self),
                Woken::Idle => self.committer.lock().idle(&self),
                Woken::Abandoned => Step::Closed { clean: false, answer: None },
            });
            match std::panic::catch_unwind(step) {
                Ok(Step::Closed { clean, answer }) => closed = Some((clean, answer)),
                Ok(_) => {}
                Err(_) => {
                    self.break_down(&StoreError::Io { what: "the committer panicked".into() });
                    self.committer.lock().forget_all();
                }
            }
        }
        self.mover.stop();
        if let Some(moves) = moves {
            let _ = moves.join(); // a panic of the mover has been told
        }
        let (clean, answer) = closed.unwrap_or((false, None));
        self.end(clean, answer);
    }

    /// Lets go of the engine and of all who wait.
    pub(crate) fn end(&self, clean: bool, answer: Option<Arc<crate::queue::Answer>>) {
        use crate::{Commit, queue::Outcome};
        let closed = self.engine.close(clean && self.health().is_ok());
        self.queue.refuse_all(&StoreError::Closed);
        self.why.lock().get_or_insert(StoreError::Closed);
        self.broken.store(true, Ordering::Release);
        if let Some(answer) = answer {
            answer.tell(match closed {
                Ok(()) => Outcome::Committed(Commit { batch: self.state().active.durable(), index: 0 }),
                Err(e) => Outcome::Failed(e),
            });
        }
    }

    /// Whether threads of the cell run.
    pub(crate) fn has_threads(&self) -> bool {
        self.started.load(Ordering::SeqCst)
    }
}
