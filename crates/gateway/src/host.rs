//! What a request's host name says: a bucket, a service, a region.
//!
//! Understood are `BUCKET.s3.REGION.HOST`, `BUCKET.s3.HOST`, `s3.REGION.HOST` (under any host; also `s3-REGION`,
//! `dualstack`, `s3-fips` and `s3-accelerate`, as AWS writes them), `NAME-ACCOUNT.s3-accesspoint.REGION.HOST` and
//! `ACCOUNT.s3-control.REGION.HOST`, `SERVICE.REGION.HOST` for the services that are served, and `BUCKET.HOST` for
//! `localhost` and the hosts of the configuration. Anything else says nothing, and the bucket is the first piece of the
//! path.

use auth::Region;
use http::{header::HOST, request::Parts};
use wire::ServiceMeta;

/// Hosts under which a further label that names no service is a bucket.
const BUCKET_HOSTS: [&str; 2] = ["localhost", "localhost.localstack.cloud"];
/// Hosts under which every name is a service's: AWS's own.
pub(crate) const AWS_HOSTS: [&str; 3] = ["amazonaws.com", "amazonaws.com.cn", "api.aws"];

/// Which of S3's endpoints a host name is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) enum Endpoint {
    /// That of buckets and objects.
    #[default]
    Objects,
    /// That of web sites.
    Website,
    /// That of the control plane.
    Control,
    /// That of access points: what names a bucket elsewhere names one of those.
    AccessPoint,
}

/// What a host name says.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct HostName<'a> {
    pub(crate) service: Option<&'static ServiceMeta>,
    pub(crate) bucket: Option<&'a str>,
    pub(crate) region: Option<&'a str>,
    /// Which of S3's endpoints.
    pub(crate) endpoint: Endpoint,
    /// The service that one of AWS's own names asks for, where it is not served.
    pub(crate) unserved: Option<&'a str>,
}

/// The host of a `Host` header or an authority, without its port.
pub(crate) fn without_port(host: &str) -> &str {
    if host.starts_with('[') {
        return host.split_inclusive(']').next().unwrap_or(host);
    }
    host.split(':').next().unwrap_or(host)
}

/// Whether the request names one host at most, and what it names is one: a name or an address, and perhaps a port
/// (RFC 9112, 3.2). What is taken for a host ends up in addresses.
pub(crate) fn is_good(head: &Parts) -> bool {
    let mut named = head.headers.get_all(HOST).iter();
    let (first, second) = (named.next(), named.next());
    second.is_none() && first.is_none_or(|host| is_authority(host.as_bytes()))
}

fn is_authority(text: &[u8]) -> bool {
    let end = if text.starts_with(b"[") {
        text.iter().position(|b| *b == b']').map(|at| at + 1)
    } else {
        text.iter().position(|b| *b == b':').or(Some(text.len()))
    };
    let Some((host, port)) = end.and_then(|end| text.split_at_checked(end)) else { return false };
    let of_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~' | b'%');
    let of_address = |b: &u8| b.is_ascii_hexdigit() || matches!(b, b':' | b'.' | b'%');
    let is_host = match host.strip_prefix(b"[").and_then(|rest| rest.strip_suffix(b"]")) {
        Some(address) => address.iter().all(of_address),
        None => host.iter().all(of_name),
    };
    is_host && port.strip_prefix(b":").unwrap_or(port).iter().all(u8::is_ascii_digit)
}

/// What `host` (without its port) says, where `services` are served and `hosts` configured.
pub(crate) fn read<'a>(host: &'a str, services: &[&'static ServiceMeta], hosts: &[String]) -> HostName<'a> {
    let host = host.strip_suffix('.').unwrap_or(host);
    // Addresses and bare names say nothing; neither do the hosts themselves.
    let last = host.bytes().next_back();
    if !host.contains('.') || last.is_none_or(|b| b == b']' || b.is_ascii_digit()) {
        return HostName::default();
    }
    if let Some(name) = of_s3(host, services) {
        return name;
    }
    let configured = hosts.iter().map(String::as_str);
    if let Some(before) = BUCKET_HOSTS.into_iter().chain(configured).find_map(|base| before(host, base)) {
        let name = of_service(before, services);
        return if name.service.is_some() { name } else { HostName { bucket: Some(before), ..name } };
    }
    if let Some(before) = AWS_HOSTS.into_iter().find_map(|base| before(host, base)) {
        let name = of_service(before, services);
        let unserved = name.service.is_none().then(|| before.split('.').next().unwrap_or(before));
        return HostName { unserved, ..name };
    }
    of_service(host, services)
}

/// What stands before `.base`. `None` also where nothing does.
pub(crate) fn before<'a>(host: &'a str, base: &str) -> Option<&'a str> {
    let at = host.len().checked_sub(base.len())?;
    let (before, end) = (host.get(..at)?, host.get(at..)?);
    before.strip_suffix('.').filter(|b| !b.is_empty() && end.eq_ignore_ascii_case(base))
}

/// `SERVICE` or `SERVICE.REGION` at the front; SQS's older `queue` and `REGION.queue` too.
fn of_service<'a>(name: &'a str, services: &[&'static ServiceMeta]) -> HostName<'a> {
    let mut labels = name.split('.');
    let (first, second) = (labels.next().unwrap_or(""), labels.next());
    let find = |label: &str| {
        let label = if label.eq_ignore_ascii_case("queue") { "sqs" } else { label };
        services.iter().find(|s| s.endpoint_prefix.eq_ignore_ascii_case(label)).copied()
    };
    if is_region(first)
        && let Some(service) = second.and_then(find)
    {
        return HostName { service: Some(service), region: Some(first), ..HostName::default() };
    }
    let Some(service) = find(first) else { return HostName::default() };
    HostName { service: Some(service), region: second.filter(|l| is_region(l)), ..HostName::default() }
}

/// A name with one of S3's labels in it. The last one counts: a bucket's name may contain another.
fn of_s3<'a>(host: &'a str, services: &[&'static ServiceMeta]) -> Option<HostName<'a>> {
    let service = services.iter().find(|s| s.objects)?;
    let mut end = host.len();
    loop {
        let start = host[..end].rfind('.').map_or(0, |dot| dot + 1);
        if let Some((in_label, endpoint)) = s3_label(&host[start..end]) {
            let mut after =
                host[end..].split('.').skip(1).skip_while(|l| l.eq_ignore_ascii_case("dualstack"));
            let region =
                Some(in_label).filter(|r| !r.is_empty()).or_else(|| after.next().filter(|l| is_region(l)));
            let before = host[..start].strip_suffix('.').filter(|b| !b.is_empty());
            if endpoint == Endpoint::Control {
                // What stands before is an account.
                let service = services.iter().find(|s| s.s3 && !s.objects);
                let unserved = service.is_none().then_some(&host[start..end]);
                return Some(HostName {
                    service: service.copied(),
                    region,
                    endpoint,
                    unserved,
                    ..HostName::default()
                });
            }
            return Some(HostName {
                service: Some(service),
                bucket: before,
                region,
                endpoint,
                unserved: None,
            });
        }
        end = start.checked_sub(1)?;
    }
}

/// Whether a label is one of S3's: the region in it, which may be none, and which endpoint it is of.
fn s3_label(label: &str) -> Option<(&str, Endpoint)> {
    const OTHERS: [(&str, Endpoint); 3] = [
        ("-website", Endpoint::Website),
        ("-control", Endpoint::Control),
        ("-accesspoint", Endpoint::AccessPoint),
    ];
    let (s3, rest) = label.split_at_checked(2)?;
    if !s3.eq_ignore_ascii_case("s3") {
        return None;
    }
    let other = OTHERS.into_iter().find_map(|(word, endpoint)| {
        let (head, rest) = rest.split_at_checked(word.len())?;
        head.eq_ignore_ascii_case(word).then_some((rest, endpoint))
    });
    let (rest, endpoint) = other.unwrap_or((rest, Endpoint::Objects));
    match rest {
        "" => Some(("", endpoint)),
        "-fips" if endpoint != Endpoint::Website => Some(("", endpoint)),
        "-accelerate" | "-external-1" if endpoint == Endpoint::Objects => Some(("", endpoint)),
        _ => rest.strip_prefix('-').filter(|r| is_region(r)).map(|region| (region, endpoint)),
    }
}

/// Whether a name may be that of an access point rather than a bucket's: `NAME-ACCOUNT` in a host, as clients write
/// the ARN of one, or an alias. What it really is, the service says.
pub(crate) fn may_be_access_point(name: &str, is_in_host: bool) -> bool {
    name.ends_with("-s3alias")
        || is_in_host
            && name.rsplit_once('-').is_some_and(|(before, account)| {
                !before.is_empty() && account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit())
            })
}

/// Whether a label is shaped like `eu-west-1` or `us-gov-east-1`: a host's label is more often none.
fn is_region(label: &str) -> bool {
    Region::is_valid(label)
        && label.split('-').count() >= 3
        && label.rsplit('-').next().is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SERVICES;

    /// Service, bucket, region as text.
    fn said(host: &str) -> (String, String, String) {
        let host = without_port(host);
        let name = read(host, SERVICES, &["kumiki.example".into()]);
        let service =
            name.service.map_or(name.unserved.map_or(String::new(), |u| format!("no {u}")), |s| s.id.into());
        (service, name.bucket.unwrap_or("").into(), name.region.unwrap_or("").into())
    }

    #[test]
    fn a_host_is_a_name_or_an_address() {
        for good in ["", "localhost", "a_b.c:80", "127.0.0.1:4566", "[::1]", "[::1]:4566", "a.b.", "h:"] {
            assert!(is_authority(good.as_bytes()), "{good}");
        }
        for bad in
            ["a/b", "a?b", "a#b", "u@h", "a b", "a\\b", "a:b", "a:1:2", "[::1", "::1", "[x]", "a,b", "\u{e4}"]
        {
            assert!(!is_authority(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn access_points_have_names_with_accounts_in_hosts_and_aliases_everywhere() {
        for (name, in_host, in_path) in [
            ("photos", false, false),
            ("photos-000000000000", true, false),
            ("photos-00000000000", false, false),
            ("-000000000000", false, false),
            ("000000000000", false, false),
            ("photos-x-s3alias", true, true),
        ] {
            assert_eq!(may_be_access_point(name, true), in_host, "{name}");
            assert_eq!(may_be_access_point(name, false), in_path, "{name}");
        }
    }

    #[test]
    fn hosts_are_read_as_aws_writes_them() {
        for (host, service, bucket, region) in [
            ("localhost:4566", "", "", ""),
            ("127.0.0.1:4566", "", "", ""),
            ("[::1]:4566", "", "", ""),
            ("kumiki:4566", "", "", ""),
            ("", "", "", ""),
            ("s3.localhost:4566", "s3", "", ""),
            ("photos.s3.localhost", "s3", "photos", ""),
            ("my.photos.s3.eu-west-1.localhost:80", "s3", "my.photos", "eu-west-1"),
            ("a.s3.b.s3.us-gov-east-1.amazonaws.com", "s3", "a.s3.b", "us-gov-east-1"),
            ("photos.localhost", "", "photos", ""),
            ("my.photos.localhost.", "", "my.photos", ""),
            ("photos.s3.anything:1", "s3", "photos", ""),
            ("photos.kumiki.example", "", "photos", ""),
            ("photos.S3.Kumiki.Example", "s3", "photos", ""),
            ("kumiki.example", "", "", ""),
            ("s3.amazonaws.com", "s3", "", ""),
            ("photos.s3.amazonaws.com", "s3", "photos", ""),
            ("photos.s3-eu-west-1.amazonaws.com", "s3", "photos", "eu-west-1"),
            ("photos.s3.dualstack.eu-west-1.amazonaws.com", "s3", "photos", "eu-west-1"),
            ("photos.s3-accelerate.amazonaws.com", "s3", "photos", ""),
            ("www.photos.s3-website.eu-west-1.amazonaws.com", "s3", "www.photos", "eu-west-1"),
            ("photos.s3-website-eu-west-1.amazonaws.com", "s3", "photos", "eu-west-1"),
            ("photos.s3-website.localhost:4566", "s3", "photos", ""),
            ("1234.s3-control.eu-west-1.amazonaws.com", "s3control", "", "eu-west-1"),
            ("s3-control.localhost:4566", "s3control", "", ""),
            (
                "a-b-000000000000.s3-accesspoint.eu-west-1.amazonaws.com",
                "s3",
                "a-b-000000000000",
                "eu-west-1",
            ),
            (
                "a-000000000000.s3-accesspoint-fips.dualstack.us-east-1.localhost",
                "s3",
                "a-000000000000",
                "us-east-1",
            ),
            ("sqs.eu-west-1.localhost:4566", "sqs", "", "eu-west-1"),
            ("sqs.localhost", "sqs", "", ""),
            ("sqs.us-east-1.localhost.localstack.cloud:4566", "sqs", "", "us-east-1"),
            ("sqs.eu-west-1.amazonaws.com", "sqs", "", "eu-west-1"),
            ("eu-west-1.queue.amazonaws.com", "sqs", "", "eu-west-1"),
            ("queue.amazonaws.com", "sqs", "", ""),
            ("sqs.eu-west-1.kumiki", "sqs", "", "eu-west-1"),
            ("dynamodb.eu-west-1.amazonaws.com", "no dynamodb", "", ""),
            ("files.example.com", "", "", ""),
        ] {
            assert_eq!(said(host), (service.into(), bucket.into(), region.into()), "{host}");
        }
    }
}
