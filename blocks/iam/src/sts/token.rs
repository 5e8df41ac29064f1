//! Session tokens: everything that temporary credentials stand for, sealed, so that any region verifies them alone and
//! nothing is stored.
//!
//! A token is sealed with a key that is derived from the data directory's master key for this purpose and for this
//! message alone. There is no key that many tokens share, and so none to be rotated.

use auth::{AccountId, Identity, Session};
use base64::{Engine, engine::general_purpose::STANDARD};
use floor::{Record, first_format};
use serde::{Deserialize, Serialize};

pub(crate) const PURPOSE: &str = "sts session token";

/// Longer texts are not looked at.
const TOKEN_BYTES_MAX: usize = 64 * 1024;

/// What a token says.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub(crate) struct Ticket {
    pub(crate) access_key: String,
    pub(crate) secret: String,
    pub(crate) account: AccountId,
    pub(crate) who: Who,
    pub(crate) session: Session,
    /// Zeroes that make the token as long as its owner wishes.
    pub(crate) filling: Vec<u8>,
}

/// Whom the credentials make the caller.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub(crate) enum Who {
    Root,
    User { path: String, name: String, id: String },
    Role { path: String, role: String, role_id: String, session: String },
    Federated { name: String },
}

first_format!(Ticket);

impl Ticket {
    /// The secret, and the caller.
    pub(crate) fn into_identity(self) -> (String, Identity) {
        let account = self.account;
        let identity = match self.who {
            Who::Root => Identity::root(account),
            Who::User { path, name, id } => Identity::user(account, path, name, id),
            Who::Role { path, role, role_id, session } => {
                Identity::role_session(account, path, role, role_id, session)
            }
            Who::Federated { name } => Identity::federated_user(account, name),
        };
        (self.secret, identity.with_access_key(self.access_key).in_session(self.session))
    }
}

/// The token of `ticket`.
pub(crate) fn seal(seal: &seal::Master, ticket: &Ticket) -> String {
    STANDARD.encode(seal.seal(PURPOSE, &[], &ticket.encode()))
}

/// What `token` says; `None` if it was not made here, or was changed.
pub(crate) fn open(seal: &seal::Master, token: &str) -> Option<Ticket> {
    if token.len() > TOKEN_BYTES_MAX {
        return None;
    }
    let sealed = STANDARD.decode(token).ok()?;
    let opened = seal.open(PURPOSE, &[], &sealed).ok()?;
    Ticket::decode(&opened).ok()
}

#[cfg(test)]
pub(crate) mod tests {
    use auth::SessionForm;
    use proptest::prelude::*;

    use super::*;
    use crate::sts::issue;

    fn master(seed: u64) -> seal::Master {
        seal::Master::ephemeral(&env::Random::seeded(seed))
    }

    pub(crate) fn ticket(secret: &str, tags: Vec<(String, String)>) -> Ticket {
        let who =
            Who::Role { path: "/".into(), role: "r".into(), role_id: "AROAX".into(), session: "s".into() };
        let session = Session { tags, expires_ms: 7, ..issue::session(SessionForm::Role) };
        let (account, access_key) = (AccountId::DEFAULT, "ASIAX".to_owned());
        Ticket { access_key, secret: secret.to_owned(), account, who, session, filling: Vec::new() }
    }

    proptest! {
        #[test]
        fn what_is_sealed_is_read(secret in ".{0,40}", tags in proptest::collection::vec((".{0,9}", ".{0,9}"), 0..5)) {
            let (master, ticket) = (master(1), ticket(&secret, tags));
            prop_assert_eq!(open(&master, &seal(&master, &ticket)), Some(ticket));
        }

        #[test]
        fn a_changed_letter_or_a_missing_end_is_not(at in 0_usize..4000, letter in "[A-Za-z0-9+/=]") {
            let master = master(1);
            let token = seal(&master, &ticket("secret", vec![("a".into(), "b".into())]));
            let at = at % token.len();
            let changed = format!("{}{letter}{}", &token[..at], &token[at + 1..]);
            prop_assert_eq!(open(&master, &changed).is_some(), changed == token);
            prop_assert_eq!(open(&master, &token[..at]), None);
        }

        #[test]
        fn any_text_is_read_without_harm(text in ".{0,200}", bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let master = master(1);
            prop_assert_eq!(open(&master, &text), None);
            prop_assert_eq!(open(&master, &STANDARD.encode(&bytes)), None);
            // What was sealed, but is no ticket.
            let _ = open(&master, &STANDARD.encode(master.seal(PURPOSE, &[], &bytes)));
        }
    }

    #[test]
    fn a_token_of_another_installation_is_not_read() {
        assert_eq!(open(&master(2), &seal(&master(1), &ticket("secret", Vec::new()))), None);
        assert_eq!(open(&master(1), &"A".repeat(TOKEN_BYTES_MAX + 4)), None);
    }
}
