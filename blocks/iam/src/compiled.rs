//! Policies of identities, compiled and kept by their text.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use floor::{AccountId, Answer, Attached, Fault, Get};
use parking_lot::RwLock;
use policy::{Policy, Usage};

use crate::records::{self, Policies};

/// How many are kept.
const KEPT_MAX: usize = 4096;

/// The policy with this text, which was checked when it was stored.
pub(crate) fn identity_policy(text: &str) -> Answer<Arc<Policy>> {
    static KEPT: LazyLock<RwLock<HashMap<String, Arc<Policy>>>> = LazyLock::new(RwLock::default);
    if let Some(found) = KEPT.read().get(text) {
        return Ok(found.clone());
    }
    let made = Policy::parse_as(text, Usage::Identity)
        .map_err(|e| Fault::coded("MalformedPolicyDocument", 400, e.to_string()))?;
    let made = Arc::new(made);
    let mut kept = KEPT.write();
    if kept.len() >= KEPT_MAX {
        kept.clear();
    }
    kept.insert(text.to_owned(), made.clone());
    Ok(made)
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
