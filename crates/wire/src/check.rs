//! One walk over a decoded input that finds what breaks the limits of the model. Services own the wording.

use crate::format::Writer;
use crate::schema::{Limits, ROOT};
use crate::shape::{Field, Shape};
use crate::time::Time;
use crate::value::Document;

/// A value that breaks a limit of the model.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// Member names, positions of list items and keys of map entries, from the outside in.
    pub path: Vec<String>,
    /// The value as text, when it is a text or a number.
    pub value: String,
    /// What is broken.
    pub broken: Broken,
}

/// Which limit is broken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Broken {
    /// A text, blob, list or map shorter than this.
    TooShort(i64),
    /// A text, blob, list or map longer than this.
    TooLong(i64),
    /// A number smaller than this.
    TooSmall(i64),
    /// A number larger than this.
    TooLarge(i64),
    /// A text that is none of these words.
    NotOneOf(&'static [&'static str]),
}

/// Everything that breaks a limit of the model; patterns are not compared.
#[must_use]
pub fn check(value: &dyn Shape) -> Vec<Violation> {
    let mut walk = Walk { limits: ROOT.limits, path: Vec::new(), found: Vec::new() };
    walk.shape(value);
    walk.found
}

struct Walk {
    limits: &'static Limits,
    path: Vec<Step>,
    found: Vec<Violation>,
}

enum Step {
    Name(&'static str),
    Index(usize),
    Key(String),
}

impl Walk {
    #[cold]
    fn report(&mut self, broken: Broken, value: String) {
        let path = self.path.iter().map(|step| match step {
            Step::Name(name) => (*name).to_owned(),
            Step::Index(index) => index.to_string(),
            Step::Key(key) => key.clone(),
        });
        self.found.push(Violation { path: path.collect(), value, broken });
    }

    fn length(&mut self, length: usize, value: &str) {
        let length = i64::try_from(length).unwrap_or(i64::MAX);
        match *self.limits {
            Limits { min: Some(min), .. } if length < min => {
                self.report(Broken::TooShort(min), value.to_owned());
            }
            Limits { max: Some(max), .. } if length > max => {
                self.report(Broken::TooLong(max), value.to_owned());
            }
            _ => {}
        }
    }

    /// Writes `field` with the limits and the place of something inside the current value.
    fn inside(&mut self, limits: Option<&'static Limits>, step: Step, field: &dyn Field) {
        let outer = self.limits;
        self.limits = limits.unwrap_or(ROOT.limits);
        self.path.push(step);
        field.write(self);
        self.path.pop();
        self.limits = outer;
    }
}

impl Writer for Walk {
    fn boolean(&mut self, _value: bool) {}

    fn long(&mut self, value: i64) {
        match *self.limits {
            Limits { min: Some(min), .. } if value < min => {
                self.report(Broken::TooSmall(min), value.to_string());
            }
            Limits { max: Some(max), .. } if value > max => {
                self.report(Broken::TooLarge(max), value.to_string());
            }
            _ => {}
        }
    }

    fn double(&mut self, value: f64) {
        match *self.limits {
            Limits { min: Some(min), .. } if value < min as f64 => {
                self.report(Broken::TooSmall(min), value.to_string());
            }
            Limits { max: Some(max), .. } if value > max as f64 => {
                self.report(Broken::TooLarge(max), value.to_string());
            }
            _ => {}
        }
    }

    fn text(&mut self, value: &str) {
        let limits = self.limits;
        if limits.min.is_some() || limits.max.is_some() {
            self.length(value.chars().count(), value);
        }
        if !limits.words.is_empty() && !limits.words.contains(&value) {
            self.report(Broken::NotOneOf(limits.words), value.to_owned());
        }
    }

    fn blob(&mut self, value: &[u8]) {
        self.length(value.len(), "");
    }

    fn time(&mut self, _value: Time) {}

    fn document(&mut self, _value: &Document) {}

    fn list(&mut self, items: &mut dyn ExactSizeIterator<Item = &dyn Field>) {
        self.length(items.len(), "");
        let limits = self.limits.item;
        for (i, item) in items.enumerate() {
            self.inside(limits, Step::Index(i), item);
        }
    }

    fn map(&mut self, entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Field)>) {
        self.length(entries.len(), "");
        let limits = *self.limits;
        for (key, value) in entries {
            if let Some(limits) = limits.key {
                self.inside(Some(limits), Step::Key(key.to_owned()), &key.to_owned());
            }
            self.inside(limits.item, Step::Key(key.to_owned()), value);
        }
    }

    fn shape(&mut self, value: &dyn Shape) {
        for (i, member) in value.schema().members.iter().enumerate() {
            let field = value.field(i);
            if !field.is_absent() {
                self.inside(Some(member.limits), Step::Name(member.name), field);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static NAME: Limits = Limits { min: Some(1), max: Some(3), ..Limits::NONE };
    static NAMES: Limits = Limits { max: Some(2), item: Some(&NAME), key: Some(&NAME), ..Limits::NONE };
    static COLOUR: Limits = Limits { words: &["red", "blue"], ..Limits::NONE };

    crate::shape! { Outer {
        0 names: Option<Vec<String>> = list("Names").limits(&NAMES);
        1 colours: Option<crate::Map<String>> = map("Colours").limits(&NAMES);
        2 inner: Option<Inner> = shape("Inner");
    } }

    crate::shape! { Inner {
        0 colour: Option<String> = text("Colour").limits(&COLOUR);
        1 count: Option<i32> = integer("Count").limits(&NAME);
    } }

    #[test]
    fn names_the_place_and_the_limit() {
        let good = Outer { names: Some(vec!["a".into(), "é😀x".into()]), ..Outer::default() };
        assert!(check(&good).is_empty());
        let bad = Outer {
            names: Some(vec![String::new(), "long".into(), "a".into()]),
            colours: Some(crate::Map::from([("long".into(), "a".into())])),
            inner: Some(Inner { colour: Some("green".into()), count: Some(9) }),
        };
        let found: Vec<(String, Broken)> =
            check(&bad).into_iter().map(|v| (v.path.join("."), v.broken)).collect();
        let expected = [
            ("Names", Broken::TooLong(2)),
            ("Names.0", Broken::TooShort(1)),
            ("Names.1", Broken::TooLong(3)),
            ("Colours.long", Broken::TooLong(3)),
            ("Inner.Colour", Broken::NotOneOf(COLOUR.words)),
            ("Inner.Count", Broken::TooLarge(3)),
        ];
        assert_eq!(found, expected.map(|(path, broken)| (path.to_owned(), broken)));
    }
}
