//! Rust text taken apart just far enough: what is code, what is comment, and what is compiled for tests only.

/// A text of Rust in two layers of the same length and the same lines. What belongs to the other layer is blank.
#[derive(Debug, Default)]
pub struct Layers {
    /// The code, with the contents of strings and characters blanked; their quotes stay.
    pub code: String,
    /// The comments.
    pub comments: String,
}

impl Layers {
    /// Takes a text apart.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut layers = Split { bytes, code: blank(bytes), comments: blank(bytes) };
        let mut at = 0;
        while at < bytes.len() {
            at = layers.step(at);
        }
        Self { code: utf8(layers.code), comments: utf8(layers.comments) }
    }

    /// The same without what stands under `#[cfg(test)]`.
    #[must_use]
    pub fn without_tests(&self) -> Self {
        let (mut code, mut comments) = (self.code.clone().into_bytes(), self.comments.clone().into_bytes());
        for (start, _) in self.code.match_indices("#[cfg(test)]") {
            let Some(end) = item_end(&self.code, start + "#[cfg(test)]".len()) else { continue };
            for layer in [&mut code, &mut comments] {
                let piece = blank(&layer[start..end]);
                layer[start..end].copy_from_slice(&piece);
            }
        }
        Self { code: utf8(code), comments: utf8(comments) }
    }
}

/// Where the item ends whose head begins at `from`: after its matching brace, or its semicolon.
#[must_use]
pub fn item_end(code: &str, from: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, byte) in code.bytes().enumerate().skip(from) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b';' if depth == 0 => return Some(at + 1),
            b'{' if depth == 0 => return brace_end(code, at),
            _ => {}
        }
    }
    None
}

fn brace_end(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// The line of a byte, counted from 1.
#[must_use]
pub fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].split(|b| *b == b'\n').count()
}

/// Whether `at` begins a word: no letter, digit or underscore stands before it.
#[must_use]
pub fn begins_word(text: &str, at: usize) -> bool {
    at == 0 || !is_word(text.as_bytes()[at - 1])
}

/// Whether `at` is behind the end of a word.
#[must_use]
pub fn ends_word(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_none_or(|b| !is_word(*b))
}

fn is_word(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

fn blank(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|b| if *b == b'\n' { b'\n' } else { b' ' }).collect()
}

fn utf8(bytes: Vec<u8>) -> String {
    match String::from_utf8(bytes) {
        Ok(text) => text,
        // A character that a layer got in part: its length in bytes has to stay.
        Err(e) => e.into_bytes().iter().map(|b| if b.is_ascii() { char::from(*b) } else { '?' }).collect(),
    }
}

struct Split<'a> {
    bytes: &'a [u8],
    code: Vec<u8>,
    comments: Vec<u8>,
}

impl Split<'_> {
    /// Takes what begins at `at` and answers where the next thing begins.
    fn step(&mut self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        if rest.starts_with(b"//") {
            return self.comment(at, at + until(rest, b"\n"));
        }
        if rest.starts_with(b"/*") {
            return self.comment(at, at + block_comment(rest));
        }
        let inside_word = at > 0 && is_word(self.bytes[at - 1]);
        if let Some(hashes) = raw_string(rest).filter(|_| !inside_word) {
            let open = until(rest, b"\"") + 1;
            let close = [b"\"".as_slice(), &b"#".repeat(hashes)].concat();
            return self.quoted(at, at + open, at + open + until(&rest[open..], &close), close.len());
        }
        match rest[0] {
            b'"' => self.quoted(at, at + 1, at + 1 + escaped(&rest[1..], b'"'), 1),
            b'\'' if is_character(rest) => self.quoted(at, at + 1, at + 1 + escaped(&rest[1..], b'\''), 1),
            byte => {
                self.code[at] = byte;
                at + 1
            }
        }
    }

    fn comment(&mut self, from: usize, to: usize) -> usize {
        self.comments[from..to].copy_from_slice(&self.bytes[from..to]);
        to
    }

    /// A literal: its opening `at..inside`, its contents up to `close`, its closing.
    fn quoted(&mut self, at: usize, inside: usize, close: usize, closing: usize) -> usize {
        let end = (close + closing).min(self.bytes.len());
        self.code[at..inside].copy_from_slice(&self.bytes[at..inside]);
        if close < end {
            self.code[close..end].copy_from_slice(&self.bytes[close..end]);
        }
        end
    }
}

/// How far the needle is, or the end.
fn until(text: &[u8], needle: &[u8]) -> usize {
    text.windows(needle.len()).position(|w| w == needle).unwrap_or(text.len())
}

/// How far the closing quote is, or the end; what a backslash escapes is passed over.
fn escaped(text: &[u8], close: u8) -> usize {
    let mut at = 0;
    while at < text.len() && text[at] != close {
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    at.min(text.len())
}

/// The length of a block comment, with those inside it.
fn block_comment(text: &[u8]) -> usize {
    let (mut at, mut depth) = (0, 0);
    while at < text.len() {
        match &text[at..] {
            [b'/', b'*', ..] => depth += 1,
            [b'*', b'/', ..] => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    at
}

/// The number of hashes of a raw string that begins here.
fn raw_string(text: &[u8]) -> Option<usize> {
    let rest = text.strip_prefix(b"b").or_else(|| text.strip_prefix(b"c")).unwrap_or(text);
    let rest = rest.strip_prefix(b"r")?;
    let hashes = rest.iter().take_while(|b| **b == b'#').count();
    (rest.get(hashes) == Some(&b'"')).then_some(hashes)
}

/// Whether the quote begins a character and not a lifetime.
fn is_character(text: &[u8]) -> bool {
    match text {
        [_, b'\\', ..] => true,
        // 'a' is a character, 'a is a lifetime; what is not ASCII is never a lifetime here.
        [_, first, third, ..] => !first.is_ascii() || *third == b'\'',
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        Layers::of(text).code
    }

    #[test]
    fn strings_and_comments_are_no_code() {
        assert_eq!(code("a(\"b\\\"c\") // d"), "a(\"    \")     ");
        assert_eq!(code("r#\"x\"y\"# z"), "r#\"   \"# z");
        assert_eq!(code("/* a /* b */ c */ d"), "                  d");
        assert_eq!(code("'{' as 'a b'\\n' \"ü\""), "' ' as 'a b'  ' \"  \"");
        assert_eq!(code("for\"x\""), "for\" \"");
        assert_eq!(Layers::of("a // b\nc").comments, "  // b\n ");
    }

    #[test]
    fn unfinished_text_does_no_harm() {
        for text in ["\"", "\"\\", "r#\"", "/*", "'", "b'", "'\\"] {
            assert_eq!(code(text).len(), text.len(), "{text}");
        }
    }

    #[test]
    fn tests_are_cut_out() {
        let layers = Layers::of("fn a() {}\n#[cfg(test)]\nmod tests { fn b() { \"}\"; } }\nfn c() {}");
        let code = layers.without_tests().code;
        assert!(code.contains("fn a") && code.contains("fn c") && !code.contains("fn b"), "{code}");
        assert_eq!(line_of(&code, code.find("fn c").unwrap()), 4);
        let outside = Layers::of("#[cfg(test)]\nmod tests;\nfn c() {}").without_tests();
        assert!(outside.code.contains("fn c"));
    }

    #[test]
    fn items_end_at_their_own_brace() {
        let code = "fn a(x: [u8; 3]) -> [u8; 2] { { } } fn b()";
        assert_eq!(item_end(code, 0), code.find(" fn b"));
        assert_eq!(item_end("fn a();", 0), Some(7));
        assert_eq!(item_end("fn a(", 0), None);
    }
}
