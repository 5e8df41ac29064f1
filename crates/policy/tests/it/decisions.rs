//! Decisions of `decide`, and what `explain` says of them.

use policy::{Account, Decision, Grant, Miss, Policy, Principal, Request, Usage, decide, explain};

const ACCOUNT: Account<'static> = Account {
    id: "111122223333",
    canonical_id: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be",
};
const OTHER: Account<'static> = Account { id: "444455556666", canonical_id: "" };
const ROOT: Principal<'static> = Principal::Root(ACCOUNT);
const ANN: Principal<'static> =
    Principal::User { account: ACCOUNT, arn: "arn:aws:iam::111122223333:user/team/ann" };
const BOB: Principal<'static> =
    Principal::User { account: ACCOUNT, arn: "arn:aws:iam::111122223333:user/bob" };
const SESSION: Principal<'static> = Principal::RoleSession {
    account: ACCOUNT,
    role_arn: "arn:aws:iam::111122223333:role/app/deploy",
    session_arn: "arn:aws:sts::111122223333:assumed-role/deploy/ci",
};
const FEDERATED: Principal<'static> =
    Principal::FederatedUser { account: ACCOUNT, arn: "arn:aws:sts::111122223333:federated-user/fred" };
const STRANGER: Principal<'static> =
    Principal::User { account: OTHER, arn: "arn:aws:iam::444455556666:user/eve" };
const S3: Principal<'static> = Principal::Service("s3.amazonaws.com");
const OIDC: Principal<'static> = Principal::Federated("arn:aws:iam::111122223333:oidc-provider/example.com");

fn request(principal: Principal<'static>) -> Request<'static> {
    Request {
        principal,
        action: "sqs:SendMessage",
        resource: "arn:aws:sqs:us-east-1:111122223333:q",
        context: &(),
    }
}

fn policy(effect: &str, principal: &str) -> Policy {
    Policy::parse(&format!(
        r#"{{"Statement": {{"Sid": "s", "Effect": "{effect}", {principal}, "Action": "sqs:*", "Resource": "*"}}}}"#
    ))
    .unwrap()
}

/// By what `principal` names the caller.
fn grant(principal: &str, caller: Principal<'static>) -> Option<Grant> {
    match decide(&[&policy("Allow", principal)], &request(caller)) {
        Decision::Allow { by, .. } => Some(by),
        _ => None,
    }
}

#[test]
fn principals_name_callers() {
    use Grant::{Account, Everyone, Federated, Itself, Role, Service};
    let callers = [ROOT, ANN, SESSION, FEDERATED, STRANGER, S3, OIDC, Principal::Anonymous];
    let n = None;
    let everyone = [Some(Everyone); 8];
    let account = [Some(Account), Some(Account), Some(Account), Some(Account), n, n, n, n];
    let table = [
        (r#""Principal": "*""#, everyone),
        (
            r#""Principal": {"AWS": "*"}"#,
            [
                Some(Everyone),
                Some(Everyone),
                Some(Everyone),
                Some(Everyone),
                Some(Everyone),
                Some(Everyone),
                n,
                Some(Everyone),
            ],
        ),
        (r#""Principal": {"AWS": "111122223333"}"#, account),
        (r#""Principal": {"AWS": "arn:aws:iam::111122223333:root"}"#, account),
        (
            r#""Principal": {"CanonicalUser": "79A59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}"#,
            account,
        ),
        (
            r#""Principal": {"AWS": "arn:aws:iam::111122223333:user/team/ann"}"#,
            [n, Some(Itself), n, n, n, n, n, n],
        ),
        (r#""Principal": {"AWS": "arn:aws:iam::111122223333:user/ann"}"#, [n; 8]),
        (
            r#""Principal": {"AWS": "arn:aws:iam::111122223333:role/app/deploy"}"#,
            [n, n, Some(Role), n, n, n, n, n],
        ),
        (
            r#""Principal": {"AWS": "arn:aws:sts::111122223333:assumed-role/deploy/ci"}"#,
            [n, n, Some(Itself), n, n, n, n, n],
        ),
        (
            r#""Principal": {"AWS": "arn:aws:sts::111122223333:federated-user/fred"}"#,
            [n, n, n, Some(Itself), n, n, n, n],
        ),
        (r#""Principal": {"Service": "s3.amazonaws.com"}"#, [n, n, n, n, n, Some(Service), n, n]),
        (
            r#""Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/example.com"}"#,
            [n, n, n, n, n, n, Some(Federated), n],
        ),
        (
            r#""Principal": {"AWS": ["111122223333", "arn:aws:iam::111122223333:user/team/ann"]}"#,
            [Some(Account), Some(Itself), Some(Account), Some(Account), n, n, n, n],
        ),
    ];
    for (principal, expected) in table {
        for (caller, expected) in callers.iter().zip(expected) {
            assert_eq!(grant(principal, *caller), expected, "{principal} {caller:?}");
        }
    }
}

#[test]
fn not_principal_spares_only_who_is_named() {
    let list = r#""NotPrincipal": {"AWS": [
        "arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:user/team/ann"]}"#;
    let deny = policy("Deny", list);
    let allow = policy("Allow", list);
    for (caller, denied, allowed) in [
        (ROOT, false, false),
        (ANN, false, false),
        (BOB, true, false),
        (SESSION, true, false),
        (STRANGER, true, true),
        (Principal::Anonymous, true, true),
    ] {
        assert_eq!(decide(&[&deny], &request(caller)).is_explicit_deny(), denied, "{caller:?}");
        assert_eq!(decide(&[&allow], &request(caller)).is_allow(), allowed, "{caller:?}");
    }
    let role = policy("Deny", r#""NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/app/deploy"}"#);
    assert!(decide(&[&role], &request(SESSION)).is_explicit_deny(), "the session has to be named");
}

#[test]
fn actions_and_resources() {
    let table = [
        (r#""Action": "sqs:SendMessage", "Resource": "*""#, true),
        (r#""Action": "SQS:sendmessage", "Resource": "*""#, true),
        (r#""Action": "sqs:Send*", "Resource": "*""#, true),
        (r#""Action": "sqs:SendMessag?", "Resource": "*""#, true),
        (r#""Action": "sqs:SendMessage?", "Resource": "*""#, false),
        (r#""Action": "*", "Resource": "*""#, true),
        (r#""Action": ["sns:*", "sqs:*"], "Resource": "*""#, true),
        (r#""NotAction": "sqs:Receive*", "Resource": "*""#, true),
        (r#""NotAction": ["sns:*", "sqs:Send*"], "Resource": "*""#, false),
        (r#""Action": "*", "Resource": "arn:aws:sqs:us-east-1:111122223333:q""#, true),
        (r#""Action": "*", "Resource": "arn:aws:sqs:us-east-1:111122223333:Q""#, false),
        (r#""Action": "*", "Resource": "arn:aws:sqs:*:*:q""#, true),
        (r#""Action": "*", "Resource": ["arn:aws:s3:::b", "arn:aws:sqs:*"]"#, true),
        (r#""Action": "*", "NotResource": "arn:aws:sqs:*""#, false),
        (r#""Action": "*", "NotResource": "arn:aws:s3:::*""#, true),
        (r#""Action": "*", "NotResource": "arn:aws:s3:::${aws:username}""#, false),
        (r#""Action": "*", "Resource": "arn:aws:sqs:*:*:${aws:username}""#, false),
    ];
    for (rest, expected) in table {
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Principal": "*", {rest}}}}}"#
        );
        let policy = Policy::parse(&text).unwrap();
        assert_eq!(decide(&[&policy], &request(ANN)).is_allow(), expected, "{rest}");
    }
}

#[test]
fn a_deny_decides_and_is_named() {
    let allow = policy("Allow", r#""Principal": "*""#);
    let deny = policy("Deny", r#""Principal": {"AWS": "111122223333"}"#);
    let Decision::ExplicitDeny { statement } = decide(&[&allow, &deny], &request(ANN)) else {
        panic!("a denial");
    };
    assert_eq!((statement.policy, statement.statement, statement.sid.as_deref()), (1, 0, Some("s")));
    let decision = decide(&[&allow, &deny], &request(STRANGER));
    assert!(matches!(decision, Decision::Allow { by: Grant::Everyone, .. }));
    assert_eq!(decide::<Policy>(&[], &request(ROOT)), Decision::ImplicitDeny);
}

#[test]
fn the_topic_to_queue_policy_that_everybody_writes() {
    let policy = Policy::parse(
        r#"{"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage",
            "Resource": "arn:aws:sqs:us-east-1:111122223333:q",
            "Condition": {
                "ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:t"},
                "StringEquals": {"AWS:SourceAccount": "111122223333"}}}]}"#,
    )
    .unwrap();
    let decide_from = |principal, topic| {
        let context: &[(&str, &str)] = &[("aws:sourcearn", topic), ("aws:sourceaccount", "111122223333")];
        decide(&[&policy], &Request { context: &context, ..request(principal) }).is_allow()
    };
    let sns = Principal::Service("sns.amazonaws.com");
    assert!(decide_from(sns, "arn:aws:sns:us-east-1:111122223333:t"));
    assert!(!decide_from(sns, "arn:aws:sns:us-east-1:111122223333:other"));
    assert!(!decide_from(S3, "arn:aws:sns:us-east-1:111122223333:t"));
    assert!(!decide(&[&policy], &request(sns)).is_allow(), "a key that is absent allows nothing");
}

#[test]
fn identity_policies_have_no_principal() {
    let text =
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}"#;
    let policy = Policy::parse_as(text, Usage::Identity).unwrap();
    assert!(matches!(decide(&[&policy], &request(ANN)), Decision::Allow { by: Grant::Attached, .. }));
}

#[test]
fn explanations_name_the_element_that_does_not_fit() {
    let policy = Policy::parse(
        r#"{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "sqs:*", "Resource": "*"},
            {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"},
            {"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "arn:aws:s3:::*"},
            {"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*",
             "Condition": {"Null": {"aws:SourceIp": "true"}, "Bool": {"aws:SecureTransport": "true"}}},
            {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*"}]}"#,
    )
    .unwrap();
    let verdicts: Vec<_> = explain(&[&policy], &request(ANN)).into_iter().map(|line| line.verdict).collect();
    let condition = Miss::Condition { operator: "Bool".into(), key: "aws:SecureTransport".into() };
    assert_eq!(
        verdicts,
        [Err(Miss::Principal), Err(Miss::Action), Err(Miss::Resource), Err(condition), Ok(Grant::Everyone)]
    );
}
