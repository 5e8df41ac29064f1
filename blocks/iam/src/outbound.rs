//! Outbound web identity federation: whether principals of an account get tokens for the world outside, and under which
//! issuer. <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound.html>

use api_iam::{
    DisableOutboundWebIdentityFederation, EnableOutboundWebIdentityFederation,
    EnableOutboundWebIdentityFederationResponse, GetOutboundWebIdentityFederationInfo,
    GetOutboundWebIdentityFederationInfoResponse, errors,
};
use floor::{AccountId, Answer, Check, Fault, Get, Key, first_format};
use serde::{Deserialize, Serialize};
use wire::Empty;

use crate::{
    act::{Act, Ask, Books},
    names,
    signing::{self, Fresh},
};

/// What an account has said. Its issuer stays the same when it says otherwise for a while.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub(crate) struct Outbound {
    pub(crate) is_enabled: bool,
    /// `https://ID.tokens.sts.global.api.aws`.
    pub(crate) issuer: String,
}

first_format!(Outbound);

fn key(account: &AccountId) -> Key {
    Key::of("outbound").text(account.as_str())
}

/// What `account` has said; not enabled at first.
pub(crate) async fn of<R: Get>(read: &R, account: &AccountId) -> Answer<Outbound> {
    Ok(read.load(&key(account)).await?.unwrap_or_default())
}

/// What comes behind the id in the host of an issuer.
pub(crate) const ISSUER_HOST: &str = ".tokens.sts.global.api.aws";

/// Which account an issuer is: its value is the number alone.
fn issuer_key(id: &str) -> Key {
    Key::of("issuer").text(id)
}

/// One of the two documents that the issuer `id` publishes: its keys, or where they are. An account that has disabled
/// outbound federation still publishes them, for the tokens that it issued before.
pub(crate) async fn published<R: Get>(read: &R, id: &str, is_keys: bool) -> Answer<Option<String>> {
    let Some(account) = read.get(&issuer_key(id)).await? else { return Ok(None) };
    let account = std::str::from_utf8(&account).ok().and_then(|text| text.parse::<AccountId>().ok());
    let Some(account) = account else { return Ok(None) };
    let document = if is_keys {
        signing::of(read, &account).await?.published()
    } else {
        federation::jwt::discovery::document(&of(read, &account).await?.issuer)
    };
    Ok(Some(document.to_string()))
}

fn disabled() -> Fault {
    let why = "Outbound identity federation is not enabled for your AWS account.";
    Fault::new(&errors::FEATURE_DISABLED_EXCEPTION, why)
}

impl Act for EnableOutboundWebIdentityFederation {
    const ACTION: &'static str = "iam:EnableOutboundWebIdentityFederation";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &Empty) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    async fn prepare() -> Answer<Vec<Fresh>> {
        Fresh::both().await
    }

    async fn act(books: &Books, _: &Empty) -> Answer<EnableOutboundWebIdentityFederationResponse> {
        let account = books.account();
        let mut outbound = of(books, &account).await?;
        if outbound.is_enabled {
            let why = "Outbound identity federation is already enabled for your AWS account.";
            return Err(Fault::new(&errors::FEATURE_ENABLED_EXCEPTION, why));
        }
        outbound.is_enabled = true;
        if outbound.issuer.is_empty() {
            let id = names::uuid(&books.random());
            outbound.issuer = format!("https://{id}{ISSUER_HOST}");
            books.put(&issuer_key(&id), account.as_str().as_bytes().to_vec());
        }
        books.begin_to_sign().await?;
        books.save(&key(&account), &outbound);
        Ok(EnableOutboundWebIdentityFederationResponse { issuer_identifier: Some(outbound.issuer) })
    }
}

impl Act for DisableOutboundWebIdentityFederation {
    const ACTION: &'static str = "iam:DisableOutboundWebIdentityFederation";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &Empty) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    async fn act(books: &Books, _: &Empty) -> Answer<Empty> {
        let account = books.account();
        let mut outbound = of(books, &account).await?;
        if !outbound.is_enabled {
            return Err(disabled());
        }
        outbound.is_enabled = false;
        books.save(&key(&account), &outbound);
        Ok(Empty)
    }
}

impl Act for GetOutboundWebIdentityFederationInfo {
    const ACTION: &'static str = "iam:GetOutboundWebIdentityFederationInfo";

    async fn about<R: Get>(ask: &Ask<'_, R>, _: &Empty) -> Answer<Check> {
        Ok(ask.check(Self::ACTION, "*"))
    }

    async fn act(books: &Books, _: &Empty) -> Answer<GetOutboundWebIdentityFederationInfoResponse> {
        let outbound = of(books, &books.account()).await?;
        if !outbound.is_enabled {
            return Err(disabled());
        }
        Ok(GetOutboundWebIdentityFederationInfoResponse {
            issuer_identifier: Some(outbound.issuer),
            jwt_vending_enabled: Some(true),
        })
    }
}
