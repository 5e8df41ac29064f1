//! The rules on a queue's settings that other queues and the policy language have a say in.

use floor::{Answer, Cx};

use crate::{Sqs, attributes::Settings, fault::Refused, names::QueueName};

impl Sqs {
    /// Judges settings that a queue is to have in place of those that it has now.
    pub(crate) async fn check_settings(
        &self,
        cx: &Cx,
        name: &QueueName,
        before: Option<&Settings>,
        settings: &Settings,
    ) -> Answer<()> {
        if let Some(policy) = &settings.policy
            && floor::authorise::compiled(policy).is_err()
        {
            return Err(Refused::AttributeValue("Policy").into());
        }
        match &settings.redrive {
            Some(redrive) if before.and_then(|b| b.redrive.as_ref()) != Some(redrive) => {
                let text = redrive.text();
                self.check_target(cx, name, &redrive.target, &text).await
            }
            _ => Ok(()),
        }
    }

    async fn check_target(&self, cx: &Cx, name: &QueueName, target: &str, text: &str) -> Answer<()> {
        let refused = |why| Err(Refused::redrive(text, why).into());
        let own = name.arn(cx.region());
        let (target_name, region) = QueueName::of_arn(target)
            .ok_or_else(|| Refused::redrive(text, "Invalid value for deadLetterTargetArn."))?;
        if target == own {
            return refused("Dead letter target cannot be the queue itself.");
        }
        if target_name.account != name.account || region != *cx.region() {
            return refused("Dead letter target must be owned by the same account and in the same region.");
        }
        if target_name.is_fifo() != name.is_fifo() {
            return refused("Dead-letter queue must be same type of queue as the source.");
        }
        let Some(open) = self.find_arn(cx, target).await? else {
            return refused("Dead letter target does not exist.");
        };
        match &open.queue.settings.redrive_allow {
            Some(allow) if !allow.allows(&own) => {
                refused("Source queue is not allowed by the redrive allow policy of the dead letter target.")
            }
            _ => Ok(()),
        }
    }
}
