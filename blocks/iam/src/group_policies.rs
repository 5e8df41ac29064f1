//! Policies of groups: attached and inline.

use api_iam::{
    AttachGroupPolicy, AttachGroupPolicyRequest, AttachedPolicy, DeleteGroupPolicy, DeleteGroupPolicyRequest,
    DetachGroupPolicy, DetachGroupPolicyRequest, GetGroupPolicy, GetGroupPolicyRequest,
    GetGroupPolicyResponse, ListAttachedGroupPolicies, ListAttachedGroupPoliciesRequest,
    ListAttachedGroupPoliciesResponse, ListGroupPolicies, ListGroupPoliciesRequest,
    ListGroupPoliciesResponse, PutGroupPolicy, PutGroupPolicyRequest,
};
use floor::{Answer, Check, Get};
use wire::Empty;

use crate::{
    act::{Act, Ask, Books},
    inline, paging,
    records::Kind,
};

impl Act for AttachGroupPolicy {
    const ACTION: &'static str = "iam:AttachGroupPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &AttachGroupPolicyRequest) -> Answer<Check> {
        let check = ask.on_group(Self::ACTION, &input.group_name).await?;
        Ok(check.key("iam:PolicyARN", input.policy_arn.clone()))
    }

    async fn act(books: &Books, input: &AttachGroupPolicyRequest) -> Answer<Empty> {
        let mut group = books.group(&input.group_name).await?;
        books.attach(Kind::Group, &group.name, &mut group.policies, &input.policy_arn).await?;
        books.save_group(&group);
        Ok(Empty)
    }
}

impl Act for DetachGroupPolicy {
    const ACTION: &'static str = "iam:DetachGroupPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DetachGroupPolicyRequest) -> Answer<Check> {
        let check = ask.on_group(Self::ACTION, &input.group_name).await?;
        Ok(check.key("iam:PolicyARN", input.policy_arn.clone()))
    }

    async fn act(books: &Books, input: &DetachGroupPolicyRequest) -> Answer<Empty> {
        let mut group = books.group(&input.group_name).await?;
        books.detach(Kind::Group, &group.name, &mut group.policies, &input.policy_arn)?;
        books.save_group(&group);
        Ok(Empty)
    }
}

impl Act for ListAttachedGroupPolicies {
    const ACTION: &'static str = "iam:ListAttachedGroupPolicies";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListAttachedGroupPoliciesRequest) -> Answer<Check> {
        ask.on_group(Self::ACTION, &input.group_name).await
    }

    async fn act(
        books: &Books,
        input: &ListAttachedGroupPoliciesRequest,
    ) -> Answer<ListAttachedGroupPoliciesResponse> {
        let group = books.group(&input.group_name).await?;
        let all: Vec<AttachedPolicy> = inline::attached(&group.policies, input.path_prefix.as_deref());
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListAttachedGroupPoliciesResponse {
            is_truncated: Some(page.is_truncated()),
            attached_policies: Some(page.items),
            marker: page.marker,
        })
    }
}

impl Act for PutGroupPolicy {
    const ACTION: &'static str = "iam:PutGroupPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &PutGroupPolicyRequest) -> Answer<Check> {
        ask.on_group(Self::ACTION, &input.group_name).await
    }

    async fn act(books: &Books, input: &PutGroupPolicyRequest) -> Answer<Empty> {
        let mut group = books.group(&input.group_name).await?;
        inline::put(
            Kind::Group,
            &group.name,
            &mut group.policies,
            &input.policy_name,
            &input.policy_document,
        )?;
        books.save_group(&group);
        Ok(Empty)
    }
}

impl Act for GetGroupPolicy {
    const ACTION: &'static str = "iam:GetGroupPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetGroupPolicyRequest) -> Answer<Check> {
        ask.on_group(Self::ACTION, &input.group_name).await
    }

    async fn act(books: &Books, input: &GetGroupPolicyRequest) -> Answer<GetGroupPolicyResponse> {
        let group = books.group(&input.group_name).await?;
        let text = inline::get(Kind::Group, &group.policies, &input.policy_name)?;
        Ok(GetGroupPolicyResponse {
            group_name: Some(group.name.clone()),
            policy_name: Some(input.policy_name.clone()),
            policy_document: Some(inline::encoded(text)),
        })
    }
}

impl Act for DeleteGroupPolicy {
    const ACTION: &'static str = "iam:DeleteGroupPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteGroupPolicyRequest) -> Answer<Check> {
        ask.on_group(Self::ACTION, &input.group_name).await
    }

    async fn act(books: &Books, input: &DeleteGroupPolicyRequest) -> Answer<Empty> {
        let mut group = books.group(&input.group_name).await?;
        inline::get(Kind::Group, &group.policies, &input.policy_name)?;
        group.policies.inline.remove(&input.policy_name);
        books.save_group(&group);
        Ok(Empty)
    }
}

impl Act for ListGroupPolicies {
    const ACTION: &'static str = "iam:ListGroupPolicies";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListGroupPoliciesRequest) -> Answer<Check> {
        ask.on_group(Self::ACTION, &input.group_name).await
    }

    async fn act(books: &Books, input: &ListGroupPoliciesRequest) -> Answer<ListGroupPoliciesResponse> {
        let group = books.group(&input.group_name).await?;
        let all = group.policies.inline.into_keys().collect();
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListGroupPoliciesResponse {
            is_truncated: Some(page.is_truncated()),
            policy_names: Some(page.items),
            marker: page.marker,
        })
    }
}
