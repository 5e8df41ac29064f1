//! Grants: who may, besides those whom the key policy lets in.
//! <https://docs.aws.amazon.com/kms/latest/developerguide/grants.html>

use std::collections::BTreeMap;

use api_kms::{GrantConstraints, GrantListEntry};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use floor::{AccountId, Answer, Get, Key as At, Region, Tx, key::Parts};

use crate::{
    Kms,
    ciphertext::Context,
    fault::Refused,
    key::time,
    limits::GRANTS_PER_KEY_MAX,
    names::KeyId,
    records::{self, Grant, Grantee, Key},
};

/// A grant that one is to make who may only by a grant.
#[derive(Clone, Copy, Debug)]
pub struct Child<'a> {
    /// What it is to permit.
    pub operations: &'a [String],
    /// `EncryptionContextSubset`.
    pub subset: Option<&'a Context>,
    /// `EncryptionContextEquals`.
    pub equals: Option<&'a Context>,
}

fn is_subset(part: &Context, of: &Context) -> bool {
    part.iter().all(|(name, value)| of.get(name) == Some(value))
}

impl Grant {
    /// Whether it permits an operation with an encryption context, for a resource of a service.
    pub fn permits(&self, operation: &str, context: Option<&Context>, source_arn: Option<&str>) -> bool {
        if !self.operations.iter().any(|one| one == operation) {
            return false;
        }
        if self.source_arn.is_some() && self.source_arn.as_deref() != source_arn {
            return false;
        }
        // Constraints are for cryptography; CreateGrant and what manages keys has no context to hold them against.
        if !has_context(operation) {
            return true;
        }
        let (none, context) = (BTreeMap::new(), context);
        let context = context.unwrap_or(&none);
        self.subset.as_ref().is_none_or(|subset| is_subset(subset, context))
            && self.equals.as_ref().is_none_or(|equals| equals == context)
    }

    /// Whether a grant that its holder makes permits no more than it does.
    pub fn covers(&self, child: &Child<'_>) -> bool {
        let bound = |constraint: &Context| {
            child.subset.is_some_and(|c| is_subset(constraint, c))
                || child.equals.is_some_and(|c| is_subset(constraint, c))
        };
        child.operations.iter().all(|one| self.operations.contains(one))
            && self.subset.as_ref().is_none_or(bound)
            && self.equals.as_ref().is_none_or(|equals| child.equals == Some(equals))
    }

    /// The text that names and proves it.
    pub fn token(&self, account: AccountId, region: &Region) -> String {
        let at = At::of("grant 1")
            .text(account.as_str())
            .text(region.as_str())
            .text(&self.key.to_string())
            .text(&self.id)
            .raw(&self.secret);
        URL_SAFE_NO_PAD.encode(at.as_slice())
    }

    /// As lists answer it. Who may give it up is told to those who may see the key's grants.
    pub fn entry(&self, key: &Key) -> GrantListEntry {
        let principal = |who: &Grantee| match who {
            Grantee::Principal(arn) => Some(arn.clone()),
            Grantee::Service(_) => None,
        };
        let service = |who: &Grantee| match who {
            Grantee::Principal(_) => None,
            Grantee::Service(name) => Some(name.clone()),
        };
        let is_bound = self.subset.is_some() || self.equals.is_some() || self.source_arn.is_some();
        GrantListEntry {
            key_id: Some(key.arn()),
            grant_id: Some(self.id.clone()),
            name: Some(self.name.clone().unwrap_or_default()),
            creation_date: time(self.created_ms),
            grantee_principal: principal(&self.grantee),
            retiring_principal: self.retiring.as_ref().and_then(principal),
            issuing_account: Some(format!("arn:aws:iam::{}:root", self.issuer)),
            operations: Some(self.operations.clone()),
            constraints: is_bound.then(|| GrantConstraints {
                encryption_context_subset: self.subset.clone(),
                encryption_context_equals: self.equals.clone(),
                source_arn: self.source_arn.clone(),
            }),
            grantee_service_principal: service(&self.grantee),
            retiring_service_principal: self.retiring.as_ref().and_then(service),
        }
    }
}

/// Whether an operation can have an encryption context.
fn has_context(operation: &str) -> bool {
    operation.contains("crypt") || operation.starts_with("GenerateDataKey")
}

/// What a grant token says.
#[derive(Debug, PartialEq, Eq)]
pub struct Token {
    /// The key's account.
    pub account: AccountId,
    /// The key's region.
    pub region: Region,
    /// The key.
    pub key: KeyId,
    /// The grant.
    pub grant: String,
    secret: [u8; 16],
}

impl Token {
    /// Reads a token; `None` for what is none.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let mut parts = Parts::of(&bytes);
        if parts.text()? != "grant 1" {
            return None;
        }
        let account = parts.text()?.parse().ok()?;
        let region = parts.text()?.parse().ok()?;
        let key = KeyId::parse(&parts.text()?)?;
        Some(Self { account, region, key, grant: parts.text()?, secret: parts.rest().try_into().ok()? })
    }
}

impl Kms {
    /// The grant of a token, where both are good. (A grant that is gone leaves tokens that say nothing.)
    pub(crate) async fn read_token<R: Get>(&self, read: &R, text: &str, region: &Region) -> Answer<()> {
        let token = Token::read(text).filter(|t| t.region == *region).ok_or(Refused::GrantToken)?;
        let at = records::grant(token.account, token.key, &token.grant);
        match read.load::<Grant>(&at).await? {
            Some(grant) if grant.secret != token.secret => Err(Refused::GrantToken.into()),
            _ => Ok(()),
        }
    }

    /// The grants of a key to someone.
    pub(crate) async fn grants_to<R: Get>(&self, read: &R, key: &Key, grantee: &str) -> Answer<Vec<Grant>> {
        let range = records::granted_to(key.account, key.id, grantee).all();
        let mut all = Vec::new();
        for (at, _) in read.range(range, GRANTS_PER_KEY_MAX).await? {
            let mut parts = Parts::of(&at);
            let id =
                (parts.text(), parts.text(), parts.text(), parts.text(), parts.text()).4.unwrap_or_default();
            all.extend(read.load::<Grant>(&records::grant(key.account, key.id, &id)).await?);
        }
        Ok(all)
    }
}

impl Token {
    /// Whether it was given for this grant.
    pub fn is_of(&self, grant: &Grant) -> bool {
        self.secret == grant.secret && self.grant == grant.id
    }
}

/// Writes a grant.
pub(crate) fn put(tx: &Tx, account: AccountId, grant: &Grant) {
    tx.save(&records::grant(account, grant.key, &grant.id), grant);
    tx.put(&records::granted(account, grant.key, grant.grantee.text(), &grant.id), &b"1"[..]);
    if let Some(retiring) = &grant.retiring {
        tx.put(&records::retirable(account, retiring.text(), grant.key, &grant.id), &b"1"[..]);
    }
}

/// Removes a grant.
pub(crate) fn remove(tx: &Tx, account: AccountId, grant: &Grant) {
    tx.delete(&records::grant(account, grant.key, &grant.id));
    tx.delete(&records::granted(account, grant.key, grant.grantee.text(), &grant.id));
    if let Some(retiring) = &grant.retiring {
        tx.delete(&records::retirable(account, retiring.text(), grant.key, &grant.id));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn grant(operations: &[&str]) -> Grant {
        Grant {
            key: KeyId::uuid([1; 16]),
            id: "g".into(),
            name: None,
            grantee: Grantee::Principal("arn:aws:iam::123456789012:user/ann".into()),
            retiring: None,
            operations: operations.iter().map(|o| (*o).to_owned()).collect(),
            subset: None,
            equals: None,
            source_arn: None,
            created_ms: 0,
            issuer: AccountId::DEFAULT,
            secret: [7; 16],
        }
    }

    fn context(pairs: &[(&str, &str)]) -> Context {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    proptest! {
        #[test]
        fn tokens_are_read_back(id in "[a-f0-9]{64}", secret in any::<[u8; 16]>()) {
            let grant = Grant { id, secret, ..grant(&[]) };
            let region: Region = "eu-west-1".parse().unwrap();
            let token = Token::read(&grant.token(AccountId::DEFAULT, &region)).unwrap();
            prop_assert!(token.is_of(&grant) && token.key == grant.key && token.region == region);
        }

        #[test]
        fn any_text_is_taken(text in ".{0,80}", bytes in any::<Vec<u8>>()) {
            let _ = Token::read(&text);
            let _ = Token::read(&URL_SAFE_NO_PAD.encode(bytes));
        }

        /// A constraint never permits more, and a grant's child never more than the grant.
        #[test]
        fn constraints_only_take_away(asked in any::<Context>(), bound in any::<Context>(), other in any::<Context>()) {
            let free = grant(&["Decrypt"]);
            let subset = Grant { subset: Some(bound.clone()), ..free.clone() };
            let equals = Grant { equals: Some(bound.clone()), ..free.clone() };
            let of = |grant: &Grant| grant.permits("Decrypt", Some(&asked), None);
            prop_assert!(of(&free));
            prop_assert!(!of(&equals) || of(&subset), "what is equal is a subset");
            for parent in [&subset, &equals] {
                let operations = ["Decrypt".to_owned()];
                for child in [
                    Child { operations: &operations, subset: Some(&other), equals: None },
                    Child { operations: &operations, subset: None, equals: Some(&other) },
                ] {
                    let made = Grant { subset: child.subset.cloned(), equals: child.equals.cloned(), ..free.clone() };
                    prop_assert!(!parent.covers(&child) || !of(&made) || of(parent));
                }
            }
        }
    }

    #[test]
    fn constraints_are_held_against_the_context() {
        let bound = context(&[("a", "1")]);
        let subset = Grant { subset: Some(bound.clone()), ..grant(&["Decrypt", "DescribeKey"]) };
        assert!(subset.permits("Decrypt", Some(&context(&[("a", "1"), ("b", "2")])), None));
        assert!(!subset.permits("Decrypt", Some(&context(&[("a", "2")])), None));
        assert!(!subset.permits("Decrypt", None, None));
        assert!(!subset.permits("Encrypt", Some(&bound), None));
        assert!(subset.permits("DescribeKey", None, None));
        let sourced = Grant { source_arn: Some("arn:x".into()), ..grant(&["Decrypt"]) };
        assert!(!sourced.permits("Decrypt", None, None) && sourced.permits("Decrypt", None, Some("arn:x")));
    }
}
