//! Randomness as a parameter: the host's entropy, or a seed.

use std::sync::Arc;

use parking_lot::Mutex;

/// A source of random bytes. Cheap to clone; clones share the source.
#[derive(Clone)]
pub struct Random(Arc<Mutex<Source>>);

enum Source {
    /// Bytes drawn from the host in blocks, so that a small draw costs no system call.
    Host { block: Box<[u8; 1024]>, used: usize },
    /// SplitMix64: enough for simulation, never for secrets.
    Seeded(u64),
}

impl Random {
    /// The host's entropy.
    pub fn host() -> Self {
        Self(Arc::new(Mutex::new(Source::Host { block: Box::new([0; 1024]), used: 1024 })))
    }

    /// A reproducible sequence.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(Source::Seeded(seed))))
    }

    /// Fills `out`.
    ///
    /// # Panics
    /// Where the host has no entropy: nothing that needs an id or a key can go on then.
    pub fn fill(&self, out: &mut [u8]) {
        match &mut *self.0.lock() {
            Source::Host { block, used } => {
                if out.len() > block.len() {
                    getrandom::fill(out).expect("the host gives entropy");
                    return;
                }
                if *used + out.len() > block.len() {
                    getrandom::fill(&mut block[..]).expect("the host gives entropy");
                    *used = 0;
                }
                let drawn = &mut block[*used..*used + out.len()];
                out.copy_from_slice(drawn);
                drawn.fill(0); // what was given out is not kept
                *used += out.len();
            }
            Source::Seeded(state) => {
                for chunk in out.chunks_mut(8) {
                    let next = split_mix(state).to_le_bytes();
                    chunk.copy_from_slice(&next[..chunk.len()]);
                }
            }
        }
    }

    /// Sixteen random bytes.
    pub fn bytes16(&self) -> [u8; 16] {
        let mut out = [0; 16];
        self.fill(&mut out);
        out
    }

    /// A random number.
    pub fn number(&self) -> u64 {
        let mut out = [0; 8];
        self.fill(&mut out);
        u64::from_le_bytes(out)
    }

    /// A random number below `bound`; 0 where `bound` is 0. The bias is under 2^-32 for bounds below 2^32.
    pub fn below(&self, bound: u64) -> u64 {
        if bound == 0 { 0 } else { self.number() % bound }
    }

    /// A random UUID (version 4) in its text form.
    pub fn uuid(&self) -> String {
        let mut b = self.bytes16();
        b[6] = b[6] & 0x0f | 0x40;
        b[8] = b[8] & 0x3f | 0x80;
        let mut out = String::with_capacity(36);
        for (i, byte) in b.iter().enumerate() {
            if matches!(i, 4 | 6 | 8 | 10) {
                out.push('-');
            }
            out.push(HEX[(byte >> 4) as usize] as char);
            out.push(HEX[(byte & 15) as usize] as char);
        }
        out
    }
}

const HEX: &[u8; 16] = b"0123456789abcdef";

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_one_sequence() {
        let (a, b) = (Random::seeded(7), Random::seeded(7));
        assert_eq!((a.number(), a.uuid()), (b.number(), b.uuid()));
        assert_ne!(Random::seeded(8).number(), Random::seeded(7).number());
    }

    #[test]
    fn the_host_does_not_repeat_itself() {
        let random = Random::host();
        let drawn: std::collections::HashSet<_> = (0..1000).map(|_| random.bytes16()).collect();
        assert_eq!(drawn.len(), 1000);
        let uuid = random.uuid();
        assert_eq!((uuid.len(), &uuid[14..15]), (36, "4"));
    }
}
