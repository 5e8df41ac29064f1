//! Writes the access log down: lines of JSON in `DATA/access`, in files that are kept up to a number and a size.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use floor::Floor;

/// A file is closed when it is this long.
const FILE_BYTES_MAX: u64 = 64 << 20;
/// Files that are kept; the oldest goes.
const FILES_MAX: usize = 16;
/// Lines wait this long at most.
const WAIT_MAX: Duration = Duration::from_secs(1);

/// Where lines go.
pub(crate) struct AccessLog {
    directory: PathBuf,
    file: Option<(File, u64)>,
    number: u64,
}

impl AccessLog {
    /// The log in `data`, which goes on behind what is there.
    pub(crate) fn open(data: &Path) -> io::Result<Self> {
        let directory = data.join("access");
        fs::create_dir_all(&directory)?;
        let number = numbers(&directory)?.last().copied().unwrap_or(0) + 1;
        Ok(Self { directory, file: None, number })
    }

    /// Writes until the process ends. What cannot be written is counted and told, and serving goes on.
    pub(crate) async fn run(mut self, floor: Arc<Floor>) {
        let lost_in_all = floor.env.metrics.counter("kumiki_access_log_lost_total", "");
        floor.journal.turn_on();
        loop {
            tokio::select! {
                () = floor.journal.enough() => {}
                () = floor.env.clocks.steady.wait(WAIT_MAX) => {}
            }
            let journal = floor.clone();
            let written = tokio::task::spawn_blocking(move || {
                let answer = self.write_waiting(&journal);
                (self, answer)
            });
            let Ok((this, answer)) = written.await else { return };
            self = this;
            match answer {
                Ok(lost) => lost_in_all.add(lost),
                Err(error) => tracing::warn!(%error, "the access log cannot be written"),
            }
        }
    }

    /// Writes what waits; answers how many lines were lost before.
    pub(crate) fn write_waiting(&mut self, floor: &Floor) -> io::Result<u64> {
        let (lines, lost) = floor.journal.take();
        if !lines.is_empty() {
            self.write(&lines)?;
        }
        Ok(lost)
    }

    fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        let (mut file, length) = match self.file.take() {
            Some(open) => open,
            None => self.next()?,
        };
        file.write_all(lines)?;
        let length = length + lines.len() as u64;
        if length < FILE_BYTES_MAX {
            self.file = Some((file, length));
        }
        Ok(())
    }

    fn next(&mut self) -> io::Result<(File, u64)> {
        let all = numbers(&self.directory)?;
        for old in all.iter().take((all.len() + 1).saturating_sub(FILES_MAX)) {
            fs::remove_file(self.path(*old))?;
        }
        let path = self.path(self.number);
        self.number += 1;
        Ok((OpenOptions::new().create(true).append(true).open(path)?, 0))
    }

    fn path(&self, number: u64) -> PathBuf {
        self.directory.join(format!("access-{number:08}.jsonl"))
    }
}

/// The numbers of the files that are there, in order.
fn numbers(directory: &Path) -> io::Result<Vec<u64>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name();
        let number: Option<u64> =
            name.to_str().and_then(|n| n.strip_prefix("access-")?.strip_suffix(".jsonl")?.parse().ok());
        all.extend(number);
    }
    all.sort_unstable();
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_limited_in_number_and_length() {
        let data = tempfile::tempdir().unwrap();
        for _ in 0..FILES_MAX + 3 {
            let mut log = AccessLog::open(data.path()).unwrap();
            log.write(b"{}\n").unwrap();
            log.write(b"{}\n").unwrap();
        }
        let directory = data.path().join("access");
        let all = numbers(&directory).unwrap();
        assert_eq!((all.len(), all.last().copied()), (FILES_MAX, Some(FILES_MAX as u64 + 3)));
        let last = directory.join(format!("access-{:08}.jsonl", FILES_MAX + 3));
        assert_eq!(fs::read(last).unwrap(), b"{}\n{}\n");
        let mut log = AccessLog::open(data.path()).unwrap();
        log.write(&vec![b'x'; FILE_BYTES_MAX as usize]).unwrap();
        log.write(b"{}\n").unwrap();
        assert_eq!(numbers(&directory).unwrap().last().copied(), Some(FILES_MAX as u64 + 5));
    }
}
