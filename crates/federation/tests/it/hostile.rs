//! Inputs that are large, deep or twisted are refused, and soon.

use std::time::{Duration, Instant};

use federation::jwt::{Jwks, Token};
use federation::saml::{Metadata, Refusal, verify};

use crate::common::{
    METADATA, NOW_S, RSA, Sample, base64, concat, encode, metadata_text, response_around, signature,
};

/// Far above what an unoptimized build takes, far below what anything that is not linear would.
const SOON: Duration = Duration::from_secs(5);

fn soon<T>(name: &str, run: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let result = run();
    assert!(begun.elapsed() < SOON, "{name} took {:?}", begun.elapsed());
    result
}

/// Repeats a piece until the base64 of all is just small enough.
fn fill(start: &str, piece: &str, end: &str) -> String {
    let room = 74_900 - start.len() - end.len();
    format!("{start}{}{end}", piece.repeat(room / piece.len()))
}

#[test]
fn responses() {
    let open = "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" Version=\"2.0\">";
    let close = "</samlp:Response>";
    let declarations = concat((0..60).map(|n| format!(" xmlns:p{n}=\"u\"")));
    let cases = [
        ("open elements", fill("", "<a>", "")),
        ("deep", format!("{}{}", "<a>".repeat(5000), "</a>".repeat(5000))),
        ("wide", fill(open, "<a/>", close)),
        ("attributes", fill("<a", " b=\"\"", "/>")),
        (
            "many attributes",
            fill(open, &format!("<a{}/>", concat((0..60).map(|n| format!(" a{n}=\"\"")))), close),
        ),
        ("declarations", fill(open, &format!("<a{declarations}>"), "")),
        ("prefixes", fill(open, &format!("<a{declarations}><p59:b p58:c=\"\"/></a>"), close)),
        ("ids", fill(open, "<a ID=\"x\"/>", close)),
        ("comments", fill(open, "<!---->", close)),
        ("open comment", fill("<!--", "-", "")),
        ("references", fill("<a>", "&amp;", "</a>")),
        ("numbers", fill("<a>", "&#x41;", "</a>")),
        ("one number", fill("<a>&#", "9", ";</a>")),
        ("sections", fill("<a>", "<![CDATA[]]>", "</a>")),
        ("ampersands", fill("<a>", "&", "</a>")),
        ("signatures", fill(open, "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/>", close)),
        ("name", fill("<", "a", "/>")),
        ("colons", fill("<a", ":", "/>")),
        (
            "entities",
            format!(
                "<!DOCTYPE a [<!ENTITY a \"{}\"><!ENTITY b \"{}\">]><a>&b;</a>",
                "x".repeat(1000),
                "&a;".repeat(1000)
            ),
        ),
    ];
    for (name, xml) in cases {
        let refused = soon(name, || verify(&base64(xml), &METADATA, NOW_S));
        assert!(refused.is_err(), "{name}");
    }
    let spaces = soon("spaces", || verify(&" ".repeat(100_000), &METADATA, NOW_S));
    assert!(spaces.is_err());
}

/// The walks over a document are recursive: it has a depth that they can have.
#[test]
fn depth() {
    let at = |depth: usize| {
        let extensions = format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        verify(
            &base64(
                response_around(&format!("{}{extensions}", Sample::default().signed_assertion())).with(""),
            ),
            &METADATA,
            NOW_S,
        )
    };
    assert!(at(63).is_ok());
    for depth in [64, 2000] {
        assert_eq!(at(depth), Err(Refusal::Malformed("nested too deep".to_owned())));
    }
}

/// A response whose signature says to canonicalize with many prefixes in scope, over much content.
#[test]
fn canonicalization() {
    let mut sample = Sample::default();
    let prefixes: Vec<String> = (0..30).map(|n| format!("p{n}")).collect();
    let declarations = concat(prefixes.iter().map(|p| format!(" xmlns:{p}=\"u\"")));
    sample.attributes.push_str(&format!("<a{declarations}>").repeat(50));
    sample.attributes.push_str(&"<p1:b p2:c=\"\"/>".repeat(2000));
    sample.attributes.push_str(&"</a>".repeat(50));
    let parts = sample.assertion();
    let list = format!(
        "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"><e:InclusiveNamespaces xmlns:e=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"{}\"/></ds:Transform></ds:Transforms>",
        prefixes.join(" ")
    );
    let signed = signature("_assertion", &parts.with("")).replace(
        "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform></ds:Transforms>",
        &list,
    );
    let xml = base64(response_around(&parts.with(&signed)).with(""));
    assert!(xml.len() < 100_000 && list.len() > 200);
    assert!(soon("canonicalization", || verify(&xml, &METADATA, NOW_S)).is_err());
}

#[test]
fn metadata() {
    let good = metadata_text(&[RSA.certificate()]);
    let key = &good[good.find("<md:KeyDescriptor").unwrap()..good.find("<md:SingleSignOn").unwrap()];
    let large = |piece: &str, n: usize| {
        good.replace("<md:SingleSignOn", &format!("{}<md:SingleSignOn", piece.repeat(n)))
    };
    // The same key again and again is one key.
    assert_eq!(soon("certificates", || Metadata::parse(&large(key, 200))).unwrap().keys().len(), 1);
    assert!(soon("elements", || Metadata::parse(&large("<a/>", 200_000))).is_err());
    assert!(soon("bytes", || Metadata::parse(&" ".repeat(10_000_001))).is_err());
    let broken = large(&key.replace("MII", "MIJ"), 1);
    assert!(Metadata::parse(&broken).is_err());
}

#[test]
fn tokens() {
    let header = encode(r#"{"alg":"RS256","kid":"a"}"#);
    let numbers = format!("{{\"a\":{}}}", "9".repeat(14_000));
    let names = concat((0..1500).map(|n| format!("\"{n}\":0,")));
    for (name, claims) in [
        ("deep", "[".repeat(14_000)),
        ("objects", "{\"a\":".repeat(2800)),
        ("number", numbers),
        ("names", format!("{{{names}\"x\":0}}")),
        ("escapes", format!("{{\"{}\":0}}", "\\u0041".repeat(2300))),
    ] {
        let text = format!("{header}.{}.AAAA", encode(&claims));
        assert!(text.len() <= 20_000, "{name}");
        assert!(soon(name, || Token::parse(&text).map(drop)).is_err(), "{name}");
    }
    assert!(Token::parse(&".".repeat(20_000)).is_err());
    assert!(soon("key set", || Jwks::parse(&"[".repeat(500_000))).is_err());
}
