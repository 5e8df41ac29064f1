//! A point in time as the protocols write it.

use std::fmt::Write as _;

use crate::schema::TimeFormat;

/// A point in time: seconds since 1970 and nanoseconds. No clock is read here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    seconds: i64,
    nanos: u32,
}

/// Year 0001 to 9999: what ISO 8601 and HTTP dates can say in four digits.
const SECONDS_MIN: i64 = -62_135_596_800;
const SECONDS_MAX: i64 = 253_402_300_799;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

impl Time {
    /// From seconds since 1970.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Time {
        Time { seconds, nanos: 0 }
    }

    /// From milliseconds since 1970.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Time {
        Time { seconds: millis.div_euclid(1000), nanos: millis.rem_euclid(1000) as u32 * 1_000_000 }
    }

    /// Seconds since 1970, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Milliseconds since 1970, rounded down.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.seconds.saturating_mul(1000).saturating_add((self.nanos / 1_000_000) as i64)
    }

    /// From seconds since 1970 with a fraction, to the nearest millisecond. `None` outside years 1 to 9999.
    #[must_use]
    pub fn from_epoch(seconds: f64) -> Option<Time> {
        let millis = (seconds * 1000.0).round();
        (millis >= SECONDS_MIN as f64 * 1000.0 && millis <= SECONDS_MAX as f64 * 1000.0)
            .then(|| Time::from_millis(millis as i64))
    }

    /// Writes itself in a format. `ByPlace` is ISO 8601.
    pub fn write(self, format: TimeFormat, millis: bool, into: &mut String) {
        let result = match format {
            TimeFormat::Http => self.write_http(into),
            TimeFormat::Epoch => self.write_epoch(into),
            TimeFormat::Iso | TimeFormat::ByPlace => self.write_iso(millis, into),
        };
        debug_assert!(result.is_ok(), "a String takes everything");
    }

    /// `2009-10-12T17:50:30Z`, or `2009-10-12T17:50:30.000Z` when there is a fraction or `millis` asks for it.
    fn write_iso(self, millis: bool, into: &mut String) -> std::fmt::Result {
        let (year, month, day) = civil(self.seconds.div_euclid(86_400));
        let (hour, minute, second) = self.clock();
        if !(0..=9999).contains(&year) {
            return write!(into, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
        }
        // Documents are full of these: the machinery of `write!` costs more than all the rest of one.
        let thousandths = i64::from(self.nanos / 1_000_000);
        let mut text = *b"0000-00-00T00:00:00.000Z";
        for (at, two) in [(0, year / 100), (2, year % 100), (5, month), (8, day)] {
            put_two(&mut text, at, two);
        }
        for (at, two) in [(11, hour), (14, minute), (17, second), (21, thousandths % 100)] {
            put_two(&mut text, at, two);
        }
        text[20] = b'0' + (thousandths / 100) as u8;
        let text = if millis || self.nanos != 0 {
            &text[..]
        } else {
            text[19] = b'Z';
            &text[..20]
        };
        into.push_str(std::str::from_utf8(text).map_err(|_| std::fmt::Error)?);
        Ok(())
    }

    /// `Mon, 12 Oct 2009 17:50:30 GMT`.
    fn write_http(self, into: &mut String) -> std::fmt::Result {
        let days = self.seconds.div_euclid(86_400);
        let (year, month, day) = civil(days);
        let (hour, minute, second) = self.clock();
        let weekday = DAYS[days.rem_euclid(7) as usize];
        let name = MONTHS[month as usize - 1];
        if !(0..=9999).contains(&year) {
            return write!(
                into,
                "{weekday}, {day:02} {name} {year:04} {hour:02}:{minute:02}:{second:02} GMT"
            );
        }
        let mut text = *b"___, 00 ___ 0000 00:00:00 GMT";
        text[..3].copy_from_slice(weekday.as_bytes());
        text[8..11].copy_from_slice(name.as_bytes());
        for (at, two) in
            [(5, day), (12, year / 100), (14, year % 100), (17, hour), (20, minute), (23, second)]
        {
            put_two(&mut text, at, two);
        }
        into.push_str(std::str::from_utf8(&text).map_err(|_| std::fmt::Error)?);
        Ok(())
    }

    /// `1422172800` or `1422172800.123`.
    fn write_epoch(self, into: &mut String) -> std::fmt::Result {
        let millis = self.millis();
        if millis % 1000 == 0 {
            return write!(into, "{}", self.seconds);
        }
        let sign = if millis < 0 { "-" } else { "" };
        let size = millis.unsigned_abs();
        write!(into, "{sign}{}.{:03}", size / 1000, size % 1000)?;
        while into.ends_with('0') {
            into.pop();
        }
        Ok(())
    }

    fn clock(self) -> (i64, i64, i64) {
        let of_day = self.seconds.rem_euclid(86_400);
        (of_day / 3600, of_day / 60 % 60, of_day % 60)
    }

    /// Reads any of the three formats, told apart by their look; clients use more than the model says.
    #[must_use]
    pub fn parse(text: &str) -> Option<Time> {
        let text = text.trim_ascii();
        let bytes = text.as_bytes();
        match bytes.first()? {
            b'A'..=b'Z' => parse_http(text),
            _ if bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-' => parse_iso(text),
            _ => Time::from_epoch(text.parse().ok()?),
        }
    }
}

/// Writes a number below 100 with two digits.
fn put_two(text: &mut [u8], at: usize, number: i64) {
    text[at] = b'0' + (number / 10) as u8;
    text[at + 1] = b'0' + (number % 10) as u8;
}

/// Days since 1970 to year, month, day in the proleptic Gregorian calendar, by eras of 400 years.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468; // from 0000-03-01
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153; // months from March
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

/// The inverse of [`civil`]; `None` when there is no such day.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - 719_468;
    (civil(days) == (year, month, day)).then_some(days)
}

fn digits(text: &str) -> Option<i64> {
    (!text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

fn clock(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let (hour, minute, second) = (digits(parts.next()?)?, digits(parts.next()?)?, digits(parts.next()?)?);
    let valid = hour < 24 && minute < 60 && second <= 60 && parts.next().is_none();
    valid.then_some(hour * 3600 + minute * 60 + second.min(59))
}

fn parse_iso(text: &str) -> Option<Time> {
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    let days = days(digits(&date[..4])?, digits(&date[5..7])?, digits(&date[8..])?)?;
    let Some(rest) = rest.strip_prefix(['T', 't', ' ']) else {
        return rest.is_empty().then(|| Time::from_seconds(days * 86_400));
    };
    let end = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let (time, zone) = (rest.get(..end)?, rest.get(end..)?);
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let nanos = digits(fraction)? * 10_i64.pow(9 - fraction.len() as u32);
    let offset = match zone.as_bytes() {
        [] | [b'Z' | b'z'] => 0,
        [sign, ..] => {
            let (hours, minutes) = zone[1..].split_once(':').unwrap_or((&zone[1..], "0"));
            let size = digits(hours)? * 3600 + digits(minutes)? * 60;
            if *sign == b'-' { -size } else { size }
        }
    };
    if !(-86_400..=86_400).contains(&offset) {
        return None;
    }
    Some(Time { seconds: days * 86_400 + clock(time)? - offset, nanos: nanos as u32 })
}

/// `Mon, 12 Oct 2009 17:50:30 GMT`; also the older `Monday, 12-Oct-09 17:50:30 GMT` of RFC 850.
fn parse_http(text: &str) -> Option<Time> {
    let (_, rest) = text.split_once(", ")?;
    let mut parts = rest.split([' ', '-']);
    let (day, month, year) = (digits(parts.next()?)?, parts.next()?, parts.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? as i64 + 1;
    let year = match (year.len(), digits(year)?) {
        (2, short) => short + if short < 70 { 2000 } else { 1900 },
        (_, long) => long,
    };
    let (time, fraction) = parts.next().map(|time| time.split_once('.').unwrap_or((time, "0")))?;
    let nanos = digits(fraction)? * 10_i64.pow(9 - fraction.len() as u32);
    if !matches!(parts.next(), Some("GMT" | "UTC")) || parts.next().is_some() {
        return None;
    }
    Some(Time { seconds: days(year, month, day)? * 86_400 + clock(time)?, nanos: nanos as u32 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(time: Time, format: TimeFormat, millis: bool) -> String {
        let mut text = String::new();
        time.write(format, millis, &mut text);
        text
    }

    #[test]
    fn writes_what_aws_writes() {
        let time = Time::from_millis(1_255_369_830_000);
        assert_eq!(written(time, TimeFormat::Iso, false), "2009-10-12T17:50:30Z");
        assert_eq!(written(time, TimeFormat::Iso, true), "2009-10-12T17:50:30.000Z");
        assert_eq!(written(time, TimeFormat::Http, true), "Mon, 12 Oct 2009 17:50:30 GMT");
        assert_eq!(written(Time::from_millis(-1500), TimeFormat::Epoch, true), "-1.5");
    }

    #[test]
    fn reads_what_clients_send() {
        for text in [
            "2009-10-12T17:50:30Z",
            "2009-10-12T17:50:30.000Z",
            "2009-10-12T19:50:30+02:00",
            "Mon, 12 Oct 2009 17:50:30 GMT",
            "Mon, 12 Oct 2009 17:50:30.000 GMT",
            "Monday, 12-Oct-09 17:50:30 GMT",
            "1255369830",
            "1255369830.0",
        ] {
            assert_eq!(Time::parse(text), Some(Time::from_seconds(1_255_369_830)), "{text}");
        }
        for text in
            ["", "x", "2009-13-12T17:50:30Z", "2009-02-30", "Mon, 31 Feb 2009 00:00:00 GMT", "é-10-10"]
        {
            assert_eq!(Time::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn survives_every_format(millis in SECONDS_MIN * 1000..=SECONDS_MAX * 1000) {
            let time = Time::from_millis(millis);
            prop_assert_eq!(Time::parse(&written(time, TimeFormat::Iso, false)), Some(time));
            let whole = Time::from_seconds(time.seconds());
            prop_assert_eq!(Time::parse(&written(whole, TimeFormat::Http, false)), Some(whole));
            prop_assert_eq!(Time::parse(&written(time, TimeFormat::Epoch, false)), Some(time));
        }

        #[test]
        fn never_panics(text in ".{0,40}") {
            let _ = Time::parse(&text);
        }
    }
}
