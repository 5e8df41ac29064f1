//! Stored records: a format number and the fields, decoded by a reader that migrates what older formats wrote.

use std::cmp::Ordering;

use serde::{Serialize, de::DeserializeOwned};
use wire::Fault;

/// A type that is stored. Its fields are written with postcard after one byte that names the format.
///
/// To change a record: keep the old struct as the `Previous` of the new one, raise `FORMAT`, write `migrate`.
pub trait Record: Serialize + DeserializeOwned {
    /// The number of this format. It rises by one with each change.
    const FORMAT: u8;
    /// The format before this one; `Self` for the first.
    type Previous: Record;

    /// What a record of the format before becomes.
    fn migrate(previous: Self::Previous) -> Self;

    /// The stored form.
    ///
    /// # Panics
    /// Never: writing to memory cannot fail, and no record holds a type that postcard refuses.
    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(128);
        out.push(Self::FORMAT);
        postcard::to_extend(self, out).expect("records are made of plain data")
    }

    /// Reads a stored form of this or any earlier format.
    fn decode(stored: &[u8]) -> Result<Self, Fault> {
        let (format, fields) = stored.split_first().ok_or_else(|| damaged::<Self>("is empty"))?;
        match format.cmp(&Self::FORMAT) {
            Ordering::Equal => postcard::from_bytes(fields).map_err(|e| damaged::<Self>(&e.to_string())),
            // Formats begin at 1: before the first there is none to ask.
            Ordering::Less if *format == 0 => Err(damaged::<Self>("has no format")),
            Ordering::Less => Ok(Self::migrate(Self::Previous::decode(stored)?)),
            Ordering::Greater => Err(damaged::<Self>("was written by a newer Kumiki")),
        }
    }
}

/// For the first format of a record, which has nothing before it.
#[macro_export]
macro_rules! first_format {
    ($($record:ty),+ $(,)?) => {$(
        impl $crate::Record for $record {
            const FORMAT: u8 = 1;
            type Previous = Self;
            fn migrate(previous: Self) -> Self {
                previous
            }
        }
    )+};
}

fn damaged<R>(how: &str) -> Fault {
    crate::fault::internal(format!("a stored {} {how}", std::any::type_name::<R>()))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Serialize, Deserialize, PartialEq, Debug)]
    struct Old {
        name: String,
    }
    first_format!(Old);

    #[derive(Serialize, Deserialize, PartialEq, Debug)]
    struct New {
        name: String,
        size: u64,
    }
    impl Record for New {
        const FORMAT: u8 = 2;
        type Previous = Old;
        fn migrate(previous: Old) -> Self {
            Self { name: previous.name, size: 0 }
        }
    }

    #[test]
    fn older_formats_are_read_and_newer_ones_refused() {
        let stored = Old { name: "a".into() }.encode();
        assert_eq!(New::decode(&stored).unwrap(), New { name: "a".into(), size: 0 });
        let newer = New { name: "a".into(), size: 1 }.encode();
        assert!(Old::decode(&newer).is_err());
        assert!(New::decode(&[]).is_err());
        assert!(New::decode(&[0, 1]).is_err());
        assert!(New::decode(&newer[..2]).is_err());
    }
}
