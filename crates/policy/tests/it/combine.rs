//! The truth table of AWS's evaluation logic, row by row.

use policy::{Caller, Decision, Grant, Outcomes, Source, StatementId, Verdict, combine};

fn statement() -> StatementId {
    StatementId { policy: 0, statement: 1, sid: Some("s".into()) }
}

/// `-`: no such policy; `.`: it says nothing; `!`: it denies; a letter: it allows, by attached policy, account, role,
/// everyone, service, or the caller's own ARN.
fn decision(sign: char) -> Option<Decision> {
    let by = match sign {
        '-' => return None,
        '.' => return Some(Decision::ImplicitDeny),
        '!' => return Some(Decision::ExplicitDeny { statement: statement() }),
        'a' => Grant::Attached,
        'c' => Grant::Account,
        'r' => Grant::Role,
        'e' => Grant::Everyone,
        's' => Grant::Service,
        'i' => Grant::Itself,
        other => panic!("{other}"),
    };
    Some(Decision::Allow { by, statement: statement() })
}

/// Identity, resource, boundary, session, service control, resource control.
fn verdict(caller: Caller, signs: &str, needs_resource_policy: bool) -> Verdict {
    let all: Vec<Option<Decision>> = signs.chars().filter(|c| *c != ' ').map(decision).collect();
    let [identity, resource, boundary, session, service_control, resource_control] = &all[..] else {
        panic!("six signs: {signs}");
    };
    combine(&Outcomes {
        caller,
        identity: identity.as_ref().expect("the caller's own"),
        resource: resource.as_ref(),
        boundary: boundary.as_ref(),
        session: session.as_ref(),
        service_control: service_control.as_ref(),
        resource_control: resource_control.as_ref(),
        needs_resource_policy,
    })
}

#[test]
fn the_truth_table() {
    use Caller::{OtherAccount, Outsider, SameAccount, Service};
    let allow = None;
    let identity = Some(Source::Identity);
    let resource = Some(Source::Resource);
    let boundary = Some(Source::Boundary);
    let session = Some(Source::Session);
    let table = [
        // Within one account either policy is enough.
        (SameAccount, "a- -- --", allow),
        (SameAccount, ".- -- --", identity),
        (SameAccount, "a. -- --", allow),
        (SameAccount, ".. -- --", identity),
        (SameAccount, ".i -- --", allow),
        (SameAccount, ".e -- --", allow),
        (SameAccount, ".r -- --", allow),
        // The account as principal only lets the account's own policies decide.
        (SameAccount, ".c -- --", identity),
        (SameAccount, "ac -- --", allow),
        // A boundary or a session's policies limit the caller's own policies ...
        (SameAccount, "a- .- --", boundary),
        (SameAccount, "a- a- --", allow),
        (SameAccount, "a- -. --", session),
        (SameAccount, "a- -a --", allow),
        (SameAccount, "a- a. --", session),
        (SameAccount, "ac .- --", boundary),
        // ... and a resource's that names the role, not one that names the session, the user or everybody.
        (SameAccount, ".r .- --", boundary),
        (SameAccount, ".r -. --", session),
        (SameAccount, ".r aa --", allow),
        (SameAccount, ".i .. --", allow),
        (SameAccount, "ai .. --", allow),
        (SameAccount, ".e .. --", allow),
        // Another account needs both, and all limits.
        (OtherAccount, "a- -- --", resource),
        (OtherAccount, "a. -- --", resource),
        (OtherAccount, ".i -- --", identity),
        (OtherAccount, ".e -- --", identity),
        (OtherAccount, "ac -- --", allow),
        (OtherAccount, "ai -- --", allow),
        (OtherAccount, "ae -- --", allow),
        (OtherAccount, "ai .- --", boundary),
        (OtherAccount, "ai -. --", session),
        // A service and a stranger have only the resource's policy.
        (Service, ".- -- --", resource),
        (Service, "a. -- --", resource),
        (Service, ".s -- --", allow),
        (Service, ".e -- .-", allow),
        (Outsider, ".e -- --", allow),
        (Outsider, "a- -- --", resource),
        // An explicit deny anywhere decides.
        (SameAccount, "!i -- --", identity),
        (SameAccount, "a! -- --", resource),
        (SameAccount, "ai !- --", boundary),
        (SameAccount, "ai -! --", session),
        (SameAccount, "ai -- !-", Some(Source::ServiceControl)),
        (SameAccount, "ai -- -!", Some(Source::ResourceControl)),
        (OtherAccount, "a! -- --", resource),
        (Service, ".! -- --", resource),
        (Outsider, ".! -- --", resource),
        // An organisation's limits come before everything that allows.
        (SameAccount, "ai -- .-", Some(Source::ServiceControl)),
        (SameAccount, "ai -- a.", Some(Source::ResourceControl)),
        (SameAccount, "ai -- aa", allow),
        (Service, ".s -- -.", Some(Source::ResourceControl)),
        (Outsider, ".e -- -.", Some(Source::ResourceControl)),
    ];
    for (caller, signs, expected) in table {
        match (verdict(caller, signs, false), expected) {
            (Verdict::Allow, None) => {}
            (Verdict::Deny { by, statement }, Some(source)) if by == source => {
                assert_eq!(statement.is_some(), signs.contains('!'), "{caller:?} {signs}");
            }
            (answer, _) => panic!("{caller:?} {signs}: {answer:?}, not {expected:?}"),
        }
    }
}

#[test]
fn keys_and_roles_need_their_own_policy() {
    for (signs, good) in [("a- -- --", false), ("a. -- --", false), ("ac -- --", true), (".i -- --", true)] {
        assert_eq!(verdict(Caller::SameAccount, signs, true).is_allow(), good, "{signs}");
    }
}

#[test]
fn root_may_do_everything_in_its_account_unless_denied() {
    let deny = Decision::ExplicitDeny { statement: statement() };
    let root = |caller, resource| combine(&Outcomes::of(caller, &Outcomes::ROOT, resource)).is_allow();
    assert!(root(Caller::SameAccount, None));
    assert!(root(Caller::SameAccount, Some(&Decision::ImplicitDeny)));
    assert!(!root(Caller::SameAccount, Some(&deny)));
    assert!(!root(Caller::OtherAccount, None));
}

#[test]
fn refusals_are_worded_as_by_aws() {
    let message = |signs| {
        verdict(Caller::SameAccount, signs, false).message(
            "arn:aws:iam::111122223333:user/ann",
            "s3:GetObject",
            "arn:aws:s3:::b/k",
        )
    };
    let start = "User: arn:aws:iam::111122223333:user/ann is not authorized to perform: s3:GetObject on resource: \
                 arn:aws:s3:::b/k ";
    for (signs, end) in [
        (".- -- --", "because no identity-based policy allows the s3:GetObject action"),
        ("a- .- --", "because no permissions boundary allows the s3:GetObject action"),
        ("a! -- --", "with an explicit deny in a resource-based policy"),
        ("!- -- --", "with an explicit deny in an identity-based policy"),
    ] {
        assert_eq!(message(signs), format!("{start}{end}"));
    }
    assert_eq!(message("a- -- --"), "");
}
