//! Where blocking disk calls run: on tokio's threads for blocking work, or in place for a simulation on one thread.
//!
//! A trip to tokio's threads and back costs 12 us of CPU, one to threads of our own 10.5 us (measured): not worth a
//! pool. So trips are few instead: a batch of chunks each, and one for a small blob, whether written or read.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use tokio::task::JoinHandle;

use crate::BlobError;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Work {
    Threads,
    InPlace,
}

/// Work under way. Dropped, it runs to its end all the same and its result is dropped where it ran.
pub(crate) enum Job<T> {
    Done(Option<Result<T, BlobError>>),
    Running(JoinHandle<Result<T, BlobError>>),
}

impl<T> Unpin for Job<T> {}

impl Work {
    /// Starts `f`. On threads this needs the context of a tokio runtime.
    pub(crate) fn start<T, F>(self, f: F) -> Job<T>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, BlobError> + Send + 'static,
    {
        match self {
            Self::InPlace => Job::Done(Some(f())),
            Self::Threads => Job::Running(tokio::task::spawn_blocking(f)),
        }
    }

    /// Starts `f`, whose end nobody waits for; in place where there is no runtime (any more).
    pub(crate) fn leave<F: FnOnce() + Send + 'static>(self, f: F) {
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) if self == Self::Threads => drop(runtime.spawn_blocking(f)),
            _ => f(),
        }
    }
}

impl<T> Future for Job<T> {
    type Output = Result<T, BlobError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut *self {
            Self::Done(result) => Poll::Ready(result.take().unwrap_or(Err(BlobError::Stopped))),
            // A job ends without a result where the runtime ends, or where it panicked (and was reported there).
            Self::Running(handle) => {
                Pin::new(handle).poll(cx).map(|ended| ended.unwrap_or(Err(BlobError::Stopped)))
            }
        }
    }
}
