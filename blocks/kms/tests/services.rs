//! Blocks that call KMS on behalf of their callers, and races that only a process with hands on its clocks can show.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{sync::Arc, time::Duration};

use api_kms::{
    CreateKey, CreateKeyRequest, Decrypt, DecryptRequest, DescribeKey, DescribeKeyRequest, EnableKeyRotation,
    EnableKeyRotationRequest, Encrypt, EncryptRequest, GenerateDataKey, GenerateDataKeyRequest, ListKeys,
    ListKeysRequest, PutKeyPolicy, PutKeyPolicyRequest, ReplicateKey, ReplicateKeyRequest,
    ScheduleKeyDeletion, ScheduleKeyDeletionRequest,
};
use floor::{
    AccountId, Answer, As, Caller, Cells, Cx, Env, Floor, Gone, Identity, Region, Registry, Tx,
    caretaker::Caretakers, cells::Home, cx::Origin,
};
use kms::{Kms, limits::KEYS_MAX, names, records};
use wire::Operation;

struct World {
    env: Env,
    floor: Arc<Floor>,
}

fn region() -> Region {
    "eu-west-1".parse().unwrap()
}

impl World {
    fn new(cells: u32) -> Self {
        let env = Env::simulated(7);
        let registry = Registry::default().with(kms::service(Arc::new(Kms::default()), &env.metrics));
        let seal = floor::Master::ephemeral(&env.random);
        let floor = Floor::lay(env.clone(), seal, Cells::new(env.clone(), Home::Memory, cells), registry);
        Self { env, floor }
    }

    async fn call<O: Operation>(
        &self,
        who: Identity,
        via: &[&'static str],
        input: O::Input,
    ) -> Answer<O::Output> {
        let caller = Caller {
            who: Arc::new(who),
            region: region(),
            via: via.into(),
            origin: Arc::new(Origin::default()),
            signed: floor::cx::Signed::default(),
            through: None,
        };
        let cx = Cx::new(&self.floor, caller, "request".into(), Gone::default());
        cx.call::<O>(As::Caller, &region(), input).await
    }

    /// Turns the clock, and waits until the background work has seen it.
    async fn tended_after(&self, time: Duration) {
        let runs = || {
            let all = self.floor.caretakers.progress();
            all.iter().find(|one| one.name == "kms-tend").map(|one| one.runs).unwrap()
        };
        let before = runs();
        self.env.clocks.service.turn(time);
        // Two runs: the first may have begun before the clock was turned. Each waits a minute from when the last ended.
        while runs() < before + 2 {
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
            self.env.clocks.service.turn(Duration::from_secs(61));
        }
    }

    async fn root<O: Operation>(&self, input: O::Input) -> Answer<O::Output> {
        self.call::<O>(root(), &[], input).await
    }
}

fn root() -> Identity {
    Identity::root(AccountId::DEFAULT)
}

fn data_key(id: &str) -> GenerateDataKeyRequest {
    GenerateDataKeyRequest {
        key_id: id.to_owned(),
        key_spec: Some("AES_256".into()),
        ..GenerateDataKeyRequest::default()
    }
}

/// The keys of AWS are for those who come through their service.
#[tokio::test]
async fn a_service_uses_its_key_as_its_caller() {
    let world = World::new(3);
    let made =
        world.call::<GenerateDataKey>(root(), &["s3.amazonaws.com"], data_key("alias/aws/s3")).await.unwrap();
    let blob = made.ciphertext_blob.unwrap();
    let decrypt = DecryptRequest { ciphertext_blob: Some(blob), ..DecryptRequest::default() };
    let opened = world.call::<Decrypt>(root(), &["s3.amazonaws.com"], decrypt.clone()).await.unwrap();
    assert_eq!(opened.plaintext, made.plaintext);
    for via in [&["sqs.amazonaws.com"][..], &["s3.amazonaws.com", "sqs.amazonaws.com"], &[]] {
        let refused = world.call::<Decrypt>(root(), via, decrypt.clone()).await.err().unwrap();
        assert_eq!(refused.code(), "AccessDeniedException", "{via:?}");
    }
    // Another account has a key of its own behind the same alias.
    let other = Identity::root("111111111111".parse().unwrap());
    let theirs = world
        .call::<GenerateDataKey>(other.clone(), &["s3.amazonaws.com"], data_key("alias/aws/s3"))
        .await
        .unwrap();
    assert_ne!(theirs.key_id, made.key_id);
    let refused = world.call::<Decrypt>(other, &["s3.amazonaws.com"], decrypt).await.err().unwrap();
    assert_eq!(refused.code(), "AccessDeniedException");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_first_uses_make_one_key() {
    let world = Arc::new(World::new(1));
    let calls = (0..16).map(|_| {
        let world = world.clone();
        tokio::spawn(async move {
            let made = world
                .call::<GenerateDataKey>(root(), &["sqs.amazonaws.com"], data_key("alias/aws/sqs"))
                .await;
            let blob = made.unwrap().ciphertext_blob;
            let decrypt = DecryptRequest { ciphertext_blob: blob, ..DecryptRequest::default() };
            world.call::<Decrypt>(root(), &["sqs.amazonaws.com"], decrypt).await.unwrap().key_id
        })
    });
    let mut keys = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        keys.push(call.await.unwrap());
    }
    keys.dedup();
    assert_eq!(keys.len(), 1);
    assert_eq!(world.root::<ListKeys>(ListKeysRequest::default()).await.unwrap().keys.unwrap().len(), 1);
}

/// `kms:ViaService` of a customer's key.
#[tokio::test]
async fn a_key_for_one_service_only() {
    let world = World::new(1);
    let key = world
        .root::<CreateKey>(CreateKeyRequest::default())
        .await
        .unwrap()
        .key_metadata
        .unwrap()
        .key_id
        .unwrap();
    let statement = |action: &str, condition: &str| {
        format!(
            r#"{{"Effect": "Allow", "Principal": {{"AWS": "arn:aws:iam::000000000000:root"}}, "Action": "{action}",
                "Resource": "*"{condition}}}"#
        )
    };
    let via = r#", "Condition": {"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}"#;
    let policy = format!(
        r#"{{"Version": "2012-10-17", "Statement": [{}, {}]}}"#,
        statement("kms:PutKeyPolicy", ""),
        statement("kms:GenerateDataKey", via)
    );
    let put = PutKeyPolicyRequest { key_id: key.clone(), policy, ..PutKeyPolicyRequest::default() };
    world.root::<PutKeyPolicy>(put).await.unwrap();
    assert!(world.call::<GenerateDataKey>(root(), &["s3.amazonaws.com"], data_key(&key)).await.is_ok());
    assert!(world.call::<GenerateDataKey>(root(), &["sns.amazonaws.com"], data_key(&key)).await.is_err());
    assert!(world.root::<GenerateDataKey>(data_key(&key)).await.is_err());
}

/// A clock that is turned far ahead makes one rotation, and ciphertexts of every version are read.
#[tokio::test]
async fn rotations_that_were_missed_are_one() {
    let world = World::new(1);
    let key = world
        .root::<CreateKey>(CreateKeyRequest::default())
        .await
        .unwrap()
        .key_metadata
        .unwrap()
        .key_id
        .unwrap();
    let rotate = EnableKeyRotationRequest { key_id: key.clone(), rotation_period_in_days: Some(90) };
    world.root::<EnableKeyRotation>(rotate).await.unwrap();
    Caretakers::start(&world.floor);
    let (mut blobs, mut versions) = (Vec::new(), Vec::new());
    for days in [0, 1, 89, 1000] {
        world.tended_after(Duration::from_secs(days * 86_400 + 61)).await;
        let plaintext = format!("after {days}");
        let encrypt = EncryptRequest {
            key_id: key.clone(),
            plaintext: plaintext.clone().into(),
            ..EncryptRequest::default()
        };
        blobs.push((plaintext, world.root::<Encrypt>(encrypt).await.unwrap().ciphertext_blob));
        let describe = DescribeKeyRequest { key_id: key.clone(), ..DescribeKeyRequest::default() };
        let told = world.root::<DescribeKey>(describe).await.unwrap().key_metadata.unwrap();
        versions.push(told.current_key_material_id);
    }
    versions.dedup();
    assert_eq!(versions.len(), 3, "none on the first two days, one after 90, one after 1090");
    for (plaintext, blob) in blobs {
        let decrypt = DecryptRequest { ciphertext_blob: blob, ..DecryptRequest::default() };
        assert_eq!(world.root::<Decrypt>(decrypt).await.unwrap().plaintext.unwrap(), plaintext);
    }
}

/// A key that is deleted makes room; those of AWS take none.
#[tokio::test]
async fn an_account_has_so_many_keys_in_a_region() {
    let world = World::new(1);
    let fill = async |region: &Region, all: i64| {
        let place = names::place(region, AccountId::DEFAULT);
        let cell = world.floor.cell::<Kms>(&place).await.unwrap();
        let add = |tx: Tx| async move {
            tx.add(&records::key_count(AccountId::DEFAULT), all);
            Ok(())
        };
        cell.transact(add).await.unwrap();
    };
    fill(&region(), KEYS_MAX as i64 - 2).await;
    let create =
        |is_multi: bool| CreateKeyRequest { multi_region: Some(is_multi), ..CreateKeyRequest::default() };
    let id = |made: api_kms::CreateKeyResponse| made.key_metadata.unwrap().key_id.unwrap();
    let first = id(world.root::<CreateKey>(create(false)).await.unwrap());
    let of_many = id(world.root::<CreateKey>(create(true)).await.unwrap());
    let refused = world.root::<CreateKey>(create(false)).await.err().unwrap();
    assert_eq!((refused.code(), refused.status()), ("LimitExceededException", 400));
    // Neither a key of AWS nor one of another account or region.
    world.call::<GenerateDataKey>(root(), &["s3.amazonaws.com"], data_key("alias/aws/s3")).await.unwrap();
    let other = Identity::root("111111111111".parse().unwrap());
    world.call::<CreateKey>(other, &[], create(false)).await.unwrap();
    let to: Region = "eu-central-1".parse().unwrap();
    let replicate = |id: &str| ReplicateKeyRequest {
        key_id: id.to_owned(),
        replica_region: to.to_string(),
        ..ReplicateKeyRequest::default()
    };
    fill(&to, KEYS_MAX as i64).await;
    let refused = world.root::<ReplicateKey>(replicate(&of_many)).await.err().unwrap();
    assert_eq!(refused.code(), "LimitExceededException");
    fill(&to, -1).await;
    world.root::<ReplicateKey>(replicate(&of_many)).await.unwrap();
    // Its waiting period over, a key makes room for one.
    let delete = ScheduleKeyDeletionRequest { key_id: first, pending_window_in_days: Some(7) };
    world.root::<ScheduleKeyDeletion>(delete).await.unwrap();
    assert!(world.root::<CreateKey>(create(false)).await.is_err());
    Caretakers::start(&world.floor);
    world.tended_after(Duration::from_secs(7 * 86_400 + 61)).await;
    world.root::<CreateKey>(create(false)).await.unwrap();
    assert!(world.root::<CreateKey>(create(false)).await.is_err());
}
