//! The listed operations.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Meta, Operation};

use crate::{meta, types};

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateAccessPoint.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateAccessPoint;

impl Operation for CreateAccessPoint {
    const META: &'static Meta = &meta::CREATE_ACCESS_POINT;
    type Input = types::CreateAccessPointRequest;
    type Output = types::CreateAccessPointResult;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteAccessPoint.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteAccessPoint;

impl Operation for DeleteAccessPoint {
    const META: &'static Meta = &meta::DELETE_ACCESS_POINT;
    type Input = types::DeleteAccessPointRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteAccessPointPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteAccessPointPolicy;

impl Operation for DeleteAccessPointPolicy {
    const META: &'static Meta = &meta::DELETE_ACCESS_POINT_POLICY;
    type Input = types::DeleteAccessPointPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html>
#[derive(Debug, Clone, Copy)]
pub struct DeletePublicAccessBlock;

impl Operation for DeletePublicAccessBlock {
    const META: &'static Meta = &meta::DELETE_PUBLIC_ACCESS_BLOCK;
    type Input = types::DeletePublicAccessBlockRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetAccessPoint.html>
#[derive(Debug, Clone, Copy)]
pub struct GetAccessPoint;

impl Operation for GetAccessPoint {
    const META: &'static Meta = &meta::GET_ACCESS_POINT;
    type Input = types::GetAccessPointRequest;
    type Output = types::GetAccessPointResult;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetAccessPointPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct GetAccessPointPolicy;

impl Operation for GetAccessPointPolicy {
    const META: &'static Meta = &meta::GET_ACCESS_POINT_POLICY;
    type Input = types::GetAccessPointPolicyRequest;
    type Output = types::GetAccessPointPolicyResult;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetAccessPointPolicyStatus.html>
#[derive(Debug, Clone, Copy)]
pub struct GetAccessPointPolicyStatus;

impl Operation for GetAccessPointPolicyStatus {
    const META: &'static Meta = &meta::GET_ACCESS_POINT_POLICY_STATUS;
    type Input = types::GetAccessPointPolicyStatusRequest;
    type Output = types::GetAccessPointPolicyStatusResult;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html>
#[derive(Debug, Clone, Copy)]
pub struct GetPublicAccessBlock;

impl Operation for GetPublicAccessBlock {
    const META: &'static Meta = &meta::GET_PUBLIC_ACCESS_BLOCK;
    type Input = types::GetPublicAccessBlockRequest;
    type Output = types::GetPublicAccessBlockOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListAccessPoints.html>
#[derive(Debug, Clone, Copy)]
pub struct ListAccessPoints;

impl Operation for ListAccessPoints {
    const META: &'static Meta = &meta::LIST_ACCESS_POINTS;
    type Input = types::ListAccessPointsRequest;
    type Output = types::ListAccessPointsResult;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListTagsForResource.html>
#[derive(Debug, Clone, Copy)]
pub struct ListTagsForResource;

impl Operation for ListTagsForResource {
    const META: &'static Meta = &meta::LIST_TAGS_FOR_RESOURCE;
    type Input = types::ListTagsForResourceRequest;
    type Output = types::ListTagsForResourceResult;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutAccessPointPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct PutAccessPointPolicy;

impl Operation for PutAccessPointPolicy {
    const META: &'static Meta = &meta::PUT_ACCESS_POINT_POLICY;
    type Input = types::PutAccessPointPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html>
#[derive(Debug, Clone, Copy)]
pub struct PutPublicAccessBlock;

impl Operation for PutPublicAccessBlock {
    const META: &'static Meta = &meta::PUT_PUBLIC_ACCESS_BLOCK;
    type Input = types::PutPublicAccessBlockRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_TagResource.html>
#[derive(Debug, Clone, Copy)]
pub struct TagResource;

impl Operation for TagResource {
    const META: &'static Meta = &meta::TAG_RESOURCE;
    type Input = types::TagResourceRequest;
    type Output = types::TagResourceResult;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_UntagResource.html>
#[derive(Debug, Clone, Copy)]
pub struct UntagResource;

impl Operation for UntagResource {
    const META: &'static Meta = &meta::UNTAG_RESOURCE;
    type Input = types::UntagResourceRequest;
    type Output = types::UntagResourceResult;
}
