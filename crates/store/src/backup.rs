//! A copy of a cell in a directory of its own, made while the cell goes on. Opening that directory is the restore.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    KeyRange, StoreError,
    engine::{Stored, block_on},
    lmdb::Lmdb,
    shared::Shared,
    snapshot::Snapshot,
    types::{checksum, successor},
};

/// What a backup holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The newest batch in it.
    pub batch: u64,
    /// Records.
    pub records: u64,
    /// Bytes of their keys and values.
    pub bytes: u64,
}

/// Bytes that are read and written at a time.
const PART_BYTES: usize = 8 << 20;
/// Bytes that one read should answer, as far as the sizes of the last ones tell.
const READ_BYTES: usize = 1 << 20;

/// Copies what is durable now into `to`, which must not exist. Until it is complete it bears another name.
pub(crate) fn write(shared: &Shared, to: &Path) -> Result<Backup, StoreError> {
    let doing = |e| StoreError::io("writing a backup", &e);
    if to.exists() {
        return Err(doing(std::io::ErrorKind::AlreadyExists.into()));
    }
    let partial = partial(to);
    if partial.exists() {
        fs::remove_dir_all(&partial).map_err(doing)?;
    }
    env::disk::make_private_dirs(&partial).map_err(doing)?;
    let snapshot = shared.durable();
    snapshot.state.base.keep(true);
    let copied = copy(shared, &snapshot, &partial);
    snapshot.state.base.keep(false);
    let backup = copied?;
    fs::rename(&partial, to).map_err(doing)?;
    let parent = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(parent).and_then(|d| d.sync_all()).map_err(doing)?;
    Ok(backup)
}

fn partial(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

fn copy(shared: &Shared, snapshot: &Snapshot, to: &Path) -> Result<Backup, StoreError> {
    let target = Lmdb::new(to, 8 << 40, shared.env.clocks.steady.clone());
    target.begin_copy()?;
    let mut backup = Backup { batch: snapshot.batch, records: 0, bytes: 0 };
    let mut rest = KeyRange::all();
    let mut items_max = 16;
    loop {
        let (mut part, mut bytes) = (Vec::new(), 0);
        while bytes < PART_BYTES {
            let items = block_on(snapshot.range(&rest, items_max, None))?.merged.items;
            let Some((last, _)) = items.last() else { break };
            rest.start = successor(last);
            let read = items.iter().map(|(k, s)| k.len() + s.value.len()).sum::<usize>();
            items_max = (READ_BYTES * items.len() / read).clamp(16, 4096);
            bytes += read;
            part.extend(items);
        }
        if part.is_empty() {
            break;
        }
        check(&part)?;
        backup.records += part.len() as u64;
        backup.bytes += bytes as u64;
        target.append(&part)?;
    }
    target.end_copy(shared.env.random.number() | 1, snapshot.batch)?;
    Ok(backup)
}

/// What the base holds was verified as it was read; what overlays hold is verified here.
fn check(part: &[(bytes::Bytes, Stored)]) -> Result<(), StoreError> {
    match part.iter().find(|(key, stored)| checksum(key, &stored.value) != stored.crc) {
        None => Ok(()),
        Some((key, _)) => {
            Err(StoreError::damaged(format!("the record of key \"{}\" in memory", key.escape_ascii())))
        }
    }
}
