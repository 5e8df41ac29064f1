//! How an operation of IAM is written: what it is about, and what it does to the account's records.
//!
//! All of them are at the `global` cell, one transaction each. What a transaction changes is also one entry of the log
//! that the regions' copies follow.

use std::{future::Future, sync::Arc};

use aws_lc_rs::digest;
use bytes::Bytes;
use floor::{
    AccountId, Admitted, Answer, Caller, Check, Cx, Fault, Floor, Get, Handle, Key, KeyRange, Placement,
    Record, Target, Timestamp, Tx,
};
use parking_lot::Mutex;
use wire::Operation;

use crate::{Iam, copies, fault, records::Kind, signing::Fresh};

/// An operation of IAM.
pub(crate) trait Act: Operation<Input: Send + Sync, Output: Send> {
    /// The IAM action.
    const ACTION: &'static str;
    /// All that may be asked for.
    const ACTIONS: &'static [&'static str] = &[Self::ACTION];

    /// What is asked about: the resource's ARN and the condition keys.
    fn about<R: Get>(ask: &Ask<'_, R>, input: &Self::Input) -> impl Future<Output = Answer<Check>> + Send;

    /// What else must be allowed, by further actions of [`Act::ACTIONS`].
    fn about_too<R: Get>(_: &Ask<'_, R>, _: &Self::Input) -> impl Future<Output = Answer<Vec<Check>>> + Send {
        std::future::ready(Ok(Vec::new()))
    }

    /// What takes long to make, before the transaction.
    fn prepare() -> impl Future<Output = Answer<Vec<Fresh>>> + Send {
        std::future::ready(Ok(Vec::new()))
    }

    /// Does it, within one transaction that may run more than once.
    fn act(books: &Books, input: &Self::Input) -> impl Future<Output = Answer<Self::Output>> + Send;
}

/// Who asks, and the records to look things up in.
pub(crate) struct Ask<'a, R> {
    pub(crate) caller: &'a Caller,
    pub(crate) read: &'a R,
}

impl<R: Get> Ask<'_, R> {
    /// The caller's account.
    pub(crate) fn account(&self) -> AccountId {
        self.caller.account()
    }

    /// A check of `action` on `arn` in the caller's account.
    pub(crate) fn check(&self, action: &'static str, arn: impl Into<String>) -> Check {
        Check::new(action, arn, self.account())
    }

    /// A check on an entity that is to be made: its tags are those of the request.
    pub(crate) fn on_new(
        &self,
        action: &'static str,
        kind: Kind,
        path: Option<&String>,
        name: &str,
        tags: Option<&Vec<api_iam::Tag>>,
    ) -> Check {
        let path = path.map_or("/", String::as_str);
        crate::tags::in_request(self.check(action, kind.arn(&self.account(), path, name)), tags)
    }

    /// A check on the user `name`, with its tags.
    pub(crate) async fn on_user(&self, action: &'static str, name: &str) -> Answer<Check> {
        let found = crate::records::user(self.read, &self.account(), name).await?;
        let (path, name, tags) = match &found {
            Some(user) => (user.path.as_str(), user.name.as_str(), user.tags.as_slice()),
            None => ("/", name, &[][..]),
        };
        let check = self.check(action, Kind::User.arn(&self.account(), path, name));
        Ok(crate::tags::of_resource(check, tags))
    }

    /// A check on the role `name`, with its tags.
    pub(crate) async fn on_role(&self, action: &'static str, name: &str) -> Answer<Check> {
        let found = crate::records::role(self.read, &self.account(), name).await?;
        let (path, name, tags) = match &found {
            Some(role) => (role.path.as_str(), role.name.as_str(), role.tags.as_slice()),
            None => ("/", name, &[][..]),
        };
        let check = self.check(action, Kind::Role.arn(&self.account(), path, name));
        Ok(crate::tags::of_resource(check, tags))
    }

    /// A check on the group `name`.
    pub(crate) async fn on_group(&self, action: &'static str, name: &str) -> Answer<Check> {
        let found = crate::records::group(self.read, &self.account(), name).await?;
        let (path, name) =
            found.as_ref().map_or(("/", name), |group| (group.path.as_str(), group.name.as_str()));
        Ok(self.check(action, Kind::Group.arn(&self.account(), path, name)))
    }

    /// A check on the user that `name` says, or else on the caller itself: AWS takes the name from the signature.
    pub(crate) async fn on_user_or_self(&self, action: &'static str, name: Option<&String>) -> Answer<Check> {
        match name.map(String::as_str).or_else(|| self.caller.who.user_name()) {
            Some(name) => self.on_user(action, name).await,
            None => Ok(self.check(action, format!("arn:aws:iam::{}:root", self.account()))),
        }
    }
}

/// The account's records within a transaction. What is written through it also goes to the log.
pub(crate) struct Books {
    tx: Tx,
    /// Who asks.
    pub(crate) caller: Caller,
    /// The time of the request.
    pub(crate) now: Timestamp,
    /// Seals secrets.
    pub(crate) seal: seal::Master,
    /// What is known of the use of access keys.
    pub(crate) uses: Arc<crate::key_use::Uses>,
    /// The floor that all this stands on.
    pub(crate) floor: Arc<Floor>,
    /// What was prepared.
    pub(crate) fresh: Arc<Vec<Fresh>>,
    random: Random,
    changes: Mutex<copies::Changes>,
}

/// What is random in one request, made before its transaction, so that each run of it makes the same ids.
#[derive(Clone)]
struct Random {
    seed: [u8; 32],
    next: Arc<std::sync::atomic::AtomicU64>,
}

impl Books {
    /// The caller's account.
    pub(crate) fn account(&self) -> AccountId {
        self.caller.account()
    }

    /// Sets a record.
    pub(crate) fn save<R: Record>(&self, key: &Key, record: &R) {
        self.put(key, record.encode());
    }

    /// Sets a value.
    pub(crate) fn put(&self, key: &Key, value: Vec<u8>) {
        self.changes.lock().put(key, &value);
        self.tx.put(key, value);
    }

    /// Removes a record.
    pub(crate) fn delete(&self, key: &Key) {
        self.changes.lock().delete(key);
        self.tx.delete(key);
    }

    /// Sets a value of a family that copies do not have.
    pub(crate) fn put_own(&self, key: &Key, value: Vec<u8>) {
        self.tx.put(key, value);
    }

    /// Removes one.
    pub(crate) fn drop_own(&self, key: &Key) {
        self.tx.delete(key);
    }

    /// Sixteen random bytes, others with each call; the same in each run of the transaction.
    pub(crate) fn random(&self) -> [u8; 16] {
        let at = self.random.next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut digest = digest::Context::new(&digest::SHA256);
        digest.update(&self.random.seed);
        digest.update(&at.to_be_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest.finish().as_ref()[..16]);
        bytes
    }

    /// A new unique id: `AIDA...` and the like, 21 letters.
    pub(crate) fn unique_id(&self, prefix: &str) -> String {
        crate::names::unique_id(prefix, &self.account(), 21, &self.random())
    }

    /// Refuses one more record under `family` where there are `most` already; `what` is AWS's word for the quota.
    pub(crate) async fn expect_room(&self, family: &Key, what: &str, most: usize) -> Answer<()> {
        let has_room = self.range(family.all(), most).await?.len() < most;
        if has_room { Ok(()) } else { Err(fault::quota(what, most)) }
    }

    /// The user that the request names, or else the caller itself.
    pub(crate) fn user_or_self<'a>(&'a self, name: Option<&'a String>) -> Answer<&'a str> {
        name.map(String::as_str).or_else(|| self.caller.who.user_name()).ok_or_else(needs_user_name)
    }

    /// Records the changes for the copies; answers whether there were any.
    fn close(self) -> bool {
        let changes = self.changes.into_inner();
        if changes.is_empty() {
            return false;
        }
        self.tx.put_stamped(&copies::log(), &[], changes.encode());
        true
    }
}

/// Temporary credentials of a role, and the root, have no user name that could be meant.
fn needs_user_name() -> Fault {
    fault::validation_text("Must specify userName when calling with non-User credentials")
}

impl Get for Books {
    async fn get(&self, key: &Key) -> Answer<Option<Bytes>> {
        self.tx.get(key).await
    }

    async fn range(&self, range: KeyRange, limit: usize) -> Answer<Vec<(Bytes, Bytes)>> {
        self.tx.range(range, limit).await
    }
}

impl<O: Act> Handle<O> for Iam {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = O::ACTIONS;

    fn place(&self, _: &Caller, _: &O::Input) -> Answer<Placement> {
        Ok(Placement::global())
    }

    async fn resource<R: Get>(&self, caller: &Caller, read: &R, input: &O::Input) -> Answer<Target<()>> {
        if caller.who.is_anonymous() {
            let why = "Request is missing Authentication Token";
            return Err(Fault::coded("MissingAuthenticationToken", 403, why));
        }
        if is_barred(caller) {
            let why = "The security token included in the request is invalid";
            return Err(Fault::coded("InvalidClientTokenId", 403, why));
        }
        let ask = &Ask { caller, read };
        let mut checks = vec![O::about(ask, input).await?];
        checks.append(&mut O::about_too(ask, input).await?);
        Ok(Target { checks, loaded: () })
    }

    async fn handle(&self, cx: &mut Cx, at: Admitted<O, Self>, input: O::Input) -> Answer<O::Output> {
        let (at, input, floor) = (&at, &input, cx.floor().clone());
        let (caller, now, seal) = (&cx.caller.clone(), cx.now(), &floor.seal);
        let mut seed = [0; 32];
        floor.env.random.fill(&mut seed);
        let prepared = Arc::new(O::prepare().await?);
        let write = |tx: Tx| {
            let random = Random { seed, next: Arc::default() };
            let (fresh, floor) = (Arc::clone(&prepared), floor.clone());
            async move {
                at.within(self, &tx, input).await?;
                let changes = Mutex::default();
                let (caller, seal, uses) = (caller.clone(), seal.clone(), self.directory.uses.clone());
                let books = Books { tx, caller, now, seal, uses, floor, fresh, random, changes };
                let output = O::act(&books, input).await?;
                Ok((output, books.close()))
            }
        };
        let (output, has_changed) = cx.cell(&at.place).await?.transact(write).await?;
        if has_changed {
            self.directory.changed(&floor).await;
        }
        Ok(output)
    }
}

/// Credentials of GetFederationToken never reach IAM, and those of GetSessionToken only with MFA.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html>
fn is_barred(caller: &Caller) -> bool {
    caller.who.session.as_deref().is_some_and(|session| match session.form {
        auth::SessionForm::Federation => true,
        auth::SessionForm::User => session.mfa_ms.is_none(),
        auth::SessionForm::Role | auth::SessionForm::Root => false,
    })
}
