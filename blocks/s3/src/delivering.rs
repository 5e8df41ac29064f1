//! The caretaker of access logs: brings the lines that wait to the buckets that are to have them, as
//! `logging.s3.amazonaws.com`, which the policies or lists of those buckets must let in. A delivery that a crash cuts off
//! is made again, so that a line may come twice, and never not at all.

use std::sync::Arc;

use api_s3::{PutObject, PutObjectRequest};
use auth::Identity;
use bytes::Bytes;
use floor::{As, Cx, Get as _, Placement, Record as _, key::successor};
use md5::{Digest as _, Md5};
use wire::{Answer, Stream};

use crate::{
    S3,
    acl::headers_of,
    bucket::Bucket,
    limits::DAY_MS,
    log_line::parts,
    logging::{self, Form, Line, Logging, Source},
    records::{self, BucketRecord},
    settings::Of,
};

/// As whom logs are delivered.
pub const PRINCIPAL: &str = "logging.s3.amazonaws.com";

/// How old the first line is when a file is made. AWS promises no more than a few hours.
const GATHER_MS: u64 = 5 * 60 * 1000;

/// Lines of one file at most.
const LINES_MAX: usize = 20_000;

/// How long lines wait for a bucket that does not take them.
const KEPT_MS: u64 = DAY_MS;

/// Buckets that are looked at in one go.
const PAGE: usize = 1000;

/// Delivers what is due in all cells. Answers how many lines it has delivered.
pub async fn deliver(s3: &S3, cx: &mut Cx) -> Answer<u64> {
    let mut done = 0;
    let places = cx.floor().cells.places();
    if s3.logs.is_unknown() && !any_logged(cx, &places).await? {
        s3.logs.saw_none();
    }
    for place in places {
        let all = logging::all_lines();
        let mut range = all.all();
        loop {
            let found = cx.view(&place).await?.range(range.clone(), 1).await?;
            let Some((key, first)) = found.into_iter().next() else { break };
            let name = logging::bucket_of(&key)
                .ok_or_else(|| floor::fault::internal("the key of a log line cannot be read"))?;
            range.start = successor(logging::lines_of(&name).as_slice());
            done += deliver_bucket(s3, cx, &place, &name, &Line::decode(&first)?).await?;
        }
    }
    Ok(done)
}

/// Whether any bucket is logged.
async fn any_logged(cx: &Cx, places: &[Placement]) -> Answer<bool> {
    for place in places {
        let all = records::buckets();
        let mut range = all.all();
        loop {
            let found = cx.view(place).await?.range(range.clone(), PAGE).await?;
            for (_, value) in &found {
                if BucketRecord::decode(value)?.has(Of::Logging) {
                    return Ok(true);
                }
            }
            match found.last() {
                Some((key, _)) if found.len() == PAGE => range.start = Bytes::from([key, &[0][..]].concat()),
                _ => break,
            }
        }
    }
    Ok(false)
}

async fn deliver_bucket(s3: &S3, cx: &mut Cx, place: &Placement, name: &str, first: &Line) -> Answer<u64> {
    let now_ms = cx.now().0;
    if first.at_ms + GATHER_MS > now_ms {
        return Ok(0);
    }
    let mut done = 0;
    loop {
        let view = cx.view(place).await?;
        let found = view.range(logging::lines_of(name).all(), LINES_MAX).await?;
        let bucket = s3.bucket(&view, name).await?;
        let logging = match &bucket {
            Some(bucket) => s3.setting::<Logging, _>(&view, bucket).await?,
            None => None,
        };
        drop(view);
        let mut lines = Vec::with_capacity(found.len());
        for (key, value) in found {
            lines.push((key, Line::decode(&value)?));
        }
        let Some((_, first)) = lines.first() else { return Ok(done) };
        let (day, at_ms) = (first.at_ms / DAY_MS, first.at_ms);
        let (Some(bucket), Some(logging)) = (bucket, logging) else {
            // The bucket is gone, or is not logged any more.
            forget(cx, place, &lines).await?;
            continue;
        };
        if logging.form == Some(Form::Partitioned(Some(Source::Event))) {
            let same = lines.iter().take_while(|(_, line)| line.at_ms / DAY_MS == day).count();
            lines.truncate(same);
        }
        match file(cx, &bucket, &logging, &lines).await {
            Ok(()) => done += lines.len() as u64,
            Err(error) if at_ms + KEPT_MS > now_ms || error.status() >= 500 => {
                let why = error.message();
                tracing::warn!(bucket = name, target = logging.target, why, "an access log is not taken");
                return Ok(done);
            }
            Err(_) => {
                let lost = lines.len() as u64;
                cx.env().metrics.counter("kumiki_s3_log_lines_lost_total", "").add(lost);
            }
        }
        forget(cx, place, &lines).await?;
    }
}

async fn forget(cx: &mut Cx, place: &Placement, lines: &[(Bytes, Line)]) -> Answer<()> {
    let done = cx.cell(place).await?.transact(|tx| async move {
        for (key, _) in lines {
            tx.delete(&floor::Key::exactly(key));
        }
        Ok(())
    });
    done.await
}

/// Writes one file.
async fn file(cx: &Cx, bucket: &Bucket, logging: &Logging, lines: &[(Bytes, Line)]) -> Answer<()> {
    let Some((_, first)) = lines.first() else { return Ok(()) };
    let mut text = String::new();
    let mut digest = Md5::new();
    for (key, line) in lines {
        text.push_str(&line.text);
        text.push('\n');
        digest.update(key);
    }
    // The same lines make the same name, as long as they are delivered in the same second.
    let unique = hex::encode_upper(&digest.finalize()[..8]);
    let (account, region) = (bucket.record.owner, &first.region);
    let key = key_of(
        logging,
        (account.as_str(), region.as_str(), &bucket.name),
        (first.at_ms, cx.now().0),
        &unique,
    );
    let who = Identity::service(PRINCIPAL, Some(bucket.arn.clone()), Some(account));
    let grants = headers_of(logging.grants.as_deref().unwrap_or_default(), account);
    let input = PutObjectRequest {
        bucket: logging.target.clone(),
        key,
        content_type: Some("text/plain".to_owned()),
        grant_read: grants.read,
        grant_read_acp: grants.read_acp,
        grant_full_control: grants.full_control,
        body: Stream::from(Bytes::from(text)),
        ..PutObjectRequest::default()
    };
    let deliverer = cx.acting(Arc::new(who), region);
    deliverer.call::<PutObject>(As::Caller, region, input).await.map(|_| ())
}

/// `[prefix]YYYY-MM-DD-hh-mm-ss-[unique]`, or the same in folders by account, region, bucket and day.
fn key_of(
    logging: &Logging,
    (account, region, bucket): (&str, &str, &str),
    (event_ms, now_ms): (u64, u64),
    unique: &str,
) -> String {
    let by_event = logging.form == Some(Form::Partitioned(Some(Source::Event)));
    let [year, month, day, hour, minute, second] = if by_event {
        // Of events only the day is told.
        parts(event_ms / DAY_MS * DAY_MS)
    } else {
        parts(now_ms)
    };
    let prefix = &logging.prefix;
    let folders = match logging.form {
        Some(Form::Partitioned(_)) => format!("{account}/{region}/{bucket}/{year}/{month}/{day}/"),
        _ => String::new(),
    };
    format!("{prefix}{folders}{year}-{month}-{day}-{hour}-{minute}-{second}-{unique}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_of_aws() {
        let key = |form| {
            let logging = Logging { target: "t".into(), prefix: "logs/".into(), grants: None, form };
            key_of(
                &logging,
                ("111122223333", "us-east-1", "b"),
                (1_549_411_238_000, 1_549_500_000_000),
                "E568B2907131C0C0",
            )
        };
        let simple = "logs/2019-02-07-00-40-00-E568B2907131C0C0";
        assert_eq!((key(None), key(Some(Form::Simple))), (simple.to_owned(), simple.to_owned()));
        assert_eq!(
            key(Some(Form::Partitioned(None))),
            "logs/111122223333/us-east-1/b/2019/02/07/2019-02-07-00-40-00-E568B2907131C0C0"
        );
        assert_eq!(
            key(Some(Form::Partitioned(Some(Source::Event)))),
            "logs/111122223333/us-east-1/b/2019/02/06/2019-02-06-00-00-00-E568B2907131C0C0"
        );
    }
}
