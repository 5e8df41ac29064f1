//! Users. <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users.html>

use api_iam::{
    AttachedPermissionsBoundary, CreateUser, CreateUserRequest, CreateUserResponse, DeleteUser,
    DeleteUserRequest, GetUser, GetUserRequest, GetUserResponse, ListUserTags, ListUserTagsRequest,
    ListUserTagsResponse, ListUsers, ListUsersRequest, ListUsersResponse, TagUser, TagUserRequest, UntagUser,
    UntagUserRequest, UpdateUser, UpdateUserRequest,
};
use floor::{AccountId, Answer, Check, Get};
use wire::{Empty, Time};

use crate::{
    act::{Act, Ask, Books},
    fault, limits,
    names::{check_name, check_path, path_or_root},
    paging,
    records::{self, Kind, User},
    tags,
};

/// A user as answers have it; lists leave boundary and tags out.
pub(crate) fn shown(account: &AccountId, user: &User, in_list: bool) -> api_iam::User {
    let boundary = user.boundary.as_ref().filter(|_| !in_list).map(|arn| AttachedPermissionsBoundary {
        permissions_boundary_type: Some("Policy".to_owned()),
        permissions_boundary_arn: Some(arn.clone()),
    });
    api_iam::User {
        path: Some(user.path.clone()),
        user_name: Some(user.name.clone()),
        user_id: Some(user.id.clone()),
        arn: Some(Kind::User.arn(account, &user.path, &user.name)),
        create_date: Some(Time::from_millis(user.created_ms as i64)),
        permissions_boundary: boundary,
        tags: (!in_list && !user.tags.is_empty()).then(|| tags::shown(&user.tags)),
        ..api_iam::User::default()
    }
}

impl Books {
    /// The root as a user without name.
    pub(crate) async fn root_shown(&self) -> Answer<api_iam::User> {
        let account = self.account();
        let record: Option<records::Account> = self.load(&records::account_key(&account)).await?;
        Ok(api_iam::User {
            user_id: Some(account.to_string()),
            arn: Some(format!("arn:aws:iam::{account}:root")),
            create_date: Some(Time::from_millis(record.map_or(0, |a| a.created_ms) as i64)),
            ..api_iam::User::default()
        })
    }

    /// The user `name`, or NoSuchEntity.
    pub(crate) async fn user(&self, name: &str) -> Answer<User> {
        let found = records::user(self, &self.account(), name).await?;
        found.ok_or_else(|| fault::no_such(Kind::User, name))
    }

    pub(crate) fn save_user(&self, user: &User) {
        self.save(&Kind::User.key(&self.account(), &user.name), user);
    }
}

impl Act for CreateUser {
    const ACTION: &'static str = "iam:CreateUser";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &CreateUserRequest) -> Answer<Check> {
        let check =
            ask.on_new(Self::ACTION, Kind::User, input.path.as_ref(), &input.user_name, input.tags.as_ref());
        Ok(match &input.permissions_boundary {
            Some(arn) => check.key("iam:PermissionsBoundary", arn.clone()),
            None => check,
        })
    }

    async fn act(books: &Books, input: &CreateUserRequest) -> Answer<CreateUserResponse> {
        let (account, name) = (books.account(), &input.user_name);
        check_name("userName", name)?;
        let path = path_or_root(input.path.as_ref())?;
        if records::user(books, &account, name).await?.is_some() {
            return Err(fault::exists(Kind::User, name));
        }
        books.expect_room(&Kind::User.family(&account), "UsersPerAccount", limits::USERS_MAX).await?;
        let mut user = User {
            path,
            name: name.clone(),
            id: books.unique_id("AIDA"),
            created_ms: books.now.0 / 1000 * 1000,
            tags: tags::of_new(input.tags.as_ref())?,
            ..User::default()
        };
        if let Some(arn) = &input.permissions_boundary {
            books.set_boundary(Kind::User, name, &mut user.boundary, Some(arn)).await?;
        }
        books.save_user(&user);
        Ok(CreateUserResponse { user: Some(shown(&account, &user, false)) })
    }
}

impl Act for GetUser {
    const ACTION: &'static str = "iam:GetUser";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetUserRequest) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    /// The root that asks for itself is shown as a user without name.
    async fn act(books: &Books, input: &GetUserRequest) -> Answer<GetUserResponse> {
        let account = books.account();
        if input.user_name.is_none() && matches!(books.caller.who.kind, auth::Kind::Root) {
            return Ok(GetUserResponse { user: Some(books.root_shown().await?) });
        }
        let user = books.user(books.user_or_self(input.user_name.as_ref())?).await?;
        Ok(GetUserResponse { user: Some(shown(&account, &user, false)) })
    }
}

impl Act for ListUsers {
    const ACTION: &'static str = "iam:ListUsers";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListUsersRequest) -> Answer<Check> {
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        Ok(ask.check(Self::ACTION, format!("arn:aws:iam::{}:user{prefix}", ask.account())))
    }

    async fn act(books: &Books, input: &ListUsersRequest) -> Answer<ListUsersResponse> {
        let account = &books.account();
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        let page = paging::of_records(
            books,
            &Kind::User.family(account),
            (input.marker.as_ref(), input.max_items),
            |user: User| user.path.starts_with(prefix).then(|| shown(account, &user, true)),
        )
        .await?;
        Ok(ListUsersResponse {
            is_truncated: Some(page.is_truncated()),
            users: Some(page.items),
            marker: page.marker,
        })
    }
}

impl Act for UpdateUser {
    const ACTION: &'static str = "iam:UpdateUser";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UpdateUserRequest) -> Answer<Check> {
        ask.on_user(Self::ACTION, &input.user_name).await
    }

    async fn act(books: &Books, input: &UpdateUserRequest) -> Answer<Empty> {
        let mut user = books.user(&input.user_name).await?;
        if let Some(path) = &input.new_path {
            check_path("newPath", path)?;
            path.clone_into(&mut user.path);
        }
        if let Some(name) = input.new_user_name.as_ref().filter(|name| **name != user.name) {
            check_name("newUserName", name)?;
            books.rename_user(&mut user, name).await?;
        }
        books.save_user(&user);
        Ok(Empty)
    }
}

impl Books {
    /// Moves everything that is kept under a user's name.
    async fn rename_user(&self, user: &mut User, name: &str) -> Answer<()> {
        let account = self.account();
        let (old, old_key) = (user.name.clone(), Kind::User.key(&account, &user.name));
        if old.eq_ignore_ascii_case(name) {
            name.clone_into(&mut user.name);
            return Ok(());
        }
        if records::user(self, &account, name).await?.is_some() {
            return Err(fault::exists(Kind::User, name));
        }
        for group in &user.groups {
            self.delete(&records::member_key(&account, group, &old));
            self.put(&records::member_key(&account, group, name), Vec::new());
        }
        for id in &user.keys {
            let key = records::access_key_key(id);
            if let Some(mut record) = self.load::<records::AccessKey>(&key).await? {
                record.user = Some(name.to_ascii_lowercase());
                self.save(&key, &record);
            }
        }
        self.note_renamed(Kind::User, &old, name, &user.policies, user.boundary.as_deref());
        self.move_holdings(&old, name).await?;
        self.delete(&old_key);
        self.put(&records::renamed_key(&account, &user.id), name.as_bytes().to_vec());
        name.clone_into(&mut user.name);
        Ok(())
    }
}

impl Act for DeleteUser {
    const ACTION: &'static str = "iam:DeleteUser";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteUserRequest) -> Answer<Check> {
        ask.on_user(Self::ACTION, &input.user_name).await
    }

    async fn act(books: &Books, input: &DeleteUserRequest) -> Answer<Empty> {
        let user = books.user(&input.user_name).await?;
        let must = if !user.policies.attached.is_empty() {
            Some("Cannot delete entity, must detach all policies first.")
        } else if !user.policies.inline.is_empty() {
            Some("Cannot delete entity, must delete policies first.")
        } else if !user.keys.is_empty() {
            Some("Cannot delete entity, must delete access keys first.")
        } else if !user.groups.is_empty() {
            Some("Cannot delete entity, must remove users from group first.")
        } else {
            books.holdings(&user.name).await?.must_go_first()
        };
        if let Some(must) = must {
            return Err(fault::conflict(must));
        }
        if let Some(arn) = &user.boundary {
            books.delete(&books.attachment("boundary", arn, Kind::User, &user.name));
        }
        books.delete(&records::renamed_key(&books.account(), &user.id));
        books.forget_accesses(&user.id);
        books.delete(&Kind::User.key(&books.account(), &user.name));
        Ok(Empty)
    }
}

impl Act for TagUser {
    const ACTION: &'static str = "iam:TagUser";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &TagUserRequest) -> Answer<Check> {
        Ok(tags::in_request(ask.on_user(Self::ACTION, &input.user_name).await?, Some(&input.tags)))
    }

    async fn act(books: &Books, input: &TagUserRequest) -> Answer<Empty> {
        let mut user = books.user(&input.user_name).await?;
        tags::add(&mut user.tags, &input.tags)?;
        books.save_user(&user);
        Ok(Empty)
    }
}

impl Act for UntagUser {
    const ACTION: &'static str = "iam:UntagUser";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UntagUserRequest) -> Answer<Check> {
        let check = ask.on_user(Self::ACTION, &input.user_name).await?;
        Ok(tags::keys_in_request(check, input.tag_keys.clone()))
    }

    async fn act(books: &Books, input: &UntagUserRequest) -> Answer<Empty> {
        let mut user = books.user(&input.user_name).await?;
        tags::remove(&mut user.tags, &input.tag_keys);
        books.save_user(&user);
        Ok(Empty)
    }
}

impl Act for ListUserTags {
    const ACTION: &'static str = "iam:ListUserTags";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListUserTagsRequest) -> Answer<Check> {
        ask.on_user(Self::ACTION, &input.user_name).await
    }

    async fn act(books: &Books, input: &ListUserTagsRequest) -> Answer<ListUserTagsResponse> {
        let user = books.user(&input.user_name).await?;
        let page = paging::of_list(tags::shown(&user.tags), (input.marker.as_ref(), input.max_items))?;
        Ok(ListUserTagsResponse {
            is_truncated: Some(page.is_truncated()),
            tags: Some(page.items),
            marker: page.marker,
        })
    }
}
