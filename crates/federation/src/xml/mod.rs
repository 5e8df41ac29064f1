//! XML as signatures need it: a tree in which names are resolved, and its canonical form.

mod canonical;
mod tree;

pub(crate) use canonical::canonical;
pub(crate) use tree::{Element, Limits, Node, parse};
