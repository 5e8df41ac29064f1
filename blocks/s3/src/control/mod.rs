//! S3 Control: what is asked of accounts and of access points rather than of buckets. It shares S3's records: two APIs of
//! one block. Operations of a family share a file.

mod access_point_policy;
mod access_points;
mod create_access_point;
pub mod fault;
mod public_access_block;
mod tags;

use std::sync::Arc;

use api_s3control::{
    CreateAccessPoint, DeleteAccessPoint, DeleteAccessPointPolicy, DeletePublicAccessBlock, GetAccessPoint,
    GetAccessPointPolicy, GetAccessPointPolicyStatus, GetPublicAccessBlock, ListAccessPoints,
    ListTagsForResource, PublicAccessBlockConfiguration, PutAccessPointPolicy, PutPublicAccessBlock,
    TagResource, UntagResource,
};
use auth::AccountId;
use floor::{Block, Denial, Fault, Service};
use wire::{Answer, Meta, ServiceMeta, Violation};

use crate::{S3, fault as of_s3, more::PublicAccess};

/// The block.
pub struct Control {
    s3: Arc<S3>,
}

impl std::fmt::Debug for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control").finish_non_exhaustive()
    }
}

impl Block for Control {
    /// The records are S3's.
    const NAME: &'static str = "s3";
    const PRINCIPAL: &'static str = "s3.amazonaws.com";

    fn service() -> &'static ServiceMeta {
        &api_s3control::SERVICE
    }

    fn violated(_: &'static Meta, violations: &[Violation]) -> Fault {
        of_s3::violated(violations)
    }

    fn denied(denial: &Denial<'_>) -> Fault {
        of_s3::denied(denial)
    }
}

/// The operations that the block serves.
pub fn service(s3: &Arc<S3>, metrics: &env::Metrics) -> Service<Control> {
    Service::new(Arc::new(Control { s3: s3.clone() }), metrics)
        .serve::<CreateAccessPoint>()
        .serve::<DeleteAccessPoint>()
        .serve::<DeleteAccessPointPolicy>()
        .serve::<DeletePublicAccessBlock>()
        .serve::<GetAccessPoint>()
        .serve::<GetAccessPointPolicy>()
        .serve::<GetAccessPointPolicyStatus>()
        .serve::<GetPublicAccessBlock>()
        .serve::<ListAccessPoints>()
        .serve::<ListTagsForResource>()
        .serve::<PutAccessPointPolicy>()
        .serve::<PutPublicAccessBlock>()
        .serve::<TagResource>()
        .serve::<UntagResource>()
}

/// `x-amz-account-id`.
fn account(text: &str) -> Answer<AccountId> {
    text.parse().map_err(|_| of_s3::invalid_request("Invalid account id"))
}

/// What a configuration blocks. What it does not name is not blocked.
fn blocked(asked: &PublicAccessBlockConfiguration) -> PublicAccess {
    PublicAccess {
        block_acls: asked.block_public_acls.unwrap_or_default(),
        ignore_acls: asked.ignore_public_acls.unwrap_or_default(),
        block_policy: asked.block_public_policy.unwrap_or_default(),
        restrict: asked.restrict_public_buckets.unwrap_or_default(),
    }
}

/// The same, as answers have it.
fn shown(block: PublicAccess) -> PublicAccessBlockConfiguration {
    PublicAccessBlockConfiguration {
        block_public_acls: Some(block.block_acls),
        ignore_public_acls: Some(block.ignore_acls),
        block_public_policy: Some(block.block_policy),
        restrict_public_buckets: Some(block.restrict),
    }
}
