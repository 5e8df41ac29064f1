//! `/.well-known/openid-configuration`: where an issuer's keys are, and where ours are.

use serde_json::{Value, json};

use crate::json;

/// A provider's document has some dozen lines.
pub const DISCOVERY_BYTES_MAX: usize = 64 * 1024;

/// Why a document does not tell where an issuer's keys are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDiscovery {
    /// Longer than [`DISCOVERY_BYTES_MAX`].
    #[error("the document is {0} bytes long")]
    Length(usize),
    /// Not one JSON object.
    #[error("the document cannot be read: {0}")]
    Json(String),
    /// Of another issuer than the one that was asked (OpenID Connect Discovery 1.0, section 4.3).
    #[error("the document is of another issuer")]
    Issuer,
    /// No `jwks_uri` that begins with `https://`.
    #[error("the document has no jwks_uri with https")]
    KeysUri,
}

/// The `jwks_uri` in the document that `issuer` (with `https://`) gave.
pub fn keys_uri(text: &str, issuer: &str) -> Result<String, BadDiscovery> {
    if text.len() > DISCOVERY_BYTES_MAX {
        return Err(BadDiscovery::Length(text.len()));
    }
    let document = json::object(text.as_bytes()).map_err(BadDiscovery::Json)?;
    if document.get("issuer").and_then(Value::as_str) != Some(issuer) {
        return Err(BadDiscovery::Issuer);
    }
    match document.get("jwks_uri").and_then(Value::as_str) {
        Some(uri) if uri.len() > "https://".len() && uri.starts_with("https://") => Ok(uri.to_owned()),
        _ => Err(BadDiscovery::KeysUri),
    }
}

/// Our own document, for the issuer of an account.
pub fn document(issuer: &str) -> Value {
    json!({
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "response_types_supported": ["id_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES384"],
        "claims_supported": ["aud", "exp", "iat", "iss", "jti", "sub"],
    })
}
