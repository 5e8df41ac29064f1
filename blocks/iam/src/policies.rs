//! Managed policies: an account's own, and those of AWS.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html>

use std::collections::HashMap;

use api_iam::{
    CreatePolicy, CreatePolicyRequest, CreatePolicyResponse, DeletePolicy, DeletePolicyRequest, GetPolicy,
    GetPolicyRequest, GetPolicyResponse, ListPolicies, ListPoliciesRequest, ListPoliciesResponse,
    ListPolicyTags, ListPolicyTagsRequest, ListPolicyTagsResponse, Tag, TagPolicy, TagPolicyRequest,
    UntagPolicy, UntagPolicyRequest,
};
use floor::{AccountId, Answer, Check, Fault, Get, KeyRange, key::Parts};
use wire::{Empty, Time};

use crate::{
    act::{Act, Ask, Books},
    fault, inline, limits, malformed, managed,
    names::{check_name, path_or_root},
    paging,
    records::{self, Kind, Managed, Version},
    tags,
};

/// A managed policy, whoever made it.
pub(crate) enum Any {
    Aws(&'static managed::AwsManaged),
    Own(Managed),
}

/// How many entities have a policy.
#[derive(Clone, Copy, Default)]
pub(crate) struct Usage {
    /// Attached.
    pub(crate) attached: usize,
    /// As their boundary.
    pub(crate) boundary: usize,
}

impl Any {
    pub(crate) fn arn(&self, account: &AccountId) -> String {
        match self {
            Self::Aws(one) => one.arn(),
            Self::Own(one) => Kind::Policy.arn(account, &one.path, &one.name),
        }
    }

    fn path(&self) -> &str {
        match self {
            Self::Aws(one) => one.path,
            Self::Own(one) => &one.path,
        }
    }

    /// As answers have it; lists and CreatePolicy leave things out.
    pub(crate) fn shown(&self, account: &AccountId, usage: Usage) -> api_iam::Policy {
        let seconds = |ms: u64| Time::from_millis(ms as i64);
        let (name, id, version, created, updated) = match self {
            Self::Aws(one) => (one.name, one.id, one.version, one.created, one.updated),
            Self::Own(one) => (
                one.name.as_str(),
                one.id.as_str(),
                one.default,
                seconds(one.created_ms),
                seconds(one.updated_ms),
            ),
        };
        api_iam::Policy {
            policy_name: Some(name.to_owned()),
            policy_id: Some(id.to_owned()),
            arn: Some(self.arn(account)),
            path: Some(self.path().to_owned()),
            default_version_id: Some(format!("v{version}")),
            attachment_count: Some(usage.attached as i32),
            permissions_boundary_usage_count: Some(usage.boundary as i32),
            is_attachable: Some(true),
            create_date: Some(created),
            update_date: Some(updated),
            ..api_iam::Policy::default()
        }
    }

    pub(crate) fn description(&self) -> Option<String> {
        match self {
            Self::Aws(one) => (!one.description.is_empty()).then(|| one.description.to_owned()),
            Self::Own(one) => one.description.clone(),
        }
    }

    fn tags(&self) -> Vec<Tag> {
        match self {
            Self::Aws(_) => Vec::new(),
            Self::Own(one) => tags::shown(&one.tags),
        }
    }
}

/// The account's own policy with this ARN.
async fn own<R: Get>(read: &R, account: &AccountId, arn: &str) -> Answer<Option<Managed>> {
    let Some(name) = records::own_policy_name(account, arn) else { return Ok(None) };
    let found: Option<Managed> = read.load(&Kind::Policy.key(account, name)).await?;
    Ok(found.filter(|one| Kind::Policy.arn(account, &one.path, &one.name) == arn))
}

/// There is no such policy.
pub(crate) fn not_found(arn: &str) -> Fault {
    fault::no_such_entity(format!("Policy {arn} was not found."))
}

impl<R: Get> Ask<'_, R> {
    /// A check on the managed policy `arn`, with its tags.
    pub(crate) async fn on_policy(&self, action: &'static str, arn: &str) -> Answer<Check> {
        let check = self.check(action, arn);
        let found = own(self.read, &self.account(), arn).await?;
        Ok(found.map_or(check.clone(), |one| tags::of_resource(check, &one.tags)))
    }
}

impl Books {
    /// The managed policy `arn`, of AWS or the account's own.
    pub(crate) async fn managed(&self, arn: &str) -> Answer<Option<Any>> {
        crate::attachments::expect_arn(arn)?;
        if let Some(one) = managed::find(arn) {
            return Ok(Some(Any::Aws(one)));
        }
        Ok(own(self, &self.account(), arn).await?.map(Any::Own))
    }

    /// The account's own policy `arn`, to change it; those of AWS are not the caller's to change.
    pub(crate) async fn own_policy(&self, action: &str, arn: &str) -> Answer<Managed> {
        match self.managed(arn).await? {
            Some(Any::Own(one)) => Ok(one),
            Some(Any::Aws(_)) => {
                let who = self.caller.who.arn();
                let why =
                    format!("User: {who} is not authorized to perform: {action} on resource: policy {arn}");
                Err(Fault::coded("AccessDenied", 403, why))
            }
            None => Err(not_found(arn)),
        }
    }

    pub(crate) fn save_policy(&self, policy: &Managed) {
        self.save(&Kind::Policy.key(&self.account(), &policy.name), policy);
    }

    /// How many entities have the policy.
    pub(crate) async fn usage(&self, arn: &str) -> Answer<Usage> {
        Ok(Usage {
            attached: self.attachments("attached", arn).await?,
            boundary: self.attachments("boundary", arn).await?,
        })
    }

    /// How many entities have each policy that any has.
    pub(crate) async fn usages(&self) -> Answer<HashMap<String, Usage>> {
        let mut all: HashMap<String, Usage> = HashMap::new();
        for how in ["attached", "boundary"] {
            let family = records::attachments_in(how, &self.account());
            let mut range = family.all();
            loop {
                let pairs = self.range(range.clone(), 1000).await?;
                let Some((last, _)) = pairs.last() else { break };
                for (key, _) in &pairs {
                    let Some(arn) = Parts::of(&key[family.len()..]).text() else { continue };
                    let usage = all.entry(arn).or_default();
                    *(if how == "attached" { &mut usage.attached } else { &mut usage.boundary }) += 1;
                }
                range = KeyRange { start: [&last[..], &[0]].concat().into(), ..range };
            }
        }
        Ok(all)
    }
}

/// A policy is measured without its white space.
pub(crate) fn check_size(text: &str) -> Answer<()> {
    if inline::size(text) <= limits::MANAGED_MAX {
        return Ok(());
    }
    Err(fault::quota("PolicySize", limits::MANAGED_MAX))
}

impl Act for CreatePolicy {
    const ACTION: &'static str = "iam:CreatePolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &CreatePolicyRequest) -> Answer<Check> {
        let (path, tags) = (input.path.as_ref(), input.tags.as_ref());
        Ok(ask.on_new(Self::ACTION, Kind::Policy, path, &input.policy_name, tags))
    }

    async fn act(books: &Books, input: &CreatePolicyRequest) -> Answer<CreatePolicyResponse> {
        let (account, name) = (books.account(), &input.policy_name);
        check_name("policyName", name)?;
        let path = path_or_root(input.path.as_ref())?;
        malformed::check_managed(&input.policy_document)?;
        check_size(&input.policy_document)?;
        if books.load::<Managed>(&Kind::Policy.key(&account, name)).await?.is_some() {
            return Err(fault::exists(Kind::Policy, name));
        }
        books.expect_room(&Kind::Policy.family(&account), "PoliciesPerAccount", limits::POLICIES_MAX).await?;
        let now_ms = books.now.0 / 1000 * 1000;
        let policy = Managed {
            path,
            name: name.clone(),
            id: books.unique_id("ANPA"),
            created_ms: now_ms,
            updated_ms: now_ms,
            description: input.description.clone(),
            tags: tags::of_new_by_case(input.tags.as_ref())?,
            versions: vec![Version { number: 1, text: input.policy_document.clone(), created_ms: now_ms }],
            default: 1,
            next: 2,
        };
        books.save_policy(&policy);
        let any = Any::Own(policy);
        let mut shown = any.shown(&account, Usage::default());
        shown.tags = Some(any.tags()).filter(|tags| !tags.is_empty());
        Ok(CreatePolicyResponse { policy: Some(shown) })
    }
}

impl Act for GetPolicy {
    const ACTION: &'static str = "iam:GetPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetPolicyRequest) -> Answer<Check> {
        ask.on_policy(Self::ACTION, &input.policy_arn).await
    }

    /// The one answer that always has tags, and the description.
    async fn act(books: &Books, input: &GetPolicyRequest) -> Answer<GetPolicyResponse> {
        let arn = &input.policy_arn;
        let any = books.managed(arn).await?.ok_or_else(|| not_found(arn))?;
        let mut shown = any.shown(&books.account(), books.usage(arn).await?);
        shown.description = any.description();
        shown.tags = Some(any.tags());
        Ok(GetPolicyResponse { policy: Some(shown) })
    }
}

impl Act for ListPolicies {
    const ACTION: &'static str = "iam:ListPolicies";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListPoliciesRequest) -> Answer<Check> {
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        Ok(ask.check(Self::ACTION, format!("arn:aws:iam::{}:policy{prefix}", ask.account())))
    }

    async fn act(books: &Books, input: &ListPoliciesRequest) -> Answer<ListPoliciesResponse> {
        let account = &books.account();
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        let usages = books.usages().await?;
        let mut all = Vec::new();
        if input.scope.as_deref() != Some("AWS") {
            let pairs = books.range(Kind::Policy.family(account).all(), limits::POLICIES_MAX).await?;
            for (_, value) in &pairs {
                all.push(Any::Own(floor::Record::decode(value)?));
            }
        }
        if input.scope.as_deref() != Some("Local") {
            all.extend(managed::all().iter().map(Any::Aws));
        }
        let listed = all.iter().filter(|any| any.path().starts_with(prefix)).filter_map(|any| {
            let usage = usages.get(&any.arn(account)).copied().unwrap_or_default();
            is_meant(input, usage).then(|| any.shown(account, usage))
        });
        let page = paging::of_list(listed.collect(), (input.marker.as_ref(), input.max_items))?;
        Ok(ListPoliciesResponse {
            is_truncated: Some(page.is_truncated()),
            policies: Some(page.items),
            marker: page.marker,
        })
    }
}

/// Whether a policy that is used so is on the list.
fn is_meant(input: &ListPoliciesRequest, usage: Usage) -> bool {
    let is_used = usage.attached + usage.boundary > 0;
    (input.only_attached != Some(true) || is_used)
        && match input.policy_usage_filter.as_deref() {
            Some("PermissionsPolicy") => usage.attached > 0,
            Some("PermissionsBoundary") => usage.boundary > 0,
            _ => true,
        }
}

impl Act for DeletePolicy {
    const ACTION: &'static str = "iam:DeletePolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeletePolicyRequest) -> Answer<Check> {
        ask.on_policy(Self::ACTION, &input.policy_arn).await
    }

    async fn act(books: &Books, input: &DeletePolicyRequest) -> Answer<Empty> {
        let policy = books.own_policy(Self::ACTION, &input.policy_arn).await?;
        let usage = books.usage(&input.policy_arn).await?;
        if usage.attached + usage.boundary > 0 {
            return Err(fault::conflict("Cannot delete a policy attached to entities."));
        }
        if policy.versions.len() > 1 {
            return Err(fault::conflict(
                "This policy has more than one version. Before you delete a policy, you must delete the policy's \
                 versions. The default version is deleted with the policy.",
            ));
        }
        books.delete(&Kind::Policy.key(&books.account(), &policy.name));
        Ok(Empty)
    }
}

impl Act for TagPolicy {
    const ACTION: &'static str = "iam:TagPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &TagPolicyRequest) -> Answer<Check> {
        Ok(tags::in_request(ask.on_policy(Self::ACTION, &input.policy_arn).await?, Some(&input.tags)))
    }

    async fn act(books: &Books, input: &TagPolicyRequest) -> Answer<Empty> {
        let mut policy = books.own_policy(Self::ACTION, &input.policy_arn).await?;
        tags::add_by_case(&mut policy.tags, &input.tags)?;
        books.save_policy(&policy);
        Ok(Empty)
    }
}

impl Act for UntagPolicy {
    const ACTION: &'static str = "iam:UntagPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UntagPolicyRequest) -> Answer<Check> {
        let check = ask.on_policy(Self::ACTION, &input.policy_arn).await?;
        Ok(tags::keys_in_request(check, input.tag_keys.clone()))
    }

    async fn act(books: &Books, input: &UntagPolicyRequest) -> Answer<Empty> {
        let mut policy = books.own_policy(Self::ACTION, &input.policy_arn).await?;
        tags::remove_by_case(&mut policy.tags, &input.tag_keys);
        books.save_policy(&policy);
        Ok(Empty)
    }
}

impl Act for ListPolicyTags {
    const ACTION: &'static str = "iam:ListPolicyTags";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListPolicyTagsRequest) -> Answer<Check> {
        ask.on_policy(Self::ACTION, &input.policy_arn).await
    }

    async fn act(books: &Books, input: &ListPolicyTagsRequest) -> Answer<ListPolicyTagsResponse> {
        let arn = &input.policy_arn;
        let any = books.managed(arn).await?.ok_or_else(|| not_found(arn))?;
        let page = paging::of_list(tags::sorted(any.tags()), (input.marker.as_ref(), input.max_items))?;
        Ok(ListPolicyTagsResponse {
            is_truncated: Some(page.is_truncated()),
            tags: Some(page.items),
            marker: page.marker,
        })
    }
}
