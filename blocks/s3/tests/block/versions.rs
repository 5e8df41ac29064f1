use std::collections::BTreeMap;

use api_s3::*;
use proptest::prelude::*;
use tokio::runtime::Runtime;

use super::house::*;

/// What a client does.
#[derive(Clone, Debug)]
enum Step {
    Put(u8, u8),
    Delete(u8),
    /// The n-th of the key's versions, the newest first.
    DeleteVersion(u8, u8),
    Enable,
    Suspend,
    Tag(u8, u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0..3_u8, any::<u8>()).prop_map(|(k, b)| Step::Put(k, b)),
        3 => (0..3_u8).prop_map(Step::Delete),
        4 => (0..3_u8, 0..4_u8).prop_map(|(k, n)| Step::DeleteVersion(k, n)),
        1 => Just(Step::Enable),
        1 => Just(Step::Suspend),
        1 => (0..3_u8, 0..4_u8).prop_map(|(k, n)| Step::Tag(k, n)),
    ];
    prop::collection::vec(step, 1..40)
}

/// A version: its id, and its body, where it is no delete marker.
type Version = (String, Option<Vec<u8>>);

/// The rules of versions in their plainest form: a list per key, the newest first.
#[derive(Default)]
struct Model {
    status: Option<bool>,
    keys: BTreeMap<String, Vec<Version>>,
}

impl Model {
    fn add(&mut self, key: &str, id: Option<&str>, body: Option<Vec<u8>>) {
        let versions = self.keys.entry(key.to_owned()).or_default();
        let id = if self.status == Some(true) { id.expect("an id").to_owned() } else { "null".to_owned() };
        versions.retain(|(other, _)| *other != id);
        versions.insert(0, (id, body));
    }

    fn remove(&mut self, key: &str, id: &str) {
        if let Some(versions) = self.keys.get_mut(key) {
            versions.retain(|(other, _)| other != id);
        }
    }
}

async fn compare(house: &House, model: &Model) {
    let current: Vec<_> = (model.keys.iter())
        .filter(|(_, v)| v.first().is_some_and(|(_, body)| body.is_some()))
        .map(|(k, _)| k.clone())
        .collect();
    assert_eq!(house.keys("photos").await, current);
    for (key, versions) in &model.keys {
        match (house.get("photos", key).await, versions.first()) {
            (Ok(body), Some((_, Some(expected)))) => assert_eq!(body, expected),
            (Err(fault), Some((_, None)) | None) => assert_eq!(fault.code(), "NoSuchKey"),
            (answer, expected) => panic!("{key}: {expected:?}, but {answer:?}"),
        }
        for (id, expected) in versions {
            let input = GetObjectRequest { version_id: Some(id.clone()), ..get("photos", key) };
            match (house.read(input).await, expected) {
                (Ok(body), Some(expected)) => assert_eq!(body, expected),
                (Err(fault), None) => assert_eq!(fault.code(), "MethodNotAllowed"),
                (answer, expected) => panic!("{key} {id}: {expected:?}, but {answer:?}"),
            }
        }
    }
    let expected = model.keys.iter().flat_map(|(key, versions)| {
        let entry =
            move |(i, (id, body)): (usize, &Version)| (key.clone(), id.clone(), body.is_some(), i == 0);
        versions.iter().enumerate().map(entry)
    });
    // The document lists objects and delete markers apart.
    let (objects, markers): (Vec<_>, Vec<_>) = expected.partition(|(_, _, is_object, _)| *is_object);
    for max in [1000, 2] {
        assert_eq!(listed(house, max).await, (objects.clone(), markers.clone()));
    }
}

/// Key, id, whether it is an object, whether it is the latest.
type Entry = (String, String, bool, bool);

/// All versions, and all delete markers, in order.
async fn listed(house: &House, max: i32) -> (Vec<Entry>, Vec<Entry>) {
    let (mut objects, mut all_markers) = (Vec::new(), Vec::new());
    let (mut key_marker, mut version_id_marker) = (None, None);
    loop {
        let input = ListObjectVersionsRequest {
            bucket: "photos".into(),
            max_keys: Some(max),
            key_marker,
            version_id_marker,
            ..Default::default()
        };
        let page = house.call::<ListObjectVersions>(input).await.unwrap();
        let versions = page.versions.unwrap_or_default().into_iter();
        objects.extend(versions.map(|v| (v.key.unwrap(), v.version_id.unwrap(), true, v.is_latest.unwrap())));
        let markers = page.delete_markers.unwrap_or_default().into_iter();
        all_markers
            .extend(markers.map(|v| (v.key.unwrap(), v.version_id.unwrap(), false, v.is_latest.unwrap())));
        if page.is_truncated != Some(true) {
            return (objects, all_markers);
        }
        (key_marker, version_id_marker) = (page.next_key_marker, page.next_version_id_marker);
    }
}

async fn run(cells: u32, steps: &[Step]) {
    let house = house(cells);
    house.bucket("photos").await;
    let mut model = Model::default();
    for step in steps {
        match step {
            Step::Enable => {
                house.version("photos", "Enabled").await;
                model.status = Some(true);
            }
            Step::Suspend => {
                house.version("photos", "Suspended").await;
                model.status = Some(false);
            }
            Step::Put(key, seed) => {
                // Bodies in all three places.
                let length = [3, 5_000, 40_000][usize::from(*seed) % 3];
                let (key, body) = (format!("k{key}"), bytes(u64::from(*seed), length));
                let put = house.put("photos", &key, body.clone()).await;
                model.add(&key, put.version_id.as_deref(), Some(body.to_vec()));
            }
            Step::Delete(key) => {
                let key = format!("k{key}");
                let deleted = house.delete("photos", &key, None).await;
                if model.status.is_none() {
                    model.keys.remove(&key);
                } else {
                    assert_eq!(deleted.delete_marker, Some(true));
                    model.add(&key, deleted.version_id.as_deref(), None);
                }
            }
            Step::DeleteVersion(key, n) => {
                let key = format!("k{key}");
                let version = model.keys.get(&key).and_then(|v| v.get(usize::from(*n))).cloned();
                if let Some((id, body)) = version {
                    let deleted = house.delete("photos", &key, Some(&id)).await;
                    assert_eq!(deleted.delete_marker.is_some(), body.is_none());
                    model.remove(&key, &id);
                }
            }
            Step::Tag(key, n) => {
                let key = format!("k{key}");
                let version = model.keys.get(&key).and_then(|v| v.get(usize::from(*n))).cloned();
                if let Some((id, Some(_))) = version {
                    let tags = vec![Tag { key: "t".into(), value: id.clone() }];
                    let input = PutObjectTaggingRequest {
                        bucket: "photos".into(),
                        key: key.clone(),
                        version_id: Some(id.clone()),
                        tagging: Tagging { tag_set: tags },
                        ..Default::default()
                    };
                    house.call::<PutObjectTagging>(input).await.unwrap();
                    let input = GetObjectTaggingRequest {
                        bucket: "photos".into(),
                        key,
                        version_id: Some(id.clone()),
                        ..Default::default()
                    };
                    let found = house.call::<GetObjectTagging>(input).await.unwrap().tag_set.unwrap();
                    assert_eq!(found[0].value, id);
                }
            }
        }
        compare(&house, &model).await;
    }
    let blobs = model
        .keys
        .values()
        .flatten()
        .filter(|(_, body)| body.as_ref().is_some_and(|b| b.len() > 32_768))
        .count();
    assert_eq!(house.blobs_soon(blobs).await, blobs);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn versions_follow_the_rules(steps in steps()) {
        Runtime::new().unwrap().block_on(run(1, &steps));
    }
}
