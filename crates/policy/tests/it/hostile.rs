//! Policies that are made to cost much: an answer in bounded time, and AWS's reason where it is a refusal.

use std::time::{Duration, Instant};

use policy::{Account, Fault, Policy, Principal, Request, Usage, decide};

/// Each takes milliseconds; what grows faster than its input takes minutes.
const TIME_MAX: Duration = Duration::from_secs(20);

fn soon<T>(work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let done = work();
    assert!(began.elapsed() < TIME_MAX, "it took {:?}", began.elapsed());
    done
}

fn asked(policy: &Policy, resource: &str) -> bool {
    let account = Account { id: "111122223333", canonical_id: "" };
    let principal = Principal::User { account, arn: "arn:aws:iam::111122223333:user/ann" };
    let context: &[(&str, &str)] = &[("aws:username", "ann")];
    let request = Request { principal, action: "s3:GetObject", resource, context: &context };
    decide(&[policy], &request).is_allow()
}

fn with_resources(resources: &[String]) -> Result<Policy, policy::Malformed> {
    let text = serde_json::json!({"Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": "*", "Resource": resources}});
    Policy::parse_as(&text.to_string(), Usage::Identity)
}

#[test]
fn ten_thousand_statements() {
    let statement = |n| {
        format!(
            r#"{{"Sid":"S{n}","Effect":"Allow","Action":["s3:Get*","s3:Put{n}"],"Resource":"arn:aws:s3:::b{n}/${{aws:username}}/*"}}"#
        )
    };
    let all: Vec<_> = (0..10_000).map(statement).collect();
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, all.join(","));
    let policy = soon(|| Policy::parse_as(&text, Usage::Identity)).unwrap();
    assert_eq!(policy.statements().len(), 10_000);
    assert!(soon(|| asked(&policy, "arn:aws:s3:::b9999/ann/x")));
    assert!(!soon(|| asked(&policy, "arn:aws:s3:::b10000/ann/x")));
    // The last one has the first one's name.
    let text = text.replace("\"S9999\"", "\"S0\"");
    assert_eq!(soon(|| Policy::parse_as(&text, Usage::Identity)).unwrap_err().fault, Fault::DuplicateSid);
}

#[test]
fn nesting_without_end() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}"), (r#"{"Statement":["#, "]}")] {
        for depth in [127, 128, 129, 1_000_000] {
            let text = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            let malformed = soon(|| Policy::parse(&text)).unwrap_err();
            assert!(matches!(malformed.fault, Fault::Json | Fault::Unknown | Fault::Type), "{malformed}");
            // Also where it has no end at all.
            assert!(soon(|| Policy::parse(&open.repeat(depth))).is_err());
        }
    }
    let text = format!(
        r#"{{"Statement":{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{}1{}}}}}"#,
        r#"{"StringEquals":"#.repeat(100),
        "}".repeat(100)
    );
    assert_eq!(soon(|| Policy::parse_as(&text, Usage::Identity)).unwrap_err().fault, Fault::Condition);
}

#[test]
fn wildcards_in_masses() {
    let long = format!("arn:aws:s3:::{}", "a".repeat(2000));
    let (stars, marks) = ("*a".repeat(10_000), "?".repeat(10_000));
    for pattern in [
        format!("{stars}*b"),
        format!("*{marks}*b"),
        format!("{}b", "*?a".repeat(6_000)),
        format!("*{}b*", "?a".repeat(900)),
        format!("{}*{}b", "*a?".repeat(300), "?a*".repeat(300)),
    ] {
        let policy = soon(|| with_resources(&[format!("arn:aws:s3:::{pattern}")])).unwrap();
        assert!(!soon(|| asked(&policy, &long)));
    }
    // Nearly all of the largest policy is one kind of bomb after the other.
    let bombs: Vec<_> = (0..30).map(|n| format!("arn:aws:s3:::*{}{n}*", "?a".repeat(300))).collect();
    let policy = with_resources(&bombs).unwrap();
    assert!(!soon(|| asked(&policy, &long)));
}

#[test]
fn lists_and_names_in_masses() {
    let operands: Vec<_> = (0..50_000).map(|n| format!("10.{}.{}.0/24", n / 256 % 256, n % 256)).collect();
    let text = serde_json::json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"IpAddress": {"aws:username": operands}}}});
    let policy = soon(|| Policy::parse_as(&text.to_string(), Usage::Identity)).unwrap();
    assert!(!soon(|| asked(&policy, "*")));
    let actions: Vec<_> = (0..50_000).map(|n| format!("s{}:Get{n}", n * 7919 % 50_000)).collect();
    let text = serde_json::json!({"Statement": {"Effect": "Allow", "Action": actions, "Resource": "*"}});
    let policy = soon(|| Policy::parse_as(&text.to_string(), Usage::Identity)).unwrap();
    assert!(!soon(|| asked(&policy, "*")));
    // A name that comes twice, late in a large object.
    let names: Vec<_> = (0..50_000).map(|n| format!("\"a:{n}\":\"1\"")).collect();
    let text = format!(
        r#"{{"Statement":{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{"StringEquals":{{{},"a:7":"2"}}}}}}}}"#,
        names.join(",")
    );
    let malformed = soon(|| Policy::parse_as(&text, Usage::Identity)).unwrap_err();
    assert_eq!((malformed.fault, malformed.message.as_str()), (Fault::Duplicate, "Duplicate field a:7"));
}

/// Letters that look like others, join, or turn the direction of what follows are letters like any.
#[test]
fn letters_that_deceive() {
    let (cyrillic, joined, turned) =
        ("arn:aws:s3:::\u{430}dmin", "arn:aws:s3:::a\u{200d}dmin", "arn:aws:s3:::\u{202e}nimda");
    for one in
        [cyrillic, joined, turned, "arn:aws:s3:::ad\u{0}min", "arn:aws:s3:::ADMIN", "arn:aws:s3:::admin "]
    {
        let policy = with_resources(&[one.to_owned()]).unwrap();
        assert!(asked(&policy, one) && !asked(&policy, "arn:aws:s3:::admin"), "{one:?}");
    }
    for action in ["s3:Get\u{41e}bject", "s\u{0663}:GetObject", "s3\u{ff1a}GetObject", "s3:GetObject\u{200b}"]
    {
        let text = serde_json::json!({"Statement": {"Effect": "Allow", "Action": action, "Resource": "*"}});
        let malformed = Policy::parse_as(&text.to_string(), Usage::Identity).unwrap_err();
        assert_eq!(malformed.fault, Fault::Action, "{action:?}");
    }
}
