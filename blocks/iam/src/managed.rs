//! The managed policies that AWS itself has: the ones that people attach most, and all that are short.
//! <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>
//!
//! Each line of `managed/policies.tsv` is one policy: path and name, unique id, number of the default version, when it
//! was made and last changed, description, document. Former versions are not kept.

use std::{collections::HashMap, sync::LazyLock};

use wire::Time;

/// A policy of AWS's.
pub(crate) struct AwsManaged {
    /// `/` or `/service-role/`.
    pub(crate) path: &'static str,
    /// `AdministratorAccess`.
    pub(crate) name: &'static str,
    /// `ANPA...`.
    pub(crate) id: &'static str,
    /// The number of the default version.
    pub(crate) version: u32,
    /// When the policy was made.
    pub(crate) created: Time,
    /// When the default version was made.
    pub(crate) updated: Time,
    /// For people; may be empty.
    pub(crate) description: &'static str,
    /// The default version's text.
    pub(crate) text: &'static str,
}

/// What every ARN of them begins with.
pub(crate) const ARN_PREFIX: &str = "arn:aws:iam::aws:policy";

impl AwsManaged {
    pub(crate) fn arn(&self) -> String {
        format!("{ARN_PREFIX}{}{}", self.path, self.name)
    }
}

struct Table {
    all: Vec<AwsManaged>,
    /// Places by path and name.
    places: HashMap<&'static str, usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { all: Vec::new(), places: HashMap::new() };
    for line in include_str!("managed/policies.tsv").lines() {
        if let Some((full, policy)) = read(line) {
            table.places.insert(full, table.all.len());
            table.all.push(policy);
        }
    }
    table
});

/// Path and name, and the policy, of one line.
fn read(line: &'static str) -> Option<(&'static str, AwsManaged)> {
    let mut fields = line.splitn(7, '\t');
    let full = fields.next()?;
    let (path, name) = full.split_at(full.rfind('/')? + 1);
    let policy = AwsManaged {
        path,
        name,
        id: fields.next()?,
        version: fields.next()?.parse().ok()?,
        created: Time::parse(fields.next()?)?,
        updated: Time::parse(fields.next()?)?,
        description: fields.next()?,
        text: fields.next()?,
    };
    Some((full, policy))
}

/// All, by path and name.
pub(crate) fn all() -> &'static [AwsManaged] {
    &TABLE.all
}

/// The policy with this ARN.
pub(crate) fn find(arn: &str) -> Option<&'static AwsManaged> {
    let place = TABLE.places.get(arn.strip_prefix(ARN_PREFIX)?)?;
    TABLE.all.get(*place)
}

/// The text of the policy with this ARN.
pub(crate) fn text(arn: &str) -> Option<&'static str> {
    find(arn).map(|one| one.text)
}

#[cfg(test)]
mod tests {
    use policy::{Policy, Usage};

    use super::*;

    #[test]
    fn every_line_is_a_policy_that_the_engine_takes() {
        let lines = include_str!("managed/policies.tsv").lines().count();
        assert_eq!(all().len(), lines);
        assert_eq!(TABLE.places.len(), lines);
        let wrong: Vec<String> = all()
            .iter()
            .filter_map(|one| {
                Some(format!("{}: {}", one.name, Policy::parse_as(one.text, Usage::Identity).err()?))
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(all().iter().all(|one| one.id.starts_with("ANPA") && one.id.len() == 21));
    }

    #[test]
    fn found_by_arn() {
        let role = find("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole").unwrap();
        assert_eq!(
            (role.path, role.name, role.version),
            ("/service-role/", "AWSLambdaBasicExecutionRole", 1)
        );
        assert_eq!(role.arn(), "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole");
        for unknown in
            ["arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole", "arn:aws:iam::aws:policy/", "x"]
        {
            assert!(find(unknown).is_none(), "{unknown}");
        }
    }
}
