//! The yardstick: a hyper server that answers a fixed body and does nothing else.

use std::{convert::Infallible, io};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// Serves on an ephemeral port, which is printed, until it is killed. A GET of `/N` answers `N` bytes; everything else
/// has its body read and is answered with nothing.
pub(crate) async fn serve() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(async move {
            let service = service_fn(answer);
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(mut request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    while let Some(Ok(_)) = request.body_mut().frame().await {}
    static ZEROS: [u8; 8 << 20] = [0; 8 << 20];
    let wanted = request.uri().path().rsplit('/').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    let body = if request.method() == hyper::Method::GET { &ZEROS[..ZEROS.len().min(wanted)] } else { &[] };
    Ok(Response::new(Full::new(Bytes::from_static(body))))
}
