//! Encoded authorization messages: why a request was denied, sealed, so that only who may decode it reads it.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use floor::{AccountId, Denial};
use policy::Verdict;

const PURPOSE: &str = "sts authorization message";

/// The message of a denial, for answers that carry one. Principals of the caller's account can decode it.
pub fn encode(seal: &seal::Master, denial: &Denial<'_>) -> String {
    let who = &denial.caller.who;
    let is_explicit = matches!(denial.verdict, Verdict::Deny { statement: Some(_), .. });
    let message = serde_json::json!({
        "allowed": false,
        "explicitDeny": is_explicit,
        "matchedStatements": { "items": [] },
        "failures": { "items": [] },
        "context": {
            "principal": { "id": who.user_id, "arn": who.arn() },
            "action": denial.action,
            "resource": denial.resource,
            "conditions": { "items": [] },
        },
    });
    let account = who.account.as_str().as_bytes();
    URL_SAFE_NO_PAD.encode(seal.seal(PURPOSE, account, message.to_string().as_bytes()))
}

/// What an encoded message says; `None` if it was not made here for `account`, or was changed.
pub(crate) fn decode(seal: &seal::Master, account: &AccountId, encoded: &str) -> Option<String> {
    let sealed = URL_SAFE_NO_PAD.decode(encoded).ok()?;
    let opened = seal.open(PURPOSE, account.as_str().as_bytes(), &sealed).ok()?;
    String::from_utf8(opened.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use auth::Identity;
    use floor::{Caller, Region, cx::Origin};
    use policy::{Source, StatementId};

    use super::*;

    #[test]
    fn only_whose_it_is_reads_it() {
        let seal = seal::Master::ephemeral(&env::Random::seeded(7));
        let (own, other) = ("111122223333".parse().unwrap(), "444455556666".parse().unwrap());
        let caller = Caller {
            who: Arc::new(Identity::user(own, "/", "ann", "AIDAX")),
            region: Region::default(),
            via: Arc::new([]),
            origin: Arc::new(Origin::default()),
            signed: floor::cx::Signed::default(),
            through: None,
        };
        let statement = Some(StatementId { policy: 0, statement: 0, sid: None });
        let (action, resource) = ("s3:GetObject", "arn:aws:s3:::photos/cat");
        let verdict = Verdict::Deny { by: Source::Identity, statement };
        let operation = <api_sts::GetCallerIdentity as wire::Operation>::META;
        let encoded = encode(
            &seal,
            &Denial { operation, caller: &caller, action, resource, named: None, verdict, is_foreign: false },
        );
        let decoded: serde_json::Value =
            serde_json::from_str(&decode(&seal, &own, &encoded).unwrap()).unwrap();
        assert_eq!(decoded["explicitDeny"], true);
        assert_eq!(decoded["context"]["principal"]["arn"], "arn:aws:iam::111122223333:user/ann");
        assert_eq!(decoded["context"]["action"], action);
        assert_eq!(decode(&seal, &other, &encoded), None);
        assert_eq!(decode(&seal, &own, &encoded[1..]), None);
        assert_eq!(decode(&seal, &own, "?"), None);
        let elsewhere = seal::Master::ephemeral(&env::Random::seeded(8));
        assert_eq!(decode(&elsewhere, &own, &encoded), None);
    }
}
