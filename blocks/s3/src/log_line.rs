//! A line of an access log.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html>

use std::fmt::Write as _;

use auth::{AccountId, Identity, Kind};
use floor::web::Seen;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use wire::{Time, schema::TimeFormat};

use crate::copying::Named;

/// What stays as it is in keys.
const KEY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/').remove(b'*');

/// What became of one key of a request for many deletions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batched {
    /// The key.
    pub key: String,
    /// The version that was named.
    pub version_id: Option<String>,
    /// Status and code, where it was not deleted.
    pub failed: Option<(u16, String)>,
}

/// A point of time as its parts: year, month, day, hour, minute, second.
pub fn parts(at_ms: u64) -> [String; 6] {
    let mut text = String::with_capacity(20);
    Time::from_millis(at_ms as i64).write(TimeFormat::Iso, false, &mut text);
    let mut parts = text.split(|c: char| !c.is_ascii_digit()).map(str::to_owned);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

/// `[06/Feb/2019:00:00:38 +0000]`.
fn time(at_ms: u64) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let [year, month, day, hour, minute, second] = parts(at_ms);
    let month = month.parse::<usize>().ok().and_then(|m| MONTHS.get(m.wrapping_sub(1))).unwrap_or(&"-");
    format!("[{day}/{month}/{year}:{hour}:{minute}:{second} +0000]")
}

/// What a request to a bucket or an object is about, by the parameter of its address.
const OF_BUCKETS: [(&str, &str); 28] = [
    ("acl", "ACL"),
    ("policy", "BUCKETPOLICY"),
    ("policyStatus", "BUCKETPOLICYSTATUS"),
    ("versioning", "VERSIONING"),
    ("versions", "BUCKETVERSIONS"),
    ("logging", "LOGGING_STATUS"),
    ("location", "LOCATION"),
    ("lifecycle", "LIFECYCLE"),
    ("cors", "CORS"),
    ("website", "WEBSITE"),
    ("tagging", "TAGGING"),
    ("notification", "NOTIFICATION"),
    ("requestPayment", "REQUEST_PAYMENT"),
    ("encryption", "ENCRYPTION"),
    ("replication", "REPLICATION"),
    ("accelerate", "ACCELERATE"),
    ("analytics", "ANALYTICS"),
    ("metrics", "METRICS"),
    ("inventory", "INVENTORY"),
    ("intelligent-tiering", "INTELLIGENT_TIERING"),
    ("publicAccessBlock", "PUBLIC_ACCESS_BLOCK"),
    ("ownershipControls", "OWNERSHIP_CONTROLS"),
    ("object-lock", "OBJECT_LOCK_CONFIGURATION"),
    ("abac", "ABAC"),
    ("uploads", "UPLOADS"),
    ("delete", "MULTI_OBJECT_DELETE"),
    ("metadataConfiguration", "METADATA_CONFIGURATION"),
    ("metadataTable", "METADATA_TABLE"),
];

/// The same for objects.
const OF_OBJECTS: [(&str, &str); 9] = [
    ("acl", "ACL"),
    ("tagging", "OBJECT_TAGGING"),
    ("retention", "OBJECT_LOCK_RETENTION"),
    ("legal-hold", "OBJECT_LOCK_LEGALHOLD"),
    ("attributes", "OBJECT_ATTRIBUTES"),
    ("restore", "RESTORE"),
    ("torrent", "OBJECT_TORRENT"),
    ("select", "SELECT"),
    ("uploads", "UPLOADS"),
];

fn has(query: &str, name: &str) -> bool {
    query.split('&').any(|pair| pair.split('=').next() == Some(name))
}

/// `REST.GET.OBJECT`.
fn operation(seen: &Seen) -> String {
    let query = seen.query();
    let has = |name| has(query, name);
    let method = if seen.copied.is_some() { "COPY" } else { seen.method.as_str() };
    let is_form = method == "POST" && seen.key.is_none() && query.is_empty();
    let resource = if seen.key.is_some() || is_form {
        match OF_OBJECTS.iter().find(|(name, _)| has(name)) {
            Some((_, resource)) => resource,
            None if has("uploadId") && has("partNumber") => "PART",
            None if has("uploadId") => "UPLOAD",
            None => "OBJECT",
        }
    } else {
        OF_BUCKETS.iter().find(|(name, _)| has(name)).map_or("BUCKET", |(_, resource)| resource)
    };
    let resource = if method == "OPTIONS" { "PREFLIGHT" } else { resource };
    let door = if seen.is_website { "WEBSITE" } else { "REST" };
    format!("{door}.{method}.{resource}")
}

fn requester(who: Option<&Identity>) -> &str {
    match who {
        None => "-",
        Some(who) => match &who.kind {
            Kind::Anonymous => "-",
            Kind::Root => &who.canonical_id,
            _ => who.arn(),
        },
    }
}

/// What ends a quoted field stands for itself in no line.
fn quoted(text: &str) -> String {
    if text.is_empty() { "\"-\"".to_owned() } else { format!("\"{}\"", text.replace('"', "%22")) }
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}

/// `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256` as OpenSSL and AWS call it.
fn cipher(name: &str) -> String {
    match (name.strip_prefix("TLS13_"), name.strip_prefix("TLS_").and_then(|n| n.split_once("_WITH_"))) {
        (Some(name), _) => format!("TLS_{name}"),
        (None, Some((exchange, rest))) => {
            let rest = rest
                .replace("AES_", "AES")
                .replace("_SHA256", if rest.contains("POLY") { "" } else { "-SHA256" });
            format!("{}-{}", exchange.replace('_', "-"), rest.replace('_', "-"))
        }
        (None, None) => or_none(name).to_owned(),
    }
}

/// What differs between the lines of one request.
struct Fields<'a> {
    bucket: &'a str,
    operation: &'a str,
    key: Option<&'a str>,
    uri: Option<String>,
    status: u16,
    error: Option<&'a str>,
    bytes: u64,
    size: Option<u64>,
    version_id: Option<&'a str>,
}

fn line(seen: &Seen, owner: AccountId, fields: &Fields<'_>) -> String {
    let number = |n: Option<u64>| n.map_or_else(|| "-".to_owned(), |n| n.to_string());
    let key = fields.key.map_or_else(|| "-".to_owned(), |key| utf8_percent_encode(key, KEY).to_string());
    let origin = &seen.origin;
    let version = match seen.signed.version {
        Some("AWS") => "SigV2",
        Some(_) => "SigV4",
        None => "-",
    };
    let form = match seen.signed.form {
        Some("REST-HEADER") => "AuthHeader",
        Some("REST-QUERY-STRING") => "QueryString",
        _ => "-",
    };
    let tls = if origin.tls.is_empty() { "-".to_owned() } else { format!("TLSv{}", origin.tls) };
    let mut text = String::with_capacity(512);
    let _ = write!(
        text,
        "{} {} {} {} {} {} {} {key} {} {} {} {} {} {} {} {} {} {} {} {version} {} {form} {} {tls} - {} -",
        owner.canonical_id(),
        fields.bucket,
        time(seen.at_ms),
        or_none(&origin.source_ip),
        requester(seen.who.as_deref()),
        seen.request_id,
        fields.operation,
        quoted(fields.uri.as_deref().unwrap_or_default()),
        fields.status,
        fields.error.unwrap_or("-"),
        number((fields.bytes > 0).then_some(fields.bytes)),
        number(fields.size),
        seen.total_ms,
        seen.turnaround_ms,
        quoted(&origin.referer),
        quoted(&origin.user_agent),
        fields.version_id.unwrap_or("-"),
        or_none(&seen.host_id),
        cipher(origin.cipher),
        or_none(&seen.host),
        if seen.by_list { "Yes" } else { "-" },
    );
    text
}

/// How long the object is that a request reads or writes.
fn size(seen: &Seen, operation: &str) -> Option<u64> {
    let is_done = seen.status < 300;
    match operation {
        "REST.GET.OBJECT" | "REST.HEAD.OBJECT" | "WEBSITE.GET.OBJECT" | "WEBSITE.HEAD.OBJECT" if is_done => {
            seen.whole_bytes
        }
        "REST.PUT.OBJECT" | "REST.PUT.PART" if is_done => seen.taken_bytes,
        _ => None,
    }
}

/// The line of a request, for the bucket that it is for.
pub fn of(seen: &Seen, owner: AccountId) -> String {
    let operation = operation(seen);
    let fields = Fields {
        bucket: &seen.bucket,
        operation: &operation,
        key: seen.key.as_deref(),
        uri: Some(seen.line()),
        status: seen.status,
        error: seen.error.as_deref(),
        bytes: seen.bytes_sent,
        size: size(seen, &operation),
        version_id: version_id(seen.query()).or(seen.version_id.as_deref()),
    };
    line(seen, owner, &fields)
}

fn version_id(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("versionId="))
}

/// The line of one key of a request for many deletions.
pub fn of_batched(seen: &Seen, owner: AccountId, one: &Batched) -> String {
    let fields = Fields {
        bucket: &seen.bucket,
        operation: "BATCH.DELETE.OBJECT",
        key: Some(&one.key),
        uri: None,
        status: one.failed.as_ref().map_or(204, |(status, _)| *status),
        error: one.failed.as_ref().map(|(_, code)| code.as_str()),
        bytes: 0,
        size: None,
        version_id: one.version_id.as_deref(),
    };
    line(seen, owner, &fields)
}

/// The line of a copy, for the bucket of its source.
pub fn of_source(seen: &Seen, owner: AccountId, source: &Named) -> String {
    let is_part = has(seen.query(), "partNumber");
    let fields = Fields {
        bucket: &source.bucket,
        operation: if is_part { "REST.COPY.PART_GET" } else { "REST.COPY.OBJECT_GET" },
        key: Some(&source.key),
        uri: Some(seen.line()),
        status: seen.status,
        error: seen.error.as_deref(),
        bytes: 0,
        size: None,
        version_id: source.version_id.as_deref(),
    };
    line(seen, owner, &fields)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use floor::cx::{Origin, Signed};
    use http::Method;

    use super::*;

    fn seen(method: Method, uri: &str, key: Option<&str>) -> Seen {
        Seen {
            at_ms: 1_549_411_238_000,
            region: auth::Region::default(),
            bucket: "b".into(),
            key: key.map(str::to_owned),
            method,
            uri: uri.parse().unwrap(),
            version: http::Version::HTTP_11,
            host: "b.s3.localhost".into(),
            is_website: false,
            copied: None,
            origin: Arc::new(Origin {
                source_ip: "192.0.2.3".into(),
                user_agent: "a \"b\"".into(),
                ..Origin::default()
            }),
            who: Some(Arc::new(Identity::root(AccountId::DEFAULT))),
            signed: Signed {
                form: Some("REST-HEADER"),
                version: Some("AWS4-HMAC-SHA256"),
                ..Signed::default()
            },
            by_list: false,
            request_id: "ID".into(),
            host_id: "HOST".into(),
            status: 200,
            error: None,
            bytes_sent: 113,
            taken_bytes: None,
            whole_bytes: Some(200),
            version_id: None,
            total_ms: 7,
            turnaround_ms: 5,
        }
    }

    #[test]
    fn lines_are_those_of_aws() {
        let owner = AccountId::DEFAULT.canonical_id();
        let seen = seen(Method::GET, "/b/a%20b?x=1", Some("a b"));
        assert_eq!(
            of(&seen, AccountId::DEFAULT),
            format!(
                "{owner} b [06/Feb/2019:00:00:38 +0000] 192.0.2.3 {owner} ID REST.GET.OBJECT a%20b \"GET /b/a%20b?x=1 \
                 HTTP/1.1\" 200 - 113 200 7 5 \"-\" \"a %22b%22\" - HOST SigV4 - AuthHeader b.s3.localhost - - - -"
            )
        );
    }

    #[test]
    fn operations_have_names() {
        for (method, uri, key, name) in [
            (Method::GET, "/b", None, "REST.GET.BUCKET"),
            (Method::PUT, "/b?logging", None, "REST.PUT.LOGGING_STATUS"),
            (Method::POST, "/b?delete", None, "REST.POST.MULTI_OBJECT_DELETE"),
            (Method::POST, "/b", None, "REST.POST.OBJECT"),
            (Method::HEAD, "/b/k", Some("k"), "REST.HEAD.OBJECT"),
            (Method::PUT, "/b/k?tagging=", Some("k"), "REST.PUT.OBJECT_TAGGING"),
            (Method::POST, "/b/k?uploads", Some("k"), "REST.POST.UPLOADS"),
            (Method::PUT, "/b/k?partNumber=1&uploadId=u", Some("k"), "REST.PUT.PART"),
            (Method::POST, "/b/k?uploadId=u", Some("k"), "REST.POST.UPLOAD"),
        ] {
            assert_eq!(operation(&seen(method, uri, key)), name);
        }
        let copy = Seen { copied: Some("a/k".into()), ..seen(Method::PUT, "/b/k", Some("k")) };
        assert_eq!(operation(&copy), "REST.COPY.OBJECT");
        let page = Seen { is_website: true, ..seen(Method::GET, "/k", Some("k")) };
        assert_eq!(operation(&page), "WEBSITE.GET.OBJECT");
    }

    #[test]
    fn ciphers_have_the_names_of_openssl() {
        assert_eq!(cipher("TLS13_AES_256_GCM_SHA384"), "TLS_AES_256_GCM_SHA384");
        assert_eq!(cipher("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"), "ECDHE-RSA-AES128-GCM-SHA256");
        assert_eq!(cipher("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"), "ECDHE-ECDSA-CHACHA20-POLY1305");
        assert_eq!(cipher(""), "-");
    }
}
