//! Each thing the verifier can find, made on purpose, under its own code.

use serde_json::json;

use super::sample::{Act, Sample, What, county, log};
use crate::ids::CountyCode;
use crate::journal::{
    Content, End, Format, Header, Line, LogKey, Opening, Report, Witness, verify,
};

/// Eight entries in three streams, one content erased, two checkpoints over the
/// first six.
fn sample() -> Sample {
    let act = |stream, what, sealed| Act { stream, what, after: 1, sealed, restored: false };
    Sample::of(&[
        act(0, What::Act, false),
        act(1, What::Act, false),
        act(0, What::Act, true),
        act(0, What::Erase, false),
        act(2, What::Act, false),
        act(1, What::Remind, true),
        act(1, What::Act, false),
        act(2, What::Remind, false),
    ])
}

fn restored() -> Sample {
    let mut sample = sample();
    sample.restored[2] = true;
    sample
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.faults.iter().map(super::super::Fault::code).collect()
}

/// Verifies the sample's lines after `change`, with the count put right.
fn after(sample: &Sample, change: impl FnOnce(&mut Vec<Line>)) -> Report {
    let mut lines = sample.lines();
    change(&mut lines);
    let last = lines.len() - 1;
    lines[last] = Line::End(End { lines: last as u64 });
    verify(lines.iter().map(|line| line.write().unwrap()), None)
}

fn leaf(lines: &mut [Line], n: usize) -> &mut crate::journal::Leaf {
    let mut leaves = lines.iter_mut().filter_map(|line| match line {
        Line::Sealed(leaf) => Some(leaf),
        _ => None,
    });
    leaves.nth(n).unwrap()
}

fn position(lines: &[Line], which: fn(&Line) -> bool) -> usize {
    lines.iter().position(which).unwrap()
}

fn against(sample: &Sample, witness: Witness) -> Vec<&'static str> {
    codes(&verify(sample.text(), Some(witness)))
}

#[test]
fn a_sound_file_is_counted() {
    let report = verify(sample().text(), None);
    assert_eq!(report.faults, []);
    assert_eq!((report.entries, report.streams, report.sealed), (8, 3, 6));
    assert_eq!((report.contents, report.erased, report.apart), (4, 1, 3));
    assert_eq!(report.checkpoints, 2);
}

#[test]
fn a_restored_county_verifies_across_both_logs() {
    let report = verify(restored().text(), None);
    assert_eq!(report.faults, []);
    assert_eq!((report.entries, report.sealed, report.checkpoints), (9, 7, 3));
}

#[test]
fn a_county_without_entries_verifies() {
    let sample = Sample::of(&[]);
    assert_eq!(verify(sample.text(), None).faults, []);
}

#[test]
fn a_file_without_its_first_line_is_no_journal() {
    let found = after(&sample(), |lines| drop(lines.remove(0)));
    assert_eq!(codes(&found), ["no-header", "truncated"]);
    assert_eq!(codes(&verify(Vec::<String>::new(), None)), ["no-header", "truncated"]);
}

#[test]
fn a_second_journal_line_is_refused() {
    let found = after(&sample(), |lines| lines.insert(3, lines[0].clone()));
    assert_eq!(codes(&found), ["second-header"]);
}

#[test]
fn a_key_of_another_name_is_refused() {
    let sample = sample();
    let found = after(&sample, |lines| {
        let key = LogKey::new(&log(2), &sample.signing_key(1).verifying_key()).unwrap();
        let logs = vec![key.as_str().to_owned()];
        lines[0] = Line::Journal(Header { format: Format::Journal1, county: county(), logs });
    });
    assert_eq!(codes(&found)[0], "bad-key");
}

#[test]
fn a_line_of_another_spelling_is_unreadable() {
    let mut text = sample().text();
    text[1] = text[1].replacen(':', ": ", 1);
    assert_eq!(codes(&verify(text, None))[0], "unreadable");
}

#[test]
fn a_file_cut_short_is_noticed() {
    let mut text = sample().text();
    text.pop();
    assert_eq!(codes(&verify(&text, None)), ["truncated"]);
    let mut text = sample().text();
    text.remove(text.len() - 2);
    assert!(codes(&verify(&text, None)).contains(&"truncated"));
}

#[test]
fn a_line_after_the_end_is_noticed() {
    let mut text = sample().text();
    text.push(text[text.len() - 1].clone());
    assert_eq!(codes(&verify(&text, None)), ["truncated"]);
}

#[test]
fn an_entry_of_another_county_is_found() {
    let mut sample = sample();
    sample.entries[4].county = CountyCode::new("410100");
    sample.relink();
    assert_eq!(codes(&verify(sample.text(), None)), ["other-county"]);
}

#[test]
fn a_chain_is_checked_even_where_the_root_agrees() {
    type Change = fn(&mut Sample);
    let faults: [(Change, &str); 3] = [
        (|sample| sample.entries[2].seq = 5, "gap"),
        (|sample| sample.entries[2].prev = None, "broken-link"),
        (|sample| sample.entries[2].at = sample.entries[0].at.plus_micros(-1), "went-back"),
    ];
    for (change, code) in faults {
        let mut sample = sample();
        change(&mut sample);
        assert!(codes(&verify(sample.text(), None)).contains(&code), "{code}");
    }
}

#[test]
fn a_fault_names_stream_and_entry() {
    let mut sample = sample();
    sample.entries[2].prev = None;
    let report = verify(sample.text(), None);
    assert_eq!(
        report.faults[0].to_string(),
        "entry 1 of matter-0 does not name the entry before it"
    );
}

#[test]
fn a_leaf_out_of_place_is_found() {
    let found = after(&sample(), |lines| leaf(lines, 4).leaf = 9);
    assert_eq!(codes(&found), ["leaf-out-of-place"]);
    let found = after(&sample(), |lines| leaf(lines, 4).log = 7);
    assert_eq!(codes(&found), ["leaf-out-of-place"]);
}

#[test]
fn a_sealed_entry_among_the_unsealed_is_found() {
    let found = after(&sample(), |lines| {
        let unsealed = position(lines, |line| matches!(line, Line::Unsealed(_)));
        let checkpoint = unsealed - 1;
        let last_leaf = lines.remove(checkpoint - 1);
        lines.insert(unsealed, last_leaf);
    });
    assert!(codes(&found).contains(&"sealed-after-unsealed"));
}

#[test]
fn a_later_log_must_name_the_last_checkpoint_of_the_one_before() {
    let found = after(&restored(), |lines| {
        let last = lines.iter().rposition(|line| matches!(line, Line::Checkpoint(_))).unwrap();
        lines.remove(last);
        let opening = leaf(lines, 3);
        opening.entry.payload["previous"] = json!(null);
    });
    assert!(codes(&found).contains(&"log-not-opened"));
    let found = after(&restored(), |lines| {
        let first = position(lines, |line| matches!(line, Line::Checkpoint(_)));
        lines.remove(first);
    });
    assert_eq!(codes(&found), ["leaves-uncovered", "log-not-opened"]);
}

#[test]
fn a_log_named_but_not_held_is_found() {
    let mut sample = sample();
    sample.restored[7] = true;
    assert_eq!(codes(&verify(sample.text(), None)), ["log-missing"]);
}

#[test]
fn leaves_after_the_last_checkpoint_are_found() {
    let found = after(&sample(), |lines| {
        let last = lines.iter().rposition(|line| matches!(line, Line::Checkpoint(_))).unwrap();
        lines.remove(last);
    });
    assert_eq!(codes(&found), ["leaves-uncovered"]);
}

#[test]
fn a_checkpoint_of_another_key_is_invalid() {
    let foreign = Sample { key: 9, ..sample() }.checkpoints();
    let found = after(&sample(), |lines| {
        let last = lines.iter().rposition(|line| matches!(line, Line::Checkpoint(_))).unwrap();
        lines[last] = Line::Checkpoint(foreign[1].text.clone());
    });
    assert_eq!(codes(&found), ["checkpoint-invalid", "leaves-uncovered"]);
}

#[test]
fn a_checkpoint_out_of_place_is_found() {
    let found = after(&sample(), |lines| {
        let first = position(lines, |line| matches!(line, Line::Checkpoint(_)));
        lines.swap(first, first + 1);
    });
    assert_eq!(codes(&found), ["checkpoint-out-of-place"]);
}

#[test]
fn a_root_that_differs_is_found() {
    let found = after(&sample(), |lines| leaf(lines, 5).entry.payload["node"] = json!("handle"));
    assert_eq!(codes(&found), ["root-differs", "broken-link"]);
}

fn content(lines: &mut [Line]) -> &mut Opening {
    let mut contents = lines.iter_mut().filter_map(|line| match line {
        Line::Content(opening) => Some(opening),
        _ => None,
    });
    contents.next().unwrap()
}

#[test]
fn missing_changed_doubled_and_unknown_content_are_told_apart() {
    let is_content = |line: &Line| matches!(line, Line::Content(_));
    let found = after(&sample(), |lines| drop(lines.remove(position(lines, is_content))));
    assert_eq!(codes(&found), ["content-missing"]);
    let found = after(&sample(), |lines| {
        content(lines).content = Content::Text("路灯亮了".into());
    });
    assert_eq!(codes(&found), ["content-changed"]);
    let found = after(&sample(), |lines| {
        let doubled = lines[position(lines, is_content)].clone();
        lines.insert(1, doubled);
    });
    assert_eq!(codes(&found), ["content-twice"]);
    let found = after(&sample(), |lines| {
        lines.insert(1, Line::Content(Opening::new("words", [0; 32], b"more".to_vec())));
    });
    assert_eq!(codes(&found), ["content-unknown"]);
}

#[test]
fn content_that_an_entry_says_was_erased_must_be_gone() {
    let mut sample = sample();
    let kept = sample.contents[0].commitment;
    sample.entries[7].payload = json!({"event": "erased", "content": kept, "ground": "request"});
    assert_eq!(codes(&verify(sample.text(), None)), ["content-not-erased"]);
}

#[test]
fn the_county_may_erase_content_too() {
    let mut sample = sample();
    let content = sample.contents.remove(0).commitment;
    sample.entries[7].payload =
        json!({"event": "content-erased", "content": content, "ground": "retention"});
    let report = verify(sample.text(), None);
    assert_eq!((report.faults, report.erased), (vec![], 2));
}

#[test]
fn an_erasure_of_what_nobody_committed_to_is_found() {
    let mut sample = sample();
    let unknown = Opening::new("words", [0; 32], b"never".to_vec()).commitment;
    sample.entries[7].payload = json!({"event": "erased", "content": unknown, "ground": "x"});
    assert_eq!(codes(&verify(sample.text(), None)), ["erased-unknown"]);
}

#[test]
fn an_identity_in_the_file_is_a_fault() {
    let mut sample = sample();
    let identity = Opening::new("identity", [3; 32], "13800000000".into());
    sample.entries[7].payload = json!({"event": "supplemented", "identity": identity.commitment});
    sample.contents.push(identity);
    assert_eq!(codes(&verify(sample.text(), None)), ["identity-shown"]);
}

#[test]
fn another_key_than_the_witness_knows_is_named_as_that() {
    let (ours, theirs) = (sample(), Sample { key: 9, ..sample() });
    let checkpoint = ours.checkpoints()[0].text.clone();
    let receipt = Box::new(ours.receipt(0, true));
    let key = ours.keys()[0].as_str().to_owned();
    for witness in [Witness::Checkpoint(checkpoint), Witness::Receipt(receipt), Witness::Key(key)] {
        assert_eq!(against(&theirs, witness), ["other-key"]);
    }
}

#[test]
fn a_witness_of_a_log_the_file_does_not_hold_is_named_as_that() {
    let later = restored();
    let checkpoint = later.checkpoints().pop().unwrap().text;
    assert_eq!(against(&sample(), Witness::Checkpoint(checkpoint)), ["log-unknown"]);
    let key = later.keys()[1].as_str().to_owned();
    assert_eq!(against(&sample(), Witness::Key(key)), ["log-unknown"]);
}

#[test]
fn a_shorter_log_than_the_witness_saw_is_a_cut() {
    let whole = sample();
    let checkpoint = whole.checkpoints().pop().unwrap().text;
    let mut cut = whole;
    cut.entries.truncate(3);
    cut.contents.retain(|opening| {
        let told = |entry: &crate::journal::Entry| {
            crate::journal::Mentions::of(&entry.payload).shown.contains(&opening.commitment)
        };
        cut.entries.iter().any(told)
    });
    cut.contents.push(Opening::new("words", [0x5a; 32], "第0次：路灯不亮".into()));
    cut.sealed.truncate(3);
    cut.restored.truncate(3);
    assert_eq!(codes(&verify(cut.text(), None)), Vec::<&str>::new());
    assert_eq!(against(&cut, Witness::Checkpoint(checkpoint)), ["log-cut"]);
}

#[test]
fn other_leaves_than_the_witness_saw_are_another_history() {
    let ours = sample();
    let checkpoint = ours.checkpoints()[0].text.clone();
    let mut theirs = ours;
    theirs.entries[1].payload["number"] = json!("XY-9");
    theirs.relink();
    assert_eq!(against(&theirs, Witness::Checkpoint(checkpoint)), ["history-differs"]);
}

#[test]
fn an_unsealed_receipt_still_binds_its_entry() {
    let ours = sample();
    let receipt = Witness::Receipt(Box::new(ours.receipt(4, false)));
    let mut theirs = ours.clone();
    theirs.entries[4].actor.role = crate::access::Role::Triage;
    theirs.relink();
    assert_eq!(against(&theirs, receipt.clone()), ["entry-differs"]);
    let mut theirs = ours;
    for entry in &mut theirs.entries {
        entry.stream = entry.stream.replace("matter-2", "matter-3");
    }
    theirs.relink();
    assert_eq!(against(&theirs, receipt), ["entry-missing"]);
}

#[test]
fn a_witness_that_is_none_is_refused() {
    let text = Witness::Checkpoint("hello".into());
    assert_eq!(against(&sample(), text), ["witness-unreadable"]);
    assert_eq!(against(&sample(), Witness::Key("hello".into())), ["witness-unreadable"]);
    let mut receipt = sample().receipt(0, true);
    receipt.number = crate::ids::MatterNumber::new("XY-9");
    assert_eq!(against(&sample(), Witness::Receipt(Box::new(receipt))), ["receipt-invalid"]);
}

#[test]
fn the_root_of_nothing_is_the_same_for_everyone() {
    let origin = log(1).origin();
    let root = crate::journal::tree::Frontier::default().root().unwrap();
    let witness = Witness::Head { origin: origin.clone(), size: 0, root };
    assert_eq!(against(&sample(), witness), Vec::<&str>::new());
    let other = Witness::Head { origin, size: 0, root: crate::journal::Hash([1; 32]) };
    assert_eq!(against(&sample(), other), ["history-differs"]);
}

#[test]
fn faults_beyond_the_first_thousand_are_only_counted() {
    let mut text = sample().text();
    let end = text.len() - 1;
    text.splice(end..end, (0..1_500).map(|_| "nonsense".to_owned()));
    let report = verify(text, None);
    assert_eq!(report.faults.len(), 1_000);
    assert_eq!(report.faults_found, 1_501);
}
