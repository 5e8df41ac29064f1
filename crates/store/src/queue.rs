//! What waits for the committer, and how those who asked are told.

use std::{
    collections::VecDeque,
    future::poll_fn,
    sync::Arc,
    task::{Poll, Waker},
    time::Duration,
};

use parking_lot::{Condvar, Mutex};

use crate::{Commit, Key, StoreError, tx::TxInner};

/// How a request ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    Committed(Commit),
    /// What was read is no longer so; the key that was overwritten, where it is known.
    Lost(Option<Key>),
    Failed(StoreError),
}

/// A place for one outcome, and who waits for it.
#[derive(Default)]
pub(crate) struct Answer(Mutex<AnswerState>);

#[derive(Default)]
struct AnswerState {
    outcome: Option<Outcome>,
    told: bool,
    waker: Option<Waker>,
}

impl Answer {
    /// Tells the outcome; only the first one counts.
    pub(crate) fn tell(&self, outcome: Outcome) {
        let mut state = self.0.lock();
        if state.told {
            return;
        }
        state.told = true;
        state.outcome = Some(outcome);
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Waits for the outcome.
    pub(crate) async fn wait(&self) -> Outcome {
        poll_fn(|cx| {
            let mut state = self.0.lock();
            if let Some(outcome) = state.outcome.take() {
                return Poll::Ready(outcome);
            }
            match &mut state.waker {
                Some(waker) => waker.clone_from(cx.waker()),
                none => *none = Some(cx.waker().clone()),
            }
            Poll::Pending
        })
        .await
    }
}

/// One who asked for a commit. Where the request is dropped unanswered, its outcome is not known.
pub(crate) struct Asker(pub Arc<TxInner>);

impl Drop for Asker {
    fn drop(&mut self) {
        self.0.answer.tell(Outcome::Failed(StoreError::Unknown));
    }
}

pub(crate) enum Request {
    Commit(Asker),
    /// Wants to know when this batch is durable.
    Durable(u64, Arc<Answer>),
    /// The cell is to end; with everything brought into the base where that is wanted.
    Close {
        clean: bool,
        answer: Arc<Answer>,
    },
}

impl Request {
    fn bytes(&self) -> usize {
        match self {
            Self::Commit(asker) => asker.0.bytes(),
            _ => 0,
        }
    }
}

/// Requests in the order they came.
#[derive(Default)]
pub(crate) struct Queue {
    inner: Mutex<Inner>,
    woken: Condvar,
}

#[derive(Default)]
struct Inner {
    requests: VecDeque<Request>,
    /// Nothing more is taken.
    closed: bool,
    /// Nobody holds the cell any more.
    abandoned: bool,
    asleep: bool,
}

/// Why a wait ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Woken {
    Work,
    Idle,
    Abandoned,
}

impl Queue {
    /// Adds a request; hands it back where the cell is closed.
    pub(crate) fn push(&self, request: Request) -> Result<(), Request> {
        let mut inner = self.inner.lock();
        if inner.closed {
            return Err(request);
        }
        inner.closed = matches!(request, Request::Close { .. });
        inner.requests.push_back(request);
        if inner.asleep {
            inner.asleep = false;
            self.woken.notify_one();
        }
        Ok(())
    }

    /// Moves up to `items_max` requests of together about `bytes_max` into `into`.
    pub(crate) fn take(&self, items_max: usize, bytes_max: usize, into: &mut VecDeque<Request>) {
        let mut inner = self.inner.lock();
        let mut bytes = into.iter().map(Request::bytes).sum::<usize>();
        while into.len() < items_max
            && let Some(next) = inner.requests.front()
        {
            bytes += next.bytes();
            if bytes > bytes_max && !into.is_empty() {
                break;
            }
            into.extend(inner.requests.pop_front());
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.inner.lock().requests.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.inner.lock().requests.len()
    }

    /// Waits for work, for `patience` at most.
    pub(crate) fn wait(&self, patience: Option<Duration>) -> Woken {
        let mut inner = self.inner.lock();
        loop {
            if !inner.requests.is_empty() {
                return Woken::Work;
            }
            if inner.abandoned {
                return Woken::Abandoned;
            }
            inner.asleep = true;
            match patience {
                None => self.woken.wait(&mut inner),
                Some(time) => {
                    if self.woken.wait_for(&mut inner, time).timed_out() {
                        inner.asleep = false;
                        return if inner.requests.is_empty() { Woken::Idle } else { Woken::Work };
                    }
                }
            }
        }
    }

    /// Takes nothing more, and ends those who wait for work.
    pub(crate) fn abandon(&self) {
        let mut inner = self.inner.lock();
        inner.closed = true;
        inner.abandoned = true;
        inner.asleep = false;
        self.woken.notify_all();
    }

    /// Ends everything that still waits.
    pub(crate) fn refuse_all(&self, error: &StoreError) {
        let rest = {
            let mut inner = self.inner.lock();
            inner.closed = true;
            std::mem::take(&mut inner.requests)
        };
        for request in rest {
            match request {
                Request::Commit(asker) => asker.0.answer.tell(Outcome::Failed(error.clone())),
                Request::Durable(_, answer) | Request::Close { answer, .. } => {
                    answer.tell(Outcome::Failed(error.clone()));
                }
            }
        }
    }
}
