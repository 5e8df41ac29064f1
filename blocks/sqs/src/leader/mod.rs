//! to come
pub mod delays;
pub mod groups;
pub mod window;
