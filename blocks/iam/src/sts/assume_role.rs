//! AssumeRole. <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>

use api_sts::{AssumeRole, AssumeRoleRequest, AssumeRoleResponse, AssumedRoleUser};
use auth::SessionForm;
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use super::{
    Sts, fault,
    issue::{self, Grant, Issued},
    narrowing::{Policies, check_name, check_tags, invalid, same},
    role::{RoleArn, duration_s, expect_may_assume, find_policies},
    token::Who,
};
use crate::records::Role;

const ASSUME: &str = "sts:AssumeRole";
const TAG: &str = "sts:TagSession";
const SET_SOURCE: &str = "sts:SetSourceIdentity";

/// The tags, and the keys of those that pass on, of the session that is asked for.
struct Tags {
    all: Vec<(String, String)>,
    transitive: Vec<String>,
}

impl Handle<AssumeRole> for Sts {
    type Loaded = Option<Role>;
    const ACTIONS: &'static [&'static str] = &[ASSUME, TAG, SET_SOURCE];

    fn place(&self, caller: &Caller, input: &AssumeRoleRequest) -> Answer<Placement> {
        expect_may_assume(caller)?;
        check_name("roleSessionName", &input.role_session_name)?;
        if let Some(text) = &input.source_identity {
            check_name("sourceIdentity", text)?;
            if text.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("aws:")) {
                return Err(invalid("A source identity cannot begin with aws:."));
            }
        }
        check_external_id(input.external_id.as_deref())?;
        RoleArn::parse(&input.role_arn)?;
        policies(input).check()?;
        tags(caller, input)?;
        source_identity(caller, input)?;
        Ok(self.directory.place(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &AssumeRoleRequest,
    ) -> Answer<Target<Option<Role>>> {
        let arn = RoleArn::parse(&input.role_arn)?;
        let role = arn.find(read).await?;
        let tags = tags(caller, input)?;
        let source_identity = source_identity(caller, input)?;
        let shown = (input.serial_number.as_deref(), input.token_code.as_deref());
        let has_mfa = self.mfa(read, caller, shown).await?.is_some();
        let further = [(TAG, !tags.all.is_empty()), (SET_SOURCE, source_identity.is_some())];
        let mut checks = Vec::with_capacity(3);
        for (action, _) in [(ASSUME, true)].into_iter().chain(further).filter(|(_, is_asked)| *is_asked) {
            let check = arn.check(read, action, role.as_ref()).await?;
            let check = with_keys(check, input, &tags, source_identity.as_ref());
            checks.push(if has_mfa { with_mfa(check) } else { check });
        }
        Ok(Target { checks, loaded: role })
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<AssumeRole, Self>,
        input: AssumeRoleRequest,
    ) -> Answer<AssumeRoleResponse> {
        let arn = RoleArn::parse(&input.role_arn)?;
        let role =
            at.loaded.as_ref().as_ref().ok_or_else(|| floor::fault::internal("a role that is not there"))?;
        let caller = &cx.caller;
        let policies = policies(&input);
        find_policies(&cx.view(&at.place).await?, &arn, Some(role), policies).await?;
        let tags = tags(caller, &input)?;
        let source_identity = source_identity(caller, &input)?;
        let packed = policies.packed_percent(&issue::pairs(input.tags.as_ref()))?;
        let mut session = issue::session(SessionForm::Role);
        session.policy.clone_from(&input.policy);
        session.policy_arns = policies.arn_texts();
        session.tags = tags.all;
        session.transitive = tags.transitive;
        session.source_identity.clone_from(&source_identity);
        let is_chained = caller.who.session.is_some();
        let issued = Grant {
            account: arn.account,
            who: who(role, &input.role_session_name),
            session,
            duration_s: duration_s(input.duration_seconds, role, is_chained)?,
            token_bytes_min: input.minimum_session_token_size,
        }
        .issue(cx.floor());
        Ok(AssumeRoleResponse {
            assumed_role_user: Some(assumed(&arn, role, &input.role_session_name)),
            packed_policy_size: packed,
            source_identity,
            ..answer(issued)
        })
    }
}

fn answer(issued: Issued) -> AssumeRoleResponse {
    AssumeRoleResponse {
        credentials: Some(issued.credentials),
        session_token_utilization: Some(issued.token_percent),
        session_token_size: Some(issued.token_bytes),
        ..AssumeRoleResponse::default()
    }
}

/// A session of `role`.
pub(crate) fn who(role: &Role, session: &str) -> Who {
    Who::Role {
        path: role.path.clone(),
        role: role.name.clone(),
        role_id: role.id.clone(),
        session: session.to_owned(),
    }
}

/// The session as answers name it.
pub(crate) fn assumed(arn: &RoleArn<'_>, role: &Role, session: &str) -> AssumedRoleUser {
    AssumedRoleUser {
        assumed_role_id: Some(format!("{}:{session}", role.id)),
        arn: Some(format!("arn:aws:sts::{}:assumed-role/{}/{session}", arn.account, role.name)),
    }
}

fn policies(input: &AssumeRoleRequest) -> Policies<'_> {
    Policies { inline: input.policy.as_ref(), arns: input.policy_arns.as_ref() }
}

/// `[\w+=,.@:\/-]*`.
fn check_external_id(id: Option<&str>) -> Answer<()> {
    match id {
        Some(id) if !id.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=,.@:/-".contains(&b)) => {
            Err(fault::pattern(id, "externalId", r"[\w+=,.@:\/-]*"))
        }
        _ => Ok(()),
    }
}

/// The tags of the new session: those of the request, and those that the caller's session passes on, which nobody can
/// override ("Chaining roles with session tags").
fn tags(caller: &Caller, input: &AssumeRoleRequest) -> Answer<Tags> {
    let asked = input.tags.as_deref().unwrap_or_default();
    check_tags(asked)?;
    let session = caller.who.session.as_deref();
    let inherited = session.map_or(&[][..], |s| s.transitive.as_slice());
    if asked.iter().any(|tag| inherited.iter().any(|key| same(key, &tag.key))) {
        return Err(invalid(
            "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from \
             the calling session.",
        ));
    }
    let mut transitive = inherited.to_vec();
    for key in input.transitive_tag_keys.iter().flatten() {
        if transitive.iter().any(|other| same(other, key)) {
            continue;
        }
        let Some(tag) = asked.iter().find(|tag| same(&tag.key, key)) else {
            return Err(invalid("The specified transitive tag key must be included in the requested tags."));
        };
        transitive.push(tag.key.clone());
    }
    let mut all = issue::pairs(input.tags.as_ref());
    let passed_on = session.map_or(&[][..], |s| s.tags.as_slice());
    all.extend(passed_on.iter().filter(|(key, _)| inherited.iter().any(|one| same(one, key))).cloned());
    Ok(Tags { all, transitive })
}

/// Once it is set, it holds for all roles of a chain.
fn source_identity(caller: &Caller, input: &AssumeRoleRequest) -> Answer<Option<String>> {
    let inherited = caller.who.session.as_deref().and_then(|session| session.source_identity.as_ref());
    match (inherited, &input.source_identity) {
        (Some(set), Some(asked)) if set != asked => {
            let why = "The source identity is already set for this assume role session";
            Err(fault::validation_text(why.to_owned()))
        }
        (set, asked) => Ok(set.or(asked.as_ref()).cloned()),
    }
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-sts>
fn with_keys(mut check: Check, input: &AssumeRoleRequest, tags: &Tags, source: Option<&String>) -> Check {
    check = check.key("sts:RoleSessionName", input.role_session_name.clone());
    if let Some(id) = &input.external_id {
        check = check.key("sts:ExternalId", id.clone());
    }
    if let Some(source) = source {
        check = check.key("sts:SourceIdentity", source.clone());
    }
    if let Some(seconds) = input.duration_seconds {
        check = check.key("sts:DurationSeconds", seconds.to_string());
    }
    if !tags.transitive.is_empty() {
        check = check.key("sts:TransitiveTagKeys", tags.transitive.clone());
    }
    with_tags(check, &tags.all)
}

/// The code counts for this request; the role's session does not have it.
fn with_mfa(check: Check) -> Check {
    check.key("aws:MultiFactorAuthPresent", "true").key("aws:MultiFactorAuthAge", "0")
}

/// The condition keys of session tags.
pub(crate) fn with_tags(mut check: Check, tags: &[(String, String)]) -> Check {
    for (key, value) in tags {
        check = check.key(format!("aws:RequestTag/{key}"), value.clone());
    }
    let keys: Vec<String> = tags.iter().map(|(key, _)| key.clone()).collect();
    if keys.is_empty() { check } else { check.key("aws:TagKeys", keys) }
}
