//! GetDelegatedAccessToken: refused. A trade-in token comes of a delegation request, which a product of an AWS partner
//! makes with AWS; nothing here issues one, so that none can be valid.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetDelegatedAccessToken.html>

use api_sts::{GetDelegatedAccessToken, GetDelegatedAccessTokenRequest, GetDelegatedAccessTokenResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use super::{Sts, fault};

const ACTION: &str = "sts:GetDelegatedAccessToken";

impl Handle<GetDelegatedAccessToken> for Sts {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &[ACTION];

    fn place(&self, caller: &Caller, _: &GetDelegatedAccessTokenRequest) -> Answer<Placement> {
        fault::expect_free(caller, "GetDelegatedAccessToken")?;
        Ok(Placement::directory(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        _: &GetDelegatedAccessTokenRequest,
    ) -> Answer<Target<()>> {
        Ok(Target::one(Check::new(ACTION, "*", caller.account()), ()))
    }

    async fn handle(
        &self,
        _: &mut Cx,
        _: Admitted<GetDelegatedAccessToken, Self>,
        _: GetDelegatedAccessTokenRequest,
    ) -> Answer<GetDelegatedAccessTokenResponse> {
        let why = "The trade-in token is not valid: no delegation request was made with this installation.";
        Err(fault::validation_text(why.to_owned()))
    }
}
