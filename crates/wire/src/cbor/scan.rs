//! The items of CBOR.

use std::borrow::Cow;

use crate::format::DEPTH_MAX;
use crate::reject::Reject;

pub(crate) const UNSIGNED: u8 = 0;
pub(crate) const NEGATIVE: u8 = 1;
pub(crate) const BYTES: u8 = 2;
pub(crate) const TEXT: u8 = 3;
pub(crate) const ARRAY: u8 = 4;
pub(crate) const MAP: u8 = 5;
pub(crate) const TAG: u8 = 6;
pub(crate) const SIMPLE: u8 = 7;

const BREAK: u8 = 0xFF;
const NULL: u8 = 0xF6;
const UNDEFINED: u8 = 0xF7;

/// A place in a CBOR item.
#[derive(Debug, Clone)]
pub(crate) struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// The head of an item: its major type, the small number in it, and its argument (absent: of unknown length).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    pub(crate) major: u8,
    pub(crate) info: u8,
    pub(crate) argument: Option<u64>,
}

#[cold]
fn short() -> Reject {
    Reject::malformed("the CBOR ends too early")
}

impl<'a> Scan<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Scan<'a> {
        Scan { bytes, at: 0 }
    }

    pub(crate) fn is_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    pub(crate) fn peek_major(&self) -> Option<u8> {
        self.bytes.get(self.at).map(|byte| byte >> 5)
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Reject> {
        let end = self.at.checked_add(count).ok_or_else(short)?;
        let taken = self.bytes.get(self.at..end).ok_or_else(short)?;
        self.at = end;
        Ok(taken)
    }

    /// Takes `null` or `undefined`, if it comes next.
    pub(crate) fn null(&mut self) -> bool {
        let found = matches!(self.bytes.get(self.at), Some(&NULL | &UNDEFINED));
        self.at += usize::from(found);
        found
    }

    /// Takes the end of an item of unknown length, if it comes next.
    pub(crate) fn take_break(&mut self) -> bool {
        let found = self.bytes.get(self.at) == Some(&BREAK);
        self.at += usize::from(found);
        found
    }

    pub(crate) fn head(&mut self) -> Result<Head, Reject> {
        let first = self.take(1)?[0];
        let (major, info) = (first >> 5, first & 31);
        let argument = match info {
            0..=23 => Some(u64::from(info)),
            24..=27 => {
                let bytes = self.take(1 << (info - 24))?;
                Some(bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
            }
            31 if matches!(major, BYTES | TEXT | ARRAY | MAP) => None,
            _ => return Err(Reject::malformed("an item that CBOR does not define")),
        };
        Ok(Head { major, info, argument })
    }

    /// The content of a byte or text string whose head has been taken.
    pub(crate) fn content(&mut self, head: Head) -> Result<Cow<'a, [u8]>, Reject> {
        let length = |argument: u64| usize::try_from(argument).map_err(|_| short());
        if let Some(argument) = head.argument {
            return self.take(length(argument)?).map(Cow::Borrowed);
        }
        let mut whole = Vec::new();
        while !self.take_break() {
            let part = self.head()?;
            let Some(argument) = part.argument.filter(|_| part.major == head.major) else {
                return Err(Reject::malformed("a part of a string that is not one"));
            };
            whole.extend_from_slice(self.take(length(argument)?)?);
        }
        Ok(Cow::Owned(whole))
    }

    /// Goes past one item of any kind, `depth` levels deep in others. Not recursive.
    pub(crate) fn skip(&mut self, depth: u32) -> Result<(), Reject> {
        // Items still to come at each level; absent: until the break.
        let mut open: Vec<Option<u64>> = Vec::new();
        loop {
            let head = self.head()?;
            let inside = match head.major {
                BYTES | TEXT => {
                    self.content(head)?;
                    Some(0)
                }
                ARRAY => head.argument,
                MAP => match head.argument {
                    Some(pairs) => Some(pairs.checked_mul(2).ok_or_else(short)?),
                    None => None,
                },
                TAG => Some(1),
                _ => Some(0),
            };
            if inside != Some(0) {
                if open.len() + depth as usize >= DEPTH_MAX as usize {
                    return Err(Reject::too_much("deep nesting"));
                }
                open.push(inside);
            } else if open.is_empty() {
                return Ok(());
            } else if let Some(Some(left)) = open.last_mut() {
                *left -= 1;
            }
            // Close the levels that are complete; each was itself one item of the level around it.
            while let Some(level) = open.last() {
                let done = match level {
                    Some(left) => *left == 0,
                    None => self.take_break(),
                };
                if !done {
                    break;
                }
                open.pop();
                match open.last_mut() {
                    None => return Ok(()),
                    Some(Some(left)) => *left -= 1,
                    Some(None) => {}
                }
            }
        }
    }
}

/// Whether bytes are one CBOR item within the depth limit. Maps of unknown length may end after a key.
pub fn well_formed(bytes: &[u8]) -> Result<(), Reject> {
    let mut scan = Scan::new(bytes);
    scan.skip(0)?;
    if scan.is_end() { Ok(()) } else { Err(Reject::malformed("more than one item")) }
}

/// A half-precision number.
pub(crate) fn half(bits: u16) -> f64 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from(bits >> 10 & 31);
    let fraction = f64::from(bits & 0x3FF);
    let size = match exponent {
        0 => fraction * 2_f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (fraction + 1024.0) * 2_f64.powi(exponent - 25),
    };
    sign * size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_one_whole_item() {
        for good in [
            &[0x01][..],
            &[0xA1, 0x61, b'a', 0x82, 0x01, 0xF6],
            &[0xBF, 0x61, b'a', 0x9F, 0x01, 0xFF, 0xFF],
            &[0x7F, 0x61, b'a', 0x61, b'b', 0xFF],
            &[0xC1, 0xFB, 0, 0, 0, 0, 0, 0, 0, 0],
            &[0x80],
            &[0x82, 0x80, 0xA0],
        ] {
            assert!(well_formed(good).is_ok(), "{good:02x?}");
        }
        for bad in [
            &[][..],
            &[0x61],
            &[0x82, 0x01],
            &[0x9F, 0x01],
            &[0xFF],
            &[0x01, 0x01],
            &[0x7F, 0x41, b'a', 0xFF],
            &[0x1C],
            &[0x9B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            &[0x81; 500],
        ] {
            assert!(well_formed(bad).is_err(), "{bad:02x?}");
        }
    }

    #[test]
    fn half_precision() {
        for (bits, value) in
            [(0x3C00, 1.0), (0xC000, -2.0), (0x7BFF, 65504.0), (0x0001, 5.960_464_477_539_063e-8)]
        {
            assert!((half(bits) - value).abs() < f64::EPSILON, "{bits:04x}");
        }
        assert!(half(0x7E00).is_nan() && half(0xFC00).is_infinite());
    }
}
