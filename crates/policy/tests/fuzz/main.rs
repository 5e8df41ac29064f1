//! One fuzz target per reader of policies, driven by the mutator of `crates/wire` for a bounded time: documents, the values
//! of every condition operator, ARNs as patterns. What a target checks besides holds for every input.

#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../../../wire/tests/fuzz/hunt.rs"]
mod hunt;

use hunt::{must_find, number, run};
use policy::{Account, Context, Effect, Policy, Principal, Request, Usage, decide, explain};
use serde_json::{Value, json};

const ARN: &str = "arn:aws:iam::111122223333:user/ann";
const ANN: Principal<'_> =
    Principal::User { account: Account { id: "111122223333", canonical_id: "" }, arn: ARN };
const KEYS: &[(&str, &str)] = &[
    ("aws:username", "ann"),
    ("aws:sourceip", "203.0.113.7"),
    ("aws:securetransport", "true"),
    ("aws:currenttime", "2026-11-21T00:00:00Z"),
    ("s3:prefix", "a*b"),
];

fn request<'a>(resource: &'a str, context: &'a dyn Context) -> Request<'a> {
    Request { principal: ANN, action: "s3:GetObject", resource, context }
}

/// Whether anything is allowed, which the explanation must agree with.
fn is_allowed(policy: &Policy, request: &Request<'_>) -> bool {
    let (decision, lines) = (decide(&[policy], request), explain(&[policy], request));
    assert_eq!(lines.len(), policy.statements().len());
    let applies = |effect| lines.iter().any(|line| line.effect == effect && line.verdict.is_ok());
    assert_eq!(decision.is_explicit_deny(), applies(Effect::Deny));
    assert_eq!(decision.is_allow(), applies(Effect::Allow) && !applies(Effect::Deny));
    decision.is_allow()
}

fn document(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    number([Usage::Identity, Usage::Resource, Usage::Trust].map(|usage| {
        let policy = Policy::parse_as(text, usage).map_err(|malformed| {
            assert!(!malformed.message.is_empty());
            malformed.fault
        })?;
        let context: &[(&str, &str)] = KEYS;
        let of = |resource| is_allowed(&policy, &request(resource, &context));
        Ok::<_, policy::Fault>((of("arn:aws:s3:::b/ann"), of(""), policy.statements().len().min(4)))
    }))
}

fn document_seeds() -> Vec<Vec<u8>> {
    let all = [
        r#"{"Version":"2012-10-17","Id":"i","Statement":[{"Sid":"a","Effect":"Allow","Principal":"*","Action":"s3:*",
            "Resource":["arn:aws:s3:::b/${aws:username}","*"],"Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"},
            "ForAllValues:StringLikeIfExists":{"s3:prefix":["a${*}*","${aws:PrincipalTag/x, 'y'}"]}}},
            {"Effect":"Deny","NotPrincipal":{"AWS":["111122223333","arn:aws:iam::111122223333:role/r"],
            "Service":"s3.amazonaws.com","Federated":"a"},"NotAction":["iam:Get?","sqs:*"],"NotResource":"arn:aws:s3:::c"}]}"#,
        r#"{"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":["*"],"Resource":"*",
            "Condition":{"Bool":{"aws:SecureTransport":true},"NumericLessThan":{"s3:max-keys":10},
            "DateGreaterThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"},"Null":{"aws:TokenIssueTime":"true"},
            "ArnLike":{"aws:SourceArn":"arn:aws:sns:*:*:t"},"BinaryEquals":{"a:b":"QUJD"}}}}"#,
        r#"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]}"#,
    ];
    all.map(|text| text.as_bytes().to_vec()).to_vec()
}

/// Every operator, with the one that says the opposite.
const OPERATORS: [(&str, &str); 16] = [
    ("StringEquals", "StringNotEquals"),
    ("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
    ("StringLike", "StringNotLike"),
    ("NumericEquals", "NumericNotEquals"),
    ("NumericLessThan", "NumericGreaterThanEquals"),
    ("NumericLessThanEquals", "NumericGreaterThan"),
    ("DateEquals", "DateNotEquals"),
    ("DateLessThan", "DateGreaterThanEquals"),
    ("DateLessThanEquals", "DateGreaterThan"),
    ("Bool", ""),
    ("BinaryEquals", ""),
    ("IpAddress", "NotIpAddress"),
    ("ArnEquals", "ArnNotEquals"),
    ("ArnLike", "ArnNotLike"),
    ("Null", ""),
    ("StringEquals", "StringNotLike"),
];

fn with_condition(operator: &str, operand: &Value) -> Option<Policy> {
    let text = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {"a:b": operand}}}});
    Policy::parse_as(&text.to_string(), Usage::Identity).ok()
}

/// The first byte names an operator; then an operand and, behind a line break, the value that it is held against.
fn condition(input: &[u8]) -> u64 {
    let Some((first, rest)) = input.split_first() else { return 0 };
    let Ok(text) = str::from_utf8(rest) else { return 0 };
    let (operand, value) = text.split_once('\n').unwrap_or((text, ""));
    let (at, operand) = (usize::from(*first) % OPERATORS.len(), Value::from(operand));
    let (operator, opposite) = OPERATORS[at];
    let asked = |operator: &str, keys: &[(&str, &str)]| {
        with_condition(operator, &operand).map(|policy| is_allowed(&policy, &request("", &keys)))
    };
    let here: &[(&str, &str)] = &[("a:b", value), ("aws:username", "ann")];
    let holds = asked(operator, here);
    if operator == "Null" {
        assert_eq!(holds.map(|holds| !holds), asked(operator, &[]), "the key is there or it is not");
        return number((at, holds));
    }
    assert_eq!(asked(&format!("{operator}IfExists"), here), holds, "the key exists");
    assert_eq!(asked(&format!("{operator}IfExists"), &[]), holds.map(|_| true), "the key does not exist");
    assert_eq!(asked(&format!("ForAnyValue:{operator}"), here), holds, "one value is any value");
    assert_eq!(asked(&format!("ForAllValues:{operator}"), here), holds, "one value is all values");
    // A variable without a value fails both; a value of another kind is none of an ordered comparison.
    let is_plain = !operand.as_str().is_some_and(|text| text.contains("${"));
    if !opposite.is_empty() && is_plain {
        let other = asked(opposite, here);
        assert_eq!(holds.is_some(), other.is_some(), "{operator} and {opposite} take the same operands");
        assert!(holds != Some(true) || at == 15 || other == Some(false), "{operator} and {opposite} hold");
    }
    number((at, holds)) + u64::from(holds == Some(true))
}

fn condition_seeds() -> Vec<Vec<u8>> {
    let values = [
        "ann\nann",
        "a*\nab",
        "${aws:username}\nann",
        "${*}\n*",
        "-1.50\n2",
        "1372550400\n2013-06-30T00:00:00Z",
        "2013-06-30T02:00:00.5+02:00\n2013",
        "true\nfalse",
        "QUJD\nQUJD",
        "203.0.113.0/24\n203.0.113.7",
        "2001:db8::/32\n::ffff:1.2.3.4",
        "arn:aws:s3:::b/*\narn:aws:s3:::b/c",
        "arn:*:s3\narn:aws:s3:::",
    ];
    let all =
        (0..OPERATORS.len() as u8).flat_map(|at| values.map(|text| [&[at][..], text.as_bytes()].concat()));
    all.collect()
}

/// A pattern and, behind a line break, the ARN that it is held against.
fn arn(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    let (pattern, arn) = text.split_once('\n').unwrap_or((text, ""));
    let policy = |pattern: &str| {
        let text = json!({"Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Action": "*", "Resource": pattern}});
        Policy::parse_as(&text.to_string(), Usage::Identity)
    };
    let context: &[(&str, &str)] = KEYS;
    match policy(pattern) {
        Err(malformed) => number(malformed.fault),
        Ok(read) => {
            let is_literal = !pattern.contains(['*', '?', '$']) && pattern.splitn(6, ':').count() == 6;
            assert!(!is_literal || is_allowed(&read, &request(pattern, &context)), "it matches itself");
            let is_met = is_allowed(&read, &request(arn, &context));
            assert!(!is_literal || !is_met || pattern == arn, "it matches nothing else");
            if let (false, Ok(wider)) = (pattern.contains('$'), policy(&format!("{pattern}*"))) {
                assert!(!is_met || is_allowed(&wider, &request(arn, &context)), "a star takes nothing away");
            }
            2 + u64::from(is_met) + 2 * pattern.bytes().filter(|byte| b"*?:$".contains(byte)).count() as u64
        }
    }
}

fn arn_seeds() -> Vec<Vec<u8>> {
    let all = [
        "arn:aws:s3:::b/${aws:username}/*\narn:aws:s3:::b/ann/c",
        "arn:aws:s?s:*:1*3:q\narn:aws:sqs:us-east-1:123:q",
        "arn:aws:s3:::b*c*d?e\narn:aws:s3:::bxcyd:e",
        "*\nx",
        "arn:aws\narn:aws:a:b:c:d:e",
    ];
    all.map(|text| text.as_bytes().to_vec()).to_vec()
}

#[test]
fn documents() {
    run(document, &document_seeds());
}

#[test]
fn conditions() {
    run(condition, &condition_seeds());
}

#[test]
fn arns() {
    run(arn, &arn_seeds());
}

/// A reader with a planted error, which the mutator must find.
#[test]
fn the_canary_is_found() {
    let canary = |input: &[u8]| {
        let policy = Policy::parse_as(&String::from_utf8_lossy(input), Usage::Resource);
        let is_fine =
            policy.is_err() || policy.is_ok_and(|policy| policy.statements()[0].resources().count() != 3);
        assert!(is_fine, "planted");
        document(input)
    };
    must_find(canary, &document_seeds());
}
