//! The codes of MFA devices that were used, so that each works once: also over a restart, and in whichever region.

use std::{collections::HashMap, sync::Arc};

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
    fn the_oldest_are_forgotten() {
        let spent = Spent::default();
        for number in 0..REMEMBERED_MAX {
            assert!(spent.take(&number.to_string(), 5));
        }
        assert!(spent.take("new", 5 + ALIVE_STEPS));
        assert!(!spent.knows("0") && spent.knows("new"));
    }
}
