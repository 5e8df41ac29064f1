//! Fuzz targets for what only this crate can read, driven by the mutator of `crates/wire` for a bounded time: filter
//! policies, and messages that meet them; addresses of e-mail, numbers of phones, ARNs of devices; what endpoints ask for
//! that want a password.

#[path = "../../../crates/wire/tests/fuzz/hunt.rs"]
mod hunt;

use hunt::{must_find, number, run};

use crate::{
    devices::Name,
    digest::{Asked, Challenge, Login},
    filter::Filter,
    mail, phones,
};

const SEEDS: [&str; 6] = [
    "{\"a\":[\"x\",{\"prefix\":\"p\"},{\"suffix\":\"s\"},5,true,null]}\n{\"a\":[\"x\",\"pq\"]}",
    "{\"a\":{\"b.c\":[{\"numeric\":[\">\",0,\"<=\",150.5]}]}}\n{\"a\":[{\"b\":{\"c\":3}}]}",
    "{\"$or\":[{\"a\":[{\"wildcard\":\"x*\\\\\\\\*y\"}]},{\"b\":[{\"exists\":false}]}]}\n{\"a\":\"x1*y\",\"b\":1}",
    "{\"a\":[{\"anything-but\":{\"wildcard\":[\"*q\",\"r*\"]}},{\"anything-but\":[1,2]}]}\n{\"a\":3}",
    "{\"i\":[{\"cidr\":\"10.0.0.0/24\"},{\"cidr\":\"2001:db8::/32\"},{\"equals-ignore-case\":\"É\"}]}\n{\"i\":\"10.0.0.7\"}",
    "{ \"a\" :\t[ { \"exists\" : true } , \"\\u00e9\\\"\" ] }\n{\"a\":\"é\\\"\"}",
];

fn seeds() -> Vec<Vec<u8>> {
    SEEDS.iter().map(|text| text.as_bytes().to_vec()).collect()
}

fn policies(input: &[u8]) -> u64 {
    let Ok(text) = std::str::from_utf8(input) else { return 0 };
    let (policy, message) = text.split_once('\n').unwrap_or((text, "{}"));
    let (flat, nested) = (Filter::parse(policy, false), Filter::parse(policy, true));
    match nested {
        Ok(filter) => {
            assert!(flat.is_ok() || flat.is_err_and(|why| why.0.contains("MessageAttributes")));
            let message = serde_json::from_str(message).unwrap_or_default();
            number((filter.passes(&message), filter.is_empty())) ^ 1
        }
        Err(why) => {
            assert!(why.0.starts_with("FilterPolicy: "), "{why:?}");
            number(why.0.split('\n').next())
        }
    }
}

#[test]
fn filter_policies() {
    run(policies, &seeds());
}

/// What somebody may be reached by.
fn addresses(input: &[u8]) -> u64 {
    let Ok(text) = std::str::from_utf8(input) else { return 0 };
    let region: floor::Region = "us-east-1".parse().unwrap();
    let (is_mail, is_endpoint) = (mail::is_address(text), phones::is_endpoint(text));
    if is_mail {
        // Nothing that ends a line of SMTP, or begins another address.
        assert!(!text.contains(['\r', '\n', '\0', '<', '>', ',']) && text.contains('@'), "{text:?}");
    }
    if phones::is_phone(text) || is_endpoint {
        let normal = phones::normal(text);
        assert!(phones::is_endpoint(&normal) && phones::normal(&normal) == normal, "{text:?}");
    }
    let name = Name::of_device(&region, text, "EndpointArn");
    if name.is_ok() {
        assert!(text.starts_with("arn:aws:sns:us-east-1:"), "{text:?}");
    }
    number((is_mail, is_endpoint, phones::is_phone(text), name.is_ok()))
}

#[test]
fn addresses_of_people() {
    let seeds = [
        "me@example.com",
        "a.b+c@[127.0.0.1]",
        "\"quoted one\"@example.com",
        "+15551234567",
        "1-555.123 4567",
        "arn:aws:sns:us-east-1:000000000000:endpoint/ADM/app/832bd641-769a-4f81-add1-285655ece407",
    ];
    run(addresses, &seeds.map(|text| text.as_bytes().to_vec()));
}

/// The headers of an endpoint that wants a password, a line each, and the name and the password on the last.
fn challenges(input: &[u8]) -> u64 {
    let Ok(text) = std::str::from_utf8(input) else { return 0 };
    let (headers, login) = text.rsplit_once('\n').unwrap_or((text, "me:secret"));
    let Some(mut challenge) = Challenge::choose(headers.lines()) else { return 1 };
    let is_basic = challenge == Challenge::Basic;
    let asked = Asked { method: "POST", uri: "/in", body: b"body" };
    let (login, mut answers) = (Login::read(login), Vec::new());
    for _ in 0..2 {
        answers.push(challenge.answer(&login, asked, "0f"));
    }
    let [Some(first), Some(second)] = &answers[..] else { return 2 };
    assert!(first.as_bytes().starts_with(if is_basic { b"Basic " } else { b"Digest " }));
    let has_count = String::from_utf8_lossy(first.as_bytes()).contains(", nc=00000001, ");
    assert!((first == second) != has_count || text.contains("nc="), "{first:?} {second:?}");
    number((is_basic, has_count, headers.len().min(9)))
}

#[test]
fn challenges_of_endpoints() {
    let seeds = [
        "Basic realm=\"x\"\nme:p%40ss",
        "Digest realm=\"a, b\", nonce=\"n=\", qop=\"auth,auth-int\", opaque=\"\\\"o\"\nme:secret",
        "Negotiate\nDigest nonce=n, algorithm=SHA-256-sess, qop=auth-int\nme",
        "Basic, digest NONCE=1,Algorithm=MD5-sess\n%22:%0d",
    ];
    run(challenges, &seeds.map(|text| text.as_bytes().to_vec()));
}

/// A reader with a planted error, which the mutator must find.
#[test]
fn the_canary_is_found() {
    fn canary(input: &[u8]) -> u64 {
        let did = policies(input);
        let text = String::from_utf8_lossy(input);
        assert!(!text.contains("\"numeric\":[\">\",0,\"<\""), "planted");
        did
    }
    must_find(canary, &seeds());
}
