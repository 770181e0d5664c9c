//! The code on a place's QR sign. It is signed, so that nobody can print a sign
//! that files reports under a place they do not keep.
//!
//! A sign carries a generation: reprinting a place's sign raises it, and the
//! store refuses older ones. The code itself never expires, since a lamp post
//! keeps its sign for years.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::crockford;
use crate::ids::{CountyCode, PlaceId};

/// Keeps these signatures apart from anything else made with the same key.
const PURPOSE: &[u8] = b"bihuan place code 1\0";

/// 80 bits: a guess can only be tried against the server, which throttles.
const MAC_BYTES: usize = 10;

/// Signs and reads place codes of one installation.
pub struct PlaceCodes {
    key: [u8; 32],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlaceCodeFault {
    /// Mistyped, cut off or never a place code.
    #[error("not a place code")]
    Malformed,
    /// Has the form, but was not made with this installation's key.
    #[error("place code was not issued here")]
    Forged,
}

impl PlaceCodes {
    pub const fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// Letters and digits only, fit for an address and for a QR sign.
    ///
    /// A county code is six digits and a place id a few characters, so a code
    /// is 35 to 45 characters long. A county code past 255 bytes would not read
    /// back; a playbook cannot hold one.
    pub fn sign(&self, county: &CountyCode, place: &PlaceId, generation: u32) -> String {
        let mut bytes = content(county, place, generation);
        let mac = self.mac(&bytes).finalize().into_bytes();
        bytes.extend_from_slice(&mac[..MAC_BYTES]);
        crockford::encode(&bytes)
    }

    /// The signature is checked before anything inside the code is believed.
    pub fn read(&self, code: &str) -> Result<(CountyCode, PlaceId, u32), PlaceCodeFault> {
        let bytes = crockford::decode(code).ok_or(PlaceCodeFault::Malformed)?;
        let (content, mac) =
            bytes.split_last_chunk::<MAC_BYTES>().ok_or(PlaceCodeFault::Malformed)?;
        let parts = parts(content).ok_or(PlaceCodeFault::Malformed)?;
        self.mac(content).verify_truncated_left(mac).map_err(|_| PlaceCodeFault::Forged)?;
        Ok(parts)
    }

    fn mac(&self, content: &[u8]) -> Hmac<Sha256> {
        // HMAC fills a short key up with zeros; the whole block cannot fail.
        let mut block = [0; 64];
        block[..self.key.len()].copy_from_slice(&self.key);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(PURPOSE);
        mac.update(content);
        mac
    }
}

/// County (length, bytes), generation (four bytes, big-endian, leading zeros
/// cut: length, bytes), place (the rest).
fn content(county: &CountyCode, place: &PlaceId, generation: u32) -> Vec<u8> {
    let generation = generation.to_be_bytes();
    let zeros = generation.iter().take_while(|byte| **byte == 0).count();
    let generation = &generation[zeros..];
    let mut bytes = Vec::with_capacity(64);
    for part in [county.as_str().as_bytes(), generation] {
        bytes.push(u8::try_from(part.len()).unwrap_or(u8::MAX));
        bytes.extend_from_slice(part);
    }
    bytes.extend_from_slice(place.as_str().as_bytes());
    bytes
}

fn parts(content: &[u8]) -> Option<(CountyCode, PlaceId, u32)> {
    let (county, rest) = split_part(content)?;
    let (generation, place) = split_part(rest)?;
    if generation.len() > 4 || generation.first() == Some(&0) || place.is_empty() {
        return None;
    }
    let generation = generation.iter().fold(0, |sum, byte| (sum << 8) | u32::from(*byte));
    let county = std::str::from_utf8(county).ok()?;
    let place = std::str::from_utf8(place).ok()?;
    Some((CountyCode::new(county), PlaceId::new(place), generation))
}

fn split_part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first()?;
    rest.split_at_checked(usize::from(*length))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sign(generation: u32) -> String {
        PlaceCodes::new([7; 32]).sign(
            &CountyCode::new("410182"),
            &PlaceId::new("05-012-L07"),
            generation,
        )
    }

    #[test]
    fn a_signed_code_reads_back_whatever_its_case_and_spacing() {
        let codes = PlaceCodes::new([7; 32]);
        let expected = Ok((CountyCode::new("410182"), PlaceId::new("05-012-L07"), 3));
        assert_eq!(codes.read(&sign(3)), expected);
        assert_eq!(codes.read(&sign(3).to_lowercase()), expected);
        assert_eq!(codes.read(&format!(" {}", sign(3))), expected);
    }

    #[test]
    fn a_code_fits_an_address() {
        assert!(sign(1).chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()));
        assert!(sign(1).len() <= 48, "{}", sign(1).len());
    }

    #[test]
    fn a_code_made_with_another_key_is_forged() {
        assert_eq!(PlaceCodes::new([8; 32]).read(&sign(3)), Err(PlaceCodeFault::Forged));
    }

    #[test]
    fn half_a_code_is_not_a_place_code() {
        let codes = PlaceCodes::new([7; 32]);
        for text in ["", "0", "HELLO", "公园路", &sign(3)[..12]] {
            assert_eq!(codes.read(text), Err(PlaceCodeFault::Malformed), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_place_reads_back(place in "\\PC{1,20}", generation in any::<u32>()) {
            let codes = PlaceCodes::new([1; 32]);
            let county = CountyCode::new("131000");
            let place = PlaceId::new(place);
            let code = codes.sign(&county, &place, generation);
            prop_assert_eq!(codes.read(&code), Ok((county, place, generation)));
        }

        #[test]
        fn one_changed_character_is_never_accepted(at in 0_usize..40, with in "[0-9A-Z]") {
            let code = sign(3);
            let at = at % code.len();
            let mut changed = code.clone();
            changed.replace_range(at..=at, &with);
            let same = crockford::decode(&changed) == crockford::decode(&code);
            prop_assume!(!same);
            prop_assert!(PlaceCodes::new([7; 32]).read(&changed).is_err());
        }
    }
}
