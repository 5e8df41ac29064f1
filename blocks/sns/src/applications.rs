//! Applications on phones (AWS: platform applications): the name of one with a push service. Its credentials are asked
//! for and not kept, as nobody here speaks to the services.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-mobile-application-as-subscriber.html>

use std::collections::BTreeMap;

use api_sns::{
    CreatePlatformApplication, CreatePlatformApplicationInput, CreatePlatformApplicationResponse,
    DeletePlatformApplication, DeletePlatformApplicationInput, GetPlatformApplicationAttributes,
    GetPlatformApplicationAttributesInput, GetPlatformApplicationAttributesResponse,
    ListPlatformApplications, ListPlatformApplicationsInput, ListPlatformApplicationsResponse,
    PlatformApplication, SetPlatformApplicationAttributes, SetPlatformApplicationAttributesInput, errors,
};
use floor::{AccountId, Answer, Arn, Caller, Fault, Get, Key, Record, Tx};
use wire::Empty;

use crate::{
    act::{Act, Desk},
    devices::{Kept, Name, truth, unknown_attribute, wrong_attribute},
    events, fault, feedback, limits, listing,
};

const PLATFORMS: &[&str] = &[
    "ADM",
    "APNS",
    "APNS_SANDBOX",
    "APNS_VOIP",
    "APNS_VOIP_SANDBOX",
    "BAIDU",
    "GCM",
    "MACOS",
    "MACOS_SANDBOX",
    "MPNS",
    "WNS",
];

/// Every application of an account.
pub(crate) fn all(account: AccountId) -> Key {
    Key::of("application").text(account.as_str())
}

pub(crate) fn named(desk: &Desk, arn: &str) -> Answer<Name> {
    Name::read(&desk.caller.region, arn, "PlatformApplicationArn", false)
}

pub(crate) async fn load<R: Get>(read: &R, name: &Name) -> Answer<Kept> {
    let missing = || Fault::new(&errors::NOT_FOUND_EXCEPTION, "PlatformApplication does not exist");
    read.load(&name.application()).await?.ok_or_else(missing)
}

fn check_name(name: &str) -> Answer<()> {
    let wrong = |why: &str| Err(fault::invalid(format!("{name} Reason: {why}")));
    if name.is_empty() {
        return Err(fault::invalid("Reason: cannot be empty"));
    }
    if name.len() > limits::APPLICATION_NAME_CHARS_MAX {
        return wrong("must be at most 256 characters long");
    }
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')) {
        return wrong("must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'");
    }
    Ok(())
}

/// The attributes of an application that are kept.
fn kept_of(platform: &str, given: &wire::Map<String>) -> Answer<BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    for (name, value) in given {
        let value = match name.as_str() {
            "Enabled" => truth(name, value)?,
            "ApplePlatformTeamID" | "ApplePlatformBundleID" => value.clone(),
            "PlatformCredential" | "PlatformPrincipal" => continue,
            "SuccessFeedbackRoleArn" | "FailureFeedbackRoleArn" | "SuccessFeedbackSampleRate" => {
                feedback::check(name, value).map_err(|why| wrong_attribute(name, &why))?;
                value.clone()
            }
            _ if events::is_attribute(name) => {
                if !value.is_empty() && !events::is_topic(value) {
                    return Err(wrong_attribute(name, "must be the ARN of a topic"));
                }
                value.clone()
            }
            _ => return Err(unknown_attribute(name)),
        };
        all.insert(name.clone(), value);
    }
    if let Some(method) = authentication_method(platform, given) {
        all.insert("AuthenticationMethod".to_owned(), method.to_owned());
    }
    Ok(all)
}

/// "AuthenticationMethod – Returns the credential type used [...] APNS – Returns the token or certificate. GCM – Returns
/// the token or key." A key of Google's for tokens is a JSON file.
fn authentication_method(platform: &str, given: &wire::Map<String>) -> Option<&'static str> {
    let of = |wanted: &str| given.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value);
    let credential = of("PlatformCredential")?;
    if platform.starts_with("APNS") {
        let is_token = of("ApplePlatformTeamID").is_some() || of("ApplePlatformBundleID").is_some();
        return Some(if is_token { "token" } else { "certificate" });
    }
    let is_token = || serde_json::from_str::<serde_json::Map<_, _>>(credential).is_ok();
    (platform == "GCM").then(|| if is_token() { "token" } else { "key" })
}

/// Whether the credentials of a new application are whole.
fn check_credentials(platform: &str, given: &wire::Map<String>) -> Answer<()> {
    let has = |wanted: &str| given.iter().any(|(name, _)| name == wanted);
    let wrong = |why: &str| Err(fault::invalid(format!("Attributes Reason: {why}")));
    match (has("PlatformCredential"), has("PlatformPrincipal")) {
        (true, true) => Ok(()),
        // "For GCM [...], there is no PlatformPrincipal."
        (true, false) if platform == "GCM" => Ok(()),
        (true, false) => wrong("PlatformCredential attribute provided without PlatformPrincipal"),
        (false, true) => wrong("PlatformPrincipal attribute provided without PlatformCredential"),
        (false, false) => wrong("Platform credentials are invalid"),
    }
}

impl Act for CreatePlatformApplication {
    const ACTIONS: &'static [&'static str] = &["sns:CreatePlatformApplication"];

    /// One that is there stays as it is, if it has these attributes.
    async fn act(
        desk: &Desk,
        tx: &Tx,
        input: &CreatePlatformApplicationInput,
    ) -> Answer<CreatePlatformApplicationResponse> {
        check_name(&input.name)?;
        if !PLATFORMS.contains(&input.platform.as_str()) {
            return Err(fault::invalid(format!("Platform Reason: {} is not supported", input.platform)));
        }
        check_credentials(&input.platform, &input.attributes)?;
        let given = kept_of(&input.platform, &input.attributes)?;
        let (account, region) = (desk.caller.account(), &desk.caller.region);
        let resource = format!("app/{}/{}", input.platform, input.name);
        let arn = Arn::of("sns", region, account, &resource).to_string();
        let key = all(account).text(&input.platform).text(&input.name);
        if let Some(there) = tx.load::<Kept>(&key).await? {
            if given
                .iter()
                .any(|(name, value)| there.attributes.get(name).map_or("", String::as_str) != value)
            {
                let why =
                    "Name Reason: An application with the same name but different properties already exists";
                return Err(fault::invalid(why));
            }
        } else {
            let mut attributes = BTreeMap::from([("Enabled".to_owned(), "true".to_owned())]);
            attributes.extend(given);
            attributes.retain(|_, value| !value.is_empty());
            tx.save(&key, &Kept { arn: arn.clone(), attributes });
        }
        Ok(CreatePlatformApplicationResponse { platform_application_arn: Some(arn) })
    }
}

impl Act for DeletePlatformApplication {
    const ACTIONS: &'static [&'static str] = &["sns:DeletePlatformApplication"];

    fn about(_: &Caller, input: &DeletePlatformApplicationInput) -> Answer<Option<Arn>> {
        Ok(Arn::parse(&input.platform_application_arn))
    }

    /// Its devices go with it.
    async fn act(desk: &Desk, tx: &Tx, input: &DeletePlatformApplicationInput) -> Answer<Empty> {
        let name = named(desk, &input.platform_application_arn)?;
        tx.delete(&name.application());
        tx.delete_range(&name.devices().all());
        tx.delete_range(&name.tokens().all());
        Ok(Empty)
    }
}

impl Act for ListPlatformApplications {
    const ACTIONS: &'static [&'static str] = &["sns:ListPlatformApplications"];

    async fn act(
        desk: &Desk,
        tx: &Tx,
        input: &ListPlatformApplicationsInput,
    ) -> Answer<ListPlatformApplicationsResponse> {
        let page = listing::page(tx, &all(desk.caller.account()), input.next_token.as_deref()).await?;
        let shown = |value: &bytes::Bytes| {
            let kept = Kept::decode(value)?;
            Ok(PlatformApplication {
                platform_application_arn: Some(kept.arn),
                attributes: Some(kept.attributes.into_iter().collect()),
            })
        };
        let found = page.values.iter().map(shown).collect::<Answer<_>>()?;
        Ok(ListPlatformApplicationsResponse { platform_applications: Some(found), next_token: page.next })
    }
}

impl Act for GetPlatformApplicationAttributes {
    const ACTIONS: &'static [&'static str] = &["sns:GetPlatformApplicationAttributes"];

    fn about(_: &Caller, input: &GetPlatformApplicationAttributesInput) -> Answer<Option<Arn>> {
        Ok(Arn::parse(&input.platform_application_arn))
    }

    async fn act(
        desk: &Desk,
        tx: &Tx,
        input: &GetPlatformApplicationAttributesInput,
    ) -> Answer<GetPlatformApplicationAttributesResponse> {
        let attributes = load(tx, &named(desk, &input.platform_application_arn)?).await?.attributes;
        Ok(GetPlatformApplicationAttributesResponse { attributes: Some(attributes.into_iter().collect()) })
    }
}

impl Act for SetPlatformApplicationAttributes {
    const ACTIONS: &'static [&'static str] = &["sns:SetPlatformApplicationAttributes"];

    fn about(_: &Caller, input: &SetPlatformApplicationAttributesInput) -> Answer<Option<Arn>> {
        Ok(Arn::parse(&input.platform_application_arn))
    }

    async fn act(desk: &Desk, tx: &Tx, input: &SetPlatformApplicationAttributesInput) -> Answer<Empty> {
        let name = named(desk, &input.platform_application_arn)?;
        let mut kept = load(tx, &name).await?;
        kept.attributes.extend(kept_of(&name.platform, &input.attributes)?);
        // What is empty was taken away.
        kept.attributes.retain(|_, value| !value.is_empty());
        tx.save(&name.application(), &kept);
        Ok(Empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(all: &[(&str, &str)]) -> wire::Map<String> {
        all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_kind_of_a_credential_is_told() {
        for (platform, attributes, method) in [
            ("APNS", &[("PlatformCredential", "k")][..], Some("certificate")),
            ("APNS", &[("PlatformCredential", "k"), ("ApplePlatformTeamID", "T")], Some("token")),
            ("GCM", &[("PlatformCredential", "AIza")], Some("key")),
            ("GCM", &[("PlatformCredential", r#"{"type":"service_account"}"#)], Some("token")),
            ("ADM", &[("PlatformCredential", "k")], None),
            ("GCM", &[("Enabled", "true")], None),
        ] {
            assert_eq!(
                authentication_method(platform, &given(attributes)),
                method,
                "{platform} {attributes:?}"
            );
        }
    }

    #[test]
    fn secrets_are_not_kept_and_events_have_topics() {
        let all = kept_of("ADM", &given(&[("PlatformCredential", "s"), ("PlatformPrincipal", "p")])).unwrap();
        assert!(all.is_empty());
        let topic = "arn:aws:sns:us-east-1:000000000000:t";
        assert_eq!(kept_of("ADM", &given(&[("EventEndpointCreated", topic)])).unwrap().len(), 1);
        for (name, value) in [("EventEndpointCreated", "x"), ("EventX", topic)] {
            assert_eq!(kept_of("ADM", &given(&[(name, value)])).unwrap_err().status(), 400, "{name}");
        }
    }
}
