//! AssumeRoleWithWebIdentity: the caller shows no signature but a token of an OpenID Connect provider.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>

use api_sts::{
    AssumeRoleWithWebIdentity, AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse, errors,
};
use federation::jwt::{Identity, Token};
use floor::{Admitted, Answer, Caller, Cx, Fault, Get, Handle, Placement, Target};

use super::{
    Sts,
    assume_role::{assumed, who},
    fault,
    issue::Grant,
    issuers::NoKeys,
    narrowing::{Policies, check_name},
    role::{RoleArn, duration_s, find_policies},
    vouched::{Voucher, refused},
};
use crate::{oidc, records::Role};

const ACTIONS: [&str; 3] = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession", "sts:SetSourceIdentity"];

/// The role, and who the token is about.
pub struct Vouched {
    role: Option<Role>,
    identity: Identity,
    voucher: Voucher,
}

impl Handle<AssumeRoleWithWebIdentity> for Sts {
    type Loaded = Vouched;
    const ACTIONS: &'static [&'static str] = &ACTIONS;

    fn place(&self, caller: &Caller, input: &AssumeRoleWithWebIdentityRequest) -> Answer<Placement> {
        check_name("roleSessionName", &input.role_session_name)?;
        if input.provider_id.is_some() {
            let why = "ProviderId is for OAuth 2.0 access tokens only; those of OpenID Connect providers go without";
            return Err(fault::validation_text(why.to_owned()));
        }
        RoleArn::parse(&input.role_arn)?;
        policies(input).check()?;
        Ok(self.directory.place(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        _: &Caller,
        read: &R,
        input: &AssumeRoleWithWebIdentityRequest,
    ) -> Answer<Target<Vouched>> {
        let arn = RoleArn::parse(&input.role_arn)?;
        let token = Token::parse(&input.web_identity_token).map_err(|e| not_believed(&e))?;
        let issuer = token.issuer().to_owned();
        let bare = issuer.strip_prefix("https://").unwrap_or(&issuer);
        let provider = format!("arn:aws:iam::{}:oidc-provider/{bare}", arn.account);
        let found = oidc::provider(read, &arn.account, &provider).await?;
        let found = found.ok_or_else(|| {
            let why = format!("No OpenIDConnect provider found in your account for {issuer}");
            Fault::new(&errors::INVALID_IDENTITY_TOKEN_EXCEPTION, why)
        })?;
        let (now, now_ms) = self.directory.clocks()?;
        let issuer = format!("https://{}", found.url);
        let keys = self.issuers.keys(&issuer, &token, now).await.map_err(|why| no_keys(&why))?;
        let now_s = (now_ms / 1000) as i64;
        let identity = token.verify(&keys, &issuer, &found.clients, now_s).map_err(|e| not_believed(&e))?;
        let voucher = Voucher {
            provider,
            session: input.role_session_name.clone(),
            tags: identity.tags.clone(),
            transitive: identity.transitive_tag_keys.clone(),
            source_identity: identity.source_identity.clone(),
            keys: identity.context(),
        };
        voucher.check()?;
        let role = arn.find(read).await?;
        let checks = voucher.checks(read, &arn, role.as_ref(), ACTIONS).await?;
        Ok(Target { checks, loaded: Vouched { role, identity, voucher } })
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<AssumeRoleWithWebIdentity, Self>,
        input: AssumeRoleWithWebIdentityRequest,
    ) -> Answer<AssumeRoleWithWebIdentityResponse> {
        let arn = RoleArn::parse(&input.role_arn)?;
        let Vouched { role, identity, voucher } = &*at.loaded;
        let role = role.as_ref().ok_or_else(|| floor::fault::internal("a role that is not there"))?;
        let policies = policies(&input);
        find_policies(&cx.view(&at.place).await?, &arn, Some(role), policies).await?;
        let packed = policies.packed_percent(&voucher.tags)?;
        let issued = Grant {
            account: arn.account,
            who: who(role, &input.role_session_name),
            session: voucher.session(input.policy.as_ref(), policies, |_| true),
            duration_s: duration_s(input.duration_seconds, role, false)?,
            token_bytes_min: input.minimum_session_token_size,
        }
        .issue(cx.floor());
        Ok(AssumeRoleWithWebIdentityResponse {
            credentials: Some(issued.credentials),
            subject_from_web_identity_token: Some(identity.subject.clone()),
            assumed_role_user: Some(assumed(&arn, role, &input.role_session_name)),
            packed_policy_size: packed,
            provider: Some(voucher.provider.clone()),
            audience: Some(identity.audience.clone()),
            source_identity: voucher.source_identity.clone(),
            session_token_utilization: Some(issued.token_percent),
            session_token_size: Some(issued.token_bytes),
        })
    }
}

fn policies(input: &AssumeRoleWithWebIdentityRequest) -> Policies<'_> {
    Policies { inline: input.policy.as_ref(), arns: input.policy_arns.as_ref() }
}

fn not_believed(why: &federation::jwt::Refusal) -> Fault {
    refused(why.code(), why.to_string(), &why.detail())
}

fn no_keys(why: &NoKeys) -> Fault {
    match why {
        NoKeys::Silent(_) => {
            let said = "Error communicating with the identity provider";
            Fault::new(&errors::IDP_COMMUNICATION_ERROR_EXCEPTION, said).because(why)
        }
        NoKeys::Useless(_) => {
            let said = "Couldn't retrieve verification key from your identity provider,  please reference \
                        AssumeRoleWithWebIdentity documentation for requirements";
            Fault::new(&errors::INVALID_IDENTITY_TOKEN_EXCEPTION, said).because(why)
        }
    }
}
