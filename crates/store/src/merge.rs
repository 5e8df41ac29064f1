//! One ordered answer from several layers: a transaction's own writes over overlays over the base.

use std::cmp::Ordering;

use crate::{
    Key, StoreError, Value,
    engine::Stored,
    types::{counter, counter_value},
};

/// What a layer says of a key.
#[derive(Debug)]
pub(crate) enum Found {
    Is(Stored),
    /// Deleted by that batch.
    Gone(u64),
    /// What the layers below say, and this much more.
    Add(i64),
}

/// A layer's part of a range, in the direction of the range.
pub(crate) struct Piece {
    pub items: Vec<(Key, Found)>,
    /// The last key that was looked at, where there may be more after it.
    pub last: Option<Key>,
}

/// What was merged so far.
#[derive(Default)]
pub(crate) struct Merged {
    pub items: Vec<(Key, Stored)>,
    /// The newest batch that had a say.
    pub seen: u64,
}

impl Merged {
    /// Keys and values alone.
    pub(crate) fn values(self) -> Vec<(Key, Value)> {
        self.items.into_iter().map(|(key, stored)| (key, stored.value)).collect()
    }
}

/// Merges pieces, the topmost first, until `limit` items stand in `into`. Answers the key after which to go on;
/// nothing where the range is at its end.
pub(crate) fn merge(
    mut pieces: Vec<Piece>,
    reverse: bool,
    limit: usize,
    into: &mut Merged,
) -> Result<Option<Key>, StoreError> {
    // One without items that has more behind its end still says how far the others may be looked at.
    pieces.retain(|piece| !piece.items.is_empty() || piece.last.is_some());
    if pieces.len() <= 1 {
        return take(pieces.pop(), limit, into);
    }
    let order = |a: &Key, b: &Key| if reverse { b.cmp(a) } else { a.cmp(b) };
    let bound = pieces.iter().filter_map(|p| p.last.clone()).min_by(&order);
    let mut heads: Vec<_> = pieces.into_iter().map(|p| p.items.into_iter().peekable()).collect();
    loop {
        let next = heads.iter_mut().filter_map(|h| h.peek().map(|(k, _)| k)).min_by(|a, b| order(a, b));
        let Some(key) = next.cloned() else { return Ok(bound) };
        if bound.as_ref().is_some_and(|b| order(&key, b) == Ordering::Greater) {
            return Ok(bound);
        }
        if into.items.len() == limit {
            // The key before this one was the last that anybody looks at.
            return Ok(into.items.last().map(|(k, _)| k.clone()));
        }
        let mut resolved = Resolve::default();
        for head in &mut heads {
            if let Some((_, found)) = head.next_if(|(k, _)| *k == key) {
                resolved.add(found);
            }
        }
        into.seen = into.seen.max(resolved.seen);
        if let Some(stored) = resolved.stored()? {
            into.items.push((key, stored));
        }
    }
}

/// [`merge`] of what one layer alone has.
fn take(piece: Option<Piece>, limit: usize, into: &mut Merged) -> Result<Option<Key>, StoreError> {
    let Some(piece) = piece else { return Ok(None) };
    for (key, found) in piece.items {
        if into.items.len() == limit {
            return Ok(into.items.last().map(|(k, _)| k.clone()));
        }
        let mut resolved = Resolve::default();
        resolved.add(found);
        into.seen = into.seen.max(resolved.seen);
        if let Some(stored) = resolved.stored()? {
            into.items.push((key, stored));
        }
    }
    Ok(piece.last)
}

/// What several layers, the topmost first, say of one key.
#[derive(Default)]
pub(crate) struct Resolve {
    delta: Option<i64>,
    decided: bool,
    below: Option<Stored>,
    pub seen: u64,
}

impl Resolve {
    pub(crate) fn add(&mut self, found: Found) {
        if self.decided {
            return;
        }
        match found {
            Found::Is(stored) => {
                self.seen = self.seen.max(stored.batch);
                self.decided = true;
                self.below = Some(stored);
            }
            Found::Gone(batch) => {
                self.seen = self.seen.max(batch);
                self.decided = true;
            }
            Found::Add(delta) => self.delta = Some(self.delta.unwrap_or(0).wrapping_add(delta)),
        }
    }

    pub(crate) fn stored(self) -> Result<Option<Stored>, StoreError> {
        let Some(delta) = self.delta else { return Ok(self.below) };
        let n = self.below.as_ref().map_or(Ok(0), |s| counter(&s.value))?;
        let value = counter_value(n.wrapping_add(delta));
        Ok(Some(Stored { batch: 0, crc: 0, value }))
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn is(batch: u64, value: &'static str) -> Found {
        Found::Is(Stored { batch, crc: 0, value: value.into() })
    }

    fn piece(items: Vec<(&'static str, Found)>, last: Option<&'static str>) -> Piece {
        Piece {
            items: items.into_iter().map(|(k, f)| (Bytes::from(k), f)).collect(),
            last: last.map(Bytes::from),
        }
    }

    #[test]
    fn the_topmost_layer_wins_up_to_the_nearest_end() {
        let own = piece(vec![("b", Found::Gone(0)), ("d", is(0, "own"))], None);
        let over = piece(vec![("a", is(9, "over")), ("b", is(9, "over"))], Some("d"));
        let base = piece(vec![("a", is(1, "base")), ("c", is(1, "base")), ("e", is(1, "base"))], Some("e"));
        let mut merged = Merged::default();
        let next = merge(vec![own, over, base], false, 10, &mut merged).unwrap();
        assert_eq!(next.as_deref(), Some(&b"d"[..]), "the overlay may have more before the base's e");
        let got: Vec<_> = merged.items.iter().map(|(k, s)| (&k[..], &s.value[..])).collect();
        assert_eq!(got, [(&b"a"[..], &b"over"[..]), (b"c", b"base"), (b"d", b"own")]);
        assert_eq!(merged.seen, 9);
    }

    #[test]
    fn a_layer_that_has_nothing_so_far_says_how_far_to_look() {
        let over = piece(vec![("a", is(9, "over")), ("e", is(9, "over"))], None);
        let base = piece(Vec::new(), Some("c"));
        let mut merged = Merged::default();
        let next = merge(vec![over, base], false, 10, &mut merged).unwrap();
        assert_eq!(next.as_deref(), Some(&b"c"[..]), "the base may have more behind c");
        assert_eq!(merged.items.len(), 1);
        let next = merge(vec![piece(Vec::new(), Some("f"))], false, 10, &mut merged).unwrap();
        assert_eq!(next.as_deref(), Some(&b"f"[..]));
        assert!(merge(vec![piece(Vec::new(), None)], false, 10, &mut merged).unwrap().is_none());
    }

    #[test]
    fn reverse_stops_at_the_limit() {
        let over = piece(vec![("c", is(2, "3")), ("a", is(2, "1"))], None);
        let base = piece(vec![("b", is(1, "2"))], None);
        let mut merged = Merged::default();
        let next = merge(vec![over, base], true, 2, &mut merged).unwrap();
        assert_eq!((next.as_deref(), merged.items.len()), (Some(&b"b"[..]), 2));
    }

    #[test]
    fn additions_stand_on_what_is_below() {
        let mut sum = Resolve::default();
        sum.add(Found::Add(5));
        sum.add(Found::Is(Stored { batch: 3, crc: 0, value: counter_value(37) }));
        assert_eq!((sum.seen, sum.stored().unwrap().map(|s| s.value)), (3, Some(counter_value(42))));
    }
}
