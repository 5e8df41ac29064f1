//! Reads XML into structures.
//!
//! Namespaces are taken off without being compared, as S3 does. A document type, an entity beyond the five of
//! XML and its numeric ones, and an element that the schema does not know are refused.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::events::{BytesStart, Event};

use super::local;
use crate::format::{DEPTH_MAX, ELEMENTS_MAX, Each, EachEntry, Reader};
use crate::reject::{Reason, Reject};
use crate::schema::{At, Member, ROOT, Schema};
use crate::shape::{Shape, missing};
use crate::text;
use crate::time::Time;
use crate::value::{Blob, Document};

/// Reads one XML document.
pub struct XmlReader<'a> {
    reader: quick_xml::Reader<&'a [u8]>,
    /// The element that has just been opened, for its attributes.
    start: Option<BytesStart<'a>>,
    member: &'static Member,
    /// Lists and maps of the current member that have been entered: only the outermost one can be flat.
    nest: u8,
    depth: u32,
    elements: u32,
}

enum Next<'a> {
    Open(BytesStart<'a>),
    Close,
    End,
}

fn malformed(what: impl std::fmt::Display) -> Reject {
    Reject::malformed(what.to_string())
}

/// Attributes of one element: no format that we read has more than a few, and duplicates are looked for pairwise.
const ATTRIBUTES_MAX: usize = 32;

/// Attributes must be well-formed, and each stand once, also those that nobody reads.
fn check_attributes(start: &BytesStart<'_>) -> Result<(), Reject> {
    if start.attributes_raw().trim_ascii().is_empty() {
        return Ok(());
    }
    for (n, attribute) in start.attributes().enumerate() {
        attribute.map_err(malformed)?;
        if n >= ATTRIBUTES_MAX {
            return Err(Reject::too_much("many attributes"));
        }
    }
    Ok(())
}

impl<'a> XmlReader<'a> {
    /// Over a document; refuses what is not UTF-8.
    pub fn new(bytes: &'a [u8]) -> Result<XmlReader<'a>, Reject> {
        let text = std::str::from_utf8(bytes).map_err(|_| malformed("the body is not UTF-8"))?;
        // XML 1.0 has no place for control characters but these, and the tokenizer does not look.
        if text.bytes().any(|b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) {
            return Err(malformed("a control character"));
        }
        let mut reader = quick_xml::Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Ok(XmlReader { reader, start: None, member: &ROOT, nest: 0, depth: 0, elements: 0 })
    }

    /// Opens the root element; `false` when there is none, because the document is empty.
    pub fn root(&mut self) -> Result<bool, Reject> {
        match self.next()? {
            Next::Open(start) => {
                self.enter(start)?;
                Ok(true)
            }
            Next::Close => Err(malformed("an end without a start")),
            Next::End => Ok(false),
        }
    }

    /// The name of the element that has just been opened, without prefix.
    #[must_use]
    pub fn name(&self) -> &str {
        self.start.as_ref().map_or("", |start| local(name_of(start)))
    }

    /// Nothing but comments and white space is left.
    pub fn end(&mut self) -> Result<(), Reject> {
        match self.next()? {
            Next::End => Ok(()),
            _ => Err(malformed("more than one root element")),
        }
    }

    /// Says which member the value at the root belongs to (its item names and time format).
    pub fn at_member(&mut self, member: &'static Member) {
        self.member = member;
        self.nest = 0;
    }

    /// The members of the element that is open; gives one bit for each seen.
    /// With `all`, members that stand elsewhere over HTTP are in the body too.
    pub fn members(&mut self, into: &mut dyn Shape, all: bool) -> Result<u64, Reject> {
        let schema = into.schema();
        let outer = (self.member, self.nest);
        let mut seen = self.attributes(into)?;
        let mut next = 0;
        loop {
            let start = match self.next()? {
                Next::Open(start) => start,
                Next::Close => break,
                Next::End => return Err(malformed("an element without end")),
            };
            let Some(i) = find(schema, local(name_of(&start)), next, all) else {
                return Err(unlisted(schema, local(name_of(&start)), all));
            };
            let member = &schema.members[i];
            if seen & (1 << i) != 0 && !member.flat {
                return Err(malformed(format_args!("the element {} comes twice", member.names.xml)));
            }
            seen |= 1 << i;
            next = if member.flat { i } else { i + 1 };
            self.member = member;
            self.nest = 0;
            self.enter(start)?;
            into.field_mut(i).read(self).map_err(|e| e.within(member.name))?;
        }
        (self.member, self.nest) = outer;
        self.depth -= 1;
        Ok(seen)
    }

    fn attributes(&mut self, into: &mut dyn Shape) -> Result<u64, Reject> {
        let schema = into.schema();
        let mut seen = 0;
        for (i, member) in schema.members.iter().enumerate().filter(|(_, member)| member.attribute) {
            let Some(start) = &self.start else { continue };
            let Some(found) = start.try_get_attribute(member.names.xml).map_err(malformed)? else { continue };
            let value = unescape(&found.value)?;
            let mut scalar = crate::text::scalar::TextReader::new(&value, member);
            into.field_mut(i).read(&mut scalar).map_err(|e| e.within(member.name))?;
            seen |= 1 << i;
        }
        Ok(seen)
    }

    fn enter(&mut self, start: BytesStart<'a>) -> Result<(), Reject> {
        check_attributes(&start)?;
        self.start = Some(start);
        self.depth += 1;
        self.elements += 1;
        if self.depth > DEPTH_MAX {
            return Err(Reject::too_much("deep nesting"));
        }
        if self.elements > ELEMENTS_MAX {
            return Err(Reject::too_much("many elements"));
        }
        Ok(())
    }

    /// The next tag. Between tags only white space may stand.
    fn next(&mut self) -> Result<Next<'a>, Reject> {
        loop {
            match self.reader.read_event().map_err(malformed)? {
                Event::Start(start) | Event::Empty(start) => return Ok(Next::Open(start)),
                Event::End(_) => return Ok(Next::Close),
                Event::Eof => return Ok(Next::End),
                Event::Text(text) if text.bytes().all(|b| b.is_ascii_whitespace()) => {}
                Event::Decl(declaration) => match declaration.encoding() {
                    Some(Ok(name)) if !name.eq_ignore_ascii_case("utf-8") => {
                        return Err(malformed("an encoding other than UTF-8"));
                    }
                    Some(Err(e)) => return Err(malformed(e)),
                    _ => {}
                },
                Event::Comment(_) | Event::PI(_) => {}
                Event::DocType(_) => return Err(malformed("a document type is not allowed")),
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                    return Err(malformed("text where an element was expected"));
                }
            }
        }
    }

    /// The text of the open element, up to and with its end.
    fn content(&mut self) -> Result<Cow<'a, str>, Reject> {
        let mut content: Cow<'a, str> = Cow::Borrowed("");
        loop {
            match self.reader.read_event().map_err(malformed)? {
                Event::Text(text) => append(&mut content, text.xml10_content()),
                Event::CData(data) => append(&mut content, data.xml10_content()),
                Event::GeneralRef(entity) => content.to_mut().push(resolve(&entity)?),
                Event::Comment(_) | Event::PI(_) => {}
                Event::End(_) => {
                    self.depth -= 1;
                    return Ok(content);
                }
                Event::Eof => return Err(malformed("an element without end")),
                Event::Start(_) | Event::Empty(_) | Event::Decl(_) | Event::DocType(_) => {
                    return Err(malformed("an element where text was expected"));
                }
            }
        }
    }

    fn scalar<T>(&mut self, parse: impl Fn(&str) -> Result<T, Reject>) -> Result<T, Reject> {
        let content = self.content()?;
        parse(&content)
    }

    /// One key and value, in the open element.
    fn entry(&mut self, each: EachEntry<'_>) -> Result<(), Reject> {
        let names = self.member.names;
        self.child(names.key)?;
        let key = self.content()?.into_owned();
        self.child(names.value)?;
        each(key, self)?;
        match self.next()? {
            Next::Close => {
                self.depth -= 1;
                Ok(())
            }
            _ => Err(malformed("more than a key and a value in a map's entry")),
        }
    }

    fn child(&mut self, wanted: &str) -> Result<(), Reject> {
        match self.next()? {
            Next::Open(start) if local(name_of(&start)) == local(wanted) => self.enter(start),
            _ => Err(malformed(format_args!("expected the element {wanted}"))),
        }
    }
}

fn append<'a>(content: &mut Cow<'a, str>, part: Cow<'a, str>) {
    if content.is_empty() {
        *content = part;
    } else {
        content.to_mut().push_str(&part);
    }
}

fn name_of<'e>(start: &'e BytesStart<'_>) -> &'e str {
    start.name().into_inner()
}

/// A numeric character reference, or one of the five entities that XML itself defines.
fn resolve(entity: &quick_xml::events::BytesRef<'_>) -> Result<char, Reject> {
    if let Some(character) = entity.resolve_char_ref().map_err(malformed)? {
        return Ok(character);
    }
    match &**entity {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        other => Err(malformed(format_args!("the entity {other:?} is not allowed"))),
    }
}

fn unescape(value: &str) -> Result<Cow<'_, str>, Reject> {
    quick_xml::escape::unescape(value).map_err(malformed)
}

fn find(schema: &Schema, name: &str, next: usize, all: bool) -> Option<usize> {
    let members = schema.members;
    let hit = |i: &usize| {
        let member = &members[*i];
        (all || member.at == At::Body) && !member.attribute && local(member.names.xml) == name
    };
    (next..members.len()).chain(0..next.min(members.len())).find(hit)
}

#[cold]
fn unlisted(schema: &Schema, name: &str, all: bool) -> Reject {
    match schema.unlisted.iter().find(|u| local(u.wire) == name && (all || u.at == At::Body)) {
        Some(hidden) => Reject::new(Reason::Unlisted { name: hidden.name.to_owned(), wire: name.to_owned() }),
        None => malformed(format_args!("the element {name} is not known here")),
    }
}

impl Reader for XmlReader<'_> {
    fn boolean(&mut self) -> Result<bool, Reject> {
        self.scalar(text::parse_boolean)
    }

    fn long(&mut self) -> Result<i64, Reject> {
        self.scalar(text::parse_long)
    }

    fn double(&mut self) -> Result<f64, Reject> {
        self.scalar(text::parse_double)
    }

    fn text(&mut self) -> Result<String, Reject> {
        self.content().map(Cow::into_owned)
    }

    fn blob(&mut self) -> Result<Blob, Reject> {
        self.scalar(|text| {
            STANDARD
                .decode(text.trim_ascii())
                .map(Blob::from)
                .map_err(|_| malformed("Invalid base64 encoding"))
        })
    }

    fn time(&mut self) -> Result<Time, Reject> {
        self.scalar(|text| Time::parse(text).ok_or_else(|| malformed("not a timestamp")))
    }

    fn document(&mut self) -> Result<Document, Reject> {
        Err(malformed("XML carries no documents"))
    }

    fn list(&mut self, each: Each<'_>) -> Result<(), Reject> {
        let flat = self.member.flat && self.nest == 0;
        self.nest += 1;
        if flat {
            each(self)?;
        } else {
            let mut index = 0_usize;
            loop {
                match self.next()? {
                    Next::Open(start) => {
                        if local(name_of(&start)) != local(self.member.names.item) {
                            return Err(unknown_item(&start));
                        }
                        self.enter(start)?;
                        each(self).map_err(|e| e.within(&index.to_string()))?;
                        index += 1;
                    }
                    Next::Close => break,
                    Next::End => return Err(malformed("an element without end")),
                }
            }
            self.depth -= 1;
        }
        self.nest -= 1;
        Ok(())
    }

    fn map(&mut self, each: EachEntry<'_>) -> Result<(), Reject> {
        let flat = self.member.flat && self.nest == 0;
        self.nest += 1;
        if flat {
            self.entry(each)?;
        } else {
            loop {
                match self.next()? {
                    Next::Open(start) if local(name_of(&start)) == "entry" => {
                        self.enter(start)?;
                        self.entry(each)?;
                    }
                    Next::Open(start) => return Err(unknown_item(&start)),
                    Next::Close => break,
                    Next::End => return Err(malformed("an element without end")),
                }
            }
            self.depth -= 1;
        }
        self.nest -= 1;
        Ok(())
    }

    fn shape(&mut self, into: &mut dyn Shape) -> Result<(), Reject> {
        let schema = into.schema();
        let seen = self.members(into, true)?;
        missing(schema, seen)
    }
}

#[cold]
fn unknown_item(start: &BytesStart<'_>) -> Reject {
    malformed(format_args!("the element {} is not known here", name_of(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::shape! { #[derive(Clone)] Node {
        0 text: Option<String> = text("Text");
        1 flat: Option<Vec<String>> = list("Flat").flat();
        2 again: Option<Box<Node>> = shape("Again");
        unlisted "Hidden".wire("Hide");
    } }

    fn read(document: &str) -> Result<Node, Reject> {
        let mut reader = XmlReader::new(document.as_bytes())?;
        let mut node = Node::default();
        assert!(reader.root()?, "no root");
        reader.members(&mut node, true)?;
        reader.end()?;
        Ok(node)
    }

    #[test]
    fn takes_sections_entities_and_prefixes() {
        let node = read(
            "<a:N xmlns:a='u'><a:Text> x<![CDATA[<&]]>&lt;&#65;<!-- no --></a:Text><Flat/><Flat>y</Flat></a:N>",
        );
        let node = node.unwrap();
        assert_eq!(node.text.as_deref(), Some(" x<&<A"));
        assert_eq!(node.flat.unwrap(), ["", "y"]);
    }

    #[test]
    fn refuses_what_could_hide_something() {
        for bad in [
            "<N><Text>&own;</Text></N>",
            "<!DOCTYPE N [<!ENTITY own 'x'>]><N><Text>&own;</Text></N>",
            "<N><Text>a</Text><Text>b</Text></N>",
            "<N><Text><b/></Text></N>",
            "<N>text</N>",
            "<N><Other/></N>",
            "<N><Hide/></N>",
            "<N></M>",
            "<N/><N/>",
            "<N>",
            "<N><Text>\u{1}</Text></N>",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn is_bounded() {
        let deep = |count: usize| format!("<N>{}{}</N>", "<Again>".repeat(count), "</Again>".repeat(count));
        assert!(read(&deep(DEPTH_MAX as usize - 1)).is_ok());
        assert!(matches!(read(&deep(100_000)).unwrap_err().reason(), Reason::TooMuch(_)));
        let wide = format!("<N>{}</N>", "<Flat/>".repeat(ELEMENTS_MAX as usize));
        assert!(matches!(read(&wide).unwrap_err().reason(), Reason::TooMuch(_)));
    }
}
