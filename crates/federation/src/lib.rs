//! What STS needs to believe the identities of others: web identity tokens (JWT) and SAML 2.0 responses; and the
//! tokens by which others believe ours. Pure: no clock, no network, no records; the time is a parameter.
//!
//! - [`jwt`]: reads a token, verifies it against the keys of its issuer ([`jwt::Jwks`]), and makes tokens.
//! - [`saml`]: reads the metadata of a provider, and verifies a response against it.
//! - [`key`]: the public keys of both.
//!
//! Nothing that an untrusted text says chooses how it is verified: keys come from the provider's record only, and what
//! is returned was read from the very bytes, or the very elements, that the signature covers.
//!
//! Source: "AssumeRoleWithWebIdentity", "AssumeRoleWithSAML" and "GetWebIdentityToken" of the STS API reference.

mod json;
pub mod jwt;
pub mod key;
pub mod saml;
mod xml;

/// Which of STS's errors a refusal is. The refusal's own text is the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// `ExpiredTokenException`.
    Expired,
    /// `InvalidIdentityToken`.
    Invalid,
    /// `IDPRejectedClaim`.
    Rejected,
    /// `AccessDenied`.
    Denied,
}
