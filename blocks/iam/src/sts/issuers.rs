//! The keys of token issuers: asked for once, kept for a while, asked for again when a token names a key that is new.

use std::{collections::HashMap, sync::Arc, time::Duration};

use federation::jwt::{JWKS_BYTES_MAX, Jwks, Token, discovery};
use parking_lot::Mutex;
use tokio::sync::Semaphore;

use super::fetch::{self, NotFetched};

/// Issuers whose keys are kept; the next one empties the shelf.
const KEPT_MAX: usize = 200;
/// How long keys are believed: who takes one back is heard after this.
const KEPT_FOR: Duration = Duration::from_secs(300);
/// A key that is not known makes us ask again, but not more often than this.
const AGAIN_AFTER: Duration = Duration::from_secs(10);
/// Issuers that are asked at the same time.
const ASKED_MAX: usize = 8;

struct Kept {
    keys: Arc<Jwks>,
    at: Duration,
}

/// The keys of all issuers.
pub(crate) struct Issuers {
    kept: Mutex<HashMap<String, Kept>>,
    /// Those that did not answer, and until when they are left alone.
    silent: Mutex<HashMap<String, Duration>>,
    asking: Semaphore,
}

impl Default for Issuers {
    fn default() -> Self {
        Self { kept: Mutex::default(), silent: Mutex::default(), asking: Semaphore::new(ASKED_MAX) }
    }
}

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoKeys {
    /// It could not be asked; perhaps it can later.
    #[error("{0}")]
    Silent(String),
    /// It was asked, and its answer is of no use.
    #[error("{0}")]
    Useless(String),
}

impl Issuers {
    /// The keys of `issuer`, with `https://`, that `token` may be signed with. `now` is the steady clock's. What was
    /// believed by the thumbprints of one record is not believed for another.
    pub(crate) async fn keys(
        &self,
        issuer: &str,
        thumbprints: &[String],
        token: &Token<'_>,
        now: Duration,
    ) -> Result<Arc<Jwks>, NoKeys> {
        let name = format!("{issuer} {}", thumbprints.join(" "));
        if let Some(kept) = self.kept.lock().get(&name) {
            let age = now.saturating_sub(kept.at);
            let is_known = token.key_id().is_none_or(|id| kept.keys.has(id));
            if age < if is_known { KEPT_FOR } else { AGAIN_AFTER } {
                return Ok(kept.keys.clone());
            }
        }
        let keys = Arc::new(self.ask(issuer, thumbprints, now).await?);
        let mut kept = self.kept.lock();
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(name, Kept { keys: keys.clone(), at: now });
        Ok(keys)
    }

    /// Asks an issuer, unless it was silent a moment ago: one that does not answer must not take the places of others.
    async fn ask(&self, issuer: &str, thumbprints: &[String], now: Duration) -> Result<Jwks, NoKeys> {
        if self.silent.lock().get(issuer).is_some_and(|until| *until > now) {
            return Err(NoKeys::Silent(format!("{issuer} did not answer a moment ago")));
        }
        let asking = self.asking.try_acquire();
        let _one = asking.map_err(|_| NoKeys::Silent("too many issuers are asked at once".to_owned()))?;
        let answer = ask(issuer, thumbprints).await;
        let mut silent = self.silent.lock();
        if let Err(NoKeys::Silent(_)) = &answer {
            silent.retain(|_, until| *until > now);
            silent.insert(issuer.to_owned(), now + AGAIN_AFTER);
        } else {
            silent.remove(issuer);
        }
        answer
    }
}

async fn ask(issuer: &str, thumbprints: &[String]) -> Result<Jwks, NoKeys> {
    let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let document = fetch::text(&url, discovery::DISCOVERY_BYTES_MAX, thumbprints).await.map_err(sort)?;
    let url = discovery::keys_uri(&document, issuer).map_err(|e| NoKeys::Useless(e.to_string()))?;
    let uri = |text: &str| text.parse::<http::Uri>().ok();
    let is_here = |text: &str| uri(text).is_some_and(|uri| uri.host().is_some_and(fetch::is_loopback));
    if is_here(&url) && !is_here(issuer) {
        return Err(NoKeys::Useless("its keys are said to be on this machine".to_owned()));
    }
    let keys = fetch::text(&url, JWKS_BYTES_MAX, thumbprints).await.map_err(sort)?;
    Jwks::parse(&keys).map_err(|e| NoKeys::Useless(e.to_string()))
}

fn sort(why: NotFetched) -> NoKeys {
    match why {
        NotFetched::Slow(_) | NotFetched::Unreachable(..) => NoKeys::Silent(why.to_string()),
        other => NoKeys::Useless(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_that_is_silent_is_left_alone_for_a_while() {
        let (issuers, first) = (Issuers::default(), Duration::from_secs(100));
        // Nobody listens on port 1.
        let ask = async |now| issuers.ask("https://127.0.0.1:1", &[], now).await.unwrap_err().to_string();
        assert!(ask(first).await.contains("cannot be reached"));
        assert!(ask(first + Duration::from_secs(9)).await.contains("a moment ago"));
        assert!(ask(first + AGAIN_AFTER).await.contains("cannot be reached"));
    }
}
