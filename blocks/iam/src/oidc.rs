//! OpenID Connect providers: whose tokens AssumeRoleWithWebIdentity takes.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html>

use api_iam::{
    AddClientIDToOpenIDConnectProvider, AddClientIDToOpenIDConnectProviderRequest,
    CreateOpenIDConnectProvider, CreateOpenIDConnectProviderRequest, CreateOpenIDConnectProviderResponse,
    DeleteOpenIDConnectProvider, DeleteOpenIDConnectProviderRequest, GetOpenIDConnectProvider,
    GetOpenIDConnectProviderRequest, GetOpenIDConnectProviderResponse, ListOpenIDConnectProviderTags,
    ListOpenIDConnectProviderTagsRequest, ListOpenIDConnectProviderTagsResponse, ListOpenIDConnectProviders,
    ListOpenIDConnectProvidersRequest, ListOpenIDConnectProvidersResponse, OpenIDConnectProviderListEntry,
    RemoveClientIDFromOpenIDConnectProvider, RemoveClientIDFromOpenIDConnectProviderRequest,
    TagOpenIDConnectProvider, TagOpenIDConnectProviderRequest, UntagOpenIDConnectProvider,
    UntagOpenIDConnectProviderRequest, UpdateOpenIDConnectProviderThumbprint,
    UpdateOpenIDConnectProviderThumbprintRequest, errors,
};
use floor::{AccountId, Answer, Check, Fault, Get, Key, first_format};
use serde::{Deserialize, Serialize};
use wire::{Empty, Time};

use crate::{
    act::{Act, Ask, Books},
    attachments::expect_arn,
    fault, paging,
    records::Tags,
    tags,
};

/// Providers of one account. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
const PROVIDERS_MAX: usize = 100;
/// Client ids of one provider.
const CLIENTS_MAX: usize = 100;
/// Thumbprints of one provider.
const THUMBPRINTS_MAX: usize = 5;

/// A provider.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub(crate) struct Provider {
    /// The issuer without `https://`.
    pub(crate) url: String,
    /// The audiences that are accepted.
    pub(crate) clients: Vec<String>,
    /// SHA-1 of the server certificate's authority, 40 hexadecimal digits each.
    pub(crate) thumbprints: Vec<String>,
    pub(crate) tags: Tags,
    pub(crate) created_ms: u64,
}

first_format!(Provider);

fn family(account: &AccountId) -> Key {
    Key::of("oidc").text(account.as_str())
}

fn arn_of(account: &AccountId, url: &str) -> String {
    format!("arn:aws:iam::{account}:oidc-provider/{url}")
}

/// The provider with this ARN, of `account`.
pub(crate) async fn provider<R: Get>(read: &R, account: &AccountId, arn: &str) -> Answer<Option<Provider>> {
    match arn.strip_prefix(&arn_of(account, "")) {
        Some(url) => read.load(&family(account).text(url)).await,
        None => Ok(None),
    }
}

/// What is behind `https://`: a host, perhaps a path, and nothing else.
fn issuer(url: &str) -> Answer<&str> {
    let rest = url.strip_prefix("https://").unwrap_or_default();
    let host = rest.split('/').next().unwrap_or_default();
    let is_host = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:_".contains(&b));
    let is_plain = rest.bytes().all(|b| b.is_ascii_graphic() && !b"?#\"<>\\^`{|}".contains(&b));
    if is_host && is_plain {
        return Ok(rest);
    }
    Err(fault::validation_text("Invalid Open ID Connect Provider URL"))
}

fn check_thumbprints(all: &[String]) -> Answer<()> {
    if all.len() <= THUMBPRINTS_MAX {
        return Ok(());
    }
    let why = "Thumbprint list must contain fewer than 5 entries.";
    Err(Fault::new(&errors::INVALID_INPUT_EXCEPTION, why))
}

fn check_clients(all: &[String]) -> Answer<()> {
    if all.len() <= CLIENTS_MAX {
        return Ok(());
    }
    Err(fault::quota("ClientIdsPerOpenIdConnectProvider", CLIENTS_MAX))
}

impl<R: Get> Ask<'_, R> {
    async fn on_oidc(&self, action: &'static str, arn: &str) -> Answer<Check> {
        let check = self.check(action, arn);
        let found = provider(self.read, &self.account(), arn).await?;
        Ok(found.map_or(check.clone(), |one| tags::of_resource(check, &one.tags)))
    }
}

impl Books {
    /// The provider `arn`, or NoSuchEntity.
    async fn oidc(&self, arn: &str) -> Answer<Provider> {
        expect_arn(arn)?;
        let found = provider(self, &self.account(), arn).await?;
        found.ok_or_else(|| fault::no_such_entity(format!("OpenIDConnect Provider not found for arn {arn}")))
    }

    fn save_oidc(&self, one: &Provider) {
        self.save(&family(&self.account()).text(&one.url), one);
    }
}

impl Act for CreateOpenIDConnectProvider {
    const ACTION: &'static str = "iam:CreateOpenIDConnectProvider";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &CreateOpenIDConnectProviderRequest) -> Answer<Check> {
        let url = input.url.strip_prefix("https://").unwrap_or(&input.url);
        let check = ask.check(Self::ACTION, arn_of(&ask.account(), url));
        Ok(tags::in_request(check, input.tags.as_ref()))
    }

    async fn act(
        books: &Books,
        input: &CreateOpenIDConnectProviderRequest,
    ) -> Answer<CreateOpenIDConnectProviderResponse> {
        let account = books.account();
        let url = issuer(&input.url)?;
        let mut clients = Vec::new();
        for client in input.client_id_list.iter().flatten().filter(|one| !one.is_empty()) {
            if !clients.contains(client) {
                clients.push(client.clone());
            }
        }
        let thumbprints = input.thumbprint_list.clone().unwrap_or_default();
        check_thumbprints(&thumbprints)?;
        check_clients(&clients)?;
        if provider(books, &account, &arn_of(&account, url)).await?.is_some() {
            let why = format!("Provider with url {} already exists.", input.url);
            return Err(Fault::new(&errors::ENTITY_ALREADY_EXISTS_EXCEPTION, why));
        }
        books.expect_room(&family(&account), "OpenIdConnectProvidersPerAccount", PROVIDERS_MAX).await?;
        let one = Provider {
            url: url.to_owned(),
            clients,
            thumbprints,
            tags: tags::of_new_by_case(input.tags.as_ref())?,
            created_ms: books.now.0 / 1000 * 1000,
        };
        books.save_oidc(&one);
        Ok(CreateOpenIDConnectProviderResponse {
            open_id_connect_provider_arn: Some(arn_of(&account, url)),
            tags: Some(tags::shown(&one.tags)).filter(|tags| !tags.is_empty()),
        })
    }
}

impl Act for GetOpenIDConnectProvider {
    const ACTION: &'static str = "iam:GetOpenIDConnectProvider";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetOpenIDConnectProviderRequest) -> Answer<Check> {
        ask.on_oidc(Self::ACTION, &input.open_id_connect_provider_arn).await
    }

    async fn act(
        books: &Books,
        input: &GetOpenIDConnectProviderRequest,
    ) -> Answer<GetOpenIDConnectProviderResponse> {
        let one = books.oidc(&input.open_id_connect_provider_arn).await?;
        Ok(GetOpenIDConnectProviderResponse {
            url: Some(one.url),
            client_id_list: Some(one.clients),
            thumbprint_list: Some(one.thumbprints),
            create_date: Some(Time::from_millis(one.created_ms as i64)),
            tags: Some(tags::shown(&one.tags)),
        })
    }
}

impl Act for ListOpenIDConnectProviders {
    const ACTION: &'static str = "iam:ListOpenIDConnectProviders";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &ListOpenIDConnectProvidersRequest) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, arn_of(&ask.account(), "*")))
    }

    async fn act(
        books: &Books,
        _: &ListOpenIDConnectProvidersRequest,
    ) -> Answer<ListOpenIDConnectProvidersResponse> {
        let account = books.account();
        let mut all = Vec::new();
        for (_, value) in books.range(family(&account).all(), PROVIDERS_MAX).await? {
            let one: Provider = floor::Record::decode(&value)?;
            all.push(OpenIDConnectProviderListEntry { arn: Some(arn_of(&account, &one.url)) });
        }
        Ok(ListOpenIDConnectProvidersResponse { open_id_connect_provider_list: Some(all) })
    }
}

impl Act for DeleteOpenIDConnectProvider {
    const ACTION: &'static str = "iam:DeleteOpenIDConnectProvider";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteOpenIDConnectProviderRequest) -> Answer<Check> {
        ask.on_oidc(Self::ACTION, &input.open_id_connect_provider_arn).await
    }

    async fn act(books: &Books, input: &DeleteOpenIDConnectProviderRequest) -> Answer<Empty> {
        let (account, arn) = (books.account(), &input.open_id_connect_provider_arn);
        expect_arn(arn)?;
        let found = provider(books, &account, arn).await?;
        let one = found.ok_or_else(|| {
            fault::no_such_entity(format!("OpenId connect Provider {arn} cannot be found."))
        })?;
        books.delete(&family(&account).text(&one.url));
        Ok(Empty)
    }
}

impl Act for AddClientIDToOpenIDConnectProvider {
    const ACTION: &'static str = "iam:AddClientIDToOpenIDConnectProvider";

    async fn about<R: Get>(
        ask: &Ask<'_, R>,
        input: &AddClientIDToOpenIDConnectProviderRequest,
    ) -> Answer<Check> {
        ask.on_oidc(Self::ACTION, &input.open_id_connect_provider_arn).await
    }

    /// "This operation is idempotent".
    async fn act(books: &Books, input: &AddClientIDToOpenIDConnectProviderRequest) -> Answer<Empty> {
        let mut one = books.oidc(&input.open_id_connect_provider_arn).await?;
        if !one.clients.contains(&input.client_id) {
            one.clients.push(input.client_id.clone());
            check_clients(&one.clients)?;
            books.save_oidc(&one);
        }
        Ok(Empty)
    }
}

impl Act for RemoveClientIDFromOpenIDConnectProvider {
    const ACTION: &'static str = "iam:RemoveClientIDFromOpenIDConnectProvider";

    async fn about<R: Get>(
        ask: &Ask<'_, R>,
        input: &RemoveClientIDFromOpenIDConnectProviderRequest,
    ) -> Answer<Check> {
        ask.on_oidc(Self::ACTION, &input.open_id_connect_provider_arn).await
    }

    /// "This operation is idempotent".
    async fn act(books: &Books, input: &RemoveClientIDFromOpenIDConnectProviderRequest) -> Answer<Empty> {
        let mut one = books.oidc(&input.open_id_connect_provider_arn).await?;
        one.clients.retain(|client| *client != input.client_id);
        books.save_oidc(&one);
        Ok(Empty)
    }
}

impl Act for UpdateOpenIDConnectProviderThumbprint {
    const ACTION: &'static str = "iam:UpdateOpenIDConnectProviderThumbprint";

    async fn about<R: Get>(
        ask: &Ask<'_, R>,
        input: &UpdateOpenIDConnectProviderThumbprintRequest,
    ) -> Answer<Check> {
        ask.on_oidc(Self::ACTION, &input.open_id_connect_provider_arn).await
    }

    async fn act(books: &Books, input: &UpdateOpenIDConnectProviderThumbprintRequest) -> Answer<Empty> {
        let mut one = books.oidc(&input.open_id_connect_provider_arn).await?;
        check_thumbprints(&input.thumbprint_list)?;
        one.thumbprints.clone_from(&input.thumbprint_list);
        books.save_oidc(&one);
        Ok(Empty)
    }
}

impl Act for TagOpenIDConnectProvider {
    const ACTION: &'static str = "iam:TagOpenIDConnectProvider";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &TagOpenIDConnectProviderRequest) -> Answer<Check> {
        let check = ask.on_oidc(Self::ACTION, &input.open_id_connect_provider_arn).await?;
        Ok(tags::in_request(check, Some(&input.tags)))
    }

    async fn act(books: &Books, input: &TagOpenIDConnectProviderRequest) -> Answer<Empty> {
        let mut one = books.oidc(&input.open_id_connect_provider_arn).await?;
        tags::add_by_case(&mut one.tags, &input.tags)?;
        books.save_oidc(&one);
        Ok(Empty)
    }
}

impl Act for UntagOpenIDConnectProvider {
    const ACTION: &'static str = "iam:UntagOpenIDConnectProvider";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UntagOpenIDConnectProviderRequest) -> Answer<Check> {
        let check = ask.on_oidc(Self::ACTION, &input.open_id_connect_provider_arn).await?;
        Ok(tags::keys_in_request(check, input.tag_keys.clone()))
    }

    async fn act(books: &Books, input: &UntagOpenIDConnectProviderRequest) -> Answer<Empty> {
        let mut one = books.oidc(&input.open_id_connect_provider_arn).await?;
        tags::remove_by_case(&mut one.tags, &input.tag_keys);
        books.save_oidc(&one);
        Ok(Empty)
    }
}

impl Act for ListOpenIDConnectProviderTags {
    const ACTION: &'static str = "iam:ListOpenIDConnectProviderTags";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListOpenIDConnectProviderTagsRequest) -> Answer<Check> {
        ask.on_oidc(Self::ACTION, &input.open_id_connect_provider_arn).await
    }

    async fn act(
        books: &Books,
        input: &ListOpenIDConnectProviderTagsRequest,
    ) -> Answer<ListOpenIDConnectProviderTagsResponse> {
        let one = books.oidc(&input.open_id_connect_provider_arn).await?;
        let all = tags::sorted(tags::shown(&one.tags));
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListOpenIDConnectProviderTagsResponse {
            is_truncated: Some(page.is_truncated()),
            tags: Some(page.items),
            marker: page.marker,
        })
    }
}
