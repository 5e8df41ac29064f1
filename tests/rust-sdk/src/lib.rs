//! Clients of AWS's SDK for Rust for the server in `AWS_ENDPOINT_URL`, over http and https, and fresh names.

use std::{
    env, fs,
    sync::atomic::{AtomicU32, Ordering},
};

use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region, SharedHttpClient};
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode},
};

/// How to reach the server.
#[derive(Clone, Copy)]
pub enum Way {
    /// In the clear.
    Http,
    /// Over TLS, by the authority in `KUMIKI_CA`.
    Https,
}

impl Way {
    fn endpoint(self) -> String {
        let name = match self {
            Way::Http => "AWS_ENDPOINT_URL",
            Way::Https => "KUMIKI_HTTPS",
        };
        env::var(name)
            .unwrap_or_else(|_| panic!("{name} is not set; run this beside tests/support/serving.py"))
    }
}

fn http_client() -> SharedHttpClient {
    let pem = fs::read(env::var("KUMIKI_CA").expect("KUMIKI_CA")).expect("the authority's certificate");
    let trust = TrustStore::empty().with_pem_certificate(pem);
    let context = TlsContext::builder().with_trust_store(trust).build().expect("a TLS context");
    Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(context).build_https()
}

fn credentials() -> Credentials {
    Credentials::new("test", "test", None, None, "test")
}

macro_rules! client {
    ($name:ident, $sdk:ident) => {
        /// A client of the server.
        pub fn $name(way: Way) -> $sdk::Client {
            let config = $sdk::Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .http_client(http_client())
                .endpoint_url(way.endpoint())
                .credentials_provider(credentials())
                .region(Region::new("us-east-1"))
                .retry_config(aws_sdk_s3::config::retry::RetryConfig::disabled());
            $sdk::Client::from_conf(config.build())
        }
    };
}
client!(sqs, aws_sdk_sqs);
client!(sns, aws_sdk_sns);

/// A client of S3 with path-style addresses.
pub fn s3(way: Way) -> aws_sdk_s3::Client {
    let config = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(http_client())
        .endpoint_url(way.endpoint())
        .credentials_provider(credentials())
        .region(Region::new("us-east-1"))
        .retry_config(aws_sdk_s3::config::retry::RetryConfig::disabled())
        .force_path_style(true);
    aws_sdk_s3::Client::from_conf(config.build())
}

/// A name that nothing else on the server has.
pub fn name(kind: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("rust-{kind}-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}
