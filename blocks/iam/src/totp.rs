//! Codes that change with time (RFC 6238): SHA-1, 30 seconds, six digits, as virtual MFA devices have them.

use hmac::{Hmac, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

/// Bytes of a seed: 64 letters of base 32, as AWS's.
pub(crate) const SEED_BYTES: usize = 40;
/// How long a code lasts.
const STEP_MS: u64 = 30_000;
/// Steps that the clock of a device may be off when it is enabled or synchronised: five minutes.
const OFF_MAX: u64 = 10;
/// Steps that it may be off afterwards, besides what was found then.
const LATER_OFF_MAX: u64 = 1;

/// The number of the step that `now_ms` is in.
pub(crate) fn step(now_ms: u64) -> u64 {
    now_ms / STEP_MS
}

/// The code of a step.
fn code(seed: &[u8], step: u64) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(seed) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 15);
    let number = u32::from_be_bytes([hash[at] & 127, hash[at + 1], hash[at + 2], hash[at + 3]]);
    format!("{:06}", number % 1_000_000)
}

fn is_code(seed: &[u8], step: u64, given: &str) -> bool {
    code(seed, step).as_bytes().ct_eq(given.as_bytes()).into()
}

/// The steps around `middle`, the nearest first.
fn around(middle: u64, off_max: u64) -> impl Iterator<Item = u64> {
    (0..=off_max).flat_map(move |off| [middle.saturating_add(off), middle.saturating_sub(off)])
}

/// The step of the second of two codes that follow each other, near `now_ms`.
pub(crate) fn of_two(seed: &[u8], first: &str, second: &str, now_ms: u64) -> Option<u64> {
    // The second one is the present one or so, the first the one before.
    around(step(now_ms), OFF_MAX).find_map(|at| {
        let before = at.checked_sub(1)?;
        (is_code(seed, before, first) && is_code(seed, at, second)).then_some(at)
    })
}

/// The step of a code near `now_ms`, by a clock that is `off` steps ahead. It must be later than the one used `last`.
pub(crate) fn of_one(seed: &[u8], given: &str, now_ms: u64, off: i64, last: u64) -> Option<u64> {
    let middle = step(now_ms).saturating_add_signed(off);
    around(middle, LATER_OFF_MAX).find(|at| *at > last && is_code(seed, *at, given))
}

/// Base 32 (RFC 4648) of whole groups of five bytes.
pub(crate) fn base_32(bytes: &[u8; SEED_BYTES]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut out = String::with_capacity(SEED_BYTES / 5 * 8);
    for group in bytes.chunks_exact(5) {
        let number = group.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        for at in (0..8).rev() {
            out.push(char::from(LETTERS[(number >> (5 * at) & 31) as usize]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// RFC 6238, appendix B; the last six of its eight digits.
    #[test]
    fn the_codes_of_the_rfc() {
        let seed = b"12345678901234567890";
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(seed, step(seconds * 1000)), expected);
        }
    }

    #[test]
    fn base_32_of_the_rfc() {
        // "foobar" has no whole number of groups; "fooba" has.
        let bytes: [u8; SEED_BYTES] = b"foobafoobafoobafoobafoobafoobafoobafooba".to_owned();
        assert_eq!(base_32(&bytes), "MZXW6YTB".repeat(8));
    }

    proptest! {
        #[test]
        fn two_codes_in_a_row_are_found(seed: [u8; SEED_BYTES], now in 1_000_000_000..9_000_000_000_u64, off in -10_i64..=10) {
            let at = step(now).checked_add_signed(off).unwrap();
            let (first, second) = (code(&seed, at - 1), code(&seed, at));
            let found = of_two(&seed, &first, &second, now);
            // Another pair of steps with the same codes is as likely as 1 in 10^12.
            prop_assert_eq!(found, Some(at));
            prop_assert_eq!(of_two(&seed, &second, &first, now), None);
            prop_assert_eq!(of_one(&seed, &second, now, off, at), None);
            let again = of_one(&seed, &second, now, off, at - 1);
            prop_assert_eq!(again, Some(at));
        }
    }
}
