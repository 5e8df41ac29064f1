//! Pages of listings, and finding a subscription.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use floor::{Answer, Get, Key};

use crate::{
    fault, limits,
    records::{self, Listed, Subscription, Topic},
    topic::TopicName,
};

/// One page.
pub(crate) struct Page {
    pub(crate) keys: Vec<Bytes>,
    pub(crate) values: Vec<Bytes>,
    /// Where the next page begins, as a token.
    pub(crate) next: Option<String>,
}

/// The page of `all` that `token` begins.
pub(crate) async fn page<R: Get>(read: &R, all: &Key, token: Option<&str>) -> Answer<Page> {
    page_of(read, all, token, limits::LIST_PAGE).await
}

/// The same, with `most` entries.
pub(crate) async fn page_of<R: Get>(read: &R, all: &Key, token: Option<&str>, most: usize) -> Answer<Page> {
    let mut range = all.all();
    if let Some(token) = token {
        let wrong = || fault::invalid("NextToken");
        let start = BASE64_URL_SAFE_NO_PAD.decode(token).map_err(|_| wrong())?;
        // A token leads only into the listing it came from.
        if !start.starts_with(all.as_slice()) {
            return Err(wrong());
        }
        range.start = start.into();
    }
    let mut found = read.range(range, most + 1).await?;
    let next = if found.len() > most {
        found.pop().map(|(key, _)| BASE64_URL_SAFE_NO_PAD.encode(key))
    } else {
        None
    };
    let (keys, values) = found.into_iter().unzip();
    Ok(Page { keys, values, next })
}

/// A subscription as listings show it.
pub(crate) fn subscription(s: &Listed) -> api_sns::Subscription {
    let arn = if s.pending { "PendingConfirmation".to_owned() } else { s.arn.clone() };
    api_sns::Subscription {
        subscription_arn: Some(arn),
        owner: Some(s.owner.to_string()),
        protocol: Some(s.protocol.clone()),
        endpoint: Some(s.endpoint.clone()),
        topic_arn: Some(s.topic_arn.clone()),
    }
}

impl Subscription {
    pub(crate) fn listed(&self, topic_arn: &str) -> Listed {
        Listed::of(self, &format!("{topic_arn}:{}", self.id), topic_arn)
    }
}

/// A subscription and its topic by the subscription's ARN.
pub(crate) async fn find<R: Get>(read: &R, arn: &str) -> Answer<(Topic, Subscription)> {
    let (name, id) = TopicName::of_subscription(arn)?;
    let topic = name.find(read).await?.ok_or_else(fault::subscription_missing)?;
    let found = read.load(&records::subscription(&topic.instance, &id)).await?;
    Ok((topic, found.ok_or_else(fault::subscription_missing)?))
}
