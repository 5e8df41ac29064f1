//! Answers that begin before their end is known.
//!
//! A copy, and the completion of an upload, may take longer than clients and proxies wait. S3 then says 200 early, sends
//! blanks while it works, and puts the answer behind them, or the error in its place: clients look into the document.
//! What would be a header of the answer is lost then, as it is said before anything is known.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html>
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html>

use std::time::Duration;

use bytes::Bytes;
use env::Steady;
use futures_util::{
    FutureExt,
    future::{BoxFuture, Either, select},
    stream,
};
use http::{HeaderValue, Method, Response, header, request::Parts};
use http_body_util::BodyExt as _;
use tokio::task::JoinHandle;
use wire::{Body, Stream, StreamError};

/// How long an answer may take until it is begun.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a blank is sent from then on.
const EVERY: Duration = Duration::from_secs(5);
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const XML: HeaderValue = HeaderValue::from_static("application/xml");

/// Whether a request to S3 asks for what may take long.
pub(crate) fn is_asked(head: &Parts) -> bool {
    match head.method {
        Method::PUT => head.headers.contains_key("x-amz-copy-source"),
        Method::POST => {
            let mut keys = head.uri.query().unwrap_or_default().split('&');
            keys.any(|pair| pair.starts_with("uploadId="))
        }
        _ => false,
    }
}

/// The answer that `run` gives; after [`PATIENCE`] the beginning of it, made from `begun`.
pub(crate) async fn answered(
    run: BoxFuture<'static, Response<Body>>,
    steady: Steady,
    begun: impl FnOnce() -> Response<Body>,
) -> Response<Body> {
    let waiting = Box::pin(async { steady.wait(PATIENCE).await });
    let run = match select(run, waiting).await {
        Either::Left((response, _)) => return response,
        Either::Right(((), run)) => run,
    };
    // In a task of its own: what is under way goes on when the client hangs up.
    let task = tokio::spawn(run);
    let mut response = begun();
    response.headers_mut().insert(header::CONTENT_TYPE, XML);
    let chunks = stream::unfold(Stage::Begun(task), move |stage| next(stage, steady.clone()));
    *response.body_mut() = Body::Stream(Stream::new(chunks, None));
    response
}

enum Stage {
    Begun(JoinHandle<Response<Body>>),
    Waiting(JoinHandle<Response<Body>>),
    Over,
}

/// The next piece of an answer that was begun.
async fn next(stage: Stage, steady: Steady) -> Option<(Result<Bytes, StreamError>, Stage)> {
    let task = match stage {
        Stage::Begun(task) => {
            return Some((Ok(Bytes::from_static(DECLARATION.as_bytes())), Stage::Waiting(task)));
        }
        Stage::Waiting(task) => task,
        Stage::Over => return None,
    };
    let waiting = Box::pin(async { steady.wait(EVERY).await });
    match select(task, waiting).await {
        Either::Right(((), task)) => Some((Ok(Bytes::from_static(b" ")), Stage::Waiting(task))),
        Either::Left((Ok(response), _)) => {
            let document = response.into_body().collect().map(|whole| match whole {
                Ok(whole) => Ok(undeclared(&whole.to_bytes())),
                Err(error) => Err(error),
            });
            Some((document.await, Stage::Over))
        }
        // It panicked: an answer that is cut off is taken for no success.
        Either::Left((Err(error), _)) => Some((Err(StreamError::Gone(error.to_string())), Stage::Over)),
    }
}

/// A document without its declaration, which has been sent.
fn undeclared(document: &Bytes) -> Bytes {
    let declared = document.strip_prefix(DECLARATION.trim_end().as_bytes()).map(<[u8]>::len);
    declared.map_or(document.clone(), |rest| document.slice(document.len() - rest..))
}

#[cfg(test)]
mod tests {
    use env::{Clocks, Timestamp};
    use tokio::sync::oneshot;

    use super::*;

    const DOCUMENT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><CopyObjectResult/>";

    fn begun() -> Response<Body> {
        Response::new(Body::default())
    }

    fn steady() -> Steady {
        Clocks::manual(Timestamp(0)).steady
    }

    #[tokio::test]
    async fn a_quick_answer_is_as_it_is() {
        let run =
            async { Response::builder().status(404).body(Body::from("no".to_owned())).unwrap() }.boxed();
        assert_eq!(answered(run, steady(), begun).await.status(), 404);
    }

    #[tokio::test]
    async fn a_slow_answer_begins_early_and_keeps_sending() {
        let steady = steady();
        let (tell, told) = oneshot::channel::<Response<Body>>();
        let run = async { told.await.unwrap() }.boxed();
        let whole = tokio::spawn(answered(run, steady.clone(), begun));
        let turned = |by| {
            steady.turn(by);
            tokio::task::yield_now()
        };
        while !whole.is_finished() {
            turned(Duration::from_secs(1)).await;
        }
        let response = whole.await.unwrap();
        assert_eq!((response.status().as_u16(), &response.headers()[header::CONTENT_TYPE]), (200, &XML));
        let mut body = response.into_body();
        let frame = body.frame().await.unwrap().unwrap();
        assert_eq!(frame.data_ref().unwrap(), DECLARATION);
        for _ in 0..2 {
            let mut frame = Box::pin(body.frame());
            let frame = loop {
                if let Some(frame) = (&mut frame).now_or_never() {
                    break frame.unwrap().unwrap();
                }
                turned(Duration::from_secs(1)).await;
            };
            assert_eq!(frame.data_ref().unwrap(), " ");
        }
        // The status of an answer that has begun stands; its document tells.
        let answer = Response::builder().status(409).body(Body::from(DOCUMENT.to_owned())).unwrap();
        tell.send(answer).unwrap();
        assert_eq!(body.collect().await.unwrap().to_bytes(), "<CopyObjectResult/>");
    }

    #[tokio::test]
    async fn it_goes_on_when_the_client_has_gone() {
        let steady = steady();
        let (tell, told) = oneshot::channel::<()>();
        let (done, is_done) = oneshot::channel::<()>();
        let run = async move {
            told.await.unwrap();
            done.send(()).unwrap();
            begun()
        };
        let whole = tokio::spawn(answered(run.boxed(), steady.clone(), begun));
        while !whole.is_finished() {
            steady.turn(Duration::from_secs(1));
            tokio::task::yield_now().await;
        }
        drop(whole.await.unwrap());
        tell.send(()).unwrap();
        is_done.await.unwrap();
    }

    #[test]
    fn copies_and_completions_may_be_slow() {
        let head = |method: &str, uri: &str, copy: bool| {
            let request = http::Request::builder().method(method).uri(uri);
            let request = if copy { request.header("x-amz-copy-source", "b/k") } else { request };
            request.body(()).unwrap().into_parts().0
        };
        assert!(is_asked(&head("PUT", "/b/k", true)));
        assert!(is_asked(&head("POST", "/b/k?uploadId=x", false)));
        assert!(!is_asked(&head("POST", "/b/k?uploads", false)));
        assert!(!is_asked(&head("PUT", "/b/k?uploadId=x&partNumber=1", false)));
        assert!(!is_asked(&head("GET", "/b/k?uploadId=x", true)));
    }
}
