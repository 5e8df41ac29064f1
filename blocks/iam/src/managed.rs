//! The managed policies that AWS itself has, as far as people attach them.
//! <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>

/// A policy of AWS's.
pub(crate) struct AwsManaged {
    /// `arn:aws:iam::aws:policy/AdministratorAccess`.
    pub(crate) arn: &'static str,
    /// The default version's text.
    pub(crate) text: &'static str,
}

const ALL: &[AwsManaged] = &[AwsManaged {
    arn: "arn:aws:iam::aws:policy/AdministratorAccess",
    text: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#,
}];

/// The text of the policy with this ARN.
pub(crate) fn text(arn: &str) -> Option<&'static str> {
    ALL.iter().find(|one| one.arn == arn).map(|one| one.text)
}
