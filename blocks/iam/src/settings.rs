//! What an account has set for itself: its alias, the rules for passwords, which tokens the global endpoint of STS
//! makes; and the summary of what it has.

use api_iam::{
    CreateAccountAlias, CreateAccountAliasRequest, DeleteAccountAlias, DeleteAccountAliasRequest,
    DeleteAccountPasswordPolicy, GetAccountPasswordPolicy, GetAccountPasswordPolicyResponse,
    ListAccountAliases, ListAccountAliasesRequest, ListAccountAliasesResponse, PasswordPolicy,
    SetSecurityTokenServicePreferences, SetSecurityTokenServicePreferencesRequest,
    UpdateAccountPasswordPolicy, UpdateAccountPasswordPolicyRequest, errors,
};
use floor::{AccountId, Answer, Check, Fault, Get, Key, first_format};
use serde::{Deserialize, Serialize};
use wire::Empty;

use crate::{
    act::{Act, Ask, Books},
    fault, paging,
    passwords::Rules,
};

/// The settings of an account.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub(crate) struct Settings {
    /// One at most ("Using an alias for your AWS account ID").
    pub(crate) alias: Option<String>,
    pub(crate) passwords: Option<Rules>,
    /// Whether the global endpoint of STS makes version 2 tokens, which are valid in all regions.
    pub(crate) has_v2_tokens: bool,
}

/// Whose an alias is.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
struct AliasOf(AccountId);

first_format!(Settings, AliasOf);

fn settings_key(account: &AccountId) -> Key {
    Key::of("settings").text(account.as_str())
}

fn alias_key(alias: &str) -> Key {
    Key::of("alias").text(alias)
}

impl Books {
    pub(crate) async fn settings(&self) -> Answer<Settings> {
        Ok(self.load(&settings_key(&self.account())).await?.unwrap_or_default())
    }

    fn save_settings(&self, settings: &Settings) {
        self.save(&settings_key(&self.account()), settings);
    }
}

/// Whether the account lets all users change their password, which is then theirs alone to ask for.
pub(crate) async fn users_may_change_passwords<R: Get>(ask: &Ask<'_, R>) -> Answer<bool> {
    if !matches!(ask.caller.who.kind, auth::Kind::User { .. }) {
        return Ok(false);
    }
    let settings: Option<Settings> = ask.read.load(&settings_key(&ask.account())).await?;
    Ok(settings.and_then(|settings| settings.passwords).is_some_and(|rules| rules.users_may_change))
}

/// `^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$`; the length was checked by the model.
fn check_alias(alias: &str) -> Answer<()> {
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = alias.as_bytes();
    let is_alias = bytes.iter().all(|b| is_plain(*b) || *b == b'-')
        && !alias.starts_with('-')
        && !alias.ends_with('-')
        && !alias.contains("--");
    if is_alias {
        return Ok(());
    }
    Err(fault::validation_text(&format!(
        "1 validation error detected: Value '{alias}' at 'accountAlias' failed to satisfy constraint: Member must \
         satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){{1,61}}[a-z0-9]$"
    )))
}

impl Act for CreateAccountAlias {
    const ACTION: &'static str = "iam:CreateAccountAlias";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &CreateAccountAliasRequest) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    /// A new alias takes the place of the one before.
    async fn act(books: &Books, input: &CreateAccountAliasRequest) -> Answer<Empty> {
        let (alias, account) = (&input.account_alias, books.account());
        check_alias(alias)?;
        let key = alias_key(alias);
        let taken: Option<AliasOf> = books.load(&key).await?;
        if taken.is_some_and(|of| of.0 != account) {
            let why = format!("The account alias {alias} already exists.");
            return Err(Fault::new(&errors::ENTITY_ALREADY_EXISTS_EXCEPTION, why));
        }
        let mut settings = books.settings().await?;
        if let Some(old) = settings.alias.replace(alias.clone()) {
            books.delete(&alias_key(&old));
        }
        books.save(&key, &AliasOf(account));
        books.save_settings(&settings);
        Ok(Empty)
    }
}

impl Act for DeleteAccountAlias {
    const ACTION: &'static str = "iam:DeleteAccountAlias";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &DeleteAccountAliasRequest) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    async fn act(books: &Books, input: &DeleteAccountAliasRequest) -> Answer<Empty> {
        let mut settings = books.settings().await?;
        if settings.alias.as_ref() != Some(&input.account_alias) {
            let why = format!("The account alias {} cannot be found.", input.account_alias);
            return Err(fault::no_such_entity(why));
        }
        settings.alias = None;
        books.delete(&alias_key(&input.account_alias));
        books.save_settings(&settings);
        Ok(Empty)
    }
}

impl Act for ListAccountAliases {
    const ACTION: &'static str = "iam:ListAccountAliases";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &ListAccountAliasesRequest) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    async fn act(books: &Books, input: &ListAccountAliasesRequest) -> Answer<ListAccountAliasesResponse> {
        let all = books.settings().await?.alias.into_iter().collect();
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListAccountAliasesResponse {
            is_truncated: Some(page.is_truncated()),
            account_aliases: Some(page.items),
            marker: page.marker,
        })
    }
}

impl Act for GetAccountPasswordPolicy {
    const ACTION: &'static str = "iam:GetAccountPasswordPolicy";

    /// Who may change a password may read the rules for it.
    async fn about<R: Get>(ask: &Ask<'_, R>, _: &Empty) -> Answer<Check> {
        let is_granted = users_may_change_passwords(ask).await?;
        Ok(ask.check(Self::ACTION, "*").granted(is_granted))
    }

    async fn act(books: &Books, _: &Empty) -> Answer<GetAccountPasswordPolicyResponse> {
        let rules = books.settings().await?.passwords.ok_or_else(|| {
            let account = books.account();
            fault::no_such_entity(format!("The Password Policy with domain name {account} cannot be found."))
        })?;
        let shown = PasswordPolicy {
            minimum_password_length: Some(rules.length_min as i32),
            require_symbols: Some(rules.symbols),
            require_numbers: Some(rules.numbers),
            require_uppercase_characters: Some(rules.uppercase),
            require_lowercase_characters: Some(rules.lowercase),
            allow_users_to_change_password: Some(rules.users_may_change),
            expire_passwords: Some(rules.age_days_max.is_some()),
            max_password_age: rules.age_days_max.map(|days| days as i32),
            password_reuse_prevention: rules.remembered.map(|count| count as i32),
            hard_expiry: rules.hard_expiry,
        };
        Ok(GetAccountPasswordPolicyResponse { password_policy: Some(shown) })
    }
}

impl Act for UpdateAccountPasswordPolicy {
    const ACTION: &'static str = "iam:UpdateAccountPasswordPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &UpdateAccountPasswordPolicyRequest) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    /// What is not named gets its default: "This operation does not support partial updates."
    async fn act(books: &Books, input: &UpdateAccountPasswordPolicyRequest) -> Answer<Empty> {
        let mut settings = books.settings().await?;
        settings.passwords = Some(Rules {
            length_min: input.minimum_password_length.unwrap_or(6) as u32,
            symbols: input.require_symbols.unwrap_or(false),
            numbers: input.require_numbers.unwrap_or(false),
            uppercase: input.require_uppercase_characters.unwrap_or(false),
            lowercase: input.require_lowercase_characters.unwrap_or(false),
            users_may_change: input.allow_users_to_change_password.unwrap_or(false),
            age_days_max: input.max_password_age.map(|days| days as u32),
            remembered: input.password_reuse_prevention.map(|count| count as u32),
            hard_expiry: input.hard_expiry,
        });
        books.save_settings(&settings);
        Ok(Empty)
    }
}

impl Act for DeleteAccountPasswordPolicy {
    const ACTION: &'static str = "iam:DeleteAccountPasswordPolicy";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &Empty) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    async fn act(books: &Books, _: &Empty) -> Answer<Empty> {
        let mut settings = books.settings().await?;
        settings.passwords.take().ok_or_else(|| {
            fault::no_such_entity("The account policy with name PasswordPolicy cannot be found.".to_owned())
        })?;
        books.save_settings(&settings);
        Ok(Empty)
    }
}

impl Act for SetSecurityTokenServicePreferences {
    const ACTION: &'static str = "iam:SetSecurityTokenServicePreferences";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &SetSecurityTokenServicePreferencesRequest) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    async fn act(books: &Books, input: &SetSecurityTokenServicePreferencesRequest) -> Answer<Empty> {
        let mut settings = books.settings().await?;
        settings.has_v2_tokens = input.global_endpoint_token_version == "v2Token";
        books.save_settings(&settings);
        Ok(Empty)
    }
}
