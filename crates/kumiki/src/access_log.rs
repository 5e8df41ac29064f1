//! Writes the access log down: lines of JSON in `DATA/access`, in files that are kept up to a number and a size.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use floor::Floor;
use tokio::{sync::oneshot, task::JoinHandle};

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
}

/// An access log that is being written.
pub(crate) struct Writing {
    end: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Writing {
    /// Writes what is left.
    pub(crate) async fn end(self) {
        let _ = self.end.send(()); // the task may have ended before
        if self.task.await.is_err() {
            tracing::warn!("the access log ended early");
        }
    }
}

impl AccessLog {
    /// The log in `data`, which goes on behind what is there.
    pub(crate) fn open(data: &Path) -> io::Result<Self> {
        let directory = data.join("access");
        env::disk::make_private_dirs(&directory)?;
        Ok(Self { directory, file: None })
    }

    /// Writes in the background from now on.
    pub(crate) fn start(self, floor: &Arc<Floor>) -> Writing {
        let (end, ending) = oneshot::channel();
        Writing { end, task: tokio::spawn(self.run(floor.clone(), ending)) }
    }

    /// Writes until it is told to end, and then what is left. What cannot be written is counted and told, and serving
    /// goes on.
    async fn run(mut self, floor: Arc<Floor>, mut end: oneshot::Receiver<()>) {
        let lost_in_all = floor.env.metrics.counter("kumiki_access_log_lost_total", "");
        floor.journal.turn_on();
        let mut is_over = false;
        while !is_over {
            tokio::select! {
                () = floor.journal.enough() => {}
                () = floor.env.clocks.steady.wait(WAIT_MAX) => {}
                _ = &mut end => is_over = true,
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
    fn write_waiting(&mut self, floor: &Floor) -> io::Result<u64> {
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

    /// The newest file, as long as it has room; else a new one.
    fn next(&self) -> io::Result<(File, u64)> {
        let all = numbers(&self.directory)?;
        let newest = all.last().copied();
        if let Some(number) = newest {
            let mut file = OpenOptions::new().read(true).append(true).open(self.path(number))?;
            let length = file.metadata()?.len();
            if length < FILE_BYTES_MAX {
                let added = end_line(&mut file, length)?;
                return Ok((file, length + added));
            }
        }
        for old in all.iter().take((all.len() + 1).saturating_sub(FILES_MAX)) {
            fs::remove_file(self.path(*old))?;
        }
        let path = self.path(newest.unwrap_or(0) + 1);
        Ok((OpenOptions::new().create(true).append(true).mode(0o600).open(path)?, 0))
    }

    fn path(&self, number: u64) -> PathBuf {
        self.directory.join(format!("access-{number:08}.jsonl"))
    }
}

/// Ends a line that was cut off when the process was. Answers how many bytes that took.
fn end_line(file: &mut File, length: u64) -> io::Result<u64> {
    if length == 0 {
        return Ok(0);
    }
    let mut last = [0];
    file.seek(SeekFrom::Start(length - 1))?;
    file.read_exact(&mut last)?;
    if last == *b"\n" {
        return Ok(0);
    }
    file.write_all(b"\n")?;
    Ok(1)
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

    fn names(data: &Path) -> Vec<u64> {
        numbers(&data.join("access")).unwrap()
    }

    #[test]
    fn files_are_limited_in_number_and_length() {
        let data = tempfile::tempdir().unwrap();
        for _ in 0..FILES_MAX + 3 {
            let log = AccessLog::open(data.path()).unwrap();
            let (file, length) = log.next().unwrap();
            assert_eq!(length, 0);
            file.set_len(FILE_BYTES_MAX).unwrap();
        }
        let all = names(data.path());
        assert_eq!((all.len(), all.last().copied()), (FILES_MAX, Some(FILES_MAX as u64 + 3)));
    }

    #[test]
    fn a_restart_goes_on_in_the_newest_file() {
        let data = tempfile::tempdir().unwrap();
        for _ in 0..FILES_MAX + 3 {
            AccessLog::open(data.path()).unwrap().write(b"{}\n").unwrap();
        }
        AccessLog::open(data.path()).unwrap().write(b"{\"cut").unwrap();
        AccessLog::open(data.path()).unwrap().write(b"{}\n").unwrap();
        assert_eq!(names(data.path()), [1]);
        let text = fs::read_to_string(data.path().join("access/access-00000001.jsonl")).unwrap();
        assert_eq!(text, "{}\n".repeat(FILES_MAX + 3) + "{\"cut\n{}\n");
    }
}
