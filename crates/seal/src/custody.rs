//! Where the master key is kept, and how a wrong one is found before anything is touched.
//!
//! `SEAL` in the data directory names the key that seals it, with a known text that only this key opens. The key itself
//! comes from outside (`KUMIKI_MASTER_KEY`), or stands beside it in `master.key`, for its owner only, made at the first
//! start. A copy of the directory for keeping has `SEAL` and not `master.key`: who steals the copy cannot read it.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use env::Random;
use zeroize::Zeroizing;

use crate::{KeyId, Master, MasterKey};

/// The file that names the key.
pub const SEAL: &str = "SEAL";
/// The file with the key.
pub const KEY_FILE: &str = "master.key";

/// What `SEAL` has sealed.
const KNOWN: &[u8] = b"this data directory";
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

/// The master key of the data directory `data`: `given`, or the one in its key file, or (where there is neither that nor a
/// seal) a new one. Everything but the first start only reads.
pub fn open_directory(data: &Path, given: Option<&MasterKey>, random: &Random) -> Result<Master, Bad> {
    let (seal, file) = (data.join(SEAL), data.join(KEY_FILE));
    let sealed = read_seal(&seal)?;
    let kept = read_key(&file)?;
    if let Some((id, check)) = sealed {
        let (key, from) = match (given, &kept) {
            (Some(key), _) => (key, "KUMIKI_MASTER_KEY".to_owned()),
            (None, Some(key)) => (key, file.display().to_string()),
            (None, None) => return Err(Bad::Missing { data: data.into(), file, id }),
        };
        let master = Master::new(key, random);
        if master.open(PURPOSE, id.as_bytes(), &check).is_ok_and(|text| &text[..] == KNOWN) {
            return Ok(master);
        }
        if master.id().to_string() == id {
            return Err(Bad::Damaged(seal, "its check does not open with the key that it names"));
        }
        return Err(Bad::Wrong { data: data.into(), sealed_with: id, from, given: master.id().to_string() });
    }
    let master = match (given, kept) {
        (Some(given), Some(kept)) => {
            let master = Master::new(given, random);
            if Master::new(&kept, random).id() != master.id() {
                return Err(Bad::Two(file));
            }
            master
        }
        (Some(given), None) => Master::new(given, random),
        (None, Some(kept)) => Master::new(&kept, random),
        (None, None) => {
            let key = MasterKey::random(random);
            let text = Zeroizing::new(format!("{}\n", &key.text()[..]));
            write_durably(data, &file, text.as_bytes()).map_err(|e| Bad::File(file, e))?;
            Master::new(&key, random)
        }
    };
    let text = seal_text(master.id(), &master);
    write_durably(data, &seal, text.as_bytes()).map_err(|e| Bad::File(seal, e))?;
    Ok(master)
}

fn seal_text(id: KeyId, master: &Master) -> String {
    let check = hex::encode(master.seal(PURPOSE, id.to_string().as_bytes(), KNOWN));
    format!("kumiki seal 1\nkey {id}\ncheck {check}\n")
}

/// The key's name and the check; `None` where there is no file.
fn read_seal(path: &Path) -> Result<Option<(String, Vec<u8>)>, Bad> {
    let Some(text) = read(path, |_| Ok(()))? else { return Ok(None) };
    let damaged = |how| Bad::Damaged(path.to_owned(), how);
    let text = str::from_utf8(&text).map_err(|_| damaged("it is no text"))?;
    let mut lines = text.lines();
    if lines.next() != Some("kumiki seal 1") {
        return Err(damaged("it does not begin with \"kumiki seal 1\""));
    }
    let mut field = |name| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
    match (field("key"), field("check").and_then(|c| hex::decode(c).ok())) {
        (Some(id), Some(check)) => Ok(Some((id.to_owned(), check))),
        _ => Err(damaged("it has no lines \"key ...\" and \"check ...\"")),
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

/// Writes a file that its owner alone can read, all of it or nothing.
fn write_durably(data: &Path, path: &Path, text: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    match fs::remove_file(&new) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    fs::File::open(data)?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn key(seed: u64) -> MasterKey {
        MasterKey::random(&Random::seeded(seed))
    }

    fn open(data: &Path, given: Option<&MasterKey>) -> Result<Master, Bad> {
        open_directory(data, given, &Random::host())
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
        let right = open(data.path(), None).unwrap();
        let before = contents(data.path());
        // The variable is what its owner says, also where the file has the right key.
        let wrong = open(data.path(), Some(&key(2))).unwrap_err();
        let text = wrong.to_string();
        assert!(matches!(wrong, Bad::Wrong { .. }), "{text}");
        assert!(text.contains(&right.id().to_string()) && text.contains("KUMIKI_MASTER_KEY"), "{text}");
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
        for text in ["", "kumiki seal 2\n", "kumiki seal 1\n", "kumiki seal 1\nkey a\ncheck zz\n", &flipped] {
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
        let id = open(data.path(), None).unwrap().id();
        fs::remove_file(data.path().join(SEAL)).unwrap();
        let two = open(data.path(), Some(&key(4))).unwrap_err();
        assert!(matches!(two, Bad::Two(_)), "{two}");
        fs::write(data.path().join("SEAL.new"), "torn").unwrap();
        assert_eq!(open(data.path(), None).unwrap().id(), id);
    }
}
