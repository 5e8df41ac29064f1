//! Access keys. <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html>

use api_iam::{
    AccessKeyMetadata, CreateAccessKey, CreateAccessKeyRequest, CreateAccessKeyResponse, DeleteAccessKey,
    DeleteAccessKeyRequest, ListAccessKeys, ListAccessKeysRequest, ListAccessKeysResponse, UpdateAccessKey,
    UpdateAccessKeyRequest,
};
use floor::{Answer, Check, Get};
use wire::{Empty, Time};

use crate::{
    act::{Act, Ask, Books},
    fault, key_use, limits, names, paging,
    records::{self, AccessKey, User},
    secrets,
};

/// `Active` or `Inactive`.
fn status(key: &AccessKey) -> String {
    if key.is_active { "Active" } else { "Inactive" }.to_owned()
}

/// Whose keys are meant: a user's, or the root's own.
enum Holder {
    User(User),
    Root(records::Account),
}

impl Holder {
    fn keys(&mut self) -> &mut Vec<String> {
        match self {
            Self::User(user) => &mut user.keys,
            Self::Root(account) => &mut account.root_keys,
        }
    }

    /// What answers call it; the root has no name.
    fn name(&self) -> Option<String> {
        match self {
            Self::User(user) => Some(user.name.clone()),
            Self::Root(_) => None,
        }
    }
}

impl Books {
    async fn holder(&self, name: Option<&String>) -> Answer<Holder> {
        if name.is_none() && matches!(self.caller.who.kind, auth::Kind::Root) {
            let account = self.load(&records::account_key(&self.account())).await?;
            return Ok(Holder::Root(account.unwrap_or_default()));
        }
        Ok(Holder::User(self.user(self.user_or_self(name)?).await?))
    }

    fn save_holder(&self, holder: &Holder) {
        match holder {
            Holder::User(user) => self.save_user(user),
            Holder::Root(account) => self.save(&records::account_key(&self.account()), account),
        }
    }

    /// The key `id`, which must be the holder's.
    async fn key_of(&self, holder: &mut Holder, id: &str) -> Answer<AccessKey> {
        let is_own = holder.keys().iter().any(|own| own == id);
        let found = if is_own { self.load(&records::access_key_key(id)).await? } else { None };
        found.ok_or_else(|| fault::no_such_entity(format!("The Access Key with id {id} cannot be found.")))
    }
}

impl Act for CreateAccessKey {
    const ACTION: &'static str = "iam:CreateAccessKey";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &CreateAccessKeyRequest) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(books: &Books, input: &CreateAccessKeyRequest) -> Answer<CreateAccessKeyResponse> {
        let account = books.account();
        let mut holder = books.holder(input.user_name.as_ref()).await?;
        if holder.keys().len() >= limits::KEYS_PER_USER_MAX {
            return Err(fault::quota("AccessKeysPerUser", limits::KEYS_PER_USER_MAX));
        }
        let id = names::unique_id("AKIA", &account, 20, &books.random());
        let secret = secrets::make(&[books.random(), books.random()]);
        let key = AccessKey {
            account,
            user: holder.name().map(|name| name.to_ascii_lowercase()),
            secret: secrets::seal(&books.seal, &id, &secret),
            is_active: true,
            created_ms: books.now.0 / 1000 * 1000,
        };
        books.save(&records::access_key_key(&id), &key);
        holder.keys().push(id.clone());
        books.save_holder(&holder);
        let shown = api_iam::AccessKey {
            user_name: holder.name(),
            access_key_id: Some(id),
            status: Some(status(&key)),
            secret_access_key: Some(secret),
            create_date: Some(Time::from_millis(key.created_ms as i64)),
        };
        Ok(CreateAccessKeyResponse { access_key: Some(shown) })
    }
}

impl Act for ListAccessKeys {
    const ACTION: &'static str = "iam:ListAccessKeys";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListAccessKeysRequest) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(books: &Books, input: &ListAccessKeysRequest) -> Answer<ListAccessKeysResponse> {
        let mut holder = books.holder(input.user_name.as_ref()).await?;
        let mut all = Vec::new();
        for id in holder.keys().clone() {
            let key = books.key_of(&mut holder, &id).await?;
            all.push(AccessKeyMetadata {
                user_name: holder.name(),
                access_key_id: Some(id),
                status: Some(status(&key)),
                create_date: Some(Time::from_millis(key.created_ms as i64)),
            });
        }
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListAccessKeysResponse {
            is_truncated: Some(page.is_truncated()),
            access_key_metadata: Some(page.items),
            marker: page.marker,
        })
    }
}

impl Act for UpdateAccessKey {
    const ACTION: &'static str = "iam:UpdateAccessKey";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UpdateAccessKeyRequest) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(books: &Books, input: &UpdateAccessKeyRequest) -> Answer<Empty> {
        let mut holder = books.holder(input.user_name.as_ref()).await?;
        let mut key = books.key_of(&mut holder, &input.access_key_id).await?;
        key.is_active = input.status == "Active";
        books.save(&records::access_key_key(&input.access_key_id), &key);
        Ok(Empty)
    }
}

impl Act for DeleteAccessKey {
    const ACTION: &'static str = "iam:DeleteAccessKey";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteAccessKeyRequest) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(books: &Books, input: &DeleteAccessKeyRequest) -> Answer<Empty> {
        let mut holder = books.holder(input.user_name.as_ref()).await?;
        books.key_of(&mut holder, &input.access_key_id).await?;
        books.delete(&records::access_key_key(&input.access_key_id));
        books.drop_own(&key_use::key(&input.access_key_id));
        holder.keys().retain(|id| *id != input.access_key_id);
        books.save_holder(&holder);
        Ok(Empty)
    }
}
