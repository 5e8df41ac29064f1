//! DisconnectCustomKeyStore: there are no custom key stores. Keys are kept in the data directory, sealed with its master key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_DisconnectCustomKeyStore.html>

use api_kms::{DisconnectCustomKeyStore, DisconnectCustomKeyStoreRequest, DisconnectCustomKeyStoreResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{Kms, fault::Refused, names};

impl Handle<DisconnectCustomKeyStore> for Kms {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["kms:DisconnectCustomKeyStore"];

    fn place(&self, caller: &Caller, _: &DisconnectCustomKeyStoreRequest) -> Answer<Placement> {
        Ok(names::place(&caller.region, caller.account()))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        _: &DisconnectCustomKeyStoreRequest,
    ) -> Answer<Target<()>> {
        Ok(Target::one(Check::new("kms:DisconnectCustomKeyStore", "*", caller.account()), ()))
    }

    async fn handle(
        &self,
        _: &mut Cx,
        _: Admitted<DisconnectCustomKeyStore, Self>,
        input: DisconnectCustomKeyStoreRequest,
    ) -> Answer<DisconnectCustomKeyStoreResponse> {
        Err(Refused::no_key_store(&input.custom_key_store_id).into())
    }
}
