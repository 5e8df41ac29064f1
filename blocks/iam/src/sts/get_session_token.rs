//! GetSessionToken: temporary credentials of the caller itself, to show a code of an MFA device once for many requests.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>

use api_sts::{GetSessionToken, GetSessionTokenRequest, GetSessionTokenResponse};
use auth::{Kind, SessionForm};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target};

use super::{
    Sts, fault,
    issue::{self, Grant, lasting_s},
    token::Who,
};

impl Handle<GetSessionToken> for Sts {
    type Loaded = ();
    /// "No permissions are required for users to perform this operation."
    const ACTIONS: &'static [&'static str] = &[];

    fn place(&self, caller: &Caller, _: &GetSessionTokenRequest) -> Answer<Placement> {
        fault::expect_lasting(caller, "GetSessionToken")?;
        Ok(self.directory.place(&caller.region))
    }

    async fn resource<R: Get>(&self, _: &Caller, _: &R, _: &GetSessionTokenRequest) -> Answer<Target<()>> {
        Ok(Target::anyone(()))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetSessionToken, Self>,
        input: GetSessionTokenRequest,
    ) -> Answer<GetSessionTokenResponse> {
        let shown = (input.serial_number.as_deref(), input.token_code.as_deref());
        let mut session = issue::session(SessionForm::User);
        let view = cx.view(&at.place).await?;
        session.mfa_ms = self.mfa(&view, &cx.caller, shown).await?;
        let who = &cx.caller.who;
        let issued = Grant {
            account: who.account,
            who: match &who.kind {
                Kind::User { path, name } => {
                    Who::User { path: path.clone(), name: name.clone(), id: who.user_id.clone() }
                }
                _ => Who::Root,
            },
            session,
            duration_s: lasting_s(&cx.caller, input.duration_seconds),
            token_bytes_min: input.minimum_session_token_size,
        }
        .issue(cx.floor());
        Ok(GetSessionTokenResponse {
            credentials: Some(issued.credentials),
            session_token_utilization: Some(issued.token_percent),
            session_token_size: Some(issued.token_bytes),
        })
    }
}
