//! Records: transactions on one ordered map of keys and values, durable before they are acknowledged.
//!
//! A [`Cell`] is one such map. Transactions are serializable: a closure reads a snapshot through its [`Tx`] and says
//! what to write; the cell's one committer refuses it when what it read was overwritten meanwhile, applies whole
//! groups as one numbered batch, syncs once and answers all. An answer waits until everything it was decided on is
//! durable; a [`View`] sees durable state only. So nobody is told what a crash could take back.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
//! let cell = store::Cell::open(store::memory(), &env::Env::host(), store::Options::default())?;
//! let seen = cell
//!     .transact(|tx| async move {
//!         let seen = tx.get(b"oak").await?;
//!         tx.put("oak", "quercus");
//!         Ok::<_, store::StoreError>(seen)
//!     })
//!     .await?;
//! assert_eq!(seen, None);
//! assert_eq!(cell.view().get(b"oak").await?.as_deref(), Some(&b"quercus"[..]));
//! # Ok(()) })
//! # }
//! ```
//!
//! | file | what stands there |
//! |---|---|
//! | `cell` `tx` `view` | what blocks use |
//! | `committer` `queue` `turns` | how transactions become batches |
//! | `overlay` `arena` `merge` `snapshot` | batches in memory and how reads see them |
//! | `mover` `pace` | how a full overlay reaches the base |
//! | `engine` `memory` | what a cell asks of its engine; the engine that forgets |
//! | `embedded` `log` `frame` `record` | the engine of one machine: a log for durability |
//! | `base` `lmdb` `envelope` | and what stands behind it |
//! | `backup` `repair` | a copy in a directory; what can be had from a damaged log |
//! | `adversary` | a cell as unreliable as its contract allows, for tests |

mod adversary;
mod arena;
mod backup;
mod base;
mod cell;
mod committer;
mod embedded;
mod engine;
mod envelope;
mod error;
mod figures;
mod frame;
mod lmdb;
mod log;
mod memory;
mod merge;
mod mover;
mod overlay;
mod queue;
mod record;
mod repair;
mod shared;
mod snapshot;
mod turns;
mod tx;
mod types;
mod view;

pub use adversary::Adversary;
pub use backup::Backup;
pub use cell::{Cell, Drive, Options, Status};
pub use embedded::{LogEngine, Storage, log_and_lmdb, log_and_memory};
pub use engine::{Base, Engine, FrameAt, Group, Items, Opened, Read, Room, Scrub, Slice, Stored};
pub use error::StoreError;
pub use memory::{MemoryBase, MemoryEngine, memory};
pub use repair::{Repair, repair};
pub use tx::Tx;
pub use types::{Commit, Heads, Key, KeyRange, Value, counter, limits};
pub use view::{Get, View};
