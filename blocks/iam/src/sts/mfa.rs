//! Codes of MFA devices that a request of STS shows.

use floor::{Answer, Fault};

use super::{Sts, fault};

impl Sts {
    /// When the caller showed a code of a device of its own, in milliseconds since the epoch: now, or not at all.
    #[expect(clippy::unused_self, reason = "the devices are its directory's")]
    pub(crate) fn mfa(&self, shown: (Option<&str>, Option<&str>)) -> Answer<Option<u64>> {
        let (serial, code) = match shown {
            (None, None) => return Ok(None),
            (Some(serial), Some(code)) => (serial, code),
            _ => {
                return Err(denied(
                    "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
                ));
            }
        };
        if !serial.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=/:,.@-".contains(&b)) {
            return Err(fault::pattern(serial, "serialNumber", r"[\w+=/:,.@-]*"));
        }
        if !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(fault::pattern(code, "tokenCode", r"[\d]*"));
        }
        Err(denied(
            "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is \
             valid and associated with this user.",
        ))
    }
}

fn denied(why: &'static str) -> Fault {
    Fault::coded("AccessDenied", 403, why)
}
