//! S3's uploads from a browser's form: what is signed is the policy document in the form, not the request.
//!
//! Source: "Authenticating Requests in Browser-Based Uploads Using POST" of the S3 API reference. What the policy
//! says (its expiration, its conditions) is checked by S3 itself. Forms signed with Version 2 are taken as URLs are:
//! boto3 makes them unless it is told otherwise.

use crate::{
    AuthError, Form, Payload, Scheme, Verified, Verifier,
    claim::{ALGORITHM, Credential, EXPIRES_S_MAX, SKEW_S},
    date::AmzDate,
    error::{FormFault, Malformed, Mismatch},
    version2,
};
use env::Timestamp;
use http::HeaderMap;
use subtle::ConstantTimeEq;

/// The fields of a form that prove who wrote its policy.
#[derive(Clone, Copy, Default)]
pub struct Fields<'a> {
    /// `policy`, still in base64.
    pub policy: Option<&'a str>,
    /// `x-amz-algorithm`.
    pub algorithm: Option<&'a str>,
    /// `x-amz-credential`.
    pub credential: Option<&'a str>,
    /// `x-amz-date`.
    pub date: Option<&'a str>,
    /// `x-amz-signature`.
    pub signature: Option<&'a str>,
    /// `x-amz-security-token`.
    pub token: Option<&'a str>,
    /// `AWSAccessKeyId`, of Signature Version 2. It counts in forms without `x-amz-algorithm`.
    pub access_key: Option<&'a str>,
    /// `signature`, of Signature Version 2.
    pub version2: Option<&'a str>,
}

impl Verifier {
    /// Who signed the form's policy. For forms that have one: a form without `policy` is an anonymous upload.
    pub async fn verify_form(
        &self,
        fields: Fields<'_>,
        now: Timestamp,
        scheme: Scheme<'_>,
    ) -> Result<Verified, AuthError> {
        let service = scheme.service;
        let verified = self.verify_fields(fields, now, scheme).await?;
        self.note_use(&verified, service);
        Ok(verified)
    }

    async fn verify_fields(
        &self,
        fields: Fields<'_>,
        now: Timestamp,
        scheme: Scheme<'_>,
    ) -> Result<Verified, AuthError> {
        let policy = required("policy", fields.policy)?;
        if let (None, Some(access_key)) = (fields.algorithm, fields.access_key) {
            return self.verify_version2_form(access_key, policy, fields, now).await;
        }
        let algorithm = required("x-amz-algorithm", fields.algorithm)?;
        let text = required("x-amz-credential", fields.credential)?;
        let date = required("x-amz-date", fields.date)?;
        let signature = required("x-amz-signature", fields.signature)?;
        if algorithm != ALGORITHM {
            return Err(AuthError::Form(FormFault::Algorithm(algorithm.to_owned())));
        }
        let (_, at) =
            AmzDate::parse(date).ok_or_else(|| AuthError::Form(FormFault::Date(date.to_owned())))?;
        let wrong = |fault| AuthError::Form(FormFault::Credential(text.to_owned(), fault));
        let credential = Credential::parse(text.into(), true).map_err(wrong)?;
        credential.check(&scheme).map_err(wrong)?;
        if !date.starts_with(credential.day()) {
            let (given, date) = (credential.day().to_owned(), date.to_owned());
            return Err(wrong(Malformed::DayMismatch { given, date }));
        }
        check_lifetime(at, now, date)?;

        let found = self.find(credential.access_key(), fields.token, Some(credential.region())).await?;
        let scope = credential.scope_of(found.generation);
        let (entry, is_new) = self.signing_key(&scope, &found.secret).ok_or_else(|| {
            AuthError::Form(FormFault::Credential(text.to_owned(), Malformed::Credential(text.to_owned())))
        })?;
        let expected = entry.key.sign_hex(policy.as_bytes());
        if !found.is_taken_at_its_word && !bool::from(expected.as_slice().ct_eq(signature.as_bytes())) {
            return Err(AuthError::Mismatch(Box::new(Mismatch {
                access_key: credential.access_key().to_owned(),
                string_to_sign: policy.to_owned(),
                provided: signature.to_owned(),
                canonical_request: String::new(),
            })));
        }
        if is_new {
            self.keep(&scope, &entry);
        }
        Ok(Verified {
            identity: found.identity,
            access_key: Some(credential.access_key().to_owned()),
            date: at,
            region: Some(entry.region.clone()),
            payload: Payload::Unsigned,
            form: Form::Form,
            carried: HeaderMap::new(),
            is_public: found.is_public,
        })
    }

    /// Such a form has no date but the one in its policy.
    async fn verify_version2_form(
        &self,
        access_key: &str,
        policy: &str,
        fields: Fields<'_>,
        now: Timestamp,
    ) -> Result<Verified, AuthError> {
        let signature = required("signature", fields.version2)?;
        let found = self.find(access_key, fields.token, None).await?;
        if !found.is_taken_at_its_word {
            version2::check_form(access_key, signature, policy, &found.secret)?;
        }
        Ok(Verified {
            identity: found.identity,
            access_key: Some(access_key.to_owned()),
            date: now,
            region: None,
            payload: Payload::Unsigned,
            form: Form::Form,
            carried: HeaderMap::new(),
            is_public: found.is_public,
        })
    }
}

/// Whether something signed at `at` may still be used: a signature of any kind lives a week at most.
fn check_lifetime(at: Timestamp, now: Timestamp, date: &str) -> Result<(), AuthError> {
    if at.0 > now.0.saturating_add(SKEW_S * 1000) {
        return Err(AuthError::NotYetValid);
    }
    let end = Timestamp(at.0.saturating_add(EXPIRES_S_MAX * 1000));
    if end < now {
        let request = date.to_owned();
        return Err(AuthError::Expired { request, expires_s: EXPIRES_S_MAX, at: end, now });
    }
    Ok(())
}

fn required<'a>(name: &'static str, value: Option<&'a str>) -> Result<&'a str, AuthError> {
    value.ok_or(AuthError::Form(FormFault::Missing(name)))
}
