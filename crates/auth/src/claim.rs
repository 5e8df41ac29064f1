//! What a request says about its own signature: the `Authorization` header or the `X-Amz-...` query parameters, read
//! and checked for form, not yet for truth.

use crate::{
    Region, Scheme,
    date::{self, AmzDate},
    error::{AuthError, Malformed, Place},
    keys::Scope,
    version2,
    version4a::RegionSet,
};
use env::Timestamp;
use http::{HeaderMap, HeaderName, header, request::Parts};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

pub(crate) const ALGORITHM: &str = "AWS4-HMAC-SHA256";
pub(crate) const ALGORITHM_4A: &str = "AWS4-ECDSA-P256-SHA256";
const TERMINAL: &str = "aws4_request";
const AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const REGION_SET: HeaderName = HeaderName::from_static("x-amz-region-set");
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// A presigned URL lives a week at most ("Authenticating Requests: Using Query Parameters").
pub(crate) const EXPIRES_S_MAX: u64 = 604_800;
/// Requests may be this old or this early; also the least that a presigned request of other services lives, which do
/// not heed a shorter `X-Amz-Expires` (STS tokens of Kubernetes rely on it).
pub(crate) const SKEW_S: u64 = 900;
/// More signed headers than a client could mean; it bounds the work of looking each up.
const SIGNED_HEADERS_BYTES_MAX: usize = 8 * 1024;
/// Access key ids of IAM have up to 128 characters.
const ACCESS_KEY_BYTES_MAX: usize = 128;

/// What a request with credentials claims.
pub(crate) enum Claimed<'a> {
    /// To be signed with Signature Version 4.
    Version4(Claim<'a>),
    /// To be signed with Signature Version 2, which only S3 takes.
    Version2(version2::Claim<'a>),
}

/// A request's claim to be signed.
pub(crate) struct Claim<'a> {
    pub(crate) place: Place,
    pub(crate) credential: Credential<'a>,
    /// Names separated by `;`, as the client wrote them.
    pub(crate) signed_headers: Cow<'a, str>,
    pub(crate) signature: Cow<'a, str>,
    pub(crate) date: AmzDate,
    pub(crate) at: Timestamp,
    /// For presigned requests.
    pub(crate) expires_s: u64,
    pub(crate) token: Option<Cow<'a, str>>,
    /// `X-Amz-Content-Sha256` of the query.
    pub(crate) content_sha256: Option<Cow<'a, str>>,
    /// Where it is signed with Signature Version 4A.
    pub(crate) region_set: Option<RegionSet<'a>>,
}

/// `ACCESS-KEY/YYYYMMDD/REGION/SERVICE/aws4_request`; without the region in Signature Version 4A.
pub(crate) struct Credential<'a> {
    text: Cow<'a, str>,
    /// The second and the third are one where there is no region.
    slashes: [usize; 4],
}

impl<'a> Credential<'a> {
    pub(crate) fn parse(text: Cow<'a, str>, is_regional: bool) -> Result<Self, Malformed> {
        let mut slashes = [0; 4];
        let mut found = 0;
        for (at, _) in text.bytes().enumerate().filter(|(_, byte)| *byte == b'/') {
            if found == 4 {
                return Err(Malformed::Credential(text.into_owned()));
            }
            slashes[found] = at;
            found += 1;
            if found == 2 && !is_regional {
                slashes[2] = at;
                found = 3;
            }
        }
        if found < 4 || slashes[0] == 0 || slashes[0] > ACCESS_KEY_BYTES_MAX {
            return Err(Malformed::Credential(text.into_owned()));
        }
        Ok(Credential { text, slashes })
    }

    pub(crate) fn access_key(&self) -> &str {
        &self.text[..self.slashes[0]]
    }

    pub(crate) fn day(&self) -> &str {
        &self.text[self.slashes[0] + 1..self.slashes[1]]
    }

    /// Empty in Signature Version 4A.
    pub(crate) fn region(&self) -> &str {
        self.text.get(self.slashes[1] + 1..self.slashes[2]).unwrap_or_default()
    }

    pub(crate) fn service(&self) -> &str {
        &self.text[self.slashes[2] + 1..self.slashes[3]]
    }

    /// Everything after the access key, which is what is signed.
    pub(crate) fn scope(&self) -> &str {
        &self.text[self.slashes[0] + 1..]
    }

    /// What a signing key with this scope belongs to.
    pub(crate) fn scope_of(&self, generation: u64) -> Scope<'_> {
        Scope {
            access_key: self.access_key(),
            generation,
            day: self.day(),
            region: self.region(),
            service: self.service(),
        }
    }

    pub(crate) fn check(&self, scheme: &Scheme<'_>) -> Result<(), Malformed> {
        if !date::is_day(self.day()) {
            return Err(Malformed::Day(self.day().to_owned()));
        }
        if self.service() != scheme.service {
            let (given, expected) = (self.service().to_owned(), scheme.service.to_owned());
            return Err(Malformed::Service { given, expected });
        }
        if &self.text[self.slashes[3] + 1..] != TERMINAL {
            return Err(Malformed::Terminal(self.text[self.slashes[3] + 1..].to_owned()));
        }
        if self.slashes[1] == self.slashes[2] {
            return Ok(()); // the set of regions is judged by itself
        }
        let right = scheme.region.is_none_or(|region| region == self.region());
        if !right || !Region::is_valid(self.region()) {
            let expected = scheme.region.unwrap_or("us-east-1").to_owned();
            return Err(Malformed::Region { given: self.region().to_owned(), expected });
        }
        Ok(())
    }
}

impl<'a> Claimed<'a> {
    /// What `head` claims; `None` for a request without credentials.
    pub(crate) fn read(head: &'a Parts, scheme: &Scheme<'_>) -> Result<Option<Self>, AuthError> {
        let query = QueryClaim::find(head.uri.query().unwrap_or_default(), scheme.s3);
        let mut headers = head.headers.get_all(header::AUTHORIZATION).iter();
        let Some(value) = headers.next() else {
            return query.map(|query| Claimed::of_query(query, head, scheme)).transpose();
        };
        let lossy = || String::from_utf8_lossy(value.as_bytes()).into_owned();
        if query.is_some() || headers.next().is_some() {
            return Err(AuthError::TwoMechanisms(lossy()));
        }
        match value.to_str() {
            Ok(text) if scheme.s3 && is_version2(text) => {
                version2::Claim::of_header(text, head, scheme).map(|claim| Some(Claimed::Version2(claim)))
            }
            Ok(text) => {
                Claim::of_header(text, &head.headers, scheme).map(|claim| Some(Claimed::Version4(claim)))
            }
            Err(_) => Err(AuthError::Malformed(Place::Header, Malformed::Algorithm(lossy()))),
        }
    }

    fn of_query(query: QueryClaim<'a>, head: &'a Parts, scheme: &Scheme<'_>) -> Result<Self, AuthError> {
        match query.version2 {
            None => query.claim(&head.headers, scheme).map(Claimed::Version4),
            Some(_) if !scheme.s3 => Err(AuthError::Version2(String::new())),
            Some(_) if query.is_version4() => Err(AuthError::TwoMechanisms(String::new())),
            Some(_) => version2::Claim::of_query(&query, head).map(Claimed::Version2),
        }
    }
}

/// Whether an `Authorization` header is one of Version 2.
fn is_version2(header: &str) -> bool {
    header.trim_start().split([' ', '\t']).next() == Some("AWS")
}

impl<'a> Claim<'a> {
    fn of_header(text: &'a str, headers: &'a HeaderMap, scheme: &Scheme<'_>) -> Result<Self, AuthError> {
        let malformed = |fault| AuthError::Malformed(Place::Header, fault);
        let fields = Fields::parse(text)?;
        let credential =
            Credential::parse(fields.credential.into(), !fields.is_asymmetric).map_err(malformed)?;
        let (date, at) = header_date(text, headers, scheme)?;
        credential.check(scheme).map_err(malformed)?;
        check_day(&credential, &date).map_err(malformed)?;
        let region_set = match (fields.is_asymmetric, headers.get(REGION_SET)) {
            (false, _) => None,
            (true, Some(set)) => Some(RegionSet::new(String::from_utf8_lossy(set.as_bytes()))),
            (true, None) => {
                return Err(malformed(Malformed::Missing(vec!["X-Amz-Region-Set"], text.to_owned())));
            }
        };
        Ok(Claim {
            region_set,
            place: Place::Header,
            credential,
            signed_headers: fields.signed_headers.into(),
            signature: fields.signature.into(),
            date,
            at,
            expires_s: 0,
            token: token_of(headers),
            content_sha256: None,
        })
    }

    /// The region that it is for; of a set with several none. Refused where the endpoint's is not in the set.
    pub(crate) fn region(&self, scheme: &Scheme<'_>) -> Result<Option<Cow<'_, str>>, AuthError> {
        let Some(set) = &self.region_set else { return Ok(Some(self.credential.region().into())) };
        set.check(self.place, scheme.region)?;
        Ok(set.only().filter(|only| Region::is_valid(only)).map(Cow::Borrowed))
    }

    /// The fault of a credential scope that is none.
    pub(crate) fn unscoped(&self) -> AuthError {
        AuthError::Malformed(self.place, Malformed::Credential(self.credential.text.clone().into_owned()))
    }

    /// Whether `now` is within the time that the signature is good for.
    pub(crate) fn check_time(&self, now: Timestamp, s3: bool) -> Result<(), AuthError> {
        let early = self.at.0 > now.0.saturating_add(SKEW_S * 1000);
        let request = || self.date.as_str().to_owned();
        if self.place == Place::Header || (early && !s3) {
            let late = self.at.0.saturating_add(SKEW_S * 1000) < now.0;
            if early || late {
                return Err(AuthError::Skewed { request: request(), now, ahead: early, allowed_s: SKEW_S });
            }
            return Ok(());
        }
        if early {
            return Err(AuthError::NotYetValid);
        }
        let expires_s = if s3 { self.expires_s } else { self.expires_s.max(SKEW_S) };
        let at = Timestamp(self.at.0.saturating_add(expires_s * 1000));
        if at < now {
            return Err(AuthError::Expired { request: request(), expires_s, at, now });
        }
        Ok(())
    }
}

fn check_day(credential: &Credential<'_>, date: &AmzDate) -> Result<(), Malformed> {
    if credential.day() == date.day() {
        return Ok(());
    }
    Err(Malformed::DayMismatch { given: credential.day().to_owned(), date: date.as_str().to_owned() })
}

pub(crate) fn token_of(headers: &HeaderMap) -> Option<Cow<'_, str>> {
    headers.get(SECURITY_TOKEN).map(|value| String::from_utf8_lossy(value.as_bytes()))
}

/// `X-Amz-Date`, or else `Date` in either of the forms clients write it.
pub(crate) fn header_date(
    authorization: &str,
    headers: &HeaderMap,
    scheme: &Scheme<'_>,
) -> Result<(AmzDate, Timestamp), AuthError> {
    let missing = || AuthError::NoDate(authorization.to_owned());
    let amz = headers.get(AMZ_DATE);
    let text = amz.or_else(|| headers.get(header::DATE)).ok_or_else(missing)?;
    let text = text.to_str().map_err(|_| missing())?.trim();
    if let Some(date) = AmzDate::parse(text) {
        return Ok(date);
    }
    if amz.is_some() && !scheme.s3 {
        return Err(AuthError::Malformed(Place::Header, Malformed::DateFormat(text.to_owned())));
    }
    // Mail writes the same zone so (RFC 5322), and some clients do.
    let in_words = text
        .strip_suffix("+0000")
        .or_else(|| text.strip_suffix("-0000"))
        .map_or(Cow::Borrowed(text), |rest| format!("{rest}GMT").into());
    let at = httpdate::parse_http_date(&in_words).map_err(|_| missing())?;
    let since = at.duration_since(std::time::UNIX_EPOCH).map_err(|_| missing())?;
    let at = Timestamp(since.as_secs() * 1000);
    Ok((AmzDate::of(at), at))
}

/// The three components of the `Authorization` header.
#[derive(Default)]
struct Fields<'a> {
    credential: &'a str,
    signed_headers: &'a str,
    signature: &'a str,
    /// Whether it is of Signature Version 4A.
    is_asymmetric: bool,
}

impl<'a> Fields<'a> {
    /// Clients differ in the order of the components and in the blanks around them.
    fn parse(header: &'a str) -> Result<Self, AuthError> {
        let malformed = |fault| Err(AuthError::Malformed(Place::Header, fault));
        let Some((algorithm, rest)) = header.trim().split_once([' ', '\t']) else {
            return malformed(Malformed::NoSpace(header.to_owned()));
        };
        match algorithm {
            ALGORITHM | ALGORITHM_4A => {}
            "AWS" => return Err(AuthError::Version2(header.to_owned())),
            _ => return malformed(Malformed::Algorithm(header.to_owned())),
        }
        let all = || Malformed::Missing(vec!["Credential", "SignedHeaders", "Signature"], header.to_owned());
        let mut fields = Fields { is_asymmetric: algorithm == ALGORITHM_4A, ..Fields::default() };
        for part in rest.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let Some((name, value)) = part.split_once('=') else {
                return malformed(Malformed::Component(part.to_owned(), header.to_owned()));
            };
            let place = match name.trim() {
                "Credential" => &mut fields.credential,
                "SignedHeaders" => &mut fields.signed_headers,
                "Signature" => &mut fields.signature,
                _ => return malformed(all()),
            };
            if !std::mem::replace(place, value.trim()).is_empty() {
                return malformed(all());
            }
        }
        let missing = fields.missing();
        if !missing.is_empty() {
            return malformed(Malformed::Missing(missing, header.to_owned()));
        }
        if fields.signed_headers.len() > SIGNED_HEADERS_BYTES_MAX {
            return malformed(all());
        }
        Ok(fields)
    }

    fn missing(&self) -> Vec<&'static str> {
        [
            ("Credential", self.credential),
            ("Signature", self.signature),
            ("SignedHeaders", self.signed_headers),
        ]
        .into_iter()
        .filter(|(_, value)| value.is_empty())
        .map(|(name, _)| name)
        .collect()
    }
}

/// The parameters of a presigned request, percent-encoded.
#[derive(Default)]
pub(crate) struct QueryClaim<'a> {
    algorithm: Option<&'a str>,
    credential: Option<&'a str>,
    date: Option<&'a str>,
    expires: Option<&'a str>,
    signed_headers: Option<&'a str>,
    signature: Option<&'a str>,
    token: Option<&'a str>,
    content_sha256: Option<&'a str>,
    region_set: Option<&'a str>,
    /// `AWSAccessKeyId`, of Version 2.
    pub(crate) access_key: Option<&'a str>,
    /// `Signature`: what makes it a claim of Version 2.
    pub(crate) version2: Option<&'a str>,
    /// `Expires`, of Version 2.
    pub(crate) version2_expires: Option<&'a str>,
}

impl<'a> QueryClaim<'a> {
    fn find(query: &'a str, s3: bool) -> Option<QueryClaim<'a>> {
        let mut found = QueryClaim::default();
        for part in query.split('&') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let place = match name {
                "X-Amz-Algorithm" => &mut found.algorithm,
                "X-Amz-Credential" => &mut found.credential,
                "X-Amz-Date" => &mut found.date,
                "X-Amz-Expires" => &mut found.expires,
                "X-Amz-SignedHeaders" => &mut found.signed_headers,
                "X-Amz-Signature" => &mut found.signature,
                "X-Amz-Security-Token" => &mut found.token,
                "X-Amz-Content-Sha256" => &mut found.content_sha256,
                "X-Amz-Region-Set" => &mut found.region_set,
                "AWSAccessKeyId" => &mut found.access_key,
                "Signature" => &mut found.version2,
                "Expires" => &mut found.version2_expires,
                _ => continue,
            };
            place.get_or_insert(value);
        }
        // To S3 a `Signature` is a claim by itself; other services have parameters of that name.
        found.version2 = found.version2.filter(|_| s3 || found.access_key.is_some());
        (found.version2.is_some() || found.is_version4()).then_some(found)
    }

    fn is_version4(&self) -> bool {
        self.algorithm.or(self.credential).or(self.signature).is_some()
    }

    fn claim(self, headers: &'a HeaderMap, scheme: &Scheme<'_>) -> Result<Claim<'a>, AuthError> {
        let malformed = |fault| AuthError::Malformed(Place::Query, fault);
        let region_set = match decoded(self.algorithm).as_deref() {
            Some(ALGORITHM) => None,
            Some(ALGORITHM_4A) => match decoded(self.region_set) {
                Some(set) => Some(RegionSet::new(set)),
                None => return Err(malformed(Malformed::Missing(vec!["RegionSet"], String::new()))),
            },
            Some(other) => return Err(malformed(Malformed::Algorithm(other.to_owned()))),
            None => return Err(self.missing()),
        };
        let (Some(credential), Some(date), Some(signed_headers), Some(signature)) = (
            decoded(self.credential),
            decoded(self.date),
            decoded(self.signed_headers),
            decoded(self.signature),
        ) else {
            return Err(self.missing());
        };
        if signed_headers.is_empty() || signed_headers.len() > SIGNED_HEADERS_BYTES_MAX {
            return Err(self.missing());
        }
        let credential = Credential::parse(credential, region_set.is_none()).map_err(malformed)?;
        credential.check(scheme).map_err(malformed)?;
        let (date, at) =
            AmzDate::parse(&date).ok_or_else(|| malformed(Malformed::DateFormat(date.into_owned())))?;
        check_day(&credential, &date).map_err(malformed)?;
        let expires_s = match decoded(self.expires) {
            Some(text) => expires(&text).map_err(malformed)?,
            None if scheme.s3 => return Err(self.missing()),
            None => SKEW_S,
        };
        Ok(Claim {
            place: Place::Query,
            credential,
            signed_headers,
            signature,
            date,
            at,
            expires_s,
            token: decoded(self.token).or_else(|| token_of(headers)),
            content_sha256: decoded(self.content_sha256),
            region_set,
        })
    }

    fn missing(&self) -> AuthError {
        let names = [
            ("Credential", self.credential),
            ("Signature", self.signature),
            ("SignedHeaders", self.signed_headers),
            ("Date", self.date),
        ];
        let names = names.into_iter().filter(|(_, value)| value.is_none()).map(|(name, _)| name).collect();
        AuthError::Malformed(Place::Query, Malformed::Missing(names, String::new()))
    }
}

fn decoded(value: Option<&str>) -> Option<Cow<'_, str>> {
    value.map(|value| percent_decode_str(value).decode_utf8_lossy())
}

fn expires(text: &str) -> Result<u64, Malformed> {
    match text.parse::<i64>() {
        Err(_) => Err(Malformed::ExpiresNumber),
        Ok(seconds) => match u64::try_from(seconds) {
            Err(_) => Err(Malformed::ExpiresNegative),
            Ok(seconds) if seconds > EXPIRES_S_MAX => Err(Malformed::ExpiresTooLarge),
            Ok(seconds) => Ok(seconds),
        },
    }
}
