//! Secrets of one installation, all derived from one 32-byte key file. They
//! live outside the database and outside every back-up.

use bihuan_domain::place::{PlaceCodes, ReportCode};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::SigningKey;
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::error::{Error, Result};

/// 64 bits: a token is only ever looked for among a handful.
const TOKEN_BYTES: usize = 8;
const NONCE_BYTES: usize = 24;
const CODE_BYTES: usize = 10;
const MARK_BYTES: usize = 16;

pub struct Keys {
    identity: [u8; 32],
    phone: [u8; 32],
    code: [u8; 32],
    form: [u8; 32],
    place: [u8; 32],
    mark: [u8; 32],
    signing: SigningKey,
}

impl Keys {
    /// Each purpose has a key of its own, so that one leaking says nothing
    /// about another.
    pub fn derive(master: &[u8; 32]) -> Self {
        let purpose = |name: &str| {
            let mut key = [0; 32];
            // 32 bytes is far below HKDF's limit, so expanding cannot fail.
            Hkdf::<Sha256>::new(None, master).expand(name.as_bytes(), &mut key).ok();
            key
        };
        Self {
            identity: purpose("bihuan identity 1"),
            phone: purpose("bihuan phone 1"),
            code: purpose("bihuan report code 1"),
            form: purpose("bihuan form token 1"),
            place: purpose("bihuan place code 1"),
            mark: purpose("bihuan key mark 1"),
            signing: SigningKey::from_bytes(&purpose("bihuan checkpoint 1")),
        }
    }

    /// Tells one key file from another and nothing about it.
    pub fn mark(&self) -> String {
        HEXLOWER.encode(&self.mark[..MARK_BYTES])
    }

    pub const fn signing(&self) -> &SigningKey {
        &self.signing
    }

    pub const fn form(&self) -> [u8; 32] {
        self.form
    }

    pub const fn place_codes(&self) -> PlaceCodes {
        PlaceCodes::new(self.place)
    }

    /// The code of the report filed by this command: the same command always
    /// gets the same code, and nobody without the key can compute it.
    pub fn report_code(&self, command: &str) -> ReportCode {
        let mac = keyed(&self.code, &["issue", command]);
        let mut bytes = [0; CODE_BYTES];
        bytes.copy_from_slice(&mac[..CODE_BYTES]);
        ReportCode::from_random(bytes)
    }

    /// What proves a paper: on it, in an address nobody can guess from its number.
    pub fn paper_code(&self, matter: &str) -> ReportCode {
        let mac = keyed(&self.code, &["paper", matter]);
        let mut bytes = [0; CODE_BYTES];
        bytes.copy_from_slice(&mac[..CODE_BYTES]);
        ReportCode::from_random(bytes)
    }

    /// What is stored of a report's code.
    pub fn report_code_key(&self, code: &ReportCode) -> String {
        BASE64.encode(&keyed(&self.code, &["store", &code.compact()]))
    }

    /// Names a matter on a page without telling which it is.
    pub fn nearby_token(&self, matter: &str) -> String {
        data_encoding::HEXLOWER.encode(&keyed(&self.code, &["nearby", matter])[..TOKEN_BYTES])
    }

    /// What is stored of a phone, so that it can be looked for but not read.
    pub fn phone_key(&self, phone: &str) -> String {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
        BASE64.encode(&keyed(&self.phone, &[digits]))
    }

    /// Encrypts a reporter's identity; `bound_to` (the matter) must be given
    /// again to read it, so that a row cannot be moved to another matter.
    pub fn seal_identity(&self, plain: &str, bound_to: &str, nonce: [u8; 24]) -> Result<String> {
        let cipher = XChaCha20Poly1305::new(&Key::from(self.identity));
        let payload =
            chacha20poly1305::aead::Payload { msg: plain.as_bytes(), aad: bound_to.as_bytes() };
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Error::Internal("an identity could not be encrypted".to_owned()))?;
        Ok(BASE64.encode(&[nonce.as_slice(), &sealed].concat()))
    }

    pub fn open_identity(&self, sealed: &str, bound_to: &str) -> Result<String> {
        let unreadable = || Error::Internal("an identity cannot be read with this key".to_owned());
        let bytes = BASE64.decode(sealed.as_bytes()).map_err(|_| unreadable())?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or_else(unreadable)?;
        let cipher = XChaCha20Poly1305::new(&Key::from(self.identity));
        let payload = chacha20poly1305::aead::Payload { msg: sealed, aad: bound_to.as_bytes() };
        let plain = cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| unreadable())?;
        String::from_utf8(plain).map_err(|_| unreadable())
    }
}

fn keyed(key: &[u8; 32], parts: &[&str]) -> [u8; 32] {
    // HMAC takes keys of any length, so making one cannot fail.
    let Ok(mut mac) = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key) else {
        return [0; 32];
    };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_opens_only_on_its_own_matter() {
        let keys = Keys::derive(&[7; 32]);
        let sealed = keys.seal_identity("13800000000", "matter-1", [1; 24]).unwrap();
        assert!(!sealed.contains("138"));
        assert_eq!(keys.open_identity(&sealed, "matter-1").unwrap(), "13800000000");
        assert!(keys.open_identity(&sealed, "matter-2").is_err());
        assert!(Keys::derive(&[8; 32]).open_identity(&sealed, "matter-1").is_err());
    }

    #[test]
    fn a_phone_is_found_however_it_is_written() {
        let keys = Keys::derive(&[7; 32]);
        assert_eq!(keys.phone_key("138 0000-0000"), keys.phone_key("+86 13800000000"));
        assert_ne!(keys.phone_key("13800000000"), keys.phone_key("13800000001"));
    }

    #[test]
    fn the_same_command_gets_the_same_code_under_one_key_only() {
        let keys = Keys::derive(&[7; 32]);
        assert_eq!(keys.report_code("a"), keys.report_code("a"));
        assert_ne!(keys.report_code("a").compact(), keys.report_code("b").compact());
        assert_ne!(
            keys.report_code("a").compact(),
            Keys::derive(&[8; 32]).report_code("a").compact()
        );
    }
}
