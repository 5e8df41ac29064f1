//! `multipart/form-data` (RFC 7578), as it comes: forms that browsers send with files in them.
//!
//! The reader never holds more than one piece of input and the head of one part; what is larger is refused.

use bytes::{Bytes, BytesMut};
use memchr::memmem;

/// How long the head of a part may be.
const HEAD_BYTES_MAX: usize = 8 * 1024;
/// How long a boundary may be (RFC 2046, 5.1.1).
const BOUNDARY_BYTES_MAX: usize = 70;

/// Takes a form apart, piece by piece.
#[derive(Debug)]
pub struct FormParts {
    /// `CRLF--BOUNDARY`.
    delimiter: Vec<u8>,
    held: BytesMut,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// Before the first delimiter.
    Preamble,
    /// Behind a delimiter: a part follows, or nothing more.
    Delimited,
    /// In the head of a part.
    Head,
    /// In the body of a part.
    Body,
    /// Behind the last delimiter.
    Done,
}

/// What comes next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// Nothing before more input has come.
    More,
    /// A part begins.
    Part(PartHead),
    /// Bytes of the part.
    Data(Bytes),
    /// The part ends.
    End,
    /// The form ends.
    Done,
}

/// What a part says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PartHead {
    /// The name of the field.
    pub name: String,
    /// The name of the file, where it is one.
    pub file: Option<String>,
    /// Its content type.
    pub content_type: Option<String>,
}

/// It is no such form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Malformed;

impl FormParts {
    /// A reader of a body of this content type.
    pub fn new(content_type: &str) -> Result<Self, Malformed> {
        let (_, parameters) = content_type.split_once(';').ok_or(Malformed)?;
        let boundary = parameter(parameters, "boundary").ok_or(Malformed)?;
        if boundary.is_empty() || boundary.len() > BOUNDARY_BYTES_MAX {
            return Err(Malformed);
        }
        let delimiter = [b"\r\n--", boundary.as_bytes()].concat();
        // The first delimiter may stand at the very beginning, without a line before it.
        Ok(Self { delimiter, held: BytesMut::from(&b"\r\n"[..]), state: State::Preamble })
    }

    /// Adds input. To be called when nothing comes before more has come.
    pub fn feed(&mut self, bytes: &[u8]) {
        if self.state != State::Done {
            self.held.extend_from_slice(bytes);
        }
    }

    /// Whether the form was whole, where there is no more input.
    pub fn end(&self) -> Result<(), Malformed> {
        if self.state == State::Done { Ok(()) } else { Err(Malformed) }
    }

    /// What comes next.
    pub fn step(&mut self) -> Result<Event, Malformed> {
        loop {
            match self.state {
                State::Done => return Ok(Event::Done),
                State::Preamble => match self.before_delimiter() {
                    (_, true) => self.state = State::Delimited,
                    (_, false) => return Ok(Event::More),
                },
                State::Body => {
                    let (bytes, ended) = self.before_delimiter();
                    if !bytes.is_empty() {
                        // The delimiter, where it has been seen, is looked at once more.
                        if ended {
                            self.restore_delimiter();
                        }
                        return Ok(Event::Data(bytes));
                    }
                    if !ended {
                        return Ok(Event::More);
                    }
                    self.state = State::Delimited;
                    return Ok(Event::End);
                }
                State::Delimited => {
                    if self.held.starts_with(b"--") {
                        self.state = State::Done;
                        self.held.clear();
                        return Ok(Event::Done);
                    }
                    let blanks = self.held.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
                    match self.held.get(blanks..) {
                        Some([b'\r', b'\n', ..]) => {
                            // The end of this line may belong to the empty line that ends an empty head.
                            let _ = self.held.split_to(blanks);
                            self.state = State::Head;
                        }
                        Some([] | [b'\r' | b'-']) if blanks < HEAD_BYTES_MAX => return Ok(Event::More),
                        _ => return Err(Malformed),
                    }
                }
                State::Head => {
                    let Some(end) = memmem::find(&self.held, b"\r\n\r\n") else {
                        return if self.held.len() > HEAD_BYTES_MAX {
                            Err(Malformed)
                        } else {
                            Ok(Event::More)
                        };
                    };
                    if end > HEAD_BYTES_MAX {
                        return Err(Malformed);
                    }
                    let head = self.held.split_to(end + 4);
                    self.state = State::Body;
                    return PartHead::read(&head).map(Event::Part);
                }
            }
        }
    }

    /// What surely stands before the next delimiter, and whether that was found, which then is taken too.
    fn before_delimiter(&mut self) -> (Bytes, bool) {
        if let Some(at) = memmem::find(&self.held, &self.delimiter) {
            let before = self.held.split_to(at).freeze();
            let _ = self.held.split_to(self.delimiter.len());
            return (before, true);
        }
        let sure = self.held.len().saturating_sub(self.delimiter.len() - 1);
        (self.held.split_to(sure).freeze(), false)
    }

    fn restore_delimiter(&mut self) {
        let behind = self.held.split();
        self.held.extend_from_slice(&self.delimiter);
        self.held.extend_from_slice(&behind);
    }
}

impl PartHead {
    fn read(head: &[u8]) -> Result<Self, Malformed> {
        let text = std::str::from_utf8(head).map_err(|_| Malformed)?;
        let mut read = Self::default();
        let mut is_named = false;
        for line in text.split("\r\n").filter(|line| !line.is_empty()) {
            let (name, value) = line.split_once(':').ok_or(Malformed)?;
            if name.trim().eq_ignore_ascii_case("content-disposition") {
                let (kind, parameters) = value.split_once(';').ok_or(Malformed)?;
                if !kind.trim().eq_ignore_ascii_case("form-data") {
                    return Err(Malformed);
                }
                read.name = parameter(parameters, "name").ok_or(Malformed)?;
                read.file = parameter(parameters, "filename");
                is_named = true;
            } else if name.trim().eq_ignore_ascii_case("content-type") {
                read.content_type = Some(value.trim().to_owned());
            }
        }
        if is_named { Ok(read) } else { Err(Malformed) }
    }
}

/// The value of one of `a=b; c="d"`. Within quotes a backslash protects a quote or another backslash; others are as they
/// are, as in the paths that some browsers give.
fn parameter(mut text: &str, wanted: &str) -> Option<String> {
    loop {
        text = text.trim_start_matches([';', ' ', '\t']);
        let (name, rest) = text.split_once('=')?;
        let (value, behind) = if let Some(quoted) = rest.strip_prefix('"') {
            unquoted(quoted)?
        } else {
            let end = rest.find(';').unwrap_or(rest.len());
            (rest[..end].trim().to_owned(), &rest[end..])
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        text = behind;
    }
}

fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => match letters.next_if(|(_, next)| matches!(next, '"' | '\\')) {
                Some((_, protected)) => value.push(protected),
                None => value.push('\\'),
            },
            _ => value.push(letter),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TYPE: &str = "multipart/form-data; boundary=\"b-\"";

    /// The parts of a form that comes in pieces of these sizes.
    fn parts(form: &[u8], sizes: &[usize]) -> Result<Vec<(PartHead, Vec<u8>)>, Malformed> {
        let mut reader = FormParts::new(TYPE).unwrap();
        let (mut rest, mut sizes) = (form, sizes.iter().cycle());
        let mut all: Vec<(PartHead, Vec<u8>)> = Vec::new();
        loop {
            match reader.step()? {
                Event::More if rest.is_empty() => return reader.end().map(|()| all),
                Event::More => {
                    let (piece, behind) = rest.split_at(rest.len().min(*sizes.next().unwrap_or(&1)));
                    reader.feed(piece);
                    rest = behind;
                }
                Event::Part(head) => all.push((head, Vec::new())),
                Event::Data(bytes) => all.last_mut().unwrap().1.extend_from_slice(&bytes),
                Event::End => {}
                Event::Done => return Ok(all),
            }
        }
    }

    fn written(fields: &[(String, Vec<u8>)]) -> Vec<u8> {
        let mut form = Vec::new();
        for (name, value) in fields {
            form.extend_from_slice(
                format!("--b-\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n").as_bytes(),
            );
            form.extend_from_slice(value);
            form.extend_from_slice(b"\r\n");
        }
        form.extend_from_slice(b"--b---\r\n");
        form
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_however_it_comes(
            fields in proptest::collection::vec(("[a-z]{1,5}", proptest::collection::vec(
                prop_oneof![Just(b'\r'), Just(b'\n'), Just(b'-'), Just(b'b'), any::<u8>()], 0..40)), 0..4),
            sizes in proptest::collection::vec(1usize..20, 1..5),
        ) {
            prop_assume!(fields.iter().all(|(_, value)| memmem::find(&[b"\r\n", value.as_slice()].concat(), b"\r\n--b-").is_none()));
            let fields: Vec<(String, Vec<u8>)> = fields;
            let read = parts(&written(&fields), &sizes).unwrap();
            let read: Vec<_> = read.into_iter().map(|(head, value)| (head.name, value)).collect();
            prop_assert_eq!(read, fields);
        }
    }

    #[test]
    fn a_part_says_what_it_is() {
        let form = b"before\r\n--b- \t\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\".txt\"\r\n\
                     Content-Type: text/plain\r\n\r\n\r\n--b-\r\nContent-Disposition: form-data; filename=C:\\x; name=n\r\n\r\ny\r\n--b---behind";
        let read = parts(form, &[7]).unwrap();
        assert_eq!(read[0].0.file.as_deref(), Some("a \"b\".txt"));
        assert_eq!(read[0].0.content_type.as_deref(), Some("text/plain"));
        assert_eq!((read[0].1.as_slice(), read[1].1.as_slice()), (&b""[..], &b"y"[..]));
        assert_eq!((read[1].0.name.as_str(), read[1].0.file.as_deref()), ("n", Some("C:\\x")));
    }

    #[test]
    fn what_is_no_form_is_refused() {
        for bad in [
            &b""[..],
            b"--b-\r\n",
            b"--b-x",
            b"--b-\r\n\r\n\r\n--b---",
            b"--b-\r\nContent-Disposition: form-data\r\n\r\n\r\n--b---",
            b"--b-\r\nContent-Disposition: form-data; name=\"x\r\n\r\n\r\n--b---",
            b"--b-\r\nContent-Disposition: attachment; name=x\r\n\r\n\r\n--b---",
            b"--b-\r\nContent-Disposition: form-data; name=x\r\n\r\nvalue",
        ] {
            assert_eq!(parts(bad, &[3]), Err(Malformed), "{}", String::from_utf8_lossy(bad));
        }
        let long =
            format!("--b-\r\nContent-Disposition: form-data; name={}\r\n\r\n\r\n--b---", "n".repeat(9000));
        assert_eq!(parts(long.as_bytes(), &[1000]), Err(Malformed));
        for bad in
            ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"x"]
        {
            assert_eq!(FormParts::new(bad).unwrap_err(), Malformed, "{bad}");
        }
        assert!(FormParts::new(&format!("multipart/form-data; boundary={}", "x".repeat(71))).is_err());
    }
}
