//! What the requests of one connection have in common, made once: where they come from, and their ids.

use std::{
    cell::{Cell, RefCell},
    net::SocketAddr,
    sync::Arc,
};

use env::{Env, Random};
use floor::cx::Origin;
use http::{
    HeaderMap, HeaderName,
    header::{REFERER, USER_AGENT},
    request::Parts,
};

/// What a connection remembers between its requests. Used by its own task only.
pub(crate) struct Memory {
    peer: SocketAddr,
    /// The version and the cipher suite of TLS, if there is any.
    tls: Option<(&'static str, &'static str)>,
    /// The state of the ids' generator: ids need to differ, not to be secret, and drawing each from the process's
    /// source of randomness would make all connections wait for one another.
    ids: Cell<u64>,
    last: RefCell<Option<Arc<Origin>>>,
}

impl Memory {
    pub(crate) fn new(env: &Env, peer: SocketAddr, tls: Option<(&'static str, &'static str)>) -> Self {
        Self { peer, tls, ids: Cell::new(env.random.number()), last: RefCell::new(None) }
    }

    /// Where a request comes from; shared with the one before it where nothing differs, as is the rule.
    pub(crate) fn origin(&self, head: &Parts) -> Arc<Origin> {
        let host = auth::host(head).and_then(|h| std::str::from_utf8(h).ok()).unwrap_or("localhost");
        let (agent, referer) = (text(&head.headers, &USER_AGENT), text(&head.headers, &REFERER));
        let mut last = self.last.borrow_mut();
        if let Some(origin) = &*last
            && origin.base_url.get(self.scheme().len()..) == Some(host)
            && origin.user_agent == agent
            && origin.referer == referer
        {
            return origin.clone();
        }
        let origin = Arc::new(Origin {
            source_ip: self.peer.ip().to_canonical().to_string(),
            secure: self.tls.is_some(),
            tls: self.tls.unwrap_or_default().0,
            cipher: self.tls.unwrap_or_default().1,
            base_url: [self.scheme(), host].concat(),
            user_agent: agent.to_owned(),
            referer: referer.to_owned(),
        });
        *last = Some(origin.clone());
        origin
    }

    fn scheme(&self) -> &'static str {
        if self.tls.is_some() { "https://" } else { "http://" }
    }

    /// A request id as S3 writes it: 16 letters and digits.
    pub(crate) fn id_of_s3(&self) -> Arc<str> {
        const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let mut text = [0; 16];
        for half in text.chunks_exact_mut(8) {
            let mut bits = self.next_id();
            for letter in half {
                *letter = LETTERS[(bits & 31) as usize];
                bits >>= 5;
            }
        }
        ascii(&text)
    }

    /// A request id as the other services write it: a UUID.
    pub(crate) fn id_as_uuid(&self) -> Arc<str> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.next_id().to_le_bytes());
        bytes[8..].copy_from_slice(&self.next_id().to_le_bytes());
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let mut text = [b'-'; 36];
        let mut at = 0;
        for (i, byte) in bytes.iter().enumerate() {
            at += usize::from(matches!(i, 4 | 6 | 8 | 10));
            text[at] = DIGITS[usize::from(byte >> 4)];
            text[at + 1] = DIGITS[usize::from(byte & 15)];
            at += 2;
        }
        ascii(&text)
    }

    /// SplitMix64.
    fn next_id(&self) -> u64 {
        let state = self.ids.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.ids.set(state);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

fn ascii(text: &[u8]) -> Arc<str> {
    std::str::from_utf8(text).unwrap_or_default().into()
}

/// A header as text; empty where it is absent or none.
fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> &'a str {
    headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
}

/// What S3 calls the host that answered (`x-amz-id-2`): 76 characters of base64, one text for the process.
pub(crate) fn host_id(random: &Random) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = [0; 75];
    random.fill(&mut bytes);
    bytes.iter().map(|b| char::from(LETTERS[usize::from(b & 63)])).chain(['=']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory() -> Memory {
        Memory::new(&Env::simulated(3), SocketAddr::from(([127, 0, 0, 1], 9)), Some(("1.3", "")))
    }

    #[test]
    fn ids_have_the_forms_of_aws_and_differ() {
        let memory = memory();
        let (a, b) = (memory.id_of_s3(), memory.id_of_s3());
        assert_ne!(a, b);
        assert!(a.len() == 16 && a.bytes().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()), "{a}");
        let (a, b) = (memory.id_as_uuid(), memory.id_as_uuid());
        assert_ne!(a, b);
        assert_eq!((a.len(), &a[14..15], a.matches('-').count()), (36, "4", 4), "{a}");
        assert_eq!(host_id(&Env::simulated(1).random).len(), 76);
    }

    #[test]
    fn an_origin_is_made_once_for_requests_alike() {
        let memory = memory();
        let head = |agent: &str| {
            let request = http::Request::get("/").header("host", "a:1").header("user-agent", agent);
            request.body(()).unwrap().into_parts().0
        };
        let first = memory.origin(&head("aws-cli"));
        assert_eq!((first.base_url.as_str(), first.source_ip.as_str()), ("https://a:1", "127.0.0.1"));
        assert!(Arc::ptr_eq(&first, &memory.origin(&head("aws-cli"))));
        let other = memory.origin(&head("boto3"));
        assert_eq!(other.user_agent, "boto3");
    }
}
