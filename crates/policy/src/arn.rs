//! ARNs as patterns: each of the six parts between colons is matched by itself, so that a `*` does not reach into the
//! next part; the sixth part takes what is left, colons included.

use crate::{
    pattern::{BadVariable, Pattern, Syntax},
    request::Context,
};

/// A resource or an ARN operand of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ArnPattern {
    text: String,
    shape: Shape,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Shape {
    /// `*`
    Anything,
    Parts(Box<[Pattern; 6]>),
    /// Not an ARN: matches what is written.
    Plain(Pattern),
}

/// An ARN in its six parts.
#[derive(Clone, Copy)]
pub(crate) struct Arn<'a> {
    text: &'a str,
    parts: Option<[&'a str; 6]>,
}

impl<'a> Arn<'a> {
    pub(crate) fn new(text: &'a str) -> Arn<'a> {
        let mut split = text.splitn(6, ':');
        let mut parts = [""; 6];
        let complete = parts.iter_mut().all(|part| split.next().map(|text| *part = text).is_some());
        Arn { text, parts: (complete && parts[0] == "arn").then_some(parts) }
    }
}

impl ArnPattern {
    /// An ARN with fewer than six parts is completed with `*`, as AWS does.
    pub(crate) fn parse(text: &str, variables: bool) -> Result<ArnPattern, BadVariable> {
        let syntax = Syntax { wildcards: true, variables };
        let shape = if text == "*" {
            Shape::Anything
        } else if text.starts_with("arn:") {
            let mut parts = [const { None }; 6];
            for (part, text) in parts.iter_mut().zip(split(text, variables)) {
                *part = Some(Pattern::parse(text, syntax)?);
            }
            Shape::Parts(Box::new(parts.map(|part| part.unwrap_or_else(Pattern::anything))))
        } else {
            Shape::Plain(Pattern::parse(text, syntax)?)
        };
        Ok(ArnPattern { text: text.to_owned(), shape })
    }

    /// As the policy has it.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is `*` or begins as an ARN does.
    pub(crate) fn is_well_formed(&self) -> bool {
        !matches!(self.shape, Shape::Plain(_))
    }

    pub(crate) fn matches(&self, arn: &Arn<'_>, context: &dyn Context) -> bool {
        match (&self.shape, &arn.parts) {
            (Shape::Anything, _) => true,
            (Shape::Parts(patterns), Some(parts)) => {
                // The first two parts are nearly always `arn:aws`; the last tells apart.
                patterns.iter().zip(parts).rev().all(|(pattern, part)| pattern.matches(part, context))
            }
            (Shape::Parts(_), None) => false,
            (Shape::Plain(pattern), _) => pattern.matches(arn.text, context),
        }
    }

    /// Whether a variable has no value in `context`.
    pub(crate) fn is_unfilled(&self, context: &dyn Context) -> bool {
        match &self.shape {
            Shape::Anything => false,
            Shape::Parts(patterns) => patterns.iter().any(|pattern| pattern.is_unfilled(context)),
            Shape::Plain(pattern) => pattern.is_unfilled(context),
        }
    }
}

/// The first five colons cut, except those inside a variable.
fn split(text: &str, variables: bool) -> Vec<&str> {
    let mut parts = Vec::with_capacity(6);
    let (mut start, mut is_inside) = (0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' if variables && text[..at].ends_with('$') => is_inside = true,
            b'}' => is_inside = false,
            b':' if !is_inside && parts.len() < 5 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_matched_by_themselves() {
        let context: &[(&str, &str)] = &[("aws:username", "ann"), ("aws:x", "a:b")];
        for (pattern, arn, expected) in [
            ("*", "anything at all", true),
            ("arn:aws:s3:::b/*", "arn:aws:s3:::b/k", true),
            ("arn:aws:s3:::b/*", "arn:aws:s3:::b/k:with:colons/and/more", true),
            ("arn:aws:s3:::b", "arn:aws:s3:::b/k", false),
            ("arn:aws:s3:::B", "arn:aws:s3:::b", false),
            ("arn:aws:sqs:*:111122223333:q", "arn:aws:sqs:us-east-1:111122223333:q", true),
            ("arn:aws:sqs:*:q", "arn:aws:sqs:us-east-1:111122223333:q", false),
            ("arn:aws:sqs:us-*", "arn:aws:sqs:us-east-1:111122223333:q", true),
            ("arn:aws:sqs", "arn:aws:sqs:us-east-1:111122223333:q", true),
            ("arn:aws:sqs", "arn:aws:sns:us-east-1:111122223333:q", false),
            ("arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/ann/k", true),
            ("arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/bob/k", false),
            ("arn:aws:s3:::b/${aws:x}", "arn:aws:s3:::b/a:b", true),
            ("arn:aws:s3::${aws:x}:b", "arn:aws:s3::a:b:b", false),
            ("arn:aws:s3:::b/${aws:none}", "arn:aws:s3:::b/", false),
            ("arn:aws:s3:::*", "*", false),
        ] {
            let pattern = ArnPattern::parse(pattern, true).unwrap();
            assert_eq!(pattern.matches(&Arn::new(arn), &context), expected, "{pattern:?} {arn}");
        }
    }
}
