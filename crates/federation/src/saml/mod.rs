//! SAML 2.0: what a provider's metadata says, and whether a response is the provider's and for us.
//!
//! A response is believed only where a signature covers it. The signature must be a child of the response or of its
//! one assertion and refer to just this element by its id; all that is returned is read from the verified element,
//! never looked up by id. So a signed assertion that was moved elsewhere ("signature wrapping") vouches for nothing.
//!
//! Source: "Configure SAML assertions for the authentication response" and "Troubleshoot SAML federation with IAM" of
//! the IAM user guide; SAML Core 2.0, section 5.4 (the profile of XML signatures).

mod assertion;
mod context;
mod metadata;
mod refusal;
mod response;
mod signature;
mod time;

pub use assertion::{Assertion, NameId, RolePair, name_qualifier};
pub use metadata::{BadMetadata, KEYS_MAX, METADATA_BYTES_MAX, Metadata, RSA_BITS_MIN};
pub use refusal::Refusal;
pub use response::{AGE_MAX_S, CLOCK_SKEW_S, RESPONSE_BYTES_MAX, verify};

/// Namespaces.
mod ns {
    pub(super) const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
    pub(super) const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
    pub(super) const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
    pub(super) const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
    pub(super) const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
}

/// Base64 as XML has it: with white space anywhere.
fn decode(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    let packed: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    base64::engine::general_purpose::STANDARD.decode(packed).ok()
}
