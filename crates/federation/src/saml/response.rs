//! From a response to the assertion that is believed.

use std::collections::HashSet;

use super::{Assertion, Metadata, Refusal, assertion, decode, ns, signature, time};
use crate::xml::{Element, Limits, parse};

/// `SAMLAssertion` of `AssumeRoleWithSAML`: at most 100,000 characters of base64.
pub const RESPONSE_BYTES_MAX: usize = 100_000;

/// "Token must be redeemed within 5 minutes of issuance".
pub const AGE_MAX_S: i64 = 300;

/// How far the provider's clock may be ahead of ours.
pub const CLOCK_SKEW_S: i64 = 300;

/// A response of the largest size has no use for more.
const ELEMENTS_MAX: usize = 5000;

const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/// The audiences that are AWS ("Configure SAML assertions", and the partitions' own). The sign-in endpoint is one too.
const AUDIENCES: [&str; 3] =
    ["urn:amazon:webservices", "urn:amazon:webservices:govcloud", "urn:amazon:webservices:cn-north-1"];

/// Believes a response (base64, as `SAMLAssertion` has it) when a key of the provider signed it, it is for AWS, and
/// `now_s` (seconds since 1970) is within its time.
pub fn verify(response: &str, provider: &Metadata, now_s: i64) -> Result<Assertion, Refusal> {
    if response.len() > RESPONSE_BYTES_MAX {
        return Err(Refusal::Base64);
    }
    let text = decode(response).ok_or(Refusal::Base64)?;
    let text = str::from_utf8(&text).map_err(|e| Refusal::Malformed(e.to_string()))?;
    let limits = Limits { bytes_max: RESPONSE_BYTES_MAX, elements_max: ELEMENTS_MAX };
    let root = parse(text, limits).map_err(Refusal::Malformed)?;
    let assertion = the_assertion(&root)?;
    check_status(&root)?;
    check_issuer(&root, assertion, provider)?;
    check_signatures(&root, assertion, provider)?;
    if provider.valid_until_s.is_some_and(|until_s| now_s >= until_s) {
        return Err(Refusal::ProviderExpired);
    }
    check_times(assertion, now_s)?;
    check_audiences(assertion)?;
    let confirmation = confirmation(assertion, now_s)?;
    if !is_sign_in(&confirmation) {
        return Err(Refusal::Recipient);
    }
    assertion::read(assertion, confirmation)
}

fn malformed<T>(what: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Malformed(what.into()))
}

/// The one assertion of a response. There must be no second one anywhere, no signature but its own and the response's,
/// and no id twice.
fn the_assertion(root: &Element) -> Result<&Element, Refusal> {
    if !root.is(ns::PROTOCOL, "Response") || root.attribute("Version") != Some("2.0") {
        return malformed("not a response of SAML 2.0");
    }
    let (mut assertions, mut encrypted, mut signatures, mut twice) = (0, false, 0, None);
    let mut ids = HashSet::new();
    root.each(&mut |element| {
        assertions += usize::from(element.is(ns::ASSERTION, "Assertion"));
        signatures += usize::from(element.is(ns::SIGNATURE, "Signature"));
        encrypted |= element.is(ns::ASSERTION, "EncryptedAssertion");
        // A schema could make any of these an id; whatever a reader takes for one must be unique.
        for attribute in element.attributes.iter().filter(|a| a.local.eq_ignore_ascii_case("id")) {
            if !ids.insert(attribute.value.as_str()) {
                twice = Some(attribute.value.as_str());
            }
        }
    });
    if let Some(id) = twice {
        return malformed(format!("the id {id:?} occurs twice"));
    }
    if encrypted {
        return Err(Refusal::Encrypted);
    }
    let one = root.one(ns::ASSERTION, "Assertion").map_err(Refusal::Malformed)?;
    let Some(assertion) = one.filter(|_| assertions == 1) else {
        return malformed("not exactly one assertion, in the response");
    };
    if assertion.attribute("Version") != Some("2.0") {
        return malformed("not an assertion of SAML 2.0");
    }
    let own = [root, assertion].map(|element| element.all(ns::SIGNATURE, "Signature").count());
    if own[0] > 1 || own[1] > 1 || own[0] + own[1] != signatures {
        return malformed("a signature that belongs to neither the response nor the assertion");
    }
    Ok(assertion)
}

fn check_status(root: &Element) -> Result<(), Refusal> {
    let status = root.one(ns::PROTOCOL, "Status").map_err(Refusal::Malformed)?;
    let code = match status {
        Some(status) => status.one(ns::PROTOCOL, "StatusCode").map_err(Refusal::Malformed)?,
        None => None,
    };
    match code.and_then(|code| code.attribute("Value")) {
        Some(SUCCESS) => Ok(()),
        Some(other) => Err(Refusal::Status(other.to_owned())),
        None => malformed("no status"),
    }
}

fn check_issuer(root: &Element, assertion: &Element, provider: &Metadata) -> Result<(), Refusal> {
    let issuer = |of: &Element| match of.one(ns::ASSERTION, "Issuer") {
        Ok(None) => Ok(None),
        Ok(Some(issuer)) => issuer.text().map(Some).ok_or(Refusal::Issuer),
        Err(why) => Err(Refusal::Malformed(why)),
    };
    let of_response = issuer(root)?;
    let matches = |issuer: &str| issuer.trim_ascii() == provider.entity_id;
    if of_response.is_none_or(|issuer| matches(&issuer))
        && issuer(assertion)?.is_some_and(|issuer| matches(&issuer))
    {
        Ok(())
    } else {
        Err(Refusal::Issuer)
    }
}

/// At least one of response and assertion is signed, and whichever is signed is so by the provider.
fn check_signatures(root: &Element, assertion: &Element, provider: &Metadata) -> Result<(), Refusal> {
    let mut any = false;
    for signed in [root, assertion] {
        if let Some(found) = signed.one(ns::SIGNATURE, "Signature").map_err(Refusal::Malformed)? {
            signature::verify(signed, found, provider.keys()).map_err(Refusal::Signature)?;
            any = true;
        }
    }
    if any { Ok(()) } else { Err(Refusal::Signature("neither response nor assertion is signed".to_owned())) }
}

/// A time in an attribute.
pub(super) fn time_of(element: &Element, name: &str) -> Result<Option<i64>, Refusal> {
    match element.attribute(name) {
        None => Ok(None),
        Some(text) => match time::parse(text) {
            Some(time_s) => Ok(Some(time_s)),
            None => malformed(format!("{name} is not a time")),
        },
    }
}

/// `NotBefore` and `NotOnOrAfter` of an element.
fn check_window(element: &Element, now_s: i64) -> Result<(), Refusal> {
    if time_of(element, "NotOnOrAfter")?.is_some_and(|end_s| now_s >= end_s) {
        return Err(Refusal::Expired);
    }
    let begun = |begin_s: i64| begin_s <= now_s.saturating_add(CLOCK_SKEW_S);
    if !time_of(element, "NotBefore")?.is_none_or(begun) {
        return Err(Refusal::NotYetValid);
    }
    Ok(())
}

fn conditions(assertion: &Element) -> Result<Option<&Element>, Refusal> {
    assertion.one(ns::ASSERTION, "Conditions").map_err(Refusal::Malformed)
}

fn check_times(assertion: &Element, now_s: i64) -> Result<(), Refusal> {
    if let Some(conditions) = conditions(assertion)? {
        check_window(conditions, now_s)?;
    }
    let Some(issued_s) = time_of(assertion, "IssueInstant")? else { return malformed("no IssueInstant") };
    if now_s.saturating_sub(issued_s) > AGE_MAX_S {
        return Err(Refusal::TooOld);
    }
    if issued_s > now_s.saturating_add(CLOCK_SKEW_S) {
        return Err(Refusal::NotYetValid);
    }
    Ok(())
}

/// Each restriction must name us (SAML Core 2.0, section 2.5.1.4), and there must be one.
fn check_audiences(assertion: &Element) -> Result<(), Refusal> {
    let Some(conditions) = conditions(assertion)? else { return Err(Refusal::Audience) };
    let mut restrictions = 0;
    for condition in conditions.elements() {
        match condition.local.as_str() {
            "AudienceRestriction" if condition.is(ns::ASSERTION, "AudienceRestriction") => {
                restrictions += 1;
                let mut named = condition.all(ns::ASSERTION, "Audience").filter_map(Element::text);
                if !named.any(|audience| is_us(audience.trim_ascii())) {
                    return Err(Refusal::Audience);
                }
            }
            // Both concern those who pass an assertion on, which nobody does here.
            "OneTimeUse" | "ProxyRestriction" => {}
            // What is not understood makes the assertion neither valid nor invalid (section 2.5.1.1).
            other => return malformed(format!("the condition {other}")),
        }
    }
    if restrictions == 0 { Err(Refusal::Audience) } else { Ok(()) }
}

fn is_us(audience: &str) -> bool {
    AUDIENCES.contains(&audience) || is_sign_in(audience)
}

/// The recipient of the one bearer confirmation, which must be in its time.
fn confirmation(assertion: &Element, now_s: i64) -> Result<String, Refusal> {
    let subject = assertion.one(ns::ASSERTION, "Subject").map_err(Refusal::Malformed)?;
    let subject = subject.ok_or(Refusal::NoSubject)?;
    let one = subject.one(ns::ASSERTION, "SubjectConfirmation").map_err(|_| Refusal::Confirmation)?;
    let bearer =
        one.filter(|found| found.attribute("Method") == Some(BEARER)).ok_or(Refusal::Confirmation)?;
    let data = bearer.one(ns::ASSERTION, "SubjectConfirmationData").map_err(|_| Refusal::Confirmation)?;
    let data = data.ok_or(Refusal::Confirmation)?;
    let recipient = data.attribute("Recipient").filter(|recipient| !recipient.is_empty());
    let (Some(recipient), Some(_)) = (recipient, data.attribute("NotOnOrAfter")) else {
        return Err(Refusal::Confirmation);
    };
    check_window(data, now_s)?;
    Ok(recipient.to_owned())
}

/// AWS's sign-in endpoint: `https://[REGION.]signin.aws.amazon.com/saml`, that of a partition, the one for encrypted
/// assertions (`/saml/acs/ID`), and the old one for static content.
fn is_sign_in(url: &str) -> bool {
    const HOSTS: [&str; 3] = ["signin.aws.amazon.com", "signin.amazonaws-us-gov.com", "signin.amazonaws.cn"];
    let Some((host, path)) = url.strip_prefix("https://").and_then(|rest| rest.split_once('/')) else {
        return false;
    };
    let is_word =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let is_host = |known: &str| {
        host == known
            || host.strip_suffix(known).and_then(|label| label.strip_suffix('.')).is_some_and(is_word)
    };
    let is_path =
        matches!(path, "saml" | "static/saml") || path.strip_prefix("saml/acs/").is_some_and(is_word);
    is_path && HOSTS.into_iter().any(is_host)
}

#[cfg(test)]
mod tests {
    use super::is_sign_in;

    #[test]
    fn sign_in() {
        for good in [
            "https://signin.aws.amazon.com/saml",
            "https://eu-west-1.signin.aws.amazon.com/saml",
            "https://us-east-1.signin.aws.amazon.com/saml/acs/SAMLSPABCDEF",
            "https://signin.aws.amazon.com/static/saml",
            "https://signin.amazonaws.cn/saml",
        ] {
            assert!(is_sign_in(good), "{good}");
        }
        for bad in [
            "http://signin.aws.amazon.com/saml",
            "https://signin.aws.amazon.com/saml/",
            "https://signin.aws.amazon.com/saml?x",
            "https://evil.example/signin.aws.amazon.com/saml",
            "https://evilsignin.aws.amazon.com/saml",
            "https://evil.example#.signin.aws.amazon.com/saml",
            "https://a.b.signin.aws.amazon.com/saml",
            "https://signin.aws.amazon.com/saml/acs/",
            "",
        ] {
            assert!(!is_sign_in(bad), "{bad}");
        }
    }
}
