//! The structures that listed operations carry.
// Written by `cargo xtask codegen` from models/: change those.

use wire::shape;

use crate::limits;

shape! {
    /// `GetAccessKeyInfoRequest`.
    #[derive(Clone)]
    GetAccessKeyInfoRequest {
        0 access_key_id: String = text("AccessKeyId").required().limits(&limits::ACCESS_KEY_ID_TYPE);
    }
}

shape! {
    /// `GetAccessKeyInfoResponse`.
    #[derive(Clone)]
    GetAccessKeyInfoResponse {
        0 account: Option<String> = text("Account");
    }
}

shape! {
    /// `GetCallerIdentityRequest`.
    #[derive(Clone)]
    GetCallerIdentityRequest {
    }
}

shape! {
    /// `GetCallerIdentityResponse`.
    #[derive(Clone)]
    GetCallerIdentityResponse {
        0 user_id: Option<String> = text("UserId");
        1 account: Option<String> = text("Account");
        2 arn: Option<String> = text("Arn").limits(&limits::ARN_TYPE);
    }
}
