//! XML: reader of `restXml` requests, writer of the answers of `restXml`, `awsQuery` and `ec2Query`.

mod read;
mod write;

pub use read::XmlReader;
pub use write::XmlWriter;

/// The part of a name behind its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
