//! ReplicateKey: the same key in another region.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html>

use api_kms::{ReplicateKey, ReplicateKeyRequest, ReplicateKeyResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Region, Target, Tx};

use crate::{
    Kms,
    change::sender,
    fault::Refused,
    key,
    keyed::{About, Found},
    metadata, names, policy,
    records::{self, Key},
    regions::{self, Newborn, News},
    tags,
};

fn about<'a>(caller: &Caller, input: &'a ReplicateKeyRequest) -> About<'a> {
    About::key(caller, &input.key_id).with("kms:ReplicaRegion", input.replica_region.clone())
}

impl Handle<ReplicateKey> for Kms {
    type Loaded = Found;
    const ACTIONS: &'static [&'static str] = &["kms:ReplicateKey", "kms:CreateKey", "kms:TagResource"];

    fn place(&self, caller: &Caller, input: &ReplicateKeyRequest) -> Answer<Placement> {
        about(caller, input).place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ReplicateKeyRequest,
    ) -> Answer<Target<Found>> {
        let mut target = self.on_key(caller, read, &about(caller, input), "kms:ReplicateKey").await?;
        let account = target.loaded.key.account;
        target.checks.push(
            Check::new("kms:CreateKey", "*", account)
                .key("kms:CallerAccount", caller.account().to_string())
                .key("kms:MultiRegion", "true")
                .key("kms:MultiRegionKeyType", "REPLICA")
                .key("aws:RequestedRegion", input.replica_region.clone()),
        );
        if let Some(tags) = input.tags.as_ref().filter(|tags| !tags.is_empty()) {
            let arn = format!("arn:aws:kms:{}:{account}:key/{}", input.replica_region, target.loaded.key.id);
            let keys: Vec<_> = tags.iter().map(|tag| tag.tag_key.clone()).collect();
            target.checks.push(Check::new("kms:TagResource", arn, account).key("aws:TagKeys", keys));
        }
        Ok(target)
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ReplicateKey, Self>,
        input: ReplicateKeyRequest,
    ) -> Answer<ReplicateKeyResponse> {
        let to: Region = input
            .replica_region
            .parse()
            .map_err(|_| Refused::validation(format!("{} is not a region.", input.replica_region)))?;
        let key = &at.loaded.key;
        let account = key.account;
        let newborn = newborn(cx, key, &to, &input)?;
        // A region that cannot be reached hears of its key later, and has it then.
        if let Ok(there) = cx.view(&names::place(&to, account)).await {
            key::has_room(&there, account).await?;
        }
        let (sender, now) = (&sender(cx, key), cx.now().0);
        let (at, input, to, newborn) = (&at, &input, &to, &newborn);
        let run = |tx: Tx| async move {
            let before = &at.within(self, &tx, input).await?.key;
            let mut after = Key::clone(before);
            join(&mut after, to, now)?;
            key::save(&tx, Some(before), &after);
            for news in all_news(&after, to, newborn) {
                tx.outbox(news.entry(sender));
            }
            Ok(after)
        };
        let after = cx.cell(&at.place).await?.transact(run).await?;
        let mut answered = None;
        for news in all_news(&after, to, newborn) {
            let is_there = self.spread_one(cx, &news).await;
            if news.is_for(to) && is_there {
                let place = names::place(to, account);
                answered = cx.view(&place).await?.load::<Key>(&records::key(account, after.id)).await?;
            }
        }
        Ok(ReplicateKeyResponse {
            replica_key_metadata: Some(told(&after, to, newborn, answered, now)),
            replica_policy: Some(newborn.policy.clone()),
            replica_tags: input.tags.clone(),
        })
    }
}

fn newborn(cx: &Cx, key: &Key, to: &Region, input: &ReplicateKeyRequest) -> Result<Newborn, Refused> {
    let policy = match &input.policy {
        None => policy::of_account(key.account),
        Some(text) => {
            let bypass = input.bypass_policy_lockout_safety_check == Some(true);
            policy::check(text, &cx.caller, &key.id.arn(to, key.account), key.account, bypass)?;
            text.clone()
        }
    };
    Ok(Newborn {
        policy,
        description: input.description.clone().unwrap_or_default(),
        tags: tags::read(input.tags.as_deref().unwrap_or_default())?,
        created_ms: cx.now().0,
    })
}

/// Adds a region to those that have the key.
fn join(key: &mut Key, to: &Region, now_ms: u64) -> Result<(), Refused> {
    key.usable(now_ms)?;
    let arn = key.arn();
    let is_primary = key.is_primary();
    let Some(family) = key.family.as_mut().filter(|_| is_primary) else {
        return Err(Refused::Unsupported(format!("{arn} is not a multi-Region primary key.")));
    };
    if family.primary == *to || family.replicas.contains(to) {
        return Err(Refused::Exists(format!("{} already exists.", key.id.arn(to, key.account))));
    }
    family.replicas.push(to.clone());
    family.replicas.sort();
    family.version += 1;
    Ok(())
}

fn all_news(key: &Key, to: &Region, newborn: &Newborn) -> Vec<News> {
    let mut all = regions::all_news(key);
    for news in &mut all {
        if news.is_for(to) {
            news.bring(newborn.clone());
        }
    }
    all
}

/// The replica, or what it will be: where its region could not be reached, it is told later.
fn told(primary: &Key, to: &Region, newborn: &Newborn, is: Option<Key>, now_ms: u64) -> api_kms::KeyMetadata {
    if let Some(key) = is {
        return metadata::of(&key, now_ms);
    }
    let Newborn { policy, description, tags, created_ms } = newborn.clone();
    let replica = Key { region: to.clone(), policy, description, tags, created_ms, ..primary.clone() };
    api_kms::KeyMetadata {
        enabled: Some(false),
        key_state: Some("Creating".into()),
        ..metadata::of(&replica, now_ms)
    }
}
