//! Why a token is not believed. The text is STS's message where AWS's is known; [`Refusal::detail`] is for the log.

use crate::Code;

/// Why a token is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not a token at all.
    #[error("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)")]
    Malformed(Malformed),
    /// A claim that every token must have is not there.
    #[error("Missing a required claim: {0}")]
    MissingClaim(&'static str),
    /// The claim is of another type: a time that is not an integer, an empty subject.
    #[error("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)")]
    ClaimType(&'static str),
    /// The issuer is another than the provider's.
    #[error("The token's issuer does not match the provider")]
    Issuer,
    /// `azp`, or without it `aud`, is none of the provider's client ids.
    #[error("Incorrect token audience")]
    Audience,
    /// The provider has no key of that id, or has two, or the token names none. Two spaces, as AWS has them.
    #[error(
        "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements"
    )]
    NoKey,
    /// The key of that id is not of the algorithm's kind.
    #[error("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)")]
    KeyKind,
    /// The key did not sign this.
    #[error("The web identity token's signature could not be verified")]
    Signature,
    /// `exp` has passed.
    #[error("Token expired: current date/time {now_s} must be before the expiration date/time {exp_s}")]
    Expired {
        /// Now, in seconds since 1970.
        now_s: i64,
        /// The token's `exp`.
        exp_s: i64,
    },
    /// `nbf` or `iat` is still to come.
    #[error("Token not yet valid: current date/time {now_s} must not be before {from_s}")]
    NotYetValid {
        /// Now, in seconds since 1970.
        now_s: i64,
        /// The later of the two.
        from_s: i64,
    },
}

/// What about a text is no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Shorter or longer than a token may be.
    #[error("{0} bytes long")]
    Length(usize),
    /// Not three parts between dots.
    #[error("not three parts")]
    Parts,
    /// A part is not base64url without padding.
    #[error("not base64url")]
    Base64,
    /// A part is not one JSON object without duplicate names.
    #[error("not a JSON object: {0}")]
    Json(String),
    /// `alg` is missing, `none`, symmetric, or another that STS does not take.
    #[error("alg {0:?} is not taken")]
    Algorithm(String),
    /// `crit` names extensions, none of which are understood here (RFC 7515, section 4.1.11).
    #[error("crit is not understood")]
    Critical,
    /// A header parameter is of another type than its RFC says.
    #[error("the header's {0} is of the wrong type")]
    Header(&'static str),
}

impl Refusal {
    /// Which error of STS it is.
    pub fn code(&self) -> Code {
        match self {
            Refusal::Expired { .. } => Code::Expired,
            _ => Code::Invalid,
        }
    }

    /// What exactly was wrong, for the log.
    pub fn detail(&self) -> String {
        match self {
            Refusal::Malformed(why) => why.to_string(),
            Refusal::ClaimType(claim) => format!("the claim {claim} is of the wrong type"),
            Refusal::KeyKind => "the key is not of the algorithm's kind".to_owned(),
            other => other.to_string(),
        }
    }
}

impl From<Malformed> for Refusal {
    fn from(why: Malformed) -> Refusal {
        Refusal::Malformed(why)
    }
}
