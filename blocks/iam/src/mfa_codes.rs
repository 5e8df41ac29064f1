//! The codes of MFA devices that were used, so that each works once: also over a restart, and in whichever region.

use std::{collections::HashMap, sync::Arc, time::Duration};

use floor::{AccountId, Answer, Floor, Get as _, Key, Placement, Region, Tx, first_format};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use crate::{Iam, copies};

/// Devices that are remembered; beyond it, those whose codes have run out go.
const REMEMBERED_MAX: usize = 10_000;
/// A code is taken at most this many steps after its own: those around the present one, and a device that is off.
const ALIVE_STEPS: u64 = 30;

/// The step of the last code that was used where the record is: in the `global` cell, or in a region's own.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq)]
struct Used {
    step: u64,
}

first_format!(Used);

fn key(account: &AccountId, serial: &str) -> Key {
    copies::own("code").text(account.as_str()).text(serial)
}

/// The last steps that were used, by serial number.
#[derive(Default)]
pub(crate) struct Spent(Mutex<HashMap<String, u64>>);

impl Spent {
    /// Uses up the code of `step` of a device of `account`, in a request to `region`: whether neither it nor a later one
    /// was used before. It is stored before this is answered.
    pub(crate) async fn spend(
        &self,
        floor: &Arc<Floor>,
        place: &Placement,
        (account, serial): (&AccountId, &str),
        step: u64,
    ) -> Answer<bool> {
        if !self.knows(serial) {
            self.raise(serial, stored(floor, account, serial).await?);
        }
        if !self.take(serial, step) {
            return Ok(false);
        }
        let at = &key(account, serial);
        let write = |tx: Tx| async move {
            tx.save(at, &Used { step });
            Ok(())
        };
        floor.cell::<Iam>(place).await?.transact(write).await?;
        Ok(true)
    }

    fn knows(&self, serial: &str) -> bool {
        self.0.lock().contains_key(serial)
    }

    fn raise(&self, serial: &str, step: u64) {
        let mut all = self.0.lock();
        let last = all.entry(serial.to_owned()).or_default();
        *last = step.max(*last);
    }

    fn take(&self, serial: &str, step: u64) -> bool {
        let mut all = self.0.lock();
        if all.len() >= REMEMBERED_MAX {
            all.retain(|_, last| *last + ALIVE_STEPS > step);
        }
        let last = all.entry(serial.to_owned()).or_default();
        let is_new = *last < step;
        *last = step.max(*last);
        is_new
    }
}

/// This many wrong codes in a row cost nothing.
const FREE_GUESSES: u32 = 10;
/// How long the next one must wait; twice as long with each further one, up to [`WAIT_MAX`].
const WAIT_FIRST: Duration = Duration::from_secs(60);
/// See [`WAIT_FIRST`].
const WAIT_MAX: Duration = Duration::from_secs(24 * 3600);

/// Wrong codes that were shown in a row, by serial number: of a million codes three are right at any time, so that whoever
/// has a stolen key must not try them all. AWS says nothing of how it does that.
#[derive(Default)]
pub(crate) struct Guesses(Mutex<HashMap<String, Guessed>>);

/// How many, and until when none is looked at.
#[derive(Clone, Copy, Default)]
struct Guessed {
    wrong: u32,
    until: Duration,
}

impl Guesses {
    /// Whether a code of the device is looked at now.
    pub(crate) fn may(&self, serial: &str, now: Duration) -> bool {
        self.0.lock().get(serial).is_none_or(|guessed| guessed.until <= now)
    }

    /// One was wrong, or right.
    pub(crate) fn note(&self, serial: &str, is_right: bool, now: Duration) {
        let mut all = self.0.lock();
        if is_right {
            all.remove(serial);
            return;
        }
        if all.len() >= REMEMBERED_MAX {
            all.retain(|_, guessed| guessed.until > now);
        }
        let guessed = all.entry(serial.to_owned()).or_default();
        guessed.wrong = guessed.wrong.saturating_add(1);
        if let Some(over) = guessed.wrong.checked_sub(FREE_GUESSES) {
            guessed.until = now + WAIT_FIRST.saturating_mul(1 << over.min(20)).min(WAIT_MAX);
        }
    }
}

/// The last step that is stored anywhere here.
async fn stored(floor: &Arc<Floor>, account: &AccountId, serial: &str) -> Answer<u64> {
    let regions = floor.cells.regions().into_iter().filter(|region| floor.cells.has_data(region));
    let mut places: Vec<Placement> = regions.map(|region: Region| Placement::directory(&region)).collect();
    if floor.cells.has_global() {
        places.push(Placement::global());
    }
    let mut last = 0;
    for place in places {
        let used: Option<Used> = floor.view::<Iam>(&place).await?.load(&key(account, serial)).await?;
        last = last.max(used.map_or(0, |used| used.step));
    }
    Ok(last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// No code works twice, and none that is older than one that was used.
        #[test]
        fn each_step_once(steps in proptest::collection::vec(1_u64..20, 0..60), from in 0_u64..10) {
            let (spent, mut last) = (Spent::default(), from);
            spent.raise("a", from);
            for step in steps {
                prop_assert_eq!(spent.take("a", step), step > last);
                last = last.max(step);
            }
        }
    }

    #[test]
    fn guesses_slow_down_and_a_right_code_ends_that() {
        let guesses = Guesses::default();
        let mut now = Duration::from_secs(5);
        let mut tried = 0;
        while now < Duration::from_secs(365 * 86_400) {
            if guesses.may("a", now) {
                guesses.note("a", false, now);
                tried += 1;
            }
            now += Duration::from_secs(30);
        }
        assert!((365..400).contains(&tried), "{tried}");
        assert!(!guesses.may("a", now) && guesses.may("b", now));
        guesses.note("a", true, now);
        assert!(guesses.may("a", now));
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let spent = Spent::default();
        for number in 0..REMEMBERED_MAX {
            assert!(spent.take(&number.to_string(), 5));
        }
        assert!(spent.take("new", 5 + ALIVE_STEPS));
        assert!(!spent.knows("0") && spent.knows("new"));
    }
}
