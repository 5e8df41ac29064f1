//! Values that a member may hold, beside Rust's own.

/// Bytes of a member; cheap to clone and to slice.
pub type Blob = bytes::Bytes;

/// A map of the model; keys are texts in all AWS protocols. Sorted by key.
pub type Map<V> = std::collections::BTreeMap<String, V>;

/// A value without a schema: one JSON text, kept as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document(Box<str>);

impl Document {
    /// Takes one JSON text, checked for well-formedness.
    pub fn new(json: &str) -> Result<Document, crate::Reject> {
        crate::json::well_formed(json)?;
        Ok(Document(json.into()))
    }

    pub(crate) fn trusted(json: &str) -> Document {
        Document(json.into())
    }

    /// The JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Document {
    fn default() -> Document {
        Document("null".into())
    }
}
