//! Why a request could not be decoded.

use std::fmt;

/// Why a request could not be decoded, and where.
pub struct Reject(Box<Parts>);

struct Parts {
    reason: Reason,
    /// Member names from the inside out; turned round when shown.
    path: Vec<String>,
}

/// The kinds of refusal. Each service owns its wording; [`crate::protocol::Protocol::fault`] gives the usual one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The document is not well-formed, or a value has the wrong form. The text says what was found.
    Malformed(String),
    /// A header, label or query parameter does not have the form its type asks for, or is required and absent
    /// (the value is then empty).
    BadValue {
        /// The name on the wire.
        name: String,
        /// What was found.
        value: String,
    },
    /// The path is not valid percent-encoded UTF-8.
    BadPath,
    /// Required members that are absent, as paths.
    Missing(Vec<String>),
    /// A member that the model has and we do not list.
    Unlisted {
        /// The model's name.
        name: String,
        /// The name on the wire.
        wire: String,
    },
    /// Deeper, longer or more than a reader takes.
    TooMuch(&'static str),
}

impl Reject {
    /// A refusal with this reason, at the current place.
    #[must_use]
    pub fn new(reason: Reason) -> Reject {
        Reject(Box::new(Parts { reason, path: Vec::new() }))
    }

    /// The document is malformed.
    #[must_use]
    pub fn malformed(what: impl Into<String>) -> Reject {
        Reject::new(Reason::Malformed(what.into()))
    }

    /// Too deep, too long or too many.
    #[must_use]
    pub fn too_much(what: &'static str) -> Reject {
        Reject::new(Reason::TooMuch(what))
    }

    /// The same refusal, one member further out.
    #[must_use]
    pub fn within(mut self, name: &str) -> Reject {
        self.0.path.push(name.to_owned());
        self
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> &Reason {
        &self.0.reason
    }

    /// Where: member names and positions, joined by dots; empty at the root.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (n, name) in self.0.path.iter().rev().enumerate() {
            if n > 0 {
                path.push('.');
            }
            path.push_str(name);
        }
        path
    }
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        match self.reason() {
            Reason::Malformed(what) => f.write_str(what),
            Reason::BadValue { name, value } => write!(f, "{name} has the invalid value {value:?}"),
            Reason::BadPath => f.write_str("the path is not valid UTF-8"),
            Reason::Missing(paths) => write!(f, "missing: {}", paths.join(", ")),
            Reason::Unlisted { name, .. } => write!(f, "{name} is not implemented"),
            Reason::TooMuch(what) => write!(f, "the request has too {what}"),
        }
    }
}

impl fmt::Debug for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Reject {}
