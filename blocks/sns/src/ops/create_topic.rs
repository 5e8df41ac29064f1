//! CreateTopic: makes a topic, or answers the one that is there with the same attributes.
//! <https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html>

use std::collections::BTreeMap;

use api_sns::{CreateTopic, CreateTopicInput, CreateTopicResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Fault, Get, Handle, Placement, Target};

use crate::{
    Sns, archive,
    directory::Change,
    fault, feedback, protection,
    records::{self, Topic},
    tags,
    topic::{self, TopicName},
};

fn named(caller: &Caller, input: &CreateTopicInput) -> TopicName {
    TopicName { region: caller.region.clone(), account: caller.account(), name: input.name.clone() }
}

/// At creation AWS says where such an attribute stood.
fn while_creating(name: &str, fault: Fault) -> Fault {
    let is_named = name == "DeliveryPolicy" || feedback::is_of_topic(name);
    match fault.message().strip_prefix("Invalid parameter: ").filter(|_| is_named) {
        Some(rest) => fault::invalid(format!("Attributes Reason: {rest}")),
        None => fault,
    }
}

/// The attributes that were given, checked, and whether the topic is to be a FIFO one.
fn wanted(input: &CreateTopicInput) -> Answer<(BTreeMap<String, String>, bool)> {
    let mut all: BTreeMap<_, _> = input.attributes.clone().into_iter().flatten().collect();
    let fifo = match all.remove("FifoTopic").as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(fault::invalid("Attributes Reason: FifoTopic")),
    };
    topic::check_name(&input.name, fifo)?;
    let may_be_empty = |name: &str| name == "KmsMasterKeyId" || feedback::is_role_of_topic(name);
    all.retain(|name, value| !value.is_empty() || !may_be_empty(name));
    for (name, value) in &mut all {
        let checked = topic::check_attribute(name, value, fifo);
        checked.map_err(|fault| while_creating(name, fault))?;
        *value = topic::normal(name, std::mem::take(value))?;
    }
    Ok((all, fifo))
}

impl Handle<CreateTopic> for Sns {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["sns:CreateTopic"];

    fn place(&self, caller: &Caller, input: &CreateTopicInput) -> Answer<Placement> {
        Ok(named(caller, input).place_anywhere())
    }

    async fn resource<R: Get>(&self, caller: &Caller, _: &R, input: &CreateTopicInput) -> Answer<Target<()>> {
        Ok(Target::one(Check::new("sns:CreateTopic", named(caller, input).arn(), caller.account()), ()))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<CreateTopic, Self>,
        input: CreateTopicInput,
    ) -> Answer<CreateTopicResponse> {
        let (attributes, fifo) = wanted(&input)?;
        let mut new_tags = BTreeMap::new();
        tags::add(&mut new_tags, input.tags.as_deref().unwrap_or_default())?;
        let name = named(&cx.caller, &input);
        let topic = Topic {
            instance: cx.uuid(),
            account: name.account,
            name: name.name.clone(),
            fifo,
            created_ms: cx.now().0,
            attributes,
            tags: new_tags,
            sequence: 0,
        };
        let change = Change::of_topic(&name);
        let (archive_id, protection) = (&cx.uuid(), &input.data_protection_policy);
        if let Some(policy) = protection {
            protection::check(policy, fifo)?;
        }
        let sender = Change::sender(cx, &name);
        let (name, topic, change_ref, sender) = (&name, &topic, &change, &sender);
        let write = |tx: floor::Tx| async move {
            if let Some(there) = name.find(&tx).await? {
                return same(&there, topic);
            }
            tx.save(&name.key(), topic);
            archive::set(&tx, topic, archive_id, topic.created_ms).await?;
            if let Some(policy) = protection {
                tx.put(&records::protection(&topic.instance), policy.clone().into_bytes());
            }
            tx.outbox(change_ref.entry(sender, name));
            Ok(())
        };
        cx.cell(&at.place).await?.transact(write).await?;
        self.list(cx, &change).await?;
        Ok(CreateTopicResponse { topic_arn: Some(name.arn()) })
    }
}

/// A topic that is there already is answered only to who asks for the same.
fn same(there: &Topic, wanted: &Topic) -> Answer<()> {
    let differs =
        |(name, value): (&String, &String)| there.attributes.get(name).unwrap_or(&String::new()) != value;
    if there.fifo != wanted.fifo || wanted.attributes.iter().any(differs) {
        return Err(fault::invalid("Attributes Reason: Topic already exists with different attributes"));
    }
    if !wanted.tags.is_empty() && there.tags != wanted.tags {
        return Err(fault::invalid("Tags Reason: Topic already exists with different tags"));
    }
    Ok(())
}
