//! The certificate authority of this data directory: made at its first use, kept there, never sent anywhere.
//!
//! Two files: `ca.key` (PKCS#8, 0600 as all files of the data directory) and `ca.pem` (what users trust). The
//! authority's name comes from its key, so that the key alone is enough to issue under it. Keys come from ring's own
//! source of entropy and not from `env`: a seeded key would be no secret.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use env::{Disk, Env, Open, Random, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SerialNumber,
};
use rustls::pki_types::CertificateDer;

/// How long the authority is valid. Replacing it makes every user trust a new one, so it outlives the project's use.
const AUTHORITY_VALID: Duration = Duration::from_secs(20 * 365 * 86_400);
/// How long a leaf is valid: under the 825 days that Apple's clients accept at most.
const LEAF_VALID: Duration = Duration::from_secs(397 * 86_400);
/// How far a client's clock may be behind ours and still accept what was made just now.
const CLOCKS_DIFFER: Duration = Duration::from_secs(86_400);

/// The authority: it signs leaves.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
    env: Env,
}

impl Authority {
    /// The authority kept in `dir`; one is made where there is none. Blocks.
    pub(crate) fn open(env: &Env, dir: &Path) -> io::Result<Self> {
        let (key_path, pem_path) = (dir.join("ca.key"), dir.join("ca.pem"));
        let disk = &*env.disk;
        let key = if disk.exists(&key_path) {
            KeyPair::from_pem(&read(disk, &key_path)?).map_err(|e| damaged(&key_path, &e))?
        } else {
            let key = KeyPair::generate().map_err(io::Error::other)?;
            disk.create_dir_all(dir)?;
            write(disk, dir, &key_path, &key.serialize_pem())?;
            key
        };
        let params = authority_params(&key, env.clocks.auth.now(), &env.random);
        let pem = if disk.exists(&pem_path) {
            read(disk, &pem_path)?
        } else {
            let pem = params.self_signed(&key).map_err(io::Error::other)?.pem();
            write(disk, dir, &pem_path, &pem)?;
            pem
        };
        Ok(Self { issuer: Issuer::new(params, key), pem, env: env.clone() })
    }

    /// The authority's certificate, as `kumiki ca` prints it.
    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// A certificate for `key` under `names`: DNS names, wildcards and IP addresses.
    pub(crate) fn issue(
        &self,
        key: &KeyPair,
        names: Vec<String>,
    ) -> Result<CertificateDer<'static>, rcgen::Error> {
        let mut params = CertificateParams::new(names)?;
        valid(&mut params, CLOCKS_DIFFER, self.env.clocks.auth.now(), LEAF_VALID);
        params.serial_number = Some(serial(&self.env.random));
        params.distinguished_name.remove(DnType::CommonName);
        params.distinguished_name.push(DnType::CommonName, "Kumiki");
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        Ok(params.signed_by(key, &self.issuer)?.der().clone())
    }
}

fn authority_params(key: &KeyPair, now: Timestamp, random: &Random) -> CertificateParams {
    let mut params = CertificateParams::default();
    let id = params.key_identifier(key).iter().take(4).fold(0, |id: u32, byte| id << 8 | u32::from(*byte));
    params.distinguished_name.remove(DnType::CommonName);
    params.distinguished_name.push(DnType::CommonName, format!("Kumiki local CA {id:08x}"));
    params.distinguished_name.push(DnType::OrganizationName, "Kumiki");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    // Before its leaves, whose own start reaches back as far.
    valid(&mut params, 2 * CLOCKS_DIFFER, now, AUTHORITY_VALID);
    params.serial_number = Some(serial(random));
    params
}

/// A random positive serial number: browsers refuse two certificates of one issuer with the same one.
fn serial(random: &Random) -> SerialNumber {
    let mut bytes = random.bytes16();
    bytes[0] = bytes[0] & 0x7f | 0x40;
    SerialNumber::from_slice(&bytes)
}

/// Valid from `before` ago until `after` from now.
fn valid(params: &mut CertificateParams, before: Duration, now: Timestamp, after: Duration) {
    let epoch = rcgen::date_time_ymd(1970, 1, 1);
    params.not_before = epoch + Duration::from_secs(now.seconds().saturating_sub(before.as_secs()));
    params.not_after = epoch + Duration::from_secs(now.plus(after).seconds());
}

fn read(disk: &dyn Disk, path: &Path) -> io::Result<String> {
    let file = disk.open(path, Open::Read)?;
    let mut bytes = vec![0; usize::try_from(file.len()?).map_err(io::Error::other)?];
    file.read_exact_at(&mut bytes, 0)?;
    String::from_utf8(bytes).map_err(|e| damaged(path, &e))
}

/// Writes a file whole or not at all.
fn write(disk: &dyn Disk, dir: &Path, path: &Path, text: &str) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let new = PathBuf::from(name);
    if disk.exists(&new) {
        disk.remove(&new)?; // left by a crash
    }
    let file = disk.open(&new, Open::New)?;
    file.write_all_at(text.as_bytes(), 0)?;
    file.sync_all()?;
    disk.rename(&new, path)?;
    disk.sync_dir(dir)
}

fn damaged(path: &Path, cause: &dyn std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{}: {cause}", path.display()))
}
