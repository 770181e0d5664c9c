//! What a reporter keeps: a number to speak about, a code that opens the track
//! page, and the proof once the entry is sealed.

use askama::Template;

use crate::shell::Shell;

/// How far the proof is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Recorded, not sealed yet: within seconds.
    Waiting,
    /// Sealed under a checkpoint of this many entries.
    Sealed { entries: u64 },
}

#[derive(Template)]
#[template(path = "pages/public/receipt.html")]
pub struct Receipt {
    pub shell: Shell,
    pub number: String,
    /// 16 characters.
    pub code: String,
    /// Whole address of the track page, for the QR code.
    pub track_url: String,
    pub proof: Proof,
    /// The same report was sent before; this is its first receipt.
    pub repeated: bool,
}

/// Four by four, as people read it out.
pub fn in_groups(code: &str) -> Vec<String> {
    let characters: Vec<char> = code.chars().collect();
    characters.chunks(4).map(|group| group.iter().collect()).collect()
}

#[cfg(test)]
pub(super) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    let page = |proof, repeated| Receipt {
        shell: crate::sample::public(lang, "/receipt"),
        number: "XY-220921-0316".to_owned(),
        code: "7KQ2MD4TXW93HB5R".to_owned(),
        track_url: "https://bihuan.example/t/7KQ2MD4TXW93HB5R".to_owned(),
        proof,
        repeated,
    };
    vec![
        crate::golden::Sample::of(
            "public-receipt",
            &page(Proof::Sealed { entries: 1_284_306 }, false),
        ),
        crate::golden::Sample::of("public-receipt-waiting", &page(Proof::Waiting, true)),
    ]
}

#[cfg(test)]
mod tests {
    use super::in_groups;

    #[test]
    fn a_code_is_read_out_in_fours() {
        assert_eq!(in_groups("7KQ2MD4TXW93HB5R").join(" "), "7KQ2 MD4T XW93 HB5R");
    }
}
