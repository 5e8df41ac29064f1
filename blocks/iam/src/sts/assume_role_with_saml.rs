//! AssumeRoleWithSAML: the caller shows no signature but an assertion of a SAML 2.0 provider.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html>

use std::sync::LazyLock;

use api_sts::{AssumeRoleWithSAML, AssumeRoleWithSAMLRequest, AssumeRoleWithSAMLResponse, errors};
use federation::saml::{self, Assertion, Metadata};
use floor::{Admitted, Answer, Caller, Cx, Fault, Get, Handle, Memo, Placement, Target};

use super::{
    Sts,
    assume_role::{assumed, who},
    issue::Grant,
    narrowing::Policies,
    role::{RoleArn, duration_s, find_policies},
    vouched::{Voucher, refused},
};
use crate::{records::Role, saml as providers};

const ACTIONS: [&str; 3] = ["sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity"];
/// The shortest session, which an assertion that ends sooner gets all the same.
const SESSION_S_MIN: u64 = 900;

/// The role, and who the assertion is about.
pub struct Vouched {
    role: Option<Role>,
    assertion: Assertion,
    voucher: Voucher,
    /// The provider's friendly name.
    name: String,
}

/// Metadata that was read before: a request needs no signature to have it read, and it is long.
static METADATA: LazyLock<Memo<(), Metadata>> = LazyLock::new(|| Memo::new(32 << 20));

impl Handle<AssumeRoleWithSAML> for Sts {
    type Loaded = Vouched;
    const ACTIONS: &'static [&'static str] = &ACTIONS;

    fn place(&self, caller: &Caller, input: &AssumeRoleWithSAMLRequest) -> Answer<Placement> {
        RoleArn::parse(&input.role_arn)?;
        policies(input).check()?;
        Ok(self.directory.place(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        _: &Caller,
        read: &R,
        input: &AssumeRoleWithSAMLRequest,
    ) -> Answer<Target<Vouched>> {
        let arn = RoleArn::parse(&input.role_arn)?;
        let found = providers::provider(read, &arn.account, &input.principal_arn).await?;
        let found = found.ok_or_else(|| {
            let why = "Specified provider doesn't exist";
            Fault::new(&errors::INVALID_IDENTITY_TOKEN_EXCEPTION, why)
        })?;
        let metadata = METADATA.get(&found.metadata, (), || Metadata::parse(&found.metadata));
        let metadata = metadata
            .map_err(|e| floor::fault::internal(format!("the metadata of {}: {}", found.name, e.reason)))?;
        let (_, now_ms) = self.directory.clocks()?;
        let assertion = saml::verify(&input.saml_assertion, &metadata, (now_ms / 1000) as i64)
            .map_err(|e| not_believed(&e))?;
        assertion.check_role(&input.role_arn, &input.principal_arn).map_err(|e| not_believed(&e))?;
        let context = assertion.context(arn.account.as_str(), &found.name);
        let voucher = Voucher {
            provider: input.principal_arn.clone(),
            session: assertion.session_name.clone(),
            tags: assertion.tags.clone(),
            transitive: assertion.transitive_tag_keys.clone(),
            source_identity: assertion.source_identity.clone(),
            keys: context.into_iter().map(|(name, values)| (name.to_owned(), values)).collect(),
        };
        voucher.check()?;
        let role = arn.find(read).await?;
        let checks = voucher.checks(read, &arn, role.as_ref(), ACTIONS).await?;
        Ok(Target { checks, loaded: Vouched { role, assertion, voucher, name: found.name } })
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<AssumeRoleWithSAML, Self>,
        input: AssumeRoleWithSAMLRequest,
    ) -> Answer<AssumeRoleWithSAMLResponse> {
        let arn = RoleArn::parse(&input.role_arn)?;
        let Vouched { role, assertion, voucher, name } = &*at.loaded;
        let role = role.as_ref().ok_or_else(|| floor::fault::internal("a role that is not there"))?;
        let policies = policies(&input);
        find_policies(&cx.view(&at.place).await?, &arn, Some(role), policies).await?;
        let packed = policies.packed_percent(&voucher.tags)?;
        let (_, now_ms) = self.directory.clocks()?;
        let kept = |key: &str| matches!(key, "saml:namequalifier" | "saml:sub" | "saml:sub_type");
        let asked = duration_s(input.duration_seconds, role, false)?;
        let issued = Grant {
            account: arn.account,
            who: who(role, &voucher.session),
            session: voucher.session(input.policy.as_ref(), policies, kept),
            duration_s: shortened(asked, assertion, (now_ms / 1000) as i64),
            token_bytes_min: input.minimum_session_token_size,
        }
        .issue(cx.floor());
        Ok(AssumeRoleWithSAMLResponse {
            credentials: Some(issued.credentials),
            assumed_role_user: Some(assumed(&arn, role, &voucher.session)),
            packed_policy_size: packed,
            subject: Some(assertion.subject.value.clone()),
            subject_type: assertion.subject.kind().map(str::to_owned),
            issuer: Some(assertion.issuer.clone()),
            audience: Some(assertion.recipient.clone()),
            name_qualifier: Some(saml::name_qualifier(&assertion.issuer, arn.account.as_str(), name)),
            source_identity: voucher.source_identity.clone(),
            session_token_utilization: Some(issued.token_percent),
            session_token_size: Some(issued.token_bytes),
        })
    }
}

/// The assertion only shortens a session ("whichever value is shorter").
fn shortened(asked_s: u64, assertion: &Assertion, now_s: i64) -> u64 {
    let said = assertion.session_duration_s.map(u64::from);
    let until = assertion.session_end_s.map(|end| u64::try_from(end - now_s).unwrap_or_default());
    let shortest = [said, until].into_iter().flatten().fold(asked_s, u64::min);
    shortest.max(SESSION_S_MIN.min(asked_s))
}

fn policies(input: &AssumeRoleWithSAMLRequest) -> Policies<'_> {
    Policies { inline: input.policy.as_ref(), arns: input.policy_arns.as_ref() }
}

fn not_believed(why: &saml::Refusal) -> Fault {
    refused(why.code(), why.to_string(), &why.detail())
}
