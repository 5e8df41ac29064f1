//! What a client speaks, told by its first bytes: one port takes HTTP/1.1, HTTP/2 and TLS.

use std::io;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::link::Rewound;

/// What every HTTP/2 client sends first (RFC 9113, 3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// The first byte of a TLS record that carries a handshake (RFC 8446, 5.1).
const HANDSHAKE: u8 = 0x16;
/// Enough for a whole request head in most cases; what is read is not read again.
const FIRST_BYTES: usize = 4096;

/// What a client speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Tongue {
    Http1,
    Http2,
    Tls,
}

/// Reads until the first bytes tell what the client speaks, and gives them back with the stream. A client that ends
/// before that is taken to speak HTTP/1, whose parser answers it.
pub(crate) async fn greet<S: AsyncRead + Unpin>(mut stream: S) -> io::Result<(Tongue, Rewound<S>)> {
    let mut first = BytesMut::with_capacity(FIRST_BYTES);
    let tongue = loop {
        let n = stream.read_buf(&mut first).await?;
        match tongue(&first) {
            Some(tongue) => break tongue,
            None if n == 0 => break Tongue::Http1,
            None => {}
        }
    };
    Ok((tongue, Rewound::new(Bytes::from(first), stream)))
}

/// `None` while more bytes are needed.
fn tongue(first: &[u8]) -> Option<Tongue> {
    match first {
        [] => None,
        [HANDSHAKE, ..] => Some(Tongue::Tls),
        _ if first.starts_with(PREFACE) => Some(Tongue::Http2),
        _ if PREFACE.starts_with(first) => None,
        _ => Some(Tongue::Http1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncWriteExt;

    #[test]
    fn the_first_bytes_tell() {
        for (first, expected) in [
            (&b""[..], None),
            (b"\x16", Some(Tongue::Tls)),
            (b"\x16\x03\x01", Some(Tongue::Tls)),
            (b"P", None),
            (b"PRI * HTTP/2.0\r\n", None),
            (PREFACE, Some(Tongue::Http2)),
            (b"PUT /a HTTP/1.1\r\n", Some(Tongue::Http1)),
            (b"PRI * HTTP/1.1\r\n", Some(Tongue::Http1)),
            (b"GET", Some(Tongue::Http1)),
            (b"\x00", Some(Tongue::Http1)),
        ] {
            assert_eq!(tongue(first), expected, "{first:?}");
        }
    }

    #[tokio::test]
    async fn what_was_read_is_given_back() {
        let (mut near, far) = tokio::io::duplex(64);
        for byte in &PREFACE[..PREFACE.len() - 1] {
            near.write_all(&[*byte]).await.unwrap();
        }
        near.write_all(b"\nmore").await.unwrap();
        near.shutdown().await.unwrap();
        let (tongue, mut stream) = greet(far).await.unwrap();
        assert_eq!(tongue, Tongue::Http2);
        let mut all = Vec::new();
        stream.read_to_end(&mut all).await.unwrap();
        assert_eq!(all, [PREFACE, b"more"].concat());
    }
}
