//! The trailing headers of an `aws-chunked` body: what `x-amz-trailer` announced, what came, and their signature.

use crate::AuthError;
use http::HeaderMap;

/// Checksums are under 130 bytes in base64; the line of a signature has 88.
pub(crate) const LINE_BYTES_MAX: usize = 1024;
/// More than there are checksum algorithms.
const TRAILERS_MAX: usize = 16;
const SIGNATURE: &str = "x-amz-trailer-signature";
/// What may come in a trailer.
const PREFIX: &str = "x-amz-checksum-";

/// The trailers of one body.
pub(crate) struct Trailers {
    announced: Vec<String>,
    /// Lower-case names and values, in the order they came.
    pub(crate) found: Vec<(String, String)>,
    is_signed: bool,
    pub(crate) signature: Option<String>,
    has_blank: bool,
}

impl Trailers {
    /// For bodies that have none.
    pub(crate) fn none() -> Trailers {
        Trailers {
            announced: Vec::new(),
            found: Vec::new(),
            is_signed: false,
            signature: None,
            has_blank: false,
        }
    }

    pub(crate) fn announced(headers: &HeaderMap, is_signed: bool) -> Result<Trailers, AuthError> {
        let mut announced = Vec::new();
        for value in headers.get_all("x-amz-trailer") {
            let names = value.to_str().map_err(|_| AuthError::UnsupportedTrailer)?;
            for name in names.split(',').map(|name| name.trim().to_ascii_lowercase()) {
                if !name.starts_with(PREFIX) || announced.contains(&name) || announced.len() == TRAILERS_MAX {
                    return Err(AuthError::UnsupportedTrailer);
                }
                announced.push(name);
            }
        }
        Ok(Trailers { announced, is_signed, ..Trailers::none() })
    }

    /// `name:value`.
    pub(crate) fn take(&mut self, line: &[u8]) -> Result<(), AuthError> {
        let malformed = || AuthError::MalformedTrailer;
        let line = std::str::from_utf8(line).map_err(|_| malformed())?;
        let (name, value) = line.split_once(':').ok_or_else(malformed)?;
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().to_owned());
        if self.signature.is_some() {
            return Err(malformed());
        }
        if self.is_signed && name == SIGNATURE {
            self.signature = Some(value);
            return Ok(());
        }
        if !self.announced.contains(&name) || self.found.iter().any(|(other, _)| *other == name) {
            return Err(malformed());
        }
        self.found.push((name, value));
        Ok(())
    }

    /// Takes the one empty line that may stand before the signature.
    pub(crate) fn take_blank(&mut self) -> Result<(), AuthError> {
        if std::mem::replace(&mut self.has_blank, true) { Err(AuthError::MalformedTrailer) } else { Ok(()) }
    }

    pub(crate) fn waits_for_signature(&self) -> bool {
        self.is_signed && self.signature.is_none()
    }

    pub(crate) fn check_complete(&self) -> Result<(), AuthError> {
        if self.found.len() == self.announced.len() { Ok(()) } else { Err(AuthError::MalformedTrailer) }
    }

    /// What the signature covers.
    pub(crate) fn canonical(&self) -> String {
        self.found.iter().fold(String::new(), |text, (name, value)| text + name + ":" + value + "\n")
    }
}
