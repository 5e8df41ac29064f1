//! Policies of users: attached, inline, boundaries.

use api_iam::{
    AttachUserPolicy, AttachUserPolicyRequest, AttachedPolicy, DeleteUserPermissionsBoundary,
    DeleteUserPermissionsBoundaryRequest, DeleteUserPolicy, DeleteUserPolicyRequest, DetachUserPolicy,
    DetachUserPolicyRequest, GetUserPolicy, GetUserPolicyRequest, GetUserPolicyResponse,
    ListAttachedUserPolicies, ListAttachedUserPoliciesRequest, ListAttachedUserPoliciesResponse,
    ListUserPolicies, ListUserPoliciesRequest, ListUserPoliciesResponse, PutUserPermissionsBoundary,
    PutUserPermissionsBoundaryRequest, PutUserPolicy, PutUserPolicyRequest,
};
use floor::{Answer, Check, Get};
use wire::Empty;

use crate::{
    act::{Act, Ask, Books},
    inline, paging,
    records::Kind,
};

impl Act for AttachUserPolicy {
    const ACTION: &'static str = "iam:AttachUserPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &AttachUserPolicyRequest) -> Answer<Check> {
        let check = ask.on_user(Self::ACTION, &input.user_name).await?;
        Ok(check.key("iam:PolicyARN", input.policy_arn.clone()))
    }

    async fn act(books: &Books, input: &AttachUserPolicyRequest) -> Answer<Empty> {
        let mut user = books.user(&input.user_name).await?;
        books.attach(Kind::User, &user.name, &mut user.policies, &input.policy_arn).await?;
        books.save_user(&user);
        Ok(Empty)
    }
}

impl Act for DetachUserPolicy {
    const ACTION: &'static str = "iam:DetachUserPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DetachUserPolicyRequest) -> Answer<Check> {
        let check = ask.on_user(Self::ACTION, &input.user_name).await?;
        Ok(check.key("iam:PolicyARN", input.policy_arn.clone()))
    }

    async fn act(books: &Books, input: &DetachUserPolicyRequest) -> Answer<Empty> {
        let mut user = books.user(&input.user_name).await?;
        books.detach(Kind::User, &user.name, &mut user.policies, &input.policy_arn)?;
        books.save_user(&user);
        Ok(Empty)
    }
}

impl Act for ListAttachedUserPolicies {
    const ACTION: &'static str = "iam:ListAttachedUserPolicies";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListAttachedUserPoliciesRequest) -> Answer<Check> {
        ask.on_user(Self::ACTION, &input.user_name).await
    }

    async fn act(
        books: &Books,
        input: &ListAttachedUserPoliciesRequest,
    ) -> Answer<ListAttachedUserPoliciesResponse> {
        let user = books.user(&input.user_name).await?;
        let all: Vec<AttachedPolicy> = inline::attached(&user.policies, input.path_prefix.as_deref());
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListAttachedUserPoliciesResponse {
            is_truncated: Some(page.is_truncated()),
            attached_policies: Some(page.items),
            marker: page.marker,
        })
    }
}

impl Act for PutUserPolicy {
    const ACTION: &'static str = "iam:PutUserPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &PutUserPolicyRequest) -> Answer<Check> {
        ask.on_user(Self::ACTION, &input.user_name).await
    }

    async fn act(books: &Books, input: &PutUserPolicyRequest) -> Answer<Empty> {
        let mut user = books.user(&input.user_name).await?;
        inline::put(Kind::User, &user.name, &mut user.policies, &input.policy_name, &input.policy_document)?;
        books.save_user(&user);
        Ok(Empty)
    }
}

impl Act for GetUserPolicy {
    const ACTION: &'static str = "iam:GetUserPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetUserPolicyRequest) -> Answer<Check> {
        ask.on_user(Self::ACTION, &input.user_name).await
    }

    async fn act(books: &Books, input: &GetUserPolicyRequest) -> Answer<GetUserPolicyResponse> {
        let user = books.user(&input.user_name).await?;
        let text = inline::get(Kind::User, &user.policies, &input.policy_name)?;
        Ok(GetUserPolicyResponse {
            user_name: Some(user.name.clone()),
            policy_name: Some(input.policy_name.clone()),
            policy_document: Some(inline::encoded(text)),
        })
    }
}

impl Act for DeleteUserPolicy {
    const ACTION: &'static str = "iam:DeleteUserPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteUserPolicyRequest) -> Answer<Check> {
        ask.on_user(Self::ACTION, &input.user_name).await
    }

    async fn act(books: &Books, input: &DeleteUserPolicyRequest) -> Answer<Empty> {
        let mut user = books.user(&input.user_name).await?;
        inline::get(Kind::User, &user.policies, &input.policy_name)?;
        user.policies.inline.remove(&input.policy_name);
        books.save_user(&user);
        Ok(Empty)
    }
}

impl Act for ListUserPolicies {
    const ACTION: &'static str = "iam:ListUserPolicies";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListUserPoliciesRequest) -> Answer<Check> {
        ask.on_user(Self::ACTION, &input.user_name).await
    }

    async fn act(books: &Books, input: &ListUserPoliciesRequest) -> Answer<ListUserPoliciesResponse> {
        let user = books.user(&input.user_name).await?;
        let all = user.policies.inline.into_keys().collect();
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListUserPoliciesResponse {
            is_truncated: Some(page.is_truncated()),
            policy_names: Some(page.items),
            marker: page.marker,
        })
    }
}

impl Act for PutUserPermissionsBoundary {
    const ACTION: &'static str = "iam:PutUserPermissionsBoundary";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &PutUserPermissionsBoundaryRequest) -> Answer<Check> {
        let check = ask.on_user(Self::ACTION, &input.user_name).await?;
        Ok(check.key("iam:PermissionsBoundary", input.permissions_boundary.clone()))
    }

    async fn act(books: &Books, input: &PutUserPermissionsBoundaryRequest) -> Answer<Empty> {
        let mut user = books.user(&input.user_name).await?;
        let (name, to) = (user.name.clone(), Some(input.permissions_boundary.as_str()));
        books.set_boundary(Kind::User, &name, &mut user.boundary, to).await?;
        books.save_user(&user);
        Ok(Empty)
    }
}

impl Act for DeleteUserPermissionsBoundary {
    const ACTION: &'static str = "iam:DeleteUserPermissionsBoundary";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteUserPermissionsBoundaryRequest) -> Answer<Check> {
        let check = ask.on_user(Self::ACTION, &input.user_name).await?;
        let found = crate::records::user(ask.read, &ask.account(), &input.user_name).await?;
        Ok(match found.and_then(|user| user.boundary) {
            Some(arn) => check.key("iam:PermissionsBoundary", arn),
            None => check,
        })
    }

    async fn act(books: &Books, input: &DeleteUserPermissionsBoundaryRequest) -> Answer<Empty> {
        let mut user = books.user(&input.user_name).await?;
        let name = user.name.clone();
        books.set_boundary(Kind::User, &name, &mut user.boundary, None).await?;
        books.save_user(&user);
        Ok(Empty)
    }
}
