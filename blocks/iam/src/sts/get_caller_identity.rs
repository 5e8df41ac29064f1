//! GetCallerIdentity: never denied to anyone who has credentials, whatever the policies say.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>

use api_sts::{GetCallerIdentity, GetCallerIdentityRequest, GetCallerIdentityResponse};
use floor::{Admitted, Answer, Caller, Cx, Fault, Get, Handle, Placement, Target};

use super::Sts;

impl Handle<GetCallerIdentity> for Sts {
    type Loaded = ();
    /// "No permissions are required to perform this operation."
    const ACTIONS: &'static [&'static str] = &[];

    fn place(&self, caller: &Caller, _: &GetCallerIdentityRequest) -> Answer<Placement> {
        Ok(Placement::directory(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        _: &GetCallerIdentityRequest,
    ) -> Answer<Target<()>> {
        if caller.who.is_anonymous() {
            let why = "Request is missing Authentication Token";
            return Err(Fault::coded("MissingAuthenticationToken", 403, why));
        }
        Ok(Target::anyone(()))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        _: Admitted<GetCallerIdentity, Self>,
        _: GetCallerIdentityRequest,
    ) -> Answer<GetCallerIdentityResponse> {
        let who = &cx.caller.who;
        Ok(GetCallerIdentityResponse {
            user_id: Some(who.user_id.clone()),
            account: Some(who.account.to_string()),
            arn: Some(who.arn().to_owned()),
        })
    }
}
