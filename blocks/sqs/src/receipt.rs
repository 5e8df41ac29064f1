//! Receipt handles: opaque to callers, bound to one receive of one message of one queue.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::{
    fault::Refused,
    stamp::{STAMP_BYTES, Stamp},
};

/// What a receipt handle says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Which message.
    pub stamp: Stamp,
    /// Which of its receives.
    pub receives: u32,
}

const FORMAT: u8 = 1;
const SAID_BYTES: usize = 1 + STAMP_BYTES + 4;
const PROOF_BYTES: usize = 16;

impl Receipt {
    /// The handle, with a proof that whoever knows `secret`, which every queue has of its own, has made it.
    pub fn handle(self, secret: &[u8; 16]) -> String {
        let mut bytes = [0; SAID_BYTES + PROOF_BYTES];
        bytes[0] = FORMAT;
        bytes[1..=STAMP_BYTES].copy_from_slice(&self.stamp.bytes());
        bytes[1 + STAMP_BYTES..SAID_BYTES].copy_from_slice(&self.receives.to_be_bytes());
        let (said, proof) = bytes.split_at_mut(SAID_BYTES);
        proof.copy_from_slice(&mac(secret, said).finalize().into_bytes()[..PROOF_BYTES]);
        STANDARD.encode(bytes)
    }

    /// Reads a handle that was made with `secret`; any other text is refused.
    pub fn read(handle: &str, secret: &[u8; 16]) -> Result<Self, Refused> {
        Self::proved(handle, secret).ok_or_else(|| Refused::Receipt(handle.to_owned()))
    }

    fn proved(handle: &str, secret: &[u8; 16]) -> Option<Self> {
        let mut bytes = [0; SAID_BYTES + PROOF_BYTES + 2]; // the decoder asks for whole groups of three
        if STANDARD.decode_slice(handle, &mut bytes).ok()? != SAID_BYTES + PROOF_BYTES {
            return None;
        }
        let (said, proof) = bytes[..SAID_BYTES + PROOF_BYTES].split_at(SAID_BYTES);
        mac(secret, said).verify_truncated_left(proof).ok()?;
        let (format, rest) = said.split_first()?;
        let (stamp, receives) = rest.split_at(STAMP_BYTES);
        (*format == FORMAT).then_some(Self {
            stamp: Stamp::read(stamp)?,
            receives: u32::from_be_bytes(receives.try_into().ok()?),
        })
    }
}

fn mac(secret: &[u8; 16], said: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length will do");
    mac.update(said);
    mac
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_handle_is_read_back_with_its_secret_alone(
            batch: u64, index: u16, entry: u8, receives: u32, secret: [u8; 16], other: [u8; 16],
        ) {
            let receipt = Receipt { stamp: Stamp::new(batch, index, entry), receives };
            let handle = receipt.handle(&secret);
            prop_assert_eq!(Receipt::read(&handle, &secret), Ok(receipt));
            if secret != other {
                prop_assert_eq!(Receipt::read(&handle, &other), Err(Refused::Receipt(handle)));
            }
        }

        #[test]
        fn no_change_of_a_handle_is_taken(at in 0_usize..32, bit in 0_u8..8) {
            let secret = [7; 16];
            let receipt = Receipt { stamp: Stamp::new(2, 3, 4), receives: 5 };
            let mut bytes = STANDARD.decode(receipt.handle(&secret)).unwrap();
            bytes[at] ^= 1 << bit;
            prop_assert!(Receipt::read(&STANDARD.encode(bytes), &secret).is_err());
        }

        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            prop_assert!(Receipt::read(&text, &[0; 16]).is_err());
        }
    }
}
