//! Reads the forms of `awsQuery` and `ec2Query`.
//!
//! The pairs are sorted so that what belongs together stands together: a name, then everything behind
//! `name.`. A node of the tree is then a slice, and nothing is copied. Items of lists are ordered by number.

use std::borrow::Cow;
use std::cmp::Ordering;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::format::{DEPTH_MAX, ELEMENTS_MAX, Each, EachEntry, Reader};
use crate::reject::{Reason, Reject};
use crate::schema::{Member, ROOT, Schema};
use crate::shape::{Shape, missing};
use crate::text::{pairs, parse_boolean, parse_double, parse_long, percent_decode};
use crate::time::Time;
use crate::value::{Blob, Document};

/// Decoded pairs, sorted.
#[derive(Debug)]
pub struct Form<'a> {
    pairs: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Form<'a> {
    /// From a body and a query string; either may be empty.
    pub fn new(body: &'a [u8], query: &'a str) -> Result<Form<'a>, Reject> {
        let bad = || Reject::malformed("the form is not UTF-8");
        let body = std::str::from_utf8(body).map_err(|_| bad())?;
        let mut all = Vec::with_capacity(16);
        for (key, value) in pairs(query).chain(pairs(body)) {
            if all.len() >= ELEMENTS_MAX as usize {
                return Err(Reject::too_much("many parameters"));
            }
            let key = percent_decode(key, true).ok_or_else(bad)?;
            all.push((key, percent_decode(value, true).ok_or_else(bad)?));
        }
        all.sort_by(|a, b| by_segment(&a.0, &b.0));
        Ok(Form { pairs: all })
    }

    /// The value of a plain parameter, such as `Action`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        let found = self.pairs.binary_search_by(|pair| by_segment(&pair.0, key)).ok()?;
        Some(&self.pairs[found].1)
    }
}

/// Byte order, but a dot comes before everything: `A`, `A.x`, `A-`.
fn by_segment(a: &str, b: &str) -> Ordering {
    let rank = |byte: u8| if byte == b'.' { 0 } else { u16::from(byte) + 1 };
    a.bytes().map(rank).cmp(b.bytes().map(rank))
}

/// Reads the values of one node of the tree.
pub struct FormReader<'f> {
    /// All pairs at or below this node.
    pairs: &'f [(Cow<'f, str>, Cow<'f, str>)],
    /// Bytes of each key that lead to this node; 0 at the root.
    end: usize,
    member: &'static Member,
    nest: u8,
    depth: u32,
    ec2: bool,
}

/// The pairs below one name, and where that name ends in their keys.
type Group<'f> = (&'f str, &'f [(Cow<'f, str>, Cow<'f, str>)], usize);

impl<'f> FormReader<'f> {
    /// At the root of a form. With `ec2`, names and lists follow `ec2Query`.
    #[must_use]
    pub fn new(form: &'f Form<'_>, ec2: bool) -> FormReader<'f> {
        FormReader { pairs: &form.pairs, end: 0, member: &ROOT, nest: 0, depth: 0, ec2 }
    }

    /// The children of this node, each with all that stands below it.
    fn children(&self) -> impl Iterator<Item = Group<'f>> + use<'f> {
        let start = if self.end == 0 { 0 } else { self.end + 1 };
        let mut rest = self.pairs;
        while rest.first().is_some_and(|(key, _)| key.len() < start) {
            rest = &rest[1..];
        }
        std::iter::from_fn(move || {
            let key = &*rest.first()?.0;
            let name = key[start..].split('.').next().unwrap_or("");
            let end = start + name.len();
            let inside = |other: &str| {
                other.as_bytes().get(start..end) == Some(name.as_bytes())
                    && other.as_bytes().get(end).is_none_or(|b| *b == b'.')
            };
            let count = rest.iter().take_while(|(other, _)| inside(other)).count();
            let (group, others) = rest.split_at(count);
            rest = others;
            Some((name, group, end))
        })
    }

    /// The same reader at a child.
    fn below<T>(
        &mut self,
        group: &Group<'f>,
        read: impl FnOnce(&mut Self) -> Result<T, Reject>,
    ) -> Result<T, Reject> {
        let outer = (self.pairs, self.end);
        (_, self.pairs, self.end) = *group;
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(Reject::too_much("deep nesting"));
        }
        let result = read(self);
        (self.pairs, self.end) = outer;
        self.depth -= 1;
        result
    }

    /// The text at this very node.
    fn value(&self) -> Result<&'f str, Reject> {
        match self.pairs {
            [(key, value)] if key.len() == self.end => Ok(value),
            [(key, _), (next, _), ..] if key.len() == self.end && key == next => {
                Err(Reject::malformed(format!("the parameter {key} comes twice")))
            }
            [(key, _), ..] => Err(Reject::malformed(format!("the parameter {key} is not expected here"))),
            [] => Ok(""),
        }
    }

    /// Numbered children in the order of their numbers, below `wrapper` unless the list is flat.
    fn numbered(
        &mut self,
        wrapper: &str,
        each: &mut dyn FnMut(&mut Self) -> Result<(), Reject>,
    ) -> Result<(), Reject> {
        let flat = self.ec2 || (self.member.flat && self.nest == 0);
        if !flat {
            let Some(group) = self.children().next() else { return self.empty() };
            if group.0 != wrapper || self.children().count() != 1 {
                return Err(Reject::malformed(format!("{} is not a list", self.name())));
            }
            return self.below(&group, |reader| reader.items(each));
        }
        if !self.ec2 && self.is_one() {
            self.nest += 1;
            let read = each(self);
            self.nest -= 1;
            return read;
        }
        self.items(each)
    }

    /// A flat list or map without numbers stands for its only item: `Attribute.Name=DelaySeconds&Attribute.Value=7`.
    fn is_one(&self) -> bool {
        let numbered = |group: Group<'_>| group.0.bytes().all(|b| b.is_ascii_digit());
        match self.children().next() {
            Some(first) => !numbered(first) && !self.children().any(numbered),
            None => self.value().is_ok_and(|value| !value.is_empty()),
        }
    }

    fn items(&mut self, each: &mut dyn FnMut(&mut Self) -> Result<(), Reject>) -> Result<(), Reject> {
        let mut items: Vec<(u32, Group<'f>)> = Vec::new();
        for group in self.children() {
            let number = group.0.parse().ok().filter(|_| group.0.bytes().all(|b| b.is_ascii_digit()));
            let number = number.ok_or_else(|| Reject::malformed(format!("{} is not a list", self.name())))?;
            items.push((number, group));
        }
        if items.is_empty() {
            return self.empty();
        }
        items.sort_by_key(|(number, _)| *number);
        self.nest += 1;
        for (number, group) in &items {
            self.below(group, &mut *each).map_err(|e| e.within(&number.to_string()))?;
        }
        self.nest -= 1;
        Ok(())
    }

    /// `Name=` alone is an empty list.
    fn empty(&self) -> Result<(), Reject> {
        if self.value()?.is_empty() {
            Ok(())
        } else {
            Err(Reject::malformed(format!("{} is not a list", self.name())))
        }
    }

    fn name(&self) -> &str {
        self.pairs.first().map_or("", |(key, _)| &key[..self.end])
    }

    /// The members below this node; gives one bit for each seen.
    pub fn members(&mut self, into: &mut dyn Shape) -> Result<u64, Reject> {
        let schema = into.schema();
        let outer = (self.member, self.nest);
        let mut seen = 0;
        for group in self.children() {
            let Some(i) = find(schema, group.0, self.ec2) else {
                if let Some(hidden) = schema.unlisted.iter().find(|u| u.wire == group.0) {
                    let (name, wire) = (hidden.name.to_owned(), group.0.to_owned());
                    return Err(Reject::new(Reason::Unlisted { name, wire }));
                }
                continue;
            };
            let member = &schema.members[i];
            seen |= 1 << i;
            self.member = member;
            self.nest = 0;
            self.below(&group, |reader| into.field_mut(i).read(reader)).map_err(|e| e.within(member.name))?;
        }
        (self.member, self.nest) = outer;
        Ok(seen)
    }
}

fn find(schema: &Schema, name: &str, ec2: bool) -> Option<usize> {
    schema
        .members
        .iter()
        .position(|member| if ec2 { member.names.ec2 == name } else { member.names.xml == name })
}

impl Reader for FormReader<'_> {
    fn boolean(&mut self) -> Result<bool, Reject> {
        parse_boolean(self.value()?)
    }

    fn long(&mut self) -> Result<i64, Reject> {
        parse_long(self.value()?)
    }

    fn double(&mut self) -> Result<f64, Reject> {
        parse_double(self.value()?)
    }

    fn text(&mut self) -> Result<String, Reject> {
        self.value().map(str::to_owned)
    }

    fn blob(&mut self) -> Result<Blob, Reject> {
        let bytes = STANDARD.decode(self.value()?);
        bytes.map(Blob::from).map_err(|_| Reject::malformed("Invalid base64 encoding"))
    }

    fn time(&mut self) -> Result<Time, Reject> {
        Time::parse(self.value()?).ok_or_else(|| Reject::malformed("not a timestamp"))
    }

    fn document(&mut self) -> Result<Document, Reject> {
        Err(Reject::malformed("forms carry no documents"))
    }

    fn list(&mut self, each: Each<'_>) -> Result<(), Reject> {
        self.numbered(self.member.names.item, &mut |reader| each(reader))
    }

    fn map(&mut self, each: EachEntry<'_>) -> Result<(), Reject> {
        let (key_name, value_name) = (self.member.names.key, self.member.names.value);
        self.numbered("entry", &mut |reader| {
            let child = |name: &str| reader.children().find(|group| group.0 == name);
            let (Some(key), Some(value)) = (child(key_name), child(value_name)) else {
                return Err(Reject::malformed(format!("an entry needs {key_name} and {value_name}")));
            };
            let key = reader.below(&key, |reader| reader.value().map(str::to_owned))?;
            reader.below(&value, |reader| each(key, reader))
        })
    }

    fn shape(&mut self, into: &mut dyn Shape) -> Result<(), Reject> {
        let schema = into.schema();
        let seen = self.members(into)?;
        missing(schema, seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::shape! { #[derive(Clone)] Node {
        0 text: Option<String> = text("Text");
        1 list: Option<Vec<String>> = list("List");
        2 again: Option<Box<Node>> = shape("Again");
        unlisted "Hidden";
    } }

    fn read(body: &str) -> Result<Node, Reject> {
        let form = Form::new(body.as_bytes(), "")?;
        let mut node = Node::default();
        FormReader::new(&form, false).members(&mut node)?;
        Ok(node)
    }

    #[test]
    fn what_belongs_together_stands_together() {
        let node = read("Again.Text=b&Text-=x&Text=a&Again.Again.Text=c&Againx=y&List=").unwrap();
        assert_eq!(
            format!("{node:?}"),
            r#"Node {"Text":"a","List":[],"Again":{"Text":"b","Again":{"Text":"c"}}}"#
        );
    }

    #[test]
    fn bytes_are_decoded_before_text() {
        assert_eq!(read("Text=%C3%A9%20%2B+").unwrap().text.as_deref(), Some("é + "));
        assert!(read("Text=%C3").is_err());
    }

    #[test]
    fn refuses_what_is_ambiguous_deep_or_unlisted() {
        for bad in [
            "Text=a&Text=b",
            "Text.x=a",
            "List.member.x=a",
            "List.1=a",
            "List=a",
            "List.member.-1=a",
            "Hidden=1",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
        assert!(read(&format!("{}Text=a", "Again.".repeat(100))).is_ok());
        assert!(read(&format!("{}Text=a", "Again.".repeat(100_000))).is_err());
    }
}
