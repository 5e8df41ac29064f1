//! `aws-chunked` bodies: S3's own framing, inside whatever framing HTTP uses, with a signature on each chunk, on the
//! trailer, or on neither.
//!
//! Sources: "Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks" and
//! "... Including Trailing Headers" of the S3 API reference.
//!
//! The decoder does no input or output: bytes go in as they arrive and data comes out without being copied. A chunk's
//! signature stands before its data and covers all of it, so data is handed out before it is known to be good; the
//! bytes of a body count for nothing until [`Decoder::finish`] has answered. Memory does not grow with chunks.

use crate::{
    AuthError, Payload, Seed,
    error::Mismatch,
    keys::write_hex,
    trailer::{self, Trailers},
};
use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// A chunk's own line is under 120 bytes as AWS describes it; unknown extensions are skipped up to this.
const LINE_BYTES_MAX: usize = 1024;
/// Every chunk but the last has at least this (`InvalidChunkSizeError`).
const CHUNK_BYTES_MIN: u64 = 8192;
const SIGNATURE: &[u8] = b"chunk-signature=";
const HASH_OF_NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Trailing headers: lower-case names and values, in the order they came.
pub type Trailer = Vec<(String, String)>;

/// Decodes one body.
pub struct Decoder {
    state: State,
    signer: Option<Signer>,
    trailers: Trailers,
    /// Part of a line whose end has not come yet.
    line: BytesMut,
    /// `x-amz-decoded-content-length`.
    expected: u64,
    /// Bytes of data in the chunks announced so far.
    announced: u64,
    chunks: u64,
    last_chunk: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// Before or in a chunk's line.
    Line,
    /// In the data of a chunk: what is left of it.
    Data(u64),
    /// After the data, before its CRLF; whether the CR has come.
    DataEnd(bool),
    /// After the last chunk's line.
    Trailer,
    /// After the empty line at the end.
    End,
    /// After an error. Nothing more comes out.
    Failed,
}

impl Decoder {
    /// The decoder for a body with this payload, as announced by the request's headers (`x-amz-decoded-content-length`,
    /// `x-amz-trailer`); `None` if the payload is not chunked.
    pub fn for_request(payload: &Payload, headers: &HeaderMap) -> Result<Option<Decoder>, AuthError> {
        let (signer, trailers) = match payload {
            Payload::ChunkedSigned(seed) => (Some(Signer::new(seed)), Trailers::none()),
            Payload::ChunkedSignedTrailer(seed) => {
                (Some(Signer::new(seed)), Trailers::announced(headers, true)?)
            }
            Payload::UnsignedTrailer => (None, Trailers::announced(headers, false)?),
            Payload::Unsigned | Payload::Checked | Payload::Hash(_) => return Ok(None),
        };
        let length = headers.get("x-amz-decoded-content-length").and_then(|value| value.to_str().ok());
        let expected = length.and_then(|text| text.trim().parse().ok()).ok_or(AuthError::NoDecodedLength)?;
        Ok(Some(Decoder {
            state: State::Line,
            signer,
            trailers,
            line: BytesMut::new(),
            expected,
            announced: 0,
            chunks: 0,
            last_chunk: 0,
        }))
    }

    /// The length of the decoded body.
    pub fn decoded_bytes(&self) -> u64 {
        self.expected
    }

    /// Takes from the front of `input` and answers the next data, or `None` once `input` is used up.
    pub fn decode(&mut self, input: &mut Bytes) -> Result<Option<Bytes>, AuthError> {
        while !input.is_empty() {
            match self.step(input) {
                Ok(None) => {}
                Ok(data) => return Ok(data),
                Err(error) => {
                    self.state = State::Failed;
                    return Err(error);
                }
            }
        }
        Ok(None)
    }

    /// After the last input: the trailers, by lower-case name, if the body was complete and its signatures good.
    pub fn finish(self) -> Result<Trailer, AuthError> {
        if self.state == State::End { Ok(self.trailers.found) } else { Err(AuthError::IncompleteBody) }
    }

    /// Decodes a body that is there as a whole: the data and the trailers.
    pub fn decode_whole(mut self, mut body: Bytes) -> Result<(Bytes, Trailer), AuthError> {
        let mut data = BytesMut::new();
        while let Some(part) = self.decode(&mut body)? {
            data.extend_from_slice(&part);
        }
        self.finish().map(|trailers| (data.freeze(), trailers))
    }

    fn step(&mut self, input: &mut Bytes) -> Result<Option<Bytes>, AuthError> {
        match self.state {
            State::Line => {
                if let Some(line) = self.take_line(input, LINE_BYTES_MAX)? {
                    self.begin_chunk(&line)?;
                }
                Ok(None)
            }
            State::Data(left) => Ok(Some(self.take_data(input, left))),
            State::DataEnd(cr) => {
                let byte = input.split_to(1)[0];
                self.end_chunk(byte, cr)?;
                Ok(None)
            }
            State::Trailer => {
                if let Some(line) = self.take_line(input, trailer::LINE_BYTES_MAX)? {
                    self.trailer_line(&line)?;
                }
                Ok(None)
            }
            State::End | State::Failed => Err(AuthError::IncompleteBody),
        }
    }

    /// A line without its end, once that has come.
    fn take_line(&mut self, input: &mut Bytes, bytes_max: usize) -> Result<Option<Bytes>, AuthError> {
        let end = input.iter().position(|&b| b == b'\n');
        let taken = input.split_to(end.map_or(input.len(), |end| end + 1));
        if self.line.len() + taken.len() > bytes_max {
            return Err(AuthError::IncompleteBody);
        }
        let line = if self.line.is_empty() && end.is_some() {
            taken
        } else {
            self.line.extend_from_slice(&taken);
            if end.is_none() {
                return Ok(None);
            }
            self.line.split().freeze()
        };
        let text = &line[..line.len() - 1];
        Ok(Some(line.slice_ref(text.strip_suffix(b"\r").unwrap_or(text))))
    }

    /// `1000;chunk-signature=...`.
    fn begin_chunk(&mut self, line: &[u8]) -> Result<(), AuthError> {
        let cut = line.iter().position(|&b| b == b';');
        let bytes = chunk_size(&line[..cut.unwrap_or(line.len())]).ok_or(AuthError::IncompleteBody)?;
        if let Some(signer) = &mut self.signer {
            let extension = cut.map(|cut| &line[cut + 1..]).and_then(|rest| rest.strip_prefix(SIGNATURE));
            signer.begin(extension.ok_or(AuthError::IncompleteBody)?)?;
        }
        if bytes > 0 && self.chunks > 0 && self.last_chunk < CHUNK_BYTES_MIN {
            return Err(AuthError::ChunkSize { chunk: self.chunks, bytes: self.last_chunk });
        }
        self.announced = self.announced.saturating_add(bytes);
        let is_wrong =
            if bytes == 0 { self.announced != self.expected } else { self.announced > self.expected };
        if is_wrong {
            return Err(AuthError::DecodedLength { expected: self.expected, provided: self.announced });
        }
        self.chunks += 1;
        self.last_chunk = bytes;
        if bytes > 0 {
            self.state = State::Data(bytes);
            return Ok(());
        }
        self.state = State::Trailer;
        self.signer.as_mut().map_or(Ok(()), Signer::end)
    }

    fn take_data(&mut self, input: &mut Bytes, left: u64) -> Bytes {
        let count = usize::try_from(left).unwrap_or(usize::MAX).min(input.len());
        let data = input.split_to(count);
        if let Some(signer) = &mut self.signer {
            signer.digest.update(&data);
        }
        let left = left - count as u64;
        self.state = if left == 0 { State::DataEnd(false) } else { State::Data(left) };
        data
    }

    fn end_chunk(&mut self, byte: u8, cr: bool) -> Result<(), AuthError> {
        if byte != if cr { b'\n' } else { b'\r' } {
            return Err(AuthError::IncompleteBody);
        }
        if !cr {
            self.state = State::DataEnd(true);
            return Ok(());
        }
        self.state = State::Line;
        self.signer.as_mut().map_or(Ok(()), Signer::end)
    }

    fn trailer_line(&mut self, line: &[u8]) -> Result<(), AuthError> {
        if !line.is_empty() {
            return self.trailers.take(line);
        }
        if self.trailers.waits_for_signature() {
            // The reference's own example has an empty line between the trailer and its signature.
            return self.trailers.take_blank();
        }
        self.state = State::End;
        self.trailers.check_complete()?;
        match (&self.signer, self.trailers.signature.take()) {
            (Some(signer), Some(signature)) => signer.check_trailer(&self.trailers.canonical(), &signature),
            _ => Ok(()),
        }
    }
}

/// One to sixteen hexadecimal digits.
fn chunk_size(text: &[u8]) -> Option<u64> {
    let is_size = (1..=16).contains(&text.len()) && text.iter().all(u8::is_ascii_hexdigit);
    if is_size { u64::from_str_radix(std::str::from_utf8(text).ok()?, 16).ok() } else { None }
}

/// The chain of signatures: each one covers the one before.
struct Signer {
    seed: Arc<Seed>,
    previous: String,
    /// Of the chunk that is coming in.
    provided: String,
    digest: Sha256,
}

impl Signer {
    fn new(seed: &Arc<Seed>) -> Signer {
        Signer {
            seed: Arc::clone(seed),
            previous: seed.signature.clone(),
            provided: String::new(),
            digest: Sha256::new(),
        }
    }

    fn begin(&mut self, signature: &[u8]) -> Result<(), AuthError> {
        if signature.len() != 64 {
            return Err(AuthError::IncompleteBody);
        }
        self.provided = String::from_utf8(signature.to_vec()).map_err(|_| AuthError::IncompleteBody)?;
        Ok(())
    }

    fn end(&mut self) -> Result<(), AuthError> {
        let mut hash = [0; 64];
        write_hex(&self.digest.finalize_reset(), &mut hash);
        let hash = std::str::from_utf8(&hash).unwrap_or_default();
        let to_sign = self.string_to_sign("AWS4-HMAC-SHA256-PAYLOAD", &[HASH_OF_NOTHING, hash]);
        self.check(&to_sign, &self.provided)?;
        self.previous = std::mem::take(&mut self.provided);
        Ok(())
    }

    fn check_trailer(&self, canonical: &str, provided: &str) -> Result<(), AuthError> {
        let hash = hex::encode(Sha256::digest(canonical));
        self.check(&self.string_to_sign("AWS4-HMAC-SHA256-TRAILER", &[&hash]), provided)
    }

    fn string_to_sign(&self, algorithm: &str, hashes: &[&str]) -> String {
        let mut text = [algorithm, &self.seed.date, &self.seed.scope, &self.previous].join("\n");
        for hash in hashes {
            text.push('\n');
            text.push_str(hash);
        }
        text
    }

    fn check(&self, to_sign: &str, provided: &str) -> Result<(), AuthError> {
        let good = self.seed.key.sign_hex(to_sign.as_bytes()).as_slice().ct_eq(provided.as_bytes());
        if self.seed.is_taken_at_its_word || good.into() {
            return Ok(());
        }
        Err(AuthError::Mismatch(Box::new(Mismatch {
            access_key: self.seed.access_key.clone(),
            string_to_sign: to_sign.to_owned(),
            provided: provided.to_owned(),
            canonical_request: String::new(),
        })))
    }
}
