//! Writes structures as JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::format::Writer;
use crate::schema::{At, Kind, Member, ROOT, TimeFormat};
use crate::shape::{Field, Shape};
use crate::stream::Stream;
use crate::time::Time;
use crate::value::Document;

/// Writes one JSON text.
pub struct JsonWriter {
    out: Vec<u8>,
    member: &'static Member,
    redact: bool,
}

impl Default for JsonWriter {
    fn default() -> JsonWriter {
        JsonWriter::new()
    }
}

impl JsonWriter {
    /// An empty text.
    #[must_use]
    pub fn new() -> JsonWriter {
        JsonWriter { out: Vec::with_capacity(256), member: &ROOT, redact: false }
    }

    /// An empty text that will show sensitive members as `***`.
    #[must_use]
    pub fn redacting() -> JsonWriter {
        JsonWriter { redact: true, ..JsonWriter::new() }
    }

    /// The text.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.out
    }

    /// The members of a structure that stand in the body, as an object. With `all`, every member.
    pub fn members(&mut self, value: &dyn Shape, all: bool) {
        self.open();
        self.add(value, all);
        self.close();
    }

    /// The opening brace of an object, for callers that add members of their own.
    pub(crate) fn open(&mut self) {
        self.out.push(b'{');
    }

    /// A comma, unless the object has just been opened: no value ends with an opening brace.
    fn comma(&mut self) {
        if self.out.last() != Some(&b'{') {
            self.out.push(b',');
        }
    }

    /// A member of the caller's own.
    pub(crate) fn pair(&mut self, key: &str, value: &str) {
        self.comma();
        string(&mut self.out, key);
        self.out.push(b':');
        string(&mut self.out, value);
    }

    /// The closing brace.
    pub(crate) fn close(&mut self) {
        self.out.push(b'}');
    }

    /// The members of a structure, in an object of the caller's own.
    pub(crate) fn add(&mut self, value: &dyn Shape, all: bool) {
        let outer = self.member;
        for (i, member) in value.schema().members.iter().enumerate() {
            let field = value.field(i);
            let elsewhere = !(all || member.at == At::Body) || (member.kind == Kind::Stream && !self.redact);
            if elsewhere || field.is_absent() {
                continue;
            }
            self.comma();
            // Names of members are plain: letters, digits and a few signs.
            self.out.push(b'"');
            self.out.extend_from_slice(member.name.as_bytes());
            self.out.extend_from_slice(b"\":");
            if self.redact && member.sensitive {
                self.out.extend_from_slice(b"\"***\"");
                continue;
            }
            self.member = member;
            field.write(self);
        }
        self.member = outer;
    }
}

/// Writes a JSON string.
pub(crate) fn string(out: &mut Vec<u8>, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.reserve(text.len() + 2);
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if !matches!(byte, b'"' | b'\\' | 0..0x20) {
            continue;
        }
        out.extend_from_slice(&bytes[from..at]);
        from = at + 1;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            _ => {
                out.extend_from_slice(b"\\u00");
                out.extend_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
            }
        }
    }
    out.extend_from_slice(&bytes[from..]);
    out.push(b'"');
}

impl Writer for JsonWriter {
    fn boolean(&mut self, value: bool) {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    fn long(&mut self, value: i64) {
        self.out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
    }

    fn float(&mut self, value: f32) {
        match crate::text::float_word(f64::from(value)) {
            Some(word) => self.text(word),
            None => self.out.extend_from_slice(ryu::Buffer::new().format_finite(value).as_bytes()),
        }
    }

    fn double(&mut self, value: f64) {
        match crate::text::float_word(value) {
            Some(word) => self.text(word),
            None => self.out.extend_from_slice(ryu::Buffer::new().format_finite(value).as_bytes()),
        }
    }

    fn text(&mut self, value: &str) {
        string(&mut self.out, value);
    }

    fn blob(&mut self, value: &[u8]) {
        self.out.push(b'"');
        let start = self.out.len();
        self.out.resize(start + value.len().div_ceil(3) * 4, 0);
        let written = STANDARD.encode_slice(value, &mut self.out[start..]);
        self.out.truncate(start + written.unwrap_or(0)); // the room was computed above
        self.out.push(b'"');
    }

    fn time(&mut self, value: Time) {
        let mut text = String::new();
        match self.member.time {
            TimeFormat::ByPlace | TimeFormat::Epoch => {
                value.write(TimeFormat::Epoch, false, &mut text);
                self.out.extend_from_slice(text.as_bytes());
            }
            format => {
                value.write(format, false, &mut text);
                self.text(&text);
            }
        }
    }

    fn document(&mut self, value: &Document) {
        self.out.extend_from_slice(value.as_str().as_bytes());
    }

    fn stream(&mut self, value: &Stream) {
        self.text(&format!("{value:?}")); // for people: no protocol puts a stream into JSON
    }

    fn list(&mut self, items: &mut dyn ExactSizeIterator<Item = &dyn Field>) {
        self.out.push(b'[');
        for (i, item) in items.enumerate() {
            if i > 0 {
                self.out.push(b',');
            }
            item.write(self);
        }
        self.out.push(b']');
    }

    fn map(&mut self, entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Field)>) {
        self.out.push(b'{');
        for (i, (key, value)) in entries.enumerate() {
            if i > 0 {
                self.out.push(b',');
            }
            string(&mut self.out, key);
            self.out.push(b':');
            value.write(self);
        }
        self.out.push(b'}');
    }

    fn shape(&mut self, value: &dyn Shape) {
        self.members(value, true);
    }
}
