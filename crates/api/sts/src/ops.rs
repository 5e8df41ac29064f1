//! The listed operations.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Meta, Operation};

use crate::{meta, types};

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html>
#[derive(Debug, Clone, Copy)]
pub struct GetAccessKeyInfo;

impl Operation for GetAccessKeyInfo {
    const META: &'static Meta = &meta::GET_ACCESS_KEY_INFO;
    type Input = types::GetAccessKeyInfoRequest;
    type Output = types::GetAccessKeyInfoResponse;
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
#[derive(Debug, Clone, Copy)]
pub struct GetCallerIdentity;

impl Operation for GetCallerIdentity {
    const META: &'static Meta = &meta::GET_CALLER_IDENTITY;
    type Input = types::GetCallerIdentityRequest;
    type Output = types::GetCallerIdentityResponse;
}
