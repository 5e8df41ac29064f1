//! Why a check was refused: what each statement that could have mattered had to say, for people.

use std::fmt::Write as _;

use policy::{Effect, Miss, Policy, Request, explain};

use crate::{Attached, Check, authorise::Standing};

/// Statements that are shown of one kind of policy.
const LINES_MAX: usize = 50;

/// The reasons behind the refusal of `check`.
pub(crate) fn denied(standing: &Standing<'_>, check: &Check) -> String {
    let mut out = format!("{} on {} was refused.\n", check.action, check.resource);
    if check.is_owner_only {
        out.push_str(
            "It is for principals of the account that owns the resource, whomever its policy names.\n",
        );
    }
    standing.ask(check, |request| {
        match &check.policy {
            None => out.push_str("The resource has no policy.\n"),
            Some(policy) => {
                let policy = std::slice::from_ref(policy);
                section(&mut out, "the policy of the resource", policy, &[], request);
                let who = &standing.caller.who;
                if check.beside.as_ref().is_some_and(|beside| !beside.heeds_policy(who)) {
                    out.push_str(
                        "What it allows does not count for this caller: public access is blocked.\n",
                    );
                }
            }
        }
        let Some(rights) = standing.rights.as_deref() else {
            out.push_str("The caller has no policies of its own.\n");
            return;
        };
        attached(&mut out, "the caller's policies", &rights.identity, request);
        if let Some(boundary) = &rights.boundary {
            attached(&mut out, "the permissions boundary", std::slice::from_ref(boundary), request);
        }
        if let Some(session) = &rights.session {
            attached(&mut out, "the session's policies", session, request);
        }
    });
    out
}

fn attached(out: &mut String, what: &str, policies: &[Attached], request: &Request<'_>) {
    if policies.is_empty() {
        let _ = writeln!(out, "There are none of {what}.");
        return;
    }
    let names: Vec<&str> = policies.iter().map(|one| &*one.name).collect();
    section(out, what, policies, &names, request);
}

/// Statements that apply, and those that fail by more than their action; how many others there are.
fn section<P: std::borrow::Borrow<Policy>>(
    out: &mut String,
    what: &str,
    policies: &[P],
    names: &[&str],
    request: &Request<'_>,
) {
    let _ = writeln!(out, "In {what}:");
    let (mut shown, mut others) = (0, 0);
    for line in explain(policies, request) {
        if line.verdict == Err(Miss::Action) || shown == LINES_MAX {
            others += 1;
            continue;
        }
        shown += 1;
        let at = &line.statement;
        let name = names.get(at.policy).map(|name| format!("{name}, ")).unwrap_or_default();
        let sid = at.sid.as_ref().map(|sid| format!(" ({sid})")).unwrap_or_default();
        let effect = if line.effect == Effect::Deny { "denies" } else { "allows" };
        let _ = match line.verdict {
            Ok(_) => writeln!(out, "  {name}statement {}{sid} {effect} this", at.statement + 1),
            Err(miss) => {
                writeln!(
                    out,
                    "  {name}statement {}{sid} {effect} otherwise: {}",
                    at.statement + 1,
                    why(&miss)
                )
            }
        };
    }
    if shown == 0 || others > 0 {
        let are = if others == 1 { "statement is" } else { "statements are" };
        let _ = writeln!(out, "  {others} {are} about other actions");
    }
}

fn why(miss: &Miss) -> String {
    match miss {
        Miss::Principal => "it is about other principals".to_owned(),
        Miss::Action => "it is about other actions".to_owned(),
        Miss::Resource => "it is about other resources".to_owned(),
        Miss::Condition { operator, key } => format!("its condition {operator} on {key} does not hold"),
    }
}
