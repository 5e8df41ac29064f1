//! Blobs over drives of which some are lost, lie, come back stale, are full or stuck.

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

use blob::{BlobError, BlobId, Blobs, Drives, Handle};
use bytes::Bytes;
use env::{Disk, Env, Open, Random, SimDisk};
use proptest::prelude::*;

use crate::{
    CHUNK, contents, now,
    rack::{CELL, Mode, Rack, Racked, racked, specs},
    read, read_all, write,
};

/// Lengths around what is special: nothing, one byte, chunks and stripes of four.
const LENGTHS: [usize; 9] = [0, 1, 5, 40_000, CHUNK, 4 * CHUNK - 1, 4 * CHUNK, 4 * CHUNK + 1, 9 * CHUNK + 77];

fn flip(racked: &Racked, file: &Path, random: &Random) {
    let len = racked.disk.open(file, Open::Read).unwrap().len().unwrap();
    racked.disk.flip_bit(file, random.below(len), random.below(8) as u8);
}

#[test]
fn any_drives_that_may_be_lost_can_be() {
    for (count, groups, spare, parity) in [
        (1, &[][..], None, 0),
        (2, &[], None, 1),
        (3, &[], Some(2), 2),
        (6, &[], None, 2),
        (6, &["a", "b", "c"], None, 3),
        (9, &["a", "b", "c"], Some(2), 5),
    ] {
        let racked = racked(7, count, groups, spare);
        assert_eq!(racked.drives.layout(), (count - parity, parity));
        let written: Vec<_> = LENGTHS
            .iter()
            .map(|len| {
                let bytes = contents(*len, 5);
                (now(write(&racked.blobs, &bytes, 100_000)).unwrap(), bytes)
            })
            .collect();
        // Each start of a run of drives, so that each drive is lost, in each role of each blob.
        for first in 0..count {
            let lost: Vec<usize> = (0..parity).map(|at| (first + at) % count).collect();
            racked.rack.set_all(&lost, Mode::Pulled);
            now(racked.drives.tend());
            for (handle, bytes) in &written {
                assert!(
                    now(read_all(&racked.blobs, handle)).unwrap() == *bytes,
                    "{count} {first} {}",
                    bytes.len()
                );
            }
            let degraded = contents(70_000, 9);
            let handle = now(write(&racked.blobs, &degraded, 70_000)).unwrap();
            assert!(now(read_all(&racked.blobs, &handle)).unwrap() == degraded);
            racked.rack.set_all(&lost, Mode::Well);
            racked.mend();
            assert_eq!(racked.shards(handle.id).len(), count, "what was missed is rebuilt");
        }
        if count > 1 {
            (0..=parity).for_each(|drive| racked.rack.set(drive, Mode::Pulled));
            now(racked.drives.tend());
            let refused = now(write(&racked.blobs, &contents(10, 1), 10));
            assert!(matches!(refused, Err(BlobError::TooFew { .. })), "{refused:?}");
            let lost = now(read_all(&racked.blobs, &written[3].0));
            assert!(matches!(lost, Err(BlobError::TooFew { .. })), "{lost:?}");
        }
    }
}

#[test]
fn every_region_of_a_shard_matters_and_is_mended() {
    let random = Random::seeded(3);
    for len in LENGTHS {
        let racked = racked(3, 6, &[], None);
        let bytes = contents(len, 5);
        let handle = now(write(&racked.blobs, &bytes, CHUNK)).unwrap();
        for round in 0..12 {
            let files = racked.shards(handle.id);
            let two = [round % 6, (round + 1 + round / 6) % 6];
            for shard in two {
                flip(&racked, &files[shard], &random);
            }
            assert!(now(read_all(&racked.blobs, &handle)).unwrap() == bytes);
            let checked = now(racked.blobs.check(handle.id, 0)).unwrap();
            assert_eq!((checked.len, checked.wrong, checked.rebuilt), (len as u64, 2, 2), "{round}");
            assert_eq!(now(racked.blobs.check(handle.id, 0)).unwrap().wrong, 0);
        }
        let damaged: u64 = now(racked.drives.health()).iter().map(|drive| drive.damaged).sum();
        assert!(damaged >= 24, "{damaged}");
        assert_eq!(racked.files(), 6);
    }
}

#[test]
fn a_read_that_found_damage_has_it_mended() {
    let racked = racked(3, 6, &["a", "b", "c"], None);
    let bytes = contents(5 * CHUNK, 5);
    let handle = now(write(&racked.blobs, &bytes, CHUNK)).unwrap();
    racked.mend();
    let file = racked.shards(handle.id).remove(usize::from(handle.id.0[15]) % 6);
    racked.disk.flip_bit(&file, 4000, 1);
    assert!(now(read_all(&racked.blobs, &handle)).unwrap() == bytes);
    assert_eq!(racked.blobs.take_wounded(), [handle.id]);
    assert_eq!(now(racked.blobs.check(handle.id, 0)).unwrap().rebuilt, 1);
}

/// What a store did and what it must have.
struct World {
    racked: Racked,
    random: Random,
    owned: BTreeMap<BlobId, (Handle, Bytes)>,
    /// Drives that are not well or have not caught up.
    impaired: Vec<usize>,
    /// Shards that were damaged since all was mended.
    flipped: BTreeMap<BlobId, usize>,
}

impl World {
    fn step(&mut self) {
        let count = self.racked.count;
        let (_, parity) = self.racked.drives.layout();
        let drive = self.random.below(count as u64) as usize;
        match self.random.below(12) {
            0..=3 => {
                let len = LENGTHS[self.random.below(LENGTHS.len() as u64) as usize];
                let bytes = contents(len, self.random.number());
                let handle = now(write(&self.racked.blobs, &bytes, 90_001)).expect("enough drives are there");
                self.owned.insert(handle.id, (handle, bytes));
            }
            4 => {
                let Some(id) = self.any() else { return };
                self.owned.remove(&id);
                self.flipped.remove(&id);
                now(self.racked.blobs.drop_blob(id)).unwrap();
            }
            5 => {
                let most = self.flipped.values().copied().max().unwrap_or(0);
                if self.impaired.len() + most < parity && !self.impaired.contains(&drive) {
                    self.impaired.push(drive);
                    let modes = [Mode::Pulled, Mode::Failing, Mode::Full];
                    let mode = modes[self.random.below(3) as usize];
                    self.racked.rack.set(drive, mode);
                }
            }
            6 => {
                if let Some(drive) = self.impaired.first() {
                    self.racked.rack.set(*drive, Mode::Well); // with what it had, and not what it missed
                }
            }
            7 => {
                if let Some(drive) = self.impaired.first() {
                    self.racked.rack.exchange(*drive);
                }
            }
            8 => {
                let Some(id) = self.any() else { return };
                let flipped = self.flipped.get(&id).copied().unwrap_or(0);
                let shards = self.racked.shards(id);
                if self.impaired.len() + flipped < parity && shards.len() == count {
                    flip(&self.racked, &shards[flipped], &self.random);
                    self.flipped.insert(id, flipped + 1);
                }
            }
            9 => self.racked.mend(),
            10 => self.mend_all(),
            _ => {}
        }
        if let Some(id) = self.any() {
            self.check(id);
        }
    }

    fn any(&self) -> Option<BlobId> {
        let at = self.random.below(self.owned.len().max(1) as u64) as usize;
        self.owned.keys().nth(at).copied()
    }

    fn check(&self, id: BlobId) {
        let (handle, bytes) = &self.owned[&id];
        let from = self.random.below(handle.len + 1);
        let to = from + self.random.below(handle.len - from + 1);
        let part = now(read(&self.racked.blobs, handle, from..to)).expect("enough shards are sound");
        assert!(part == bytes[from as usize..to as usize], "{id}: {from}..{to}");
    }

    /// All drives are well again, what they missed is rebuilt, and what nobody owns is swept.
    fn mend_all(&mut self) {
        for drive in self.impaired.drain(..) {
            self.racked.rack.set(drive, Mode::Well);
        }
        self.racked.mend();
        self.racked.mend(); // what failed the first time because a drive was not known to be back
        let ids: Vec<BlobId> = self.owned.keys().copied().collect();
        for id in &ids {
            now(self.racked.blobs.check(*id, 0)).unwrap();
            assert_eq!(now(self.racked.blobs.check(*id, 0)).unwrap().wrong, 0);
        }
        self.flipped.clear();
        self.racked.env.clocks.steady.turn(Duration::from_secs(600));
        let end = env::Timestamp(u64::MAX);
        for id in now(self.racked.blobs.list_older(end, None, usize::MAX)).unwrap() {
            if !self.owned.contains_key(&id) {
                now(self.racked.blobs.drop_blob(id)).unwrap();
            }
        }
        assert_eq!(
            self.racked.files(),
            ids.len() * self.racked.count,
            "all shards are there, and nothing else"
        );
    }
}

#[test]
fn drives_come_and_go_and_nothing_is_lost() {
    let rounds = std::env::var("KUMIKI_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(20);
    for seed in 0..rounds {
        let groups: &[&str] = if seed % 2 == 0 { &[] } else { &["a", "b", "c"] };
        let racked = racked(seed, 6, groups, None);
        let random = Random::seeded(seed);
        let (owned, impaired, flipped) = Default::default();
        let mut world = World { racked, random, owned, impaired, flipped };
        (0..80).for_each(|_| world.step());
        world.mend_all();
        let ids: Vec<BlobId> = world.owned.keys().copied().collect();
        for id in ids {
            world.check(id);
        }
    }
}

#[test]
fn a_new_drive_gets_only_what_is_missing() {
    let racked = racked(5, 6, &[], None);
    let handles: Vec<Handle> =
        (0..20).map(|n| now(write(&racked.blobs, &contents(50_000, n), 50_000)).unwrap()).collect();
    racked.mend();
    racked.rack.exchange(2);
    now(racked.drives.tend());
    let health = now(racked.drives.health());
    assert!(health[2].is_behind && health[2].is_rebuilt);
    racked.mend();
    let health = now(racked.drives.health());
    assert!(health.iter().all(|drive| drive.damaged == 0), "what a new drive lacks is no damage");
    let rebuilt: Vec<u64> = health.iter().map(|drive| drive.rebuilt).collect();
    assert_eq!(rebuilt, [0, 0, 20, 0, 0, 0]);
    assert!(!health[2].is_behind);
    assert!(handles.iter().all(|handle| racked.shards(handle.id).len() == 6));
    // A restart compares names once, and finds nothing to do.
    assert_eq!(racked.blobs.to_compare(), None);
}

#[test]
fn what_a_stale_drive_still_has_of_dropped_blobs_is_swept() {
    let racked = racked(5, 4, &[], Some(1));
    let handle = now(write(&racked.blobs, &contents(50_000, 1), 50_000)).unwrap();
    racked.mend();
    racked.rack.set(3, Mode::Pulled);
    now(racked.drives.tend());
    now(racked.blobs.drop_blob(handle.id)).unwrap();
    racked.rack.set(3, Mode::Well);
    racked.mend();
    assert!(
        matches!(now(read_all(&racked.blobs, &handle)), Err(BlobError::Missing(_))),
        "it does not return"
    );
    assert_eq!(racked.files(), 1);
    racked.env.clocks.steady.turn(Duration::from_secs(600));
    let old = now(racked.blobs.list_older(env::Timestamp(u64::MAX), None, 10)).unwrap();
    assert_eq!(old, [handle.id]);
    now(racked.blobs.drop_blob(handle.id)).unwrap();
    assert_eq!(racked.files(), 0);
}

#[test]
fn full_drives_say_so_and_leave_nothing() {
    let racked = racked(5, 6, &[], None);
    (0..3).for_each(|drive| racked.rack.set(drive, Mode::Full));
    let full = now(write(&racked.blobs, &contents(9 * CHUNK, 1), CHUNK));
    assert!(matches!(full, Err(BlobError::Full)), "{full:?}");
    assert_eq!(racked.files(), 0);
    // One that is full is left out, and gets its shard when it has room.
    (1..3).for_each(|drive| racked.rack.set(drive, Mode::Well));
    now(racked.drives.tend());
    let handle = now(write(&racked.blobs, &contents(CHUNK, 1), CHUNK)).unwrap();
    assert_eq!(racked.shards(handle.id).len(), 5);
    racked.rack.set(0, Mode::Well);
    racked.mend();
    assert_eq!(racked.shards(handle.id).len(), 6);
}

#[test]
fn what_is_whole_in_the_data_directory_stays_readable() {
    let disk = SimDisk::new(1);
    let mut env = Env::simulated(1);
    env.disk = Arc::new(disk.clone());
    let bytes = contents(5 * CHUNK, 1);
    let before = now(write(&Blobs::open_in_place(&env, "/data/blobs".into()), &bytes, CHUNK)).unwrap();
    let rack = Rack::new(Arc::new(disk), Path::new("/rack"));
    env.disk = Arc::new(rack.clone());
    let drives = Drives::open_in_place(&env, Path::new("/data"), &specs(&rack, 3, &[]), None).unwrap();
    let blobs = Blobs::open_in_place_on(&env, "/data/blobs".into(), &drives, Path::new(CELL));
    let after = now(write(&blobs, &bytes, CHUNK)).unwrap();
    for handle in [before, after] {
        assert!(now(read_all(&blobs, &handle)).unwrap() == bytes);
        assert_eq!(now(blobs.verify(handle.id)).unwrap(), handle.len);
        now(blobs.drop_blob(handle.id)).unwrap();
        assert!(matches!(now(read_all(&blobs, &handle)), Err(BlobError::Missing(_))));
    }
}

#[test]
fn drives_are_known_by_who_they_are() {
    let racked = racked(5, 4, &[], None);
    let handle = now(write(&racked.blobs, &contents(CHUNK, 1), CHUNK)).unwrap();
    let open = |data: &str, specs: &[blob::DriveSpec], spare| {
        Drives::open_in_place(&racked.env, Path::new(data), specs, spare)
    };
    let mut turned = specs(&racked.rack, 4, &[]);
    turned.rotate_left(1);
    let drives = open("/data", &turned, None).unwrap();
    let blobs = Blobs::open_in_place_on(&racked.env, "/data/blobs".into(), &drives, Path::new(CELL));
    assert!(now(read_all(&blobs, &handle)).unwrap() == contents(CHUNK, 1));
    let refused =
        |data: &str, specs: &[blob::DriveSpec], spare| open(data, specs, spare).err().unwrap_or_default();
    assert!(refused("/data", &turned[1..], None).contains("over 4 drives"));
    assert!(refused("/data", &turned, Some(1)).contains("that is fixed"));
    assert!(refused("/other", &turned, None).contains("is not empty"));
    let twice = [&turned[..3], &turned[..1]].concat();
    assert!(refused("/data", &twice, None).contains("one is a copy"));
    // One of another server is not written to.
    let foreign = racked_at(&racked.rack, 4);
    let mixed = [&turned[..3], &foreign].concat();
    let drives = open("/data", &mixed, None).unwrap();
    let away: Vec<_> = now(drives.health()).into_iter().filter_map(|drive| drive.away).collect();
    assert_eq!(away, ["it is a drive of another server"]);
}

/// A drive of another server, in bay `bay`.
fn racked_at(rack: &Rack, bay: usize) -> Vec<blob::DriveSpec> {
    let mut env = Env::simulated(77);
    env.disk = Arc::new(rack.clone());
    let specs = vec![blob::DriveSpec { path: rack.root(bay), az: String::new() }];
    Drives::open_in_place(&env, Path::new("/foreign"), &specs, None).unwrap();
    specs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn ranges_are_read_around_losses(
        len in 0usize..700_000, ends in (0.0f64..1.0, 0.0f64..1.0), lost in prop::collection::vec(0usize..5, 0..=2),
        key in any::<bool>(), expected in any::<bool>(),
    ) {
        let racked = racked(len as u64, 5, &[], Some(2));
        let bytes = contents(len, 4);
        let owner = seal::MessageKey::new(&[3; 32]);
        let mut writer = racked.blobs.writer();
        if expected {
            writer = writer.expecting(len as u64);
        }
        if key {
            writer = writer.sealed(&owner);
        }
        let handle = now(async {
            writer.write(bytes.clone()).await?;
            writer.finish().await
        }).unwrap();
        racked.rack.set_all(&lost, Mode::Pulled);
        let at = |f: f64| (f * (len + 1) as f64) as u64;
        let (from, to) = (at(ends.0.min(ends.1)).min(len as u64), at(ends.0.max(ends.1)).min(len as u64));
        let part = now(async {
            let mut reader = if key {
                racked.blobs.read_sealed(&handle, from..to, &owner).await?
            } else {
                racked.blobs.read(&handle, from..to).await?
            };
            let mut out = Vec::new();
            while let Some(piece) = reader.next().await {
                out.extend(piece?);
            }
            Ok::<_, BlobError>(out)
        }).unwrap();
        prop_assert!(part == bytes[from as usize..to as usize]);
    }
}
