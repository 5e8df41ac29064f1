//! Versions of managed policies.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html>

use api_iam::{
    CreatePolicyVersion, CreatePolicyVersionRequest, CreatePolicyVersionResponse, DeletePolicyVersion,
    DeletePolicyVersionRequest, GetPolicyVersion, GetPolicyVersionRequest, GetPolicyVersionResponse,
    ListPolicyVersions, ListPolicyVersionsRequest, ListPolicyVersionsResponse, PolicyVersion,
    SetDefaultPolicyVersion, SetDefaultPolicyVersionRequest, errors,
};
use floor::{Answer, Check, Fault, Get};
use wire::{Empty, Time};

use crate::{
    act::{Act, Ask, Books},
    fault, inline, limits, malformed, paging,
    policies::{Any, check_size, not_found},
    records::{Managed, Version},
};

/// A version as lists have it.
fn shown(version: &Version, default: u32) -> PolicyVersion {
    PolicyVersion {
        document: None,
        version_id: Some(format!("v{}", version.number)),
        is_default_version: Some(version.number == default),
        create_date: Some(Time::from_millis(version.created_ms as i64)),
    }
}

/// The versions of a policy, newest first; of those of AWS only the default one is kept.
fn versions(any: &Any) -> Vec<PolicyVersion> {
    match any {
        Any::Own(one) => one.versions.iter().rev().map(|v| shown(v, one.default)).collect(),
        Any::Aws(one) => vec![PolicyVersion {
            document: None,
            version_id: Some(format!("v{}", one.version)),
            is_default_version: Some(true),
            create_date: Some(one.updated),
        }],
    }
}

/// The same with their documents.
pub(crate) fn versions_whole(any: &Any) -> Vec<PolicyVersion> {
    let mut all = versions(any);
    let texts: Vec<&str> = match any {
        Any::Own(one) => one.versions.iter().rev().map(|v| v.text.as_str()).collect(),
        Any::Aws(one) => vec![one.text],
    };
    for (version, text) in all.iter_mut().zip(texts) {
        version.document = Some(inline::encoded(text));
    }
    all
}

fn no_such_version(arn: &str, version: &str) -> Fault {
    let why = format!("Policy {arn} version {version} does not exist or is not attachable.");
    fault::no_such_entity(why)
}

/// What a version is called must look like it, whether it is there or not.
fn number(version: &str) -> Answer<Option<u32>> {
    let (digits, rest) = match version.strip_prefix('v').map(|text| text.split_once('.')) {
        Some(Some((digits, rest))) => (digits, rest),
        Some(None) => (&version[1..], ""),
        None => ("", ""),
    };
    let is_version = !digits.is_empty()
        && !digits.starts_with('0')
        && digits.bytes().all(|b| b.is_ascii_digit())
        && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !is_version {
        return Err(fault::validation_text(
            "1 validation error detected: Value at 'versionId' failed to satisfy constraint: Member must satisfy \
             regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?",
        ));
    }
    Ok(if version.contains('.') { None } else { digits.parse().ok() })
}

/// The place of `version` among the policy's.
fn place(policy: &Managed, arn: &str, version: &str) -> Answer<usize> {
    let number = number(version)?;
    let found = policy.versions.iter().position(|one| Some(one.number) == number);
    found.ok_or_else(|| no_such_version(arn, version))
}

impl Act for CreatePolicyVersion {
    const ACTION: &'static str = "iam:CreatePolicyVersion";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &CreatePolicyVersionRequest) -> Answer<Check> {
        ask.on_policy(Self::ACTION, &input.policy_arn).await
    }

    async fn act(books: &Books, input: &CreatePolicyVersionRequest) -> Answer<CreatePolicyVersionResponse> {
        let mut policy = books.own_policy(Self::ACTION, &input.policy_arn).await?;
        malformed::check_managed(&input.policy_document)?;
        check_size(&input.policy_document)?;
        if policy.versions.len() >= limits::VERSIONS_MAX {
            let why = "A managed policy can have up to 5 versions. Before you create a new version, you must delete an \
                       existing version.";
            return Err(Fault::new(&errors::LIMIT_EXCEEDED_EXCEPTION, why));
        }
        let now_ms = books.now.0 / 1000 * 1000;
        let version =
            Version { number: policy.next, text: input.policy_document.clone(), created_ms: now_ms };
        policy.next += 1;
        policy.updated_ms = now_ms;
        if input.set_as_default == Some(true) {
            policy.default = version.number;
        }
        let answer = shown(&version, policy.default);
        policy.versions.push(version);
        books.save_policy(&policy);
        Ok(CreatePolicyVersionResponse { policy_version: Some(answer) })
    }
}

impl Act for GetPolicyVersion {
    const ACTION: &'static str = "iam:GetPolicyVersion";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetPolicyVersionRequest) -> Answer<Check> {
        ask.on_policy(Self::ACTION, &input.policy_arn).await
    }

    async fn act(books: &Books, input: &GetPolicyVersionRequest) -> Answer<GetPolicyVersionResponse> {
        let (arn, version) = (&input.policy_arn, &input.version_id);
        let asked = number(version)?;
        let any = books.managed(arn).await?.ok_or_else(|| no_such_version(arn, version))?;
        let text = match &any {
            Any::Own(one) => one.versions.iter().find(|v| Some(v.number) == asked).map(|v| v.text.as_str()),
            Any::Aws(one) => (asked == Some(one.version)).then_some(one.text),
        };
        let text = text.ok_or_else(|| no_such_version(arn, version))?;
        let found = versions(&any).into_iter().find(|one| one.version_id.as_ref() == Some(version));
        let mut found = found.ok_or_else(|| no_such_version(arn, version))?;
        found.document = Some(inline::encoded(text));
        Ok(GetPolicyVersionResponse { policy_version: Some(found) })
    }
}

impl Act for ListPolicyVersions {
    const ACTION: &'static str = "iam:ListPolicyVersions";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListPolicyVersionsRequest) -> Answer<Check> {
        ask.on_policy(Self::ACTION, &input.policy_arn).await
    }

    async fn act(books: &Books, input: &ListPolicyVersionsRequest) -> Answer<ListPolicyVersionsResponse> {
        let arn = &input.policy_arn;
        let any = books.managed(arn).await?.ok_or_else(|| not_found(arn))?;
        let page = paging::of_list(versions(&any), (input.marker.as_ref(), input.max_items))?;
        Ok(ListPolicyVersionsResponse {
            is_truncated: Some(page.is_truncated()),
            versions: Some(page.items),
            marker: page.marker,
        })
    }
}

impl Act for DeletePolicyVersion {
    const ACTION: &'static str = "iam:DeletePolicyVersion";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeletePolicyVersionRequest) -> Answer<Check> {
        ask.on_policy(Self::ACTION, &input.policy_arn).await
    }

    async fn act(books: &Books, input: &DeletePolicyVersionRequest) -> Answer<Empty> {
        let (arn, version) = (&input.policy_arn, &input.version_id);
        number(version)?;
        let mut policy = books.own_policy(Self::ACTION, arn).await?;
        let place = place(&policy, arn, version)?;
        if policy.versions[place].number == policy.default {
            return Err(fault::conflict("Cannot delete the default version of a policy."));
        }
        policy.versions.remove(place);
        books.save_policy(&policy);
        Ok(Empty)
    }
}

impl Act for SetDefaultPolicyVersion {
    const ACTION: &'static str = "iam:SetDefaultPolicyVersion";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &SetDefaultPolicyVersionRequest) -> Answer<Check> {
        ask.on_policy(Self::ACTION, &input.policy_arn).await
    }

    async fn act(books: &Books, input: &SetDefaultPolicyVersionRequest) -> Answer<Empty> {
        let (arn, version) = (&input.policy_arn, &input.version_id);
        number(version)?;
        if books.managed(arn).await?.is_none() {
            return Err(no_such_version(arn, version));
        }
        let mut policy = books.own_policy(Self::ACTION, arn).await?;
        let place = place(&policy, arn, version)?;
        policy.default = policy.versions[place].number;
        policy.updated_ms = books.now.0 / 1000 * 1000;
        books.save_policy(&policy);
        Ok(Empty)
    }
}
