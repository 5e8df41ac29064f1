//! The log: numbered batches in preallocated segments, one `fdatasync` per group.
//!
//! Segments are files `log-0`, `log-1`, ...; each belongs to the overlay of its batches and is used again once the
//! base holds that. Nothing marks where a segment ends: what counts is which whole frames there are. At opening,
//! the frames younger than the base must follow each other without a gap. A frame that is missing was either never
//! durable, then everything from it on was never acknowledged and is cut off; or a later frame says that it was,
//! and then the log is damaged and is not opened.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use env::{Disk, File, Open};

use crate::{
    StoreError,
    engine::{Group, Room},
    frame::{self, Frame},
};

/// Room beyond a segment's size is taken in steps of this.
const STEP_BYTES: u64 = 1 << 20;

struct Segment {
    path: PathBuf,
    file: Box<dyn File>,
    /// Bytes that are reserved.
    room: u64,
    /// Where the next frame goes.
    end: u64,
    /// The newest batch in it that the base does not hold; 0 where it may be used again.
    last: u64,
}

pub(crate) struct Log {
    disk: Arc<dyn Disk>,
    dir: PathBuf,
    segment_bytes: u64,
    salt: u64,
    segments: Vec<Segment>,
    /// The segment that is written.
    current: Option<usize>,
}

/// A batch that the base does not hold.
pub(crate) type Replayed = (u64, Bytes);

/// A log, the contents of its segments, and their frames.
type Read = (Log, Vec<Bytes>, Vec<(usize, Frame)>);

fn doing(what: &'static str) -> impl Fn(std::io::Error) -> StoreError {
    move |e| StoreError::io(what, &e)
}

impl Log {
    /// Opens the log of a base that holds everything up to `moved` and has heard of the durable number `newest`.
    /// Answers the batches that the base does not hold; they are on stable media when this returns.
    pub(crate) fn open(
        disk: Arc<dyn Disk>,
        dir: &Path,
        segment_bytes: u64,
        salt: u64,
        (moved, newest): (u64, u64),
    ) -> Result<(Self, Vec<Replayed>), StoreError> {
        let (mut log, contents, found) = Self::read(disk, dir, segment_bytes, salt, moved)?;
        let kept = judge(&found, moved, newest)?;
        let mut touched = vec![false; log.segments.len()];
        for (at, frame) in &found[kept..] {
            // Never acknowledged: it must not come back when its number is given anew.
            let file = &log.segments[*at].file;
            file.write_all_at(&[0; Group::HEAD_BYTES], frame.start as u64)
                .map_err(doing("cutting the log"))?;
            touched[*at] = true;
        }
        for (at, frame) in &found[..kept] {
            let segment = &mut log.segments[*at];
            segment.end = segment.end.max(frame.end as u64);
            segment.last = segment.last.max(frame.batch);
            log.current = Some(*at);
            touched[*at] = true;
        }
        // What was read may so far stand in the page cache alone.
        for (segment, _) in log.segments.iter().zip(&touched).filter(|(_, t)| **t) {
            segment.file.sync_data().map_err(doing("syncing the log"))?;
        }
        let replayed =
            found[..kept].iter().map(|(at, f)| (f.batch, contents[*at].slice(f.records()))).collect();
        Ok((log, replayed))
    }

    /// What can be read of a log, whole or not: its batches in order.
    pub(crate) fn salvage(
        disk: Arc<dyn Disk>,
        dir: &Path,
        salt: u64,
        moved: u64,
    ) -> Result<(Self, Vec<Replayed>), StoreError> {
        let (log, contents, mut found) = Self::read(disk, dir, 0, salt, moved)?;
        found.dedup_by_key(|(_, f)| f.batch);
        let readable = found.iter().map(|(at, f)| (f.batch, contents[*at].slice(f.records()))).collect();
        Ok((log, readable))
    }

    /// Reads every segment: its contents, and its whole frames in the order of their batches.
    fn read(
        disk: Arc<dyn Disk>,
        dir: &Path,
        segment_bytes: u64,
        salt: u64,
        moved: u64,
    ) -> Result<Read, StoreError> {
        let mut log =
            Self { disk, dir: dir.into(), segment_bytes, salt, segments: Vec::new(), current: None };
        let (mut found, mut contents) = (Vec::new(), Vec::new());
        for path in segment_paths(&*log.disk, dir)? {
            let (segment, bytes) = read_segment(&*log.disk, path)?;
            found.extend(frame::scan(&bytes, salt, moved).into_iter().map(|f| (contents.len(), f)));
            log.segments.push(segment);
            contents.push(bytes);
        }
        found.sort_by_key(|(_, f)| f.batch);
        Ok((log, contents, found))
    }

    /// Whether any segment exists.
    pub(crate) fn exists(disk: &dyn Disk, dir: &Path) -> Result<bool, StoreError> {
        Ok(!segment_paths(disk, dir)?.is_empty())
    }

    /// Makes sure that `bytes` can be written after what stands in the present segment.
    pub(crate) fn reserve(&mut self, bytes: u64) -> Result<Room, StoreError> {
        let at = match self.current {
            Some(at) => at,
            None => self.begin()?,
        };
        let segment = &mut self.segments[at];
        if segment.end + bytes <= segment.room {
            return Ok(Room::Ready);
        }
        if segment.end > 0 {
            return Ok(Room::SealFirst);
        }
        let room = bytes.div_ceil(STEP_BYTES) * STEP_BYTES;
        segment.file.allocate(room).map_err(doing("extending the log"))?;
        segment.file.sync_all().map_err(doing("extending the log"))?;
        segment.room = room;
        Ok(Room::Ready)
    }

    /// Takes a segment that may be used again, or makes one.
    fn begin(&mut self) -> Result<usize, StoreError> {
        let free = self.segments.iter().position(|s| s.last == 0);
        let at = match free {
            Some(at) => at,
            None => self.create()?,
        };
        let segment = &mut self.segments[at];
        segment.end = 0;
        if segment.room > self.segment_bytes {
            segment.file.set_len(self.segment_bytes).map_err(doing("shrinking the log"))?;
            segment.room = self.segment_bytes;
        }
        self.current = Some(at);
        Ok(at)
    }

    fn create(&mut self) -> Result<usize, StoreError> {
        let taken = |path: &PathBuf| self.segments.iter().any(|s| s.path == *path);
        let names = (0..=self.segments.len()).map(|i| self.dir.join(format!("log-{i}")));
        let path = names.into_iter().find(|p| !taken(p)).ok_or(StoreError::Full)?;
        let file = self.disk.open(&path, Open::Write).map_err(doing("making the log"))?;
        let made = file
            .allocate(self.segment_bytes)
            .and_then(|()| file.sync_all())
            .and_then(|()| self.disk.sync_dir(&self.dir));
        if let Err(e) = made {
            drop(file);
            // It holds nothing; the next opening would pass over it.
            let _ = self.disk.remove(&path);
            return Err(doing("making the log")(e));
        }
        self.segments.push(Segment { path, file, room: self.segment_bytes, end: 0, last: 0 });
        Ok(self.segments.len() - 1)
    }

    /// Writes a group and waits until it is on stable media. The room was reserved.
    pub(crate) fn commit(&mut self, group: &mut Group<'_>) -> Result<(), StoreError> {
        for at in group.frames {
            frame::fill(&mut group.buffer[at.start..at.end], self.salt, at.batch, group.durable);
        }
        let at = self.current.ok_or(StoreError::Io { what: "a commit without a segment".into() })?;
        let segment = &mut self.segments[at];
        segment.file.write_all_at(group.buffer, segment.end).map_err(fatal("writing the log"))?;
        segment.file.sync_data().map_err(fatal("syncing the log"))?;
        segment.end += group.buffer.len() as u64;
        segment.last = group.frames.last().map_or(segment.last, |f| f.batch);
        Ok(())
    }

    /// What comes next belongs to another overlay.
    pub(crate) fn seal(&mut self) {
        self.current = None;
    }

    /// The base holds everything up to `through`.
    pub(crate) fn release(&mut self, through: u64) {
        for (at, segment) in self.segments.iter_mut().enumerate() {
            if segment.last <= through && Some(at) != self.current {
                segment.last = 0;
            }
        }
    }

    /// Removes the segments: the base holds everything.
    pub(crate) fn remove(self) -> Result<(), StoreError> {
        for segment in &self.segments {
            self.disk.remove(&segment.path).map_err(doing("removing the log"))?;
        }
        self.disk.sync_dir(&self.dir).map_err(doing("removing the log"))
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.segments.iter().map(|s| s.room).sum()
    }
}

/// After these nobody knows what is on the disk, a full one too.
fn fatal(what: &'static str) -> impl Fn(std::io::Error) -> StoreError {
    move |e| StoreError::Io { what: format!("{what}: {e}").into() }
}

fn segment_paths(disk: &dyn Disk, dir: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let names = disk.list(dir).map_err(doing("listing the log"))?;
    let is_segment = |p: &PathBuf| {
        let name = p.file_name().and_then(|n| n.to_str()).and_then(|n| n.strip_prefix("log-"));
        name.is_some_and(|n| n.parse::<u32>().is_ok())
    };
    Ok(names.into_iter().filter(is_segment).collect())
}

fn read_segment(disk: &dyn Disk, path: PathBuf) -> Result<(Segment, Bytes), StoreError> {
    let file = disk.open(&path, Open::Write).map_err(doing("opening the log"))?;
    let room = file.len().map_err(doing("opening the log"))?;
    let mut bytes = vec![0; room as usize];
    file.read_exact_at(&mut bytes, 0).map_err(doing("reading the log"))?;
    Ok((Segment { path, file, room, end: 0, last: 0 }, bytes.into()))
}

/// How many of the frames, which are in order, follow the base without a gap. The rest was never acknowledged, or
/// this is an error.
fn judge(found: &[(usize, Frame)], moved: u64, newest: u64) -> Result<usize, StoreError> {
    if let Some(twice) = found.windows(2).find(|w| w[0].1.batch == w[1].1.batch) {
        return Err(StoreError::damaged(format!("the log has batch {} twice", twice[0].1.batch)));
    }
    let kept = (moved + 1..).zip(found).take_while(|(expected, (_, f))| f.batch == *expected).count();
    let missing = moved + kept as u64 + 1;
    let known = found[kept..].iter().map(|(_, f)| f.durable).max().unwrap_or(0).max(newest);
    if known >= missing {
        return Err(StoreError::damaged(format!(
            "batch {missing} of the log cannot be read, and batches up to {known} were acknowledged"
        )));
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(batch: u64, durable: u64) -> (usize, Frame) {
        (0, Frame { start: 0, end: 40, batch, durable })
    }

    fn commit(log: &mut Log, batches: std::ops::RangeInclusive<u64>, durable: u64) {
        let (mut buffer, mut frames) = (Vec::new(), Vec::new());
        for batch in batches {
            let start = buffer.len();
            buffer.resize(start + Group::HEAD_BYTES, 0);
            buffer.extend_from_slice(&[batch as u8; 50]);
            frames.push(crate::engine::FrameAt { batch, start, end: buffer.len() });
        }
        assert_eq!(log.reserve(buffer.len() as u64).unwrap(), Room::Ready);
        log.commit(&mut Group { buffer: &mut buffer, frames: &frames, durable }).unwrap();
    }

    #[test]
    fn what_was_cut_off_does_not_come_back() {
        let disk: Arc<dyn Disk> = Arc::new(env::SimDisk::new(1));
        let open = || Log::open(disk.clone(), Path::new("/"), 4096, 99, (0, 0)).unwrap();
        let numbers = |replayed: &[Replayed]| replayed.iter().map(|(batch, _)| *batch).collect::<Vec<_>>();
        let mut log = open().0;
        commit(&mut log, 1..=1, 0);
        commit(&mut log, 2..=4, 1);
        // The second sync did not end: of its three frames the disk has the last two.
        log.segments[0].file.write_all_at(&[7; 82], 82).unwrap();
        let (mut log, replayed) = open();
        assert_eq!(numbers(&replayed), [1]);
        commit(&mut log, 2..=2, 1);
        let (mut log, replayed) = open();
        assert_eq!(numbers(&replayed), [1, 2]);
        commit(&mut log, 3..=4, 2);
        let (_, replayed) = open();
        assert_eq!(numbers(&replayed), [1, 2, 3, 4]);
        assert!(replayed.iter().all(|(batch, records)| records.iter().all(|b| u64::from(*b) == *batch)));
    }

    #[test]
    fn a_gap_is_a_torn_tail_or_damage() {
        let whole = [frame(8, 7), frame(9, 8), frame(10, 9)];
        assert_eq!(judge(&whole, 7, 0).unwrap(), 3);
        assert_eq!(judge(&whole, 7, 10).unwrap(), 3);
        assert!(judge(&whole, 7, 11).is_err(), "the base has heard of batch 11");
        assert!(judge(&[frame(8, 7), frame(10, 9)], 7, 0).unwrap_err().to_string().contains("batch 9 "));
        assert!(judge(&[frame(9, 8)], 7, 0).unwrap_err().to_string().contains("batch 8 "));
        // 9, 10 and 11 were synced together, and that sync did not end.
        assert_eq!(judge(&[frame(8, 7), frame(10, 8), frame(11, 8)], 7, 8).unwrap(), 1);
        assert_eq!(judge(&[], 7, 7).unwrap(), 0);
        assert!(judge(&[frame(8, 7), frame(8, 7)], 7, 0).is_err());
    }
}
