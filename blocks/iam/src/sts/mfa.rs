//! Codes of MFA devices that a request of STS shows.

use auth::Kind;
use floor::{Answer, Caller, Fault, Get};

use super::{Sts, fault};
use crate::mfa;

impl Sts {
    /// When the caller showed a code of a device of its own, in milliseconds since the epoch: now, or not at all.
    /// The code is used up by this.
    pub(crate) async fn mfa<R: Get>(
        &self,
        read: &R,
        caller: &Caller,
        shown: (Option<&str>, Option<&str>),
    ) -> Answer<Option<u64>> {
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
        let user = match &caller.who.kind {
            Kind::User { name, .. } => name.as_str(),
            Kind::Root => "",
            _ => return Err(mfa::unknown_device()),
        };
        let floor = self.directory.whole()?;
        let (account, now) = (caller.account(), floor.env.clocks.service.now());
        let (guesses, steady) = (&self.directory.guesses, floor.env.clocks.steady.now());
        if !guesses.may(serial, steady) {
            return Err(mfa::wrong_code());
        }
        let step = mfa::check(read, &floor.seal, (&account, user), (serial, code), now).await?;
        guesses.note(serial, step.is_some(), steady);
        let step = step.ok_or_else(mfa::wrong_code)?;
        let place = self.directory.place(&caller.region);
        let is_new = self.directory.codes.spend(&floor, &place, (&account, serial), step).await?;
        if is_new { Ok(Some(now.0)) } else { Err(mfa::wrong_code()) }
    }
}

fn denied(why: &'static str) -> Fault {
    Fault::coded("AccessDenied", 403, why)
}
