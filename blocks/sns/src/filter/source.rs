//! A filter policy as it was written: each value with its place, because AWS's refusals name it.

use std::collections::HashSet;

use serde_json::Number;

/// A JSON value and where it stands, in bytes.
#[derive(Debug)]
pub(super) struct Written {
    /// Where a reader that looks at it stands: behind a bracket, a word or a number, behind the opening quote of a string.
    pub(super) at: usize,
    /// Behind all of it.
    pub(super) end: usize,
    pub(super) what: What,
}

#[derive(Debug)]
pub(super) enum What {
    Object(Vec<(String, Written)>),
    Array(Vec<Written>),
    Text(String),
    Number(Number),
    Truth(bool),
    Null,
}

/// Reads `text`. The error is AWS's words for text that is no JSON.
pub(super) fn read(text: &str) -> Result<Written, String> {
    // The first reading bounds the depth and says whether the second can go through.
    serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|e| no_json(text, &e))?;
    Reader { text, at: 0, steps: 0 }.value().ok_or_else(|| "failed to parse JSON.".to_owned())
}

/// What AWS says of text that is no JSON, as far as its words are known.
pub(crate) fn no_json(text: &str, error: &serde_json::Error) -> String {
    let shown = |why: String, line: usize, column: usize| {
        format!(
            "failed to parse JSON. {why}\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` \
             disabled); line: {line}, column: {column}]"
        )
    };
    let word: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    if word.starts_with(char::is_alphabetic) {
        let why = format!(
            "Unrecognized token '{word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or \
             'false')"
        );
        return shown(why, 1, word.encode_utf16().count() + 1);
    }
    if error.is_eof() {
        return shown("Unexpected end-of-input".to_owned(), error.line(), error.column());
    }
    let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    let column = error.column().max(1);
    let Some(odd) = line.get(column - 1..).and_then(|rest| rest.chars().next()) else {
        return shown("Unexpected character".to_owned(), error.line(), column);
    };
    let before = line[..column - 1].trim_end();
    let expected =
        if before.ends_with('{') { ": was expecting double-quote to start field name" } else { "" };
    let why = format!("Unexpected character ('{odd}' (code {})){expected}", u32::from(odd));
    shown(why, error.line(), column)
}

/// Reads what is known to be JSON.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// How many letters, values and names it has taken up so far: no more than a few for each byte of the text.
    steps: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// Takes `sign` if it is next.
    fn takes(&mut self, sign: char) -> bool {
        self.space();
        let is_next = self.rest().starts_with(sign);
        self.at += usize::from(is_next);
        is_next
    }

    fn string(&mut self) -> Option<String> {
        let begin = self.at;
        let bytes = self.text.as_bytes();
        let mut end = begin + 1;
        while *bytes.get(end)? != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
            self.steps += 1;
        }
        self.at = end + 1;
        serde_json::from_str(&self.text[begin..self.at]).ok()
    }

    fn value(&mut self) -> Option<Written> {
        self.space();
        self.steps += 1;
        let begin = self.at;
        let done = |at, end, what| Some(Written { at, end, what });
        match self.rest().chars().next()? {
            '{' => {
                self.at += 1;
                let what = What::Object(self.members()?);
                done(begin + 1, self.at, what)
            }
            '[' => {
                self.at += 1;
                let mut items = Vec::new();
                while !self.takes(']') {
                    items.push(self.value()?);
                    self.takes(',');
                }
                done(begin + 1, self.at, What::Array(items))
            }
            '"' => {
                let text = self.string()?;
                done(begin + 1, self.at, What::Text(text))
            }
            _ => {
                let rest = self.rest();
                let word = &rest[..rest.find([',', '}', ']', ' ', '\t', '\n', '\r']).unwrap_or(rest.len())];
                let what = match word {
                    "true" => What::Truth(true),
                    "false" => What::Truth(false),
                    "null" => What::Null,
                    number => What::Number(serde_json::from_str(number).ok()?),
                };
                self.at += word.len();
                done(self.at, self.at, what)
            }
        }
    }

    fn members(&mut self) -> Option<Vec<(String, Written)>> {
        let mut all: Vec<(String, Written)> = Vec::new();
        while !self.takes('}') {
            let name = self.string()?;
            self.takes(':');
            let value = self.value()?;
            all.push((name, value));
            self.takes(',');
        }
        // Of members with the same name the last one counts.
        let (mut seen, mut is_last) = (HashSet::with_capacity(all.len()), Vec::with_capacity(all.len()));
        for (name, _) in all.iter().rev() {
            self.steps += 1;
            is_last.push(seen.insert(name.as_str()));
        }
        drop(seen);
        all.retain(|_| is_last.pop() == Some(true));
        Some(all)
    }
}

/// So much of the source a refusal quotes.
const QUOTED_CHARS_MAX: usize = 500;

/// The place `at` of `text`, in the words that end a refusal.
pub(super) fn place(text: &str, at: usize) -> String {
    let before = &text[..at.min(text.len())];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count() + 1;
    let all = text.chars().count();
    let quoted: String = text.chars().take(QUOTED_CHARS_MAX).collect();
    let cut = if all > QUOTED_CHARS_MAX {
        format!("[truncated {} chars]", all - QUOTED_CHARS_MAX)
    } else {
        String::new()
    };
    format!("\n at [Source: (String)\"{quoted}\"{cut}; line: {line}, column: {column}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(text: &str) -> usize {
        let mut reader = Reader { text, at: 0, steps: 0 };
        assert!(reader.value().is_some());
        reader.steps
    }

    /// The work grows with the text and no faster, whatever is in it.
    #[test]
    fn a_text_is_read_once() {
        let members = |n: usize, name: fn(usize) -> String| {
            let all: Vec<_> = (0..n).map(|n| format!("\"{}\":[1]", name(n))).collect();
            format!("{{{}}}", all.join(","))
        };
        for text in [
            members(20_000, |n| format!("k{n}")),
            members(20_000, |_| "k".to_owned()),
            format!("{{\"key\":[\"{}\"]}}", "x".repeat(300 * 1024)),
            format!("{}1{}", "[".repeat(100), "]".repeat(100)),
            format!("[{}]", "\"\\\"\",".repeat(30_000) + "1"),
        ] {
            assert!(steps(&text) <= text.len(), "{} steps for {} bytes", steps(&text), text.len());
        }
    }

    #[test]
    fn the_last_of_equal_members_counts() {
        let What::Object(all) = read(r#"{"a":1,"b":2,"a":3,"c":4,"b":5}"#).unwrap().what else { panic!() };
        let seen: Vec<_> = all.iter().map(|(name, value)| format!("{name}{:?}", value.what)).collect();
        assert_eq!(seen, ["aNumber(Number(3))", "cNumber(Number(4))", "bNumber(Number(5))"]);
    }
}
