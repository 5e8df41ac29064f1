//! Background work: keys whose waiting period is over go, material rotates, imported material ends, uses are noted.

use floor::{Answer, As, Cx, Get as _, Key as At, Placement, Tx, key::Parts};

use crate::{
    Kms, grants, key, keyed,
    limits::GRANTS_PER_KEY_MAX,
    names::{self, KeyId},
    records::{self, Grant, How, Key},
    regions::{self, Gone},
    spec::Origin,
    store::made,
};

/// How many keys of a cell one run looks after.
const KEYS_PER_RUN: usize = 1000;

/// What is to be done with a key now.
#[derive(PartialEq, Eq, Debug)]
enum Due {
    Delete,
    Rotate,
    Expire,
    Nothing,
}

fn due(key: &Key, now_ms: u64) -> Due {
    if key.deletion.and_then(|deletion| deletion.at_ms).is_some_and(|at| at <= now_ms) {
        return Due::Delete;
    }
    if key.materials.iter().any(|v| v.sealed.is_some() && !v.is_there(now_ms)) {
        return Due::Expire;
    }
    let rotates = key.deletion.is_none() && key.is_primary() && key.origin == Origin::AwsKms;
    if rotates && key.rotation.is_some_and(|rotation| rotation.next_ms <= now_ms) {
        return Due::Rotate;
    }
    Due::Nothing
}

impl Kms {
    /// One run; answers how many keys it changed.
    pub(crate) async fn tend(&self, cx: &mut Cx) -> Answer<u64> {
        // One cell that cannot be written to must not keep the others waiting.
        let mut failed = self.note_uses(cx).await.err();
        let mut done = 0;
        for place in cx.floor().cells.places() {
            match self.tend_cell(cx, &place).await {
                Ok(keys) => done += keys,
                Err(fault) => failed = Some(fault),
            }
        }
        failed.map_or(Ok(done), Err)
    }

    async fn tend_cell(&self, cx: &mut Cx, place: &Placement) -> Answer<u64> {
        let mut done = 0;
        let mut until = records::dues().all();
        until.end = records::dues().number(cx.now().0.saturating_add(1)).all().start;
        let pairs = cx.view(place).await?.range(until, KEYS_PER_RUN).await?;
        for (at, _) in pairs {
            let mut parts = Parts::of(&at);
            let named = (parts.text(), parts.number(), parts.text(), parts.text());
            let (_, _, Some(account), Some(id)) = named else { continue };
            let (Ok(account), Some(id)) = (account.parse(), KeyId::parse(&id)) else { continue };
            done += u64::from(self.tend_key(cx, place, &records::key(account, id)).await?);
        }
        Ok(done)
    }

    async fn tend_key(&self, cx: &mut Cx, place: &Placement, at: &At) -> Answer<bool> {
        let now = cx.now().0;
        let Some(key) = cx.view(place).await?.load::<Key>(at).await? else { return Ok(false) };
        let what = due(&key, now);
        let next =
            if what == Due::Rotate { Some(made(cx, key.account, key.id, key.spec).await?) } else { None };
        let sender = &cx.sender(As::Service { source_arn: key.arn(), source_account: key.account });
        let (what, next) = (&what, &next);
        let run = |tx: Tx| async move {
            let before = tx.load::<Key>(at).await?.filter(|key| due(key, now) == *what);
            let Some(before) = before else { return Ok(None) };
            let mut after = before.clone();
            match (what, next) {
                (Due::Delete, _) => {
                    remove(&tx, &before).await?;
                    if let Some(entry) = Gone::entry(&before, sender, now) {
                        tx.outbox(entry);
                    }
                    return Ok(Some(before));
                }
                (Due::Rotate, Some((id, sealed))) => after.rotate(*id, sealed.clone(), How::Automatic, now),
                (Due::Expire, _) => {
                    for version in after.materials.iter_mut().filter(|v| !v.is_there(now)) {
                        (version.sealed, version.expires_ms) = (None, None);
                    }
                }
                _ => return Ok(None),
            }
            if let Some(family) = &mut after.family {
                family.version += 1;
            }
            key::save(&tx, Some(&before), &after);
            regions::tell(&tx, Some(&before), &after, sender);
            Ok(Some(after))
        };
        let changed = cx.cell(place).await?.transact(run).await?;
        if let Some(key) = &changed {
            self.kept.forget(key);
        }
        Ok(changed.is_some())
    }

    /// Writes down when keys were used last. What a crash loses is the last minute, and AWS promises no more.
    async fn note_uses(&self, cx: &mut Cx) -> Answer<()> {
        let uses: Vec<_> =
            self.kept.used.lock().iter().map(|(name, use_)| (name.clone(), use_.clone())).collect();
        let mut failed = None;
        for ((region, account, id), use_) in uses {
            let (account, id, seen) = (&account, &id, &use_);
            let run = |tx: Tx| async move {
                if tx.get(&records::key(*account, *id)).await?.is_some() {
                    tx.save(&records::last_use(*account, *id), seen);
                }
                Ok(())
            };
            let noted = match cx.cell(&names::place(&region, *account)).await {
                Ok(cell) => cell.transact(run).await,
                Err(fault) => Err(fault),
            };
            if let Err(fault) = noted {
                failed = Some(fault);
                continue;
            }
            let mut used = self.kept.used.lock();
            let name = (region, *account, *id);
            if used.get(&name) == Some(&use_) {
                used.remove(&name);
            }
        }
        failed.map_or(Ok(()), Err)
    }
}

/// Removes a key and everything that belongs to it. Its ciphertexts cannot be read by anybody any more.
async fn remove(tx: &Tx, key: &Key) -> Answer<()> {
    let (account, id) = (key.account, key.id);
    for alias in keyed::aliases_of(tx, account, id).await? {
        tx.delete(&records::alias(account, &alias));
        tx.delete(&records::alias_of(account, id, &alias));
    }
    let all = tx.range(records::grants(account, id).all(), GRANTS_PER_KEY_MAX).await?;
    for (_, stored) in all {
        grants::remove(tx, account, &<Grant as floor::Record>::decode(&stored)?);
    }
    tx.delete(&records::grant_count(account, id));
    tx.delete(&records::last_use(account, id));
    if let Some(at) = key.due_ms() {
        tx.delete(&records::due(at, account, id));
    }
    tx.delete(&records::key(account, id));
    if key.managed_by.is_none() {
        tx.add(&records::key_count(account), -1);
    }
    Ok(())
}
