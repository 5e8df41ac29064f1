//! Notification configurations between the wire and what is stored.

use api_s3::{
    FilterRule, NotificationConfiguration, NotificationConfigurationFilter, QueueConfiguration, S3KeyFilter,
    TopicConfiguration,
};
use floor::Cx;
use wire::Answer;

use crate::{
    contents::some,
    fault,
    notification::{Destination, Notification, Side},
};

/// What a request asks for. Configurations without a name get one.
pub fn read(cx: &Cx, asked: NotificationConfiguration) -> Answer<Vec<Notification>> {
    let mut all = Vec::new();
    for topic in asked.topic_configurations.unwrap_or_default() {
        all.push(Notification {
            id: topic.id.filter(|i| !i.is_empty()).unwrap_or_else(|| cx.uuid()),
            destination: Destination::Topic(topic.topic_arn),
            events: topic.events,
            rules: rules(topic.filter)?,
        });
    }
    for queue in asked.queue_configurations.unwrap_or_default() {
        all.push(Notification {
            id: queue.id.filter(|i| !i.is_empty()).unwrap_or_else(|| cx.uuid()),
            destination: Destination::Queue(queue.queue_arn),
            events: queue.events,
            rules: rules(queue.filter)?,
        });
    }
    Ok(all)
}

fn rules(filter: Option<NotificationConfigurationFilter>) -> Answer<Vec<(Side, String)>> {
    let rules = filter.and_then(|f| f.key).and_then(|k| k.filter_rules).unwrap_or_default();
    let rules = rules.into_iter().map(|rule| match (rule.name, rule.value) {
        (Some(name), Some(value)) => Ok((Side::parse(&name)?, value)),
        _ => Err(fault::malformed_xml()),
    });
    rules.collect()
}

/// What an answer says.
pub fn write(all: &[Notification]) -> NotificationConfiguration {
    let (mut topics, mut queues) = (Vec::new(), Vec::new());
    for one in all {
        let (id, events, filter) = (Some(one.id.clone()), one.events.clone(), filter(&one.rules));
        match &one.destination {
            Destination::Topic(arn) => {
                topics.push(TopicConfiguration { id, topic_arn: arn.clone(), events, filter });
            }
            Destination::Queue(arn) => {
                queues.push(QueueConfiguration { id, queue_arn: arn.clone(), events, filter });
            }
        }
    }
    NotificationConfiguration { topic_configurations: some(topics), queue_configurations: some(queues) }
}

fn filter(rules: &[(Side, String)]) -> Option<NotificationConfigurationFilter> {
    let rules: Vec<_> = rules
        .iter()
        .map(|(side, value)| FilterRule { name: Some(side.name().to_owned()), value: Some(value.clone()) })
        .collect();
    let key = S3KeyFilter { filter_rules: Some(some(rules)?) };
    Some(NotificationConfigurationFilter { key: Some(key) })
}
