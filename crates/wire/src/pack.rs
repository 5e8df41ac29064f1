//! A structure as bytes, whatever the protocol: for requests that are stored or sent on.

use crate::json::{JsonReader, JsonWriter};
use crate::reject::Reject;
use crate::shape::{Shape, missing};

/// Writes every member. A stream is left out: only operations whose [`crate::Meta::whole`] holds are packed.
#[must_use]
pub fn pack(value: &dyn Shape) -> Vec<u8> {
    let mut writer = JsonWriter::new();
    writer.members(value, true);
    writer.finish()
}

/// Reads what [`pack`] wrote.
pub fn unpack(bytes: &[u8], into: &mut dyn Shape) -> Result<(), Reject> {
    let schema = into.schema();
    let mut reader = JsonReader::new(bytes)?;
    let seen = reader.members(into, true)?;
    reader.end()?;
    missing(schema, seen)
}
