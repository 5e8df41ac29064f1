//! DescribeCustomKeyStores: there are no custom key stores. Keys are kept in the data directory, sealed with its master key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeCustomKeyStores.html>

use api_kms::{DescribeCustomKeyStores, DescribeCustomKeyStoresRequest, DescribeCustomKeyStoresResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{Kms, fault::Refused, names};

impl Handle<DescribeCustomKeyStores> for Kms {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["kms:DescribeCustomKeyStores"];

    fn place(&self, caller: &Caller, _: &DescribeCustomKeyStoresRequest) -> Answer<Placement> {
        Ok(names::place(&caller.region, caller.account()))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        _: &DescribeCustomKeyStoresRequest,
    ) -> Answer<Target<()>> {
        Ok(Target::one(Check::new("kms:DescribeCustomKeyStores", "*", caller.account()), ()))
    }

    async fn handle(
        &self,
        _: &mut Cx,
        _: Admitted<DescribeCustomKeyStores, Self>,
        input: DescribeCustomKeyStoresRequest,
    ) -> Answer<DescribeCustomKeyStoresResponse> {
        match input.custom_key_store_id.or(input.custom_key_store_name) {
            Some(named) => Err(Refused::no_key_store(&named).into()),
            None => Ok(DescribeCustomKeyStoresResponse {
                custom_key_stores: Some(Vec::new()),
                next_marker: None,
                truncated: Some(false),
            }),
        }
    }
}
