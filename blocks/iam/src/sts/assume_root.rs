//! AssumeRoot: a short session as the root of another account, for one task.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html>
//!
//! AWS lets an organisation's management account do so. One installation is one organisation here: its default account
//! manages the others.

use api_sts::{AssumeRoot, AssumeRootRequest, AssumeRootResponse};
use auth::{AccountId, Kind, SessionForm};
use floor::{Admitted, Answer, Caller, Check, Cx, Fault, Get, Handle, Placement, Target};

use super::{
    Sts, fault,
    issue::{self, Grant},
    token::Who,
};
use crate::records;

const ACTION: &str = "sts:AssumeRoot";
/// Seconds that the session lasts: at most, and if nothing is said.
const SESSION_S_MAX: u64 = 900;
const TASKS: &str = "arn:aws:iam::aws:policy/root-task/";
const TASK_NAMES: [&str; 5] = [
    "IAMAuditRootUserCredentials",
    "IAMCreateRootUserPassword",
    "IAMDeleteRootUserCredentials",
    "S3UnlockBucketPolicy",
    "SQSUnlockQueuePolicy",
];

impl Handle<AssumeRoot> for Sts {
    type Loaded = bool;
    const ACTIONS: &'static [&'static str] = &[ACTION];

    fn place(&self, caller: &Caller, input: &AssumeRootRequest) -> Answer<Placement> {
        fault::expect_free(caller, "AssumeRoot")?;
        if matches!(caller.who.kind, Kind::Root) {
            return Err(Fault::coded("AccessDenied", 403, "AssumeRoot may not be called by root accounts."));
        }
        target(input)?;
        task(input)?;
        Ok(self.directory.place(&caller.region))
    }

    /// Whether the account is there, and another than the caller's.
    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &AssumeRootRequest,
    ) -> Answer<Target<bool>> {
        let account = target(input)?;
        let found: Option<records::Account> = read.load(&records::account_key(&account)).await?;
        let check = Check::new(ACTION, format!("arn:aws:iam::{account}:root"), caller.account())
            .key("sts:TaskPolicyArn", task(input)?);
        Ok(Target::one(check, found.is_some() && account != caller.account()))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<AssumeRoot, Self>,
        input: AssumeRootRequest,
    ) -> Answer<AssumeRootResponse> {
        let (caller, account) = (&cx.caller, target(&input)?);
        if caller.account() != AccountId::DEFAULT || !*at.loaded {
            let who = caller.who.arn();
            let why = format!(
                "User: {who} is not authorized to perform: {ACTION} on resource: arn:aws:iam::{account}:root"
            );
            return Err(Fault::coded("AccessDenied", 403, why));
        }
        let source_identity = caller.who.session.as_deref().and_then(|s| s.source_identity.clone());
        let mut session = issue::session(SessionForm::Root);
        session.policy_arns = vec![task(&input)?];
        session.source_identity.clone_from(&source_identity);
        let asked = input.duration_seconds.and_then(|s| u64::try_from(s).ok());
        let issued = Grant {
            account,
            who: Who::Root,
            session,
            duration_s: asked.unwrap_or(SESSION_S_MAX).min(SESSION_S_MAX),
            token_bytes_min: input.minimum_session_token_size,
        }
        .issue(cx.floor());
        Ok(AssumeRootResponse {
            credentials: Some(issued.credentials),
            source_identity,
            session_token_utilization: Some(issued.token_percent),
            session_token_size: Some(issued.token_bytes),
        })
    }
}

/// The account that is meant: by its number, or by the ARN of its root.
fn target(input: &AssumeRootRequest) -> Answer<AccountId> {
    let text = input.target_principal.as_str();
    let bare = text.strip_prefix("arn:aws:iam::").and_then(|rest| rest.strip_suffix(":root")).unwrap_or(text);
    bare.parse().map_err(|_| fault::validation_text(format!("{text} is invalid")))
}

fn task(input: &AssumeRootRequest) -> Answer<String> {
    let arn = input.task_policy_arn.arn.as_deref().unwrap_or_default();
    match arn.strip_prefix(TASKS) {
        Some(name) if TASK_NAMES.contains(&name) => Ok(arn.to_owned()),
        _ => Err(fault::validation_text(format!("The policy {arn} is not a policy of a root task."))),
    }
}
