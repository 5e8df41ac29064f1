//! Texts with `*`, `?` and `${variables}`, and how they match.

use crate::request::{Context, Values};
use std::borrow::Cow;

/// A part of a pattern whose variables are filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// These letters.
    Text(Cow<'a, str>),
    /// `?`: any one letter.
    One,
    /// `*`: any number of letters.
    Many,
}

/// A part of a pattern as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    One,
    Many,
    Variable { key: String, default: Option<String> },
}

/// What may stand in a text besides letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Syntax {
    /// `*` and `?` are wildcards.
    pub(crate) wildcards: bool,
    /// `${...}` is replaced: policies of version 2012-10-17.
    pub(crate) variables: bool,
}

/// A compiled text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern(Shape);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Shape {
    /// `*`
    Anything,
    /// No wildcards or variables: these letters.
    Exactly(String),
    /// One `*`, at the end.
    StartsWith(String),
    Parts(Vec<Part>),
}

/// A `${` without its end, or without a name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadVariable;

impl Pattern {
    pub(crate) fn parse(text: &str, syntax: Syntax) -> Result<Pattern, BadVariable> {
        let parts = parse_parts(text, syntax)?;
        let shape = match parts.as_slice() {
            [] => Shape::Exactly(String::new()),
            [Part::Many] => Shape::Anything,
            [Part::Text(one)] => Shape::Exactly(one.clone()),
            [Part::Text(start), Part::Many] => Shape::StartsWith(start.clone()),
            _ => Shape::Parts(parts),
        };
        Ok(Pattern(shape))
    }

    /// A pattern that matches everything.
    pub(crate) fn anything() -> Pattern {
        Pattern(Shape::Anything)
    }

    /// Whether it matches `text`; a pattern with a variable that has no value matches nothing.
    pub(crate) fn matches(&self, text: &str, context: &dyn Context) -> bool {
        match &self.0 {
            Shape::Anything => true,
            Shape::Exactly(one) => one == text,
            Shape::StartsWith(start) => text.starts_with(start.as_str()),
            Shape::Parts(parts) => {
                begins_as(parts, text) && fill(parts, context).is_some_and(|pieces| matches(&pieces, text))
            }
        }
    }

    /// Whether it is `text`, letter case aside; for patterns without wildcards.
    pub(crate) fn equals_ignoring_case(&self, text: &str, context: &dyn Context) -> bool {
        self.filled_text(context).is_some_and(|own| eq_ignoring_case(&own, text))
    }

    /// Whether a variable has no value in `context`.
    pub(crate) fn is_unfilled(&self, context: &dyn Context) -> bool {
        matches!(&self.0, Shape::Parts(parts) if fill(parts, context).is_none())
    }

    fn filled_text(&self, context: &dyn Context) -> Option<Cow<'_, str>> {
        match &self.0 {
            Shape::Anything | Shape::StartsWith(_) => None,
            Shape::Exactly(one) => Some(Cow::Borrowed(one)),
            Shape::Parts(parts) => {
                let mut text = String::new();
                for piece in fill(parts, context)? {
                    match piece {
                        Piece::Text(part) => text.push_str(&part),
                        Piece::One | Piece::Many => return None,
                    }
                }
                Some(Cow::Owned(text))
            }
        }
    }
}

fn eq_ignoring_case(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
        || (!(a.is_ascii() && b.is_ascii())
            && a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase)))
}

fn parse_parts(text: &str, syntax: Syntax) -> Result<Vec<Part>, BadVariable> {
    let mut parts = Vec::new();
    let mut letters = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if syntax.variables && rest.starts_with("${") {
            let end = rest.find('}').ok_or(BadVariable)?;
            match &rest[2..end] {
                // The escapes of AWS: a wildcard, a question mark and a dollar sign that stand for themselves.
                escape @ ("*" | "?" | "$") => letters.push_str(escape),
                variable => {
                    flush(&mut letters, &mut parts);
                    parts.push(parse_variable(variable)?);
                }
            }
            rest = &rest[end + 1..];
            continue;
        }
        match letter {
            '*' if syntax.wildcards => {
                flush(&mut letters, &mut parts);
                if parts.last() != Some(&Part::Many) {
                    parts.push(Part::Many);
                }
            }
            '?' if syntax.wildcards => {
                flush(&mut letters, &mut parts);
                parts.push(Part::One);
            }
            other => letters.push(other),
        }
        rest = &rest[letter.len_utf8()..];
    }
    flush(&mut letters, &mut parts);
    Ok(parts)
}

fn flush(letters: &mut String, parts: &mut Vec<Part>) {
    if !letters.is_empty() {
        parts.push(Part::Text(std::mem::take(letters)));
    }
}

/// `aws:username` or `aws:username, 'nobody'`.
fn parse_variable(text: &str) -> Result<Part, BadVariable> {
    let (name, default) = match text.split_once(',') {
        None => (text.trim(), None),
        Some((name, default)) => {
            let default = default.trim().strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
            (name.trim(), Some(default.ok_or(BadVariable)?.to_owned()))
        }
    };
    let is_key = name.contains(':') && !name.contains(['$', '{', '*', '?', '\'']);
    if is_key { Ok(Part::Variable { key: fold_key(name), default }) } else { Err(BadVariable) }
}

/// A condition key as [`Context::get`] is asked for it: lower case up to the slash.
pub(crate) fn fold_key(name: &str) -> String {
    match name.split_once('/') {
        Some((key, rest)) => format!("{}/{rest}", key.to_ascii_lowercase()),
        None => name.to_ascii_lowercase(),
    }
}

/// Whether a text may match by its beginning: most patterns differ there, and need no variables to be looked up.
fn begins_as(parts: &[Part], text: &str) -> bool {
    match parts.first() {
        Some(Part::Text(start)) => text.starts_with(start.as_str()),
        _ => true,
    }
}

/// `None` if a variable has no value and no default. A value's own `*` and `?` are letters.
fn fill<'a>(parts: &'a [Part], context: &'a dyn Context) -> Option<Vec<Piece<'a>>> {
    parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => Some(Piece::Text(Cow::Borrowed(text.as_str()))),
            Part::One => Some(Piece::One),
            Part::Many => Some(Piece::Many),
            Part::Variable { key, default } => match (context.get(key), default) {
                (Some(Values::One(value)), _) => Some(Piece::Text(value)),
                (_, Some(default)) => Some(Piece::Text(Cow::Borrowed(default.as_str()))),
                _ => None,
            },
        })
        .collect()
}

/// Whether `pieces` match the whole of `text`. Each group between two `*` is looked for from where the one before
/// ended and never again, so the work does not explode with the number of wildcards.
fn matches(pieces: &[Piece<'_>], text: &str) -> bool {
    let mut groups = pieces.split(|piece| *piece == Piece::Many);
    let Some(first) = groups.next() else { return text.is_empty() };
    let Some(mut rest) = strip_start(first, text) else { return false };
    let Some(last) = groups.next_back() else { return rest.is_empty() };
    for group in groups {
        match skip_past(group, rest) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    ends_with(last, rest)
}

/// What follows `group` at the start of `text`.
fn strip_start<'t>(group: &[Piece<'_>], text: &'t str) -> Option<&'t str> {
    group.iter().try_fold(text, |text, piece| {
        if let Piece::Text(letters) = piece {
            return text.strip_prefix(&**letters);
        }
        let mut letters = text.chars();
        letters.next().map(|_| letters.as_str())
    })
}

fn ends_with(group: &[Piece<'_>], text: &str) -> bool {
    let before = group.iter().rev().try_fold(text, |text, piece| {
        if let Piece::Text(letters) = piece {
            return text.strip_suffix(&**letters);
        }
        let mut letters = text.chars();
        letters.next_back().map(|_| letters.as_str())
    });
    before.is_some()
}

/// What follows the first place of `group` in `text`.
fn skip_past<'t>(group: &[Piece<'_>], text: &'t str) -> Option<&'t str> {
    match group {
        [] => Some(text),
        [Piece::Text(letters)] => text.find(&**letters).map(|at| &text[at + letters.len()..]),
        _ => text.char_indices().find_map(|(at, _)| strip_start(group, &text[at..])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FULL: Syntax = Syntax { wildcards: true, variables: true };

    fn parse(text: &str) -> Pattern {
        Pattern::parse(text, FULL).unwrap()
    }

    #[test]
    fn variables() {
        let context: &[(&str, &str)] = &[("aws:username", "ann*"), ("aws:principaltag/Team", "red")];
        for (pattern, text, expected) in [
            ("home/${aws:username}/*", "home/ann*/a", true),
            ("home/${AWS:UserName}/*", "home/ann*/a", true),
            ("home/${aws:username}/*", "home/anna/a", false),
            ("${aws:PrincipalTag/Team}", "red", true),
            ("${aws:PrincipalTag/team, 'none'}", "none", true),
            ("${aws:PrincipalTag/team}", "", false),
            ("${aws:PrincipalTag/team}*", "x", false),
            ("a${*}b${?}c${$}{", "a*b?c${", true),
            ("a${*}b", "axb", false),
        ] {
            assert_eq!(parse(pattern).matches(text, &context), expected, "{pattern} {text}");
        }
        let old = Pattern::parse("${aws:username}", Syntax { wildcards: true, variables: false }).unwrap();
        assert!(old.matches("${aws:username}", &context), "version 2008-10-17 has no variables");
        for wrong in ["${", "${}", "${aws:username", "${name}", "${aws:a, none}", "${aws:a${b}}"] {
            assert!(Pattern::parse(wrong, FULL).is_err(), "{wrong}");
        }
    }

    #[test]
    fn many_wildcards_are_no_trouble() {
        let pattern = parse(&"*a".repeat(500));
        assert!(pattern.matches(&"a".repeat(2000), &()));
        assert!(!pattern.matches(&("a".repeat(2000) + "b"), &()));
        assert!(!parse(&"?*a".repeat(300)).matches(&"b".repeat(2000), &()));
    }

    /// The definition of `*` and `?`, letter by letter.
    fn naive(pattern: &[char], text: &[char]) -> bool {
        match (pattern, text) {
            ([], []) => true,
            (['*', rest @ ..], _) => naive(rest, text) || (!text.is_empty() && naive(pattern, &text[1..])),
            (['?', rest @ ..], [_, tail @ ..]) => naive(rest, tail),
            ([p, rest @ ..], [t, tail @ ..]) => p == t && naive(rest, tail),
            _ => false,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn agrees_with_the_definition(pattern in "[ab\u{e9}*?]{0,9}", text in "[ab\u{e9}]{0,9}") {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            let expected = naive(&letters(&pattern), &letters(&text));
            prop_assert_eq!(parse(&pattern).matches(&text, &()), expected, "{} {}", pattern, text);
        }
    }
}
