//! Shrinks each photograph that S3 announces: `worker QUEUE_URL THUMBNAIL_BUCKET`.
//!
//! A message is deleted only when its thumbnails are stored. A worker that dies in between deletes nothing, so the message
//! shows again when its visibility timeout is over, and another worker takes it.

use std::{env, error::Error, io::Cursor};

use aws_config::retry::RetryConfig;
use aws_sdk_s3::primitives::ByteStream;
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, rustls_provider::CryptoMode},
};
use image::{ImageFormat, ImageReader};
use percent_encoding::percent_decode_str;
use serde_json::Value;

type Failure = Box<dyn Error + Send + Sync>;

/// The longest side of a thumbnail, in pixels.
const EDGE: u32 = 1024;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut words = env::args().skip(1);
    let (Some(queue), Some(thumbnails)) = (words.next(), words.next()) else {
        return Err("usage: worker QUEUE_URL THUMBNAIL_BUCKET".into());
    };
    let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
    let patient = RetryConfig::standard().with_max_attempts(12); // outlives a restart of the server
    let config = aws_config::from_env().http_client(http).retry_config(patient).load().await;
    let s3 = aws_sdk_s3::Client::from_conf(
        aws_sdk_s3::config::Builder::from(&config).force_path_style(true).build(),
    );
    let sqs = aws_sdk_sqs::Client::new(&config);
    loop {
        let poll = sqs.receive_message().queue_url(&queue).max_number_of_messages(1).wait_time_seconds(20);
        for message in poll.send().await?.messages.unwrap_or_default() {
            let event: Value = serde_json::from_str(message.body().unwrap_or_default())?;
            for record in event["Records"].as_array().unwrap_or(&Vec::new()) {
                shrink(&s3, &record["s3"], &thumbnails).await?;
            }
            let handle = message.receipt_handle.unwrap_or_default();
            sqs.delete_message().queue_url(&queue).receipt_handle(handle).send().await?;
        }
    }
}

/// Fetches the photograph of one event record, shrinks it and stores the result under the same key.
async fn shrink(s3: &aws_sdk_s3::Client, event: &Value, thumbnails: &str) -> Result<(), Failure> {
    let bucket = event["bucket"]["name"].as_str().ok_or("no bucket in the event")?;
    let key = decoded(event["object"]["key"].as_str().ok_or("no key in the event")?)?;
    println!("working on {key}");
    let photograph =
        s3.get_object().bucket(bucket).key(&key).send().await?.body.collect().await?.into_bytes();
    let small = tokio::task::spawn_blocking(move || thumbnail(&photograph)).await??;
    let put = s3.put_object().bucket(thumbnails).key(&key).content_type("image/jpeg");
    put.body(ByteStream::from(small)).send().await?;
    println!("done {key}");
    Ok(())
}

fn thumbnail(photograph: &[u8]) -> Result<Vec<u8>, Failure> {
    let picture = ImageReader::with_format(Cursor::new(photograph), ImageFormat::Jpeg).decode()?;
    let mut small = Cursor::new(Vec::new());
    picture.thumbnail(EDGE, EDGE).write_to(&mut small, ImageFormat::Jpeg)?;
    Ok(small.into_inner())
}

/// Keys in events are encoded as in forms.
fn decoded(key: &str) -> Result<String, Failure> {
    Ok(percent_decode_str(&key.replace('+', " ")).decode_utf8()?.into_owned())
}
