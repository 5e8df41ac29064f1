//! Where the master key is kept, and how a wrong one is found before anything is touched.
//!
//! What is sealed in a data directory is sealed with keys of one root key, which is random and never changes. It stands in
//! `SEAL`, wrapped with the master key, which `SEAL` names. The master key itself comes from outside
//! (`KUMIKI_MASTER_KEY`), or stands beside it in `master.key`, for its owner only, made at the first start. A copy of the
//! directory for keeping has `SEAL` and not `master.key`: who steals the copy cannot read it.
//!
//! Another master key ([`rotate`]) wraps the same root anew: one small file is written, and whatever was sealed before
//! opens as before.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use env::Random;
use zeroize::Zeroizing;

use crate::{KeyId, Master, MasterKey};

/// The file with the wrapped root key.
pub const SEAL: &str = "SEAL";
/// The file with the master key.
pub const KEY_FILE: &str = "master.key";

/// The first line of `SEAL`.
const FORMAT: &str = "kumiki seal 2";
const PURPOSE: &str = "SEAL";
/// Both files are one or a few short lines; more is not theirs.
const FILE_BYTES_MAX: u64 = 4096;

/// Why a data directory cannot be opened; nothing in it was changed.
#[derive(Debug, thiserror::Error)]
pub enum Bad {
    /// `{}` cannot be read or written.
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, io::Error),
    /// What the file says is not what is written there.
    #[error("{} cannot be read: {}", .0.display(), .1)]
    Damaged(PathBuf, &'static str),
    /// Others can read the key.
    #[error(
        "{} is open to others than its owner (its mode is {:04o}); a master key is its owner's alone. If nobody has read it: \
         chmod 600 {}", .0.display(), .1, .0.display()
    )]
    Exposed(PathBuf, u32),
    /// There are data, and no SEAL.
    #[error(
        "{} has data and no {SEAL}, without which what is sealed in it cannot be read by anybody; put it back from a backup",
        .0.display()
    )]
    Unsealed(PathBuf),
    /// A new key that is the old one.
    #[error("the new master key is the one that {} is sealed with", .0.display())]
    Same(PathBuf),
    /// The key is somebody else's to keep, and so is the next one.
    #[error(
        "the master key of {} comes from KUMIKI_MASTER_KEY: give the next one in KUMIKI_NEW_MASTER_KEY \
         (`openssl rand -base64 32`)", .0.display()
    )]
    NoNext(PathBuf),
    /// There is a SEAL, and no key.
    #[error(
        "{} is sealed with master key {}, which is neither in KUMIKI_MASTER_KEY nor in {}; put it back (a backup has \
         no key: it is kept apart). Without it, what is sealed cannot be read by anybody", .data.display(), .id, .file.display()
    )]
    Missing {
        /// The data directory.
        data: PathBuf,
        /// Where the key would stand.
        file: PathBuf,
        /// The key's name.
        id: String,
    },
    /// There is a SEAL, and another key.
    #[error("{} is sealed with master key {}, but {} has key {}; nothing was touched", .data.display(), .sealed_with, .from, .given)]
    Wrong {
        /// The data directory.
        data: PathBuf,
        /// The name of the right key.
        sealed_with: String,
        /// Where the wrong one came from.
        from: String,
        /// The wrong one's name.
        given: String,
    },
    /// No SEAL yet, but two keys.
    #[error(
        "KUMIKI_MASTER_KEY names another key than {}, and there is no SEAL to tell which of them is meant; remove one", .0.display()
    )]
    Two(PathBuf),
}

/// Opens the data directory `data` with its master key: `given`, or the one in its key file, or (where there is neither
/// that nor a seal) a new one. Everything but the first start only reads. A directory that `has_data` is not at its first.
pub fn open_directory(
    data: &Path,
    given: Option<&MasterKey>,
    has_data: bool,
    random: &Random,
) -> Result<Master, Bad> {
    let (seal, file) = (data.join(SEAL), data.join(KEY_FILE));
    if let Some(wraps) = read_seal(&seal)? {
        let kept = read_key(&file)?;
        return Ok(Master::new(&unwrap(data, &wraps, given, kept.as_ref())?.root, random));
    }
    if has_data {
        return Err(Bad::Unsealed(data.into()));
    }
    let key = match (given, read_key(&file)?) {
        (Some(given), Some(kept)) if given.id() != kept.id() => return Err(Bad::Two(file)),
        (Some(given), _) => given.clone(),
        (None, Some(kept)) => kept,
        (None, None) => {
            let key = MasterKey::random(random);
            write(data, &Step::key(&key))?;
            key
        }
    };
    let root = MasterKey::random(random);
    write(data, &Step::seal(&[Wrap::new(&key, &root, random)]))?;
    Ok(Master::new(&root, random))
}

/// Seals `data` with another master key: `next`, which its owner keeps, or a new one in the key file. Answers the names of
/// the old key and the new one. Nobody may serve the directory meanwhile. Where this ends half-way, the directory opens
/// with the key that its owner has by then, and what was sealed opens as before.
pub fn rotate(
    data: &Path,
    given: Option<&MasterKey>,
    next: Option<&MasterKey>,
    random: &Random,
) -> Result<(KeyId, KeyId), Bad> {
    let (names, steps) = plan(data, given, next, random)?;
    for step in &steps {
        write(data, step)?;
    }
    Ok(names)
}

/// The name of the master key that `data` is sealed with.
pub fn sealed_with(data: &Path) -> Result<String, Bad> {
    let wraps = read_seal(&data.join(SEAL))?.ok_or_else(|| Bad::Unsealed(data.into()))?;
    Ok(wraps[0].id.clone())
}

/// One file of the directory as it is to be. Each is written whole or not at all.
struct Step {
    file: &'static str,
    /// None for a file that goes.
    text: Option<Zeroizing<String>>,
}

impl Step {
    fn key(key: &MasterKey) -> Self {
        Self { file: KEY_FILE, text: Some(Zeroizing::new(format!("{}\n", &key.text()[..]))) }
    }

    fn seal(wraps: &[Wrap]) -> Self {
        let mut text = format!("{FORMAT}\n");
        for wrap in wraps {
            text.extend(["key ", &wrap.id, " ", &hex::encode(&wrap.wrapped), "\n"]);
        }
        Self { file: SEAL, text: Some(Zeroizing::new(text)) }
    }
}

/// What [`rotate`] does. A key file and `SEAL` cannot change at one moment: in between, `SEAL` has the root for both keys.
fn plan(
    data: &Path,
    given: Option<&MasterKey>,
    next: Option<&MasterKey>,
    random: &Random,
) -> Result<((KeyId, KeyId), Vec<Step>), Bad> {
    let wraps = read_seal(&data.join(SEAL))?.ok_or_else(|| Bad::Unsealed(data.into()))?;
    let kept = read_key(&data.join(KEY_FILE))?;
    let Opened { key: old, root } = unwrap(data, &wraps, given, kept.as_ref())?;
    let wrap = |key: &MasterKey| Wrap::new(key, &root, random);
    let (new, steps) = match next {
        Some(next) => {
            let gone = kept.as_ref().map(|_| Step { file: KEY_FILE, text: None });
            (next.id(), [Step::seal(&[wrap(next)])].into_iter().chain(gone).collect())
        }
        None if given.is_some() => return Err(Bad::NoNext(data.into())),
        None => {
            let next = MasterKey::random(random);
            let both = Step::seal(&[wrap(old), wrap(&next)]);
            (next.id(), vec![both, Step::key(&next), Step::seal(&[wrap(&next)])])
        }
    };
    if old.id() == new {
        return Err(Bad::Same(data.into()));
    }
    Ok(((old.id(), new), steps))
}

/// The root key, wrapped with a master key.
struct Wrap {
    /// The master key's name.
    id: String,
    wrapped: Vec<u8>,
}

impl Wrap {
    fn new(key: &MasterKey, root: &MasterKey, random: &Random) -> Self {
        let id = key.id().to_string();
        let wrapped = Master::new(key, random).seal(PURPOSE, id.as_bytes(), root.bytes());
        Self { id, wrapped }
    }
}

/// The root key, and the master key that opened it.
struct Opened<'a> {
    key: &'a MasterKey,
    root: MasterKey,
}

fn unwrap<'a>(
    data: &Path,
    wraps: &[Wrap],
    given: Option<&'a MasterKey>,
    kept: Option<&'a MasterKey>,
) -> Result<Opened<'a>, Bad> {
    let (seal, file) = (data.join(SEAL), data.join(KEY_FILE));
    let sealed_with = wraps[0].id.clone();
    let (key, from) = match (given, kept) {
        (Some(key), _) => (key, "KUMIKI_MASTER_KEY".to_owned()),
        (None, Some(key)) => (key, file.display().to_string()),
        (None, None) => return Err(Bad::Missing { data: data.into(), file, id: sealed_with }),
    };
    let id = key.id().to_string();
    let Some(wrap) = wraps.iter().find(|wrap| wrap.id == id) else {
        return Err(Bad::Wrong { data: data.into(), sealed_with, from, given: id });
    };
    let opened = Master::new(key, &Random::host()).open(PURPOSE, id.as_bytes(), &wrap.wrapped);
    let root = opened.ok().and_then(|root| MasterKey::of(&root));
    match root {
        Some(root) => Ok(Opened { key, root }),
        None => Err(Bad::Damaged(seal, "its root key does not open with the key that it names")),
    }
}

/// What `SEAL` has, one wrap at least; `None` where there is no file.
fn read_seal(path: &Path) -> Result<Option<Vec<Wrap>>, Bad> {
    let Some(text) = read(path, |_| Ok(()))? else { return Ok(None) };
    let damaged = |how| Bad::Damaged(path.to_owned(), how);
    let text = str::from_utf8(&text).map_err(|_| damaged("it is no text"))?;
    let mut lines = text.lines();
    if lines.next() != Some(FORMAT) {
        return Err(damaged("it does not begin with \"kumiki seal 2\""));
    }
    let wrap = |line: &str| {
        let (id, wrapped) = line.strip_prefix("key ")?.split_once(' ')?;
        Some(Wrap { id: id.to_owned(), wrapped: hex::decode(wrapped).ok()? })
    };
    match lines.map(wrap).collect::<Option<Vec<_>>>() {
        Some(wraps) if !wraps.is_empty() => Ok(Some(wraps)),
        _ => Err(damaged("it has something else than lines \"key ...\"")),
    }
}

fn read_key(path: &Path) -> Result<Option<MasterKey>, Bad> {
    let Some(text) = read(path, |mode| {
        let others = mode & 0o077;
        if others == 0 { Ok(()) } else { Err(Bad::Exposed(path.to_owned(), mode & 0o7777)) }
    })?
    else {
        return Ok(None);
    };
    let key = str::from_utf8(&text).ok().and_then(MasterKey::parse);
    key.map(Some).ok_or_else(|| Bad::Damaged(path.to_owned(), "it is not 32 bytes in base64 or hex"))
}

fn read(path: &Path, allows: impl FnOnce(u32) -> Result<(), Bad>) -> Result<Option<Zeroizing<Vec<u8>>>, Bad> {
    let bad = |e| Bad::File(path.to_owned(), e);
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(bad(e)),
    };
    allows(file.metadata().map_err(bad)?.mode())?;
    let mut text = Zeroizing::new(Vec::with_capacity(FILE_BYTES_MAX as usize));
    file.take(FILE_BYTES_MAX).read_to_end(&mut text).map_err(bad)?;
    Ok(Some(text))
}

/// Does a step, all of it or nothing. The file is for its owner alone.
fn write(data: &Path, step: &Step) -> Result<(), Bad> {
    let path = data.join(step.file);
    let done = match &step.text {
        Some(text) => write_durably(&path, text.as_bytes()),
        None => fs::remove_file(&path),
    };
    done.and_then(|()| fs::File::open(data)?.sync_all()).map_err(|e| Bad::File(path, e))
}

fn write_durably(path: &Path, text: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    match fs::remove_file(&new) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(&new, path)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn key(seed: u64) -> MasterKey {
        MasterKey::random(&Random::seeded(seed))
    }

    fn open(data: &Path, given: Option<&MasterKey>) -> Result<Master, Bad> {
        open_directory(data, given, false, &Random::host())
    }

    fn contents(data: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let mut all: Vec<_> = fs::read_dir(data).unwrap().map(|e| e.unwrap().path()).collect();
        all.sort();
        all.into_iter().map(|p| (p.clone(), fs::read(p).unwrap())).collect()
    }

    #[test]
    fn the_first_start_makes_a_key_and_the_next_finds_it() {
        let data = tempfile::tempdir().unwrap();
        let sealed = open(data.path(), None).unwrap().seal("p", b"", b"x");
        let before = contents(data.path());
        let mode = fs::metadata(data.path().join(KEY_FILE)).unwrap().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(&open(data.path(), None).unwrap().open("p", b"", &sealed).unwrap()[..], b"x");
        assert_eq!(contents(data.path()), before);
    }

    #[test]
    fn a_key_from_outside_is_written_nowhere() {
        let data = tempfile::tempdir().unwrap();
        open(data.path(), Some(&key(1))).unwrap();
        assert!(!data.path().join(KEY_FILE).exists());
        open(data.path(), Some(&key(1))).unwrap();
        let missing = open(data.path(), None).unwrap_err();
        assert!(matches!(missing, Bad::Missing { .. }), "{missing}");
        assert!(!data.path().join(KEY_FILE).exists(), "no new key is made for a directory that has a seal");
    }

    #[test]
    fn a_wrong_key_is_refused_and_nothing_touched() {
        let data = tempfile::tempdir().unwrap();
        open(data.path(), None).unwrap();
        let right = sealed_with(data.path()).unwrap();
        let before = contents(data.path());
        // The variable is what its owner says, also where the file has the right key.
        let wrong = open(data.path(), Some(&key(2))).unwrap_err();
        let text = wrong.to_string();
        assert!(matches!(wrong, Bad::Wrong { .. }), "{text}");
        assert!(text.contains(&right) && text.contains("KUMIKI_MASTER_KEY"), "{text}");
        assert_eq!(contents(data.path()), before);
        fs::write(data.path().join(KEY_FILE), &key(3).text()[..]).unwrap();
        let wrong = open(data.path(), None).unwrap_err();
        assert!(matches!(wrong, Bad::Wrong { .. }) && wrong.to_string().contains(KEY_FILE), "{wrong}");
        fs::remove_file(data.path().join(KEY_FILE)).unwrap();
        assert!(matches!(open(data.path(), None).unwrap_err(), Bad::Missing { .. }));
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let data = tempfile::tempdir().unwrap();
        open(data.path(), None).unwrap();
        let file = data.path().join(KEY_FILE);
        for mode in [0o640, 0o604, 0o620] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            let refused = open(data.path(), None).unwrap_err();
            assert!(matches!(refused, Bad::Exposed(..)), "{refused}");
            assert!(refused.to_string().contains("chmod 600"), "{refused}");
        }
        fs::set_permissions(&file, fs::Permissions::from_mode(0o400)).unwrap();
        open(data.path(), None).unwrap();
    }

    #[test]
    fn what_is_damaged_is_named() {
        let data = tempfile::tempdir().unwrap();
        open(data.path(), None).unwrap();
        let seal = fs::read_to_string(data.path().join(SEAL)).unwrap();
        let flipped = match seal.strip_suffix("0\n") {
            Some(rest) => format!("{rest}1\n"),
            None => format!("{}0\n", &seal[..seal.len() - 2]),
        };
        for text in [
            "",
            "kumiki seal 1\n",
            "kumiki seal 2\n",
            "kumiki seal 2\nkey a zz\n",
            "kumiki seal 2\nkey a\n",
            &flipped,
        ] {
            fs::write(data.path().join(SEAL), text).unwrap();
            let refused = open(data.path(), None).unwrap_err();
            assert!(matches!(refused, Bad::Damaged(..)), "{text:?}: {refused}");
        }
        fs::write(data.path().join(SEAL), seal).unwrap();
        open(data.path(), None).unwrap();
        fs::write(data.path().join(KEY_FILE), "short").unwrap();
        assert!(matches!(open(data.path(), None).unwrap_err(), Bad::Damaged(..)));
    }

    #[test]
    fn a_start_that_ended_between_key_and_seal_goes_on() {
        let data = tempfile::tempdir().unwrap();
        open(data.path(), None).unwrap();
        let id = sealed_with(data.path()).unwrap();
        fs::remove_file(data.path().join(SEAL)).unwrap();
        let two = open(data.path(), Some(&key(4))).unwrap_err();
        assert!(matches!(two, Bad::Two(_)), "{two}");
        fs::write(data.path().join("SEAL.new"), "torn").unwrap();
        open(data.path(), None).unwrap();
        assert_eq!(sealed_with(data.path()).unwrap(), id);
    }

    #[test]
    fn data_without_a_seal_get_no_new_one() {
        let data = tempfile::tempdir().unwrap();
        open(data.path(), None).unwrap();
        fs::remove_file(data.path().join(SEAL)).unwrap();
        let before = contents(data.path());
        let refused = open_directory(data.path(), None, true, &Random::host()).unwrap_err();
        assert!(matches!(refused, Bad::Unsealed(_)), "{refused}");
        assert!(matches!(rotate(data.path(), None, None, &Random::host()).unwrap_err(), Bad::Unsealed(_)));
        assert_eq!(contents(data.path()), before);
    }

    #[test]
    fn another_key_opens_what_was_sealed_before() {
        let (data, random) = (tempfile::tempdir().unwrap(), Random::host());
        let sealed = open(data.path(), None).unwrap().seal("p", b"", b"x");
        let opens = |given: Option<&MasterKey>| {
            &open(data.path(), given).unwrap().open("p", b"", &sealed).unwrap()[..] == b"x"
        };
        let former = fs::read(data.path().join(KEY_FILE)).unwrap();
        let (old, new) = rotate(data.path(), None, None, &random).unwrap();
        assert!(opens(None) && old != new && sealed_with(data.path()).unwrap() == new.to_string());
        let file = data.path().join(KEY_FILE);
        assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o600);
        // The former one opens nothing any more.
        let kept = fs::read(&file).unwrap();
        fs::write(&file, &former).unwrap();
        assert!(matches!(open(data.path(), None).unwrap_err(), Bad::Wrong { .. }));
        assert!(matches!(rotate(data.path(), None, None, &random).unwrap_err(), Bad::Wrong { .. }));
        fs::write(&file, kept).unwrap();
        // Out of the file, and to another one there.
        assert_eq!(rotate(data.path(), None, Some(&key(1)), &random).unwrap(), (new, key(1).id()));
        assert!(opens(Some(&key(1))) && !file.exists());
        let before = contents(data.path());
        assert!(matches!(rotate(data.path(), Some(&key(1)), None, &random).unwrap_err(), Bad::NoNext(_)));
        assert!(matches!(
            rotate(data.path(), Some(&key(1)), Some(&key(1)), &random).unwrap_err(),
            Bad::Same(_)
        ));
        assert!(matches!(
            rotate(data.path(), None, Some(&key(2)), &random).unwrap_err(),
            Bad::Missing { .. }
        ));
        assert_eq!(contents(data.path()), before);
        rotate(data.path(), Some(&key(1)), Some(&key(2)), &random).unwrap();
        assert!(
            opens(Some(&key(2)))
                && matches!(open(data.path(), Some(&key(1))).unwrap_err(), Bad::Wrong { .. })
        );
    }

    /// Ended before, between and after all steps, and in the middle of each.
    #[test]
    fn a_rotation_that_ends_half_way_locks_nobody_out() {
        let random = Random::host();
        for (given, next) in [(None, None), (None, Some(key(2))), (Some(key(1)), Some(key(2)))] {
            for done in 0..=3 {
                let data = tempfile::tempdir().unwrap();
                let sealed = open(data.path(), given.as_ref()).unwrap().seal("p", b"", b"x");
                let (_, steps) = plan(data.path(), given.as_ref(), next.as_ref(), &random).unwrap();
                for step in steps.iter().take(done) {
                    write(data.path(), step).unwrap();
                }
                if let Some(Step { file, text: Some(text) }) = steps.get(done) {
                    fs::write(data.path().join(file).with_extension("new"), &text[..text.len() / 2]).unwrap();
                }
                // Whoever keeps a key outside has both, and the seal says which of them it is.
                let is_new = next
                    .as_ref()
                    .is_some_and(|next| sealed_with(data.path()).unwrap() == next.id().to_string());
                let has = if is_new { next.as_ref() } else { given.as_ref() };
                let opened = open(data.path(), has).unwrap().open("p", b"", &sealed);
                assert_eq!(&opened.unwrap()[..], b"x", "{done} steps");
                // And it can be done again, to its end.
                if !is_new {
                    let (_, new) = rotate(data.path(), has, next.as_ref(), &random).unwrap();
                    let wraps = read_seal(&data.path().join(SEAL)).unwrap().unwrap();
                    assert!(wraps.len() == 1 && wraps[0].id == new.to_string());
                    let opened = open(data.path(), next.as_ref()).unwrap().open("p", b"", &sealed);
                    assert_eq!(&opened.unwrap()[..], b"x", "again, after {done} steps");
                }
            }
        }
    }
}
