//! What the verifier can find: a code for machines, a sentence for people.

use crate::journal::{CheckpointFault, Commitment};

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),* } = $code:literal, $sentence:literal;)*) => {
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        pub enum Fault {$(
            $(#[$doc])*
            #[error($sentence)]
            $name { $($field: $kind),* },
        )*}

        impl Fault {
            /// Never changes once released.
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$name { .. } => $code,)* }
            }
        }
    };
}

faults! {
    Unreadable { line: u64, why: String } = "unreadable",
        "line {line} cannot be read: {why}";
    NoHeader {} = "no-header",
        "the file does not begin with a journal line";
    SecondHeader { line: u64 } = "second-header",
        "line {line} begins a second journal";
    BadKey { number: u64 } = "bad-key",
        "the file's key for log {number} is not a public key of this county's log {number}";
    Truncated {} = "truncated",
        "the file does not end with a line that counts the lines before it";

    OtherCounty { stream: String, seq: u64 } = "other-county",
        "entry {seq} of {stream} belongs to another county";
    Gap { stream: String, seq: u64, expected: u64 } = "gap",
        "entry {seq} of {stream}: entry {expected} should stand here";
    BrokenLink { stream: String, seq: u64 } = "broken-link",
        "entry {seq} of {stream} does not name the entry before it";
    WentBack { stream: String, seq: u64 } = "went-back",
        "entry {seq} of {stream} is dated before the entry it follows";

    LeafOutOfPlace { stream: String, seq: u64, origin: String, leaf: u64 } = "leaf-out-of-place",
        "entry {seq} of {stream} is given as leaf {leaf} of {origin}, which is not the next";
    SealedAfterUnsealed { stream: String, seq: u64 } = "sealed-after-unsealed",
        "entry {seq} of {stream} is sealed but stands among the unsealed";
    LogNotOpened { stream: String, seq: u64, origin: String } = "log-not-opened",
        "entry {seq} of {stream} is the first of {origin} but does not open that log from the last checkpoint of the log before";
    LogMissing { origin: String } = "log-missing",
        "the file names {origin} but holds no entry of it";
    LeavesUncovered { origin: String, covered: u64, leaves: u64 } = "leaves-uncovered",
        "{origin} has {leaves} leaves, but its last checkpoint covers only {covered}";

    CheckpointInvalid { line: u64, fault: CheckpointFault } = "checkpoint-invalid",
        "line {line}: {fault}";
    CheckpointOutOfPlace { origin: String, size: u64 } = "checkpoint-out-of-place",
        "the checkpoint of {origin} at {size} leaves does not follow its last leaf";
    RootDiffers { origin: String, after: u64, size: u64 } = "root-differs",
        "the checkpoint of {origin} at {size} leaves signs other entries than the file holds (the one at {after} leaves was reached before)";

    ContentMissing { stream: String, seq: u64, content: Commitment } = "content-missing",
        "entry {seq} of {stream}: its content {content} is gone, and no entry says that it was lawfully erased";
    ContentChanged { line: u64, content: Commitment } = "content-changed",
        "line {line}: the content is not what {content} commits to";
    ContentTwice { line: u64, content: Commitment } = "content-twice",
        "line {line}: the content of {content} is given a second time";
    ContentUnknown { content: Commitment } = "content-unknown",
        "no entry commits to the content {content}";
    ContentNotErased { stream: String, seq: u64, content: Commitment } = "content-not-erased",
        "entry {seq} of {stream} says that {content} was erased, but the file still holds it";
    ErasedUnknown { stream: String, seq: u64, content: Commitment } = "erased-unknown",
        "entry {seq} of {stream} erases {content}, to which no entry commits";
    IdentityShown { stream: String, seq: u64, content: Commitment } = "identity-shown",
        "entry {seq} of {stream}: the file holds the identity behind {content}, which no export may carry";

    OtherKey { origin: String } = "other-key",
        "{origin} is signed with another key than the witness knows";
    LogUnknown { origin: String } = "log-unknown",
        "the witness speaks of {origin}, which the file does not hold";
    HistoryDiffers { origin: String, size: u64 } = "history-differs",
        "the first {size} leaves of {origin} are not those the witness saw";
    LogCut { origin: String, size: u64, leaves: u64 } = "log-cut",
        "the witness saw {size} leaves of {origin}; the file holds {leaves}";
    EntryDiffers { stream: String, seq: u64 } = "entry-differs",
        "entry {seq} of {stream} is not the one on the receipt";
    EntryMissing { stream: String, seq: u64 } = "entry-missing",
        "entry {seq} of {stream}, for which there is a receipt, is not in the file";
    WitnessUnreadable { why: String } = "witness-unreadable",
        "the witness cannot be used: {why}";
    ReceiptInvalid { why: String } = "receipt-invalid",
        "{why}";
}
