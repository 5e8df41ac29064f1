//! Everything that an account's records say about who may do what.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>

use api_iam::{
    AttachedPermissionsBoundary, GetAccountAuthorizationDetails, GetAccountAuthorizationDetailsRequest,
    GetAccountAuthorizationDetailsResponse, GroupDetail, ManagedPolicyDetail, PolicyDetail, PolicyVersion,
    RoleDetail, UserDetail,
};
use floor::{Answer, Check, Get, KeyRange, Record};
use wire::Time;

use crate::{
    act::{Act, Ask, Books},
    inline, instance_profiles, managed, paging,
    policies::Any,
    policy_versions::versions_whole,
    records::{self, Group, Kind, Managed, Policies, Role, User},
    tags, trust,
};

/// What is listed, in its order.
enum Entry {
    User(User),
    Group(Group),
    Role(Role),
    Policy(Any),
}

fn time(ms: u64) -> Time {
    Time::from_millis(ms as i64)
}

fn inline_policies(policies: &Policies) -> Vec<PolicyDetail> {
    let shown = |(name, text): (&String, &String)| PolicyDetail {
        policy_name: Some(name.clone()),
        policy_document: Some(inline::encoded(text)),
    };
    policies.inline.iter().map(shown).collect()
}

fn boundary(arn: Option<&String>) -> Option<AttachedPermissionsBoundary> {
    arn.map(|arn| AttachedPermissionsBoundary {
        permissions_boundary_type: Some("Policy".to_owned()),
        permissions_boundary_arn: Some(arn.clone()),
    })
}

impl Books {
    /// All records of a kind.
    async fn every<T: Record>(&self, kind: Kind) -> Answer<Vec<T>> {
        let mut range = kind.family(&self.account()).all();
        let mut all = Vec::new();
        loop {
            let pairs = self.range(range.clone(), 1000).await?;
            let Some((last, _)) = pairs.last() else { return Ok(all) };
            for (_, value) in &pairs {
                all.push(T::decode(value)?);
            }
            range = KeyRange { start: [&last[..], &[0]].concat().into(), ..range };
        }
    }

    /// The entries that `wants` has a word for.
    async fn entries(&self, wants: impl Fn(&str) -> bool + Send) -> Answer<Vec<Entry>> {
        let mut all = Vec::new();
        if wants("User") {
            all.extend(self.every(Kind::User).await?.into_iter().map(Entry::User));
        }
        if wants("Group") {
            all.extend(self.every(Kind::Group).await?.into_iter().map(Entry::Group));
        }
        if wants("Role") {
            all.extend(self.every(Kind::Role).await?.into_iter().map(Entry::Role));
        }
        if wants("LocalManagedPolicy") {
            let own: Vec<Managed> = self.every(Kind::Policy).await?;
            all.extend(own.into_iter().map(|one| Entry::Policy(Any::Own(one))));
        }
        if wants("AWSManagedPolicy") {
            // Of AWS's, those that anybody here has.
            let used = self.usages().await?;
            let of_aws = managed::all().iter().filter(|one| used.contains_key(&one.arn()));
            all.extend(of_aws.map(|one| Entry::Policy(Any::Aws(one))));
        }
        Ok(all)
    }

    async fn user_detail(&self, user: User) -> Answer<UserDetail> {
        let account = self.account();
        let mut groups = Vec::new();
        for name in &user.groups {
            groups.extend(records::group(self, &account, name).await?.map(|group| group.name));
        }
        Ok(UserDetail {
            arn: Some(Kind::User.arn(&account, &user.path, &user.name)),
            path: Some(user.path),
            user_name: Some(user.name),
            user_id: Some(user.id),
            create_date: Some(time(user.created_ms)),
            user_policy_list: Some(inline_policies(&user.policies)).filter(|all| !all.is_empty()),
            group_list: Some(groups),
            attached_managed_policies: Some(inline::attached(&user.policies, None)),
            permissions_boundary: boundary(user.boundary.as_ref()),
            tags: Some(tags::shown(&user.tags)),
        })
    }

    fn group_detail(&self, group: Group) -> GroupDetail {
        GroupDetail {
            arn: Some(Kind::Group.arn(&self.account(), &group.path, &group.name)),
            path: Some(group.path),
            group_name: Some(group.name),
            group_id: Some(group.id),
            create_date: Some(time(group.created_ms)),
            group_policy_list: Some(inline_policies(&group.policies)),
            attached_managed_policies: Some(inline::attached(&group.policies, None)),
        }
    }

    async fn role_detail(&self, role: Role) -> Answer<RoleDetail> {
        let account = self.account();
        let mut profiles = Vec::new();
        for name in &role.profiles {
            if let Some(one) = self.load(&Kind::InstanceProfile.key(&account, name)).await? {
                profiles.push(instance_profiles::shown(self, &account, &one).await?);
            }
        }
        let role_last_used = Some(self.role_last_used(&role.id).await?);
        Ok(RoleDetail {
            arn: Some(Kind::Role.arn(&account, &role.path, &role.name)),
            assume_role_policy_document: Some(inline::encoded(&trust::in_force(self, &role).await?)),
            path: Some(role.path),
            role_name: Some(role.name),
            role_id: Some(role.id),
            create_date: Some(time(role.created_ms)),
            instance_profile_list: Some(profiles),
            role_policy_list: Some(inline_policies(&role.policies)),
            attached_managed_policies: Some(inline::attached(&role.policies, None)),
            permissions_boundary: boundary(role.boundary.as_ref()),
            tags: Some(tags::shown(&role.tags)),
            role_last_used,
        })
    }

    async fn policy_detail(&self, any: &Any) -> Answer<ManagedPolicyDetail> {
        let account = self.account();
        let shown = any.shown(&account, self.usage(&any.arn(&account)).await?);
        let versions: Vec<PolicyVersion> = versions_whole(any);
        Ok(ManagedPolicyDetail {
            policy_name: shown.policy_name,
            policy_id: shown.policy_id,
            arn: shown.arn,
            path: shown.path,
            default_version_id: shown.default_version_id,
            attachment_count: shown.attachment_count,
            permissions_boundary_usage_count: shown.permissions_boundary_usage_count,
            is_attachable: shown.is_attachable,
            description: any.description(),
            create_date: shown.create_date,
            update_date: shown.update_date,
            policy_version_list: Some(versions),
        })
    }
}

impl Act for GetAccountAuthorizationDetails {
    const ACTION: &'static str = "iam:GetAccountAuthorizationDetails";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &GetAccountAuthorizationDetailsRequest) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    async fn act(
        books: &Books,
        input: &GetAccountAuthorizationDetailsRequest,
    ) -> Answer<GetAccountAuthorizationDetailsResponse> {
        let filter = input.filter.as_deref().unwrap_or_default();
        let wants = |word: &str| filter.is_empty() || filter.iter().any(|one| one == word);
        let page = paging::of_list(books.entries(wants).await?, (input.marker.as_ref(), input.max_items))?;
        let is_truncated = page.is_truncated();
        let (mut users, mut groups, mut roles, mut all_policies) = (vec![], vec![], vec![], vec![]);
        for entry in page.items {
            match entry {
                Entry::User(user) => users.push(books.user_detail(user).await?),
                Entry::Group(group) => groups.push(books.group_detail(group)),
                Entry::Role(role) => roles.push(books.role_detail(role).await?),
                Entry::Policy(any) => all_policies.push(books.policy_detail(&any).await?),
            }
        }
        Ok(GetAccountAuthorizationDetailsResponse {
            user_detail_list: Some(users),
            group_detail_list: Some(groups),
            role_detail_list: Some(roles),
            policies: Some(all_policies),
            is_truncated: Some(is_truncated),
            marker: page.marker,
        })
    }
}
