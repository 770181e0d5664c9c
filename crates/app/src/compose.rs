//! Puts commands together from what a person sent. Words and files become
//! commitments here; their content goes with the commands into one transaction.

use bihuan_domain::journal::{Commitment, commit};
use bihuan_domain::matter::{Command, ContentTag, Evidence, EvidenceKind};
use bihuan_domain::place::Position;
use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_store::journal::Content;
use bihuan_store::registers::AttachmentRow;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::context::App;
use crate::error::{Error, Result};

/// Characters of one text at most.
pub const WORDS_LIMIT: usize = 5_000;
/// Characters of an address at most.
pub const ADDRESS_LIMIT: usize = 200;
/// Characters of what another system kept; its limits were its own.
const IMPORTED_LIMIT: usize = 100_000;

/// A photo or file already checked and, for photos, written anew without
/// metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub bytes: Vec<u8>,
    pub thumb: Option<Vec<u8>>,
    /// MIME type.
    pub kind: String,
    /// The name it was sent under, for downloads.
    pub name: String,
    pub taken_at: Option<String>,
    pub width: Option<u32>,
    pub height: Option<u32>,
}

/// What an attachment's commitment commits to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentFacts {
    /// Names the attachment's row.
    pub id: String,
    pub sha256: String,
    pub kind: String,
    pub name: String,
    pub bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub taken_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub height: Option<u32>,
}

/// Commands on one matter, with the content they commit to.
#[derive(Clone)]
pub struct Composer {
    app: App,
    pub commands: Vec<Command>,
    pub contents: Vec<Content>,
    pub attachments: Vec<AttachmentRow>,
}

impl Composer {
    pub fn new(app: &App) -> Self {
        Self {
            app: app.clone(),
            commands: Vec::new(),
            contents: Vec::new(),
            attachments: Vec::new(),
        }
    }

    pub fn push(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Words that must be there.
    pub fn words(&mut self, tag: ContentTag, text: &str) -> Result<Commitment> {
        self.optional(tag, text)?.ok_or_else(|| {
            Error::from(if tag == ContentTag::Words {
                Reason::WordsNeeded
            } else {
                Reason::ReasonNeeded
            })
        })
    }

    /// Words that may be left out.
    pub fn optional(&mut self, tag: ContentTag, text: &str) -> Result<Option<Commitment>> {
        let text = clean(text);
        if text.is_empty() {
            return Ok(None);
        }
        let limit = match tag {
            ContentTag::Address => ADDRESS_LIMIT,
            ContentTag::Imported => IMPORTED_LIMIT,
            _ => WORDS_LIMIT,
        };
        let given = text.chars().count();
        if given > limit {
            let refusal =
                Refusal::new(Reason::WordsTooLong).with("limit", limit).with("given", given);
            return Err(refusal.into());
        }
        Ok(Some(self.commit(tag, text)))
    }

    pub fn position(&mut self, position: Position) -> Commitment {
        let body = serde_json::json!({"lat_e6": position.lat_e6, "lon_e6": position.lon_e6});
        self.commit(ContentTag::Position, body.to_string())
    }

    /// Commits to content as it is.
    pub fn commit(&mut self, tag: ContentTag, body: String) -> Commitment {
        let salt = self.app.random();
        let commitment = commit(tag.code(), &salt, body.as_bytes());
        self.contents.push(Content {
            commitment,
            tag: tag.code().to_owned(),
            salt: HEXLOWER.encode(&salt),
            body,
        });
        commitment
    }

    /// Keeps a file durably, then commits to it. A file that is kept but whose
    /// commands are then refused is removed later by a task.
    pub async fn attach(&mut self, kind: EvidenceKind, file: File) -> Result<Evidence> {
        let kept = self.app.keep_file(file).await?;
        self.commit_to(kind, &kept, kept.facts.id.clone())
    }

    /// Commits to a file that is kept already.
    pub fn attach_kept(&mut self, kind: EvidenceKind, kept: &KeptFile) -> Result<Evidence> {
        self.commit_to(kind, kept, self.app.new_id().to_string())
    }

    fn commit_to(&mut self, kind: EvidenceKind, kept: &KeptFile, id: String) -> Result<Evidence> {
        let facts = AttachmentFacts { id, ..kept.facts.clone() };
        let body = serde_json::to_string(&facts)
            .map_err(|fault| Error::Internal(format!("an attachment: {fault}")))?;
        let content = self.commit(ContentTag::Attachment, body);
        self.attachments.push(AttachmentRow {
            id: facts.id,
            commitment: Some(content.to_string()),
            matter: None,
            sha256: facts.sha256,
            kind: facts.kind,
            name: facts.name,
            bytes: facts.bytes.cast_signed(),
            stored: kept.stored.clone(),
            thumb: kept.thumb.clone(),
            given_us: self.app.now().micros(),
        });
        Ok(Evidence { kind, content })
    }
}

/// A file that lies where files lie.
#[derive(Clone, Debug)]
pub struct KeptFile {
    facts: AttachmentFacts,
    stored: String,
    thumb: Option<String>,
}

impl App {
    /// Keeps a file durably.
    pub async fn keep_file(&self, file: File) -> Result<KeptFile> {
        let id = self.new_id().to_string();
        let sha256 = HEXLOWER.encode(&Sha256::digest(&file.bytes));
        let folder = format!("{}/{}", self.county(), &sha256[..2]);
        let stored = format!("{folder}/{id}");
        let bytes = file.bytes.len();
        self.keep(&stored, file.bytes).await?;
        let thumb = match file.thumb {
            Some(thumb) => {
                let name = format!("{stored}-thumb");
                self.keep(&name, thumb).await?;
                Some(name)
            }
            None => None,
        };
        let facts = AttachmentFacts {
            id,
            sha256,
            kind: file.kind,
            name: clean(&file.name),
            bytes: bytes as u64,
            taken_at: file.taken_at,
            width: file.width,
            height: file.height,
        };
        Ok(KeptFile { facts, stored, thumb })
    }

    async fn keep(&self, name: &str, bytes: Vec<u8>) -> Result<()> {
        self.blobs()
            .put(name, bytes)
            .await
            .map_err(|fault| Error::CannotKeep(format!("a file: {fault}")))
    }
}

/// Drops control characters (PostgreSQL takes no NUL), what cannot be seen, and
/// the space around; line breaks and tabs stay.
pub fn clean(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| !is_unseen(*c))
        .collect();
    kept.trim().to_owned()
}

/// Characters without a shape of their own: with them a report could look empty,
/// and a file's name end otherwise than it reads. The joiner of emoji stays.
const fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}
