//! SSE-C: objects that are encrypted with keys that clients send with each request and nobody else keeps.
//!
//! Of a key only a salted hash is stored, which tells it from others and opens nothing. AWS refuses such keys over plain
//! HTTP; here HTTP is taken, since the server listens on loopback.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html>

use base64::{Engine as _, engine::general_purpose::STANDARD};
use floor::Cx;
use hmac::{Hmac, Mac as _};
use md5::{Digest as _, Md5};
use seal::{KEY_BYTES, MessageKey, Zeroizing};
use sha2::Sha256;
use wire::{Answer, Fault};

use crate::{
    bucket::Bucket,
    fault,
    records::{OfCustomer, Sealing},
};

/// The one algorithm.
pub const ALGORITHM: &str = "AES256";
const HEADER: &str = "x-amz-server-side-encryption";

/// What the three headers of a request say.
#[derive(Clone, Copy, Default)]
pub struct Given<'a> {
    /// `x-amz-server-side-encryption-customer-algorithm`.
    pub algorithm: Option<&'a str>,
    /// `x-amz-server-side-encryption-customer-key`.
    pub key: Option<&'a str>,
    /// `x-amz-server-side-encryption-customer-key-MD5`.
    pub md5: Option<&'a str>,
}

/// The customer's key of an input, if it has one.
#[macro_export]
macro_rules! customer_key {
    ($input:expr) => {
        $crate::customer::Given {
            algorithm: $input.sse_customer_algorithm.as_deref(),
            key: $input.sse_customer_key.as_deref(),
            md5: $input.sse_customer_key_md5.as_deref(),
        }
    };
}

/// The customer's key for the source of a copy.
#[macro_export]
macro_rules! source_key {
    ($input:expr) => {
        $crate::customer::Given {
            algorithm: $input.copy_source_sse_customer_algorithm.as_deref(),
            key: $input.copy_source_sse_customer_key.as_deref(),
            md5: $input.copy_source_sse_customer_key_md5.as_deref(),
        }
    };
}

/// Says in an answer with which customer's key its object is encrypted.
#[macro_export]
macro_rules! set_customer_key {
    ($output:expr, $key:expr) => {{
        if let Some(key) = $key {
            $output.sse_customer_algorithm = Some($crate::customer::ALGORITHM.to_owned());
            $output.sse_customer_key_md5 = Some(key.md5.clone());
        }
    }};
}

/// A key that a client sent.
#[derive(Clone, PartialEq, Eq)]
pub struct CustomerKey {
    bytes: Zeroizing<[u8; KEY_BYTES]>,
    /// Its MD5, as answers give it back.
    pub md5: String,
}

impl std::fmt::Debug for CustomerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CustomerKey(..)")
    }
}

impl CustomerKey {
    /// The key as headers carry it.
    pub fn header(&self) -> String {
        STANDARD.encode(*self.bytes)
    }
}

fn refused(message: &'static str, value: impl Into<String>) -> Fault {
    fault::invalid_argument(message, HEADER, value)
}

impl Given<'_> {
    /// The key for a write, which may ask for another encryption.
    pub fn for_write(&self, encryption: Option<&str>) -> Answer<Option<CustomerKey>> {
        match encryption {
            Some(other) if self.is_there() => Err(refused(
                "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
                other,
            )),
            _ => self.read(),
        }
    }

    /// The key.
    pub fn read(&self) -> Answer<Option<CustomerKey>> {
        if !self.is_there() {
            return Ok(None);
        }
        let algorithm = self.algorithm.ok_or_else(|| {
            refused(
                "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption \
                 algorithm.",
                "null",
            )
        })?;
        let key = self.key.ok_or_else(|| {
            refused(
                "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate \
                 secret key.",
                "null",
            )
        })?;
        if algorithm != ALGORITHM {
            let message = "The Encryption request you specified is not valid. Supported value: AES256.";
            let fault = Fault::coded("InvalidEncryptionAlgorithmError", 400, message);
            return Err(fault.with("ArgumentName", HEADER).with("ArgumentValue", algorithm));
        }
        let invalid = || refused("The secret key was invalid for the specified algorithm.", "null");
        let decoded = Zeroizing::new(STANDARD.decode(key).map_err(|_| invalid())?);
        let md5 = STANDARD.encode(Md5::digest(&*decoded));
        let given = self.md5.ok_or_else(|| {
            refused(
                "Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated \
                 MD5 of the secret key.",
                "null",
            )
        })?;
        if given != md5 {
            return Err(refused(
                "The calculated MD5 hash of the key did not match the hash that was provided.",
                "null",
            ));
        }
        let bytes = decoded.as_slice().try_into().map_err(|_| invalid())?;
        Ok(Some(CustomerKey { bytes: Zeroizing::new(bytes), md5 }))
    }

    fn is_there(&self) -> bool {
        self.algorithm.is_some() || self.key.is_some() || self.md5.is_some()
    }
}

fn keyed(key: &[u8], message: &[u8]) -> Answer<Hmac<Sha256>> {
    let mac = <Hmac<Sha256> as hmac::Mac>::new_from_slice(key);
    Ok(mac.map_err(|e| floor::fault::internal(e.to_string()))?.chain_update(message))
}

impl OfCustomer {
    /// What is stored of a key, and what encrypts with it.
    pub fn new(cx: &Cx, key: &CustomerKey) -> Answer<(Self, MessageKey)> {
        let salt = cx.env().random.bytes16();
        let root = Self::root(salt, key)?;
        let check = keyed(&*root, CHECK)?.finalize().into_bytes().into();
        Ok((Self { salt, check }, MessageKey::new(&root)))
    }

    /// A key of the object's own: the same key of the customer's gives others to other objects.
    fn root(salt: [u8; 16], key: &CustomerKey) -> Answer<Zeroizing<[u8; KEY_BYTES]>> {
        Ok(Zeroizing::new(keyed(&salt, &*key.bytes)?.finalize().into_bytes().into()))
    }

    /// What decrypts, where it is the key that has encrypted.
    fn open(&self, key: &CustomerKey) -> Answer<Option<MessageKey>> {
        let root = Self::root(self.salt, key)?;
        let is_it = keyed(&*root, CHECK)?.verify_slice(&self.check).is_ok();
        Ok(is_it.then(|| MessageKey::new(&root)))
    }
}

/// What is hashed to tell keys apart.
const CHECK: &[u8] = b"kumiki s3 customer key";

/// What a key is given for: refusals differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Use {
    /// A read of an object.
    Read,
    /// A further part of an upload.
    Part,
}

/// The customer's key for what is sealed with one; none where it is sealed otherwise, and no key was given.
pub fn opened(sealing: &Sealing, given: Option<&CustomerKey>, to: Use) -> Answer<Option<MessageKey>> {
    match (sealing, given, to) {
        (Sealing::Customer(of), Some(key), _) => match (of.open(key)?, to) {
            (Some(opened), _) => Ok(Some(opened)),
            (None, Use::Read) => Err(wrong_key()),
            (None, Use::Part) => Err(fault::invalid_request(
                "The provided encryption parameters did not match the ones used originally.",
            )),
        },
        (Sealing::Customer(_), None, Use::Read) => Err(fault::invalid_request(
            "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to \
             retrieve the object.",
        )),
        (Sealing::Customer(_), None, Use::Part) | (_, Some(_), Use::Part) => Err(fault::invalid_request(
            "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate \
             encryption parameters.",
        )),
        (_, Some(_), Use::Read) => {
            Err(fault::invalid_request("The encryption parameters are not applicable to this object."))
        }
        (_, None, _) => Ok(None),
    }
}

/// The refusal of a read with another key.
pub fn wrong_key() -> Fault {
    fault::access_denied(
        "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.",
    )
}

/// Refuses a write under a customer's key to a bucket that blocks those, as new buckets do.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html>
pub fn check_blocked(
    cx: &Cx,
    bucket: &Bucket,
    key: &str,
    given: Option<&CustomerKey>,
    action: &str,
) -> Answer<()> {
    if given.is_none() || bucket.record.takes_customer_keys {
        return Ok(());
    }
    let (who, arn) = (cx.caller.who.arn(), &bucket.arn);
    Err(fault::access_denied(format!(
        "User: {who} is not authorized to perform: {action} on resource: \"{arn}/{key}\" because this bucket has blocked \
         upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a \
         different server-side encryption type"
    )))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn given<'a>(key: &'a str, md5: &'a str) -> Given<'a> {
        Given { algorithm: Some(ALGORITHM), key: Some(key), md5: Some(md5) }
    }

    fn headers(key: &[u8]) -> (String, String) {
        (STANDARD.encode(key), STANDARD.encode(Md5::digest(key)))
    }

    fn key(bytes: [u8; 32]) -> CustomerKey {
        let (key, md5) = headers(&bytes);
        given(&key, &md5).read().unwrap().unwrap()
    }

    fn of(salt: [u8; 16], key: &CustomerKey) -> OfCustomer {
        let root = OfCustomer::root(salt, key).unwrap();
        OfCustomer { salt, check: keyed(&*root, CHECK).unwrap().finalize().into_bytes().into() }
    }

    #[test]
    fn headers_are_judged_in_the_order_of_aws() {
        let (good, md5) = headers(&[7; 32]);
        let why =
            |given: Given<'_>, encryption| given.for_write(encryption).unwrap_err().message().to_owned();
        assert!(Given::default().for_write(Some("AES256")).unwrap().is_none());
        assert!(why(given(&good, &md5), Some("AES256")).contains("incompatible"));
        assert!(
            why(Given { algorithm: None, ..given(&good, &md5) }, None).contains("valid encryption algorithm")
        );
        assert!(why(Given { key: None, ..given(&good, &md5) }, None).contains("appropriate secret key"));
        let other = Given { algorithm: Some("AES128"), ..given(&good, &md5) };
        assert_eq!(other.read().unwrap_err().code(), "InvalidEncryptionAlgorithmError");
        assert!(why(given(&good, "x"), None).contains("MD5 hash"));
        let (short, md5_of_short) = headers(&[7; 24]);
        assert!(why(given(&short, "x"), None).contains("MD5 hash"));
        assert!(why(given(&short, &md5_of_short), None).contains("invalid for the specified algorithm"));
        assert!(why(given("no base64!", &md5), None).contains("invalid for the specified algorithm"));
        assert!(
            why(Given { md5: None, ..given(&good, &md5) }, None)
                .contains("must provide the client calculated")
        );
    }

    proptest! {
        #[test]
        fn one_key_opens(salt: [u8; 16], bytes: [u8; 32], other: [u8; 32]) {
            let key_of_it = key(bytes);
            let sealing = Sealing::Customer(Box::new(of(salt, &key_of_it)));
            prop_assert!(opened(&sealing, Some(&key_of_it), Use::Read).unwrap().is_some());
            prop_assert_eq!(key_of_it.header(), STANDARD.encode(bytes));
            let shown = format!("{key_of_it:?}");
            prop_assert!(!shown.contains(&key_of_it.header()));
            for to in [Use::Read, Use::Part] {
                prop_assert_eq!(opened(&sealing, None, to).unwrap_err().status(), 400);
                prop_assert_eq!(opened(&Sealing::Bucket, Some(&key_of_it), to).unwrap_err().status(), 400);
                prop_assert!(opened(&Sealing::Bucket, None, to).unwrap().is_none());
            }
            if other != bytes {
                prop_assert_eq!(opened(&sealing, Some(&key(other)), Use::Read).unwrap_err().status(), 403);
                prop_assert_eq!(opened(&sealing, Some(&key(other)), Use::Part).unwrap_err().status(), 400);
            }
        }

        #[test]
        fn any_headers_are_answered(algorithm: Option<String>, key: Option<String>, md5: Option<String>) {
            let given = Given { algorithm: algorithm.as_deref(), key: key.as_deref(), md5: md5.as_deref() };
            let _ = given.for_write(None);
        }
    }
}
