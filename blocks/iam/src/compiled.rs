//! Policies of identities, compiled.

use std::sync::Arc;

use floor::{AccountId, Answer, Attached, Get, authorise::compiled_as};
use policy::{Policy, Usage};

use crate::records::{self, Policies};

/// The policy with this text, which was checked when it was stored.
pub(crate) fn identity_policy(text: &str) -> Answer<Arc<Policy>> {
    compiled_as(text, Usage::Identity)
}

/// A policy and its name.
pub(crate) fn named(name: &str, text: &str) -> Answer<Attached> {
    Ok(Attached { name: name.into(), policy: identity_policy(text)? })
}

/// Adds `policies` to `to`.
pub(crate) async fn attach<R: Get>(
    read: &R,
    account: &AccountId,
    policies: &Policies,
    to: &mut Vec<Attached>,
) -> Answer<()> {
    for (name, text) in &policies.inline {
        to.push(named(name, text)?);
    }
    for arn in &policies.attached {
        if let Some(text) = records::policy_text(read, account, arn).await? {
            to.push(named(arn, &text)?);
        }
    }
    Ok(())
}

/// The boundary with this ARN. One that is no longer there permits nothing.
pub(crate) async fn boundary<R: Get>(
    read: &R,
    account: &AccountId,
    arn: Option<&str>,
) -> Answer<Option<Attached>> {
    const NOTHING: &str =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}"#;
    let Some(arn) = arn else { return Ok(None) };
    let text = records::policy_text(read, account, arn).await?;
    named(arn, text.as_deref().unwrap_or(NOTHING)).map(Some)
}
