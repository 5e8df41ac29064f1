//! CreateGrant: someone may use a key, besides those whom its policy lets in.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html>

use api_kms::{CreateGrant, CreateGrantRequest, CreateGrantResponse};
use floor::{Admitted, Answer, Arn, Cx, Get as _, Handle, Tx, tx::counter};

use crate::{
    Kms,
    ciphertext::Context,
    fault::Refused,
    grants::{self, Child},
    keyed::{About, on_key, truth},
    limits::{CONSTRAINT_PAIRS_MAX, CONSTRAINT_VALUE_CHARS_MAX, GRANTS_PER_KEY_MAX},
    records::{self, Grant, Grantee, Key},
    spec::{Spec, Usage},
    store::dry_run,
};

impl Handle<CreateGrant> for Kms {
    on_key!(CreateGrantRequest, "kms:CreateGrant", |caller, input| {
        let constraints = input.constraints.as_ref();
        let subset = constraints.and_then(|c| c.encryption_context_subset.as_ref());
        let equals = constraints.and_then(|c| c.encryption_context_equals.as_ref());
        let kind = match (subset, equals) {
            (Some(_), _) => Some("EncryptionContextSubset"),
            (None, Some(_)) => Some("EncryptionContextEquals"),
            (None, None) => None,
        };
        About::key(caller, &input.key_id)
            .tokens(input.grant_tokens.as_ref())
            .child(Child { operations: &input.operations, subset, equals })
            .with("kms:GrantOperations", input.operations.clone())
            .with("kms:GrantIsForAWSResource", truth(!caller.via.is_empty()))
            .with_some("kms:GrantConstraintType", kind)
            .with_some("kms:GranteePrincipal", input.grantee_principal.clone())
            .with_some("kms:RetiringPrincipal", input.retiring_principal.clone())
    });

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<CreateGrant, Self>,
        input: CreateGrantRequest,
    ) -> Answer<CreateGrantResponse> {
        at.loaded.key.usable(cx.now().0)?;
        let made = &made(cx, &at.loaded.key, &input)?;
        dry_run(input.dry_run)?;
        let (at, input, region) = (&at, &input, &cx.region().clone());
        let run = |tx: Tx| async move {
            let found = at.within(self, &tx, input).await?;
            let (account, id) = (found.key.account, found.key.id);
            for other in self.grants_to(&tx, &found.key, made.grantee.text()).await? {
                // A request with the same name and all else is the same request again.
                let same = Grant {
                    id: made.id.clone(),
                    created_ms: made.created_ms,
                    secret: made.secret,
                    ..other.clone()
                };
                if made.name.is_some() && same == *made {
                    return Ok(other);
                }
            }
            let count = records::grant_count(account, id);
            if counter(tx.get(&count).await?.as_ref())? >= GRANTS_PER_KEY_MAX as i64 {
                return Err(
                    Refused::Limit(format!("The KMS key has {GRANTS_PER_KEY_MAX} grants already.")).into()
                );
            }
            tx.add(&count, 1);
            grants::put(&tx, account, made);
            Ok(made.clone())
        };
        let grant = cx.cell(&at.place).await?.transact(run).await?;
        Ok(CreateGrantResponse {
            grant_token: Some(grant.token(at.loaded.key.account, region)),
            grant_id: Some(grant.id),
        })
    }
}

fn made(cx: &Cx, key: &Key, input: &CreateGrantRequest) -> Result<Grant, Refused> {
    let grantee = grantee(input.grantee_principal.as_ref(), input.grantee_service_principal.as_ref())?;
    let grantee = grantee.ok_or_else(|| {
        Refused::validation("Either GranteePrincipal or GranteeServicePrincipal must be specified.")
    })?;
    let retiring =
        self::grantee(input.retiring_principal.as_ref(), input.retiring_service_principal.as_ref())?;
    let constraints = input.constraints.clone().unwrap_or_default();
    if matches!(grantee, Grantee::Service(_)) && constraints.source_arn.is_none() {
        return Err(Refused::validation("A SourceArn constraint is required with GranteeServicePrincipal."));
    }
    if constraints.encryption_context_equals.is_some() && constraints.encryption_context_subset.is_some() {
        return Err(Refused::validation(
            "EncryptionContextEquals and EncryptionContextSubset must not be specified in the same grant.",
        ));
    }
    for context in [&constraints.encryption_context_equals, &constraints.encryption_context_subset] {
        check_constraint(context.as_ref())?;
    }
    if input.operations.is_empty() {
        return Err(Refused::validation("Operations must not be empty."));
    }
    let allowed = operations(key);
    if let Some(wrong) = input.operations.iter().find(|operation| !allowed.contains(&operation.as_str())) {
        let spec = key.spec.text();
        return Err(Refused::validation(format!(
            "Grant operation {wrong} is not valid for key spec {spec}."
        )));
    }
    let (mut id, random) = ([0; 32], &cx.env().random);
    random.fill(&mut id);
    Ok(Grant {
        key: key.id,
        id: hex::encode(id),
        name: input.name.clone(),
        grantee,
        retiring,
        operations: input.operations.clone(),
        subset: constraints.encryption_context_subset,
        equals: constraints.encryption_context_equals,
        source_arn: constraints.source_arn,
        created_ms: cx.now().0,
        issuer: cx.caller.account(),
        secret: random.bytes16(),
    })
}

fn check_constraint(context: Option<&Context>) -> Result<(), Refused> {
    let Some(context) = context else { return Ok(()) };
    if context.len() > CONSTRAINT_PAIRS_MAX {
        let why = format!("A grant constraint has {CONSTRAINT_PAIRS_MAX} encryption context pairs at most.");
        return Err(Refused::Validation(why));
    }
    if context.values().any(|value| value.chars().count() > CONSTRAINT_VALUE_CHARS_MAX) {
        let why = format!(
            "An encryption context value in a grant constraint has {CONSTRAINT_VALUE_CHARS_MAX} characters at most."
        );
        return Err(Refused::Validation(why));
    }
    Ok(())
}

fn grantee(principal: Option<&String>, service: Option<&String>) -> Result<Option<Grantee>, Refused> {
    match (principal, service) {
        (Some(_), Some(_)) => {
            Err(Refused::validation("A principal and a service principal must not be specified together."))
        }
        (None, Some(service)) => Ok(Some(Grantee::Service(service.clone()))),
        (Some(arn), None) => {
            let read = Arn::parse(arn).filter(|arn| {
                matches!(arn.service(), "iam" | "sts") && arn.account().parse::<floor::AccountId>().is_ok()
            });
            read.ok_or_else(|| Refused::Arn(arn.clone()))?;
            Ok(Some(Grantee::Principal(arn.clone())))
        }
        (None, None) => Ok(None),
    }
}

/// What a grant on this kind of key may permit.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations>
fn operations(key: &Key) -> Vec<&'static str> {
    let mut all = vec!["CreateGrant", "RetireGrant", "DescribeKey"];
    match key.usage {
        Usage::EncryptDecrypt => all.extend(["Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo"]),
        Usage::SignVerify => all.extend(["Sign", "Verify"]),
        Usage::GenerateVerifyMac => all.extend(["GenerateMac", "VerifyMac"]),
        Usage::KeyAgreement => all.push("DeriveSharedSecret"),
        Usage::EncapsulateDecapsulate => all.extend(["Encapsulate", "Decapsulate"]),
    }
    if key.spec == Spec::Symmetric {
        all.extend([
            "GenerateDataKey",
            "GenerateDataKeyWithoutPlaintext",
            "GenerateDataKeyPair",
            "GenerateDataKeyPairWithoutPlaintext",
        ]);
    }
    if key.spec.is_asymmetric() {
        all.push("GetPublicKey");
    }
    all
}
