use std::sync::Arc;

use api_s3::*;
use futures_util::future::join_all;

use super::house::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_many_creates_it() {
    let house = Arc::new(house(1));
    house.bucket("photos").await;
    let tries = (0..16).map(|i| {
        let house = house.clone();
        tokio::spawn(async move {
            let input =
                PutObjectRequest { if_none_match: Some("*".into()), ..put("photos", "k", bytes(i, 40_000)) };
            house.call::<PutObject>(input).await.map(|p| p.etag)
        })
    });
    let outcomes: Vec<_> = join_all(tries).await.into_iter().map(Result::unwrap).collect();
    let won: Vec<_> = outcomes.iter().filter_map(|o| o.as_ref().ok()).collect();
    assert_eq!(won.len(), 1);
    for fault in outcomes.iter().filter_map(|o| o.as_ref().err()) {
        assert_eq!(fault.code(), "PreconditionFailed");
    }
    let head = HeadObjectRequest { bucket: "photos".into(), key: "k".into(), ..Default::default() };
    assert_eq!(house.call::<HeadObject>(head).await.unwrap().etag, *won[0]);
    assert_eq!(house.blobs_soon(1).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_see_one_whole_object_while_it_is_replaced() {
    let house = Arc::new(house(1));
    house.bucket("photos").await;
    let of = |i: u64| bytes(i, [100, 5_000, 200_000][i as usize % 3]);
    let expected: Arc<Vec<_>> = Arc::new((0..12).map(of).collect());
    house.put("photos", "k", expected[0].clone()).await;
    let (writer, bodies) = (house.clone(), expected.clone());
    let writing = tokio::spawn(async move {
        for i in 0..120 {
            writer.put("photos", "k", bodies[i % bodies.len()].clone()).await;
        }
    });
    let readers = (0..3).map(|_| {
        let (house, expected) = (house.clone(), expected.clone());
        tokio::spawn(async move {
            for _ in 0..150 {
                let seen = house.get("photos", "k").await.unwrap();
                assert!(expected.contains(&seen), "{} bytes that nobody wrote", seen.len());
            }
        })
    });
    for reader in join_all(readers).await {
        reader.unwrap();
    }
    writing.await.unwrap();
    let left = usize::from(expected[119 % 12].len() > 32_768);
    assert_eq!(house.blobs_soon(left).await, left);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_of_versions_lose_nothing() {
    let house = Arc::new(house(1));
    house.bucket("photos").await;
    house.version("photos", "Enabled").await;
    let writers = (0..8).map(|i| {
        let house = house.clone();
        tokio::spawn(async move {
            let mut ids = Vec::new();
            for n in 0..10 {
                ids.push(house.put("photos", "k", format!("{i}-{n}")).await.version_id.unwrap());
            }
            ids
        })
    });
    let mut written: Vec<_> = join_all(writers).await.into_iter().flat_map(Result::unwrap).collect();
    let input = ListObjectVersionsRequest { bucket: "photos".into(), ..Default::default() };
    let listed = house.call::<ListObjectVersions>(input).await.unwrap().versions.unwrap();
    let mut listed: Vec<_> = listed.into_iter().map(|v| v.version_id.unwrap()).collect();
    written.sort();
    listed.sort();
    assert_eq!(listed, written);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bucket_is_created_and_deleted_by_many() {
    let house = Arc::new(house(3));
    let tasks = (0..6).map(|i| {
        let house = house.clone();
        tokio::spawn(async move {
            for _ in 0..8 {
                if i % 2 == 0 {
                    let input = CreateBucketRequest { bucket: "photos".into(), ..Default::default() };
                    let _ = house.call::<CreateBucket>(input).await;
                } else {
                    let input = DeleteBucketRequest { bucket: "photos".into(), ..Default::default() };
                    let _ = house.call::<DeleteBucket>(input).await;
                }
            }
        })
    });
    for task in join_all(tasks).await {
        task.unwrap();
    }
    // Whatever came last: the directory agrees with the bucket, and the name can be had again.
    let head = HeadBucketRequest { bucket: "photos".into(), ..Default::default() };
    for _ in 0..1000 {
        let there = house.call::<HeadBucket>(head.clone()).await.is_ok();
        let listed = house.call::<ListBuckets>(ListBucketsRequest::default()).await.unwrap();
        if listed.buckets.unwrap().len() == usize::from(there) {
            break;
        }
        tokio::task::yield_now().await;
    }
    house.bucket("photos").await;
    let listed = house.call::<ListBuckets>(ListBucketsRequest::default()).await.unwrap();
    assert_eq!(listed.buckets.unwrap().len(), 1);
    house.put("photos", "k", "v").await;
}
