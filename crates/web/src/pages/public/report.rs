//! Reporting something: `/report`, `/p/{place code}`, and the check page before
//! it is filed. One plain form on one page; scripts turn its sections into
//! steps. Nothing is asked that could not be left out except what and where.

use askama::Template;

use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::field::{Choice, Control, Field, error_lines};
use crate::view::lamp::Lamp;
use crate::view::markup;
use crate::view::state::{ErrorLine, Refused};

/// Photos as phones make them; HEIC is converted by the phone when only these
/// are accepted.
pub const PHOTO_TYPES: &str = "image/jpeg,image/png,image/webp";
pub const PHOTO_MOST: usize = 4;
pub const WORDS_MOST: u32 = 2_000;

/// The coded spot a sign was scanned at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceCard {
    /// The signed code, sent back with the form.
    pub code: String,
    pub name: String,
    /// Where it is, then its grid.
    pub lines: Vec<String>,
}

/// An open matter nearby, of a public class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearby {
    /// Opens nothing; names the matter when the resident says "this is it".
    pub token: String,
    pub class: String,
    pub place: String,
    pub lamp: Lamp,
    pub filed: Day,
    pub due: Option<Day>,
}

/// A photo already received, so that a failed submission does not lose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftPhoto {
    pub id: String,
    pub thumb: String,
    pub alt: String,
}

/// Everything typed and chosen so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportForm {
    /// Made with the page: sending twice files once.
    pub command: String,
    pub place: Option<PlaceCard>,
    /// Degrees of the pin or the phone, as typed; empty without.
    pub lon: String,
    pub lat: String,
    pub photos: Vec<DraftPhoto>,
    pub photo: Field,
    pub address: Field,
    /// A town or village, for those without a position.
    pub grid: Field,
    /// Whose grid it is, as far as known: `索河街道 安澜社区 07网格`.
    pub whose: Option<String>,
    pub words: Field,
    pub item: Field,
    pub phone: Field,
    pub confidential: Field,
    /// Longitude and latitude in a photo; taken only when ticked.
    pub offered: Option<(String, String)>,
    pub nearby: Vec<Nearby>,
    /// Token of the nearby matter this is about; empty without.
    pub same_as: String,
    /// Why it cannot be taken now, whatever is in the fields.
    pub notice: Option<Refused>,
}

impl ReportForm {
    /// Offers nothing to choose from yet.
    pub fn empty(lang: Lang, command: String) -> Self {
        Self {
            command,
            place: None,
            lon: String::new(),
            lat: String::new(),
            photos: Vec::new(),
            photo: Field::new(
                "photo",
                lang.tr("report-photo"),
                Control::Files { accept: PHOTO_TYPES, multiple: true, camera: false },
            )
            .hint(lang.trn("report-photo-hint", "n", PHOTO_MOST))
            .optional(),
            address: Field::line("address", lang.tr("report-address"))
                .hint(lang.tr("report-address-hint"))
                .max_length(200),
            grid: Field::new("grid", lang.tr("report-village"), Control::Grouped(Vec::new()))
                .hint(lang.tr("report-village-hint"))
                .optional(),
            whose: None,
            words: Field::area("words", lang.tr("report-words"), 4)
                .hint(lang.tr("report-words-hint"))
                .max_length(WORDS_MOST),
            item: Field::new("item", lang.tr("report-item"), Control::Radios(Vec::new()))
                .hint(lang.tr("report-item-hint"))
                .optional(),
            phone: Field::new(
                "phone",
                lang.tr("report-phone"),
                Control::Line { kind: "tel", autocomplete: "tel" },
            )
            .hint(lang.tr("report-phone-hint"))
            .optional()
            .max_length(20),
            confidential: Field::tick("confidential", lang.tr("report-confidential"))
                .hint(lang.tr("report-confidential-hint")),
            offered: None,
            nearby: Vec::new(),
            same_as: String::new(),
            notice: None,
        }
    }

    /// Suggested lines of the catalogue with their reasons.
    #[must_use]
    pub fn with_items(mut self, lang: Lang, items: Vec<Choice>) -> Self {
        let unsure = Choice::new("", lang.tr("report-item-unsure"));
        self.item.control = Control::Radios(items.into_iter().chain([unsure]).collect());
        self
    }

    /// Villages under their towns.
    #[must_use]
    pub fn with_villages(mut self, villages: Vec<(String, Vec<Choice>)>) -> Self {
        self.grid.control = Control::Grouped(villages);
        self
    }

    pub fn errors(&self, lang: Lang) -> Vec<ErrorLine> {
        error_lines(
            lang,
            [
                &self.photo,
                &self.address,
                &self.grid,
                &self.words,
                &self.item,
                &self.phone,
                &self.confidential,
            ],
        )
    }

    /// The chosen line of the catalogue, in words.
    fn item_words(&self) -> Option<&Choice> {
        let Control::Radios(choices) = &self.item.control else { return None };
        choices.iter().find(|choice| choice.value == self.item.value && !choice.value.is_empty())
    }
}

#[derive(Template)]
#[template(path = "pages/public/report.html")]
pub struct Report {
    pub shell: Shell,
    pub form: ReportForm,
    /// Address of the base map's tiles; none hides the pin.
    pub map: Option<String>,
}

impl Report {
    fn errors(&self) -> Vec<ErrorLine> {
        self.form.errors(self.shell.lang())
    }

    fn nearby(&self) -> NearbyBlock<'_> {
        NearbyBlock::of(&self.shell, &self.form)
    }
}

/// Every answer with 改, and the fields that still need mending.
#[derive(Template)]
#[template(path = "pages/public/check.html")]
pub struct ReportCheck {
    pub shell: Shell,
    pub form: ReportForm,
}

impl ReportCheck {
    fn errors(&self) -> Vec<ErrorLine> {
        self.form.errors(self.shell.lang())
    }

    fn nearby(&self) -> NearbyBlock<'_> {
        NearbyBlock::of(&self.shell, &self.form)
    }
}

/// The choice alone, for a page that just learnt the place.
#[derive(Template)]
#[template(source = "{{ self.block() }}", ext = "html")]
pub struct NearbyPart {
    pub shell: Shell,
    pub nearby: Vec<Nearby>,
    pub same_as: String,
}

impl NearbyPart {
    fn block(&self) -> NearbyBlock<'_> {
        NearbyBlock { shell: &self.shell, nearby: &self.nearby, same_as: &self.same_as }
    }
}

#[derive(Template)]
#[template(path = "components/nearby.html")]
struct NearbyBlock<'a> {
    shell: &'a Shell,
    nearby: &'a [Nearby],
    same_as: &'a str,
}

markup!(NearbyBlock);

impl<'a> NearbyBlock<'a> {
    fn of(shell: &'a Shell, form: &'a ReportForm) -> Self {
        Self { shell, nearby: &form.nearby, same_as: &form.same_as }
    }
}

#[cfg(test)]
pub(super) fn samples(lang: Lang) -> Vec<crate::golden::Sample> {
    use crate::golden::Sample;
    use crate::sample;
    use crate::view::lamp::Shape;

    let zh = lang == Lang::Zh;
    let say = |a: &str, b: &str| if zh { a.to_owned() } else { b.to_owned() };
    let place = PlaceCard {
        code: "LD-0417.7KQ2".to_owned(),
        name: say("柳园路 路灯 LD-0417", "Liuyuan Road street lamp LD-0417"),
        lines: vec![
            say("康泰街口向南60米", "60 m south of Kangtai Street"),
            say("索河街道 安澜社区 07网格", "Suohe Street, Anlan Community, grid 07"),
        ],
    };
    let items = vec![
        Choice::new("0301", say("路灯不亮", "Street lamp out"))
            .hint(say("按点位推荐的，可以改", "Suggested by the place, you may change it")),
        Choice::new("0302", say("灯杆倾斜、破损", "Lamp post leaning or broken")),
    ];
    let command = || "0199a1b2-0000-7000-8000-000000000001".to_owned();
    let shell = |path| sample::public(lang, path);
    let mut form = ReportForm::empty(lang, command()).with_items(lang, items.clone());
    form.place = Some(place.clone());
    form.nearby = vec![Nearby {
        token: "n1".to_owned(),
        class: say("人行道地砖松动", "Loose paving"),
        place: say("康泰街口", "Kangtai Street"),
        lamp: Lamp::new(Shape::OnTrack, say("在限", "on track")),
        filed: sample::at(9, 26, 9, 0).without_time(),
        due: Some(sample::at(10, 8, 17, 30).without_time()),
    }];
    let scanned = Report { shell: shell("/p/LD-0417.7KQ2"), form, map: None };

    let mut filled = ReportForm::empty(lang, command()).with_items(lang, items.clone());
    filled.place = Some(place);
    filled.photos = vec![DraftPhoto {
        id: "a1".to_owned(),
        thumb: "/draft/a1/thumb".to_owned(),
        alt: say("您拍的照片", "Your photo"),
    }];
    filled.item.value = "0301".to_owned();
    filled.words.value = say(
        "柳园路南段晚上一片黑，从康泰街口往南连着五盏路灯都不亮，放学的孩子骑车过去看不清路。",
        "The south of Liuyuan Road is dark: five lamps in a row are out, and children cycling home see nothing.",
    );
    filled.phone.value = "138 0000 123".to_owned();
    filled.phone.error = Some(lang.say("fault-phone-short").with("n", 1).to_string());
    let check = ReportCheck { shell: shell("/report/check"), form: filled };

    let villages = vec![(
        say("索河街道", "Suohe Subdistrict"),
        vec![
            Choice::new(
                "01",
                say("索河街道（不知道哪个村）", "Suohe Subdistrict (village unknown)"),
            ),
            Choice::new("01-014", say("安澜社区", "Anlan Community")),
        ],
    )];
    let mut faulty =
        ReportForm::empty(lang, command()).with_items(lang, Vec::new()).with_villages(villages);
    faulty.words.error = Some(lang.tr("fault-words-empty").into_owned());
    faulty.address.error = Some(lang.tr("fault-place-empty").into_owned());
    let faulty = Report {
        shell: shell("/report"),
        form: faulty,
        map: Some("/tiles/county.pmtiles".to_owned()),
    };
    vec![
        Sample::of("public-report", &scanned),
        Sample::of("public-report-faulty", &faulty),
        Sample::of("public-check", &check),
    ]
}
