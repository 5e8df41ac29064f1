//! SAML responses: what is believed, and each way in which one is not.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use federation::Code;
use federation::saml::{Assertion, Metadata, NameId, Refusal, RolePair, name_qualifier, verify};

use crate::common::{
    ISSUER, METADATA, NOW_S, OTHER, P384, PROVIDER, ROLE, RSA, RSA_SHA256, Sample, attribute, base64,
    certificate, metadata_text, response_around, signature, signature_by,
};

fn check(xml: &str) -> Result<Assertion, Refusal> {
    verify(&base64(xml), &METADATA, NOW_S)
}

fn with(change: impl FnOnce(&mut Sample)) -> Result<Assertion, Refusal> {
    let mut sample = Sample::default();
    change(&mut sample);
    check(&sample.response())
}

fn with_attributes(extra: &[String]) -> Result<Assertion, Refusal> {
    with(|sample| sample.attributes.push_str(&extra.concat()))
}

#[test]
fn what_an_assertion_says() {
    let aws = |name: &str| format!("https://aws.amazon.com/SAML/Attributes/{name}");
    let attributes = [
        attribute("SessionDuration", &["1800"]),
        attribute("PrincipalTag:Project", &["Marketing"]),
        attribute("PrincipalTag:CostCenter", &["12345"]),
        attribute("TransitiveTagKeys", &["Project", "CostCenter"]),
        attribute("SourceIdentity", &["DiegoRamirez"]),
        "<saml:Attribute Name=\"urn:oid:2.5.4.3\"><saml:AttributeValue>a &amp; b</saml:AttributeValue><saml:AttributeValue>c</saml:AttributeValue></saml:Attribute>".to_owned(),
        "<saml:Attribute Name=\"urn:oid:1.3.6.1.4.1.5923.1.1.1.3\"><saml:AttributeValue>one</saml:AttributeValue><saml:AttributeValue>two</saml:AttributeValue></saml:Attribute>".to_owned(),
        "<saml:Attribute Name=\"urn:oid:1.3.6.1.4.1.5923.1.1.1.10\"><saml:AttributeValue><saml:NameID>x</saml:NameID></saml:AttributeValue></saml:Attribute>".to_owned(),
    ];
    let pair = |role: &str| RolePair { role: role.to_owned(), provider: PROVIDER.to_owned() };
    let assertion = with_attributes(&attributes).unwrap();
    let tag = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let expected = Assertion {
        issuer: ISSUER.to_owned(),
        subject: NameId {
            value: "jane".to_owned(),
            format: Some("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent".to_owned()),
        },
        recipient: "https://signin.aws.amazon.com/saml".to_owned(),
        roles: vec![pair(ROLE), pair("arn:aws:iam::123456789012:role/writer")],
        session_name: "jane@example.com".to_owned(),
        session_duration_s: Some(1800),
        session_end_s: Some(1_767_326_400),
        tags: vec![tag("Project", "Marketing"), tag("CostCenter", "12345")],
        transitive_tag_keys: vec!["Project".to_owned(), "CostCenter".to_owned()],
        source_identity: Some("DiegoRamirez".to_owned()),
        attributes: assertion.attributes.clone(),
    };
    assert_eq!(assertion, expected);
    let names: Vec<&str> = assertion.attributes.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[0], aws("Role"));
    assert_eq!(names.len(), 10);
    assert_eq!(assertion.subject.kind(), Some("persistent"));
    let text = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let qualifier = name_qualifier(ISSUER, "123456789012", "Example");
    assert_eq!(
        assertion.context("123456789012", "Example"),
        [
            ("saml:aud", text(&["https://signin.aws.amazon.com/saml"])),
            ("saml:iss", text(&[ISSUER])),
            ("saml:sub", text(&["jane"])),
            ("saml:doc", text(&["123456789012/Example"])),
            ("saml:namequalifier", vec![qualifier]),
            ("saml:sub_type", text(&["persistent"])),
            ("saml:cn", text(&["a & b", "c"])),
            ("saml:edupersonorgdn", text(&["one"])),
        ]
    );
    assert_eq!(assertion.check_role(ROLE, PROVIDER), Ok(()));
    let refused = assertion.check_role(PROVIDER, ROLE).unwrap_err();
    assert_eq!(refused, Refusal::Role);
    assert_eq!(
        refused.to_string(),
        "SAML Assertion doesn't contain the requested Role and Metadata in the attributes"
    );
}

#[test]
fn either_may_be_signed_or_both() {
    let sample = Sample::default();
    let one = check(&sample.response()).unwrap();
    assert_eq!(check(&sample.signed_response()).unwrap(), one);
    let parts = response_around(&sample.signed_assertion());
    assert_eq!(check(&parts.with(&signature("_response", &parts.with("")))).unwrap(), one);
    // A second signature that is wrong is not outvoted by the first.
    let wrong = signature("_response", "something else");
    assert!(matches!(check(&parts.with(&wrong)), Err(Refusal::Signature(_))));
    let unsigned = response_around(&sample.assertion().with("")).with("");
    let refused = check(&unsigned).unwrap_err();
    assert!(matches!(refused, Refusal::Signature(_)));
    assert_eq!((refused.code(), refused.to_string().as_str()), (Code::Invalid, "Response signature invalid"));
    assert_eq!(refused.detail(), "neither response nor assertion is signed");
}

#[test]
fn how_it_may_be_written() {
    let sample = Sample::default();
    let one = check(&sample.response()).unwrap();
    // What canonicalization makes the same: declarations, quotes, empty elements, comments, references, CDATA, order.
    let written = sample.response();
    for (from, to) in [
        (
            "<samlp:Response ",
            "<?xml version='1.0' encoding='utf-8' standalone='no'?>\r\n<!-- c -->\n<samlp:Response ",
        ),
        ("Version=\"2.0\"", "Version = '2.0' "),
        ("></saml:SubjectConfirmationData>", "/>"),
        ("></ds:Transform>", "  />"),
        (">jane<", "><!-- c -->j<!---->a&#110;<![CDATA[e]]><"),
        ("jane@example.com", "jane&#x40;example.com"),
        (
            "<saml:Subject>",
            "<saml:Subject xmlns:unused=\"urn:unused\" xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">",
        ),
        ("<ds:SignedInfo>", "<ds:SignedInfo xmlns:other=\"urn:other\">"),
        ("<ds:SignatureValue>", "<ds:SignatureValue>\n  "),
        ("</samlp:Response>", "</samlp:Response>\n<!-- c -->\n"),
    ] {
        assert!(written.contains(from), "{from}");
        assert_eq!(check(&written.replace(from, to)).unwrap(), one, "{to}");
    }
    // Base64 in lines.
    let lines: Vec<String> = base64(&written)
        .as_bytes()
        .chunks(76)
        .map(|line| String::from_utf8(line.to_vec()).unwrap())
        .collect();
    assert_eq!(verify(&lines.join("\r\n"), &METADATA, NOW_S).unwrap(), one);
}

#[test]
fn whatever_is_changed_breaks_the_signature() {
    let written = Sample::default().response();
    for (from, to) in [
        (">jane<", ">john<"),
        (">jane<", "> jane<"),
        (">jane<", "><b></b>jane<"),
        ("role/reader", "role/admin"),
        ("urn:amazon:webservices", "urn:amazon:webservices:govcloud"),
        ("03:09:00Z", "04:09:00Z"),
        ("<saml:Conditions ", "<saml:Conditions a=\"\" "),
        ("<saml:NameID ", "<saml:NameID xml:lang=\"en\" "),
        ("<saml:Subject>", "<saml:Subject>\n"),
        ("<saml:Subject>", "<saml:Subject xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:other\">"),
    ] {
        assert!(written.contains(from), "{from}");
        let refused = check(&written.replacen(from, to, 1)).unwrap_err();
        assert!(matches!(refused, Refusal::Signature(_) | Refusal::Malformed(_)), "{to}: {refused:?}");
    }
}

#[test]
fn algorithms() {
    let sample = Sample::default();
    let parts = sample.assertion();
    let with_signature = |signature: &str| check(&response_around(&parts.with(signature)).with(""));
    let method = |name: &str| format!("http://www.w3.org/2001/04/xmldsig-more#{name}");
    for (name, encoding) in [
        ("rsa-sha256", &RSA_PKCS1_SHA256),
        ("rsa-sha384", &RSA_PKCS1_SHA384),
        ("rsa-sha512", &RSA_PKCS1_SHA512),
    ] {
        let signed = signature_by("_assertion", &parts.with(""), &method(name), |m| RSA.sign(encoding, m));
        assert!(with_signature(&signed).is_ok(), "{name}");
    }
    // An elliptic key, among others.
    let p384 = P384.to_pkcs8v1().unwrap();
    let certificates = [OTHER.certificate(), certificate(p384.as_ref())];
    let provider = Metadata::parse(&metadata_text(&certificates)).unwrap();
    assert_eq!(provider.keys().len(), 2);
    let sign = |m: &[u8]| P384.sign(&SystemRandom::new(), m).unwrap().as_ref().to_vec();
    let signed = signature_by("_assertion", &parts.with(""), &method("ecdsa-sha384"), sign);
    let response = base64(response_around(&parts.with(&signed)).with(""));
    assert!(verify(&response, &provider, NOW_S).is_ok());
    assert!(matches!(verify(&response, &METADATA, NOW_S), Err(Refusal::Signature(_))));
    // What is refused although the signature would be right: SHA-1, a shared secret, nothing.
    for name in [
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
        "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
        "",
    ] {
        let signed = signature_by("_assertion", &parts.with(""), name, |m| RSA.sign(&RSA_PKCS1_SHA256, m));
        assert!(matches!(with_signature(&signed), Err(Refusal::Signature(_))), "{name}");
    }
    let signed =
        signature_by("_assertion", &parts.with(""), RSA_SHA256, |m| OTHER.sign(&RSA_PKCS1_SHA256, m));
    assert!(matches!(with_signature(&signed), Err(Refusal::Signature(_))));
    // Its own key does not make a signature better.
    let info = format!(
        "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>",
        OTHER.certificate()
    );
    assert!(matches!(with_signature(&signed.replace("</ds:Signature>", &info)), Err(Refusal::Signature(_))));
    let good = signature("_assertion", &parts.with(""));
    assert!(with_signature(&good.replace("</ds:Signature>", &info)).is_ok());
}

/// Signs what the signature itself says to do, as an attacker who has no key cannot; the profile refuses it even so.
#[test]
fn transforms_and_references_outside_of_the_profile() {
    let parts = Sample::default().assertion();
    let resigned = |from: &str, to: &str| {
        let good = signature("_assertion", &parts.with(""));
        assert!(good.contains(from), "{from}");
        let changed = good.replace(from, to);
        let (start, end) =
            (changed.find("<ds:SignedInfo>").unwrap(), changed.find("<ds:SignatureValue>").unwrap());
        let info = changed[start..end].replacen(
            "<ds:SignedInfo>",
            "<ds:SignedInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">",
            1,
        );
        let value = base64(RSA.sign(&RSA_PKCS1_SHA256, info.as_bytes()));
        let tail = &changed[changed.find("</ds:SignatureValue>").unwrap()..];
        let signed = format!("{}<ds:SignatureValue>{value}{tail}", &changed[..end]);
        check(&response_around(&parts.with(&signed)).with(""))
    };
    assert!(resigned("xmlenc#sha256", "xmlenc#sha256").is_ok());
    let exclusive = "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform>";
    let enveloped =
        "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></ds:Transform>";
    let xpath = "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><ds:XPath>self::a</ds:XPath></ds:Transform>";
    let reference = "<ds:Reference URI=\"#_other\"></ds:Reference></ds:SignedInfo>";
    for (from, to) in [
        (exclusive, ""),
        (enveloped, ""),
        (exclusive, xpath),
        (exclusive, &format!("{exclusive}{xpath}")),
        ("xml-exc-c14n#", "xml-exc-c14n#WithComments"),
        ("http://www.w3.org/2001/10/xml-exc-c14n#", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"),
        ("URI=\"#_assertion\"", "URI=\"\""),
        ("URI=\"#_assertion\"", ""),
        ("URI=\"#_assertion\"", "URI=\"#_response\""),
        ("URI=\"#_assertion\"", "URI=\"_assertion\""),
        ("URI=\"#_assertion\"", "URI=\"#xpointer(/)\""),
        ("</ds:SignedInfo>", reference),
        ("xmlenc#sha256", "xmlenc#sha1"),
        ("xmldsig#enveloped-signature", "xmldsig#base64"),
        (enveloped, exclusive),
        (enveloped, &enveloped.replace("></", "><ds:XPath>1</ds:XPath></")),
        ("</ds:SignatureMethod>", "<ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>"),
        ("<ds:DigestValue>", "<ds:DigestValue>AAAA"),
        ("<ds:DigestMethod", "text<ds:DigestMethod"),
    ] {
        let refused = resigned(from, to).unwrap_err();
        assert!(matches!(refused, Refusal::Signature(_)), "{to}: {refused:?}");
    }
}

#[test]
fn times() {
    let sample = Sample::default();
    let response = base64(sample.response());
    let at = |now_s: i64| verify(&response, &METADATA, now_s);
    let end_s = 1_767_323_340;
    let issued_s = 1_767_323_040;
    assert!(at(issued_s + 299).is_ok());
    let refused = at(end_s).unwrap_err();
    assert_eq!(refused, Refusal::Expired);
    assert_eq!((refused.code(), refused.to_string().as_str()), (Code::Expired, "Response has expired"));
    assert!(at(issued_s - 300).is_ok());
    assert_eq!(at(issued_s - 361), Err(Refusal::NotYetValid));
    assert_eq!(at(i64::MIN), Err(Refusal::NotYetValid));
    assert_eq!(at(i64::MAX), Err(Refusal::Expired));
    let old = with(|sample| sample.issue_instant = "2026-01-02T02:59:04Z".to_owned()).unwrap_err();
    assert_eq!(old.code(), Code::Expired);
    assert_eq!(old.to_string(), "Token must be redeemed within 5 minutes of issuance");
    let early = with(|sample| sample.issue_instant = "2026-01-02T03:10:00Z".to_owned());
    assert_eq!(early, Err(Refusal::NotYetValid));
    let replaced = |from: &str, to: &str| {
        with(|sample| {
            for text in [&mut sample.confirmation, &mut sample.conditions, &mut sample.issue_instant] {
                *text = text.replace(from, to);
            }
        })
    };
    assert_eq!(replaced("03:09:00.5Z", "03:04:05Z"), Err(Refusal::Expired));
    assert_eq!(replaced("03:09:00Z", "03:04:05Z"), Err(Refusal::Expired));
    assert_eq!(replaced("03:03:00Z", "03:09:06Z"), Err(Refusal::NotYetValid));
    for bad in ["2026-01-02T03:09:00", "tomorrow", "", "1767323340"] {
        assert!(matches!(replaced("2026-01-02T03:09:00Z", bad), Err(Refusal::Malformed(_))), "{bad}");
    }
}

#[test]
fn subjects_and_confirmations() {
    let confirmation = |from: &str, to: &str| with(|s| s.confirmation = s.confirmation.replace(from, to));
    for (from, to) in [
        (" NotOnOrAfter=\"2026-01-02T03:09:00.5Z\"", ""),
        (" Recipient=\"https://signin.aws.amazon.com/saml\"", ""),
        ("cm:bearer", "cm:holder-of-key"),
    ] {
        let refused = confirmation(from, to).unwrap_err();
        assert_eq!(refused, Refusal::Confirmation, "{from}");
        assert_eq!(
            refused.to_string(),
            "Responses must contain SubjectConfirmatonData with a Recipient and NotOnOrAfter"
        );
    }
    assert_eq!(confirmation("signin.aws.amazon.com", "evil.example"), Err(Refusal::Recipient));
    // An attribute of another namespace is another attribute.
    let qualified = with(|s| {
        s.confirmation = s
            .confirmation
            .replace("Data NotOnOrAfter", "Data xmlns:x=\"urn:x\" NotOnOrAfter")
            .replace(" Recipient", " x:Recipient");
    });
    assert_eq!(qualified, Err(Refusal::Confirmation));
    let regional = confirmation("signin.aws", "eu-west-1.signin.aws").unwrap();
    assert_eq!(regional.recipient, "https://eu-west-1.signin.aws.amazon.com/saml");
    assert_eq!(with(|s| s.confirmation.clear()), Err(Refusal::Confirmation));
    assert_eq!(with(|s| s.confirmation = s.confirmation.repeat(2)), Err(Refusal::Confirmation));
    for subject in ["", "<saml:NameID></saml:NameID>", "<saml:BaseID></saml:BaseID>"] {
        let refused = with(|s| s.subject = subject.to_owned()).unwrap_err();
        assert_eq!((refused.code(), &refused), (Code::Denied, &Refusal::NoSubject), "{subject}");
    }
    assert!(matches!(with(|s| s.subject = s.subject.repeat(2)), Err(Refusal::Malformed(_))));
}

#[test]
fn audiences() {
    let conditions = |from: &str, to: &str| with(|s| s.conditions = s.conditions.replace(from, to));
    assert!(conditions("urn:amazon:webservices", "https://signin.aws.amazon.com/saml").is_ok());
    let refused = conditions("urn:amazon:webservices", "urn:other").unwrap_err();
    assert_eq!(refused.to_string(), "Response does not contain the required audience");
    assert_eq!(refused, Refusal::Audience);
    let restriction = "<saml:AudienceRestriction><saml:Audience>urn:amazon:webservices</saml:Audience></saml:AudienceRestriction>";
    assert_eq!(conditions(restriction, ""), Err(Refusal::Audience));
    assert_eq!(with(|s| s.conditions.clear()), Err(Refusal::Audience));
    let other = restriction.replace("urn:amazon:webservices", "urn:other");
    assert_eq!(conditions(restriction, &format!("{restriction}{other}")), Err(Refusal::Audience));
    let two =
        restriction.replace("<saml:Audience>", "<saml:Audience>urn:other</saml:Audience><saml:Audience>");
    assert!(conditions(restriction, &two).is_ok());
    assert!(conditions(restriction, &format!("<saml:OneTimeUse></saml:OneTimeUse>{restriction}")).is_ok());
    let unknown = format!("<saml:Condition></saml:Condition>{restriction}");
    assert!(matches!(conditions(restriction, &unknown), Err(Refusal::Malformed(_))));
}

#[test]
fn attributes() {
    let without_name =
        with(|s| s.attributes = attribute("Role", &[&format!("{ROLE},{PROVIDER}")])).unwrap_err();
    assert_eq!(without_name.to_string(), "RoleSessionName is required in AuthnResponse");
    let named = |name: &str| with(|s| s.attributes = attribute("RoleSessionName", &[name]));
    assert!(named("ab").is_ok() && named(&"a".repeat(64)).is_ok());
    for bad in ["a", "a b", "", "\u{e4}\u{e4}", &"a".repeat(65)] {
        let refused = named(bad).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}"
        );
    }
    assert_eq!(with_attributes(&[attribute("RoleSessionName", &["other"])]), Err(Refusal::SessionName));
    for bad in ["899", "43201", "", "x", "-1", "1800.0", "99999999999"] {
        assert_eq!(
            with_attributes(&[attribute("SessionDuration", &[bad])]),
            Err(Refusal::SessionDuration),
            "{bad}"
        );
    }
    for bad in [&["a"][..], &["a b"], &["aa", "bb"]] {
        let refused = with_attributes(&[attribute("SourceIdentity", bad)]).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\""
        );
    }
    let tag = |value| attribute("PrincipalTag:a", value);
    assert_eq!(with_attributes(&[tag(&["1", "2"])]), Err(Refusal::Tag));
    assert_eq!(with_attributes(&[tag(&[])]), Err(Refusal::Tag));
    assert_eq!(with_attributes(&[tag(&["1"]), tag(&["1"])]), Err(Refusal::Tag));
    let nested = attribute("PrincipalTag:a", &["<saml:b></saml:b>"]);
    assert!(matches!(with_attributes(&[nested]), Err(Refusal::Malformed(_))));
    // Names count to the letter, and what is no pair of a role and a provider names no role.
    let none = with(|s| {
        s.attributes = s.attributes.replace("Attributes/Role\"", "attributes/Role\"");
        s.attributes.push_str(&attribute(
            "Role",
            &[ROLE, PROVIDER, "a,b", &format!("{ROLE},{ROLE}"), &format!("{PROVIDER},{PROVIDER}")],
        ));
    });
    assert!(none.unwrap().roles.is_empty());
}

#[test]
fn responses_that_are_none() {
    for text in ["", "!", "AAA", "=AAA", "AAAA=AAA", &"A".repeat(100_001)] {
        let refused = verify(text, &METADATA, NOW_S).unwrap_err();
        let expected =
            if text.is_empty() { Refusal::Malformed("no element".to_owned()) } else { Refusal::Base64 };
        assert_eq!(refused, expected, "{text:.10}");
    }
    assert_eq!(Refusal::Base64.discovery_code(), Some("AuthSamlInvalidSamlResponseException"));
    let good = Sample::default().response();
    for (from, to) in [
        ("<samlp:Response ", "<!DOCTYPE a [<!ENTITY e \"x\">]><samlp:Response "),
        ("<samlp:Response ", "<?target?><samlp:Response "),
        ("<samlp:Response ", "<?xml version='1.0' encoding='utf-16'?><samlp:Response "),
        (">jane<", ">&e;<"),
        (">jane<", ">ja<?target?>ne<"),
        (">jane<", ">ja\u{0}ne<"),
        (">jane<", ">ja&#0;ne<"),
        (">jane<", ">ja&#x1f;ne<"),
        (">jane<", ">ja]]>ne<"),
        ("</samlp:Response>", "</samlp:Response><a/>"),
        ("</samlp:Response>", "</samlp:Response>text"),
        ("</samlp:Response>", ""),
        ("xmlns:samlp=\"urn:oasis", "xmlns:samlp=\"urn:other"),
        ("Version=\"2.0\"", "Version=\"1.1\""),
        ("<samlp:Response ", "<samlp:Response Version=\"2.0\" "),
        ("<samlp:Response ", "<samlp:Response unknown:a=\"\" "),
        ("<samlp:Response ", "<samlp:Response xmlns:xml=\"urn:x\" "),
        ("<samlp:Response ", "<samlp:Response xmlns:a=\"\" "),
        ("<samlp:Response ", "<samlp:Response xmlns:a=\"urn:a\" xmlns:b=\"urn:a\" a:x=\"\" b:x=\"\" "),
        ("<samlp:Response ", "<samlp:Response a=\"<\" "),
        ("<samlp:StatusCode ", "<samlp:other "),
    ] {
        assert!(good.contains(from), "{from}");
        assert!(matches!(check(&good.replace(from, to)), Err(Refusal::Malformed(_))), "{to:.60}");
    }
    // The mark of UTF-8 is not part of a document.
    assert!(check(&format!("\u{feff}{good}")).is_ok());
    assert!(matches!(verify(&base64(b"<a>\xff</a>"), &METADATA, NOW_S), Err(Refusal::Malformed(_))));
    let failed = check(&good.replace("status:Success", "status:Responder")).unwrap_err();
    assert_eq!(failed.code(), Code::Rejected);
    let other = check(&good.replacen(ISSUER, "https://other.example", 1)).unwrap_err();
    assert_eq!(other.to_string(), "Issuer not present in specified provider");
    let encrypted = good.replace(
        "</samlp:Response>",
        "<e:EncryptedAssertion xmlns:e=\"urn:oasis:names:tc:SAML:2.0:assertion\"/></samlp:Response>",
    );
    assert_eq!(check(&encrypted), Err(Refusal::Encrypted));
}

#[test]
fn metadata() {
    let good = metadata_text(&[RSA.certificate(), RSA.certificate(), OTHER.certificate()]);
    let read = Metadata::parse(&good).unwrap();
    assert_eq!((read.entity_id.as_str(), read.valid_until_s, read.keys().len()), (ISSUER, None, 2));
    assert_eq!(read.keys()[0], RSA.public());
    let until = |place: &str, time: &str| good.replacen(place, &format!("{place} validUntil=\"{time}\""), 1);
    let early = until("<md:IDPSSODescriptor", "2026-01-02T03:04:05Z").replacen(
        "entityID",
        "validUntil=\"2030-01-01T00:00:00Z\" entityID",
        1,
    );
    let early = Metadata::parse(&early).unwrap();
    assert_eq!(early.valid_until_s, Some(NOW_S));
    let refused = verify(&base64(Sample::default().response()), &early, NOW_S).unwrap_err();
    assert_eq!((refused.code(), &refused), (Code::Expired, &Refusal::ProviderExpired));
    assert!(verify(&base64(Sample::default().response()), &early, NOW_S - 1).is_ok());
    let only_encryption = metadata_text(&[RSA.certificate()]).replace("\"signing\"", "\"encryption\"");
    let any_use = metadata_text(&[RSA.certificate()]).replace(" use=\"signing\"", "");
    assert!(Metadata::parse(&any_use).is_ok());
    let certificate = RSA.certificate();
    let trailing = base64([STANDARD.decode(&certificate).unwrap(), vec![0]].concat());
    for bad in [
        String::new(),
        "{}".to_owned(),
        format!("\u{feff}{good}"),
        only_encryption,
        metadata_text(&[]),
        good.replacen(&certificate, &certificate[..400], 1),
        good.replacen(&certificate, "?", 1),
        good.replacen(&certificate, &trailing, 1),
        good.replace("md:EntityDescriptor", "md:EntitiesDescriptor"),
        good.replace(&format!(" entityID=\"{ISSUER}\""), ""),
        good.replace(&format!(" entityID=\"{ISSUER}\""), " entityID=\"\""),
        good.replace("SAML:2.0:metadata", "SAML:1.0:metadata"),
        until("<md:IDPSSODescriptor", "soon"),
        good.replacen("<md:Entity", "<!DOCTYPE a><md:Entity", 1),
        good[..good.len() - 5].to_owned(),
    ] {
        let refused = Metadata::parse(&bad).unwrap_err();
        assert_eq!(refused.to_string(), "Could not parse metadata", "{bad:.80}");
        assert!(!refused.reason.is_empty());
    }
}

/// The pseudocode of `AssumeRoleWithSAML`, by another implementation of SHA-1.
#[test]
fn the_name_qualifier() {
    let text = b"https://example.com/saml123456789012/MySAMLIdP";
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, text);
    assert_eq!(name_qualifier("https://example.com/saml", "123456789012", "MySAMLIdP"), base64(hash));
}
