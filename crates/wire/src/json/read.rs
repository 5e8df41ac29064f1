//! Reads JSON into structures.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::scan::Scan;
use crate::format::{DEPTH_MAX, ELEMENTS_MAX, Each, EachEntry, Reader};
use crate::reject::{Reason, Reject};
use crate::schema::{At, Schema};
use crate::shape::{Shape, missing};
use crate::time::Time;
use crate::value::{Blob, Document};

/// Reads one JSON text.
pub struct JsonReader<'a> {
    scan: Scan<'a>,
    depth: u32,
    elements: u32,
}

impl<'a> JsonReader<'a> {
    /// Over a text; refuses what is not UTF-8.
    pub fn new(bytes: &'a [u8]) -> Result<JsonReader<'a>, Reject> {
        let text = std::str::from_utf8(bytes).map_err(|_| Reject::malformed("the body is not UTF-8"))?;
        Ok(JsonReader { scan: Scan::new(text), depth: 0, elements: 0 })
    }

    /// Nothing but white space is left.
    pub fn end(&mut self) -> Result<(), Reject> {
        self.scan.end()
    }

    /// The members of an object that stand in the body; gives one bit for each seen.
    /// With `all`, members that stand elsewhere over HTTP are in the body too (RPC protocols).
    pub fn members(&mut self, into: &mut dyn Shape, all: bool) -> Result<u64, Reject> {
        let schema = into.schema();
        if !self.scan.take(b'{') {
            return Err(self.wrong("a structure"));
        }
        self.enter()?;
        let mut seen = 0_u64;
        let mut next = 0;
        if !self.scan.take(b'}') {
            loop {
                let key = self.scan.key()?;
                if self.scan.literal("null") {
                    // JSON null means absent, for members listed or not.
                } else if let Some(i) = find(schema, &key, next, all) {
                    if seen & (1 << i) != 0 {
                        return Err(Reject::malformed(format!("the key {key:?} comes twice")));
                    }
                    seen |= 1 << i;
                    next = i + 1;
                    into.field_mut(i).read(self).map_err(|e| e.within(schema.members[i].name))?;
                } else if let Some(hidden) = unlisted(schema, &key, all) {
                    return Err(hidden);
                } else {
                    self.scan.skip(self.depth)?;
                }
                if !self.scan.take(b',') {
                    break;
                }
            }
            self.scan.expect(b'}', "a comma or the end of the object")?;
        }
        self.depth -= 1;
        Ok(seen)
    }

    #[inline]
    fn enter(&mut self) -> Result<(), Reject> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(Reject::too_much("deep nesting"));
        }
        self.count()
    }

    #[inline]
    fn count(&mut self) -> Result<(), Reject> {
        self.elements += 1;
        if self.elements > ELEMENTS_MAX { Err(Reject::too_much("many elements")) } else { Ok(()) }
    }

    /// What stands here is not what the type asks for.
    #[cold]
    fn wrong(&mut self, wanted: &str) -> Reject {
        let found = match self.scan.peek() {
            Some(b'"') => "STRING_VALUE",
            Some(b'{' | b'[') => {
                return Reject::malformed("Start of structure or map found where not expected.");
            }
            Some(b't') => "TRUE_VALUE",
            Some(b'f') => "FALSE_VALUE",
            Some(b'n') => "NULL_VALUE",
            Some(b'-' | b'0'..=b'9') => "NUMBER_VALUE",
            _ => return self.scan.unexpected(wanted),
        };
        Reject::malformed(format!("{found} can not be converted to {wanted}"))
    }

    fn number(&mut self, wanted: &str) -> Result<&'a str, Reject> {
        match self.scan.peek() {
            Some(b'-' | b'0'..=b'9') => self.scan.number(),
            _ => Err(self.wrong(wanted)),
        }
    }
}

/// The position of a key among the listed members. Clients mostly keep the model's order: look there first.
#[inline]
fn find(schema: &Schema, key: &str, next: usize, all: bool) -> Option<usize> {
    let members = schema.members;
    let hit = |i: &usize| members[*i].name == key && (all || members[*i].at == At::Body);
    (next..members.len()).chain(0..next.min(members.len())).find(hit)
}

#[cold]
fn unlisted(schema: &Schema, key: &str, all: bool) -> Option<Reject> {
    let hidden =
        schema.unlisted.iter().find(|u| (u.name == key || u.wire == key) && (all || u.at == At::Body))?;
    Some(Reject::new(Reason::Unlisted { name: hidden.name.to_owned(), wire: key.to_owned() }))
}

impl Reader for JsonReader<'_> {
    fn boolean(&mut self) -> Result<bool, Reject> {
        if self.scan.literal("true") {
            Ok(true)
        } else if self.scan.literal("false") {
            Ok(false)
        } else {
            Err(self.wrong("Boolean"))
        }
    }

    fn long(&mut self) -> Result<i64, Reject> {
        let number = self.number("Integer")?;
        number.parse().map_err(|_| Reject::malformed(format!("{number} is not a whole number in range")))
    }

    fn double(&mut self) -> Result<f64, Reject> {
        if self.scan.peek() == Some(b'"') {
            let text = self.scan.string()?;
            return crate::text::special_float(&text)
                .ok_or_else(|| Reject::malformed("STRING_VALUE can not be converted to Double"));
        }
        let number = self.number("Double")?;
        number.parse().map_err(|_| Reject::malformed(format!("{number} is not a number")))
    }

    fn text(&mut self) -> Result<String, Reject> {
        match self.scan.peek() {
            Some(b'"') => self.scan.string().map(std::borrow::Cow::into_owned),
            _ => Err(self.wrong("String")),
        }
    }

    fn blob(&mut self) -> Result<Blob, Reject> {
        match self.scan.peek() {
            Some(b'"') => {
                let text = self.scan.string()?;
                let bytes = STANDARD.decode(text.as_bytes());
                bytes.map(Blob::from).map_err(|_| Reject::malformed("Invalid base64 encoding"))
            }
            _ => Err(self.wrong("Blob")),
        }
    }

    fn time(&mut self) -> Result<Time, Reject> {
        let time = match self.scan.peek() {
            Some(b'"') => Time::parse(&self.scan.string()?),
            _ => Time::parse(self.number("Timestamp")?),
        };
        time.ok_or_else(|| Reject::malformed("not a timestamp"))
    }

    fn document(&mut self) -> Result<Document, Reject> {
        self.scan.skip(self.depth).map(Document::trusted)
    }

    fn list(&mut self, each: Each<'_>) -> Result<(), Reject> {
        if !self.scan.take(b'[') {
            return Err(self.wrong("a list"));
        }
        self.enter()?;
        if !self.scan.take(b']') {
            let mut index = 0_usize;
            loop {
                self.count()?;
                each(self).map_err(|e| e.within(&index.to_string()))?;
                index += 1;
                if !self.scan.take(b',') {
                    break;
                }
            }
            self.scan.expect(b']', "a comma or the end of the list")?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn map(&mut self, each: EachEntry<'_>) -> Result<(), Reject> {
        if !self.scan.take(b'{') {
            return Err(self.wrong("a map"));
        }
        self.enter()?;
        if !self.scan.take(b'}') {
            loop {
                self.count()?;
                let key = self.scan.key()?;
                let place = if let std::borrow::Cow::Borrowed(plain) = key { plain } else { "key" };
                each(key.into_owned(), self).map_err(|e| e.within(place))?;
                if !self.scan.take(b',') {
                    break;
                }
            }
            self.scan.expect(b'}', "a comma or the end of the map")?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn shape(&mut self, into: &mut dyn Shape) -> Result<(), Reject> {
        let schema = into.schema();
        let seen = self.members(into, true)?;
        missing(schema, seen)
    }
}
