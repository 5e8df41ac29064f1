//! CreateCustomKeyStore: there are no custom key stores. Keys are kept in the data directory, sealed with its master key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateCustomKeyStore.html>

use api_kms::{CreateCustomKeyStore, CreateCustomKeyStoreRequest, CreateCustomKeyStoreResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{Kms, fault::Refused, names};

impl Handle<CreateCustomKeyStore> for Kms {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["kms:CreateCustomKeyStore"];

    fn place(&self, caller: &Caller, _: &CreateCustomKeyStoreRequest) -> Answer<Placement> {
        Ok(names::place(&caller.region, caller.account()))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        _: &CreateCustomKeyStoreRequest,
    ) -> Answer<Target<()>> {
        Ok(Target::one(Check::new("kms:CreateCustomKeyStore", "*", caller.account()), ()))
    }

    async fn handle(
        &self,
        _: &mut Cx,
        _: Admitted<CreateCustomKeyStore, Self>,
        _: CreateCustomKeyStoreRequest,
    ) -> Answer<CreateCustomKeyStoreResponse> {
        let why = "Custom key stores are not supported: keys are kept in the data directory, sealed with its master key.";
        Err(Refused::Unsupported(why.into()).into())
    }
}
