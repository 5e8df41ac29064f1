//! Lists in pages: `MaxItems` and `Marker` in, `IsTruncated` and `Marker` out.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use floor::{Answer, Fault, Get, Key, KeyRange, Record};

use crate::{fault, limits};

/// One page.
pub(crate) struct Page<T> {
    /// What is on it.
    pub(crate) items: Vec<T>,
    /// Where the next one begins; `None` on the last.
    pub(crate) marker: Option<String>,
}

impl<T> Page<T> {
    /// `IsTruncated`.
    pub(crate) fn is_truncated(&self) -> bool {
        self.marker.is_some()
    }
}

/// A page of the records under `family` for which `keep` has an answer, in the order of their keys.
pub(crate) async fn of_records<R, T, U>(
    read: &R,
    family: &Key,
    (marker, max): (Option<&String>, Option<i32>),
    keep: impl Fn(T) -> Option<U> + Send + Sync,
) -> Answer<Page<U>>
where
    R: Get,
    T: Record + Send,
    U: Send,
{
    let keep = |_: &Bytes, value: &Bytes| Ok(keep(T::decode(value)?));
    of_pairs(read, family, (marker, max), keep).await
}

/// A page of the pairs under `family` for which `keep` has an answer, in the order of their keys.
pub(crate) async fn of_pairs<R, U>(
    read: &R,
    family: &Key,
    (marker, max): (Option<&String>, Option<i32>),
    keep: impl Fn(&Bytes, &Bytes) -> Answer<Option<U>> + Send + Sync,
) -> Answer<Page<U>>
where
    R: Get,
    U: Send,
{
    let most = max.map_or(limits::PAGE_DEFAULT, |max| max.max(1) as usize);
    let all = family.all();
    let mut start = match marker {
        None => all.start.clone(),
        Some(marker) => Bytes::from([&all.start[..], &read_marker(marker)?].concat()),
    };
    let mut items = Vec::new();
    loop {
        let range = KeyRange::new(start.clone(), all.end.clone());
        let pairs = read.range(range, 200).await?;
        let Some((last, _)) = pairs.last() else { return Ok(Page { items, marker: None }) };
        start = Bytes::from([&last[..], &[0]].concat());
        for (key, value) in &pairs {
            let Some(item) = keep(key, value)? else { continue };
            if items.len() == most {
                return Ok(Page { items, marker: Some(URL_SAFE_NO_PAD.encode(&key[all.start.len()..])) });
            }
            items.push(item);
        }
    }
}

/// A page of a list that is at hand.
pub(crate) fn of_list<T>(all: Vec<T>, (marker, max): (Option<&String>, Option<i32>)) -> Answer<Page<T>> {
    let most = max.map_or(limits::PAGE_DEFAULT, |max| max.max(1) as usize);
    let first = match marker {
        None => 0,
        Some(marker) => {
            let bytes: [u8; 4] = read_marker(marker)?.try_into().map_err(|_| invalid_marker())?;
            u32::from_be_bytes(bytes) as usize
        }
    };
    let next = first.saturating_add(most);
    let marker = (next < all.len()).then(|| URL_SAFE_NO_PAD.encode((next as u32).to_be_bytes()));
    Ok(Page { items: all.into_iter().skip(first).take(most).collect(), marker })
}

fn read_marker(marker: &str) -> Answer<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(marker).map_err(|_| invalid_marker())
}

fn invalid_marker() -> Fault {
    fault::validation_text("Invalid Marker.")
}
