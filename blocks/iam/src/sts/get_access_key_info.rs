//! GetAccessKeyInfo: the account that an access key id names.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html>
//!
//! The account stands in the id itself, and AWS reads it there: an id with its end made up gets the same answer
//! (<https://awsteele.com/blog/2020/09/26/aws-access-key-format.html>). So nothing is looked up, and the answer says
//! nothing of whether the key exists.

use api_sts::{GetAccessKeyInfo, GetAccessKeyInfoRequest, GetAccessKeyInfoResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Fault, Get, Handle, Placement, Target};

use super::{Sts, fault};

impl Handle<GetAccessKeyInfo> for Sts {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["sts:GetAccessKeyInfo"];

    fn place(&self, caller: &Caller, input: &GetAccessKeyInfoRequest) -> Answer<Placement> {
        fault::expect_free(caller, "GetAccessKeyInfo")?;
        let id = &input.access_key_id;
        if !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Err(fault::pattern(id, "accessKeyId", r"[\w]*"));
        }
        Ok(Placement::directory(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        _: &GetAccessKeyInfoRequest,
    ) -> Answer<Target<()>> {
        Ok(Target::one(Check::new("sts:GetAccessKeyInfo", "*", caller.account()), ()))
    }

    async fn handle(
        &self,
        _: &mut Cx,
        _: Admitted<GetAccessKeyInfo, Self>,
        input: GetAccessKeyInfoRequest,
    ) -> Answer<GetAccessKeyInfoResponse> {
        let account = account_in(&input.access_key_id).ok_or_else(no_such_key)?;
        Ok(GetAccessKeyInfoResponse { account: Some(account) })
    }
}

/// No account is named. The operation's page says that an error may tell so, not which; this is what the list of
/// common errors has for it: <https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html>.
fn no_such_key() -> Fault {
    let why = "The X.509 certificate or AWS access key ID provided does not exist in our records.";
    Fault::coded("InvalidClientTokenId", 403, why)
}

/// The account in an id of the present form: four letters, then base 32 (RFC 4648): one bit that tells the form, forty
/// of the account, and others that are not known. Ids from before 2019 have the bit unset and no account in them.
/// <https://labs.withsecure.com/publications/a-bitwise-analysis-of-aws-access-key-identifiers.html>
pub(crate) fn account_in(id: &str) -> Option<String> {
    let coded = id.strip_prefix("AKIA").or_else(|| id.strip_prefix("ASIA"))?;
    let mut head = 0_u64;
    for (at, letter) in coded.bytes().enumerate() {
        let five = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => return None,
        };
        if at < 9 {
            head = head << 5 | u64::from(five);
        }
    }
    // Nine letters are 45 bits: the form, the account, and four of the rest.
    let (form, account) = (head >> 44, head >> 4 & ((1 << 40) - 1));
    (coded.len() == 16 && form == 1 && account < 1_000_000_000_000).then(|| format!("{account:012}"))
}

#[cfg(test)]
mod tests {
    use super::account_in;

    #[test]
    fn accounts_as_published() {
        for (id, account) in [
            ("ASIAY34FZKBOKMUTVV7A", Some("609629065308")),
            ("AKIAQI52OJVCPZXFYAOI", Some("019181489476")),
            ("AKIAQI52OJVCAAAAAAAA", Some("019181489476")),
            ("AKIAQAAAAAAAAAAAAAAA", Some("000000000000")),
            ("AKIAIOSFODNN7EXAMPLE", None),
            ("AKIA7777777777777777", None),
            ("AKIAQI52OJVCPZXFYAO1", None),
            ("AKIAqi52OJVCPZXFYAOI", None),
            ("AKIAQI52OJVCPZXFYAO", None),
            ("AIDAQI52OJVCPZXFYAOI", None),
            ("", None),
        ] {
            assert_eq!(account_in(id).as_deref(), account, "{id}");
        }
    }
}
