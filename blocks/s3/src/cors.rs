//! Cross-origin resource sharing: which pages of other origins may ask for what of a bucket.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html>

use std::sync::Arc;

use api_s3::CORSRule;
use floor::{Cx, first_format, web::Cross};
use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
        ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, VARY,
    },
};
use serde::{Deserialize, Serialize};
use wire::{Answer, Fault};

use crate::{
    S3, bucket, fault,
    limits::{CORS_ID_CHARS_MAX, CORS_RULES_MAX},
    settings::{Of, Setting},
};

/// A bucket's rules, in their order.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Cors {
    /// The rules.
    pub rules: Vec<Rule>,
}

/// One rule.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Rule {
    /// `ID`.
    pub id: Option<String>,
    /// `AllowedHeader`.
    pub headers: Vec<String>,
    /// `AllowedMethod`.
    pub methods: Vec<String>,
    /// `AllowedOrigin`.
    pub origins: Vec<String>,
    /// `ExposeHeader`.
    pub exposed: Vec<String>,
    /// `MaxAgeSeconds`.
    pub max_age_s: Option<i32>,
}

first_format!(Cors);

impl Setting for Cors {
    const OF: Of = Of::Cors;
}

const METHODS: [&str; 5] = ["GET", "PUT", "HEAD", "POST", "DELETE"];

impl Cors {
    /// The rules that a configuration gives, where they are good ones.
    pub fn read(given: Vec<CORSRule>) -> Answer<Self> {
        if given.is_empty() {
            return Err(fault::malformed_xml());
        }
        if given.len() > CORS_RULES_MAX {
            return Err(fault::invalid_request(format!(
                "The number of CORS rules should not exceed allowed limit of {CORS_RULES_MAX} rules."
            )));
        }
        Ok(Self { rules: given.into_iter().map(Rule::read).collect::<Answer<_>>()? })
    }

    /// The first rule that lets `origin` ask so, and how that names the origin.
    fn find<'a>(&'a self, asked: &'a Cross, origin: &'a str) -> Option<(&'a Rule, &'a str)> {
        let method = asked.method.as_deref()?;
        self.rules.iter().find_map(|rule| {
            let by = rule.origins.iter().find(|pattern| fits(pattern, origin))?;
            let goes = rule.methods.iter().any(|m| m == method)
                && (!asked.is_preflight || rule.takes(asked.headers.as_deref().unwrap_or_default()));
            goes.then_some((rule, if by == "*" { "*" } else { origin }))
        })
    }
}

impl Rule {
    fn read(given: CORSRule) -> Answer<Self> {
        let rule = Self {
            id: given.id,
            headers: given.allowed_headers.unwrap_or_default(),
            methods: given.allowed_methods,
            origins: given.allowed_origins,
            exposed: given.expose_headers.unwrap_or_default(),
            max_age_s: given.max_age_seconds,
        };
        if rule.methods.is_empty() || rule.origins.is_empty() {
            return Err(fault::malformed_xml());
        }
        let refuse = |words: String| Err(fault::invalid_request(words));
        if rule.id.as_ref().is_some_and(|id| id.chars().count() > CORS_ID_CHARS_MAX) {
            return refuse(format!("ID length should not exceed allowed limit of {CORS_ID_CHARS_MAX}"));
        }
        if let Some(method) = rule.methods.iter().find(|m| !METHODS.contains(&m.as_str())) {
            return refuse(format!(
                "Found unsupported HTTP method in CORS config. Unsupported method is {method}"
            ));
        }
        let stars = |text: &&String| text.matches('*').count() > 1;
        if let Some(origin) = rule.origins.iter().find(stars) {
            return refuse(format!("AllowedOrigin \"{origin}\" can not have more than one wildcard."));
        }
        if let Some(header) = rule.headers.iter().find(stars) {
            return refuse(format!("AllowedHeader \"{header}\" can not have more than one wildcard."));
        }
        if let Some(header) = rule.exposed.iter().find(|h| h.contains('*')) {
            return refuse(format!(
                "ExposeHeader \"{header}\" contains wildcard. We currently do not support wildcard for ExposeHeader."
            ));
        }
        Ok(rule)
    }

    /// Whether all of these headers, with commas between, may be sent.
    pub(crate) fn takes(&self, headers: &str) -> bool {
        named(headers).all(|name| {
            self.headers.iter().any(|pattern| fits(&pattern.to_ascii_lowercase(), &name.to_ascii_lowercase()))
        })
    }

    /// What the answer says.
    fn said(&self, asked: &Cross, origin: &str) -> HeaderMap {
        let mut said = HeaderMap::new();
        let mut say = |name: HeaderName, text: &str| {
            if let Ok(value) = HeaderValue::from_str(text) {
                said.insert(name, value);
            }
        };
        say(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        say(ACCESS_CONTROL_ALLOW_METHODS, &self.methods.join(", "));
        if let Some(headers) = asked.headers.as_deref().filter(|_| asked.is_preflight) {
            let headers: Vec<_> = named(headers).map(str::to_ascii_lowercase).collect();
            say(ACCESS_CONTROL_ALLOW_HEADERS, &headers.join(", "));
        }
        if !self.exposed.is_empty() {
            say(ACCESS_CONTROL_EXPOSE_HEADERS, &self.exposed.join(", "));
        }
        if let Some(age) = self.max_age_s {
            say(ACCESS_CONTROL_MAX_AGE, &age.to_string());
        }
        if origin != "*" {
            say(ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        say(VARY, "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
        said
    }
}

impl From<&Rule> for CORSRule {
    fn from(rule: &Rule) -> Self {
        let list = |texts: &Vec<String>| (!texts.is_empty()).then(|| texts.clone());
        Self {
            id: rule.id.clone(),
            allowed_headers: list(&rule.headers),
            allowed_methods: rule.methods.clone(),
            allowed_origins: rule.origins.clone(),
            expose_headers: list(&rule.exposed),
            max_age_seconds: rule.max_age_s,
        }
    }
}

fn named(headers: &str) -> impl Iterator<Item = &str> {
    headers.split(',').map(str::trim).filter(|name| !name.is_empty())
}

/// Whether a pattern with one `*` at most fits.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((before, after)) => {
            text.len() >= before.len() + after.len() && text.starts_with(before) && text.ends_with(after)
        }
    }
}

impl S3 {
    /// What an answer says to a page of another origin; the answer to a question ahead, or its refusal.
    pub(crate) async fn judge_cross(&self, cx: &Cx, asked: &Cross) -> Answer<HeaderMap> {
        let Some(origin) = asked.origin.as_deref() else {
            return Err(bad("Insufficient information. Origin request header needed."));
        };
        let method = asked.method.as_deref().unwrap_or("null");
        if asked.is_preflight && !METHODS.contains(&method) {
            return Err(bad(format!("Invalid Access-Control-Request-Method: {method}")));
        }
        let refused =
            |words| if asked.is_preflight { Err(forbidden(asked, words)) } else { Ok(HeaderMap::new()) };
        let place = bucket::place(&cx.caller, &asked.name)?;
        let view = cx.view(&place).await?;
        let Some(found) = self.bucket(&view, &asked.name).await? else {
            return refused("CORSResponse: Bucket not found");
        };
        let rules: Option<Arc<Cors>> = self.setting(&view, &found).await?;
        let Some(rules) = rules else {
            return refused("CORSResponse: CORS is not enabled for this bucket.");
        };
        match rules.find(asked, origin) {
            Some((rule, origin)) => Ok(rule.said(asked, origin)),
            None => refused(
                "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, \
                     request method / Access-Control-Request-Method or Access-Control-Request-Headers are not \
                     whitelisted by the resource's CORS spec.",
            ),
        }
    }
}

fn bad(words: impl Into<std::borrow::Cow<'static, str>>) -> Fault {
    Fault::coded("BadRequest", 400, words)
}

fn forbidden(asked: &Cross, words: &'static str) -> Fault {
    Fault::coded("AccessForbidden", 403, words)
        .with("Method", asked.method.as_deref().unwrap_or_default())
        .with("ResourceType", asked.resource)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_star_stands_for_anything(before in "[a-z]{0,4}", middle in "[a-z]{0,4}", after in "[a-z]{0,4}") {
            let (pattern, text) = (format!("{before}*{after}"), format!("{before}{middle}{after}"));
            prop_assert!(fits(&pattern, &text) && fits(&text, &text));
            let (longer, later) = (format!("{text}-"), format!("-{text}"));
            prop_assert!(!fits(&pattern, &longer) || after.is_empty());
            prop_assert!(!fits(&pattern, &later) || before.is_empty());
        }
    }

    #[test]
    fn the_two_halves_of_a_pattern_do_not_overlap() {
        assert!(!fits("ab*ba", "aba") && fits("ab*ba", "abba"));
    }
}
