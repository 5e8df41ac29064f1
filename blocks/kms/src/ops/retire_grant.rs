//! RetireGrant: a grant that is given up by who was named for it.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html>

use api_kms::{RetireGrant, RetireGrantRequest};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target, Tx};

use crate::{
    Kms,
    fault::Refused,
    grants::{self, Token},
    keyed::About,
    names::{self, KeyId, Named},
    records::{self, Grant},
    store::dry_run,
};

/// The grant that a request names.
struct Which {
    account: floor::AccountId,
    key: KeyId,
    grant: String,
    token: Option<Token>,
}

fn which(caller: &Caller, input: &RetireGrantRequest) -> Result<Which, Refused> {
    match (&input.grant_token, &input.key_id, &input.grant_id) {
        (Some(token), None, None) => {
            let token = Token::read(token).filter(|token| token.region == caller.region);
            let token = token.ok_or(Refused::GrantToken)?;
            Ok(Which {
                account: token.account,
                key: token.key,
                grant: token.grant.clone(),
                token: Some(token),
            })
        }
        (None, Some(key), Some(grant)) => {
            let (account, key) = Named::key_only(key, caller)?;
            Ok(Which { account, key, grant: grant.clone(), token: None })
        }
        _ => Err(Refused::validation("Specify either a GrantToken, or both KeyId and GrantId.")),
    }
}

impl Handle<RetireGrant> for Kms {
    type Loaded = Grant;
    const ACTIONS: &'static [&'static str] = &["kms:RetireGrant"];

    fn place(&self, caller: &Caller, input: &RetireGrantRequest) -> Answer<Placement> {
        Ok(names::place(&caller.region, which(caller, input)?.account))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &RetireGrantRequest,
    ) -> Answer<Target<Grant>> {
        let Which { account, key, grant, token } = which(caller, input)?;
        let about = About::id(account, key);
        let found = self.find(caller, read, &about, "kms:RetireGrant").await?;
        let named: Option<Grant> = read.load(&records::grant(account, key, &grant)).await?;
        let named = named.ok_or(Refused::NoGrant(grant))?;
        if token.is_some_and(|token| !token.is_of(&named)) {
            return Err(Refused::GrantToken.into());
        }
        // The grant itself says who may: whom it names for it, and its holder where it permits that.
        let names = [caller.who.arn(), caller.who.principal_arn()];
        let is_named = |who: &str| names.contains(&who);
        let holds = is_named(named.grantee.text()) && named.operations.iter().any(|o| o == "RetireGrant");
        let retires = named.retiring.as_ref().is_some_and(|who| is_named(who.text()));
        let check = self.check(caller, read, &about, &found, "kms:RetireGrant").await?;
        Ok(Target::one(check.granted(holds || retires), named))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<RetireGrant, Self>,
        input: RetireGrantRequest,
    ) -> Answer<wire::Empty> {
        dry_run(input.dry_run)?;
        let account = which(&cx.caller, &input)?.account;
        let (at, input) = (&at, &input);
        let run = |tx: Tx| async move {
            let grant = at.within(self, &tx, input).await?;
            grants::remove(&tx, account, &grant);
            tx.add(&records::grant_count(account, grant.key), -1);
            Ok(())
        };
        cx.cell(&at.place).await?.transact(run).await?;
        Ok(wire::Empty)
    }
}
