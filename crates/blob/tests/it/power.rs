//! The power goes at every point: a handle that was given is a blob that is there.

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use blob::{BlobId, Blobs, DriveSpec, Drives, Handle};
use bytes::Bytes;
use env::{Env, Random, SimDisk, Timestamp};

use crate::{
    BATCH, CHUNK, contents, files, now, read_all,
    watched::{Answer, Call, Watched},
};

/// Blobs whose handles were given out before the power went, and whose drop was not begun.
type Owned = HashMap<BlobId, (Handle, Bytes)>;

/// How a store is opened; none where the power went before it was.
type Opens = fn(&Env) -> Option<Blobs>;

#[expect(clippy::unnecessary_wraps, reason = "over drives, a store may not open")]
fn alone(env: &Env) -> Option<Blobs> {
    Some(Blobs::open_in_place(env, "/blobs".into()))
}

/// Over three drives, any of which may be lost.
fn on_drives(env: &Env) -> Option<Blobs> {
    let spec = |n| DriveSpec { path: format!("/drives/{n}").into(), az: String::new() };
    let specs: Vec<DriveSpec> = (0..3).map(spec).collect();
    let drives = Drives::open_in_place(env, Path::new("/data"), &specs, None).ok()?;
    Some(Blobs::open_in_place_on(env, "/blobs".into(), &drives, Path::new("blobs")))
}

/// Writes and drops blobs until the power goes, just before the disk call of number `at`. Calls of the kind `lie`
/// are not made.
fn run(opens: Opens, seed: u64, at: u64, lie: Option<Call>) -> (SimDisk, Owned) {
    let disk = SimDisk::new(seed);
    let calls = Arc::new(AtomicU64::new(0));
    let (counted, dying) = (calls.clone(), disk.clone());
    let mut env = Env::simulated(seed);
    env.disk =
        Arc::new(Watched::new(disk.clone(), move |call| match counted.fetch_add(1, Ordering::SeqCst) {
            n if n > at => Answer::Fail,
            n if n == at => {
                dying.power_loss();
                Answer::Fail
            }
            _ if Some(call) == lie => Answer::Lie,
            _ => Answer::Go,
        }));
    let alive = || calls.load(Ordering::SeqCst) <= at;
    let random = Random::seeded(seed);
    let mut owned = Owned::new();
    let Some(blobs) = opens(&env) else { return (disk, owned) };
    while alive() {
        let len = [10, CHUNK, 2 * BATCH + 1][random.below(3) as usize];
        let bytes = contents(len, random.number());
        let mut writer = blobs.writer();
        if random.below(2) == 0 {
            writer = writer.expecting(len as u64);
        }
        let written = now(async {
            writer.write(bytes.clone()).await?;
            if random.below(5) == 0 { Ok(None) } else { writer.finish().await.map(Some) }
        });
        if let (Ok(Some(handle)), true) = (&written, alive()) {
            owned.insert(handle.id, (*handle, bytes));
        }
        if random.below(3) == 0
            && let Some(id) = owned.keys().min().copied()
        {
            owned.remove(&id); // its owner's record is gone, durably
            let _ = now(blobs.drop_blob(id));
        }
    }
    (disk, owned)
}

/// Starts again on what the disk kept: whether all that is owned is there. Sweeps the rest.
fn recovers(opens: Opens, disk: &SimDisk, owned: &Owned) -> bool {
    let mut env = Env::simulated(99);
    env.clocks.steady.turn(Duration::from_secs(600));
    env.disk = Arc::new(disk.clone());
    let Some(blobs) = opens(&env) else { return false };
    for (handle, bytes) in owned.values() {
        if now(read_all(&blobs, handle)).ok().as_deref() != Some(bytes) {
            return false;
        }
        assert_eq!(now(blobs.verify(handle.id)).unwrap(), handle.len);
    }
    let mut left = now(blobs.list_older(Timestamp(u64::MAX), None, usize::MAX)).unwrap();
    left.retain(|id| !owned.contains_key(id));
    for id in left {
        now(blobs.drop_blob(id)).unwrap();
    }
    let stored = |dir: &str| files(disk, Path::new(dir)).len();
    let shards: Vec<usize> = (0..3).map(|n| stored(&format!("/drives/{n}/blobs"))).collect();
    let has = if stored("/blobs") > 0 { vec![stored("/blobs")] } else { shards };
    assert!(has.iter().all(|has| *has == owned.len()) || owned.is_empty(), "all is owned or swept: {has:?}");
    // And it goes on.
    let more = contents(CHUNK, 5);
    let handle = now(crate::write(&blobs, &more, CHUNK)).unwrap();
    now(read_all(&blobs, &handle)).unwrap() == more
}

#[test]
fn what_was_acknowledged_survives_the_power() {
    let mut survived = 0;
    for seed in 0..6 {
        for at in 0..60 {
            let (disk, owned) = run(alone, seed * 1000 + at, at, None);
            assert!(recovers(alone, &disk, &owned), "seed {}, call {at}", seed * 1000 + at);
            survived += owned.len();
        }
    }
    assert!(survived > 500, "{survived} blobs were at stake");
}

#[test]
fn what_was_acknowledged_survives_the_power_of_all_drives() {
    let mut survived = 0;
    for seed in 0..2 {
        for at in (seed..240).step_by(2) {
            let (disk, owned) = run(on_drives, seed * 1000 + at, at, None);
            assert!(recovers(on_drives, &disk, &owned), "seed {}, call {at}", seed * 1000 + at);
            survived += owned.len();
        }
    }
    assert!(survived > 200, "{survived} blobs were at stake");
}

#[test]
fn a_missing_sync_would_be_noticed() {
    for (opens, from, lie) in [
        (alone as Opens, 0, Call::SyncData),
        (alone, 0, Call::SyncDir),
        (on_drives, 200, Call::SyncData),
        (on_drives, 200, Call::SyncDir),
    ] {
        let lost = (from..from + 40).filter(|at| {
            let (disk, owned) = run(opens, *at, *at, Some(lie));
            !recovers(opens, &disk, &owned)
        });
        assert!(lost.count() > 6, "{lie:?}");
    }
}
