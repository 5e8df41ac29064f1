//! CBOR (RFC 8949): reader and writer of `rpcv2Cbor`, and of packed structures.

mod read;
mod scan;
mod write;

pub use read::CborReader;
pub use scan::well_formed;
pub use write::CborWriter;
