//! The sandbox of text messages: phones that an account may try them with once a code has come there. No account is in it
//! here, as messages go nowhere; the operations work as on AWS.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-sms-sandbox.html>

use api_sns::{
    CreateSMSSandboxPhoneNumber, CreateSMSSandboxPhoneNumberInput, CreateSMSSandboxPhoneNumberResult,
    DeleteSMSSandboxPhoneNumber, DeleteSMSSandboxPhoneNumberInput, DeleteSMSSandboxPhoneNumberResult,
    GetSMSSandboxAccountStatus, GetSMSSandboxAccountStatusInput, GetSMSSandboxAccountStatusResult,
    ListSMSSandboxPhoneNumbers, ListSMSSandboxPhoneNumbersInput, ListSMSSandboxPhoneNumbersResult,
    SMSSandboxPhoneNumber, VerifySMSSandboxPhoneNumber, VerifySMSSandboxPhoneNumberInput,
    VerifySMSSandboxPhoneNumberResult, errors,
};
use floor::{AccountId, Answer, Fault, Get, Key, Record, Tx, first_format, key::Parts};
use serde::{Deserialize, Serialize};

use crate::{
    act::{Act, Desk},
    limits, listing, phones,
    sent::Sent,
};

/// A phone of the sandbox.
#[derive(Serialize, Deserialize)]
struct Tried {
    /// The code that was sent to it; none once it is verified.
    code: Option<String>,
}

first_format!(Tried);

fn all(account: AccountId) -> Key {
    Key::of("sms-sandbox").text(account.as_str())
}

/// A member that does not match the model's pattern; its value is nobody's to see.
fn pattern(member: &str, pattern: &str) -> Fault {
    let text = format!(
        "1 validation error detected: Value at '{member}' failed to satisfy constraint: Member must satisfy regular \
         expression pattern: {pattern}"
    );
    Fault::coded("ValidationError", 400, text)
}

/// A phone's number as it is kept.
fn read(number: &str) -> Answer<String> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let fits = match number.strip_prefix('+') {
        Some(rest) => rest.len() >= 8 && digits(rest),
        None => number.len() <= 9 && digits(number),
    };
    if !fits {
        return Err(pattern("phoneNumber", r"^(\+[0-9]{8,}|[0-9]{0,9})$"));
    }
    phones::checked(number)
}

impl Act for GetSMSSandboxAccountStatus {
    const ACTIONS: &'static [&'static str] = &["sns:GetSMSSandboxAccountStatus"];

    /// Every account may send to any phone: the messages go nowhere.
    async fn act(
        _: &Desk,
        _: &Tx,
        _: &GetSMSSandboxAccountStatusInput,
    ) -> Answer<GetSMSSandboxAccountStatusResult> {
        Ok(GetSMSSandboxAccountStatusResult { is_in_sandbox: Some(false) })
    }
}

impl Act for CreateSMSSandboxPhoneNumber {
    const ACTIONS: &'static [&'static str] = &["sns:CreateSMSSandboxPhoneNumber"];

    /// The code goes to the phone like any message.
    async fn act(
        desk: &Desk,
        tx: &Tx,
        input: &CreateSMSSandboxPhoneNumberInput,
    ) -> Answer<CreateSMSSandboxPhoneNumberResult> {
        let number = read(&input.phone_number)?;
        let account = desk.caller.account();
        if phones::is_opted_out(tx, account, &number).await? {
            let text = format!("Phone number {number} is opted out");
            return Err(Fault::new(&errors::OPTED_OUT_EXCEPTION, text));
        }
        let key = all(account).text(&number);
        let there: Option<Tried> = tx.load(&key).await?;
        if matches!(there, Some(Tried { code: None })) {
            return Ok(CreateSMSSandboxPhoneNumberResult::default()); // It is verified already.
        }
        let most = limits::SANDBOX_PHONES_MAX;
        if there.is_none() && tx.range(all(account).all(), most).await?.len() == most {
            let text = "The maximum number of destination phone numbers is 10";
            return Err(Fault::new(&errors::USER_ERROR_EXCEPTION, text));
        }
        let code = format!("{:06}", desk.number % 1_000_000);
        let sent = Sent {
            protocol: "sms".to_owned(),
            to: number,
            topic_arn: None,
            subscription_arn: None,
            message_id: desk.fresh.clone(),
            subject: None,
            body: format!("Your verification code is {code}"),
            attributes: Vec::new(),
            at_ms: desk.now_ms,
        };
        desk.keeper.keep(tx, account, &sent).await?;
        tx.save(&key, &Tried { code: Some(code) });
        Ok(CreateSMSSandboxPhoneNumberResult::default())
    }
}

fn no_phone() -> Fault {
    Fault::new(&errors::RESOURCE_NOT_FOUND_EXCEPTION, "Phone number does not exist")
}

impl Act for VerifySMSSandboxPhoneNumber {
    const ACTIONS: &'static [&'static str] = &["sns:VerifySMSSandboxPhoneNumber"];

    async fn act(
        desk: &Desk,
        tx: &Tx,
        input: &VerifySMSSandboxPhoneNumberInput,
    ) -> Answer<VerifySMSSandboxPhoneNumberResult> {
        let key = all(desk.caller.account()).text(&read(&input.phone_number)?);
        let digits = &input.one_time_password;
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(pattern("oneTimePassword", "^[0-9]+$"));
        }
        let tried: Tried = tx.load(&key).await?.ok_or_else(no_phone)?;
        if tried.code.is_some_and(|code| &code != digits) {
            let text = "One-time password is invalid";
            return Err(Fault::new(&errors::VERIFICATION_EXCEPTION, text).with("Status", "Pending"));
        }
        tx.save(&key, &Tried { code: None });
        Ok(VerifySMSSandboxPhoneNumberResult::default())
    }
}

impl Act for DeleteSMSSandboxPhoneNumber {
    const ACTIONS: &'static [&'static str] = &["sns:DeleteSMSSandboxPhoneNumber"];

    async fn act(
        desk: &Desk,
        tx: &Tx,
        input: &DeleteSMSSandboxPhoneNumberInput,
    ) -> Answer<DeleteSMSSandboxPhoneNumberResult> {
        let key = all(desk.caller.account()).text(&read(&input.phone_number)?);
        tx.load::<Tried>(&key).await?.ok_or_else(no_phone)?;
        tx.delete(&key);
        Ok(DeleteSMSSandboxPhoneNumberResult::default())
    }
}

impl Act for ListSMSSandboxPhoneNumbers {
    const ACTIONS: &'static [&'static str] = &["sns:ListSMSSandboxPhoneNumbers"];

    async fn act(
        desk: &Desk,
        tx: &Tx,
        input: &ListSMSSandboxPhoneNumbersInput,
    ) -> Answer<ListSMSSandboxPhoneNumbersResult> {
        let all = all(desk.caller.account());
        let most = input.max_results.map_or(limits::LIST_PAGE, |n| n as usize);
        let page = listing::page_of(tx, &all, input.next_token.as_deref(), most).await?;
        let mut phone_numbers = Vec::new();
        for (key, value) in page.keys.iter().zip(&page.values) {
            let is_verified = Tried::decode(value)?.code.is_none();
            phone_numbers.push(SMSSandboxPhoneNumber {
                phone_number: Parts::of(&key[all.len()..]).text(),
                status: Some(if is_verified { "Verified" } else { "Pending" }.into()),
            });
        }
        Ok(ListSMSSandboxPhoneNumbersResult { phone_numbers: Some(phone_numbers), next_token: page.next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read() {
        assert_eq!(read("+15551234567").unwrap(), "+15551234567");
        assert_eq!(read("12345678").unwrap(), "+12345678");
        for (wrong, code) in [
            ("+1234567", "ValidationError"),
            ("1234567890", "ValidationError"),
            ("+1555 1234567", "ValidationError"),
            ("", "InvalidParameter"),
            ("1234", "InvalidParameter"),
        ] {
            assert_eq!(read(wrong).unwrap_err().code(), code, "{wrong}");
        }
    }
}
