//! The structures that listed operations carry.
// Written by `cargo xtask codegen` from models/: change those.

use wire::shape;

use crate::limits;

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
