//! Every page, in both languages, with every sample, compared with the file kept
//! for it in `tests/golden`. `BIHUAN_GOLDEN=write cargo test -p bihuan-web` renews them.

use std::fs;
use std::path::PathBuf;

use crate::i18n::Lang;

/// One rendered sample of a page.
pub(crate) struct Sample {
    /// `area-page-state`, unique.
    pub(crate) name: String,
    pub(crate) html: String,
}

impl Sample {
    pub(crate) fn of(name: &str, page: &impl askama::Template) -> Self {
        Self {
            name: name.to_owned(),
            html: crate::assets::without_hashes(page.render().expect("a sample renders")),
        }
    }
}

fn all() -> Vec<(Lang, Sample)> {
    Lang::ALL
        .into_iter()
        .flat_map(|lang| crate::pages::samples(lang).into_iter().map(move |sample| (lang, sample)))
        .collect()
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test is told through the environment to renew its files"
)]
fn every_page_looks_as_it_did() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let write = std::env::var("BIHUAN_GOLDEN").is_ok_and(|value| value == "write");
    let mut changed = Vec::new();
    let mut names = std::collections::BTreeSet::new();
    for (lang, sample) in all() {
        let name = format!("{}.{}.html", sample.name, lang.code());
        assert!(names.insert(name.clone()), "two samples are called {name}");
        let path = folder.join(&name);
        if write {
            fs::create_dir_all(&folder).expect("golden folder");
            fs::write(&path, &sample.html).expect("golden file");
        } else if fs::read_to_string(&path).unwrap_or_default() != sample.html {
            changed.push(name);
        }
    }
    assert!(
        changed.is_empty(),
        "changed or new pages, look at them and run `make golden`: {changed:#?}"
    );
    let kept = fs::read_dir(&folder).expect("golden folder");
    for file in kept {
        let name = file.expect("golden file").file_name().to_string_lossy().into_owned();
        assert!(names.contains(&name), "no page makes {name} any more: delete it");
    }
}

#[test]
fn no_page_holds_inline_script_or_style() {
    for (lang, sample) in all() {
        for (index, _) in sample.html.match_indices("<script") {
            let tag = &sample.html[index..][..sample.html[index..].find('>').unwrap_or(0)];
            assert!(tag.contains(" src=\""), "{} {}: {tag}", sample.name, lang.code());
        }
        for banned in ["<style", " style=\"", " onclick=", " onload=", " onsubmit=", "javascript:"]
        {
            assert!(!sample.html.contains(banned), "{} holds {banned}", sample.name);
        }
    }
}

#[test]
fn no_page_shows_a_missing_message_or_an_unfilled_variable() {
    for (lang, sample) in all() {
        for mark in ["⟦", "{$", "{ $"] {
            assert!(!sample.html.contains(mark), "{} in {}: {mark}", sample.name, lang.code());
        }
    }
}

#[test]
fn every_posting_form_carries_its_token() {
    for (_, sample) in all() {
        for part in sample.html.split("<form").skip(1) {
            let form = part.split("</form>").next().unwrap_or_default();
            if form.contains("method=\"post\"") {
                assert!(form.contains("name=\"csrf\""), "{}: {form}", sample.name);
            }
        }
    }
}

/// Addresses end in logs and histories.
#[test]
fn a_phone_number_is_never_part_of_an_address() {
    for (_, sample) in all() {
        for part in sample.html.split("<form").skip(1) {
            let form = part.split("</form>").next().unwrap_or_default();
            if form.contains("name=\"phone\"") {
                assert!(form.contains("method=\"post\""), "{}: {form}", sample.name);
                assert!(!form.contains("formmethod=\"get\""), "{}: {form}", sample.name);
            }
        }
    }
}

#[test]
fn every_page_has_one_title_one_main_and_one_first_heading() {
    for (_, sample) in all() {
        for once in ["<title>", "<main", "<h1"] {
            let count = sample.html.matches(once).count();
            assert_eq!(count, 1, "{} has {count} of {once}", sample.name);
        }
    }
}

#[test]
fn ids_are_unique_and_links_inside_a_page_lead_somewhere() {
    for (_, sample) in all() {
        let ids: Vec<&str> = attributes(&sample.html, " id=\"").collect();
        let set: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), set.len(), "{} repeats an id: {ids:?}", sample.name);
        let targets = attributes(&sample.html, "href=\"#")
            .chain(attributes(&sample.html, " for=\""))
            .chain(attributes(&sample.html, "aria-describedby=\"").flat_map(|ids| ids.split(' ')))
            .chain(attributes(&sample.html, "aria-labelledby=\"").flat_map(|ids| ids.split(' ')));
        for target in targets {
            assert!(set.contains(target), "{} has no id {target}", sample.name);
        }
    }
}

fn attributes<'a>(html: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    html.match_indices(start).map(move |(index, _)| {
        let rest = &html[index + start.len()..];
        &rest[..rest.find('"').unwrap_or(0)]
    })
}
