use api_s3::*;
use bytes::Bytes;
use s3::limits::PART_BYTES_MIN;
use wire::{Answer, Stream};

use super::house::*;

const MIN: usize = PART_BYTES_MIN as usize;

impl House {
    async fn begin(&self, key: &str) -> String {
        let input =
            CreateMultipartUploadRequest { bucket: "photos".into(), key: key.into(), ..Default::default() };
        self.call::<CreateMultipartUpload>(input).await.unwrap().upload_id.unwrap()
    }

    async fn part(&self, key: &str, id: &str, number: i32, body: Bytes) -> CompletedPart {
        let input = UploadPartRequest {
            bucket: "photos".into(),
            key: key.into(),
            upload_id: id.into(),
            part_number: number,
            body: Stream::from(body),
            ..Default::default()
        };
        let etag = self.call::<UploadPart>(input).await.unwrap().etag;
        CompletedPart { part_number: Some(number), etag, ..Default::default() }
    }

    async fn complete(
        &self,
        key: &str,
        id: &str,
        parts: &[CompletedPart],
    ) -> Answer<CompleteMultipartUploadOutput> {
        let input = CompleteMultipartUploadRequest {
            bucket: "photos".into(),
            key: key.into(),
            upload_id: id.into(),
            multipart_upload: Some(CompletedMultipartUpload { parts: Some(parts.to_vec()) }),
            ..Default::default()
        };
        self.call::<CompleteMultipartUpload>(input).await
    }
}

#[tokio::test]
async fn parts_make_one_object() {
    for cells in CELLS {
        let house = house(cells);
        house.bucket("photos").await;
        let id = house.begin("k").await;
        let (one, two, three) = (bytes(1, MIN), bytes(2, MIN + 7), bytes(3, 11));
        let stale = house.part("k", &id, 2, bytes(9, 100_000)).await;
        let three_sent = house.part("k", &id, 9, three.clone()).await;
        let one_sent = house.part("k", &id, 1, one.clone()).await;
        let two_sent = house.part("k", &id, 2, two.clone()).await;
        house.part("k", &id, 5, bytes(5, 60_000)).await; // not chosen
        let old = house.complete("k", &id, &[one_sent.clone(), stale]).await.unwrap_err();
        assert_eq!(old.code(), "InvalidPart");
        let chosen = [one_sent, two_sent, three_sent];
        let done = house.complete("k", &id, &chosen).await.unwrap();
        let again = house.complete("k", &id, &chosen).await.unwrap();
        assert_eq!(done.etag, again.etag);
        assert!(done.etag.unwrap().ends_with("-3\""));
        let whole_body = [&one[..], &two[..], &three[..]].concat();
        assert!(house.get("photos", "k").await.unwrap() == whole_body);
        for (from, to) in
            [(0, 9), (MIN - 3, MIN + 3), (MIN, 2 * MIN + 6), (2 * MIN + 5, 2 * MIN + 17), (5, 2 * MIN + 17)]
        {
            let input = GetObjectRequest { range: Some(format!("bytes={from}-{to}")), ..get("photos", "k") };
            assert!(house.read(input).await.unwrap() == whole_body[from..=to], "{from}-{to}");
        }
        for (number, part) in [(1, &one), (2, &two), (3, &three)] {
            let input = GetObjectRequest { part_number: Some(number), ..get("photos", "k") };
            let got = house.call::<GetObject>(input).await.unwrap();
            assert_eq!((got.parts_count, got.status_code), (Some(3), Some(206)));
            assert!(whole(got.body).await.unwrap() == part);
        }
        let input = GetObjectRequest { part_number: Some(4), ..get("photos", "k") };
        assert_eq!(house.read(input).await.unwrap_err().code(), "InvalidPartNumber");
        assert_eq!(house.blobs_soon(2).await, 2, "parts that were replaced or not chosen are left");
        let checksum = GetObjectRequest { checksum_mode: Some("ENABLED".into()), ..get("photos", "k") };
        let got = house.call::<GetObject>(checksum).await.unwrap();
        let expected = s3::checksum::Value::of(s3::checksum::Algorithm::Crc64Nvme, &whole_body).text();
        assert_eq!(got.checksum_crc64nvme, Some(expected));
        drop(got);
        house.delete("photos", "k", None).await;
        assert_eq!(house.blobs_soon(0).await, 0);
    }
}

#[tokio::test]
async fn what_is_given_up_leaves_nothing() {
    let house = house(1);
    house.bucket("photos").await;
    let id = house.begin("k").await;
    let part = house.part("k", &id, 1, bytes(1, 100_000)).await;
    let listed = ListPartsRequest {
        bucket: "photos".into(),
        key: "k".into(),
        upload_id: id.clone(),
        ..Default::default()
    };
    assert_eq!(house.call::<ListParts>(listed.clone()).await.unwrap().parts.unwrap().len(), 1);
    let abort = AbortMultipartUploadRequest {
        bucket: "photos".into(),
        key: "k".into(),
        upload_id: id.clone(),
        ..Default::default()
    };
    house.call::<AbortMultipartUpload>(abort.clone()).await.unwrap();
    assert_eq!(house.call::<AbortMultipartUpload>(abort).await.unwrap_err().code(), "NoSuchUpload");
    assert_eq!(house.call::<ListParts>(listed).await.unwrap_err().code(), "NoSuchUpload");
    assert_eq!(house.complete("k", &id, &[part]).await.unwrap_err().code(), "NoSuchUpload");
    assert_eq!(house.blobs_soon(0).await, 0);
    let uploads = ListMultipartUploadsRequest { bucket: "photos".into(), ..Default::default() };
    assert!(house.call::<ListMultipartUploads>(uploads).await.unwrap().uploads.is_none());
}

#[tokio::test]
async fn uploads_are_listed_by_key_and_age() {
    let house = house(3);
    house.bucket("photos").await;
    let mut expected = Vec::new();
    for key in ["a", "a/1", "a/2", "b"] {
        for _ in 0..2 {
            expected.push((key.to_owned(), house.begin(key).await));
        }
    }
    let (mut all, mut key, mut id) = (Vec::new(), None, None);
    loop {
        let input = ListMultipartUploadsRequest {
            bucket: "photos".into(),
            max_uploads: Some(3),
            key_marker: key,
            upload_id_marker: id,
            ..Default::default()
        };
        let page = house.call::<ListMultipartUploads>(input).await.unwrap();
        all.extend(page.uploads.unwrap().into_iter().map(|u| (u.key.unwrap(), u.upload_id.unwrap())));
        if page.is_truncated != Some(true) {
            break;
        }
        (key, id) = (page.next_key_marker, page.next_upload_id_marker);
    }
    assert_eq!(all, expected);
    let input = ListMultipartUploadsRequest {
        bucket: "photos".into(),
        delimiter: Some("/".into()),
        ..Default::default()
    };
    let page = house.call::<ListMultipartUploads>(input).await.unwrap();
    assert_eq!((page.uploads.unwrap().len(), page.common_prefixes.unwrap().len()), (4, 1));
}

#[tokio::test]
async fn parts_may_be_copied() {
    let house = house(3);
    house.bucket("photos").await;
    let body = bytes(4, MIN + 100);
    house.put("photos", "source", body.clone()).await;
    let id = house.begin("k").await;
    let mut parts = Vec::new();
    for (number, range) in [(1, None), (2, Some("bytes=10-19"))] {
        let input = UploadPartCopyRequest {
            bucket: "photos".into(),
            key: "k".into(),
            upload_id: id.clone(),
            part_number: number,
            copy_source: "photos/source".into(),
            copy_source_range: range.map(Into::into),
            ..Default::default()
        };
        let etag = house.call::<UploadPartCopy>(input).await.unwrap().copy_part_result.unwrap().etag;
        parts.push(CompletedPart { part_number: Some(number), etag, ..Default::default() });
    }
    house.complete("k", &id, &parts).await.unwrap();
    assert!(house.get("photos", "k").await.unwrap() == [&body[..], &body[10..20]].concat());
}

#[tokio::test]
async fn a_reader_reads_to_the_end_what_was_replaced() {
    use futures_util::StreamExt as _;

    let house = house(1);
    floor::caretaker::Caretakers::start(&house.floor);
    house.bucket("photos").await;
    let id = house.begin("k").await;
    let (one, two) = (bytes(1, MIN), bytes(2, MIN));
    let parts = [house.part("k", &id, 1, one.clone()).await, house.part("k", &id, 2, two.clone()).await];
    house.complete("k", &id, &parts).await.unwrap();
    let mut reading = house.call::<GetObject>(get("photos", "k")).await.unwrap().body.take().unwrap();
    let mut seen = reading.next().await.unwrap().unwrap().to_vec();
    house.put("photos", "k", "new").await;
    house.floor.env.clocks.service.turn(std::time::Duration::from_secs(61));
    tokio::task::yield_now().await;
    while let Some(chunk) = reading.next().await {
        seen.extend_from_slice(&chunk.unwrap());
    }
    assert!(seen == [one, two].concat());
    drop(reading);
    assert_eq!(house.get("photos", "k").await.unwrap(), "new");
    for _ in 0..10_000 {
        if house.blobs().await == 0 {
            return;
        }
        house.floor.env.clocks.service.turn(std::time::Duration::from_secs(61));
        tokio::task::yield_now().await;
    }
    panic!("parts that nobody reads are left");
}
