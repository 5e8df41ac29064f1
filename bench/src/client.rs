//! A connection that sends prepared bytes and reads whole answers: as little as a client can be, so that the server
//! is what is measured.

use std::io;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// One HTTP/1.1 connection.
pub struct Connection {
    address: String,
    stream: TcpStream,
    /// The server has closed it, as some do after each answer.
    is_closed: bool,
    buffer: Vec<u8>,
}

/// An answer.
pub struct Answer<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The status line and the headers.
    pub head: &'a [u8],
    /// What was not dropped of the body.
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(self.head, name)
    }
}

impl Connection {
    /// Connects.
    pub async fn open(address: &str) -> io::Result<Self> {
        let (address, stream) = (address.to_owned(), connected(address).await?);
        Ok(Self { address, stream, is_closed: false, buffer: Vec::with_capacity(16 * 1024) })
    }

    /// Sends a request and reads the answer. Bodies over 64 KiB are read and dropped.
    pub async fn ask(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.ask_keeping(request, 64 * 1024).await
    }

    /// Sends a request and reads the answer with the whole body.
    pub async fn ask_whole(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.ask_keeping(request, usize::MAX / 2).await
    }

    async fn ask_keeping(&mut self, request: &[u8], kept_max: usize) -> io::Result<Answer<'_>> {
        if std::mem::take(&mut self.is_closed) {
            self.stream = connected(&self.address).await?;
        }
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = memchr::memmem::find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        };
        let status =
            self.buffer.get(9..12).and_then(|s| std::str::from_utf8(s).ok()?.parse().ok()).unwrap_or(0);
        let length = content_length(&self.buffer[..head]).unwrap_or(0);
        self.is_closed = header(&self.buffer[..head], "connection") == Some("close");
        let mut left = length.saturating_sub(self.buffer.len() - head);
        while left > 0 {
            if self.buffer.len() > kept_max + head {
                self.buffer.truncate(head);
            }
            let n = (&mut self.stream).take(left as u64).read_buf(&mut self.buffer).await?;
            if n == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            left -= n;
        }
        Ok(Answer { status, head: &self.buffer[..head], body: &self.buffer[head..] })
    }
}

async fn connected(address: &str) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

fn content_length(head: &[u8]) -> Option<usize> {
    header(head, "content-length")?.parse().ok()
}

fn header<'h>(head: &'h [u8], wanted: &str) -> Option<&'h str> {
    let mut lines = std::str::from_utf8(head).ok()?.split("\r\n");
    lines.find_map(|l| {
        let (name, value) = l.split_once(':')?;
        name.eq_ignore_ascii_case(wanted).then(|| value.trim())
    })
}
