//! Writes structures as CBOR.

use super::scan::{ARRAY, BYTES, MAP, NEGATIVE, TAG, TEXT, UNSIGNED};
use crate::format::Writer;
use crate::schema::Kind;
use crate::shape::{Field, Shape};
use crate::time::Time;
use crate::value::Document;

/// Writes one CBOR item.
#[derive(Default)]
pub struct CborWriter {
    out: Vec<u8>,
}

impl CborWriter {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> CborWriter {
        CborWriter { out: Vec::with_capacity(256) }
    }

    /// The item.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.out
    }

    /// The head of a map of the caller's own, with this many pairs.
    pub(crate) fn open(&mut self, pairs: usize) {
        self.head(MAP, pairs as u64);
    }

    /// How many members a structure has to write.
    pub(crate) fn present(value: &dyn Shape) -> usize {
        let members = value.schema().members.iter().enumerate();
        members.filter(|(i, member)| member.kind != Kind::Stream && !value.field(*i).is_absent()).count()
    }

    /// The members of a structure, in a map of the caller's own.
    pub(crate) fn add(&mut self, value: &dyn Shape) {
        for (i, member) in value.schema().members.iter().enumerate() {
            let field = value.field(i);
            if member.kind != Kind::Stream && !field.is_absent() {
                self.text(member.name);
                field.write(self);
            }
        }
    }

    fn head(&mut self, major: u8, argument: u64) {
        let major = major << 5;
        match argument {
            0..=23 => self.out.push(major + argument as u8),
            24..=0xFF => self.out.extend_from_slice(&[major + 24, argument as u8]),
            0x100..=0xFFFF => {
                self.out.push(major + 25);
                self.out.extend_from_slice(&(argument as u16).to_be_bytes());
            }
            0x1_0000..=0xFFFF_FFFF => {
                self.out.push(major + 26);
                self.out.extend_from_slice(&(argument as u32).to_be_bytes());
            }
            _ => {
                self.out.push(major + 27);
                self.out.extend_from_slice(&argument.to_be_bytes());
            }
        }
    }
}

impl Writer for CborWriter {
    fn boolean(&mut self, value: bool) {
        self.out.push(if value { 0xF5 } else { 0xF4 });
    }

    fn long(&mut self, value: i64) {
        match u64::try_from(value) {
            Ok(value) => self.head(UNSIGNED, value),
            Err(_) => self.head(NEGATIVE, value.unsigned_abs() - 1),
        }
    }

    fn float(&mut self, value: f32) {
        self.out.push(0xFA);
        self.out.extend_from_slice(&value.to_be_bytes());
    }

    fn double(&mut self, value: f64) {
        self.out.push(0xFB);
        self.out.extend_from_slice(&value.to_be_bytes());
    }

    fn text(&mut self, value: &str) {
        self.head(TEXT, value.len() as u64);
        self.out.extend_from_slice(value.as_bytes());
    }

    fn blob(&mut self, value: &[u8]) {
        self.head(BYTES, value.len() as u64);
        self.out.extend_from_slice(value);
    }

    fn time(&mut self, value: Time) {
        self.head(TAG, 1);
        let millis = value.millis();
        if millis % 1000 == 0 {
            self.long(value.seconds());
        } else {
            self.double(millis as f64 / 1000.0);
        }
    }

    fn document(&mut self, value: &Document) {
        self.text(value.as_str());
    }

    fn list(&mut self, items: &mut dyn ExactSizeIterator<Item = &dyn Field>) {
        self.head(ARRAY, items.len() as u64);
        for item in items {
            item.write(self);
        }
    }

    fn map(&mut self, entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Field)>) {
        self.head(MAP, entries.len() as u64);
        for (key, value) in entries {
            self.text(key);
            value.write(self);
        }
    }

    fn shape(&mut self, value: &dyn Shape) {
        self.open(CborWriter::present(value));
        self.add(value);
    }
}
