use api_s3::*;
use floor::{AccountId, Answer, Identity};

use super::house::*;

async fn policy(house: &House, statements: &str) {
    let input = DeletePublicAccessBlockRequest { bucket: "photos".into(), ..Default::default() };
    house.call::<DeletePublicAccessBlock>(input).await.unwrap();
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

#[tokio::test]
async fn policies_may_ask_for_tags() {
    let house = house(1);
    house.bucket("photos").await;
    let tagged = |key: &str, tags: &str| PutObjectRequest {
        tagging: Some(tags.into()),
        ..put("photos", key, key.to_owned())
    };
    house.call::<PutObject>(tagged("public", "security=public")).await.unwrap();
    house.call::<PutObject>(tagged("private", "security=private")).await.unwrap();
    policy(
        &house,
        r#"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::photos/*",
            "Condition":{"StringEquals":{"s3:ExistingObjectTag/security":"public"}}},
           {"Effect":"Allow","Principal":"*","Action":["s3:PutObject","s3:PutObjectTagging"],"Resource":"arn:aws:s3:::photos/*",
            "Condition":{"StringEquals":{"s3:RequestObjectTag/security":"public"}}}"#,
    )
    .await;
    let anyone = house.seen_by(Identity::anonymous());
    assert_eq!(anyone.get("photos", "public").await.unwrap(), "public");
    assert_eq!(anyone.get("photos", "private").await.unwrap_err().code(), "AccessDenied");
    anyone.call::<PutObject>(tagged("new", "security=public")).await.unwrap();
    let refused = anyone.call::<PutObject>(tagged("new", "security=private")).await.unwrap_err();
    assert_eq!(refused.code(), "AccessDenied");
    assert_eq!(anyone.call::<PutObject>(put("photos", "new", "x")).await.unwrap_err().code(), "AccessDenied");
}

/// Allows everyone an action under a condition.
fn allow(action: &str, resource: &str, condition: &str) -> String {
    format!(
        r#"{{"Effect":"Allow","Principal":"*","Action":{action},"Resource":"arn:aws:s3:::{resource}","Condition":{condition}}}"#
    )
}

fn is_refused<T: std::fmt::Debug>(answer: Answer<T>) {
    assert_eq!(answer.unwrap_err().code(), "AccessDenied");
}

/// Puts the object `k` as anyone would, changed.
async fn put_by(anyone: &House, change: impl FnOnce(&mut PutObjectRequest)) -> Answer<()> {
    let mut input = put("photos", "k", "x");
    change(&mut input);
    anyone.call::<PutObject>(input).await.map(drop)
}

/// Tags the object `k` anew.
async fn retag(who: &House, tags: &[(&str, &str)]) -> Answer<()> {
    let tag_set = tags.iter().map(|(k, v)| Tag { key: (*k).into(), value: (*v).into() }).collect();
    let input = PutObjectTaggingRequest {
        bucket: "photos".into(),
        key: "k".into(),
        tagging: Tagging { tag_set },
        ..Default::default()
    };
    who.call::<PutObjectTagging>(input).await.map(drop)
}

#[tokio::test]
async fn tagging_is_bound_to_keys_and_to_what_is_tagged() {
    let house = house(1);
    house.bucket("photos").await;
    house.put("photos", "k", "x").await;
    let anyone = house.seen_by(Identity::anonymous());
    let keys = r#"{"ForAllValues:StringEquals":{"s3:RequestObjectTagKeys":["a","b"]},"Null":{"s3:RequestObjectTagKeys":"false"}}"#;
    policy(&house, &allow(r#""s3:PutObjectTagging""#, "photos/*", keys)).await;
    retag(&anyone, &[("a", "1"), ("b", "2")]).await.unwrap();
    is_refused(retag(&anyone, &[("a", "1"), ("c", "2")]).await);
    is_refused(retag(&anyone, &[]).await);
    let value = r#"{"StringEquals":{"s3:RequestObjectTag/a":"2","s3:ExistingObjectTag/a":"1"}}"#;
    policy(&house, &allow(r#""s3:PutObjectTagging""#, "photos/*", value)).await;
    is_refused(retag(&anyone, &[("a", "3")]).await);
    retag(&anyone, &[("a", "2")]).await.unwrap();
    // Now another tag is there.
    is_refused(retag(&anyone, &[("a", "2")]).await);
}

#[tokio::test]
async fn existing_tags_do_not_bind_writes() {
    let house = house(1);
    house.bucket("photos").await;
    house
        .call::<PutObject>(PutObjectRequest { tagging: Some("a=1".into()), ..put("photos", "k", "x") })
        .await
        .unwrap();
    let existing = r#"{"StringEquals":{"s3:ExistingObjectTag/a":"1"}}"#;
    policy(&house, &allow(r#"["s3:PutObject","s3:DeleteObject","s3:GetObject"]"#, "photos/*", existing))
        .await;
    let anyone = house.seen_by(Identity::anonymous());
    anyone.get("photos", "k").await.unwrap();
    is_refused(put_by(&anyone, |_| ()).await);
    let input = DeleteObjectRequest { bucket: "photos".into(), key: "k".into(), ..Default::default() };
    is_refused(anyone.call::<DeleteObject>(input).await);
}

#[tokio::test]
async fn policies_may_ask_for_versions() {
    let house = house(1);
    house.bucket("photos").await;
    house.version("photos", "Enabled").await;
    let first = house.put("photos", "k", "1").await.version_id.unwrap();
    let second = house.put("photos", "k", "2").await.version_id.unwrap();
    let named = format!(r#"{{"StringEquals":{{"s3:VersionId":"{first}"}}}}"#);
    let actions = r#"["s3:GetObject","s3:GetObjectVersion","s3:DeleteObject","s3:DeleteObjectVersion"]"#;
    policy(&house, &allow(actions, "photos/*", &named)).await;
    let anyone = house.seen_by(Identity::anonymous());
    let read = |id: &str| GetObjectRequest { version_id: Some(id.into()), ..get("photos", "k") };
    assert_eq!(anyone.read(read(&first)).await.unwrap(), "1");
    is_refused(anyone.read(read(&second)).await);
    is_refused(anyone.get("photos", "k").await);
    let delete = |version_id: Option<&str>| DeleteObjectRequest {
        bucket: "photos".into(),
        key: "k".into(),
        version_id: version_id.map(Into::into),
        ..Default::default()
    };
    is_refused(anyone.call::<DeleteObject>(delete(Some(&second))).await);
    is_refused(anyone.call::<DeleteObject>(delete(None)).await);
    anyone.call::<DeleteObject>(delete(Some(&first))).await.unwrap();
}

#[tokio::test]
async fn policies_may_ask_how_objects_are_written() {
    let house = house(1);
    house.bucket("photos").await;
    house.put("photos", "source", "s").await;
    let anyone = house.seen_by(Identity::anonymous());
    let write = r#""s3:PutObject""#;
    policy(&house, &allow(write, "photos/*", r#"{"StringEquals":{"s3:x-amz-storage-class":"STANDARD_IA"}}"#))
        .await;
    put_by(&anyone, |input| input.storage_class = Some("STANDARD_IA".into())).await.unwrap();
    is_refused(put_by(&anyone, |input| input.storage_class = Some("STANDARD".into())).await);
    is_refused(put_by(&anyone, |_| ()).await);
    let encrypted = r#"{"StringEquals":{"s3:x-amz-server-side-encryption":"AES256"}}"#;
    policy(&house, &allow(write, "photos/*", encrypted)).await;
    put_by(&anyone, |input| input.server_side_encryption = Some("AES256".into())).await.unwrap();
    is_refused(put_by(&anyone, |_| ()).await);
    let condition = r#"{"StringEquals":{"s3:x-amz-copy-source":"photos/source","s3:x-amz-metadata-directive":"REPLACE"}}"#;
    let reading = allow(r#""s3:GetObject""#, "photos/*", "{}");
    policy(&house, &format!("{},{reading}", allow(write, "photos/*", condition))).await;
    let copy = |source: &str, directive: Option<&str>| CopyObjectRequest {
        bucket: "photos".into(),
        key: "copy".into(),
        copy_source: source.into(),
        metadata_directive: directive.map(Into::into),
        ..Default::default()
    };
    anyone.call::<CopyObject>(copy("photos/source", Some("REPLACE"))).await.unwrap();
    is_refused(anyone.call::<CopyObject>(copy("photos/k", Some("REPLACE"))).await);
    is_refused(anyone.call::<CopyObject>(copy("photos/source", Some("COPY"))).await);
    is_refused(anyone.call::<CopyObject>(copy("photos/source", None)).await);
    is_refused(put_by(&anyone, |_| ()).await);
}

#[tokio::test]
async fn only_deletions_under_a_condition() {
    let house = house(1);
    house.bucket("photos").await;
    let etag = house.put("photos", "k", "x").await.etag.unwrap();
    let anyone = house.seen_by(Identity::anonymous());
    let conditional = allow(r#""s3:DeleteObject""#, "photos/*", r#"{"Null":{"s3:if-match":"false"}}"#);
    let reading = allow(r#""s3:GetObject""#, "photos/*", "{}");
    policy(&house, &format!("{conditional},{reading}")).await;
    let delete = |if_match: Option<&str>| DeleteObjectRequest {
        bucket: "photos".into(),
        key: "k".into(),
        if_match: if_match.map(Into::into),
        ..Default::default()
    };
    is_refused(anyone.call::<DeleteObject>(delete(None)).await);
    anyone.call::<DeleteObject>(delete(Some(&etag))).await.unwrap();
}
