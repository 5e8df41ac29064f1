use api_s3::*;
use s3::limits::{INLINE_BYTES_MAX, KEPT_BYTES_MAX};
use wire::Stream;

use super::house::*;

#[tokio::test]
async fn bodies_of_all_sizes_come_back() {
    for cells in CELLS {
        let house = house(cells);
        house.bucket("photos").await;
        for length in
            [0, 1, INLINE_BYTES_MAX, INLINE_BYTES_MAX + 1, KEPT_BYTES_MAX, KEPT_BYTES_MAX + 1, 700_001]
        {
            let body = bytes(length as u64, length);
            let put = house.put("photos", "a/b c", body.clone()).await;
            let got = house.call::<GetObject>(get("photos", "a/b c")).await.unwrap();
            assert_eq!((&got.etag, got.content_length), (&put.etag, Some(length as i64)));
            assert_eq!(got.content_type.as_deref(), Some("binary/octet-stream"));
            assert!(whole(got.body).await.unwrap() == body, "{length} bytes");
            for range in ["bytes=0-0", "bytes=1-", "bytes=-5", "bytes=100-130", "bytes=3000-300000"] {
                let input = GetObjectRequest { range: Some(range.into()), ..get("photos", "a/b c") };
                let expected = s3::range::asked(range, length as u64);
                match (house.call::<GetObject>(input).await, expected) {
                    (Ok(part), s3::range::Asked::Some(wanted)) => {
                        assert_eq!(part.status_code, Some(206));
                        let wanted = wanted.start as usize..wanted.end as usize;
                        assert!(whole(part.body).await.unwrap() == body[wanted]);
                    }
                    (Err(fault), s3::range::Asked::Unsatisfiable) => assert_eq!(fault.code(), "InvalidRange"),
                    (Ok(all), s3::range::Asked::All) => assert!(whole(all.body).await.unwrap() == body),
                    (answer, expected) => panic!("{range} of {length}: {expected:?}, but {answer:?}"),
                }
            }
        }
        house.delete("photos", "a/b c", None).await;
        assert_eq!(house.get("photos", "a/b c").await.unwrap_err().code(), "NoSuchKey");
        assert_eq!(house.blobs_soon(0).await, 0, "a blob without an owner is left");
    }
}

#[tokio::test]
async fn a_refused_body_leaves_the_old_object_and_no_bytes() {
    let house = house(1);
    house.bucket("photos").await;
    house.put("photos", "k", "old").await;
    for length in [10, KEPT_BYTES_MAX, 300_000] {
        let wrong_md5 = PutObjectRequest {
            content_md5: Some("1B2M2Y8AsgTpgAmY7PhCfg==".into()),
            ..put("photos", "k", bytes(1, length))
        };
        assert_eq!(house.call::<PutObject>(wrong_md5).await.unwrap_err().code(), "BadDigest");
        let wrong_sum = PutObjectRequest {
            checksum_crc32: Some("AAAAAA==".into()),
            ..put("photos", "k", bytes(1, length))
        };
        let fault = house.call::<PutObject>(wrong_sum).await.unwrap_err();
        assert_eq!(fault.message(), "The CRC32 you specified did not match the calculated checksum.");
        let cut = futures_util::stream::iter([
            Ok(bytes(1, length)),
            Err(wire::StreamError::Gone("the source is damaged".into())),
        ]);
        let torn =
            PutObjectRequest { body: Stream::new(cut, Some(length as u64 + 1)), ..put("photos", "k", "") };
        assert_eq!(house.call::<PutObject>(torn).await.unwrap_err().code(), "InternalError");
        let short = futures_util::stream::iter([Ok(bytes(1, length))]);
        let short =
            PutObjectRequest { body: Stream::new(short, Some(length as u64 + 1)), ..put("photos", "k", "") };
        assert_eq!(house.call::<PutObject>(short).await.unwrap_err().code(), "IncompleteBody");
    }
    assert_eq!(house.get("photos", "k").await.unwrap(), "old");
    assert_eq!(house.blobs_soon(0).await, 0);
}

#[tokio::test]
async fn keys_are_any_text() {
    let house = house(3);
    house.bucket("photos").await;
    let mut keys = vec![
        "a//b",
        "./",
        "..",
        "a/",
        "a",
        "é日",
        "\u{1f600}",
        "%2F",
        "+ &",
        "\0",
        "a\0b",
        "~",
        "\u{10ffff}",
    ];
    for key in &keys {
        house.put("photos", key, key.as_bytes().to_vec()).await;
    }
    keys.sort_unstable();
    assert_eq!(house.keys("photos").await, keys);
    for key in keys {
        assert_eq!(house.get("photos", key).await.unwrap(), key.as_bytes());
    }
    let long = "k".repeat(1025);
    assert_eq!(
        house.call::<PutObject>(put("photos", &long, "")).await.unwrap_err().code(),
        "KeyTooLongError"
    );
    house.put("photos", &long[1..], "").await;
}

#[tokio::test]
async fn copies_are_objects_of_their_own() {
    let house = house(3);
    house.bucket("source").await;
    house.bucket("target").await;
    let body = bytes(7, 100_000);
    let input = PutObjectRequest {
        content_type: Some("text/x".into()),
        metadata: Some([("a".to_owned(), "ä".to_owned())].into()),
        tagging: Some("t=1".into()),
        ..put("source", "k y", body.clone())
    };
    house.call::<PutObject>(input).await.unwrap();
    let copy = CopyObjectRequest {
        bucket: "target".into(),
        key: "copy".into(),
        copy_source: "source/k%20y".into(),
        ..Default::default()
    };
    let copied = house.call::<CopyObject>(copy).await.unwrap();
    house.delete("source", "k y", None).await;
    let got = house.call::<GetObject>(get("target", "copy")).await.unwrap();
    assert_eq!(got.etag, copied.copy_object_result.unwrap().etag);
    assert_eq!((got.content_type.as_deref(), got.tag_count), (Some("text/x"), Some(1)));
    assert_eq!(got.metadata.unwrap()["a"], "=?UTF-8?B?w6Q=?=");
    assert!(whole(got.body).await.unwrap() == body);
    let same = CopyObjectRequest {
        bucket: "target".into(),
        key: "copy".into(),
        copy_source: "/target/copy".into(),
        ..Default::default()
    };
    assert_eq!(house.call::<CopyObject>(same).await.unwrap_err().code(), "InvalidRequest");
    let replaced = CopyObjectRequest {
        bucket: "target".into(),
        key: "copy".into(),
        copy_source: "/target/copy".into(),
        metadata_directive: Some("REPLACE".into()),
        content_type: Some("text/y".into()),
        ..Default::default()
    };
    house.call::<CopyObject>(replaced).await.unwrap();
    let got = house.call::<GetObject>(get("target", "copy")).await.unwrap();
    assert_eq!((got.content_type.as_deref(), got.metadata.unwrap().len()), (Some("text/y"), 0));
    assert!(whole(got.body).await.unwrap() == body);
    assert_eq!(house.blobs_soon(1).await, 1);
}

#[tokio::test]
async fn copies_cross_regions() {
    let house = house(1);
    house.bucket("home").await;
    let away = house.in_region("eu-west-1");
    let input = CreateBucketRequest {
        bucket: "away".into(),
        create_bucket_configuration: Some(CreateBucketConfiguration {
            location_constraint: Some("eu-west-1".into()),
            ..Default::default()
        }),
        ..Default::default()
    };
    away.call::<CreateBucket>(input).await.unwrap();
    let body = bytes(3, 50_000);
    let input = PutObjectRequest { tagging: Some("a=b".into()), ..put("away", "k", body.clone()) };
    away.call::<PutObject>(input).await.unwrap();
    let redirected = house.get("away", "k").await.unwrap_err();
    assert_eq!((redirected.code(), redirected.status()), ("PermanentRedirect", 301));
    let copy = CopyObjectRequest {
        bucket: "home".into(),
        key: "k".into(),
        copy_source: "away/k".into(),
        ..Default::default()
    };
    house.call::<CopyObject>(copy).await.unwrap();
    let got = house.call::<GetObject>(get("home", "k")).await.unwrap();
    assert_eq!(got.tag_count, Some(1));
    assert!(whole(got.body).await.unwrap() == body);
}

#[tokio::test]
async fn many_keys_go_at_once() {
    let house = house(1);
    house.bucket("photos").await;
    for i in 0..5 {
        house.put("photos", &i.to_string(), bytes(i, 40_000)).await;
    }
    let one = |key: &str, etag: Option<&str>| ObjectIdentifier {
        key: key.into(),
        etag: etag.map(Into::into),
        ..Default::default()
    };
    let objects = vec![
        one("0", None),
        one("0", None),
        one("1", Some("\"wrong\"")),
        one("2", Some("*")),
        one("x", None),
    ];
    let input = DeleteObjectsRequest {
        bucket: "photos".into(),
        delete: Delete { objects, quiet: None },
        ..Default::default()
    };
    let done = house.call::<DeleteObjects>(input).await.unwrap();
    let deleted: Vec<_> = done.deleted.unwrap().into_iter().map(|d| d.key.unwrap()).collect();
    assert_eq!(deleted, ["0", "2", "x"]);
    let errors = done.errors.unwrap();
    assert_eq!((errors.len(), errors[0].code.as_deref()), (1, Some("PreconditionFailed")));
    assert_eq!(house.keys("photos").await, ["1", "3", "4"]);
    assert_eq!(house.blobs_soon(3).await, 3);
}
