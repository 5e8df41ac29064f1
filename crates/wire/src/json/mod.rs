//! JSON: reader and writer of `awsJson1.0`, `awsJson1.1` and `restJson1`.

mod read;
mod scan;
mod write;

pub use read::JsonReader;
pub use scan::well_formed;
pub use write::JsonWriter;
