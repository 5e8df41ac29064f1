//! What a web page may ask with a credential that everybody knows.
//!
//! On loopback `test`/`test` is root, and any page that the user's browser shows can sign with it and send to loopback.
//! Two things tell its requests from those of programs. Browsers say where a page is from (`Origin` with all that
//! changes something or reads an answer, `Sec-Fetch-Site` with the rest, both out of the reach of the page), and a page
//! that has its own name resolve to loopback, to be of one origin with us, must call us by that name.
//! `docs/decisions/016-pages-and-the-default-credential.md` has the rules.

use std::net::IpAddr;

use http::{HeaderMap, HeaderValue, Method, header::ORIGIN, request::Parts};

use crate::host::{AWS_HOSTS, before, without_port};

const SEC_FETCH_SITE: &str = "sec-fetch-site";

/// Names below these are never given to strangers: RFC 6761 and 6762, ICANN's `internal`, and LocalStack's, which is
/// the loopback address.
const OWN_HOSTS: [&str; 5] = ["localhost", "local", "internal", "test", "localstack.cloud"];

/// Why a request is refused that is signed with a credential that everybody knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stranger {
    /// It calls the server by a name that may be anybody's.
    Host,
    /// It comes from a page of another site.
    Page,
}

/// Judges a request that is signed with a credential that everybody knows. Pages of other sites may read objects of S3,
/// as they do by presigned URLs: an answer that they did not ask for by CORS they cannot look into.
pub(crate) fn judge(head: &Parts, s3: bool, hosts: &[String]) -> Option<Stranger> {
    let host = auth::host(head).and_then(|host| std::str::from_utf8(host).ok()).unwrap_or_default();
    if !is_possible_host(without_port(host), hosts) {
        return Some(Stranger::Host);
    }
    let reads_objects = s3 && (head.method == Method::GET || head.method == Method::HEAD);
    (!reads_objects && is_of_stranger(&head.headers, hosts)).then_some(Stranger::Page)
}

/// Whether a page of another site sends this.
pub(crate) fn is_of_stranger(headers: &HeaderMap, hosts: &[String]) -> bool {
    let site = headers.get(SEC_FETCH_SITE).map(HeaderValue::as_bytes);
    match headers.get(ORIGIN).map(HeaderValue::as_bytes) {
        None => site == Some(b"cross-site"),
        // A page that hides its origin, or has none of its own (a file, a sandbox).
        Some(b"null") => !matches!(site, Some(b"same-origin" | b"same-site" | b"none")),
        Some(origin) => {
            let host = std::str::from_utf8(origin).ok().and_then(|origin| origin.split_once("://"));
            !host.is_some_and(|(_, host)| is_own(without_port(host), hosts))
        }
    }
}

/// Whether nobody else can have pages under this name.
fn is_own(host: &str, hosts: &[String]) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    if let Some(address) = address(host) {
        return address.is_loopback() || address.is_unspecified() || hosts.iter().any(|own| own == host);
    }
    let configured = hosts.iter().map(String::as_str);
    let is_below = |base: &str| host.eq_ignore_ascii_case(base) || before(host, base).is_some();
    // A bare name is one of this machine, its network or its containers.
    !host.contains('.') || OWN_HOSTS.into_iter().chain(configured).any(is_below)
}

/// Whether a stranger's page cannot have called us by this name: nobody can give it the loopback address.
pub(crate) fn is_possible_host(host: &str, hosts: &[String]) -> bool {
    is_own(host, hosts)
        || address(host).is_some()
        || AWS_HOSTS.into_iter().any(|aws| before(host, aws).is_some())
}

fn address(host: &str) -> Option<IpAddr> {
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    bare.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(method: &str, host: &str, headers: &[(&str, &str)]) -> Parts {
        let request = http::Request::builder().method(method).uri("/").header("host", host);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn hosts_are_names_that_no_stranger_has() {
        let hosts = ["kumiki.example".to_owned()];
        let judged = |host: &str| judge(&head("GET", host, &[]), false, &hosts);
        for host in [
            "",
            "localhost:4566",
            "127.0.0.1:4566",
            "[::1]:4566",
            "192.168.1.7",
            "b.s3.localhost:1",
            "localstack:4566",
            "kumiki",
            "host.docker.internal:4566",
            "sqs.us-east-1.amazonaws.com",
            "b.s3.eu-west-1.amazonaws.com",
            "localhost.localstack.cloud:4566",
            "KUMIKI.example.",
            "b.kumiki.example:4566",
            "s3.kumiki.svc.cluster.local",
        ] {
            assert_eq!(judged(host), None, "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "xkumiki.example",
            "amazonaws.com.evil.example:4566",
        ] {
            assert_eq!(judged(host), Some(Stranger::Host), "{host}");
        }
    }

    #[test]
    fn pages_of_other_sites_are_told_from_ones_own() {
        let hosts = ["kumiki.example".to_owned()];
        let strange =
            |headers: &[(&str, &str)]| is_of_stranger(&head("POST", "localhost", headers).headers, &hosts);
        for own in [
            &[][..],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "same-origin")],
            &[("sec-fetch-site", "same-site"), ("origin", "http://localhost:3000")],
            // The page is on `localhost`, the server is called `127.0.0.1`.
            &[("sec-fetch-site", "cross-site"), ("origin", "http://localhost:3000")],
            &[("origin", "http://127.0.0.1:5173")],
            &[("origin", "http://[::1]:5173")],
            &[("origin", "https://app.kumiki.example")],
            &[("origin", "http://frontend:8080")],
            &[("origin", "null"), ("sec-fetch-site", "same-origin")],
        ] {
            assert!(!strange(own), "{own:?}");
        }
        for others in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
            &[("origin", "https://evil.example")],
            // One name for it and for us.
            &[("sec-fetch-site", "same-origin"), ("origin", "http://evil.example:4566")],
            &[("origin", "https://evil.s3.amazonaws.com")],
            &[("origin", "http://203.0.113.7")],
            &[("origin", "null")],
            &[("origin", "null"), ("sec-fetch-site", "cross-site")],
            &[("origin", "localhost")],
        ] {
            assert!(strange(others), "{others:?}");
        }
    }

    #[test]
    fn strangers_read_objects_and_nothing_else() {
        let cross = [("sec-fetch-site", "cross-site")];
        assert_eq!(judge(&head("GET", "localhost", &cross), true, &[]), None);
        assert_eq!(judge(&head("PUT", "localhost", &cross), true, &[]), Some(Stranger::Page));
        assert_eq!(judge(&head("GET", "localhost", &cross), false, &[]), Some(Stranger::Page));
        assert_eq!(judge(&head("GET", "evil.example", &cross), true, &[]), Some(Stranger::Host));
    }
}
