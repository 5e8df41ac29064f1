//! Login profiles: passwords of users.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_admin-change-user.html>

use api_iam::{
    ChangePassword, ChangePasswordRequest, CreateLoginProfile, CreateLoginProfileRequest,
    CreateLoginProfileResponse, DeleteLoginProfile, DeleteLoginProfileRequest, GetLoginProfile,
    GetLoginProfileRequest, GetLoginProfileResponse, LoginProfile, UpdateLoginProfile,
    UpdateLoginProfileRequest, errors,
};
use floor::{Answer, Check, Fault, Get};
use wire::{Empty, Time};

use crate::{
    act::{Act, Ask, Books},
    fault,
    holdings::{Holdings, Login},
    passwords::{self, Password},
    settings,
};

fn shown(user: &str, login: &Login) -> LoginProfile {
    LoginProfile {
        user_name: Some(user.to_owned()),
        create_date: Some(Time::from_millis(login.created_ms as i64)),
        password_reset_required: Some(login.must_reset),
    }
}

fn no_profile(user: &str) -> Fault {
    fault::no_such_entity(format!("Login Profile for User {user} cannot be found."))
}

impl Books {
    /// The user that is named or asks, and what it holds.
    async fn login_of(&self, name: Option<&String>) -> Answer<(String, Holdings)> {
        let user = self.user(self.user_or_self(name)?).await?;
        let holdings = self.holdings(&user.name).await?;
        Ok((user.name, holdings))
    }
}

impl Act for CreateLoginProfile {
    const ACTION: &'static str = "iam:CreateLoginProfile";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &CreateLoginProfileRequest) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(books: &Books, input: &CreateLoginProfileRequest) -> Answer<CreateLoginProfileResponse> {
        let (user, mut holdings) = books.login_of(input.user_name.as_ref()).await?;
        if holdings.login.is_some() {
            let why = format!("Login Profile for user {user} already exists.");
            return Err(Fault::new(&errors::ENTITY_ALREADY_EXISTS_EXCEPTION, why));
        }
        let text = input.password.as_ref().ok_or_else(|| {
            fault::validation_text(
                "1 validation error detected: Value null at 'password' failed to satisfy constraint: Member must \
                 not be null",
            )
        })?;
        passwords::check(books.settings().await?.passwords.as_ref(), text)?;
        let now_ms = books.now.0 / 1000 * 1000;
        let login = Login {
            created_ms: now_ms,
            changed_ms: now_ms,
            password: Password::new(text, books.random()).await?,
            must_reset: input.password_reset_required.unwrap_or(false),
        };
        let answer = shown(&user, &login);
        holdings.login = Some(login);
        books.save_holdings(&user, &holdings);
        Ok(CreateLoginProfileResponse { login_profile: Some(answer) })
    }
}

impl Act for GetLoginProfile {
    const ACTION: &'static str = "iam:GetLoginProfile";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetLoginProfileRequest) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(books: &Books, input: &GetLoginProfileRequest) -> Answer<GetLoginProfileResponse> {
        let (user, holdings) = books.login_of(input.user_name.as_ref()).await?;
        let login = holdings.login.ok_or_else(|| no_profile(&user))?;
        Ok(GetLoginProfileResponse { login_profile: Some(shown(&user, &login)) })
    }
}

impl Act for UpdateLoginProfile {
    const ACTION: &'static str = "iam:UpdateLoginProfile";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UpdateLoginProfileRequest) -> Answer<Check> {
        ask.on_user(Self::ACTION, &input.user_name).await
    }

    /// Who may do this sets any password; only the user itself is kept from reusing one.
    async fn act(books: &Books, input: &UpdateLoginProfileRequest) -> Answer<Empty> {
        let (user, mut holdings) = books.login_of(Some(&input.user_name)).await?;
        let login = holdings.login.as_mut().ok_or_else(|| no_profile(&user))?;
        if let Some(text) = &input.password {
            passwords::check(books.settings().await?.passwords.as_ref(), text)?;
            login.password = login.password.next(text, 0).await?;
            login.changed_ms = books.now.0 / 1000 * 1000;
        }
        if let Some(must_reset) = input.password_reset_required {
            login.must_reset = must_reset;
        }
        books.save_holdings(&user, &holdings);
        Ok(Empty)
    }
}

impl Act for DeleteLoginProfile {
    const ACTION: &'static str = "iam:DeleteLoginProfile";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteLoginProfileRequest) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(books: &Books, input: &DeleteLoginProfileRequest) -> Answer<Empty> {
        let (user, mut holdings) = books.login_of(input.user_name.as_ref()).await?;
        holdings.login.take().ok_or_else(|| no_profile(&user))?;
        books.save_holdings(&user, &holdings);
        Ok(Empty)
    }
}

impl Act for ChangePassword {
    const ACTION: &'static str = "iam:ChangePassword";

    /// "This gives users access to the iam:ChangePassword action for only their user" ("Setting an account password
    /// policy"), unless a policy denies it.
    async fn about<R: Get>(ask: &Ask<'_, R>, _: &ChangePasswordRequest) -> Answer<Check> {
        let check = ask.on_user_or_self(Self::ACTION, None).await?;
        Ok(check.granted(settings::users_may_change_passwords(ask).await?))
    }

    async fn act(books: &Books, input: &ChangePasswordRequest) -> Answer<Empty> {
        if !matches!(books.caller.who.kind, auth::Kind::User { .. }) {
            let why = "Only IAM Users can change their own password";
            return Err(Fault::new(&errors::INVALID_USER_TYPE_EXCEPTION, why));
        }
        let (user, mut holdings) = books.login_of(None).await?;
        let login = holdings.login.as_mut().ok_or_else(|| no_profile(&user))?;
        if !login.password.is(&input.old_password).await? {
            return Err(Fault::coded("AccessDenied", 403, "The old password was incorrect."));
        }
        let rules = books.settings().await?.passwords;
        passwords::check(rules.as_ref(), &input.new_password)?;
        let remembered = rules.and_then(|rules| rules.remembered).unwrap_or(0);
        login.password = login.password.next(&input.new_password, remembered as usize).await?;
        login.changed_ms = books.now.0 / 1000 * 1000;
        login.must_reset = false;
        books.save_holdings(&user, &holdings);
        Ok(Empty)
    }
}
