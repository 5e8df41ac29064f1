use api_s3::*;
use floor::{AccountId, Identity};

use super::house::*;

fn create(name: &str, region: Option<&str>) -> CreateBucketRequest {
    let constraint = region
        .map(|r| CreateBucketConfiguration { location_constraint: Some(r.into()), ..Default::default() });
    CreateBucketRequest { bucket: name.into(), create_bucket_configuration: constraint, ..Default::default() }
}

fn named(name: &str) -> DeleteBucketRequest {
    DeleteBucketRequest { bucket: name.into(), ..Default::default() }
}

impl House {
    async fn buckets(&self) -> Vec<String> {
        let listed = self.call::<ListBuckets>(ListBucketsRequest::default()).await.unwrap();
        listed.buckets.unwrap().into_iter().map(|b| b.name.unwrap()).collect()
    }
}

#[tokio::test]
async fn a_name_belongs_to_one_bucket() {
    for cells in CELLS {
        let house = house(cells);
        house.bucket("photos").await;
        house.bucket("photos").await; // in the first region, again is as good as once
        let other: AccountId = "111122223333".parse().unwrap();
        let other = house.seen_by(Identity::root(other));
        let taken = other.call::<CreateBucket>(create("photos", None)).await.unwrap_err();
        assert_eq!(taken.code(), "BucketAlreadyExists");
        let away = house.in_region("eu-west-1");
        let mine = away.call::<CreateBucket>(create("photos", Some("eu-west-1"))).await.unwrap_err();
        assert_eq!(mine.code(), "BucketAlreadyOwnedByYou");
        away.call::<CreateBucket>(create("bilder", Some("eu-west-1"))).await.unwrap();
        let again = away.call::<CreateBucket>(create("bilder", Some("eu-west-1"))).await.unwrap_err();
        assert_eq!((again.code(), again.status()), ("BucketAlreadyOwnedByYou", 409));
        assert_eq!(house.buckets().await, ["bilder", "photos"]);
        assert_eq!(away.buckets().await, ["bilder", "photos"]);
        assert_eq!(other.buckets().await, [""; 0]);
        house.call::<DeleteBucket>(named("photos")).await.unwrap();
        assert_eq!(house.call::<DeleteBucket>(named("photos")).await.unwrap_err().code(), "NoSuchBucket");
        other.call::<CreateBucket>(create("photos", None)).await.unwrap();
        assert_eq!(house.buckets().await, ["bilder"]);
        assert_eq!(other.buckets().await, ["photos"]);
    }
}

#[tokio::test]
async fn a_bucket_made_again_shares_nothing_with_the_former() {
    let house = house(3);
    for round in 0..5 {
        house.bucket("photos").await;
        assert_eq!(house.keys("photos").await, [""; 0]);
        house.put("photos", "k", bytes(round, 40_000)).await;
        let full = house.call::<DeleteBucket>(named("photos")).await.unwrap_err();
        assert_eq!(full.code(), "BucketNotEmpty");
        house.delete("photos", "k", None).await;
        // An upload that was begun does not keep a bucket.
        let upload =
            CreateMultipartUploadRequest { bucket: "photos".into(), key: "u".into(), ..Default::default() };
        let id = house.call::<CreateMultipartUpload>(upload).await.unwrap().upload_id.unwrap();
        let part = UploadPartRequest {
            bucket: "photos".into(),
            key: "u".into(),
            upload_id: id,
            part_number: 1,
            body: wire::Stream::from(bytes(round, 50_000)),
            ..Default::default()
        };
        house.call::<UploadPart>(part).await.unwrap();
        house.call::<DeleteBucket>(named("photos")).await.unwrap();
    }
    for _ in 0..100_000 {
        if house.blobs().await == 0 {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("uploads of deleted buckets are left");
}

#[tokio::test]
async fn listings_are_paged() {
    let house = house(3);
    for name in ["aaa", "aab", "abb", "bbb", "ccc"] {
        house.bucket(name).await;
    }
    let (mut all, mut token) = (Vec::new(), None);
    loop {
        let input =
            ListBucketsRequest { max_buckets: Some(2), continuation_token: token, ..Default::default() };
        let page = house.call::<ListBuckets>(input).await.unwrap();
        let names: Vec<_> = page.buckets.unwrap().into_iter().map(|b| b.name.unwrap()).collect();
        assert!(names.len() <= 2);
        all.extend(names);
        token = page.continuation_token;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(all, ["aaa", "aab", "abb", "bbb", "ccc"]);
    let input = ListBucketsRequest { prefix: Some("aa".into()), ..Default::default() };
    let found = house.call::<ListBuckets>(input).await.unwrap().buckets.unwrap();
    assert_eq!(found.len(), 2);
    let input = ListBucketsRequest { bucket_region: Some("eu-west-1".into()), ..Default::default() };
    assert_eq!(house.call::<ListBuckets>(input).await.unwrap().buckets.unwrap().len(), 0);
}

#[tokio::test]
async fn a_region_answers_for_its_own_buckets() {
    let house = house(1);
    house.bucket("photos").await;
    let away = house.in_region("eu-west-1");
    let input = HeadBucketRequest { bucket: "photos".into(), ..Default::default() };
    let fault = away.call::<HeadBucket>(input).await.unwrap_err();
    assert_eq!(fault.status(), 301);
    let region = fault.headers().iter().find(|(name, _)| name.as_str() == "x-amz-bucket-region");
    assert_eq!(region.unwrap().1, "us-east-1");
    let input = HeadBucketRequest { bucket: "nowhere".into(), ..Default::default() };
    assert_eq!(away.call::<HeadBucket>(input).await.unwrap_err().code(), "NoSuchBucket");
    let input =
        HeadBucketRequest { bucket: "photos".into(), expected_bucket_owner: Some("111122223333".into()) };
    assert_eq!(house.call::<HeadBucket>(input).await.unwrap_err().code(), "AccessDenied");
}
