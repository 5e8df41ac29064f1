//! ConfirmSubscription: whoever received the token at the endpoint lets messages come there. The token is proof enough;
//! a signature is needed only to guard the subscription against being ended by a link.
//! <https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html>

use api_sns::{ConfirmSubscription, ConfirmSubscriptionInput, ConfirmSubscriptionResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target, Tx};

use crate::{
    Sns, confirmation,
    directory::Change,
    fault, filter_count,
    records::{self, Subscription, Token, Topic},
    topic::TopicName,
};

fn named(input: &ConfirmSubscriptionInput) -> Answer<TopicName> {
    TopicName::of_arn(&input.topic_arn, "Topic").map_err(|_| fault::invalid("Topic"))
}

fn guards(input: &ConfirmSubscriptionInput) -> bool {
    input.authenticate_on_unsubscribe.as_deref().is_some_and(|text| text.eq_ignore_ascii_case("true"))
}

impl Handle<ConfirmSubscription> for Sns {
    /// The topic, and what the token stands for.
    type Loaded = Option<(Topic, Token)>;
    const ACTIONS: &'static [&'static str] = &["sns:ConfirmSubscription"];

    /// A link says no region but in the topic's ARN.
    fn place(&self, caller: &Caller, input: &ConfirmSubscriptionInput) -> Answer<Placement> {
        let name = named(input)?;
        if caller.who.is_anonymous() {
            return Ok(name.place_anywhere());
        }
        name.place(caller).map_err(|_| fault::invalid("Topic"))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ConfirmSubscriptionInput,
    ) -> Answer<Target<Option<(Topic, Token)>>> {
        let name = named(input)?;
        let topic = name.find(read).await?;
        let policy = topic.as_ref().map(|topic| topic.policy(&name.region)).transpose()?.flatten();
        let found = match topic {
            Some(topic) => {
                let token: Option<Token> = read.load(&records::token(&topic.instance, &input.token)).await?;
                token.map(|token| (topic, token))
            }
            None => None,
        };
        let is_anonymous = caller.who.is_anonymous();
        // Whoever follows a link has nothing to show but the token.
        if is_anonymous && !guards(input) {
            if !confirmation::is_token(&input.token) {
                return Err(fault::invalid_token());
            }
            if found.is_none() {
                return Err(fault::invalid("Token"));
            }
        }
        let is_granted = found.is_some() && !(is_anonymous && guards(input));
        let check = Check::new("sns:ConfirmSubscription", name.arn(), name.account);
        Ok(Target::one(check.policy(policy).granted(is_granted), found))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ConfirmSubscription, Self>,
        input: ConfirmSubscriptionInput,
    ) -> Answer<ConfirmSubscriptionResponse> {
        if !confirmation::is_token(&input.token) {
            return Err(fault::invalid_token());
        }
        let name = named(&input)?;
        let sender = Change::sender(cx, &name);
        let now_ms = cx.now().0;
        let by_caller = !cx.caller.who.is_anonymous();
        let (place, at, input) = (at.place.clone(), &at, &input);
        let (name, sender) = (&name, &sender);
        let write = |tx: Tx| async move {
            let loaded = at.within(self, &tx, input).await?;
            let Some((topic, token)) = (*loaded).as_ref().filter(|(_, token)| token.until_ms > now_ms) else {
                return Err(fault::invalid("Token"));
            };
            let guard = guards(input) && by_caller;
            let s = match &token.former {
                None => confirm(&tx, topic, token, (by_caller, guard)).await?,
                Some(former) => bring_back(&tx, topic, former, (by_caller, guard)).await?,
            };
            let change = Change::of_subscription(name, &s.id, s.owner);
            tx.outbox(change.entry(sender, name));
            Ok((s.id, change))
        };
        let (id, change) = cx.cell(&place).await?.transact(write).await?;
        self.list(cx, &change).await?;
        Ok(ConfirmSubscriptionResponse { subscription_arn: Some(format!("{}:{id}", input.topic_arn)) })
    }
}

/// Whether the caller showed who it is, and wants the subscription guarded.
type By = (bool, bool);

async fn confirm(tx: &Tx, topic: &Topic, token: &Token, (by_caller, guard): By) -> Answer<Subscription> {
    let key = records::subscription(&topic.instance, &token.subscription);
    let found: Option<Subscription> = tx.load(&key).await?;
    let mut s = found.ok_or_else(|| fault::invalid("Token"))?;
    if s.pending_until_ms.take().is_none() {
        return Ok(s); // once more
    }
    (s.confirmed_by_caller, s.is_guarded) = (by_caller && guard, guard);
    tx.save(&key, &s);
    tx.add(&records::count(&topic.instance, "pending"), -1);
    tx.add(&records::count(&topic.instance, "confirmed"), 1);
    Ok(s)
}

/// Brings back a subscription that has ended, unless its endpoint has another by now.
async fn bring_back(
    tx: &Tx,
    topic: &Topic,
    former: &Subscription,
    (by_caller, guard): By,
) -> Answer<Subscription> {
    let by_endpoint = records::endpoint(&topic.instance, &former.protocol, &former.endpoint);
    if let Some(id) = tx.get(&by_endpoint).await? {
        let id = String::from_utf8_lossy(&id).into_owned();
        let there: Option<Subscription> = tx.load(&records::subscription(&topic.instance, &id)).await?;
        return floor::tx::expected(there, "a subscription that its endpoint names");
    }
    let mut s = former.clone();
    s.pending_until_ms = None;
    (s.confirmed_by_caller, s.is_guarded) = (by_caller && guard, guard);
    tx.save(&records::subscription(&topic.instance, &s.id), &s);
    tx.put(&by_endpoint, s.id.clone().into_bytes());
    tx.add(&records::count(&topic.instance, "confirmed"), 1);
    tx.add(&records::count(&topic.instance, "deleted"), -1);
    filter_count::add(tx, &topic.instance, i64::from(filter_count::has(&s)));
    Ok(s)
}
