//! Which entities a managed policy is attached to, and whose boundary it is: kept on both sides.

use floor::{Answer, Get, Key};

use crate::{
    act::Books,
    fault,
    records::{self, Kind, Policies},
};

impl Books {
    /// The key that says that the entity `name` has the policy `arn`, attached or as its boundary.
    pub(crate) fn attachment(&self, how: &str, arn: &str, kind: Kind, name: &str) -> Key {
        records::attachments_of(how, &self.account(), arn).text(kind.word()).text(&name.to_ascii_lowercase())
    }

    /// The managed policy must be there.
    pub(crate) async fn expect_policy(&self, arn: &str) -> Answer<()> {
        expect_arn(arn)?;
        match records::policy_text(self, &self.account(), arn).await? {
            Some(_) => Ok(()),
            None => Err(fault::no_such_entity(format!("Policy {arn} does not exist or is not attachable."))),
        }
    }

    /// Sets or takes away the boundary of the entity `name`.
    pub(crate) async fn set_boundary(
        &self,
        kind: Kind,
        name: &str,
        boundary: &mut Option<String>,
        to: Option<&str>,
    ) -> Answer<()> {
        if let Some(arn) = to {
            expect_arn(arn)?;
            let found = records::policy_text(self, &self.account(), arn).await?;
            found.ok_or_else(|| {
                fault::no_such_entity(format!("Scope ARN: {arn} does not exist or is not attachable."))
            })?;
        }
        if let Some(old) = boundary.take() {
            self.delete(&self.attachment("boundary", &old, kind, name));
        }
        if let Some(arn) = to {
            self.put(&self.attachment("boundary", arn, kind, name), Vec::new());
            *boundary = Some(arn.to_owned());
        }
        Ok(())
    }

    /// The entity has another name now.
    pub(crate) fn note_renamed(
        &self,
        kind: Kind,
        old: &str,
        new: &str,
        policies: &Policies,
        boundary: Option<&str>,
    ) {
        let attached = policies.attached.iter().map(|arn| ("attached", arn.as_str()));
        for (how, arn) in attached.chain(boundary.map(|arn| ("boundary", arn))) {
            self.delete(&self.attachment(how, arn, kind, old));
            self.put(&self.attachment(how, arn, kind, new), Vec::new());
        }
    }

    /// How many entities have the policy `arn`, attached or as their boundary.
    pub(crate) async fn attachments(&self, how: &str, arn: &str) -> Answer<usize> {
        let all = records::attachments_of(how, &self.account(), arn).all();
        Ok(self.range(all, 10_000).await?.len())
    }
}

/// What is no ARN at all is refused in other words than the ARN of a policy that is not there.
pub(crate) fn expect_arn(arn: &str) -> Answer<()> {
    let is_arn = arn.starts_with("arn:") && arn.split(':').count() >= 6;
    if is_arn { Ok(()) } else { Err(fault::validation_text(&format!("ARN {arn} is not valid."))) }
}
