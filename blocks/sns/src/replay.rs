//! Replays: what a topic's archive holds, delivered once more to one subscription.
//! <https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-subscriber.html>
//!
//! While a replay is under way, what is published goes to the subscription out of the archive, too, so that the order
//! stays. Once it has caught up, what follows goes its usual way, or nowhere behind the ending point.

use floor::{
    AccountId, Answer, Cx, Entry, Get, KeyRange, Lane, Record as _, Region, Sender, Tx, first_format,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    fault,
    filter::Sight,
    limits,
    publish::Desk,
    records::{self, Archive, Archived, Message, Replay, Stage, Subscription, Topic},
    topic::TopicName,
};

/// The step's name in the outbox.
pub(crate) const REPLAY: &str = "replay";

/// Published messages take their time before they take their number: one that is earlier by so much may stand behind.
const OUT_OF_ORDER_MS: u64 = 60_000;

/// What a policy asks for, in milliseconds since the epoch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Span {
    from_ms: u64,
    until_ms: Option<u64>,
}

impl Span {
    /// Reads a replay policy; `None` where it ends the replay.
    pub(crate) fn read(policy: &str) -> Answer<Option<Self>> {
        let wrong = |why: String| fault::invalid(format!("ReplayPolicy: {why}"));
        if policy.is_empty() {
            return Ok(None);
        }
        let all: Map<String, Value> =
            serde_json::from_str(policy).map_err(|_| wrong("failed to parse JSON.".into()))?;
        if all.is_empty() {
            return Ok(None);
        }
        if let Some(unknown) =
            all.keys().find(|name| !["PointType", "StartingPoint", "EndingPoint"].contains(&name.as_str()))
        {
            return Err(wrong(format!("unknown field {unknown}")));
        }
        if all.get("PointType").and_then(Value::as_str) != Some("Timestamp") {
            return Err(wrong("PointType must be Timestamp".into()));
        }
        let point = |name: &str| -> Answer<Option<u64>> {
            let Some(value) = all.get(name) else { return Ok(None) };
            let time = value.as_str().and_then(wire::Time::parse);
            let ms = time.and_then(|time| u64::try_from(time.millis()).ok());
            ms.map(Some).ok_or_else(|| wrong(format!("{name} must be a timestamp in ISO 8601 format")))
        };
        let from_ms = point("StartingPoint")?.ok_or_else(|| wrong("StartingPoint is required".into()))?;
        let until_ms = point("EndingPoint")?;
        if until_ms.is_some_and(|until| until <= from_ms) {
            return Err(wrong("EndingPoint must be later than StartingPoint".into()));
        }
        Ok(Some(Self { from_ms, until_ms }))
    }
}

/// Begins the replay that the subscription's attributes ask for, in place of one before it, or ends it.
pub(crate) async fn begin(
    tx: &Tx,
    topic: &Topic,
    to: &Subscription,
    name: &TopicName,
    sender: &Sender,
    run: &str,
) -> Answer<()> {
    let key = records::replay(&topic.instance, &to.id);
    let Some(policy) = to.attributes.get("ReplayPolicy") else {
        tx.delete(&key);
        return Ok(());
    };
    if !topic.fifo {
        return Err(fault::invalid("ReplayPolicy Reason: Replay is only supported for FIFO topics"));
    }
    let Some(archive) = tx.load::<Archive>(&records::archive(&topic.instance)).await? else {
        return Err(fault::invalid("ReplayPolicy Reason: The topic does not have an active ArchivePolicy"));
    };
    let Some(span) = Span::read(policy)? else { return Ok(()) };
    let replay = Replay {
        run: run.to_owned(),
        archive: archive.id,
        from_ms: span.from_ms,
        until_ms: span.until_ms,
        next: 0,
        stage: Stage::Pending,
    };
    tx.save(&key, &replay);
    let step = Run {
        region: name.region.clone(),
        account: name.account,
        topic: name.name.clone(),
        instance: topic.instance.clone(),
        subscription: to.id.clone(),
        id: run.to_owned(),
    };
    let lane = Lane::new("sns-replay", &format!("{} {}", topic.instance, to.id));
    tx.outbox(Entry::step(lane, sender, &name.region, REPLAY, step.encode()));
    Ok(())
}

/// Whether a message that is published does not go to the subscription now, or at all, because of a replay.
pub(crate) async fn holds_back(
    tx: &Tx,
    instance: &str,
    to: &Subscription,
    message: &Message,
) -> Answer<bool> {
    if !to.attributes.contains_key("ReplayPolicy") {
        return Ok(false);
    }
    let Some(replay) = tx.load::<Replay>(&records::replay(instance, &to.id)).await? else { return Ok(false) };
    Ok(replay.holds_back(message))
}

impl Replay {
    fn holds_back(&self, message: &Message) -> bool {
        match self.stage {
            Stage::Pending | Stage::Running => true,
            Stage::CaughtUp => {
                message.sequence.is_some_and(|sequence| sequence < self.next) || self.is_behind(message.at_ms)
            }
            Stage::Failed => false,
        }
    }

    /// Whether the replay ended before that moment.
    fn is_behind(&self, at_ms: u64) -> bool {
        self.until_ms.is_some_and(|until| at_ms > until)
    }

    /// The words of `ReplayStatus`.
    pub(crate) fn status(&self, now_ms: u64) -> &'static str {
        match self.stage {
            Stage::Pending => "Pending",
            Stage::Running => "In progress",
            Stage::CaughtUp if self.until_ms.is_some_and(|until| now_ms < until) => "In progress",
            Stage::CaughtUp => "Completed",
            Stage::Failed => "Failed",
        }
    }
}

/// A replay that is to be done.
#[derive(Serialize, Deserialize)]
pub(crate) struct Run {
    region: Region,
    account: AccountId,
    topic: String,
    instance: String,
    subscription: String,
    /// Of the replay that it is about.
    id: String,
}

first_format!(Run);

impl Run {
    /// Delivers page after page. Where it stands is committed with each, so that a crash repeats nothing.
    pub(crate) async fn run(self, cx: &mut Cx) -> Answer<()> {
        let name = TopicName { region: self.region.clone(), account: self.account, name: self.topic.clone() };
        let place = name.place_anywhere();
        let desk = Desk::new(cx, &name, None);
        let first = self.seek(&cx.view(&place).await?).await?;
        loop {
            let (this, desk) = (&self, &desk);
            let cell = cx.cell(&place).await?;
            if cell.transact(|tx| async move { this.page(&tx, desk, first).await }).await? {
                return Ok(());
            }
        }
    }

    async fn load<R: Get>(&self, read: &R) -> Answer<Option<Replay>> {
        let replay = read.load::<Replay>(&records::replay(&self.instance, &self.subscription)).await?;
        Ok(replay.filter(|replay| replay.run == self.id))
    }

    /// The sequence number from which on messages are looked at.
    async fn seek<R: Get>(&self, read: &R) -> Answer<u64> {
        let Some(replay) = self.load(read).await? else { return Ok(0) };
        let from_ms = replay.from_ms.saturating_sub(OUT_OF_ORDER_MS);
        let all = records::archived_all(&replay.archive);
        let sequence =
            |key: &[u8]| key.get(all.len()..).and_then(|n| n.try_into().ok()).map_or(0, u64::from_be_bytes);
        let (first, last) = (read.range(all.all(), 1).await?, KeyRange { reverse: true, ..all.all() });
        let last = read.range(last, 1).await?;
        let (Some((first, _)), Some((last, _))) = (first.first(), last.first()) else { return Ok(0) };
        let (mut low, mut high) = (sequence(first), sequence(last) + 1);
        // All before `low` are too early, none from `high` on.
        while low < high {
            let middle = low + (high - low) / 2;
            let from = KeyRange {
                start: records::archived(&replay.archive, middle).as_slice().to_vec().into(),
                ..all.all()
            };
            match read.range(from, 1).await?.first() {
                Some((key, stored)) if Archived::decode(stored)?.at_ms < from_ms => low = sequence(key) + 1,
                _ => high = middle,
            }
        }
        Ok(low)
    }

    /// One page; answers whether it was the last.
    async fn page(&self, tx: &Tx, desk: &Desk, first: u64) -> Answer<bool> {
        let Some(mut replay) = self.load(tx).await? else { return Ok(true) };
        if matches!(replay.stage, Stage::CaughtUp | Stage::Failed) {
            return Ok(true);
        }
        let key = records::replay(&self.instance, &self.subscription);
        let archive = tx.load::<Archive>(&records::archive(&self.instance)).await?;
        let to = tx.load::<Subscription>(&records::subscription(&self.instance, &self.subscription)).await?;
        let (Some(archive), Some(to)) = (archive.filter(|a| a.id == replay.archive), to) else {
            replay.stage = Stage::Failed;
            tx.save(&key, &replay);
            return Ok(true);
        };
        let begins_ms = archive.begins_ms(desk.at_ms).max(replay.from_ms);
        replay.next = replay.next.max(first);
        let mut range = records::archived_all(&archive.id).all();
        range.start = records::archived(&archive.id, replay.next).as_slice().to_vec().into();
        let prefix = records::archived_all(&archive.id).len();
        let found = tx.range(range, limits::ARCHIVE_PAGE).await?;
        let (mut is_last, mut bytes) = (found.len() < limits::ARCHIVE_PAGE, 0);
        for (at, stored) in found {
            let archived = Archived::decode(&stored)?;
            bytes += archived.sealed.len();
            if bytes > limits::HANDED_OUT_BYTES / 4 && bytes > archived.sealed.len() {
                is_last = false;
                break;
            }
            let sequence = at.get(prefix..).and_then(|n| n.try_into().ok()).map(u64::from_be_bytes);
            replay.next = floor::tx::expected(sequence, "the number of an archived message")? + 1;
            if archived.at_ms < begins_ms || replay.is_behind(archived.at_ms) {
                continue;
            }
            let message = desk.open(&archived.message, &archived.sealed)?;
            if let Some(entry) = desk.replayed(&Sight::of(&message), &to, &self.id) {
                tx.outbox(entry);
            }
        }
        replay.stage = if is_last { Stage::CaughtUp } else { Stage::Running };
        tx.save(&key, &replay);
        Ok(is_last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_judged() {
        let read = |text: &str| Span::read(text);
        let whole = r#"{"PointType":"Timestamp","StartingPoint":"1970-01-01T00:00:01.500Z","EndingPoint":"1970-01-01T00:00:02Z"}"#;
        assert_eq!(read(whole).unwrap(), Some(Span { from_ms: 1500, until_ms: Some(2000) }));
        assert_eq!(read("").unwrap(), None);
        assert_eq!(read("{}").unwrap(), None);
        for wrong in [
            "x",
            r#"{"PointType":"Sequence","StartingPoint":"1970-01-01T00:00:01Z"}"#,
            r#"{"PointType":"Timestamp"}"#,
            r#"{"PointType":"Timestamp","StartingPoint":"yesterday"}"#,
            r#"{"PointType":"Timestamp","StartingPoint":"1970-01-01T00:00:02Z","EndingPoint":"1970-01-01T00:00:01Z"}"#,
            r#"{"PointType":"Timestamp","StartingPoint":"1970-01-01T00:00:02Z","More":1}"#,
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_published_waits_for_its_turn() {
        let message = |sequence, at_ms| Message {
            id: String::new(),
            topic_arn: String::new(),
            body: String::new(),
            subject: None,
            per_protocol: false,
            attributes: Vec::new(),
            group: None,
            deduplication: None,
            sequence: Some(sequence),
            at_ms,
        };
        let mut replay = Replay {
            run: String::new(),
            archive: String::new(),
            from_ms: 0,
            until_ms: Some(100),
            next: 5,
            stage: Stage::Running,
        };
        assert!(replay.holds_back(&message(9, 50)) && replay.status(0) == "In progress");
        replay.stage = Stage::CaughtUp;
        assert!(replay.holds_back(&message(4, 50)), "it came out of the archive");
        assert!(!replay.holds_back(&message(5, 50)));
        assert!(replay.holds_back(&message(6, 101)), "behind the ending point");
        assert_eq!((replay.status(50), replay.status(100)), ("In progress", "Completed"));
    }
}
