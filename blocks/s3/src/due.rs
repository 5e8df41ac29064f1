//! What lifecycle rules want of a version, and when. Pure.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html>

use crate::{
    answer,
    lifecycle::{Expiration, Lifecycle, Noncurrent, Rule, When},
    limits::{DAY_MS, TRANSITION_BYTES_MIN},
    records::Object,
};

/// The first midnight (UTC) behind so many days after a time: a time is rounded to the next day.
pub fn midnight_after(from_ms: u64, days: u32) -> u64 {
    let at_ms = from_ms.saturating_add(u64::from(days) * DAY_MS);
    (at_ms / DAY_MS + 1).saturating_mul(DAY_MS)
}

impl When {
    /// The time that this is for a version made at `from_ms`.
    pub fn at_ms(self, from_ms: u64) -> u64 {
        match self {
            Self::Days(days) => midnight_after(from_ms, days),
            Self::Date(ms) => ms,
        }
    }
}

/// How deep a storage class is: versions only go down.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html>
pub fn depth(class: Option<&str>) -> u8 {
    match class {
        Some("STANDARD_IA") => 1,
        Some("INTELLIGENT_TIERING") => 2,
        Some("ONEZONE_IA") => 3,
        Some("GLACIER_IR") => 4,
        Some("GLACIER") => 5,
        Some("DEEP_ARCHIVE") => 6,
        _ => 0,
    }
}

/// A version as rules see it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Its key.
    pub key: &'a str,
    /// When it was made.
    pub modified_ms: u64,
    /// The object; none: a delete marker.
    pub object: Option<&'a Object>,
    /// Where it stands.
    pub place: Place,
}

/// Where a version stands among those of its key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// It is the latest. `alone`: and there is no other.
    Latest {
        /// There is no other.
        alone: bool,
    },
    /// Others are newer.
    Noncurrent {
        /// When the next newer one was made.
        since_ms: u64,
        /// How many noncurrent ones are newer.
        newer: u32,
    },
}

/// What a rule wants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// The latest version expires.
    Expire,
    /// The version goes for good; so many newer noncurrent ones must be there.
    Remove(u32),
    /// A delete marker that hides nothing goes.
    RemoveMarker,
    /// It goes to another class.
    Move(String),
}

impl Lifecycle {
    fn rules_for<'a>(&'a self, seen: &'a Seen<'a>) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().filter(move |rule| {
            rule.is_enabled
                && match seen.object {
                    Some(object) => rule.scope.holds(seen.key, object.size, &object.about.tags),
                    // A marker has no tags and no size.
                    None => seen.key.starts_with(rule.scope.prefix()) && !rule.scope.has_tags(),
                }
        })
    }

    /// What is due for a version. That it goes is before that it moves, and the deepest class before others.
    pub fn due(&self, seen: &Seen<'_>, now_ms: u64) -> Option<Wanted> {
        match (seen.place, seen.object) {
            (Place::Latest { alone }, None) => {
                let is_due = |rule: &Rule| match rule.expiration {
                    Some(Expiration::Markers(markers)) => markers,
                    Some(Expiration::At(when)) => when.at_ms(seen.modified_ms) <= now_ms,
                    None => false,
                };
                (alone && self.rules_for(seen).any(is_due)).then_some(Wanted::RemoveMarker)
            }
            (Place::Latest { .. }, Some(object)) => match self.expires(seen) {
                Some((at_ms, _)) if at_ms <= now_ms => Some(Wanted::Expire),
                _ => {
                    let wanted = self.rules_for(seen).flat_map(|rule| {
                        rule.transitions
                            .iter()
                            .filter(|t| t.when.at_ms(seen.modified_ms) <= now_ms)
                            .map(move |t| (rule, t.class.as_str()))
                    });
                    self.deepest(object, wanted)
                }
            },
            (Place::Noncurrent { since_ms, newer }, object) => {
                let is_due = |when: &Noncurrent| {
                    midnight_after(since_ms, when.days) <= now_ms
                        && when.newer.is_none_or(|kept| newer >= kept)
                };
                let goes = self.rules_for(seen).filter_map(|rule| rule.noncurrent.filter(is_due));
                if let Some(kept) = goes.map(|when| when.newer.unwrap_or_default()).min() {
                    return Some(Wanted::Remove(kept));
                }
                let wanted = self.rules_for(seen).flat_map(|rule| {
                    let due = rule.noncurrent_transitions.iter().filter(move |(when, _)| is_due(when));
                    due.map(move |(_, class)| (rule, class.as_str()))
                });
                self.deepest(object?, wanted)
            }
        }
    }

    /// When the latest version expires, and by which rule.
    pub fn expires<'a>(&'a self, seen: &'a Seen<'a>) -> Option<(u64, &'a str)> {
        let times = self.rules_for(seen).filter_map(|rule| match rule.expiration {
            Some(Expiration::At(when)) => Some((when.at_ms(seen.modified_ms), rule.id.as_str())),
            _ => None,
        });
        times.min_by_key(|(at_ms, _)| *at_ms)
    }

    fn deepest<'a>(
        &self,
        object: &Object,
        wanted: impl Iterator<Item = (&'a Rule, &'a str)>,
    ) -> Option<Wanted> {
        let from = depth(object.about.storage_class.as_deref());
        let allowed = wanted.filter(|(rule, class)| self.is_large_enough(rule, class, object.size));
        let deepest = allowed.map(|(_, class)| class).max_by_key(|class| depth(Some(class)))?;
        (depth(Some(deepest)) > from).then(|| Wanted::Move(deepest.to_owned()))
    }

    /// Small objects stay where they are unless a rule speaks of sizes.
    fn is_large_enough(&self, rule: &Rule, class: &str, size: u64) -> bool {
        size >= TRANSITION_BYTES_MIN
            || rule.scope.has_size()
            || (self.minimum_varies && matches!(class, "GLACIER" | "DEEP_ARCHIVE"))
    }

    /// When an upload is given up, and by which rule.
    pub fn aborts(&self, key: &str, initiated_ms: u64) -> Option<(u64, &str)> {
        let rules = self.rules.iter().filter(|r| r.is_enabled && key.starts_with(r.scope.prefix()));
        let times = rules.filter_map(|r| Some((midnight_after(initiated_ms, r.abort_days?), r.id.as_str())));
        times.min_by_key(|(at_ms, _)| *at_ms)
    }

    /// `x-amz-expiration` of the latest version of a key.
    pub fn expiration_header(&self, key: &str, modified_ms: u64, object: &Object) -> Option<String> {
        let seen = Seen { key, modified_ms, object: Some(object), place: Place::Latest { alone: false } };
        let (at_ms, rule) = self.expires(&seen)?;
        let rule = answer::encoded(rule, Some("url")).replace('+', "%20");
        Some(format!("expiry-date=\"{}\", rule-id=\"{rule}\"", answer::http_date(at_ms)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        etag::ETag,
        lifecycle::{Scope, Transition},
        records::{About, Data, Sealing},
    };

    fn rule(expiration: Option<Expiration>, noncurrent: Option<Noncurrent>) -> Rule {
        Rule {
            id: "r".into(),
            is_enabled: true,
            scope: Scope::All,
            expiration,
            transitions: Vec::new(),
            noncurrent,
            noncurrent_transitions: Vec::new(),
            abort_days: None,
        }
    }

    fn object(size: u64) -> Object {
        Object {
            size,
            etag: ETag::whole([0; 16]),
            checksum: None,
            data: Data::Inline,
            about: About::default(),
            sealing: Sealing::Bucket,
            more: None,
        }
    }

    fn of(rules: Vec<Rule>) -> Lifecycle {
        Lifecycle { minimum_varies: false, rules }
    }

    #[test]
    fn the_example_of_the_guide() {
        // Created 2014-01-15 10:30 with 3 days: 2014-01-19 00:00.
        assert_eq!(midnight_after(1_389_781_800_000, 3), 1_390_089_600_000);
    }

    proptest! {
        #[test]
        fn due_dates_are_midnights_after_whole_days(from_ms in 0_u64..4_000_000_000_000, days in 0_u32..40_000) {
            let at_ms = midnight_after(from_ms, days);
            prop_assert_eq!(at_ms % DAY_MS, 0);
            let full_ms = from_ms + u64::from(days) * DAY_MS;
            prop_assert!(at_ms > full_ms && at_ms - full_ms <= DAY_MS);
            prop_assert!(midnight_after(from_ms + 1, days) >= at_ms);
        }

        /// Nothing happens a millisecond early, and it happens at the midnight.
        #[test]
        fn versions_expire_at_their_time(modified_ms in 0_u64..4_000_000_000_000, days in 1_u32..4000, other in 1_u32..4000) {
            let at = |days| Some(Expiration::At(When::Days(days)));
            let lifecycle = of(vec![rule(at(days), None), rule(at(other), None)]);
            let object = object(1);
            let seen =
                Seen { key: "k", modified_ms, object: Some(&object), place: Place::Latest { alone: true } };
            let due_ms = midnight_after(modified_ms, days.min(other));
            prop_assert_eq!(lifecycle.due(&seen, due_ms - 1), None);
            prop_assert_eq!(lifecycle.due(&seen, due_ms), Some(Wanted::Expire));
            prop_assert_eq!(lifecycle.expires(&seen).unwrap().0, due_ms);
        }

        #[test]
        fn so_many_newer_ones_stay(since_ms in 0_u64..4_000_000_000_000, days in 1_u32..400, kept in 1_u32..9, newer in 0_u32..12) {
            let lifecycle = of(vec![rule(None, Some(Noncurrent { days, newer: Some(kept) }))]);
            let object = object(1);
            let place = Place::Noncurrent { since_ms, newer };
            let seen = Seen { key: "k", modified_ms: 0, object: Some(&object), place };
            let due_ms = midnight_after(since_ms, days);
            prop_assert_eq!(lifecycle.due(&seen, due_ms - 1), None);
            let expected = (newer >= kept).then_some(Wanted::Remove(kept));
            prop_assert_eq!(lifecycle.due(&seen, due_ms), expected);
        }
    }

    #[test]
    fn classes_only_go_down_and_small_objects_stay() {
        let to = |days, class: &str| Transition { when: When::Days(days), class: class.into() };
        let transitions = vec![to(30, "STANDARD_IA"), to(90, "GLACIER")];
        let mut lifecycle = of(vec![Rule { transitions, ..rule(None, None) }]);
        let due = |lifecycle: &Lifecycle, object: &Object, day: u64| {
            let place = Place::Latest { alone: true };
            let seen = Seen { key: "k", modified_ms: 0, object: Some(object), place };
            lifecycle.due(&seen, day * DAY_MS)
        };
        let mut large = object(TRANSITION_BYTES_MIN);
        assert_eq!(due(&lifecycle, &large, 30), None);
        assert_eq!(due(&lifecycle, &large, 31), Some(Wanted::Move("STANDARD_IA".into())));
        assert_eq!(due(&lifecycle, &large, 100), Some(Wanted::Move("GLACIER".into())));
        large.about.storage_class = Some("DEEP_ARCHIVE".into());
        assert_eq!(due(&lifecycle, &large, 100), None);
        assert_eq!(due(&lifecycle, &object(1), 100), None);
        lifecycle.minimum_varies = true;
        assert_eq!(due(&lifecycle, &object(1), 31), None);
        assert_eq!(due(&lifecycle, &object(1), 100), Some(Wanted::Move("GLACIER".into())));
    }

    #[test]
    fn markers_that_hide_nothing_go() {
        let marker = |alone| Seen { key: "k", modified_ms: 0, object: None, place: Place::Latest { alone } };
        let lifecycle = of(vec![rule(Some(Expiration::Markers(true)), None)]);
        assert_eq!(lifecycle.due(&marker(true), 1), Some(Wanted::RemoveMarker));
        assert_eq!(lifecycle.due(&marker(false), u64::MAX), None);
        let lifecycle = of(vec![rule(Some(Expiration::Markers(false)), None)]);
        assert_eq!(lifecycle.due(&marker(true), u64::MAX), None);
    }
}
