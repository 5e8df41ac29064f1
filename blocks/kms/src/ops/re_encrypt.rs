//! ReEncrypt: what one key encrypted, under another; the plaintext does not leave KMS.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html>

use std::sync::Arc;

use api_kms::{ReEncrypt, ReEncryptRequest, ReEncryptResponse};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target, fault::internal};

use crate::{
    Kms, encrypting,
    fault::Refused,
    keyed::{About, Found, truth},
    spec::Usage,
    store::dry_run,
};

/// The two keys.
pub struct Both {
    /// None where it is another account's: it stands in another cell.
    from: Option<Found>,
    to: Arc<Found>,
}

const SYMMETRIC: &str = "SYMMETRIC_DEFAULT";
const FROM: &str = "kms:ReEncryptFrom";
const TO: &str = "kms:ReEncryptTo";
const SAME_KEY: &str = "kms:ReEncryptOnSameKey";

fn source<'a>(caller: &Caller, input: &'a ReEncryptRequest) -> About<'a> {
    let algorithm = input.source_encryption_algorithm.as_deref().unwrap_or(SYMMETRIC);
    About::decrypting(caller, input.source_key_id.as_deref(), input.ciphertext_blob.as_deref(), algorithm)
        .context(input.source_encryption_context.as_ref())
        .tokens(input.grant_tokens.as_ref())
        .with("kms:EncryptionAlgorithm", algorithm.to_owned())
}

fn destination<'a>(caller: &Caller, input: &'a ReEncryptRequest) -> About<'a> {
    let algorithm = input.destination_encryption_algorithm.as_deref().unwrap_or(SYMMETRIC);
    About::named(caller, &input.destination_key_id)
        .context(input.destination_encryption_context.as_ref())
        .tokens(input.grant_tokens.as_ref())
        .with("kms:EncryptionAlgorithm", algorithm.to_owned())
}

impl Kms {
    /// The source where it is another account's than the destination, if the caller may decrypt with it.
    async fn of_other_account(&self, cx: &Cx, input: &ReEncryptRequest) -> Answer<Found> {
        let (caller, source) = (&cx.caller, source(&cx.caller, input));
        let view = cx.view(&source.place(caller)?).await?;
        let from = self.find(caller, &view, &source, FROM).await?;
        let check = self.check(caller, &view, &source, &from, FROM).await?.key(SAME_KEY, truth(false));
        cx.ask::<ReEncrypt, Self>(self, vec![check]).await?;
        Ok(from)
    }
}

impl Handle<ReEncrypt> for Kms {
    type Loaded = Both;
    const ACTIONS: &'static [&'static str] = &[FROM, TO];

    fn place(&self, caller: &Caller, input: &ReEncryptRequest) -> Answer<Placement> {
        destination(caller, input).place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ReEncryptRequest,
    ) -> Answer<Target<Both>> {
        let (source, destination) = (source(caller, input), destination(caller, input));
        let from = if source.place(caller)? == destination.place(caller)? {
            Some(self.find(caller, read, &source, FROM).await?)
        } else {
            None
        };
        let to = self.find(caller, read, &destination, TO).await?;
        let same = truth(from.as_ref().is_some_and(|from| from.key.id == to.key.id));
        let mut checks = Vec::new();
        if let Some(from) = &from {
            let check = self.check(caller, read, &source, from, FROM).await?;
            checks.push(check.key(SAME_KEY, same));
        }
        let check = self.check(caller, read, &destination, &to, TO).await?;
        checks.push(check.key(SAME_KEY, same));
        Ok(Target { checks, loaded: Both { from, to: to.into() } })
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ReEncrypt, Self>,
        input: ReEncryptRequest,
    ) -> Answer<ReEncryptResponse> {
        let elsewhere = match at.loaded.from {
            Some(_) => None,
            None => Some(self.of_other_account(cx, &input).await?),
        };
        let Some(Found { key: from, .. }) = elsewhere.as_ref().or(at.loaded.from.as_ref()) else {
            return Err(internal("a ciphertext without a key"));
        };
        let to = self.real(cx, &at.loaded.to).await?;
        let to = &to.key;
        let now = cx.now().0;
        from.usable(now)?;
        to.usable(now)?;
        if from.usage != Usage::EncryptDecrypt {
            return Err(Refused::IncorrectKey.into());
        }
        to.must_be_for(Usage::EncryptDecrypt, "ReEncrypt")?;
        let with = input.source_encryption_algorithm.unwrap_or_else(|| SYMMETRIC.into());
        let under = input.destination_encryption_algorithm.unwrap_or_else(|| SYMMETRIC.into());
        let context = input.destination_encryption_context.as_ref();
        if encrypting::is_ignored(input.dry_run, input.dry_run_modifiers.as_deref())? {
            encrypting::check(to, &under, context, 0)?;
            return Err(Refused::DryRun.into());
        }
        let blob = input.ciphertext_blob.as_deref().ok_or(Refused::Ciphertext)?;
        let opened =
            self.decrypt_with(cx, from, &with, input.source_encryption_context.as_ref(), blob).await?;
        encrypting::check(to, &under, context, opened.plain.len())?;
        dry_run(input.dry_run)?;
        let (material, blob) = self.encrypt_with(cx, to, &under, context, &opened.plain).await?;
        self.used(cx, from, "ReEncrypt");
        self.used(cx, to, "ReEncrypt");
        Ok(ReEncryptResponse {
            ciphertext_blob: Some(blob),
            source_key_id: Some(from.arn()),
            key_id: Some(to.arn()),
            source_encryption_algorithm: Some(with),
            destination_encryption_algorithm: Some(under),
            source_key_material_id: opened.material.map(hex::encode),
            destination_key_material_id: material.map(hex::encode),
        })
    }
}
