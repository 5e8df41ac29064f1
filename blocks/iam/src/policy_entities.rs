//! Who has a managed policy. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html>

use api_iam::{
    ListEntitiesForPolicy, ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse, PolicyGroup,
    PolicyRole, PolicyUser,
};
use floor::{Answer, Check, Get, key::Parts};

use crate::{
    act::{Act, Ask, Books},
    paging,
    policies::not_found,
    records::{self, Kind},
};

/// One entity.
struct Holder {
    kind: Kind,
    path: String,
    name: String,
    id: String,
}

impl Books {
    /// Who has the policy attached, by kind and name.
    pub(crate) async fn holders_of(&self, arn: &str) -> Answer<Vec<(Kind, String)>> {
        Ok(self.holders("attached", arn).await?.into_iter().map(|one| (one.kind, one.name)).collect())
    }

    /// The entities that have the policy `how`, in the order of their kinds and names.
    async fn holders(&self, how: &str, arn: &str) -> Answer<Vec<Holder>> {
        let account = self.account();
        let family = records::attachments_of(how, &account, arn);
        let mut all = Vec::new();
        for (key, _) in self.range(family.all(), HOLDERS_MAX).await? {
            let mut parts = Parts::of(&key[family.len()..]);
            let (Some(kind), Some(name)) = (parts.text(), parts.text()) else { continue };
            let found = match kind.as_str() {
                "user" => records::user(self, &account, &name).await?.map(|one| Holder {
                    kind: Kind::User,
                    path: one.path,
                    name: one.name,
                    id: one.id,
                }),
                "group" => records::group(self, &account, &name).await?.map(|one| Holder {
                    kind: Kind::Group,
                    path: one.path,
                    name: one.name,
                    id: one.id,
                }),
                _ => records::role(self, &account, &name).await?.map(|one| Holder {
                    kind: Kind::Role,
                    path: one.path,
                    name: one.name,
                    id: one.id,
                }),
            };
            all.extend(found);
        }
        Ok(all)
    }
}

/// Users, groups and roles of one account together.
const HOLDERS_MAX: usize = 10_000;

impl Act for ListEntitiesForPolicy {
    const ACTION: &'static str = "iam:ListEntitiesForPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListEntitiesForPolicyRequest) -> Answer<Check> {
        ask.on_policy(Self::ACTION, &input.policy_arn).await
    }

    async fn act(
        books: &Books,
        input: &ListEntitiesForPolicyRequest,
    ) -> Answer<ListEntitiesForPolicyResponse> {
        let arn = &input.policy_arn;
        books.managed(arn).await?.ok_or_else(|| not_found(arn))?;
        let mut all = Vec::new();
        if input.policy_usage_filter.as_deref() != Some("PermissionsBoundary") {
            all.extend(books.holders("attached", arn).await?);
        }
        if input.policy_usage_filter.as_deref() != Some("PermissionsPolicy") {
            for one in books.holders("boundary", arn).await? {
                if !all.iter().any(|before| before.id == one.id) {
                    all.push(one);
                }
            }
        }
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        let wanted = |kind: Kind| match input.entity_filter.as_deref() {
            Some("User") => kind == Kind::User,
            Some("Group") => kind == Kind::Group,
            Some("Role") => kind == Kind::Role,
            Some(_) => false,
            None => true,
        };
        all.retain(|one| one.path.starts_with(prefix) && wanted(one.kind));
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        let (mut users, mut groups, mut roles) = (Vec::new(), Vec::new(), Vec::new());
        let is_truncated = page.is_truncated();
        for one in page.items {
            let (name, id) = (Some(one.name), Some(one.id));
            match one.kind {
                Kind::User => users.push(PolicyUser { user_name: name, user_id: id }),
                Kind::Group => groups.push(PolicyGroup { group_name: name, group_id: id }),
                _ => roles.push(PolicyRole { role_name: name, role_id: id }),
            }
        }
        Ok(ListEntitiesForPolicyResponse {
            policy_groups: Some(groups),
            policy_users: Some(users),
            policy_roles: Some(roles),
            is_truncated: Some(is_truncated),
            marker: page.marker,
        })
    }
}
