//! The one credential that exists until accounts and users do: the root of account 000000000000, on loopback only.

use std::sync::Arc;

use auth::{AccountId, AuthError, Credential, Identities, Identity};
use futures_util::future::BoxFuture;

/// The access key id and the secret of the default credential.
pub(crate) const DEFAULT_KEY: &str = "test";

/// Knows the default credential and nothing else.
pub(crate) struct DefaultCredential(Arc<Identity>);

impl Default for DefaultCredential {
    fn default() -> Self {
        Self(Arc::new(Identity::root(AccountId::DEFAULT).with_access_key(DEFAULT_KEY)))
    }
}

impl Identities for DefaultCredential {
    fn find<'a>(
        &'a self,
        access_key: &'a str,
        token: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Credential, AuthError>> {
        let found = match (access_key, token) {
            (DEFAULT_KEY, None) => {
                Ok(Credential { secret: DEFAULT_KEY.to_owned(), identity: self.0.clone(), generation: 0 })
            }
            (DEFAULT_KEY, Some(token)) => Err(AuthError::InvalidToken(token.to_owned())),
            _ => Err(AuthError::UnknownKey(access_key.to_owned())),
        };
        Box::pin(std::future::ready(found))
    }
}
