//! How writes stand in a batch: what the log keeps and replays.
//!
//! | kind | then |
//! |---|---|
//! | 1 put | key length u16, value length u32, CRC-32C of key and value u32, key, value |
//! | 2 delete | key length u16, key |
//! | 3 clear (of the base) | start length u16, end length u16, start, end |
//!
//! All numbers are little-endian.

use bytes::{Buf, BufMut, Bytes};

use crate::StoreError;

const PUT: u8 = 1;
const DELETE: u8 = 2;
const CLEAR: u8 = 3;

/// One write.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Record {
    Put { key: Bytes, crc: u32, value: Bytes },
    Delete { key: Bytes },
    Clear { start: Bytes, end: Bytes },
}

impl Record {
    /// Bytes of [`Record::encode`].
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Put { key, value, .. } => 11 + key.len() + value.len(),
            Self::Delete { key } => 3 + key.len(),
            Self::Clear { start, end } => 5 + start.len() + end.len(),
        }
    }

    /// Appends the record.
    pub(crate) fn encode(&self, to: &mut Vec<u8>) {
        match self {
            Self::Put { key, crc, value } => {
                to.put_u8(PUT);
                to.put_u16_le(key.len() as u16);
                to.put_u32_le(value.len() as u32);
                to.put_u32_le(*crc);
                to.put_slice(key);
                to.put_slice(value);
            }
            Self::Delete { key } => {
                to.put_u8(DELETE);
                to.put_u16_le(key.len() as u16);
                to.put_slice(key);
            }
            Self::Clear { start, end } => {
                to.put_u8(CLEAR);
                to.put_u16_le(start.len() as u16);
                to.put_u16_le(end.len() as u16);
                to.put_slice(start);
                to.put_slice(end);
            }
        }
    }

    /// Takes the next record from the front; its keys and values share the memory of `from`.
    pub(crate) fn decode(from: &mut Bytes) -> Result<Self, StoreError> {
        let short = || StoreError::damaged("a batch ends within a record");
        let take = |from: &mut Bytes, n: usize| {
            if from.len() < n { Err(short()) } else { Ok(from.split_to(n)) }
        };
        let kind = from.try_get_u8().map_err(|_| short())?;
        match kind {
            PUT => {
                let mut head = take(from, 10)?;
                let (key, value) = (head.get_u16_le(), head.get_u32_le());
                let crc = head.get_u32_le();
                Ok(Self::Put { key: take(from, key.into())?, crc, value: take(from, value as usize)? })
            }
            DELETE => {
                let key = take(from, 2)?.get_u16_le();
                Ok(Self::Delete { key: take(from, key.into())? })
            }
            CLEAR => {
                let mut head = take(from, 4)?;
                let (start, end) = (head.get_u16_le(), head.get_u16_le());
                Ok(Self::Clear { start: take(from, start.into())?, end: take(from, end.into())? })
            }
            other => Err(StoreError::damaged(format!("a record of the unknown kind {other}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bytes() -> impl Strategy<Value = Bytes> {
        prop::collection::vec(any::<u8>(), 0..40).prop_map(Bytes::from)
    }

    fn record() -> impl Strategy<Value = Record> {
        prop_oneof![
            (bytes(), any::<u32>(), bytes()).prop_map(|(key, crc, value)| Record::Put { key, crc, value }),
            bytes().prop_map(|key| Record::Delete { key }),
            (bytes(), bytes()).prop_map(|(start, end)| Record::Clear { start, end }),
        ]
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(records in prop::collection::vec(record(), 0..20)) {
            let mut buffer = Vec::new();
            for r in &records {
                r.encode(&mut buffer);
            }
            prop_assert_eq!(buffer.len(), records.iter().map(Record::len).sum::<usize>());
            let mut rest = Bytes::from(buffer);
            for r in &records {
                prop_assert_eq!(&Record::decode(&mut rest).unwrap(), r);
            }
            prop_assert!(rest.is_empty());
        }

        #[test]
        fn no_bytes_upset_the_decoder(bytes in bytes()) {
            let mut rest = bytes;
            while !rest.is_empty() && Record::decode(&mut rest).is_ok() {}
        }
    }
}
