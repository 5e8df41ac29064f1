//! What a reader sees: the overlays and the base of one moment, up to a batch number.

use std::sync::Arc;

use bytes::Bytes;

use crate::{
    Key, KeyRange, StoreError,
    engine::{Base, Stored},
    merge::{Found, Merged, Piece, merge},
    overlay::{Overlay, Part, Version, hash},
    types::{successor, within},
};

/// Items fetched from a layer at a time: between two of them other tasks may run.
const PART_ITEMS: usize = 256;

/// Where records stand at a moment. Replaced whole when an overlay is sealed or a slice has reached the base.
pub(crate) struct State {
    pub active: Arc<Overlay>,
    pub sealed: Option<Arc<Overlay>>,
    /// Taken while no batch that is younger than the overlays' first had reached it, or later for younger readers.
    pub base: Arc<dyn Base>,
}

impl State {
    /// The overlays, the youngest first.
    pub(crate) fn overlays(&self) -> impl Iterator<Item = &Arc<Overlay>> {
        std::iter::once(&self.active).chain(&self.sealed)
    }

    /// What the overlays say of a key at `batch`; `Gone` too where its part of the base was cleared.
    pub(crate) fn above_base(&self, key: &[u8], batch: u64) -> Option<Found> {
        let mut cleared = None;
        let hash = hash(key);
        for overlay in self.overlays() {
            let read = overlay.read();
            if let Some(version) = read.get(key, hash, batch) {
                return Some(found(version.clone()));
            }
            cleared = cleared.or_else(|| read.cleared_at(key, batch).map(|c| c.batch));
        }
        cleared.map(Found::Gone)
    }
}

fn found(version: Version) -> Found {
    let batch = version.batch;
    version.stored().map_or(Found::Gone(batch), Found::Is)
}

/// A reader's moment. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Snapshot {
    pub state: Arc<State>,
    pub batch: u64,
}

/// A transaction's own writes as the topmost layer of its reads.
pub(crate) trait Own: Sync {
    /// Up to `limit` writes of the range.
    fn piece(&self, range: &KeyRange, limit: usize) -> Piece;
    /// Whether the transaction cleared this key before it wrote what the piece holds.
    fn cleared(&self, key: &[u8]) -> bool;
}

/// What a range read answered.
pub(crate) struct Ranged {
    pub merged: Merged,
    /// The keys that were looked at: first and end.
    pub looked: (Bytes, Bytes),
}

impl Snapshot {
    /// What is known of a key, and the newest unmoved batch that had a say in it.
    pub(crate) async fn get(&self, key: &[u8]) -> Result<(Option<Stored>, u64), StoreError> {
        match self.state.above_base(key, self.batch) {
            Some(Found::Is(stored)) => {
                let batch = stored.batch;
                Ok((Some(stored), batch))
            }
            Some(Found::Gone(batch)) => Ok((None, batch)),
            _ => Ok((self.state.base.get(key).answer().await?, 0)),
        }
    }

    /// Up to `limit` items of a range.
    pub(crate) async fn range(
        &self,
        range: &KeyRange,
        limit: usize,
        own: Option<&dyn Own>,
    ) -> Result<Ranged, StoreError> {
        let mut rest = range.clone();
        let mut merged = Merged { seen: self.cleared_within(range), ..Merged::default() };
        // Where many were deleted above the base, a short read passes by as many below: in longer and longer steps.
        let mut step = 0;
        while !rest.is_empty() && merged.items.len() < limit {
            step = (limit - merged.items.len()).max(2 * step).min(PART_ITEMS);
            let pieces = self.pieces(&rest, step, own).await?;
            let Some(last) = merge(pieces, rest.reverse, limit, &mut merged)? else {
                let looked = (range.start.clone(), range.end.clone());
                return Ok(Ranged { merged, looked });
            };
            if rest.reverse {
                rest.end = last;
                if rest.end.is_empty() {
                    break;
                }
            } else {
                rest.start = successor(&last);
            }
            if merged.items.len() < limit {
                tokio::task::yield_now().await;
            }
        }
        let looked = match (range.reverse, limit) {
            (_, 0) => (Bytes::new(), Bytes::from_static(&[0])),
            (true, _) => (rest.end, range.end.clone()),
            (false, _) => (range.start.clone(), rest.start),
        };
        Ok(Ranged { merged, looked })
    }

    /// The layers' parts of a range, the topmost first.
    async fn pieces(
        &self,
        range: &KeyRange,
        limit: usize,
        own: Option<&dyn Own>,
    ) -> Result<Vec<Piece>, StoreError> {
        let mut pieces = Vec::with_capacity(4);
        pieces.extend(own.map(|o| o.piece(range, limit)));
        for overlay in self.state.overlays() {
            let part = overlay.read().range(&range.start, &range.end, range.reverse, self.batch, limit);
            pieces.push(overlay_piece(part));
        }
        let uncleared = self.skip_cleared(range);
        if !uncleared.is_empty() {
            let part = self.state.base.range(&uncleared, limit).answer().await?;
            let last = part.items.last().filter(|_| part.more).map(|(k, _)| k.clone());
            let kept = part.items.into_iter().filter(|(k, _)| !self.is_cleared(k));
            pieces.push(Piece { items: kept.map(|(k, s)| (k, Found::Is(s))).collect(), last });
        }
        if let Some(own) = own {
            for piece in pieces.iter_mut().skip(1) {
                piece.items.retain(|(k, _)| !own.cleared(k));
            }
        }
        Ok(pieces)
    }

    /// The newest clearing that has a say in the range.
    fn cleared_within(&self, range: &KeyRange) -> u64 {
        let newest = |o: &Arc<Overlay>| {
            let read = o.read();
            let all = read.cleared_after(&range.start, &range.end, 0);
            all.map(|c| c.batch).filter(|b| *b <= self.batch).max()
        };
        self.state.overlays().filter_map(newest).max().unwrap_or(0)
    }

    fn is_cleared(&self, key: &[u8]) -> bool {
        self.state.overlays().any(|o| o.read().cleared_at(key, self.batch).is_some())
    }

    /// The range without the cleared parts of the base that it begins with.
    fn skip_cleared(&self, range: &KeyRange) -> KeyRange {
        let mut rest = range.clone();
        let mut skipping = true;
        while skipping && !rest.is_empty() {
            skipping = false;
            for overlay in self.state.overlays() {
                for c in overlay.read().cleared().iter().filter(|c| c.batch <= self.batch) {
                    skipping |= skip(&mut rest, &c.start, &c.end);
                }
            }
        }
        rest
    }
}

/// Takes the cleared keys away where the range begins with them; whether it did.
fn skip(rest: &mut KeyRange, start: &Bytes, end: &Bytes) -> bool {
    if rest.is_empty() {
        return false;
    }
    if rest.reverse {
        let covers = end.is_empty() || (!rest.end.is_empty() && *end >= rest.end);
        let hit = covers && (rest.end.is_empty() || *start < rest.end);
        if hit {
            rest.end.clone_from(start);
            if start.is_empty() {
                // An empty end would mean no bound.
                *rest = KeyRange::new(Bytes::from_static(&[0]), Bytes::from_static(&[0])).reversed();
            }
        }
        hit
    } else {
        let hit = within(&rest.start, start, end);
        if hit {
            rest.start.clone_from(end);
            if end.is_empty() {
                *rest = KeyRange::new(Bytes::from_static(&[0]), Bytes::from_static(&[0]));
            }
        }
        hit
    }
}

fn overlay_piece(part: Part) -> Piece {
    let last = part.items.last().filter(|_| part.more).map(|(k, _)| k.clone());
    let items = part.items.into_iter().map(|(k, v): (Key, Version)| (k, found(v))).collect();
    Piece { items, last }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleared_keys_are_skipped_in_both_directions() {
        let (b, m, empty) = (Bytes::from("b"), Bytes::from("m"), Bytes::new());
        let mut rest = KeyRange::new("c", "z");
        assert!(skip(&mut rest, &b, &m) && rest.start == "m");
        assert!(!skip(&mut rest, &b, &m));
        assert!(skip(&mut rest, &m, &empty) && rest.is_empty());
        let mut rest = KeyRange::new("a", "h").reversed();
        assert!(skip(&mut rest, &b, &m) && rest.end == "b");
        assert!(!skip(&mut rest, &b, &m));
        let mut rest = KeyRange::all().reversed();
        assert!(!skip(&mut rest, &b, &m));
        assert!(skip(&mut rest, &m, &empty) && rest.end == "m");
        assert!(skip(&mut rest, &empty, &m) && rest.is_empty());
    }
}
