//! The digests that clients verify.

use md5::{Digest, Md5};
use sha2::Sha256;

use crate::message::{Attribute, Value};

/// The text of a digest.
pub fn text(digest: [u8; 16]) -> String {
    let mut out = [0; 32];
    for (pair, byte) in out.chunks_exact_mut(2).zip(digest) {
        pair.copy_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
    }
    String::from_utf8_lossy(&out).into_owned()
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// MD5 of a body.
pub fn of_body(body: &str) -> [u8; 16] {
    Md5::digest(body.as_bytes()).into()
}

/// MD5 of message attributes, as "Calculating the MD5 message digest for message attributes" of the developer guide
/// says: sorted by name; name, type and value each with their length in four bytes, and before the value one byte
/// that tells texts (1) from bytes (2).
pub fn of_attributes<'a>(sorted: impl IntoIterator<Item = (&'a str, &'a Attribute)>) -> Option<[u8; 16]> {
    let mut md5 = Md5::new();
    let mut some = false;
    for (name, attribute) in sorted {
        some = true;
        part(&mut md5, name.as_bytes());
        part(&mut md5, attribute.data_type.as_bytes());
        match &attribute.value {
            Value::Text(text) => {
                md5.update([1]);
                part(&mut md5, text.as_bytes());
            }
            Value::Binary(bytes) => {
                md5.update([2]);
                part(&mut md5, bytes);
            }
        }
    }
    some.then(|| md5.finalize().into())
}

fn part(md5: &mut Md5, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    md5.update(length.to_be_bytes());
    md5.update(bytes);
}

/// The deduplication id that content-based deduplication gives a body.
pub fn deduplication_id(body: &str) -> String {
    hex::encode(Sha256::digest(body.as_bytes()))
}

/// Sixteen bytes that stand for a text of any length in a key.
pub fn short(parts: &[&str]) -> [u8; 16] {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update((part.len() as u64).to_be_bytes());
        sha.update(part.as_bytes());
    }
    let mut out = [0; 16];
    out.copy_from_slice(&sha.finalize()[..16]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute(data_type: &str, value: &str) -> Attribute {
        Attribute { data_type: data_type.into(), value: Value::Text(value.into()) }
    }

    fn hex_of(attributes: &[(&str, Attribute)]) -> String {
        text(of_attributes(attributes.iter().map(|(n, a)| (*n, a))).unwrap())
    }

    #[test]
    fn digests_are_those_that_aws_answered() {
        // Recorded from AWS (LocalStack's validated snapshots, as facts).
        assert_eq!(text(of_body("message-1")), "3d6b824fd8c1520e9a047d21fee6fb1f");
        assert_eq!(
            hex_of(&[("MyAttribute", attribute("String", "foobar"))]),
            "adb59cd4678ea5a855436b949cd07ab6"
        );
        let three = [
            ("General", attribute("String", "Kenobi")),
            ("Hello", attribute("String", "There")),
            ("Help.Me", attribute("String", "Me")),
        ];
        assert_eq!(hex_of(&three), "4c360f3fdafd970e05fae2f149d997f5");
        let binary = Attribute {
            data_type: "Binary".into(),
            value: Value::Binary(
                b"traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01".to_vec(),
            ),
        };
        assert_eq!(hex_of(&[("attr1", binary)]), "8cbe4db156db8a94db8b801b7addb984");
        assert!(of_attributes([]).is_none());
    }

    #[test]
    fn parts_cannot_be_confused() {
        assert_ne!(short(&["ab", "c"]), short(&["a", "bc"]));
        assert_eq!(
            deduplication_id("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
