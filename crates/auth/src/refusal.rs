//! Faults in AWS's codes, statuses and words.
//!
//! Sources: the "Error responses" page of the S3 API reference, "Troubleshooting Signature Version 4 signing" of the
//! IAM user guide, and answers of AWS that users quoted in public issue trackers. AWS words the same fault in three
//! ways; [`Dialect`] picks one.

use crate::{
    date,
    error::{AuthError, FormFault, Malformed, Mismatch, Place, Version2Fault},
};
use env::Timestamp;
use std::fmt::Write as _;

/// Whose words an answer uses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// S3: its own codes, and fields beside the message.
    S3,
    /// The query protocol, and services that keep its codes (SQS, SNS, STS, IAM): `InvalidClientTokenId`, 403.
    Query,
    /// Services born with a JSON protocol (DynamoDB, Kinesis): `UnrecognizedClientException`, 400.
    Json,
}

/// An answer in one dialect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// AWS's code.
    pub code: &'static str,
    /// HTTP status.
    pub status: u16,
    /// AWS's message.
    pub message: String,
    /// Members beside the message in S3's error body, in order.
    pub fields: Vec<(&'static str, String)>,
}

impl Refusal {
    fn new(code: &'static str, status: u16, message: impl Into<String>) -> Refusal {
        Refusal { code, status, message: message.into(), fields: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Refusal {
        self.fields.push((name, value.into()));
        self
    }
}

impl AuthError {
    /// AWS's answer in `dialect`.
    pub fn refusal(&self, dialect: Dialect) -> Refusal {
        match dialect {
            Dialect::S3 => self.in_s3(),
            Dialect::Query | Dialect::Json => self.elsewhere(dialect == Dialect::Json),
        }
    }

    fn in_s3(&self) -> Refusal {
        match self {
            Self::MissingToken => Refusal::new("AccessDenied", 403, "Access Denied"),
            Self::Version2(_) => Refusal::new(
                "InvalidRequest",
                400,
                "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
            ),
            Self::InVersion2(fault) => fault.in_s3(),
            Self::Version4A => not_implemented().with("Header", "Authorization"),
            Self::TwoMechanisms(header) => argument(
                "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query \
                 string parameter or the Authorization header should be specified",
                "Authorization",
                header,
            ),
            Self::Malformed(place, fault) => fault.in_s3(*place),
            Self::Form(fault) => fault.in_s3(),
            Self::NoDate(_) => Refusal::new(
                "AccessDenied",
                403,
                "AWS authentication requires a valid Date or x-amz-date header",
            ),
            Self::NotSigned(names) => Refusal::new(
                "AccessDenied",
                403,
                "There were headers present in the request which were not signed",
            )
            .with("HeadersNotSigned", names.join(", ")),
            Self::SignedButAbsent(_) => Refusal::new("SignatureDoesNotMatch", 403, S3_MISMATCH),
            Self::UnknownKey(key) => Refusal::new(
                "InvalidAccessKeyId",
                403,
                "The AWS Access Key Id you provided does not exist in our records.",
            )
            .with("AWSAccessKeyId", key),
            Self::InvalidToken(token) => {
                Refusal::new("InvalidToken", 400, "The provided token is malformed or otherwise invalid.")
                    .with("Token-0", token)
            }
            Self::ExpiredToken(token) => {
                Refusal::new("ExpiredToken", 400, "The provided token has expired.").with("Token-0", token)
            }
            Self::Skewed { request, now, allowed_s, .. } => Refusal::new(
                "RequestTimeTooSkewed",
                403,
                "The difference between the request time and the current time is too large.",
            )
            .with("RequestTime", request)
            .with("ServerTime", date::iso(*now))
            .with("MaxAllowedSkewMilliseconds", (allowed_s * 1000).to_string()),
            Self::Expired { expires_s, at, now, .. } => {
                Refusal::new("AccessDenied", 403, "Request has expired")
                    .with("X-Amz-Expires", expires_s.to_string())
                    .with("Expires", date::iso(*at))
                    .with("ServerTime", date::iso(*now))
            }
            Self::NotYetValid => Refusal::new("AccessDenied", 403, "Request is not valid yet"),
            Self::Mismatch(mismatch) => mismatch.in_s3(),
            Self::BodyHash { claimed, computed } => Refusal::new(
                "XAmzContentSHA256Mismatch",
                400,
                "The provided 'x-amz-content-sha256' header does not match what was computed.",
            )
            .with("ClientComputedContentSHA256", claimed)
            .with("S3ComputedContentSHA256", computed),
            _ => self.about_the_body(),
        }
    }

    /// Faults of payload headers and bodies, which only S3 has words for.
    fn about_the_body(&self) -> Refusal {
        match self {
            Self::NoContentSha256 => {
                invalid_request("Missing required header for this request: x-amz-content-sha256")
            }
            Self::BadContentSha256(value) => argument(BAD_SHA256, "x-amz-content-sha256", value),
            Self::AnonymousStreaming => invalid_request(
                "Anonymous requests don't support this x-amz-content-sha256 value. Please use UNSIGNED-PAYLOAD \
                 or STREAMING-UNSIGNED-PAYLOAD-TRAILER.",
            ),
            Self::IncompleteBody => {
                Refusal::new("IncompleteBody", 400, "The request body terminated unexpectedly")
            }
            Self::DecodedLength { expected, provided } => Refusal::new(
                "IncompleteBody",
                400,
                "You did not provide the number of bytes specified by the Content-Length HTTP header",
            )
            .with("NumberBytesExpected", expected.to_string())
            .with("NumberBytesProvided", provided.to_string()),
            Self::NoDecodedLength => {
                Refusal::new("MissingContentLength", 411, "You must provide the Content-Length HTTP header.")
            }
            Self::ChunkSize { chunk, bytes } => Refusal::new(
                "InvalidChunkSizeError",
                400,
                "Only the last chunk is allowed to have a size less than 8192 bytes",
            )
            .with("Chunk", chunk.to_string())
            .with("BadChunkSize", bytes.to_string()),
            Self::MalformedTrailer => Refusal::new(
                "MalformedTrailerError",
                400,
                "The request contained trailing data that was not well-formed or did not conform to our \
                 published schema.",
            ),
            Self::UnsupportedTrailer => {
                invalid_request("The value specified in the x-amz-trailer header is not supported")
            }
            _ => Refusal::new("ServiceUnavailable", 503, "Please reduce your request rate."),
        }
    }

    fn elsewhere(&self, json: bool) -> Refusal {
        let signature = |message: String| {
            if json {
                Refusal::new("InvalidSignatureException", 400, message)
            } else {
                Refusal::new("SignatureDoesNotMatch", 403, message)
            }
        };
        let incomplete = |message: String| incomplete(json, message);
        match self {
            Self::MissingToken if json => {
                Refusal::new("MissingAuthenticationTokenException", 400, "Missing Authentication Token")
            }
            Self::MissingToken => {
                Refusal::new("MissingAuthenticationToken", 403, "Request is missing Authentication Token")
            }
            Self::Version2(header) => incomplete(missing_parameters(&ALL_PARAMETERS, header)),
            Self::Version4A => not_implemented(),
            Self::TwoMechanisms(_) => incomplete(
                "Request must contain only one of an Authorization header and X-Amz-Algorithm query parameters."
                    .to_owned(),
            ),
            Self::Malformed(_, fault) => fault.elsewhere(json),
            Self::NoDate(header) => incomplete(missing_parameters(&["Date"], header)),
            Self::NotSigned(names) => signature(must_be_signed(names)),
            Self::SignedButAbsent(name) => signature(format!(
                "'{name}' is named as a SignedHeader, but it does not exist in the HTTP request"
            )),
            Self::UnknownKey(_) | Self::InvalidToken(_) if json => {
                Refusal::new("UnrecognizedClientException", 400, INVALID_TOKEN)
            }
            Self::UnknownKey(_) | Self::InvalidToken(_) => {
                Refusal::new("InvalidClientTokenId", 403, INVALID_TOKEN)
            }
            Self::ExpiredToken(_) if json => Refusal::new("ExpiredTokenException", 400, EXPIRED_TOKEN),
            Self::ExpiredToken(_) => Refusal::new("ExpiredToken", 403, EXPIRED_TOKEN),
            Self::Skewed { request, now, ahead, allowed_s } => {
                signature(skewed(request, *now, *ahead, *allowed_s))
            }
            Self::Expired { request, expires_s, now, .. } => {
                signature(skewed(request, *now, false, *expires_s))
            }
            Self::Mismatch(mismatch) => signature(mismatch.elsewhere()),
            Self::Unavailable(_) if json => Refusal::new("InternalServerError", 500, INTERNAL),
            Self::Unavailable(_) => Refusal::new("ServiceUnavailable", 503, INTERNAL),
            _ => self.in_s3(),
        }
    }
}

const S3_MISMATCH: &str = "The request signature we calculated does not match the signature you provided. Check your \
     key and signing method.";
const INVALID_TOKEN: &str = "The security token included in the request is invalid.";
const EXPIRED_TOKEN: &str = "The security token included in the request is expired";
const INTERNAL: &str = "The request has failed due to a temporary failure of the server.";
const BAD_SHA256: &str = "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, \
     STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, \
     STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 \
     value.";
pub(crate) const ALL_PARAMETERS: [&str; 4] = ["Credential", "Signature", "SignedHeaders", "Date"];

fn invalid_request(message: &str) -> Refusal {
    Refusal::new("InvalidRequest", 400, message)
}

fn argument(message: &str, name: &str, value: &str) -> Refusal {
    Refusal::new("InvalidArgument", 400, message).with("ArgumentName", name).with("ArgumentValue", value)
}

fn not_implemented() -> Refusal {
    Refusal::new(
        "NotImplemented",
        501,
        "A header you provided implies functionality that is not implemented: AWS4-ECDSA-P256-SHA256",
    )
}

fn incomplete(json: bool, message: String) -> Refusal {
    Refusal::new(if json { "IncompleteSignatureException" } else { "IncompleteSignature" }, 400, message)
}

/// One sentence for each absent parameter, then the header, as AWS words it.
fn missing_parameters(names: &[&str], header: &str) -> String {
    let mut text = String::new();
    for name in names {
        let _ = match *name {
            "Date" => write!(
                text,
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
            ),
            other => write!(text, "Authorization header requires '{other}' parameter. "),
        };
    }
    let _ = write!(text, "Authorization={header}");
    text
}

fn must_be_signed(names: &[String]) -> String {
    let quoted: Vec<String> = names
        .iter()
        .map(|name| if name == "host" { "'Host' or ':authority'".to_owned() } else { format!("'{name}'") })
        .collect();
    format!("{} must be a 'SignedHeader' in the AWS Authorization.", quoted.join(", "))
}

fn skewed(request: &str, now: Timestamp, ahead: bool, allowed_s: u64) -> String {
    let minutes = allowed_s / 60;
    let ours = date::AmzDate::of(now);
    let limit = if ahead { now.0 + allowed_s * 1000 } else { now.0.saturating_sub(allowed_s * 1000) };
    let limit = date::AmzDate::of(Timestamp(limit));
    let (limit, ours) = (limit.as_str(), ours.as_str());
    if ahead {
        format!("Signature not yet current: {request} is still later than {limit} ({ours} + {minutes} min.)")
    } else {
        format!("Signature expired: {request} is now earlier than {limit} ({ours} - {minutes} min.)")
    }
}

fn spaced_hex(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for (i, byte) in text.bytes().enumerate() {
        let _ = write!(out, "{}{byte:02x}", if i == 0 { "" } else { " " });
    }
    out
}

impl Mismatch {
    fn in_s3(&self) -> Refusal {
        let refusal = Refusal::new("SignatureDoesNotMatch", 403, S3_MISMATCH)
            .with("AWSAccessKeyId", &self.access_key)
            .with("StringToSign", &self.string_to_sign)
            .with("SignatureProvided", &self.provided)
            .with("StringToSignBytes", spaced_hex(&self.string_to_sign));
        if self.canonical_request.is_empty() {
            return refusal;
        }
        refusal
            .with("CanonicalRequest", &self.canonical_request)
            .with("CanonicalRequestBytes", spaced_hex(&self.canonical_request))
    }

    fn elsewhere(&self) -> String {
        format!(
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
             Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String \
             for this request should have been\n'{}'\n\nThe String-to-Sign should have been\n'{}'\n",
            self.canonical_request, self.string_to_sign
        )
    }
}

impl Version2Fault {
    /// Only S3 takes that version.
    fn in_s3(&self) -> Refusal {
        let denied = |message: String| Refusal::new("AccessDenied", 403, message);
        match self {
            Version2Fault::Incomplete => denied(
                "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters"
                    .to_owned(),
            ),
            Version2Fault::Expires(given) => {
                denied(format!("Invalid date (should be seconds since epoch): {given}"))
            }
            Version2Fault::Expired { at, now } => denied("Request has expired".to_owned())
                .with("Expires", date::iso(*at))
                .with("ServerTime", date::iso(*now)),
            Version2Fault::Authorization(header) => argument(
                "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature",
                "Authorization",
                header,
            ),
        }
    }
}

impl FormFault {
    /// Only S3 has forms.
    fn in_s3(&self) -> Refusal {
        match self {
            FormFault::Missing(name) => argument(
                &format!(
                    "Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of \
                     the fields."
                ),
                name,
                "",
            ),
            FormFault::Algorithm(given) => {
                argument("Only AWS4-HMAC-SHA256 is supported", "X-Amz-Algorithm", given)
            }
            FormFault::Date(given) => {
                argument("X-Amz-Date must be formated via ISO8601 Long format", "X-Amz-Date", given)
            }
            FormFault::Credential(given, fault) => argument(&fault.detail(), "x-amz-credential", given),
        }
    }
}

impl Malformed {
    fn in_s3(&self, place: Place) -> Refusal {
        match (place, self) {
            (Place::Header, Malformed::NoSpace(header)) => argument(
                "Authorization header is invalid -- one and only one ' ' (space) required",
                "Authorization",
                header,
            ),
            (Place::Header, Malformed::Algorithm(header)) => {
                argument("Unsupported Authorization Type", "Authorization", header)
            }
            (Place::Header, fault) => {
                let message = format!("The authorization header is malformed; {}", fault.detail());
                fault.hinted(Refusal::new("AuthorizationHeaderMalformed", 400, message))
            }
            (Place::Query, fault) => {
                let message = fault.in_query();
                fault.hinted(Refusal::new("AuthorizationQueryParametersError", 400, message))
            }
        }
    }

    /// SDKs follow the `Region` field to the right endpoint.
    fn hinted(&self, refusal: Refusal) -> Refusal {
        match self {
            Malformed::Region { expected, .. } => refusal.with("Region", expected),
            _ => refusal,
        }
    }

    fn detail(&self) -> String {
        match self {
            Malformed::Component(part, _) => {
                format!("the authorization component \"{part}\" is malformed.")
            }
            Malformed::Missing(names, _) => match names[..] {
                [one] => format!("missing {one}."),
                _ => "the authorization header requires three components: Credential, SignedHeaders, and Signature."
                    .to_owned(),
            },
            Malformed::Credential(_) => {
                "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."
                    .to_owned()
            }
            Malformed::Day(day) => format!(
                "incorrect date format \"{day}\". This date in the credential must be in the format \"yyyyMMdd\"."
            ),
            Malformed::Terminal(given) => {
                format!("incorrect terminal \"{given}\". This endpoint uses \"aws4_request\".")
            }
            Malformed::Service { given, expected } => {
                format!("incorrect service \"{given}\". This endpoint belongs to \"{expected}\".")
            }
            Malformed::Region { given, expected } => {
                format!("the region '{given}' is wrong; expecting '{expected}'")
            }
            Malformed::DayMismatch { .. } => {
                "Invalid credential date. Date is not the same as X-Amz-Date.".to_owned()
            }
            other => other.in_query(),
        }
    }

    fn in_query(&self) -> String {
        match self {
            Malformed::Algorithm(_) => {
                "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"".to_owned()
            }
            Malformed::NoSpace(_) | Malformed::Component(..) | Malformed::Missing(..) => {
                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, \
                 X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."
                    .to_owned()
            }
            Malformed::DayMismatch { given, date } => format!(
                "Invalid credential date \"{given}\". This date is not the same as X-Amz-Date: \"{}\".",
                date.get(..8).unwrap_or(date)
            ),
            Malformed::DateFormat(_) => {
                "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"".to_owned()
            }
            Malformed::ExpiresNumber => "X-Amz-Expires should be a number".to_owned(),
            Malformed::ExpiresNegative => "X-Amz-Expires must be non-negative".to_owned(),
            Malformed::ExpiresTooLarge => {
                "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less \
                 than 604800 seconds"
                    .to_owned()
            }
            scope => format!("Error parsing the X-Amz-Credential parameter; {}", scope.detail()),
        }
    }

    fn elsewhere(&self, json: bool) -> Refusal {
        let scope = |message: String| {
            let (code, status) =
                if json { ("InvalidSignatureException", 400) } else { ("SignatureDoesNotMatch", 403) };
            Refusal::new(code, status, message)
        };
        match self {
            Malformed::NoSpace(header) | Malformed::Algorithm(header) => {
                incomplete(json, missing_parameters(&ALL_PARAMETERS, header))
            }
            Malformed::Component(part, header) => incomplete(
                json,
                format!(
                    "'{part}' not a valid key=value pair (missing equal-sign) in Authorization header: '{header}'."
                ),
            ),
            Malformed::Missing(names, header) => incomplete(json, missing_parameters(names, header)),
            Malformed::Credential(given) => incomplete(
                json,
                format!(
                    "Credential must have exactly 5 slash-delimited elements, e.g. \
                     keyid/date/region/service/term, got '{given}'"
                ),
            ),
            Malformed::Day(day) => {
                scope(format!("Date in Credential scope must be in the format 'YYYYMMDD', got '{day}'."))
            }
            Malformed::Terminal(given) => scope(format!(
                "Credential should be scoped with a valid terminator: 'aws4_request', not '{given}'. "
            )),
            Malformed::Service { expected, .. } => {
                scope(format!("Credential should be scoped to correct service: '{expected}'. "))
            }
            Malformed::Region { .. } => scope("Credential should be scoped to a valid region. ".to_owned()),
            Malformed::DayMismatch { given, date } => scope(format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: \
                 '{given}' != '{}', from '{date}'.",
                date.get(..8).unwrap_or(date)
            )),
            Malformed::DateFormat(date) => incomplete(
                json,
                format!(
                    "Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601"
                ),
            ),
            other => incomplete(json, other.in_query()),
        }
    }
}
