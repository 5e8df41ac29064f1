//! The two forms of date that signing uses: `20130524T000000Z` (basic ISO 8601) and, in answers, `2013-05-24T00:00:00Z`.

use env::Timestamp;

const DAY_S: i64 = 86_400;

/// A moment as text, `YYYYMMDDThhmmssZ`. Its first eight bytes are the day of the credential scope.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AmzDate([u8; 16]);

impl AmzDate {
    /// The text and the moment it names; `None` if `text` is not of this form or names no real moment.
    pub(crate) fn parse(text: &str) -> Option<(AmzDate, Timestamp)> {
        let bytes: [u8; 16] = text.as_bytes().try_into().ok()?;
        if bytes[8] != b'T' || bytes[15] != b'Z' {
            return None;
        }
        let day = day_number(&bytes[..8])?;
        let (hour, minute, second) =
            (digits(&bytes[9..11])?, digits(&bytes[11..13])?, digits(&bytes[13..15])?);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let seconds = day * DAY_S + hour * 3600 + minute * 60 + second;
        Some((AmzDate(bytes), Timestamp(u64::try_from(seconds).ok()? * 1000)))
    }

    /// The second that `at` falls into.
    pub(crate) fn of(at: Timestamp) -> AmzDate {
        let parts = Civil::of(at);
        let mut text = *b"00000000T000000Z";
        put(&mut text[0..4], parts.year);
        put(&mut text[4..6], parts.month);
        put(&mut text[6..8], parts.day);
        put(&mut text[9..11], parts.second_of_day / 3600);
        put(&mut text[11..13], parts.second_of_day / 60 % 60);
        put(&mut text[13..15], parts.second_of_day % 60);
        AmzDate(text)
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// `YYYYMMDD`.
    pub(crate) fn day(&self) -> &str {
        &self.as_str()[..8]
    }
}

/// Whether `text` is a real day written `YYYYMMDD`.
pub(crate) fn is_day(text: &str) -> bool {
    text.len() == 8 && day_number(text.as_bytes()).is_some()
}

/// `YYYY-MM-DDThh:mm:ssZ`, the form of `ServerTime` and `Expires` in S3's answers.
pub(crate) fn iso(at: Timestamp) -> String {
    let c = Civil::of(at);
    let s = c.second_of_day;
    format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", c.year, c.month, c.day, s / 3600, s / 60 % 60, s % 60)
}

struct Civil {
    year: i64,
    month: i64,
    day: i64,
    second_of_day: i64,
}

impl Civil {
    /// Days to calendar date in the proleptic Gregorian calendar, counting years from March so that the leap day
    /// comes last (Howard Hinnant, "chrono-compatible low-level date algorithms").
    fn of(at: Timestamp) -> Civil {
        let seconds = i64::try_from(at.0 / 1000).unwrap_or(0);
        let shifted = seconds.div_euclid(DAY_S) + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        Civil {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * month_from_march + 2) / 5 + 1,
            second_of_day: seconds.rem_euclid(DAY_S),
        }
    }
}

/// Days since 1970-01-01 of a `YYYYMMDD`, if it is a real day.
fn day_number(text: &[u8]) -> Option<i64> {
    let (year, month, day) = (digits(&text[..4])?, digits(&text[4..6])?, digits(&text[6..8])?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if day < 1 || day > length {
        return None;
    }
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |sum, b| b.is_ascii_digit().then(|| sum * 10 + i64::from(b - b'0')))
}

fn put(to: &mut [u8], mut number: i64) {
    for place in to.iter_mut().rev() {
        *place = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments() {
        for (text, ms, long) in [
            ("19700101T000000Z", 0, "1970-01-01T00:00:00Z"),
            ("20130524T000000Z", 1_369_353_600_000, "2013-05-24T00:00:00Z"),
            ("20240229T235959Z", 1_709_251_199_000, "2024-02-29T23:59:59Z"),
            ("20000301T120000Z", 951_912_000_000, "2000-03-01T12:00:00Z"),
        ] {
            let (date, at) = AmzDate::parse(text).unwrap();
            assert_eq!((date.as_str(), at), (text, Timestamp(ms)));
            assert_eq!(AmzDate::of(Timestamp(ms + 999)).as_str(), text);
            assert_eq!(iso(at), long);
        }
    }

    #[test]
    fn every_day_of_two_centuries_there_and_back() {
        for day in 0..73_000_u64 {
            let at = Timestamp(day * 86_400_000 + 3_661_000);
            assert_eq!(AmzDate::parse(AmzDate::of(at).as_str()).unwrap().1, at);
        }
    }

    #[test]
    fn unreal_dates_are_refused() {
        for wrong in [
            "",
            "20130524",
            "20130524T000000",
            "20130524 000000Z",
            "20130532T000000Z",
            "20130024T000000Z",
            "20230229T000000Z",
            "20130524T240000Z",
            "20130524T006000Z",
            "2013052４T0000Z",
            "19690101T000000Z",
            "+0130524T000000Z",
        ] {
            assert!(AmzDate::parse(wrong).is_none(), "{wrong}");
        }
        assert!(is_day("20240229") && !is_day("20230229") && !is_day("2023022"));
    }
}
