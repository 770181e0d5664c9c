//! Whatever is done to a copy, it is caught up to what the reader holds: by the
//! file's own signatures if the key was not used, by a witness if it was.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::sample::{Act, Sample, What};
use crate::instant::Instant;
use crate::journal::{Checkpoint, End, Line, Report, Verification, Witness, verify};

fn act() -> impl Strategy<Value = Act> {
    let what = prop_oneof![Just(What::Act), Just(What::Act), Just(What::Remind), Just(What::Erase)];
    (0_u8..4, what, 0_u8..3, prop::bool::weighted(0.3), prop::bool::weighted(0.2)).prop_map(
        |(stream, what, after, sealed, restored)| Act { stream, what, after, sealed, restored },
    )
}

/// A county with at least two sealed entries.
fn sample() -> impl Strategy<Value = Sample> {
    (vec(act(), 1..10), act(), vec(act(), 0..10)).prop_map(|(mut acts, last, more)| {
        acts.push(Act { sealed: true, ..last });
        acts.extend(more);
        Sample::of(&acts)
    })
}

/// What someone without the key may do to the file's text.
#[derive(Clone, Debug)]
enum Outside {
    Flip { line: Index, byte: Index, bit: u8 },
    Drop { line: Index },
    Swap { line: Index },
    Redate { line: Index },
}

fn outside() -> impl Strategy<Value = Outside> {
    let index = any::<Index>;
    prop_oneof![
        (index(), index(), 0_u8..8).prop_map(|(line, byte, bit)| Outside::Flip { line, byte, bit }),
        index().prop_map(|line| Outside::Drop { line }),
        index().prop_map(|line| Outside::Swap { line }),
        index().prop_map(|line| Outside::Redate { line }),
    ]
}

impl Outside {
    fn tamper(&self, lines: &mut Vec<Line>) -> Vec<String> {
        let sealed: Vec<_> = positions(lines, |line| matches!(line, Line::Sealed(_)));
        match self {
            Self::Drop { line } => {
                let kept =
                    positions(lines, |line| matches!(line, Line::Sealed(_) | Line::Content(_)));
                lines.remove(*line.get(&kept));
            }
            Self::Swap { line } => {
                let at = line.index(sealed.len() - 1);
                lines.swap(sealed[at], sealed[at + 1]);
            }
            Self::Redate { line } => {
                if let Line::Sealed(leaf) = &mut lines[*line.get(&sealed)] {
                    leaf.entry.at = leaf.entry.at.plus_micros(1);
                }
            }
            Self::Flip { line, byte, bit } => {
                let covered = positions(lines, |line| !matches!(line, Line::Unsealed(_)));
                let mut text = written(lines);
                let line = &mut text[*line.get(&covered)];
                let mut bytes = std::mem::take(line).into_bytes();
                let byte = byte.index(bytes.len());
                bytes[byte] ^= 1 << bit;
                *line = String::from_utf8_lossy(&bytes).into_owned();
                return text;
            }
        }
        // Whoever cuts a line also corrects the count.
        let last = lines.len() - 1;
        lines[last] = Line::End(End { lines: last as u64 });
        written(lines)
    }
}

fn positions(lines: &[Line], which: fn(&Line) -> bool) -> Vec<usize> {
    (0..lines.len()).filter(|n| which(&lines[*n])).collect()
}

fn written(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| line.write().unwrap()).collect()
}

/// What the holder of the key may do: change one entry, then number, link, seal
/// and sign everything anew.
#[derive(Clone, Copy, Debug)]
enum Inside {
    Reword,
    Redate,
    Drop,
    Swap,
}

impl Inside {
    fn tamper(self, sample: &mut Sample, n: usize) {
        match self {
            Self::Reword => sample.entries[n].payload["ground"] = "favour".into(),
            Self::Redate => {
                for entry in &mut sample.entries[n..] {
                    entry.at = entry.at.plus_micros(1);
                }
            }
            Self::Drop => {
                sample.entries.remove(n);
                let (sealed, restored) = (sample.sealed.remove(n), sample.restored.remove(n));
                if let Some(before) = n.checked_sub(1) {
                    sample.sealed[before] |= sealed;
                    sample.restored[before] |= restored;
                }
            }
            Self::Swap => {
                let (first, second) = (n, (n + 1).min(sample.entries.len() - 1));
                let (at, next): (Instant, Instant) =
                    (sample.entries[first].at, sample.entries[second].at);
                sample.entries.swap(first, second);
                sample.entries[first].at = at;
                sample.entries[second].at = next;
            }
        }
        sample.relink();
    }

    /// Whether the rewritten file agrees with itself.
    const fn leaves_no_trace(self) -> bool {
        matches!(self, Self::Reword | Self::Redate)
    }
}

fn inside() -> impl Strategy<Value = Inside> {
    prop_oneof![Just(Inside::Reword), Just(Inside::Redate), Just(Inside::Drop), Just(Inside::Swap)]
}

fn report(sample: &Sample, against: impl IntoIterator<Item = Witness>) -> Report {
    verify(sample.text(), against)
}

fn head(text: &str) -> Witness {
    let Checkpoint { origin, size, root } = Checkpoint::read_unverified(text).unwrap();
    Witness::Head { origin, size, root }
}

/// Every byte of a small file, one after the other: a property would meet a byte
/// that nobody looks at too seldom. Bit 5 makes a capital of a letter.
#[test]
fn no_byte_of_a_sealed_file_can_be_changed_unseen() {
    let what = [What::Act, What::Act, What::Remind, What::Erase, What::Act];
    let acts = what.map(|what| Act { stream: 0, what, after: 1, sealed: false, restored: false });
    let [first, second, third, fourth, last] = acts;
    let sample = Sample::of(&[
        first,
        second,
        Act { sealed: true, restored: true, ..third },
        fourth,
        Act { sealed: true, ..last },
    ]);
    let text = written(&sample.lines());
    let mut unseen = Vec::new();
    for n in 0..text.len() {
        for byte in 0..text[n].len() {
            for bit in [0, 5] {
                let mut changed = text.clone();
                let mut bytes = std::mem::take(&mut changed[n]).into_bytes();
                bytes[byte] ^= 1 << bit;
                changed[n] = String::from_utf8_lossy(&bytes).into_owned();
                if verify(changed, None).is_sound() {
                    unseen.push(format!("bit {bit} of byte {byte} of {}", text[n]));
                }
            }
        }
    }
    assert_eq!(unseen, Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_untouched_copy_verifies_against_all_that_was_handed_out(sample in sample()) {
        let mut handed_out: Vec<_> = sample.keys().iter()
            .map(|key| Witness::Key(key.as_str().to_owned()))
            .collect();
        for checkpoint in sample.checkpoints() {
            handed_out.push(head(&checkpoint.text));
            handed_out.push(Witness::Checkpoint(checkpoint.text));
        }
        for n in 0..sample.entries.len() {
            if sample.entries[n].payload["event"] == "filed" {
                handed_out.push(Witness::Receipt(Box::new(sample.receipt(n, false))));
                handed_out.push(Witness::Receipt(Box::new(sample.receipt(n, true))));
            }
        }
        let report = report(&sample, handed_out);
        prop_assert_eq!(&report.faults, &[]);
        prop_assert_eq!(report.contents, sample.contents.len() as u64);
        prop_assert_eq!(report.checkpoints, sample.checkpoints().len() as u64);
    }

    #[test]
    fn a_change_without_the_key_is_caught_by_the_file_itself(sample in sample(), how in outside()) {
        let report = verify(how.tamper(&mut sample.lines()), None);
        prop_assert!(!report.is_sound());
    }

    #[test]
    fn lines_taken_without_their_text_are_judged_as_with_it(sample in sample(), how in outside()) {
        let text = how.tamper(&mut sample.lines());
        // What is no line any more has nothing but a text.
        let lines: Vec<Line> = text.iter().filter_map(|text| Line::parse(text).ok()).collect();
        let mut accepted = Verification::new(None);
        lines.iter().for_each(|line| accepted.accept(line.clone()));
        prop_assert_eq!(accepted.finish(), verify(written(&lines), None));
    }

    #[test]
    fn a_rewrite_by_the_keys_holder_is_caught_by_a_witness(
        sample in sample(), how in inside(), which in any::<Index>(), entry in any::<Index>(),
    ) {
        let checkpoints = sample.checkpoints();
        let checkpoint = which.get(&checkpoints);
        let changed = entry.index(checkpoint.entries);
        // Swapping with an entry the witness does not cover still moves a covered one.
        let mut copy = sample.clone();
        how.tamper(&mut copy, changed);
        if how.leaves_no_trace() {
            prop_assert_eq!(&report(&copy, None).faults, &[]);
        }
        if matches!(how, Inside::Swap) && changed + 1 >= copy.entries.len() {
            return Ok(());
        }
        prop_assert!(!report(&copy, Some(Witness::Checkpoint(checkpoint.text.clone()))).is_sound());
        prop_assert!(!report(&copy, Some(head(&checkpoint.text))).is_sound());
    }

    #[test]
    fn a_rewrite_of_what_a_receipt_proves_is_caught_by_it(
        sample in sample(), how in inside(), which in any::<Index>(), sealed in any::<bool>(),
    ) {
        let filed: Vec<_> = (0..sample.entries.len())
            .filter(|n| sample.entries[*n].payload["event"] == "filed")
            .collect();
        let changed = *which.get(&filed);
        let receipt = sample.receipt(changed, sealed);
        let mut copy = sample.clone();
        how.tamper(&mut copy, changed);
        // Two streams' neighbours may change places in the log before it is sealed.
        let moved_only = matches!(how, Inside::Swap)
            && copy.entries.iter().any(|entry| entry.canonical().unwrap() == receipt.entry);
        if receipt.seal.is_none() && moved_only {
            return Ok(());
        }
        let same = copy.text() == sample.text();
        let against = Some(Witness::Receipt(Box::new(receipt)));
        prop_assert!(same || !report(&copy, against).is_sound());
    }

    #[test]
    fn signing_the_same_record_with_another_key_is_caught(
        sample in sample(), which in any::<Index>(),
    ) {
        let copy = Sample { key: 2, ..sample.clone() };
        prop_assert_eq!(&report(&copy, None).faults, &[]);
        let checkpoint = which.get(&sample.checkpoints()).text.clone();
        prop_assert!(!report(&copy, Some(Witness::Checkpoint(checkpoint))).is_sound());
        let key = which.get(&sample.keys()).as_str().to_owned();
        prop_assert!(!report(&copy, Some(Witness::Key(key))).is_sound());
        let sealed = sample.receipt(0, true);
        prop_assert!(!report(&copy, Some(Witness::Receipt(Box::new(sealed)))).is_sound());
    }

    #[test]
    fn content_that_is_gone_without_an_erasure_is_caught(
        sample in sample(), which in any::<Index>(),
    ) {
        prop_assume!(!sample.contents.is_empty());
        let mut copy = sample.clone();
        let gone = copy.contents.remove(which.index(copy.contents.len()));
        let report = report(&copy, None);
        prop_assert!(report.faults.iter().any(|fault| fault.to_string().contains(
            &gone.commitment.to_string()
        )));
    }

    #[test]
    fn no_text_stops_the_verifier(lines in vec(".{0,40}", 0..6)) {
        prop_assert!(!verify(lines, None).is_sound());
    }
}
