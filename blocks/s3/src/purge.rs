//! What a deleted bucket leaves behind: uploads that were never completed. Nobody can reach them any more.

use auth::Region;
use floor::{Cx, Get, Record, first_format};
use serde::{Deserialize, Serialize};
use wire::Answer;

use crate::{
    bucket::place_in,
    data,
    records::{self, Part},
};

/// The step's name.
pub const PURGE: &str = "purge-bucket";

/// Which bucket.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Purge {
    /// Its name, which decides where it lived.
    pub name: String,
    /// Its number.
    pub id: u64,
}

first_format!(Purge);

/// How many parts go in one transaction.
const PAGE: usize = 1000;

impl Purge {
    /// Removes what is left, page by page.
    pub async fn run(&self, cx: &mut Cx) -> Answer<()> {
        let region: Region = cx.region().clone();
        let place = place_in(&region, &self.name);
        let id = self.id;
        loop {
            let cell = cx.cell(&place).await?;
            let removed = cell.transact(|tx| async move {
                let parts = tx.range(records::all_parts(id).all(), PAGE).await?;
                for (key, value) in &parts {
                    data::release_one(&tx, id, &Part::decode(value)?.data);
                    tx.delete(&floor::Key::exactly(key));
                }
                if parts.len() < PAGE {
                    tx.delete_range(&records::uploads(id).all());
                    tx.delete_range(&records::all_replicated(id).all());
                }
                Ok(parts.len())
            });
            if removed.await? < PAGE {
                return Ok(());
            }
        }
    }
}
