//! Names, paths and ids: their forms, and how new ids are made.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>

use floor::{AccountId, Answer, Fault};

use crate::fault;

/// `[\w+=,.@-]+`: names of users, roles, groups, policies and instance profiles.
pub(crate) fn check_name(member: &str, name: &str) -> Answer<()> {
    let is_name =
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b));
    if is_name { Ok(()) } else { Err(not_a_name(member)) }
}

fn not_a_name(member: &str) -> Fault {
    fault::validation_text(&format!(
        "The specified value for {member} is invalid. It must contain only alphanumeric characters and/or the \
         following: +=,.@_-"
    ))
}

/// `/` or `/a/b/`, of ASCII from `!` to DEL.
pub(crate) fn check_path(member: &str, path: &str) -> Answer<()> {
    let is_path = path == "/"
        || (path.len() <= 512
            && path.starts_with('/')
            && path.ends_with('/')
            && !path.contains("//")
            && path.bytes().all(|b| (0x21..=0x7f).contains(&b)));
    if is_path {
        return Ok(());
    }
    Err(fault::validation_text(&format!(
        "The specified value for {member} is invalid. It must begin and end with / and contain only alphanumeric \
         characters and/or / characters."
    )))
}

/// The path that was given, or `/`.
pub(crate) fn path_or_root(path: Option<&String>) -> Answer<String> {
    let path = path.map_or("/", String::as_str);
    check_path("path", path)?;
    Ok(path.to_owned())
}

const BASE_32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A unique id: `prefix` (`AKIA`, `AIDA`, ...), the account's forty bits behind the bit that tells the form, and what
/// is random, `length` letters in all. Ids of AWS are made so
/// (<https://labs.withsecure.com/publications/a-bitwise-analysis-of-aws-access-key-identifiers.html>), and
/// GetAccessKeyInfo reads the account there.
pub(crate) fn unique_id(prefix: &str, account: &AccountId, length: usize, random: &[u8; 16]) -> String {
    let number: u64 = account.as_str().parse().unwrap_or_default();
    let noise = u128::from_be_bytes(*random);
    // Nine letters are 45 bits: the form, the account, and four that are random.
    let head = 1 << 44 | number << 4 | (noise >> 124) as u64;
    let mut id = String::with_capacity(length);
    id.push_str(prefix);
    for at in (0..9).rev() {
        id.push(BASE_32[(head >> (5 * at) & 31) as usize] as char);
    }
    for at in 0..length.saturating_sub(prefix.len() + 9) {
        id.push(BASE_32[(noise >> (5 * at) & 31) as usize] as char);
    }
    id
}

/// Random bytes as a UUID of version 4.
pub(crate) fn uuid(random: &[u8; 16]) -> String {
    let number = u128::from_be_bytes(*random) & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let digits = format!("{number:032x}");
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_paths() {
        for good in ["a", "A.b-c_d+e=f,g@h", "1"] {
            assert!(check_name("userName", good).is_ok(), "{good}");
        }
        for bad in ["", "a b", "ä", "a/b", "a*", "a:b", "\0"] {
            assert!(check_name("userName", bad).is_err(), "{bad}");
        }
        for good in ["/", "/a/", "/a/b-c/"] {
            assert!(check_path("path", good).is_ok(), "{good}");
        }
        for bad in ["", "a", "/a", "a/", "//", "/a//b/", "/ä/", "/a b/"] {
            assert!(check_path("path", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn ids_name_their_account() {
        let account: AccountId = "019181489476".parse().unwrap();
        let id = unique_id("AKIA", &account, 20, &[7; 16]);
        assert_eq!(id.len(), 20);
        assert!(id.starts_with("AKIAQI52OJV"), "{id}");
        assert_eq!(unique_id("AIDA", &account, 21, &[9; 16]).len(), 21);
    }

    #[test]
    fn uuids() {
        assert_eq!(uuid(&[0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(uuid(&[0; 16]), "00000000-0000-4000-8000-000000000000");
    }
}
