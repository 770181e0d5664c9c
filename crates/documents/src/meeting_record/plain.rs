//! A text file in whatever encoding an office saved it.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::{MAX_TEXT_BYTES, RecordFault};

pub(super) fn text_of(bytes: &[u8]) -> Result<String, RecordFault> {
    if bytes.len() as u64 > MAX_TEXT_BYTES {
        return Err(RecordFault::TooBig { limit: MAX_TEXT_BYTES });
    }
    let decoded = match bytes {
        [0xff, 0xfe, rest @ ..] => {
            UTF_16LE.decode_without_bom_handling_and_without_replacement(rest)
        }
        [0xfe, 0xff, rest @ ..] => {
            UTF_16BE.decode_without_bom_handling_and_without_replacement(rest)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(Into::into),
        _ => std::str::from_utf8(bytes)
            .ok()
            .map(Into::into)
            .or_else(|| GB18030.decode_without_bom_handling_and_without_replacement(bytes)),
    };
    match decoded {
        Some(text) if !text.contains('\0') => Ok(text.into_owned()),
        _ => Err(RecordFault::NotARecord),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_reads_alike_in_every_encoding() {
        let text = "一、清理河道";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            GB18030.encode(text).0.into_owned(),
            [&[0xff, 0xfe][..], &utf16].concat(),
        ] {
            assert_eq!(text_of(&bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(text_of(&[0x89, b'P', 0, 0]), Err(RecordFault::NotARecord));
        assert_eq!(text_of(b"%PDF\x00"), Err(RecordFault::NotARecord));
    }
}
