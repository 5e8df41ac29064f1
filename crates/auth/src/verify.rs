//! The verifier: from a request's head to who signed it.

use crate::{
    AuthError, Credential, Form, Identities, Identity, Payload, Region, Scheme, Seed, Verified,
    canonical::{self, PathRule, Scratch, Terms, with_scratch},
    claim::{ALGORITHM, ALGORITHM_4A, Claim, Claimed},
    error::{Mismatch, Place},
    keys::{Cache, Entry, Scope, SigningKey, write_hex},
    payload,
    version4a::PublicKey,
};
use env::Timestamp;
use http::{HeaderMap, request::Parts};
use sha2::{Digest, Sha256};
use std::{borrow::Cow, sync::Arc};
use subtle::ConstantTimeEq;

/// Verifies requests. One for the whole process: it keeps the signing keys in use.
pub struct Verifier {
    identities: Arc<dyn Identities>,
    keys: Cache,
    anonymous: Arc<Identity>,
}

impl Verifier {
    /// A verifier that looks access keys up in `identities`.
    pub fn new(identities: Arc<dyn Identities>) -> Verifier {
        Verifier { identities, keys: Cache::new(), anonymous: Arc::new(Identity::anonymous()) }
    }

    /// Who signed the request with this head, at `now` of the `auth` clock, for an endpoint that wants it as `scheme`
    /// says. A request without credentials is anonymous, which is no error here.
    pub async fn verify(
        &self,
        head: &Parts,
        now: Timestamp,
        scheme: Scheme<'_>,
    ) -> Result<Verified, AuthError> {
        let Some(claimed) = Claimed::read(head, &scheme)? else {
            return self.unsigned(head, now, &scheme);
        };
        // What waits is written here alone: whatever it is given would stand twice in its future.
        let found = match &claimed {
            Claimed::Version2(claim) => {
                claim.check_time(now)?;
                self.find(claim.access_key(), claim.token().as_deref(), None).await?
            }
            Claimed::Version4(claim) => {
                claim.check_time(now, scheme.s3)?;
                let region = claim.region(&scheme)?;
                let access_key = claim.credential.access_key();
                self.find(access_key, claim.token.as_deref(), region.as_deref()).await?
            }
        };
        let verified = match claimed {
            Claimed::Version2(claim) => claim.verified(head, now, &scheme, found)?,
            Claimed::Version4(claim) => self.verified(head, &scheme, &claim, found)?,
        };
        self.note_use(&verified, scheme.service);
        Ok(verified)
    }

    /// Tells whoever keeps the key that it was used.
    pub(crate) fn note_use(&self, verified: &Verified, service: &str) {
        if let Some(access_key) = &verified.access_key {
            self.identities.used(access_key, service, verified.region.as_ref());
        }
    }

    fn verified(
        &self,
        head: &Parts,
        scheme: &Scheme<'_>,
        claim: &Claim<'_>,
        credential: Credential,
    ) -> Result<Verified, AuthError> {
        let payload = payload::signed_as(head, claim, scheme)?;
        check_signed_headers(head, claim, scheme)?;
        let request = Signed { head, claim, scheme, payload: &payload };
        let (region, payload) = if claim.region_set.is_some() {
            let region = claim.region(scheme)?.and_then(|name| name.parse().ok());
            (region, check_pair(&request, &credential)?)
        } else {
            self.check_secret(&request, &credential)?
        };
        Ok(Verified {
            identity: credential.identity,
            access_key: Some(claim.credential.access_key().to_owned()),
            date: claim.at,
            region,
            payload,
            form: if claim.place == Place::Header { Form::Header } else { Form::Query },
            carried: HeaderMap::new(),
            is_public: credential.is_public,
        })
    }

    /// A signature of Version 4: the region that it is for, and what is left to check of the body.
    fn check_secret(
        &self,
        request: &Signed<'_>,
        credential: &Credential,
    ) -> Result<(Option<Region>, Payload), AuthError> {
        let claim = request.claim;
        let scope = claim.credential.scope_of(credential.generation);
        let (entry, is_new) = self.signing_key(&scope, &credential.secret).ok_or_else(|| claim.unscoped())?;
        let is_taken_at_its_word = credential.is_taken_at_its_word;
        if !is_taken_at_its_word {
            with_scratch(|scratch| check_signature(scratch, request, &Key::Secret(&entry.key)))?;
        }
        if is_new {
            self.keep(&scope, &entry);
        }
        let seed = || Ok(seed(claim, &entry.key, is_taken_at_its_word));
        let payload = payload::to_check(request.payload, request.head, request.scheme, seed)?;
        Ok((Some(entry.region.clone()), payload))
    }

    pub(crate) async fn find(
        &self,
        access_key: &str,
        token: Option<&str>,
        region: Option<&str>,
    ) -> Result<Credential, AuthError> {
        self.identities.find(access_key, token, region).await
    }

    /// The key of `scope`, and whether it is new; `None` if `scope` is none.
    pub(crate) fn signing_key(&self, scope: &Scope<'_>, secret: &str) -> Option<(Arc<Entry>, bool)> {
        match self.keys.get(scope) {
            Some(entry) => Some((entry, false)),
            None => Entry::derive(scope, secret).map(|entry| (entry, true)),
        }
    }

    /// Keeps a new key that verified something.
    pub(crate) fn keep(&self, scope: &Scope<'_>, entry: &Arc<Entry>) {
        self.keys.put(scope, Arc::clone(entry));
    }

    fn unsigned(&self, head: &Parts, now: Timestamp, scheme: &Scheme<'_>) -> Result<Verified, AuthError> {
        Ok(Verified {
            identity: Arc::clone(&self.anonymous),
            access_key: None,
            date: now,
            region: None,
            payload: payload::anonymous(head, scheme)?,
            form: Form::Anonymous,
            carried: HeaderMap::new(),
            is_public: false,
        })
    }
}

fn seed(claim: &Claim<'_>, key: &SigningKey, is_taken_at_its_word: bool) -> Arc<Seed> {
    Arc::new(Seed {
        key: key.clone(),
        date: claim.date.as_str().to_owned(),
        scope: claim.credential.scope().to_owned(),
        signature: claim.signature.clone().into_owned(),
        access_key: claim.credential.access_key().to_owned(),
        is_taken_at_its_word,
    })
}

fn check_signed_headers(head: &Parts, claim: &Claim<'_>, scheme: &Scheme<'_>) -> Result<(), AuthError> {
    let signed = &claim.signed_headers;
    let missing = canonical::not_signed(&head.headers, signed, scheme.s3);
    if !missing.is_empty() {
        return Err(AuthError::NotSigned(missing));
    }
    // S3 takes an absent header as an empty one.
    if scheme.s3 {
        return Ok(());
    }
    let is_absent = |name: &&[u8]| {
        !name.eq_ignore_ascii_case(b"host") && canonical::values(&head.headers, name).next().is_none()
    };
    match canonical::names(signed).find(is_absent) {
        Some(name) => Err(AuthError::SignedButAbsent(String::from_utf8_lossy(name).into_owned())),
        None => Ok(()),
    }
}

/// A request with a signature of Version 4 or 4A.
struct Signed<'a> {
    head: &'a Parts,
    claim: &'a Claim<'a>,
    scheme: &'a Scheme<'a>,
    /// The last line of the canonical request.
    payload: &'a str,
}

/// A signature of Version 4A: what is left to check of the body.
fn check_pair(request: &Signed<'_>, credential: &Credential) -> Result<Payload, AuthError> {
    if !credential.is_taken_at_its_word {
        let key = PublicKey::derive(request.claim.credential.access_key(), &credential.secret);
        let key = key.ok_or_else(|| request.claim.unscoped())?;
        with_scratch(|scratch| check_signature(scratch, request, &Key::Pair(&key)))?;
    }
    payload::to_check(request.payload, request.head, request.scheme, || Err(AuthError::Version4A))
}

/// Tries AWS's canonical form first. What clients sign that send a path or query in another form, and sign it as they
/// send it, is tried after that: such a signature covers the very bytes that came.
fn check_signature(scratch: &mut Scratch, request: &Signed<'_>, key: &Key<'_>) -> Result<(), AuthError> {
    let Signed { head, claim, scheme, payload } = *request;
    let rule = if scheme.s3 { PathRule::Once } else { PathRule::Twice };
    let terms = Terms { path: rule, query_as_sent: false, signed_headers: &claim.signed_headers, payload };
    if matches(scratch, head, claim, &terms, key) {
        return Ok(());
    }
    let mismatch = Mismatch {
        access_key: claim.credential.access_key().to_owned(),
        string_to_sign: String::from_utf8_lossy(&scratch.to_sign).into_owned(),
        provided: claim.signature.clone().into_owned(),
        canonical_request: String::from_utf8_lossy(&scratch.request).into_owned(),
    };
    let (path_differs, query_differs) = canonical::differs_as_sent(&head.uri, rule);
    for (path, query_as_sent) in [(rule, true), (PathRule::AsSent, false), (PathRule::AsSent, true)] {
        let possible = (path == rule || path_differs) && (!query_as_sent || query_differs);
        if possible && matches(scratch, head, claim, &Terms { path, query_as_sent, ..terms }, key) {
            return Ok(());
        }
    }
    Err(AuthError::Mismatch(Box::new(mismatch)))
}

fn matches(scratch: &mut Scratch, head: &Parts, claim: &Claim<'_>, terms: &Terms<'_>, key: &Key<'_>) -> bool {
    scratch.canonical_request(head, terms);
    let algorithm = match key {
        Key::Secret(_) => ALGORITHM,
        Key::Pair(_) => ALGORITHM_4A,
    };
    scratch.string_to_sign(algorithm, claim.date.as_str(), claim.credential.scope());
    match key {
        Key::Secret(key) => same(&key.sign_hex(&scratch.to_sign), claim.signature.as_bytes()),
        Key::Pair(key) => key.verifies(&scratch.to_sign, claim.signature.as_bytes()),
    }
}

/// What verifies a signature of Version 4, and of 4A.
enum Key<'a> {
    Secret(&'a SigningKey),
    Pair(&'a PublicKey),
}

/// Whether a signature is the right one, in a time that tells nothing of where it differs; eight bytes at a time.
fn same(computed: &[u8; 64], given: &[u8]) -> bool {
    let word = |bytes: &[u8]| u64::from_ne_bytes(bytes.try_into().unwrap_or_default());
    let words = computed.chunks_exact(8).zip(given.chunks_exact(8));
    let differing = words.fold(0, |differing, (a, b)| differing | (word(a) ^ word(b)));
    given.len() == computed.len() && bool::from(differing.ct_eq(&0))
}

/// The SHA-256 of `body` in lower-case hexadecimal.
pub(crate) fn hash_text(body: &[u8]) -> Cow<'static, str> {
    const OF_NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    if body.is_empty() {
        return Cow::Borrowed(OF_NOTHING);
    }
    let mut text = [0; 64];
    write_hex(&Sha256::digest(body), &mut text);
    Cow::Owned(String::from_utf8_lossy(&text).into_owned())
}
