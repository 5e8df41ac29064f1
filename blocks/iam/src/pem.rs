//! PEM (RFC 7468), read strictly: blocks and white space, nothing else.

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{GeneralPurpose, general_purpose::PAD},
};

/// One block.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// `CERTIFICATE`.
    pub(crate) label: String,
    pub(crate) content: Vec<u8>,
}

/// The blocks of a text, one at least; `None` where there is anything else in it.
pub(crate) fn blocks(text: &str) -> Option<Vec<Block>> {
    let mut all = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (label, behind) = rest.strip_prefix("-----BEGIN ")?.split_once("-----")?;
        let (body, behind) = behind.split_once(&format!("-----END {label}-----"))?;
        let letters: String = body.split_ascii_whitespace().collect();
        let content = GeneralPurpose::new(&STANDARD, PAD).decode(letters).ok()?;
        all.push(Block { label: label.to_owned(), content });
        rest = behind.trim_start();
    }
    (!all.is_empty()).then_some(all)
}

/// The text of one block.
pub(crate) fn text(label: &str, content: &[u8]) -> String {
    let letters = GeneralPurpose::new(&STANDARD, PAD).encode(content);
    let mut out = format!("-----BEGIN {label}-----\n");
    for line in letters.as_bytes().chunks(64) {
        out.extend(line.iter().map(|letter| char::from(*letter)));
        out.push('\n');
    }
    out + "-----END " + label + "-----"
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_but_blocks() {
        let one = text("A B", b"content");
        for bad in
            ["", "x", "-----BEGIN A-----", &format!("x{one}"), &format!("{one}x"), &one.replace("Y2", "Y!")]
        {
            assert_eq!(blocks(bad), None, "{bad}");
        }
        assert_eq!(blocks(&format!("\n{one}\r\n{one} ")).map(|all| all.len()), Some(2));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(label in "[A-Z ]{0,20}", content: Vec<u8>) {
            prop_assert_eq!(blocks(&text(&label, &content)), Some(vec![Block { label, content }]));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "(-----BEGIN |-----END |A|-----|\n|[ -~]|\\PC){0,40}") {
            let _ = blocks(&text);
        }
    }
}
