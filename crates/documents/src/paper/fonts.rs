//! The fonts papers are set in. The standard names faces that are commercial or
//! come with an office suite; none may be shipped, so what is installed is
//! looked for, a free face stands in for what is not, and that is said.
//!
//! Looking for them takes a moment: look once, share. A face of some tens of
//! megabytes is loaded when a paper is first set in it.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo, FontWeight};
use typst::utils::LazyHash;

/// What a face is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// 小标宋体: the mark and the title.
    Title,
    /// 仿宋体: the body.
    Body,
    /// 楷体: headings of the second level, the signing officer.
    Kai,
    /// 黑体: headings of the first level, haste.
    Hei,
    /// 宋体: page numbers.
    Song,
}

/// Names of a face that is as good as the standard's.
struct Wanted {
    role: Role,
    /// As the standard calls it.
    name: &'static str,
    /// What an office suite calls it, for files it opens.
    office: &'static str,
    families: &'static [&'static str],
    /// Free families, best first, with the weight that comes nearest.
    free: &'static [(&'static str, u16)],
}

const WANTED: [Wanted; 5] = [
    Wanted {
        role: Role::Title,
        name: "小标宋体",
        office: "方正小标宋简体",
        families: &[
            "方正小标宋简体",
            "方正小标宋_GBK",
            "FZXiaoBiaoSong-B05S",
            "FZXiaoBiaoSong-B05",
        ],
        free: &[
            ("Noto Serif CJK SC", 700),
            ("Noto Serif SC", 700),
            ("Source Han Serif SC", 700),
            ("Source Han Serif", 700),
        ],
    },
    Wanted {
        role: Role::Body,
        name: "仿宋体",
        office: "仿宋_GB2312",
        families: &["仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "STFangsong", "华文仿宋"],
        free: &[
            ("FandolFang R", 400),
            ("FandolFang", 400),
            ("Noto Serif CJK SC", 400),
            ("Noto Serif SC", 400),
            ("Source Han Serif SC", 400),
            ("Source Han Serif", 400),
        ],
    },
    Wanted {
        role: Role::Kai,
        name: "楷体",
        office: "楷体_GB2312",
        families: &["楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "华文楷体"],
        free: &[
            ("AR PL UKai", 400),
            ("AR PL KaitiM GB", 400),
            ("LXGW WenKai", 400),
            ("FandolKai", 400),
            ("Noto Serif CJK SC", 400),
            ("Noto Serif SC", 400),
        ],
    },
    Wanted {
        role: Role::Hei,
        name: "黑体",
        office: "黑体",
        families: &["黑体", "SimHei", "STHeiti", "华文黑体"],
        free: &[
            ("Noto Sans CJK SC", 400),
            ("Noto Sans SC", 400),
            ("Source Han Sans SC", 400),
            ("Source Han Sans", 400),
            ("WenQuanYi Zen Hei", 400),
        ],
    },
    Wanted {
        role: Role::Song,
        name: "宋体",
        office: "宋体",
        families: &["宋体", "SimSun", "NSimSun", "STSong", "华文宋体"],
        free: &[
            ("Noto Serif CJK SC", 400),
            ("Noto Serif SC", 400),
            ("Source Han Serif SC", 400),
            ("AR PL UMing", 400),
        ],
    },
];

/// A font without these cannot be meant for Chinese papers: two everyday
/// characters, the year's bracket and a county's name.
const PROBE: [char; 4] = ['的', '国', '〔', '荥'];

/// What one face of the standard is set in on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// As the standard calls it.
    pub wanted: &'static str,
    pub used: String,
    /// Whether it is one of the standard's own faces.
    pub own: bool,
}

/// Said wherever a file is made with another face than the standard's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substitution {
    pub wanted: &'static str,
    pub used: String,
}

impl fmt::Display for Substitution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} → {}", self.wanted, self.used)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum FontError {
    #[error(
        "no installed font can set {role} (looked in {looked}); install one, e.g. Debian's \
         fonts-noto-cjk, or copy 仿宋_GB2312 and its like into a font folder"
    )]
    None { role: &'static str, looked: String },
}

/// A face in use.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    pub(super) role: Role,
    pub(super) family: String,
    pub(super) weight: u16,
}

/// Fonts ready for setting papers. Cheap to clone; clones share everything.
#[derive(Clone)]
pub struct Fonts(Arc<Loaded>);

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fonts").field("faces", &self.0.faces).finish_non_exhaustive()
    }
}

struct Loaded {
    book: LazyHash<FontBook>,
    /// In the order of the book.
    kept: Vec<Found>,
    chosen: Vec<Chosen>,
    faces: Vec<Face>,
    substitutions: Vec<Substitution>,
}

/// One face found on the disk.
#[derive(Clone)]
struct Found {
    path: PathBuf,
    index: u32,
    info: FontInfo,
    /// Nothing where its file has gone since.
    font: OnceLock<Option<Font>>,
}

impl Fonts {
    /// Where systems keep fonts. Folders that are not there are passed over.
    pub fn system_folders() -> Vec<PathBuf> {
        const FOLDERS: [&str; 6] = [
            "/usr/share/fonts",
            "/usr/local/share/fonts",
            "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
            "/System/Library/Fonts",
            "/Library/Fonts",
            "C:\\Windows\\Fonts",
        ];
        FOLDERS.iter().map(PathBuf::from).collect()
    }

    pub fn installed() -> Result<Self, FontError> {
        Self::in_folders(&Self::system_folders())
    }

    pub fn in_folders(folders: &[PathBuf]) -> Result<Self, FontError> {
        let mut files = Vec::new();
        for folder in folders {
            list(folder, &mut files);
        }
        files.sort();
        let found: Vec<Found> = files.iter().flat_map(|path| faces(path)).collect();
        choose(&found, folders)
    }

    /// The faces that stand in for the standard's.
    pub fn substitutions(&self) -> &[Substitution] {
        &self.0.substitutions
    }

    /// What each of the standard's faces is set in.
    pub fn faces(&self) -> &[Face] {
        &self.0.faces
    }

    pub(super) fn chosen(&self) -> &[Chosen] {
        &self.0.chosen
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.0.book
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        let face = self.0.kept.get(index)?;
        face.font.get_or_init(|| load(face)).clone()
    }

    /// The characters of `text` that would be printed as empty boxes.
    pub(super) fn uncovered(&self, text: &str) -> String {
        let covered =
            |c: char| c.is_whitespace() || self.0.kept.iter().any(|face| has(&face.info, c));
        let mut missing = String::new();
        for c in text.chars() {
            if !covered(c) && !missing.contains(c) {
                missing.push(c);
            }
        }
        missing
    }
}

/// The name by which WPS and Word know the standard's own face.
pub(super) fn office_name(role: Role) -> &'static str {
    WANTED.iter().find(|wanted| wanted.role == role).map_or("仿宋", |wanted| wanted.office)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        // Links to folders are not followed: they can lead round in a circle.
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => list(&path, files),
            Ok(_) if is_font(&path) => files.push(path),
            _ => {}
        }
    }
}

fn is_font(path: &Path) -> bool {
    let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
    ["ttf", "otf", "ttc", "otc"].iter().any(|known| kind.eq_ignore_ascii_case(known))
}

/// The faces of a file that a paper could be set in.
fn faces(path: &Path) -> Vec<Found> {
    let Ok(data) = fs::read(path) else { return Vec::new() };
    let faces = FontInfo::iter(&data).enumerate();
    let found = faces.map(|(index, info)| Found {
        path: path.to_owned(),
        index: u32::try_from(index).unwrap_or(0),
        info,
        font: OnceLock::new(),
    });
    found.filter(|face| PROBE.iter().all(|c| has(&face.info, *c))).collect()
}

fn has(info: &FontInfo, c: char) -> bool {
    info.coverage.contains(c.into())
}

fn choose(found: &[Found], folders: &[PathBuf]) -> Result<Fonts, FontError> {
    let mut kept: Vec<&Found> = Vec::new();
    let mut chosen = Vec::new();
    let mut named = Vec::new();
    for wanted in &WANTED {
        let own = wanted.families.iter().find_map(|family| nearest(found, family, 400));
        let stand_in =
            || wanted.free.iter().find_map(|(family, weight)| nearest(found, family, *weight));
        let Some(face) = own.or_else(stand_in) else {
            let folders: Vec<_> = folders.iter().map(|path| path.display().to_string()).collect();
            return Err(FontError::None { role: wanted.name, looked: folders.join(", ") });
        };
        let weight = face.info.variant.weight.to_number();
        let bold = if weight >= 600 { " Bold" } else { "" };
        let used = format!("{}{bold}", face.info.family);
        named.push(Face { wanted: wanted.name, used, own: own.is_some() });
        chosen.push(Chosen { role: wanted.role, family: face.info.family.to_string(), weight });
        if !kept.iter().any(|other| other.path == face.path && other.index == face.index) {
            kept.push(face);
        }
    }
    let kept: Vec<Found> = kept.into_iter().cloned().collect();
    let book = LazyHash::new(FontBook::from_infos(kept.iter().map(|face| face.info.clone())));
    let stand_ins = named.iter().filter(|face| !face.own);
    let substitutions = stand_ins
        .map(|face| Substitution { wanted: face.wanted, used: face.used.clone() })
        .collect();
    Ok(Fonts(Arc::new(Loaded { book, kept, chosen, faces: named, substitutions })))
}

fn nearest<'f>(found: &'f [Found], family: &str, weight: u16) -> Option<&'f Found> {
    let of = found.iter().filter(|face| face.info.family.eq_ignore_ascii_case(family));
    of.min_by_key(|face| face.info.variant.weight.distance(FontWeight::from_number(weight)))
}

fn load(face: &Found) -> Option<Font> {
    let data = fs::read(&face.path).ok()?;
    Font::new(Bytes::new(data), face.index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_any_font_the_error_says_what_to_install() {
        let empty = tempfile::tempdir().unwrap();
        let error = Fonts::in_folders(&[empty.path().to_owned()]).err().unwrap().to_string();
        assert!(error.contains("fonts-noto-cjk") && error.contains("小标宋体"), "{error}");
    }

    #[test]
    fn a_folder_without_chinese_fonts_is_as_good_as_empty() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("broken.ttf"), b"not a font").unwrap();
        assert!(Fonts::in_folders(&[folder.path().to_owned()]).is_err());
    }

    #[test]
    fn every_face_that_is_not_the_standards_own_is_reported() {
        let fonts = Fonts::installed().unwrap();
        let roles = WANTED.iter().filter(|wanted| {
            let family = &fonts.chosen().iter().find(|c| c.role == wanted.role).unwrap().family;
            !wanted.families.contains(&family.as_str())
        });
        let wanted: Vec<&str> = roles.map(|wanted| wanted.name).collect();
        let said: Vec<&str> = fonts.substitutions().iter().map(|one| one.wanted).collect();
        assert_eq!(said, wanted);
    }

    #[test]
    fn a_character_no_font_has_is_named_once() {
        let fonts = Fonts::installed().unwrap();
        assert_eq!(fonts.uncovered("荥阳\n\u{10fffd}市\u{10fffd}"), "\u{10fffd}");
    }
}
