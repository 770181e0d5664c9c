//! The file a back-up is: a tar of rows and files, compressed and, for a
//! recipient, encrypted (age). It is under its name only when it is whole and
//! on the disk.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

const AGE: &[u8] = b"age-encryption.org/v1";
/// No member is larger: rows come in pieces of a few megabytes, files have
/// limits of their own.
const LARGEST: u64 = 256 << 20;

enum Sink {
    Plain(BufWriter<File>),
    Sealed(Box<age::stream::StreamWriter<BufWriter<File>>>),
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.write(bytes),
            Self::Sealed(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(file) => file.flush(),
            Self::Sealed(file) => file.flush(),
        }
    }
}

impl Sink {
    fn finish(self) -> io::Result<File> {
        let file = match self {
            Self::Plain(file) => file,
            Self::Sealed(file) => file.finish()?,
        };
        file.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

pub(crate) struct ArchiveWriter {
    tar: tar::Builder<GzEncoder<Sink>>,
    unfinished: Unfinished,
    file: PathBuf,
}

/// Goes when the archive is not finished.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        // It was renamed when it was finished; then nothing is there.
        std::fs::remove_file(&self.0).ok();
    }
}

impl ArchiveWriter {
    /// A new file; one of this name must not exist.
    pub(crate) fn create(
        file: &Path,
        recipient: Option<&age::x25519::Recipient>,
    ) -> io::Result<Self> {
        if file.exists() {
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                "there is such a file already",
            ));
        }
        let mut part = file.as_os_str().to_owned();
        part.push(".part");
        let unfinished = Unfinished(PathBuf::from(part));
        let opened = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&unfinished.0)?;
        let plain = BufWriter::with_capacity(1 << 18, opened);
        let sink = match recipient {
            None => Sink::Plain(plain),
            Some(recipient) => {
                let one: &dyn age::Recipient = recipient;
                let encryptor = age::Encryptor::with_recipients(std::iter::once(one))
                    .map_err(io::Error::other)?;
                Sink::Sealed(Box::new(encryptor.wrap_output(plain)?))
            }
        };
        let tar = tar::Builder::new(GzEncoder::new(sink, Compression::fast()));
        Ok(Self { tar, unfinished, file: file.to_owned() })
    }

    pub(crate) fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        self.tar.append_data(&mut header, name, bytes)
    }

    /// Returns the bytes written, when they are on the disk under their name.
    pub(crate) fn finish(self) -> io::Result<u64> {
        let file = self.tar.into_inner()?.finish()?.finish()?;
        file.sync_all()?;
        std::fs::rename(&self.unfinished.0, &self.file)?;
        let folder = self.file.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        file.metadata().map(|found| found.len())
    }
}

pub(crate) type ArchiveReader = tar::Archive<GzDecoder<Box<dyn Read>>>;

/// Opens an archive; `identity` is the file with the recipient's secret key.
pub(crate) fn open(file: &Path, identity: Option<&Path>) -> io::Result<ArchiveReader> {
    let mut opened = File::open(file)?;
    let mut start = [0; AGE.len()];
    let is_sealed = opened.read_exact(&mut start).is_ok() && start == AGE;
    let plain = BufReader::with_capacity(1 << 18, File::open(file)?);
    let read: Box<dyn Read> = match (is_sealed, identity) {
        (false, _) => Box::new(plain),
        (true, None) => {
            return Err(io::Error::other(
                "it is encrypted: name the file with the secret key, --identity FILE",
            ));
        }
        (true, Some(identity)) => Box::new(unsealed(plain, identity)?),
    };
    Ok(tar::Archive::new(GzDecoder::new(read)))
}

fn unsealed(sealed: BufReader<File>, identity: &Path) -> io::Result<impl Read + use<>> {
    let text = std::fs::read(identity)
        .map_err(|fault| io::Error::other(format!("{}: {fault}", identity.display())))?;
    let identities = age::IdentityFile::from_buffer(text.as_slice())?
        .into_identities()
        .map_err(io::Error::other)?;
    let decryptor = age::Decryptor::new_buffered(sealed).map_err(io::Error::other)?;
    let identities = identities.iter().map(|one| {
        let one: &dyn age::Identity = one.as_ref();
        one
    });
    decryptor.decrypt(identities).map_err(io::Error::other)
}

/// The bytes of one member.
pub(crate) fn bytes_of(member: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if member.take(LARGEST + 1).read_to_end(&mut bytes)? as u64 > LARGEST {
        return Err(io::Error::other("a member is too large to be ours"));
    }
    Ok(bytes)
}
