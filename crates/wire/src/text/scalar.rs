//! Scalars, and lists of them, from and to header values, labels, query parameters and XML attributes.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{parse_boolean, parse_double, parse_long, write_double, write_float};
use crate::format::{Each, EachEntry, Reader, Writer};
use crate::reject::Reject;
use crate::schema::{At, Member, TimeFormat};
use crate::shape::{Field, Shape};
use crate::time::Time;
use crate::value::{Blob, Document};

/// Reads one text: a scalar, or a list whose items stand behind commas (headers).
pub struct TextReader<'a> {
    rest: &'a str,
    member: &'static Member,
    /// Inside a list: each item ends at a comma.
    listing: bool,
}

/// JSON in a header stands there in base64.
fn coded(member: &Member) -> bool {
    member.media && matches!(member.at, At::Header(_))
}

fn not_text() -> Reject {
    Reject::malformed("a structure cannot stand in a header or parameter")
}

impl<'a> TextReader<'a> {
    /// Over a text, as a value of this member.
    #[must_use]
    pub fn new(text: &'a str, member: &'static Member) -> TextReader<'a> {
        TextReader { rest: text, member, listing: false }
    }

    /// The text of the scalar at the current place.
    fn item(&mut self) -> Result<Cow<'a, str>, Reject> {
        if !self.listing {
            return Ok(Cow::Borrowed(std::mem::take(&mut self.rest)));
        }
        let rest = self.rest.trim_ascii_start();
        if let Some(quoted) = rest.strip_prefix('"') {
            return self.quoted(quoted).map(Cow::Owned);
        }
        let end = rest.find(',').unwrap_or(rest.len());
        self.rest = &rest[end..];
        Ok(Cow::Borrowed(rest[..end].trim_ascii_end()))
    }

    fn quoted(&mut self, text: &'a str) -> Result<String, Reject> {
        let mut value = String::new();
        let mut escaped = false;
        for (at, c) in text.char_indices() {
            match c {
                '"' if !escaped => {
                    self.rest = text[at + 1..].trim_ascii_start();
                    return Ok(value);
                }
                '\\' if !escaped => escaped = true,
                _ => {
                    escaped = false;
                    value.push(c);
                }
            }
        }
        Err(Reject::malformed("a quoted value without end"))
    }
}

impl Reader for TextReader<'_> {
    fn boolean(&mut self) -> Result<bool, Reject> {
        parse_boolean(&self.item()?)
    }

    fn long(&mut self) -> Result<i64, Reject> {
        parse_long(&self.item()?)
    }

    fn double(&mut self) -> Result<f64, Reject> {
        parse_double(&self.item()?)
    }

    fn text(&mut self) -> Result<String, Reject> {
        let item = self.item()?;
        if !coded(self.member) {
            return Ok(item.into_owned());
        }
        let decoded = STANDARD.decode(item.as_bytes()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        decoded.ok_or_else(|| Reject::malformed("not base64 of UTF-8"))
    }

    fn blob(&mut self) -> Result<Blob, Reject> {
        let item = self.item()?;
        STANDARD.decode(item.as_bytes()).map(Blob::from).map_err(|_| Reject::malformed("not base64"))
    }

    fn time(&mut self) -> Result<Time, Reject> {
        let rest = self.rest.trim_ascii_start();
        // An HTTP date holds a comma of its own, behind the day's name.
        if self.listing && rest.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) {
            let comma = rest.find(',').map_or(rest.len(), |first| first + 1);
            let end = rest[comma..].find(',').map_or(rest.len(), |second| comma + second);
            self.rest = &rest[end..];
            return Time::parse(&rest[..end]).ok_or_else(|| Reject::malformed("not a date"));
        }
        Time::parse(&self.item()?).ok_or_else(|| Reject::malformed("not a date"))
    }

    fn document(&mut self) -> Result<Document, Reject> {
        Err(not_text())
    }

    fn list(&mut self, each: Each<'_>) -> Result<(), Reject> {
        if self.listing {
            return Err(not_text());
        }
        self.listing = true;
        self.rest = self.rest.trim_ascii();
        while !self.rest.is_empty() {
            each(self)?;
            match self.rest.strip_prefix(',') {
                Some(rest) => self.rest = rest.trim_ascii_start(),
                None if self.rest.is_empty() => {}
                None => return Err(Reject::malformed("items must stand behind commas")),
            }
        }
        self.listing = false;
        Ok(())
    }

    fn map(&mut self, _each: EachEntry<'_>) -> Result<(), Reject> {
        Err(not_text())
    }

    fn shape(&mut self, _into: &mut dyn Shape) -> Result<(), Reject> {
        Err(not_text())
    }
}

/// Writes a scalar, or a list of scalars behind commas.
pub struct TextWriter {
    out: String,
    member: &'static Member,
    /// What [`TimeFormat::ByPlace`] means here.
    place: TimeFormat,
    listing: bool,
}

impl TextWriter {
    /// An empty text for a value of this member.
    #[must_use]
    pub fn new(member: &'static Member, place: TimeFormat) -> TextWriter {
        TextWriter { out: String::new(), member, place, listing: false }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.out
    }
}

impl Writer for TextWriter {
    fn boolean(&mut self, value: bool) {
        self.out.push_str(if value { "true" } else { "false" });
    }

    fn long(&mut self, value: i64) {
        self.out.push_str(itoa::Buffer::new().format(value));
    }

    fn float(&mut self, value: f32) {
        write_float(&mut self.out, value);
    }

    fn double(&mut self, value: f64) {
        write_double(&mut self.out, value);
    }

    fn text(&mut self, value: &str) {
        if coded(self.member) {
            STANDARD.encode_string(value, &mut self.out);
        } else if self.listing && value.contains(['"', ',', '\\']) {
            self.out.push('"');
            for c in value.chars() {
                if matches!(c, '"' | '\\') {
                    self.out.push('\\');
                }
                self.out.push(c);
            }
            self.out.push('"');
        } else {
            self.out.push_str(value);
        }
    }

    fn blob(&mut self, value: &[u8]) {
        STANDARD.encode_string(value, &mut self.out);
    }

    fn time(&mut self, value: Time) {
        let format = if self.member.time == TimeFormat::ByPlace { self.place } else { self.member.time };
        value.write(format, false, &mut self.out);
    }

    fn document(&mut self, value: &Document) {
        self.out.push_str(value.as_str());
    }

    fn list(&mut self, items: &mut dyn ExactSizeIterator<Item = &dyn Field>) {
        self.listing = true;
        for (i, item) in items.enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            item.write(self);
        }
        self.listing = false;
    }

    fn map(&mut self, _entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Field)>) {}

    fn shape(&mut self, _value: &dyn Shape) {}
}
