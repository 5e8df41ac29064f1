//! UpdateCustomKeyStore: there are no custom key stores. Keys are kept in the data directory, sealed with its master key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateCustomKeyStore.html>

use api_kms::{UpdateCustomKeyStore, UpdateCustomKeyStoreRequest, UpdateCustomKeyStoreResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{Kms, fault::Refused, names};

impl Handle<UpdateCustomKeyStore> for Kms {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["kms:UpdateCustomKeyStore"];

    fn place(&self, caller: &Caller, _: &UpdateCustomKeyStoreRequest) -> Answer<Placement> {
        Ok(names::place(&caller.region, caller.account()))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        _: &UpdateCustomKeyStoreRequest,
    ) -> Answer<Target<()>> {
        Ok(Target::one(Check::new("kms:UpdateCustomKeyStore", "*", caller.account()), ()))
    }

    async fn handle(
        &self,
        _: &mut Cx,
        _: Admitted<UpdateCustomKeyStore, Self>,
        input: UpdateCustomKeyStoreRequest,
    ) -> Answer<UpdateCustomKeyStoreResponse> {
        Err(Refused::no_key_store(&input.custom_key_store_id).into())
    }
}
