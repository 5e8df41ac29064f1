//! SimulateCustomPolicy, SimulatePrincipalPolicy and what context keys policies ask for.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>

use std::{collections::BTreeMap, sync::Arc};

use api_iam::{
    ContextEntry, EvaluationResult, GetContextKeysForCustomPolicy, GetContextKeysForCustomPolicyRequest,
    GetContextKeysForPolicyResponse, GetContextKeysForPrincipalPolicy,
    GetContextKeysForPrincipalPolicyRequest, OrganizationsDecisionDetail, PermissionsBoundaryDecisionDetail,
    ResourceSpecificResult, SimulateCustomPolicy, SimulateCustomPolicyRequest, SimulatePolicyResponse,
    SimulatePrincipalPolicy, SimulatePrincipalPolicyRequest, Statement, errors,
};
use floor::{Answer, Check, Fault, Get};
use policy::{Policy, Usage, Values};

use crate::{
    act::{Act, Ask, Books},
    compiled,
    exclusions::{Exclusions, Origin},
    malformed, paging,
    records::{self, Kind, Policies},
    simulation::{Asker, Entries, Matched, Outcome, Position, Setting, Source, context_keys},
};

pub(crate) fn invalid(why: impl Into<String>) -> Fault {
    Fault::new(&errors::INVALID_INPUT_EXCEPTION, why.into())
}

/// Policies that the request brings: `PolicyInputList.1`, ...
fn given(list: &str, texts: &[String]) -> Answer<Vec<Source>> {
    let read = |(at, text): (usize, &String)| {
        let policy = malformed::check(text).map_err(|why| invalid(format!("Invalid input: {why}")))?;
        Ok(Source { id: format!("{list}.{}", at + 1), text: text.clone(), policy: Arc::new(policy) })
    };
    texts.iter().enumerate().map(read).collect()
}

fn of_resource(text: Option<&String>) -> Answer<Option<Source>> {
    let Some(text) = text else { return Ok(None) };
    let policy = Policy::parse_as(text, Usage::Resource)
        .map_err(|error| invalid(format!("Invalid input: {}", error.message)))?;
    Ok(Some(Source { id: "ResourcePolicy".to_owned(), text: text.clone(), policy: Arc::new(policy) }))
}

/// The account in an ARN.
fn account_in(arn: &str) -> Option<String> {
    let account = arn.split(':').nth(4)?;
    (account.len() == 12).then(|| account.to_owned())
}

fn asker(arn: Option<&String>) -> Answer<Option<Asker>> {
    let Some(arn) = arn else { return Ok(None) };
    let account = account_in(arn).ok_or_else(|| invalid(format!("Invalid CallerArn: {arn}")))?;
    Ok(Some(Asker { arn: arn.clone(), account }))
}

/// The owner of the resources: an account's root ARN, or its number.
fn owner(text: Option<&String>) -> Answer<Option<String>> {
    let Some(text) = text else { return Ok(None) };
    let is_number = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
    let account = if is_number { Some(text.clone()) } else { account_in(text) };
    account.map(Some).ok_or_else(|| invalid(format!("Invalid ResourceOwner: {text}")))
}

fn entries(all: Option<&Vec<ContextEntry>>) -> Answer<Entries> {
    let mut keys = BTreeMap::new();
    for entry in all.into_iter().flatten() {
        let name = entry.context_key_name.clone().unwrap_or_default().to_ascii_lowercase();
        let values = entry.context_key_values.clone().unwrap_or_default();
        let kind = entry.context_key_type.as_deref().unwrap_or("string");
        if !values.iter().all(|value| is_of(kind, value)) {
            return Err(invalid(format!("Invalid value for context key {name} of type {kind}.")));
        }
        let value = match <[String; 1]>::try_from(values) {
            Ok([one]) if !kind.ends_with("List") => Values::from(one),
            Ok(one) => Values::from(one.to_vec()),
            Err(many) => Values::from(many),
        };
        if keys.insert(name.clone(), value).is_some() {
            return Err(invalid(format!("Duplicate context key {name}.")));
        }
    }
    Ok(Entries(keys))
}

/// Whether a value may be one of a type of context keys.
fn is_of(kind: &str, value: &str) -> bool {
    match kind.trim_end_matches("List") {
        "numeric" => value.parse::<f64>().is_ok_and(f64::is_finite),
        "boolean" => value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false"),
        "ip" => {
            let address = value.split_once('/').map_or(value, |(address, _)| address);
            address.parse::<std::net::IpAddr>().is_ok()
        }
        "date" => wire::Time::parse(value).is_some() || value.parse::<u64>().is_ok(),
        _ => true,
    }
}

/// Every action on every resource.
fn run(
    setting: &Setting,
    actions: &[String],
    resources: Option<&Vec<String>>,
) -> Answer<Vec<EvaluationResult>> {
    let all = ["*".to_owned()];
    let resources = resources.map_or(&all[..], Vec::as_slice);
    let mut results = Vec::new();
    for action in actions {
        if action.split(':').count() != 2 || action.starts_with(':') || action.ends_with(':') {
            return Err(invalid(format!("Invalid action name: {action}")));
        }
        for resource in resources {
            results.push(result(action, resource, setting.simulate(action, resource)));
        }
    }
    Ok(results)
}

fn result(action: &str, resource: &str, outcome: Outcome) -> EvaluationResult {
    let is_all = resource == "*";
    let matched: Vec<Statement> = outcome.matched.iter().map(statement).collect();
    let boundary = outcome
        .by_boundary
        .map(|is| PermissionsBoundaryDecisionDetail { allowed_by_permissions_boundary: Some(is) });
    // "If the simulation evaluates policies within the same account and includes a resource ARN, then the parameter is
    // present but the response is empty."
    let details = (!is_all).then(|| {
        let sides = outcome
            .sides
            .into_iter()
            .flat_map(|(identity, resource)| [("IAM Policy", identity), ("Resource Policy", resource)]);
        sides.map(|(side, word)| (side.to_owned(), word.to_owned())).collect::<BTreeMap<_, _>>()
    });
    let specific = (!is_all).then(|| {
        vec![ResourceSpecificResult {
            eval_resource_name: Some(resource.to_owned()),
            eval_resource_decision: Some(outcome.decision.to_owned()),
            matched_statements: Some(matched.clone()),
            missing_context_values: Some(outcome.missing.clone()),
            eval_decision_details: details.clone(),
            permissions_boundary_decision_detail: boundary.clone(),
        }]
    });
    EvaluationResult {
        eval_action_name: Some(action.to_owned()),
        eval_resource_name: Some(resource.to_owned()),
        eval_decision: Some(outcome.decision.to_owned()),
        matched_statements: Some(matched),
        // For a list of resources they are in the results of each.
        missing_context_values: Some(if is_all { outcome.missing } else { Vec::new() }),
        organizations_decision_detail: outcome
            .by_organization
            .map(|is| OrganizationsDecisionDetail { allowed_by_organizations: Some(is) }),
        permissions_boundary_decision_detail: boundary,
        eval_decision_details: details,
        resource_specific_results: specific,
    }
}

fn statement(one: &Matched) -> Statement {
    let position = |at: Position| api_iam::Position { line: Some(at.line), column: Some(at.column) };
    Statement {
        source_policy_id: Some(one.id.clone()),
        source_policy_type: Some(one.kind.to_owned()),
        start_position: Some(position(one.start)),
        end_position: Some(position(one.end)),
    }
}

fn answer(
    all: Vec<EvaluationResult>,
    page: (Option<&String>, Option<i32>),
) -> Answer<SimulatePolicyResponse> {
    let page = paging::of_list(all, page)?;
    Ok(SimulatePolicyResponse {
        is_truncated: Some(page.is_truncated()),
        evaluation_results: Some(page.items),
        marker: page.marker,
    })
}

impl Act for SimulateCustomPolicy {
    const ACTION: &'static str = "iam:SimulateCustomPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &SimulateCustomPolicyRequest) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    async fn act(_: &Books, input: &SimulateCustomPolicyRequest) -> Answer<SimulatePolicyResponse> {
        let boundary = input.permissions_boundary_policy_input_list.as_deref().unwrap_or_default();
        let organization = match &input.ordered_organization_policy_input_list {
            None => None,
            Some(levels) => Some(
                levels
                    .iter()
                    .map(|level| {
                        let texts = level.service_control_policy_input_list.as_deref().unwrap_or_default();
                        given("ServiceControlPolicyInputList", texts)
                    })
                    .collect::<Answer<Vec<_>>>()?,
            ),
        };
        let setting = Setting {
            identity: given("PolicyInputList", &input.policy_input_list)?,
            boundary: given("PermissionsBoundaryPolicyInputList", boundary)?,
            resource: of_resource(input.resource_policy.as_ref())?,
            organization,
            asker: asker(input.caller_arn.as_ref())?,
            owner: owner(input.resource_owner.as_ref())?,
            entries: entries(input.context_entries.as_ref())?,
        };
        if setting.resource.is_some() && setting.asker.is_none() {
            return Err(invalid("CallerArn is required when a ResourcePolicy is given."));
        }
        let all = run(&setting, &input.action_names, input.resource_arns.as_ref())?;
        answer(all, (input.marker.as_ref(), input.max_items))
    }
}

/// The user, group or role that an ARN names.
fn source_of<'a>(account: &floor::AccountId, arn: &'a str) -> Answer<(Kind, &'a str)> {
    let rest = arn.strip_prefix("arn:aws:iam::").and_then(|rest| rest.strip_prefix(account.as_str()));
    let named = rest.and_then(|rest| rest.strip_prefix(':')).and_then(|rest| rest.split_once('/'));
    let (kind, path) = named.ok_or_else(|| invalid(format!("Invalid Entity Arn: {arn}")))?;
    let kind = match kind {
        "user" => Kind::User,
        "group" => Kind::Group,
        "role" => Kind::Role,
        _ => return Err(invalid(format!("Invalid Entity Arn: {arn}"))),
    };
    Ok((kind, path.rsplit('/').next().unwrap_or(path)))
}

impl Books {
    /// What an entity has: inline policies as `user_NAME_POLICY`, managed ones by their names.
    async fn sources(&self, kind: Kind, name: &str, policies: &Policies) -> Answer<Vec<(Origin, Source)>> {
        let mut all = Vec::new();
        for (policy, text) in &policies.inline {
            let id = format!("{}_{name}_{policy}", kind.word());
            let origin = Origin::Inline { kind, holder: name.to_owned(), name: policy.clone() };
            all.push((origin, Source { id, text: text.clone(), policy: compiled::identity_policy(text)? }));
        }
        for arn in &policies.attached {
            let source = self.managed_source(arn).await?;
            all.extend(source.map(|source| (Origin::Managed(arn.clone()), source)));
        }
        Ok(all)
    }

    async fn managed_source(&self, arn: &str) -> Answer<Option<Source>> {
        let Some(text) = records::policy_text(self, &self.account(), arn).await? else { return Ok(None) };
        let id = arn.rsplit('/').next().unwrap_or(arn).to_owned();
        Ok(Some(Source { id, policy: compiled::identity_policy(&text)?, text }))
    }

    /// The policies of the principal `arn`, with those of its groups, and its boundary.
    async fn principal(&self, arn: &str) -> Answer<(Vec<(Origin, Source)>, Option<String>)> {
        let account = self.account();
        let (kind, name) = source_of(&account, arn)?;
        match kind {
            Kind::User => {
                let user = self.user(name).await?;
                let mut all = self.sources(kind, &user.name, &user.policies).await?;
                for group in &user.groups {
                    if let Some(group) = records::group(self, &account, group).await? {
                        all.extend(self.sources(Kind::Group, &group.name, &group.policies).await?);
                    }
                }
                Ok((all, user.boundary))
            }
            Kind::Group => {
                let group = self.group(name).await?;
                Ok((self.sources(kind, &group.name, &group.policies).await?, None))
            }
            _ => {
                let role = self.role(name).await?;
                Ok((self.sources(kind, &role.name, &role.policies).await?, role.boundary))
            }
        }
    }
}

impl Act for SimulatePrincipalPolicy {
    const ACTION: &'static str = "iam:SimulatePrincipalPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &SimulatePrincipalPolicyRequest) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, input.policy_source_arn.clone()))
    }

    async fn act(books: &Books, input: &SimulatePrincipalPolicyRequest) -> Answer<SimulatePolicyResponse> {
        let arn = &input.policy_source_arn;
        let excluded = Exclusions::read(input.policy_exclusion_list.as_ref())?;
        let (identity, own_boundary) = books.principal(arn).await?;
        let included = identity.into_iter().filter(|(origin, _)| !excluded.cover(origin));
        let mut identity: Vec<Source> = included.map(|(_, source)| source).collect();
        identity.extend(given("PolicyInputList", input.policy_input_list.as_deref().unwrap_or_default())?);
        let boundary = match (&input.permissions_boundary_policy_input_list, own_boundary) {
            (Some(texts), _) => given("PermissionsBoundaryPolicyInputList", texts)?,
            (None, Some(arn)) if !excluded.cover_boundary() => {
                books.managed_source(&arn).await?.into_iter().collect()
            }
            _ => Vec::new(),
        };
        let caller = input.caller_arn.as_ref().or_else(|| Some(arn).filter(|arn| !arn.contains(":group/")));
        let setting = Setting {
            identity,
            boundary,
            resource: of_resource(input.resource_policy.as_ref())?,
            organization: None,
            asker: asker(caller)?,
            owner: owner(input.resource_owner.as_ref())?,
            entries: entries(input.context_entries.as_ref())?,
        };
        if setting.resource.is_some() && setting.asker.is_none() {
            return Err(invalid("CallerArn is required when a ResourcePolicy is given."));
        }
        let all = run(&setting, &input.action_names, input.resource_arns.as_ref())?;
        answer(all, (input.marker.as_ref(), input.max_items))
    }
}

fn keys_of(sources: &[Source]) -> GetContextKeysForPolicyResponse {
    let mut keys = Vec::new();
    for source in sources {
        context_keys(&source.policy, &mut keys);
    }
    GetContextKeysForPolicyResponse { context_key_names: Some(keys) }
}

impl Act for GetContextKeysForCustomPolicy {
    const ACTION: &'static str = "iam:GetContextKeysForCustomPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &GetContextKeysForCustomPolicyRequest) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    async fn act(
        _: &Books,
        input: &GetContextKeysForCustomPolicyRequest,
    ) -> Answer<GetContextKeysForPolicyResponse> {
        Ok(keys_of(&given("PolicyInputList", &input.policy_input_list)?))
    }
}

impl Act for GetContextKeysForPrincipalPolicy {
    const ACTION: &'static str = "iam:GetContextKeysForPrincipalPolicy";

    async fn about<R: Get>(
        ask: &Ask<'_, R>,
        input: &GetContextKeysForPrincipalPolicyRequest,
    ) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, input.policy_source_arn.clone()))
    }

    async fn act(
        books: &Books,
        input: &GetContextKeysForPrincipalPolicyRequest,
    ) -> Answer<GetContextKeysForPolicyResponse> {
        let (sources, _) = books.principal(&input.policy_source_arn).await?;
        let mut sources: Vec<Source> = sources.into_iter().map(|(_, source)| source).collect();
        sources.extend(given("PolicyInputList", input.policy_input_list.as_deref().unwrap_or_default())?);
        Ok(keys_of(&sources))
    }
}
