//! Pages of a listing.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use floor::{Answer, Get, Key, KeyRange};

use crate::{fault::Refused, limits::LIST_RESULTS};

/// Which page of a listing is asked for.
pub(crate) struct Page {
    /// Whether the caller counts pages: without, he is given the longest page and no token.
    counted: bool,
    results: usize,
    after: Option<Vec<u8>>,
}

impl Page {
    /// Reads what a request says.
    pub(crate) fn read(max: Option<i32>, token: Option<&str>) -> Result<Self, Refused> {
        let results = max.map_or(*LIST_RESULTS.end(), i64::from);
        if !LIST_RESULTS.contains(&results) {
            let why = "MaxResults must be an integer between 1 and 1000.";
            return Err(Refused::parameter("MaxResults", results, why));
        }
        let invalid = |_| Refused::Wrong("Invalid or expired next token.".into());
        let token = token.filter(|t| !t.is_empty());
        let after = token.map(|t| STANDARD.decode(t).map_err(invalid)).transpose()?;
        Ok(Self { counted: max.is_some(), results: results as usize, after })
    }

    /// The keys of the page, and the token of the next.
    pub(crate) async fn of<R: Get>(&self, read: &R, all: &Key) -> Answer<(Vec<Bytes>, Option<String>)> {
        let mut range: KeyRange = all.all();
        if let Some(after) = &self.after {
            if !range.contains(after) {
                return Err(Refused::Wrong("Invalid or expired next token.".into()).into());
            }
            range.start = floor::key::successor(after);
        }
        let mut keys: Vec<_> =
            read.range(range, self.results + 1).await?.into_iter().map(|(key, _)| key).collect();
        let more = keys.len() > self.results;
        keys.truncate(self.results);
        let next = keys.last().filter(|_| more && self.counted).map(|key| STANDARD.encode(key));
        Ok((keys, next))
    }
}
