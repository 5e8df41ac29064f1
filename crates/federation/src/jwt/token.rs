//! Reading a token, and believing it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::{Algorithm, Jwks, Malformed, Refusal};
use crate::json;

/// `WebIdentityToken` of `AssumeRoleWithWebIdentity`: 4 to 20,000 characters.
pub const TOKEN_BYTES_MIN: usize = 4;
/// See [`TOKEN_BYTES_MIN`].
pub const TOKEN_BYTES_MAX: usize = 20_000;

/// How far the issuer's clock may be ahead of ours. Tokens whose time has passed get no such grace: AWS names the
/// second ("must be before the expiration date/time").
pub const CLOCK_SKEW_S: i64 = 300;

/// The claim that carries session tags ("Pass session tags in AWS STS", IAM user guide).
const TAGS: &str = "https://aws.amazon.com/tags";
/// The claim that carries the source identity.
const SOURCE_IDENTITY: &str = "https://aws.amazon.com/source_identity";

/// A token that has been read and that nobody vouches for yet.
#[derive(Clone, Debug)]
pub struct Token<'a> {
    algorithm: Algorithm,
    kid: Option<String>,
    claims: Claims,
    /// Header and claims as they were signed.
    signed: &'a str,
    signature: Vec<u8>,
}

#[derive(Clone, Debug)]
struct Claims {
    identity: Identity,
    iat_s: i64,
    nbf_s: Option<i64>,
}

/// Who a verified token is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// `iss`.
    pub issuer: String,
    /// `sub`.
    pub subject: String,
    /// The client id that the token is for: `azp` where there is one, else `aud`.
    pub audience: String,
    /// All of `aud`.
    pub audiences: Vec<String>,
    /// `azp`, the party that the token was issued to.
    pub authorized_party: Option<String>,
    /// `amr`, how the subject was authenticated.
    pub amr: Vec<String>,
    /// `exp`, in seconds since 1970.
    pub expires_s: i64,
    /// `principal_tags` of the claim `https://aws.amazon.com/tags`, in the token's order.
    pub tags: Vec<(String, String)>,
    /// `transitive_tag_keys` of the same claim.
    pub transitive_tag_keys: Vec<String>,
    /// The claim `https://aws.amazon.com/source_identity`.
    pub source_identity: Option<String>,
    /// All claims, for condition keys.
    pub claims: Map<String, Value>,
}

impl Identity {
    /// The condition keys that a trust policy may ask for, each of which begins with the provider's URL without
    /// `https://` ("Available keys for AWS OIDC federation", IAM user guide): `aud` is who the token was issued to,
    /// `oaud` whom it is for.
    pub fn context(&self) -> Vec<(String, Vec<String>)> {
        let provider = self.issuer.strip_prefix("https://").unwrap_or(&self.issuer);
        let email = self.claims.get("email").and_then(Value::as_str).map(str::to_owned);
        let keys = [
            ("aud", vec![self.audience.clone()]),
            ("oaud", self.audiences.clone()),
            ("sub", vec![self.subject.clone()]),
            ("amr", self.amr.clone()),
            ("email", email.into_iter().collect()),
        ];
        let keys = keys.into_iter().filter(|(_, values)| !values.is_empty());
        keys.map(|(name, values)| (format!("{provider}:{name}"), values)).collect()
    }
}

impl<'a> Token<'a> {
    /// Reads a token. What it says is not to be believed before [`Token::verify`].
    pub fn parse(token: &'a str) -> Result<Token<'a>, Refusal> {
        if !(TOKEN_BYTES_MIN..=TOKEN_BYTES_MAX).contains(&token.len()) {
            return Err(Malformed::Length(token.len()).into());
        }
        let mut parts = token.split('.');
        let (Some(header), Some(claims), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Malformed::Parts.into());
        };
        let signed = &token[..header.len() + 1 + claims.len()];
        let (algorithm, kid) = read_header(&part(header)?)?;
        let claims = Claims::read(part(claims)?)?;
        let signature = decode(signature)?;
        Ok(Token { algorithm, kid, claims, signed, signature })
    }

    /// Who the token says has issued it: the provider to ask for keys.
    pub fn issuer(&self) -> &str {
        &self.claims.identity.issuer
    }

    /// The key that the token says it is signed with.
    pub fn key_id(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// Believes the token when `issuer` (with `https://`) has issued it, one of `jwks` has signed it, it is for one of
    /// the provider's `client_ids`, and `now_s` (seconds since 1970) is within its time.
    pub fn verify(
        self,
        jwks: &Jwks,
        issuer: &str,
        client_ids: &[impl AsRef<str>],
        now_s: i64,
    ) -> Result<Identity, Refusal> {
        let key = jwks.find(self.kid.as_deref(), self.algorithm)?;
        if !self.algorithm.verifies(key, self.signed.as_bytes(), &self.signature) {
            return Err(Refusal::Signature);
        }
        self.claims.check(issuer, client_ids, now_s)
    }
}

fn decode(part: &str) -> Result<Vec<u8>, Malformed> {
    // This engine takes neither padding nor bits that decode to nothing: there is one text for each signature.
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Malformed::Base64)
}

fn part(encoded: &str) -> Result<Map<String, Value>, Malformed> {
    json::object(&decode(encoded)?).map_err(Malformed::Json)
}

/// Algorithm and key id. Keys that the header itself brings along (`jwk`, `jku`, `x5c`, `x5u`) are not looked at.
fn read_header(header: &Map<String, Value>) -> Result<(Algorithm, Option<String>), Malformed> {
    let name = header.get("alg").and_then(Value::as_str).unwrap_or_default();
    let algorithm = Algorithm::named(name).ok_or_else(|| Malformed::Algorithm(name.to_owned()))?;
    if header.contains_key("crit") {
        return Err(Malformed::Critical);
    }
    let kid = match header.get("kid") {
        None => None,
        Some(Value::String(kid)) => Some(kid.clone()),
        Some(_) => return Err(Malformed::Header("kid")),
    };
    Ok((algorithm, kid))
}

impl Claims {
    fn read(claims: Map<String, Value>) -> Result<Claims, Refusal> {
        let text = |name| text_of(&claims, name);
        let time = |name| time_of(&claims, name);
        let required = |name, value: Option<String>| value.ok_or(Refusal::MissingClaim(name));
        let issuer = required("iss", text("iss")?)?;
        let audiences = list_of(&claims, "aud")?;
        let authorized_party = text("azp")?;
        let audience = authorized_party.clone().or_else(|| audiences.first().cloned());
        let (tags, transitive_tag_keys) = read_tags(&claims)?;
        let identity = Identity {
            issuer,
            subject: required("sub", text("sub")?)?,
            audience: required("aud", audience)?,
            amr: list_of(&claims, "amr")?,
            expires_s: time("exp")?.ok_or(Refusal::MissingClaim("exp"))?,
            source_identity: text(SOURCE_IDENTITY)?,
            tags,
            transitive_tag_keys,
            audiences,
            authorized_party,
            claims: Map::new(),
        };
        let iat_s = time("iat")?.ok_or(Refusal::MissingClaim("iat"))?;
        let nbf_s = time("nbf")?;
        Ok(Claims { identity: Identity { claims, ..identity }, iat_s, nbf_s })
    }

    fn check(self, issuer: &str, clients: &[impl AsRef<str>], now_s: i64) -> Result<Identity, Refusal> {
        let mut identity = self.identity;
        if identity.issuer != issuer {
            return Err(Refusal::Issuer);
        }
        let is_client = |audience: &&String| clients.iter().any(|client| client.as_ref() == *audience);
        // `azp` says who may use the token; `aud` then names others (Google: "oaud").
        let found = match &identity.authorized_party {
            Some(party) => Some(party).filter(is_client),
            None => identity.audiences.iter().find(is_client),
        };
        identity.audience = found.ok_or(Refusal::Audience)?.clone();
        if now_s >= identity.expires_s {
            return Err(Refusal::Expired { now_s, exp_s: identity.expires_s });
        }
        let from_s = self.nbf_s.map_or(self.iat_s, |nbf_s| nbf_s.max(self.iat_s));
        if from_s > now_s.saturating_add(CLOCK_SKEW_S) {
            return Err(Refusal::NotYetValid { now_s, from_s });
        }
        Ok(identity)
    }
}

fn text_of(claims: &Map<String, Value>, name: &'static str) -> Result<Option<String>, Refusal> {
    match claims.get(name) {
        None => Ok(None),
        Some(Value::String(text)) if !text.is_empty() => Ok(Some(text.clone())),
        Some(_) => Err(Refusal::ClaimType(name)),
    }
}

/// "Timestamps in the token must be formatted as either an integer or a long integer" (`AssumeRoleWithWebIdentity`).
fn time_of(claims: &Map<String, Value>, name: &'static str) -> Result<Option<i64>, Refusal> {
    match claims.get(name) {
        None => Ok(None),
        Some(value) => value.as_i64().map(Some).ok_or(Refusal::ClaimType(name)),
    }
}

/// A list of texts, or one text.
fn list_of(claims: &Map<String, Value>, name: &'static str) -> Result<Vec<String>, Refusal> {
    match claims.get(name) {
        None => Ok(Vec::new()),
        Some(Value::String(one)) => Ok(vec![one.clone()]),
        Some(Value::Array(list)) => texts(list, name),
        Some(_) => Err(Refusal::ClaimType(name)),
    }
}

fn texts(list: &[Value], name: &'static str) -> Result<Vec<String>, Refusal> {
    list.iter().map(|item| item.as_str().map(str::to_owned).ok_or(Refusal::ClaimType(name))).collect()
}

type Tags = (Vec<(String, String)>, Vec<String>);

/// The values of `principal_tags` are lists of one text; a text alone is taken too.
fn read_tags(claims: &Map<String, Value>) -> Result<Tags, Refusal> {
    let wrong = Refusal::ClaimType(TAGS);
    let tags = match claims.get(TAGS) {
        None => return Ok(Tags::default()),
        Some(Value::Object(tags)) => tags,
        Some(_) => return Err(wrong),
    };
    let value_of = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Array(list) if list.len() == 1 => Ok(texts(list, TAGS)?.remove(0)),
        _ => Err(wrong.clone()),
    };
    let principal = match tags.get("principal_tags") {
        None => Vec::new(),
        Some(Value::Object(pairs)) => {
            let pair = |(key, value): (&String, &Value)| Ok::<_, Refusal>((key.clone(), value_of(value)?));
            pairs.iter().map(pair).collect::<Result<_, _>>()?
        }
        Some(_) => return Err(wrong),
    };
    let transitive = match tags.get("transitive_tag_keys") {
        None => Vec::new(),
        Some(Value::Array(keys)) => texts(keys, TAGS)?,
        Some(_) => return Err(wrong),
    };
    Ok((principal, transitive))
}
