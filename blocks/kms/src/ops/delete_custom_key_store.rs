//! DeleteCustomKeyStore: there are no custom key stores. Keys are kept in the data directory, sealed with its master key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteCustomKeyStore.html>

use api_kms::{DeleteCustomKeyStore, DeleteCustomKeyStoreRequest, DeleteCustomKeyStoreResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{Kms, fault::Refused, names};

impl Handle<DeleteCustomKeyStore> for Kms {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["kms:DeleteCustomKeyStore"];

    fn place(&self, caller: &Caller, _: &DeleteCustomKeyStoreRequest) -> Answer<Placement> {
        Ok(names::place(&caller.region, caller.account()))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        _: &DeleteCustomKeyStoreRequest,
    ) -> Answer<Target<()>> {
        Ok(Target::one(Check::new("kms:DeleteCustomKeyStore", "*", caller.account()), ()))
    }

    async fn handle(
        &self,
        _: &mut Cx,
        _: Admitted<DeleteCustomKeyStore, Self>,
        input: DeleteCustomKeyStoreRequest,
    ) -> Answer<DeleteCustomKeyStoreResponse> {
        Err(Refused::no_key_store(&input.custom_key_store_id).into())
    }
}
