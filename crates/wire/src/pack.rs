//! A structure as bytes, whatever the protocol: for requests that are stored or sent on.

use crate::cbor::{CborReader, CborWriter};
use crate::format::{Reader as _, Writer as _};
use crate::reject::Reject;
use crate::shape::Shape;

/// Writes every member, as CBOR. A stream is left out: only operations whose [`crate::Meta::whole`] holds are packed.
#[must_use]
pub fn pack(value: &dyn Shape) -> Vec<u8> {
    let mut writer = CborWriter::new();
    writer.shape(value);
    writer.finish()
}

/// Reads what [`pack`] wrote.
pub fn unpack(bytes: &[u8], into: &mut dyn Shape) -> Result<(), Reject> {
    let mut reader = CborReader::new(bytes);
    reader.shape(into)?;
    reader.end()
}
