//! What an account has of everything, and how much of it it may have.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html>

use std::collections::BTreeSet;

use api_iam::{GetAccountSummary, GetAccountSummaryResponse};
use floor::{Answer, Check, Get, Key, key::Parts};
use wire::{Empty, Map};

use crate::{
    act::{Act, Ask, Books},
    limits, mfa,
    records::{self, Account, Kind},
    server_certificates,
};

/// No family has more records than this in one account.
const COUNTED_MAX: usize = 100_000;

/// The families of identity providers.
const PROVIDERS: [&str; 2] = ["oidc", "saml"];

impl Books {
    async fn count(&self, family: &Key) -> Answer<usize> {
        Ok(self.range(family.all(), COUNTED_MAX).await?.len())
    }

    /// How many managed policies are attached to anything: "policy versions in use".
    async fn versions_in_use(&self) -> Answer<usize> {
        let family = Key::of("attached").text(self.account().as_str());
        let pairs = self.range(family.all(), COUNTED_MAX).await?;
        let arns: BTreeSet<_> =
            pairs.iter().filter_map(|(key, _)| Parts::of(key.get(family.len()..)?).text()).collect();
        Ok(arns.len())
    }
}

impl Act for GetAccountSummary {
    const ACTION: &'static str = "iam:GetAccountSummary";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &Empty) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    /// The root has no password here: nobody can sign in to a console with it.
    async fn act(books: &Books, _: &Empty) -> Answer<GetAccountSummaryResponse> {
        let account = books.account();
        let record: Account = books.load(&records::account_key(&account)).await?.unwrap_or_default();
        let root = books.holdings("").await?;
        let (devices, in_use) = mfa::count(books, &account).await?;
        let providers = PROVIDERS.map(|family| Key::of(family).text(account.as_str()));
        let mut provided = 0;
        for family in &providers {
            provided += books.count(family).await?;
        }
        let token_version = if books.settings().await?.has_v2_tokens { 2 } else { 1 };
        let all = [
            ("AccessKeysPerUserQuota", limits::KEYS_PER_USER_MAX),
            ("AccountAccessKeysPresent", usize::from(!record.root_keys.is_empty())),
            ("AccountMFAEnabled", usize::from(!root.mfa.is_empty())),
            ("AccountPasswordPresent", 0),
            ("AccountSigningCertificatesPresent", usize::from(!root.certificates.is_empty())),
            ("AssumeRolePolicySizeQuota", limits::TRUST_MAX),
            ("AttachedPoliciesPerGroupQuota", limits::ATTACHED_MAX),
            ("AttachedPoliciesPerRoleQuota", limits::ATTACHED_MAX),
            ("AttachedPoliciesPerUserQuota", limits::ATTACHED_MAX),
            ("GlobalEndpointTokenVersion", token_version),
            ("GroupPolicySizeQuota", limits::INLINE_OF_GROUP_MAX),
            ("Groups", books.count(&Kind::Group.family(&account)).await?),
            ("GroupsPerUserQuota", limits::GROUPS_PER_USER_MAX),
            ("GroupsQuota", limits::GROUPS_MAX),
            ("InstanceProfiles", books.count(&Kind::InstanceProfile.family(&account)).await?),
            ("InstanceProfilesQuota", 1000),
            ("MFADevices", devices),
            ("MFADevicesInUse", in_use),
            ("Policies", books.count(&Kind::Policy.family(&account)).await?),
            ("PoliciesQuota", limits::POLICIES_MAX),
            ("PolicySizeQuota", limits::MANAGED_MAX),
            ("PolicyVersionsInUse", books.versions_in_use().await?),
            ("PolicyVersionsInUseQuota", 10_000),
            ("Providers", provided),
            ("RolePolicySizeQuota", limits::INLINE_OF_ROLE_MAX),
            ("Roles", books.count(&Kind::Role.family(&account)).await?),
            ("RolesQuota", limits::ROLES_MAX),
            ("ServerCertificates", books.count(&server_certificates::family(&account)).await?),
            ("ServerCertificatesQuota", limits::SERVER_CERTIFICATES_MAX),
            ("SigningCertificatesPerUserQuota", limits::CERTIFICATES_PER_USER_MAX),
            ("UserPolicySizeQuota", limits::INLINE_OF_USER_MAX),
            ("Users", books.count(&Kind::User.family(&account)).await?),
            ("UsersQuota", limits::USERS_MAX),
            ("VersionsPerPolicyQuota", 5),
        ];
        let summary: Map<i32> =
            all.map(|(name, count)| (name.to_owned(), count as i32)).into_iter().collect();
        Ok(GetAccountSummaryResponse { summary_map: Some(summary) })
    }
}
