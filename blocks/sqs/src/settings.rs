//! The rules on a queue's settings that other queues and the policy language have a say in.

use floor::{Answer, Cx};

use crate::{
    Sqs,
    attributes::Settings,
    fault::Refused,
    limits::{POLICY_ACTIONS_MAX, POLICY_BYTES_MAX, POLICY_PRINCIPALS_MAX, POLICY_STATEMENTS_MAX},
    names::QueueName,
};

/// Judges a policy that a queue is to have. The quotas are those of the developer guide ("Amazon SQS policy quotas") but
/// that of conditions, which AWS does not hold anybody to.
pub(crate) fn check_policy(text: &str) -> Result<(), Refused> {
    let over = |text: String| Err(Refused::OverLimit(text));
    if text.len() > POLICY_BYTES_MAX {
        return over("Submitted policy is over max allowed size.".to_owned());
    }
    let policy = floor::authorise::compiled(text).map_err(|_| Refused::AttributeValue("Policy"))?;
    let statements = policy.statements();
    if statements.len() > POLICY_STATEMENTS_MAX {
        let found = statements.len();
        return over(format!("{found} Statements were found, maximum allowed is {POLICY_STATEMENTS_MAX}."));
    }
    let principals = statements.iter().map(|one| one.principals().len()).sum::<usize>();
    if principals > POLICY_PRINCIPALS_MAX {
        return over(format!(
            "{principals} Principals were found, maximum allowed is {POLICY_PRINCIPALS_MAX}."
        ));
    }
    let most = statements.iter().map(|one| one.actions().0.len()).max().unwrap_or(0);
    if most > POLICY_ACTIONS_MAX {
        return over(format!(
            "{most} actions were found in a statement from the submitted policy, max allowed is {POLICY_ACTIONS_MAX}"
        ));
    }
    Ok(())
}

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
            && before.and_then(|before| before.policy.as_ref()) != Some(policy)
        {
            check_policy(policy)?;
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
