//! The block on the floor, called like by a client, with records in memory.
#![allow(clippy::unwrap_used, unreachable_pub, reason = "tests")]

mod access;
mod buckets;
mod events;
mod house;
mod multipart;
mod objects;
mod races;
mod sizes;
mod versions;
