//! What is wrong with a policy for an identity, in AWS's words.
//!
//! IAM checks a document in several passes, each with its own sentences: the form ("Syntax errors in policy."), the
//! version, what an older reader takes ("legacy parsing"), then actions and resources.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>

use api_iam::errors;
use floor::{Answer, Fault};
use policy::{Malformed, Policy, Usage};

const SYNTAX: &str = "Syntax errors in policy.";
const LEGACY: &str = "The policy failed legacy parsing";
const NO_ACTIONS: &str = "Policy statement must contain actions.";
const NO_RESOURCES: &str = "Policy statement must contain resources.";
const NO_VENDOR: &str = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";

/// What the resources of IAM begin with.
const IAM_PATHS: &str = "user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, \
                         sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/";

/// `aws`, `aws-cn`, ... <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
const PARTITIONS: &[&str] =
    &["*", "aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

/// Checks the document of a managed policy, which must be of the newer version of the language.
pub(crate) fn check_managed(text: &str) -> Answer<()> {
    match check(text) {
        Ok(policy) if policy.is_2012() => Ok(()),
        Ok(_) => Err(refused("Policy document must be version 2012-10-17 or greater.")),
        Err(why) => Err(refused(&why)),
    }
}

/// Checks the document of an inline policy.
pub(crate) fn check_inline(text: &str) -> Answer<()> {
    check(text).map(|_| ()).map_err(|why| refused(&why))
}

fn refused(why: &str) -> Fault {
    Fault::new(&errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION, why.to_owned())
}

/// The policy, or AWS's sentence.
pub(crate) fn check(text: &str) -> Result<Policy, String> {
    let policy = Policy::parse_as(text, Usage::Identity).map_err(|error| words(&error))?;
    for resource in policy.statements().iter().flat_map(policy::Statement::resources) {
        if let Some(why) = wrong_resource(resource) {
            return Err(why);
        }
    }
    Ok(policy)
}

/// AWS's sentence for what the engine refuses.
fn words(error: &Malformed) -> String {
    use policy::Fault as Kind;
    let message = error.message.as_str();
    let behind = |head: &str| message.strip_prefix(head).unwrap_or_default();
    match error.fault {
        Kind::Effect => {
            let effect = behind("Invalid effect: ");
            let is_known = effect.eq_ignore_ascii_case("allow") || effect.eq_ignore_ascii_case("deny");
            if is_known { LEGACY } else { SYNTAX }.to_owned()
        }
        Kind::Unknown if message.contains("principal") => {
            "Policy document should not specify a principal.".to_owned()
        }
        Kind::Missing if message.contains("Action") => NO_ACTIONS.to_owned(),
        Kind::Missing if message.contains("Resource") => NO_RESOURCES.to_owned(),
        Kind::Type if message.contains("Action must not be empty") => NO_VENDOR.to_owned(),
        Kind::Type if message.contains("Resource must not be empty") => no_arn(""),
        Kind::DuplicateSid => "Statement IDs (SID) in a single policy must be unique.".to_owned(),
        Kind::Action => wrong_action(behind("Policy has invalid action: ")),
        Kind::Resource => {
            wrong_resource(behind("Policy has invalid resource: ")).unwrap_or_else(|| LEGACY.to_owned())
        }
        Kind::Condition if message.contains("invalid condition key") => NO_VENDOR.to_owned(),
        Kind::Condition if message.starts_with("Invalid Condition value for Date") => LEGACY.to_owned(),
        _ => SYNTAX.to_owned(),
    }
}

fn wrong_action(action: &str) -> String {
    let mut parts = action.split(':');
    let vendor = parts.next().unwrap_or_default();
    match parts.count() {
        0 => NO_VENDOR.to_owned(),
        1 => format!("Vendor {vendor} is not valid"),
        _ => "Actions/Condition can contain only one colon.".to_owned(),
    }
}

fn no_arn(resource: &str) -> String {
    format!("Resource {resource} must be in ARN format or \"*\".")
}

/// What AWS has against a resource, if anything.
fn wrong_resource(resource: &str) -> Option<String> {
    if resource == "*" {
        return None;
    }
    let Some((_, rest)) = resource.split_once(':') else { return Some(no_arn(resource)) };
    let (partition, rest) = rest.split_once(':').map_or((rest, None), |(head, rest)| (head, Some(rest)));
    if !PARTITIONS.contains(&partition) {
        return Some(wrong_partition(partition, rest.unwrap_or_default()));
    }
    let Some(rest) = rest else {
        return Some("Resource vendor must be fully qualified and cannot contain regexes.".to_owned());
    };
    let mut parts = rest.splitn(4, ':');
    let [service, region, account, path] = [(); 4].map(|()| parts.next());
    let (service, path) = (service.unwrap_or_default(), path.unwrap_or_default());
    let has_region = region.is_some_and(|region| !region.is_empty());
    if service.is_empty() || (account.is_some() && resource.matches(':').count() < 5) {
        return Some(LEGACY.to_owned());
    }
    match service {
        "iam" if has_region => Some(format!("IAM resource {resource} cannot contain region information.")),
        "s3" if has_region && !path.starts_with("accesspoint/") => {
            Some(format!("Resource {resource} can not contain region information."))
        }
        "iam" if account.is_some() && !is_of_iam(path) => {
            Some(format!("IAM resource path must either be \"*\", root, or start with {IAM_PATHS}."))
        }
        _ => None,
    }
}

/// `arn:PARTITION:` and what was there of the rest, `*` for what was not.
fn wrong_partition(partition: &str, rest: &str) -> String {
    let mut parts = rest.splitn(4, ':');
    let parts = [(); 4].map(|()| parts.next());
    let first = parts[0].filter(|text| !text.is_empty() || parts[1].is_some());
    let [a, b, c, d] = [first, parts[1], parts[2], parts[3]].map(|part| part.unwrap_or("*"));
    format!("Partition \"{partition}\" is not valid for resource \"arn:{partition}:{a}:{b}:{c}:{d}\".")
}

fn is_of_iam(path: &str) -> bool {
    let kind = path.split_once('/').map_or(path, |(kind, _)| kind);
    let is_kind = IAM_PATHS.split(", ").any(|known| known.strip_suffix('/') == Some(kind));
    path == "root" || path.contains(['*', '?', '$']) || is_kind && path.contains('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn managed(text: &str) -> String {
        check_managed(text).map_or_else(|fault| fault.message().to_owned(), |()| "fine".to_owned())
    }

    fn statement(text: &str) -> String {
        managed(&format!(r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", {text}}}}}"#))
    }

    const ACT: &str = r#""Action": "s3:ListBucket""#;

    #[test]
    fn documents() {
        let ok = r#"{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b"}"#;
        let of = |head: &str| format!(r#"{{{head} "Statement": {ok}}}"#);
        let old = "Policy document must be version 2012-10-17 or greater.";
        for (text, expected) in [
            ("This is not a json document".to_owned(), SYNTAX),
            (of(""), old),
            (of(r#""Version": "2008-10-17","#), old),
            (of(r#""Version": "2013-10-17","#), SYNTAX),
            (of(r#""Version": "2012-10-17","#), "fine"),
            (r#"{"Version": "2012-10-17"}"#.to_owned(), SYNTAX),
            (r#"{"Version": "2012-10-17", "Statement": []}"#.to_owned(), SYNTAX),
            (r#"{"Version": "2012-10-17", "Statement": ["afd"]}"#.to_owned(), SYNTAX),
            (of(r#""Version": "2012-10-17", "Extra": 1,"#), SYNTAX),
            (of(r#""Version": "2012-10-17", "Version": "2012-10-17","#), SYNTAX),
            (of(r#""Version": "2012-10-17", "Id": ["x"],"#), SYNTAX),
        ] {
            assert_eq!(managed(&text), expected, "{text}");
        }
    }

    #[test]
    fn statements() {
        for (text, expected) in [
            (r#""Action": "invalid", "Resource": "*""#, NO_VENDOR),
            (r#""NotAction": "", "Resource": "*""#, NO_VENDOR),
            (r#""Action": "a a:ListBucket", "Resource": "*""#, "Vendor a a is not valid"),
            (r#""Action": "s3:List:B", "Resource": "*""#, "Actions/Condition can contain only one colon."),
            (r#""Action": [], "Resource": "*""#, NO_ACTIONS),
            (r#""Resource": "*""#, NO_ACTIONS),
            (r#""Action": "s3:ListBucket""#, NO_RESOURCES),
            (r#""Action": "s3:ListBucket", "Resource": []"#, NO_RESOURCES),
            (r#""Action": "s3:ListBucket", "Resource": {"a": "b"}"#, SYNTAX),
            (r#""Action": [[]], "Resource": "*""#, SYNTAX),
            (r#""Action": "s3:x", "NotAction": "s3:y", "Resource": "*""#, SYNTAX),
            (r#""Action": "s3:x", "Resource": "*", "Sid": {}"#, SYNTAX),
            (r#""Action": "s3:x", "Resource": "*", "Condition": []"#, SYNTAX),
            (r#""Action": "s3:x", "Resource": "*", "Condition": {"x": {"aws:a": "1"}}"#, SYNTAX),
            (
                r#""Action": "s3:x", "Resource": "*", "Principal": "*""#,
                "Policy document should not specify a principal.",
            ),
            (
                r#""Action": "s3:x", "Resource": "*", "Condition": {"DateGreaterThan": {"aws:a": "x"}}"#,
                LEGACY,
            ),
        ] {
            assert_eq!(statement(text), expected, "{text}");
        }
        let effect = |word: &str| {
            managed(&format!(
                r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "{word}", {ACT}, "Resource": "*"}}}}"#
            ))
        };
        assert_eq!(effect("denY"), LEGACY);
        assert_eq!(effect("maybe"), SYNTAX);
    }

    #[test]
    fn resources() {
        for (resource, expected) in [
            ("invalid resource", "Resource invalid resource must be in ARN format or \"*\"."),
            ("", "Resource  must be in ARN format or \"*\"."),
            ("a:bsdf", "Partition \"bsdf\" is not valid for resource \"arn:bsdf:*:*:*:*\"."),
            ("a:b:cad", "Partition \"b\" is not valid for resource \"arn:b:cad:*:*:*\"."),
            ("a:b:c:d:e:f:g:h", "Partition \"b\" is not valid for resource \"arn:b:c:d:e:f:g:h\"."),
            ("aws:s3:::b", "Partition \"s3\" is not valid for resource \"arn:s3:::b:*\"."),
            ("arn:error:s3:::b", "Partition \"error\" is not valid for resource \"arn:error:s3:::b\"."),
            ("arn:aws", "Resource vendor must be fully qualified and cannot contain regexes."),
            ("arn:aws:s3::b", LEGACY),
            ("arn:aws::::b", LEGACY),
            (
                "arn:aws:iam:us-east-1::b",
                "IAM resource arn:aws:iam:us-east-1::b cannot contain region information.",
            ),
            (
                "arn:aws:s3:us-east-1::b",
                "Resource arn:aws:s3:us-east-1::b can not contain region information.",
            ),
            ("arn:aws:iam:::user/x", "fine"),
            ("arn:aws:iam::aws:policy/*", "fine"),
            ("arn:aws:iam::*:root", "fine"),
            ("arn:aws:fdsasf", "fine"),
            ("arn:aws:s33:::b", "fine"),
            ("arn:aws:ec2:us-east-1::b", "fine"),
            ("*", "fine"),
        ] {
            assert_eq!(statement(&format!(r#"{ACT}, "Resource": "{resource}""#)), expected, "{resource}");
        }
        let iam = statement(&format!(r#"{ACT}, "Resource": "arn:aws:iam:::bucket""#));
        assert!(
            iam.starts_with("IAM resource path must either be \"*\", root, or start with user/, "),
            "{iam}"
        );
    }

    #[test]
    fn what_would_be_too_much_is_refused_soon() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(managed(&deep), SYNTAX);
        let one = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#;
        let many = vec![one; 10_000].join(",");
        assert_eq!(managed(&format!(r#"{{"Version": "2012-10-17", "Statement": [{many}]}}"#)), "fine");
    }
}
