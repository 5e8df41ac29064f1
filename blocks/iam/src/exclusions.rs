//! Policies that a simulation leaves out: `PolicyExclusionList` of SimulatePrincipalPolicy.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyIdentifier.html>

use api_iam::PolicyIdentifier;
use floor::{Answer, Fault};

use crate::{records::Kind, simulate::invalid};

/// Where a policy of a principal comes from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Origin {
    Inline {
        /// Of the entity that it is embedded in.
        kind: Kind,
        holder: String,
        name: String,
    },
    /// By its ARN.
    Managed(String),
}

/// What is left out.
#[derive(Debug, PartialEq)]
enum Exclusion {
    Inline,
    OfAws,
    OfCustomers,
    Boundary,
    /// Policies of organizations, of which there are none.
    Nothing,
    Arn(String),
    Embedded {
        name: String,
        kind: &'static str,
        holder: String,
    },
}

/// Everything that is left out.
#[derive(Debug)]
pub(crate) struct Exclusions(Vec<Exclusion>);

/// Whether `pattern`, with `?` and at most one `*`, fits the whole of `text`.
fn fits(pattern: &str, text: &str) -> bool {
    let same = |pattern: &str, text: &[char]| {
        pattern.chars().count() == text.len()
            && pattern.chars().zip(text).all(|(one, other)| one == '?' || one == *other)
    };
    let text: Vec<char> = text.chars().collect();
    match pattern.split_once('*') {
        None => same(pattern, &text),
        Some((head, tail)) => {
            let (before, after) = (head.chars().count(), tail.chars().count());
            before + after <= text.len()
                && same(head, &text[..before])
                && same(tail, &text[text.len() - after..])
        }
    }
}

fn wrong(what: &str) -> Fault {
    invalid(format!("Invalid policy identifier in PolicyExclusionList: {what}"))
}

/// "Wildcard characters are supported in the resource name portion of the ARN ...: use at most one *".
fn of_arn(arn: &str) -> Answer<Exclusion> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let [head, partition, service, region, account, resource] = parts[..] else { return Err(wrong(arn)) };
    let has_wildcard = |part: &str| part.contains(['*', '?']);
    let is_fixed = ![head, partition, service, region, account].into_iter().any(has_wildcard);
    let name = resource.strip_prefix("policy/").unwrap_or_default();
    let is_arn = head == "arn" && !partition.is_empty() && matches!(service, "iam" | "organizations");
    if is_arn && is_fixed && !name.is_empty() && name.matches('*').count() <= 1 {
        return Ok(Exclusion::Arn(arn.to_owned()));
    }
    Err(wrong(arn))
}

fn one_of(identifier: &PolicyIdentifier) -> Answer<Exclusion> {
    match (&identifier.policy_type, &identifier.policy_arn, &identifier.inline_policy_identifier) {
        (Some(kind), None, None) => Ok(match kind.as_str() {
            "inline" => Exclusion::Inline,
            "aws-managed" => Exclusion::OfAws,
            "user-managed" => Exclusion::OfCustomers,
            "permission-boundary" => Exclusion::Boundary,
            "scp" | "rcp" => Exclusion::Nothing,
            other => return Err(wrong(other)),
        }),
        (None, Some(arn), None) => of_arn(arn),
        (None, None, Some(inline)) => {
            let (name, holder) = (&inline.policy_name, &inline.attachment_name);
            let is_name = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
            let kind = ["user", "group", "role"].into_iter().find(|word| *word == inline.attachment_type);
            let kind = kind.ok_or_else(|| wrong(&inline.attachment_type))?;
            if !name.chars().all(is_name) {
                return Err(wrong(name));
            }
            if !holder.chars().all(|c| is_name(c) || "*?".contains(c)) || holder.matches('*').count() > 1 {
                return Err(wrong(holder));
            }
            Ok(Exclusion::Embedded { name: name.clone(), kind, holder: holder.to_ascii_lowercase() })
        }
        _ => Err(wrong("exactly one of PolicyType, PolicyArn and InlinePolicyIdentifier must be given")),
    }
}

impl Exclusion {
    fn covers(&self, origin: &Origin) -> bool {
        match (self, origin) {
            (Self::Inline, Origin::Inline { .. }) => true,
            (Self::OfAws, Origin::Managed(arn)) => arn.starts_with("arn:aws:iam::aws:"),
            (Self::OfCustomers, Origin::Managed(arn)) => !arn.starts_with("arn:aws:iam::aws:"),
            (Self::Arn(pattern), Origin::Managed(arn)) => fits(pattern, arn),
            (
                Self::Embedded { name, kind, holder },
                Origin::Inline { kind: of, holder: by, name: called },
            ) => {
                of.word() == *kind
                    && name.eq_ignore_ascii_case(called)
                    && fits(holder, &by.to_ascii_lowercase())
            }
            _ => false,
        }
    }
}

impl Exclusions {
    /// Reads a list.
    pub(crate) fn read(list: Option<&Vec<PolicyIdentifier>>) -> Answer<Self> {
        list.into_iter().flatten().map(one_of).collect::<Answer<_>>().map(Self)
    }

    /// Whether a policy of the principal is left out.
    pub(crate) fn cover(&self, origin: &Origin) -> bool {
        self.0.iter().any(|one| one.covers(origin))
    }

    /// Whether the boundary of the principal is.
    pub(crate) fn cover_boundary(&self) -> bool {
        self.0.contains(&Exclusion::Boundary)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn patterns() {
        for (pattern, text, fit) in [
            ("a", "a", true),
            ("a", "b", false),
            ("a*", "a", true),
            ("a*b", "ab", true),
            ("a*a", "a", false),
            ("a?c*", "abcdef", true),
            ("?", "", false),
            ("*", "", true),
            ("*ü", "grün ü", true),
        ] {
            assert_eq!(fits(pattern, text), fit, "{pattern} {text}");
        }
    }

    #[test]
    fn arns() {
        for good in [
            "arn:aws:iam::aws:policy/*",
            "arn:aws:iam::111122223333:policy/a/b?*",
            "arn:aws:organizations::111122223333:policy/o-1234567890/service_control_policy/p-12345678",
        ] {
            assert!(of_arn(good).is_ok(), "{good}");
        }
        for bad in [
            "AdministratorAccess",
            "arn:aws:iam::*:policy/a",
            "arn:aws:iam::aws:policy/",
            "arn:aws:iam::aws:role/a",
            "arn:aws:iam::aws:policy/*a*",
            "arn:aws:i?m::aws:policy/a",
            "arn:aws:s3:::b",
        ] {
            assert_eq!(of_arn(bad).unwrap_err().code(), "InvalidInput", "{bad}");
        }
    }

    fn fits_simply(pattern: &[u8], text: &[u8]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some((b'*', rest)) => (0..=text.len()).any(|at| fits_simply(rest, &text[at..])),
            Some((one, rest)) => text
                .split_first()
                .is_some_and(|(head, tail)| (one == head || *one == b'?') && fits_simply(rest, tail)),
        }
    }

    proptest! {
        #[test]
        fn wildcards(head in "[ab?]{0,4}", star in "[*]?", tail in "[ab?]{0,4}", text in "[ab]{0,9}") {
            let pattern = format!("{head}{star}{tail}");
            prop_assert_eq!(fits(&pattern, &text), fits_simply(pattern.as_bytes(), text.as_bytes()));
        }
    }
}
