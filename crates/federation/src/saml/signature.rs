//! XML signatures as SAML allows them (SAML Core 2.0, section 5.4): one reference, to the element that the signature
//! is in, with the enveloped-signature transform and exclusive canonicalization and nothing else.
//!
//! SHA-1 is refused: whoever can find two assertions with one digest could have the harmless one signed.

use aws_lc_rs::digest;

use super::{decode, ns};
use crate::key::{Hash, PublicKey, Scheme};
use crate::xml::{Element, Node, canonical};

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/// Prefixes in one `InclusiveNamespaces`.
const PREFIXES_MAX: usize = 32;

type Checked<T> = Result<T, String>;

fn wrong<T>(what: impl Into<String>) -> Checked<T> {
    Err(what.into())
}

/// Whether `signature`, a child of `signed`, is for `signed`, by one of `keys`. The error is for the log.
pub(super) fn verify(signed: &Element, signature: &Element, keys: &[PublicKey]) -> Checked<()> {
    let (info, value) = match children(signature)?.as_slice() {
        [info, value] => (*info, *value),
        // What is in `KeyInfo` is anybody's to write; the keys are the provider's.
        [info, value, key] if key.is(ns::SIGNATURE, "KeyInfo") => (*info, *value),
        _ => return wrong("not a SignedInfo, a SignatureValue and perhaps a KeyInfo"),
    };
    let [method, algorithm, reference] = children(info)?[..] else {
        return wrong("not one CanonicalizationMethod, SignatureMethod and Reference");
    };
    let expected = [
        (info, "SignedInfo"),
        (value, "SignatureValue"),
        (method, "CanonicalizationMethod"),
        (algorithm, "SignatureMethod"),
        (reference, "Reference"),
    ];
    for (element, name) in expected {
        if !element.is(ns::SIGNATURE, name) {
            return wrong(format!("{} where {name} was expected", element.local));
        }
    }
    check_reference(signed, signature, reference)?;
    let (scheme, hash) = signature_method(named(algorithm))?;
    if !children(algorithm)?.is_empty() {
        return wrong("parameters in the SignatureMethod");
    }
    let message = canonical(info, None, &exclusive(method)?);
    let value = value.text().as_deref().and_then(decode).ok_or("the SignatureValue is not base64")?;
    if keys.iter().any(|key| key.verifies(scheme, hash, &message, &value)) {
        Ok(())
    } else {
        wrong("none of the provider's keys made the signature")
    }
}

fn check_reference(signed: &Element, signature: &Element, reference: &Element) -> Checked<()> {
    let uri = reference.attribute("URI").and_then(|uri| uri.strip_prefix('#'));
    let id = signed.attribute("ID").filter(|id| !id.is_empty());
    if id.is_none() || uri != id {
        return wrong("the signature refers to another element than it is in");
    }
    let [transforms, method, value] = children(reference)?[..] else {
        return wrong("not one Transforms, DigestMethod and DigestValue");
    };
    for (element, name) in [(transforms, "Transforms"), (method, "DigestMethod"), (value, "DigestValue")] {
        if !element.is(ns::SIGNATURE, name) {
            return wrong(format!("{} where {name} was expected", element.local));
        }
    }
    let [enveloped, exclusive_form] = children(transforms)?[..] else {
        return wrong("not two transforms");
    };
    let are_transforms = [enveloped, exclusive_form].iter().all(|t| t.is(ns::SIGNATURE, "Transform"));
    if !are_transforms || named(enveloped) != ENVELOPED || !children(enveloped)?.is_empty() {
        return wrong("the first transform is not enveloped-signature");
    }
    let form = canonical(signed, Some(signature), &exclusive(exclusive_form)?);
    let digest = digest::digest(digest_method(named(method))?, &form);
    let value = value.text().as_deref().and_then(decode).ok_or("the DigestValue is not base64")?;
    if digest.as_ref() == value { Ok(()) } else { wrong("the digest is another") }
}

/// The elements in an element of the signature, which has no text but white space.
fn children(element: &Element) -> Checked<Vec<&Element>> {
    let text = |node: &&Node| matches!(node, Node::Text(text) if !text.trim_ascii().is_empty());
    if element.children.iter().any(|node| text(&node)) {
        return wrong(format!("text in {}", element.local));
    }
    Ok(element.elements().collect())
}

fn named(element: &Element) -> &str {
    element.attribute("Algorithm").unwrap_or_default()
}

/// The prefixes that an exclusive canonicalization treats as the inclusive one does.
fn exclusive(method: &Element) -> Checked<Vec<&str>> {
    if named(method) != ns::EXCLUSIVE {
        return wrong(format!("canonicalization {:?}", named(method)));
    }
    let inclusive = match children(method)?.as_slice() {
        [] => return Ok(Vec::new()),
        [one] if one.is(ns::EXCLUSIVE, "InclusiveNamespaces") => *one,
        _ => return wrong("something else than InclusiveNamespaces in a canonicalization"),
    };
    let list = inclusive.attribute("PrefixList").unwrap_or_default();
    let prefixes: Vec<&str> =
        list.split_ascii_whitespace().map(|prefix| if prefix == "#default" { "" } else { prefix }).collect();
    if prefixes.len() > PREFIXES_MAX {
        return wrong("too many prefixes in InclusiveNamespaces");
    }
    Ok(prefixes)
}

fn signature_method(name: &str) -> Checked<(Scheme, Hash)> {
    match name {
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" => Ok((Scheme::Rsa, Hash::Sha256)),
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384" => Ok((Scheme::Rsa, Hash::Sha384)),
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512" => Ok((Scheme::Rsa, Hash::Sha512)),
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256" => Ok((Scheme::Ecdsa, Hash::Sha256)),
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384" => Ok((Scheme::Ecdsa, Hash::Sha384)),
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512" => Ok((Scheme::Ecdsa, Hash::Sha512)),
        other => wrong(format!("signature method {other:?}")),
    }
}

fn digest_method(name: &str) -> Checked<&'static digest::Algorithm> {
    match name {
        "http://www.w3.org/2001/04/xmlenc#sha256" => Ok(&digest::SHA256),
        "http://www.w3.org/2001/04/xmldsig-more#sha384" => Ok(&digest::SHA384),
        "http://www.w3.org/2001/04/xmlenc#sha512" => Ok(&digest::SHA512),
        other => wrong(format!("digest method {other:?}")),
    }
}
