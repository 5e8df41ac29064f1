//! `kumiki top` and `kumiki metrics`: what queues and topics do, by name.
//!
//! `/metrics` names no resources, since anybody may ask for it. The names come by the socket in the data directory, which
//! only its owner may open.

use std::{collections::HashMap, error::Error, fmt::Write as _, path::Path, sync::Arc, time::Duration};

use floor::Floor;
use serde::{Deserialize, Serialize};
use sns::figures::TopicFigures;
use sqs::figures::QueueFigures;

use crate::admin::{self, Ask};

/// The blocks that have figures of their own.
pub(crate) struct Messaging {
    pub(crate) sqs: Arc<sqs::Sqs>,
    pub(crate) sns: Arc<sns::Sns>,
}

/// What the server tells at one moment.
#[derive(Serialize, Deserialize, Default)]
pub(crate) struct Picture {
    /// Since the server was started, in milliseconds.
    at_ms: u64,
    queues: Vec<QueueFigures>,
    /// Queues that are not told of.
    left_out: u64,
    topics: Vec<TopicFigures>,
}

impl Messaging {
    /// The picture of this moment, as the question is answered.
    pub(crate) async fn picture(&self, floor: &Floor) -> Result<String, String> {
        let figures = self.sqs.figures(floor).await;
        let (queues, left_out) =
            figures.map_err(|fault| fault.cause().unwrap_or(fault.message()).to_owned())?;
        let at_ms = floor.env.clocks.steady.now().as_millis() as u64;
        let picture = Picture { at_ms, queues, left_out, topics: self.sns.figures() };
        serde_json::to_string(&picture).map_err(|e| e.to_string())
    }
}

fn picture(data: &Path) -> Result<Picture, Box<dyn Error>> {
    Ok(serde_json::from_str(&admin::ask(data, &Ask::Figures)?)?)
}

/// Rows of each table.
const ROWS_MAX: usize = 40;

/// Draws one picture, or one picture after another until it is interrupted.
pub(crate) fn top(
    data: &Path,
    once: bool,
    every: Duration,
    mut draw: impl FnMut(&str) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let mut before = picture(data)?;
    if once {
        return draw(&before.drawn(None));
    }
    let clear = "\x1b[H\x1b[2J";
    draw(&format!("{clear}{}", before.drawn(None)))?;
    loop {
        std::thread::park_timeout(every);
        let now = picture(data)?;
        draw(&format!("{clear}{}", now.drawn(Some(&before))))?;
        before = now;
    }
}

/// All figures in the text format of Prometheus.
pub(crate) fn metrics(data: &Path) -> Result<String, Box<dyn Error>> {
    Ok(picture(data)?.rendered())
}

/// A count in all, or by the second where there is an earlier picture.
struct Rate {
    seconds: f64,
}

impl Rate {
    fn of(&self, now: u64, before: Option<u64>) -> String {
        match before {
            // A queue that was idle is forgotten, and counted from zero when it is met again.
            Some(before) => format!("{:.1}", now.saturating_sub(before) as f64 / self.seconds),
            None => now.to_string(),
        }
    }
}

fn age(ms: Option<u64>) -> String {
    let Some(ms) = ms else { return "-".to_owned() };
    match ms / 1000 {
        s @ 0..120 => format!("{s} s"),
        s @ 120..7200 => format!("{} min", s / 60),
        s @ 7200..172_800 => format!("{} h", s / 3600),
        s => format!("{} d", s / 86_400),
    }
}

fn arn_of(queue: &QueueFigures) -> String {
    format!("arn:aws:sqs:{}:{}:{}", queue.region, queue.account, queue.name)
}

impl Picture {
    fn drawn(&self, before: Option<&Self>) -> String {
        let seconds = before.map_or(1.0, |b| self.at_ms.saturating_sub(b.at_ms).max(1) as f64 / 1000.0);
        let rate = Rate { seconds };
        let per = if before.is_some() { "/s" } else { "" };
        let mut out = self.queues_drawn(before, &rate, per);
        out.push_str(&self.topics_drawn(before, &rate, per));
        out
    }

    fn queues_drawn(&self, before: Option<&Self>, rate: &Rate, per: &str) -> String {
        let earlier: HashMap<_, _> =
            before.iter().flat_map(|b| &b.queues).map(|queue| (arn_of(queue), queue)).collect();
        let now: HashMap<_, _> = self.queues.iter().map(|queue| (arn_of(queue), queue)).collect();
        let held = |q: &QueueFigures| q.visible + q.in_flight + q.delayed;
        let mut busiest: Vec<_> = self.queues.iter().collect();
        busiest.sort_by_key(|q| {
            let was = earlier.get(&arn_of(q)).map_or(0, |was| was.sent + was.received);
            (std::cmp::Reverse((held(q), (q.sent + q.received).saturating_sub(was))), arn_of(q))
        });
        let mut out = format!(
            "{} queues\n{:<40} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10} {:>8}  dead letters\n",
            self.queues.len() as u64 + self.left_out,
            "queue",
            format!("sent{per}"),
            format!("received{per}"),
            format!("deleted{per}"),
            format!("empty{per}"),
            "visible",
            "in flight",
            "delayed",
            "oldest"
        );
        for queue in busiest.iter().take(ROWS_MAX) {
            let was = earlier.get(&arn_of(queue));
            let figure = |of: fn(&QueueFigures) -> u64| rate.of(of(queue), was.map(|was| of(was)));
            let _ = writeln!(
                out,
                "{:<40} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10} {:>8}  {}",
                format!("{}/{}/{}", queue.region, queue.account, queue.name),
                figure(|q| q.sent),
                figure(|q| q.received),
                figure(|q| q.deleted),
                figure(|q| q.empty_receives),
                queue.visible,
                queue.in_flight,
                queue.delayed,
                age(queue.oldest_ms),
                queue.dead_letter.as_ref().map(|arn| dead(arn, &now, &earlier)).unwrap_or_default(),
            );
        }
        if busiest.len() > ROWS_MAX {
            let _ = writeln!(out, "... and {} more", busiest.len() as u64 - ROWS_MAX as u64 + self.left_out);
        }
        out
    }

    fn topics_drawn(&self, before: Option<&Self>, rate: &Rate, per: &str) -> String {
        if self.topics.is_empty() {
            return String::new();
        }
        let earlier: HashMap<_, _> =
            before.iter().flat_map(|b| &b.topics).map(|topic| (&topic.arn, topic)).collect();
        let mut out = format!(
            "\n{:<40} {:>12} {:>12} {:>10} {:>14}\n",
            "topic",
            format!("published{per}"),
            format!("delivered{per}"),
            format!("failed{per}"),
            format!("filtered out{per}")
        );
        let mut busiest: Vec<_> = self.topics.iter().collect();
        busiest.sort_by_key(|t| {
            let was = earlier.get(&t.arn).map_or(0, |was| was.published);
            (std::cmp::Reverse(t.published.saturating_sub(was)), &t.arn)
        });
        for topic in busiest.into_iter().take(ROWS_MAX) {
            let was = earlier.get(&topic.arn);
            let figure = |of: fn(&TopicFigures) -> u64| {
                let was = before.map(|_| was.map_or(0, |was| of(was)));
                rate.of(of(topic), was)
            };
            let name: Vec<_> = topic.arn.split(':').skip(3).collect();
            let _ = writeln!(
                out,
                "{:<40} {:>12} {:>12} {:>10} {:>14}",
                name.join("/"),
                figure(|t| t.published),
                figure(|t| t.delivered),
                figure(|t| t.failed),
                figure(|t| t.filtered_out),
            );
        }
        out
    }

    fn rendered(&self) -> String {
        let mut out = String::new();
        let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        let mut family = |name: &str, kind: &str, lines: Vec<(String, u64)>| {
            let _ = writeln!(out, "# TYPE {name} {kind}");
            for (labels, value) in lines {
                let _ = writeln!(out, "{name}{{{labels}}} {value}");
            }
        };
        type OfQueue = fn(&QueueFigures) -> u64;
        let queues: [(&str, &str, OfQueue); 8] = [
            ("kumiki_sqs_number_of_messages_sent_total", "counter", |q| q.sent),
            ("kumiki_sqs_number_of_messages_received_total", "counter", |q| q.received),
            ("kumiki_sqs_number_of_messages_deleted_total", "counter", |q| q.deleted),
            ("kumiki_sqs_number_of_empty_receives_total", "counter", |q| q.empty_receives),
            ("kumiki_sqs_approximate_number_of_messages_visible", "gauge", |q| q.visible),
            ("kumiki_sqs_approximate_number_of_messages_not_visible", "gauge", |q| q.in_flight),
            ("kumiki_sqs_approximate_number_of_messages_delayed", "gauge", |q| q.delayed),
            ("kumiki_sqs_approximate_age_of_oldest_message_seconds", "gauge", |q| {
                q.oldest_ms.unwrap_or(0) / 1000
            }),
        ];
        for (name, kind, of) in queues {
            let labels = |q: &QueueFigures| {
                format!(
                    "region=\"{}\",account=\"{}\",queue=\"{}\"",
                    quoted(&q.region),
                    quoted(&q.account),
                    quoted(&q.name)
                )
            };
            family(name, kind, self.queues.iter().map(|q| (labels(q), of(q))).collect());
        }
        type OfTopic = fn(&TopicFigures) -> u64;
        let topics: [(&str, OfTopic); 4] = [
            ("kumiki_sns_number_of_messages_published_total", |t| t.published),
            ("kumiki_sns_number_of_notifications_delivered_total", |t| t.delivered),
            ("kumiki_sns_number_of_notifications_failed_total", |t| t.failed),
            ("kumiki_sns_number_of_notifications_filtered_out_total", |t| t.filtered_out),
        ];
        for (name, of) in topics {
            let lines = self.topics.iter().map(|t| (format!("topic=\"{}\"", quoted(&t.arn)), of(t)));
            family(name, "counter", lines.collect());
        }
        out
    }
}

/// How many messages a dead-letter queue holds, and how many more than before.
fn dead(arn: &str, now: &HashMap<String, &QueueFigures>, earlier: &HashMap<String, &QueueFigures>) -> String {
    let held = |q: &&QueueFigures| q.visible + q.in_flight + q.delayed;
    let name = arn.rsplit(':').next().unwrap_or_default();
    let Some(count) = now.get(arn).map(held) else { return format!("{name}: gone") };
    match earlier.get(arn).map(held) {
        Some(was) if was != count => format!("{name}: {count} ({:+})", count as i64 - was as i64),
        _ => format!("{name}: {count}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(name: &str, sent: u64, visible: u64) -> QueueFigures {
        QueueFigures {
            region: "us-east-1".into(),
            account: "000000000000".into(),
            name: name.into(),
            sent,
            visible,
            ..QueueFigures::default()
        }
    }

    #[test]
    fn rates_and_growth_come_from_two_pictures() {
        let dead_letter = Some("arn:aws:sqs:us-east-1:000000000000:dead".to_owned());
        let work = |sent| QueueFigures {
            dead_letter: dead_letter.clone(),
            oldest_ms: Some(130_000),
            ..queue("work", sent, 9)
        };
        let topic = |published| TopicFigures {
            arn: "arn:aws:sns:us-east-1:0:t".into(),
            published,
            ..TopicFigures::default()
        };
        let picture = |at_ms, sent, dead| Picture {
            at_ms,
            queues: vec![work(sent), queue("dead", 0, dead)],
            left_out: 3,
            topics: vec![topic(sent)],
        };
        let (before, now) = (picture(1000, 10, 2), picture(3000, 15, 6));
        let drawn = now.drawn(Some(&before));
        let line = drawn.lines().find(|line| line.contains("/work")).unwrap();
        let words: Vec<_> = line.split_whitespace().collect();
        assert_eq!(words[1], "2.5", "{drawn}");
        assert_eq!(&words[8..], ["2", "min", "dead:", "6", "(+4)"], "{drawn}");
        assert!(drawn.starts_with("5 queues\n") && drawn.contains("us-east-1/0/t"), "{drawn}");
        assert!(before.drawn(None).contains(" 10 "));
        assert!(now.rendered().contains(
            "kumiki_sqs_number_of_messages_sent_total{region=\"us-east-1\",account=\"000000000000\",queue=\"work\"} 15\n"
        ));
    }
}
