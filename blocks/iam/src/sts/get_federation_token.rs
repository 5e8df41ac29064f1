//! GetFederationToken: temporary credentials for somebody whom the caller vouches for. They may do what both the
//! caller and the session policies allow; without session policies, nothing.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html>

use api_sts::{FederatedUser, GetFederationToken, GetFederationTokenRequest, GetFederationTokenResponse};
use auth::{Kind, SessionForm};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use super::{
    Sts, assume_role, fault,
    issue::{self, Grant, lasting_s},
    narrowing::{Policies, check_name, check_tags},
    token::Who,
};

const FEDERATE: &str = "sts:GetFederationToken";
const TAG: &str = "sts:TagSession";

impl Handle<GetFederationToken> for Sts {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &[FEDERATE, TAG];

    fn place(&self, caller: &Caller, input: &GetFederationTokenRequest) -> Answer<Placement> {
        fault::expect_lasting(caller, "GetFederationToken")?;
        check_name("name", &input.name)?;
        check_tags(input.tags.as_deref().unwrap_or_default())?;
        policies(input).check()?;
        Ok(self.directory.place(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        input: &GetFederationTokenRequest,
    ) -> Answer<Target<()>> {
        let tags = issue::pairs(input.tags.as_ref());
        let actions = if tags.is_empty() { &[FEDERATE][..] } else { &[FEDERATE, TAG] };
        let check = |action: &&'static str| {
            let mut check = Check::new(action, arn(caller, input), caller.account());
            if let Some(seconds) = input.duration_seconds {
                check = check.key("sts:DurationSeconds", seconds.to_string());
            }
            assume_role::with_tags(check, &tags)
        };
        Ok(Target { checks: actions.iter().map(check).collect(), loaded: () })
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetFederationToken, Self>,
        input: GetFederationTokenRequest,
    ) -> Answer<GetFederationTokenResponse> {
        let caller = &cx.caller;
        let account = caller.account();
        let policies = policies(&input);
        policies.find(&cx.view(&at.place).await?, &account).await?;
        let tags = issue::pairs(input.tags.as_ref());
        let packed = policies.packed_percent(&tags)?;
        let mut session = issue::session(SessionForm::Federation);
        session.policy.clone_from(&input.policy);
        session.policy_arns = policies.arn_texts();
        session.tags = tags;
        if let Kind::User { name, .. } = &caller.who.kind {
            session.issuer = Some(name.clone());
            session.issuer_id = Some(caller.who.user_id.clone());
        }
        let issued = Grant {
            account,
            who: Who::Federated { name: input.name.clone() },
            session,
            duration_s: lasting_s(caller, input.duration_seconds),
            token_bytes_min: input.minimum_session_token_size,
        }
        .issue(cx.floor());
        Ok(GetFederationTokenResponse {
            credentials: Some(issued.credentials),
            federated_user: Some(FederatedUser {
                federated_user_id: Some(format!("{account}:{}", input.name)),
                arn: Some(arn(caller, &input)),
            }),
            packed_policy_size: packed,
            session_token_utilization: Some(issued.token_percent),
            session_token_size: Some(issued.token_bytes),
        })
    }
}

fn policies(input: &GetFederationTokenRequest) -> Policies<'_> {
    Policies { inline: input.policy.as_ref(), arns: input.policy_arns.as_ref() }
}

fn arn(caller: &Caller, input: &GetFederationTokenRequest) -> String {
    format!("arn:aws:sts::{}:federated-user/{}", caller.account(), input.name)
}
