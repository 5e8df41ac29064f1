//! Which service a request is for. A head often says it several times; the first of these counts:
//!
//! 1. the service in the scope of its signature, in the header or in the query of a presigned URL; a signature of
//!    Version 2 has no scope, and is S3's;
//! 2. the prefix of `X-Amz-Target`;
//! 3. the host name;
//! 4. the `Action` of a query, or of a form: then the service that has it, in the `Version` that the form names;
//!    the path of a queue's address needs no rule of its own, for such requests carry an action;
//! 5. nothing: it is S3's.
//!
//! S3 and its control plane sign alike. Requests to the latter go to a path of its own, and name an account in a header
//! or are sent to a host of its own: a bucket may have that path's name.

use std::borrow::Cow;

use auth::Region;
use http::{
    HeaderMap, Method,
    header::{AUTHORIZATION, CONTENT_TYPE},
    request::Parts,
};
use percent_encoding::percent_decode_str;
use wire::{
    ServiceMeta,
    route::X_AMZ_TARGET,
    text::{pairs, percent_decode},
};

use crate::host::{self, Endpoint, HostName};

/// Which service a request is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Claim {
    /// This one.
    Of(&'static ServiceMeta),
    /// What the form in the body names.
    InForm,
}

/// A request, as far as its head tells.
pub(crate) struct Claimed {
    /// `Err` with the name of a service that is not served.
    pub(crate) service: Result<Claim, String>,
    /// The bucket that the host names.
    pub(crate) bucket: Option<Box<str>>,
    /// The region that the host names.
    pub(crate) region: Option<Region>,
    /// Which of S3's endpoints the host is.
    pub(crate) endpoint: Endpoint,
    /// Whether it shows credentials.
    pub(crate) signed: bool,
}

/// Reads a head, where `services` are served.
pub(crate) fn read(head: &Parts, services: &[&'static ServiceMeta], hosts: &[String]) -> Claimed {
    let host = auth::host(head).and_then(|h| std::str::from_utf8(h).ok()).unwrap_or_default();
    let name = host::read(host::without_port(host), services, hosts);
    let scope = scope_in_header(&head.headers).or_else(|| scope_in_query(head.uri.query()?));
    let scope = scope.or_else(|| is_version2(head).then_some(Cow::Borrowed("s3")));
    let signed = scope.is_some() || head.headers.contains_key(AUTHORIZATION);
    let service = match scope.as_deref() {
        // Where the host names a served service, a foreign scope is that service's to refuse.
        Some(scope) => {
            let named = || name.service.as_ref();
            services
                .iter()
                .find(|s| s.signing_name == scope)
                .or_else(named)
                .map(|s| Claim::Of(s))
                .ok_or(scope)
        }
        None => Ok(()).and_then(|()| unsigned(head, services, &name)),
    };
    let service = service.map(|claim| match claim {
        Claim::Of(service) if service.s3 => Claim::Of(plane(service, head, &name, services)),
        claim => claim,
    });
    let is_control = matches!(&service, Ok(Claim::Of(service)) if service.s3 && !service.objects);
    Claimed {
        service: service.map_err(str::to_owned),
        bucket: name.bucket.filter(|_| !is_control).map(Into::into),
        region: name.region.and_then(|r| r.parse().ok()),
        endpoint: name.endpoint,
        signed,
    }
}

/// What the paths of S3's control plane begin with.
const CONTROL_PATH: &str = "/v20180820/";

/// S3 or its control plane, whichever of them a request of either is for.
fn plane(
    service: &'static ServiceMeta,
    head: &Parts,
    name: &HostName<'_>,
    services: &[&'static ServiceMeta],
) -> &'static ServiceMeta {
    let is_control = head.uri.path().starts_with(CONTROL_PATH)
        && (name.endpoint == Endpoint::Control || head.headers.contains_key("x-amz-account-id"));
    services.iter().find(|s| s.s3 && s.objects != is_control).copied().unwrap_or(service)
}

fn unsigned<'a>(
    head: &'a Parts,
    services: &[&'static ServiceMeta],
    name: &HostName<'a>,
) -> Result<Claim, &'a str> {
    if let Some(target) = head.headers.get(X_AMZ_TARGET) {
        let prefix = target.to_str().unwrap_or_default().rsplit_once('.').map_or("", |(prefix, _)| prefix);
        return services.iter().find(|s| s.target_prefix == prefix).map(|s| Claim::Of(s)).ok_or(prefix);
    }
    if let Some(service) = name.service {
        return Ok(Claim::Of(service));
    }
    if let Some(service) = name.unserved {
        return Err(service);
    }
    if let Some(service) = head.uri.query().and_then(|query| of_action(query, services)) {
        return Ok(Claim::Of(service));
    }
    if head.method == Method::POST && is_form(&head.headers) {
        return Ok(Claim::InForm);
    }
    services.iter().find(|s| s.objects).map(|s| Claim::Of(s)).ok_or("s3")
}

/// The service that has the form's `Action`; where several have, the one of its `Version`.
pub(crate) fn of_action(form: &str, services: &[&'static ServiceMeta]) -> Option<&'static ServiceMeta> {
    let field =
        |name| pairs(form).find(|(key, _)| *key == name).and_then(|(_, value)| percent_decode(value, true));
    let action = field("Action")?;
    let version = field("Version").unwrap_or_default();
    let has = |s: &&&'static ServiceMeta| {
        s.protocols.iter().any(|p| p.name() == "awsQuery") && s.operation(&action).is_some()
    };
    let mut having = services.iter().filter(has).copied();
    let first = having.next()?;
    if first.api_version == version {
        Some(first)
    } else {
        having.find(|s| s.api_version == version).or(Some(first))
    }
}

/// Whether the body is a form with an `Action`.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    content_type_is(headers, "application/x-www-form-urlencoded")
}

/// Whether the body is a browser's upload form.
pub(crate) fn is_upload_form(headers: &HeaderMap) -> bool {
    content_type_is(headers, "multipart/form-data")
}

fn content_type_is(headers: &HeaderMap, wanted: &str) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    value.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(wanted))
}

/// `Credential=KEY/DAY/REGION/SERVICE/aws4_request`: the service.
fn scope_in_header(headers: &HeaderMap) -> Option<Cow<'_, str>> {
    const USUAL: &str = "AWS4-HMAC-SHA256 Credential=";
    let text = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let credential = text.strip_prefix(USUAL).or_else(|| Some(text.split_once("Credential=")?.1))?;
    let end = credential.bytes().position(|b| matches!(b, b',' | b' ')).unwrap_or(credential.len());
    service_of(&credential[..end]).map(Cow::Borrowed)
}

/// The fourth of five parts. A credential of any other form names nothing, and the verifier says what is wrong.
fn service_of(credential: &str) -> Option<&str> {
    let mut parts = credential.split('/').skip(3);
    let service = parts.next()?;
    (parts.next().is_some() && parts.next().is_none()).then_some(service)
}

fn scope_in_query(query: &str) -> Option<Cow<'_, str>> {
    let (_, value) = pairs(query).find(|(key, _)| *key == "X-Amz-Credential")?;
    let credential = percent_decode_str(value).decode_utf8_lossy();
    service_of(&credential).map(|service| Cow::Owned(service.to_owned()))
}

/// Whether the signature is one of Version 2 as S3 has it. Other services had a Version 2 of their own, which names
/// itself and is not taken.
fn is_version2(head: &Parts) -> bool {
    if let Some(value) = head.headers.get(AUTHORIZATION) {
        return value.as_bytes().starts_with(b"AWS ");
    }
    let has = |name| pairs(head.uri.query().unwrap_or_default()).any(|(key, _)| key == name);
    has("Signature") && has("AWSAccessKeyId") && !has("SignatureVersion")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SERVICES;

    fn claimed(request: http::request::Builder) -> Claimed {
        read(&request.body(()).unwrap().into_parts().0, SERVICES, &[])
    }

    fn service(request: http::request::Builder) -> String {
        match claimed(request).service {
            Ok(Claim::Of(service)) => service.id.to_owned(),
            Ok(Claim::InForm) => "form".to_owned(),
            Err(name) => format!("no {name}"),
        }
    }

    fn get(uri: &str) -> http::request::Builder {
        http::Request::get(uri).header("host", "localhost:4566")
    }

    fn signed(uri: &str, scope: &str) -> http::request::Builder {
        let value =
            format!("AWS4-HMAC-SHA256 Credential=test/20260101/{scope}/aws4_request, SignedHeaders=host");
        get(uri).header("authorization", value)
    }

    #[test]
    fn a_signature_says_it_first() {
        assert_eq!(service(signed("/", "eu-west-1/sqs")), "sqs");
        assert_eq!(
            service(signed("/", "eu-west-1/s3").header("x-amz-target", "AmazonSQS.SendMessage")),
            "s3"
        );
        assert_eq!(service(signed("/", "eu-west-1/dynamodb")), "no dynamodb");
        let presigned =
            "/b/k?X-Amz-Credential=test%2F20260101%2Fus-east-1%2Fsns%2Faws4_request&Action=ListQueues";
        assert_eq!(service(get(presigned)), "sns");
        assert!(claimed(get(presigned)).signed && !claimed(get("/b/k")).signed);
        assert_eq!(service(get("/b/k").header("authorization", "AWS test:c2ln")), "s3");
        assert_eq!(service(signed("/b/k", "sqs")), "s3", "four parts");
        assert_eq!(service(signed("/", "us-east-1/x/sqs")), "s3", "six parts");
        let foreign = http::Request::get("/").header("host", "sqs.localhost").header(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/glacier/aws4_request, SignedHeaders=host",
        );
        assert_eq!(service(foreign), "sqs");
        let version2 = "/b/k?AWSAccessKeyId=test&Signature=c2ln&Expires=1&Action=ListQueues";
        assert_eq!(service(get(version2)), "s3");
        assert!(claimed(get(version2)).signed);
        assert_eq!(service(get(&format!("{version2}&SignatureVersion=2"))), "sqs");
    }

    #[test]
    fn without_one_the_target_the_host_and_the_action_do() {
        let post = || http::Request::post("/").header("host", "localhost");
        assert_eq!(service(post().header("x-amz-target", "AmazonSQS.SendMessage")), "sqs");
        assert_eq!(
            service(post().header("x-amz-target", "DynamoDB_20120810.PutItem")),
            "no DynamoDB_20120810"
        );
        assert_eq!(service(http::Request::get("/").header("host", "sns.eu-west-1.localhost")), "sns");
        assert_eq!(service(http::Request::get("/").header("host", "iam.amazonaws.com")), "no iam");
        assert_eq!(service(get("/?Action=GetCallerIdentity&Version=2011-06-15")), "sts");
        assert_eq!(service(get("/000000000000/queue?Action=ReceiveMessage")), "sqs");
        assert_eq!(service(get("/bucket?Action=Unheard")), "s3");
        let form = post().header("content-type", "application/x-www-form-urlencoded; charset=utf-8");
        assert_eq!(service(form), "form");
        assert_eq!(service(get("/bucket/key")), "s3");
    }

    #[test]
    fn the_control_plane_has_a_path_and_an_account_of_its_own() {
        let path = "/v20180820/accesspoint/a";
        assert_eq!(service(signed(path, "eu-west-1/s3").header("x-amz-account-id", "1")), "s3control");
        assert_eq!(service(signed(path, "eu-west-1/s3")), "s3", "a bucket's name");
        assert_eq!(service(signed("/b/k", "eu-west-1/s3").header("x-amz-account-id", "1")), "s3");
        assert_eq!(service(get(path).header("x-amz-account-id", "1")), "s3control");
        let at = |host: &str| http::Request::get(path).header("host", host);
        assert_eq!(service(at("1.s3-control.eu-west-1.localhost")), "s3control");
        let by_host = claimed(at("000000000000.localhost").header("x-amz-account-id", "1"));
        assert!(by_host.bucket.is_none());
    }

    #[test]
    fn one_action_of_two_services_goes_by_version() {
        let of = |form: &str| of_action(form, SERVICES).map(|s| s.id);
        assert_eq!(of("Action=TagResource&Version=2010-03-31"), Some("sns"));
        assert_eq!(of("Action=AddPermission&Version=2010-03-31"), Some("sns"));
        assert_eq!(of("Action=AddPermission&Version=2012-11-05"), Some("sqs"));
        assert_eq!(of("Version=2012-11-05&Action=Send%4dessage"), Some("sqs"));
        assert_eq!(of("Action=PutObject"), None);
        assert_eq!(of("Key=Action"), None);
    }

    #[test]
    fn a_host_names_bucket_and_region() {
        let request = http::Request::get("/key").header("host", "photos.s3.eu-west-1.localhost:4566");
        let claimed = claimed(request);
        assert_eq!(claimed.bucket.as_deref(), Some("photos"));
        assert_eq!(claimed.region.unwrap().as_str(), "eu-west-1");
    }
}
