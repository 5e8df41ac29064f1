//! Publish: a message to every subscriber of a topic, to a phone, or to a device.
//! <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>

use api_sns::{Publish, PublishInput, PublishResponse, errors};
use floor::{Admitted, Answer, Arn, Caller, Check, Cx, Fault, Get, Handle, Placement, Target, Tx};

use crate::{
    Sns,
    devices::Name,
    elsewhere, fault, phones,
    publish::Draft,
    records::Topic,
    sent::Keeper,
    topic::{OfTopic, TopicName},
};

/// Where a message goes.
enum Aim {
    Topic(TopicName),
    Phone(String),
    Device(String),
}

fn aim(input: &PublishInput) -> Answer<Aim> {
    match (&input.topic_arn, &input.target_arn, &input.phone_number) {
        (Some(arn), None, None) => Ok(Aim::Topic(TopicName::of_arn(arn, "TopicArn")?)),
        (None, Some(arn), None) if arn.contains(":endpoint/") => Ok(Aim::Device(arn.clone())),
        (None, Some(arn), None) => Ok(Aim::Topic(TopicName::of_arn(arn, "TargetArn")?)),
        (None, None, Some(number)) if phones::is_phone(number) => Ok(Aim::Phone(number.clone())),
        (None, None, Some(number)) => {
            Err(fault::invalid(format!("PhoneNumber Reason: {number} is not valid to publish to")))
        }
        _ => Err(fault::invalid("TopicArn or TargetArn Reason: no value for required parameter")),
    }
}

/// What was found there.
pub enum Found {
    /// A topic.
    Topic(Box<Topic>),
    /// A phone; whether it has opted out.
    Phone(bool),
    /// A device: its platform, and whether it takes messages.
    Device(String, State),
}

/// What holds of a device.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// There is none.
    Missing,
    /// It takes nothing.
    Disabled,
    /// Its application takes nothing.
    ApplicationDisabled,
    /// It takes messages.
    Ready,
}

impl State {
    async fn of<R: Get>(read: &R, name: &Name) -> Answer<Self> {
        Ok(match name.find(read).await? {
            None => Self::Missing,
            Some(_) if !name.is_application_enabled(read).await? => Self::ApplicationDisabled,
            Some(device) if !device.is_enabled() => Self::Disabled,
            Some(_) => Self::Ready,
        })
    }

    fn checked(self) -> Answer<()> {
        match self {
            Self::Ready => Ok(()),
            Self::Disabled => Err(Fault::new(&errors::ENDPOINT_DISABLED_EXCEPTION, "Endpoint is disabled")),
            Self::ApplicationDisabled => {
                let text = "Platform application is disabled";
                Err(Fault::new(&errors::PLATFORM_APPLICATION_DISABLED_EXCEPTION, text))
            }
            Self::Missing => {
                Err(fault::invalid("TargetArn Reason: No endpoint found for the target arn specified"))
            }
        }
    }
}

impl OfTopic for Found {
    fn topic(&self) -> Answer<&Topic> {
        match self {
            Self::Topic(topic) => Ok(topic),
            _ => Err(fault::topic_missing()),
        }
    }
}

impl Handle<Publish> for Sns {
    type Loaded = Found;
    const ACTIONS: &'static [&'static str] = &["sns:Publish"];

    fn place(&self, caller: &Caller, input: &PublishInput) -> Answer<Placement> {
        match aim(input)? {
            Aim::Topic(name) => name.place(caller),
            Aim::Phone(_) | Aim::Device(_) => Ok(Placement::directory(&caller.region)),
        }
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &PublishInput,
    ) -> Answer<Target<Found>> {
        match aim(input)? {
            Aim::Topic(name) => {
                let topic = name.load(read).await?;
                let check = Check::new("sns:Publish", name.arn(), topic.account)
                    .policy(topic.policy(&caller.region)?);
                Ok(Target::one(check, Found::Topic(Box::new(topic))))
            }
            Aim::Phone(number) => {
                let has_opted_out = phones::is_opted_out(read, caller.account(), &number).await?;
                let check = Check::new("sns:Publish", "*", caller.account());
                Ok(Target::one(check, Found::Phone(has_opted_out)))
            }
            Aim::Device(arn) => {
                let name = Name::of_device(&caller.region, &arn, "TargetArn")?;
                let state = State::of(read, &name).await?;
                let owner = Arn::parse(&arn).and_then(|arn| arn.account().parse().ok());
                let check = Check::new("sns:Publish", arn, owner.unwrap_or(caller.account()));
                Ok(Target::one(check, Found::Device(name.platform, state)))
            }
        }
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<Publish, Self>,
        input: PublishInput,
    ) -> Answer<PublishResponse> {
        let draft = Draft::of_input(input.clone())?;
        let to = match aim(&input)? {
            Aim::Topic(name) => {
                let mut published = self.publish_all(cx, &name, &at, &input, &[draft]).await?;
                let one = floor::tx::expected(published.pop(), "the one message that was published")?;
                return Ok(PublishResponse { message_id: Some(one.id), sequence_number: one.sequence });
            }
            Aim::Phone(to) | Aim::Device(to) => to,
        };
        let message = draft.straight(cx.uuid(), cx.now().0)?;
        let keeper = Keeper::new(cx);
        let (place, at, input) = (at.place.clone(), &at, &input);
        let (to, message, keeper, account) = (&to, &message, &keeper, cx.caller.account());
        let write = |tx: Tx| async move {
            let found = at.within(self, &tx, input).await?;
            let sent = match &*found {
                Found::Phone(has_opted_out) => {
                    let mut sent = elsewhere::straight(message, "sms", phones::normal(to), "sms");
                    if phones::is_too_long(&sent.body) {
                        return Err(fault::invalid("Message too long"));
                    }
                    if *has_opted_out {
                        return Ok(()); // It is accepted, and never arrives.
                    }
                    sent.attributes = phones::completed(&tx, account, &message.attributes).await?;
                    sent
                }
                Found::Device(platform, state) => {
                    state.checked()?;
                    elsewhere::straight(message, "application", to.clone(), platform)
                }
                Found::Topic(_) => return Err(fault::topic_missing()),
            };
            keeper.keep(&tx, account, &sent).await
        };
        cx.cell(&place).await?.transact(write).await?;
        Ok(PublishResponse { message_id: Some(message.id.clone()), sequence_number: None })
    }
}
