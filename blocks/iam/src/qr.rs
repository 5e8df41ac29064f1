//! A QR code as a PNG: one bit for each pixel, not compressed, since there is so little of it.

use crc_fast::{CrcAlgorithm, checksum};
use qrcodegen::{QrCode, QrCodeEcc};

/// Pixels of one module.
const SCALE: i32 = 5;
/// Modules of white around the code (ISO/IEC 18004).
const QUIET: i32 = 4;

/// The code of `text`; `None` if it is too long for one.
pub(crate) fn png(text: &str) -> Option<Vec<u8>> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let side = (code.size() + 2 * QUIET) * SCALE;
    let is_dark = |x: i32, y: i32| code.get_module(x / SCALE - QUIET, y / SCALE - QUIET);
    let mut rows = Vec::new();
    for y in 0..side {
        rows.push(0); // this row has no filter
        for first in (0..side).step_by(8) {
            let bit = |at: i32| u8::from(first + at < side && !is_dark(first + at, y)) << (7 - at);
            rows.push((0..8).map(bit).sum());
        }
    }
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let side = side.unsigned_abs().to_be_bytes();
    // One bit of grey, the only compression, filter and order there is.
    chunk(&mut out, *b"IHDR", &[&side[..], &side[..], &[1, 0, 0, 0, 0]].concat());
    chunk(&mut out, *b"IDAT", &stored(&rows));
    chunk(&mut out, *b"IEND", &[]);
    Some(out)
}

/// Length, kind, content, and a checksum of the last two.
fn chunk(out: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) {
    out.extend((content.len() as u32).to_be_bytes());
    let begin = out.len();
    out.extend(kind);
    out.extend(content);
    let sum = checksum(CrcAlgorithm::Crc32IsoHdlc, &out[begin..]) as u32;
    out.extend(sum.to_be_bytes());
}

/// A zlib stream (RFC 1950) of stored blocks.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    out.extend((b << 16 | a).to_be_bytes());
    out
}
