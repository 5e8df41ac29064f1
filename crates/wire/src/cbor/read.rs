//! Reads CBOR into structures.

use std::borrow::Cow;

use super::scan::{ARRAY, BYTES, MAP, NEGATIVE, SIMPLE, Scan, TAG, TEXT, UNSIGNED, half};
use crate::format::{DEPTH_MAX, ELEMENTS_MAX, Each, EachEntry, Reader};
use crate::reject::{Reason, Reject};
use crate::shape::{Shape, missing};
use crate::time::Time;
use crate::value::{Blob, Document};

/// Reads one CBOR item.
pub struct CborReader<'a> {
    scan: Scan<'a>,
    depth: u32,
    elements: u32,
}

#[cold]
fn wrong(wanted: &str) -> Reject {
    Reject::malformed(format!("expected {wanted}"))
}

impl<'a> CborReader<'a> {
    /// Over bytes.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> CborReader<'a> {
        CborReader { scan: Scan::new(bytes), depth: 0, elements: 0 }
    }

    /// Nothing is left.
    pub fn end(&self) -> Result<(), Reject> {
        if self.scan.is_end() { Ok(()) } else { Err(wrong("the end")) }
    }

    /// The members of a map; gives one bit for each seen.
    pub fn members(&mut self, into: &mut dyn Shape) -> Result<u64, Reject> {
        let schema = into.schema();
        let mut seen = 0_u64;
        let mut next = 0;
        self.items(MAP, "a structure", &mut |reader, _| {
            let key = reader.string()?;
            let members = schema.members;
            let hit = |i: &usize| members[*i].name == key;
            let found = (next..members.len()).chain(0..next.min(members.len())).find(hit);
            if reader.scan.null() {
                return Ok(()); // null means absent
            }
            let Some(i) = found else {
                if let Some(hidden) = schema.unlisted.iter().find(|u| u.name == key) {
                    let (name, wire) = (hidden.name.to_owned(), key.into_owned());
                    return Err(Reject::new(Reason::Unlisted { name, wire }));
                }
                return reader.scan.skip(reader.depth);
            };
            if seen & (1 << i) != 0 {
                return Err(Reject::malformed(format!("the key {key:?} comes twice")));
            }
            seen |= 1 << i;
            next = i + 1;
            into.field_mut(i).read(reader).map_err(|e| e.within(members[i].name))
        })?;
        Ok(seen)
    }

    /// The items of an array, or the pairs of a map.
    fn items(
        &mut self,
        major: u8,
        wanted: &str,
        each: &mut dyn FnMut(&mut Self, usize) -> Result<(), Reject>,
    ) -> Result<(), Reject> {
        if self.scan.peek_major() != Some(major) {
            return Err(wrong(wanted));
        }
        let count = self.scan.head()?.argument;
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(Reject::too_much("deep nesting"));
        }
        let mut index = 0;
        while count.map_or_else(|| !self.scan.take_break(), |count| (index as u64) < count) {
            self.elements += 1;
            if self.elements > ELEMENTS_MAX {
                return Err(Reject::too_much("many elements"));
            }
            each(self, index)?;
            index += 1;
        }
        self.depth -= 1;
        Ok(())
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Reject> {
        if self.scan.peek_major() != Some(TEXT) {
            return Err(wrong("a text"));
        }
        let head = self.scan.head()?;
        let utf8 = |_| Reject::malformed("a text is not UTF-8");
        Ok(match self.scan.content(head)? {
            Cow::Borrowed(bytes) => Cow::Borrowed(std::str::from_utf8(bytes).map_err(utf8)?),
            Cow::Owned(bytes) => {
                Cow::Owned(String::from_utf8(bytes).map_err(|_| Reject::malformed("a text is not UTF-8"))?)
            }
        })
    }
}

impl Reader for CborReader<'_> {
    fn boolean(&mut self) -> Result<bool, Reject> {
        let head = self.scan.head()?;
        match (head.major, head.info) {
            (SIMPLE, 20) => Ok(false),
            (SIMPLE, 21) => Ok(true),
            _ => Err(wrong("a boolean")),
        }
    }

    fn long(&mut self) -> Result<i64, Reject> {
        let head = self.scan.head()?;
        let number = head.argument.and_then(|argument| i64::try_from(argument).ok());
        match (head.major, number) {
            (UNSIGNED, Some(number)) => Ok(number),
            (NEGATIVE, Some(number)) => Ok(-1 - number),
            _ => Err(wrong("a whole number in range")),
        }
    }

    fn double(&mut self) -> Result<f64, Reject> {
        let head = self.scan.head()?;
        let argument = head.argument.unwrap_or(0);
        match (head.major, head.info) {
            (SIMPLE, 25) => Ok(half(argument as u16)),
            (SIMPLE, 26) => Ok(f64::from(f32::from_bits(argument as u32))),
            (SIMPLE, 27) => Ok(f64::from_bits(argument)),
            (UNSIGNED, _) => Ok(argument as f64),
            (NEGATIVE, _) => Ok(-1.0 - argument as f64),
            _ => Err(wrong("a number")),
        }
    }

    fn text(&mut self) -> Result<String, Reject> {
        self.string().map(Cow::into_owned)
    }

    fn blob(&mut self) -> Result<Blob, Reject> {
        if self.scan.peek_major() != Some(BYTES) {
            return Err(wrong("bytes"));
        }
        let head = self.scan.head()?;
        Ok(Blob::from(self.scan.content(head)?.into_owned()))
    }

    fn time(&mut self) -> Result<Time, Reject> {
        let head = self.scan.head()?;
        if head.major != TAG || head.argument != Some(1) {
            return Err(wrong("a timestamp"));
        }
        let seconds = match self.scan.peek_major() {
            Some(UNSIGNED | NEGATIVE) => self.long()? as f64,
            _ => self.double()?,
        };
        Time::from_epoch(seconds).ok_or_else(|| wrong("a timestamp in range"))
    }

    fn document(&mut self) -> Result<Document, Reject> {
        Document::new(&self.string()?)
    }

    fn list(&mut self, each: Each<'_>) -> Result<(), Reject> {
        self.items(ARRAY, "a list", &mut |reader, index| {
            each(reader).map_err(|e| e.within(&index.to_string()))
        })
    }

    fn map(&mut self, each: EachEntry<'_>) -> Result<(), Reject> {
        self.items(MAP, "a map", &mut |reader, _| {
            let key = reader.string()?;
            let place = if let Cow::Borrowed(plain) = key { plain } else { "key" };
            each(key.into_owned(), reader).map_err(|e| e.within(place))
        })
    }

    fn shape(&mut self, into: &mut dyn Shape) -> Result<(), Reject> {
        let schema = into.schema();
        let seen = self.members(into)?;
        missing(schema, seen)
    }
}
