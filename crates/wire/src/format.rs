//! What a format's reader and writer offer to a field. One implementation of each per format.

use crate::reject::Reject;
use crate::shape::{Field, Shape};
use crate::stream::Stream;
use crate::time::Time;
use crate::value::{Blob, Document};

/// Deepest nesting a reader follows.
pub const DEPTH_MAX: u32 = 128;
/// Most list items, map entries and structures in one request: bounds the memory that small elements can claim.
pub const ELEMENTS_MAX: u32 = 250_000;

/// Visits one element of a list.
pub type Each<'a> = &'a mut dyn FnMut(&mut dyn Reader) -> Result<(), Reject>;
/// Visits one entry of a map.
pub type EachEntry<'a> = &'a mut dyn FnMut(String, &mut dyn Reader) -> Result<(), Reject>;

/// Reads the value at the current place. Each call consumes the value.
pub trait Reader {
    /// A boolean.
    fn boolean(&mut self) -> Result<bool, Reject>;
    /// A whole number.
    fn long(&mut self) -> Result<i64, Reject>;
    /// A floating-point number.
    fn double(&mut self) -> Result<f64, Reject>;
    /// A text.
    fn text(&mut self) -> Result<String, Reject>;
    /// Bytes.
    fn blob(&mut self) -> Result<Blob, Reject>;
    /// A point in time.
    fn time(&mut self) -> Result<Time, Reject>;
    /// A document without a schema.
    fn document(&mut self) -> Result<Document, Reject>;
    /// The body as a stream; only a streaming payload is one.
    fn stream(&mut self) -> Result<Stream, Reject> {
        Ok(Stream::from(self.blob()?))
    }
    /// A list. May be called again for the same field, to add items (flattened XML lists).
    fn list(&mut self, each: Each<'_>) -> Result<(), Reject>;
    /// A map. May be called again for the same field, to add entries.
    fn map(&mut self, each: EachEntry<'_>) -> Result<(), Reject>;
    /// A structure.
    fn shape(&mut self, into: &mut dyn Shape) -> Result<(), Reject>;
}

/// Writes one value at the current place.
pub trait Writer {
    /// A boolean.
    fn boolean(&mut self, value: bool);
    /// A whole number.
    fn long(&mut self, value: i64);
    /// A floating-point number of 32 bits.
    fn float(&mut self, value: f32) {
        self.double(f64::from(value));
    }
    /// A floating-point number of 64 bits.
    fn double(&mut self, value: f64);
    /// A text.
    fn text(&mut self, value: &str);
    /// Bytes.
    fn blob(&mut self, value: &[u8]);
    /// A point in time.
    fn time(&mut self, value: Time);
    /// A document without a schema.
    fn document(&mut self, value: &Document);
    /// A stream; only a streaming payload is one, others ignore it.
    fn stream(&mut self, _value: &Stream) {}
    /// A list.
    fn list(&mut self, items: &mut dyn ExactSizeIterator<Item = &dyn Field>);
    /// A map.
    fn map(&mut self, entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Field)>);
    /// A structure.
    fn shape(&mut self, value: &dyn Shape);
}
