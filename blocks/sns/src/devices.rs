//! Devices that have an application (AWS: platform endpoints). Notifications are kept to be read (see `sent.rs`): nobody
//! here is known to Apple, Google and the others.
//! <https://docs.aws.amazon.com/sns/latest/dg/mobile-platform-endpoint.html>

use std::collections::BTreeMap;

use api_sns::{
    CreateEndpointResponse, CreatePlatformEndpoint, CreatePlatformEndpointInput, DeleteEndpoint,
    DeleteEndpointInput, Endpoint, GetEndpointAttributes, GetEndpointAttributesInput,
    GetEndpointAttributesResponse, ListEndpointsByPlatformApplication,
    ListEndpointsByPlatformApplicationInput, ListEndpointsByPlatformApplicationResponse,
    SetEndpointAttributes, SetEndpointAttributesInput, errors,
};
use floor::{AccountId, Answer, Arn, Caller, Fault, Get, Key, Record, Region, Tx, first_format};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use wire::Empty;

use crate::{
    act::{Act, Desk},
    applications, fault, limits, listing,
};

/// An application or a device: its attributes. Credentials are not kept, as there is nobody to show them to.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) arn: String,
    pub(crate) attributes: BTreeMap<String, String>,
}

first_format!(Kept);

impl Kept {
    pub(crate) fn is_enabled(&self) -> bool {
        self.attributes.get("Enabled").is_none_or(|text| text == "true")
    }

    fn token(&self) -> &str {
        self.attributes.get("Token").map_or("", String::as_str)
    }
}

/// Letters of a device's id.
const UUID_CHARS: usize = 36;

/// The name of an application or of a device, from an ARN.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Name {
    pub(crate) account: AccountId,
    pub(crate) platform: String,
    pub(crate) application: String,
    /// The device's id; none for an application.
    device: Option<String>,
}

impl Name {
    /// Reads the ARN that the parameter `parameter` gave, of a device or an application in the caller's region.
    pub(crate) fn read(region: &Region, text: &str, parameter: &str, is_device: bool) -> Answer<Self> {
        let wrong = |why: String| fault::invalid(format!("{parameter} Reason: {why}"));
        let parts = text.split(':').count();
        if parts < 6 {
            return Err(wrong(format!("An ARN must have at least 6 elements, not {parts}")));
        }
        let arn = Arn::parse(text).ok_or_else(|| fault::invalid(parameter))?;
        let (kind, slashes) = if is_device { ("endpoint", 3) } else { ("app", 2) };
        let pieces: Vec<_> = arn.resource().split('/').collect();
        if pieces.len() != slashes + 1 {
            return Err(wrong("Wrong number of slashes in relative portion of the ARN.".to_owned()));
        }
        if pieces.get(3).is_some_and(|id| id.len() != UUID_CHARS) {
            let why = "ARN specifies an invalid endpointId: UUID must be encoded in exactly 36 characters.";
            return Err(wrong(why.to_owned()));
        }
        let account = arn.account().parse().map_err(|_| fault::invalid(parameter))?;
        if pieces[0] != kind || arn.service() != "sns" || arn.region() != region.as_str() {
            return Err(fault::invalid(parameter));
        }
        Ok(Self {
            account,
            platform: pieces[1].to_owned(),
            application: pieces[2].to_owned(),
            device: pieces.get(3).map(|id| (*id).to_owned()),
        })
    }

    /// The device that a message is published to, or that is subscribed.
    pub(crate) fn of_device(region: &Region, arn: &str, parameter: &str) -> Answer<Self> {
        Self::read(region, arn, parameter, true)
    }

    pub(crate) fn application(&self) -> Key {
        applications::all(self.account).text(&self.platform).text(&self.application)
    }

    pub(crate) fn devices(&self) -> Key {
        Key::of("device").text(self.account.as_str()).text(&self.platform).text(&self.application)
    }

    pub(crate) fn tokens(&self) -> Key {
        Key::of("device-token").text(self.account.as_str()).text(&self.platform).text(&self.application)
    }

    fn key(&self) -> Key {
        match &self.device {
            None => self.application(),
            Some(id) => self.devices().text(id),
        }
    }

    /// Which device has a token: the one that was given it last.
    fn by_token(&self, token: &str) -> Key {
        self.tokens().text(&hex::encode(Sha256::digest(token)))
    }

    pub(crate) async fn find<R: Get>(&self, read: &R) -> Answer<Option<Kept>> {
        read.load(&self.key()).await
    }

    /// The application of a device.
    pub(crate) async fn find_application<R: Get>(&self, read: &R) -> Answer<Option<Kept>> {
        read.load(&self.application()).await
    }

    /// Whether that takes messages.
    pub(crate) async fn is_application_enabled<R: Get>(&self, read: &R) -> Answer<bool> {
        Ok(self.find_application(read).await?.is_some_and(|application| application.is_enabled()))
    }

    /// A device's token finds it no more, unless another has the same by now.
    async fn forget_token(&self, tx: &Tx, token: &str) -> Answer<()> {
        let key = self.by_token(token);
        let id = tx.get(&key).await?;
        if id.is_some_and(|id| Some(&id[..]) == self.device.as_ref().map(String::as_bytes)) {
            tx.delete(&key);
        }
        Ok(())
    }
}

async fn device<R: Get>(read: &R, name: &Name) -> Answer<Kept> {
    name.find(read).await?.ok_or_else(|| Fault::new(&errors::NOT_FOUND_EXCEPTION, "Endpoint does not exist"))
}

pub(crate) fn unknown_attribute(name: &str) -> Fault {
    fault::invalid(format!("Attributes Reason: Invalid attribute name: {name}"))
}

pub(crate) fn wrong_attribute(name: &str, why: &str) -> Fault {
    fault::invalid(format!("Attributes Reason: Invalid value for attribute: {name}: {why}"))
}

/// `true` or `false`, however they are written.
pub(crate) fn truth(name: &str, value: &str) -> Answer<String> {
    match value.to_ascii_lowercase().as_str() {
        truth @ ("true" | "false") => Ok(truth.to_owned()),
        _ => Err(wrong_attribute(name, "must be true or false")),
    }
}

const DATA_TOO_LONG: &str = "must be at most 2048 bytes long in UTF-8 encoding";

/// A token as it is kept. "The device token for the iOS platform is returned in lowercase."
fn token_of(platform: &str, text: &str) -> Result<String, &'static str> {
    if text.is_empty() {
        return Err("cannot be empty");
    }
    if platform.starts_with("APNS") {
        if text.len() > limits::IOS_TOKEN_CHARS_MAX || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err("iOS device tokens must be no more than 400 hexadecimal characters");
        }
        return Ok(text.to_ascii_lowercase());
    }
    if text.len() > limits::TOKEN_BYTES_MAX {
        return Err("must be at most 8192 bytes long in UTF-8 encoding");
    }
    Ok(text.to_owned())
}

/// The attributes of a device.
fn of_device(platform: &str, given: &wire::Map<String>) -> Answer<BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    for (name, value) in given {
        let kept = match name.as_str() {
            "CustomUserData" if value.len() > limits::USER_DATA_BYTES_MAX => {
                return Err(wrong_attribute(name, DATA_TOO_LONG));
            }
            "Enabled" => truth(name, value)?,
            "CustomUserData" => value.clone(),
            "Token" => token_of(platform, value).map_err(|why| wrong_attribute(name, why))?,
            _ => return Err(unknown_attribute(name)),
        };
        all.insert(name.clone(), kept);
    }
    Ok(all)
}

impl Act for CreatePlatformEndpoint {
    const ACTIONS: &'static [&'static str] = &["sns:CreatePlatformEndpoint"];

    fn about(_: &Caller, input: &CreatePlatformEndpointInput) -> Answer<Option<Arn>> {
        Ok(Arn::parse(&input.platform_application_arn))
    }

    /// A token that is known has its device already, if that has the same attributes.
    async fn act(
        desk: &Desk,
        tx: &Tx,
        input: &CreatePlatformEndpointInput,
    ) -> Answer<CreateEndpointResponse> {
        let mut name = applications::named(desk, &input.platform_application_arn)?;
        let application = applications::load(tx, &name).await?;
        let mut attributes = BTreeMap::from([("Enabled".to_owned(), "true".to_owned())]);
        if let Some(data) = &input.custom_user_data {
            if data.len() > limits::USER_DATA_BYTES_MAX {
                return Err(fault::invalid(format!("CustomUserData Reason: {DATA_TOO_LONG}")));
            }
            attributes.insert("CustomUserData".to_owned(), data.clone());
        }
        // What stands among the attributes wins, as on AWS.
        if let Some(given) = &input.attributes {
            attributes.extend(of_device(&name.platform, given)?);
        }
        let token = token_of(&name.platform, &input.token)
            .map_err(|why| fault::invalid(format!("Token Reason: {why}")))?;
        let by_token = name.by_token(&token);
        attributes.insert("Token".to_owned(), token);
        if let Some(id) = tx.get(&by_token).await? {
            name.device = Some(String::from_utf8_lossy(&id).into_owned());
            if let Some(there) = name.find(tx).await? {
                if there.attributes == attributes {
                    return Ok(CreateEndpointResponse { endpoint_arn: Some(there.arn) });
                }
                return Err(fault::invalid(format!(
                    "Token Reason: Endpoint {} already exists with the same Token, but different attributes.",
                    there.arn
                )));
            }
        }
        name.device = Some(desk.fresh.clone());
        let resource = format!("endpoint/{}/{}/{}", name.platform, name.application, desk.fresh);
        let arn = Arn::of("sns", &desk.caller.region, name.account, &resource).to_string();
        tx.save(&name.key(), &Kept { arn: arn.clone(), attributes });
        tx.put(&by_token, desk.fresh.clone().into_bytes());
        desk.tell(tx, &application, "EndpointCreated", &arn);
        Ok(CreateEndpointResponse { endpoint_arn: Some(arn) })
    }
}

fn named(desk: &Desk, arn: &str) -> Answer<Name> {
    Name::of_device(&desk.caller.region, arn, "EndpointArn")
}

impl Act for DeleteEndpoint {
    const ACTIONS: &'static [&'static str] = &["sns:DeleteEndpoint"];

    fn about(_: &Caller, input: &DeleteEndpointInput) -> Answer<Option<Arn>> {
        Ok(Arn::parse(&input.endpoint_arn))
    }

    /// One that is not there is no error. Its subscriptions stay, as on AWS.
    async fn act(desk: &Desk, tx: &Tx, input: &DeleteEndpointInput) -> Answer<Empty> {
        let name = named(desk, &input.endpoint_arn)?;
        if let Some(kept) = name.find(tx).await? {
            tx.delete(&name.key());
            name.forget_token(tx, kept.token()).await?;
            desk.tell(tx, &applications::load(tx, &name).await?, "EndpointDeleted", &kept.arn);
        }
        Ok(Empty)
    }
}

impl Act for GetEndpointAttributes {
    const ACTIONS: &'static [&'static str] = &["sns:GetEndpointAttributes"];

    fn about(_: &Caller, input: &GetEndpointAttributesInput) -> Answer<Option<Arn>> {
        Ok(Arn::parse(&input.endpoint_arn))
    }

    async fn act(
        desk: &Desk,
        tx: &Tx,
        input: &GetEndpointAttributesInput,
    ) -> Answer<GetEndpointAttributesResponse> {
        let attributes = device(tx, &named(desk, &input.endpoint_arn)?).await?.attributes;
        Ok(GetEndpointAttributesResponse { attributes: Some(attributes.into_iter().collect()) })
    }
}

impl Act for SetEndpointAttributes {
    const ACTIONS: &'static [&'static str] = &["sns:SetEndpointAttributes"];

    fn about(_: &Caller, input: &SetEndpointAttributesInput) -> Answer<Option<Arn>> {
        Ok(Arn::parse(&input.endpoint_arn))
    }

    async fn act(desk: &Desk, tx: &Tx, input: &SetEndpointAttributesInput) -> Answer<Empty> {
        let name = named(desk, &input.endpoint_arn)?;
        let mut kept = device(tx, &name).await?;
        let given = of_device(&name.platform, &input.attributes)?;
        if let Some(token) = given.get("Token") {
            name.forget_token(tx, kept.token()).await?;
            tx.put(&name.by_token(token), name.device.clone().unwrap_or_default().into_bytes());
        }
        let before = kept.attributes.clone();
        kept.attributes.extend(given);
        tx.save(&name.key(), &kept);
        if kept.attributes != before {
            desk.tell(tx, &applications::load(tx, &name).await?, "EndpointUpdated", &kept.arn);
        }
        Ok(Empty)
    }
}

impl Act for ListEndpointsByPlatformApplication {
    const ACTIONS: &'static [&'static str] = &["sns:ListEndpointsByPlatformApplication"];

    fn about(_: &Caller, input: &ListEndpointsByPlatformApplicationInput) -> Answer<Option<Arn>> {
        Ok(Arn::parse(&input.platform_application_arn))
    }

    async fn act(
        desk: &Desk,
        tx: &Tx,
        input: &ListEndpointsByPlatformApplicationInput,
    ) -> Answer<ListEndpointsByPlatformApplicationResponse> {
        let name = applications::named(desk, &input.platform_application_arn)?;
        applications::load(tx, &name).await?;
        let page = listing::page(tx, &name.devices(), input.next_token.as_deref()).await?;
        let shown = |value: &bytes::Bytes| {
            let kept = Kept::decode(value)?;
            let attributes = Some(kept.attributes.into_iter().collect());
            Ok(Endpoint { endpoint_arn: Some(kept.arn), attributes })
        };
        let found = page.values.iter().map(shown).collect::<Answer<_>>()?;
        Ok(ListEndpointsByPlatformApplicationResponse { endpoints: Some(found), next_token: page.next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_are_taken_apart() {
        let region: Region = "us-east-1".parse().unwrap();
        let arn = "arn:aws:sns:us-east-1:000000000000:endpoint/ADM/app/832bd641-769a-4f81-add1-285655ece407";
        let name = Name::of_device(&region, arn, "EndpointArn").unwrap();
        assert_eq!((name.platform.as_str(), name.application.as_str()), ("ADM", "app"));
        assert_eq!(name.device.as_deref(), Some("832bd641-769a-4f81-add1-285655ece407"));
        for (wrong, why) in [
            ("x", "EndpointArn Reason: An ARN must have at least 6 elements, not 1"),
            (
                "arn:aws:sns:us-east-1:000000000000:endpoint/ADM/app",
                "EndpointArn Reason: Wrong number of slashes in relative portion of the ARN.",
            ),
            (
                "arn:aws:sns:us-east-1:000000000000:endpoint/ADM/app/1",
                "EndpointArn Reason: ARN specifies an invalid endpointId: UUID must be encoded in exactly 36 characters.",
            ),
            (
                "arn:aws:sns:eu-west-1:000000000000:endpoint/ADM/app/832bd641-769a-4f81-add1-285655ece407",
                "EndpointArn",
            ),
            (
                "arn:aws:sqs:us-east-1:000000000000:endpoint/ADM/app/832bd641-769a-4f81-add1-285655ece407",
                "EndpointArn",
            ),
            (
                "arn:aws:sns:us-east-1:000000000000:other/ADM/app/832bd641-769a-4f81-add1-285655ece407",
                "EndpointArn",
            ),
            ("arn:aws:sns:us-east-1:me:endpoint/ADM/app/832bd641-769a-4f81-add1-285655ece407", "EndpointArn"),
        ] {
            let fault = Name::of_device(&region, wrong, "EndpointArn").unwrap_err();
            assert_eq!(fault.message(), format!("Invalid parameter: {why}"), "{wrong}");
        }
    }

    #[test]
    fn tokens_are_those_of_the_platform() {
        assert_eq!(token_of("APNS_SANDBOX", "AB09").unwrap(), "ab09");
        assert!(token_of("APNS", "xyz").is_err() && token_of("APNS", &"a".repeat(401)).is_err());
        assert_eq!(token_of("GCM", "xYz").unwrap(), "xYz");
        assert!(token_of("GCM", "").is_err() && token_of("GCM", &"a".repeat(8193)).is_err());
    }
}
