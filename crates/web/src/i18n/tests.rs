use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use bihuan_domain::access::Role;
use bihuan_domain::matter::{
    Audience, Burden, ContentTag, DeclineGround, ErasureGround, EvidenceKind, Grade, Link, Rating,
    SlipColour, Source, Stage, Step, Urgency,
};
use bihuan_domain::refusal::Reason;

use super::*;
use crate::pages::admin::Section;
use crate::pages::desk::ledger::LedgerColumn;

/// Families of messages named by the members of a closed set.
fn families() -> Vec<String> {
    let mut keys = Vec::new();
    let mut family = |name: &str, codes: &mut dyn Iterator<Item = &'static str>| {
        keys.extend(codes.map(|code| format!("{name}-{code}")));
    };
    family("refusal", &mut Reason::ALL.iter().map(|x| x.code()));
    family("stage", &mut Stage::ALL.iter().map(|x| x.code()));
    family("step", &mut Step::ALL.iter().map(|x| x.code()));
    family("step-means", &mut Step::ALL.iter().map(|x| x.code()));
    family("col", &mut LedgerColumn::ALL.iter().map(|x| x.code()));
    family("admin", &mut Section::ALL.iter().map(|x| x.code()));
    family("source", &mut Source::ALL.iter().map(|x| x.code()));
    family("rating", &mut Rating::ALL.iter().map(|x| x.code()));
    family("urgency", &mut Urgency::ALL.iter().map(|x| x.code()));
    family("grade", &mut Grade::ALL.iter().map(|x| x.code()));
    family("slip", &mut SlipColour::ALL.iter().map(|x| x.code()));
    family("link", &mut Link::ALL.iter().map(|x| x.code()));
    family("burden", &mut Burden::ALL.iter().map(|x| x.code()));
    family("burden-effect", &mut Burden::ALL.iter().map(|x| x.code()));
    family("audience", &mut Audience::ALL.iter().map(|x| x.code()));
    family("inspect-type", &mut crate::pages::desk::inspect::TYPES.into_iter());
    family("inspect-method", &mut crate::pages::desk::inspect::METHODS.into_iter());
    family("ground", &mut DeclineGround::ALL.iter().map(|x| x.code()));
    family("evidence", &mut EvidenceKind::ALL.iter().map(|x| x.code()));
    family("track-head", &mut Stage::ALL.iter().map(|x| x.code()));
    family("job-verify", &mut ["question", "yes", "no"].into_iter());
    family("job-check", &mut ["question", "yes", "no"].into_iter());
    family("why-flag", &mut ["due", "today", "original", "start"].into_iter());
    family("role", &mut Role::ALL.iter().map(|x| x.code()));
    let posts = Role::ALL.iter().filter(|role| !matches!(role, Role::Reporter | Role::System));
    family("role-may", &mut posts.map(|x| x.code()));
    family("admin-done", &mut crate::routes::admin::DONE.iter().copied());
    family("task", &mut bihuan_app::background::TASKS.iter().copied());
    family("content", &mut ContentTag::ALL.iter().map(|x| x.code()));
    family("erasure", &mut ErasureGround::ALL.iter().map(|x| x.code()));
    family("task-what", &mut bihuan_app::background::TASKS.iter().copied());
    keys
}

/// Keys of a language with the variables each uses.
fn messages(folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for (name, text) in files(folder) {
        let mut key = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let head = line.split_once('=').map(|(head, _)| head.trim_end());
            if let Some(head) = head
                && head.starts_with(|c: char| c.is_ascii_lowercase())
                && head.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            {
                key = head.to_owned();
                assert!(
                    found.insert(key.clone(), BTreeSet::new()).is_none(),
                    "{name} repeats {key}"
                );
            }
            for (index, _) in line.match_indices('$') {
                let variable: String = line[index + 1..]
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-')
                    .collect();
                found.entry(key.clone()).or_insert_with(BTreeSet::new).insert(variable);
            }
        }
    }
    found
}

fn sources(folder: &Path, ends: &str, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            sources(&path, ends, out);
        } else if path.to_string_lossy().ends_with(ends) {
            out.push(path);
        }
    }
}

/// Keys written in templates and Rust sources.
fn used() -> BTreeMap<String, String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    sources(&root.join("templates"), ".html", &mut paths);
    sources(&root.join("src"), ".rs", &mut paths);
    let mut keys = BTreeMap::new();
    for path in paths.iter().filter(|path| !path.ends_with("i18n/tests.rs")) {
        let text = fs::read_to_string(path).expect("source");
        for call in [".tr(\"", ".trn(\"", ".say(\"", "Key(\""] {
            for (index, _) in text.match_indices(call) {
                let key = text[index + call.len()..].split('"').next().unwrap_or_default();
                keys.insert(key.to_owned(), path.display().to_string());
            }
        }
    }
    // Documentation of the calls themselves.
    keys.remove("key");
    keys
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_variables() {
    let (zh, en) = (messages("zh-CN/"), messages("en/"));
    let names =
        |map: &BTreeMap<String, BTreeSet<String>>| map.keys().cloned().collect::<BTreeSet<_>>();
    let (zh_names, en_names) = (names(&zh), names(&en));
    assert_eq!(
        zh_names.difference(&en_names).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "only in zh-CN"
    );
    assert_eq!(
        en_names.difference(&zh_names).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "only in en"
    );
    for (key, variables) in &zh {
        assert_eq!(Some(variables), en.get(key), "variables of {key}");
    }
}

#[test]
fn every_message_used_exists() {
    let known = messages("zh-CN/");
    let missing: Vec<String> = used()
        .into_iter()
        .map(|(key, path)| (key.clone(), format!("{key} in {path}")))
        .chain(families().into_iter().map(|key| (key.clone(), key)))
        .filter(|(key, _)| !known.contains_key(key))
        .map(|(_, what)| what)
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn no_message_is_dead() {
    let used = used();
    let families: BTreeSet<String> = families().into_iter().collect();
    let dead: Vec<String> = messages("zh-CN/")
        .into_keys()
        .filter(|key| !used.contains_key(key) && !families.contains(key))
        .collect();
    assert!(dead.is_empty(), "{dead:#?}");
}

#[test]
fn every_message_file_parses_whole() {
    for folder in ["zh-CN/", "en/"] {
        let files = files(folder);
        assert!(!files.is_empty());
        for (name, text) in files {
            if let Err((_, faults)) = FluentResource::try_new(text) {
                panic!("{name}: {faults:?}");
            }
        }
    }
}

#[test]
fn numbers_are_grouped_and_choose_their_plural() {
    assert_eq!(Lang::En.trn("lamp-late-days", "n", 1), "1 day overdue");
    assert_eq!(Lang::En.trn("lamp-late-days", "n", 1_200), "1,200 days overdue");
}

#[test]
fn a_missing_message_prints_its_key_and_does_not_fail() {
    assert_eq!(Lang::Zh.tr("no-such-message"), "⟦no-such-message⟧");
}

#[test]
fn every_refusal_is_a_whole_sentence_with_the_facts_of_the_case() {
    let codes = [
        ("step", "sign"),
        ("stage", "filed"),
        ("role", "triage"),
        ("missing", "after:2"),
        ("burden", "documents"),
    ];
    let variables = messages("zh-CN/");
    for reason in Reason::ALL {
        let mut refusal = Refusal::new(*reason);
        let names = variables.get(&format!("refusal-{}", reason.code()));
        for name in names.into_iter().flatten() {
            let code = codes.iter().find(|(known, _)| known == name).map_or("7", |(_, code)| code);
            refusal.facts.insert(name.clone().leak(), code.to_owned());
        }
        for lang in Lang::ALL {
            let words = lang.refusal(&refusal);
            assert!(!words.contains('⟦') && !words.contains("{$"), "{words}");
            assert!(words.ends_with(['。', '.']), "{words}");
        }
    }
}

#[test]
fn digits_that_name_a_county_or_a_version_are_not_grouped() {
    let words = Lang::En.refusal(&Refusal::new(Reason::PlaybookOfAnother).with("county", "131121"));
    assert!(words.contains("131121"), "{words}");
    let words = Lang::En.refusal(&Refusal::new(Reason::VersionExists).with("version", "2026"));
    assert!(words.contains("2026"), "{words}");
}

#[test]
fn missing_evidence_is_named_with_how_many_are_wanted() {
    let refusal = Refusal::new(Reason::EvidenceNeeded).with("missing", "after:2");
    assert!(Lang::En.refusal(&refusal).contains("Photo after × 2"));
    assert!(Lang::Zh.refusal(&refusal).contains(" × 2"));
}

#[test]
fn a_refused_step_names_the_legal_ones_in_words() {
    let refusal = Refusal::new(Reason::NotNow)
        .with("step", "sign")
        .with("stage", "filed")
        .with("legal", "accept,decline");
    assert_eq!(Lang::Zh.refusal(&refusal), "现在是“待受理”，不能签收。现在可以：受理、不予受理。");
    let refusal = Refusal::new(Reason::WordsTooLong).with("limit", 2_000).with("given", 100_000);
    assert!(Lang::En.refusal(&refusal).contains("100,000 characters; at most 2,000"));
}
