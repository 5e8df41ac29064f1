//! Policies of roles: attached, inline, boundaries.

use api_iam::{
    AttachRolePolicy, AttachRolePolicyRequest, AttachedPolicy, DeleteRolePermissionsBoundary,
    DeleteRolePermissionsBoundaryRequest, DeleteRolePolicy, DeleteRolePolicyRequest, DetachRolePolicy,
    DetachRolePolicyRequest, GetRolePolicy, GetRolePolicyRequest, GetRolePolicyResponse,
    ListAttachedRolePolicies, ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse,
    ListRolePolicies, ListRolePoliciesRequest, ListRolePoliciesResponse, PutRolePermissionsBoundary,
    PutRolePermissionsBoundaryRequest, PutRolePolicy, PutRolePolicyRequest,
};
use floor::{Answer, Check, Get};
use wire::Empty;

use crate::{
    act::{Act, Ask, Books},
    inline, paging,
    records::Kind,
};

impl Act for AttachRolePolicy {
    const ACTION: &'static str = "iam:AttachRolePolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &AttachRolePolicyRequest) -> Answer<Check> {
        let check = ask.on_role(Self::ACTION, &input.role_name).await?;
        Ok(check.key("iam:PolicyARN", input.policy_arn.clone()))
    }

    async fn act(books: &Books, input: &AttachRolePolicyRequest) -> Answer<Empty> {
        let mut role = books.role_to_change(&input.role_name).await?;
        books.attach(Kind::Role, &role.name, &mut role.policies, &input.policy_arn).await?;
        books.save_role(&role);
        Ok(Empty)
    }
}

impl Act for DetachRolePolicy {
    const ACTION: &'static str = "iam:DetachRolePolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DetachRolePolicyRequest) -> Answer<Check> {
        let check = ask.on_role(Self::ACTION, &input.role_name).await?;
        Ok(check.key("iam:PolicyARN", input.policy_arn.clone()))
    }

    async fn act(books: &Books, input: &DetachRolePolicyRequest) -> Answer<Empty> {
        let mut role = books.role_to_change(&input.role_name).await?;
        books.detach(Kind::Role, &role.name, &mut role.policies, &input.policy_arn)?;
        books.save_role(&role);
        Ok(Empty)
    }
}

impl Act for ListAttachedRolePolicies {
    const ACTION: &'static str = "iam:ListAttachedRolePolicies";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListAttachedRolePoliciesRequest) -> Answer<Check> {
        ask.on_role(Self::ACTION, &input.role_name).await
    }

    async fn act(
        books: &Books,
        input: &ListAttachedRolePoliciesRequest,
    ) -> Answer<ListAttachedRolePoliciesResponse> {
        let role = books.role(&input.role_name).await?;
        let all: Vec<AttachedPolicy> = inline::attached(&role.policies, input.path_prefix.as_deref());
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListAttachedRolePoliciesResponse {
            is_truncated: Some(page.is_truncated()),
            attached_policies: Some(page.items),
            marker: page.marker,
        })
    }
}

impl Act for PutRolePolicy {
    const ACTION: &'static str = "iam:PutRolePolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &PutRolePolicyRequest) -> Answer<Check> {
        ask.on_role(Self::ACTION, &input.role_name).await
    }

    async fn act(books: &Books, input: &PutRolePolicyRequest) -> Answer<Empty> {
        let mut role = books.role_to_change(&input.role_name).await?;
        inline::put(Kind::Role, &role.name, &mut role.policies, &input.policy_name, &input.policy_document)?;
        books.save_role(&role);
        Ok(Empty)
    }
}

impl Act for GetRolePolicy {
    const ACTION: &'static str = "iam:GetRolePolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetRolePolicyRequest) -> Answer<Check> {
        ask.on_role(Self::ACTION, &input.role_name).await
    }

    async fn act(books: &Books, input: &GetRolePolicyRequest) -> Answer<GetRolePolicyResponse> {
        let role = books.role(&input.role_name).await?;
        let text = inline::get(Kind::Role, &role.policies, &input.policy_name)?;
        Ok(GetRolePolicyResponse {
            role_name: Some(role.name.clone()),
            policy_name: Some(input.policy_name.clone()),
            policy_document: Some(inline::encoded(text)),
        })
    }
}

impl Act for DeleteRolePolicy {
    const ACTION: &'static str = "iam:DeleteRolePolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteRolePolicyRequest) -> Answer<Check> {
        ask.on_role(Self::ACTION, &input.role_name).await
    }

    async fn act(books: &Books, input: &DeleteRolePolicyRequest) -> Answer<Empty> {
        let mut role = books.role_to_change(&input.role_name).await?;
        inline::get(Kind::Role, &role.policies, &input.policy_name)?;
        role.policies.inline.remove(&input.policy_name);
        books.save_role(&role);
        Ok(Empty)
    }
}

impl Act for ListRolePolicies {
    const ACTION: &'static str = "iam:ListRolePolicies";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListRolePoliciesRequest) -> Answer<Check> {
        ask.on_role(Self::ACTION, &input.role_name).await
    }

    async fn act(books: &Books, input: &ListRolePoliciesRequest) -> Answer<ListRolePoliciesResponse> {
        let role = books.role(&input.role_name).await?;
        let all = role.policies.inline.into_keys().collect();
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListRolePoliciesResponse {
            is_truncated: Some(page.is_truncated()),
            policy_names: Some(page.items),
            marker: page.marker,
        })
    }
}

impl Act for PutRolePermissionsBoundary {
    const ACTION: &'static str = "iam:PutRolePermissionsBoundary";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &PutRolePermissionsBoundaryRequest) -> Answer<Check> {
        let check = ask.on_role(Self::ACTION, &input.role_name).await?;
        Ok(check.key("iam:PermissionsBoundary", input.permissions_boundary.clone()))
    }

    async fn act(books: &Books, input: &PutRolePermissionsBoundaryRequest) -> Answer<Empty> {
        let mut role = books.role_to_change(&input.role_name).await?;
        let (name, to) = (role.name.clone(), Some(input.permissions_boundary.as_str()));
        books.set_boundary(Kind::Role, &name, &mut role.boundary, to).await?;
        books.save_role(&role);
        Ok(Empty)
    }
}

impl Act for DeleteRolePermissionsBoundary {
    const ACTION: &'static str = "iam:DeleteRolePermissionsBoundary";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteRolePermissionsBoundaryRequest) -> Answer<Check> {
        let check = ask.on_role(Self::ACTION, &input.role_name).await?;
        let found = crate::records::role(ask.read, &ask.account(), &input.role_name).await?;
        Ok(match found.and_then(|role| role.boundary) {
            Some(arn) => check.key("iam:PermissionsBoundary", arn),
            None => check,
        })
    }

    async fn act(books: &Books, input: &DeleteRolePermissionsBoundaryRequest) -> Answer<Empty> {
        let mut role = books.role_to_change(&input.role_name).await?;
        let name = role.name.clone();
        books.set_boundary(Kind::Role, &name, &mut role.boundary, None).await?;
        books.save_role(&role);
        Ok(Empty)
    }
}
