//! A client that is as little as a client can be: signatures, connections, servers under test. The bench and the crash
//! tests drive Kumiki with it.

pub mod client;
pub mod server;
pub mod sign;
