//! Responses whose canonical forms and signatures were made by libxml2 and OpenSSL (`data/make_saml.py`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use federation::saml::{Metadata, Refusal, verify};

use crate::common::{METADATA, NOW_S};

#[test]
fn responses_of_another_implementation() {
    let mut count = 0;
    for line in include_str!("data/saml.tsv").lines() {
        let [name, metadata, response] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let metadata = String::from_utf8(STANDARD.decode(metadata).unwrap()).unwrap();
        let provider = Metadata::parse(&metadata).unwrap();
        let read = verify(response, &provider, NOW_S).unwrap_or_else(|e| panic!("{name}: {}", e.detail()));
        assert_eq!(read.subject.value, "jane & j\u{f6}hn", "{name}");
        assert_eq!(read.subject.kind(), Some("transient"));
        assert_eq!(read.session_name, "jane@example.com");
        assert_eq!(read.roles.len(), 1);
        let odd = "\r\u{e9} \"quoted\" 'text' > \t";
        assert_eq!(read.attributes[2], ("odd".to_owned(), vec![odd.to_owned()]), "{name}");
        assert!(matches!(verify(response, &METADATA, NOW_S), Err(Refusal::Signature(_))), "{name}");
        count += 1;
    }
    assert_eq!(count, 11);
}
