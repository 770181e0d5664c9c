//! My grid on a map, the list of what is open in it always beside: `/worker/grid`.

use askama::Template;

use super::day::Job;
use crate::shell::Shell;

#[derive(Template)]
#[template(path = "pages/worker/grid.html")]
pub struct MyGrid {
    pub shell: Shell,
    pub grid: String,
    /// `west,south,east,north` of the grid; none where it is not drawn.
    pub bounds: Option<String>,
    /// Its border is invented.
    pub is_example: bool,
    /// Address of the base map's tiles.
    pub tiles: Option<String>,
    pub open: Vec<Job>,
}

#[cfg(test)]
pub(super) fn samples(lang: crate::i18n::Lang) -> Vec<crate::golden::Sample> {
    use crate::golden::Sample;
    use crate::i18n::Lang;
    use crate::sample;
    use crate::view::lamp::{Lamp, Shape};

    let say = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    let drawn = MyGrid {
        shell: sample::public(lang, "/worker/grid"),
        grid: say("索河街道 安澜社区 07网格", "Suohe, Anlan, grid 07"),
        bounds: Some("113.30000,34.84000,113.31000,34.85000".to_owned()),
        is_example: true,
        tiles: None,
        open: vec![Job {
            href: "/worker/m/1".to_owned(),
            lamp: Lamp::new(Shape::DueSoon, lang.trn("lamp-today", "time", "17:30")),
            title: say("惠民巷垃圾箱满溢", "Overflowing bin in Huimin Lane"),
            note: say("惠民巷，随手拍", "Huimin Lane, snapshot"),
        }],
    };
    let bare = MyGrid {
        shell: sample::public(lang, "/worker/grid"),
        grid: drawn.grid.clone(),
        bounds: None,
        is_example: false,
        tiles: None,
        open: Vec::new(),
    };
    vec![Sample::of("worker-grid", &drawn), Sample::of("worker-grid-undrawn", &bare)]
}
