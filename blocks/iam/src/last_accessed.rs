//! Reports of when services, and actions, were last asked for by those whom policies open them to.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html>
//!
//! A report is whole when it is asked for. It names the services that are served here.

use std::sync::Arc;

use api_iam::{
    EntityDetails, EntityInfo, GenerateServiceLastAccessedDetails, GenerateServiceLastAccessedDetailsRequest,
    GenerateServiceLastAccessedDetailsResponse, GetServiceLastAccessedDetails,
    GetServiceLastAccessedDetailsRequest, GetServiceLastAccessedDetailsResponse,
    GetServiceLastAccessedDetailsWithEntities, GetServiceLastAccessedDetailsWithEntitiesRequest,
    GetServiceLastAccessedDetailsWithEntitiesResponse, ServiceLastAccessed, TrackedActionLastAccessed,
};
use floor::{Answer, Check, Fault, Get, Key, Record as _, first_format};
use policy::Policy;
use serde::{Deserialize, Serialize};
use wire::{ServiceMeta, Time};

use crate::{
    accesses::{Access, ByAction},
    act::{Act, Ask, Books},
    compiled, copies, fault,
    granting::{self, Entity},
    names, paging,
    policies::not_found,
    records::{self, Kind, Role, User},
};

/// Reports are kept for a week.
const KEPT_MS: u64 = 7 * 86_400_000;
/// Reports of an account that are looked through for old ones.
const LOOKED_AT: usize = 1000;
/// Bytes of a stored part, below what one value may have.
const PART_BYTES: usize = 1 << 20;

/// A report; its content is in parts beside it.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Report {
    made_ms: u64,
    /// Who asked for it: "must be used by the same role within a session, or by the same user".
    owner: String,
    is_by_action: bool,
    parts: u32,
}

/// What a report says.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Content {
    /// By namespace and name.
    services: Vec<(String, String)>,
    entities: Vec<Seen>,
}

/// A user or a role, and what it asked for.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Seen {
    arn: String,
    is_role: bool,
    path: String,
    name: String,
    id: String,
    by_action: ByAction,
}

first_format!(Report, Content);

/// AWS's names where they are shorter than those of the models.
const SHORT: [(&str, &str); 3] = [("s3", "Amazon S3"), ("sns", "Amazon SNS"), ("sqs", "Amazon SQS")];

fn title(service: &ServiceMeta) -> &'static str {
    SHORT.iter().find(|(name, _)| *name == service.signing_name).map_or(service.title, |(_, title)| title)
}

/// Whether an action is reported by itself: not what CloudTrail calls data events.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html>
fn is_tracked(action: &str) -> bool {
    match action.split_once(':') {
        Some(("s3", name)) => {
            let of_objects = ["Object", "MultipartUpload", "BucketMultipartUploads"];
            !of_objects.iter().any(|part| name.contains(part))
                && !["ListBucket", "ListBucketVersions"].contains(&name)
        }
        Some(("sqs", name)) => {
            let of_messages = ["SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility"];
            !of_messages.contains(&name)
        }
        Some(("sns", name)) => name != "Publish",
        _ => true,
    }
}

fn reports(books: &Books) -> Key {
    copies::own("last-accessed").text(books.account().as_str())
}

fn report_key(books: &Books, job: &str) -> Key {
    reports(books).text(job)
}

fn part_key(books: &Books, job: &str, number: u32) -> Key {
    copies::own("last-accessed-part").text(books.account().as_str()).text(job).number(u64::from(number))
}

/// The caller's unique id, of the role where it is a session.
fn owner(books: &Books) -> String {
    let who = &books.caller.who;
    who.user_id.split(':').next().unwrap_or(&who.user_id).to_owned()
}

impl Seen {
    fn of_service(&self, service: &str) -> impl Iterator<Item = (&str, &Access)> {
        let accesses = self.by_action.iter();
        accesses.filter_map(move |(action, access)| {
            let (of, name) = action.split_once(':')?;
            (of == service).then_some((name, access))
        })
    }

    fn last(&self, service: &str) -> Option<&Access> {
        self.of_service(service).map(|(_, access)| access).max_by_key(|access| access.at_ms)
    }
}

impl Books {
    async fn seen_user(&self, user: &User) -> Answer<Seen> {
        Ok(Seen {
            arn: Kind::User.arn(&self.account(), &user.path, &user.name),
            is_role: false,
            path: user.path.clone(),
            name: user.name.clone(),
            id: user.id.clone(),
            by_action: self.accesses(&user.id).await?,
        })
    }

    async fn seen_role(&self, role: &Role) -> Answer<Seen> {
        Ok(Seen {
            arn: Kind::Role.arn(&self.account(), &role.path, &role.name),
            is_role: true,
            path: role.path.clone(),
            name: role.name.clone(),
            id: role.id.clone(),
            by_action: self.accesses(&role.id).await?,
        })
    }

    async fn seen_members(&self, group: &str, all: &mut Vec<Seen>) -> Answer<()> {
        for name in self.members(group).await? {
            if let Some(user) = records::user(self, &self.account(), &name).await?
                && !all.iter().any(|one| one.id == user.id)
            {
                all.push(self.seen_user(&user).await?);
            }
        }
        Ok(())
    }

    /// The policies that a report is about, and those who have them.
    async fn subject(&self, arn: &str) -> Answer<(Vec<Arc<Policy>>, Vec<Seen>)> {
        let account = self.account();
        let Some(entity) = granting::entity(self, &account, arn).await? else {
            return self.of_policy(arn).await;
        };
        let held = self.held(&entity).await?.into_iter().map(|one| one.policy).collect();
        let mut seen = Vec::new();
        match &entity {
            Entity::User(user) => seen.push(self.seen_user(user).await?),
            Entity::Role(role) => seen.push(self.seen_role(role).await?),
            Entity::Group(group) => self.seen_members(&group.name, &mut seen).await?,
        }
        Ok((held, seen))
    }

    async fn of_policy(&self, arn: &str) -> Answer<(Vec<Arc<Policy>>, Vec<Seen>)> {
        let account = self.account();
        if !arn.contains(":policy/") {
            return Err(granting::no_such_arn(arn));
        }
        let text = records::policy_text(self, &account, arn).await?.ok_or_else(|| not_found(arn))?;
        let mut seen = Vec::new();
        for (kind, name) in self.holders_of(arn).await? {
            match kind {
                Kind::Group => self.seen_members(&name, &mut seen).await?,
                Kind::Role => {
                    if let Some(role) = records::role(self, &account, &name).await? {
                        seen.push(self.seen_role(&role).await?);
                    }
                }
                _ => {
                    if let Some(user) = records::user(self, &account, &name).await?
                        && !seen.iter().any(|one: &Seen| one.id == user.id)
                    {
                        seen.push(self.seen_user(&user).await?);
                    }
                }
            }
        }
        Ok((vec![compiled::identity_policy(&text)?], seen))
    }

    /// Drops the account's reports that are too old.
    async fn drop_old_reports(&self) -> Answer<()> {
        let family = reports(self);
        for (key, value) in self.range(family.all(), LOOKED_AT).await? {
            let report = Report::decode(&value)?;
            if report.made_ms + KEPT_MS > self.now.0 {
                continue;
            }
            if let Some(job) = floor::key::Parts::of(&key[family.len()..]).text() {
                for number in 0..report.parts {
                    self.drop_own(&part_key(self, &job, number));
                }
                self.drop_own(&report_key(self, &job));
            }
        }
        Ok(())
    }

    /// The report of a job of the caller.
    async fn report_of(&self, job: &str) -> Answer<(Report, Content)> {
        let found: Option<Report> = self.load(&report_key(self, job)).await?;
        let is_theirs =
            |report: &Report| report.owner == owner(self) && report.made_ms + KEPT_MS > self.now.0;
        let report = found
            .filter(is_theirs)
            .ok_or_else(|| fault::no_such_entity(format!("Job {job} was not found.")))?;
        let mut bytes = Vec::new();
        for number in 0..report.parts {
            let part = self.get(&part_key(self, job, number)).await?;
            let part = part.ok_or_else(|| floor::fault::internal("a part of a report is missing"))?;
            bytes.extend_from_slice(&part);
        }
        let content = Content::decode(&bytes)?;
        Ok((report, content))
    }
}

impl Act for GenerateServiceLastAccessedDetails {
    const ACTION: &'static str = "iam:GenerateServiceLastAccessedDetails";

    async fn about<R: Get>(
        ask: &Ask<'_, R>,
        input: &GenerateServiceLastAccessedDetailsRequest,
    ) -> Answer<Check> {
        ask.on_arn(Self::ACTION, &input.arn).await
    }

    async fn act(
        books: &Books,
        input: &GenerateServiceLastAccessedDetailsRequest,
    ) -> Answer<GenerateServiceLastAccessedDetailsResponse> {
        let (policies, entities) = books.subject(&input.arn).await?;
        books.drop_old_reports().await?;
        let mut services: Vec<_> = books
            .floor
            .registry
            .services()
            .iter()
            .filter(|service| granting::open(&policies, service.signing_name))
            .map(|service| (service.signing_name.to_owned(), title(service).to_owned()))
            .collect();
        services.sort_unstable();
        // S3 and its control plane have one namespace.
        services.dedup_by(|a, b| a.0 == b.0);
        let job = names::uuid(&books.random());
        let bytes = Content { services, entities }.encode();
        let mut parts = 0;
        for part in bytes.chunks(PART_BYTES) {
            books.put_own(&part_key(books, &job, parts), part.to_vec());
            parts += 1;
        }
        let is_by_action = input.granularity.as_deref() == Some("ACTION_LEVEL");
        let report = Report { made_ms: books.now.0, owner: owner(books), is_by_action, parts };
        books.put_own(&report_key(books, &job), report.encode());
        Ok(GenerateServiceLastAccessedDetailsResponse { job_id: Some(job) })
    }
}

fn time(access: &Access) -> Time {
    Time::from_millis(access.at_ms as i64)
}

/// What a report says of one service.
fn of_service(
    content: &Content,
    (service, name): &(String, String),
    is_by_action: bool,
) -> ServiceLastAccessed {
    let seen = content.entities.iter().filter_map(|one| Some((one, one.last(service)?)));
    let last = seen.clone().max_by_key(|(_, access)| access.at_ms);
    ServiceLastAccessed {
        service_name: Some(name.clone()),
        service_namespace: Some(service.clone()),
        last_authenticated: last.map(|(_, access)| time(access)),
        last_authenticated_entity: last.map(|(one, _)| one.arn.clone()),
        last_authenticated_region: last.map(|(_, access)| access.region.as_str().to_owned()),
        total_authenticated_entities: Some(i32::try_from(seen.count()).unwrap_or(i32::MAX)),
        tracked_actions_last_accessed: is_by_action
            .then(|| actions(content, service))
            .filter(|all| !all.is_empty()),
    }
}

fn actions(content: &Content, service: &str) -> Vec<TrackedActionLastAccessed> {
    let mut last = std::collections::BTreeMap::<&str, (&Seen, &Access)>::new();
    for one in &content.entities {
        for (action, access) in one.of_service(service) {
            let is_tracked = is_tracked(&format!("{service}:{action}"));
            let is_later = last.get(action).is_none_or(|(_, kept)| kept.at_ms < access.at_ms);
            if is_tracked && is_later {
                last.insert(action, (one, access));
            }
        }
    }
    let shown = last.into_iter().map(|(action, (one, access))| TrackedActionLastAccessed {
        action_name: Some(action.to_owned()),
        last_accessed_entity: Some(one.arn.clone()),
        last_accessed_time: Some(time(access)),
        last_accessed_region: Some(access.region.as_str().to_owned()),
    });
    shown.collect()
}

impl Act for GetServiceLastAccessedDetails {
    const ACTION: &'static str = "iam:GetServiceLastAccessedDetails";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &GetServiceLastAccessedDetailsRequest) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    async fn act(
        books: &Books,
        input: &GetServiceLastAccessedDetailsRequest,
    ) -> Answer<GetServiceLastAccessedDetailsResponse> {
        let (report, content) = books.report_of(&input.job_id).await?;
        let page = paging::of_list(content.services.clone(), (input.marker.as_ref(), input.max_items))?;
        let shown = |service| of_service(&content, service, report.is_by_action);
        let level = if report.is_by_action { "ACTION_LEVEL" } else { "SERVICE_LEVEL" };
        Ok(GetServiceLastAccessedDetailsResponse {
            job_status: Some("COMPLETED".to_owned()),
            job_type: Some(level.to_owned()),
            job_creation_date: Some(Time::from_millis(report.made_ms as i64)),
            services_last_accessed: Some(page.items.iter().map(shown).collect()),
            job_completion_date: Some(Time::from_millis(report.made_ms as i64)),
            is_truncated: Some(page.is_truncated()),
            marker: page.marker,
            error: None,
        })
    }
}

impl Act for GetServiceLastAccessedDetailsWithEntities {
    const ACTION: &'static str = "iam:GetServiceLastAccessedDetailsWithEntities";

    async fn about<R: Get>(
        ask: &Ask<'_, R>,
        _: &GetServiceLastAccessedDetailsWithEntitiesRequest,
    ) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    /// "sorted by date, with the most recent access listed first"; those who never asked come last.
    async fn act(
        books: &Books,
        input: &GetServiceLastAccessedDetailsWithEntitiesRequest,
    ) -> Answer<GetServiceLastAccessedDetailsWithEntitiesResponse> {
        let (report, content) = books.report_of(&input.job_id).await?;
        let service = &input.service_namespace;
        if !content.services.iter().any(|(name, _)| name == service) {
            let why = format!("Service {service} is not in the report of job {}.", input.job_id);
            return Err(Fault::new(&api_iam::errors::NO_SUCH_ENTITY_EXCEPTION, why));
        }
        let mut all: Vec<_> = content.entities.iter().map(|one| (one, one.last(service))).collect();
        all.sort_by_key(|(_, last)| std::cmp::Reverse(last.map(|access| access.at_ms)));
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        let shown = |(one, last): &(&Seen, Option<&Access>)| EntityDetails {
            entity_info: Some(EntityInfo {
                arn: Some(one.arn.clone()),
                name: Some(one.name.clone()),
                r#type: Some(if one.is_role { "ROLE" } else { "USER" }.to_owned()),
                id: Some(one.id.clone()),
                path: Some(one.path.clone()),
            }),
            last_authenticated: last.map(time),
        };
        Ok(GetServiceLastAccessedDetailsWithEntitiesResponse {
            job_status: Some("COMPLETED".to_owned()),
            job_creation_date: Some(Time::from_millis(report.made_ms as i64)),
            job_completion_date: Some(Time::from_millis(report.made_ms as i64)),
            entity_details_list: Some(page.items.iter().map(shown).collect()),
            is_truncated: Some(page.is_truncated()),
            marker: page.marker,
            error: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::is_tracked;

    #[test]
    fn what_is_reported_by_itself() {
        for (action, is) in [
            ("s3:CreateBucket", true),
            ("s3:GetBucketPolicy", true),
            ("s3:GetObject", false),
            ("s3:ListMultipartUploadParts", false),
            ("s3:ListBucketMultipartUploads", false),
            ("s3:ListBucket", false),
            ("sqs:CreateQueue", true),
            ("sqs:SendMessage", false),
            ("sns:Publish", false),
            ("sns:Subscribe", true),
            ("iam:GetUser", true),
        ] {
            assert_eq!(is_tracked(action), is, "{action}");
        }
    }
}
