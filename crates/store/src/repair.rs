//! What can be had from a store whose log is damaged.

use std::path::Path;

use bytes::Bytes;
use env::Env;

use crate::{
    Key, StoreError,
    base::BaseStore,
    engine::{Slice, Stored},
    lmdb::Lmdb,
    log::Log,
    record::Record,
};

/// What a repair did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Batches of the log that were read and brought into the records.
    pub kept: u64,
    /// Numbers of the batches, from and to, that were acknowledged and are lost.
    pub lost: Vec<(u64, u64)>,
}

/// Brings every batch of the log that can be read into the records and removes the log, so that the directory can be
/// opened again. What the lost batches wrote is lost, and what later ones decided on it stands: this is for when no
/// backup is younger. Nothing else may have the directory open.
pub fn repair(env: &Env, dir: &Path) -> Result<Repair, StoreError> {
    let base = Lmdb::new(dir, 8 << 40, env.clocks.steady.clone());
    let Some(meta) = base.open()? else {
        return Err(StoreError::damaged("there are no records that a log could continue"));
    };
    let (log, batches) = Log::salvage(env.disk.clone(), dir, meta.salt, meta.moved)?;
    let newest = batches.last().map_or(meta.newest, |(batch, _)| meta.newest.max(*batch));
    let mut repair = Repair { kept: batches.len() as u64, lost: Vec::new() };
    let mut expected = meta.moved + 1;
    for (batch, records) in batches {
        repair.note_lost(expected, batch);
        expected = batch + 1;
        absorb(&base, batch, records, newest)?;
    }
    repair.note_lost(expected, newest + 1);
    base.absorb(&Slice { cleared: &[], writes: &[], through: Some(newest), newest })?;
    log.remove()?;
    base.close();
    Ok(repair)
}

impl Repair {
    fn note_lost(&mut self, expected: u64, found: u64) {
        if expected < found {
            self.lost.push((expected, found - 1));
        }
    }
}

fn absorb(base: &Lmdb, batch: u64, mut records: Bytes, newest: u64) -> Result<(), StoreError> {
    let mut cleared: Vec<(Bytes, Bytes)> = Vec::new();
    let mut writes: Vec<(Key, Option<Stored>)> = Vec::new();
    while !records.is_empty() {
        match Record::decode(&mut records)? {
            Record::Put { key, crc, value } => writes.push((key, Some(Stored { batch, crc, value }))),
            Record::Delete { key } => writes.push((key, None)),
            Record::Clear { start, end } => cleared.push((start, end)),
        }
    }
    base.absorb(&Slice { cleared: &cleared, writes: &writes, through: Some(batch), newest })
}
