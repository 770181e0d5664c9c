//! How a report comes in: by whom, in which words, with which photo.

use bihuan_app::commands::Reporter;
use bihuan_domain::ids::{GridCode, ItemCode, PlaceId, RegimeCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Source, Urgency};
use bihuan_domain::playbook::model::Item;

use super::fate::Wish;
use super::{Filing, Planner, Shot};
use crate::cast::Who;
use crate::scene::Subject;
use crate::talk::{TALKS, in_season, talk_of};

const SOURCES: [(Source, u32); 6] = [
    (Source::Snapshot, 52),
    (Source::Grid, 18),
    (Source::Hotline, 20),
    (Source::Visit, 4),
    (Source::Letter, 2),
    (Source::Complaint, 4),
];

/// The same few people call again and again.
const CALLERS: i64 = 70;
const CALLER_NAMES: &[&str] = &["张", "李", "王", "刘", "陈", "赵", "马", "高"];

impl Planner<'_> {
    /// An item people report at this time of the year, fit for the wish.
    pub(super) fn item(&mut self, at: Instant, wish: &Wish) -> Option<ItemCode> {
        let month = at.date().month();
        let mut fitting: Vec<(&Item, u32)> = Vec::new();
        for talk in TALKS.iter().filter(|talk| in_season(talk.item, month)) {
            let item = self.playbook.items.get(&ItemCode::new(talk.item));
            fitting.extend(item.filter(|item| wish.takes(item)).map(|item| (item, talk.weight)));
        }
        let weights: Vec<u32> = fitting.iter().map(|(_, weight)| *weight).collect();
        fitting.get(self.dice.weighted(&weights)).map(|(item, _)| item.code.clone())
    }

    pub(super) fn urgency(&mut self, item: &Item) -> Urgency {
        match self.dice.between(0, 99) {
            0..=8 if item.limits.contains_key(&Urgency::Urgent) => Urgency::Urgent,
            9..=14 if item.limits.contains_key(&Urgency::Major) => Urgency::Major,
            _ => Urgency::Ordinary,
        }
    }

    pub(super) fn filing(&mut self, at: Instant, item: &ItemCode, source: Source) -> Filing {
        let grid = self.dice.pick(self.grids).cloned().unwrap_or_else(|| GridCode::new("01"));
        let place = self.place(item, &grid);
        let address = self.somewhere(&grid);
        let words = self.words(item, &address);
        let who = match source {
            Source::Grid => Who::Worker(grid.clone()),
            Source::Snapshot | Source::Complaint => Who::Reporter,
            _ => Who::Triage(self.dice.between(0, 1) as u32),
        };
        // Whoever registers for a caller, and a grid worker, name the item.
        let named = who != Who::Reporter || self.dice.percent(25);
        let has_photo = match source {
            Source::Snapshot => self.dice.percent(70),
            Source::Grid => self.dice.percent(60),
            _ => false,
        };
        let position = if self.dice.percent(65) { self.position(&grid) } else { None };
        Filing {
            at,
            who,
            regime: RegimeCode::new("grid-case"),
            source,
            item: named.then(|| item.clone()),
            words,
            address,
            grid: Some(grid),
            place,
            position,
            reporter: self.reporter(source),
            confidential: source == Source::Complaint || self.dice.percent(3),
            urgency: Urgency::Ordinary,
            photo: if has_photo { Some(self.shot(item, false)) } else { None },
        }
    }

    pub(super) fn source(&mut self) -> Source {
        let weights = SOURCES.map(|(_, weight)| weight);
        SOURCES.get(self.dice.weighted(&weights)).map_or(Source::Snapshot, |(source, _)| *source)
    }

    pub(super) fn words(&mut self, item: &ItemCode, at: &str) -> String {
        let reports = talk_of(item.as_str()).map_or(&[][..], |talk| &talk.reports);
        self.dice.word(reports).replace("{at}", at)
    }

    pub(super) fn shot(&mut self, item: &ItemCode, fixed: bool) -> Shot {
        let subject = talk_of(item.as_str()).map_or(Subject::Road, |talk| talk.subject);
        Shot { subject, fixed, which: self.dice.between(0, 2) as u32 }
    }

    fn place(&mut self, item: &ItemCode, grid: &GridCode) -> Option<PlaceId> {
        let begins = match item.as_str() {
            "lamp-out" => "LD",
            "manhole-missing" | "drain-blocked" => "JG",
            "bus-stop" => "ZT",
            "litter" | "bin-overflow" => "LJ",
            "public-toilet" => "GC",
            "hydrant" => "XF",
            "river-pollution" => "HD",
            _ => return None,
        };
        let mut here = self.playbook.places.iter().filter(|place| place.grid == *grid);
        here.find(|place| place.id.as_str().starts_with(begins)).map(|place| place.id.clone())
    }

    /// Numbers no network gives out, so that nobody's phone rings.
    pub(super) fn reporter(&mut self, source: Source) -> Reporter {
        let says = match source {
            Source::Hotline => true,
            Source::Visit | Source::Letter => self.dice.percent(90),
            Source::Snapshot | Source::Complaint => self.dice.percent(45),
            _ => false,
        };
        if !says {
            return Reporter::default();
        }
        let caller = self.dice.between(0, CALLERS - 1);
        let surname = CALLER_NAMES[caller as usize % CALLER_NAMES.len()];
        let title = if caller % 2 == 0 { "女士" } else { "先生" };
        Reporter {
            name: Some(format!("{surname}{title}（示例）")),
            phone: Some(format!("1000000{caller:04}")),
        }
    }
}
