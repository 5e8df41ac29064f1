//! STS: temporary credentials, and who is who. It shares IAM's records: two APIs of one block.

mod assume_role;
mod assume_role_with_saml;
mod assume_role_with_web_identity;
mod assume_root;
pub mod authorization_message;
mod decode_authorization_message;
mod fault;
mod fetch;
mod get_access_key_info;
mod get_caller_identity;
mod get_delegated_access_token;
mod get_federation_token;
mod get_session_token;
mod get_web_identity_token;
mod issue;
mod issuers;
mod mfa;
mod narrowing;
mod pinned;
mod role;
pub(crate) mod token;
mod vouched;

pub(crate) use get_access_key_info::account_in;

use std::sync::Arc;

use api_sts::{
    AssumeRole, AssumeRoleWithSAML, AssumeRoleWithWebIdentity, AssumeRoot, DecodeAuthorizationMessage,
    GetAccessKeyInfo, GetCallerIdentity, GetDelegatedAccessToken, GetFederationToken, GetSessionToken,
    GetWebIdentityToken,
};
use floor::{Block, Denial, Fault, Service};
use wire::{Meta, ServiceMeta, Violation};

use crate::Directory;

/// The block.
pub struct Sts {
    /// Where roles are read: in the region's copy.
    pub(crate) directory: Arc<Directory>,
    /// The keys of identity providers.
    issuers: issuers::Issuers,
    /// Our own keys.
    signers: get_web_identity_token::Signers,
}

impl Block for Sts {
    /// The records are IAM's.
    const NAME: &'static str = "iam";
    const PRINCIPAL: &'static str = "sts.amazonaws.com";

    fn service() -> &'static ServiceMeta {
        &api_sts::SERVICE
    }

    /// Those whose callers show an assertion of an identity provider instead.
    fn takes_unsigned(operation: &'static Meta) -> bool {
        matches!(operation.name, "AssumeRoleWithSAML" | "AssumeRoleWithWebIdentity")
    }

    fn violated(_: &'static Meta, violations: &[Violation]) -> Fault {
        fault::validation(violations)
    }

    fn denied(denial: &Denial<'_>) -> Fault {
        fault::denied(denial)
    }
}

/// The operations that the block serves.
pub fn service(directory: &Arc<Directory>, metrics: &env::Metrics) -> Service<Sts> {
    let (issuers, signers) = (issuers::Issuers::default(), get_web_identity_token::Signers::default());
    let block = Arc::new(Sts { directory: directory.clone(), issuers, signers });
    Service::new(block, metrics)
        .serve::<AssumeRole>()
        .serve::<AssumeRoleWithSAML>()
        .serve::<AssumeRoleWithWebIdentity>()
        .serve::<AssumeRoot>()
        .serve::<DecodeAuthorizationMessage>()
        .serve::<GetAccessKeyInfo>()
        .serve::<GetCallerIdentity>()
        .serve::<GetDelegatedAccessToken>()
        .serve::<GetFederationToken>()
        .serve::<GetSessionToken>()
        .serve::<GetWebIdentityToken>()
}
