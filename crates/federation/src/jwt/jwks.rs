//! The keys that an issuer publishes (RFC 7517), and our own as we publish them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::{Algorithm, Refusal};
use crate::json;
use crate::key::{Curve, PublicKey};

/// 200 keys of 8192 bits, and their names.
pub const JWKS_BYTES_MAX: usize = 512 * 1024;

/// "maximum of 100 RSA keys and 100 EC keys" in a set (IAM user guide, "Create an OpenID Connect identity provider").
pub const RSA_KEYS_MAX: usize = 100;

/// See [`RSA_KEYS_MAX`].
pub const EC_KEYS_MAX: usize = 100;

/// RFC 7518, section 3.3.
const RSA_BITS_MIN: usize = 2048;

/// Why a text is no set of keys.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadJwks {
    /// Longer than [`JWKS_BYTES_MAX`].
    #[error("the key set is {0} bytes long")]
    Length(usize),
    /// Not one JSON object with a list `keys`.
    #[error("the key set cannot be read: {0}")]
    Json(String),
    /// More keys than AWS takes.
    #[error("the key set has too many keys")]
    TooMany,
}

/// The keys of one issuer that can sign tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jwks {
    keys: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    kid: String,
    /// The only algorithm that the key is for, when it says so.
    alg: Option<String>,
    key: PublicKey,
}

impl Jwks {
    /// Reads a set. Keys without id, for encryption, of other kinds, or that cannot be read are left out
    /// (RFC 7517, section 5).
    pub fn parse(text: &str) -> Result<Jwks, BadJwks> {
        if text.len() > JWKS_BYTES_MAX {
            return Err(BadJwks::Length(text.len()));
        }
        let mut set = json::object(text.as_bytes()).map_err(BadJwks::Json)?;
        let Some(Value::Array(list)) = set.remove("keys") else {
            return Err(BadJwks::Json("no list of keys".to_owned()));
        };
        let of_kind =
            |kty| list.iter().filter(|key| key.get("kty").and_then(Value::as_str) == Some(kty)).count();
        if of_kind("RSA") > RSA_KEYS_MAX || of_kind("EC") > EC_KEYS_MAX {
            return Err(BadJwks::TooMany);
        }
        let keys = list.iter().filter_map(Value::as_object).filter_map(entry).collect();
        Ok(Jwks { keys })
    }

    /// How many keys can sign tokens.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether no key can.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The one key of that id. Two of them would make it a matter of luck which verifies.
    pub(super) fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Result<&PublicKey, Refusal> {
        let mut named = self.keys.iter().filter(|entry| Some(entry.kid.as_str()) == kid);
        let (Some(entry), None) = (named.next(), named.next()) else { return Err(Refusal::NoKey) };
        let declared = entry.alg.as_deref().is_none_or(|alg| alg == algorithm.name());
        if declared && algorithm.suits(&entry.key) { Ok(&entry.key) } else { Err(Refusal::KeyKind) }
    }

    /// Whether there is a key of that id.
    pub fn has(&self, kid: &str) -> bool {
        self.keys.iter().any(|entry| entry.kid == kid)
    }

    /// Adds a key of ours.
    pub fn insert(&mut self, kid: &str, algorithm: Algorithm, key: PublicKey) {
        self.keys.push(Entry { kid: kid.to_owned(), alg: Some(algorithm.name().to_owned()), key });
    }

    /// The set as it is published.
    pub fn to_json(&self) -> Value {
        json!({ "keys": self.keys.iter().map(Entry::to_json).collect::<Vec<_>>() })
    }
}

impl Entry {
    fn to_json(&self) -> Value {
        let encode = |part: &[u8]| URL_SAFE_NO_PAD.encode(part);
        let mut jwk = match (self.key.rsa_parts(), self.key.ec_parts(), self.key.curve()) {
            (Some((n, e)), ..) => json!({ "kty": "RSA", "n": encode(n), "e": encode(e) }),
            (_, Some((x, y)), Some(curve)) => {
                json!({ "kty": "EC", "crv": curve.name(), "x": encode(x), "y": encode(y) })
            }
            _ => json!({}),
        };
        jwk["kid"] = self.kid.as_str().into();
        jwk["use"] = "sig".into();
        if let Some(alg) = &self.alg {
            jwk["alg"] = alg.as_str().into();
        }
        jwk
    }
}

fn entry(jwk: &Map<String, Value>) -> Option<Entry> {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str);
    let number = |name: &str| URL_SAFE_NO_PAD.decode(text(name)?).ok();
    if text("use").is_some_and(|purpose| purpose != "sig") {
        return None;
    }
    if let Some(Value::Array(operations)) = jwk.get("key_ops")
        && !operations.iter().any(|operation| operation == "verify")
    {
        return None;
    }
    let key = match text("kty")? {
        "RSA" => PublicKey::rsa(&number("n")?, &number("e")?, RSA_BITS_MIN),
        "EC" => {
            let curves = [Curve::P256, Curve::P384, Curve::P521];
            let curve = curves.into_iter().find(|curve| Some(curve.name()) == text("crv"))?;
            PublicKey::ec(curve, &number("x")?, &number("y")?)
        }
        _ => return None,
    };
    Some(Entry { kid: text("kid")?.to_owned(), alg: text("alg").map(str::to_owned), key: key.ok()? })
}
