//! Signatures of messages, and the certificate that they are verified with.
//!
//! A region has one key: made when somebody first subscribes there, kept sealed in its directory, and published as a
//! certificate under a name that comes from it. SignatureVersion 1 is SHA1withRSA, 2 is SHA256withRSA; both sign the same
//! text.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html>

use std::{collections::HashMap, fmt::Write as _, sync::Arc, time::Duration};

use aws_lc_rs::{encoding::AsDer, rand::SystemRandom, rsa::KeySize, signature::RSA_PKCS1_SHA256};
use base64::{Engine, prelude::BASE64_STANDARD};
use floor::{Answer, Cx, Floor, Get, Key, Placement, Region, fault::internal, first_format};
use parking_lot::Mutex;
use rcgen::{CertificateParams, DnType, KeyPair, KeyUsagePurpose, SerialNumber};
use seal::{Master, Zeroizing};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Sns, rsa_sha1};

/// Keys are sealed under this word.
const PURPOSE: &str = "sns signing key";
/// The certificate is replaced by nobody: it outlives the data.
const VALID: Duration = Duration::from_secs(20 * 365 * 86_400);
/// How far the clock of whoever verifies may be behind ours.
const CLOCKS_DIFFER: Duration = Duration::from_secs(86_400);
/// Signatures that are kept, for the other subscribers of the same message.
const SIGNATURES_KEPT: usize = 256;

/// A region's key as it is stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    /// PKCS #8, sealed with the region.
    private: Vec<u8>,
    /// The certificate, as it is published.
    pem: String,
}

first_format!(Stored);

fn key() -> Key {
    Key::of("signing")
}

/// Which digest a topic's messages are signed with.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Version {
    One,
    Two,
}

impl Version {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::One => "1",
            Self::Two => "2",
        }
    }
}

/// How something was signed, and the digest of what.
type Signed = (Version, [u8; 32]);

/// A region's key.
pub(crate) struct Signer {
    sha256: aws_lc_rs::rsa::KeyPair,
    sha1: rsa_sha1::Key,
    pem: String,
    name: String,
    /// By version and digest of what was signed.
    kept: Mutex<HashMap<Signed, Arc<str>>>,
}

impl Signer {
    fn open(pkcs8: &[u8], pem: String) -> Option<Self> {
        let name = format!("{NAME}{}.pem", &hex::encode(Sha256::digest(pem.as_bytes()))[..32]);
        let sha256 = aws_lc_rs::rsa::KeyPair::from_pkcs8(pkcs8).ok()?;
        Some(Self { sha256, sha1: rsa_sha1::Key::of_pkcs8(pkcs8)?, pem, name, kept: Mutex::default() })
    }

    /// The name under which the certificate is published.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The signature of `text` in base64. One takes about a millisecond, and is made off the reactor.
    pub(crate) async fn sign(self: &Arc<Self>, version: Version, text: String) -> Answer<Arc<str>> {
        let of = (version, Sha256::digest(text.as_bytes()).into());
        if let Some(made) = self.kept.lock().get(&of) {
            return Ok(made.clone());
        }
        let signer = self.clone();
        let made = tokio::task::spawn_blocking(move || signer.sign_now(version, text.as_bytes())).await;
        let made: Arc<str> = made.map_err(|e| internal(format!("a signature: {e}")))??.into();
        let mut kept = self.kept.lock();
        if kept.len() >= SIGNATURES_KEPT {
            kept.clear();
        }
        kept.insert(of, made.clone());
        Ok(made)
    }

    fn sign_now(&self, version: Version, text: &[u8]) -> Answer<String> {
        let signature = match version {
            Version::One => self.sha1.sign(text),
            Version::Two => {
                let mut made = vec![0; self.sha256.public_modulus_len()];
                let random = SystemRandom::new();
                let signed = self.sha256.sign(&RSA_PKCS1_SHA256, &random, text, &mut made);
                signed.map_err(|e| internal(format!("a signature: {e}")))?;
                made
            }
        };
        Ok(BASE64_STANDARD.encode(signature))
    }
}

/// What the names of certificates begin with.
const NAME: &str = "SimpleNotificationService-";

/// The text that is signed: names and values by turns, a line each. `fields` are in the alphabet's order.
pub(crate) fn text(fields: &[(&str, &str)]) -> String {
    fields.iter().fold(String::new(), |mut all, (name, value)| {
        let _ = write!(all, "{name}\n{value}\n");
        all
    })
}

/// The keys that were used since the start.
#[derive(Default)]
pub(crate) struct Keyring(Mutex<HashMap<Region, Arc<Signer>>>);

impl Keyring {
    fn get(&self, region: &Region) -> Option<Arc<Signer>> {
        self.0.lock().get(region).cloned()
    }

    fn keep(&self, region: &Region, signer: Signer) -> Arc<Signer> {
        self.0.lock().entry(region.clone()).or_insert_with(|| Arc::new(signer)).clone()
    }
}

fn opened(seal: &Master, region: &Region, stored: Stored) -> Answer<Signer> {
    let private = seal.open(PURPOSE, region.as_str().as_bytes(), &stored.private);
    let private = private.map_err(|e| internal(format!("the signing key of {region}: {e}")))?;
    Signer::open(&private, stored.pem).ok_or_else(|| internal("the signing key cannot be read"))
}

impl Sns {
    /// The key of a region; none where nobody has subscribed yet.
    pub(crate) async fn signer(&self, cx: &Cx, region: &Region) -> Answer<Option<Arc<Signer>>> {
        self.signer_of(cx.floor(), region).await
    }

    async fn signer_of(&self, floor: &Arc<Floor>, region: &Region) -> Answer<Option<Arc<Signer>>> {
        if let Some(signer) = self.keyring.get(region) {
            return Ok(Some(signer));
        }
        let view = floor.view::<Self>(&Placement::directory(region)).await?;
        let Some(stored) = view.load::<Stored>(&key()).await? else { return Ok(None) };
        Ok(Some(self.keyring.keep(region, opened(&floor.seal, region, stored)?)))
    }

    /// The same, made where there is none.
    pub(crate) async fn signer_made(&self, cx: &mut Cx, region: &Region) -> Answer<Arc<Signer>> {
        if let Some(signer) = self.signer(cx, region).await? {
            return Ok(signer);
        }
        let (floor, of) = (cx.floor().clone(), region.clone());
        let made = tokio::task::spawn_blocking(move || make(&floor, &of)).await;
        let new = &made.map_err(|e| internal(format!("a signing key: {e}")))??;
        let write = |tx: floor::Tx| async move {
            if let Some(there) = tx.load::<Stored>(&key()).await? {
                return Ok(there);
            }
            tx.save(&key(), new);
            Ok(Stored { private: new.private.clone(), pem: new.pem.clone() })
        };
        let stored = cx.cell(&Placement::directory(region)).await?.transact(write).await?;
        Ok(self.keyring.keep(region, opened(cx.seal(), region, stored)?))
    }

    /// The certificate of that name, if one of the regions has it.
    pub async fn certificate(&self, floor: &Arc<Floor>, name: &str) -> Answer<Option<String>> {
        for region in floor.cells.regions() {
            if let Some(signer) = self.signer_of(floor, &region).await?
                && signer.name == name
            {
                return Ok(Some(signer.pem.clone()));
            }
        }
        Ok(None)
    }
}

/// A new key and its certificate. Blocks.
fn make(floor: &Floor, region: &Region) -> Answer<Stored> {
    let broken = |why: &dyn std::fmt::Display| internal(format!("a signing key: {why}"));
    let pair = aws_lc_rs::rsa::KeyPair::generate(KeySize::Rsa2048).map_err(|e| broken(&e))?;
    let der = pair.as_der().map_err(|e| broken(&e))?;
    let pkcs8 = Zeroizing::new(der.as_ref().to_vec());
    let pem = certificate(floor, region, &pkcs8).map_err(|e| broken(&e))?;
    let private = floor.seal.seal(PURPOSE, region.as_str().as_bytes(), &pkcs8);
    Ok(Stored { private, pem })
}

/// A certificate that its own key signs, as nobody else's trust is asked for.
fn certificate(floor: &Floor, region: &Region, pkcs8: &[u8]) -> Result<String, rcgen::Error> {
    let pair = KeyPair::from_pkcs8_der_and_sign_algo(&pkcs8.into(), &rcgen::PKCS_RSA_SHA256)?;
    let host = format!("sns.{region}.amazonaws.com");
    let mut params = CertificateParams::new(vec![host.clone()])?;
    params.distinguished_name.remove(DnType::CommonName);
    params.distinguished_name.push(DnType::CommonName, host);
    params.distinguished_name.push(DnType::OrganizationName, "Kumiki");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    let (epoch, now) = (rcgen::date_time_ymd(1970, 1, 1), floor.env.clocks.auth.now());
    let before = now.seconds().saturating_sub(CLOCKS_DIFFER.as_secs());
    params.not_before = epoch + Duration::from_secs(before);
    params.not_after = epoch + Duration::from_secs(now.plus(VALID).seconds());
    let mut serial = floor.env.random.bytes16();
    serial[0] = serial[0] & 0x7f | 0x40; // positive, and as long as it looks
    params.serial_number = Some(SerialNumber::from_slice(&serial));
    Ok(params.self_signed(&pair)?.pem())
}
