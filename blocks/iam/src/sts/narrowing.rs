//! What a caller passes to a session to narrow it down or to describe it: session policies and session tags.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session>
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html>

use api_sts::{PolicyDescriptorType, Tag, errors};
use floor::{AccountId, Answer, Fault, Get};
use policy::{Policy, Usage};

use super::fault;
use crate::{inline, records};

/// Managed policies of one session ("You can provide up to 10 managed policy ARNs").
const POLICY_ARNS_MAX: usize = 10;
/// Characters of an inline session policy; where the model has no limit, AWS has it all the same.
const POLICY_CHARS_MAX: usize = 2048;

/// What session policies and tags may take, packed. AWS does not publish how it packs them; these weights come near to
/// what has been reported: <https://github.com/aws/containers-roadmap/issues/2413>,
/// <https://github.com/aws-actions/configure-aws-credentials/issues/1803>.
const PACKED_MAX: usize = 2048;
const WEIGHT_OF_POLICY: usize = 1;
const WEIGHT_OF_TAG: usize = 3;

/// Session policies as requests have them.
#[derive(Clone, Copy)]
pub(crate) struct Policies<'a> {
    pub(crate) inline: Option<&'a String>,
    pub(crate) arns: Option<&'a Vec<PolicyDescriptorType>>,
}

impl Policies<'_> {
    /// Checks what can be checked without records.
    pub(crate) fn check(&self) -> Answer<()> {
        if let Some(text) = self.inline {
            if text.chars().count() > POLICY_CHARS_MAX {
                return Err(fault::constraint(text, "policy", "have length less than or equal to 2048"));
            }
            Policy::parse_as(text, Usage::Identity)
                .map_err(|e| Fault::new(&errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION, e.message))?;
        }
        if self.arns.is_some_and(|arns| arns.len() > POLICY_ARNS_MAX) {
            let shown = format!("[{}]", self.arn_texts().join(", "));
            return Err(fault::constraint(&shown, "policyArns", "have length less than or equal to 10"));
        }
        Ok(())
    }

    /// The managed policies must be there: AWS's, or those of the account whose session it is.
    pub(crate) async fn find<R: Get>(&self, read: &R, account: &AccountId) -> Answer<()> {
        for arn in self.arn_texts() {
            if records::policy_text(read, account, &arn).await?.is_none() {
                return Err(fault::validation_text(format!(
                    "The policy {arn} does not exist or is not attachable."
                )));
            }
        }
        Ok(())
    }

    pub(crate) fn arn_texts(&self) -> Vec<String> {
        self.arns.into_iter().flatten().filter_map(|one| one.arn.clone()).collect()
    }

    /// How much of the space for policies and tags is used, in percent; `None` where there are neither.
    pub(crate) fn packed_percent(&self, tags: &[(String, String)]) -> Answer<Option<i32>> {
        let names = self.arn_texts();
        let names = names.iter().map(|arn| arn.rsplit('/').next().unwrap_or(arn).len());
        let inline = self.inline.map_or(0, |text| inline::size(text));
        let policies = (inline + names.sum::<usize>()) * WEIGHT_OF_POLICY;
        let of_tags: usize = tags.iter().map(|(key, value)| (key.len() + value.len()) * WEIGHT_OF_TAG).sum();
        if policies + of_tags == 0 {
            return Ok(None);
        }
        let percent = ((policies + of_tags) * 100).div_ceil(PACKED_MAX);
        if percent > 100 {
            let why = if of_tags > policies {
                format!("Packed size of session tags consumes {percent}% of allotted space.")
            } else {
                format!("Packed policy consumes {percent}% of allotted space, please use smaller policy.")
            };
            return Err(Fault::new(&errors::PACKED_POLICY_TOO_LARGE_EXCEPTION, why));
        }
        Ok(i32::try_from(percent).ok())
    }
}

/// Checks session tags: their letters, and that no two differ by case alone.
pub(crate) fn check_tags(tags: &[Tag]) -> Answer<()> {
    check_pairs(&tags.iter().map(|tag| (&tag.key, &tag.value)).collect::<Vec<_>>())
}

/// The same for tags that a provider sends, which the model has no limits for.
pub(crate) fn check_sent(tags: &[(String, String)]) -> Answer<()> {
    if tags.len() > 50
        || tags.iter().any(|(key, value)| key.is_empty() || key.len() > 128 || value.len() > 256)
    {
        return Err(invalid("The session tags of the identity provider exceed a limit of session tags."));
    }
    check_pairs(&tags.iter().map(|(key, value)| (key, value)).collect::<Vec<_>>())
}

fn check_pairs(tags: &[(&String, &String)]) -> Answer<()> {
    for (at, (key, value)) in tags.iter().enumerate() {
        let place = |member: &str| format!("tags.{}.member.{member}", at + 1);
        if !is_tag_text(key) {
            return Err(fault::pattern(key, &place("key"), r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"));
        }
        if !is_tag_text(value) {
            return Err(fault::pattern(value, &place("value"), r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*"));
        }
        if key.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("aws:")) {
            return Err(invalid("System tags cannot be added, changed or removed by a requester."));
        }
        if tags[..at].iter().any(|(before, _)| same(before, key)) {
            return Err(invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive."));
        }
    }
    Ok(())
}

fn is_tag_text(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || "_.:/=+-@".contains(c))
}

/// Tag keys are not told apart by case.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

pub(crate) fn invalid(message: &'static str) -> Fault {
    Fault::coded("InvalidParameterValue", 400, message)
}

/// `[\w+=,.@-]*`: names of sessions, of federated users, and source identities.
pub(crate) fn check_name(member: &str, text: &str) -> Answer<()> {
    let is_name = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b));
    if is_name { Ok(()) } else { Err(fault::pattern(text, member, r"[\w+=,.@-]*")) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tag(key: &str, value: &str) -> Tag {
        Tag { key: key.to_owned(), value: value.to_owned() }
    }

    #[test]
    fn tags_differ_by_more_than_case() {
        assert!(check_tags(&[tag("a", "1"), tag("b", "")]).is_ok());
        assert!(check_tags(&[tag("a", "1"), tag("A", "2")]).is_err());
        assert!(check_tags(&[tag("ä", "1"), tag("Ä", "2")]).is_err());
        assert!(check_tags(&[tag("a*", "1")]).is_err());
        assert!(check_tags(&[tag("AWS:x", "1")]).is_err());
    }

    proptest! {
        #[test]
        fn what_is_packed_has_a_limit(text in "[ -~]{0,3000}", tags in proptest::collection::vec(("[a-z]{1,128}", "[a-z]{0,256}"), 0..50)) {
            let policies = Policies { inline: Some(&text), arns: None };
            let bytes: usize = tags.iter().map(|(key, value)| key.len() + value.len()).sum();
            match policies.packed_percent(&tags) {
                Ok(None) => prop_assert!(inline::size(&text) + bytes == 0),
                Ok(Some(percent)) => prop_assert!((1..=100).contains(&percent)),
                Err(fault) => prop_assert_eq!(fault.code(), "PackedPolicyTooLarge"),
            }
        }
    }
}
