//! Lists of actions, by service: policies of AWS name thousands, and a request is about one service.

use std::collections::BTreeMap;

use crate::pattern::Pattern;

/// The patterns of an `Action` or `NotAction`, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Actions {
    /// `*` or `*:*` is among them.
    is_everything: bool,
    /// Those of each service, which is never a pattern itself; sorted.
    by_service: Vec<(Box<str>, Vec<Pattern>)>,
}

/// An action as patterns are held against it.
pub(crate) struct Action {
    /// In lower case.
    text: String,
    service_bytes: usize,
}

impl Action {
    pub(crate) fn new(text: &str) -> Action {
        let text = text.to_ascii_lowercase();
        Action { service_bytes: text.find(':').unwrap_or(text.len()), text }
    }
}

impl Actions {
    /// The list of `all`, each with its text in lower case: `*`, `*:*` or `service:pattern`.
    pub(crate) fn new(all: Vec<(String, Pattern)>) -> Actions {
        let mut by_service: BTreeMap<Box<str>, Vec<Pattern>> = BTreeMap::new();
        for (text, pattern) in all {
            let service = text.split(':').next().unwrap_or_default();
            by_service.entry(service.into()).or_default().push(pattern);
        }
        let is_everything = by_service.remove("*").is_some();
        Actions { is_everything, by_service: by_service.into_iter().collect() }
    }

    pub(crate) fn matches(&self, action: &Action) -> bool {
        if self.is_everything {
            return true;
        }
        let service = &action.text[..action.service_bytes];
        let Ok(at) = self.by_service.binary_search_by(|(one, _)| (**one).cmp(service)) else { return false };
        self.by_service[at].1.iter().any(|pattern| pattern.matches(&action.text, &()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Syntax;
    use proptest::prelude::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::parse(text, Syntax { wildcards: true, variables: false }).unwrap()
    }

    proptest! {
        /// The same as one after the other.
        #[test]
        fn by_service_or_one_by_one(
            all in proptest::collection::vec(r"\*|\*:\*|(s3|s|sqs|s3-x):[a-b*?]{1,4}", 0..9), asked in "(S3|s|sqs|sns|S3-x):[abA]{1,4}",
        ) {
            let with = |text: &String| (text.clone(), pattern(text));
            let actions = Actions::new(all.iter().map(with).collect());
            let expected = all.iter().any(|text| pattern(text).matches(&asked.to_ascii_lowercase(), &()));
            prop_assert_eq!(actions.matches(&Action::new(&asked)), expected, "{:?} {}", all, asked);
        }
    }
}
