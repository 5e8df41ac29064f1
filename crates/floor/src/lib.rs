//! The floor that every block stands on: what a request is given ([`Cx`]), how an operation is written ([`Handle`]),
//! the stages that every call passes ([`call`]), where records and bytes live ([`cells`]), what is delivered later
//! ([`outbox`]) and what is tidied in the background ([`caretaker`]).
//!
//! A block meets another only through [`Cx::call`] and the outbox; both pass the same stages as a request from the
//! wire, with an identity, and are authorised like any caller.

pub mod arn;
pub mod authorise;
pub mod call;
pub mod caretaker;
pub mod cells;
pub mod cx;
pub mod data_keys;
mod explain;
pub mod fault;
pub mod gone;
pub mod handle;
pub mod journal;
pub mod key;
pub mod memo;
pub mod outbox;
pub mod placement;
pub mod record;
pub mod registry;
pub mod rights;
pub mod served;
pub mod sweeper;
pub mod tx;
pub mod upkeep;
pub mod web;

pub use arn::Arn;
pub use auth::{AccountId, Identity, Region};
pub use blob::{BlobId, DRIVES as DRIVES_FILE, DRIVES_MAX, DriveSpec, Drives, Handle as BlobHandle, Health};
pub use call::{Call, Door};
pub use caretaker::Caretaker;
pub use cells::{CellId, Cells};
pub use cx::{As, Caller, Cx, Floor};
pub use env::{Clocks, Env, Timestamp};
pub use gone::Gone;
pub use handle::{Admitted, Beside, Block, Check, Denial, Handle, Target};
pub use journal::Journal;
pub use key::Key;
pub use memo::Memo;
pub use outbox::{DeliveryId, Entry, Lane, Sender, Stalled};
pub use placement::Placement;
pub use record::Record;
pub use registry::{Registration, Registry, Service};
pub use rights::{Attached, Rights, RightsOf};
pub use seal::Master;
pub use store::{Commit, KeyRange};
pub use tx::{CellRef, Get, Tx, View};
pub use wire::{Answer, Fault};
