//! A disk that loses power.
//!
//! [`Model`] is a file system in memory that knows, of every byte and every name, whether a sync has promised it.
//! [`Mounted`] shows it to real programs through FUSE. When the power goes, promised things stay; of the others each is
//! kept, torn or lost, by a seed. A kill of the process alone cannot show a missing sync, because the page cache
//! survives it; this can, and [`Model::lie_about`] proves that it does: a sync that is left out must be noticed.

pub mod model;
mod mount;

pub use model::Model;
pub use mount::Mounted;
