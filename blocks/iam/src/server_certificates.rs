//! Server certificates.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html>

use api_iam::{
    DeleteServerCertificate, DeleteServerCertificateRequest, GetServerCertificate,
    GetServerCertificateRequest, GetServerCertificateResponse, ListServerCertificateTags,
    ListServerCertificateTagsRequest, ListServerCertificateTagsResponse, ListServerCertificates,
    ListServerCertificatesRequest, ListServerCertificatesResponse, ServerCertificate,
    ServerCertificateMetadata, TagServerCertificate, TagServerCertificateRequest, UntagServerCertificate,
    UntagServerCertificateRequest, UpdateServerCertificate, UpdateServerCertificateRequest,
    UploadServerCertificate, UploadServerCertificateRequest, UploadServerCertificateResponse, errors,
};
use floor::{AccountId, Answer, Check, Fault, Get, Key, first_format};
use serde::{Deserialize, Serialize};
use wire::{Empty, Time};

use crate::{
    act::{Act, Ask, Books},
    certificates, fault, limits,
    names::{check_name, check_path, path_or_root},
    paging,
    records::Tags,
    tags,
};

const PURPOSE: &str = "iam server certificate key";

/// A server certificate.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub(crate) struct Stored {
    path: String,
    name: String,
    /// `ASCA...`.
    id: String,
    /// PEM, as it was given.
    body: String,
    chain: Option<String>,
    /// The private key, sealed with the id.
    key: Vec<u8>,
    uploaded_ms: u64,
    expires_ms: i64,
    tags: Tags,
}

first_format!(Stored);

/// The key of all of an account's.
pub(crate) fn family(account: &AccountId) -> Key {
    Key::of("server-certificate").text(account.as_str())
}

fn key_of(account: &AccountId, name: &str) -> Key {
    family(account).text(&name.to_ascii_lowercase())
}

fn arn(account: &AccountId, path: &str, name: &str) -> String {
    format!("arn:aws:iam::{account}:server-certificate{path}{name}")
}

fn metadata(account: &AccountId, stored: &Stored) -> ServerCertificateMetadata {
    ServerCertificateMetadata {
        path: Some(stored.path.clone()),
        server_certificate_name: Some(stored.name.clone()),
        server_certificate_id: Some(stored.id.clone()),
        arn: Some(arn(account, &stored.path, &stored.name)),
        upload_date: Some(Time::from_millis(stored.uploaded_ms as i64)),
        expiration: Some(Time::from_millis(stored.expires_ms)),
    }
}

fn exists(name: &str) -> Fault {
    let why = format!("The Server Certificate with name {name} already exists.");
    Fault::new(&errors::ENTITY_ALREADY_EXISTS_EXCEPTION, why)
}

impl<R: Get> Ask<'_, R> {
    /// A check on the certificate `name`, with its tags.
    async fn on_server_certificate(&self, action: &'static str, name: &str) -> Answer<Check> {
        let account = self.account();
        let found: Option<Stored> = self.read.load(&key_of(&account, name)).await?;
        Ok(match found {
            Some(found) => {
                tags::of_resource(self.check(action, arn(&account, &found.path, &found.name)), &found.tags)
            }
            None => self.check(action, arn(&account, "/", name)),
        })
    }
}

impl Books {
    async fn server_certificate(&self, name: &str) -> Answer<Stored> {
        let found = self.load(&key_of(&self.account(), name)).await?;
        found.ok_or_else(|| {
            fault::no_such_entity(format!("The Server Certificate with name {name} cannot be found."))
        })
    }

    fn save_server_certificate(&self, stored: &Stored) {
        self.save(&key_of(&self.account(), &stored.name), stored);
    }
}

impl Act for UploadServerCertificate {
    const ACTION: &'static str = "iam:UploadServerCertificate";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UploadServerCertificateRequest) -> Answer<Check> {
        let path = input.path.as_deref().unwrap_or("/");
        let check = ask.check(Self::ACTION, arn(&ask.account(), path, &input.server_certificate_name));
        Ok(tags::in_request(check, input.tags.as_ref()))
    }

    async fn act(
        books: &Books,
        input: &UploadServerCertificateRequest,
    ) -> Answer<UploadServerCertificateResponse> {
        let (account, name) = (books.account(), &input.server_certificate_name);
        check_name("serverCertificateName", name)?;
        let path = path_or_root(input.path.as_ref())?;
        let der = certificates::read(&input.certificate_body)?;
        certificates::check_key(&der, &input.private_key)?;
        if let Some(chain) = &input.certificate_chain {
            certificates::check_chain(&der, chain)?;
        }
        let key = key_of(&account, name);
        if books.get(&key).await?.is_some() {
            return Err(exists(name));
        }
        let most = limits::SERVER_CERTIFICATES_MAX;
        books.expect_room(&family(&account), "ServerCertificatesPerAccount", most).await?;
        let id = books.unique_id("ASCA");
        let stored = Stored {
            path,
            name: name.clone(),
            body: input.certificate_body.clone(),
            chain: input.certificate_chain.clone(),
            key: books.seal.seal(PURPOSE, id.as_bytes(), input.private_key.as_bytes()),
            id,
            uploaded_ms: books.now.0 / 1000 * 1000,
            expires_ms: certificates::expires_ms(&der)?,
            tags: tags::of_new(input.tags.as_ref())?,
        };
        books.save(&key, &stored);
        Ok(UploadServerCertificateResponse {
            server_certificate_metadata: Some(metadata(&account, &stored)),
            tags: (!stored.tags.is_empty()).then(|| tags::shown(&stored.tags)),
        })
    }
}

impl Act for GetServerCertificate {
    const ACTION: &'static str = "iam:GetServerCertificate";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetServerCertificateRequest) -> Answer<Check> {
        ask.on_server_certificate(Self::ACTION, &input.server_certificate_name).await
    }

    /// The private key is never shown again.
    async fn act(books: &Books, input: &GetServerCertificateRequest) -> Answer<GetServerCertificateResponse> {
        let stored = books.server_certificate(&input.server_certificate_name).await?;
        let shown = ServerCertificate {
            server_certificate_metadata: Some(metadata(&books.account(), &stored)),
            tags: (!stored.tags.is_empty()).then(|| tags::shown(&stored.tags)),
            certificate_body: Some(stored.body),
            certificate_chain: stored.chain,
        };
        Ok(GetServerCertificateResponse { server_certificate: Some(shown) })
    }
}

impl Act for ListServerCertificates {
    const ACTION: &'static str = "iam:ListServerCertificates";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListServerCertificatesRequest) -> Answer<Check> {
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        Ok(ask.check(Self::ACTION, arn(&ask.account(), prefix, "")))
    }

    async fn act(
        books: &Books,
        input: &ListServerCertificatesRequest,
    ) -> Answer<ListServerCertificatesResponse> {
        let account = &books.account();
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        let at = (input.marker.as_ref(), input.max_items);
        let keep = |stored: Stored| stored.path.starts_with(prefix).then(|| metadata(account, &stored));
        let page = paging::of_records(books, &family(account), at, keep).await?;
        Ok(ListServerCertificatesResponse {
            is_truncated: Some(page.is_truncated()),
            server_certificate_metadata_list: Some(page.items),
            marker: page.marker,
        })
    }
}

impl Act for UpdateServerCertificate {
    const ACTION: &'static str = "iam:UpdateServerCertificate";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UpdateServerCertificateRequest) -> Answer<Check> {
        ask.on_server_certificate(Self::ACTION, &input.server_certificate_name).await
    }

    async fn act(books: &Books, input: &UpdateServerCertificateRequest) -> Answer<Empty> {
        let account = books.account();
        let mut stored = books.server_certificate(&input.server_certificate_name).await?;
        if let Some(path) = &input.new_path {
            check_path("newPath", path)?;
            path.clone_into(&mut stored.path);
        }
        if let Some(name) = &input.new_server_certificate_name {
            check_name("newServerCertificateName", name)?;
            if !name.eq_ignore_ascii_case(&stored.name) {
                if books.get(&key_of(&account, name)).await?.is_some() {
                    return Err(exists(name));
                }
                books.delete(&key_of(&account, &stored.name));
            }
            name.clone_into(&mut stored.name);
        }
        books.save_server_certificate(&stored);
        Ok(Empty)
    }
}

impl Act for DeleteServerCertificate {
    const ACTION: &'static str = "iam:DeleteServerCertificate";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteServerCertificateRequest) -> Answer<Check> {
        ask.on_server_certificate(Self::ACTION, &input.server_certificate_name).await
    }

    async fn act(books: &Books, input: &DeleteServerCertificateRequest) -> Answer<Empty> {
        let stored = books.server_certificate(&input.server_certificate_name).await?;
        books.delete(&key_of(&books.account(), &stored.name));
        Ok(Empty)
    }
}

impl Act for TagServerCertificate {
    const ACTION: &'static str = "iam:TagServerCertificate";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &TagServerCertificateRequest) -> Answer<Check> {
        let check = ask.on_server_certificate(Self::ACTION, &input.server_certificate_name).await?;
        Ok(tags::in_request(check, Some(&input.tags)))
    }

    async fn act(books: &Books, input: &TagServerCertificateRequest) -> Answer<Empty> {
        let mut stored = books.server_certificate(&input.server_certificate_name).await?;
        tags::add(&mut stored.tags, &input.tags)?;
        books.save_server_certificate(&stored);
        Ok(Empty)
    }
}

impl Act for UntagServerCertificate {
    const ACTION: &'static str = "iam:UntagServerCertificate";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UntagServerCertificateRequest) -> Answer<Check> {
        let check = ask.on_server_certificate(Self::ACTION, &input.server_certificate_name).await?;
        Ok(tags::keys_in_request(check, input.tag_keys.clone()))
    }

    async fn act(books: &Books, input: &UntagServerCertificateRequest) -> Answer<Empty> {
        let mut stored = books.server_certificate(&input.server_certificate_name).await?;
        tags::remove(&mut stored.tags, &input.tag_keys);
        books.save_server_certificate(&stored);
        Ok(Empty)
    }
}

impl Act for ListServerCertificateTags {
    const ACTION: &'static str = "iam:ListServerCertificateTags";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListServerCertificateTagsRequest) -> Answer<Check> {
        ask.on_server_certificate(Self::ACTION, &input.server_certificate_name).await
    }

    async fn act(
        books: &Books,
        input: &ListServerCertificateTagsRequest,
    ) -> Answer<ListServerCertificateTagsResponse> {
        let stored = books.server_certificate(&input.server_certificate_name).await?;
        let page = paging::of_list(tags::shown(&stored.tags), (input.marker.as_ref(), input.max_items))?;
        Ok(ListServerCertificateTagsResponse {
            is_truncated: Some(page.is_truncated()),
            tags: Some(page.items),
            marker: page.marker,
        })
    }
}
