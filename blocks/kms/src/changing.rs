//! When a key may be changed.

use crate::{
    fault::Refused,
    key::State,
    records::{How, Key},
    spec::Origin,
};

/// EnableKey and DisableKey.
pub(crate) fn switchable(key: &Key, now_ms: u64) -> Result<(), Refused> {
    key.staying()?;
    if key.state(now_ms) == State::PendingImport {
        return Err(Refused::State(format!("{} is pending import.", key.arn())));
    }
    Ok(())
}

/// What only the primary of several regions may change.
pub(crate) fn primary(key: &Key) -> Result<(), Refused> {
    if key.is_primary() {
        return Ok(());
    }
    Err(Refused::Unsupported(format!("{} is a multi-Region replica key.", key.arn())))
}

/// The imported material that waits becomes the one that encrypts.
pub(crate) fn use_pending(key: &mut Key, now_ms: u64) -> Result<(), Refused> {
    let arn = key.arn();
    let waiting = key.materials.iter().position(|version| version.is_pending);
    let waiting = waiting.filter(|_| key.origin == Origin::External);
    let why = || Refused::State(format!("{arn} has no key material that is pending rotation."));
    let mut version = key.materials.remove(waiting.ok_or_else(why)?);
    version.is_pending = false;
    version.since_ms = now_ms;
    version.how = How::OnDemand;
    key.materials.push(version);
    Ok(())
}
