//! ConnectCustomKeyStore: there are no custom key stores. Keys are kept in the data directory, sealed with its master key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_ConnectCustomKeyStore.html>

use api_kms::{ConnectCustomKeyStore, ConnectCustomKeyStoreRequest, ConnectCustomKeyStoreResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{Kms, fault::Refused, names};

impl Handle<ConnectCustomKeyStore> for Kms {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["kms:ConnectCustomKeyStore"];

    fn place(&self, caller: &Caller, _: &ConnectCustomKeyStoreRequest) -> Answer<Placement> {
        Ok(names::place(&caller.region, caller.account()))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        _: &ConnectCustomKeyStoreRequest,
    ) -> Answer<Target<()>> {
        Ok(Target::one(Check::new("kms:ConnectCustomKeyStore", "*", caller.account()), ()))
    }

    async fn handle(
        &self,
        _: &mut Cx,
        _: Admitted<ConnectCustomKeyStore, Self>,
        input: ConnectCustomKeyStoreRequest,
    ) -> Answer<ConnectCustomKeyStoreResponse> {
        Err(Refused::no_key_store(&input.custom_key_store_id).into())
    }
}
