//! The drives of a server: directories, each with an identity file, and what is known of their health.
//!
//! A drive is asked for nothing while it is away. It is away when its directory is missing or another one's, when it
//! failed, or when it let others wait; [`Drives::tend`] looks after it and takes it back. What it missed meanwhile is
//! found by comparing names ([`Drives::wanted`]). An empty directory in a drive's place is a new drive.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use env::{Counter, Disk, Env, Gauge, Open};
use futures_util::FutureExt;
use parking_lot::Mutex;

use crate::{
    BlobError, identity,
    shape::{Code, Shape},
    together::{Event, Together},
    work::Work,
};

/// Where a drive is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DriveSpec {
    /// Its directory.
    pub path: PathBuf,
    /// The AZ group that it belongs to: drives that may be lost together. Empty: none.
    pub az: String,
}

/// The file in the data directory that says how its drives are laid out.
pub const DRIVES: &str = "DRIVES";
/// The file in a drive's directory that says who it is.
pub const DRIVE: &str = "DRIVE";
/// Drives that one server takes.
pub const DRIVES_MAX: usize = 32;

/// A drive that lets others wait for so long, when enough have come to their end, is left behind.
pub(crate) const PATIENCE: Duration = Duration::from_secs(3);
/// A read that takes so long is begun elsewhere, too.
pub(crate) const HEDGE: Duration = Duration::from_millis(250);

/// The drives of a process, which all its blob stores share.
pub struct Drives {
    pub(crate) env: Env,
    pub(crate) slots: Vec<Arc<Slot>>,
    pub(crate) shape: Shape,
    pub(crate) code: Code,
    work: Work,
    array: [u8; 16],
    /// Raised whenever a drive may lack blobs that it should have.
    wanted: AtomicU64,
}

/// A drive and its health.
pub(crate) struct Slot {
    pub(crate) number: usize,
    pub(crate) root: PathBuf,
    az: String,
    disk: Arc<dyn Disk>,
    is_up: AtomicBool,
    why_away: Mutex<String>,
    /// Raised each time it comes back: what was known of its directories holds no more.
    pub(crate) life: AtomicU64,
    /// What `Drives::wanted` was when it came back, until it has caught up.
    behind: AtomicU64,
    is_full: AtomicBool,
    is_probed: AtomicBool,
    errors: Counter,
    damaged: Counter,
    slow: Counter,
    pub(crate) rebuilt: Counter,
    pub(crate) rebuilt_bytes: Counter,
    up: Gauge,
}

/// What is known of a drive.
#[derive(Clone, Debug)]
pub struct Health {
    /// Its number.
    pub number: usize,
    /// Its directory.
    pub path: PathBuf,
    /// Its AZ group.
    pub az: String,
    /// Why it is away; none where it is not.
    pub away: Option<String>,
    /// Whether it lacks blobs that are being rebuilt on it.
    pub is_behind: bool,
    /// Whether new blobs go without it for want of room.
    pub is_full: bool,
    /// Bytes that may still be written, and bytes in all; none where it does not say.
    pub space: Option<(u64, u64)>,
    /// Calls that failed.
    pub errors: u64,
    /// Shards that were damaged or missing.
    pub damaged: u64,
    /// Calls that let others wait.
    pub slow: u64,
    /// Shards that were written anew.
    pub rebuilt: u64,
    /// Their bytes.
    pub rebuilt_bytes: u64,
}

impl Drives {
    /// The drives of the data directory `data`, with room for the loss of `spare` of them beside one whole AZ group (where
    /// there are three groups or more). Says in words what does not fit.
    ///
    /// The layout is fixed when it is first used. Each directory is known by its identity, not by its place in the list.
    pub fn open(
        env: &Env,
        data: &Path,
        specs: &[DriveSpec],
        spare: Option<usize>,
    ) -> Result<Arc<Self>, String> {
        Self::begin(env, data, specs, spare, Work::Threads)
    }

    /// The same, with all disk calls made in place by whoever waits for them: for simulations on one thread.
    pub fn open_in_place(
        env: &Env,
        data: &Path,
        specs: &[DriveSpec],
        spare: Option<usize>,
    ) -> Result<Arc<Self>, String> {
        Self::begin(env, data, specs, spare, Work::InPlace)
    }

    fn begin(
        env: &Env,
        data: &Path,
        specs: &[DriveSpec],
        spare: Option<usize>,
        work: Work,
    ) -> Result<Arc<Self>, String> {
        let disk = &*env.disk;
        let (array, shape) = if let Some((array, shape)) = kept(disk, data)? {
            let wanted = spare.map(|spare| shape_of(specs, Some(spare))).transpose()?;
            if shape.shards() != specs.len() || wanted.is_some_and(|wanted| wanted != shape) {
                let Shape { data: k, parity } = shape;
                return Err(format!(
                    "{} was laid out over {} drives, {k} with data and {parity} with parity; that is fixed",
                    data.display(),
                    k + parity
                ));
            }
            (array, shape)
        } else {
            let fresh = (env.random.bytes16(), begun(env, data, specs, spare)?);
            keep(disk, data, fresh.0, fresh.1)?;
            fresh
        };
        let slots = placed(env, specs, array)?;
        let (wanted, code) = (AtomicU64::new(1), Code::new(shape));
        let drives = Self { env: env.clone(), slots, shape, code, work, array, wanted };
        for slot in &drives.slots {
            drives.probed(slot, slot.probe(&drives.array));
        }
        Ok(Arc::new(drives))
    }

    /// Whether the data directory `data` has blobs on drives.
    pub fn are_laid_out(env: &Env, data: &Path) -> bool {
        env.disk.exists(&data.join(DRIVES))
    }

    /// Drives whose shards are enough to read a blob, and those that may be lost besides.
    pub fn layout(&self) -> (usize, usize) {
        (self.shape.data, self.shape.parity)
    }

    /// The directories, in the order of their numbers.
    pub fn roots(&self) -> impl Iterator<Item = (usize, &Path)> {
        self.slots.iter().map(|slot| (slot.number, slot.root.as_path()))
    }

    /// Looks after each drive: takes back those that are well, and notes those that are not.
    pub async fn tend(&self) {
        let mut probes = Together::default();
        for slot in self.slots.iter().filter(|slot| !slot.is_probed.swap(true, Ordering::SeqCst)) {
            let (probed, array) = (slot.clone(), self.array);
            probes.add(
                slot.number,
                self.work.start(move || {
                    let probe = probed.probe(&array);
                    probed.is_probed.store(false, Ordering::SeqCst);
                    Ok(probe)
                }),
            );
        }
        let mut late = self.late(PATIENCE);
        loop {
            match probes.next(&mut late).await {
                Event::Ended(number, Ok(probe)) => self.probed(&self.slots[number], probe),
                Event::Ended(_, Err(_)) => {}
                Event::Late => break,
                Event::Over => return,
            }
        }
        for number in probes.give_up() {
            self.slots[number].is_slow();
        }
    }

    pub(crate) fn late(&self, after: Duration) -> futures_util::future::BoxFuture<'static, ()> {
        let steady = self.env.clocks.steady.clone();
        async move { steady.wait(after).await }.boxed()
    }

    fn probed(&self, slot: &Slot, probe: Result<Probe, String>) {
        match probe {
            Err(why) => slot.leave(&why),
            Ok(Probe { is_new, has_room }) => {
                let had_no_room = slot.is_full.swap(!has_room, Ordering::SeqCst);
                if slot.is_up() && !is_new && !(had_no_room && has_room) {
                    return;
                }
                slot.life.fetch_add(1, Ordering::SeqCst);
                let first = slot.life.load(Ordering::SeqCst) == 1 && !is_new;
                let wanted = self.wanted.fetch_add(u64::from(!first), Ordering::SeqCst);
                if !first {
                    slot.behind.store(wanted + 1, Ordering::SeqCst);
                    tracing::info!(drive = slot.number, path = %slot.root.display(), is_new, "a drive is there");
                }
                slot.is_up.store(true, Ordering::SeqCst);
                slot.up.set(1);
            }
        }
    }

    /// Raised whenever a drive may lack blobs: names are to be compared up to here.
    pub fn wanted(&self) -> u64 {
        self.wanted.load(Ordering::SeqCst)
    }

    /// Names were compared in all stores, and what was missing was rebuilt, up to what `wanted` said before.
    pub fn caught_up(&self, wanted: u64) {
        for slot in &self.slots {
            let behind = slot.behind.load(Ordering::SeqCst);
            if behind <= wanted {
                let _ = slot.behind.compare_exchange(behind, 0, Ordering::SeqCst, Ordering::SeqCst);
            }
        }
    }

    /// The health of each drive.
    pub async fn health(&self) -> Vec<Health> {
        let mut spaces = Together::default();
        for slot in self.slots.iter().filter(|slot| slot.is_up()) {
            let asked = slot.clone();
            spaces.add(
                slot.number,
                self.work
                    .start(move || asked.disk.space(&asked.root).map_err(|e| BlobError::io(&asked.root, e))),
            );
        }
        let mut all: Vec<Health> = self.slots.iter().map(|slot| slot.health()).collect();
        let mut late = self.late(PATIENCE);
        while let Event::Ended(number, space) = spaces.next(&mut late).await {
            all[number].space = space.ok();
        }
        all
    }
}

/// How many of the drives hold data and how many parity.
fn shape_of(specs: &[DriveSpec], spare: Option<usize>) -> Result<Shape, String> {
    let count = specs.len();
    if count > DRIVES_MAX {
        return Err(format!("{count} drives are more than {DRIVES_MAX}"));
    }
    let mut groups: Vec<&str> = specs.iter().map(|spec| spec.az.as_str()).collect();
    groups.sort_unstable();
    let size = |az: &&str| groups.iter().filter(|group| *group == az).count();
    let largest = groups.iter().map(size).max().unwrap_or(0);
    let mut named = groups.clone();
    named.dedup();
    if named.len() > 1 && named.contains(&"") {
        return Err("either all drives have an AZ group (PATH@az) or none has one".to_owned());
    }
    let whole_group = if named.len() >= 3 { largest } else { 0 };
    let spare = spare.unwrap_or(match (count, whole_group) {
        (1, _) => 0,
        (2..=3, _) | (_, 1..) => 1,
        _ => 2,
    });
    let parity = whole_group + spare;
    if parity >= count {
        let groups =
            if whole_group > 0 { format!(" beside a group of {whole_group}") } else { String::new() };
        return Err(format!("{count} drives cannot do without {spare}{groups}"));
    }
    Ok(Shape { data: count - parity, parity })
}

/// The shape of what is used for the first time. No directory may hold anything.
fn begun(env: &Env, data: &Path, specs: &[DriveSpec], spare: Option<usize>) -> Result<Shape, String> {
    let shape = shape_of(specs, spare)?;
    for spec in specs {
        let at = |e: io::Error| format!("{}: {e}", spec.path.display());
        env.disk.create_dir_all(&spec.path).map_err(at)?;
        if !is_empty(&*env.disk, &spec.path).map_err(at)? {
            return Err(format!(
                "{} is not empty, and {} knows no drives",
                spec.path.display(),
                data.display()
            ));
        }
    }
    Ok(shape)
}

fn is_empty(disk: &dyn Disk, dir: &Path) -> io::Result<bool> {
    let names = disk.list(dir)?;
    Ok(names.iter().all(|path| path.file_name().is_some_and(|name| name == "lost+found")))
}

/// What `DRIVES` in the data directory says.
fn kept(disk: &dyn Disk, data: &Path) -> Result<Option<([u8; 16], Shape)>, String> {
    let path = data.join(DRIVES);
    let text = match read(disk, &path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(format!("{}: {e}", path.display())),
    };
    identity::read_layout(&text).map(Some).ok_or_else(|| format!("{} cannot be read", path.display()))
}

fn keep(disk: &dyn Disk, data: &Path, array: [u8; 16], shape: Shape) -> Result<(), String> {
    write(disk, data, DRIVES, &identity::layout_text(array, shape))
        .map_err(|e| format!("{}: {e}", data.join(DRIVES).display()))
}

fn read(disk: &dyn Disk, path: &Path) -> io::Result<String> {
    let file = disk.open(path, Open::Read)?;
    let mut bytes = vec![0; file.len()?.min(4096) as usize];
    file.read_exact_at(&mut bytes, 0)?;
    String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// Writes a small file whole or not at all.
fn write(disk: &dyn Disk, dir: &Path, name: &str, text: &str) -> io::Result<()> {
    disk.create_dir_all(dir)?;
    let new = dir.join(format!("{name}.new"));
    let file = disk.open(&new, Open::Write)?;
    file.set_len(0)?;
    file.write_all_at(text.as_bytes(), 0)?;
    file.sync_all()?;
    disk.rename(&new, &dir.join(name))?;
    disk.sync_dir(dir)
}

/// Who a directory is: its number; none where it is empty.
fn who(disk: &dyn Disk, root: &Path, array: &[u8; 16]) -> Result<Option<usize>, String> {
    let text = match read(disk, &root.join(DRIVE)) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            return match is_empty(disk, root) {
                Ok(true) if disk.exists(root) => Ok(None),
                Ok(true) => Err("it is not there".to_owned()),
                // What was cut off while its identity was being written.
                Ok(false) if only_begun(disk, root) => Ok(None),
                Ok(false) => Err(format!("it is not empty and has no {DRIVE}")),
                Err(e) if e.kind() == io::ErrorKind::NotFound => Err("it is not there".to_owned()),
                Err(e) => Err(e.to_string()),
            };
        }
        Err(e) => return Err(e.to_string()),
    };
    match identity::read_drive(&text) {
        Some((its_array, number)) if its_array == *array => Ok(Some(number)),
        Some(_) => Err("it is a drive of another server".to_owned()),
        None => Err(format!("its {DRIVE} cannot be read")),
    }
}

fn only_begun(disk: &dyn Disk, root: &Path) -> bool {
    let names = disk.list(root).unwrap_or_default();
    names.iter().all(|path| path.file_name().is_some_and(|name| name == "DRIVE.new" || name == "lost+found"))
}

/// The directories in the order of their numbers. Those that do not say who they are have the numbers that are left,
/// their own place in the list if it is.
fn placed(env: &Env, specs: &[DriveSpec], array: [u8; 16]) -> Result<Vec<Arc<Slot>>, String> {
    let mut places: Vec<Option<&DriveSpec>> = vec![None; specs.len()];
    let mut nameless = Vec::new();
    for (at, spec) in specs.iter().enumerate() {
        match who(&*env.disk, &spec.path, &array) {
            Ok(Some(number)) => match places.get_mut(number) {
                Some(place @ None) => *place = Some(spec),
                Some(Some(other)) => {
                    let (one, two) = (other.path.display(), spec.path.display());
                    return Err(format!("{one} and {two} are both drive {number}: one is a copy"));
                }
                None => return Err(format!("{} is drive {number} of fewer", spec.path.display())),
            },
            _ => nameless.push((at, spec)),
        }
    }
    let mut without = Vec::new();
    for (at, spec) in nameless {
        match &mut places[at] {
            place @ None => *place = Some(spec),
            Some(_) => without.push(spec),
        }
    }
    let mut without = without.into_iter();
    let slots = places.into_iter().enumerate().map(|(number, place)| {
        let spec = place.or_else(|| without.next());
        spec.map(|spec| Arc::new(Slot::new(env, number, spec))).ok_or_else(|| "a drive is missing".to_owned())
    });
    slots.collect()
}

/// What was found where a drive is well.
struct Probe {
    /// It was empty, and has its identity now.
    is_new: bool,
    has_room: bool,
}

impl Slot {
    fn new(env: &Env, number: usize, spec: &DriveSpec) -> Self {
        let labels = format!("drive=\"{number}\"");
        let counter = |name| env.metrics.counter(name, &labels);
        Self {
            number,
            root: spec.path.clone(),
            az: spec.az.clone(),
            disk: env.disk.clone(),
            is_up: AtomicBool::new(false),
            why_away: Mutex::default(),
            life: AtomicU64::new(0),
            behind: AtomicU64::new(0),
            is_full: AtomicBool::new(false),
            is_probed: AtomicBool::new(false),
            errors: counter("kumiki_drive_errors_total"),
            damaged: counter("kumiki_drive_damaged_total"),
            slow: counter("kumiki_drive_slow_total"),
            rebuilt: counter("kumiki_drive_rebuilt_total"),
            rebuilt_bytes: counter("kumiki_drive_rebuilt_bytes_total"),
            up: env.metrics.gauge("kumiki_drive_up", &labels),
        }
    }

    pub(crate) fn is_up(&self) -> bool {
        self.is_up.load(Ordering::SeqCst)
    }

    pub(crate) fn is_full(&self) -> bool {
        self.is_full.load(Ordering::SeqCst)
    }

    /// Whether the directory is still the drive's own: a name in another one is not to be trusted.
    pub(crate) fn is_itself(&self) -> io::Result<()> {
        if self.disk.exists(&self.root.join(DRIVE)) {
            return Ok(());
        }
        Err(io::Error::new(io::ErrorKind::NotFound, "the directory is no longer the drive's"))
    }

    /// A call failed: the drive is away until a probe says otherwise. That its disk is full is no fault of it.
    pub(crate) fn failed(&self, error: &BlobError) {
        match error {
            BlobError::Full => self.is_full.store(true, Ordering::SeqCst),
            BlobError::Missing(_) | BlobError::Damaged { .. } => {
                self.damaged.add(1);
                if let Err(gone) = self.is_itself() {
                    self.leave(&gone.to_string());
                }
            }
            BlobError::Io { .. } => {
                self.errors.add(1);
                self.leave(&error.to_string());
            }
            _ => {}
        }
    }

    /// Others had to wait for it.
    pub(crate) fn is_slow(&self) {
        self.slow.add(1);
        self.leave("it does not answer in time");
    }

    /// A read was begun elsewhere, too.
    pub(crate) fn was_overtaken(&self) {
        self.slow.add(1);
    }

    fn leave(&self, why: &str) {
        why.clone_into(&mut self.why_away.lock());
        self.up.set(0);
        if self.is_up.swap(false, Ordering::SeqCst) || self.life.fetch_max(1, Ordering::SeqCst) == 0 {
            tracing::error!(drive = self.number, path = %self.root.display(), why, "a drive is away");
        }
    }

    /// Asks the drive who it is and whether it takes a write.
    fn probe(&self, array: &[u8; 16]) -> Result<Probe, String> {
        let disk = &*self.disk;
        let is_new = match who(disk, &self.root, array)? {
            Some(number) if number == self.number => false,
            Some(number) => return Err(format!("it is drive {number} now")),
            None => {
                let text = identity::drive_text(*array, self.number);
                write(disk, &self.root, DRIVE, &text).map_err(|e| e.to_string())?;
                true
            }
        };
        let has_room = disk.space(&self.root).is_ok_and(|(free, total)| free >= 2 * env::spare_bytes(total));
        if !self.is_up() && !is_new && has_room {
            let asked = self.root.join("PROBE");
            let file = disk.open(&asked, Open::Write).map_err(|e| e.to_string())?;
            file.write_all_at(b"probe", 0).and_then(|()| file.sync_data()).map_err(|e| e.to_string())?;
            disk.remove(&asked).map_err(|e| e.to_string())?;
        }
        Ok(Probe { is_new, has_room })
    }

    fn health(&self) -> Health {
        Health {
            number: self.number,
            path: self.root.clone(),
            az: self.az.clone(),
            away: (!self.is_up()).then(|| self.why_away.lock().clone()),
            is_behind: self.behind.load(Ordering::SeqCst) > 0,
            is_full: self.is_full(),
            space: None,
            errors: self.errors.get(),
            damaged: self.damaged.get(),
            slow: self.slow.get(),
            rebuilt: self.rebuilt.get(),
            rebuilt_bytes: self.rebuilt_bytes.get(),
        }
    }
}
