//! The checksums that clients may ask for beside the ETag, and how those of parts make one of the whole.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html>

use base64::{Engine as _, engine::general_purpose::STANDARD};
use crc_fast::{CrcAlgorithm, checksum_combine};
use md5::Md5;
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use xxhash_rust::{xxh3::Xxh3, xxh64::Xxh64};

/// A checksum algorithm.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Algorithm {
    /// CRC-32 of ISO 3309.
    Crc32,
    /// CRC-32 of Castagnoli.
    Crc32c,
    /// CRC-64 of NVM Express: the one that objects get when the client names none.
    Crc64Nvme,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
    /// MD5.
    Md5,
    /// XXH64.
    XxHash64,
    /// XXH3 of 64 bits.
    XxHash3,
    /// XXH3 of 128 bits.
    XxHash128,
}

/// Whether a checksum is that of the object's bytes or of its parts' checksums.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// Of all bytes in a row.
    FullObject,
    /// Of the parts' checksums in a row.
    Composite,
}

/// A checksum.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Value {
    /// How it was computed.
    pub algorithm: Algorithm,
    /// Big-endian.
    pub bytes: Vec<u8>,
}

/// The checksum of an object.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Checksum {
    /// The checksum itself.
    pub value: Value,
    /// Of what.
    pub kind: Kind,
    /// Of how many parts, where it is composite.
    pub parts: u16,
}

impl Algorithm {
    /// All of them, in the order in which AWS lists them.
    pub const ALL: [Self; 10] = [
        Self::Crc32,
        Self::Crc32c,
        Self::Crc64Nvme,
        Self::Sha1,
        Self::Sha256,
        Self::Sha512,
        Self::Md5,
        Self::XxHash64,
        Self::XxHash3,
        Self::XxHash128,
    ];

    /// As members and listings spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "CRC32",
            Self::Crc32c => "CRC32C",
            Self::Crc64Nvme => "CRC64NVME",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
            Self::Md5 => "MD5",
            Self::XxHash64 => "XXHASH64",
            Self::XxHash3 => "XXHASH3",
            Self::XxHash128 => "XXHASH128",
        }
    }

    /// As some messages spell it.
    pub fn lower(self) -> &'static str {
        match self {
            Self::Crc32 => "crc32",
            Self::Crc32c => "crc32c",
            Self::Crc64Nvme => "crc64nvme",
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
            Self::Md5 => "md5",
            Self::XxHash64 => "xxhash64",
            Self::XxHash3 => "xxhash3",
            Self::XxHash128 => "xxhash128",
        }
    }

    /// The header (or trailer) that carries it.
    pub fn header(self) -> &'static str {
        match self {
            Self::Crc32 => "x-amz-checksum-crc32",
            Self::Crc32c => "x-amz-checksum-crc32c",
            Self::Crc64Nvme => "x-amz-checksum-crc64nvme",
            Self::Sha1 => "x-amz-checksum-sha1",
            Self::Sha256 => "x-amz-checksum-sha256",
            Self::Sha512 => "x-amz-checksum-sha512",
            Self::Md5 => "x-amz-checksum-md5",
            Self::XxHash64 => "x-amz-checksum-xxhash64",
            Self::XxHash3 => "x-amz-checksum-xxhash3",
            Self::XxHash128 => "x-amz-checksum-xxhash128",
        }
    }

    /// From a member; case does not matter to AWS.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.name().eq_ignore_ascii_case(name))
    }

    /// Length of a checksum in bytes.
    pub fn length(self) -> usize {
        match self {
            Self::Crc32 | Self::Crc32c => 4,
            Self::Crc64Nvme | Self::XxHash64 | Self::XxHash3 => 8,
            Self::Md5 | Self::XxHash128 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }

    fn crc(self) -> Option<CrcAlgorithm> {
        match self {
            Self::Crc32 => Some(CrcAlgorithm::Crc32IsoHdlc),
            Self::Crc32c => Some(CrcAlgorithm::Crc32Iscsi),
            Self::Crc64Nvme => Some(CrcAlgorithm::Crc64Nvme),
            _ => None,
        }
    }

    /// The kind that uploads in parts get when the client names the algorithm only.
    pub fn kind_default(self) -> Kind {
        if self == Self::Crc64Nvme { Kind::FullObject } else { Kind::Composite }
    }

    /// Whether AWS offers the two together.
    pub fn allows(self, kind: Kind) -> bool {
        match kind {
            Kind::FullObject => self.crc().is_some(),
            Kind::Composite => self != Self::Crc64Nvme,
        }
    }
}

impl Kind {
    /// As members spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::FullObject => "FULL_OBJECT",
            Self::Composite => "COMPOSITE",
        }
    }

    /// From a member.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::FullObject, Self::Composite].into_iter().find(|k| k.name() == name)
    }
}

impl Value {
    /// From base64, if it is a checksum of this algorithm.
    pub fn parse(algorithm: Algorithm, text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text).ok()?;
        (bytes.len() == algorithm.length()).then_some(Self { algorithm, bytes })
    }

    /// In base64.
    pub fn text(&self) -> String {
        STANDARD.encode(&self.bytes)
    }

    /// The checksum of `bytes`.
    pub fn of(algorithm: Algorithm, bytes: &[u8]) -> Self {
        let mut hasher = Hasher::new(algorithm);
        hasher.update(bytes);
        hasher.finish()
    }
}

impl Checksum {
    /// Of all bytes of an object.
    pub fn full(value: Value) -> Self {
        Self { value, kind: Kind::FullObject, parts: 0 }
    }

    /// As headers carry it: base64, and the number of parts behind a composite one.
    pub fn text(&self) -> String {
        match self.kind {
            Kind::FullObject => self.value.text(),
            Kind::Composite => format!("{}-{}", self.value.text(), self.parts),
        }
    }

    /// That of an object from those of its parts and their lengths in bytes. `None` where the parts' checksums are
    /// of another algorithm, or cannot be put together.
    pub fn of_parts<'a>(
        algorithm: Algorithm,
        kind: Kind,
        parts: impl Iterator<Item = (&'a Value, u64)>,
    ) -> Option<Self> {
        match kind {
            Kind::Composite => {
                let (mut hasher, mut count) = (Hasher::new(algorithm), 0);
                for (part, _) in parts {
                    if part.algorithm != algorithm {
                        return None;
                    }
                    hasher.update(&part.bytes);
                    count += 1;
                }
                Some(Self { value: hasher.finish(), kind, parts: count })
            }
            Kind::FullObject => {
                let crc = algorithm.crc()?;
                let mut whole = number(&Value::of(algorithm, &[]));
                for (part, length) in parts {
                    if part.algorithm != algorithm {
                        return None;
                    }
                    whole = checksum_combine(crc, whole, number(part), length);
                }
                Some(Self::full(from_number(algorithm, whole)))
            }
        }
    }
}

fn number(value: &Value) -> u64 {
    value.bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b))
}

fn from_number(algorithm: Algorithm, number: u64) -> Value {
    Value { algorithm, bytes: number.to_be_bytes()[8 - algorithm.length()..].to_vec() }
}

/// A checksum under way.
pub enum Hasher {
    /// A CRC.
    Crc(Algorithm, crc_fast::Digest),
    /// SHA-1.
    Sha1(Sha1),
    /// SHA-256.
    Sha256(Sha256),
    /// SHA-512.
    Sha512(Box<Sha512>),
    /// MD5.
    Md5(Md5),
    /// XXH64.
    Xxh64(Xxh64),
    /// XXH3, of 64 or 128 bits.
    Xxh3(Algorithm, Box<Xxh3>),
}

impl Hasher {
    /// Of nothing yet.
    pub fn new(algorithm: Algorithm) -> Self {
        if let Some(crc) = algorithm.crc() {
            return Self::Crc(algorithm, crc_fast::Digest::new(crc));
        }
        match algorithm {
            Algorithm::Sha1 => Self::Sha1(Sha1::new()),
            Algorithm::Sha512 => Self::Sha512(Box::new(Sha512::new())),
            Algorithm::Md5 => Self::Md5(Md5::new()),
            Algorithm::XxHash64 => Self::Xxh64(Xxh64::new(0)),
            Algorithm::XxHash3 | Algorithm::XxHash128 => Self::Xxh3(algorithm, Box::new(Xxh3::new())),
            _ => Self::Sha256(Sha256::new()),
        }
    }

    /// With these bytes behind the others.
    pub fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Crc(_, digest) => digest.update(bytes),
            Self::Sha1(digest) => digest.update(bytes),
            Self::Sha256(digest) => digest.update(bytes),
            Self::Sha512(digest) => digest.update(bytes),
            Self::Md5(digest) => digest.update(bytes),
            Self::Xxh64(digest) => digest.update(bytes),
            Self::Xxh3(_, digest) => digest.update(bytes),
        }
    }

    /// The checksum.
    pub fn finish(self) -> Value {
        let (algorithm, bytes) = match self {
            Self::Crc(algorithm, digest) => return from_number(algorithm, digest.finalize()),
            Self::Sha1(digest) => (Algorithm::Sha1, digest.finalize().to_vec()),
            Self::Sha256(digest) => (Algorithm::Sha256, digest.finalize().to_vec()),
            Self::Sha512(digest) => (Algorithm::Sha512, digest.finalize().to_vec()),
            Self::Md5(digest) => (Algorithm::Md5, digest.finalize().to_vec()),
            // The canonical form of the xxHash family is big-endian.
            Self::Xxh64(digest) => (Algorithm::XxHash64, digest.digest().to_be_bytes().to_vec()),
            Self::Xxh3(Algorithm::XxHash128, digest) => {
                (Algorithm::XxHash128, digest.digest128().to_be_bytes().to_vec())
            }
            Self::Xxh3(algorithm, digest) => (algorithm, digest.digest().to_be_bytes().to_vec()),
        };
        Value { algorithm, bytes }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_are_those_of_the_catalogues() {
        // The check values of "123456789" in the CRC catalogue; FIPS 180; RFC 1321; the reference program of xxHash.
        let table = [
            (Algorithm::Crc32, "cbf43926"),
            (Algorithm::Crc32c, "e3069283"),
            (Algorithm::Crc64Nvme, "ae8b14860a799888"),
            (Algorithm::Sha1, "f7c3bc1d808e04732adf679965ccc34ca7ae3441"),
            (Algorithm::Sha256, "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"),
            (
                Algorithm::Sha512,
                "d9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274a\
                 d27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85",
            ),
            (Algorithm::Md5, "25f9e794323b453885f5181f1b624d0b"),
            (Algorithm::XxHash64, "8cb841db40e6ae83"),
            (Algorithm::XxHash3, "72dcb18b67a17dff"),
            (Algorithm::XxHash128, "33119477ede5dcd5e9716427681d5860"),
        ];
        for (algorithm, expected) in table {
            let value = Value::of(algorithm, b"123456789");
            assert_eq!(hex::encode(&value.bytes), expected);
            assert_eq!(Value::parse(algorithm, &value.text()), Some(value));
            assert_eq!(Algorithm::parse(&algorithm.name().to_lowercase()), Some(algorithm));
        }
        assert_eq!(Value::parse(Algorithm::Crc32, "AAAA"), None);
        assert_eq!(Value::parse(Algorithm::Crc32, "not base64!"), None);
    }

    #[test]
    fn composite_checksums_are_of_checksums() {
        let parts = [Value::of(Algorithm::Sha256, b"a"), Value::of(Algorithm::Sha256, b"b")];
        let whole =
            Checksum::of_parts(Algorithm::Sha256, Kind::Composite, parts.iter().map(|p| (p, 1))).unwrap();
        let expected = Value::of(Algorithm::Sha256, &[&parts[0].bytes[..], &parts[1].bytes[..]].concat());
        assert_eq!(whole.text(), format!("{}-2", expected.text()));
        let mixed = [Value::of(Algorithm::Sha256, b"a"), Value::of(Algorithm::Sha1, b"b")];
        let refused = Checksum::of_parts(Algorithm::Sha256, Kind::Composite, mixed.iter().map(|p| (p, 1)));
        assert_eq!(refused, None);
        assert_eq!(Checksum::of_parts(Algorithm::Sha1, Kind::FullObject, std::iter::empty()), None);
    }

    proptest! {
        #[test]
        fn crcs_of_parts_make_that_of_the_whole(parts in prop::collection::vec(any::<Vec<u8>>(), 0..6)) {
            for algorithm in [Algorithm::Crc32, Algorithm::Crc32c, Algorithm::Crc64Nvme] {
                let values: Vec<_> = parts.iter().map(|p| (Value::of(algorithm, p), p.len() as u64)).collect();
                let whole =
                    Checksum::of_parts(algorithm, Kind::FullObject, values.iter().map(|(v, l)| (v, *l))).unwrap();
                prop_assert_eq!(whole.value, Value::of(algorithm, &parts.concat()));
            }
        }
    }
}
