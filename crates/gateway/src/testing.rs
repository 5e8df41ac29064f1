//! What the tests of several modules share.

use wire::ServiceMeta;

/// The services of the first milestone.
pub(crate) static SERVICES: &[&ServiceMeta] =
    &[&api_s3::SERVICE, &api_s3control::SERVICE, &api_sqs::SERVICE, &api_sns::SERVICE, &api_sts::SERVICE];
