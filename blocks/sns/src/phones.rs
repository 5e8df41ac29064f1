//! Text messages: attributes of an account, and phones that opted out. Messages are kept to be read (see `sent.rs`), for
//! no carrier is here to take them.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-mobile-phone-number-as-subscriber.html>

use std::collections::BTreeMap;

use api_sns::{
    CheckIfPhoneNumberIsOptedOut, CheckIfPhoneNumberIsOptedOutInput, CheckIfPhoneNumberIsOptedOutResponse,
    GetSMSAttributes, GetSMSAttributesInput, GetSMSAttributesResponse, ListOriginationNumbers,
    ListOriginationNumbersRequest, ListOriginationNumbersResult, ListPhoneNumbersOptedOut,
    ListPhoneNumbersOptedOutInput, ListPhoneNumbersOptedOutResponse, OptInPhoneNumber, OptInPhoneNumberInput,
    OptInPhoneNumberResponse, SetSMSAttributes, SetSMSAttributesInput, SetSMSAttributesResponse, errors,
};
use floor::{AccountId, Answer, Fault, Get, Key, Placement, Region, Tx, first_format, key::Parts};
use serde::{Deserialize, Serialize};

use crate::{
    Sns,
    act::{Act, Desk},
    fault, feedback, limits, listing,
    records::{Attribute, AttributeValue},
};

/// An account's attributes for text messages.
#[derive(Serialize, Deserialize, Default)]
struct Settings(BTreeMap<String, String>);

first_format!(Settings);

fn settings(account: AccountId) -> Key {
    Key::of("sms-attributes").text(account.as_str())
}

fn opted_out(account: AccountId) -> Key {
    Key::of("opted-out").text(account.as_str())
}

/// Whether it is a number that can be published to: E.164, with or without the plus.
pub(crate) fn is_phone(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (5..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether it may be subscribed: with single marks between its digits, too.
pub(crate) fn is_endpoint(text: &str) -> bool {
    let rest = text.strip_prefix('+').unwrap_or(text);
    let is_mark = |c: char| matches!(c, '-' | '.' | ' ');
    let parts: Vec<_> = rest.split(is_mark).collect();
    parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
        && (5..=20).contains(&parts.iter().map(|part| part.len()).sum::<usize>())
}

/// A number as it is kept: `+` and its digits.
pub(crate) fn normal(number: &str) -> String {
    format!("+{}", number.chars().filter(char::is_ascii_digit).collect::<String>())
}

/// The same, of a number that was given as one.
pub(crate) fn checked(number: &str) -> Answer<String> {
    if is_phone(number) {
        return Ok(normal(number));
    }
    Err(fault::invalid("PhoneNumber Reason: input incorrectly formatted"))
}

/// Whether a phone wants nothing from this account.
pub(crate) async fn is_opted_out<R: Get>(read: &R, account: AccountId, number: &str) -> Answer<bool> {
    Ok(read.get(&opted_out(account).text(&normal(number))).await?.is_some())
}

/// Whether a text is too long: "The total size limit for a single SMS Publish action is 1,600 characters."
pub(crate) fn is_too_long(text: &str) -> bool {
    text.chars().count() > limits::SMS_CHARS_MAX
}

/// What the account's settings add to the attributes of a text message: who sends it, and how.
pub(crate) async fn completed<R: Get>(
    read: &R,
    account: AccountId,
    given: &[Attribute],
) -> Answer<Vec<Attribute>> {
    let set: Settings = read.load(&settings(account)).await?.unwrap_or_default();
    let mut all = given.to_vec();
    for (setting, name, default) in [
        ("DefaultSenderID", "AWS.SNS.SMS.SenderID", None),
        ("DefaultSMSType", "AWS.SNS.SMS.SMSType", Some("Promotional")),
    ] {
        let value = set.0.get(setting).map(String::as_str).or(default);
        if let Some(value) = value.filter(|_| given.iter().all(|one| one.name != name)) {
            let (name, value) = (name.to_owned(), AttributeValue::Text(value.to_owned()));
            all.push(Attribute { name, data_type: "String".to_owned(), value });
        }
    }
    Ok(all)
}

impl Sns {
    /// A phone answered STOP to an account's messages.
    pub async fn opt_out(
        &self,
        floor: &std::sync::Arc<floor::Floor>,
        account: AccountId,
        region: &Region,
        number: &str,
    ) -> Answer<()> {
        let key = &opted_out(account).text(&checked(number)?);
        let write = |tx: Tx| async move {
            tx.put(key, &b"1"[..]);
            Ok(())
        };
        floor.cell::<Self>(&Placement::directory(region)).await?.transact(write).await
    }
}

impl Act for CheckIfPhoneNumberIsOptedOut {
    const ACTIONS: &'static [&'static str] = &["sns:CheckIfPhoneNumberIsOptedOut"];

    async fn act(
        desk: &Desk,
        tx: &Tx,
        input: &CheckIfPhoneNumberIsOptedOutInput,
    ) -> Answer<CheckIfPhoneNumberIsOptedOutResponse> {
        checked(&input.phone_number)?;
        let is = is_opted_out(tx, desk.caller.account(), &input.phone_number).await?;
        Ok(CheckIfPhoneNumberIsOptedOutResponse { is_opted_out: Some(is) })
    }
}

impl Act for ListPhoneNumbersOptedOut {
    const ACTIONS: &'static [&'static str] = &["sns:ListPhoneNumbersOptedOut"];

    async fn act(
        desk: &Desk,
        tx: &Tx,
        input: &ListPhoneNumbersOptedOutInput,
    ) -> Answer<ListPhoneNumbersOptedOutResponse> {
        let all = opted_out(desk.caller.account());
        let page = listing::page(tx, &all, input.next_token.as_deref()).await?;
        let numbers = page.keys.iter().filter_map(|key| Parts::of(&key[all.len()..]).text());
        Ok(ListPhoneNumbersOptedOutResponse { phone_numbers: Some(numbers.collect()), next_token: page.next })
    }
}

impl Act for OptInPhoneNumber {
    const ACTIONS: &'static [&'static str] = &["sns:OptInPhoneNumber"];

    async fn act(desk: &Desk, tx: &Tx, input: &OptInPhoneNumberInput) -> Answer<OptInPhoneNumberResponse> {
        tx.delete(&opted_out(desk.caller.account()).text(&checked(&input.phone_number)?));
        Ok(OptInPhoneNumberResponse::default())
    }
}

/// "DefaultSenderID: 1 to 11 alphanumeric characters, at least one letter".
fn check_setting(name: &str, value: &str) -> Answer<()> {
    let refused = |text: String| Err(Fault::new(&errors::INVALID_PARAMETER_EXCEPTION, text));
    match name {
        "DefaultSenderID" => {
            let fits = (1..=11).contains(&value.len())
                && value.bytes().all(|b| b.is_ascii_alphanumeric())
                && value.bytes().any(|b| b.is_ascii_alphabetic());
            // AWS's own spelling.
            if fits { Ok(()) } else { refused("DefaultSendID is not a valid attribute".to_owned()) }
        }
        "DefaultSMSType" if matches!(value, "Promotional" | "Transactional") => Ok(()),
        "DefaultSMSType" => refused("DefaultSMSType is invalid".to_owned()),
        "MonthlySpendLimit" if value.parse::<u32>().is_ok() => Ok(()),
        "DeliveryStatusSuccessSamplingRate" if feedback::is_rate(value) => Ok(()),
        "DeliveryStatusSuccessSamplingRate" => refused(format!("{name} is not an integer between 0-100")),
        "DeliveryStatusIAMRole" if feedback::check(name, value).is_ok() => Ok(()),
        "MonthlySpendLimit" | "DeliveryStatusIAMRole" => refused(format!("{name} is invalid")),
        "UsageReportS3Bucket" => Err(fault::not_yet(&format!("the attribute {name} of text messages"))),
        _ => refused(format!("{name} is not a valid attribute")),
    }
}

impl Act for SetSMSAttributes {
    const ACTIONS: &'static [&'static str] = &["sns:SetSMSAttributes"];

    async fn act(desk: &Desk, tx: &Tx, input: &SetSMSAttributesInput) -> Answer<SetSMSAttributesResponse> {
        let key = settings(desk.caller.account());
        let mut all: Settings = tx.load(&key).await?.unwrap_or_default();
        for (name, value) in &input.attributes {
            check_setting(name, value)?;
            all.0.insert(name.clone(), value.clone());
        }
        tx.save(&key, &all);
        Ok(SetSMSAttributesResponse::default())
    }
}

impl Act for GetSMSAttributes {
    const ACTIONS: &'static [&'static str] = &["sns:GetSMSAttributes"];

    async fn act(desk: &Desk, tx: &Tx, input: &GetSMSAttributesInput) -> Answer<GetSMSAttributesResponse> {
        let mut all: Settings = tx.load(&settings(desk.caller.account())).await?.unwrap_or_default();
        all.0.entry("MonthlySpendLimit".to_owned()).or_insert_with(|| "1".to_owned());
        let asked = input.attributes.as_deref().unwrap_or_default();
        all.0.retain(|name, _| asked.is_empty() || asked.contains(name));
        Ok(GetSMSAttributesResponse { attributes: Some(all.0.into_iter().collect()) })
    }
}

impl Act for ListOriginationNumbers {
    const ACTIONS: &'static [&'static str] = &["sns:ListOriginationNumbers"];

    /// There is nobody here whom an account could have bought one from.
    async fn act(
        _: &Desk,
        _: &Tx,
        _: &ListOriginationNumbersRequest,
    ) -> Answer<ListOriginationNumbersResult> {
        Ok(ListOriginationNumbersResult { phone_numbers: Some(Vec::new()), next_token: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_others() {
        for fits in ["+15551234567", "15551234567", "+1-555-123-4567", "+1 555 123.4567"] {
            assert!(is_endpoint(fits), "{fits}");
        }
        for wrong in
            ["+15--551234567", "NAA+15551234567", "+15551234567.", "/+15551234567", "", "+", "+1a234"]
        {
            assert!(!is_endpoint(wrong) && !is_phone(wrong), "{wrong}");
        }
        assert!(is_phone("+15551234567") && !is_phone("+1-555-123-4567"));
        assert_eq!(normal("1-555.123 4567"), "+15551234567");
        assert!(!is_too_long(&"é".repeat(1600)) && is_too_long(&"x".repeat(1601)));
    }

    #[test]
    fn settings_are_checked() {
        for (name, value, status) in [
            ("DefaultSenderID", "Kumiki2", None),
            ("DefaultSenderID", "twelve12345x", Some(400)),
            ("DefaultSenderID", "a b", Some(400)),
            ("DefaultSMSType", "Transactional", None),
            ("MonthlySpendLimit", "-1", Some(400)),
            ("DeliveryStatusSuccessSamplingRate", "100", None),
            ("DeliveryStatusSuccessSamplingRate", "101", Some(400)),
            ("DeliveryStatusIAMRole", "arn:aws:iam::000000000000:role/r", None),
            ("DeliveryStatusIAMRole", "r", Some(400)),
            ("UsageReportS3Bucket", "b", Some(501)),
            ("Other", "", Some(400)),
        ] {
            assert_eq!(check_setting(name, value).err().map(|e| e.status().into()), status, "{name}={value}");
        }
    }
}
