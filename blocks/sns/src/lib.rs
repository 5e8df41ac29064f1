//! SNS: topics that hand a message to every subscriber.

mod act;
mod applications;
mod archive;
mod confirmation;
mod delivery;
mod delivery_policy;
mod devices;
mod digest;
mod directory;
mod elsewhere;
mod envelope;
mod events;
mod fault;
mod feedback;
pub mod figures;
mod filter;
mod filter_count;
#[cfg(test)]
mod fuzz;
mod kms;
mod limits;
mod lines;
mod listing;
mod mail;
mod parcel;
mod permission;
mod phones;
mod post;
mod protection;
mod publish;
mod reach;
mod records;
mod replay;
mod rsa_sha1;
mod sandbox;
mod sent;
mod settings;
mod signing;
mod subscription;
mod tags;
#[cfg(test)]
mod testing;
mod topic;

/// The operations, one file each.
pub mod ops {
    pub mod add_permission;
    pub mod confirm_subscription;
    pub mod create_topic;
    pub mod delete_topic;
    pub mod get_data_protection_policy;
    pub mod get_subscription_attributes;
    pub mod get_topic_attributes;
    pub mod list_subscriptions;
    pub mod list_subscriptions_by_topic;
    pub mod list_tags_for_resource;
    pub mod list_topics;
    pub mod publish;
    pub mod publish_batch;
    pub mod put_data_protection_policy;
    pub mod remove_permission;
    pub mod set_subscription_attributes;
    pub mod set_topic_attributes;
    pub mod subscribe;
    pub mod tag_resource;
    pub mod unsubscribe;
    pub mod untag_resource;
}

pub use mail::Mail;
pub use reach::Reach;
pub use settings::Settings;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
    time::Duration,
};

use api_sns::{
    AddPermission, CheckIfPhoneNumberIsOptedOut, ConfirmSubscription, CreatePlatformApplication,
    CreatePlatformEndpoint, CreateSMSSandboxPhoneNumber, CreateTopic, DeleteEndpoint,
    DeletePlatformApplication, DeleteSMSSandboxPhoneNumber, DeleteTopic, GetDataProtectionPolicy,
    GetEndpointAttributes, GetPlatformApplicationAttributes, GetSMSAttributes, GetSMSSandboxAccountStatus,
    GetSubscriptionAttributes, GetTopicAttributes, ListEndpointsByPlatformApplication,
    ListOriginationNumbers, ListPhoneNumbersOptedOut, ListPlatformApplications, ListSMSSandboxPhoneNumbers,
    ListSubscriptions, ListSubscriptionsByTopic, ListTagsForResource, ListTopics, OptInPhoneNumber, Publish,
    PublishBatch, PutDataProtectionPolicy, RemovePermission, SetEndpointAttributes,
    SetPlatformApplicationAttributes, SetSMSAttributes, SetSubscriptionAttributes, SetTopicAttributes,
    Subscribe, TagResource, Unsubscribe, UntagResource, VerifySMSSandboxPhoneNumber,
};
use env::Metrics;
use floor::{Answer, Block, Cx, Denial, Fault, Record, Service};
use wire::{Meta, ServiceMeta, Violation};

/// The block.
pub struct Sns {
    settings: Settings,
    /// Where it is served.
    port: AtomicU16,
    /// The keys that messages are signed with.
    keyring: signing::Keyring,
    post: post::Post,
    schedule: parcel::Schedule,
    /// The directory is brought up to date by one at a time.
    listing: tokio::sync::Mutex<()>,
    /// The data keys of KMS that are used again.
    data_keys: floor::data_keys::Kept,
    figures: figures::Figures,
}

impl Sns {
    /// The block, set up.
    pub fn new(settings: Settings) -> Self {
        Self {
            post: post::Post::new(settings.reach),
            settings,
            port: AtomicU16::new(4566),
            keyring: signing::Keyring::default(),
            schedule: parcel::Schedule::default(),
            listing: tokio::sync::Mutex::default(),
            data_keys: floor::data_keys::Kept::default(),
            figures: figures::Figures::default(),
        }
    }

    /// Tells the port under which the block is served.
    pub fn listens_on(&self, port: u16) {
        self.port.store(port, Ordering::Relaxed);
    }

    /// Where the links in messages to a subscription of this caller lead.
    fn base_url(&self, cx: &Cx) -> String {
        self.settings.base_url(&cx.caller.origin.base_url, self.port.load(Ordering::Relaxed))
    }
}

impl Block for Sns {
    const NAME: &'static str = "sns";
    const PRINCIPAL: &'static str = "sns.amazonaws.com";

    fn service() -> &'static ServiceMeta {
        &api_sns::SERVICE
    }

    /// Policies of topics may let anybody in.
    fn takes_unsigned(_: &'static Meta) -> bool {
        true
    }

    fn violated(_: &'static Meta, violations: &[Violation]) -> Fault {
        fault::violated(violations)
    }

    fn denied(denial: &Denial<'_>) -> Fault {
        fault::denied(denial)
    }
}

/// The operations that the block serves.
pub fn service(block: Arc<Sns>, metrics: &Metrics) -> Service<Sns> {
    Service::new(block, metrics)
        .serve::<AddPermission>()
        .serve::<ConfirmSubscription>()
        .serve::<CreateTopic>()
        .serve::<DeleteTopic>()
        .serve::<GetDataProtectionPolicy>()
        .serve::<GetSubscriptionAttributes>()
        .serve::<GetTopicAttributes>()
        .serve::<ListSubscriptions>()
        .serve::<ListSubscriptionsByTopic>()
        .serve::<ListTagsForResource>()
        .serve::<ListTopics>()
        .serve::<Publish>()
        .serve::<PublishBatch>()
        .serve::<PutDataProtectionPolicy>()
        .serve::<RemovePermission>()
        .serve::<SetSubscriptionAttributes>()
        .serve::<SetTopicAttributes>()
        .serve::<Subscribe>()
        .serve::<TagResource>()
        .serve::<Unsubscribe>()
        .serve::<UntagResource>()
        .serve::<CheckIfPhoneNumberIsOptedOut>()
        .serve::<CreatePlatformApplication>()
        .serve::<CreatePlatformEndpoint>()
        .serve::<CreateSMSSandboxPhoneNumber>()
        .serve::<DeleteEndpoint>()
        .serve::<DeletePlatformApplication>()
        .serve::<DeleteSMSSandboxPhoneNumber>()
        .serve::<GetEndpointAttributes>()
        .serve::<GetPlatformApplicationAttributes>()
        .serve::<GetSMSAttributes>()
        .serve::<GetSMSSandboxAccountStatus>()
        .serve::<ListEndpointsByPlatformApplication>()
        .serve::<ListOriginationNumbers>()
        .serve::<ListPhoneNumbersOptedOut>()
        .serve::<ListPlatformApplications>()
        .serve::<ListSMSSandboxPhoneNumbers>()
        .serve::<OptInPhoneNumber>()
        .serve::<SetEndpointAttributes>()
        .serve::<SetPlatformApplicationAttributes>()
        .serve::<SetSMSAttributes>()
        .serve::<VerifySMSSandboxPhoneNumber>()
        .step(publish::FAN_OUT, |sns, cx, input| {
            Box::pin(async move { publish::FanOut::decode(input)?.run(&sns, cx).await })
        })
        .step(parcel::CARRY, |sns, cx, input| {
            Box::pin(async move { sns.carry(cx, parcel::Parcel::decode(input)?).await })
        })
        .step(delivery::DELIVER, |sns, cx, input| {
            Box::pin(async move { delivery::Delivery::decode(input)?.run(&sns, cx).await })
        })
        .step(replay::REPLAY, |_, cx, input| {
            Box::pin(async move { replay::Run::decode(input)?.run(cx).await })
        })
        .step(directory::LIST, |sns, cx, input| {
            Box::pin(async move { sns.list(cx, &directory::Change::decode(input)?).await })
        })
        .caretaker("sns-forget", Duration::from_secs(60), |sns, cx| {
            Box::pin(async move { forget(&sns, cx).await })
        })
        .caretaker("sns-retry", Duration::from_secs(1), |sns, cx| {
            Box::pin(async move { sns.resume(cx).await })
        })
}

/// Forgets deduplication ids whose five minutes are over, tokens whose two days are, and messages of archives whose days
/// are.
async fn forget(sns: &Sns, cx: &mut Cx) -> Answer<u64> {
    let now_ms = cx.now().0;
    let mut forgotten = 0;
    for place in cx.floor().cells.places() {
        forgotten += publish::forget(cx, &place, now_ms).await?;
        forgotten += archive::forget(cx, &place, now_ms).await?;
        forgotten += sent::forget(cx.floor(), &place, now_ms, limits::SENT_MAX).await?;
        forgotten += confirmation::forget(sns, cx, &place, now_ms).await?;
    }
    Ok(forgotten)
}
