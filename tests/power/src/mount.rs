//! The model as a file system that real programs use.

use std::{
    ffi::{OsStr, OsString},
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use fuser::{
    BackgroundSession, BsdFileFlags, Config, Errno, FileAttr, FileHandle, FileType, Filesystem, FopenFlags,
    Generation, INodeNo, LockOwner, MountOption, OpenFlags, RenameFlags, ReplyAttr, ReplyCreate, ReplyData,
    ReplyDirectory, ReplyEmpty, ReplyEntry, ReplyOpen, ReplyStatfs, ReplyWrite, Request, TimeOrNow,
    WriteFlags,
};
use parking_lot::Mutex;

use crate::model::{Failed, Ino, Kind, Model};

/// A model that is mounted; unmounted when it is dropped.
pub struct Mounted {
    model: Arc<Mutex<Model>>,
    at: PathBuf,
    session: Option<BackgroundSession>,
}

impl Mounted {
    /// Mounts `model` at the directory `at`.
    pub fn new(model: Model, at: &Path) -> io::Result<Self> {
        let mut mounted = Self { model: Arc::new(Mutex::new(model)), at: at.to_owned(), session: None };
        mounted.mount()?;
        Ok(mounted)
    }

    fn mount(&mut self) -> io::Result<()> {
        let mut config = Config::default();
        config.mount_options = vec![MountOption::FSName("power".into()), MountOption::RW];
        self.session = Some(fuser::spawn_mount(Shown(self.model.clone()), &self.at, &config)?);
        Ok(())
    }

    /// The power goes and comes back: the kernel forgets its cache with the mount, the model what was not promised.
    /// Nobody may have a file open.
    pub fn lose_power(&mut self) -> io::Result<()> {
        if let Some(session) = self.session.take() {
            session.umount_and_join()?;
        }
        self.model.lock().lose_power();
        self.mount()
    }

    /// Changes the model while it is mounted.
    pub fn with<T>(&self, f: impl FnOnce(&mut Model) -> T) -> T {
        f(&mut self.model.lock())
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            let _ = session.umount_and_join();
        }
    }
}

struct Shown(Arc<Mutex<Model>>);

/// Nothing changes behind the kernel's back while it is mounted.
const TTL: Duration = Duration::from_secs(3600);

fn errno(failed: Failed) -> Errno {
    match failed {
        Failed::Missing => Errno::ENOENT,
        Failed::Taken => Errno::EEXIST,
        Failed::NotEmpty => Errno::ENOTEMPTY,
        Failed::WrongKind => Errno::EINVAL,
        Failed::Full => Errno::ENOSPC,
    }
}

fn file_type(kind: Kind) -> FileType {
    match kind {
        Kind::File => FileType::RegularFile,
        Kind::Directory => FileType::Directory,
        Kind::Socket => FileType::Socket,
    }
}

fn attributes(model: &Model, ino: Ino) -> Result<FileAttr, Failed> {
    let (kind, size) = model.stat(ino)?;
    let at: SystemTime = UNIX_EPOCH;
    Ok(FileAttr {
        ino: INodeNo(ino),
        size,
        blocks: size.div_ceil(512),
        atime: at,
        mtime: at,
        ctime: at,
        crtime: at,
        kind: file_type(kind),
        perm: if kind == Kind::Directory { 0o700 } else { 0o600 },
        nlink: 1,
        uid: 0,
        gid: 0,
        rdev: 0,
        blksize: 4096,
        flags: 0,
    })
}

impl Shown {
    fn entry(&self, reply: ReplyEntry, f: impl FnOnce(&mut Model) -> Result<Ino, Failed>) {
        let mut model = self.0.lock();
        match f(&mut model).and_then(|ino| attributes(&model, ino)) {
            Ok(attr) => reply.entry(&TTL, &attr, Generation(0)),
            Err(failed) => reply.error(errno(failed)),
        }
    }

    fn empty(&self, reply: ReplyEmpty, f: impl FnOnce(&mut Model) -> Result<(), Failed>) {
        match f(&mut self.0.lock()) {
            Ok(()) => reply.ok(),
            Err(failed) => reply.error(errno(failed)),
        }
    }
}

impl Filesystem for Shown {
    fn lookup(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEntry) {
        self.entry(reply, |m| m.find(parent.0, &name.to_owned()));
    }
    fn getattr(&self, _: &Request, ino: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        match attributes(&self.0.lock(), ino.0) {
            Ok(attr) => reply.attr(&TTL, &attr),
            Err(failed) => reply.error(errno(failed)),
        }
    }
    fn setattr(
        &self,
        _: &Request,
        ino: INodeNo,
        _: Option<u32>,
        _: Option<u32>,
        _: Option<u32>,
        size: Option<u64>,
        _: Option<TimeOrNow>,
        _: Option<TimeOrNow>,
        _: Option<SystemTime>,
        _: Option<FileHandle>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<BsdFileFlags>,
        reply: ReplyAttr,
    ) {
        let mut model = self.0.lock();
        let cut = size.map_or(Ok(()), |size| model.set_len(ino.0, size as usize));
        match cut.and_then(|()| attributes(&model, ino.0)) {
            Ok(attr) => reply.attr(&TTL, &attr),
            Err(failed) => reply.error(errno(failed)),
        }
    }
    fn mkdir(&self, _: &Request, parent: INodeNo, name: &OsStr, _: u32, _: u32, reply: ReplyEntry) {
        self.entry(reply, |m| m.make(parent.0, name.to_owned(), Kind::Directory));
    }
    fn mknod(
        &self,
        _: &Request,
        parent: INodeNo,
        name: &OsStr,
        mode: u32,
        _: u32,
        _: u32,
        reply: ReplyEntry,
    ) {
        let kind = if mode & 0o170_000 == 0o140_000 { Kind::Socket } else { Kind::File };
        self.entry(reply, |m| m.make(parent.0, name.to_owned(), kind));
    }
    fn unlink(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        self.empty(reply, |m| m.remove(parent.0, &name.to_owned()));
    }
    fn rmdir(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        self.empty(reply, |m| m.remove(parent.0, &name.to_owned()));
    }
    fn rename(
        &self,
        _: &Request,
        parent: INodeNo,
        name: &OsStr,
        newparent: INodeNo,
        newname: &OsStr,
        _: RenameFlags,
        reply: ReplyEmpty,
    ) {
        let name: OsString = name.to_owned();
        self.empty(reply, |m| m.rename((parent.0, &name), (newparent.0, newname.to_owned())));
    }
    fn open(&self, _: &Request, _: INodeNo, _: OpenFlags, reply: ReplyOpen) {
        reply.opened(FileHandle(0), FopenFlags::FOPEN_KEEP_CACHE);
    }
    fn create(&self, _: &Request, parent: INodeNo, name: &OsStr, _: u32, _: u32, _: i32, reply: ReplyCreate) {
        let mut model = self.0.lock();
        let made = model.make(parent.0, name.to_owned(), Kind::File).and_then(|ino| attributes(&model, ino));
        match made {
            Ok(attr) => {
                reply.created(&TTL, &attr, Generation(0), FileHandle(0), FopenFlags::FOPEN_KEEP_CACHE);
            }
            Err(failed) => reply.error(errno(failed)),
        }
    }
    fn read(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        size: u32,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyData,
    ) {
        match self.0.lock().read(ino.0, offset as usize, size as usize) {
            Ok(bytes) => reply.data(&bytes),
            Err(failed) => reply.error(errno(failed)),
        }
    }
    fn write(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        data: &[u8],
        _: WriteFlags,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        match self.0.lock().write(ino.0, offset as usize, data) {
            Ok(()) => reply.written(data.len() as u32),
            Err(failed) => reply.error(errno(failed)),
        }
    }
    fn flush(&self, _: &Request, _: INodeNo, _: FileHandle, _: LockOwner, reply: ReplyEmpty) {
        reply.ok();
    }
    fn fsync(&self, _: &Request, ino: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        self.empty(reply, |m| m.sync(ino.0));
    }
    fn fsyncdir(&self, _: &Request, ino: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        self.empty(reply, |m| m.sync(ino.0));
    }
    fn fallocate(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        length: u64,
        mode: i32,
        reply: ReplyEmpty,
    ) {
        if mode != 0 {
            return reply.error(Errno::EOPNOTSUPP);
        }
        self.empty(reply, |m| {
            let to = (offset + length).max(m.stat(ino.0)?.1);
            m.set_len(ino.0, to as usize)
        });
    }
    fn readdir(&self, _: &Request, ino: INodeNo, _: FileHandle, offset: u64, mut reply: ReplyDirectory) {
        let mut model = self.0.lock();
        let listed = match model.list(ino.0) {
            Ok(listed) => listed,
            Err(failed) => return reply.error(errno(failed)),
        };
        let dots = [(OsString::from("."), ino.0), (OsString::from(".."), ino.0)];
        for (i, (name, of)) in dots.into_iter().chain(listed).enumerate().skip(offset as usize) {
            let kind = file_type(model.stat(of).map(|(kind, _)| kind).unwrap_or_default());
            if reply.add(INodeNo(of), i as u64 + 1, kind, name) {
                break;
            }
        }
        reply.ok();
    }
    fn statfs(&self, _: &Request, _: INodeNo, reply: ReplyStatfs) {
        let (used, room) = self.0.lock().space();
        let free = room.saturating_sub(used) / 4096;
        reply.statfs(room / 4096, free, free, 1 << 20, 1 << 20, 4096, 255, 4096);
    }
}
