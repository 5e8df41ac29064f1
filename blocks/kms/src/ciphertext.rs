//! What symmetric keys encrypt: a blob that names its key and the version of the key's material, so that Decrypt needs
//! neither. Name and encryption context are authenticated with the contents.
//!
//! | bytes | |
//! |---|---|
//! | 1 | format, 1 |
//! | 5 | account, as a number |
//! | 1 | 0: the key's id is a UUID; 1: `mrk-` and 32 hexadecimal digits |
//! | 16 | that id |
//! | 32 | id of the key material |
//! | 24 | nonce |
//! | n + 16 | ciphertext and tag |

use floor::AccountId;
use seal::MessageKey;

use crate::names::KeyId;

const FORMAT: u8 = 1;
const HEAD_BYTES: usize = 1 + 5 + 1 + 16 + 32;
const NONCE_BYTES: usize = MessageKey::NONCE_BYTES;
/// What a ciphertext is longer than its plaintext.
pub const OVERHEAD_BYTES: usize = HEAD_BYTES + NONCE_BYTES + seal::TAG_BYTES;

/// Which version of a key's material.
pub type MaterialId = [u8; 32];

/// `EncryptionContext`.
pub type Context = std::collections::BTreeMap<String, String>;

/// A ciphertext taken apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parts<'a> {
    /// The key's account.
    pub account: AccountId,
    /// The key.
    pub key: KeyId,
    /// The version of its material.
    pub material: MaterialId,
    head: &'a [u8],
    nonce: &'a [u8; NONCE_BYTES],
    sealed: &'a [u8],
}

/// Encrypts `plain`.
pub fn seal(
    (account, key, material): (AccountId, KeyId, MaterialId),
    with: &MessageKey,
    nonce: &[u8; NONCE_BYTES],
    context: &Context,
    plain: &[u8],
) -> Vec<u8> {
    let mut out = Vec::with_capacity(OVERHEAD_BYTES + plain.len());
    out.push(FORMAT);
    let number: u64 = account.as_str().bytes().fold(0, |n, digit| n * 10 + u64::from(digit - b'0'));
    out.extend_from_slice(&number.to_be_bytes()[3..]);
    out.push(u8::from(key.is_multi_region()));
    out.extend_from_slice(key.bytes());
    out.extend_from_slice(&material);
    let sealed = with.seal(nonce, &bound(&out, context), plain);
    out.extend_from_slice(nonce);
    out.extend_from_slice(&sealed);
    out
}

/// Reads what a ciphertext names; `None` for what is none.
pub fn read(blob: &[u8]) -> Option<Parts<'_>> {
    let (head, rest) = blob.split_at_checked(HEAD_BYTES)?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>()?;
    if head[0] != FORMAT || sealed.len() < seal::TAG_BYTES {
        return None;
    }
    let mut number = [0; 8];
    number[3..].copy_from_slice(&head[1..6]);
    let account = format!("{:012}", u64::from_be_bytes(number)).parse().ok()?;
    let id: [u8; 16] = head[7..23].try_into().ok()?;
    let key = match head[6] {
        0 => KeyId::uuid(id),
        1 => KeyId::multi_region(id),
        _ => return None,
    };
    Some(Parts { account, key, material: head[23..].try_into().ok()?, head, nonce, sealed })
}

impl Parts<'_> {
    /// The plaintext, where key and context are those that it was encrypted with.
    pub fn open(&self, with: &MessageKey, context: &Context) -> Option<Vec<u8>> {
        with.open(self.nonce, &bound(self.head, context), self.sealed).ok()
    }
}

/// What is authenticated: the head, then every pair of the context, each text after its length.
fn bound(head: &[u8], context: &Context) -> Vec<u8> {
    let mut out = head.to_vec();
    for (name, value) in context {
        for text in [name, value] {
            out.extend_from_slice(&(text.len() as u64).to_be_bytes());
            out.extend_from_slice(text.as_bytes());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn account() -> impl Strategy<Value = AccountId> {
        "[0-9]{12}".prop_map(|digits| digits.parse().unwrap())
    }

    fn key() -> impl Strategy<Value = KeyId> {
        (any::<[u8; 16]>(), any::<bool>())
            .prop_map(|(id, mrk)| if mrk { KeyId::multi_region(id) } else { KeyId::uuid(id) })
    }

    proptest! {
        #[test]
        fn what_is_encrypted_is_read_and_opened(
            account in account(), key in key(), material in any::<[u8; 32]>(), with in any::<[u8; 32]>(),
            nonce in any::<[u8; 24]>(), context in any::<Context>(), plain in any::<Vec<u8>>(),
        ) {
            let with = MessageKey::new(&with);
            let blob = seal((account, key, material), &with, &nonce, &context, &plain);
            prop_assert_eq!(blob.len(), plain.len() + OVERHEAD_BYTES);
            let parts = read(&blob).unwrap();
            prop_assert_eq!((parts.account, parts.key, parts.material), (account, key, material));
            prop_assert_eq!(parts.open(&with, &context), Some(plain));
        }

        #[test]
        fn another_context_opens_nothing(context in any::<Context>(), other in any::<Context>()) {
            prop_assume!(context != other);
            let with = MessageKey::new(&[7; 32]);
            let names = (AccountId::DEFAULT, KeyId::uuid([1; 16]), [2; 32]);
            let blob = seal(names, &with, &[3; 24], &context, b"plain");
            prop_assert_eq!(read(&blob).unwrap().open(&with, &other), None);
        }

        #[test]
        fn what_was_changed_opens_nothing(at in any::<prop::sample::Index>(), with in 1..=255_u8) {
            let key = MessageKey::new(&[7; 32]);
            let names = (AccountId::DEFAULT, KeyId::uuid([1; 16]), [2; 32]);
            let mut blob = seal(names, &key, &[3; 24], &Context::new(), b"plain");
            let at = at.index(blob.len());
            blob[at] ^= with;
            prop_assert!(read(&blob).is_none_or(|parts| parts.open(&key, &Context::new()).is_none()));
        }

        #[test]
        fn any_bytes_are_taken(bytes in any::<Vec<u8>>()) {
            let _ = read(&bytes);
        }
    }

    /// Pairs cannot run into each other.
    #[test]
    fn contexts_are_told_apart() {
        let of = |pairs: &[(&str, &str)]| {
            bound(b"", &pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
        };
        assert_ne!(of(&[("a", "b")]), of(&[("ab", "")]));
        assert_ne!(of(&[("a", ""), ("b", "")]), of(&[("a", "b")]));
    }
}
