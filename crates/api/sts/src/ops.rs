//! The listed operations.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Meta, Operation};

use crate::{meta, types};

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
#[derive(Debug, Clone, Copy)]
pub struct AssumeRole;

impl Operation for AssumeRole {
    const META: &'static Meta = &meta::ASSUME_ROLE;
    type Input = types::AssumeRoleRequest;
    type Output = types::AssumeRoleResponse;
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html>
#[derive(Debug, Clone, Copy)]
pub struct AssumeRoleWithSAML;

impl Operation for AssumeRoleWithSAML {
    const META: &'static Meta = &meta::ASSUME_ROLE_WITH_SAML;
    type Input = types::AssumeRoleWithSAMLRequest;
    type Output = types::AssumeRoleWithSAMLResponse;
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>
#[derive(Debug, Clone, Copy)]
pub struct AssumeRoleWithWebIdentity;

impl Operation for AssumeRoleWithWebIdentity {
    const META: &'static Meta = &meta::ASSUME_ROLE_WITH_WEB_IDENTITY;
    type Input = types::AssumeRoleWithWebIdentityRequest;
    type Output = types::AssumeRoleWithWebIdentityResponse;
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html>
#[derive(Debug, Clone, Copy)]
pub struct AssumeRoot;

impl Operation for AssumeRoot {
    const META: &'static Meta = &meta::ASSUME_ROOT;
    type Input = types::AssumeRootRequest;
    type Output = types::AssumeRootResponse;
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>
#[derive(Debug, Clone, Copy)]
pub struct DecodeAuthorizationMessage;

impl Operation for DecodeAuthorizationMessage {
    const META: &'static Meta = &meta::DECODE_AUTHORIZATION_MESSAGE;
    type Input = types::DecodeAuthorizationMessageRequest;
    type Output = types::DecodeAuthorizationMessageResponse;
}

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

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetDelegatedAccessToken.html>
#[derive(Debug, Clone, Copy)]
pub struct GetDelegatedAccessToken;

impl Operation for GetDelegatedAccessToken {
    const META: &'static Meta = &meta::GET_DELEGATED_ACCESS_TOKEN;
    type Input = types::GetDelegatedAccessTokenRequest;
    type Output = types::GetDelegatedAccessTokenResponse;
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html>
#[derive(Debug, Clone, Copy)]
pub struct GetFederationToken;

impl Operation for GetFederationToken {
    const META: &'static Meta = &meta::GET_FEDERATION_TOKEN;
    type Input = types::GetFederationTokenRequest;
    type Output = types::GetFederationTokenResponse;
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>
#[derive(Debug, Clone, Copy)]
pub struct GetSessionToken;

impl Operation for GetSessionToken {
    const META: &'static Meta = &meta::GET_SESSION_TOKEN;
    type Input = types::GetSessionTokenRequest;
    type Output = types::GetSessionTokenResponse;
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html>
#[derive(Debug, Clone, Copy)]
pub struct GetWebIdentityToken;

impl Operation for GetWebIdentityToken {
    const META: &'static Meta = &meta::GET_WEB_IDENTITY_TOKEN;
    type Input = types::GetWebIdentityTokenRequest;
    type Output = types::GetWebIdentityTokenResponse;
}
