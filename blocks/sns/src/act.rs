//! Operations on what an account has in a region beside topics: phones, applications and their devices. All of it is in
//! the region's directory.

use floor::{Admitted, Answer, Arn, Caller, Check, Cx, Get, Handle, Placement, Sender, Target, Tx};
use wire::Operation;

use crate::{
    Sns,
    devices::Kept,
    events::{self, Event},
    sent::Keeper,
};

/// One of these operations.
pub(crate) trait Act: Operation {
    /// What is asked of policies.
    const ACTIONS: &'static [&'static str];

    /// The ARN that is acted on; none: of anything.
    fn about(caller: &Caller, input: &Self::Input) -> Answer<Option<Arn>> {
        let _ = (caller, input);
        Ok(None)
    }

    /// Does it, in one transaction. It may run more than once; what `desk` has is the same each time.
    fn act(desk: &Desk, tx: &Tx, input: &Self::Input) -> impl Future<Output = Answer<Self::Output>> + Send;
}

/// What is known of a request before its transaction.
pub(crate) struct Desk {
    pub(crate) caller: Caller,
    pub(crate) now_ms: u64,
    /// An id that nothing else has.
    pub(crate) fresh: String,
    /// A random number.
    pub(crate) number: u64,
    pub(crate) keeper: Keeper,
    /// Who tells topics what happens to devices.
    pub(crate) teller: Option<Sender>,
}

impl Desk {
    /// Tells the application's topic, if it has one, what happened to a device.
    pub(crate) fn tell(&self, tx: &Tx, application: &Kept, name: &str, device: &str) {
        let event = Event { name, device, at_ms: self.now_ms, message: None };
        let entry = self.teller.as_ref().and_then(|teller| application.told(&event, teller));
        if let Some(entry) = entry {
            tx.outbox(entry);
        }
    }
}

impl<O: Act> Handle<O> for Sns {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = O::ACTIONS;

    fn place(&self, caller: &Caller, _: &O::Input) -> Answer<Placement> {
        Ok(Placement::directory(&caller.region))
    }

    async fn resource<R: Get>(&self, caller: &Caller, _: &R, input: &O::Input) -> Answer<Target<()>> {
        let of = O::about(caller, input)?;
        let owner = of.as_ref().and_then(|arn| arn.account().parse().ok()).unwrap_or(caller.account());
        let resource = of.map_or_else(|| "*".to_owned(), |arn| arn.to_string());
        let checks = O::ACTIONS.iter().map(|action| Check::new(action, resource.clone(), owner));
        Ok(Target { checks: checks.collect(), loaded: () })
    }

    async fn handle(&self, cx: &mut Cx, at: Admitted<O, Self>, input: O::Input) -> Answer<O::Output> {
        let desk = &Desk {
            caller: cx.caller.clone(),
            now_ms: cx.now().0,
            fresh: cx.uuid(),
            number: cx.env().random.number(),
            keeper: Keeper::new(cx),
            teller: O::about(&cx.caller, &input)?.and_then(|arn| events::sender(cx, &arn)),
        };
        let (place, at, input) = (at.place.clone(), &at, &input);
        let write = |tx: Tx| async move {
            at.within(self, &tx, input).await?;
            O::act(desk, &tx, input).await
        };
        cx.cell(&place).await?.transact(write).await
    }
}
