//! The two small files that tell drives apart: `DRIVES` in the data directory, and `DRIVE` on each of them. Text for people,
//! with a checksum in the last line: no flipped bit makes a drive another one.

use crate::{BlobId, drives::DRIVES_MAX, format::crc32c, shape::Shape};

/// The last line, whose digits are the CRC-32C of all text before it.
const CHECK: &str = "check 00000000\n";

fn checked(text: String) -> String {
    let crc = crc32c(text.as_bytes());
    text + &format!("check {crc:08x}\n")
}

/// The lines before the last, if the checksum is theirs.
fn lines(text: &str) -> Option<std::str::Lines<'_>> {
    let (before, _) = text.split_at_checked(text.len().checked_sub(CHECK.len())?)?;
    (checked(before.to_owned()) == text).then(|| before.lines())
}

/// What `DRIVES` holds: the name of these drives, and how many of them are for data and for parity.
pub(crate) fn layout_text(array: [u8; 16], shape: Shape) -> String {
    let Shape { data, parity } = shape;
    checked(format!("kumiki drives 1\narray {}\ndata {data}\nparity {parity}\n", BlobId(array)))
}

/// The reverse of [`layout_text`].
pub(crate) fn read_layout(text: &str) -> Option<([u8; 16], Shape)> {
    let mut lines = lines(text)?;
    if lines.next()? != "kumiki drives 1" {
        return None;
    }
    let array = BlobId::parse(lines.next()?.strip_prefix("array ")?)?.0;
    let data = lines.next()?.strip_prefix("data ")?.parse().ok()?;
    let parity: usize = lines.next()?.strip_prefix("parity ")?.parse().ok()?;
    let possible = lines.next().is_none() && (1..=DRIVES_MAX).contains(&data) && parity < DRIVES_MAX;
    possible.then_some((array, Shape { data, parity }))
}

/// What `DRIVE` holds: of which drives this is one, and its number.
pub(crate) fn drive_text(array: [u8; 16], number: usize) -> String {
    checked(format!("kumiki drive 1\narray {}\ndrive {number}\n", BlobId(array)))
}

/// The reverse of [`drive_text`].
pub(crate) fn read_drive(text: &str) -> Option<([u8; 16], usize)> {
    let mut lines = lines(text)?;
    if lines.next()? != "kumiki drive 1" {
        return None;
    }
    let array = BlobId::parse(lines.next()?.strip_prefix("array ")?)?.0;
    let number = lines.next()?.strip_prefix("drive ")?.parse().ok()?;
    lines.next().is_none().then_some((array, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let (array, shape) = ([7; 16], Shape { data: 4, parity: 2 });
        assert_eq!(read_layout(&layout_text(array, shape)), Some((array, shape)));
        assert_eq!(read_drive(&drive_text(array, 5)), Some((array, 5)));
        let many = layout_text(array, Shape { data: DRIVES_MAX + 1, parity: 0 });
        assert_eq!(read_layout(&many), None);
    }

    #[test]
    fn no_flipped_bit_and_no_missing_end_is_taken() {
        for text in [drive_text([7; 16], 3), layout_text([7; 16], Shape { data: 4, parity: 2 })] {
            for bit in 0..text.len() * 8 {
                let mut bytes = text.clone().into_bytes();
                bytes[bit / 8] ^= 1 << (bit % 8);
                let Ok(flipped) = String::from_utf8(bytes) else { continue };
                assert!(read_drive(&flipped).is_none() && read_layout(&flipped).is_none(), "{flipped:?}");
            }
            for end in 0..text.len() {
                assert!(read_drive(&text[..end]).is_none() && read_layout(&text[..end]).is_none());
            }
        }
    }
}
