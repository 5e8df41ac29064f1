//! The SQS block.
pub mod attributes;
pub mod digest;
pub mod fault;
pub mod leader;
pub mod limits;
pub mod message;
pub mod names;
pub mod receipt;
pub mod redrive;
pub mod stamp;
