//! UTF-8 or GB 18030 (which GBK and GB 2312 are part of): what office software
//! in China writes.

use encoding_rs::GB18030;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Gb18030,
}

/// By majority of the lines that are not plain ASCII, so that one damaged line
/// does not turn the whole file to noise. `None` when all of it is ASCII. A
/// few short GBK texts happen to be valid UTF-8 too; a hint settles those.
pub(super) fn guess(sample: &[u8], complete: bool) -> Option<Encoding> {
    let mut lines: Vec<&[u8]> = sample.split(|byte| matches!(byte, b'\n' | b'\r')).collect();
    if !complete {
        lines.pop();
    }
    let mut utf8 = 0_usize;
    let mut gb18030 = 0_usize;
    for line in lines {
        if line.is_ascii() {
            continue;
        }
        match of_bytes(line) {
            Some(Encoding::Utf8) => utf8 += 1,
            Some(Encoding::Gb18030) => gb18030 += 1,
            None => {}
        }
    }
    if utf8 == 0 && gb18030 == 0 {
        return None;
    }
    Some(if utf8 >= gb18030 { Encoding::Utf8 } else { Encoding::Gb18030 })
}

pub(super) fn of_bytes(bytes: &[u8]) -> Option<Encoding> {
    [Encoding::Utf8, Encoding::Gb18030]
        .into_iter()
        .find(|encoding| encoding.decode(bytes).is_some())
}

impl Encoding {
    /// `None` when the bytes are not in this encoding.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Utf8 => std::str::from_utf8(bytes).ok().map(str::to_owned),
            Self::Gb18030 => GB18030
                .decode_without_bom_handling_and_without_replacement(bytes)
                .map(std::borrow::Cow::into_owned),
        }
    }
}
