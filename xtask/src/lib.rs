//! The project's own tools, as a library so that tests can use the reading of the models.

pub mod bench;
pub mod codegen;
pub mod coverage;
pub mod models;
pub mod soak;
pub mod tidy;

mod host;
