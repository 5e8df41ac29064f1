//! Instance profiles: what hands a role to a machine.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html>

use api_iam::{
    AddRoleToInstanceProfile, AddRoleToInstanceProfileRequest, CreateInstanceProfile,
    CreateInstanceProfileRequest, CreateInstanceProfileResponse, DeleteInstanceProfile,
    DeleteInstanceProfileRequest, GetInstanceProfile, GetInstanceProfileRequest, GetInstanceProfileResponse,
    ListInstanceProfileTags, ListInstanceProfileTagsRequest, ListInstanceProfileTagsResponse,
    ListInstanceProfiles, ListInstanceProfilesForRole, ListInstanceProfilesForRoleRequest,
    ListInstanceProfilesForRoleResponse, ListInstanceProfilesRequest, ListInstanceProfilesResponse,
    RemoveRoleFromInstanceProfile, RemoveRoleFromInstanceProfileRequest, TagInstanceProfile,
    TagInstanceProfileRequest, UntagInstanceProfile, UntagInstanceProfileRequest,
};
use floor::{Answer, Check, Get, first_format};
use serde::{Deserialize, Serialize};
use wire::{Empty, Time};

use crate::{
    act::{Act, Ask, Books},
    fault,
    names::{check_name, path_or_root},
    paging,
    records::{self, Kind, Tags},
    roles, tags,
};

/// Instance profiles of one account. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
const PROFILES_MAX: usize = 1000;

/// An instance profile.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub(crate) struct Profile {
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) created_ms: u64,
    /// The one role it may have, in lower case.
    pub(crate) role: Option<String>,
    pub(crate) tags: Tags,
}

first_format!(Profile);

/// A profile as answers have it; only CreateInstanceProfile's and GetInstanceProfile's have tags.
pub(crate) async fn shown<R: Get>(
    read: &R,
    account: &floor::AccountId,
    one: &Profile,
) -> Answer<api_iam::InstanceProfile> {
    let mut of = Vec::new();
    if let Some(name) = &one.role
        && let Some(role) = records::role(read, account, name).await?
    {
        of.push(roles::shown(read, account, &role, roles::In::Profile).await?);
    }
    Ok(api_iam::InstanceProfile {
        path: Some(one.path.clone()),
        instance_profile_name: Some(one.name.clone()),
        instance_profile_id: Some(one.id.clone()),
        arn: Some(Kind::InstanceProfile.arn(account, &one.path, &one.name)),
        create_date: Some(Time::from_millis(one.created_ms as i64)),
        roles: Some(of),
        tags: None,
    })
}

impl<R: Get> Ask<'_, R> {
    async fn on_profile(&self, action: &'static str, name: &str) -> Answer<Check> {
        let account = &self.account();
        let found: Option<Profile> = self.read.load(&Kind::InstanceProfile.key(account, name)).await?;
        let one = found.unwrap_or_else(|| Profile {
            path: "/".to_owned(),
            name: name.to_owned(),
            ..Profile::default()
        });
        let arn = Kind::InstanceProfile.arn(account, &one.path, &one.name);
        Ok(tags::of_resource(self.check(action, arn), &one.tags))
    }
}

impl Books {
    /// The profile `name`, or NoSuchEntity.
    async fn profile(&self, name: &str) -> Answer<Profile> {
        let found = self.load(&Kind::InstanceProfile.key(&self.account(), name)).await?;
        found.ok_or_else(|| fault::no_such(Kind::InstanceProfile, name))
    }

    fn save_profile(&self, one: &Profile) {
        self.save(&Kind::InstanceProfile.key(&self.account(), &one.name), one);
    }
}

impl Act for CreateInstanceProfile {
    const ACTION: &'static str = "iam:CreateInstanceProfile";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &CreateInstanceProfileRequest) -> Answer<Check> {
        let (path, tags) = (input.path.as_ref(), input.tags.as_ref());
        Ok(ask.on_new(Self::ACTION, Kind::InstanceProfile, path, &input.instance_profile_name, tags))
    }

    async fn act(
        books: &Books,
        input: &CreateInstanceProfileRequest,
    ) -> Answer<CreateInstanceProfileResponse> {
        let (account, name) = (books.account(), &input.instance_profile_name);
        check_name("instanceProfileName", name)?;
        let path = path_or_root(input.path.as_ref())?;
        let key = Kind::InstanceProfile.key(&account, name);
        if books.load::<Profile>(&key).await?.is_some() {
            return Err(fault::exists(Kind::InstanceProfile, name));
        }
        let family = Kind::InstanceProfile.family(&account);
        books.expect_room(&family, "InstanceProfilesPerAccount", PROFILES_MAX).await?;
        let one = Profile {
            path,
            name: name.clone(),
            id: books.unique_id("AIPA"),
            created_ms: books.now.0 / 1000 * 1000,
            role: None,
            tags: tags::of_new_by_case(input.tags.as_ref())?,
        };
        books.save_profile(&one);
        let mut answer = shown(books, &account, &one).await?;
        answer.tags = Some(tags::shown(&one.tags)).filter(|tags| !tags.is_empty());
        Ok(CreateInstanceProfileResponse { instance_profile: Some(answer) })
    }
}

impl Act for GetInstanceProfile {
    const ACTION: &'static str = "iam:GetInstanceProfile";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetInstanceProfileRequest) -> Answer<Check> {
        ask.on_profile(Self::ACTION, &input.instance_profile_name).await
    }

    async fn act(books: &Books, input: &GetInstanceProfileRequest) -> Answer<GetInstanceProfileResponse> {
        let one = books.profile(&input.instance_profile_name).await?;
        let mut answer = shown(books, &books.account(), &one).await?;
        answer.tags = Some(tags::shown(&one.tags));
        Ok(GetInstanceProfileResponse { instance_profile: Some(answer) })
    }
}

impl Act for ListInstanceProfiles {
    const ACTION: &'static str = "iam:ListInstanceProfiles";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListInstanceProfilesRequest) -> Answer<Check> {
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        Ok(ask.check(Self::ACTION, format!("arn:aws:iam::{}:instance-profile{prefix}", ask.account())))
    }

    async fn act(books: &Books, input: &ListInstanceProfilesRequest) -> Answer<ListInstanceProfilesResponse> {
        let account = &books.account();
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        let family = Kind::InstanceProfile.family(account);
        let keep = |one: Profile| one.path.starts_with(prefix).then_some(one);
        let page = paging::of_records(books, &family, (input.marker.as_ref(), input.max_items), keep).await?;
        let mut all = Vec::new();
        for one in &page.items {
            all.push(shown(books, account, one).await?);
        }
        Ok(ListInstanceProfilesResponse {
            is_truncated: Some(page.is_truncated()),
            instance_profiles: Some(all),
            marker: page.marker,
        })
    }
}

impl Act for ListInstanceProfilesForRole {
    const ACTION: &'static str = "iam:ListInstanceProfilesForRole";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListInstanceProfilesForRoleRequest) -> Answer<Check> {
        ask.on_role(Self::ACTION, &input.role_name).await
    }

    async fn act(
        books: &Books,
        input: &ListInstanceProfilesForRoleRequest,
    ) -> Answer<ListInstanceProfilesForRoleResponse> {
        let role = books.role(&input.role_name).await?;
        let names = role.profiles.into_iter().collect();
        let page = paging::of_list(names, (input.marker.as_ref(), input.max_items))?;
        let mut all = Vec::new();
        for name in &page.items {
            all.push(shown(books, &books.account(), &books.profile(name).await?).await?);
        }
        Ok(ListInstanceProfilesForRoleResponse {
            is_truncated: Some(page.is_truncated()),
            instance_profiles: Some(all),
            marker: page.marker,
        })
    }
}

impl Act for AddRoleToInstanceProfile {
    const ACTION: &'static str = "iam:AddRoleToInstanceProfile";
    const ACTIONS: &'static [&'static str] = &[Self::ACTION, "iam:PassRole"];

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &AddRoleToInstanceProfileRequest) -> Answer<Check> {
        ask.on_profile(Self::ACTION, &input.instance_profile_name).await
    }

    /// The role is handed to the instances.
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html>
    async fn about_too<R: Get>(
        ask: &Ask<'_, R>,
        input: &AddRoleToInstanceProfileRequest,
    ) -> Answer<Vec<Check>> {
        let check = ask.on_role("iam:PassRole", &input.role_name).await?;
        Ok(vec![check.key("iam:PassedToService", "ec2.amazonaws.com".to_owned())])
    }

    async fn act(books: &Books, input: &AddRoleToInstanceProfileRequest) -> Answer<Empty> {
        let mut one = books.profile(&input.instance_profile_name).await?;
        let mut role = books.role(&input.role_name).await?;
        if one.role.is_some() {
            return Err(fault::quota("InstanceSessionsPerInstanceProfile", 1));
        }
        one.role = Some(role.name.to_ascii_lowercase());
        role.profiles.insert(one.name.to_ascii_lowercase());
        books.save_profile(&one);
        books.save_role(&role);
        Ok(Empty)
    }
}

impl Act for RemoveRoleFromInstanceProfile {
    const ACTION: &'static str = "iam:RemoveRoleFromInstanceProfile";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &RemoveRoleFromInstanceProfileRequest) -> Answer<Check> {
        ask.on_profile(Self::ACTION, &input.instance_profile_name).await
    }

    async fn act(books: &Books, input: &RemoveRoleFromInstanceProfileRequest) -> Answer<Empty> {
        let mut one = books.profile(&input.instance_profile_name).await?;
        let mut role = books.role(&input.role_name).await?;
        if !one.role.as_ref().is_some_and(|name| name.eq_ignore_ascii_case(&role.name)) {
            let why = format!("Role {} in Instance Profile {} cannot be found.", role.name, one.name);
            return Err(fault::no_such_entity(why));
        }
        one.role = None;
        role.profiles.remove(&one.name.to_ascii_lowercase());
        books.save_profile(&one);
        books.save_role(&role);
        Ok(Empty)
    }
}

impl Act for DeleteInstanceProfile {
    const ACTION: &'static str = "iam:DeleteInstanceProfile";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteInstanceProfileRequest) -> Answer<Check> {
        ask.on_profile(Self::ACTION, &input.instance_profile_name).await
    }

    async fn act(books: &Books, input: &DeleteInstanceProfileRequest) -> Answer<Empty> {
        let one = books.profile(&input.instance_profile_name).await?;
        if one.role.is_some() {
            let why = "Cannot delete entity, must remove roles from instance profile first.";
            return Err(fault::conflict(why));
        }
        books.delete(&Kind::InstanceProfile.key(&books.account(), &one.name));
        Ok(Empty)
    }
}

impl Act for TagInstanceProfile {
    const ACTION: &'static str = "iam:TagInstanceProfile";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &TagInstanceProfileRequest) -> Answer<Check> {
        let check = ask.on_profile(Self::ACTION, &input.instance_profile_name).await?;
        Ok(tags::in_request(check, Some(&input.tags)))
    }

    async fn act(books: &Books, input: &TagInstanceProfileRequest) -> Answer<Empty> {
        let mut one = books.profile(&input.instance_profile_name).await?;
        tags::add_by_case(&mut one.tags, &input.tags)?;
        books.save_profile(&one);
        Ok(Empty)
    }
}

impl Act for UntagInstanceProfile {
    const ACTION: &'static str = "iam:UntagInstanceProfile";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UntagInstanceProfileRequest) -> Answer<Check> {
        let check = ask.on_profile(Self::ACTION, &input.instance_profile_name).await?;
        Ok(tags::keys_in_request(check, input.tag_keys.clone()))
    }

    async fn act(books: &Books, input: &UntagInstanceProfileRequest) -> Answer<Empty> {
        let mut one = books.profile(&input.instance_profile_name).await?;
        tags::remove_by_case(&mut one.tags, &input.tag_keys);
        books.save_profile(&one);
        Ok(Empty)
    }
}

impl Act for ListInstanceProfileTags {
    const ACTION: &'static str = "iam:ListInstanceProfileTags";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListInstanceProfileTagsRequest) -> Answer<Check> {
        ask.on_profile(Self::ACTION, &input.instance_profile_name).await
    }

    async fn act(
        books: &Books,
        input: &ListInstanceProfileTagsRequest,
    ) -> Answer<ListInstanceProfileTagsResponse> {
        let one = books.profile(&input.instance_profile_name).await?;
        let all = tags::sorted(tags::shown(&one.tags));
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListInstanceProfileTagsResponse {
            is_truncated: Some(page.is_truncated()),
            tags: Some(page.items),
            marker: page.marker,
        })
    }
}
