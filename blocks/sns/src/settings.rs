//! What the block is told when it is set up.

use std::net::{IpAddr, Ipv4Addr};

use crate::{Mail, Reach};

/// How the block is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The host names of this server, the first of which it is called by where nothing else is known.
    pub hosts: Vec<String>,
    /// Where endpoints may be.
    pub reach: Reach,
    /// Who takes e-mail; without it, e-mail is kept to be read.
    pub mail: Option<Mail>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { hosts: vec!["localhost".to_owned()], reach: Reach::default(), mail: None }
    }
}

/// Names below these are never given to strangers, or are names of AWS that lead here.
const OWN_HOSTS: [&str; 8] = [
    "localhost",
    "local",
    "internal",
    "test",
    "localstack.cloud",
    "amazonaws.com",
    "amazonaws.com.cn",
    "api.aws",
];

impl Settings {
    /// Where links in messages lead, from the address by which a request reached us: `https://localhost:4566`. Whoever
    /// subscribes chooses that address, and whoever receives the message trusts the link: it must be one of ours.
    pub(crate) fn base_url(&self, asked: &str, port: u16) -> String {
        let host = asked.split_once("://").map_or("", |(_, host)| host);
        if self.is_ours(without_port(host)) {
            return asked.to_owned();
        }
        let host = self.hosts.first().map_or("localhost", String::as_str);
        format!("https://{host}:{port}")
    }

    fn is_ours(&self, host: &str) -> bool {
        let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        let is_below =
            |base: &str| host.strip_suffix(base).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        if host.is_empty() {
            return false;
        }
        if let Ok(address) = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
            let is_here = Reach::Private.covers(address) && !Reach::Public.covers(address);
            return is_here || address == Ipv4Addr::UNSPECIFIED || self.hosts.contains(&host);
        }
        let mut own = self.hosts.iter().map(String::as_str).chain(OWN_HOSTS);
        !host.contains('.') || own.any(is_below)
    }
}

fn without_port(host: &str) -> &str {
    if host.starts_with('[') {
        return host.split_inclusive(']').next().unwrap_or(host);
    }
    host.split(':').next().unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_here_whatever_host_was_named() {
        let settings = Settings { hosts: vec!["kumiki.example".into()], ..Settings::default() };
        for ours in [
            "http://localhost:4566",
            "https://127.0.0.1:4566",
            "http://[::1]:4566",
            "http://sns.us-east-1.amazonaws.com",
            "http://kumiki:4566",
            "https://sns.kumiki.example",
            "http://192.168.1.7:4566",
        ] {
            assert_eq!(settings.base_url(ours, 1), ours);
        }
        for foreign in ["http://evil.example", "https://xkumiki.example:1", "http://93.184.216.34", ""] {
            assert_eq!(settings.base_url(foreign, 4566), "https://kumiki.example:4566", "{foreign}");
        }
    }
}
