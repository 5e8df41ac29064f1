//! The project's own tools, as a library so that tests can use the reading of the models.

pub mod codegen;
pub mod models;
