//! Groups and who is in them. <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html>

use api_iam::{
    AddUserToGroup, AddUserToGroupRequest, CreateGroup, CreateGroupRequest, CreateGroupResponse, DeleteGroup,
    DeleteGroupRequest, GetGroup, GetGroupRequest, GetGroupResponse, ListGroups, ListGroupsForUser,
    ListGroupsForUserRequest, ListGroupsForUserResponse, ListGroupsRequest, ListGroupsResponse,
    RemoveUserFromGroup, RemoveUserFromGroupRequest, UpdateGroup, UpdateGroupRequest,
};
use bytes::Bytes;
use floor::{AccountId, Answer, Check, Get, key::Parts};
use wire::{Empty, Time};

use crate::{
    act::{Act, Ask, Books},
    fault, limits,
    names::{check_name, check_path, path_or_root},
    paging,
    records::{self, Group, Kind, User},
    users,
};

/// A group as answers have it.
pub(crate) fn shown(account: &AccountId, group: &Group) -> api_iam::Group {
    api_iam::Group {
        path: Some(group.path.clone()),
        group_name: Some(group.name.clone()),
        group_id: Some(group.id.clone()),
        arn: Some(Kind::Group.arn(account, &group.path, &group.name)),
        create_date: Some(Time::from_millis(group.created_ms as i64)),
    }
}

impl Books {
    /// The group `name`, or NoSuchEntity.
    pub(crate) async fn group(&self, name: &str) -> Answer<Group> {
        let found = records::group(self, &self.account(), name).await?;
        found.ok_or_else(|| fault::no_such(Kind::Group, name))
    }

    pub(crate) fn save_group(&self, group: &Group) {
        self.save(&Kind::Group.key(&self.account(), &group.name), group);
    }

    /// The names of all users in a group, in lower case.
    pub(crate) async fn members(&self, group: &str) -> Answer<Vec<String>> {
        let family = records::members_of(&self.account(), group);
        let pairs = self.range(family.all(), limits::USERS_MAX).await?;
        Ok(pairs.iter().filter_map(|(key, _)| last_text(key, family.len())).collect())
    }

    /// Moves everything that is kept under a group's name.
    async fn rename_group(&self, group: &mut Group, name: &str) -> Answer<()> {
        let account = self.account();
        let old = group.name.clone();
        if old.eq_ignore_ascii_case(name) {
            name.clone_into(&mut group.name);
            return Ok(());
        }
        if records::group(self, &account, name).await?.is_some() {
            return Err(fault::exists(Kind::Group, name));
        }
        for member in self.members(&old).await? {
            self.delete(&records::member_key(&account, &old, &member));
            self.put(&records::member_key(&account, name, &member), Vec::new());
            if let Some(mut user) = records::user(self, &account, &member).await? {
                user.groups.remove(&old.to_ascii_lowercase());
                user.groups.insert(name.to_ascii_lowercase());
                self.save_user(&user);
            }
        }
        self.note_renamed(Kind::Group, &old, name, &group.policies, None);
        self.delete(&Kind::Group.key(&account, &old));
        name.clone_into(&mut group.name);
        Ok(())
    }
}

/// The text at the end of a key, behind `family` bytes.
fn last_text(key: &Bytes, family: usize) -> Option<String> {
    Parts::of(key.get(family..)?).text()
}

impl Act for CreateGroup {
    const ACTION: &'static str = "iam:CreateGroup";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &CreateGroupRequest) -> Answer<Check> {
        Ok(ask.on_new(Self::ACTION, Kind::Group, input.path.as_ref(), &input.group_name, None))
    }

    async fn act(books: &Books, input: &CreateGroupRequest) -> Answer<CreateGroupResponse> {
        let (account, name) = (books.account(), &input.group_name);
        check_name("groupName", name)?;
        let path = path_or_root(input.path.as_ref())?;
        if records::group(books, &account, name).await?.is_some() {
            return Err(fault::exists(Kind::Group, name));
        }
        books.expect_room(&Kind::Group.family(&account), "GroupsPerAccount", limits::GROUPS_MAX).await?;
        let group = Group {
            path,
            name: name.clone(),
            id: books.unique_id("AGPA"),
            created_ms: books.now.0 / 1000 * 1000,
            ..Group::default()
        };
        books.save_group(&group);
        Ok(CreateGroupResponse { group: Some(shown(&account, &group)) })
    }
}

impl Act for GetGroup {
    const ACTION: &'static str = "iam:GetGroup";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetGroupRequest) -> Answer<Check> {
        ask.on_group(Self::ACTION, &input.group_name).await
    }

    async fn act(books: &Books, input: &GetGroupRequest) -> Answer<GetGroupResponse> {
        let account = books.account();
        let group = books.group(&input.group_name).await?;
        let family = records::members_of(&account, &group.name);
        let size = family.len();
        let page = paging::of_pairs(
            books,
            &family,
            (input.marker.as_ref(), input.max_items),
            |key: &Bytes, _: &Bytes| Ok(last_text(key, size)),
        )
        .await?;
        let mut all = Vec::with_capacity(page.items.len());
        for name in &page.items {
            let user: Option<User> = records::user(books, &account, name).await?;
            all.extend(user.map(|user| users::shown(&account, &user, true)));
        }
        Ok(GetGroupResponse {
            group: Some(shown(&account, &group)),
            users: Some(all),
            is_truncated: Some(page.is_truncated()),
            marker: page.marker,
        })
    }
}

impl Act for ListGroups {
    const ACTION: &'static str = "iam:ListGroups";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListGroupsRequest) -> Answer<Check> {
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        Ok(ask.check(Self::ACTION, format!("arn:aws:iam::{}:group{prefix}", ask.account())))
    }

    async fn act(books: &Books, input: &ListGroupsRequest) -> Answer<ListGroupsResponse> {
        let account = &books.account();
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        let page = paging::of_records(
            books,
            &Kind::Group.family(account),
            (input.marker.as_ref(), input.max_items),
            |group: Group| group.path.starts_with(prefix).then(|| shown(account, &group)),
        )
        .await?;
        Ok(ListGroupsResponse {
            is_truncated: Some(page.is_truncated()),
            groups: Some(page.items),
            marker: page.marker,
        })
    }
}

impl Act for UpdateGroup {
    const ACTION: &'static str = "iam:UpdateGroup";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UpdateGroupRequest) -> Answer<Check> {
        ask.on_group(Self::ACTION, &input.group_name).await
    }

    async fn act(books: &Books, input: &UpdateGroupRequest) -> Answer<Empty> {
        let mut group = books.group(&input.group_name).await?;
        if let Some(path) = &input.new_path {
            check_path("newPath", path)?;
            path.clone_into(&mut group.path);
        }
        if let Some(name) = input.new_group_name.as_ref().filter(|name| **name != group.name) {
            check_name("newGroupName", name)?;
            books.rename_group(&mut group, name).await?;
        }
        books.save_group(&group);
        Ok(Empty)
    }
}

impl Act for DeleteGroup {
    const ACTION: &'static str = "iam:DeleteGroup";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteGroupRequest) -> Answer<Check> {
        ask.on_group(Self::ACTION, &input.group_name).await
    }

    async fn act(books: &Books, input: &DeleteGroupRequest) -> Answer<Empty> {
        let account = books.account();
        let group = books.group(&input.group_name).await?;
        let members = records::members_of(&account, &group.name).all();
        let must = if !books.range(members, 1).await?.is_empty() {
            "Cannot delete entity, must remove users from group first."
        } else if !group.policies.attached.is_empty() {
            "Cannot delete entity, must detach all policies first."
        } else if !group.policies.inline.is_empty() {
            "Cannot delete entity, must delete policies first."
        } else {
            books.delete(&Kind::Group.key(&account, &group.name));
            return Ok(Empty);
        };
        Err(fault::conflict(must))
    }
}

impl Act for AddUserToGroup {
    const ACTION: &'static str = "iam:AddUserToGroup";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &AddUserToGroupRequest) -> Answer<Check> {
        ask.on_group(Self::ACTION, &input.group_name).await
    }

    /// A user that is in the group already stays there.
    async fn act(books: &Books, input: &AddUserToGroupRequest) -> Answer<Empty> {
        let group = books.group(&input.group_name).await?;
        let mut user = books.user(&input.user_name).await?;
        if !user.groups.insert(group.name.to_ascii_lowercase()) {
            return Ok(Empty);
        }
        if user.groups.len() > limits::GROUPS_PER_USER_MAX {
            return Err(fault::quota("GroupsPerUser", limits::GROUPS_PER_USER_MAX));
        }
        books.put(&records::member_key(&books.account(), &group.name, &user.name), Vec::new());
        books.save_user(&user);
        Ok(Empty)
    }
}

impl Act for RemoveUserFromGroup {
    const ACTION: &'static str = "iam:RemoveUserFromGroup";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &RemoveUserFromGroupRequest) -> Answer<Check> {
        ask.on_group(Self::ACTION, &input.group_name).await
    }

    /// A user that is not in the group is not an error.
    async fn act(books: &Books, input: &RemoveUserFromGroupRequest) -> Answer<Empty> {
        let group = books.group(&input.group_name).await?;
        let mut user = books.user(&input.user_name).await?;
        if user.groups.remove(&group.name.to_ascii_lowercase()) {
            books.delete(&records::member_key(&books.account(), &group.name, &user.name));
            books.save_user(&user);
        }
        Ok(Empty)
    }
}

impl Act for ListGroupsForUser {
    const ACTION: &'static str = "iam:ListGroupsForUser";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListGroupsForUserRequest) -> Answer<Check> {
        ask.on_user(Self::ACTION, &input.user_name).await
    }

    async fn act(books: &Books, input: &ListGroupsForUserRequest) -> Answer<ListGroupsForUserResponse> {
        let account = books.account();
        let user = books.user(&input.user_name).await?;
        let mut all = Vec::new();
        for name in &user.groups {
            let group = records::group(books, &account, name).await?;
            all.extend(group.map(|group| shown(&account, &group)));
        }
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListGroupsForUserResponse {
            is_truncated: Some(page.is_truncated()),
            groups: Some(page.items),
            marker: page.marker,
        })
    }
}
