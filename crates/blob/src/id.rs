//! Names of blobs: ordered by time, and each says in which directory its file lies.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    time::Duration,
};

use env::{Env, Timestamp};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

/// A blob's name: 6 bytes of service time in milliseconds, 2 bytes that lead to its directory, 8 random bytes.
/// Ids that one process gives are ordered by time, to the millisecond.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BlobId(pub [u8; 16]);

/// Names that a directory takes before the next one is begun. (At one turn a second, so a burst may put more.)
const NAMES_PER_DIRECTORY: u32 = 32_768;

/// For at least this long after it was finished a blob is not listed as old, whatever its time says: the record
/// that will own it is on its way. A transaction lives 5 s at most.
pub(crate) const SETTLE: Duration = Duration::from_secs(60);

/// Milliseconds that 6 bytes can hold.
const TIME_MS_MAX: u64 = (1 << 48) - 1;

impl BlobId {
    /// The moment at which the id was given.
    pub fn time(self) -> Timestamp {
        let mut ms = [0; 8];
        ms[2..].copy_from_slice(&self.0[..6]);
        Timestamp(u64::from_be_bytes(ms))
    }

    /// The directory of the file: the second in which the directory was begun.
    pub(crate) fn directory(self) -> u64 {
        let age = u16::from_be_bytes([self.0[6], self.0[7]]);
        self.time().seconds().saturating_sub(u64::from(age))
    }

    fn new(ms: u64, directory: u64, random: u64) -> Self {
        let age = (ms / 1000).saturating_sub(directory) as u16;
        let mut id = [0; 16];
        id[..6].copy_from_slice(&ms.to_be_bytes()[2..]);
        id[6..8].copy_from_slice(&age.to_be_bytes());
        id[8..].copy_from_slice(&random.to_be_bytes());
        Self(id)
    }

    /// The id that `text` shows, in the form of `Display`.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 32 || !text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        u128::from_str_radix(text, 16).ok().map(|n| Self(n.to_be_bytes()))
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Gives ids, and knows which of them are too young to be called abandoned.
///
/// The service clock alone cannot tell: it may be turned forward by a month while a blob is being written, and an
/// upload may take hours. So the age that matters is counted on the steady clock, from the end of the writing.
#[derive(Default)]
pub(crate) struct Ids(Mutex<State>);

#[derive(Default)]
struct State {
    /// Where the next file goes, and how many went there.
    directory: Option<(u64, u32)>,
    /// Steady time and the service time of an id given then, one every [`MARK_EVERY`] at most, oldest first.
    marks: VecDeque<(Duration, u64)>,
    /// Blobs being written, and those that were finished within [`SETTLE`] but begun before it.
    open: HashMap<BlobId, Progress>,
}

#[derive(Clone, Copy)]
enum Progress {
    /// Begun then, on the steady clock.
    Writing(Duration),
    /// Ended then, on the steady clock.
    Finished(Duration),
}

const MARK_EVERY: Duration = Duration::from_secs(5);

impl Ids {
    /// A new id, counted as being written until [`Ids::finished`] or [`Ids::abandoned`].
    pub(crate) fn begin(&self, env: &Env) -> BlobId {
        let random = env.random.number();
        let mut state = self.0.lock();
        // Both clocks are read under the lock, so that ids, marks and directories follow in one order.
        let ms = env.clocks.service.now().0.min(TIME_MS_MAX);
        let steady = env.clocks.steady.now();
        state.mark(steady, ms);
        let id = BlobId::new(ms, state.place(ms / 1000), random);
        state.open.insert(id, Progress::Writing(steady));
        id
    }

    /// The blob is durable and its handle is about to be given out.
    pub(crate) fn finished(&self, id: BlobId, env: &Env) {
        let steady = env.clocks.steady.now();
        let mut state = self.0.lock();
        match state.open.get(&id) {
            // Covered by the marks for at least another SETTLE.
            Some(Progress::Writing(begun)) if steady.saturating_sub(*begun) < SETTLE => {
                state.open.remove(&id);
            }
            _ => {
                state.open.insert(id, Progress::Finished(steady));
            }
        }
        state.forget(steady);
    }

    /// The blob was not finished and its file is gone, or as good as gone.
    pub(crate) fn abandoned(&self, id: BlobId) {
        self.0.lock().open.remove(&id);
    }

    /// Keeps from `ids` those that nobody is writing.
    pub(crate) fn retain_unwritten(&self, ids: &mut Vec<BlobId>) {
        let state = self.0.lock();
        ids.retain(|id| !matches!(state.open.get(id), Some(Progress::Writing(_))));
    }

    /// Keeps from `ids` those that were given before `than` and that nobody still needs time to own.
    pub(crate) fn retain_old(&self, ids: &mut Vec<BlobId>, than: Timestamp, env: &Env) {
        let steady = env.clocks.steady.now();
        let mut state = self.0.lock();
        state.forget(steady);
        let settled = state.marks.front().map_or(u64::MAX, |(_, ms)| *ms);
        let before = Timestamp(than.0.min(settled));
        ids.retain(|id| id.time() < before && !state.open.contains_key(id));
    }
}

impl State {
    fn mark(&mut self, steady: Duration, ms: u64) {
        if self.marks.back().is_none_or(|(at, _)| steady.saturating_sub(*at) >= MARK_EVERY) {
            self.marks.push_back((steady, ms));
            self.forget(steady);
        }
    }

    /// Drops marks and finished blobs that are old enough. A mark speaks for ids up to `MARK_EVERY` younger than
    /// itself, and a blob may be finished up to SETTLE after its id was given and then wants SETTLE more.
    fn forget(&mut self, steady: Duration) {
        let past = |at: Duration, by: Duration| steady.saturating_sub(at) > by;
        while self.marks.front().is_some_and(|(at, _)| past(*at, SETTLE * 2 + MARK_EVERY)) {
            self.marks.pop_front();
        }
        self.open.retain(|_, progress| match progress {
            Progress::Writing(_) => true,
            Progress::Finished(at) => !past(*at, SETTLE),
        });
    }

    /// The directory for an id of this second.
    fn place(&mut self, second: u64) -> u64 {
        let directory = match self.directory {
            Some((begun, names))
                if begun == second
                    || (names < NAMES_PER_DIRECTORY
                        && (begun..=begun + u64::from(u16::MAX)).contains(&second)) =>
            {
                (begun, names + 1)
            }
            _ => (second, 1),
        };
        self.directory = Some(directory);
        directory.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_time_and_lead_to_their_directory() {
        let env = Env::simulated(1);
        let ids = Ids::default();
        let first = ids.begin(&env);
        let start = first.time().seconds();
        env.clocks.service.turn(Duration::from_secs(65_535));
        let second = ids.begin(&env);
        env.clocks.service.turn(Duration::from_secs(1));
        let third = ids.begin(&env);
        assert!(first < second && second < third);
        assert_eq!([first.directory(), second.directory()], [start, start]);
        assert_eq!(third.directory(), start + 65_536);
        assert_eq!(BlobId::parse(&third.to_string()), Some(third));
        assert_eq!(BlobId::parse("lost+found"), None);
    }

    #[test]
    fn a_full_directory_is_followed_by_another() {
        let mut state = State::default();
        let placed: Vec<u64> = (0..NAMES_PER_DIRECTORY).map(|_| state.place(7)).collect();
        assert!(placed.iter().all(|d| *d == 7));
        assert_eq!(state.place(7), 7, "one directory a second at most");
        assert_eq!(state.place(8), 8);
    }

    #[test]
    fn what_may_still_find_its_owner_is_not_old() {
        let env = Env::simulated(1);
        let ids = Ids::default();
        let old = |than| {
            move |ids: &Ids, all: &[BlobId], env: &Env| {
                let mut all = all.to_vec();
                ids.retain_old(&mut all, than, env);
                all
            }
        };
        let quick = ids.begin(&env);
        let slow = ids.begin(&env);
        ids.finished(quick, &env);
        let all = [quick, slow];
        env.clocks.service.turn(Duration::from_secs(30 * 86_400));
        let later = env.clocks.service.now();
        assert_eq!(old(later)(&ids, &all, &env), [], "a turned clock makes nothing old");
        env.clocks.steady.turn(SETTLE * 3);
        assert_eq!(old(later)(&ids, &all, &env), [quick], "the slow one is still being written");
        ids.finished(slow, &env);
        assert_eq!(old(later)(&ids, &all, &env), [quick], "and its owner is on its way");
        env.clocks.steady.turn(SETTLE * 3);
        let mut both = old(later)(&ids, &all, &env);
        both.sort();
        let mut expected = all.to_vec();
        expected.sort();
        assert_eq!(both, expected);
        assert_eq!(old(quick.time())(&ids, &all, &env), [], "`than` itself is not older than `than`");
    }
}
