//! What tokens of ours say (`GetWebIdentityToken`).

use serde_json::{Map, Value, json};

/// The claim under which everything of AWS's own stands.
const NAMESPACE: &str = "https://sts.amazonaws.com/";

/// The claims of one token.
///
/// Source: "Understanding token claims", IAM user guide.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutboundClaims<'a> {
    /// `iss`: the account's issuer, with `https://`.
    pub issuer: &'a str,
    /// `aud`: one text, or a list of several.
    pub audience: &'a [String],
    /// `sub`: the ARN of the user, or of the role of a session.
    pub subject: &'a str,
    /// `iat`, in seconds since 1970.
    pub issued_s: i64,
    /// `exp`, in seconds since 1970.
    pub expires_s: i64,
    /// `jti`: an id that no other token has.
    pub id: &'a str,
    /// `aws_account`.
    pub account_id: &'a str,
    /// `source_region`: where the token was asked for.
    pub region: &'a str,
    /// `principal_id`: the ARN of the caller.
    pub principal: &'a str,
    /// `principal_tags`: those of the user, role or session.
    pub principal_tags: &'a [(String, String)],
    /// `request_tags`: `Tags` of the request.
    pub request_tags: &'a [(String, String)],
    /// What the session is from: `original_session_exp`, `federated_provider`, `lambda_source_function_arn`, ...
    pub session: &'a [(&'a str, String)],
}

fn object(tags: &[(String, String)]) -> Value {
    tags.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect::<Map<_, _>>().into()
}

impl OutboundClaims<'_> {
    /// The claims for [`Signer::sign`](super::Signer::sign). Sets of tags that are empty are left out.
    pub fn to_map(&self) -> Map<String, Value> {
        let mut own = Map::new();
        own.insert("aws_account".to_owned(), self.account_id.into());
        own.insert("source_region".to_owned(), self.region.into());
        own.insert("principal_id".to_owned(), self.principal.into());
        for (name, tags) in [("principal_tags", self.principal_tags), ("request_tags", self.request_tags)] {
            if !tags.is_empty() {
                own.insert(name.to_owned(), object(tags));
            }
        }
        for (name, value) in self.session {
            own.insert((*name).to_owned(), value.as_str().into());
        }
        let audience = match self.audience {
            [one] => one.as_str().into(),
            several => json!(several),
        };
        let claims = [
            ("iss", self.issuer.into()),
            ("aud", audience),
            ("sub", self.subject.into()),
            ("iat", self.issued_s.into()),
            ("exp", self.expires_s.into()),
            ("jti", self.id.into()),
            (NAMESPACE, own.into()),
        ];
        claims.map(|(name, value)| (name.to_owned(), value)).into_iter().collect()
    }
}
