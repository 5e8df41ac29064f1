//! The futures of requests are moved to the heap as a whole, used or not: how large they are is a cost of each request.

use api_s3::*;
use wire::Operation;

use crate::house::{get, house, put};

/// Bytes of the future of a call.
fn size<O: Operation>(input: O::Input) -> usize {
    let house = house(1);
    let mut cx = house.cx();
    let call = house.floor.registry.call::<O>().unwrap();
    let future = call.call(&mut cx, input);
    std::mem::size_of_val(&*future)
}

#[test]
fn futures_of_small_requests_are_small() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let _inside = runtime.enter();
    let put = size::<PutObject>(put("bucket", "key", "body"));
    let get = size::<GetObject>(get("bucket", "key"));
    let list = size::<ListObjectsV2>(ListObjectsV2Request::default());
    let delete = size::<DeleteObject>(DeleteObjectRequest::default());
    let sizes = [("put", put, 8000), ("get", get, 4600), ("list", list, 3300), ("delete", delete, 3300)];
    for (name, bytes, most) in sizes {
        assert!(
            bytes <= most,
            "the future of {name} has {bytes} bytes: what is rare belongs into a box of its own"
        );
    }
}
