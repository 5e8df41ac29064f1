//! One rule of a filter policy, and whether a value passes it.

use std::net::IpAddr;

use serde_json::Value;

use crate::limits;

/// A rule. A key has several, of which one must hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Rule {
    Text(String),
    Number(f64),
    Truth(bool),
    Null,
    Prefix(String),
    Suffix(String),
    Wildcard(Wildcard),
    /// In lower case.
    IgnoreCase(String),
    /// `false` is about the message as a whole, and never holds for a value.
    Exists(bool),
    /// In the fixed points of [`fixed`].
    Numeric(Vec<(Compare, i64)>),
    Cidr(Cidr),
    AnythingBut(Vec<Rule>),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Compare {
    Equal,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

impl Rule {
    /// Whether the value, which is no object and no array, passes.
    pub(super) fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Exists(wanted), _) => *wanted,
            (Self::AnythingBut(rules), _) => !rules.iter().any(|rule| rule.holds(value)),
            (Self::Text(want), Value::String(have)) => want == have,
            (Self::Prefix(want), Value::String(have)) => have.starts_with(want.as_str()),
            (Self::Suffix(want), Value::String(have)) => have.ends_with(want.as_str()),
            (Self::Wildcard(want), Value::String(have)) => want.fits(have),
            (Self::IgnoreCase(want), Value::String(have)) => *want == have.to_lowercase(),
            (Self::Cidr(want), Value::String(have)) => have.parse().is_ok_and(|ip| want.has(ip)),
            (Self::Number(want), Value::Number(have)) => {
                let have = have.as_f64().unwrap_or(f64::NAN);
                match (fixed(*want), fixed(have)) {
                    (Some(want), Some(have)) => want == have,
                    (None, None) => want.total_cmp(&have).is_eq(),
                    _ => false,
                }
            }
            (Self::Numeric(all), Value::Number(have)) => {
                let have = have.as_f64().and_then(fixed);
                have.is_some_and(|have| all.iter().all(|(how, want)| how.holds(have, *want)))
            }
            (Self::Truth(want), Value::Bool(have)) => want == have,
            (Self::Null, Value::Null) => true,
            _ => false,
        }
    }
}

/// Numbers are compared "with five digits of accuracy after the decimal point", from -10^9 to 10^9. `None` beyond.
pub(super) fn fixed(number: f64) -> Option<i64> {
    (number.abs() <= limits::FILTER_NUMBER_MAX).then(|| (number * 1e5).round() as i64)
}

impl Compare {
    fn holds(self, have: i64, want: i64) -> bool {
        match self {
            Self::Equal => have == want,
            Self::Less => have < want,
            Self::LessOrEqual => have <= want,
            Self::More => have > want,
            Self::MoreOrEqual => have >= want,
        }
    }
}

/// A pattern in which `*` stands for any characters, as the texts between them: two at least.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wildcard(Vec<String>);

impl Wildcard {
    /// `\*` and `\\` are the characters themselves.
    pub(super) fn read(pattern: &str) -> Result<Self, String> {
        let (mut parts, mut part) = (Vec::new(), String::new());
        let mut chars = pattern.char_indices();
        // The places are told as in the JSON text, whose quote is the first character.
        while let Some((at, c)) = chars.next() {
            match c {
                '*' if pattern[at + 1..].starts_with('*') => {
                    return Err(format!("Consecutive wildcard characters at pos {}", at + 1));
                }
                '*' => parts.push(std::mem::take(&mut part)),
                '\\' => match chars.next() {
                    Some((_, c @ ('*' | '\\'))) => part.push(c),
                    _ => return Err(format!("Invalid escape character at pos {}", at + 1)),
                },
                c => part.push(c),
            }
        }
        parts.push(part);
        if parts.len() - 1 > limits::FILTER_WILDCARDS_MAX {
            return Err("Wildcard pattern has too many wildcard characters".to_owned());
        }
        Ok(Self(parts))
    }

    fn fits(&self, text: &str) -> bool {
        let [first, middle @ .., last] = &self.0[..] else {
            return self.0.first().is_some_and(|t| t == text);
        };
        let Some(rest) = text.strip_prefix(first.as_str()) else { return false };
        let Some(mut rest) = rest.strip_suffix(last.as_str()) else { return false };
        for part in middle {
            match rest.find(part.as_str()) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        true
    }
}

/// Addresses of one network.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cidr {
    net: u128,
    mask: u128,
    is_v4: bool,
}

impl Cidr {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let parts: Vec<_> = text.split('/').collect();
        let [ip, bits] = parts[..] else { return Err("Malformed CIDR, one '/' required".to_owned()) };
        let bits: i64 =
            bits.parse().map_err(|_| "Malformed CIDR, mask bits must be an integer".to_owned())?;
        if bits < 0 {
            return Err("Malformed CIDR, mask bits must not be negative".to_owned());
        }
        let ip: IpAddr = ip.parse().map_err(|_| format!("Nonstandard IP address: {ip}"))?;
        let (all, kind) = if ip.is_ipv4() { (32, "IPv4") } else { (128, "IPv6") };
        let host = u32::try_from(bits).ok().and_then(|bits| u32::checked_sub(all, bits));
        let host = host.ok_or_else(|| format!("{kind} mask bits must be <= {all}"))?;
        let mask = u128::MAX.checked_shl(host).unwrap_or(0);
        Ok(Self { net: number(ip) & mask, mask, is_v4: ip.is_ipv4() })
    }

    fn has(&self, ip: IpAddr) -> bool {
        ip.is_ipv4() == self.is_v4 && number(ip) & self.mask == self.net
    }
}

fn number(ip: IpAddr) -> u128 {
    match ip {
        IpAddr::V4(ip) => u32::from(ip).into(),
        IpAddr::V6(ip) => ip.into(),
    }
}
