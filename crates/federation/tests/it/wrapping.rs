//! Signature wrapping: an assertion that was signed is moved aside, and another stands where it is looked for. The eight
//! arrangements are those of "On Breaking SAML: Be Whoever You Want to Be" (Somorovsky and others, 2012).

use federation::saml::{Refusal, verify};

use crate::common::{DSIG, METADATA, NOW_S, PROTOCOL, Parts, Sample, base64, response_around, signature};

/// Says that its subject is the administrator.
fn evil(id: &str) -> Parts {
    let mut sample = Sample::default();
    sample.subject = sample.subject.replace("jane", "admin");
    id.clone_into(&mut sample.assertion_id);
    sample.assertion()
}

fn original() -> Parts {
    Sample::default().assertion()
}

fn original_signature() -> String {
    signature("_assertion", &original().with(""))
}

fn inside(signature: &str, object: &str) -> String {
    signature.replace("</ds:Signature>", &format!("<ds:Object>{object}</ds:Object></ds:Signature>"))
}

fn assert_refused(name: &str, xml: &str) {
    match verify(&base64(xml), &METADATA, NOW_S) {
        Err(Refusal::Malformed(_) | Refusal::Signature(_)) => {}
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn signed_responses() {
    let whole = response_around(&original().with(""));
    let signed = signature("_response", &whole.with(""));
    for id in ["_response", "_evil"] {
        let around = response_around(&evil("_evil_assertion").with(""));
        let open = around.open.replace("\"_response\"", &format!("\"{id}\""));
        let around = Parts { open, rest: around.rest };
        // 1: the response that was signed is in its own signature.
        assert_refused("1", &around.with(&inside(&signed, &whole.with(""))));
        assert_refused(
            "1",
            &around.with(&signed.replace("</ds:Signature>", &format!("{}</ds:Signature>", whole.with("")))),
        );
        // 2: it stands beside its signature.
        assert_refused("2", &around.with(&format!("{}{signed}", whole.with(""))));
        assert_refused("2", &around.with(&format!("{signed}{}", whole.with(""))));
        let extensions = format!("<samlp:Extensions>{}</samlp:Extensions>{signed}", whole.with(""));
        assert_refused("2", &around.with(&extensions));
    }
}

#[test]
fn signed_assertions() {
    let (signed, bare, signature) =
        (original().with(&original_signature()), original().with(""), original_signature());
    for id in ["_assertion", "_evil"] {
        let evil = evil(id);
        let within = |inner: &str| Parts {
            open: evil.open.clone(),
            rest: evil.rest.replace("</saml:Assertion>", &format!("{inner}</saml:Assertion>")),
        };
        let extensions = |content: &str| format!("<samlp:Extensions>{content}</samlp:Extensions>");
        let arrangements = [
            // 3: the evil one is the first of two.
            ("3", format!("{}{signed}", evil.with(""))),
            ("3, last", format!("{signed}{}", evil.with(""))),
            // 4: the evil one is around the signed one.
            ("4", within(&signed).with("")),
            // 5: the evil one has the signature, the one that was signed stands behind it.
            ("5", format!("{}{bare}", evil.with(&signature))),
            ("5, first", format!("{bare}{}", evil.with(&signature))),
            // 6: the evil one has the signature, which has the one that was signed.
            ("6", evil.with(&signature.replace("</ds:Signature>", &format!("{bare}</ds:Signature>")))),
            // 7: the signed one, or the evil one, is where any content is allowed.
            ("7", format!("{}{}", extensions(&evil.with("")), signed)),
            ("7, other", format!("{}{}", extensions(&signed), evil.with(""))),
            ("7, bare", format!("{}{}", extensions(&bare), evil.with(&signature))),
            // 8: as 6, in an object.
            ("8", evil.with(&inside(&signature, &bare))),
            ("8, signed", evil.with(&inside(&signature, &signed))),
            // The evil one alone, with a signature of something else.
            ("alone", evil.with(&signature)),
            // The signed one in the subject, in an attribute, in the advice.
            ("advice", within(&format!("<saml:Advice>{signed}</saml:Advice>")).with("")),
        ];
        for (name, content) in arrangements {
            assert_refused(name, &response_around(&content).with(""));
        }
    }
}

#[test]
fn signatures_in_odd_places() {
    let signature = original_signature();
    let (bare, signed) = (original().with(""), original().with(&signature));
    for (name, xml) in [
        ("of the assertion, on the response", response_around(&bare).with(&signature)),
        ("of the assertion, on both", response_around(&signed).with(&signature)),
        ("twice", response_around(&original().with(&signature.repeat(2))).with("")),
        (
            "in the subject",
            response_around(
                &original().with("").replace("<saml:Subject>", &format!("<saml:Subject>{signature}")),
            )
            .with(""),
        ),
        ("within the signature", response_around(&original().with(&inside(&signature, &signature))).with("")),
        ("an object", response_around(&original().with(&inside(&signature, "x"))).with("")),
        (
            "in extensions",
            response_around(&format!("<samlp:Extensions>{signature}</samlp:Extensions>{signed}")).with(""),
        ),
        ("another root", format!("<a>{}</a>", response_around(&signed).with(""))),
        ("the assertion alone", signed.clone()),
        ("deep", response_around(&format!("<samlp:Extensions>{signed}</samlp:Extensions>")).with("")),
        (
            "another namespace",
            response_around(&original().with(&signature.replace(DSIG, "urn:other"))).with(""),
        ),
        ("a response in a response", response_around(&response_around(&signed).with("")).with("")),
        ("an empty id", response_around(&signed.replace("_assertion", "")).with("")),
    ] {
        assert_refused(name, &xml);
    }
    // The same id in any attribute that some schema makes an id.
    for attribute in ["ID", "Id", "id", "xml:id"] {
        let other = format!("<samlp:Extensions><a {attribute}=\"_assertion\"/></samlp:Extensions>");
        assert_refused(attribute, &response_around(&format!("{other}{signed}")).with(""));
    }
    // A comment cuts no name short, in either direction.
    let mut sample = Sample::default();
    sample.subject = sample.subject.replace("jane", "admin@example.com.evil.example");
    let xml = sample.response().replace("admin@example.com", "admin@example.com<!-- -->");
    let read = verify(&base64(xml), &METADATA, NOW_S).unwrap();
    assert_eq!(read.subject.value, "admin@example.com.evil.example");
    assert!(PROTOCOL.starts_with("urn:"));
}
