//! What the server says about itself: `/metrics`, `/_kumiki/health`, what the tools of LocalStack's users look for, what
//! issuers of tokens publish, and what messages of SNS are verified with. No bucket is hidden by these names: a bucket's name does not begin with an underscore,
//! and `/metrics` is ours only for a GET without credentials or query.
//!
//! An issuer is a host of AWS, `https://ID.tokens.sts.global.api.aws`. Who has no such name for this server finds the
//! same documents under `/_kumiki/issuers/ID`.

use std::fmt::Write;

use auth::{AccountId, Region};
use http::{
    HeaderValue, Method, Response, StatusCode,
    header::{ALLOW, CONTENT_TYPE},
    request::Parts,
};
use wire::{
    Body, ServiceMeta, Time,
    schema::TimeFormat,
    text::{pairs, percent_decode},
};

use crate::{
    claim::Claimed,
    config::{Config, Errand, Paper},
    host::without_port,
    page,
};

const PEM: HeaderValue = HeaderValue::from_static("application/x-pem-file");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// Prometheus' text format.
const FIGURES: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");

/// A question to the server itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Question {
    Metrics,
    Health,
    LocalStackHealth,
    LocalStackInit,
    LocalStackInfo,
    Reset,
    /// Something that changes the server, asked by a web page of another site.
    Forbidden,
    /// Of the issuer of this id.
    Issuer(Box<str>, Paper),
    /// A certificate that messages of SNS are verified with, by its name.
    Certificate(Box<str>),
    /// About messages that SNS could deliver nowhere.
    Errand(Errand),
    /// The same as a certificate, asked of a host that is not this one.
    Misdirected,
    /// Under one of our prefixes, and nothing that we have.
    Unknown,
    /// Asked with a method that the path does not take: the one it does.
    Method(&'static str),
}

/// Which question a request is, if it is one.
pub(crate) fn asked(head: &Parts, claimed: &Claimed, hosts: &[String]) -> Option<Question> {
    let path = head.uri.path();
    // Most requests are told apart by their second byte.
    if !matches!(path.as_bytes().get(1), Some(b'_' | b'm' | b'.' | b'S')) || claimed.bucket.is_some() {
        return None;
    }
    let reads = head.method == Method::GET || head.method == Method::HEAD;
    let (question, takes) = match path {
        "/metrics" => {
            let ours = reads && !claimed.signed && head.uri.query().is_none();
            return ours.then_some(Question::Metrics);
        }
        "/_kumiki/health" => (Question::Health, "GET"),
        "/_localstack/health" => (Question::LocalStackHealth, "GET"),
        "/_localstack/init" => (Question::LocalStackInit, "GET"),
        "/_localstack/info" => (Question::LocalStackInfo, "GET"),
        "/_localstack/state/reset" => (
            if page::is_of_stranger(&head.headers, hosts) { Question::Forbidden } else { Question::Reset },
            "POST",
        ),
        _ if path.starts_with(WELL_KNOWN) => (of_host(head, path)?, "GET"),
        "/_kumiki/sns/sent" => (errand(head, hosts), "GET"),
        "/_kumiki/sns/opt-out" => (errand(head, hosts), "POST"),
        _ if path.starts_with(CERTIFICATE) => (certificate(head, path, hosts), "GET"),
        _ if path.starts_with("/_kumiki/issuers/") => (of_path(path), "GET"),
        _ if path.starts_with("/_kumiki/") || path.starts_with("/_localstack/") => (Question::Unknown, ""),
        _ => return None,
    };
    let right = match takes {
        "GET" => reads,
        "POST" => head.method == Method::POST,
        _ => true,
    };
    Some(if right { question } else { Question::Method(takes) })
}

/// What the paths of certificates begin with. No bucket's name has such letters.
const CERTIFICATE: &str = "/SimpleNotificationService-";

/// What was sent is nobody's business but that of who sits at this machine: no page of another site may ask, under
/// whatever name it calls us.
fn errand(head: &Parts, hosts: &[String]) -> Question {
    let host = auth::host(head).and_then(|host| std::str::from_utf8(host).ok()).unwrap_or_default();
    if page::is_of_stranger(&head.headers, hosts) || !page::is_possible_host(without_port(host), hosts) {
        return Question::Forbidden;
    }
    let named = |name: &str| {
        let found = pairs(head.uri.query().unwrap_or_default()).find(|(key, _)| *key == name);
        found.and_then(|(_, value)| percent_decode(value, true)).map(std::borrow::Cow::into_owned)
    };
    let account = named("account").unwrap_or_else(|| AccountId::DEFAULT.to_string());
    if head.uri.path() == "/_kumiki/sns/sent" {
        return Question::Errand(Errand::Sent(account));
    }
    let region = named("region").unwrap_or_else(|| Region::default().as_str().to_owned());
    Question::Errand(Errand::OptOut { account, phone: named("phone").unwrap_or_default(), region })
}

/// Whoever verifies a message trusts the host of the certificate: we answer for ourselves only.
fn certificate(head: &Parts, path: &str, hosts: &[String]) -> Question {
    let host = auth::host(head).and_then(|host| std::str::from_utf8(host).ok()).unwrap_or_default();
    if !page::is_possible_host(without_port(host), hosts) {
        return Question::Misdirected;
    }
    Question::Certificate(path[1..].into())
}

/// What stands before the names of papers.
const WELL_KNOWN: &str = "/.well-known/";
/// What stands behind the id in the host name of an issuer.
const ISSUER_HOST: &str = ".tokens.sts.global.api.aws";

fn paper(path: &str) -> Option<Paper> {
    match path.strip_prefix(WELL_KNOWN)? {
        "openid-configuration" => Some(Paper::Configuration),
        "jwks.json" => Some(Paper::Keys),
        _ => None,
    }
}

/// `https://ID.tokens.sts.global.api.aws/.well-known/...`.
fn of_host(head: &Parts, path: &str) -> Option<Question> {
    let host = without_port(auth::host(head).and_then(|host| std::str::from_utf8(host).ok())?);
    let id = host.strip_suffix(ISSUER_HOST).filter(|id| !id.is_empty() && !id.contains('.'))?;
    Some(paper(path).map_or(Question::Unknown, |paper| Question::Issuer(id.into(), paper)))
}

/// `/_kumiki/issuers/ID/.well-known/...`.
fn of_path(path: &str) -> Question {
    let rest = path.strip_prefix("/_kumiki/issuers/").unwrap_or_default();
    let found = rest.find('/').and_then(|at| Some((&rest[..at], paper(&rest[at..])?)));
    found.map_or(Question::Unknown, |(id, paper)| Question::Issuer(id.into(), paper))
}

/// What is known to answer with.
pub(crate) struct Known<'a> {
    pub(crate) config: &'a Config,
    pub(crate) services: &'a [&'static ServiceMeta],
    pub(crate) metrics: &'a env::Metrics,
    /// Seconds since the start.
    pub(crate) uptime_s: u64,
    pub(crate) now: env::Timestamp,
}

/// Answers.
pub(crate) async fn answer(question: Question, known: Known<'_>) -> Response<Body> {
    match question {
        Question::Metrics => response(StatusCode::OK, FIGURES, known.metrics.render()),
        Question::Health => {
            let version = known.config.version;
            let text =
                format!(r#"{{"status":"running","version":"{version}","services":{}}}"#, known.services());
            response(StatusCode::OK, JSON, text)
        }
        Question::LocalStackHealth => {
            let version = known.config.version;
            let text =
                format!(r#"{{"services":{},"edition":"kumiki","version":"{version}"}}"#, known.services());
            response(StatusCode::OK, JSON, text)
        }
        Question::LocalStackInit => {
            const STAGES: &str =
                r#"{"completed":{"BOOT":true,"START":true,"READY":true,"SHUTDOWN":false},"scripts":[]}"#;
            response(StatusCode::OK, JSON, STAGES.to_owned())
        }
        Question::LocalStackInfo => response(StatusCode::OK, JSON, known.info()),
        Question::Reset => reset(known.config).await,
        Question::Issuer(id, paper) => of_issuer(known.config, &id, paper).await,
        Question::Certificate(name) => of_certificate(known.config, &name).await,
        Question::Errand(errand) => of_errand(known.config, errand).await,
        Question::Misdirected => {
            let text = r#"{"message":"Misdirected Request"}"#.to_owned();
            response(StatusCode::MISDIRECTED_REQUEST, JSON, text)
        }
        Question::Forbidden => {
            let text = r#"{"message":"A page of another site may not ask for this."}"#;
            response(StatusCode::FORBIDDEN, JSON, text.to_owned())
        }
        Question::Unknown => not_found(),
        Question::Method(allowed) => {
            let text = r#"{"message":"Method Not Allowed"}"#.to_owned();
            let mut response = response(StatusCode::METHOD_NOT_ALLOWED, JSON, text);
            response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
            response
        }
    }
}

fn not_found() -> Response<Body> {
    response(StatusCode::NOT_FOUND, JSON, r#"{"message":"Not Found"}"#.to_owned())
}

async fn of_issuer(config: &Config, id: &str, paper: Paper) -> Response<Body> {
    let Some(issuers) = &config.issuers else { return not_found() };
    match issuers(id.to_owned(), paper).await {
        Ok(Some(text)) => response(StatusCode::OK, JSON, text),
        Ok(None) => not_found(),
        Err(cause) => {
            tracing::warn!(cause, "the keys of an issuer cannot be read");
            let text = r#"{"message":"Service Unavailable"}"#.to_owned();
            response(StatusCode::SERVICE_UNAVAILABLE, JSON, text)
        }
    }
}

async fn of_errand(config: &Config, errand: Errand) -> Response<Body> {
    let message = |text: &str| {
        let mut out = String::from(r#"{"message":""#);
        out.extend(text.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\')));
        out.push_str(r#""}"#);
        out
    };
    let Some(errands) = &config.errands else {
        let why = "Only a server on loopback shows what it sent.";
        return response(StatusCode::FORBIDDEN, JSON, message(why));
    };
    match errands(errand).await {
        Ok(text) => response(StatusCode::OK, JSON, text),
        Err(why) => response(StatusCode::BAD_REQUEST, JSON, message(&why)),
    }
}

async fn of_certificate(config: &Config, name: &str) -> Response<Body> {
    let Some(certificates) = &config.certificates else { return not_found() };
    match certificates(name.to_owned()).await {
        Ok(Some(pem)) => response(StatusCode::OK, PEM, pem),
        Ok(None) => not_found(),
        Err(cause) => {
            tracing::warn!(cause, "the certificate of SNS cannot be read");
            let text = r#"{"message":"Service Unavailable"}"#.to_owned();
            response(StatusCode::SERVICE_UNAVAILABLE, JSON, text)
        }
    }
}

async fn reset(config: &Config) -> Response<Body> {
    let Some(reset) = &config.reset else {
        let text = r#"{"message":"Only a server that was started with --ephemeral can be reset."}"#;
        return response(StatusCode::FORBIDDEN, JSON, text.to_owned());
    };
    match reset().await {
        Ok(()) => response(StatusCode::OK, JSON, "{}".to_owned()),
        Err(cause) => {
            tracing::warn!(cause, "the reset failed");
            response(StatusCode::INTERNAL_SERVER_ERROR, JSON, r#"{"message":"The reset failed."}"#.to_owned())
        }
    }
}

impl Known<'_> {
    /// `{"s3":"running",...}`.
    fn services(&self) -> String {
        let mut text = String::from("{");
        for (i, service) in self.services.iter().enumerate() {
            let comma = if i > 0 { "," } else { "" };
            let _ = write!(text, r#"{comma}"{}":"running""#, service.id);
        }
        text.push('}');
        text
    }

    /// The members of LocalStack's answer that say something here.
    fn info(&self) -> String {
        let mut now = String::new();
        Time::from_seconds(self.now.seconds() as i64).write(TimeFormat::Iso, false, &mut now);
        format!(
            r#"{{"version":"{}","edition":"kumiki","is_license_activated":false,"server_time_utc":"{now}","uptime":{}}}"#,
            self.config.version, self.uptime_s,
        )
    }
}

fn response(status: StatusCode, kind: HeaderValue, text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SERVICES;

    fn asked_of(host: &str, path: &str) -> Option<Question> {
        let request = http::Request::get(path).header("host", host).body(()).unwrap();
        let head = request.into_parts().0;
        asked(&head, &crate::claim::read(&head, SERVICES, &[]), &[])
    }

    #[test]
    fn issuers_have_a_host_and_a_path() {
        let of = |id: &str, paper| Some(Question::Issuer(id.into(), paper));
        for (host, path, question) in [
            ("x-1.tokens.sts.global.api.aws:4566", "/.well-known/jwks.json", of("x-1", Paper::Keys)),
            (
                "x-1.tokens.sts.global.api.aws",
                "/.well-known/openid-configuration",
                of("x-1", Paper::Configuration),
            ),
            ("x-1.tokens.sts.global.api.aws", "/.well-known/security.txt", Some(Question::Unknown)),
            ("a.b.tokens.sts.global.api.aws", "/.well-known/jwks.json", None),
            (".tokens.sts.global.api.aws", "/.well-known/jwks.json", None),
            ("localhost:4566", "/.well-known/jwks.json", None),
            (
                "localhost:4566",
                "/SimpleNotificationService-1.pem",
                Some(Question::Certificate("SimpleNotificationService-1.pem".into())),
            ),
            ("evil.example", "/SimpleNotificationService-1.pem", Some(Question::Misdirected)),
            ("localhost:4566", "/simplenotificationservice-1.pem", None),
            ("localhost:4566", "/_kumiki/issuers/x-1/.well-known/jwks.json", of("x-1", Paper::Keys)),
            ("localhost:4566", "/_kumiki/issuers/x-1", Some(Question::Unknown)),
            ("localhost:4566", "/_kumiki/issuers/x-1/jwks.json", Some(Question::Unknown)),
        ] {
            assert_eq!(asked_of(host, path), question, "{host}{path}");
        }
    }

    #[test]
    fn errands_are_read() {
        let sent = |account: &str| Some(Question::Errand(Errand::Sent(account.into())));
        let opt_out = |account: &str, phone: &str, region: &str| Errand::OptOut {
            account: account.into(),
            phone: phone.into(),
            region: region.into(),
        };
        assert_eq!(asked_of("localhost:4566", "/_kumiki/sns/sent"), sent("000000000000"));
        assert_eq!(asked_of("localhost", "/_kumiki/sns/sent?account=111122223333"), sent("111122223333"));
        assert_eq!(asked_of("evil.example", "/_kumiki/sns/sent"), Some(Question::Forbidden));
        assert_eq!(asked_of("localhost", "/_kumiki/sns/opt-out"), Some(Question::Method("POST")));
        for (query, expected) in [
            ("phone=%2B1555", opt_out("000000000000", "+1555", "us-east-1")),
            ("phone=1&region=eu-west-1&account=1", opt_out("1", "1", "eu-west-1")),
            ("", opt_out("000000000000", "", "us-east-1")),
        ] {
            let request =
                http::Request::post(format!("/_kumiki/sns/opt-out?{query}")).header("host", "localhost");
            let head = request.body(()).unwrap().into_parts().0;
            let claimed = crate::claim::read(&head, SERVICES, &[]);
            assert_eq!(asked(&head, &claimed, &[]), Some(Question::Errand(expected)), "{query}");
        }
    }
}
