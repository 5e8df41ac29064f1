//! `xs:dateTime`.

/// Seconds since 1970, without the fraction. SAML times are UTC (SAML Core 2.0, section 1.3.3); a time without a zone
/// is none.
pub(super) fn parse(text: &str) -> Option<i64> {
    let shape = text.bytes().enumerate().all(|(i, byte)| match (i, byte) {
        (4 | 7, b'-') | (10, b'T') | (13 | 16, b':') => true,
        (4 | 7 | 10 | 13 | 16, _) => false,
        (0..=18, byte) => byte.is_ascii_digit(),
        (_, byte) => byte.is_ascii_digit() || matches!(byte, b'.' | b':' | b'+' | b'-' | b'Z'),
    });
    if !shape || !(20..=40).contains(&text.len()) {
        return None;
    }
    let time: jiff::Timestamp = text.parse().ok()?;
    // Towards the past, also before 1970.
    Some(time.as_second() - i64::from(time.subsec_nanosecond() < 0))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn times() {
        assert_eq!(parse("2013-11-05T02:06:42.876Z"), Some(1_383_617_202));
        assert_eq!(parse("2013-11-05T02:06:42Z"), Some(1_383_617_202));
        assert_eq!(parse("2013-11-05T03:06:42+01:00"), Some(1_383_617_202));
        assert_eq!(parse("1969-12-31T23:59:59.5Z"), Some(-1));
        for bad in [
            "",
            "2013-11-05",
            "2013-11-05T02:06:42",
            "2013-11-05 02:06:42Z",
            "2013-13-05T02:06:42Z",
            "2013-11-05T02:06:42Z[UTC]",
            "2013-11-05T02:06:42.Z",
            "99999999999999999999",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
