//! A role for somebody whom an identity provider vouches for: what AssumeRoleWithWebIdentity and AssumeRoleWithSAML
//! share.

use api_sts::errors;
use auth::{Session, SessionForm};
use federation::Code;
use floor::{Answer, Check, Fault, Get};
use wire::ErrorMeta;

use super::{
    assume_role::with_tags,
    issue,
    narrowing::{Policies, check_sent, same},
    role::RoleArn,
};
use crate::records::Role;

/// What a provider says of somebody.
pub(crate) struct Voucher {
    /// The provider's ARN.
    pub(crate) provider: String,
    /// The role session's name.
    pub(crate) session: String,
    pub(crate) tags: Vec<(String, String)>,
    pub(crate) transitive: Vec<String>,
    pub(crate) source_identity: Option<String>,
    /// Condition keys of the trust policy.
    pub(crate) keys: Vec<(String, Vec<String>)>,
}

impl Voucher {
    /// Tags must keep the rules of session tags, whoever sends them.
    pub(crate) fn check(&self) -> Answer<()> {
        check_sent(&self.tags)
    }

    /// The questions to the trust policy: whether the role is for them, and what they bring.
    pub(crate) async fn checks<R: Get>(
        &self,
        read: &R,
        arn: &RoleArn<'_>,
        role: Option<&Role>,
        actions: [&'static str; 3],
    ) -> Answer<Vec<Check>> {
        let [assume, tag, set_source] = actions;
        let asked =
            [(assume, true), (tag, !self.tags.is_empty()), (set_source, self.source_identity.is_some())];
        let mut checks = Vec::with_capacity(3);
        for (action, _) in asked.into_iter().filter(|(_, is_asked)| *is_asked) {
            let check = arn.check(read, action, role).await?.vouched_by(self.provider.clone());
            checks.push(self.with_keys(check));
        }
        Ok(checks)
    }

    fn with_keys(&self, mut check: Check) -> Check {
        check = check
            .key("sts:RoleSessionName", self.session.clone())
            .key("aws:FederatedProvider", self.provider.clone());
        if let Some(source) = &self.source_identity {
            check = check.key("sts:SourceIdentity", source.clone());
        }
        if !self.transitive.is_empty() {
            check = check.key("sts:TransitiveTagKeys", self.transitive.clone());
        }
        for (name, values) in &self.keys {
            check = match values.as_slice() {
                [one] => check.key(name.clone(), one.clone()),
                many => check.key(name.clone(), many.to_vec()),
            };
        }
        with_tags(check, &self.tags)
    }

    /// The session that it makes. `kept` are the condition keys that go along with it.
    pub(crate) fn session(
        &self,
        policy: Option<&String>,
        policies: Policies<'_>,
        kept: impl Fn(&str) -> bool,
    ) -> Session {
        let mut session = issue::session(SessionForm::Role);
        session.policy = policy.cloned();
        session.policy_arns = policies.arn_texts();
        session.tags.clone_from(&self.tags);
        let is_given = |key: &&String| self.tags.iter().any(|(tag, _)| same(tag, key));
        session.transitive = self.transitive.iter().filter(is_given).cloned().collect();
        session.source_identity.clone_from(&self.source_identity);
        session.provider = Some(self.provider.clone());
        session.keys = self.keys.iter().filter(|(name, _)| kept(name)).cloned().collect();
        session
    }
}

/// The error of STS that a refusal is.
pub(crate) fn refused(code: Code, message: String, detail: &str) -> Fault {
    let meta: &'static ErrorMeta = match code {
        Code::Expired => &errors::EXPIRED_TOKEN_EXCEPTION,
        Code::Invalid => &errors::INVALID_IDENTITY_TOKEN_EXCEPTION,
        Code::Rejected => &errors::IDP_REJECTED_CLAIM_EXCEPTION,
        Code::Denied => return Fault::coded("AccessDenied", 403, message).because(detail),
    };
    Fault::new(meta, message).because(detail)
}
