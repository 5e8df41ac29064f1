//! SAML providers: whose assertions AssumeRoleWithSAML takes.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html>

use api_iam::{
    CreateSAMLProvider, CreateSAMLProviderRequest, CreateSAMLProviderResponse, DeleteSAMLProvider,
    DeleteSAMLProviderRequest, GetSAMLProvider, GetSAMLProviderRequest, GetSAMLProviderResponse,
    ListSAMLProviderTags, ListSAMLProviderTagsRequest, ListSAMLProviderTagsResponse, ListSAMLProviders,
    ListSAMLProvidersRequest, ListSAMLProvidersResponse, SAMLPrivateKey, SAMLProviderListEntry,
    TagSAMLProvider, TagSAMLProviderRequest, UntagSAMLProvider, UntagSAMLProviderRequest, UpdateSAMLProvider,
    UpdateSAMLProviderRequest, UpdateSAMLProviderResponse, errors,
};
use federation::saml::Metadata;
use floor::{AccountId, Answer, Check, Fault, Get, Key, first_format};
use serde::{Deserialize, Serialize};
use wire::{Empty, Time};

use crate::{
    act::{Act, Ask, Books},
    attachments::expect_arn,
    fault, names, paging,
    records::Tags,
    tags,
};

/// Providers of one account. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
const PROVIDERS_MAX: usize = 100;
/// Private keys of one provider: one in use, one to come.
const KEYS_MAX: usize = 2;
/// How long metadata counts that does not say so itself: a hundred years.
const VALID_MS: u64 = 100 * 365 * 86_400_000;
/// What private keys are sealed for.
const PURPOSE: &str = "iam saml private key";

/// A provider.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub(crate) struct Provider {
    pub(crate) name: String,
    pub(crate) id: String,
    /// The document, as it was given.
    pub(crate) metadata: String,
    pub(crate) created_ms: u64,
    /// After this the provider is no longer believed.
    pub(crate) valid_until_ms: u64,
    /// Whether assertions must be encrypted.
    pub(crate) must_encrypt: bool,
    pub(crate) keys: Vec<PrivateKey>,
    pub(crate) tags: Tags,
}

/// A key that decrypts assertions.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub(crate) struct PrivateKey {
    pub(crate) id: String,
    pub(crate) added_ms: u64,
    /// PEM, sealed with the key's id.
    pub(crate) sealed: Vec<u8>,
}

first_format!(Provider);

fn family(account: &AccountId) -> Key {
    Key::of("saml").text(account.as_str())
}

fn arn_of(account: &AccountId, name: &str) -> String {
    format!("arn:aws:iam::{account}:saml-provider/{name}")
}

/// The provider with this ARN, of `account`.
pub(crate) async fn provider<R: Get>(read: &R, account: &AccountId, arn: &str) -> Answer<Option<Provider>> {
    match arn.strip_prefix(&arn_of(account, "")) {
        Some(name) => read.load(&family(account).text(name)).await,
        None => Ok(None),
    }
}

fn invalid(why: &str) -> Fault {
    Fault::new(&errors::INVALID_INPUT_EXCEPTION, why.to_owned())
}

impl Provider {
    /// Sets the document, and until when it counts.
    fn describe(&mut self, text: &str, now_ms: u64) -> Answer<()> {
        let metadata = Metadata::parse(text).map_err(|error| invalid(&error.to_string()))?;
        let until_ms = metadata.valid_until_s.map(|seconds| u64::try_from(seconds).unwrap_or(0) * 1000);
        self.valid_until_ms = until_ms.unwrap_or(now_ms + VALID_MS);
        text.clone_into(&mut self.metadata);
        Ok(())
    }

    fn encrypt(&mut self, mode: Option<&String>) {
        if let Some(mode) = mode {
            self.must_encrypt = mode == "Required";
        }
    }

    fn add_key(&mut self, books: &Books, pem: &str) -> Answer<()> {
        let is_pem = pem.trim_start().starts_with("-----BEGIN ") && pem.contains("PRIVATE KEY-----");
        if !is_pem {
            return Err(invalid("Private key is not valid."));
        }
        if self.keys.len() >= KEYS_MAX {
            return Err(fault::quota("PrivateKeysPerSAMLProvider", KEYS_MAX));
        }
        let id = names::unique_id("ASPK", &books.account(), 24, &books.random());
        let sealed = books.seal.seal(PURPOSE, id.as_bytes(), pem.as_bytes());
        self.keys.push(PrivateKey { id, added_ms: books.now.0 / 1000 * 1000, sealed });
        Ok(())
    }
}

impl<R: Get> Ask<'_, R> {
    async fn on_saml(&self, action: &'static str, arn: &str) -> Answer<Check> {
        let check = self.check(action, arn);
        let found = provider(self.read, &self.account(), arn).await?;
        Ok(found.map_or(check.clone(), |one| tags::of_resource(check, &one.tags)))
    }
}

impl Books {
    /// The provider `arn`, or NoSuchEntity.
    async fn saml(&self, arn: &str) -> Answer<Provider> {
        expect_arn(arn)?;
        let found = provider(self, &self.account(), arn).await?;
        found.ok_or_else(|| fault::no_such_entity(format!("Manifest not found for arn {arn}")))
    }

    fn save_saml(&self, one: &Provider) {
        self.save(&family(&self.account()).text(&one.name), one);
    }
}

impl Act for CreateSAMLProvider {
    const ACTION: &'static str = "iam:CreateSAMLProvider";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &CreateSAMLProviderRequest) -> Answer<Check> {
        let check = ask.check(Self::ACTION, arn_of(&ask.account(), &input.name));
        Ok(tags::in_request(check, input.tags.as_ref()))
    }

    async fn act(books: &Books, input: &CreateSAMLProviderRequest) -> Answer<CreateSAMLProviderResponse> {
        let (account, name) = (books.account(), &input.name);
        if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b)) {
            return Err(fault::validation_text(
                "The specified value for name is invalid. It must contain only alphanumeric characters and/or the \
                 following: ._-",
            ));
        }
        let now_ms = books.now.0 / 1000 * 1000;
        let mut one = Provider {
            name: name.clone(),
            id: names::unique_id("ASPR", &account, 24, &books.random()),
            created_ms: now_ms,
            tags: tags::of_new_by_case(input.tags.as_ref())?,
            ..Provider::default()
        };
        one.describe(&input.saml_metadata_document, now_ms)?;
        one.encrypt(input.assertion_encryption_mode.as_ref());
        if let Some(pem) = &input.add_private_key {
            one.add_key(books, pem)?;
        }
        if provider(books, &account, &arn_of(&account, name)).await?.is_some() {
            let why = format!("SAMLProvider {} already exists.", arn_of(&account, name));
            return Err(Fault::new(&errors::ENTITY_ALREADY_EXISTS_EXCEPTION, why));
        }
        books.expect_room(&family(&account), "SAMLProvidersPerAccount", PROVIDERS_MAX).await?;
        books.save_saml(&one);
        Ok(CreateSAMLProviderResponse {
            saml_provider_arn: Some(arn_of(&account, name)),
            tags: Some(tags::shown(&one.tags)).filter(|tags| !tags.is_empty()),
        })
    }
}

impl Act for GetSAMLProvider {
    const ACTION: &'static str = "iam:GetSAMLProvider";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetSAMLProviderRequest) -> Answer<Check> {
        ask.on_saml(Self::ACTION, &input.saml_provider_arn).await
    }

    async fn act(books: &Books, input: &GetSAMLProviderRequest) -> Answer<GetSAMLProviderResponse> {
        let one = books.saml(&input.saml_provider_arn).await?;
        let keys = one.keys.iter().map(|key| SAMLPrivateKey {
            key_id: Some(key.id.clone()),
            timestamp: Some(Time::from_millis(key.added_ms as i64)),
        });
        Ok(GetSAMLProviderResponse {
            saml_provider_uuid: Some(one.id),
            saml_metadata_document: Some(one.metadata),
            create_date: Some(Time::from_millis(one.created_ms as i64)),
            valid_until: Some(Time::from_millis(one.valid_until_ms as i64)),
            tags: Some(tags::shown(&one.tags)),
            assertion_encryption_mode: Some(if one.must_encrypt { "Required" } else { "Allowed" }.to_owned()),
            private_key_list: Some(keys.collect()),
        })
    }
}

impl Act for ListSAMLProviders {
    const ACTION: &'static str = "iam:ListSAMLProviders";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &ListSAMLProvidersRequest) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, arn_of(&ask.account(), "*")))
    }

    async fn act(books: &Books, _: &ListSAMLProvidersRequest) -> Answer<ListSAMLProvidersResponse> {
        let account = books.account();
        let mut all = Vec::new();
        for (_, value) in books.range(family(&account).all(), PROVIDERS_MAX).await? {
            let one: Provider = floor::Record::decode(&value)?;
            all.push(SAMLProviderListEntry {
                arn: Some(arn_of(&account, &one.name)),
                valid_until: Some(Time::from_millis(one.valid_until_ms as i64)),
                create_date: Some(Time::from_millis(one.created_ms as i64)),
            });
        }
        Ok(ListSAMLProvidersResponse { saml_provider_list: Some(all) })
    }
}

impl Act for UpdateSAMLProvider {
    const ACTION: &'static str = "iam:UpdateSAMLProvider";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UpdateSAMLProviderRequest) -> Answer<Check> {
        ask.on_saml(Self::ACTION, &input.saml_provider_arn).await
    }

    async fn act(books: &Books, input: &UpdateSAMLProviderRequest) -> Answer<UpdateSAMLProviderResponse> {
        let mut one = books.saml(&input.saml_provider_arn).await?;
        if let Some(text) = &input.saml_metadata_document {
            one.describe(text, books.now.0 / 1000 * 1000)?;
        }
        one.encrypt(input.assertion_encryption_mode.as_ref());
        if let Some(id) = &input.remove_private_key {
            if !one.keys.iter().any(|key| key.id == *id) {
                return Err(fault::no_such_entity(format!("The private key with id {id} cannot be found.")));
            }
            one.keys.retain(|key| key.id != *id);
        }
        if let Some(pem) = &input.add_private_key {
            one.add_key(books, pem)?;
        }
        books.save_saml(&one);
        Ok(UpdateSAMLProviderResponse { saml_provider_arn: Some(input.saml_provider_arn.clone()) })
    }
}

impl Act for DeleteSAMLProvider {
    const ACTION: &'static str = "iam:DeleteSAMLProvider";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteSAMLProviderRequest) -> Answer<Check> {
        ask.on_saml(Self::ACTION, &input.saml_provider_arn).await
    }

    async fn act(books: &Books, input: &DeleteSAMLProviderRequest) -> Answer<Empty> {
        let one = books.saml(&input.saml_provider_arn).await?;
        books.delete(&family(&books.account()).text(&one.name));
        Ok(Empty)
    }
}

impl Act for TagSAMLProvider {
    const ACTION: &'static str = "iam:TagSAMLProvider";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &TagSAMLProviderRequest) -> Answer<Check> {
        Ok(tags::in_request(ask.on_saml(Self::ACTION, &input.saml_provider_arn).await?, Some(&input.tags)))
    }

    async fn act(books: &Books, input: &TagSAMLProviderRequest) -> Answer<Empty> {
        let mut one = books.saml(&input.saml_provider_arn).await?;
        tags::add_by_case(&mut one.tags, &input.tags)?;
        books.save_saml(&one);
        Ok(Empty)
    }
}

impl Act for UntagSAMLProvider {
    const ACTION: &'static str = "iam:UntagSAMLProvider";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UntagSAMLProviderRequest) -> Answer<Check> {
        let check = ask.on_saml(Self::ACTION, &input.saml_provider_arn).await?;
        Ok(tags::keys_in_request(check, input.tag_keys.clone()))
    }

    async fn act(books: &Books, input: &UntagSAMLProviderRequest) -> Answer<Empty> {
        let mut one = books.saml(&input.saml_provider_arn).await?;
        tags::remove_by_case(&mut one.tags, &input.tag_keys);
        books.save_saml(&one);
        Ok(Empty)
    }
}

impl Act for ListSAMLProviderTags {
    const ACTION: &'static str = "iam:ListSAMLProviderTags";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListSAMLProviderTagsRequest) -> Answer<Check> {
        ask.on_saml(Self::ACTION, &input.saml_provider_arn).await
    }

    async fn act(books: &Books, input: &ListSAMLProviderTagsRequest) -> Answer<ListSAMLProviderTagsResponse> {
        let one = books.saml(&input.saml_provider_arn).await?;
        let all = tags::sorted(tags::shown(&one.tags));
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListSAMLProviderTagsResponse {
            is_truncated: Some(page.is_truncated()),
            tags: Some(page.items),
            marker: page.marker,
        })
    }
}
