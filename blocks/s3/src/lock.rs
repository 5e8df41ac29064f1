//! Object Lock: versions that must not be removed, for a time or until somebody says otherwise.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html>. Time is that of the service clock.

use api_s3::{DefaultRetention as Given, ObjectLockConfiguration};
use floor::{Admitted, Check, Cx, Handle};
use wire::{Answer, Fault, Operation, Time};

use crate::{
    S3,
    bucket::{Bucket, Here},
    fault,
    limits::{DAY_MS, RETENTION_DAYS_MAX, RETENTION_YEARS_MAX},
    more::{DefaultRetention, Lock, More, Period, Retention},
    reading::InObject,
    records::{BucketRecord, Object},
    telling::Teller,
    versions,
};

/// The members of an input that lock the object that it writes.
#[macro_export]
macro_rules! asked_lock {
    ($input:expr) => {
        $crate::lock::Asked {
            mode: $input.object_lock_mode.as_deref(),
            until: $input.object_lock_retain_until_date,
            hold: $input.object_lock_legal_hold_status.as_deref(),
        }
    };
}

/// Tells the lock of an object; see [`Locked::told`].
#[macro_export]
macro_rules! set_lock {
    ($output:expr, $locked:expr) => {{
        $output.object_lock_mode = $locked.mode();
        $output.object_lock_retain_until_date = $locked.until();
        $output.object_lock_legal_hold_status = $locked.hold();
    }};
}

/// What a write says of the lock of its object; see [`asked_lock!`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// `x-amz-object-lock-mode`.
    pub mode: Option<&'a str>,
    /// `x-amz-object-lock-retain-until-date`.
    pub until: Option<Time>,
    /// `x-amz-object-lock-legal-hold`.
    pub hold: Option<&'a str>,
}

/// How a new version is locked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Locked {
    retention: Option<Retention>,
    legal_hold: Option<bool>,
}

const MODE: &str = "x-amz-object-lock-mode";
const UNTIL: &str = "x-amz-object-lock-retain-until-date";
const COMPLIANCE: &str = "COMPLIANCE";
const GOVERNANCE: &str = "GOVERNANCE";

/// How a mode is spelled.
pub fn mode(is_compliance: bool) -> String {
    if is_compliance { COMPLIANCE } else { GOVERNANCE }.to_owned()
}

/// How a legal hold is spelled.
pub fn status(is_on: bool) -> String {
    if is_on { "ON" } else { "OFF" }.to_owned()
}

impl Asked<'_> {
    /// What is locked of it.
    pub fn checked(&self, now_ms: u64) -> Answer<Locked> {
        let retention = match (self.mode, self.until) {
            (None, None) => None,
            (Some(mode), Some(until)) => Some(retention(mode, until, now_ms, UNTIL)?),
            (mode, _) => {
                let missing = if mode.is_some() { UNTIL } else { MODE };
                let message = format!("{UNTIL} and {MODE} must both be supplied");
                return Err(Fault::coded("InvalidArgument", 400, message).with("ArgumentName", missing));
            }
        };
        Ok(Locked { retention, legal_hold: self.hold.map(|hold| hold == "ON") })
    }

    /// The rights that it needs, each with the keys of the lock. The first of `checks` is that of the write itself.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html>
    pub fn ask(&self, mut checks: Vec<Check>, bucket: &Bucket, key: &str, now_ms: u64) -> Vec<Check> {
        if let Some(first) = checks.first_mut() {
            *first = self.keys(first.clone(), now_ms);
        }
        let further = |action| self.keys(bucket.object_check(action, key), now_ms);
        checks
            .extend((self.mode.is_some() || self.until.is_some()).then(|| further("s3:PutObjectRetention")));
        checks.extend(self.hold.map(|_| further("s3:PutObjectLegalHold")));
        checks
    }

    /// The condition keys of a lock that is asked for.
    pub fn keys(&self, check: Check, now_ms: u64) -> Check {
        let with = |check: Check, name: &'static str, value: Option<String>| match value {
            Some(value) => check.key(name, value),
            None => check,
        };
        let left = |until: Time| {
            let left_ms = until.millis().saturating_sub(i64::try_from(now_ms).unwrap_or(i64::MAX));
            left_ms.div_euclid(DAY_MS as i64).to_string()
        };
        let check = with(check, "s3:object-lock-mode", self.mode.map(str::to_owned));
        let check = with(check, "s3:object-lock-retain-until-date", self.until.map(iso));
        let check = with(check, "s3:object-lock-remaining-retention-days", self.until.map(left));
        with(check, "s3:object-lock-legal-hold", self.hold.map(str::to_owned))
    }
}

fn iso(time: Time) -> String {
    let mut text = String::with_capacity(24);
    time.write(wire::schema::TimeFormat::Iso, false, &mut text);
    text
}

fn retention(mode: &str, until: Time, now_ms: u64, name: &'static str) -> Answer<Retention> {
    let until_ms = u64::try_from(until.millis()).unwrap_or_default();
    if until_ms <= now_ms {
        return Err(fault::invalid_argument(
            "The retain until date must be in the future!",
            name,
            iso(until),
        ));
    }
    Ok(Retention { is_compliance: mode == COMPLIANCE, until_ms })
}

/// `ObjectLockRetention`: none where it is empty, which takes the retention away.
pub fn retention_of(given: &api_s3::ObjectLockRetention, now_ms: u64) -> Answer<Option<Retention>> {
    match (given.mode.as_deref(), given.retain_until_date) {
        (None, None) => Ok(None),
        (Some(mode), Some(until)) => retention(mode, until, now_ms, "RetainUntilDate").map(Some),
        _ => Err(fault::malformed_xml()),
    }
}

impl Locked {
    /// With the retention that the bucket gives to what says nothing of it.
    pub fn in_bucket(self, bucket: &BucketRecord, now_ms: u64) -> Answer<Self> {
        let Some(lock) = bucket.lock else {
            return if self == Self::default() {
                Ok(self)
            } else {
                Err(fault::invalid_request("Bucket is missing ObjectLockConfiguration"))
            };
        };
        let default = || {
            lock.default.map(|default| Retention {
                is_compliance: default.is_compliance,
                until_ms: now_ms.saturating_add(default.period.ms()),
            })
        };
        Ok(Self { retention: self.retention.or_else(default), ..self })
    }

    /// What is locked must be shown to have arrived whole: `has_digest`, whether the request gives one of its body.
    pub fn check_digest(self, has_digest: bool) -> Answer<()> {
        if has_digest || self == Self::default() {
            return Ok(());
        }
        Err(fault::invalid_request(
            "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock \
             parameters",
        ))
    }

    /// Enters it into what is kept of an object.
    pub fn enter(self, more: Option<Box<More>>) -> Option<Box<More>> {
        if self == Self::default() {
            return more;
        }
        let more = more.map(|more| *more).unwrap_or_default();
        More {
            retention: self.retention.or(more.retention),
            legal_hold: self.legal_hold.or(more.legal_hold),
            ..more
        }
        .boxed()
    }

    /// What an object has.
    pub fn of(object: &Object) -> Self {
        let more = object.more.as_deref();
        Self {
            retention: more.and_then(|more| more.retention),
            legal_hold: more.and_then(|more| more.legal_hold),
        }
    }

    /// That which the caller may read of it. Most objects have none of it, and nothing is asked.
    pub async fn told<O: Operation, H: Handle<O>>(
        self,
        cx: &Cx,
        handler: &H,
        bucket: &Bucket,
        key: &str,
    ) -> Self {
        let mut told = self;
        if self.retention.is_some() {
            let check = vec![bucket.object_check("s3:GetObjectRetention", key)];
            if cx.ask::<O, H>(handler, check).await.is_err() {
                told.retention = None;
            }
        }
        if self.legal_hold.is_some() {
            let check = vec![bucket.object_check("s3:GetObjectLegalHold", key)];
            if cx.ask::<O, H>(handler, check).await.is_err() {
                told.legal_hold = None;
            }
        }
        told
    }

    /// `x-amz-object-lock-mode`.
    pub fn mode(self) -> Option<String> {
        self.retention.map(|retention| mode(retention.is_compliance))
    }

    /// `x-amz-object-lock-retain-until-date`.
    pub fn until(self) -> Option<Time> {
        self.retention.map(|retention| Time::from_millis(retention.until_ms as i64))
    }

    /// `x-amz-object-lock-legal-hold`.
    pub fn hold(self) -> Option<String> {
        self.legal_hold.map(status)
    }
}

impl Period {
    fn ms(self) -> u64 {
        let days = match self {
            Self::Days(days) => u64::from(days),
            Self::Years(years) => u64::from(years) * 365,
        };
        days * DAY_MS
    }
}

/// Whether the caller may pass a retention of mode GOVERNANCE: the request says so, and policies allow it.
#[derive(Debug)]
pub struct Bypass(Option<Answer<()>>);

impl Bypass {
    /// Not asked for.
    pub const NO: Self = Self(None);

    /// As a request asks for it.
    pub async fn of<O: Operation, H: Handle<O>>(
        cx: &Cx,
        handler: &H,
        asked: Option<bool>,
        (bucket, key): (&Bucket, &str),
    ) -> Answer<Self> {
        const HEADER: &str = "x-amz-bypass-governance-retention";
        if asked.is_some() && bucket.record.lock.is_none() {
            let message = format!("{HEADER} is only applicable to Object Lock enabled buckets.");
            return Err(Fault::coded("InvalidArgument", 400, message).with("ArgumentName", HEADER));
        }
        if asked != Some(true) {
            return Ok(Self::NO);
        }
        let check = vec![bucket.object_check("s3:BypassGovernanceRetention", key)];
        Ok(Self(Some(cx.ask::<O, H>(handler, check).await)))
    }

    fn check(&self) -> Answer<()> {
        match &self.0 {
            None => Err(protected()),
            Some(Ok(())) => Ok(()),
            Some(Err(denied)) => Err(fault::access_denied(denied.message().to_owned())),
        }
    }
}

fn protected() -> Fault {
    fault::access_denied("Access Denied because object protected by object lock.")
}

/// Whether a version may be removed for good.
pub fn check_removal(object: &Object, bypass: &Bypass, now_ms: u64) -> Answer<()> {
    let Some(more) = object.more.as_deref() else { return Ok(()) };
    if more.legal_hold == Some(true) {
        return Err(protected());
    }
    match more.retention.filter(|retention| retention.until_ms > now_ms) {
        None => Ok(()),
        Some(retention) if retention.is_compliance => Err(protected()),
        Some(_) => bypass.check(),
    }
}

/// Whether a retention may be replaced: nobody makes one of mode COMPLIANCE weaker.
pub fn check_change(
    old: Option<Retention>,
    new: Option<Retention>,
    bypass: &Bypass,
    now_ms: u64,
) -> Answer<()> {
    let Some(old) = old.filter(|old| old.until_ms > now_ms) else { return Ok(()) };
    let holds = |new: Retention| new.until_ms >= old.until_ms && new.is_compliance == old.is_compliance;
    match new {
        Some(new) if holds(new) => Ok(()),
        _ if old.is_compliance => Err(protected()),
        _ => bypass.check(),
    }
}

/// That a bucket has Object Lock.
pub fn check_enabled(bucket: &BucketRecord) -> Answer<()> {
    match bucket.lock {
        Some(_) => Ok(()),
        None => Err(fault::invalid_request("Bucket is missing Object Lock Configuration")),
    }
}

/// Which version is changed.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// The bucket's name.
    pub bucket: &'a str,
    /// The object's key.
    pub key: &'a str,
    /// The version, as it was named.
    pub version_id: Option<&'a str>,
}

impl S3 {
    /// Changes what few objects have, of one version.
    pub async fn amend<O, F>(
        &self,
        cx: &mut Cx,
        at: &Admitted<O, Self>,
        input: &O::Input,
        named: Named<'_>,
        change: F,
    ) -> Answer<()>
    where
        O: Operation,
        Self: Handle<O, Loaded = Here<InObject>>,
        F: Fn(&mut More) -> Answer<()> + Send + Sync,
    {
        let change = &change;
        let bucket = at.loaded.or_elsewhere(cx, named.bucket).await?.bucket.clone();
        let teller = &Teller::new(self, cx, &bucket, cx.now().0);
        let done = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let here = here.inside(named.bucket)?;
            let (stored, _) = here.object(named.key, named.version_id, "PUT")?;
            teller.amended(&tx, &here.bucket, named.key, stored.version.order);
            let mut changed = stored.clone();
            if let Some(object) = &mut changed.version.object {
                let mut more = object.more.take().map(|more| *more).unwrap_or_default();
                change(&mut more)?;
                object.more = more.boxed();
            }
            versions::rewrite(&tx, &here.bucket, named.key, &changed).await
        });
        done.await
    }
}

/// Reads `ObjectLockConfiguration`.
pub fn configured(given: Option<&ObjectLockConfiguration>) -> Answer<Lock> {
    let given = given.ok_or_else(fault::malformed_xml)?;
    if given.object_lock_enabled.as_deref() != Some("Enabled") {
        return Err(fault::malformed_xml());
    }
    let Some(rule) = &given.rule else { return Ok(Lock { default: None }) };
    let default = rule.default_retention.as_ref().ok_or_else(fault::malformed_xml)?;
    let is_compliance = default.mode.as_deref().ok_or_else(fault::malformed_xml)? == COMPLIANCE;
    Ok(Lock { default: Some(DefaultRetention { is_compliance, period: period(default)? }) })
}

fn period(given: &Given) -> Answer<Period> {
    let (number, most) = match (given.days, given.years) {
        (Some(days), None) => (days, RETENTION_DAYS_MAX),
        (None, Some(years)) => (years, RETENTION_YEARS_MAX),
        _ => return Err(fault::malformed_xml()),
    };
    let invalid = |message| Fault::coded("InvalidRetentionPeriod", 400, message);
    let number = u32::try_from(number).ok().filter(|number| *number > 0);
    let number =
        number.ok_or_else(|| invalid("Default retention period must be a positive integer value."))?;
    if number > most {
        return Err(invalid("Default retention period too large."));
    }
    Ok(if given.days.is_some() { Period::Days(number) } else { Period::Years(number) })
}

/// As GetObjectLockConfiguration answers it.
pub fn described(lock: Lock) -> ObjectLockConfiguration {
    let rule = lock.default.map(|default| {
        let (days, years) = match default.period {
            Period::Days(days) => (Some(days as i32), None),
            Period::Years(years) => (None, Some(years as i32)),
        };
        let default_retention = Some(Given { mode: Some(mode(default.is_compliance)), days, years });
        api_s3::ObjectLockRule { default_retention }
    });
    ObjectLockConfiguration { object_lock_enabled: Some("Enabled".to_owned()), rule }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn retention() -> impl Strategy<Value = Option<Retention>> {
        let one = (any::<bool>(), 0_u64..20);
        prop::option::of(one.prop_map(|(is_compliance, until_ms)| Retention { is_compliance, until_ms }))
    }

    proptest! {
        /// Whatever is asked, a version under COMPLIANCE stays at least as long, and under GOVERNANCE without the right
        /// to bypass it, too.
        #[test]
        fn nothing_is_weakened(old in retention(), new in retention(), may in any::<bool>(), now_ms in 0_u64..20) {
            let bypass = if may { Bypass(Some(Ok(()))) } else { Bypass::NO };
            let is_held = |r: &Retention| r.until_ms > now_ms;
            if check_change(old, new, &bypass, now_ms).is_ok()
                && let Some(old) = old.filter(is_held)
                && (old.is_compliance || !may)
            {
                let new = new.expect("it was not taken away");
                prop_assert!(new.until_ms >= old.until_ms && new.is_compliance == old.is_compliance);
            }
            // Without anything to protect, everything goes.
            if !old.as_ref().is_some_and(is_held) {
                prop_assert!(check_change(old, new, &bypass, now_ms).is_ok());
            }
        }
    }

    #[test]
    fn periods_are_checked() {
        let of = |days, years| period(&Given { mode: None, days, years }).map_err(|f| f.code().to_owned());
        assert_eq!(of(Some(1), None), Ok(Period::Days(1)));
        assert_eq!(of(None, Some(100)), Ok(Period::Years(100)));
        for (days, years) in [(Some(0), None), (None, Some(-1)), (Some(36_501), None), (None, Some(101))] {
            assert_eq!(of(days, years), Err("InvalidRetentionPeriod".to_owned()));
        }
        for (days, years) in [(None, None), (Some(1), Some(1))] {
            assert_eq!(of(days, years), Err("MalformedXML".to_owned()));
        }
        assert_eq!(Period::Years(2).ms(), Period::Days(730).ms());
    }
}
