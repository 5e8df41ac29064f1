//! What the operations on aliases share.
//! <https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html>

use floor::{Answer, Caller, Check, Get, Target};

use crate::{
    Kms,
    fault::Refused,
    keyed::{About, Found, caller_account, via_service},
    names::alias_arn,
    records::{self, Alias},
};

/// An alias, the key that it leads to, and the key that it is to lead to.
pub struct Aliased {
    /// What the alias says, where it is there.
    pub alias: Option<Alias>,
    /// The key that it is to lead to.
    pub target: Option<Found>,
}

impl Kms {
    /// The alias of a request, and the questions whether its caller may do `action` with it, with the key that it
    /// leads to and with the one that it is to lead to. `to` is that one's id.
    pub(crate) async fn on_alias<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        name: &str,
        to: Option<&str>,
        action: &'static str,
    ) -> Answer<Target<Aliased>> {
        let account = caller.account();
        let arn = alias_arn(&caller.region, account, name);
        let alias: Option<Alias> = read.load(&records::alias(account, name)).await?;
        let mut check = Check::new(action, arn.clone(), account);
        if let Some(account) = caller_account(caller) {
            check = check.key("kms:CallerAccount", account);
        }
        if let Some(via) = via_service(caller) {
            check = check.key("kms:ViaService", via);
        }
        let mut checks = vec![check];
        if action != "kms:CreateAlias" {
            let alias = alias.as_ref().ok_or(Refused::NoAlias(arn))?;
            let about = About::id(account, alias.target);
            let found = self.find(caller, read, &about, action).await?;
            checks.push(self.check(caller, read, &about, &found, action).await?);
        }
        let mut target = None;
        if let Some(to) = to {
            let about = About::key(caller, to);
            let found = self.find(caller, read, &about, action).await?;
            checks.push(self.check(caller, read, &about, &found, action).await?);
            target = Some(found);
        }
        Ok(Target { checks, loaded: Aliased { alias, target } })
    }
}
