//! Writes structures as XML.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::format::Writer;
use crate::schema::{At, Member, ROOT, TimeFormat};
use crate::shape::{Field, Shape};
use crate::text::scalar::TextWriter;
use crate::time::Time;
use crate::value::Document;

/// Bytes that are reserved ahead for a list at most.
const RESERVED_MAX: usize = 1 << 20;

/// Writes one XML document. Every value is an element named by the member it belongs to.
pub struct XmlWriter {
    out: String,
    /// The element that the next value becomes.
    name: &'static str,
    member: &'static Member,
    /// Lists and maps of the current member that have been entered: only the outermost one can be flat.
    nest: u8,
    /// Points in time always have three digits of a fraction.
    millis: bool,
    /// The namespace still to be declared, on the next element opened.
    namespace: (&'static str, &'static str),
}

impl XmlWriter {
    /// An empty document. With `millis`, points in time always show milliseconds (S3).
    #[must_use]
    pub fn new(millis: bool) -> XmlWriter {
        XmlWriter {
            out: String::with_capacity(512),
            name: "",
            member: &ROOT,
            nest: 0,
            millis,
            namespace: ("", ""),
        }
    }

    /// The document.
    #[must_use]
    pub fn finish(self) -> String {
        self.out
    }

    /// Text as it stands: prologues and wrappers of the protocols.
    pub fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Opens an element of a wrapper.
    pub fn open(&mut self, name: &str, namespace: &str) {
        self.out.push('<');
        self.out.push_str(name);
        if !namespace.is_empty() {
            self.out.push_str(" xmlns=\"");
            escape(&mut self.out, namespace);
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// Closes an element.
    pub fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An element with a text.
    pub fn element(&mut self, name: &str, text: &str) {
        self.open(name, "");
        escape(&mut self.out, text);
        self.close(name);
    }

    /// Names the next value's element, and the namespace it declares.
    pub fn at(
        &mut self,
        name: &'static str,
        member: &'static Member,
        namespace: (&'static str, &'static str),
    ) {
        self.name = name;
        self.member = member;
        self.nest = 0;
        self.namespace = namespace;
    }

    /// The members of a structure that stand in the body, without an element around them. With `all`, every one.
    pub fn members(&mut self, value: &dyn Shape, all: bool) {
        let outer = (self.name, self.member, self.nest);
        for (i, member) in value.schema().members.iter().enumerate() {
            let field = value.field(i);
            if member.attribute || field.is_absent() || !(all || member.at == At::Body) {
                continue;
            }
            self.at(member.names.xml, member, member.namespace);
            field.write(self);
        }
        (self.name, self.member, self.nest) = outer;
        self.namespace = ("", "");
    }

    /// A structure in an element of the current name. With `all`, every member stands in it.
    pub fn element_of(&mut self, value: &dyn Shape, all: bool) {
        let schema = value.schema();
        let name = self.name;
        self.start();
        self.declare(schema.root.namespace.0, schema.root.namespace.1);
        for (i, member) in schema.members.iter().enumerate().filter(|(_, member)| member.attribute) {
            let field = value.field(i);
            if !field.is_absent() {
                let mut text = TextWriter::new(member, TimeFormat::Iso);
                field.write(&mut text);
                self.out.push(' ');
                self.out.push_str(member.names.xml);
                self.out.push_str("=\"");
                escape(&mut self.out, text.as_str());
                self.out.push('"');
            }
        }
        self.out.push('>');
        self.members(value, all);
        self.close(name);
    }

    /// Opens the element of the current value, without the closing bracket.
    fn start(&mut self) {
        self.out.push('<');
        self.out.push_str(self.name);
        let (prefix, address) = std::mem::take(&mut self.namespace);
        self.declare(prefix, address);
    }

    fn declare(&mut self, prefix: &str, address: &str) {
        if address.is_empty() {
            return;
        }
        self.out.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
        self.out.push_str(prefix);
        self.out.push_str("=\"");
        escape(&mut self.out, address);
        self.out.push('"');
    }

    fn scalar(&mut self, write: impl FnOnce(&mut String)) {
        self.start();
        self.out.push('>');
        write(&mut self.out);
        self.close(self.name);
    }

    /// Writes `inside` in an element of the current name, unless the member is flat and this is its outermost list.
    fn around(&mut self, item: &'static str, inside: impl FnOnce(&mut XmlWriter)) {
        let name = self.name;
        let flat = self.member.flat && self.nest == 0;
        self.nest += 1;
        if flat {
            inside(self);
        } else {
            self.start();
            self.out.push('>');
            self.name = item;
            inside(self);
            self.close(name);
        }
        self.nest -= 1;
        self.name = name;
    }
}

/// Where the first byte is that stands in no text as it is.
fn written_apart(text: &[u8]) -> Option<usize> {
    const MANY: usize = 32;
    let is_apart = |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | 0..=8 | 11..=31);
    // Nearly all texts are as they are; without an early end, the machine looks at many bytes at once.
    let any = |many: &[u8]| many.iter().fold(false, |any, byte| any | is_apart(byte));
    let at = text.chunks(MANY).position(any)? * MANY;
    Some(at + text[at..].iter().position(is_apart)?)
}

/// Writes text with what XML reserves, and what it cannot carry, as references.
pub(crate) fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = written_apart(rest.as_bytes()) {
        let (plain, apart) = rest.split_at(at);
        out.push_str(plain);
        rest = &apart[1..];
        let byte = apart.as_bytes()[0];
        match byte {
            b'&' => out.push_str("&amp;"),
            b'<' => out.push_str("&lt;"),
            b'>' => out.push_str("&gt;"),
            b'"' => out.push_str("&quot;"),
            // S3 writes control characters of keys as references too, though XML 1.0 knows none.
            _ => {
                out.push_str("&#x");
                if byte > 15 {
                    out.push('1');
                }
                out.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
                out.push(';');
            }
        }
    }
    out.push_str(rest);
}

impl Writer for XmlWriter {
    fn boolean(&mut self, value: bool) {
        self.scalar(|out| out.push_str(if value { "true" } else { "false" }));
    }

    fn long(&mut self, value: i64) {
        self.scalar(|out| out.push_str(itoa::Buffer::new().format(value)));
    }

    fn float(&mut self, value: f32) {
        self.scalar(|out| crate::text::write_float(out, value));
    }

    fn double(&mut self, value: f64) {
        self.scalar(|out| crate::text::write_double(out, value));
    }

    fn text(&mut self, value: &str) {
        self.scalar(|out| escape(out, value));
    }

    fn blob(&mut self, value: &[u8]) {
        self.scalar(|out| STANDARD.encode_string(value, out));
    }

    fn time(&mut self, value: Time) {
        let (format, millis) = (self.member.time, self.millis);
        self.scalar(|out| {
            value.write(if format == TimeFormat::ByPlace { TimeFormat::Iso } else { format }, millis, out);
        });
    }

    fn document(&mut self, value: &Document) {
        self.text(value.as_str());
    }

    fn list(&mut self, items: &mut dyn ExactSizeIterator<Item = &dyn Field>) {
        self.around(self.member.names.item, |writer| {
            // The others will be about as long as the first.
            if let Some(first) = items.next() {
                let before = writer.out.len();
                first.write(writer);
                let bytes = (writer.out.len() - before).saturating_mul(items.len());
                writer.out.reserve(bytes.min(RESERVED_MAX));
            }
            items.for_each(|item| item.write(writer));
        });
    }

    fn map(&mut self, entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Field)>) {
        let names = &self.member.names;
        self.around("entry", |writer| {
            let entry = writer.name;
            for (key, value) in entries {
                writer.open(entry, "");
                writer.element(names.key, key);
                writer.name = names.value;
                value.write(writer);
                writer.name = entry;
                writer.close(entry);
            }
        });
    }

    fn shape(&mut self, value: &dyn Shape) {
        self.element_of(value, true);
    }
}
