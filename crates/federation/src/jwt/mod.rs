//! Web identity tokens: compact JWS with a set of claims (RFC 7515, 7517, 7518, 7519).
//!
//! [`Token::parse`] reads a token and believes nothing: its issuer says which provider's keys to ask. Then
//! [`Token::verify`] holds it against these keys, the client ids of the provider and the time.

mod algorithm;
pub mod discovery;
mod jwks;
mod outbound;
mod refusal;
mod sign;
mod token;

pub use algorithm::Algorithm;
pub use jwks::{BadJwks, EC_KEYS_MAX, JWKS_BYTES_MAX, Jwks, RSA_KEYS_MAX};
pub use outbound::OutboundClaims;
pub use refusal::{Malformed, Refusal};
pub use sign::{SignError, Signer, SigningAlgorithm};
pub use token::{CLOCK_SKEW_S, Identity, TOKEN_BYTES_MAX, TOKEN_BYTES_MIN, Token};
