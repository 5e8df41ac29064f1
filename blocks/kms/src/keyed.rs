//! Operations on a key: how it is named and found, and what its policy, its grants and the caller's policies are asked.

use std::{borrow::Cow, sync::Arc};

use auth::Kind;
use floor::{AccountId, Answer, Caller, Check, Get, Placement, Target, authorise::compiled, key::Parts};
use policy::{Policy, Values};
use sha2::{Digest as _, Sha256};

use crate::{
    Kms,
    ciphertext::{self, Context},
    fault::{self, Refused},
    grants::Child,
    limits::{ALIASES_PER_KEY_MAX, CONTEXT_BYTES_MAX},
    names::{self, KeyId, Named, What},
    policy as policies,
    records::{self, Alias, Key, Rotation},
    spec::{Origin, Spec, Usage},
};

/// What a key's policy may let other accounts do: "Cross-account use: Yes" in the API reference. All else is for
/// principals of the key's account.
const CROSS_ACCOUNT: [&str; 22] = [
    "kms:CreateGrant",
    "kms:Decapsulate",
    "kms:Decrypt",
    "kms:DeriveSharedSecret",
    "kms:DescribeKey",
    "kms:Encapsulate",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyPair",
    "kms:GenerateDataKeyPairWithoutPlaintext",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:GenerateMac",
    "kms:GetKeyRotationStatus",
    "kms:GetPublicKey",
    "kms:ListGrants",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
    "kms:RetireGrant",
    "kms:RevokeGrant",
    "kms:Sign",
    "kms:Verify",
    "kms:VerifyMac",
];

/// A key that a request is about.
#[derive(Clone, Debug)]
pub struct Found {
    /// The key.
    pub key: Arc<Key>,
    /// Its policy.
    pub policy: Arc<Policy>,
    /// The aliases that lead to it.
    pub aliases: Vec<String>,
    /// A key of AWS that nobody has used yet: it is not stored, and has no material.
    pub is_new: bool,
}

/// What a request says about its key.
pub struct About<'a> {
    named: Result<Named, Refused>,
    is_of_ciphertext: bool,
    alias: Option<&'a str>,
    context: Option<&'a Context>,
    tokens: &'a [String],
    child: Option<Child<'a>>,
    keys: Vec<(Cow<'static, str>, Values<'static>)>,
}

impl<'a> About<'a> {
    /// The key of a `KeyId` that may be an alias.
    pub fn named(caller: &Caller, text: &'a str) -> Self {
        let mut about = Self::of(Named::read(text, caller));
        if let Ok(Named { what: What::Alias(_), .. }) = about.named {
            about.alias =
                text.rsplit_once(":alias/").map_or(Some(text), |(arn, _)| text.get(arn.len() + 1..));
        }
        about
    }

    /// The key of a `KeyId` that may not be an alias.
    pub fn key(caller: &Caller, text: &str) -> Self {
        Self::of(Named::key_only(text, caller).map(|(account, id)| Named { account, what: What::Key(id) }))
    }

    /// The key of a grant, which has no text.
    pub fn id(account: AccountId, id: KeyId) -> Self {
        Self::of(Ok(Named { account, what: What::Key(id) }))
    }

    /// Nothing that could be read.
    pub fn refused(why: Refused) -> Self {
        Self::of(Err(why))
    }

    /// The key that decrypts: the one that is named, or else the one that the ciphertext names.
    pub fn decrypting(caller: &Caller, key: Option<&'a str>, blob: Option<&[u8]>, algorithm: &str) -> Self {
        let about = match (key, blob) {
            (Some(text), _) => return Self::named(caller, text),
            (None, None) => Self::refused(Refused::validation(
                "CiphertextBlob is required, or KeyId where it is ignored.",
            )),
            (None, Some(_)) if algorithm != "SYMMETRIC_DEFAULT" => Self::refused(Refused::validation(
                "The KeyId parameter is required when the ciphertext was encrypted under an asymmetric KMS key.",
            )),
            (None, Some(blob)) => match ciphertext::read(blob) {
                Some(parts) => Self::id(parts.account, parts.key),
                None => Self::refused(Refused::Ciphertext),
            },
        };
        Self { is_of_ciphertext: true, ..about }
    }

    fn of(named: Result<Named, Refused>) -> Self {
        Self {
            named,
            is_of_ciphertext: false,
            alias: None,
            context: None,
            tokens: &[],
            child: None,
            keys: Vec::new(),
        }
    }

    /// With an encryption context.
    #[must_use]
    pub fn context(mut self, context: Option<&'a Context>) -> Self {
        let bytes =
            context.into_iter().flatten().map(|(name, value)| name.len() + value.len()).sum::<usize>();
        if bytes > CONTEXT_BYTES_MAX {
            let why = format!("EncryptionContext is longer than {CONTEXT_BYTES_MAX} bytes.");
            return Self::refused(Refused::Validation(why));
        }
        self.context = context;
        self
    }

    /// With grant tokens.
    #[must_use]
    pub fn tokens(mut self, tokens: Option<&'a Vec<String>>) -> Self {
        self.tokens = tokens.map_or(&[], Vec::as_slice);
        self
    }

    /// With a grant that is to be made.
    #[must_use]
    pub fn child(mut self, child: Child<'a>) -> Self {
        self.child = Some(child);
        self
    }

    /// With a condition key of the operation.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<Values<'static>>) -> Self {
        self.keys.push((key.into(), value.into()));
        self
    }

    /// With the tags that a key is to have.
    #[must_use]
    pub fn with_tags(mut self, tags: &[api_kms::Tag]) -> Self {
        for tag in tags {
            self.keys.push((format!("aws:RequestTag/{}", tag.tag_key).into(), tag.tag_value.clone().into()));
        }
        self.with("aws:TagKeys", tags.iter().map(|tag| tag.tag_key.clone()).collect::<Vec<_>>())
    }

    /// With a condition key that the request may have.
    #[must_use]
    pub fn with_some(self, key: &'static str, value: Option<impl Into<Values<'static>>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Where the key lives.
    pub fn place(&self, caller: &Caller) -> Answer<Placement> {
        Ok(self.named.as_ref().map_err(Clone::clone)?.place(&caller.region))
    }
}

impl Kms {
    /// The key that a request is about, and the question whether its caller may.
    pub(crate) async fn on_key<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        about: &About<'_>,
        action: &'static str,
    ) -> Answer<Target<Found>> {
        let found = self.find(caller, read, about, action).await?;
        let check = self.check(caller, read, about, &found, action).await?;
        Ok(Target::one(check, found))
    }

    /// The key that a request is about.
    pub(crate) async fn find<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        about: &About<'_>,
        action: &'static str,
    ) -> Answer<Found> {
        let named = about.named.as_ref().map_err(Clone::clone)?;
        let account = named.account;
        let (id, arn) = match &named.what {
            What::Key(id) => (*id, id.arn(&caller.region, account)),
            What::Alias(alias) => {
                let arn = names::alias_arn(&caller.region, account, alias);
                match read.load::<Alias>(&records::alias(account, alias)).await? {
                    Some(alias) => (alias.target, arn),
                    None if account != caller.account() => return Err(elsewhere(caller, action, &arn)),
                    None => return managed(caller, alias).ok_or(Refused::NoAlias(arn))?.found(alias),
                }
            }
        };
        match read.get(&records::key(account, id)).await? {
            Some(stored) => {
                let (key, policy) = self.kept.read(&caller.region, account, id, stored)?;
                let aliases = aliases_of(read, account, id).await?;
                Ok(Found { key, policy, aliases, is_new: false })
            }
            None if about.is_of_ciphertext => Err(fault::denied_ciphertext()),
            None if account != caller.account() => Err(elsewhere(caller, action, &arn)),
            None => Err(Refused::NoKey(arn).into()),
        }
    }

    /// Whether the caller may do `action` with a key.
    pub(crate) async fn check<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        about: &About<'_>,
        found: &Found,
        action: &'static str,
    ) -> Answer<Check> {
        let key = &found.key;
        let granted = self.is_granted(caller, read, about, key, action).await?;
        let mut check = Check::new(action, key.arn(), key.account)
            .policy(Some(found.policy.clone()))
            .needs_resource_policy()
            .granted(granted)
            .key("kms:KeySpec", key.spec.text())
            .key("kms:CustomerMasterKeySpec", key.spec.text())
            .key("kms:KeyUsage", key.usage.text())
            .key("kms:CustomerMasterKeyUsage", key.usage.text())
            .key("kms:KeyOrigin", key.origin.text())
            .key("kms:MultiRegion", truth(key.family.is_some()))
            .key("kms:ResourceAliases", found.aliases.clone());
        if let Some(account) = caller_account(caller) {
            check = check.key("kms:CallerAccount", account);
        }
        if !CROSS_ACCOUNT.contains(&action) {
            check = check.owner_only();
        }
        if let Some(via) = via_service(caller) {
            check = check.key("kms:ViaService", via);
        }
        if key.family.is_some() {
            check = check.key("kms:MultiRegionKeyType", if key.is_primary() { "PRIMARY" } else { "REPLICA" });
        }
        if about.is_of_ciphertext {
            check.named = Some(fault::CIPHERTEXT.to_owned());
        }
        if let Some(alias) = about.alias {
            check = check.key("kms:RequestAlias", alias.to_owned());
            check.named = Some(names::alias_arn(&caller.region, key.account, alias));
        }
        for (tag, value) in &key.tags {
            check = check.key(format!("aws:ResourceTag/{tag}"), value.clone());
        }
        if let Some(context) = about.context.filter(|context| !context.is_empty()) {
            for (name, value) in context {
                check = check.key(format!("kms:EncryptionContext:{name}"), value.clone());
            }
            check = check.key("kms:EncryptionContextKeys", context.keys().cloned().collect::<Vec<_>>());
        }
        check.keys.extend(about.keys.iter().cloned());
        Ok(check)
    }

    /// Whether a grant lets the caller do `action` with a key.
    async fn is_granted<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        about: &About<'_>,
        key: &Key,
        action: &'static str,
    ) -> Answer<bool> {
        for token in about.tokens {
            self.read_token(read, token, &caller.region).await?;
        }
        let operation = action.strip_prefix("kms:").unwrap_or(action);
        let who = &caller.who;
        if who.is_anonymous() {
            return Ok(false);
        }
        let (own, role) = (who.arn(), who.principal_arn());
        let source_arn = match &who.kind {
            Kind::Service { source_arn, .. } => source_arn.as_deref(),
            _ => None,
        };
        for name in [Some(own), Some(role).filter(|role| *role != own)].into_iter().flatten() {
            for grant in self.grants_to(read, key, name).await? {
                let permits = grant.permits(operation, about.context, source_arn);
                if permits && about.child.as_ref().is_none_or(|child| grant.covers(child)) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

/// `true` or `false`, as conditions compare them.
pub(crate) fn truth(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

/// `kms:CallerAccount`: services that call for themselves are in no account, and so are not let in by the policies of keys
/// like `alias/aws/sqs`, whose one condition it is.
pub(crate) fn caller_account(caller: &Caller) -> Option<String> {
    let who = &caller.who;
    let has_account = !who.is_anonymous() && !matches!(who.kind, Kind::Service { .. });
    has_account.then(|| who.account.to_string())
}

/// `kms:ViaService`: `s3.eu-west-1.amazonaws.com`, where a service calls on behalf of the caller.
pub(crate) fn via_service(caller: &Caller) -> Option<String> {
    let service = caller.via.last()?.strip_suffix(".amazonaws.com")?;
    Some(format!("{service}.{}.amazonaws.com", caller.region))
}

fn elsewhere(caller: &Caller, action: &str, arn: &str) -> wire::Fault {
    fault::denied_elsewhere(caller.who.arn(), action, arn)
}

pub(crate) async fn aliases_of<R: Get>(read: &R, account: AccountId, id: KeyId) -> Answer<Vec<String>> {
    let pairs = read.range(records::aliases_of(account, id).all(), ALIASES_PER_KEY_MAX + 1).await?;
    let name = |(at, _): &(wire::Blob, wire::Blob)| {
        let mut parts = Parts::of(at);
        (0..4).map(|_| parts.text()).last().flatten()
    };
    Ok(pairs.iter().filter_map(name).collect())
}

/// The key behind `alias/aws/SERVICE` before its first use. Its id follows from whose it is, so that two who use it
/// first name the same key.
fn managed(caller: &Caller, alias: &str) -> Option<Key> {
    let (region, account) = (caller.region.clone(), caller.account());
    let (service, policy, description) = policies::managed(alias, region.as_str(), account)?;
    let digest = Sha256::digest(format!("kumiki managed key 1\0{region}\0{account}\0{service}"));
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    id[6] = id[6] & 0x0f | 0x40;
    id[8] = id[8] & 0x3f | 0x80;
    Some(Key {
        region,
        account,
        id: KeyId::uuid(id),
        spec: Spec::Symmetric,
        usage: Usage::EncryptDecrypt,
        origin: Origin::AwsKms,
        managed_by: Some(service.to_owned()),
        description: description.to_owned(),
        policy,
        tags: std::collections::BTreeMap::new(),
        created_ms: 0,
        is_disabled: false,
        deletion: None,
        materials: Vec::new(),
        rotation: Some(Rotation { period_days: crate::limits::ROTATION_DAYS_DEFAULT, next_ms: 0 }),
        family: None,
    })
}

impl Key {
    /// As a key of AWS that nobody has used yet.
    fn found(self, alias: &str) -> Answer<Found> {
        let policy = compiled(&self.policy)?;
        Ok(Found { key: self.into(), policy, aliases: vec![alias.to_owned()], is_new: true })
    }
}

/// The parts of a [`floor::Handle`] that all operations on a key share: `on_key!(Input, "kms:Action", |caller, input| about)`.
macro_rules! on_key {
    ($input:ty, $action:literal, |$caller:ident, $in:ident| $about:expr) => {
        type Loaded = $crate::keyed::Found;

        const ACTIONS: &'static [&'static str] = &[$action];

        fn place(&self, $caller: &floor::Caller, $in: &$input) -> wire::Answer<floor::Placement> {
            $about.place($caller)
        }

        async fn resource<R: floor::Get>(
            &self,
            $caller: &floor::Caller,
            read: &R,
            $in: &$input,
        ) -> wire::Answer<floor::Target<$crate::keyed::Found>> {
            self.on_key($caller, read, &$about, $action).await
        }
    };
}
pub(crate) use on_key;

/// Shared by the handlers.
pub(crate) type FoundKey = Arc<Found>;
