//! `GET /m/{number}`: one matter, what happened to it and what can be done now.

use bihuan_app::App;
use bihuan_app::queries::MatterView;
use bihuan_domain::matter::{Criticism, Link, Step};
use bihuan_domain::refusal::Reason;

use super::minimap::minimap;
use super::step::answer_link;
use super::told::Told;
use crate::i18n::Key;
use crate::pages::desk::matter::{
    Can, Cannot, DueFact, LinkedLine, Matter, NextFact, SamePlace, SlipPaper,
};
use crate::pages::desk::papers::OnMatter;
use crate::shell::Shell;
use crate::view::day;
use crate::view::lamp::{Lamp, Shape};

/// Steps offered as the one primary button, in this order.
pub(crate) const FIRST: [Step; 19] = [
    Step::ApproveFiling,
    Step::SignSlip,
    Step::Criticise,
    Step::Review,
    Step::Accept,
    Step::Dispatch,
    Step::Adjudicate,
    Step::Sign,
    Step::Verify,
    Step::Check,
    Step::Extend,
    Step::Transfer,
    Step::ApproveAnswer,
    Step::Submit,
    Step::Close,
    Step::Publicise,
    Step::Issue,
    Step::StrikeOff,
    Step::LookBack,
];

/// Keys of the steps an officer takes all day.
const KEYS: [(Step, char); 8] = [
    (Step::Accept, 'A'),
    (Step::Dispatch, 'D'),
    (Step::Sign, 'S'),
    (Step::Act, 'P'),
    (Step::Submit, 'F'),
    (Step::Check, 'C'),
    (Step::Merge, 'M'),
    (Step::Decline, 'X'),
];

/// The page as the one who asks may see it.
pub(crate) fn page(
    app: &App,
    shell: Shell,
    view: &MatterView,
    paper: Option<OnMatter>,
    oldest_first: bool,
    done: Option<String>,
) -> Matter {
    let lang = shell.lang();
    let told = Told { app, view, lang };
    let matter = &view.matter;
    let number = matter.number.to_string();
    let mut entries = told.entries();
    if !oldest_first {
        entries.reverse();
    }
    let order = if oldest_first {
        (lang.tr("matter-newest-first").into_owned(), format!("/m/{number}"))
    } else {
        (lang.tr("matter-oldest-first").into_owned(), format!("/m/{number}?order=oldest"))
    };
    let (can, cannot) = choices(&told);
    let told_entries = entries.len();
    Matter {
        printed: shell.print_head(&number, view.now),
        list: first_list(&shell),
        position: None,
        previous_href: None,
        next_href: None,
        title: told.title(),
        about: [
            Some(lang.code_of("source", matter.source.code()).into_owned()),
            told.item_path(),
            told.grid_path(),
        ]
        .into_iter()
        .flatten()
        .collect(),
        place: matter
            .whereabouts
            .place
            .as_ref()
            .map(|place| (place.to_string(), format!("/search?q={place}"))),
        stage: told.stage(),
        next: matter
            .next_node()
            .map(|node| NextFact { lamp: told.lamp_of(node), what: told.node_name(&node.code) }),
        due: promise(&told),
        handling: handling(&told),
        without_due: lang
            .tr(match matter.brief {
                None => Key("matter-no-due").0,
                Some(_) => Key("matter-nothing-due").0,
            })
            .into_owned(),
        origin: origin(&told),
        why: told.why(),
        entries_say: entries_say(&told, told_entries),
        entries,
        order,
        can,
        cannot,
        brief: brief(&told),
        linked: linked(&told),
        paper,
        slips: slips(&told),
        tree_href: told
            .view
            .matter
            .linked(Link::Child)
            .next()
            .map(|_| format!("/supervision/{number}")),
        asks: asks(&told),
        map: minimap(
            lang,
            app.outlines(),
            matter.whereabouts.grid.as_ref(),
            view.position(),
            told.lamp().shape,
        ),
        place_lines: view
            .address()
            .into_iter()
            .map(ToOwned::to_owned)
            .chain(told.grid_path())
            .collect(),
        same_place: same_place(&told),
        proof_href: None,
        number,
        done,
        refused: None,
        shell,
    }
}

/// What it says of itself beyond its words.
fn brief(told: &Told<'_>) -> Vec<(String, String)> {
    let lang = told.lang;
    let matter = &told.view.matter;
    let mut facts = Vec::new();
    let mut fact = |key: Key, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            facts.push((lang.tr(key.0).into_owned(), value));
        }
    };
    let text = |of| told.view.text(of).map(ToOwned::to_owned);
    fact(Key("fact-document"), matter.document.as_ref().map(ToString::to_string));
    if let Some(brief) = matter.brief.as_deref() {
        let year = told.view.now.date().year();
        let date = |of: Option<jiff::civil::Date>| of.map(|date| day::date_words(lang, date, year));
        let co: Vec<String> = brief.co.iter().map(|unit| told.unit(unit.as_str())).collect();
        fact(
            Key("field-urgency"),
            Some(lang.code_of("urgency", matter.urgency.code()).into_owned()),
        );
        fact(Key("field-goal"), text(brief.goal));
        fact(Key("field-basis"), text(brief.basis));
        fact(Key("fact-approver"), text(brief.approver));
        fact(Key("field-official"), text(brief.official));
        fact(Key("field-person"), text(brief.person));
        fact(Key("field-lead"), brief.lead.as_ref().map(|unit| told.unit(unit.as_str())));
        fact(Key("field-co"), Some(co.join(&lang.tr("list-comma"))));
        fact(Key("field-from-on"), date(brief.from_on));
        fact(Key("field-due-on"), date(brief.due_on));
        let duty = brief.duty().and_then(|duty| told.view.playbook.burdens.duty(duty));
        fact(Key("field-duty"), duty.map(|duty| told.pick(&duty.name)));
        fact(Key("fact-over"), text(brief.over));
    }
    for over in &matter.passed_over {
        let units: Vec<String> = over.units.iter().map(|unit| told.unit(unit.as_str())).collect();
        let said = lang
            .say("fact-passed-said")
            .with("units", units.join(&lang.tr("list-comma")))
            .with("day", day::date_words(lang, over.at.date(), told.view.now.date().year()))
            .with("reason", text(Some(over.reason)).unwrap_or_default());
        fact(Key("fact-passed"), Some(said.to_string()));
    }
    fact(Key("fact-progress"), matter.progress.and_then(|(words, _)| text(Some(words))));
    fact(
        Key("field-grade"),
        matter.grade.map(|grade| lang.code_of("grade", grade.code()).into_owned()),
    );
    let slips: Vec<String> = matter
        .slips
        .iter()
        .map(|slip| {
            let state =
                if slip.signed_at.is_some() { Key("slip-signed") } else { Key("slip-unsigned") };
            format!("{} {}", lang.code_of("slip", slip.colour.code()), lang.tr(state.0))
        })
        .collect();
    fact(Key("fact-slips"), Some(slips.join(&lang.tr("list-comma"))));
    fact(Key("fact-criticism"), criticism(told));
    facts
}

/// The slips that have a paper, the first one first.
pub(super) fn slips(told: &Told<'_>) -> Vec<SlipPaper> {
    let number = &told.view.matter.number;
    let issued = told.view.matter.slips.iter().enumerate();
    let paper = issued.filter_map(|(at, slip)| {
        let document = slip.document.as_ref()?;
        slip.fields?;
        let state =
            if slip.signed_at.is_some() { Key("slip-signed") } else { Key("slip-unsigned") };
        let file = format!("/m/{number}/slips/{}", at + 1);
        Some(SlipPaper {
            colour: told.lang.code_of("slip", slip.colour.code()).into_owned(),
            document: document.to_string(),
            state: told.lang.tr(state.0).into_owned(),
            pdf_href: format!("{file}.pdf"),
            docx_href: format!("{file}.docx"),
        })
    });
    paper.collect()
}

fn criticism(told: &Told<'_>) -> Option<String> {
    let key = match told.view.matter.criticism {
        Criticism::None => return None,
        Criticism::Proposed(_) => Key("criticism-proposed"),
        Criticism::Approved(_) => Key("criticism-approved"),
        Criticism::Refused(_) => Key("criticism-refused"),
        Criticism::Withdrawn(_) => Key("criticism-withdrawn"),
    };
    Some(told.lang.tr(key.0).into_owned())
}

fn linked(told: &Told<'_>) -> Vec<LinkedLine> {
    let linked = told.view.linked.iter().map(|one| LinkedLine {
        relation: told.lang.code_of("link", one.link.code()).into_owned(),
        title: super::told::title(one.row.words.as_deref().unwrap_or_default())
            .unwrap_or_else(|| one.row.number.clone()),
        href: one.may_open.then(|| format!("/m/{}", one.row.number)),
        state: told.lang.code_of("stage", &one.row.stage).into_owned(),
    });
    linked.collect()
}

/// The list the reader's post begins with: where most matters are opened from.
fn first_list(shell: &Shell) -> (String, String) {
    let first = shell.nav.first();
    first.map_or_else(
        || (shell.tr("problem-home").into_owned(), "/".to_owned()),
        |first| (shell.tr(first.label.0).into_owned(), first.href.clone()),
    )
}

fn promise(told: &Told<'_>) -> Option<DueFact> {
    let matter = &told.view.matter;
    let promised = told.regime().and_then(|regime| matter.promised(regime));
    // Only what was reported gets its date later: a paper's is to be signed for.
    let node = promised.or_else(|| matter.brief.as_ref().and_then(|_| matter.next_node()))?;
    let lamp = if node.is_open() {
        told.lamp_of(node)
    } else {
        Lamp::new(Shape::Done, told.lang.tr("lamp-met"))
    };
    let mut day = told.day(node.due.due_at);
    if node.due.estimated {
        day = day.estimated();
    }
    Some(DueFact { day, lamp })
}

fn handling(told: &Told<'_>) -> Vec<String> {
    let matter = &told.view.matter;
    let lead = matter
        .lead
        .iter()
        .map(|lead| told.lang.trn("matter-lead", "unit", told.unit(lead.unit.as_str())));
    let co =
        matter.co.iter().map(|unit| told.lang.trn("matter-co", "unit", told.unit(unit.as_str())));
    lead.chain(co).collect()
}

/// Who reported it; of what an office drafted, who drafted it and when.
fn origin(told: &Told<'_>) -> (String, Vec<String>) {
    let matter = &told.view.matter;
    if matter.brief.is_none() {
        return (told.lang.tr("matter-reports").into_owned(), reports(told));
    }
    let year = told.view.now.date().year();
    let mut lines = vec![day::date_words(told.lang, matter.filed_at.date(), year)];
    lines.extend(told.view.recorded.first().map(|entry| told.who(&entry.actor)));
    (told.lang.code_of("step", Step::File.code()).into_owned(), lines)
}

fn reports(told: &Told<'_>) -> Vec<String> {
    let matter = &told.view.matter;
    let count = matter.duplicates.len() + 1;
    let who = if matter.identity.is_some() {
        Key("matter-identity-apart")
    } else {
        Key("matter-anonymous")
    };
    let mut lines = vec![
        told.lang.trn("matter-report-count", "n", count as i64),
        told.lang.tr(who.0).into_owned(),
    ];
    if matter.confidential {
        let kept = if told.view.words_are_kept {
            Key("matter-words-kept")
        } else {
            Key("matter-confidential")
        };
        lines.push(told.lang.tr(kept.0).into_owned());
    }
    lines
}

fn entries_say(told: &Told<'_>, shown: usize) -> String {
    let all = told.view.recorded.len();
    let sealed = told.view.sealed;
    let key = if sealed == all { Key("matter-all-sealed") } else { Key("matter-some-sealed") };
    told.lang.say(key.0).with("n", shown).with("entries", all).with("sealed", sealed).to_string()
}

fn choices(told: &Told<'_>) -> (Vec<Can>, Vec<Cannot>) {
    let number = &told.view.matter.number;
    let mut can: Vec<(usize, Can)> = Vec::new();
    let mut cannot = Vec::new();
    for choice in &told.view.choices {
        let label = told.lang.code_of("step", choice.step.code()).into_owned();
        match &choice.verdict {
            Ok(()) => {
                let rank = FIRST.iter().position(|step| *step == choice.step);
                let key = KEYS.iter().find(|(step, _)| *step == choice.step).map(|(_, key)| *key);
                let href = format!("/m/{number}/{}", choice.step.code());
                let is_main = false;
                can.push((rank.unwrap_or(FIRST.len()), Can { label, href, key, is_main }));
            }
            // What this stage never allows is no news; what it would allow is.
            Err(refusal) if refusal.reason == Reason::NotNow => {}
            Err(refusal) => {
                let link = (refusal.reason == Reason::AnswerNeeded).then(|| answer_link(told));
                cannot.push(Cannot { label, why: told.refusal(refusal, |_| None), link });
            }
        }
    }
    can.sort_by_key(|(rank, _)| *rank);
    if let Some((rank, first)) = can.first_mut() {
        first.is_main = *rank < FIRST.len();
    }
    (can.into_iter().map(|(_, can)| can).collect(), cannot)
}

fn asks(told: &Told<'_>) -> Vec<(String, String)> {
    let item = told.view.matter.item.as_ref();
    let Some(item) = item.and_then(|item| told.view.playbook.items.get(item)) else {
        return Vec::new();
    };
    let mut asks = vec![
        (told.lang.tr("matter-filing").into_owned(), told.pick(&item.filing)),
        (told.lang.tr("matter-closing").into_owned(), told.pick(&item.closing)),
    ];
    if let Some(missing) = item.evidence.missing(told.view.matter.fresh_evidence.iter()) {
        asks.push((
            told.lang.tr("matter-evidence-wanted").into_owned(),
            evidence_wanted(told, &missing),
        ));
    }
    asks
}

/// `after:1` as words: one photo of it fixed.
pub(crate) fn evidence_wanted(told: &Told<'_>, missing: &str) -> String {
    let (kind, count) = missing.split_once(':').unwrap_or((missing, "1"));
    let kind = told.lang.code_of("evidence", kind);
    told.lang.say("matter-wanted").with("kind", kind.as_ref()).with("n", count).to_string()
}

fn same_place(told: &Told<'_>) -> Vec<SamePlace> {
    let same = told.view.same.iter();
    same.map(|one| SamePlace {
        at: told.day(bihuan_domain::instant::Instant::from_micros(one.row.filed_us)),
        source: told.lang.code_of("source", &one.row.source).into_owned(),
        state: told.lang.code_of("stage", &one.row.stage).into_owned(),
        href: one.may_open.then(|| format!("/m/{}", one.row.number)),
    })
    .collect()
}
