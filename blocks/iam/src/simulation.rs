//! The policy simulator's answers, by the engine that also decides real requests. Pure.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html>

use std::{collections::BTreeMap, sync::Arc};

use policy::{
    Caller, Context, Decision, Effect, Miss, Outcomes, Policy, Principal, Request, Values, Verdict, combine,
    decide, explain, request::Account,
};

/// A policy of a simulation.
#[derive(Clone)]
pub(crate) struct Source {
    /// `PolicyInputList.1`, or the name of an attached policy.
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) policy: Arc<Policy>,
}

impl std::borrow::Borrow<Policy> for Source {
    fn borrow(&self) -> &Policy {
        &self.policy
    }
}

/// Whose requests are simulated.
pub(crate) struct Asker {
    /// Of a user, or a role.
    pub(crate) arn: String,
    pub(crate) account: String,
}

/// Everything but action and resource.
#[derive(Default)]
pub(crate) struct Setting {
    pub(crate) identity: Vec<Source>,
    pub(crate) boundary: Vec<Source>,
    pub(crate) resource: Option<Source>,
    /// The organisation's policies, level by level: each must allow.
    pub(crate) organization: Option<Vec<Vec<Source>>>,
    /// Without one, nobody that a policy could name.
    pub(crate) asker: Option<Asker>,
    /// Whose the resources are; the asker's own account unless it is said.
    pub(crate) owner: Option<String>,
    pub(crate) entries: Entries,
}

/// The context keys of a simulation, by their names in lower case.
#[derive(Default)]
pub(crate) struct Entries(pub(crate) BTreeMap<String, Values<'static>>);

impl Context for Entries {
    fn get(&self, key: &str) -> Option<Values<'_>> {
        // Names behind a slash are compared without regard to case too.
        let found = self.0.get(key).or_else(|| self.0.get(&key.to_ascii_lowercase()));
        found.map(Values::borrowed)
    }
}

/// The answer for one action on one resource.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) decision: &'static str,
    /// The statements that the decision rests on.
    pub(crate) matched: Vec<Matched>,
    /// Keys that statements about this action and resource ask for and that the simulation does not have.
    pub(crate) missing: Vec<String>,
    pub(crate) by_boundary: Option<bool>,
    pub(crate) by_organization: Option<bool>,
    /// What either side says, where it takes two.
    pub(crate) sides: Option<(&'static str, &'static str)>,
}

/// A statement.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Matched {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) start: Position,
    pub(crate) end: Position,
}

/// A place in a text, both from 1.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub(crate) struct Position {
    pub(crate) line: i32,
    pub(crate) column: i32,
}

fn word(decision: &Decision) -> &'static str {
    match decision {
        Decision::Allow { .. } => "allowed",
        Decision::ExplicitDeny { .. } => "explicitDeny",
        Decision::ImplicitDeny => "implicitDeny",
    }
}

impl Setting {
    /// What `action` on `resource` comes to.
    pub(crate) fn simulate(&self, action: &str, resource: &str) -> Outcome {
        let request = Request { principal: self.principal(), action, resource, context: &self.entries };
        let of_identity = decide(&self.identity, &request);
        let of_resource = self.resource.as_ref().map(|one| decide(std::slice::from_ref(one), &request));
        let of_boundary = (!self.boundary.is_empty()).then(|| decide(&self.boundary, &request));
        let of_organization = self.organization.as_deref().map(|levels| every(levels, &request));
        let is_cross = self.is_cross_account();
        let caller = if is_cross { Caller::OtherAccount } else { Caller::SameAccount };
        let verdict = combine(&Outcomes {
            boundary: of_boundary.as_ref(),
            service_control: of_organization.as_ref(),
            ..Outcomes::of(caller, &of_identity, of_resource.as_ref())
        });
        let (decision, effect) = match verdict {
            Verdict::Allow => ("allowed", Some(Effect::Allow)),
            Verdict::Deny { statement: Some(_), .. } => ("explicitDeny", Some(Effect::Deny)),
            Verdict::Deny { statement: None, .. } => ("implicitDeny", None),
        };
        let mut matched = Vec::new();
        if let Some(effect) = effect {
            matched_by(&self.identity, "IAM Policy", effect, &request, &mut matched);
            matched_by(self.resource.as_slice(), "Resource Policy", effect, &request, &mut matched);
            if effect == Effect::Deny {
                matched_by(&self.boundary, "IAM Permissions Boundary Policy", effect, &request, &mut matched);
            }
        }
        let sides = is_cross.then(|| (word(&of_identity), of_resource.as_ref().map_or("implicitDeny", word)));
        Outcome {
            decision,
            matched,
            missing: self.missing(&request),
            by_boundary: of_boundary.as_ref().map(Decision::is_allow),
            by_organization: of_organization.as_ref().map(Decision::is_allow),
            sides,
        }
    }

    fn principal(&self) -> Principal<'_> {
        let Some(asker) = &self.asker else { return Principal::Anonymous };
        let account = Account { id: &asker.account, canonical_id: "" };
        if asker.arn.contains(":role/") {
            return Principal::RoleSession { account, role_arn: &asker.arn, session_arn: "" };
        }
        if asker.arn.ends_with(":root") {
            return Principal::Root(account);
        }
        Principal::User { account, arn: &asker.arn }
    }

    fn is_cross_account(&self) -> bool {
        match (&self.owner, &self.asker) {
            (Some(owner), Some(asker)) => *owner != asker.account,
            _ => false,
        }
    }

    fn missing(&self, request: &Request<'_>) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        let sources = self.identity.iter().chain(&self.boundary).chain(&self.resource);
        for source in sources {
            for line in explain(std::slice::from_ref(source), request) {
                let is_about = match line.verdict {
                    Ok(_) | Err(Miss::Condition { .. }) => true,
                    Err(Miss::Resource) => false,
                    Err(Miss::Action | Miss::Principal) => continue,
                };
                let statement = &source.policy.statements()[line.statement.statement];
                let in_resources = statement.resources().flat_map(variables);
                let in_conditions = statement.conditions().map(|(_, key, _)| key).filter(|_| is_about);
                for key in in_resources.chain(in_conditions) {
                    let is_there = self.entries.get(&key.to_ascii_lowercase()).is_some();
                    if !is_there && !all.iter().any(|one| one.eq_ignore_ascii_case(key)) {
                        all.push(key.to_owned());
                    }
                }
            }
        }
        all
    }
}

/// Denies where any level denies, allows where every level does.
fn every(levels: &[Vec<Source>], request: &Request<'_>) -> Decision {
    let mut last = Decision::ImplicitDeny;
    for level in levels {
        match decide(level, request) {
            allowed @ Decision::Allow { .. } => last = allowed,
            denied => return denied,
        }
    }
    last
}

fn matched_by(
    sources: &[Source],
    kind: &'static str,
    effect: Effect,
    request: &Request<'_>,
    to: &mut Vec<Matched>,
) {
    for source in sources {
        let lines = explain(std::slice::from_ref(source), request);
        let hits = lines.iter().filter(|line| line.effect == effect && line.verdict.is_ok());
        for line in hits {
            let (start, end) = place(&source.text, line.statement.statement);
            to.push(Matched { id: source.id.clone(), kind, start, end });
        }
    }
}

/// Where the statement number `wanted` (from 0) begins and ends: behind the bracket, comma or colon before it, and
/// behind its last brace, as AWS counts.
fn place(text: &str, wanted: usize) -> (Position, Position) {
    let mut scan = Scan { text: text.as_bytes(), at: 0 };
    let found = scan.statement(wanted).unwrap_or((0, 0));
    (position(text, found.0), position(text, found.1))
}

fn position(text: &str, at: usize) -> Position {
    let before = &text[..at.min(text.len())];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Position { line: line as i32, column: column as i32 }
}

/// A walk through a text that is known to be a policy.
struct Scan<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.byte().is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Over one value of any kind.
    fn skip_value(&mut self) -> Option<()> {
        self.skip_space();
        let mut depth = 0_usize;
        loop {
            match self.byte()? {
                b'"' => {
                    self.at += 1;
                    while self.byte()? != b'"' {
                        self.at += if self.byte()? == b'\\' { 2 } else { 1 };
                    }
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.checked_sub(1)?,
                _ => {}
            }
            self.at += 1;
            let is_end = matches!(self.byte(), None | Some(b',' | b'}' | b']' | b':'));
            if depth == 0 && (is_end || self.byte().is_some_and(|b| b.is_ascii_whitespace())) {
                return Some(());
            }
        }
    }

    /// The bytes of a statement, with the white space before it.
    fn statement(&mut self, wanted: usize) -> Option<(usize, usize)> {
        self.skip_space();
        self.at += 1;
        loop {
            self.skip_space();
            let start = self.at;
            self.skip_value()?;
            let is_statement = &self.text[start..self.at] == b"\"Statement\"";
            self.skip_space();
            self.at += 1;
            if is_statement {
                break;
            }
            self.skip_value()?;
            self.skip_space();
            self.at += 1;
        }
        let mut begin = self.at;
        self.skip_space();
        if self.byte()? != b'[' {
            self.skip_value()?;
            return (wanted == 0).then_some((begin, self.at));
        }
        self.at += 1;
        for _ in 0..wanted {
            self.skip_value()?;
            self.skip_space();
            self.at += 1;
        }
        begin = begin.max(self.at);
        self.skip_value()?;
        Some((begin, self.at))
    }
}

/// The context keys that a policy asks for, in conditions and variables, in the order in which they occur.
pub(crate) fn context_keys(policy: &Policy, to: &mut Vec<String>) {
    let mut add = |key: &str| {
        if !key.is_empty() && !to.iter().any(|one| one.eq_ignore_ascii_case(key)) {
            to.push(key.to_owned());
        }
    };
    for statement in policy.statements() {
        for resource in statement.resources().filter(|_| policy.is_2012()) {
            variables(resource).for_each(&mut add);
        }
        for (_, key, operands) in statement.conditions() {
            add(key);
            for operand in operands.iter().filter(|_| policy.is_2012()) {
                variables(operand).for_each(&mut add);
            }
        }
    }
}

/// `aws:username` of `${aws:username, 'nobody'}`. `${*}` and the like are letters, not variables.
fn variables(text: &str) -> impl Iterator<Item = &str> {
    text.split("${").skip(1).filter_map(|rest| {
        let name = rest.split_once('}')?.0.split(',').next()?.trim();
        name.contains(':').then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use policy::Usage;

    use super::*;

    fn source(id: &str, text: &str) -> Source {
        let policy = Arc::new(Policy::parse_as(text, Usage::Identity).unwrap());
        Source { id: id.to_owned(), text: text.to_owned(), policy }
    }

    const SPREAD: &str = r#"{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "a]},\"",
            "Effect": "Allow",
            "Action": "codecommit:ListRepositories",
            "Resource": "*"
        },
        {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}
    ]
}"#;

    #[test]
    fn statements_have_places() {
        let at = |line, column| Position { line, column };
        assert_eq!(place(SPREAD, 0), (at(3, 19), at(9, 10)));
        assert_eq!(place(SPREAD, 1), (at(9, 11), at(10, 62)));
        let one = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}"#;
        assert_eq!(place(one, 0), (at(1, 38), at(1, 83)));
        let object = r#"{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"},"Version":"2012-10-17"}"#;
        assert_eq!(place(object, 0), (at(1, 14), at(1, 59)));
    }

    #[test]
    fn a_deny_is_the_only_one_that_is_named() {
        let setting = Setting { identity: vec![source("x", SPREAD)], ..Setting::default() };
        let outcome = setting.simulate("s3:GetObject", "*");
        assert_eq!((outcome.decision, outcome.matched.len()), ("explicitDeny", 1));
        assert_eq!(setting.simulate("codecommit:ListRepositories", "*").decision, "allowed");
        let nothing = setting.simulate("ec2:RunInstances", "*");
        assert_eq!((nothing.decision, nothing.matched.len()), ("implicitDeny", 0));
    }

    #[test]
    fn keys_are_found() {
        let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*",
            "Resource":"arn:aws:s3:::b/${aws:username}/${*}",
            "Condition":{"StringEquals":{"aws:PrincipalTag/team":"${aws:userid}"},"Null":{"aws:username":"true"}}}}"#;
        let mut keys = Vec::new();
        context_keys(&source("x", text).policy, &mut keys);
        assert_eq!(keys, ["aws:username", "aws:PrincipalTag/team", "aws:userid"]);
        let setting = Setting { identity: vec![source("x", text)], ..Setting::default() };
        assert_eq!(setting.simulate("s3:GetObject", "arn:aws:s3:::b/x").missing, ["aws:username"]);
    }

    /// Texts that are changed at random: nothing panics, and every statement of what is still a policy is found.
    #[test]
    fn any_text() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut draw = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % below as u64) as usize
        };
        let pieces =
            ["{", "}", "[", "]", ",", ":", "\"", "\\", " ", "\n", "ä", "Statement", "Deny", "*", "1"];
        let mut policies = 0;
        for _ in 0..20_000 {
            let mut text = SPREAD.to_owned();
            for _ in 0..draw(4) {
                let mut at = draw(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                if draw(2) == 0 {
                    text.remove(at);
                } else {
                    text.insert_str(at, pieces[draw(pieces.len())]);
                }
            }
            let Ok(policy) = crate::malformed::check(&text) else { continue };
            policies += 1;
            for number in 0..policy.statements().len() {
                let mut scan = Scan { text: text.as_bytes(), at: 0 };
                let (start, end) = scan.statement(number).unwrap_or_else(|| panic!("{number} in {text}"));
                let one = text[start..end].trim();
                assert!(one.starts_with('{') && one.ends_with('}'), "{one} in {text}");
            }
            let mut keys = Vec::new();
            context_keys(&policy, &mut keys);
        }
        assert!(policies > 1000, "{policies}");
    }
}
