//! What is a policy and what is not.

use policy::{Effect, Fault, Name, Policy, Usage};

/// A good resource policy with one statement, whose elements are replaced by `with`.
fn statement(with: &[(&str, &str)]) -> String {
    let mut elements = vec![
        ("Effect", r#""Allow""#),
        ("Principal", r#""*""#),
        ("Action", r#""s3:GetObject""#),
        ("Resource", r#""arn:aws:s3:::b/*""#),
    ];
    for &(name, value) in with {
        elements.retain(|(other, _)| *other != name);
        if !value.is_empty() {
            elements.push((name, value));
        }
    }
    let elements: Vec<String> = elements.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
    format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{{{}}}]}}", elements.join(", "))
}

fn fault(text: &str) -> Fault {
    Policy::parse(text).expect_err(text).fault
}

#[test]
fn a_policy_with_everything() {
    let policy = Policy::parse(
        r#"{
            "Version": "2012-10-17",
            "Id": "everything",
            "Statement": [
                {
                    "Sid": "One",
                    "Effect": "Allow",
                    "Principal": {
                        "AWS": ["111122223333", "arn:aws:iam::111122223333:user/a/b/ann"],
                        "Service": "sns.amazonaws.com",
                        "Federated": "cognito-identity.amazonaws.com",
                        "CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
                    },
                    "Action": ["s3:Get*", "s3:ListBucket"],
                    "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/${aws:username}/*"],
                    "Condition": {
                        "Bool": {"aws:SecureTransport": true},
                        "NumericLessThan": {"s3:max-keys": [10, "20"]},
                        "StringLike": {"s3:prefix": ["${aws:username}/*"]}
                    }
                },
                {
                    "Sid": "",
                    "Effect": "Deny",
                    "NotPrincipal": {"AWS": "arn:aws:sts::111122223333:assumed-role/r/s"},
                    "NotAction": "s3:*",
                    "NotResource": "*"
                }
            ]
        }"#,
    )
    .unwrap();
    assert_eq!(policy.id(), Some("everything"));
    let [one, two] = policy.statements() else { panic!("two statements") };
    assert_eq!((one.sid(), one.effect()), (Some("One"), Effect::Allow));
    assert_eq!(one.principals().len(), 5);
    assert_eq!(one.principals()[2], Name::Service("sns.amazonaws.com".into()));
    assert_eq!(one.actions().0, ["s3:Get*", "s3:ListBucket"]);
    assert_eq!(one.resources().collect::<Vec<_>>(), ["arn:aws:s3:::b", "arn:aws:s3:::b/${aws:username}/*"]);
    let numbers = one.conditions().find(|(operator, ..)| *operator == "NumericLessThan").unwrap();
    assert_eq!((numbers.1, numbers.2), ("s3:max-keys", &["10".to_owned(), "20".to_owned()][..]));
    assert!(two.is_not_principal() && two.actions().1 && two.is_not_resource());
}

#[test]
fn what_is_not_a_policy() {
    let table: Vec<(String, Fault)> = vec![
        (String::new(), Fault::Json),
        ("[]".into(), Fault::Json),
        ("\"\"".into(), Fault::Json),
        ("{\"Version\": }".into(), Fault::Json),
        (statement(&[]) + "}", Fault::Json),
        ("[".repeat(10_000), Fault::Json),
        ("{}".into(), Fault::Missing),
        ("{\"Statement\": []}".into(), Fault::Missing),
        ("{\"Statement\": \"Allow\"}".into(), Fault::Type),
        (statement(&[]).replacen("2012-10-17", "2012-10-18", 1), Fault::Version),
        (statement(&[]).replacen("\"Version\"", "\"version\"", 1), Fault::Unknown),
        (statement(&[]).replacen("\"2012-10-17\"", "20121017", 1), Fault::Type),
        (statement(&[("Effect", "")]), Fault::Missing),
        (statement(&[("Effect", r#""allow""#)]), Fault::Effect),
        (statement(&[("Effect", "true")]), Fault::Type),
        (statement(&[("Effect", r#""Allow", "Effect": "Deny""#)]), Fault::Duplicate),
        (statement(&[("Sid", "1")]), Fault::Type),
        (statement(&[("Principals", r#""*""#)]), Fault::Unknown),
        (statement(&[("Principal", "")]), Fault::Missing),
        (statement(&[("Principal", r#""111122223333""#)]), Fault::Principal),
        (statement(&[("Principal", "{}")]), Fault::Principal),
        (statement(&[("Principal", r#"["*"]"#)]), Fault::Type),
        (statement(&[("Principal", r#"{"AWS": []}"#)]), Fault::Type),
        (statement(&[("Principal", r#"{"Aws": "*"}"#)]), Fault::Principal),
        (statement(&[("NotPrincipal", r#""*""#)]), Fault::Duplicate),
        (statement(&[("Action", "")]), Fault::Missing),
        (statement(&[("Action", "[]")]), Fault::Missing),
        (statement(&[("Action", r#""""#)]), Fault::Type),
        (statement(&[("Action", r#"{"a": "b"}"#)]), Fault::Type),
        (statement(&[("Action", r#""GetObject""#)]), Fault::Action),
        (statement(&[("Action", r#""s3:""#)]), Fault::Action),
        (statement(&[("Action", r#""s*:Get""#)]), Fault::Action),
        (statement(&[("Action", r#""s3:Get Object""#)]), Fault::Action),
        (statement(&[("NotAction", r#""s3:Get""#)]), Fault::Duplicate),
        (statement(&[("Resource", "")]), Fault::Missing),
        (statement(&[("Resource", r#""b/*""#)]), Fault::Resource),
        (statement(&[("Resource", r#""arn:aws:s3:::${aws:username""#)]), Fault::Resource),
        (statement(&[("NotResource", r#""*""#)]), Fault::Duplicate),
        (statement(&[("Condition", r#""x""#)]), Fault::Type),
        (statement(&[("Condition", r#"{"StringEquals": "x"}"#)]), Fault::Type),
        (statement(&[("Condition", r#"{"StringEquals": {"prefix": "x"}}"#)]), Fault::Condition),
        (statement(&[("Condition", r#"{"StringIs": {"s3:prefix": "x"}}"#)]), Fault::Condition),
        (statement(&[("Condition", r#"{"IpAddress": {"aws:SourceIp": "x"}}"#)]), Fault::Condition),
        (statement(&[("Condition", r#"{"Bool": {"a:b": null}}"#)]), Fault::Type),
        (statement(&[("Condition", r#"{"Bool": {"a:b": "true", "a:b": "false"}}"#)]), Fault::Duplicate),
    ];
    for (text, expected) in &table {
        assert_eq!(fault(text), *expected, "{text}");
    }
    let twice = r#"{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Sid": "a"}"#;
    assert_eq!(fault(&format!("{{\"Statement\": [{twice}, {twice}]}}")), Fault::DuplicateSid);
}

#[test]
fn messages_say_what_is_wrong() {
    let message = |with: &[(&str, &str)]| Policy::parse(&statement(with)).unwrap_err().to_string();
    assert_eq!(message(&[("Principal", "")]), "Missing required field Principal");
    assert_eq!(message(&[("Effect", r#""Maybe""#)]), "Invalid effect: Maybe");
    assert_eq!(message(&[("Sid", r#""a", "Sid": "b""#)]), "Duplicate field Sid");
    assert_eq!(message(&[("Efect", "1")]), "Unknown field Efect");
    assert_eq!(message(&[("Condition", r#"{"IsTrue": {"a:b": "c"}}"#)]), "Invalid Condition type : IsTrue");
}

#[test]
fn principals() {
    let is_good = |text: &str| Policy::parse(&statement(&[("Principal", text)])).is_ok();
    for good in [
        r#""*""#,
        r#"{"AWS": "*"}"#,
        r#"{"AWS": "111122223333"}"#,
        r#"{"AWS": "arn:aws:iam::111122223333:root"}"#,
        r#"{"AWS": "arn:aws:iam::111122223333:role/service-role/r"}"#,
        r#"{"AWS": "arn:aws:sts::111122223333:federated-user/bob"}"#,
        r#"{"AWS": "arn:aws:sts::111122223333:assumed-role/r/s@example.com"}"#,
        r#"{"Federated": "arn:aws:iam::111122223333:oidc-provider/example.com"}"#,
        r#"{"Service": ["s3.amazonaws.com", "cloudhsm.amazon.com"]}"#,
    ] {
        assert!(is_good(good), "{good}");
    }
    for wrong in [
        r#"{"AWS": "11112222333"}"#,
        r#"{"AWS": "arn:aws:iam::111122223333:user/*"}"#,
        r#"{"AWS": "arn:aws:iam::111122223333:user/"}"#,
        r#"{"AWS": "arn:aws:iam::111122223333:group/g"}"#,
        r#"{"AWS": "arn:aws:iam::*:root"}"#,
        r#"{"AWS": "arn:aws:iam:us-east-1:111122223333:root"}"#,
        r#"{"AWS": "arn:aws:s3:::b"}"#,
        r#"{"AWS": "${aws:username}"}"#,
        r#"{"Service": "*"}"#,
        r#"{"Service": "example.com"}"#,
        r#"{"CanonicalUser": "*"}"#,
        r#"{"Federated": "*"}"#,
    ] {
        assert!(!is_good(wrong), "{wrong}");
    }
}

#[test]
fn elements_depend_on_the_usage() {
    let resource = statement(&[]);
    let identity = statement(&[("Principal", "")]);
    let trust = statement(&[("Resource", ""), ("Action", r#""sts:AssumeRole""#)]);
    for (text, usage) in [(&resource, Usage::Resource), (&identity, Usage::Identity), (&trust, Usage::Trust)]
    {
        for other in [Usage::Resource, Usage::Identity, Usage::Trust] {
            assert_eq!(Policy::parse_as(text, other).is_ok(), usage == other, "{text} as {other:?}");
        }
    }
}
