//! What a listing shows of a version, read from its record without what it does not show: a page reads a thousand.

use std::{fmt, marker::PhantomData};

use floor::Record as _;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use wire::Answer;

use super::{Data, Header, Order, Sealing, Version};
use crate::{
    checksum::{Algorithm, Kind},
    etag::ETag,
    more::More,
};

// Its fields are those of `Version`, in their order: another format of that needs another one of this.
const _: () = assert!(Version::FORMAT == 1, "`Glance` reads the first format of versions");

/// A version as listings show it. See [`Version`].
#[derive(Deserialize, Debug)]
pub struct Glance<'a> {
    _order: Order,
    _null: bool,
    /// Since when, in milliseconds since 1970.
    pub modified_ms: u64,
    /// The object; none: a delete marker.
    #[serde(borrow)]
    pub object: Option<Seen<'a>>,
}

/// An object as listings show it. See [`super::Object`].
#[derive(Deserialize, Debug)]
pub struct Seen<'a> {
    /// In bytes.
    pub size: u64,
    /// Its entity tag.
    pub etag: ETag,
    /// Its checksum.
    #[serde(borrow)]
    pub checksum: Option<Checksum<'a>>,
    _data: Data,
    /// What the client said of it.
    #[serde(borrow)]
    pub about: About<'a>,
    _sealing: Sealing,
    /// What few objects have.
    pub more: Option<Box<More>>,
}

/// See [`crate::checksum::Checksum`].
#[derive(Deserialize, Debug)]
pub struct Checksum<'a> {
    /// The checksum itself.
    #[serde(borrow)]
    pub value: Value<'a>,
    /// Of what.
    pub kind: Kind,
    _parts: u16,
}

/// See [`crate::checksum::Value`].
#[derive(Deserialize, Debug)]
pub struct Value<'a> {
    /// How it was computed.
    pub algorithm: Algorithm,
    _bytes: &'a [u8],
}

/// See [`super::About`].
#[derive(Deserialize, Debug)]
pub struct About<'a> {
    #[serde(borrow)]
    _headers: Passed<(Header, &'a [u8])>,
    #[serde(borrow)]
    _metadata: Passed<(&'a [u8], &'a [u8])>,
    #[serde(borrow)]
    _tags: PassedList<(&'a [u8], &'a [u8])>,
    /// The storage class; none for STANDARD.
    pub storage_class: Option<&'a str>,
}

impl<'a> Glance<'a> {
    /// At the record of a version, with or without the body behind it: see [`super::pack`].
    pub fn at(value: &'a [u8]) -> Answer<Self> {
        let stored = value.get(4..head(value)).and_then(<[u8]>::split_first);
        match stored {
            Some((&Version::FORMAT, fields)) => postcard::from_bytes(fields)
                .map_err(|e| floor::fault::internal(format!("a stored version does not read: {e}"))),
            _ => Err(floor::fault::internal("a stored version is cut short or of no known format")),
        }
    }
}

/// Bytes of a version's record before the body.
pub fn head(value: &[u8]) -> usize {
    value.first_chunk::<4>().map_or(0, |length| 4 + u32::from_le_bytes(*length) as usize)
}

/// A map that is passed over.
#[derive(Debug)]
struct Passed<T>(PhantomData<T>);

/// A list that is passed over.
#[derive(Debug)]
struct PassedList<T>(PhantomData<T>);

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Passed<(K, V)> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Pass<K, V>(PhantomData<(K, V)>);
        impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for Pass<K, V> {
            type Value = ();
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<(), A::Error> {
                while all.next_entry::<K, V>()?.is_some() {}
                Ok(())
            }
        }
        from.deserialize_map(Pass::<K, V>(PhantomData)).map(|()| Self(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for PassedList<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Pass<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Pass<T> {
            type Value = ();
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<(), A::Error> {
                while all.next_element::<T>()?.is_some() {}
                Ok(())
            }
        }
        from.deserialize_seq(Pass::<T>(PhantomData)).map(|()| Self(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        checksum,
        more::Restored,
        records::{self, DataId, OfKms, Parts, UploadId, pack},
    };

    fn versions() -> Vec<Version> {
        let bare = records::Object {
            size: 5,
            etag: ETag::whole([7; 16]),
            checksum: None,
            data: Data::Inline,
            about: records::About::default(),
            sealing: Sealing::Bucket,
            more: None,
        };
        let texts = |n: usize| (0..n).map(|i| (format!("k{i}"), "é".repeat(i))).collect::<BTreeMap<_, _>>();
        let full = records::Object {
            etag: ETag { md5: [255; 16], parts: 10_000 },
            checksum: Some(checksum::Checksum {
                value: checksum::Value { algorithm: Algorithm::Sha256, bytes: vec![128; 32] },
                kind: Kind::Composite,
                parts: 3,
            }),
            data: Data::Parts(Parts {
                manifest: DataId([200; 16]),
                count: 3,
                upload: UploadId { order: u64::MAX, secret: 1 },
            }),
            about: records::About {
                headers: BTreeMap::from([
                    (Header::ContentType, "text/plain".to_owned()),
                    (Header::Expires, String::new()),
                ]),
                metadata: texts(200),
                tags: texts(10).into_iter().collect(),
                storage_class: Some("GLACIER".to_owned()),
            },
            sealing: Sealing::Kms(Box::new(OfKms {
                key: "arn:aws:kms:us-east-1:000000000000:key/k".to_owned(),
                data_key: vec![1; 184],
                context: Some("{}".to_owned()),
                bucket_key: true,
                dual_layer: false,
            })),
            more: Some(Box::new(More {
                restored: Some(Restored { ready_ms: 1, until_ms: 2 }),
                ..More::default()
            })),
            size: u64::MAX,
        };
        let of = |object| Version { order: Order(u64::MAX), null: true, modified_ms: 1 << 40, object };
        vec![of(None), of(Some(bare)), of(Some(full))]
    }

    #[test]
    fn it_sees_what_is_stored() {
        for version in versions() {
            let stored = pack(&version, b"a body");
            let head = &stored[..head(&stored)];
            assert_eq!(head.len(), stored.len() - 6);
            let glance = Glance::at(head).unwrap();
            assert_eq!(glance.modified_ms, version.modified_ms);
            assert_eq!(glance.object.is_some(), version.object.is_some());
            let (Some(seen), Some(object)) = (glance.object, version.object) else { continue };
            assert_eq!((seen.size, seen.etag, &seen.more), (object.size, object.etag, &object.more));
            assert_eq!(seen.about.storage_class, object.about.storage_class.as_deref());
            let checksum = object.checksum.as_ref().map(|c| (c.value.algorithm, c.kind));
            assert_eq!(seen.checksum.map(|c| (c.value.algorithm, c.kind)), checksum);
        }
    }

    #[test]
    fn what_is_cut_short_is_told() {
        for version in versions() {
            let stored = pack(&version, b"");
            for length in 0..stored.len() {
                assert!(Glance::at(&stored[..length]).is_err());
            }
        }
    }
}
