//! Deliveries that do not go over HTTP: e-mail, text messages, devices. What cannot leave this server is kept to be read.

use floor::{AccountId, Answer, Arn, Cx, Get, Placement, Region, Tx};

use crate::{
    Sns,
    devices::Name,
    envelope::{self, Notice, Stamp},
    events::{self, Event},
    mail::Letter,
    parcel::{Address, Content, Parcel},
    phones,
    post::Failure,
    records::{Message, Subscription},
    sent::{Keeper, Sent},
};

/// How AWS begins the subjects of its letters.
const SUBJECT: &str = "AWS Notification";

/// A letter's subject and body, for people.
fn words(content: &Content, to: &Subscription, arn: &str) -> (String, String) {
    match content {
        Content::Message(message) => {
            let url = envelope::unsubscribe_url(&to.base_url, arn);
            let body = envelope::body_for(message, &to.protocol);
            let body = format!(
                "{body}\n\n--\nIf you wish to stop receiving notifications from this topic, please click or visit the \
                 link below to unsubscribe:\n{url}"
            );
            (subject_of(message), body)
        }
        Content::Notice(notice, _) => notice_words(notice, to, arn),
    }
}

fn subject_of(message: &Message) -> String {
    message.subject.clone().unwrap_or_else(|| format!("{SUBJECT} Message"))
}

fn notice_words(notice: &Notice, to: &Subscription, arn: &str) -> (String, String) {
    let url = notice.url(to);
    if notice.is_farewell {
        let body = format!(
            "Your subscription to the topic below has been deactivated:\n{}\n\nIf this was not intended, click or visit \
             the link below to restore the subscription:\n{url}",
            arn.rsplit_once(':').map_or(arn, |(topic, _)| topic)
        );
        return (format!("{SUBJECT} - Unsubscribe Confirmation"), body);
    }
    let body = format!(
        "You have chosen to subscribe to the topic:\n{}\n\nTo confirm this subscription, click or visit the link below \
         (If this was in error no action is necessary):\n{url}",
        notice.topic_arn
    );
    (format!("{SUBJECT} - Subscription Confirmation"), body)
}

/// What is sent to an address of e-mail.
fn letter(parcel: &Parcel, address: &Address, stamp: Option<&Stamp>) -> Letter {
    let (to, arn, content) = (&address.to, parcel.arn(), parcel.content());
    let (subject, mut body) = words(content, to, &arn);
    if to.protocol == "email-json" {
        body = match content {
            Content::Message(message) => envelope::envelope(message, to, &arn, stamp, false),
            Content::Notice(notice, _) => notice.text(to, &arn, stamp),
        };
    }
    // "Subscription confirmation and unsubscribe confirmation emails always use [AWS] Notifications as the sender name."
    let named = address.topic.attributes.get("DisplayName").filter(|name| !name.is_empty());
    let from_name = named.filter(|_| matches!(content, Content::Message(_))).cloned();
    let id = format!("{}-{}", parcel.id(), to.id);
    Letter { id, to: to.endpoint.clone(), from_name, subject, body }
}

impl Sns {
    /// One try of a delivery that is none over HTTP.
    pub(crate) async fn tried_elsewhere(
        &self,
        cx: &Cx,
        parcel: &Parcel,
        address: &Address,
        stamp: Option<&Stamp>,
    ) -> Answer<Result<(), Failure>> {
        let (to, account) = (&address.to, address.name.account);
        let mut sent = Sent {
            protocol: to.protocol.clone(),
            to: to.endpoint.clone(),
            topic_arn: Some(address.name.arn()),
            subscription_arn: Some(parcel.arn()),
            message_id: parcel.id().to_owned(),
            subject: None,
            body: String::new(),
            attributes: Vec::new(),
            at_ms: parcel.at_ms(),
        };
        if let Content::Message(message) = parcel.content() {
            sent.attributes.clone_from(&message.attributes);
        }
        let directory = Placement::directory(&address.name.region);
        match (to.protocol.as_str(), parcel.content()) {
            ("email" | "email-json", _) => {
                let letter = letter(parcel, address, stamp);
                if let Some(mail) = &self.settings.mail {
                    return Ok(mail.send(letter).await);
                }
                (sent.subject, sent.body) = (Some(letter.subject), letter.body);
            }
            ("sms", Content::Message(message)) => {
                let view = cx.view(&directory).await?;
                sent.body = envelope::body_for(message, "sms");
                if let Err(why) = takes_texts(&view, account, &to.endpoint, &sent.body).await? {
                    return Ok(Err(why));
                }
                sent.to = phones::normal(&to.endpoint);
                sent.attributes = phones::completed(&view, account, &message.attributes).await?;
            }
            ("application", Content::Message(message)) => {
                match takes_notifications(&cx.view(&directory).await?, &address.name.region, to).await? {
                    Ok(name) => sent.body = envelope::body_for(message, &name.platform),
                    Err(why) => {
                        self.tell_failure(cx, &directory, address, &sent).await?;
                        return Ok(Err(why));
                    }
                }
                sent.subject.clone_from(&message.subject);
            }
            _ => return Ok(Ok(())),
        }
        let (keeper, sent) = (&Keeper::new(cx), &sent);
        let write = |tx: Tx| async move { keeper.keep(&tx, account, sent).await };
        cx.floor().cell::<Self>(&directory).await?.transact(write).await?;
        Ok(Ok(()))
    }

    /// Has the application of a disabled device tell that a message did not come there.
    async fn tell_failure(&self, cx: &Cx, directory: &Placement, address: &Address, of: &Sent) -> Answer<()> {
        let name = Name::of_device(&address.name.region, &of.to, "Endpoint")?;
        let view = cx.view(directory).await?;
        let is_disabled = name.find(&view).await?.is_some_and(|device| !device.is_enabled());
        let (Some(application), Some(arn)) = (name.find_application(&view).await?, Arn::parse(&of.to)) else {
            return Ok(());
        };
        let event = Event {
            name: "DeliveryFailure",
            device: &of.to,
            at_ms: cx.now().0,
            message: Some(&of.message_id),
        };
        let Some(sender) = events::sender(cx, &arn).filter(|_| is_disabled) else { return Ok(()) };
        let (application, event, sender) = (&application, &event, &sender);
        let write = |tx: Tx| async move {
            if let Some(entry) = application.told(event, sender) {
                tx.outbox(entry);
            }
            Ok(())
        };
        cx.floor().cell::<Self>(directory).await?.transact(write).await
    }
}

fn for_good(why: &str) -> Failure {
    Failure::ForGood(why.to_owned())
}

async fn takes_texts<R: Get>(
    read: &R,
    account: AccountId,
    number: &str,
    body: &str,
) -> Answer<Result<(), Failure>> {
    if phones::is_opted_out(read, account, number).await? {
        return Ok(Err(for_good("the phone has opted out")));
    }
    Ok(if phones::is_too_long(body) { Err(for_good("the text is too long")) } else { Ok(()) })
}

/// The device of a subscription, if it is there and takes messages.
async fn takes_notifications<R: Get>(
    read: &R,
    region: &Region,
    to: &Subscription,
) -> Answer<Result<Name, Failure>> {
    let name = Name::of_device(region, &to.endpoint, "Endpoint")?;
    Ok(match name.find(read).await? {
        None => Err(for_good("the device is gone")),
        Some(device) if !device.is_enabled() => Err(for_good("the device is disabled")),
        Some(_) if !name.is_application_enabled(read).await? => Err(for_good("the application is disabled")),
        Some(_) => Ok(name),
    })
}

/// What goes straight to a phone or a device, without a topic.
pub(crate) fn straight(message: &Message, protocol: &str, to: String, platform: &str) -> Sent {
    Sent {
        protocol: protocol.to_owned(),
        to,
        topic_arn: None,
        subscription_arn: None,
        message_id: message.id.clone(),
        subject: message.subject.clone(),
        body: envelope::body_for(message, platform),
        attributes: message.attributes.clone(),
        at_ms: message.at_ms,
    }
}
