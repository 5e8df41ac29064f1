//! SSH public keys of users.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html>

use api_iam::{
    DeleteSSHPublicKey, DeleteSSHPublicKeyRequest, GetSSHPublicKey, GetSSHPublicKeyRequest,
    GetSSHPublicKeyResponse, ListSSHPublicKeys, ListSSHPublicKeysRequest, ListSSHPublicKeysResponse,
    SSHPublicKey, SSHPublicKeyMetadata, UpdateSSHPublicKey, UpdateSSHPublicKeyRequest, UploadSSHPublicKey,
    UploadSSHPublicKeyRequest, UploadSSHPublicKeyResponse, errors,
};
use floor::{Answer, Check, Fault, Get};
use wire::{Empty, Time};

use crate::{
    act::{Act, Ask, Books},
    fault,
    holdings::{self, Keeper, SshKey},
    limits, paging, ssh,
};

fn shown(user: &str, key: &SshKey, body: String) -> SSHPublicKey {
    SSHPublicKey {
        user_name: Some(user.to_owned()),
        ssh_public_key_id: Some(key.id.clone()),
        fingerprint: Some(key.fingerprint.clone()),
        ssh_public_key_body: Some(body),
        status: Some(holdings::status(key.is_active)),
        upload_date: Some(Time::from_millis(key.uploaded_ms as i64)),
    }
}

fn at(keeper: &Keeper, id: &str) -> Answer<usize> {
    let found = keeper.holdings.ssh_keys.iter().position(|key| key.id == id);
    found.ok_or_else(|| fault::no_such_entity(format!("The Public Key with id {id} cannot be found.")))
}

impl Act for UploadSSHPublicKey {
    const ACTION: &'static str = "iam:UploadSSHPublicKey";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UploadSSHPublicKeyRequest) -> Answer<Check> {
        ask.on_user(Self::ACTION, &input.user_name).await
    }

    async fn act(books: &Books, input: &UploadSSHPublicKeyRequest) -> Answer<UploadSSHPublicKeyResponse> {
        let mut keeper = books.keeper(Some(&input.user_name)).await?;
        let read = ssh::Key::read(&input.ssh_public_key_body).ok_or_else(|| {
            let why = "The public key is malformed or otherwise invalid.";
            Fault::new(&errors::INVALID_PUBLIC_KEY_EXCEPTION, why)
        })?;
        let fingerprint = read.fingerprint();
        if keeper.holdings.ssh_keys.iter().any(|key| key.fingerprint == fingerprint) {
            let why = "The SSH public key is already associated with the specified IAM user.";
            return Err(Fault::new(&errors::DUPLICATE_SSH_PUBLIC_KEY_EXCEPTION, why));
        }
        if keeper.holdings.ssh_keys.len() >= limits::SSH_KEYS_PER_USER_MAX {
            return Err(fault::quota("SSHPublicKeysPerUser", limits::SSH_KEYS_PER_USER_MAX));
        }
        let key = SshKey {
            id: books.unique_id("APKA"),
            body: input.ssh_public_key_body.trim().to_owned(),
            fingerprint,
            is_active: true,
            uploaded_ms: books.now.0 / 1000 * 1000,
        };
        let answer = shown(keeper.name.as_deref().unwrap_or_default(), &key, key.body.clone());
        keeper.holdings.ssh_keys.push(key);
        books.save_keeper(&keeper);
        Ok(UploadSSHPublicKeyResponse { ssh_public_key: Some(answer) })
    }
}

impl Act for GetSSHPublicKey {
    const ACTION: &'static str = "iam:GetSSHPublicKey";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &GetSSHPublicKeyRequest) -> Answer<Check> {
        ask.on_user(Self::ACTION, &input.user_name).await
    }

    /// In the form that was asked for; one that was uploaded in it keeps its comment.
    async fn act(books: &Books, input: &GetSSHPublicKeyRequest) -> Answer<GetSSHPublicKeyResponse> {
        let keeper = books.keeper(Some(&input.user_name)).await?;
        let key = &keeper.holdings.ssh_keys[at(&keeper, &input.ssh_public_key_id)?];
        let unrecognized = || {
            let why = "The public key encoding format is unsupported or unrecognized.";
            Fault::new(&errors::UNRECOGNIZED_PUBLIC_KEY_ENCODING_EXCEPTION, why)
        };
        let is_pem = key.body.starts_with("-----BEGIN");
        let body = match (input.encoding.as_str(), is_pem) {
            ("SSH", false) | ("PEM", true) => key.body.clone(),
            ("SSH", true) => ssh::Key::read(&key.body).ok_or_else(unrecognized)?.line(),
            ("PEM", false) => ssh::Key::read(&key.body).ok_or_else(unrecognized)?.pem(),
            _ => return Err(unrecognized()),
        };
        let answer = shown(keeper.name.as_deref().unwrap_or_default(), key, body);
        Ok(GetSSHPublicKeyResponse { ssh_public_key: Some(answer) })
    }
}

impl Act for ListSSHPublicKeys {
    const ACTION: &'static str = "iam:ListSSHPublicKeys";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &ListSSHPublicKeysRequest) -> Answer<Check> {
        ask.on_user_or_self(Self::ACTION, input.user_name.as_ref()).await
    }

    async fn act(books: &Books, input: &ListSSHPublicKeysRequest) -> Answer<ListSSHPublicKeysResponse> {
        let keeper = books.keeper(input.user_name.as_ref()).await?;
        let shown = |key: SshKey| SSHPublicKeyMetadata {
            user_name: keeper.name.clone(),
            ssh_public_key_id: Some(key.id),
            status: Some(holdings::status(key.is_active)),
            upload_date: Some(Time::from_millis(key.uploaded_ms as i64)),
        };
        let all = keeper.holdings.ssh_keys.into_iter().map(shown).collect();
        let page = paging::of_list(all, (input.marker.as_ref(), input.max_items))?;
        Ok(ListSSHPublicKeysResponse {
            is_truncated: Some(page.is_truncated()),
            ssh_public_keys: Some(page.items),
            marker: page.marker,
        })
    }
}

impl Act for UpdateSSHPublicKey {
    const ACTION: &'static str = "iam:UpdateSSHPublicKey";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &UpdateSSHPublicKeyRequest) -> Answer<Check> {
        ask.on_user(Self::ACTION, &input.user_name).await
    }

    async fn act(books: &Books, input: &UpdateSSHPublicKeyRequest) -> Answer<Empty> {
        let mut keeper = books.keeper(Some(&input.user_name)).await?;
        let at = at(&keeper, &input.ssh_public_key_id)?;
        keeper.holdings.ssh_keys[at].is_active = input.status == "Active";
        books.save_keeper(&keeper);
        Ok(Empty)
    }
}

impl Act for DeleteSSHPublicKey {
    const ACTION: &'static str = "iam:DeleteSSHPublicKey";

    async fn about<R: Get>(ask: &Ask<'_, R>, input: &DeleteSSHPublicKeyRequest) -> Answer<Check> {
        ask.on_user(Self::ACTION, &input.user_name).await
    }

    async fn act(books: &Books, input: &DeleteSSHPublicKeyRequest) -> Answer<Empty> {
        let mut keeper = books.keeper(Some(&input.user_name)).await?;
        let at = at(&keeper, &input.ssh_public_key_id)?;
        keeper.holdings.ssh_keys.remove(at);
        books.save_keeper(&keeper);
        Ok(Empty)
    }
}
