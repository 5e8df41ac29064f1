//! Subscribe: an endpoint to a topic; the same endpoint twice is the same subscription.
//! <https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html>

use api_sns::{Subscribe, SubscribeInput, SubscribeResponse};
use floor::{Admitted, Answer, Arn, Caller, Check, Cx, Get, Handle, Placement, Target, Tx};

use crate::{
    Sns,
    confirmation::Ask,
    devices::Name,
    directory::Change,
    fault, filter_count,
    records::{self, Subscription, Topic},
    replay, subscription,
    topic::TopicName,
};

impl Handle<Subscribe> for Sns {
    type Loaded = Topic;
    const ACTIONS: &'static [&'static str] = &["sns:Subscribe"];

    fn place(&self, caller: &Caller, input: &SubscribeInput) -> Answer<Placement> {
        TopicName::of_arn(&input.topic_arn, "TopicArn")?.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &SubscribeInput,
    ) -> Answer<Target<Topic>> {
        let name = TopicName::of_arn(&input.topic_arn, "TopicArn")?;
        let topic = name.load(read).await?;
        let mut check = Check::new("sns:Subscribe", name.arn(), topic.account)
            .policy(topic.policy(&caller.region)?)
            .key("sns:Protocol", input.protocol.clone());
        if let Some(endpoint) = &input.endpoint {
            check = check.key("sns:Endpoint", endpoint.clone());
        }
        Ok(Target::one(check, topic))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<Subscribe, Self>,
        input: SubscribeInput,
    ) -> Answer<SubscribeResponse> {
        let endpoint =
            subscription::check_endpoint(&input.protocol, input.endpoint.as_deref(), at.loaded.fifo)?;
        if matches!(input.protocol.as_str(), "http" | "https") && self.post.is_out_of_reach(&endpoint) {
            let why = "Endpoint Reason: its address is not allowed (the setting sns_private_endpoints)";
            return Err(fault::invalid(why));
        }
        let given = input.attributes.iter().flatten();
        let attributes = subscription::given(given).map_err(while_subscribing)?;
        subscription::check_dead_letters(&endpoint, &attributes).map_err(while_subscribing)?;
        subscription::check_raw(&input.protocol, &attributes).map_err(while_subscribing)?;
        // The owner of a queue confirms by being the one who subscribes it; of anybody else the queue is asked.
        let is_own = |q: Arn| !cx.caller.who.is_anonymous() && q.account() == cx.caller.account().as_str();
        let is_own = Arn::parse(&endpoint).is_some_and(is_own);
        if input.protocol == "application" {
            check_device(cx, &endpoint, is_own).await?;
        }
        // Phones are not asked, as on AWS: they answer STOP.
        let is_confirmed = is_own || input.protocol == "sms";
        let ask = Ask::new(cx);
        if !(at.loaded.fifo && is_own) {
            let region = cx.region().clone();
            self.signer_made(cx, &region).await?;
        }
        let new = Subscription {
            id: cx.uuid(),
            // Nobody has an account: what such a caller subscribes is the topic's.
            owner: if cx.caller.who.is_anonymous() { at.loaded.account } else { cx.caller.account() },
            principal: cx.caller.who.arn().to_owned(),
            protocol: input.protocol.clone(),
            endpoint,
            attributes,
            pending_until_ms: (!is_confirmed).then_some(ask.until_ms),
            confirmed_by_caller: is_confirmed,
            is_guarded: is_confirmed,
            base_url: self.base_url(cx),
        };
        let name = TopicName::of_arn(&input.topic_arn, "TopicArn")?;
        let (sender, run) = (Change::sender(cx, &name), &cx.uuid());
        let (place, at, input) = (at.place.clone(), &at, &input);
        let (name_ref, sender, new, ask) = (&name, &sender, &new, &ask);
        let is_full = filter_count::has(new) && filter_count::is_account_full(cx, new.owner).await?;
        let write = |tx: Tx| async move {
            let topic = at.within(self, &tx, input).await?;
            add(&tx, &topic, (new, ask, is_full), (name_ref, sender), run).await
        };
        let (id, is_pending) = cx.cell(&place).await?.transact(write).await?;
        self.list(cx, &Change::of_subscription(&name, &id, new.owner)).await?;
        let arn = if is_pending && input.return_subscription_arn != Some(true) {
            "pending confirmation".to_owned()
        } else {
            format!("{}:{id}", name.arn())
        };
        Ok(SubscribeResponse { subscription_arn: Some(arn) })
    }
}

/// Whether a device may be subscribed: it is there, and the caller's.
async fn check_device(cx: &Cx, arn: &str, is_own: bool) -> Answer<()> {
    if !is_own {
        return Err(fault::application_endpoint(arn));
    }
    let name = Name::of_device(cx.region(), arn, "Endpoint")?;
    if name.find(&cx.view(&Placement::directory(cx.region())).await?).await?.is_none() {
        // AWS has no blank there.
        return Err(fault::invalid(format!(
            "Endpoint Reason: Endpoint does not exist for endpoint arn{arn}"
        )));
    }
    Ok(())
}

/// At a subscription AWS says where the attribute stood.
fn while_subscribing(fault: floor::Fault) -> floor::Fault {
    match fault.message().strip_prefix("Invalid parameter: ") {
        Some(rest) => fault::invalid(format!("Attributes Reason: {rest}")),
        None => fault,
    }
}

/// Adds a subscription, or finds the one that its endpoint has. Answers its id, and whether it waits to be confirmed:
/// the endpoint is asked for that each time.
async fn add(
    tx: &Tx,
    topic: &Topic,
    (new, ask, is_full): (&Subscription, &Ask, bool),
    (name, sender): (&TopicName, &floor::Sender),
    run: &str,
) -> Answer<(String, bool)> {
    let by_endpoint = records::endpoint(&topic.instance, &new.protocol, &new.endpoint);
    if let Some(id) = tx.get(&by_endpoint).await? {
        let id = String::from_utf8_lossy(&id).into_owned();
        let there: Option<Subscription> = tx.load(&records::subscription(&topic.instance, &id)).await?;
        let mut there = floor::tx::expected(there, "a subscription that its endpoint names")?;
        let differs = |(name, value): (&String, &String)| there.attributes.get(name) != Some(value);
        if new.attributes.iter().any(differs) {
            return Err(fault::invalid(
                "Attributes Reason: Subscription already exists with different attributes",
            ));
        }
        if there.pending_until_ms.is_some() {
            there.pending_until_ms = Some(ask.until_ms);
            tx.save(&records::subscription(&topic.instance, &id), &there);
            ask.send(tx, (name, topic), &there, false, sender);
        }
        return Ok((id, there.pending_until_ms.is_some()));
    }
    topic.check_large(tx, Some(&new.protocol)).await?;
    filter_count::change(tx, &topic.instance, (false, filter_count::has(new)), is_full).await?;
    if new.attributes.contains_key("ReplayPolicy") {
        replay::begin(tx, topic, new, name, sender, run).await.map_err(while_subscribing)?;
    }
    tx.save(&records::subscription(&topic.instance, &new.id), new);
    tx.put(&by_endpoint, new.id.clone().into_bytes());
    let is_pending = new.pending_until_ms.is_some();
    tx.add(&records::count(&topic.instance, if is_pending { "pending" } else { "confirmed" }), 1);
    tx.outbox(Change::of_subscription(name, &new.id, new.owner).entry(sender, name));
    if is_pending {
        ask.send(tx, (name, topic), new, false, sender);
    }
    Ok((new.id.clone(), is_pending))
}
