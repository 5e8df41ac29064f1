//! Secrets of access keys: made at random, stored sealed.

use base64::{Engine, engine::general_purpose::STANDARD};
use floor::Answer;

const PURPOSE: &str = "iam access key";

/// A new secret: 30 random bytes as 40 letters, as AWS's.
pub(crate) fn make(random: &[[u8; 16]; 2]) -> String {
    let all = random.concat();
    STANDARD.encode(&all[..30])
}

/// The stored form of the secret of the key `id`.
pub(crate) fn seal(seal: &seal::Master, id: &str, secret: &str) -> Vec<u8> {
    seal.seal(PURPOSE, id.as_bytes(), secret.as_bytes())
}

/// The secret of the key `id`.
pub(crate) fn open(seal: &seal::Master, id: &str, sealed: &[u8]) -> Answer<String> {
    let opened = seal.open(PURPOSE, id.as_bytes(), sealed);
    let opened =
        opened.map_err(|e| floor::fault::internal(format!("the secret of {id} cannot be opened: {e}")))?;
    String::from_utf8(opened.to_vec()).map_err(|e| floor::fault::internal(e.to_string()))
}
