use api_s3::*;
use floor::{AccountId, Identity};

use super::house::*;

async fn policy(house: &House, statements: &str) {
    let input = PutBucketPolicyRequest {
        bucket: "photos".into(),
        policy: Some(format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#)),
        ..Default::default()
    };
    house.call::<PutBucketPolicy>(input).await.unwrap();
}

#[tokio::test]
async fn strangers_may_what_the_policy_says() {
    let house = house(3);
    house.bucket("photos").await;
    house.put("photos", "open/a", "a").await;
    house.put("photos", "shut/b", "b").await;
    let anyone = house.seen_by(Identity::anonymous());
    let account: AccountId = "111122223333".parse().unwrap();
    let partner = house.seen_by(Identity::root(account));
    for stranger in [&anyone, &partner] {
        assert_eq!(stranger.get("photos", "open/a").await.unwrap_err().code(), "AccessDenied");
    }
    policy(
        &house,
        r#"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::photos/open/*"},
           {"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:ListBucket","Resource":"arn:aws:s3:::photos",
            "Condition":{"StringLike":{"s3:prefix":"open/*"}}},
           {"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:DeleteObject","Resource":"arn:aws:s3:::photos/open/*"}"#,
    )
    .await;
    assert_eq!(anyone.get("photos", "open/a").await.unwrap(), "a");
    assert_eq!(anyone.get("photos", "shut/b").await.unwrap_err().code(), "AccessDenied");
    // What is not there is told only to those who may list.
    assert_eq!(anyone.get("photos", "open/nothing").await.unwrap_err().code(), "AccessDenied");
    let list = |prefix: Option<&str>| ListObjectsV2Request {
        bucket: "photos".into(),
        prefix: prefix.map(Into::into),
        ..Default::default()
    };
    assert_eq!(partner.call::<ListObjectsV2>(list(None)).await.unwrap_err().code(), "AccessDenied");
    assert!(partner.call::<ListObjectsV2>(list(Some("open/"))).await.is_ok());
    let keys = ["open/a", "shut/b"].map(|key| ObjectIdentifier { key: key.into(), ..Default::default() });
    let input = DeleteObjectsRequest {
        bucket: "photos".into(),
        delete: Delete { objects: keys.into(), quiet: None },
        ..Default::default()
    };
    let done = partner.call::<DeleteObjects>(input).await.unwrap();
    assert_eq!(done.deleted.unwrap()[0].key.as_deref(), Some("open/a"));
    assert_eq!(done.errors.unwrap()[0].code.as_deref(), Some("AccessDenied"));
    assert_eq!(house.keys("photos").await, ["shut/b"]);
}

#[tokio::test]
async fn an_owner_who_locked_himself_out_mends_the_policy() {
    let house = house(1);
    house.bucket("photos").await;
    policy(&house, r#"{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::photos","arn:aws:s3:::photos/*"]}"#)
        .await;
    let fault = house.call::<PutObject>(put("photos", "k", "x")).await.unwrap_err();
    assert!(fault.message().contains("with an explicit deny in a resource-based policy"), "{fault}");
    let input = DeleteBucketPolicyRequest { bucket: "photos".into(), ..Default::default() };
    house.call::<DeleteBucketPolicy>(input).await.unwrap();
    house.put("photos", "k", "x").await;
}
