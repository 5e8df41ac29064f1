//! Laws that hold for all policies, tried on random ones.

use policy::{Account, Context, Decision, Policy, Principal, Request, Values, decide};
use proptest::prelude::*;

const ACCOUNT: Account<'static> = Account { id: "111122223333", canonical_id: "" };

fn pick(from: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(from)
}

prop_compose! {
    fn statement()(
        effect in pick(&["Allow", "Deny"]),
        principal in pick(&[
            r#""Principal": "*""#, r#""Principal": {"AWS": "111122223333"}"#,
            r#""Principal": {"AWS": "arn:aws:iam::111122223333:user/ann"}"#,
            r#""Principal": {"Service": "s3.amazonaws.com"}"#,
            r#""NotPrincipal": {"AWS": "arn:aws:iam::111122223333:user/ann"}"#,
        ]),
        action in pick(&[
            r#""Action": "*""#, r#""Action": "s3:Get*""#, r#""Action": ["s3:PutObject", "s3:DeleteObject"]"#,
            r#""NotAction": "s3:Put*""#,
        ]),
        resource in pick(&[
            r#""Resource": "*""#, r#""Resource": "arn:aws:s3:::b/*""#, r#""NotResource": "arn:aws:s3:::b/a*""#,
            r#""Resource": "arn:aws:s3:::b/${aws:username}*""#,
        ]),
        condition in pick(&[
            "", r#", "Condition": {"StringEquals": {"aws:username": "ann"}}"#,
            r#", "Condition": {"StringNotEquals": {"aws:username": "${aws:none}"}}"#,
            r#", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}, "Null": {"aws:none": "true"}}"#,
        ]),
    ) -> String {
        format!(r#"{{"Effect": "{effect}", {principal}, {action}, {resource}{condition}}}"#)
    }
}

#[derive(Clone, Debug)]
struct Question {
    principal: Principal<'static>,
    action: &'static str,
    resource: &'static str,
    keys: Vec<(&'static str, &'static str)>,
}

impl Context for Question {
    fn get(&self, key: &str) -> Option<Values<'_>> {
        self.keys.iter().find(|(name, _)| *name == key).map(|(_, value)| Values::from(*value))
    }
}

prop_compose! {
    fn question()(
        principal in proptest::sample::select(vec![
            Principal::Root(ACCOUNT),
            Principal::User { account: ACCOUNT, arn: "arn:aws:iam::111122223333:user/ann" },
            Principal::User { account: ACCOUNT, arn: "arn:aws:iam::111122223333:user/bob" },
            Principal::Service("s3.amazonaws.com"),
            Principal::Anonymous,
        ]),
        action in pick(&["s3:GetObject", "S3:putobject", "s3:DeleteObject"]),
        resource in pick(&["arn:aws:s3:::b/ann", "arn:aws:s3:::b/x", "arn:aws:s3:::c/x"]),
        keys in proptest::sample::subsequence(
            vec![("aws:username", "ann"), ("aws:sourceip", "10.1.2.3"), ("aws:none", "some")], 0..=3),
    ) -> Question {
        Question { principal, action, resource, keys }
    }
}

fn parse(statements: &[String]) -> Policy {
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(","));
    Policy::parse(&text).expect("the statements are good")
}

fn outcome(policies: &[&Policy], question: &Question) -> Decision {
    let Question { principal, action, resource, .. } = *question;
    match decide(policies, &Request { principal, action, resource, context: question }) {
        // Which of several equal statements is named may depend on the order, and by what it grants may not.
        Decision::Allow { by, statement } => {
            Decision::Allow { by, statement: policy::StatementId { policy: 0, statement: 0, ..statement } }
        }
        Decision::ExplicitDeny { statement } => {
            Decision::ExplicitDeny { statement: policy::StatementId { policy: 0, statement: 0, ..statement } }
        }
        Decision::ImplicitDeny => Decision::ImplicitDeny,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Adding a statement that denies never grants; adding one that allows never takes away.
    #[test]
    fn adding_statements(
        statements in proptest::collection::vec(statement(), 1..6), more in statement(), question in question(),
    ) {
        let before = outcome(&[&parse(&statements)], &question);
        let after = outcome(&[&parse(&[statements.clone(), vec![more.clone()]].concat())], &question);
        if more.contains(r#""Deny""#) {
            prop_assert!(before.is_allow() || !after.is_allow());
        } else {
            prop_assert!(!before.is_allow() || after.is_allow());
            prop_assert_eq!(before.is_explicit_deny(), after.is_explicit_deny());
        }
    }

    /// The order of statements has no influence, nor how they are spread over policies.
    #[test]
    fn order_and_grouping(
        statements in proptest::collection::vec(statement(), 1..6).prop_shuffle(),
        other in any::<prop::sample::Index>(), question in question(),
    ) {
        let expected = outcome(&[&parse(&statements)], &question);
        let mut turned = statements.clone();
        turned.rotate_left(other.index(statements.len()));
        turned.reverse();
        prop_assert_eq!(&outcome(&[&parse(&turned)], &question), &expected);
        let (one, two) = statements.split_at(other.index(statements.len()));
        if !one.is_empty() {
            prop_assert_eq!(&outcome(&[&parse(two), &parse(one)], &question), &expected);
        }
    }

    /// Whatever the text, the parser answers; and what it takes, it can decide with.
    #[test]
    fn noise_is_survived(
        pieces in proptest::collection::vec(prop_oneof![
            pick(&[
                "{", "}", "[", "]", ",", ":", "\"", "\"Version\":\"2012-10-17\",", "\"Statement\":", "\"Effect\":\"Allow\",",
                "\"Principal\":\"*\",", "\"Action\":\"s3:*\",", "\"Resource\":\"*\"", "\"Condition\":{\"Bool\":{\"a:b\":true}},",
                "\"${aws:x}\"", "null", "1e999", "\\u0000", "\u{e9}",
            ]).prop_map(str::to_owned),
            "[ -~]{0,4}",
        ], 0..30),
        question in question(),
    ) {
        if let Ok(policy) = Policy::parse(&pieces.concat()) {
            outcome(&[&policy], &question);
        }
    }

    /// Any one byte of a good policy replaced or dropped: a policy or a fault, never more than an answer.
    #[test]
    fn changed_policies_are_read_or_refused(
        statement in statement(), at in any::<prop::sample::Index>(), with in proptest::option::of(32_u8..127),
        question in question(),
    ) {
        let mut text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#).into_bytes();
        let at = at.index(text.len());
        match with {
            Some(byte) => text[at] = byte,
            None => drop(text.remove(at)),
        }
        if let Ok(policy) = Policy::parse(&String::from_utf8(text).unwrap()) {
            outcome(&[&policy], &question);
        }
    }
}
