//! Changes inputs at random, from a seed, and keeps those that made a target do something new.

use std::collections::HashSet;

/// Pieces that formats are made of.
const PIECES: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b",",
    b":",
    b"null",
    b"true",
    b"-1",
    b"1e9",
    b"\\u0000",
    b"\\ud83d",
    b"0.5",
    b"<",
    b"</",
    b"/>",
    b">",
    b"<![CDATA[",
    b"]]>",
    b"&amp;",
    b"&#x0;",
    b"&#65;",
    b"<!--",
    b"-->",
    b"<?",
    b"<!DOCTYPE a [",
    b"<item>",
    b"</item>",
    b"<Entry>",
    b"</Root>",
    b"%00",
    b"%ff",
    b"+",
    b"&",
    b"=",
    b".1",
    b".member.2",
    b".entry.1.key",
    b"\x9f",
    b"\xbf",
    b"\xff",
    b"\xc1",
    b"\x7f",
    b"\xfb",
    b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\xf6",
    b"\xf9\x7e\x00",
    b"9223372036854775807",
    b"-9223372036854775808",
    b"99999999999999999999",
    b"NaN",
    b"\r\n",
    b"\xc3\xa9",
    b"\xc3",
];

pub(crate) struct Mutator {
    state: u64,
    pool: Vec<Vec<u8>>,
    seen: HashSet<u64>,
}

impl Mutator {
    pub(crate) fn new(seed: u64, seeds: &[&[u8]]) -> Mutator {
        Mutator { state: seed, pool: seeds.iter().map(|seed| seed.to_vec()).collect(), seen: HashSet::new() }
    }

    /// The next number (splitmix64).
    fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.number() % bound.max(1) as u64) as usize
    }

    /// One input: a seed, or an earlier input, with a few changes.
    pub(crate) fn next(&mut self) -> Vec<u8> {
        let from = self.below(self.pool.len());
        let mut input = self.pool[from].clone();
        // Mostly one change: more of them leave little that a reader takes.
        for _ in 0..=self.number().trailing_zeros().min(4) {
            self.change(&mut input);
        }
        input.truncate(64 * 1024);
        input
    }

    /// Says what a target did with an input; what is new is kept, to be changed further.
    pub(crate) fn learn(&mut self, input: Vec<u8>, did: u64) {
        const POOL_MAX: usize = 1000;
        if input.len() < 4096 && self.seen.len() < 100_000 && self.seen.insert(did) {
            if self.pool.len() < POOL_MAX {
                self.pool.push(input);
            } else {
                let old = self.below(POOL_MAX);
                self.pool[old] = input;
            }
        }
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let at = self.below(input.len() + 1);
        let end = at + self.below((input.len() - at).min(24) + 1);
        match self.below(11) {
            0 if at < input.len() => input[at] ^= 1 << self.below(8),
            1 if at < input.len() => input[at] = self.number() as u8,
            2 => drop(input.drain(at..end)),
            3 | 4 => {
                let piece = PIECES[self.below(PIECES.len())];
                drop(input.splice(at..at, piece.iter().copied()));
            }
            5 => {
                let part = input[at..end].to_vec();
                drop(input.splice(at..at, part));
            }
            6 => {
                // Many times the same: depth and size.
                let part = input[at..end.min(at + 8)].to_vec();
                let repeated = part.repeat(1 + self.below(400));
                drop(input.splice(at..at, repeated));
            }
            7 => self.double(input, b",&<", b",&<]}"),
            8 => self.double(input, b"{[", b"]}"),
            9 => {
                let other = self.below(self.pool.len());
                let other = self.pool[other].clone();
                let from = self.below(other.len() + 1);
                input.truncate(at);
                input.extend_from_slice(&other[from..]);
            }
            _ => {
                let piece = PIECES[self.below(PIECES.len())];
                drop(input.splice(at..end, piece.iter().copied()));
            }
        }
    }

    /// Doubles a part from one of some bytes to one of others: an item of a list, a pair, an element.
    fn double(&mut self, input: &mut Vec<u8>, starts: &[u8], ends: &[u8]) {
        let from = self.below(input.len() + 1);
        let Some(start) = input[from..].iter().position(|b| starts.contains(b)).map(|at| from + at) else {
            return;
        };
        let far = 1 + self.below(3);
        let inside = input[start + 1..].iter().enumerate();
        let Some((length, _)) = inside.filter(|(_, b)| ends.contains(b)).nth(far - 1) else { return };
        let closed = usize::from(starts.contains(&b'{'));
        let end = start + 1 + length + closed;
        let mut part = input[start..end].to_vec();
        if closed == 1 {
            part.insert(0, b',');
        }
        drop(input.splice(end..end, part));
    }
}
