//! The whole gateway over real sockets, with AWS's own API types.

#![allow(unreachable_pub, reason = "a test's modules")]

mod house;
mod objects;
mod own;
mod queues;
mod sign;
mod version2;
