//! Passwords of users: the account's rules for them, and how they are kept: never as text, only as a slow salted hash.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html>

use std::num::NonZeroU32;

use api_iam::errors;
use aws_lc_rs::pbkdf2;
use floor::{Answer, Fault};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// Rounds of PBKDF2-HMAC-SHA512, as OWASP's "Password Storage Cheat Sheet" asks for.
const ROUNDS: NonZeroU32 = NonZeroU32::new(210_000).unwrap();
const HASH_BYTES: usize = 32;
/// The most that a policy may remember.
const REMEMBERED_MAX: usize = 24;
/// The symbols that count ("Setting an account password policy").
const SYMBOLS: &str = "!@#$%^&*()_+-=[]{}|'";

/// The rules of an account.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "they are AWS's")]
pub(crate) struct Rules {
    pub(crate) length_min: u32,
    pub(crate) symbols: bool,
    pub(crate) numbers: bool,
    pub(crate) uppercase: bool,
    pub(crate) lowercase: bool,
    /// All users may change their own password, whatever their policies say.
    pub(crate) users_may_change: bool,
    pub(crate) age_days_max: Option<u32>,
    pub(crate) remembered: Option<u32>,
    pub(crate) hard_expiry: Option<bool>,
}

/// A password as it is kept.
#[derive(Serialize, Deserialize, Clone, PartialEq)]
pub(crate) struct Password {
    /// One for all passwords of a user, so that one hash tells whether a password was used before.
    salt: [u8; 16],
    rounds: NonZeroU32,
    hash: [u8; HASH_BYTES],
    /// The hashes before this one, newest first.
    former: Vec<[u8; HASH_BYTES]>,
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password")
    }
}

impl Password {
    /// A first password.
    pub(crate) async fn new(text: &str, salt: [u8; 16]) -> Answer<Self> {
        let hash = slow_hash(text, salt, ROUNDS).await?;
        Ok(Self { salt, rounds: ROUNDS, hash, former: Vec::new() })
    }

    /// Whether it is `text`.
    pub(crate) async fn is(&self, text: &str) -> Answer<bool> {
        let hash = slow_hash(text, self.salt, self.rounds).await?;
        Ok(hash.ct_eq(&self.hash).into())
    }

    /// The next one. `remembered` of those so far, this one among them, must not be the same.
    pub(crate) async fn next(&self, text: &str, remembered: usize) -> Answer<Self> {
        let hash = slow_hash(text, self.salt, self.rounds).await?;
        let so_far = || std::iter::once(&self.hash).chain(&self.former);
        if so_far().take(remembered).any(|former| former.ct_eq(&hash).into()) {
            return Err(violation(
                "Policy constraint violation with password reuse prevention during password change.",
            ));
        }
        let former = so_far().take(REMEMBERED_MAX).copied().collect();
        Ok(Self { salt: self.salt, rounds: self.rounds, hash, former })
    }
}

/// It takes long, and so leaves the reactor.
async fn slow_hash(text: &str, salt: [u8; 16], rounds: NonZeroU32) -> Answer<[u8; HASH_BYTES]> {
    let text = zeroize::Zeroizing::new(text.as_bytes().to_vec());
    let hash = move || {
        let mut out = [0; HASH_BYTES];
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA512, rounds, &salt, &text, &mut out);
        out
    };
    tokio::task::spawn_blocking(hash).await.map_err(|e| floor::fault::internal(e.to_string()))
}

fn violation(why: impl Into<String>) -> Fault {
    Fault::new(&errors::PASSWORD_POLICY_VIOLATION_EXCEPTION, why.into())
}

/// The classes of letters in a password.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "one for each class")]
struct Classes {
    uppercase: bool,
    lowercase: bool,
    numbers: bool,
    symbols: bool,
}

impl Classes {
    fn of(text: &str) -> Self {
        Self {
            uppercase: text.chars().any(|c| c.is_ascii_uppercase()),
            lowercase: text.chars().any(|c| c.is_ascii_lowercase()),
            numbers: text.chars().any(|c| c.is_ascii_digit()),
            symbols: text.chars().any(|c| SYMBOLS.contains(c)),
        }
    }
}

/// Checks a new password by the account's rules, or by AWS's own where the account has none: eight letters, of at
/// least three classes.
pub(crate) fn check(rules: Option<&Rules>, text: &str) -> Answer<()> {
    let is_plain = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{ff}');
    if !text.chars().all(is_plain) {
        return Err(crate::fault::validation_text(
            "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy \
             regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
        ));
    }
    let has = Classes::of(text);
    let least = rules.map_or(8, |rules| rules.length_min);
    if text.chars().count() < least as usize {
        return Err(violation(format!("Password should have a minimum length of {least}")));
    }
    let Some(rules) = rules else {
        let classes = [has.uppercase, has.lowercase, has.numbers, has.symbols];
        if classes.into_iter().filter(|has| *has).count() < 3 {
            return Err(violation(
                "Password should include a minimum of three of the following mix of character types: uppercase, \
                 lowercase, numbers, and non-alphanumeric characters",
            ));
        }
        return Ok(());
    };
    let missing = [
        (rules.uppercase && !has.uppercase, "uppercase letter"),
        (rules.lowercase && !has.lowercase, "lowercase letter"),
        (rules.symbols && !has.symbols, "symbol"),
        (rules.numbers && !has.numbers, "number"),
    ];
    match missing.into_iter().find(|(is_missing, _)| *is_missing) {
        Some((_, what)) => Err(violation(format!("Password should have at least one {what}"))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rules(length_min: u32, wanted: [bool; 4]) -> Rules {
        let [uppercase, lowercase, numbers, symbols] = wanted;
        Rules {
            length_min,
            symbols,
            numbers,
            uppercase,
            lowercase,
            users_may_change: false,
            age_days_max: None,
            remembered: None,
            hard_expiry: None,
        }
    }

    #[test]
    fn without_rules_three_classes_are_enough() {
        for good in ["Passw0rdX", "pass-w0rd", "PASS-W0RD", "Pass-word"] {
            assert!(check(None, good).is_ok(), "{good}");
        }
        for bad in ["Pass-w0", "password1", "passwordPASS", "12345678", "Passw0r\u{2014}"] {
            assert!(check(None, bad).is_err(), "{bad}");
        }
    }

    proptest! {
        /// A stricter rule never admits what a laxer one refuses, and each class asked for must be there.
        #[test]
        fn rules_only_ever_restrict(text in "[aB1!~]{1,20}", least in 6_u32..20, wanted: [bool; 4]) {
            let strict = check(Some(&rules(least, wanted)), &text).is_ok();
            let lax = check(Some(&rules(6, [false; 4])), &text).is_ok();
            prop_assert!(!strict || lax);
            let has = ["B", "a", "1", "!"].map(|one| text.contains(one));
            let expected = text.len() >= least as usize && wanted.iter().zip(has).all(|(want, has)| !want || has);
            prop_assert_eq!(strict, expected);
        }
    }

    #[tokio::test]
    async fn former_passwords_are_remembered() {
        let rounds = NonZeroU32::new(1000).unwrap();
        let hash = slow_hash("one", [7; 16], rounds).await.unwrap();
        let one = Password { salt: [7; 16], rounds, hash, former: Vec::new() };
        assert!(one.is("one").await.unwrap() && !one.is("two").await.unwrap());
        let two = one.next("two", 2).await.unwrap();
        assert!(two.next("one", 2).await.is_err() && two.next("two", 1).await.is_err());
        assert!(two.next("one", 1).await.is_ok() && two.next("two", 0).await.is_ok());
    }
}
