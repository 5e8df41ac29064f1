//! Roles. <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html>

use api_iam::{
    AttachedPermissionsBoundary, CreateRole, CreateRoleRequest, CreateRoleResponse, DeleteRole,
    DeleteRoleRequest, GetRole, GetRoleRequest, GetRoleResponse, ListRoleTags, ListRoleTagsRequest,
    ListRoleTagsResponse, ListRoles, ListRolesRequest, ListRolesResponse, TagRole, TagRoleRequest, UntagRole,
    UntagRoleRequest, UpdateAssumeRolePolicy, UpdateAssumeRolePolicyRequest, UpdateRole,
    UpdateRoleDescription, UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse, UpdateRoleRequest,
    UpdateRoleResponse, errors,
};
use floor::{AccountId, Answer, Check, Fault, Get};
use wire::{Empty, Time};

use crate::{
    act::{Act, Ask, Books},
    fault, inline, limits,
    names::{check_name, path_or_root},
    paging,
    records::{self, Kind, Role},
    tags, trust,
};

/// Which answer a role is shown in: they differ in what they leave out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum In {
    /// CreateRole: neither description nor duration nor last use.
    Create,
    /// UpdateRoleDescription: the description too.
    Describe,
    /// GetRole: everything.
    Get,
    /// Lists: no boundary, tags and last use.
    List,
    /// In an instance profile: what neither CreateRole nor lists leave out.
    Profile,
}

/// A role as answers have it.
pub(crate) async fn shown<R: Get>(
    read: &R,
    account: &AccountId,
    role: &Role,
    place: In,
) -> Answer<api_iam::Role> {
    let in_list = matches!(place, In::List | In::Profile);
    let is_whole = matches!(place, In::Get | In::List);
    let boundary = role.boundary.as_ref().filter(|_| !in_list).map(|arn| AttachedPermissionsBoundary {
        permissions_boundary_type: Some("Policy".to_owned()),
        permissions_boundary_arn: Some(arn.clone()),
    });
    Ok(api_iam::Role {
        path: Some(role.path.clone()),
        role_name: Some(role.name.clone()),
        role_id: Some(role.id.clone()),
        arn: Some(Kind::Role.arn(account, &role.path, &role.name)),
        create_date: Some(Time::from_millis(role.created_ms as i64)),
        assume_role_policy_document: Some(inline::encoded(&trust::in_force(read, role).await?)),
        description: role.description.clone().filter(|_| !matches!(place, In::Create | In::Profile)),
        max_session_duration: is_whole.then_some(role.session_s_max as i32),
        permissions_boundary: boundary,
        tags: (!in_list && !role.tags.is_empty()).then(|| tags::shown(&role.tags)),
        ..api_iam::Role::default()
    })
}

impl Books {
    /// The role `name`, or NoSuchEntity.
    pub(crate) async fn role(&self, name: &str) -> Answer<Role> {
        let found = records::role(self, &self.account(), name).await?;
        found.ok_or_else(|| fault::no_such(Kind::Role, name))
    }

    /// The role `name`, unless it is linked to a service.
    pub(crate) async fn role_to_change(&self, name: &str) -> Answer<Role> {
        let role = self.role(name).await?;
        if role.linked_to.is_none() {
            return Ok(role);
        }
        let why = format!(
            "Cannot perform the operation on the protected role '{}' - this role is only modifiable by AWS",
            role.name
        );
        Err(Fault::new(&errors::UNMODIFIABLE_ENTITY_EXCEPTION, why))
    }

    pub(crate) fn save_role(&self, role: &Role) {
        self.save(&Kind::Role.key(&self.account(), &role.name), role);
    }
}

impl Act for CreateRole {
    const ACTION: &'static str = "iam:CreateRole";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &CreateRoleRequest) -> Answer<Check> {
        let check =
            ask.on_new(Self::ACTION, Kind::Role, input.path.as_ref(), &input.role_name, input.tags.as_ref());
        Ok(match &input.permissions_boundary {
            Some(arn) => check.key("iam:PermissionsBoundary", arn.clone()),
            None => check,
        })
    }

    async fn act(books: &Books, input: &CreateRoleRequest) -> Answer<CreateRoleResponse> {
        let (account, name) = (books.account(), &input.role_name);
        check_name("roleName", name)?;
        let path = path_or_root(input.path.as_ref())?;
        let trusted = trust::accept(books, &account, &input.assume_role_policy_document).await?;
        if records::role(books, &account, name).await?.is_some() {
            return Err(fault::exists(Kind::Role, name));
        }
        books.expect_room(&Kind::Role.family(&account), "RolesPerAccount", limits::ROLES_MAX).await?;
        let mut role = Role {
            path,
            name: name.clone(),
            id: books.unique_id("AROA"),
            created_ms: books.now.0 / 1000 * 1000,
            description: input.description.clone(),
            trust: input.assume_role_policy_document.clone(),
            trusted,
            session_s_max: input.max_session_duration.map_or(limits::SESSION_S_DEFAULT, |s| s as u32),
            tags: tags::of_new(input.tags.as_ref())?,
            ..Role::default()
        };
        if let Some(arn) = &input.permissions_boundary {
            books.set_boundary(Kind::Role, name, &mut role.boundary, Some(arn)).await?;
        }
        books.save_role(&role);
        Ok(CreateRoleResponse { role: Some(shown(books, &account, &role, In::Create).await?) })
    }
}

impl Act for GetRole {
    const ACTION: &'static str = "iam:GetRole";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetRoleRequest) -> Answer<Check> {
        ask.on_role(Self::ACTION, &input.role_name).await
    }

    async fn act(books: &Books, input: &GetRoleRequest) -> Answer<GetRoleResponse> {
        let role = books.role(&input.role_name).await?;
        let role_last_used = Some(books.role_last_used(&role.id).await?);
        let shown = shown(books, &books.account(), &role, In::Get).await?;
        Ok(GetRoleResponse { role: Some(api_iam::Role { role_last_used, ..shown }) })
    }
}

impl Act for ListRoles {
    const ACTION: &'static str = "iam:ListRoles";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListRolesRequest) -> Answer<Check> {
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        Ok(ask.check(Self::ACTION, format!("arn:aws:iam::{}:role{prefix}", ask.account())))
    }

    async fn act(books: &Books, input: &ListRolesRequest) -> Answer<ListRolesResponse> {
        let account = &books.account();
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        let family = Kind::Role.family(account);
        let keep = |role: Role| role.path.starts_with(prefix).then_some(role);
        let page = paging::of_records(books, &family, (input.marker.as_ref(), input.max_items), keep).await?;
        let mut roles = Vec::new();
        for role in &page.items {
            roles.push(shown(books, account, role, In::List).await?);
        }
        Ok(ListRolesResponse {
            is_truncated: Some(page.is_truncated()),
            roles: Some(roles),
            marker: page.marker,
        })
    }
}

impl Act for UpdateRole {
    const ACTION: &'static str = "iam:UpdateRole";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UpdateRoleRequest) -> Answer<Check> {
        ask.on_role(Self::ACTION, &input.role_name).await
    }

    async fn act(books: &Books, input: &UpdateRoleRequest) -> Answer<UpdateRoleResponse> {
        let mut role = books.role_to_change(&input.role_name).await?;
        if let Some(description) = &input.description {
            role.description = Some(description.clone());
        }
        if let Some(seconds) = input.max_session_duration {
            role.session_s_max = seconds as u32;
        }
        books.save_role(&role);
        Ok(UpdateRoleResponse {})
    }
}

impl Act for UpdateRoleDescription {
    const ACTION: &'static str = "iam:UpdateRoleDescription";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UpdateRoleDescriptionRequest) -> Answer<Check> {
        ask.on_role(Self::ACTION, &input.role_name).await
    }

    /// The description of a service-linked role may be changed.
    async fn act(
        books: &Books,
        input: &UpdateRoleDescriptionRequest,
    ) -> Answer<UpdateRoleDescriptionResponse> {
        let mut role = books.role(&input.role_name).await?;
        role.description = Some(input.description.clone());
        books.save_role(&role);
        let role = shown(books, &books.account(), &role, In::Describe).await?;
        Ok(UpdateRoleDescriptionResponse { role: Some(role) })
    }
}

impl Act for UpdateAssumeRolePolicy {
    const ACTION: &'static str = "iam:UpdateAssumeRolePolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UpdateAssumeRolePolicyRequest) -> Answer<Check> {
        ask.on_role(Self::ACTION, &input.role_name).await
    }

    async fn act(books: &Books, input: &UpdateAssumeRolePolicyRequest) -> Answer<Empty> {
        let mut role = books.role_to_change(&input.role_name).await?;
        role.trusted = trust::accept(books, &books.account(), &input.policy_document).await?;
        role.trust.clone_from(&input.policy_document);
        books.save_role(&role);
        Ok(Empty)
    }
}

impl Act for DeleteRole {
    const ACTION: &'static str = "iam:DeleteRole";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteRoleRequest) -> Answer<Check> {
        ask.on_role(Self::ACTION, &input.role_name).await
    }

    async fn act(books: &Books, input: &DeleteRoleRequest) -> Answer<Empty> {
        let role = books.role_to_change(&input.role_name).await?;
        let must = if !role.profiles.is_empty() {
            Some("Cannot delete entity, must remove roles from instance profile first.")
        } else if !role.policies.attached.is_empty() {
            Some("Cannot delete entity, must detach all policies first.")
        } else if !role.policies.inline.is_empty() {
            Some("Cannot delete entity, must delete policies first.")
        } else {
            None
        };
        if let Some(must) = must {
            return Err(fault::conflict(must));
        }
        books.forget_role(&role);
        Ok(Empty)
    }
}

impl Books {
    /// Removes a role that nothing depends on, and what is noted of its policies.
    pub(crate) fn forget_role(&self, role: &Role) {
        for arn in &role.policies.attached {
            self.delete(&self.attachment("attached", arn, Kind::Role, &role.name));
        }
        if let Some(arn) = &role.boundary {
            self.delete(&self.attachment("boundary", arn, Kind::Role, &role.name));
        }
        self.forget_accesses(&role.id);
        self.delete(&Kind::Role.key(&self.account(), &role.name));
    }
}

impl Act for TagRole {
    const ACTION: &'static str = "iam:TagRole";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &TagRoleRequest) -> Answer<Check> {
        Ok(tags::in_request(ask.on_role(Self::ACTION, &input.role_name).await?, Some(&input.tags)))
    }

    async fn act(books: &Books, input: &TagRoleRequest) -> Answer<Empty> {
        let mut role = books.role(&input.role_name).await?;
        tags::add(&mut role.tags, &input.tags)?;
        books.save_role(&role);
        Ok(Empty)
    }
}

impl Act for UntagRole {
    const ACTION: &'static str = "iam:UntagRole";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UntagRoleRequest) -> Answer<Check> {
        let check = ask.on_role(Self::ACTION, &input.role_name).await?;
        Ok(tags::keys_in_request(check, input.tag_keys.clone()))
    }

    async fn act(books: &Books, input: &UntagRoleRequest) -> Answer<Empty> {
        let mut role = books.role(&input.role_name).await?;
        tags::remove(&mut role.tags, &input.tag_keys);
        books.save_role(&role);
        Ok(Empty)
    }
}

impl Act for ListRoleTags {
    const ACTION: &'static str = "iam:ListRoleTags";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListRoleTagsRequest) -> Answer<Check> {
        ask.on_role(Self::ACTION, &input.role_name).await
    }

    async fn act(books: &Books, input: &ListRoleTagsRequest) -> Answer<ListRoleTagsResponse> {
        let role = books.role(&input.role_name).await?;
        let page = paging::of_list(tags::shown(&role.tags), (input.marker.as_ref(), input.max_items))?;
        Ok(ListRoleTagsResponse {
            is_truncated: Some(page.is_truncated()),
            tags: Some(page.items),
            marker: page.marker,
        })
    }
}
