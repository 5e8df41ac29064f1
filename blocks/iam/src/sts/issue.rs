//! Temporary credentials: one place makes them, for whomever and by whatever proof.

use api_sts::{Credentials, Tag};
use auth::{AccountId, Session, SessionForm};
use floor::{Caller, Floor};
use wire::Time;

use super::token::{self, Ticket, Who};
use crate::{names::unique_id, secrets};

/// What the answer's `SessionTokenUtilization` is a share of: the largest size that a caller may ask for.
const TOKEN_BYTES_ALLOWED: usize = 4096;

/// What is issued, and to whom.
pub(crate) struct Grant {
    pub(crate) account: AccountId,
    pub(crate) who: Who,
    /// Its times are set when it is issued.
    pub(crate) session: Session,
    pub(crate) duration_s: u64,
    /// `MinimumSessionTokenSize`: shorter tokens are filled up.
    pub(crate) token_bytes_min: Option<i32>,
}

/// Credentials, and what answers say of their token.
pub(crate) struct Issued {
    pub(crate) credentials: Credentials,
    pub(crate) token_bytes: i32,
    pub(crate) token_percent: i32,
}

/// A session in which nothing is settled yet.
pub(crate) fn session(form: SessionForm) -> Session {
    Session {
        form,
        issued_ms: 0,
        expires_ms: 0,
        policy: None,
        policy_arns: Vec::new(),
        tags: Vec::new(),
        transitive: Vec::new(),
        source_identity: None,
        provider: None,
        mfa_ms: None,
        issuer: None,
        issuer_id: None,
        keys: Vec::new(),
    }
}

/// Tags as sessions have them.
pub(crate) fn pairs(tags: Option<&Vec<Tag>>) -> Vec<(String, String)> {
    tags.into_iter().flatten().map(|tag| (tag.key.clone(), tag.value.clone())).collect()
}

impl Grant {
    /// Makes the credentials. They run from now on, by the clock that signatures are checked by.
    pub(crate) fn issue(self, floor: &Floor) -> Issued {
        let random = &floor.env.random;
        let now_ms = floor.env.clocks.auth.now().0 / 1000 * 1000;
        let expires_ms = now_ms + self.duration_s * 1000;
        let access_key = unique_id("ASIA", &self.account, 20, &random.bytes16());
        let secret = secrets::make(&[random.bytes16(), random.bytes16()]);
        let session = Session { issued_ms: now_ms, expires_ms, ..self.session };
        let mut ticket = Ticket {
            access_key: access_key.clone(),
            secret: secret.clone(),
            account: self.account,
            who: self.who,
            session,
            filling: Vec::new(),
        };
        let mut token = token::seal(&floor.seal, &ticket);
        let wanted = self.token_bytes_min.and_then(|min| usize::try_from(min).ok()).unwrap_or_default();
        if token.len() < wanted {
            // Four letters stand for three bytes.
            ticket.filling = vec![0; (wanted - token.len()).div_ceil(4) * 3];
            token = token::seal(&floor.seal, &ticket);
        }
        let bytes = token.len();
        Issued {
            credentials: Credentials {
                access_key_id: Some(access_key),
                secret_access_key: Some(secret),
                session_token: Some(token),
                expiration: Some(Time::from_millis(expires_ms as i64)),
            },
            token_bytes: i32::try_from(bytes).unwrap_or(i32::MAX),
            token_percent: i32::try_from((bytes * 100).div_ceil(TOKEN_BYTES_ALLOWED).min(100)).unwrap_or(100),
        }
    }
}

/// How long credentials last that are made from those of a user (12 hours, 36 at most), or of the root (one hour).
pub(crate) fn lasting_s(caller: &Caller, asked: Option<i32>) -> u64 {
    let asked = asked.and_then(|s| u64::try_from(s).ok()).unwrap_or(43_200);
    if matches!(caller.who.kind, auth::Kind::Root) { asked.min(3600) } else { asked }
}
