//! A report's form: what was typed, put back with what must be mended.

use bihuan_app::Error;
use bihuan_app::commands::Sign;
use bihuan_app::compose::{ADDRESS_LIMIT, clean};
use bihuan_app::queries::PlaceRow;
use bihuan_domain::ids::{GridCode, ItemCode, PlaceId};
use bihuan_domain::place::Position;
use bihuan_domain::playbook::model::Playbook;
use bihuan_domain::playbook::suggest;
use bihuan_domain::refusal::{Reason, Refusal};

use super::later::{self, Later};
use crate::i18n::Lang;
use crate::pages::public::report::{DraftPhoto, PlaceCard, ReportForm, WORDS_MOST};
use crate::problem::Problem;
use crate::routes::sent::Sent;
use crate::routes::site::{Site, problem};
use crate::routes::spot;
use crate::view::field::{Choice, Field};

/// Digits of a mobile number in China.
const PHONE_DIGITS: usize = 11;
/// With a country and an extension.
const PHONE_DIGITS_MOST: usize = 17;

/// A form read and judged: complete if no field has an error.
pub(super) struct Judged {
    pub(super) form: ReportForm,
    pub(super) place: Option<PlaceRow>,
    pub(super) position: Option<Position>,
    pub(super) grid: Option<GridCode>,
    /// Why it can only be taken later.
    pub(super) wait: Option<Later>,
}

impl Judged {
    pub(super) fn is_complete(&self, lang: Lang) -> bool {
        self.form.errors(lang).is_empty()
    }

    pub(super) fn place_id(&self) -> Option<PlaceId> {
        self.place.as_ref().map(|place| PlaceId::new(place.id.clone()))
    }

    pub(super) fn item(&self) -> Option<ItemCode> {
        let code = &self.form.item.value;
        (!code.is_empty()).then(|| ItemCode::new(code.clone()))
    }
}

/// The card of a coded spot.
pub(super) fn place_card(site: &Site, lang: Lang, code: &str, place: &PlaceRow) -> PlaceCard {
    let name =
        if lang == Lang::Zh || place.name_en.is_empty() { &place.name_zh } else { &place.name_en };
    let grids = site.app.grid_path(&place.grid);
    let line = grids.iter().map(|grid| lang.pick(grid)).collect::<Vec<_>>().join(" ");
    PlaceCard { code: code.to_owned(), name: name.clone(), lines: vec![line] }
}

/// The form with what there is to choose from, before it is shown: one that is
/// filed needs none of it.
pub(super) fn offer(site: &Site, lang: Lang, form: ReportForm) -> Result<ReportForm, Problem> {
    let rules = site.app.rules();
    let playbook = &rules.in_force(site.app.now()).map_err(problem)?.playbook;
    let items = items(lang, playbook, &form.words.value, &form.item.value);
    Ok(form.with_items(lang, items).with_villages(spot::villages(lang, playbook)))
}

/// Reads what was sent into the form and says what must be mended.
pub(super) async fn judge(site: &Site, lang: Lang, sent: &Sent) -> Result<Judged, Problem> {
    let rules = site.app.rules();
    let playbook = &rules.in_force(site.app.now()).map_err(problem)?.playbook;
    let words = clean(sent.one("words"));
    let command = match sent.one("command") {
        "" => site.new_command(),
        command => command.to_owned(),
    };
    let chosen = sent.one("item");
    let mut form = ReportForm::empty(lang, command);
    form.words.value = words;
    form.item.value = chosen.to_owned();
    let (lon, lat) = match sent.one("at_photo").split_once(',') {
        Some(of_photo) => of_photo,
        None => (sent.one("lon"), sent.one("lat")),
    };
    (form.lon, form.lat) = (lon.to_owned(), lat.to_owned());
    form.same_as = sent.one("same_as").to_owned();
    form.address.value = clean(sent.one("address"));
    form.grid.value = sent.one("grid").to_owned();
    form.phone.value = clean(sent.one("phone"));
    form.confidential.value = sent.one("confidential").to_owned();
    form.words.error = words_fault(lang, &form.words);
    form.phone.error = phone_fault(lang, &form.phone.value);
    form.photo.error = sent.refused.as_ref().map(|refusal| lang.refusal(refusal));
    if !chosen.is_empty() && !playbook.items.contains_key(&ItemCode::new(chosen)) {
        form.item.error = Some(lang.tr("fault-choose").into_owned());
    }
    form.photos = sent.all("draft").map(|id| draft(lang, id)).collect();
    let mut judged = Judged { form, place: None, position: None, grid: None, wait: None };
    judged.locate(site, lang, playbook, sent).await?;
    Ok(judged)
}

impl Judged {
    /// The sign's place counts first, then the position, then what was chosen.
    async fn locate(
        &mut self,
        site: &Site,
        lang: Lang,
        playbook: &Playbook,
        sent: &Sent,
    ) -> Result<(), Problem> {
        let code = sent.one("place");
        if !code.is_empty() {
            self.read_sign(site, lang, code).await?;
        }
        let position = spot::degrees(&self.form.lon, &self.form.lat);
        match position.filter(|_| self.place.is_none()).map(|at| site.app.locate(at)) {
            None => {}
            Some(Ok(grid)) => (self.position, self.grid) = (position, grid),
            Some(Err(Error::Refused(refusal))) => {
                self.form.address.error = Some(lang.refusal(&refusal));
                (self.form.lon, self.form.lat) = (String::new(), String::new());
            }
            Some(Err(fault)) => return Err(problem(fault)),
        }
        self.choose_village(lang, playbook);
        let path = self.grid.as_ref().map(|grid| site.app.grid_path(grid.as_str()));
        self.form.whose =
            path.map(|path| path.iter().map(|name| lang.pick(name)).collect::<Vec<_>>().join(" "));
        self.ask_where(lang);
        Ok(())
    }

    fn choose_village(&mut self, lang: Lang, playbook: &Playbook) {
        let code = &self.form.grid.value;
        if code.is_empty() {
            return;
        }
        match spot::chosen(playbook, code) {
            Some(grid) => self.grid = self.grid.take().or(Some(grid)),
            None => self.form.grid.error = Some(lang.tr("fault-choose").into_owned()),
        }
    }

    /// An address, a sign or a position says where; a village does too, but a
    /// whole town does not.
    fn ask_where(&mut self, lang: Lang) {
        let is_known = self.form.place.is_some()
            || self.position.is_some()
            || self.grid.as_ref().is_some_and(|grid| grid.as_str().contains('-'));
        let address = &mut self.form.address;
        let given = address.value.chars().count();
        if given > ADDRESS_LIMIT {
            address.error = Some(too_long(lang, ADDRESS_LIMIT, given));
        } else if given == 0 && !is_known && address.error.is_none() {
            address.error = Some(lang.tr("fault-place-empty").into_owned());
        }
    }

    /// A sign that is forged or was replaced meanwhile names no place.
    async fn read_sign(&mut self, site: &Site, lang: Lang, code: &str) -> Result<(), Problem> {
        let sign = match site.app.read_sign(code).await {
            Ok(sign) => sign,
            Err(fault) => {
                self.wait = later::wait(Err(fault))?;
                // Unread, but not lost.
                self.form.place =
                    Some(PlaceCard { code: code.to_owned(), name: code.to_owned(), lines: vec![] });
                return Ok(());
            }
        };
        let fault = match sign {
            Sign::Good(place) => {
                self.form.place = Some(place_card(site, lang, code, &place));
                self.grid = Some(GridCode::new(place.grid.clone()));
                self.place = Some(place);
                return Ok(());
            }
            Sign::Retired(_) => "place-retired-next",
            Sign::Unknown(_) => "place-forged-next",
        };
        self.form.address.error = Some(lang.tr(fault).into_owned());
        Ok(())
    }
}

pub(super) fn draft(lang: Lang, id: &str) -> DraftPhoto {
    DraftPhoto {
        id: id.to_owned(),
        thumb: format!("/draft/{id}/thumb"),
        alt: lang.tr("report-your-photo").into_owned(),
    }
}

/// Lines of the catalogue the words point to, and the one already chosen.
pub(super) fn items(lang: Lang, playbook: &Playbook, words: &str, chosen: &str) -> Vec<Choice> {
    let mut choices: Vec<Choice> = suggest(playbook, words)
        .into_iter()
        .filter_map(|found| {
            let item = playbook.items.get(&found.item)?;
            let why = lang.trn("report-item-why", "words", found.words.join("、"));
            Some(Choice::new(found.item.to_string(), lang.pick(&item.name)).hint(why))
        })
        .collect();
    let known = choices.iter().any(|choice| choice.value == chosen);
    if let Some(item) = playbook.items.get(&ItemCode::new(chosen)).filter(|_| !known) {
        choices.push(Choice::new(chosen, lang.pick(&item.name)));
    }
    choices
}

pub(crate) fn words_fault(lang: Lang, words: &Field) -> Option<String> {
    let given = words.value.chars().count();
    let limit = words.max_length.unwrap_or(WORDS_MOST) as usize;
    match given {
        0 => Some(lang.tr("fault-words-empty").into_owned()),
        _ if given > limit => Some(too_long(lang, limit, given)),
        _ => None,
    }
}

fn too_long(lang: Lang, limit: usize, given: usize) -> String {
    let refusal = Refusal::new(Reason::WordsTooLong).with("limit", limit).with("given", given);
    lang.refusal(&refusal)
}

pub(super) fn phone_fault(lang: Lang, phone: &str) -> Option<String> {
    if phone.is_empty() {
        return None;
    }
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let missing = PHONE_DIGITS.saturating_sub(digits);
    if missing > 0 {
        return Some(lang.trn("fault-phone-short", "n", missing));
    }
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')');
    let fits = digits <= PHONE_DIGITS_MOST && phone.chars().all(is_number);
    (!fits).then(|| lang.tr("fault-phone-not").into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_says_how_many_digits_it_lacks() {
        assert_eq!(phone_fault(Lang::Zh, ""), None);
        assert_eq!(phone_fault(Lang::Zh, "+86 138 0000 0000"), None);
        let fault = phone_fault(Lang::Zh, "1380000000").unwrap();
        assert!(fault.contains("少了1位"), "{fault}");
    }

    #[test]
    fn what_is_no_phone_number_is_refused() {
        for phone in ["138000012345678901", "13800001234; drop", "一三八00001234567"] {
            assert!(phone_fault(Lang::Zh, phone).is_some(), "{phone}");
        }
        assert_eq!(phone_fault(Lang::Zh, "+86 (0371) 6460-1234 56"), None);
    }
}
