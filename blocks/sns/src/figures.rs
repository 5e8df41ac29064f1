//! What is told of topics: what happened since the server was started.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html>

use std::collections::BTreeMap;

use env::Metrics;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

/// Topics that are told apart; more are only counted together.
const TOPICS_MAX: usize = 10_000;

/// What is counted of each topic.
#[derive(Default)]
pub(crate) struct Figures(Mutex<BTreeMap<String, Counts>>);

#[derive(Default, Clone, Copy)]
struct Counts([u64; 4]);

/// What may happen.
#[derive(Clone, Copy)]
pub(crate) enum Event {
    Published,
    Delivered,
    Failed,
    FilteredOut,
}

impl Event {
    fn figure(self) -> &'static str {
        match self {
            Self::Published => "kumiki_sns_messages_published_total",
            Self::Delivered => "kumiki_sns_notifications_delivered_total",
            Self::Failed => "kumiki_sns_notifications_failed_total",
            Self::FilteredOut => "kumiki_sns_notifications_filtered_out_total",
        }
    }
}

/// One topic, in the words of AWS's metrics.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicFigures {
    /// Its ARN.
    pub arn: String,
    /// `NumberOfMessagesPublished`.
    pub published: u64,
    /// `NumberOfNotificationsDelivered`.
    pub delivered: u64,
    /// `NumberOfNotificationsFailed`.
    pub failed: u64,
    /// `NumberOfNotificationsFilteredOut`.
    pub filtered_out: u64,
}

impl Figures {
    /// Counts `n` of the topic.
    pub(crate) fn count(&self, metrics: &Metrics, topic_arn: &str, event: Event, n: u64) {
        if n == 0 {
            return;
        }
        metrics.counter(event.figure(), "").add(n);
        let topics = &mut *self.0.lock();
        if let Some(counts) = topics.get_mut(topic_arn) {
            counts.0[event as usize] += n;
        } else if topics.len() < TOPICS_MAX {
            topics.entry(topic_arn.to_owned()).or_default().0[event as usize] = n;
        }
    }

    /// A topic is gone.
    pub(crate) fn forget(&self, topic_arn: &str) {
        self.0.lock().remove(topic_arn);
    }

    fn all(&self) -> Vec<TopicFigures> {
        let of = |(arn, counts): (&String, &Counts)| {
            let [published, delivered, failed, filtered_out] = counts.0;
            TopicFigures { arn: arn.clone(), published, delivered, failed, filtered_out }
        };
        self.0.lock().iter().map(of).collect()
    }
}

impl crate::Sns {
    /// The topics to which something happened.
    pub fn figures(&self) -> Vec<TopicFigures> {
        self.figures.all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_told_apart_and_together() {
        let (figures, metrics) = (Figures::default(), Metrics::default());
        figures.count(&metrics, "a", Event::Published, 2);
        figures.count(&metrics, "a", Event::Failed, 1);
        figures.count(&metrics, "b", Event::Published, 1);
        figures.count(&metrics, "c", Event::Published, 0);
        let a = TopicFigures { arn: "a".into(), published: 2, failed: 1, ..TopicFigures::default() };
        let b = TopicFigures { arn: "b".into(), published: 1, ..TopicFigures::default() };
        assert_eq!(figures.all(), [a, b.clone()]);
        assert!(metrics.render().contains("kumiki_sns_messages_published_total 3\n"));
        figures.forget("a");
        assert_eq!(figures.all(), [b]);
    }
}
