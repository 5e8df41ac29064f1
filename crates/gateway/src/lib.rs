//! The one way in: sockets, TLS, limits, and the stages of a request before its operation.
//!
//! - [`Gateway`] takes connections on one port: HTTP/1.1, HTTP/2 and TLS, told apart by their first bytes.
//! - Before an operation's own stages ([`floor::call`]), a request passes here: which service and operation it is for,
//!   who signed it, and its body, read whole or passing by under its checks.
//! - [`Tls`] makes certificates for every name that clients use, under an authority kept in the data directory.
//!
//! The path of a request: `listen` (accept) → `greet` (which language) → `connection` (hyper, orders of the `watch`)
//! → `desk` (counting, hang-ups) → `front` (the stages) → a block's door.

mod behind;
mod ca;
mod claim;
mod config;
mod connection;
mod cross;
mod desk;
mod fault;
mod front;
mod greet;
mod host;
mod intake;
mod job;
mod link;
mod listen;
mod noting;
mod origin;
mod own;
mod page;
mod slow;
#[cfg(test)]
mod testing;
mod tls;
mod upload;
mod watch;

use std::{future::Future, io, sync::Arc};

use auth::Verifier;
use floor::Floor;
use tokio::net::TcpListener;

pub use config::{Certificates, Config, Errand, Errands, Issuers, Limits, Paper, Reset};
pub use listen::bind;
pub use tls::Tls;

/// A gateway in front of a floor.
pub struct Gateway {
    floor: Arc<Floor>,
    verifier: Verifier,
    config: Config,
}

/// What was still in progress when the time to end was up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Left {
    /// Open connections.
    pub connections: usize,
    /// Requests whose client had gone, and those of HTTP/2.
    pub requests: usize,
}

impl Gateway {
    /// A gateway to what `floor` serves, for callers that `verifier` knows.
    pub fn new(floor: Arc<Floor>, verifier: Verifier, config: Config) -> Self {
        Self { floor, verifier, config }
    }

    /// Serves on `listeners` (see [`bind`]) until `shutdown`. Then no more connections are accepted, requests in
    /// progress end (up to [`Limits::drain_time_max`]), and long polls stop waiting. Must run on tokio.
    ///
    /// # Errors
    /// Where a listener is not usable; nothing has been served then.
    pub async fn serve(
        self,
        listeners: Vec<TcpListener>,
        shutdown: impl Future<Output = ()>,
    ) -> io::Result<Left> {
        let watch = watch::Watch::new(&self.floor.env, self.config.limits.clone());
        let tls = self.config.tls.clone();
        let desk = Arc::new(front::Front::new(self.floor, self.verifier, self.config));
        let house = connection::House { desk, tls };
        let (connections, requests) = listen::run(listeners, house, watch, shutdown).await?;
        Ok(Left { connections, requests })
    }
}
