//! The disk as a parameter. Calls block: they belong on threads that may wait, never on the reactor.

use std::{
    fs, io,
    os::unix::fs::{DirBuilderExt as _, FileExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// How a file is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Open {
    /// For reading; it must exist.
    Read,
    /// For reading and writing; made where it does not exist.
    Write,
    /// For reading and writing; it must not exist yet.
    New,
}

/// An open file. All offsets and lengths are bytes.
#[expect(clippy::len_without_is_empty, reason = "a file is asked for its length, never for its emptiness")]
pub trait File: Send + Sync {
    /// Reads up to `into.len()` bytes at `offset`; 0 at the end.
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize>;
    /// Writes all of `from` at `offset`.
    fn write_all_at(&self, from: &[u8], offset: u64) -> io::Result<()>;
    /// Waits until the contents are on stable media.
    fn sync_data(&self) -> io::Result<()>;
    /// Waits until contents and length are on stable media.
    fn sync_all(&self) -> io::Result<()>;
    /// The present length.
    fn len(&self) -> io::Result<u64>;
    /// Cuts or extends the file.
    fn set_len(&self, to: u64) -> io::Result<()>;
    /// Reserves space up to `to` bytes and extends the file, so that later writes cannot run out of space.
    fn allocate(&self, to: u64) -> io::Result<()>;

    /// Reads exactly `into.len()` bytes at `offset`.
    fn read_exact_at(&self, mut into: &mut [u8], mut offset: u64) -> io::Result<()> {
        while !into.is_empty() {
            match self.read_at(into, offset) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(n) => {
                    into = &mut into[n..];
                    offset += n as u64;
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }
}

/// A file system. A name is durable only after [`Disk::sync_dir`] of its directory.
pub trait Disk: Send + Sync {
    /// Opens a file.
    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn File>>;
    /// Gives a file another name, replacing what had it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes a directory and its parents, each name durable when this returns.
    fn create_dir_all(&self, path: &Path) -> io::Result<()>;
    /// Waits until the names in a directory are on stable media.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;
    /// The names in a directory, sorted.
    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>>;
    /// Whether a file or directory of that name exists.
    fn exists(&self, path: &Path) -> bool;
    /// Bytes that may still be written, and bytes in all, on the file system of `path`.
    fn space(&self, path: &Path) -> io::Result<(u64, u64)>;
}

/// How much of a file system of `total` bytes is kept free of what grows, so that what deletes still finds room: 64 MiB,
/// of small ones an eighth.
pub fn spare_bytes(total: u64) -> u64 {
    (64 << 20).min(total / 8)
}

/// Makes a directory and its parents, for their owner only: what we keep is not for others to read.
pub fn make_private_dirs(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// The host's file system.
pub struct RealDisk;

impl File for fs::File {
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize> {
        FileExt::read_at(self, into, offset)
    }
    fn write_all_at(&self, from: &[u8], offset: u64) -> io::Result<()> {
        FileExt::write_all_at(self, from, offset)
    }
    fn sync_data(&self) -> io::Result<()> {
        fs::File::sync_data(self)
    }
    fn sync_all(&self) -> io::Result<()> {
        fs::File::sync_all(self)
    }
    fn len(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }
    fn set_len(&self, to: u64) -> io::Result<()> {
        fs::File::set_len(self, to)
    }
    fn allocate(&self, to: u64) -> io::Result<()> {
        match rustix::fs::fallocate(self, rustix::fs::FallocateFlags::empty(), 0, to) {
            Ok(()) => Ok(()),
            // Some file systems cannot reserve; they extend, and a full disk shows at the write.
            Err(rustix::io::Errno::OPNOTSUPP | rustix::io::Errno::NOSYS) => {
                if File::len(self)? < to {
                    fs::File::set_len(self, to)?;
                }
                Ok(())
            }
            Err(e) => Err(e.into()),
        }
    }
}

impl Disk for RealDisk {
    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn File>> {
        let mut options = fs::OpenOptions::new();
        options.read(true).mode(0o600);
        match how {
            Open::Read => {}
            Open::Write => {
                options.write(true).create(true).truncate(false);
            }
            Open::New => {
                options.write(true).create_new(true);
            }
        }
        Ok(Box::new(options.open(path)?))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        self.create_dir_all(parent)?;
        match fs::DirBuilder::new().mode(0o700).create(path) {
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(e),
            _ => self.sync_dir(parent),
        }
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        fs::File::open(path)?.sync_all()
    }
    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        let mut names = fs::read_dir(path)?.map(|e| Ok(e?.path())).collect::<io::Result<Vec<_>>>()?;
        names.sort();
        Ok(names)
    }
    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }
    fn space(&self, path: &Path) -> io::Result<(u64, u64)> {
        let s = rustix::fs::statvfs(path)?;
        Ok((s.f_bavail * s.f_frsize, s.f_blocks * s.f_frsize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_for_its_owner_only() {
        use std::os::unix::fs::MetadataExt as _;
        let dir = tempfile::tempdir().unwrap();
        let (deep, other) = (dir.path().join("a/b"), dir.path().join("c/d"));
        RealDisk.create_dir_all(&deep).unwrap();
        make_private_dirs(&other).unwrap();
        let file = deep.join("f");
        RealDisk.open(&file, Open::New).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o777;
        assert_eq!(
            [&deep, &other, &dir.path().join("c"), &file].map(|p| mode(p)),
            [0o700, 0o700, 0o700, 0o600]
        );
    }

    #[test]
    fn what_is_written_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let disk = RealDisk;
        let deep = dir.path().join("a/b/c");
        disk.create_dir_all(&deep).unwrap();
        let file = disk.open(&deep.join("f"), Open::New).unwrap();
        file.allocate(4096).unwrap();
        file.write_all_at(b"joinery", 10).unwrap();
        file.sync_data().unwrap();
        let mut read = [0; 7];
        file.read_exact_at(&mut read, 10).unwrap();
        assert_eq!((&read, file.len().unwrap()), (b"joinery", 4096));
        assert!(disk.open(&deep.join("f"), Open::New).is_err());
        assert_eq!(disk.list(&deep).unwrap(), [deep.join("f")]);
        assert!(disk.space(&deep).unwrap().0 > 0);
    }
}
