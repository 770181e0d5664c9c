//! From what the inbox query answers to the page.

use bihuan_app::queries::inbox::{
    Alike, Asked, Inbox, ItemSuggestion, LeadSuggestion, OpenMessage, Tab, UrgencyOutlook, Waiting,
};
use bihuan_domain::matter::{EvidenceKind, Step};
use bihuan_domain::refusal::{Reason, Refusal};

use super::marked::runs;
use super::{Picked, address};
use crate::i18n::Lang;
use crate::pages::desk::inbox as show;
use crate::pages::desk::inbox::{Compared, Counts, Message, Photo, Suggested, UrgencyChoice};
use crate::routes::desk::listed::Listed;
use crate::routes::desk::minimap::minimap;
use crate::routes::desk::told::Told;
use crate::routes::site::Site;
use crate::shell::Shell;
use crate::view::field::{Choice, Field};
use crate::view::lamp::Lamp;
use crate::view::state::Refused;

pub(super) struct Fill<'a> {
    pub(super) site: &'a Site,
    pub(super) inbox: &'a Inbox,
    pub(super) asked: &'a Asked,
    pub(super) picked: &'a Picked,
    pub(super) lang: Lang,
}

impl Fill<'_> {
    pub(super) fn page(
        &self,
        shell: Shell,
        done: Option<String>,
        refused: Option<Refused>,
    ) -> show::Inbox {
        let counts = &self.inbox.counts;
        let said = Counts {
            received: counts.received,
            sorted: counts.sorted,
            left: counts.left,
            soon: counts.soon,
        };
        let oldest = counts.oldest_at.map(|at| self.waited(self.inbox.now.minutes_since(at)));
        show::Inbox {
            say: show::sentence(self.lang, &said, oldest.as_deref()),
            tabs: self.tabs(),
            waiting: self.inbox.waiting.iter().map(|one| self.waiting(one)).collect(),
            more: self.more(),
            open: self.inbox.open.as_ref().map(|open| self.message(open)),
            done,
            refused,
            shell,
        }
    }

    fn listed(&self) -> Listed<'_> {
        Listed { lang: self.lang, calendar: &self.inbox.calendar, now: self.inbox.now }
    }

    fn told<'a>(&'a self, open: &'a OpenMessage) -> Told<'a> {
        Told { app: &self.site.app, view: &open.view, lang: self.lang }
    }

    fn waited(&self, minutes: i64) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60);
        match hours {
            0 => self.lang.trn("span-minutes", "n", rest),
            1..24 => {
                self.lang.say("span-hours-minutes").with("h", hours).with("m", rest).to_string()
            }
            _ => self.lang.trn("span-days", "n", hours / 24),
        }
    }

    fn tabs(&self) -> Vec<crate::pages::desk::Tab> {
        let labels = [
            (Tab::Limit, self.lang.tr("inbox-tab-limit")),
            (Tab::Soon, self.lang.tr("inbox-tab-soon")),
            (Tab::Alike, self.lang.tr("inbox-tab-alike")),
            (Tab::Safety, self.lang.tr("inbox-tab-safety")),
            (Tab::Verify, self.lang.tr("inbox-tab-verify")),
        ];
        labels
            .into_iter()
            .map(|(tab, label)| {
                let known = self.inbox.tab_counts.get(tab.code()).copied();
                let is_current = tab == self.asked.tab;
                let here = (is_current && self.inbox.next.is_none() && self.asked.after.is_none())
                    .then_some(self.inbox.waiting.len() as i64);
                let count = known.or(here).map(i64::unsigned_abs);
                let href = match tab {
                    Tab::Limit => "/inbox".to_owned(),
                    _ => address(&[("tab", tab.code())]),
                };
                let shown = crate::pages::desk::Tab::new(label, count, &href);
                if is_current { shown.current() } else { shown }
            })
            .collect()
    }

    /// The address of a message within this list.
    fn href(&self, number: &str) -> String {
        address(&[
            ("tab", self.tab_code()),
            ("after", self.asked.after.as_deref().unwrap_or_default()),
            ("m", number),
        ])
    }

    fn tab_code(&self) -> &'static str {
        if self.asked.tab == Tab::Limit { "" } else { self.asked.tab.code() }
    }

    fn waiting(&self, waiting: &Waiting) -> show::Waiting {
        let (line, listed) = (&waiting.line, self.listed());
        let open = self.inbox.open.as_ref().map(|open| &open.line.number);
        show::Waiting {
            href: self.href(&line.number),
            lamp: listed.lamp(line),
            place: listed.town(line),
            source: listed.source(line),
            time: listed.short_time(line.filed_at),
            words: line.words.clone(),
            duplicates: u32::try_from(waiting.alike).unwrap_or(u32::MAX),
            has_risk: waiting.has_risk,
            is_back: !line.is_open,
            is_current: open == Some(&line.number),
        }
    }

    fn more(&self) -> Option<(u64, String)> {
        let next = self.inbox.next.as_deref()?;
        let known = self.inbox.tab_counts.get(self.asked.tab.code()).copied()?;
        let rest = known.saturating_sub(self.inbox.waiting.len() as i64).max(1);
        let href = address(&[("tab", self.tab_code()), ("after", next)]);
        Some((rest.unsigned_abs(), href))
    }

    fn message(&self, open: &OpenMessage) -> Message {
        let (told, listed) = (self.told(open), self.listed());
        let matter = &open.view.matter;
        let at = self.inbox.waiting.iter().position(|one| one.line.number == open.line.number);
        let beside = |index: Option<usize>| {
            let line = &self.inbox.waiting.get(index?)?.line;
            Some(line.number.clone())
        };
        let next = beside(at.map_or(Some(0), |at| at.checked_add(1)));
        let previous = beside(at.and_then(|at| at.checked_sub(1)));
        Message {
            number: open.line.number.clone(),
            source: listed.source(&open.line),
            filed: listed.day(open.line.filed_at),
            lamp: told.lamp(),
            limit: self.limit(open),
            words: runs(&open.line.words, &self.pointing(open)),
            photos: self.photos(open),
            map: minimap(
                self.lang,
                self.site.app.outlines(),
                open.line.grid.as_ref(),
                open.line.position,
                told.lamp().shape,
            ),
            place: self.place(open),
            reporter: self.reporter(open),
            may_carry_on: [Step::Accept, Step::Dispatch, Step::Adjudicate]
                .into_iter()
                .any(|step| open.view.may(step)),
            identity_href: open
                .view
                .may(Step::ReadIdentity)
                .then(|| format!("/m/{}/read-identity", matter.number)),
            before: open.before.map(|before| {
                self.lang
                    .say("inbox-before-say")
                    .with("days", before.days)
                    .with("n", before.matters)
                    .with("not", before.not_fixed)
                    .to_string()
            }),
            this: self.this(open),
            alike: open.alike.iter().map(|alike| self.alike(open, alike)).collect(),
            items: self.items(open),
            other_items: self.other_items(open),
            leads: self.leads(open),
            co_units: Vec::new(),
            other_units: self.other_units(open),
            object_unit: matter.object_unit.as_ref().map(|unit| told.unit(unit.as_str())),
            urgencies: self.urgencies(open),
            brief: matter.confidential.then(|| self.brief()),
            seen: matter.entries,
            command: self.site.new_command(),
            tab: self.tab_code().to_owned(),
            after: self.asked.after.clone().unwrap_or_default(),
            next_number: next.clone().unwrap_or_default(),
            next_href: next.map(|number| self.href(&number)),
            previous_href: previous.map(|number| self.href(&number)),
        }
    }

    fn brief(&self) -> Field {
        Field::area("note", self.lang.tr("field-note"), 3)
            .hint(self.lang.tr("field-summary-hint"))
            .value(self.picked.note.as_str())
    }

    /// `受理，9月28日 周三 15:11前`
    fn limit(&self, open: &OpenMessage) -> String {
        let told = self.told(open);
        let Some(node) = open.view.matter.next_node() else { return told.stage() };
        self.lang
            .say("inbox-limit")
            .with("node", told.node_name(&node.code))
            .with("due", self.listed().day_words(node.due.due_at))
            .to_string()
    }

    /// Words of the catalogue that point to the item shown first.
    fn pointing<'b>(&self, open: &'b OpenMessage) -> Vec<&'b str> {
        let shown = open.items.iter().find(|one| Some(&one.item) == open.item.as_ref());
        let shown = shown.or_else(|| open.items.first());
        shown.map(|one| one.words.iter().map(String::as_str).collect()).unwrap_or_default()
    }

    fn photos(&self, open: &OpenMessage) -> Vec<Photo> {
        let evidence = open.view.matter.evidence.iter();
        evidence
            .filter(|evidence| evidence.kind != EvidenceKind::Document)
            .filter_map(|evidence| open.view.attachment(evidence.content))
            .map(|facts| Photo {
                thumb: format!("/attachments/{}/thumb", facts.id),
                href: format!("/attachments/{}", facts.id),
                alt: self.lang.tr("inbox-photo").into_owned(),
                caption: facts.taken_at.unwrap_or_default(),
            })
            .collect()
    }

    fn place(&self, open: &OpenMessage) -> Vec<String> {
        let listed = self.listed();
        [open.line.address.clone(), open.line.place.clone(), listed.area(&open.line)]
            .into_iter()
            .flatten()
            .collect()
    }

    fn reporter(&self, open: &OpenMessage) -> String {
        let matter = &open.view.matter;
        match (matter.identity.is_some(), matter.confidential) {
            (true, true) => self.lang.tr("inbox-reporter-confidential"),
            (true, false) => self.lang.tr("inbox-reporter-known"),
            (false, _) => self.lang.tr("inbox-reporter-none"),
        }
        .into_owned()
    }

    fn this(&self, open: &OpenMessage) -> show::Alike {
        let (line, listed) = (&open.line, self.listed());
        let text = |text: String| Compared { text, same: None };
        show::Alike {
            number: line.number.clone(),
            href: String::new(),
            problem: text(listed.title(line)),
            place: text(listed.place(line)),
            time: text(listed.day_words(line.filed_at)),
            state: listed.lamp(line),
            may_merge: false,
        }
    }

    fn alike(&self, open: &OpenMessage, alike: &Alike) -> show::Alike {
        let (line, listed, lang) = (&alike.line, self.listed(), self.lang);
        let problem = if alike.same_item {
            Some(lang.tr("inbox-same-item").into_owned())
        } else if alike.shared > 0 {
            Some(lang.trn("inbox-same-words", "n", alike.shared))
        } else {
            None
        };
        let place = if alike.same_place {
            Some(lang.tr("inbox-same-place").into_owned())
        } else if let Some(metres) = alike.metres {
            Some(lang.trn("inbox-metres", "n", metres))
        } else if alike.same_grid {
            Some(lang.tr("inbox-same-grid").into_owned())
        } else {
            None
        };
        let minutes = alike.earlier_minutes;
        let span = self.waited(minutes.abs());
        let time = if minutes >= 0 {
            lang.trn("inbox-earlier", "span", span)
        } else {
            lang.trn("inbox-later", "span", span)
        };
        show::Alike {
            number: line.number.clone(),
            href: format!("/m/{}", line.number),
            problem: Compared { text: listed.title(line), same: problem },
            place: Compared { text: listed.place(line), same: place },
            time: Compared { text: listed.day_words(line.filed_at), same: Some(time) },
            state: match &line.lead_name {
                Some(lead) if line.is_open => {
                    let word = lang.trn("inbox-with-unit", "unit", lang.pick(lead));
                    Lamp { word, ..listed.lamp(line) }
                }
                _ => listed.lamp(line),
            },
            may_merge: alike.may_merge && open.view.may(Step::Merge),
        }
    }

    fn items(&self, open: &OpenMessage) -> Vec<Suggested> {
        let mut items: Vec<Suggested> = open.items.iter().map(|one| self.item(open, one)).collect();
        let current = open.item.as_ref();
        let is_listed = items.iter().any(|one| one.is_picked);
        if let Some(item) = current.and_then(|code| open.view.playbook.items.get(code))
            && !is_listed
        {
            items.insert(
                0,
                Suggested {
                    value: item.code.as_str().to_owned(),
                    label: self.lang.pick(&item.name).to_owned(),
                    because: vec![self.lang.tr("inbox-item-chosen").into_owned()],
                    is_picked: true,
                },
            );
        }
        items
    }

    fn item(&self, open: &OpenMessage, one: &ItemSuggestion) -> Suggested {
        let lang = self.lang;
        let words: Vec<String> = one.words.iter().map(|word| format!("“{word}”")).collect();
        let mut because = vec![lang.trn("inbox-because-words", "words", words.concat())];
        if one.said > 0 {
            because.push(
                lang.say("inbox-because-filed")
                    .with("n", one.said)
                    .with("here", one.filed_here)
                    .to_string(),
            );
        }
        Suggested {
            value: one.item.as_str().to_owned(),
            label: format!("{} / {}", lang.pick(&one.class_name), lang.pick(&one.name)),
            because,
            is_picked: open.item.as_ref() == Some(&one.item),
        }
    }

    fn other_items(&self, open: &OpenMessage) -> Vec<(String, Vec<Choice>)> {
        let playbook = &open.view.playbook;
        let classes = playbook.classes.iter();
        classes
            .map(|class| {
                let items = playbook.items.values().filter(|item| item.class == class.code);
                let choices = items
                    .map(|item| Choice::new(item.code.as_str(), self.lang.pick(&item.name)))
                    .collect();
                (self.lang.pick(&class.name).to_owned(), choices)
            })
            .collect()
    }

    fn leads(&self, open: &OpenMessage) -> Vec<Suggested> {
        let picked = self.picked.lead.as_ref();
        let is_listed = open.leads.iter().any(|one| Some(&one.unit) == picked);
        open.leads
            .iter()
            .enumerate()
            .map(|(at, one)| {
                let is_picked = if is_listed { Some(&one.unit) == picked } else { at == 0 };
                self.lead(one, is_picked)
            })
            .collect()
    }

    fn lead(&self, one: &LeadSuggestion, is_picked: bool) -> Suggested {
        let lang = self.lang;
        let mut because = Vec::new();
        if one.is_listed {
            because.push(lang.tr("inbox-because-listed").into_owned());
        }
        if one.of_item > 0 {
            because.push(
                lang.say("inbox-because-sent")
                    .with("n", one.of_item)
                    .with("here", one.given)
                    .with("returned", one.returned)
                    .to_string(),
            );
        }
        let name = lang.pick(&one.name);
        Suggested {
            value: one.unit.as_str().to_owned(),
            label: lang.trn("inbox-lead", "unit", name),
            because,
            is_picked,
        }
    }

    fn other_units(&self, open: &OpenMessage) -> Vec<Choice> {
        let rules = self.site.app.rules();
        let object = open.view.matter.object_unit.as_ref();
        let standing = rules.units.values().filter(|unit| !unit.is_gone && unit.above.is_some());
        standing
            .filter(|unit| Some(&unit.code) != object)
            .map(|unit| Choice::new(unit.code.as_str(), self.lang.pick(&unit.name)))
            .collect()
    }

    fn urgencies(&self, open: &OpenMessage) -> Vec<UrgencyChoice> {
        let picked = self.picked.urgency;
        open.urgencies.iter().map(|one| self.urgency(one, picked)).collect()
    }

    fn urgency(
        &self,
        one: &UrgencyOutlook,
        picked: Option<bihuan_domain::matter::Urgency>,
    ) -> UrgencyChoice {
        let words: Vec<String> = one.because.iter().map(|word| format!("“{word}”")).collect();
        let because = (!words.is_empty())
            .then(|| self.lang.trn("inbox-because-risk", "words", words.concat()));
        let due = one.due.map(|due| {
            let day = self.listed().day(due.due_at);
            if due.estimated { day.estimated() } else { day }
        });
        UrgencyChoice {
            value: one.urgency.code().to_owned(),
            label: self.lang.code_of("urgency", one.urgency.code()).into_owned(),
            because: because.into_iter().collect(),
            is_picked: picked.map_or(one.is_suggested, |picked| picked == one.urgency),
            due,
            counted: one
                .counted
                .as_ref()
                .map(|counted| self.lang.pick(counted).to_owned())
                .unwrap_or_default(),
        }
    }

    /// Why the message was not carried on, and, when somebody acted in between,
    /// what they did.
    pub(super) fn refused(&self, refusal: &Refusal) -> Option<Refused> {
        let open = self.inbox.open.as_ref()?;
        let mut next = self.lang.refusal(refusal);
        if refusal.reason == Reason::ChangedMeanwhile {
            next.push_str(&self.changed(open, refusal));
        }
        let number = &open.line.number;
        Some(Refused {
            title: self.lang.trn("inbox-refused", "number", number),
            next,
            link: Some((format!("/m/{number}"), self.lang.tr("inbox-refused-look").into_owned())),
        })
    }

    fn changed(&self, open: &OpenMessage, refusal: &Refusal) -> String {
        let seen = refusal.facts.get("seen").and_then(|seen| seen.parse().ok()).unwrap_or(0);
        let since = open.view.recorded.iter().skip(seen);
        let mut steps: Vec<String> = since
            .filter_map(|entry| entry.event.step())
            .map(|step| self.lang.code_of("step", step.code()).into_owned())
            .collect();
        steps.dedup();
        let mark = self.lang.tr("inbox-mark");
        self.lang
            .say("inbox-changed")
            .with("steps", steps.join(&mark))
            .with("stage", self.told(open).stage())
            .to_string()
    }
}
