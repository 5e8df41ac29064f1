//! Whether the caller still listens.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::sync::Notify;

/// Tells a waiting operation that its caller has hung up. Commits are never cut short by it: only waits end.
#[derive(Clone, Default)]
pub struct Gone(Arc<Inner>);

#[derive(Default)]
struct Inner {
    gone: AtomicBool,
    told: Notify,
}

impl Gone {
    /// The caller has hung up.
    pub fn tell(&self) {
        self.0.gone.store(true, Ordering::SeqCst);
        self.0.told.notify_waiters();
    }

    /// Whether the caller has hung up.
    pub fn is_gone(&self) -> bool {
        self.0.gone.load(Ordering::SeqCst)
    }

    /// Waits until the caller has hung up.
    pub async fn wait(&self) {
        loop {
            let told = self.0.told.notified();
            if self.is_gone() {
                return;
            }
            told.await;
        }
    }
}
