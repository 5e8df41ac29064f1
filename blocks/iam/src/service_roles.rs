//! Service-linked roles: predefined by a service, and only it may change them.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html>
//!
//! Each line of `managed/service_roles.tsv` is one service: its name, its role, the role's policy, `suffix` where roles
//! with a suffix may be made beside it, and the role's description.

use api_iam::{
    CreateServiceLinkedRole, CreateServiceLinkedRoleRequest, CreateServiceLinkedRoleResponse,
    DeleteServiceLinkedRole, DeleteServiceLinkedRoleRequest, DeleteServiceLinkedRoleResponse,
    GetServiceLinkedRoleDeletionStatus, GetServiceLinkedRoleDeletionStatusRequest,
    GetServiceLinkedRoleDeletionStatusResponse, errors,
};
use floor::{AccountId, Answer, Check, Fault, Get, Key};

use crate::{
    act::{Act, Ask, Books},
    fault, limits, managed, names,
    records::{self, Kind, Policies, Role},
    roles,
};

/// What a service predefines.
struct Service {
    role: &'static str,
    policy: &'static str,
    has_suffix: bool,
    description: &'static str,
}

fn service(name: &str) -> Option<Service> {
    let lines = include_str!("managed/service_roles.tsv").lines();
    let mut fields = lines.map(|line| line.split('\t')).find_map(|mut fields| {
        let is_meant = fields.next()?.eq_ignore_ascii_case(name);
        is_meant.then_some(fields)
    })?;
    Some(Service {
        role: fields.next()?,
        policy: fields.next()?,
        has_suffix: fields.next()? == "suffix",
        description: fields.next()?,
    })
}

fn invalid(why: String) -> Fault {
    Fault::new(&errors::INVALID_INPUT_EXCEPTION, why)
}

/// The tasks of deletion that were done: one empty value each.
fn task_key(account: &AccountId, id: &str) -> Key {
    Key::of("deletion").text(account.as_str()).text(id)
}

impl Act for CreateServiceLinkedRole {
    const ACTION: &'static str = "iam:CreateServiceLinkedRole";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &CreateServiceLinkedRoleRequest) -> Answer<Check> {
        let name = service(&input.aws_service_name).map_or("*", |service| service.role);
        let path = format!("/aws-service-role/{}/", input.aws_service_name);
        let check = ask.check(Self::ACTION, Kind::Role.arn(&ask.account(), &path, name));
        Ok(check.key("iam:AWSServiceName", input.aws_service_name.clone()))
    }

    async fn act(
        books: &Books,
        input: &CreateServiceLinkedRoleRequest,
    ) -> Answer<CreateServiceLinkedRoleResponse> {
        let (account, of) = (books.account(), &input.aws_service_name);
        let predefined = service(of).ok_or_else(|| {
            fault::no_such_entity(format!("Service role for service {of} cannot be found."))
        })?;
        let name = match &input.custom_suffix {
            Some(_) if !predefined.has_suffix => {
                return Err(invalid(format!("Custom suffix is not allowed for {of}")));
            }
            Some(suffix) => format!("{}_{suffix}", predefined.role),
            None => predefined.role.to_owned(),
        };
        if records::role(books, &account, &name).await?.is_some() {
            return Err(invalid(format!(
                "Service role name {name} has been taken in this account, please try a different suffix."
            )));
        }
        books.expect_room(&Kind::Role.family(&account), "RolesPerAccount", limits::ROLES_MAX).await?;
        let predefined_text = Some(predefined.description).filter(|text| !text.is_empty()).map(str::to_owned);
        let policy = format!("{}{}", managed::ARN_PREFIX, predefined.policy);
        let role = Role {
            path: format!("/aws-service-role/{of}/"),
            name: name.clone(),
            id: books.unique_id("AROA"),
            created_ms: books.now.0 / 1000 * 1000,
            description: input.description.clone().or(predefined_text),
            trust: format!(
                r#"{{"Version":"2012-10-17","Statement":[{{"Action":["sts:AssumeRole"],"Effect":"Allow","Principal":{{"Service":["{of}"]}}}}]}}"#
            ),
            session_s_max: limits::SESSION_S_DEFAULT,
            linked_to: Some(of.clone()),
            policies: Policies { attached: vec![policy.clone()], ..Policies::default() },
            ..Role::default()
        };
        books.put(&books.attachment("attached", &policy, Kind::Role, &name), Vec::new());
        books.save_role(&role);
        let shown = roles::shown(books, &account, &role, roles::In::Create).await?;
        Ok(CreateServiceLinkedRoleResponse { role: Some(shown) })
    }
}

impl Act for DeleteServiceLinkedRole {
    const ACTION: &'static str = "iam:DeleteServiceLinkedRole";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteServiceLinkedRoleRequest) -> Answer<Check> {
        let check = ask.on_role(Self::ACTION, &input.role_name).await?;
        let found = records::role(ask.read, &ask.account(), &input.role_name).await?;
        Ok(match found.and_then(|role| role.linked_to) {
            Some(service) => check.key("iam:AWSServiceName", service),
            None => check,
        })
    }

    /// No service keeps a role in use here, so that the task is done with its request.
    async fn act(
        books: &Books,
        input: &DeleteServiceLinkedRoleRequest,
    ) -> Answer<DeleteServiceLinkedRoleResponse> {
        let role = books.role(&input.role_name).await?;
        let Some(service) = &role.linked_to else {
            return Err(fault::no_such(Kind::Role, &input.role_name));
        };
        books.forget_role(&role);
        let number = names::uuid(&books.random());
        let id = format!("task/aws-service-role/{service}/{}/{number}", role.name);
        books.put(&task_key(&books.account(), &id), Vec::new());
        Ok(DeleteServiceLinkedRoleResponse { deletion_task_id: Some(id) })
    }
}

impl Act for GetServiceLinkedRoleDeletionStatus {
    const ACTION: &'static str = "iam:GetServiceLinkedRoleDeletionStatus";

    async fn about<R: Get>(
        ask: &Ask<'_, R>,
        input: &GetServiceLinkedRoleDeletionStatusRequest,
    ) -> Answer<Check> {
        let role = input.deletion_task_id.strip_prefix("task").and_then(|rest| rest.rsplit_once('/'));
        let path_and_name = role.map_or("/*", |(role, _)| role);
        Ok(ask.check(Self::ACTION, format!("arn:aws:iam::{}:role{path_and_name}", ask.account())))
    }

    async fn act(
        books: &Books,
        input: &GetServiceLinkedRoleDeletionStatusRequest,
    ) -> Answer<GetServiceLinkedRoleDeletionStatusResponse> {
        let id = &input.deletion_task_id;
        if books.get(&task_key(&books.account(), id)).await?.is_none() {
            return Err(fault::no_such_entity(format!("Deletion task {id} cannot be found.")));
        }
        Ok(GetServiceLinkedRoleDeletionStatusResponse { status: Some("SUCCEEDED".to_owned()), reason: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_has_a_role_with_a_policy_of_aws() {
        for line in include_str!("managed/service_roles.tsv").lines() {
            let name = line.split('\t').next().unwrap();
            let found = service(name).unwrap();
            assert!(found.role.starts_with("AWSServiceRoleFor"), "{name}");
            assert!(managed::find(&format!("{}{}", managed::ARN_PREFIX, found.policy)).is_some(), "{name}");
        }
        assert!(service("nothing.amazonaws.com").is_none());
    }
}
