//! STS: who am I, and whose is this key?

mod fault;

/// The operations, one file each.
pub mod ops {
    pub mod get_access_key_info;
    pub mod get_caller_identity;
}

use std::sync::Arc;

use api_sts::{GetAccessKeyInfo, GetCallerIdentity};
use floor::{Block, Denial, Fault, Service};
use wire::{Meta, ServiceMeta, Violation};

/// The block. It keeps nothing.
#[derive(Default)]
pub struct Sts;

impl Block for Sts {
    const NAME: &'static str = "sts";
    const PRINCIPAL: &'static str = "sts.amazonaws.com";

    fn service() -> &'static ServiceMeta {
        &api_sts::SERVICE
    }

    fn violated(_: &'static Meta, violations: &[Violation]) -> Fault {
        fault::validation(violations)
    }

    fn denied(denial: &Denial<'_>) -> Fault {
        fault::denied(denial)
    }
}

/// The operations that the block serves.
pub fn service(block: Arc<Sts>, metrics: &env::Metrics) -> Service<Sts> {
    Service::new(block, metrics).serve::<GetAccessKeyInfo>().serve::<GetCallerIdentity>()
}
