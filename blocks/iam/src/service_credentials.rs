//! Credentials of users for one service each: a name and a password for CodeCommit and Keyspaces, an API key for
//! Bedrock and CloudWatch Logs. <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_service-specific-creds.html>

use api_iam::{
    CreateServiceSpecificCredential, CreateServiceSpecificCredentialRequest,
    CreateServiceSpecificCredentialResponse, DeleteServiceSpecificCredential,
    DeleteServiceSpecificCredentialRequest, ListServiceSpecificCredentials,
    ListServiceSpecificCredentialsRequest, ListServiceSpecificCredentialsResponse,
    ResetServiceSpecificCredential, ResetServiceSpecificCredentialRequest,
    ResetServiceSpecificCredentialResponse, ServiceSpecificCredential, ServiceSpecificCredentialMetadata,
    UpdateServiceSpecificCredential, UpdateServiceSpecificCredentialRequest,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use floor::{Answer, Check, Get};
use wire::{Empty, Time};

use crate::{
    act::{Act, Ask, Books},
    fault,
    holdings::{self, Credential, Keeper},
    limits, paging,
    records::{Kind, User},
    secrets,
};

const PURPOSE: &str = "iam service specific credential";
const DAY_MS: u64 = 86_400_000;

/// What a service signs in with.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Password,
    /// An API key, which may expire, and the letters that it begins with.
    ApiKey(&'static str),
}

/// The services that have such credentials.
fn form_of(service: &str) -> Option<Form> {
    match service {
        "codecommit.amazonaws.com" | "cassandra.amazonaws.com" => Some(Form::Password),
        "bedrock.amazonaws.com" => Some(Form::ApiKey("ABSK")),
        "logs.amazonaws.com" => Some(Form::ApiKey("ACWL")),
        _ => None,
    }
}

fn is_api_key(credential: &Credential) -> bool {
    matches!(form_of(&credential.service), Some(Form::ApiKey(_)))
}

/// A secret of this form.
fn new_secret(books: &Books, form: Form, name: &str) -> String {
    let secret = secrets::make(&[books.random(), books.random()]);
    match form {
        Form::Password => secret + "=",
        Form::ApiKey(prefix) => prefix.to_owned() + &STANDARD.encode(format!("{name}:{secret}")),
    }
}

fn time(ms: u64) -> Time {
    Time::from_millis(ms as i64)
}

/// A credential with its secret, which is shown when it is made.
fn shown(user: Option<&String>, credential: &Credential, secret: String) -> ServiceSpecificCredential {
    let is_key = is_api_key(credential);
    let name = Some(credential.service_user.clone());
    let (key_secret, password) = if is_key { (Some(secret), None) } else { (None, Some(secret)) };
    let (alias, service_user) = if is_key { (name, None) } else { (None, name) };
    ServiceSpecificCredential {
        create_date: Some(time(credential.created_ms)),
        expiration_date: credential.expires_ms.map(time),
        service_name: Some(credential.service.clone()),
        service_user_name: service_user,
        service_password: password,
        service_credential_alias: alias,
        service_credential_secret: key_secret,
        service_specific_credential_id: Some(credential.id.clone()),
        user_name: user.cloned(),
        status: Some(holdings::status(credential.is_active)),
    }
}

fn at(keeper: &Keeper, id: &str) -> Answer<usize> {
    let found = keeper.holdings.credentials.iter().position(|one| one.id == id);
    found.ok_or_else(|| fault::no_such_entity(format!("No such credential {id} exists")))
}

impl Act for CreateServiceSpecificCredential {
    const ACTION: &'static str = "iam:CreateServiceSpecificCredential";

    async fn about<R: Get>(
        ask: &Ask<'_, R>,
        input: &CreateServiceSpecificCredentialRequest,
    ) -> Answer<Check> {
        let check = ask.on_user(Self::ACTION, &input.user_name).await?;
        let check = check.key("iam:ServiceSpecificCredentialServiceName", input.service_name.clone());
        Ok(match input.credential_age_days {
            Some(days) => check.key("iam:ServiceSpecificCredentialAgeDays", days.to_string()),
            None => check,
        })
    }

    /// The first credential of a service is `ann-at-111122223333`, the second `ann+1-at-111122223333`.
    async fn act(
        books: &Books,
        input: &CreateServiceSpecificCredentialRequest,
    ) -> Answer<CreateServiceSpecificCredentialResponse> {
        let mut keeper = books.keeper(Some(&input.user_name)).await?;
        let service = &input.service_name;
        let form = form_of(service).ok_or_else(|| {
            let why = format!("No such service {service} is supported for Service Specific Credentials");
            fault::no_such_entity(why)
        })?;
        if input.credential_age_days.is_some() && form == Form::Password {
            return Err(fault::validation_text(&format!("Credentials of {service} do not expire.")));
        }
        let held: Vec<&Credential> =
            keeper.holdings.credentials.iter().filter(|one| one.service == *service).collect();
        let most = limits::CREDENTIALS_PER_SERVICE_MAX;
        if held.len() >= most {
            return Err(fault::quota("ServiceSpecificCredentialsPerUser", most));
        }
        let (user, account) = (keeper.name.as_deref().unwrap_or_default(), books.account());
        let service_user = (0..=most)
            .map(|number| if number == 0 { String::new() } else { format!("+{number}") })
            .map(|number| format!("{user}{number}-at-{account}"))
            .find(|name| held.iter().all(|one| one.service_user != *name))
            .unwrap_or_default();
        let id = books.unique_id("ACCA");
        let secret = new_secret(books, form, &service_user);
        let created_ms = books.now.0 / 1000 * 1000;
        let credential = Credential {
            service: service.clone(),
            secret: books.seal.seal(PURPOSE, id.as_bytes(), secret.as_bytes()),
            id,
            service_user,
            is_active: true,
            created_ms,
            expires_ms: input
                .credential_age_days
                .map(|days| created_ms + u64::from(days.unsigned_abs()) * DAY_MS),
        };
        let answer = shown(keeper.name.as_ref(), &credential, secret);
        keeper.holdings.credentials.push(credential);
        books.save_keeper(&keeper);
        Ok(CreateServiceSpecificCredentialResponse { service_specific_credential: Some(answer) })
    }
}

impl Books {
    /// The users whose credentials are meant: all, one, or the one that asks.
    async fn keepers(&self, input: &ListServiceSpecificCredentialsRequest) -> Answer<Vec<Keeper>> {
        if input.all_users != Some(true) {
            return Ok(vec![self.keeper(input.user_name.as_ref()).await?]);
        }
        use floor::Record as _;
        let mut all = Vec::new();
        for (_, value) in self.range(Kind::User.family(&self.account()).all(), limits::USERS_MAX).await? {
            let name = User::decode(&value)?.name;
            all.push(Keeper { holdings: self.holdings(&name).await?, name: Some(name) });
        }
        Ok(all)
    }
}

impl Act for ListServiceSpecificCredentials {
    const ACTION: &'static str = "iam:ListServiceSpecificCredentials";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListServiceSpecificCredentialsRequest) -> Answer<Check> {
        if input.all_users == Some(true) {
            return Ok(ask.check(Self::ACTION, format!("arn:aws:iam::{}:user/*", ask.account())));
        }
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(
        books: &Books,
        input: &ListServiceSpecificCredentialsRequest,
    ) -> Answer<ListServiceSpecificCredentialsResponse> {
        if let Some(service) = input.service_name.as_deref().filter(|service| form_of(service).is_none()) {
            let why = format!("No such service {service} is supported for Service Specific Credentials");
            return Err(fault::no_such_entity(why));
        }
        let mut all = Vec::new();
        for keeper in books.keepers(input).await? {
            for one in keeper.holdings.credentials {
                if input.service_name.as_ref().is_some_and(|wanted| *wanted != one.service) {
                    continue;
                }
                let is_key = is_api_key(&one);
                all.push(ServiceSpecificCredentialMetadata {
                    user_name: keeper.name.clone(),
                    status: Some(holdings::status(one.is_active)),
                    service_user_name: (!is_key).then(|| one.service_user.clone()),
                    service_credential_alias: is_key.then_some(one.service_user),
                    create_date: Some(time(one.created_ms)),
                    expiration_date: one.expires_ms.map(time),
                    service_specific_credential_id: Some(one.id),
                    service_name: Some(one.service),
                });
            }
        }
        // Only lists of all users come in pages.
        if input.all_users != Some(true) {
            return Ok(ListServiceSpecificCredentialsResponse {
                service_specific_credentials: Some(all),
                ..ListServiceSpecificCredentialsResponse::default()
            });
        }
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListServiceSpecificCredentialsResponse {
            is_truncated: Some(page.is_truncated()),
            service_specific_credentials: Some(page.items),
            marker: page.marker,
        })
    }
}

impl Act for ResetServiceSpecificCredential {
    const ACTION: &'static str = "iam:ResetServiceSpecificCredential";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ResetServiceSpecificCredentialRequest) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(
        books: &Books,
        input: &ResetServiceSpecificCredentialRequest,
    ) -> Answer<ResetServiceSpecificCredentialResponse> {
        let mut keeper = books.keeper(input.user_name.as_ref()).await?;
        let at = at(&keeper, &input.service_specific_credential_id)?;
        let credential = &mut keeper.holdings.credentials[at];
        let form = form_of(&credential.service).unwrap_or(Form::Password);
        let secret = new_secret(books, form, &credential.service_user);
        credential.secret = books.seal.seal(PURPOSE, credential.id.as_bytes(), secret.as_bytes());
        let answer = shown(keeper.name.as_ref(), credential, secret);
        books.save_keeper(&keeper);
        Ok(ResetServiceSpecificCredentialResponse { service_specific_credential: Some(answer) })
    }
}

impl Act for UpdateServiceSpecificCredential {
    const ACTION: &'static str = "iam:UpdateServiceSpecificCredential";

    async fn about<R: Get>(
        ask: &Ask<'_, R>,
        input: &UpdateServiceSpecificCredentialRequest,
    ) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(books: &Books, input: &UpdateServiceSpecificCredentialRequest) -> Answer<Empty> {
        let mut keeper = books.keeper(input.user_name.as_ref()).await?;
        let at = at(&keeper, &input.service_specific_credential_id)?;
        keeper.holdings.credentials[at].is_active = input.status == "Active";
        books.save_keeper(&keeper);
        Ok(Empty)
    }
}

impl Act for DeleteServiceSpecificCredential {
    const ACTION: &'static str = "iam:DeleteServiceSpecificCredential";

    async fn about<R: Get>(
        ask: &Ask<'_, R>,
        input: &DeleteServiceSpecificCredentialRequest,
    ) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(books: &Books, input: &DeleteServiceSpecificCredentialRequest) -> Answer<Empty> {
        let mut keeper = books.keeper(input.user_name.as_ref()).await?;
        let at = at(&keeper, &input.service_specific_credential_id)?;
        keeper.holdings.credentials.remove(at);
        books.save_keeper(&keeper);
        Ok(Empty)
    }
}
