//! DecodeAuthorizationMessage: why a request was denied, for those who may know.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>

use api_sts::{
    DecodeAuthorizationMessage, DecodeAuthorizationMessageRequest, DecodeAuthorizationMessageResponse, errors,
};
use floor::{Admitted, Answer, Caller, Check, Cx, Fault, Get, Handle, Placement, Target};

use super::{Sts, authorization_message, fault};

const ACTION: &str = "sts:DecodeAuthorizationMessage";

impl Handle<DecodeAuthorizationMessage> for Sts {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &[ACTION];

    fn place(&self, caller: &Caller, _: &DecodeAuthorizationMessageRequest) -> Answer<Placement> {
        fault::expect_free(caller, "DecodeAuthorizationMessage")?;
        Ok(Placement::directory(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        _: &DecodeAuthorizationMessageRequest,
    ) -> Answer<Target<()>> {
        Ok(Target::one(Check::new(ACTION, "*", caller.account()), ()))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        _: Admitted<DecodeAuthorizationMessage, Self>,
        input: DecodeAuthorizationMessageRequest,
    ) -> Answer<DecodeAuthorizationMessageResponse> {
        let said = authorization_message::decode(cx.seal(), &cx.caller.account(), &input.encoded_message);
        let said = said.ok_or_else(|| {
            Fault::new(&errors::INVALID_AUTHORIZATION_MESSAGE_EXCEPTION, "Message is not valid")
        })?;
        Ok(DecodeAuthorizationMessageResponse { decoded_message: Some(said) })
    }
}
