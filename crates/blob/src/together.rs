//! Work on several drives at once, of which some may fail or hang.

use std::task::Poll;

use futures_util::{
    FutureExt,
    future::{self, BoxFuture, Either},
};

use crate::BlobError;

/// Works under way, each with the number that it is known by.
pub(crate) struct Together<T>(Vec<(usize, BoxFuture<'static, Result<T, BlobError>>)>);

/// What happened first.
pub(crate) enum Event<T> {
    /// One came to its end.
    Ended(usize, Result<T, BlobError>),
    /// The time was up.
    Late,
    /// Nothing is under way.
    Over,
}

impl<T> Default for Together<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Together<T> {
    pub(crate) fn add(
        &mut self,
        number: usize,
        work: impl Future<Output = Result<T, BlobError>> + Send + 'static,
    ) {
        self.0.push((number, work.boxed()));
    }

    /// Waits for the next that ends, or until `late` is over.
    pub(crate) async fn next(&mut self, late: &mut BoxFuture<'static, ()>) -> Event<T> {
        let ended = future::poll_fn(|cx| {
            if self.0.is_empty() {
                return Poll::Ready(Event::Over);
            }
            for at in 0..self.0.len() {
                if let Poll::Ready(result) = self.0[at].1.poll_unpin(cx) {
                    let (number, _) = self.0.swap_remove(at);
                    return Poll::Ready(Event::Ended(number, result));
                }
            }
            Poll::Pending
        });
        let event = match future::select(ended, &mut *late).await {
            Either::Left((event, _)) => event,
            Either::Right(((), _)) => Event::Late,
        };
        if matches!(event, Event::Late) {
            *late = future::pending().boxed(); // once, unless it is set again
        }
        event
    }

    /// Leaves those that are under way to themselves: each runs to its end, and nobody hears of it.
    pub(crate) fn give_up(&mut self) {
        self.0.clear();
    }

    /// Leaves one to itself, if it is under way.
    pub(crate) fn forget(&mut self, number: usize) {
        self.0.retain(|(at, _)| *at != number);
    }

    /// The numbers of those under way.
    pub(crate) fn numbers(&self) -> Vec<usize> {
        self.0.iter().map(|(number, _)| *number).collect()
    }

    pub(crate) fn has(&self, number: usize) -> bool {
        self.0.iter().any(|(at, _)| *at == number)
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }
}
