//! Accepting connections, and stopping.

use std::{future::Future, io, net::SocketAddr, sync::Arc, time::Duration};

use socket2::{Domain, Protocol, SockRef, Socket, TcpKeepalive, Type};
use tokio::{net::TcpListener, task::JoinSet};

use crate::{
    connection::{self, House},
    desk::Desk,
    watch::Watch,
};

/// Connections the kernel holds until they are accepted: a burst of clients is not refused.
const BACKLOG: i32 = 1024;
/// A peer whose machine has vanished is found after this and some probes.
const KEEPALIVE: Duration = Duration::from_secs(60);
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(15);
/// The pause after an accept that failed for want of descriptors or memory: the next one would fail as well.
const PAUSE: Duration = Duration::from_millis(50);

/// Binds a port, with a backlog for bursts. Port 0 is any free one. An error names the address.
pub fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    listen(address).map_err(|e| io::Error::new(e.kind(), format!("{address}: {e}")))
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?; // a restart does not wait for the connections of the last run to be forgotten
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    TcpListener::from_std(socket.into())
}

/// Accepts connections until `shutdown`, then lets what is in progress end. Returns how many connections and requests
/// were left behind when the time for that was up.
pub(crate) async fn run<D: Desk>(
    listeners: Vec<TcpListener>,
    house: House<D>,
    watch: Arc<Watch>,
    shutdown: impl Future<Output = ()>,
) -> io::Result<(usize, usize)> {
    let mut accepting = JoinSet::new();
    for listener in listeners {
        prepare(&listener)?;
        accepting.spawn(accept(listener, house.clone(), watch.clone()));
    }
    let watching = watch.clone();
    let mut watching = tokio::spawn(async move { watching.run().await });
    tokio::select! {
        () = shutdown => {}
        _ = &mut watching => {} // it never ends by itself
    }
    accepting.shutdown().await;
    watch.drain().await;
    watching.abort();
    Ok(watch.left())
}

/// Options that connections inherit from their listener, which saves setting them on each.
fn prepare(listener: &TcpListener) -> io::Result<()> {
    let socket = SockRef::from(listener);
    socket.set_tcp_nodelay(true)?; // an answer is written whole; waiting for more would only delay it
    socket.set_tcp_keepalive(&TcpKeepalive::new().with_time(KEEPALIVE).with_interval(KEEPALIVE_INTERVAL))
}

async fn accept<D: Desk>(listener: TcpListener, house: House<D>, watch: Arc<Watch>) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                let Some(watched) = watch.admit() else {
                    tracing::debug!(%peer, "too many connections: closed");
                    continue;
                };
                tokio::spawn(connection::serve(stream, peer, watched, house.clone()));
            }
            Err(e) if is_about_one_connection(&e) => {}
            Err(e) => {
                tracing::warn!(cause = %e, "connections cannot be accepted");
                watch.env.clocks.steady.wait(PAUSE).await;
            }
        }
    }
}

/// The client was quicker to go than we to accept.
fn is_about_one_connection(e: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(e.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn connections_inherit_what_their_listener_was_set_to() {
        let listener = bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        prepare(&listener).unwrap();
        let client = tokio::net::TcpStream::connect(listener.local_addr().unwrap());
        let (accepted, connected) = tokio::join!(listener.accept(), client);
        let (stream, _) = accepted.unwrap();
        connected.unwrap();
        assert!(stream.nodelay().unwrap());
        let socket = SockRef::from(&stream);
        assert!(socket.keepalive().unwrap());
        assert_eq!(socket.tcp_keepalive_time().unwrap(), KEEPALIVE);
    }
}
