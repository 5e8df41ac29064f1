//! From the text of a policy to its compiled form. What the language does not have is a fault, and never skipped: an
//! element that is misspelt would otherwise grant or deny something that nobody wrote.

use crate::{
    actions::Actions,
    arn::ArnPattern,
    condition::{BadCondition, Condition},
    document::{DUPLICATE, Node},
    pattern::{Pattern, Syntax},
    policy::{ActionRule, Effect, Policy, ResourceRule, Statement, Usage},
    principal::{Name, PrincipalRule},
};

/// Why a text is not a policy. Services put the message into their own `MalformedPolicy`, `InvalidAttributeValue`, ...
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Malformed {
    /// What is wrong.
    pub fault: Fault,
    /// S3's sentence for it, which is the most telling.
    pub message: String,
}

/// The kinds of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not JSON, or not an object.
    Json,
    /// A name occurs twice in one object.
    Duplicate,
    /// Two statements have the same `Sid`.
    DuplicateSid,
    /// An element that the language does not have, or not in this place.
    Unknown,
    /// A required element is absent, or an empty list.
    Missing,
    /// An element has the wrong type or is empty.
    Type,
    /// `Version` is neither of the two.
    Version,
    /// `Effect` is neither of the two.
    Effect,
    /// A principal that cannot be one.
    Principal,
    /// An action that cannot be one.
    Action,
    /// A resource that is no ARN.
    Resource,
    /// A condition with an unknown operator, a key without a prefix, or an operand of another type.
    Condition,
}

type Parsed<T> = Result<T, Malformed>;
type Object = Vec<(String, Node)>;

fn malformed<T>(fault: Fault, message: impl Into<String>) -> Parsed<T> {
    Err(Malformed { fault, message: message.into() })
}

fn missing<T>(element: &str) -> Parsed<T> {
    malformed(Fault::Missing, format!("Missing required field {element}"))
}

impl Policy {
    /// Parses the policy of a resource ([`Usage::Resource`]).
    pub fn parse(text: &str) -> Result<Policy, Malformed> {
        Policy::parse_as(text, Usage::Resource)
    }

    /// Parses a policy for `usage`.
    pub fn parse_as(text: &str, usage: Usage) -> Result<Policy, Malformed> {
        let object = match Node::parse(text) {
            Ok(Node::Object(object)) => object,
            Ok(_) => {
                return malformed(Fault::Json, "Policies must be valid JSON and the first byte must be '{'");
            }
            Err(error) => return from_json(&error),
        };
        let mut policy = Policy { id: None, is_2012: false, statements: Vec::new() };
        let mut statements = None;
        for (name, value) in object {
            match name.as_str() {
                "Version" => policy.is_2012 = version(value)?,
                "Id" => policy.id = Some(text_of("Id", value)?),
                "Statement" => statements = Some(value),
                _ => return malformed(Fault::Unknown, format!("Unknown field {name}")),
            }
        }
        let statements = match statements {
            None => return missing("Statement"),
            Some(Node::List(list)) if list.is_empty() => return missing("Statement"),
            Some(Node::List(list)) => list,
            Some(one) => vec![one],
        };
        let reader = Reader { usage, is_2012: policy.is_2012 };
        policy.statements = statements.into_iter().map(|one| reader.statement(one)).collect::<Parsed<_>>()?;
        check_sids(&policy.statements)?;
        Ok(policy)
    }
}

fn from_json<T>(error: &str) -> Parsed<T> {
    match error.strip_prefix(DUPLICATE) {
        Some(name) => {
            let name = name.rsplit_once(" at line ").map_or(name, |(name, _)| name);
            malformed(Fault::Duplicate, format!("Duplicate field {name}"))
        }
        None => malformed(Fault::Json, format!("This policy contains invalid Json: {error}")),
    }
}

/// Whether it is the version that has variables.
fn version(value: Node) -> Parsed<bool> {
    match text_of("Version", value)?.as_str() {
        "2012-10-17" => Ok(true),
        "2008-10-17" => Ok(false),
        _ => malformed(Fault::Version, "The policy must contain a valid version string"),
    }
}

/// An empty `Sid` says nothing and may repeat.
fn check_sids(statements: &[Statement]) -> Parsed<()> {
    let mut seen = std::collections::HashSet::new();
    let sids = statements.iter().filter_map(Statement::sid).filter(|sid| !sid.is_empty());
    for sid in sids {
        if !seen.insert(sid) {
            let message = format!("Statement IDs (SID) in a single policy must be unique: {sid}");
            return malformed(Fault::DuplicateSid, message);
        }
    }
    Ok(())
}

fn text_of(element: &str, value: Node) -> Parsed<String> {
    match value {
        Node::Text(text) => Ok(text),
        other => malformed(
            Fault::Type,
            format!("Invalid policy syntax: {element} must be a string, not {}", other.kind()),
        ),
    }
}

/// A text or a list of texts, none empty.
fn texts_of(element: &str, value: Node) -> Parsed<Vec<String>> {
    let texts = match value {
        Node::List(list) => list.into_iter().map(|one| text_of(element, one)).collect::<Parsed<_>>()?,
        one => vec![text_of(element, one)?],
    };
    if texts.is_empty() || texts.iter().any(String::is_empty) {
        let is_absent = texts.is_empty() && element != "Principal";
        let fault = if is_absent { Fault::Missing } else { Fault::Type };
        return malformed(fault, format!("Invalid policy syntax: {element} must not be empty"));
    }
    Ok(texts)
}

/// What the parts of one policy have in common.
#[derive(Clone, Copy)]
struct Reader {
    usage: Usage,
    is_2012: bool,
}

/// The elements of a statement before they are put together.
#[derive(Default)]
struct Elements {
    sid: Option<String>,
    effect: Option<Effect>,
    principal: Option<PrincipalRule>,
    actions: Option<ActionRule>,
    resources: Option<ResourceRule>,
    conditions: Vec<Condition>,
}

impl Reader {
    fn statement(self, value: Node) -> Parsed<Statement> {
        let Node::Object(object) = value else {
            let message =
                format!("Invalid policy syntax: a statement must be an object, not {}", value.kind());
            return malformed(Fault::Type, message);
        };
        let mut elements = Elements::default();
        for (name, value) in object {
            self.element(&mut elements, &name, value)?;
        }
        self.complete(elements)
    }

    fn element(self, to: &mut Elements, name: &str, value: Node) -> Parsed<()> {
        let is_not = name.starts_with("Not");
        match name {
            "Sid" => to.sid = Some(text_of(name, value)?),
            "Effect" => to.effect = Some(effect(value)?),
            "Principal" | "NotPrincipal" if self.usage != Usage::Identity => {
                fill(
                    &mut to.principal,
                    name,
                    PrincipalRule { is_not, names: principals(self.usage, value)? },
                )?;
            }
            "Action" | "NotAction" => fill(&mut to.actions, name, actions(name, value, is_not)?)?,
            "Resource" | "NotResource" if self.usage != Usage::Trust => {
                fill(&mut to.resources, name, self.resources(name, value, is_not)?)?;
            }
            "Condition" => to.conditions = self.conditions(value)?,
            "Principal" | "NotPrincipal" => {
                return malformed(
                    Fault::Unknown,
                    format!("Policy document should not specify a principal: {name}"),
                );
            }
            "Resource" | "NotResource" => {
                return malformed(Fault::Unknown, format!("Has prohibited field {name}"));
            }
            _ => return malformed(Fault::Unknown, format!("Unknown field {name}")),
        }
        Ok(())
    }

    fn complete(self, elements: Elements) -> Parsed<Statement> {
        let Some(effect) = elements.effect else { return missing("Effect") };
        if elements.principal.is_none() && self.usage != Usage::Identity {
            return missing("Principal");
        }
        let Some(actions) = elements.actions else { return missing("Action") };
        if elements.resources.is_none() && self.usage != Usage::Trust {
            return missing("Resource");
        }
        Ok(Statement {
            sid: elements.sid,
            effect,
            principal: elements.principal,
            actions,
            resources: elements.resources,
            conditions: elements.conditions,
        })
    }

    fn resources(self, name: &str, value: Node, is_not: bool) -> Parsed<ResourceRule> {
        let patterns = texts_of(name, value)?
            .iter()
            .map(|text| match ArnPattern::parse(text, self.is_2012) {
                Ok(pattern) if pattern.is_well_formed() => Ok(pattern),
                _ => malformed(Fault::Resource, format!("Policy has invalid resource: {text}")),
            })
            .collect::<Parsed<_>>()?;
        Ok(ResourceRule { is_not, patterns })
    }

    fn conditions(self, value: Node) -> Parsed<Vec<Condition>> {
        let mut conditions = Vec::new();
        for (operator, keys) in object_of("Condition", value)? {
            for (key, operands) in object_of(&operator, keys)? {
                conditions.push(self.condition(&operator, &key, operands)?);
            }
        }
        Ok(conditions)
    }

    fn condition(self, operator: &str, key: &str, operands: Node) -> Parsed<Condition> {
        let has_prefix =
            key.split_once(':').is_some_and(|(prefix, name)| !prefix.is_empty() && !name.is_empty());
        if !has_prefix {
            return malformed(Fault::Condition, format!("Policy has an invalid condition key: {key}"));
        }
        let operands = operands_of(key, operands)?;
        Condition::parse(operator, key, operands, self.is_2012).map_err(|error| Malformed {
            fault: Fault::Condition,
            message: match error {
                BadCondition::Operator => format!("Invalid Condition type : {operator}"),
                BadCondition::Operand(text) => {
                    format!("Invalid Condition value for {operator} of {key}: {text}")
                }
                BadCondition::Variable => format!("Invalid policy variable in the condition on {key}"),
            },
        })
    }
}

/// `Action` beside `NotAction` says the same thing twice.
fn fill<T>(place: &mut Option<T>, name: &str, value: T) -> Parsed<()> {
    if place.replace(value).is_none() {
        return Ok(());
    }
    malformed(
        Fault::Duplicate,
        format!("Invalid policy syntax: {name} excludes its counterpart in one statement"),
    )
}

fn object_of(element: &str, value: Node) -> Parsed<Object> {
    match value {
        Node::Object(object) => Ok(object),
        other => malformed(
            Fault::Type,
            format!("Invalid policy syntax: {element} must be an object, not {}", other.kind()),
        ),
    }
}

/// Operands may be texts, numbers and booleans; they are compared as what the operator says.
fn operands_of(key: &str, value: Node) -> Parsed<Vec<String>> {
    let list = match value {
        Node::List(list) => list,
        one => vec![one],
    };
    list.into_iter()
        .map(|one| match one {
            Node::Text(text) | Node::Number(text) => Ok(text),
            Node::Bool(value) => Ok(value.to_string()),
            other => malformed(
                Fault::Type,
                format!("Invalid policy syntax: the values of {key} must be strings, not {}", other.kind()),
            ),
        })
        .collect()
}

fn effect(value: Node) -> Parsed<Effect> {
    let text = text_of("Effect", value)?;
    match text.as_str() {
        "Allow" => Ok(Effect::Allow),
        "Deny" => Ok(Effect::Deny),
        _ => malformed(Fault::Effect, format!("Invalid effect: {text}")),
    }
}

fn principals(usage: Usage, value: Node) -> Parsed<Vec<Name>> {
    let invalid = |text: &str| malformed(Fault::Principal, format!("Invalid principal in policy: {text}"));
    let object = match value {
        Node::Text(text) if text == "*" => return Ok(vec![Name::Everyone]),
        Node::Text(text) => return invalid(&text),
        value => object_of("Principal", value)?,
    };
    let mut names = Vec::new();
    for (kind, value) in object {
        for text in texts_of("Principal", value)? {
            match Name::parse(&kind, &text) {
                Some(name) => names.push(name),
                // What is left of a principal that was deleted: its unique id, which nobody has any more.
                None if usage == Usage::Trust && kind == "AWS" && is_unique_id(&text) => {
                    names.push(Name::Arn(text));
                }
                None => return invalid(&text),
            }
        }
    }
    if names.is_empty() { invalid("{}") } else { Ok(names) }
}

/// `AIDA...` of a user, `AROA...` of a role.
fn is_unique_id(text: &str) -> bool {
    (text.starts_with("AIDA") || text.starts_with("AROA"))
        && text.len() >= 16
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

fn actions(name: &str, value: Node, is_not: bool) -> Parsed<ActionRule> {
    const WILDCARDS: Syntax = Syntax { wildcards: true, variables: false };
    let texts = texts_of(name, value)?;
    let patterns = texts
        .iter()
        .map(|text| {
            let lower = text.to_ascii_lowercase();
            match Pattern::parse(&lower, WILDCARDS) {
                Ok(pattern) if is_action(text) => Ok((lower, pattern)),
                _ => malformed(Fault::Action, format!("Policy has invalid action: {text}")),
            }
        })
        .collect::<Parsed<_>>()?;
    Ok(ActionRule { is_not, patterns: Actions::new(patterns), texts })
}

/// `*`, `*:*`, or `service:Name` where the name may have wildcards.
fn is_action(text: &str) -> bool {
    let Some((service, name)) = text.split_once(':') else { return text == "*" };
    let is_service = service == "*" && name == "*"
        || !service.is_empty() && service.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    is_service
        && !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'*' | b'?' | b'-' | b'_'))
}
