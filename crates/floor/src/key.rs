//! Order-preserving record keys.
//!
//! A key is a tuple whose parts sort like their bytes: texts are terminated (so that `a` sorts before `ab`, whatever
//! follows), numbers are big-endian. Terminator and escape are those of FoundationDB's tuple layer: a zero byte
//! inside is written `00 FF`, but the end is `00 01`, so that a part of any bytes may follow.

use bytes::Bytes;
use store::KeyRange;

/// A key under construction.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(Vec<u8>);

impl Key {
    /// A key that begins with the name of its family (`"object"`, `"queue"`, ...).
    pub fn of(family: &str) -> Self {
        Self(Vec::with_capacity(64)).text(family)
    }

    /// A key that was read from a range.
    pub fn exactly(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }

    /// Adds a text.
    #[must_use]
    pub fn text(self, part: &str) -> Self {
        self.bytes(part.as_bytes())
    }

    /// Adds bytes, terminated and escaped.
    #[must_use]
    pub fn bytes(mut self, part: &[u8]) -> Self {
        if part.contains(&0) {
            for byte in part {
                self.0.push(*byte);
                if *byte == 0 {
                    self.0.push(0xff);
                }
            }
        } else {
            self.0.extend_from_slice(part);
        }
        self.0.extend_from_slice(&[0, 1]);
        self
    }

    /// Adds bytes as they are: for the last part only, or where the length is fixed.
    #[must_use]
    pub fn raw(mut self, part: &[u8]) -> Self {
        self.0.extend_from_slice(part);
        self
    }

    /// Adds a number.
    #[must_use]
    pub fn number(mut self, part: u64) -> Self {
        self.0.extend_from_slice(&part.to_be_bytes());
        self
    }

    /// Adds a number so that larger ones sort first (the newest version before the older ones).
    #[must_use]
    pub fn descending(self, part: u64) -> Self {
        self.number(!part)
    }

    /// All keys that begin with this one.
    pub fn all(&self) -> KeyRange {
        KeyRange::new(Bytes::copy_from_slice(&self.0), successor(&self.0))
    }

    /// All keys from this one (included) to `end` (excluded).
    pub fn to(&self, end: &Key) -> KeyRange {
        KeyRange::new(Bytes::copy_from_slice(&self.0), Bytes::copy_from_slice(&end.0))
    }

    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }

    /// How many bytes.
    #[expect(clippy::len_without_is_empty, reason = "a key is never empty: it begins with its family")]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl AsRef<[u8]> for Key {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// The smallest key after all that begin with `prefix`.
pub fn successor(prefix: &[u8]) -> Bytes {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < 0xff {
            end.push(last + 1);
            return end.into();
        }
    }
    vec![0xff; 1901].into() // beyond the longest key
}

/// Reads a tuple back.
pub struct Parts<'a>(&'a [u8]);

impl<'a> Parts<'a> {
    /// The parts of a key.
    pub fn of(key: &'a [u8]) -> Self {
        Self(key)
    }

    /// The next terminated part.
    pub fn bytes(&mut self) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut i = 0;
        loop {
            match (self.0.get(i)?, self.0.get(i + 1)) {
                (0, Some(0xff)) => {
                    out.push(0);
                    i += 2;
                }
                (0, Some(1)) => {
                    self.0 = &self.0[i + 2..];
                    return Some(out);
                }
                (0, _) => return None,
                (byte, _) => {
                    out.push(*byte);
                    i += 1;
                }
            }
        }
    }

    /// The next terminated part as text.
    pub fn text(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?).ok()
    }

    /// The next number.
    pub fn number(&mut self) -> Option<u64> {
        let (head, rest) = self.0.split_first_chunk::<8>()?;
        self.0 = rest;
        Some(u64::from_be_bytes(*head))
    }

    /// What is left.
    pub fn rest(self) -> &'a [u8] {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn keys_sort_like_their_parts(a in any::<(Vec<u8>, Vec<u8>, u64)>(), b in any::<(Vec<u8>, Vec<u8>, u64)>()) {
            let key = |p: &(Vec<u8>, Vec<u8>, u64)| Key::of("f").bytes(&p.0).bytes(&p.1).number(p.2);
            prop_assert_eq!(a.cmp(&b), key(&a).as_slice().cmp(key(&b).as_slice()));
        }

        #[test]
        fn parts_are_read_back(a in any::<Vec<u8>>(), n in any::<u64>(), rest in any::<Vec<u8>>()) {
            let key = Key::of("family").bytes(&a).number(n).raw(&rest);
            let mut parts = Parts::of(key.as_slice());
            prop_assert_eq!(parts.text().unwrap(), "family");
            prop_assert_eq!(parts.bytes().unwrap(), a);
            prop_assert_eq!(parts.number().unwrap(), n);
            prop_assert_eq!(parts.rest(), &rest[..]);
        }

        #[test]
        fn a_prefix_holds_what_begins_with_it(a in any::<Vec<u8>>(), tail in any::<Vec<u8>>()) {
            let (prefix, key) = (Key::of("x").raw(&a), Key::of("x").raw(&a).raw(&tail));
            let range = prefix.all();
            prop_assert!(range.start <= key.as_slice() && key.as_slice() < range.end);
        }
    }
}
