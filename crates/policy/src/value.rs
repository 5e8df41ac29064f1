//! The values that conditions compare besides texts: numbers, dates and networks.

use std::{
    cmp::Ordering,
    net::{IpAddr, Ipv6Addr},
};

/// A decimal number of any length, compared exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    is_negative: bool,
    /// Without leading zeros.
    whole: String,
    /// Without trailing zeros.
    fraction: String,
}

impl Number {
    pub(crate) fn parse(text: &str) -> Option<Number> {
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = !(whole.is_empty() && fraction.is_empty())
            && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
        let whole = whole.trim_start_matches('0').to_owned();
        let fraction = fraction.trim_end_matches('0').to_owned();
        let is_zero = whole.is_empty() && fraction.is_empty();
        is_number.then_some(Number { is_negative: is_negative && !is_zero, whole, fraction })
    }

    pub(crate) fn compare(&self, other: &Number) -> Ordering {
        let size = self
            .whole
            .len()
            .cmp(&other.whole.len())
            .then_with(|| self.whole.cmp(&other.whole))
            .then_with(|| self.fraction.cmp(&other.fraction));
        match (self.is_negative, other.is_negative) {
            (false, false) => size,
            (true, true) => size.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

/// A moment in milliseconds since the epoch, from an ISO 8601 date (`2013-06-30`, `2013-06-30T00:00:00Z`, with
/// fractions and offsets) or from seconds since the epoch.
pub(crate) fn date_ms(text: &str) -> Option<i64> {
    let is_epoch = text.len() > 4 && text.bytes().all(|b| b.is_ascii_digit());
    if is_epoch {
        return text.parse::<i64>().ok()?.checked_mul(1000);
    }
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let mut fields = day.split('-');
    let year = digits(fields.next()?, 4)?;
    let month = fields.next().map_or(Some(1), |text| digits(text, 2))?;
    let day = fields.next().map_or(Some(1), |text| digits(text, 2))?;
    if fields.next().is_some() || !(1..=12).contains(&month) || !(1..=month_days(year, month)).contains(&day)
    {
        return None;
    }
    let midnight_ms = days_since_epoch(year, month, day) * 86_400_000;
    time.map_or(Some(0), time_ms).map(|time| midnight_ms + time)
}

/// `hh:mm[:ss[.fff]]` and `Z` or `+hh:mm`.
fn time_ms(text: &str) -> Option<i64> {
    let zone = text.find(['Z', '+', '-'])?;
    let (time, zone) = text.split_at(zone);
    let mut fields = time.split(':');
    let hour = digits(fields.next()?, 2)?;
    let minute = digits(fields.next()?, 2)?;
    let (second, fraction) = match fields.next() {
        None => (0, ""),
        Some(text) => {
            let (second, fraction) = text.split_once('.').unwrap_or((text, "0"));
            (digits(second, 2)?, fraction)
        }
    };
    let is_fraction = fraction.len() <= 9 && fraction.bytes().all(|b| b.is_ascii_digit());
    if fields.next().is_some() || hour > 23 || minute > 59 || second > 59 || !is_fraction {
        return None;
    }
    let thousandths: i64 = format!("{fraction:0<3}")[..3].parse().ok()?;
    Some(((hour * 60 + minute) * 60 + second) * 1000 + thousandths - zone_ms(zone)?)
}

fn zone_ms(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    let (sign, offset) = text.split_at_checked(1)?;
    let (hours, minutes) = offset.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    let ms = (hours * 60 + minutes) * 60_000;
    (hours < 24 && minutes < 60).then_some(if sign == "-" { -ms } else { ms })
}

fn digits(text: &str, length: usize) -> Option<i64> {
    let is_right = text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    if is_right { text.parse().ok() } else { None }
}

fn month_days(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Howard Hinnant, "chrono-compatible low-level date algorithms": years counted from March.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Addresses with the same first bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Network {
    first: u128,
    bits: u32,
    is_v6: bool,
}

impl Network {
    /// `203.0.113.0/24`, `2001:db8::/32`, or one address.
    pub(crate) fn parse(text: &str) -> Option<Network> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u32>().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let most = if address.is_ipv6() { 128 } else { 32 };
        let bits = bits.unwrap_or(most);
        let (number, is_v6) = widen(address);
        let bits = if is_v6 || most == 32 { bits } else { bits.checked_sub(96)? };
        let width = if is_v6 { 128 } else { 32 };
        (bits <= width).then(|| Network { first: mask(number, bits, width), bits, is_v6 })
    }

    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        let (number, is_v6) = widen(address);
        is_v6 == self.is_v6 && mask(number, self.bits, if is_v6 { 128 } else { 32 }) == self.first
    }
}

/// An address as a number; IPv4 in IPv6's clothes counts as IPv4.
fn widen(address: IpAddr) -> (u128, bool) {
    match address {
        IpAddr::V4(v4) => (u128::from(u32::from(v4)), false),
        IpAddr::V6(v6) => match Ipv6Addr::to_ipv4_mapped(&v6) {
            Some(v4) => (u128::from(u32::from(v4)), false),
            None => (u128::from(v6), true),
        },
    }
}

fn mask(number: u128, bits: u32, width: u32) -> u128 {
    number.checked_shr(width - bits).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let compare = |a: &str, b: &str| Number::parse(a).unwrap().compare(&Number::parse(b).unwrap());
        for (a, b, order) in [
            ("1", "1.0", Ordering::Equal),
            ("007", "7", Ordering::Equal),
            ("-0", "0", Ordering::Equal),
            ("9", "10", Ordering::Less),
            ("-9", "-10", Ordering::Greater),
            ("-1", "1", Ordering::Less),
            ("1.5", "1.49", Ordering::Greater),
            (".5", "+0.50", Ordering::Equal),
            ("9007199254740993", "9007199254740992", Ordering::Greater),
        ] {
            assert_eq!(compare(a, b), order, "{a} {b}");
        }
        for wrong in ["", "-", ".", "1e3", "0x1", "1,5", "1.2.3", " 1", "١"] {
            assert_eq!(Number::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn dates() {
        for (text, expected) in [
            ("1970-01-01", Some(0)),
            ("2013-06-30T00:00:00Z", Some(1_372_550_400_000)),
            ("2013-06-30T02:00:00.5+02:00", Some(1_372_550_400_500)),
            ("2013-06-29T22:00-02:00", Some(1_372_550_400_000)),
            ("1372550400", Some(1_372_550_400_000)),
            ("2013", Some(1_356_998_400_000)),
            ("2013-06", Some(1_370_044_800_000)),
            ("1969-12-31T23:59:59Z", Some(-1000)),
            ("2023-02-29", None),
            ("2013-13-01", None),
            ("2013-06-30T24:00:00Z", None),
            ("2013-06-30T00:00:00", None),
            ("2013-06-30T00:00:00+2", None),
            ("tomorrow", None),
            ("", None),
        ] {
            assert_eq!(date_ms(text), expected, "{text}");
        }
    }

    #[test]
    fn networks() {
        for (network, address, expected) in [
            ("203.0.113.0/24", "203.0.113.77", true),
            ("203.0.113.9/24", "203.0.113.77", true),
            ("203.0.113.0/24", "203.0.114.77", false),
            ("203.0.113.7", "203.0.113.7", true),
            ("0.0.0.0/0", "203.0.113.7", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("::/0", "2001:db8::1", true),
            ("2001:db8::/32", "2001:db8:1::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
            ("203.0.113.0/24", "::ffff:203.0.113.7", true),
            ("::ffff:203.0.113.0/120", "203.0.113.7", true),
        ] {
            let network = Network::parse(network).unwrap();
            assert_eq!(network.contains(address.parse().unwrap()), expected, "{network:?} {address}");
        }
        for wrong in ["", "203.0.113", "203.0.113.0/33", "::/129", "a", "203.0.113.0/", "203.0.113.0/-1"] {
            assert_eq!(Network::parse(wrong), None, "{wrong}");
        }
    }
}
