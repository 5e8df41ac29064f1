//! Pages of lists. A marker is the name of the last entry that was answered.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use floor::{Answer, Get, Key as At, key::Parts};

use crate::fault::Refused;

/// What is asked for.
#[derive(Debug)]
pub(crate) struct Page {
    limit: usize,
    after: Option<String>,
}

const MARK: &str = "kms1 ";

impl Page {
    /// Reads `Limit` and `Marker`; `sizes` are the default and the most.
    pub(crate) fn read(
        limit: Option<i32>,
        marker: Option<&str>,
        sizes: (usize, usize),
    ) -> Result<Self, Refused> {
        let limit = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(sizes.0).min(sizes.1);
        let named = |marker: &str| {
            let text = String::from_utf8(URL_SAFE_NO_PAD.decode(marker).ok()?).ok()?;
            Some(text.strip_prefix(MARK)?.to_owned())
        };
        let after = marker.map(|marker| named(marker).ok_or(Refused::Marker)).transpose()?;
        Ok(Self { limit, after })
    }

    fn marker(name: &str) -> String {
        URL_SAFE_NO_PAD.encode(format!("{MARK}{name}"))
    }

    /// The page of a list at hand, and the marker of the next. (An entry that is gone is followed by the next name.)
    pub(crate) fn of<T>(
        &self,
        all: impl Iterator<Item = T>,
        name: impl Fn(&T) -> String,
    ) -> (Vec<T>, Option<String>) {
        let mut all: Vec<T> = all.collect();
        if let Some(after) = &self.after {
            let same = all.iter().position(|one| name(one) == *after).map(|at| at + 1);
            let start = same.or_else(|| all.iter().position(|one| name(one) > *after));
            all.drain(..start.unwrap_or(all.len()));
        }
        let more = all.len() > self.limit;
        all.truncate(self.limit);
        let next = all.last().filter(|_| more).map(|last| Self::marker(&name(last)));
        (all, next)
    }

    /// The page of the records under `prefix`, by the parts of their names that follow it.
    pub(crate) async fn names<R: Get>(
        &self,
        read: &R,
        prefix: &At,
        parts: usize,
    ) -> Answer<(Vec<Vec<String>>, Option<String>)> {
        let mut range = prefix.all();
        if let Some(after) = &self.after {
            let last = after.split('\0').fold(prefix.clone(), At::text);
            range.start = last.all().end;
        }
        let mut names = Vec::new();
        for (at, _) in read.range(range, self.limit + 1).await? {
            let mut rest = Parts::of(at.get(prefix.len()..).unwrap_or_default());
            names.extend((0..parts).map(|_| rest.text()).collect::<Option<Vec<_>>>());
        }
        let more = names.len() > self.limit;
        names.truncate(self.limit);
        let next = names.last().filter(|_| more).map(|last| Self::marker(&last.join("\0")));
        Ok((names, next))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pages_together_are_the_list(names in prop::collection::btree_set("[a-z]{1,3}", 0..30), limit in 1..9_i32) {
            let (mut seen, mut marker) = (Vec::new(), None);
            loop {
                let page = Page::read(Some(limit), marker.as_deref(), (50, 100)).unwrap();
                let (some, next) = page.of(names.iter().cloned(), Clone::clone);
                prop_assert!(some.len() <= usize::try_from(limit).unwrap());
                seen.extend(some);
                match next {
                    Some(next) => marker = Some(next),
                    None => break,
                }
            }
            prop_assert_eq!(seen, names.into_iter().collect::<Vec<_>>());
        }

        #[test]
        fn any_marker_is_taken(marker in ".{0,40}") {
            let _ = Page::read(None, Some(&marker), (50, 100));
        }
    }
}
