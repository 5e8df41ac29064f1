//! CreateKey: a key of the caller's account.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html>

use api_kms::{CreateKey, CreateKeyRequest, CreateKeyResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target, Tx};

use crate::{
    Kms,
    fault::Refused,
    key,
    keyed::{truth, via_service},
    metadata,
    names::{self, KeyId},
    policy,
    records::{Family, Key},
    spec::{Origin, Spec, Usage},
    store::{first, made},
    tags,
};

/// What is asked for.
struct Wanted {
    spec: Spec,
    usage: Usage,
    origin: Origin,
    is_multi_region: bool,
}

impl Handle<CreateKey> for Kms {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["kms:CreateKey", "kms:TagResource"];

    fn place(&self, caller: &Caller, _: &CreateKeyRequest) -> Answer<Placement> {
        Ok(names::place(&caller.region, caller.account()))
    }

    async fn resource<R: Get>(&self, caller: &Caller, _: &R, input: &CreateKeyRequest) -> Answer<Target<()>> {
        let wanted = wanted(input)?;
        let account = caller.account();
        let bypass = input.bypass_policy_lockout_safety_check == Some(true);
        let mut checks = vec![
            Check::new("kms:CreateKey", "*", account)
                .key("kms:KeySpec", wanted.spec.text())
                .key("kms:CustomerMasterKeySpec", wanted.spec.text())
                .key("kms:KeyUsage", wanted.usage.text())
                .key("kms:CustomerMasterKeyUsage", wanted.usage.text())
                .key("kms:KeyOrigin", wanted.origin.text())
                .key("kms:MultiRegion", truth(wanted.is_multi_region))
                .key("kms:CallerAccount", account.to_string())
                .key("kms:BypassPolicyLockoutSafetyCheck", truth(bypass)),
        ];
        if wanted.is_multi_region {
            checks[0].keys.push(("kms:MultiRegionKeyType".into(), "PRIMARY".into()));
        }
        if let Some(via) = via_service(caller) {
            checks[0].keys.push(("kms:ViaService".into(), via.into()));
        }
        if let Some(tags) = input.tags.as_ref().filter(|tags| !tags.is_empty()) {
            let any = format!("arn:aws:kms:{}:{account}:key/*", caller.region);
            checks.push(Check::new("kms:TagResource", any, account));
            for check in &mut checks {
                for tag in tags {
                    let key = format!("aws:RequestTag/{}", tag.tag_key);
                    check.keys.push((key.into(), tag.tag_value.clone().into()));
                }
                let keys: Vec<_> = tags.iter().map(|tag| tag.tag_key.clone()).collect();
                check.keys.push(("aws:TagKeys".into(), keys.into()));
            }
        }
        Ok(Target { checks, loaded: () })
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<CreateKey, Self>,
        input: CreateKeyRequest,
    ) -> Answer<CreateKeyResponse> {
        let Wanted { spec, usage, origin, is_multi_region } = wanted(&input)?;
        let (region, account, now) = (cx.region().clone(), cx.caller.account(), cx.now().0);
        let id = KeyId::random(&cx.env().random, is_multi_region);
        let policy = match input.policy {
            None => policy::of_account(account),
            Some(text) => {
                let bypass = input.bypass_policy_lockout_safety_check == Some(true);
                policy::check(&text, &cx.caller, &id.arn(&region, account), account, bypass)?;
                text
            }
        };
        let materials = match origin {
            Origin::AwsKms => vec![first(made(cx, account, id, spec).await?, now)],
            Origin::External => Vec::new(),
        };
        let family =
            is_multi_region.then(|| Family { primary: region.clone(), replicas: Vec::new(), version: 1 });
        let key = &Key {
            region,
            account,
            id,
            spec,
            usage,
            origin,
            managed_by: None,
            description: input.description.unwrap_or_default(),
            policy,
            tags: tags::read(&input.tags.unwrap_or_default())?,
            created_ms: now,
            is_disabled: false,
            deletion: None,
            materials,
            rotation: None,
            family,
        };
        let run = |tx: Tx| async move {
            key::has_room(&tx, account).await?;
            key::add(&tx, key);
            Ok(())
        };
        cx.cell(&at.place).await?.transact(run).await?;
        Ok(CreateKeyResponse { key_metadata: Some(metadata::of(key, now)) })
    }
}

fn wanted(input: &CreateKeyRequest) -> Result<Wanted, Refused> {
    let name = match (&input.key_spec, &input.customer_master_key_spec) {
        (Some(_), Some(_)) => {
            return Err(Refused::validation(
                "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is \
                 deprecated.",
            ));
        }
        (Some(name), None) | (None, Some(name)) => name.as_str(),
        (None, None) => "SYMMETRIC_DEFAULT",
    };
    if input.custom_key_store_id.is_some() {
        let why = "There are no custom key stores here: keys are kept in the data directory.";
        return Err(Refused::NoKeyStore(why.into()));
    }
    let origin = match input.origin.as_deref().unwrap_or("AWS_KMS") {
        "AWS_KMS" => Origin::AwsKms,
        "EXTERNAL" => Origin::External,
        origin => {
            let why = format!(
                "Origin {origin} requires a CustomKeyStoreId, and there are no custom key stores here."
            );
            return Err(Refused::Validation(why));
        }
    };
    if input.xks_key_id.is_some() {
        return Err(Refused::validation("XksKeyId is valid only for keys with Origin EXTERNAL_KEY_STORE."));
    }
    let spec = Spec::parse(name)
        .ok_or_else(|| Refused::Unsupported(format!("KeySpec {name} is not supported in this region.")))?;
    let usage = match input.key_usage.as_deref().map(Usage::parse) {
        Some(usage) => usage.unwrap_or(Usage::EncryptDecrypt), // others are none of the model's
        None if spec == Spec::Symmetric => Usage::EncryptDecrypt,
        None => {
            return Err(Refused::validation(
                "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
            ));
        }
    };
    if !spec.usages().contains(&usage) {
        let (usage, spec) = (usage.text(), spec.text());
        return Err(Refused::Validation(format!("KeyUsage {usage} is not compatible with KeySpec {spec}")));
    }
    if origin == Origin::External && (spec.text().starts_with("ML_") || spec == Spec::Ed25519) {
        let why = format!("Origin EXTERNAL is not supported for KeySpec {}.", spec.text());
        return Err(Refused::Unsupported(why));
    }
    Ok(Wanted { spec, usage, origin, is_multi_region: input.multi_region == Some(true) })
}
