//! A bucket as a web site: its configuration, and where its rules send a browser.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html>

use api_s3::{
    Condition, ErrorDocument, GetBucketWebsiteOutput, IndexDocument, Redirect, RedirectAllRequestsTo,
    RoutingRule, WebsiteConfiguration,
};
use floor::first_format;
use serde::{Deserialize, Serialize};
use wire::Answer;

use crate::{
    fault,
    limits::ROUTING_RULES_MAX,
    settings::{Of, Setting},
};

/// `WebsiteConfiguration`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Website {
    /// `IndexDocument`: what is behind a slash.
    pub index: Option<String>,
    /// `ErrorDocument`.
    pub error: Option<String>,
    /// `RedirectAllRequestsTo`: a host, and perhaps a protocol.
    pub all_to: Option<(String, Option<String>)>,
    /// `RoutingRules`; none: the configuration had no such list.
    pub rules: Option<Vec<Rule>>,
}

/// `RoutingRule`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Rule {
    /// Whether there was a condition.
    pub is_conditional: bool,
    /// `KeyPrefixEquals`.
    pub prefix: Option<String>,
    /// `HttpErrorCodeReturnedEquals`.
    pub error: Option<String>,
    /// `HostName`.
    pub host: Option<String>,
    /// `HttpRedirectCode`.
    pub code: Option<String>,
    /// `Protocol`.
    pub protocol: Option<String>,
    /// `ReplaceKeyPrefixWith`.
    pub with_prefix: Option<String>,
    /// `ReplaceKeyWith`.
    pub with_key: Option<String>,
}

first_format!(Website);

impl Setting for Website {
    const OF: Of = Of::Website;
}

impl Website {
    /// The configuration that was given, where it is a good one.
    pub fn read(given: WebsiteConfiguration) -> Answer<Self> {
        let read = Self {
            index: given.index_document.map(|document| document.suffix),
            error: given.error_document.map(|document| document.key),
            all_to: given.redirect_all_requests_to.map(|all| (all.host_name, all.protocol)),
            rules: given
                .routing_rules
                .map(|rules| rules.into_iter().map(Rule::read).collect::<Answer<_>>())
                .transpose()?,
        };
        let invalid =
            |words: &'static str, name, value: &str| Err(fault::invalid_argument(words, name, value));
        if let Some((host, protocol)) = &read.all_to {
            if read.index.is_some() || read.error.is_some() || read.rules.is_some() {
                return invalid(
                    "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
                    "RedirectAllRequestsTo",
                    "null",
                );
            }
            if host.is_empty() {
                return invalid("The HostName in RedirectAllRequestsTo must not be empty.", "HostName", host);
            }
            return protocol.as_deref().map_or(Ok(()), check_protocol).map(|()| read);
        }
        match read.index.as_deref() {
            None => {
                return invalid(
                    "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
                    "IndexDocument",
                    "null",
                );
            }
            Some(index) if index.is_empty() || index.contains('/') => {
                return invalid("The IndexDocument Suffix is not well formed", "IndexDocument", index);
            }
            Some(_) => {}
        }
        if read.error.as_deref() == Some("") {
            return invalid("The ErrorDocument Key is not well formed", "ErrorDocument", "");
        }
        let rules = read.rules.as_deref().unwrap_or_default();
        if rules.len() > ROUTING_RULES_MAX {
            return Err(fault::invalid_request(format!(
                "{} routing rules provided, the number of routing rules in a website configuration is limited to \
                 {ROUTING_RULES_MAX}.",
                rules.len()
            )));
        }
        Ok(read)
    }

    /// The rule that a request for `key` follows: before the object is looked for (`error` is none), or after that has
    /// ended in an error.
    pub fn rule(&self, key: &str, error: Option<u16>) -> Option<&Rule> {
        let mut rules = self.rules.as_deref().unwrap_or_default().iter();
        rules.find(|rule| {
            let of_error = rule.error.as_deref().map(|code| code.parse().ok());
            let is_time = match (of_error, error) {
                (None, None) => true,
                (Some(wanted), Some(error)) => wanted == Some(error),
                _ => false,
            };
            is_time && rule.prefix.as_deref().is_none_or(|prefix| key.starts_with(prefix))
        })
    }

    /// The key behind a path: the index document behind a slash.
    pub fn key_of(&self, path: &str) -> String {
        let index = self.index.as_deref().unwrap_or_default();
        if path.is_empty() || path.ends_with('/') { format!("{path}{index}") } else { path.to_owned() }
    }
}

fn check_protocol(protocol: &str) -> Answer<()> {
    if matches!(protocol, "http" | "https") {
        return Ok(());
    }
    Err(fault::invalid_request(
        "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.",
    ))
}

impl Rule {
    fn read(given: RoutingRule) -> Answer<Self> {
        let condition = given.condition;
        let redirect = given.redirect;
        let is_conditional = condition.is_some();
        let condition = condition.unwrap_or_default();
        let rule = Self {
            is_conditional,
            prefix: condition.key_prefix_equals,
            error: condition.http_error_code_returned_equals,
            host: redirect.host_name,
            code: redirect.http_redirect_code,
            protocol: redirect.protocol,
            with_prefix: redirect.replace_key_prefix_with,
            with_key: redirect.replace_key_with,
        };
        if is_conditional && rule.prefix.is_none() && rule.error.is_none() {
            return Err(fault::invalid_request(
                "Condition cannot be empty. To redirect all requests without a condition, the condition element \
                 shouldn't be present.",
            ));
        }
        if rule.with_prefix.is_some() && rule.with_key.is_some() {
            return Err(fault::invalid_request(
                "You can only define ReplaceKeyPrefix or ReplaceKey but not both.",
            ));
        }
        if [&rule.host, &rule.code, &rule.protocol, &rule.with_prefix, &rule.with_key]
            .into_iter()
            .all(Option::is_none)
        {
            return Err(fault::malformed_xml());
        }
        rule.protocol.as_deref().map_or(Ok(()), check_protocol)?;
        let is_code = |code: &str, classes: std::ops::RangeInclusive<u16>| {
            code.parse().is_ok_and(|code: u16| classes.contains(&code))
        };
        if rule.code.as_deref().is_some_and(|code| !is_code(code, 301..=399)) {
            return Err(fault::invalid_request(format!(
                "The provided HTTP redirect code ({}) is not valid. Valid codes are 3XX except 300.",
                rule.code.unwrap_or_default()
            )));
        }
        if rule.error.as_deref().is_some_and(|code| !is_code(code, 400..=599)) {
            return Err(fault::invalid_request(format!(
                "The provided HTTP error code ({}) is not valid. Valid codes are 4XX or 5XX.",
                rule.error.unwrap_or_default()
            )));
        }
        Ok(rule)
    }

    /// Where a request for `key` is sent, which came by `protocol` (`http`) to `host`; and the status.
    pub fn target(&self, key: &str, protocol: &str, host: &str) -> (u16, String) {
        let key = match (&self.with_key, &self.with_prefix) {
            (Some(whole), _) => whole.clone(),
            (None, Some(prefix)) => {
                let rest = self.prefix.as_deref().and_then(|old| key.strip_prefix(old)).unwrap_or(key);
                format!("{prefix}{rest}")
            }
            (None, None) => key.to_owned(),
        };
        let code = self.code.as_deref().and_then(|code| code.parse().ok()).unwrap_or(301);
        let protocol = self.protocol.as_deref().unwrap_or(protocol);
        (code, format!("{protocol}://{}/{key}", self.host.as_deref().unwrap_or(host)))
    }
}

impl From<&Rule> for RoutingRule {
    fn from(rule: &Rule) -> Self {
        let condition = Condition {
            http_error_code_returned_equals: rule.error.clone(),
            key_prefix_equals: rule.prefix.clone(),
        };
        Self {
            condition: rule.is_conditional.then_some(condition),
            redirect: Redirect {
                host_name: rule.host.clone(),
                http_redirect_code: rule.code.clone(),
                protocol: rule.protocol.clone(),
                replace_key_prefix_with: rule.with_prefix.clone(),
                replace_key_with: rule.with_key.clone(),
            },
        }
    }
}

impl From<&Website> for GetBucketWebsiteOutput {
    fn from(website: &Website) -> Self {
        let all =
            |(host_name, protocol): (String, Option<String>)| RedirectAllRequestsTo { host_name, protocol };
        Self {
            redirect_all_requests_to: website.all_to.clone().map(all),
            index_document: website.index.clone().map(|suffix| IndexDocument { suffix }),
            error_document: website.error.clone().map(|key| ErrorDocument { key }),
            routing_rules: website.rules.as_ref().map(|rules| rules.iter().map(Into::into).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(condition: Option<(Option<&str>, Option<&str>)>, redirect: Redirect) -> Answer<Rule> {
        let condition = condition.map(|(prefix, error)| Condition {
            key_prefix_equals: prefix.map(str::to_owned),
            http_error_code_returned_equals: error.map(str::to_owned),
        });
        Rule::read(RoutingRule { condition, redirect })
    }

    fn to_prefix(prefix: &str) -> Redirect {
        Redirect { replace_key_prefix_with: Some(prefix.to_owned()), ..Redirect::default() }
    }

    #[test]
    fn rules_send_on() {
        let docs = rule(Some((Some("docs/"), None)), to_prefix("documents/")).unwrap();
        assert_eq!(docs.target("docs/a", "http", "h"), (301, "http://h/documents/a".into()));
        let lost = Redirect {
            host_name: Some("other".into()),
            http_redirect_code: Some("302".into()),
            protocol: Some("https".into()),
            replace_key_prefix_with: Some("report-404/".into()),
            ..Redirect::default()
        };
        let lost = rule(Some((Some("x/"), Some("404"))), lost).unwrap();
        assert_eq!(lost.target("x/a", "http", "h"), (302, "https://other/report-404/a".into()));
        let site = Website {
            index: Some("index.html".into()),
            rules: Some(vec![lost.clone(), docs.clone()]),
            ..Website::default()
        };
        assert_eq!((site.rule("docs/a", None), site.rule("x/a", None)), (Some(&docs), None));
        assert_eq!((site.rule("x/a", Some(404)), site.rule("x/a", Some(403))), (Some(&lost), None));
        assert_eq!(
            (site.key_of(""), site.key_of("a/"), site.key_of("a")),
            ("index.html".into(), "a/index.html".into(), "a".into())
        );
    }

    #[test]
    fn rules_that_say_nothing_are_refused() {
        let refused = |rule: Answer<Rule>| rule.unwrap_err().code().to_owned();
        assert_eq!(refused(rule(Some((None, None)), to_prefix("x"))), "InvalidRequest");
        assert_eq!(refused(rule(None, Redirect::default())), "MalformedXML");
        assert_eq!(refused(rule(Some((None, Some("200"))), to_prefix("x"))), "InvalidRequest");
        let both = Redirect { replace_key_with: Some("y".into()), ..to_prefix("x") };
        assert_eq!(refused(rule(None, both)), "InvalidRequest");
    }
}
