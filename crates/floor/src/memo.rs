//! What is made of texts, kept by the text: compiled policies and filters.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use parking_lot::RwLock;

/// Bytes that one entry takes beside its text.
const ENTRY_BYTES: usize = 256;

/// A memo of a pure function of texts, bounded by their bytes. What was not asked for since it was last looked at goes
/// first.
pub struct Memo<K, V> {
    bytes_max: usize,
    kept: RwLock<Kept<K, V>>,
}

struct Kept<K, V> {
    by_text: HashMap<Arc<str>, Readings<K, V>>,
    /// In the order in which they are looked at when room is needed.
    queue: VecDeque<(Arc<str>, K)>,
    bytes: usize,
}

/// One text, by what it is read as.
type Readings<K, V> = Vec<(K, Entry<V>)>;

struct Entry<V> {
    value: Arc<V>,
    is_used: AtomicBool,
}

impl<K: Copy + Eq, V> Memo<K, V> {
    /// One that keeps texts of `bytes_max` bytes in all.
    pub fn new(bytes_max: usize) -> Self {
        let kept = Kept { by_text: HashMap::new(), queue: VecDeque::new(), bytes: 0 };
        Self { bytes_max, kept: RwLock::new(kept) }
    }

    /// What `text` is as `kind`; made where it is not kept.
    pub fn get<E>(&self, text: &str, kind: K, make: impl FnOnce() -> Result<V, E>) -> Result<Arc<V>, E> {
        if let Some(found) = self.kept.read().find(text, kind) {
            found.is_used.store(true, Relaxed);
            return Ok(found.value.clone());
        }
        let value = Arc::new(make()?);
        self.kept.write().put(text, kind, &value, self.bytes_max);
        Ok(value)
    }
}

impl<K: Copy + Eq, V> Kept<K, V> {
    fn find(&self, text: &str, kind: K) -> Option<&Entry<V>> {
        self.by_text.get(text)?.iter().find(|(of, _)| *of == kind).map(|(_, entry)| entry)
    }

    fn put(&mut self, text: &str, kind: K, value: &Arc<V>, bytes_max: usize) {
        let bytes = text.len() + ENTRY_BYTES;
        if bytes > bytes_max || self.find(text, kind).is_some() {
            return; // longer than all may be, or another was quicker
        }
        while self.bytes + bytes > bytes_max {
            let Some((text, kind)) = self.queue.pop_front() else { break };
            if self.find(&text, kind).is_some_and(|entry| entry.is_used.swap(false, Relaxed)) {
                self.queue.push_back((text, kind));
            } else {
                self.drop(&text, kind);
            }
        }
        self.bytes += bytes;
        let text: Arc<str> = text.into();
        self.queue.push_back((text.clone(), kind));
        let entry = Entry { value: value.clone(), is_used: AtomicBool::new(false) };
        self.by_text.entry(text).or_default().push((kind, entry));
    }

    fn drop(&mut self, text: &str, kind: K) {
        self.bytes -= text.len() + ENTRY_BYTES;
        let Some(all) = self.by_text.get_mut(text) else { return };
        all.retain(|(of, _)| *of != kind);
        if all.is_empty() {
            self.by_text.remove(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use proptest::prelude::*;

    use super::*;

    fn get(memo: &Memo<bool, String>, text: &str, kind: bool) -> bool {
        let mut is_new = false;
        let made = memo.get(text, kind, || {
            is_new = true;
            Ok::<_, Infallible>(format!("{kind}{text}"))
        });
        assert_eq!(*made.unwrap(), format!("{kind}{text}"));
        is_new
    }

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes_one_by_one() {
        let memo = Memo::new(4 * (ENTRY_BYTES + 1));
        for text in ["a", "b", "c", "d"] {
            assert!(get(&memo, text, false));
        }
        assert!(!get(&memo, "a", false) && !get(&memo, "b", false));
        assert!(get(&memo, "a", true), "read as something else");
        assert!(!get(&memo, "a", false) && !get(&memo, "b", false) && !get(&memo, "d", false));
        assert!(get(&memo, "c", false));
        assert!(
            get(&memo, &"x".repeat(10_000), false) && get(&memo, &"x".repeat(10_000), false),
            "too long to be kept"
        );
    }

    proptest! {
        #[test]
        fn it_keeps_its_bound(asked in prop::collection::vec(("[a-z]{0,300}", any::<bool>()), 0..200)) {
            let memo = Memo::new(3000);
            for (text, kind) in &asked {
                get(&memo, text, *kind);
                let kept = memo.kept.read();
                let held: usize = kept.by_text.iter().map(|(text, all)| all.len() * (text.len() + ENTRY_BYTES)).sum();
                prop_assert_eq!(held, kept.bytes);
                prop_assert_eq!(kept.queue.len(), kept.by_text.values().map(Vec::len).sum::<usize>());
                prop_assert!(held <= 3000);
            }
        }
    }
}
