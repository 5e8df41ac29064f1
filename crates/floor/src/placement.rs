//! Where a resource lives.

use auth::Region;

/// The place of a resource: a region (or what is global) and a name that decides the cell within it. No transaction
/// spans two cells.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Placement {
    pub(crate) realm: Realm,
    pub(crate) spread: u64,
}

/// Which set of cells.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Realm {
    Global,
    Region(Region),
}

impl Placement {
    /// The place of a named resource: `kind` and `name` together decide the cell.
    pub fn of(region: &Region, kind: &str, name: &str) -> Self {
        let spread = fnv(kind.as_bytes(), fnv(&[0], fnv(name.as_bytes(), FNV_START)));
        Self { realm: Realm::Region(region.clone()), spread }
    }

    /// The region's directory: listings of resources, one cell per region.
    pub fn directory(region: &Region) -> Self {
        Self { realm: Realm::Region(region.clone()), spread: 0 }
    }

    /// What all regions share: identity, bucket names.
    pub fn global() -> Self {
        Self { realm: Realm::Global, spread: 0 }
    }
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: placements are stored decisions, so the hash must never change.
fn fnv(bytes: &[u8], start: u64) -> u64 {
    bytes.iter().fold(start, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placements_are_stable() {
        let region = Region::default();
        assert_eq!(Placement::of(&region, "queue", "a").spread, 17_897_649_188_870_736_107);
        assert_ne!(Placement::of(&region, "queue", "a"), Placement::of(&region, "queue", "b"));
        assert_ne!(Placement::of(&region, "queue", "a"), Placement::of(&region, "bucket", "a"));
    }
}
