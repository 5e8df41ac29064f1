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
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use env::{Disk, Env, Open};
use futures_util::FutureExt;

use crate::{
    BlobError, Health, identity,
    shape::{Code, Shape},
    slot::{Probe, Slot},
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
    pub(crate) work: Work,
    array: [u8; 16],
    /// Raised whenever a drive may lack blobs that it should have.
    wanted: AtomicU64,
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
        let is_used = disk.exists(&data.join(DRIVES));
        let (array, shape) = if let Some((array, shape)) = kept(disk, data)? {
            let wanted = spare.map(|spare| shape_of(specs, Some(spare))).transpose()?;
            if shape.shards() != specs.len() || wanted.is_some_and(|wanted| wanted != shape) {
                let Shape { data: k, parity } = shape;
                return Err(format!(
                    "{} was laid out over {} drives, {k} with data and {parity} with parity; that is fixed, and \
                     these are {}{}",
                    data.display(),
                    k + parity,
                    specs.len(),
                    wanted.map_or(String::new(), |w| format!(", {} with parity", w.parity))
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
            if !is_used {
                // There is nothing yet that it could lack.
                slot.behind.store(0, Ordering::SeqCst);
                slot.is_rebuilt.store(false, Ordering::SeqCst);
            }
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
        for slot in self.slots.iter().filter(|slot| slot.is_up() && slot.is_stuck()) {
            slot.is_slow();
        }
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
        let (mut late, mut answers) = (self.late(PATIENCE), 0);
        loop {
            match probes.next(&mut late).await {
                Event::Ended(number, Ok(probe)) => {
                    answers += 1;
                    self.probed(&self.slots[number], probe);
                }
                Event::Ended(_, Err(_)) => answers += 1,
                Event::Late => break,
                Event::Over => return,
            }
        }
        // Where fewer answer than are needed, all of the machine may be slow: what hangs shows later.
        let hanging =
            probes.numbers().into_iter().map(|number| &self.slots[number]).filter(|slot| slot.hangs());
        if answers >= self.shape.data {
            hanging.for_each(|slot| slot.is_slow());
        }
    }

    pub(crate) fn late(&self, after: Duration) -> futures_util::future::BoxFuture<'static, ()> {
        let steady = self.env.clocks.steady.clone();
        async move { steady.wait(after).await }.boxed()
    }

    fn probed(&self, slot: &Slot, probe: Result<Probe, String>) {
        match probe {
            Err(why) => slot.leave(&why),
            Ok(_) if slot.is_silent() => slot.leave("calls of it do not return"),
            Ok(Probe { is_new, has_room }) => {
                let had_no_room = slot.is_full.swap(!has_room, Ordering::SeqCst);
                if slot.is_up() && !is_new && !(had_no_room && has_room) {
                    return;
                }
                slot.life.fetch_add(1, Ordering::SeqCst);
                let first = slot.life.load(Ordering::SeqCst) == 1 && !is_new;
                let wanted = self.wanted.fetch_add(u64::from(!first), Ordering::SeqCst);
                // Nobody knows at a start whether all that was missing had been rebuilt before the end.
                slot.behind.store(wanted + u64::from(!first), Ordering::SeqCst);
                slot.is_rebuilt.store(!first, Ordering::SeqCst);
                if !first {
                    tracing::info!(drive = slot.number, path = %slot.root.display(), is_new, "a drive is there");
                }
                slot.is_there();
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
            let is_over = behind > 0
                && behind <= wanted
                && slot.behind.compare_exchange(behind, 0, Ordering::SeqCst, Ordering::SeqCst).is_ok();
            if is_over && slot.is_rebuilt.swap(false, Ordering::SeqCst) {
                tracing::info!(drive = slot.number, "a drive has all that it should have");
            }
        }
    }

    /// Has names compared once more: something could not be rebuilt.
    pub fn compare_again(&self) {
        self.wanted.fetch_add(1, Ordering::SeqCst);
    }

    /// The health of each drive.
    pub async fn health(&self) -> Vec<Health> {
        let mut spaces = Together::default();
        for slot in self.slots.iter().filter(|slot| slot.is_up()) {
            let asked = slot.clone();
            let space = move || asked.disk.space(&asked.root).map_err(|e| BlobError::io(&asked.root, e));
            spaces.add(slot.number, slot.start(self.work, space));
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
pub(crate) fn write(disk: &dyn Disk, dir: &Path, name: &str, text: &str) -> io::Result<()> {
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
pub(crate) fn who(disk: &dyn Disk, root: &Path, array: &[u8; 16]) -> Result<Option<usize>, String> {
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
        spec.map(|spec| Arc::new(Slot::new(env, number, specs.len(), spec)))
            .ok_or_else(|| "a drive is missing".to_owned())
    });
    slots.collect()
}
