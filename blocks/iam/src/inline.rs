//! What users, groups and roles share about their policies: inline ones by name, managed ones by ARN.

use crate::{
    act::Books,
    fault, limits, malformed,
    names::check_name,
    records::{Kind, Policies},
};
use api_iam::{AttachedPolicy, errors};
use floor::{Answer, Fault};

/// The inline policy `name`.
pub(crate) fn get<'a>(kind: Kind, policies: &'a Policies, name: &str) -> Answer<&'a str> {
    let what = kind.word();
    policies
        .inline
        .get(name)
        .map(String::as_str)
        .ok_or_else(|| fault::no_such_entity(format!("The {what} policy with name {name} cannot be found.")))
}

/// Sets an inline policy. All of an entity's together have a quota, counted without white space.
pub(crate) fn put(kind: Kind, of: &str, policies: &mut Policies, name: &str, text: &str) -> Answer<()> {
    check_name("policyName", name)?;
    malformed::check_inline(text)?;
    policies.inline.insert(name.to_owned(), text.to_owned());
    let most = match kind {
        Kind::User => limits::INLINE_OF_USER_MAX,
        Kind::Group => limits::INLINE_OF_GROUP_MAX,
        _ => limits::INLINE_OF_ROLE_MAX,
    };
    let used: usize = policies.inline.values().map(|text| size(text)).sum();
    if used > most {
        let why = format!("Maximum policy size of {most} bytes exceeded for {} {of}", kind.word());
        return Err(Fault::new(&errors::LIMIT_EXCEEDED_EXCEPTION, why));
    }
    Ok(())
}

/// The characters that count: all but white space.
pub(crate) fn size(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// MalformedPolicyDocument of a trust policy.
pub(crate) fn not_trust(error: &policy::Malformed) -> Fault {
    let message = match error.fault {
        policy::Fault::Json => "This policy contains invalid Json".to_owned(),
        _ => error.message.clone(),
    };
    Fault::new(&errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION, message)
}

/// A document as answers have it: percent-encoded by RFC 3986.
pub(crate) fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The managed policies of an entity whose path begins with `prefix`.
pub(crate) fn attached(policies: &Policies, prefix: Option<&str>) -> Vec<AttachedPolicy> {
    let shown = |arn: &String| {
        let path_and_name = arn.splitn(6, ':').nth(5)?.strip_prefix("policy")?;
        let at = path_and_name.rfind('/')?;
        let (path, name) = path_and_name.split_at(at + 1);
        path.starts_with(prefix.unwrap_or("/"))
            .then(|| AttachedPolicy { policy_name: Some(name.to_owned()), policy_arn: Some(arn.clone()) })
    };
    policies.attached.iter().filter_map(shown).collect()
}

impl Books {
    /// Attaches the managed policy `arn`. One that is attached already stays so.
    pub(crate) async fn attach(
        &self,
        kind: Kind,
        name: &str,
        policies: &mut Policies,
        arn: &str,
    ) -> Answer<()> {
        self.expect_policy(arn).await?;
        if arn.starts_with("arn:aws:iam::aws:policy/aws-service-role/") {
            let why = "Cannot attach a Service Role Policy to a Customer Role.";
            return Err(Fault::new(&errors::POLICY_NOT_ATTACHABLE_EXCEPTION, why));
        }
        if policies.attached.iter().any(|one| one == arn) {
            return Ok(());
        }
        if policies.attached.len() >= limits::ATTACHED_MAX {
            let quota = match kind {
                Kind::User => "PoliciesPerUser",
                Kind::Group => "PoliciesPerGroup",
                _ => "PoliciesPerRole",
            };
            return Err(fault::quota(quota, limits::ATTACHED_MAX));
        }
        policies.attached.push(arn.to_owned());
        self.put(&self.attachment("attached", arn, kind, name), Vec::new());
        Ok(())
    }

    /// Detaches it.
    pub(crate) fn detach(&self, kind: Kind, name: &str, policies: &mut Policies, arn: &str) -> Answer<()> {
        let Some(at) = policies.attached.iter().position(|one| one == arn) else {
            return Err(fault::no_such_entity(format!("Policy {arn} was not found.")));
        };
        policies.attached.remove(at);
        self.delete(&self.attachment("attached", arn, kind, name));
        Ok(())
    }
}
