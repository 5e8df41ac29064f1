//! What a verified assertion says.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest as _, Sha1};

use super::{Refusal, context, ns, response};
use crate::xml::Element;

/// What the names of AWS's attributes begin with.
const ATTRIBUTES: &str = "https://aws.amazon.com/SAML/Attributes/";

/// The prefix that `SubjectType` leaves out (`AssumeRoleWithSAML`).
const NAME_ID_FORMAT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:";

/// A role and the provider through which it may be assumed, as one value of the attribute `Role` names them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RolePair {
    /// The role's ARN.
    pub role: String,
    /// The provider's ARN.
    pub provider: String,
}

/// Who the assertion is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameId {
    /// The text of `NameID`.
    pub value: String,
    /// Its `Format`.
    pub format: Option<String>,
}

impl NameId {
    /// `SubjectType`: the format without the prefix of SAML 2.0.
    pub fn kind(&self) -> Option<&str> {
        let format = self.format.as_deref()?;
        Some(format.strip_prefix(NAME_ID_FORMAT).unwrap_or(format))
    }
}

/// A verified assertion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// `Issuer`.
    pub issuer: String,
    /// `Subject`.
    pub subject: NameId,
    /// `Recipient` of the confirmation, which STS calls the audience (also in `saml:aud`).
    pub recipient: String,
    /// The roles that the provider lets the subject assume.
    pub roles: Vec<RolePair>,
    /// `RoleSessionName`.
    pub session_name: String,
    /// `SessionDuration`, in seconds: it only shortens a session.
    pub session_duration_s: Option<u32>,
    /// The earliest `SessionNotOnOrAfter`, in seconds since 1970, at which the session ends.
    pub session_end_s: Option<i64>,
    /// `PrincipalTag:KEY`, in the assertion's order.
    pub tags: Vec<(String, String)>,
    /// `TransitiveTagKeys`.
    pub transitive_tag_keys: Vec<String>,
    /// `SourceIdentity`.
    pub source_identity: Option<String>,
    /// All attributes with their texts, in the assertion's order.
    pub attributes: Vec<(String, Vec<String>)>,
}

impl Assertion {
    /// Whether the provider lets the subject assume the role.
    pub fn check_role(&self, role_arn: &str, provider_arn: &str) -> Result<(), Refusal> {
        let named = self.roles.iter().any(|pair| pair.role == role_arn && pair.provider == provider_arn);
        if named { Ok(()) } else { Err(Refusal::Role) }
    }

    /// The condition keys `saml:...` of a trust policy, for a provider by its account and friendly name ("Available
    /// keys for SAML-based AWS STS federation", IAM user guide). Of these, `saml:namequalifier`, `saml:sub` and
    /// `saml:sub_type` go with the session.
    pub fn context(&self, account_id: &str, provider_name: &str) -> Vec<(&'static str, Vec<String>)> {
        let mut keys = vec![
            ("saml:aud", vec![self.recipient.clone()]),
            ("saml:iss", vec![self.issuer.clone()]),
            ("saml:sub", vec![self.subject.value.clone()]),
            ("saml:doc", vec![format!("{account_id}/{provider_name}")]),
            ("saml:namequalifier", vec![name_qualifier(&self.issuer, account_id, provider_name)]),
        ];
        keys.extend(self.subject.kind().map(|kind| ("saml:sub_type", vec![kind.to_owned()])));
        keys.extend(context::keys(&self.attributes));
        keys
    }
}

/// `NameQualifier`: `BASE64 ( SHA1 ( "https://example.com/saml" + "123456789012" + "/MySAMLIdP" ) )`.
pub fn name_qualifier(issuer: &str, account_id: &str, provider_name: &str) -> String {
    let hash = Sha1::new()
        .chain_update(issuer)
        .chain_update(account_id)
        .chain_update("/")
        .chain_update(provider_name);
    STANDARD.encode(hash.finalize())
}

/// Reads an assertion that has been verified.
pub(super) fn read(assertion: &Element, recipient: String) -> Result<Assertion, Refusal> {
    let one = |of: &'_ Element, name| {
        of.one(ns::ASSERTION, name).map_err(Refusal::Malformed).map(|e| e.map(Element::text))
    };
    let issuer = one(assertion, "Issuer")?.flatten().ok_or(Refusal::Issuer)?;
    let attributes = Attributes::read(assertion)?;
    Ok(Assertion {
        issuer: issuer.trim_ascii().to_owned(),
        subject: name_id(assertion)?,
        recipient,
        roles: attributes.of("Role").iter().filter_map(|value| pair(value)).collect(),
        session_name: attributes.session_name()?,
        session_duration_s: attributes.session_duration()?,
        session_end_s: session_end(assertion)?,
        tags: attributes.tags()?,
        transitive_tag_keys: attributes.of("TransitiveTagKeys"),
        source_identity: attributes.source_identity()?,
        attributes: attributes.0,
    })
}

fn name_id(assertion: &Element) -> Result<NameId, Refusal> {
    let subject =
        assertion.one(ns::ASSERTION, "Subject").map_err(Refusal::Malformed)?.ok_or(Refusal::NoSubject)?;
    let name = subject.one(ns::ASSERTION, "NameID").map_err(Refusal::Malformed)?.ok_or(Refusal::NoSubject)?;
    let value = name.text().filter(|value| !value.is_empty()).ok_or(Refusal::NoSubject)?;
    Ok(NameId { value, format: name.attribute("Format").map(str::to_owned) })
}

fn session_end(assertion: &Element) -> Result<Option<i64>, Refusal> {
    let mut end_s = None;
    for statement in assertion.all(ns::ASSERTION, "AuthnStatement") {
        let this = response::time_of(statement, "SessionNotOnOrAfter")?;
        end_s = end_s.into_iter().chain(this).min();
    }
    Ok(end_s)
}

/// The two ARNs of a value, in either order.
fn pair(value: &str) -> Option<RolePair> {
    let (one, other) = value.split_once(',')?;
    let (one, other) = (one.trim_ascii(), other.trim_ascii());
    let is_provider = |arn: &str| arn.contains(":saml-provider/");
    let (role, provider) = match (is_provider(one), is_provider(other)) {
        (false, true) => (one, other),
        (true, false) => (other, one),
        _ => return None,
    };
    role.contains(":role/").then(|| RolePair { role: role.to_owned(), provider: provider.to_owned() })
}

/// `[a-zA-Z_0-9+=,.@-]{2,64}`
fn is_session_word(text: &str) -> bool {
    (2..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'=' | b',' | b'.' | b'@' | b'-'))
}

struct Attributes(Vec<(String, Vec<String>)>);

impl Attributes {
    fn read(assertion: &Element) -> Result<Attributes, Refusal> {
        let mut all = Vec::new();
        let statements = assertion.all(ns::ASSERTION, "AttributeStatement");
        for attribute in statements.flat_map(|statement| statement.all(ns::ASSERTION, "Attribute")) {
            let Some(name) = attribute.attribute("Name") else {
                return Err(Refusal::Malformed("an attribute without name".to_owned()));
            };
            let mut texts = Vec::new();
            for value in attribute.all(ns::ASSERTION, "AttributeValue") {
                match value.text() {
                    Some(text) => texts.push(text),
                    // Others may have values that are elements (eduPersonTargetedID); AWS's are texts.
                    None if !name.starts_with(ATTRIBUTES) => {}
                    None => return Err(Refusal::Malformed(format!("{name} has a value that is not a text"))),
                }
            }
            all.push((name.to_owned(), texts));
        }
        Ok(Attributes(all))
    }

    /// All values of one of AWS's attributes.
    fn of(&self, name: &str) -> Vec<String> {
        let is = |full: &str| full.strip_prefix(ATTRIBUTES) == Some(name);
        self.0.iter().filter(|(full, _)| is(full)).flat_map(|(_, values)| values.iter().cloned()).collect()
    }

    fn session_name(&self) -> Result<String, Refusal> {
        match self.of("RoleSessionName").as_slice() {
            [] => Err(Refusal::NoSessionName),
            [name] if is_session_word(name) => Ok(name.clone()),
            _ => Err(Refusal::SessionName),
        }
    }

    fn session_duration(&self) -> Result<Option<u32>, Refusal> {
        match self.of("SessionDuration").as_slice() {
            [] => Ok(None),
            [text] => {
                let seconds =
                    text.trim_ascii().parse().ok().filter(|seconds| (900..=43_200).contains(seconds));
                seconds.map(Some).ok_or(Refusal::SessionDuration)
            }
            _ => Err(Refusal::SessionDuration),
        }
    }

    fn source_identity(&self) -> Result<Option<String>, Refusal> {
        match self.of("SourceIdentity").as_slice() {
            [] => Ok(None),
            [name] if is_session_word(name) && !name.starts_with("aws:") => Ok(Some(name.clone())),
            _ => Err(Refusal::SourceIdentity),
        }
    }

    fn tags(&self) -> Result<Vec<(String, String)>, Refusal> {
        let mut tags = Vec::new();
        for (name, values) in &self.0 {
            let Some(key) = name.strip_prefix(ATTRIBUTES).and_then(|name| name.strip_prefix("PrincipalTag:"))
            else {
                continue;
            };
            match values.as_slice() {
                [value] if tags.iter().all(|(known, _)| known != key) => {
                    tags.push((key.to_owned(), value.clone()));
                }
                _ => return Err(Refusal::Tag),
            }
        }
        Ok(tags)
    }
}
