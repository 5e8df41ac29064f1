//! Uploads from a browser's form.

use crate::common::{KEY, SECRET, hmac, signing_key, verifier};
use auth::{AuthError, Dialect, Form, Scheme, Verified, form::Fields};
use env::Timestamp;
use futures_util::FutureExt;

/// 2015-12-29T00:00:00Z.
const NOW: Timestamp = Timestamp(1_451_347_200_000);
const POLICY: &str = "eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiIH0=";

fn signature() -> String {
    let key = signing_key(SECRET, "20151229", "us-east-1", "s3");
    hex::encode(hmac(&key, POLICY.as_bytes()))
}

fn verify(fields: Fields<'_>, now: Timestamp) -> Result<Verified, AuthError> {
    verifier().verify_form(fields, now, Scheme::s3()).now_or_never().unwrap()
}

#[test]
fn forms_are_signed_by_their_policy() {
    let signature = signature();
    let credential = format!("{KEY}/20151229/us-east-1/s3/aws4_request");
    let good = Fields {
        policy: Some(POLICY),
        algorithm: Some("AWS4-HMAC-SHA256"),
        credential: Some(&credential),
        date: Some("20151229T000000Z"),
        signature: Some(&signature),
        ..Fields::default()
    };
    let verified = verify(good, NOW).unwrap();
    assert_eq!((verified.form, verified.access_key.as_deref()), (Form::Form, Some(KEY)));

    let day = 86_400_000;
    assert!(verify(good, Timestamp(NOW.0 + 7 * day)).is_ok());
    let refused = |fields, now| {
        let refusal = verify(fields, now).unwrap_err().refusal(Dialect::S3);
        (refusal.status, refusal.code, refusal.message)
    };
    let table = [
        (good, Timestamp(NOW.0 + 7 * day + 1), 403, "AccessDenied", "Request has expired"),
        (good, Timestamp(NOW.0 - day), 403, "AccessDenied", "Request is not valid yet"),
        (
            Fields { policy: Some("eyB9"), ..good },
            NOW,
            403,
            "SignatureDoesNotMatch",
            "The request signature we",
        ),
        (
            Fields { signature: Some("00"), ..good },
            NOW,
            403,
            "SignatureDoesNotMatch",
            "The request signature we",
        ),
        (
            Fields { signature: None, ..good },
            NOW,
            400,
            "InvalidArgument",
            "Bucket POST must contain a field named 'x-amz-signature'.",
        ),
        (Fields { algorithm: Some("MD5"), ..good }, NOW, 400, "InvalidArgument", "Only AWS4-HMAC-SHA256 is"),
        (Fields { date: Some("today"), ..good }, NOW, 400, "InvalidArgument", "X-Amz-Date must be formated"),
        (
            Fields { date: Some("20151230T000000Z"), ..good },
            NOW,
            400,
            "InvalidArgument",
            "Invalid credential date",
        ),
        (
            Fields { credential: Some("a/b"), ..good },
            NOW,
            400,
            "InvalidArgument",
            "the Credential is mal-formed",
        ),
        (
            Fields { credential: Some("other/20151229/us-east-1/s3/aws4_request"), ..good },
            NOW,
            403,
            "InvalidAccessKeyId",
            "The AWS Access Key Id you provided",
        ),
    ];
    for (fields, now, status, code, message) in table {
        let refusal = refused(fields, now);
        assert_eq!((refusal.0, refusal.1), (status, code), "{}", refusal.2);
        assert!(refusal.2.starts_with(message), "{}", refusal.2);
    }
}

/// What boto3 makes unless it is told otherwise: `AWSAccessKeyId`, `policy` and `signature`.
#[test]
fn forms_of_version_2_too() {
    let good = Fields {
        policy: Some(POLICY),
        access_key: Some(KEY),
        version2: Some("7bM1Yxbt4TxbhYUSC9acNH12W30="),
        ..Fields::default()
    };
    let verified = verify(good, NOW).unwrap();
    assert_eq!((verified.form, verified.access_key.as_deref()), (Form::Form, Some(KEY)));
    let refused = |fields| {
        let refusal = verify(fields, NOW).unwrap_err().refusal(Dialect::S3);
        (refusal.status, refusal.code, refusal.fields.len())
    };
    assert_eq!(refused(Fields { policy: Some("eyB9"), ..good }), (403, "SignatureDoesNotMatch", 4));
    assert_eq!(refused(Fields { access_key: Some("other"), ..good }), (403, "InvalidAccessKeyId", 1));
    assert_eq!(refused(Fields { version2: None, ..good }), (400, "InvalidArgument", 2));
    assert_eq!(refused(Fields { token: Some("t"), ..good }), (400, "InvalidToken", 1));
    // A form that says it is of Version 4 is held to that.
    assert_eq!(refused(Fields { algorithm: Some("AWS4-HMAC-SHA256"), ..good }).1, "InvalidArgument");
}
