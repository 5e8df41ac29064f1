//! Signing keys, and the bounded cache of those in use.

use crate::Region;
use hmac::{Hmac, Mac};
use parking_lot::RwLock;
use sha2::Sha256;
use std::{collections::hash_map::RandomState, hash::BuildHasher, sync::Arc};

/// A key with its HMAC state computed, so that signing costs no set-up.
#[derive(Clone)]
pub(crate) struct SigningKey(Hmac<Sha256>);

impl SigningKey {
    /// The key of one day, region and service ("Deriving the signing key" of AWS's documentation).
    pub(crate) fn derive(secret: &str, day: &str, region: &str, service: &str) -> SigningKey {
        let mut first = Vec::with_capacity(4 + secret.len());
        first.extend_from_slice(b"AWS4");
        first.extend_from_slice(secret.as_bytes());
        let date_key = SigningKey::from_bytes(&first).sign(day.as_bytes());
        let region_key = SigningKey::from_bytes(&date_key).sign(region.as_bytes());
        let service_key = SigningKey::from_bytes(&region_key).sign(service.as_bytes());
        SigningKey::from_bytes(&SigningKey::from_bytes(&service_key).sign(b"aws4_request"))
    }

    fn from_bytes(key: &[u8]) -> SigningKey {
        // HMAC is defined for keys of every length (RFC 2104), so this cannot fail.
        SigningKey(Hmac::new_from_slice(key).expect("HMAC takes keys of any length"))
    }

    pub(crate) fn sign(&self, text: &[u8]) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(text);
        mac.finalize().into_bytes().into()
    }

    /// The signature as S3 and all others write it: lower-case hexadecimal.
    pub(crate) fn sign_hex(&self, text: &[u8]) -> [u8; 64] {
        let mut out = [0; 64];
        write_hex(&self.sign(text), &mut out);
        out
    }
}

/// Lower-case hexadecimal of `bytes`; `out` is twice as long.
pub(crate) fn write_hex(bytes: &[u8], out: &mut [u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for (byte, pair) in bytes.iter().zip(out.chunks_exact_mut(2)) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
}

/// What a signing key belongs to. Two equal scopes have equal keys.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Scope<'a> {
    pub(crate) access_key: &'a str,
    pub(crate) generation: u64,
    pub(crate) day: &'a str,
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
}

/// A signing key and what it was derived for.
pub(crate) struct Entry {
    access_key: Box<str>,
    generation: u64,
    day: [u8; 8],
    pub(crate) region: Region,
    service: Box<str>,
    pub(crate) key: SigningKey,
}

impl Entry {
    fn is_for(&self, scope: &Scope<'_>) -> bool {
        *self.access_key == *scope.access_key
            && self.generation == scope.generation
            && self.day == scope.day.as_bytes()
            && self.region.as_str() == scope.region
            && *self.service == *scope.service
    }

    /// Derives the key of `scope`; `None` if its day or region is not of their form.
    pub(crate) fn derive(scope: &Scope<'_>, secret: &str) -> Option<Arc<Entry>> {
        Some(Arc::new(Entry {
            access_key: scope.access_key.into(),
            generation: scope.generation,
            day: scope.day.as_bytes().try_into().ok()?,
            region: scope.region.parse().ok()?,
            service: scope.service.into(),
            key: SigningKey::derive(secret, scope.day, scope.region, scope.service),
        }))
    }
}

/// Slots of the cache. An entry is about half a kilobyte, so a full cache holds under 1 MiB.
const SLOTS: usize = 1024;
/// A scope may stand in any of this many neighbouring slots.
const WAYS: usize = 4;

/// Signing keys in use, in a fixed number of slots: a new key displaces another one of its group.
pub(crate) struct Cache {
    slots: Box<[RwLock<Option<Arc<Entry>>>]>,
    hasher: RandomState,
}

impl Cache {
    pub(crate) fn new() -> Cache {
        Cache { slots: (0..SLOTS).map(|_| RwLock::new(None)).collect(), hasher: RandomState::new() }
    }

    fn group(&self, scope: &Scope<'_>) -> (usize, usize) {
        let hash = self.hasher.hash_one(scope) as usize;
        (hash % (SLOTS / WAYS) * WAYS, (hash >> 32) % WAYS)
    }

    pub(crate) fn get(&self, scope: &Scope<'_>) -> Option<Arc<Entry>> {
        let (first, _) = self.group(scope);
        self.slots[first..first + WAYS].iter().find_map(|slot| {
            let entry = slot.read();
            entry.as_ref().filter(|entry| entry.is_for(scope)).map(Arc::clone)
        })
    }

    /// Keeps `entry`. Only keys that verified a request belong here, so that strangers cannot displace others'.
    pub(crate) fn put(&self, scope: &Scope<'_>, entry: Arc<Entry>) {
        let (first, victim) = self.group(scope);
        let group = &self.slots[first..first + WAYS];
        let place = group.iter().find(|slot| slot.read().is_none()).unwrap_or(&group[victim]);
        *place.write() = Some(entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_signing_key() {
        // "Examples of how to derive a signing key" of AWS's general reference.
        let key =
            SigningKey::derive("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20150830", "us-east-1", "iam");
        let expected =
            hex::decode("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9").unwrap();
        let wanted = SigningKey::from_bytes(&expected).sign(b"text");
        assert_eq!(key.sign(b"text"), wanted);
    }

    #[test]
    fn the_cache_is_bounded_and_keeps_apart_what_differs() {
        let cache = Cache::new();
        let scope = |access_key, generation| Scope {
            access_key,
            generation,
            day: "20150830",
            region: "us-east-1",
            service: "s3",
        };
        let names: Vec<String> = (0..5000).map(|n| format!("AKIA{n}")).collect();
        for name in &names {
            let scope = scope(name, 1);
            assert!(cache.get(&scope).is_none());
            cache.put(&scope, Entry::derive(&scope, name).unwrap());
            assert!(cache.get(&scope).is_some_and(|entry| entry.is_for(&scope)));
        }
        let last = names.last().unwrap();
        assert!(cache.get(&scope(last, 2)).is_none());
        let entry = Entry::derive(&scope("AKIA", 1), "secret").unwrap();
        let same = scope("AKIA", 1);
        assert!(entry.is_for(&same) && !entry.is_for(&scope("AKIA", 2)) && !entry.is_for(&scope("AKIB", 1)));
        for other in [
            Scope { day: "20150831", ..same },
            Scope { region: "us-east-2", ..same },
            Scope { service: "sqs", ..same },
        ] {
            assert!(!entry.is_for(&other));
        }
        let kept = names.iter().filter(|name| cache.get(&scope(name, 1)).is_some()).count();
        assert!(kept <= SLOTS, "{kept}");
    }
}
