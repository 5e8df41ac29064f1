//! Cells: one record store and one blob store each, opened when first asked for.

use std::{
    collections::{BTreeMap, HashMap},
    fmt, fs,
    future::Future,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock, Weak,
        atomic::{AtomicU32, Ordering},
    },
};

use auth::Region;
use blob::Drives;
use env::Env;
use parking_lot::{Mutex, RwLock};
use tokio::{runtime::Handle, sync::OnceCell, task::JoinSet};
use wire::{Answer, Fault};

use crate::{
    Floor, Placement,
    fault::{of_blob, of_store, unavailable},
    outbox,
    placement::Realm,
};

/// Which cell.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct CellId {
    realm: Realm,
    index: u32,
}

impl CellId {
    /// The region that owns the cell; none for what is global.
    pub fn region(&self) -> Option<&Region> {
        match &self.realm {
            Realm::Global => None,
            Realm::Region(region) => Some(region),
        }
    }
}

impl fmt::Display for CellId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.realm {
            Realm::Global => write!(f, "global/{}", self.index),
            Realm::Region(region) => write!(f, "{region}/{}", self.index),
        }
    }
}

/// An open cell.
pub struct OpenCell {
    pub(crate) id: CellId,
    pub(crate) records: store::Cell,
    pub(crate) blobs: blob::Blobs,
    pub(crate) lanes: outbox::Lanes,
    pub(crate) floor: Weak<Floor>,
    /// While a backup is made, disowned blobs stay: the copied records may still name them.
    pub(crate) backups: AtomicU32,
    runtime: Handle,
    /// What runs for it.
    tasks: Mutex<JoinSet<()>>,
}

impl OpenCell {
    /// Runs `task` beside everything else; also from threads that are not the reactor's.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.tasks.lock();
        while tasks.try_join_next().is_some() {}
        tasks.spawn_on(task, &self.runtime);
    }
}

/// Where cells keep their data.
#[derive(Clone, Debug)]
pub enum Home {
    /// In memory: gone with the process.
    Memory,
    /// Under this directory.
    Directory(PathBuf),
}

type Slot = Arc<OnceCell<Arc<OpenCell>>>;

/// All cells of a process.
pub struct Cells {
    env: Env,
    home: Home,
    drives: Option<Arc<Drives>>,
    per_region: u32,
    open: RwLock<HashMap<CellId, Slot>>,
    /// Cells that could not be opened when they were last asked for, and why.
    shut: RwLock<BTreeMap<String, String>>,
    floor: OnceLock<Weak<Floor>>,
}

impl Cells {
    /// Cells under `home`, `per_region` of them in each region. Nothing is opened yet.
    pub fn new(env: Env, home: Home, per_region: u32) -> Self {
        let (open, shut) = (RwLock::default(), RwLock::default());
        Self { env, home, drives: None, per_region: per_region.max(1), open, shut, floor: OnceLock::new() }
    }

    /// The same, with the bytes of all cells over drives.
    #[must_use]
    pub fn on_drives(mut self, drives: Option<Arc<Drives>>) -> Self {
        self.drives = drives;
        self
    }

    /// The drives, where there are any.
    pub fn drives(&self) -> Option<&Arc<Drives>> {
        self.drives.as_ref()
    }

    pub(crate) fn belong_to(&self, floor: &Arc<Floor>) {
        let _ = self.floor.set(Arc::downgrade(floor));
    }

    fn id(&self, at: &Placement) -> CellId {
        let index = match at.realm {
            Realm::Global => 0,
            Realm::Region(_) => (at.spread % u64::from(self.per_region)) as u32,
        };
        CellId { realm: at.realm.clone(), index }
    }

    /// The cell of a placement, opened where it is not yet.
    pub(crate) async fn at(&self, at: &Placement) -> Answer<Arc<OpenCell>> {
        self.get(self.id(at)).await
    }

    async fn get(&self, id: CellId) -> Answer<Arc<OpenCell>> {
        if let Some(cell) = self.open.read().get(&id).and_then(|slot| slot.get()) {
            return Ok(cell.clone());
        }
        // Apart, so that the futures of all requests are not as large as this one, which is rare.
        Box::pin(self.open(id)).await
    }

    async fn open(&self, id: CellId) -> Answer<Arc<OpenCell>> {
        let slot = self.open.write().entry(id.clone()).or_default().clone();
        slot.get_or_try_init(|| self.open_cell(id)).await.cloned()
    }

    fn directory(&self, id: &CellId) -> Option<PathBuf> {
        let Home::Directory(root) = &self.home else { return None };
        let realm = match &id.realm {
            Realm::Global => root.join("global"),
            Realm::Region(region) => root.join("regions").join(region.as_str()),
        };
        Some(realm.join(format!("cell-{}", id.index)))
    }

    /// The cell's directory in the data directory, and on each drive.
    fn within(&self, id: &CellId) -> Option<PathBuf> {
        let Home::Directory(root) = &self.home else { return None };
        Some(self.directory(id)?.strip_prefix(root).ok()?.to_path_buf())
    }

    async fn open_cell(&self, id: CellId) -> Answer<Arc<OpenCell>> {
        let floor = self.floor.get().cloned().ok_or_else(|| unavailable("the floor is not laid"))?;
        let env = self.env.clone();
        let (name, place) = (id.to_string(), self.directory(&id));
        // In memory, too, each cell has its own: the sweeper of one knows no owners in another.
        let blobs = place.as_ref().map_or_else(|| Path::new("/blobs").join(&name), |p| p.join("blobs"));
        let (at, on) = (place.clone(), self.drives.clone().zip(self.within(&id).map(|p| p.join("blobs"))));
        let opened =
            tokio::task::spawn_blocking(move || open_stores(&env, name, at.as_deref(), blobs, on.as_ref()))
                .await;
        let opened = opened.map_err(|e| unavailable(e.to_string())).flatten();
        let (records, blobs) = opened.map_err(|fault| self.note_shut(&id, place.as_deref(), fault))?;
        self.shut.write().remove(&id.to_string());
        let runtime = Handle::current();
        let (lanes, backups) = (outbox::Lanes::default(), AtomicU32::new(0));
        let cell = Arc::new(OpenCell {
            id,
            records,
            blobs,
            lanes,
            floor,
            backups,
            runtime,
            tasks: Mutex::default(),
        });
        outbox::resume(&cell).await?;
        Ok(cell)
    }

    /// Says where the files are of a cell that cannot be opened, and remembers why.
    fn note_shut(&self, id: &CellId, place: Option<&Path>, fault: Fault) -> Fault {
        let why = fault.cause().unwrap_or(fault.message());
        let why = place.map_or_else(|| why.to_owned(), |place| format!("{}: {why}", place.display()));
        self.shut.write().insert(id.to_string(), why.clone());
        fault.because(why)
    }

    /// Cells that could not be opened when they were last asked for, and why.
    pub fn shut(&self) -> Vec<(String, String)> {
        self.shut.read().iter().map(|(id, why)| (id.clone(), why.clone())).collect()
    }

    /// Regions that have data on disk, and those opened since.
    pub fn regions(&self) -> Vec<Region> {
        let mut all: Vec<Region> = self.open.read().keys().filter_map(|id| id.region().cloned()).collect();
        if let Home::Directory(root) = &self.home {
            let found = self.env.disk.list(&root.join("regions")).unwrap_or_default();
            all.extend(found.iter().filter_map(|p| p.file_name()?.to_str()?.parse().ok()));
        }
        all.sort();
        all.dedup();
        all
    }

    /// Whether a region has data: on disk, or where nothing is on disk, in memory.
    pub fn has_data(&self, region: &Region) -> bool {
        self.has(&CellId { realm: Realm::Region(region.clone()), index: 0 })
    }

    /// Whether there is data that all regions share.
    pub fn has_global(&self) -> bool {
        self.has(&CellId { realm: Realm::Global, index: 0 })
    }

    fn has(&self, id: &CellId) -> bool {
        match self.directory(id) {
            Some(cell) => cell.exists(),
            None => self.open.read().contains_key(id),
        }
    }

    /// Opens all cells of a region.
    pub async fn open_region(&self, region: &Region) -> Answer<()> {
        for index in 0..self.per_region {
            self.get(CellId { realm: Realm::Region(region.clone()), index }).await?;
        }
        Ok(())
    }

    /// A placement in each cell that is open now, for background work that goes through all of them.
    pub fn places(&self) -> Vec<Placement> {
        let place = |cell: Arc<OpenCell>| Placement {
            realm: cell.id.realm.clone(),
            spread: u64::from(cell.id.index),
        };
        self.opened().into_iter().map(place).collect()
    }

    /// A placement in each cell of a region.
    pub fn places_of(&self, region: &Region) -> Vec<Placement> {
        let place = |index| Placement { realm: Realm::Region(region.clone()), spread: u64::from(index) };
        (0..self.per_region).map(place).collect()
    }

    /// The cells that are open now.
    pub fn opened(&self) -> Vec<Arc<OpenCell>> {
        self.open.read().values().filter_map(|slot| slot.get().cloned()).collect()
    }

    /// Copies every cell that has data, live, into `to`: the copy is what a data directory holds. Each cell is copied
    /// as it was at one moment; answers how many were. `without_drives`: what is on drives is not copied.
    pub async fn backup(&self, to: &Path, without_drives: bool) -> Answer<usize> {
        let Home::Directory(root) = &self.home else {
            return Err(unavailable("an ephemeral server has nothing to back up"));
        };
        for region in self.regions() {
            self.open_region(&region).await?;
        }
        let cells = self.opened();
        for cell in &cells {
            let Some(within) = self.within(&cell.id) else { continue };
            let copied = async {
                cell.copy(&root.join(&within), &to.join(&within)).await?;
                if without_drives { Ok(()) } else { self.copy_drives(to, &within.join("blobs")).await }
            };
            cell.backups.fetch_add(1, Ordering::SeqCst);
            let copied = copied.await;
            cell.backups.fetch_sub(1, Ordering::SeqCst);
            copied?;
        }
        Ok(cells.len())
    }

    /// Copies a directory `within` all drives into `to/drives/NUMBER`, with who each is. As many may fail as may be lost.
    async fn copy_drives(&self, to: &Path, within: &Path) -> Answer<()> {
        let Some(drives) = &self.drives else { return Ok(()) };
        let (_, mut may_fail) = drives.layout();
        for (number, root) in drives.roots() {
            let there = to.join("drives").join(number.to_string());
            let (root, within) = (root.to_owned(), within.to_owned());
            let copy = move || {
                env::disk::make_private_dirs(&there)?;
                fs::copy(root.join(blob::DRIVE), there.join(blob::DRIVE))?;
                copy_tree(&root.join(&within), &there.join(&within))
            };
            let copied = tokio::task::spawn_blocking(copy).await.map_err(|e| unavailable(e.to_string()))?;
            let Err(error) = copied else { continue };
            tracing::warn!(drive = number, %error, "a drive could not be copied");
            if may_fail == 0 {
                return Err(unavailable(format!("copying drive {number}: {error}")));
            }
            may_fail -= 1;
        }
        Ok(())
    }

    /// Forgets everything that is kept in memory: the next request finds empty cells. Refused for data on disk.
    pub async fn forget(&self) -> Answer<()> {
        if let Home::Directory(_) = self.home {
            return Err(unavailable("data on disk is not forgotten"));
        }
        let forgotten = std::mem::take(&mut *self.open.write());
        // What still runs for them would write into the new ones.
        for cell in forgotten.values().filter_map(|slot| slot.get()) {
            let mut tasks = std::mem::take(&mut *cell.tasks.lock());
            tasks.shutdown().await;
        }
        Ok(())
    }

    /// Waits until every cell has written what it holds, and closes them.
    pub async fn close(&self) {
        for cell in self.opened() {
            if let Err(error) = cell.records.close().await {
                tracing::error!(cell = %cell.id, %error, "a cell could not be closed; the next start replays its log");
            }
        }
    }
}

impl OpenCell {
    /// Records first: every blob that they name is complete by then, and stays as long as `backups` says.
    async fn copy(&self, from: &Path, to: &Path) -> Answer<()> {
        self.records.backup(&to.join("records")).await.map_err(of_store)?;
        let (from, to) = (from.join("blobs"), to.join("blobs"));
        let copied = tokio::task::spawn_blocking(move || copy_tree(&from, &to)).await;
        copied
            .map_err(|e| unavailable(e.to_string()))?
            .map_err(|e| unavailable(format!("copying blobs: {e}")))
    }

    /// The cell's name.
    pub fn id(&self) -> &CellId {
        &self.id
    }

    /// How many lanes of its outbox have something to deliver.
    pub fn lanes_busy(&self) -> usize {
        self.lanes.count()
    }

    /// The destinations of its outbox that do not take what is for them.
    pub fn stalled(&self) -> Vec<outbox::Stalled> {
        self.lanes.stalled()
    }

    /// The record store, for figures and administration.
    pub fn records(&self) -> &store::Cell {
        &self.records
    }

    /// The blob store, for figures and administration.
    pub fn blobs(&self) -> &blob::Blobs {
        &self.blobs
    }
}

/// Copies a directory, each file and name synced. What disappears meanwhile was not to be copied.
fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return Ok(());
    }
    env::disk::make_private_dirs(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let there = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &there)?;
            continue;
        }
        let copied = fs::copy(entry.path(), &there).and_then(|_| fs::File::open(&there)?.sync_all());
        match copied {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
    }
    fs::File::open(to)?.sync_all()
}

fn open_stores(
    env: &Env,
    name: String,
    place: Option<&Path>,
    blobs: PathBuf,
    on: Option<&(Arc<Drives>, PathBuf)>,
) -> Answer<(store::Cell, blob::Blobs)> {
    let engine = match place {
        None => store::memory(),
        Some(place) => store::log_and_lmdb(env, &place.join("records"), store::Storage::default()),
    };
    let options = store::Options { name, ..store::Options::default() };
    let records = store::Cell::open(engine, env, options).map_err(of_store)?;
    let blobs = match on {
        Some((drives, within)) => blob::Blobs::open_on(env, blobs, drives, within),
        None => blob::Blobs::open(env, blobs).map_err(|e| of_blob(&e))?,
    };
    Ok((records, blobs))
}
