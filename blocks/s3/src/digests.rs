//! The digests of a body, computed while it passes.

use bytes::Bytes;
use md5::{Digest as _, Md5};
use tokio::task::{JoinHandle, spawn_blocking};
use wire::Answer;

use crate::checksum::{Algorithm, Hasher, Value};

/// MD5 and checksums under way.
pub struct Digests {
    md5: Md5,
    checksums: Vec<Hasher>,
}

impl Digests {
    /// Of nothing yet.
    pub fn new(algorithms: &[Algorithm]) -> Self {
        Self { md5: Md5::new(), checksums: algorithms.iter().map(|a| Hasher::new(*a)).collect() }
    }

    /// With these bytes behind the others.
    pub fn update(&mut self, bytes: &[u8]) {
        self.md5.update(bytes);
        for checksum in &mut self.checksums {
            checksum.update(bytes);
        }
    }

    /// The MD5, and the checksums in the order in which they were asked for.
    pub fn finish(self) -> ([u8; 16], Vec<Value>) {
        (self.md5.finalize().into(), self.checksums.into_iter().map(Hasher::finish).collect())
    }
}

/// How many bytes are hashed at once: MD5 takes some 400 us for them, which is too long for the reactor and long
/// enough to make the trip to another thread cheap.
const BATCH_BYTES: usize = 256 * 1024;

/// Digests of a long body: batches are hashed on another thread, while the next one arrives. At most two are held.
pub struct Hashing {
    state: State,
    batch: Vec<Bytes>,
    batch_bytes: usize,
}

enum State {
    Idle(Box<Digests>),
    Busy(JoinHandle<Box<Digests>>),
    Lost,
}

impl Hashing {
    /// Of nothing yet.
    pub fn new(algorithms: &[Algorithm]) -> Self {
        Self { state: State::Idle(Box::new(Digests::new(algorithms))), batch: Vec::new(), batch_bytes: 0 }
    }

    /// With these bytes behind the others. Waits while a batch is full and the one before is still being hashed.
    pub async fn update(&mut self, bytes: Bytes) -> Answer<()> {
        self.batch_bytes += bytes.len();
        self.batch.push(bytes);
        if self.batch_bytes >= BATCH_BYTES { self.ship().await } else { Ok(()) }
    }

    async fn ship(&mut self) -> Answer<()> {
        let mut digests = self.digests().await?;
        let batch = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        self.state = State::Busy(spawn_blocking(move || {
            for bytes in batch {
                digests.update(&bytes);
            }
            digests
        }));
        Ok(())
    }

    async fn digests(&mut self) -> Answer<Box<Digests>> {
        match std::mem::replace(&mut self.state, State::Lost) {
            State::Idle(digests) => Ok(digests),
            State::Busy(job) => job.await.map_err(|e| floor::fault::internal(format!("hashing: {e}"))),
            State::Lost => Err(floor::fault::internal("hashing was given up before")),
        }
    }

    /// The MD5, and the checksums in the order in which they were asked for.
    pub async fn finish(mut self) -> Answer<([u8; 16], Vec<Value>)> {
        self.ship().await?;
        Ok(self.digests().await?.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn batches_make_the_same_digests() {
        let algorithms = [Algorithm::Crc64Nvme, Algorithm::Sha256];
        let (mut one, mut other) = (Digests::new(&algorithms), Hashing::new(&algorithms));
        for i in 0..100_usize {
            let piece = vec![i as u8; i * 331];
            one.update(&piece);
            other.update(piece.into()).await.unwrap();
        }
        assert_eq!(other.finish().await.unwrap(), one.finish());
    }
}
