//! Why a response is not believed. The text is STS's message where AWS's is known; [`Refusal::detail`] is for the log.

use crate::Code;

/// Why a response is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Too long, or not base64.
    #[error("Invalid base64 SAMLResponse")]
    Base64,
    /// Not one SAML 2.0 response in XML that can be read in one way only.
    #[error("Invalid SAMLResponse")]
    Malformed(String),
    /// The assertion is encrypted.
    #[error("The SAML response has an encrypted assertion, and the provider has no private key")]
    Encrypted,
    /// The status is not success: the provider did not authenticate anybody.
    #[error(
        "The identity provider (IdP) reported that authentication failed. This might be because the claim is invalid."
    )]
    Status(String),
    /// Another issuer than the provider's `entityID`.
    #[error("Issuer not present in specified provider")]
    Issuer,
    /// The provider's metadata was valid until some time in the past.
    #[error("The SAML provider's metadata has expired")]
    ProviderExpired,
    /// Not signed, or not by one of the provider's keys, or not this, or not in the way that SAML allows.
    #[error("Response signature invalid")]
    Signature(String),
    /// No subject with a `NameID`.
    #[error("Not authorized to perform sts:AssumeRoleWithSAML")]
    NoSubject,
    /// Not just one bearer confirmation with both attributes. The spelling is AWS's.
    #[error("Responses must contain SubjectConfirmatonData with a Recipient and NotOnOrAfter")]
    Confirmation,
    /// `Recipient` is not AWS's sign-in endpoint.
    #[error("Response does not contain the required recipient")]
    Recipient,
    /// AWS is not among the audiences.
    #[error("Response does not contain the required audience")]
    Audience,
    /// A `NotOnOrAfter` has passed.
    #[error("Response has expired")]
    Expired,
    /// Issued more than five minutes ago.
    #[error("Token must be redeemed within 5 minutes of issuance")]
    TooOld,
    /// A `NotBefore` or the time of issue is still to come.
    #[error("Response is not yet valid")]
    NotYetValid,
    /// The pair of role and provider is not in the attribute `Role`.
    #[error("SAML Assertion doesn't contain the requested Role and Metadata in the attributes")]
    Role,
    /// No attribute `RoleSessionName`.
    #[error("RoleSessionName is required in AuthnResponse")]
    NoSessionName,
    /// It has other characters, or another length, or there are two.
    #[error("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{{2,64}}")]
    SessionName,
    /// The attribute `SessionDuration` is no number of seconds from 900 to 43,200.
    #[error("SessionDuration in AuthnResponse must be between 900 and 43200")]
    SessionDuration,
    /// The attribute `SourceIdentity` has other characters, or another length, or there are two.
    #[error("Source Identity must match [a-zA-Z_0-9+=,.@-]{{2,64}} and not begin with \"aws:\"")]
    SourceIdentity,
    /// A tag does not have just one value.
    #[error("PrincipalTag in AuthnResponse must have exactly one value")]
    Tag,
}

impl Refusal {
    /// Which error of STS it is.
    pub fn code(&self) -> Code {
        match self {
            Refusal::Expired | Refusal::TooOld | Refusal::ProviderExpired => Code::Expired,
            Refusal::Status(_) => Code::Rejected,
            Refusal::NoSubject => Code::Denied,
            _ => Code::Invalid,
        }
    }

    /// The code of the service behind STS, which AWS appends to some messages: "(Service: AWSOpenIdDiscoveryService;
    /// Status Code: 400; Error Code: ...; Request ID: ...; Proxy: null)".
    pub fn discovery_code(&self) -> Option<&'static str> {
        matches!(self, Refusal::Base64 | Refusal::Malformed(_) | Refusal::Issuer)
            .then_some("AuthSamlInvalidSamlResponseException")
    }

    /// What exactly was wrong, for the log.
    pub fn detail(&self) -> String {
        match self {
            Refusal::Malformed(why) | Refusal::Signature(why) | Refusal::Status(why) => why.clone(),
            other => other.to_string(),
        }
    }
}
