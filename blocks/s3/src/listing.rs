//! Paging through ordered keys with a prefix and a delimiter, at a cost that follows the page: what a delimiter rolls
//! up is skipped by seeking behind it, however much it holds.

use std::future::Future;

use floor::key::successor;
use wire::Answer;

/// Ordered things with keys, of which several may share one.
pub trait Source: Sync {
    /// One of them.
    type Item: Send;
    /// A place between two of them.
    type At: Place;

    /// The key of a thing.
    fn key(item: &Self::Item) -> &str;

    /// The place behind a thing.
    fn behind(item: &Self::Item) -> Self::At;

    /// Up to `limit` things in order, from `from` on, whose keys are less than `end`. Fewer than `limit` means that
    /// there are no more.
    fn read(
        &self,
        from: &Self::At,
        end: Option<&[u8]>,
        limit: usize,
    ) -> impl Future<Output = Answer<Vec<Self::Item>>> + Send;
}

/// A place in an order of keys.
pub trait Place: Clone + Send + Sync {
    /// Before the first thing whose key is not less than `key`.
    fn before(key: &[u8]) -> Self;

    /// The key that it stands in front of, or within.
    fn key(&self) -> &[u8];
}

impl Place for Vec<u8> {
    fn before(key: &[u8]) -> Self {
        key.to_vec()
    }
    fn key(&self) -> &[u8] {
        self
    }
}

/// What to list.
#[derive(Clone, Debug)]
pub struct Query<'a, A> {
    /// Only keys that begin with this.
    pub prefix: &'a str,
    /// Keys that have this behind the prefix are rolled up to there. Not empty.
    pub delimiter: Option<&'a str>,
    /// From here on.
    pub start: A,
    /// At most so many keys and rolled-up prefixes together.
    pub max: usize,
}

/// One page.
#[derive(Debug)]
pub struct Page<I, A> {
    /// The things that are not rolled up.
    pub items: Vec<I>,
    /// The prefixes to which others are rolled up, each once.
    pub prefixes: Vec<String>,
    /// Where the next page begins, if there is one.
    pub next: Option<A>,
    /// Whether the last entry is a prefix.
    pub ends_with_prefix: bool,
}

/// The smallest read: what a prefix rolls up is skipped after as much. A read is at most twice as long as what the one
/// before it was good for, so that a page costs a few records for each of its entries, whatever it passes by.
const READ_MIN: usize = 4;
const READ_FIRST: usize = 32;
const READ_MAX: usize = 1001;

/// The page that `query` asks for.
pub async fn page<S: Source>(source: &S, query: &Query<'_, S::At>) -> Answer<Page<S::Item, S::At>> {
    let prefix = query.prefix.as_bytes();
    let end = (!prefix.is_empty()).then(|| successor(prefix));
    let mut page = Page { items: Vec::new(), prefixes: Vec::new(), next: None, ends_with_prefix: false };
    if query.max == 0 {
        return Ok(page);
    }
    let start = if query.start.key() < prefix { S::At::before(prefix) } else { query.start.clone() };
    let mut at = start.clone();
    // Where to go on, where the last entry is a prefix.
    let mut behind_prefix: Option<S::At> = None;
    let behind = |page: &Page<S::Item, S::At>, behind_prefix: &Option<S::At>| match behind_prefix {
        Some(at) => at.clone(),
        None => page.items.last().map_or_else(|| start.clone(), S::behind),
    };
    let mut want = READ_FIRST;
    loop {
        let before = page.items.len() + page.prefixes.len();
        let open = query.max - before + 1;
        let limit = if query.delimiter.is_some() { want.min(open) } else { open }.min(READ_MAX);
        let items = source.read(&at, end.as_deref(), limit).await?;
        let is_last = items.len() < limit;
        let mut skip_to: Option<Vec<u8>> = None;
        for item in items {
            let key = S::key(&item);
            if skip_to.as_ref().is_some_and(|bound| key.as_bytes() < &bound[..]) {
                continue;
            }
            skip_to = None;
            if page.items.len() + page.prefixes.len() == query.max {
                page.next = Some(behind(&page, &behind_prefix));
                return Ok(page);
            }
            if let Some(common) = rolled_up(key, query.prefix, query.delimiter) {
                let bound = successor(common.as_bytes()).to_vec();
                page.prefixes.push(common.to_owned());
                page.ends_with_prefix = true;
                behind_prefix = Some(S::At::before(&bound));
                skip_to = Some(bound);
            } else {
                page.items.push(item);
                page.ends_with_prefix = false;
                behind_prefix = None;
            }
        }
        if is_last {
            return Ok(page);
        }
        at = behind(&page, &behind_prefix);
        want = (2 * (page.items.len() + page.prefixes.len() - before)).clamp(READ_MIN, READ_MAX);
    }
}

/// The prefix to which `key` is rolled up, if it is.
pub fn rolled_up<'k>(key: &'k str, prefix: &str, delimiter: Option<&str>) -> Option<&'k str> {
    let delimiter = delimiter?;
    let at = key.get(prefix.len()..)?.find(delimiter)?;
    Some(&key[..prefix.len() + at + delimiter.len()])
}

/// Where a listing goes on behind `marker`, which is a key or a rolled-up prefix of an earlier page: what the marker
/// lies within is not rolled up again.
pub fn behind_marker(marker: &str, prefix: &str, delimiter: Option<&str>) -> Vec<u8> {
    let within = if marker.starts_with(prefix) { rolled_up(marker, prefix, delimiter) } else { None };
    match within {
        Some(common) => successor(common.as_bytes()).to_vec(),
        None => behind_key(marker),
    }
}

/// The place behind a key.
pub fn behind_key(key: &str) -> Vec<u8> {
    let mut at = Vec::with_capacity(key.len() + 1);
    at.extend_from_slice(key.as_bytes());
    at.push(0);
    at
}

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeSet,
        sync::atomic::{AtomicUsize, Ordering},
    };

    use futures_util::FutureExt as _;
    use proptest::prelude::*;

    use super::*;

    #[derive(Default)]
    struct Keys {
        keys: BTreeSet<String>,
        seen: AtomicUsize,
    }

    impl Source for Keys {
        type Item = String;
        type At = Vec<u8>;

        fn key(item: &String) -> &str {
            item
        }
        fn behind(item: &String) -> Vec<u8> {
            behind_key(item)
        }
        async fn read(&self, from: &Vec<u8>, end: Option<&[u8]>, limit: usize) -> Answer<Vec<String>> {
            let is_in = |k: &&String| k.as_bytes() >= &from[..] && end.is_none_or(|e| k.as_bytes() < e);
            let found: Vec<_> = self.keys.iter().filter(is_in).take(limit).cloned().collect();
            self.seen.fetch_add(found.len() + 1, Ordering::Relaxed);
            Ok(found)
        }
    }

    fn one(source: &Keys, query: &Query<'_, Vec<u8>>) -> Page<String, Vec<u8>> {
        page(source, query).now_or_never().expect("nothing waits").unwrap()
    }

    /// The rules in their plainest form: every key is looked at.
    fn model(keys: &BTreeSet<String>, prefix: &str, delimiter: Option<&str>) -> Vec<String> {
        let mut all = Vec::new();
        for key in keys.iter().filter(|k| k.starts_with(prefix)) {
            let entry =
                match delimiter.and_then(|d| key[prefix.len()..].split_once(d).map(|(head, _)| (head, d))) {
                    Some((head, d)) => format!("{prefix}{head}{d}"),
                    None => key.clone(),
                };
            if all.last() != Some(&entry) {
                all.push(entry);
            }
        }
        all
    }

    fn merged(page: &Page<String, Vec<u8>>) -> Vec<String> {
        let mut all: Vec<_> = page.items.iter().chain(&page.prefixes).cloned().collect();
        all.sort();
        all
    }

    proptest! {
        #[test]
        fn pages_put_together_are_the_whole(
            keys in prop::collection::btree_set("[ab/é]{0,5}", 0..60),
            prefix in "[ab/é]{0,2}",
            delimiter in prop::option::of(prop::sample::select(vec!["/", "a", "b/", "é"])),
            max in 1_usize..7,
            by_marker in any::<bool>(),
        ) {
            let expected = model(&keys, &prefix, delimiter);
            let source = Keys { keys, ..Keys::default() };
            let mut start = Vec::new();
            let mut all = Vec::new();
            loop {
                let query = Query { prefix: &prefix, delimiter, start, max };
                let page = one(&source, &query);
                let entries = merged(&page);
                prop_assert!(entries.len() <= max);
                prop_assert_eq!(
                    page.ends_with_prefix,
                    entries.last().is_some_and(|e| page.prefixes.contains(e)),
                );
                all.extend(entries.iter().cloned());
                let Some(next) = page.next else { break };
                prop_assert_eq!(entries.len(), max, "a page that is not the last is full");
                start = if by_marker {
                    behind_marker(entries.last().unwrap(), &prefix, delimiter)
                } else {
                    next
                };
            }
            prop_assert_eq!(all, expected);
        }
    }

    #[test]
    fn cost_follows_the_page() {
        let mut source = Keys::default();
        for folder in 0..50 {
            for file in 0..200 {
                source.keys.insert(format!("{folder:03}/{file:05}"));
            }
        }
        let query = Query { prefix: "", delimiter: Some("/"), start: Vec::new(), max: 1000 };
        let page = one(&source, &query);
        assert_eq!((page.prefixes.len(), page.items.len(), page.next.is_none()), (50, 0, true));
        let seen = source.seen.swap(0, Ordering::Relaxed);
        assert!(seen < 50 * 10, "{seen} of 10,000 keys were read for 50 prefixes");
        let page = one(&source, &Query { prefix: "", delimiter: None, start: Vec::new(), max: 100 });
        assert_eq!((page.items.len(), page.next), (100, Some(behind_key("000/00099"))));
        assert!(source.seen.load(Ordering::Relaxed) < 110);
    }

    #[test]
    fn nothing_is_asked_for() {
        let source = Keys { keys: BTreeSet::from(["a".to_owned()]), ..Keys::default() };
        let page = one(&source, &Query { prefix: "", delimiter: None, start: Vec::new(), max: 0 });
        assert!(page.items.is_empty() && page.next.is_none());
    }
}
