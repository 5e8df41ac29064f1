//! The tokens of JSON (RFC 8259), over a text known to be UTF-8.

use std::borrow::Cow;

use crate::format::DEPTH_MAX;
use crate::reject::Reject;

/// A place in a JSON text.
#[derive(Debug, Clone)]
pub(crate) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(text: &'a str) -> Scan<'a> {
        Scan { text, at: 0 }
    }

    #[cold]
    pub(crate) fn unexpected(&self, wanted: &str) -> Reject {
        match self.text[self.at..].chars().next() {
            Some(found) => {
                Reject::malformed(format!("expected {wanted} at byte {}, found {found:?}", self.at))
            }
            None => Reject::malformed(format!("expected {wanted}, found the end")),
        }
    }

    /// The next byte that is not white space, not taken.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// Takes `byte` if it comes next.
    #[inline]
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    #[inline]
    pub(crate) fn expect(&mut self, byte: u8, wanted: &str) -> Result<(), Reject> {
        if self.take(byte) { Ok(()) } else { Err(self.unexpected(wanted)) }
    }

    /// Takes a literal such as `null`, if it comes next.
    #[inline]
    pub(crate) fn literal(&mut self, literal: &str) -> bool {
        self.peek();
        let found = self.text.as_bytes()[self.at..].starts_with(literal.as_bytes());
        self.at += if found { literal.len() } else { 0 };
        found
    }

    /// Nothing but white space is left.
    pub(crate) fn end(&mut self) -> Result<(), Reject> {
        if self.peek().is_none() { Ok(()) } else { Err(self.unexpected("the end")) }
    }

    /// A string, borrowed when it holds no escape.
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, Reject> {
        self.expect(b'"', "a string")?;
        let start = self.at;
        match self.plain()? {
            b'"' => Ok(Cow::Borrowed(&self.text[start..self.at - 1])),
            _ => self.escaped(start).map(Cow::Owned),
        }
    }

    /// Goes past the next `"` or `\` and says which it was.
    #[inline]
    fn plain(&mut self) -> Result<u8, Reject> {
        let rest = &self.text.as_bytes()[self.at..];
        let short = rest.len().min(32);
        let found = rest[..short].iter().position(|b| matches!(b, b'"' | b'\\' | 0..0x20));
        let length = if let Some(length) = found {
            length
        } else {
            let length = short + memchr::memchr2(b'"', b'\\', &rest[short..]).unwrap_or(rest.len() - short);
            // The smallest byte says whether one is a control character, without a branch per byte.
            if rest[short..length].iter().fold(u8::MAX, |least, b| least.min(*b)) < 0x20 {
                return Err(Reject::malformed("a control character in a string"));
            }
            length
        };
        match rest.get(length) {
            Some(byte @ (b'"' | b'\\')) => {
                self.at += length + 1;
                Ok(*byte)
            }
            Some(_) => Err(Reject::malformed("a control character in a string")),
            None => Err(Reject::malformed("a string without end")),
        }
    }

    /// The rest of a string whose first escape has just been met.
    fn escaped(&mut self, start: usize) -> Result<String, Reject> {
        let mut text = String::with_capacity(64);
        let mut from = start;
        loop {
            text.push_str(&self.text[from..self.at - 1]);
            text.push(self.escape()?);
            from = self.at;
            if self.plain()? == b'"' {
                text.push_str(&self.text[from..self.at - 1]);
                return Ok(text);
            }
        }
    }

    fn escape(&mut self) -> Result<char, Reject> {
        let bad = || Reject::malformed("an unknown escape in a string");
        let byte = *self.text.as_bytes().get(self.at).ok_or_else(bad)?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => byte as char,
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode().ok_or_else(bad),
            _ => return Err(bad()),
        })
    }

    fn unicode(&mut self) -> Option<char> {
        let first = self.hex()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first);
        }
        if !self.text.as_bytes()[self.at..].starts_with(b"\\u") {
            return None;
        }
        self.at += 2;
        let second = self.hex()?;
        (0xDC00..0xE000).contains(&second).then_some(())?;
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4)?;
        let mut value = 0;
        for digit in digits {
            value = value * 16 + (*digit as char).to_digit(16)?;
        }
        self.at += 4;
        Some(value)
    }

    /// A number, as its text.
    pub(crate) fn number(&mut self) -> Result<&'a str, Reject> {
        self.peek();
        let start = self.at;
        let bytes = self.text.as_bytes();
        let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        let mut at = start + usize::from(bytes.get(start) == Some(&b'-'));
        let whole = digits(at);
        if whole == 0 || (whole > 1 && bytes[at] == b'0') {
            return Err(self.unexpected("a number"));
        }
        at += whole;
        if bytes.get(at) == Some(&b'.') {
            let fraction = digits(at + 1);
            if fraction == 0 {
                return Err(self.unexpected("a number"));
            }
            at += 1 + fraction;
        }
        if let Some(b'e' | b'E') = bytes.get(at) {
            at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            let exponent = digits(at);
            if exponent == 0 {
                return Err(self.unexpected("a number"));
            }
            at += exponent;
        }
        self.at = at;
        Ok(&self.text[start..at])
    }

    /// Goes past one value of any kind, `depth` levels deep in others, and gives its text. Not recursive.
    pub(crate) fn skip(&mut self, depth: u32) -> Result<&'a str, Reject> {
        self.peek();
        let start = self.at;
        let mut open: Vec<u8> = Vec::new();
        loop {
            match self.peek() {
                Some(byte @ (b'{' | b'[')) => {
                    self.at += 1;
                    if open.len() + depth as usize >= DEPTH_MAX as usize {
                        return Err(Reject::too_much("deep nesting"));
                    }
                    let close = byte + 2; // '{' + 2 is '}', '[' + 2 is ']'
                    if !self.take(close) {
                        open.push(close);
                        if close == b'}' {
                            self.key()?;
                        }
                        continue;
                    }
                }
                Some(b'"') => drop(self.string()?),
                Some(b't' | b'f' | b'n') => {
                    if !(self.literal("true") || self.literal("false") || self.literal("null")) {
                        return Err(self.unexpected("a value"));
                    }
                }
                _ => drop(self.number()?),
            }
            // One value is done: close what ends here, or go on behind a comma.
            loop {
                match open.last() {
                    None => return Ok(&self.text[start..self.at]),
                    Some(close) if self.take(*close) => drop(open.pop()),
                    Some(close) => {
                        let object = *close == b'}';
                        self.expect(b',', "a comma")?;
                        if object {
                            self.key()?;
                        }
                        break;
                    }
                }
            }
        }
    }

    /// A key of an object, and its colon.
    #[inline]
    pub(crate) fn key(&mut self) -> Result<Cow<'a, str>, Reject> {
        let key = self.string()?;
        self.expect(b':', "a colon")?;
        Ok(key)
    }
}

/// Whether a text is one JSON value within the depth limit.
pub fn well_formed(json: &str) -> Result<(), Reject> {
    let mut scan = Scan::new(json);
    scan.skip(0)?;
    scan.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_is_json_and_nothing_else() {
        for good in [
            "{}",
            "[]",
            " [1, -2.5e+3, true,false,null, \"a\\u00e9\\ud83d\\ude00\"] ",
            "{\"a\":{\"b\":[{}]}}",
        ] {
            assert!(well_formed(good).is_ok(), "{good}");
            assert!(serde_json::from_str::<serde_json::Value>(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "{",
            "[1,]",
            "{\"a\"}",
            "{\"a\":1,}",
            "01",
            "1.",
            "-",
            "tru",
            "\"\n\"",
            "\"\\ud83d\"",
            "\"\\x\"",
            "[1}",
            "{} {}",
            "1e",
            "\"a",
        ] {
            assert!(well_formed(bad).is_err(), "{bad}");
            assert!(serde_json::from_str::<serde_json::Value>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn unescapes() {
        let text = r#""a\"\\\/\b\f\n\r\té😀\u00e9\ud83d\ude00""#;
        assert_eq!(Scan::new(text).string().unwrap(), "a\"\\/\u{8}\u{c}\n\r\té😀é😀");
    }

    #[test]
    fn refuses_deep_nesting() {
        let deep = "[".repeat(100_000);
        assert!(well_formed(&deep).is_err());
    }
}
