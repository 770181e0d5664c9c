//! Evidence that is not a photo: told by what is in it, kept as it is, and only
//! ever downloaded.
//!
//! A file whose name says one kind and whose content another is refused: the
//! next program to open it goes by the name.

use std::io::{Read, Seek};

use bihuan_domain::playbook::model::Text;
use zip::ZipArchive;

use crate::sentence::text;

pub const MAX_BYTES: u64 = 50 << 20;

/// Readers of PDF accept the mark this late; a file that has it later than at
/// the start could be something else to another program, so it is not a PDF
/// here.
const HEAD_BYTES: u64 = 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Pdf,
    /// GB/T 33190, what Chinese offices sign and seal.
    Ofd,
    Docx,
    Xlsx,
    Mp4,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    #[error("the file is empty")]
    Empty,
    #[error("the file has {bytes} bytes where {limit} are allowed")]
    TooBig { bytes: u64, limit: u64 },
    #[error("the file is not of an accepted kind")]
    WrongKind,
    #[error("the file is a {} named .{extension}", found.extension())]
    NameDisagrees { extension: String, found: FileKind },
    /// Programs inside a document.
    #[error("the document holds macros")]
    Macros,
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
}

/// What `content` is, if that is acceptable and what `name` says.
pub fn inspect(name: &str, mut content: impl Read + Seek) -> Result<FileKind, FileFault> {
    let bytes = content.seek(std::io::SeekFrom::End(0)).map_err(unreadable)?;
    content.rewind().map_err(unreadable)?;
    if bytes == 0 {
        return Err(FileFault::Empty);
    }
    if bytes > MAX_BYTES {
        return Err(FileFault::TooBig { bytes, limit: MAX_BYTES });
    }
    let mut head = Vec::new();
    content.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(unreadable)?;
    let found = if head.starts_with(b"%PDF-") {
        FileKind::Pdf
    } else if is_mp4(&head) {
        FileKind::Mp4
    } else if head.starts_with(b"PK\x03\x04") {
        content.rewind().map_err(unreadable)?;
        of_archive(content)?
    } else {
        return Err(FileFault::WrongKind);
    };
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if !extension.eq_ignore_ascii_case(found.extension()) {
        return Err(FileFault::NameDisagrees { extension: extension.to_owned(), found });
    }
    Ok(found)
}

/// By the brands players know; the same box begins HEIC and others.
fn is_mp4(head: &[u8]) -> bool {
    head.get(4..8) == Some(b"ftyp")
        && matches!(
            head.get(8..12),
            Some(
                b"isom"
                    | b"iso2"
                    | b"iso4"
                    | b"iso5"
                    | b"iso6"
                    | b"mp41"
                    | b"mp42"
                    | b"avc1"
                    | b"M4V "
                    | b"MSNV"
            )
        )
}

/// By the one entry each of these archives must have. An archive with the
/// entries of two kinds is none of them.
fn of_archive(content: impl Read + Seek) -> Result<FileKind, FileFault> {
    let archive =
        ZipArchive::new(content).map_err(|error| FileFault::Unreadable(error.to_string()))?;
    // An archive may stand behind other bytes, which another program would read.
    if archive.offset() != 0 {
        return Err(FileFault::WrongKind);
    }
    let mut kinds = Vec::new();
    for name in archive.file_names_raw() {
        match name {
            b"OFD.xml" => kinds.push(FileKind::Ofd),
            b"word/document.xml" => kinds.push(FileKind::Docx),
            b"xl/workbook.xml" => kinds.push(FileKind::Xlsx),
            b"word/vbaProject.bin" | b"xl/vbaProject.bin" => return Err(FileFault::Macros),
            _ => {}
        }
    }
    match kinds.as_slice() {
        [kind] => Ok(*kind),
        _ => Err(FileFault::WrongKind),
    }
}

impl FileKind {
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Ofd => "ofd",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Mp4 => "mp4",
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Ofd => "application/ofd",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Mp4 => "video/mp4",
        }
    }
}

impl FileFault {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file-empty",
            Self::TooBig { .. } => "file-too-big",
            Self::WrongKind => "file-wrong-kind",
            Self::NameDisagrees { .. } => "file-name-disagrees",
            Self::Macros => "file-macros",
            Self::Unreadable(_) => "file-unreadable",
        }
    }

    pub fn sentence(&self) -> Text {
        match self {
            Self::Empty => text("文件是空的，请重新选择。", "The file is empty; choose it again."),
            Self::TooBig { limit, .. } => text(
                &format!("文件超过 {} MB，请压缩或拆分后再传。", limit >> 20),
                &format!("The file is larger than {} MB; compress or split it.", limit >> 20),
            ),
            Self::WrongKind => text(
                "只接收 PDF、OFD、DOCX、XLSX 和 MP4 文件；照片请从照片处上传。",
                "Only PDF, OFD, DOCX, XLSX and MP4 files are taken; add photos as photos.",
            ),
            Self::NameDisagrees { extension, found } => {
                let found = found.extension();
                text(
                    &format!("文件内容是 {found}，扩展名却是“{extension}”；请改正文件名后再传。"),
                    &format!(
                        "The content is {found} but the name ends in \"{extension}\"; rename the \
                         file and try again."
                    ),
                )
            }
            Self::Macros => text(
                "文档中含有宏，请另存为不带宏的文档。",
                "The document holds macros; save it without them.",
            ),
            Self::Unreadable(_) => text(
                "文件损坏或没有传完整，请再传一次。",
                "The file is damaged or did not arrive whole; send it again.",
            ),
        }
    }
}

fn unreadable(error: std::io::Error) -> FileFault {
    FileFault::Unreadable(error.to_string())
}
