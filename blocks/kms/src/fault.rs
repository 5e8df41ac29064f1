//! What the service refuses, in AWS's words.
//!
//! Messages are those of AWS's own answers where they are known, and else say what is wrong.

use api_kms::errors;
use floor::Denial;
use wire::{Broken, ErrorMeta, Fault, Violation};

/// Why a request is refused. The text of a variant is the message that the caller reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No such key.
    #[error("Key '{0}' does not exist")]
    NoKey(String),
    /// A text that is no id of a key.
    #[error("Invalid keyId '{0}'")]
    KeyId(String),
    /// An ARN of another region.
    #[error("Invalid arn {0}")]
    ArnOfRegion(String),
    /// No such alias.
    #[error("Alias {0} is not found.")]
    NoAlias(String),
    /// No such policy of a key.
    #[error("No such policy exists")]
    NoPolicy,
    /// No such grant.
    #[error("Grant ID {0} not found")]
    NoGrant(String),
    /// Something else that is not there.
    #[error("{0}")]
    NotFound(String),
    /// A text that is no ARN.
    #[error("Invalid arn {0}")]
    Arn(String),
    /// The alias is there already.
    #[error("An alias with the name {0} already exists")]
    AliasExists(String),
    /// Something else is there already.
    #[error("{0}")]
    Exists(String),
    /// An alias without its prefix.
    #[error("Invalid identifier")]
    AliasPrefix,
    /// An alias that only AWS may make.
    #[error("")]
    AliasOfAws,
    /// An alias with characters that none may have.
    #[error("{0} contains invalid characters for an alias")]
    AliasName(String),
    /// The key is disabled.
    #[error("{0} is disabled.")]
    Disabled(String),
    /// The key's state does not allow it: `ARN is pending deletion.`
    #[error("{0}")]
    State(String),
    /// The key is for something else.
    #[error("{arn} key usage is {usage} which is not valid for {operation}.")]
    UsageIs {
        /// The key.
        arn: String,
        /// What it is for.
        usage: &'static str,
        /// What was asked.
        operation: &'static str,
    },
    /// The key does not do this algorithm.
    #[error("Algorithm {algorithm} is incompatible with key spec {spec}.")]
    Algorithm {
        /// The algorithm.
        algorithm: String,
        /// The kind of key.
        spec: &'static str,
    },
    /// Something that cannot be done with this key.
    #[error("{0}")]
    Unsupported(String),
    /// A ciphertext that is none, or none of this context.
    #[error("")]
    Ciphertext,
    /// A ciphertext of another key.
    #[error("The key ID in the request does not identify a CMK that can perform this operation.")]
    IncorrectKey,
    /// Imported material that is not the one that was imported before.
    #[error("{0}")]
    IncorrectMaterial(String),
    /// A signature that is none of this key and message.
    #[error("")]
    Signature,
    /// A code that is none of this key and message.
    #[error("")]
    Mac,
    /// It would have been done.
    #[error("The request would have succeeded, but the DryRun option is set.")]
    DryRun,
    /// A policy that is none.
    #[error("{0}")]
    Policy(String),
    /// A limit of what may be there.
    #[error("{0}")]
    Limit(String),
    /// A grant's id that is none.
    #[error("{0}")]
    GrantId(String),
    /// A grant token that is none.
    #[error("The grant token is not valid.")]
    GrantToken,
    /// A marker that no list gave.
    #[error("The marker is not valid.")]
    Marker,
    /// Tags that may not be.
    #[error("{0}")]
    Tag(String),
    /// An import token that is none of this key.
    #[error("The import token is not valid for this KMS key.")]
    ImportToken,
    /// An import token that was good once.
    #[error("The import token has expired.")]
    ImportTokenExpired,
    /// Two changes of one thing at a time.
    #[error("{0}")]
    Conflict(String),
    /// There are no custom key stores.
    #[error("{0}")]
    NoKeyStore(String),
    /// A parameter that is wrong.
    #[error("{0}")]
    Validation(String),
}

impl Refused {
    /// A parameter that is wrong.
    pub fn validation(why: impl Into<String>) -> Self {
        Self::Validation(why.into())
    }

    /// A custom key store; there are none.
    pub fn no_key_store(named: &str) -> Self {
        Self::NoKeyStore(format!("Custom key store {named} is not found: there are none here."))
    }

    fn meta(&self) -> &'static ErrorMeta {
        match self {
            Self::NoKey(_)
            | Self::KeyId(_)
            | Self::ArnOfRegion(_)
            | Self::NoAlias(_)
            | Self::NoPolicy
            | Self::NoGrant(_)
            | Self::NotFound(_) => &errors::NOT_FOUND_EXCEPTION,
            Self::Arn(_) => &errors::INVALID_ARN_EXCEPTION,
            Self::AliasExists(_) | Self::Exists(_) => &errors::ALREADY_EXISTS_EXCEPTION,
            Self::AliasOfAws => &metas::NOT_AUTHORIZED,
            Self::AliasName(_) => &errors::INVALID_ALIAS_NAME_EXCEPTION,
            Self::Disabled(_) => &errors::DISABLED_EXCEPTION,
            Self::State(_) => &errors::KMS_INVALID_STATE_EXCEPTION,
            Self::UsageIs { .. } | Self::Algorithm { .. } => &errors::INVALID_KEY_USAGE_EXCEPTION,
            Self::Unsupported(_) => &errors::UNSUPPORTED_OPERATION_EXCEPTION,
            Self::Ciphertext => &errors::INVALID_CIPHERTEXT_EXCEPTION,
            Self::IncorrectKey => &errors::INCORRECT_KEY_EXCEPTION,
            Self::IncorrectMaterial(_) => &errors::INCORRECT_KEY_MATERIAL_EXCEPTION,
            Self::Signature => &errors::KMS_INVALID_SIGNATURE_EXCEPTION,
            Self::Mac => &errors::KMS_INVALID_MAC_EXCEPTION,
            Self::DryRun => &errors::DRY_RUN_OPERATION_EXCEPTION,
            Self::Policy(_) => &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
            Self::Limit(_) => &errors::LIMIT_EXCEEDED_EXCEPTION,
            Self::GrantId(_) => &errors::INVALID_GRANT_ID_EXCEPTION,
            Self::GrantToken => &errors::INVALID_GRANT_TOKEN_EXCEPTION,
            Self::Marker => &errors::INVALID_MARKER_EXCEPTION,
            Self::Tag(_) => &errors::TAG_EXCEPTION,
            Self::ImportToken => &errors::INVALID_IMPORT_TOKEN_EXCEPTION,
            Self::ImportTokenExpired => &errors::EXPIRED_IMPORT_TOKEN_EXCEPTION,
            Self::Conflict(_) => &errors::CONFLICT_EXCEPTION,
            Self::NoKeyStore(_) => &errors::CUSTOM_KEY_STORE_NOT_FOUND_EXCEPTION,
            Self::Validation(_) | Self::AliasPrefix => &metas::VALIDATION,
        }
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        Self::new(refused.meta(), refused.to_string())
    }
}

/// The errors that the service has and its model has not.
mod metas {
    use wire::ErrorMeta;

    const fn sender(shape: &'static str) -> ErrorMeta {
        ErrorMeta { shape, code: shape, status: 400, sender: true }
    }

    pub(super) static VALIDATION: ErrorMeta = sender("ValidationException");
    pub(super) static ACCESS_DENIED: ErrorMeta = sender("AccessDeniedException");
    pub(super) static NOT_AUTHORIZED: ErrorMeta = sender("NotAuthorizedException");
}

/// Input that breaks the model's limits. Values that are secret are not repeated.
pub(crate) fn violated(violations: &[Violation]) -> Fault {
    const SECRET: [&str; 2] = ["Plaintext", "Message"];
    let mut message = floor::fault::constraints(violations);
    for violation in violations {
        let is_blob = !matches!(violation.broken, Broken::NotOneOf(_)) && violation.value.is_empty();
        if is_blob && violation.path.last().is_some_and(|name| SECRET.contains(&name.as_str())) {
            message = message.replacen("Value '' at", "Value at", 1);
        }
    }
    Fault::new(&metas::VALIDATION, message)
}

/// A caller who may not. One from another account is told no more than where there is no such key.
pub(crate) fn denied(denial: &Denial<'_>) -> Fault {
    let caller = denial.caller;
    let owner = denial.resource.split(':').nth(4);
    if owner.is_none_or(|owner| owner == caller.account().as_str()) {
        return Fault::new(&metas::ACCESS_DENIED, denial.message());
    }
    match denial.named {
        Some(CIPHERTEXT) => denied_ciphertext(),
        named => denied_elsewhere(caller.who.arn(), denial.action, named.unwrap_or(denial.resource)),
    }
}

/// What a key is called that only a ciphertext names.
pub(crate) const CIPHERTEXT: &str = "";

/// A caller from another account, about a key that is not there: told the same as about one that is.
pub(crate) fn denied_elsewhere(who: &str, action: &str, resource: &str) -> Fault {
    Fault::new(
        &metas::ACCESS_DENIED,
        format!(
            "User: {who} is not authorized to perform: {action} on resource: {resource} because the resource does not \
             exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies \
             access"
        ),
    )
}

/// Decrypt of what a key encrypted that is not there, or not for the caller.
pub(crate) fn denied_ciphertext() -> Fault {
    Fault::new(
        &metas::ACCESS_DENIED,
        "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are \
         not allowed to access.",
    )
}
