//! The role that is to be assumed: its record, and the questions to its trust policy.

use auth::{AccountId, Kind as CallerKind, SessionForm};
use floor::{Answer, Caller, Check, Fault, Get};
use policy::{Policy, Usage};
use std::sync::Arc;

use super::{fault, narrowing::Policies};
use crate::{
    records::{self, Kind, Role},
    tags, trust,
};

/// Seconds that a session lasts where the request says nothing.
pub(crate) const SESSION_S_DEFAULT: u64 = 3600;
/// Seconds that a session lasts at most when the caller has temporary credentials itself.
const CHAINED_S_MAX: u64 = 3600;

/// A role's ARN, read.
pub(crate) struct RoleArn<'a> {
    pub(crate) account: AccountId,
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
}

impl<'a> RoleArn<'a> {
    pub(crate) fn parse(text: &'a str) -> Answer<Self> {
        if !text.starts_with("arn:") {
            return Err(fault::validation_text(format!("{text} is invalid")));
        }
        let read = || {
            let (account, rest) = text.strip_prefix("arn:aws:iam::")?.split_once(':')?;
            let name = rest.strip_prefix("role/")?.rsplit('/').next().filter(|name| !name.is_empty())?;
            Some(Self { account: account.parse().ok()?, name, text })
        };
        read().ok_or_else(|| fault::validation_text("Request ARN is invalid".to_owned()))
    }

    /// The role, unless there is none with this very ARN.
    pub(crate) async fn find<R: Get>(&self, read: &R) -> Answer<Option<Role>> {
        let found = records::role(read, &self.account, self.name).await?;
        Ok(found.filter(|role| Kind::Role.arn(&self.account, &role.path, &role.name) == self.text))
    }

    /// A question to the role's trust policy. A role that is not there trusts nobody.
    pub(crate) async fn check<R: Get>(
        &self,
        read: &R,
        action: &'static str,
        role: Option<&Role>,
    ) -> Answer<Check> {
        let check = Check::new(action, self.text, self.account).needs_resource_policy();
        let Some(role) = role else { return Ok(check) };
        let check = check.policy(Some(trust_of(read, role).await?));
        Ok(tags::of_resource(check, &role.tags))
    }
}

/// The trust policy as it stands now: whom it names is known by unique id.
async fn trust_of<R: Get>(read: &R, role: &Role) -> Answer<Arc<Policy>> {
    let text = trust::in_force(read, role).await?;
    let made = Policy::parse_as(&text, Usage::Trust);
    made.map(Arc::new).map_err(|e| floor::fault::internal(format!("the trust policy of {}: {e}", role.name)))
}

/// Session policies are those of the role's account.
pub(crate) async fn find_policies<R: Get>(
    read: &R,
    arn: &RoleArn<'_>,
    role: Option<&Role>,
    policies: Policies<'_>,
) -> Answer<()> {
    // Whoever may not assume the role does not learn which policies its account has.
    if role.is_some() { policies.find(read, &arn.account).await } else { Ok(()) }
}

/// Who may not assume a role, whatever policies say.
pub(crate) fn expect_may_assume(caller: &Caller) -> Answer<()> {
    let who = &caller.who;
    if who.is_anonymous() {
        return Err(fault::unsigned());
    }
    if matches!(who.kind, CallerKind::Root) {
        return Err(Fault::coded("AccessDenied", 403, "Roles may not be assumed by root accounts."));
    }
    if who.session.as_deref().is_some_and(|s| s.form == SessionForm::Federation) {
        return Err(fault::with_session_credentials("AssumeRole"));
    }
    Ok(())
}

/// How long the session lasts.
pub(crate) fn duration_s(asked: Option<i32>, role: &Role, is_chained: bool) -> Answer<u64> {
    let most = u64::from(role.session_s_max).max(SESSION_S_DEFAULT);
    let Some(asked) = asked.and_then(|s| u64::try_from(s).ok()) else {
        return Ok(SESSION_S_DEFAULT.min(most));
    };
    if is_chained && asked > CHAINED_S_MAX {
        let why = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
        return Err(fault::validation_text(why.to_owned()));
    }
    if asked > most {
        let why = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
        return Err(fault::validation_text(why.to_owned()));
    }
    Ok(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_of_roles() {
        let arn = RoleArn::parse("arn:aws:iam::111122223333:role/a/b/deploy").unwrap();
        assert_eq!((arn.account.as_str(), arn.name), ("111122223333", "deploy"));
        for bad in [
            "deploy",
            "arn:aws:iam::111122223333:role/",
            "arn:aws:iam::111122223333:user/a",
            "arn:aws:iam::1:role/a",
            "arn:aws:iam:us-east-1:111122223333:role/a",
            "arn:aws:sts::111122223333:assumed-role/a/b",
        ] {
            assert!(RoleArn::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn durations() {
        let role = Role { session_s_max: 7200, ..Role::default() };
        assert_eq!(duration_s(None, &role, true).unwrap(), 3600);
        assert_eq!(duration_s(Some(7200), &role, false).unwrap(), 7200);
        assert!(duration_s(Some(7201), &role, false).is_err());
        assert!(duration_s(Some(3601), &role, true).is_err());
        assert_eq!(duration_s(Some(900), &role, true).unwrap(), 900);
    }
}
