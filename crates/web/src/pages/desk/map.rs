//! Matters on a map, the list always beside it. Without a base map set up, the
//! points lie on bare land, and the page says so.

use askama::Template;

use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::form::Form;
use crate::view::lamp::Lamp;
use crate::view::table::Pages;

#[derive(Clone, Debug, PartialEq)]
pub struct Pinned {
    pub number: String,
    pub href: String,
    pub title: String,
    pub place: String,
    pub lamp: Lamp,
    /// False when only its grid is known.
    pub has_position: bool,
}

#[derive(Template)]
#[template(path = "pages/desk/map.html")]
pub struct Map {
    pub shell: Shell,
    pub say: String,
    pub filters: Form,
    pub listed: Vec<Pinned>,
    pub pages: Pages,
    /// Where the map's points come from.
    pub points_href: String,
    /// Where the county's areas come from, if any are drawn.
    pub areas_href: Option<&'static str>,
    /// Address of the base map's tiles.
    pub tiles: Option<String>,
    /// What the map lacks or invents.
    pub note: Option<(String, String)>,
}

pub fn sentence(lang: Lang, listed: u64, pinned: u64) -> String {
    lang.say("map-say").with("n", listed).with("pinned", pinned).to_string()
}
