//! The three-line ledger (三线表) as data: columns, rows, groups, a sum and, when
//! there is nothing, what would fill it. One markup for every list of the desk.

use askama::Template;

use super::day::{Day, DayPart};
use super::lamp::{Lamp, LampPart, Shape};
use super::markup;
use super::rate::{Rate, RatePart};
use crate::i18n::Lang;

/// Where a column's words stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Words,
    /// Sentences, in a column wide enough to read them.
    Text,
    /// Right-aligned, not broken.
    Figures,
    /// A button or two at the end of the row.
    Acts,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub label: String,
    pub align: Align,
    /// Ask for this column's order by this address.
    pub sort: Option<String>,
}

impl Column {
    pub fn words(label: impl Into<String>) -> Self {
        Self { label: label.into(), align: Align::Words, sort: None }
    }

    pub fn figures(label: impl Into<String>) -> Self {
        Self { label: label.into(), align: Align::Figures, sort: None }
    }

    pub fn acts() -> Self {
        Self { label: String::new(), align: Align::Acts, sort: None }
    }
}

/// Something to press at the end of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Link { label: String, href: String },
    Post { label: String, action: String, fields: Vec<(String, String)> },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// No data: "—", never 0.
    Nothing,
    Words(String),
    /// Words with a quieter line under them.
    Two(String, String),
    Link {
        text: String,
        href: String,
        sub: Option<String>,
    },
    /// The same, indented to its place in a tree.
    Branch {
        depth: u8,
        text: String,
        href: Option<String>,
        sub: Option<String>,
    },
    Figure {
        text: String,
        href: Option<String>,
    },
    Lamp {
        lamp: Lamp,
        day: Option<Day>,
        href: Option<String>,
    },
    Day(Day),
    Rate(Rate),
    /// A bar in tenths of a percent, with a mark to compare against.
    Bar {
        permille: u32,
        mark: Option<u32>,
    },
    Code(String),
    Tag(String),
    Acts(Vec<Act>),
}

impl Cell {
    pub fn words(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Nothing } else { Self::Words(text) }
    }

    pub fn two(text: impl Into<String>, under: impl Into<String>) -> Self {
        Self::Two(text.into(), under.into())
    }

    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Link { text: text.into(), href: href.into(), sub: None }
    }

    pub fn link_two(
        text: impl Into<String>,
        href: impl Into<String>,
        under: impl Into<String>,
    ) -> Self {
        Self::Link { text: text.into(), href: href.into(), sub: Some(under.into()) }
    }

    /// A count; nought opens nothing.
    pub fn count(number: u64, href: impl Into<String>) -> Self {
        let href = (number > 0).then(|| href.into());
        Self::Figure { text: super::number::grouped(number.try_into().unwrap_or(i64::MAX)), href }
    }

    /// A count of overdue matters carries their lamp; nought is quiet.
    pub fn overdue(number: u64, href: impl Into<String>) -> Self {
        let count = super::number::grouped(number.try_into().unwrap_or(i64::MAX));
        if number == 0 {
            return Self::Figure { text: count, href: None };
        }
        Self::Lamp { lamp: Lamp::new(Shape::Overdue, count), day: None, href: Some(href.into()) }
    }

    pub fn lamp(lamp: Lamp) -> Self {
        Self::Lamp { lamp, day: None, href: None }
    }

    const fn bar_width(permille: &u32) -> u32 {
        if *permille > 1000 { 1000 } else { *permille }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// A heading over the rows that follow, instead of cells.
    pub group: Option<Group>,
    pub is_late: bool,
    pub is_current: bool,
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub lamp: Option<Lamp>,
    pub name: String,
    pub count: String,
}

impl Row {
    pub fn of(cells: Vec<Cell>) -> Self {
        Self { cells, ..Self::default() }
    }

    pub fn group(name: impl Into<String>, count: impl Into<String>) -> Self {
        let group = Group { lamp: None, name: name.into(), count: count.into() };
        Self { group: Some(group), ..Self::default() }
    }

    #[must_use]
    pub const fn late(mut self, is_late: bool) -> Self {
        self.is_late = is_late;
        self
    }

    #[must_use]
    pub const fn current(mut self, is_current: bool) -> Self {
        self.is_current = is_current;
        self
    }
}

/// What an empty list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nothing {
    pub title: String,
    pub how: String,
}

/// Cursor paging: nothing loads a whole table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// `已列50，共1,846件`
    pub shown: String,
    pub first: Option<String>,
    pub next: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub caption: Option<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub sum: Vec<Cell>,
    pub nothing: Nothing,
}

impl Table {
    pub fn new(columns: Vec<Column>, rows: Vec<Row>) -> Self {
        Self { columns, rows, ..Self::default() }
    }

    /// What it says when there is nothing, and what would fill it.
    #[must_use]
    pub fn or_nothing(mut self, title: impl Into<String>, how: impl Into<String>) -> Self {
        self.nothing = Nothing { title: title.into(), how: how.into() };
        self
    }

    #[must_use]
    pub fn with_sum(mut self, cells: Vec<Cell>) -> Self {
        self.sum = cells;
        self
    }

    #[must_use]
    pub fn captioned(mut self, caption: impl Into<String>) -> Self {
        self.caption = Some(caption.into());
        self
    }

    fn align(&self, index: usize) -> Align {
        self.columns.get(index).map_or(Align::Words, |column| column.align)
    }
}

/// The markup of a [`Table`].
#[derive(Template)]
#[template(path = "components/table.html")]
pub struct TablePart<'a> {
    pub lang: Lang,
    pub this_year: i16,
    pub csrf: &'a str,
    pub table: Table,
}

/// One cell; the first of a row names it.
#[derive(Template)]
#[template(path = "components/cell.html")]
struct CellPart<'a> {
    lang: Lang,
    this_year: i16,
    csrf: &'a str,
    cell: &'a Cell,
    align: Align,
    is_head: bool,
}

markup!(TablePart, CellPart);

impl TablePart<'_> {
    fn cell<'c>(&'c self, cell: &'c Cell, index: &usize) -> CellPart<'c> {
        CellPart {
            lang: self.lang,
            this_year: self.this_year,
            csrf: self.csrf,
            cell,
            align: self.table.align(*index),
            is_head: *index == 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(table: &Table) -> String {
        TablePart { lang: Lang::Zh, this_year: 2022, csrf: "tok", table: table.clone() }
            .render()
            .unwrap_or_default()
    }

    fn columns() -> Vec<Column> {
        vec![Column::words("单位"), Column::figures("在办"), Column::acts()]
    }

    #[test]
    fn an_empty_table_says_what_would_fill_it() {
        let mut table = Table::new(columns(), vec![]);
        table.nothing = Nothing { title: "没有".to_owned(), how: "会来的".to_owned() };
        let out = html(&table);
        assert!(out.contains("会来的"));
        assert!(!out.contains("<table"));
    }

    #[test]
    fn a_nought_opens_nothing_and_a_count_opens_its_list() {
        let row = |n| Row::of(vec![Cell::words("市住建局"), Cell::count(n, "/ledger?u=1")]);
        assert!(!html(&Table::new(columns(), vec![row(0)])).contains("/ledger"));
        assert!(html(&Table::new(columns(), vec![row(1_420)])).contains(">1,420</a>"));
    }

    #[test]
    fn the_first_cell_is_the_heading_of_its_row() {
        let out = html(&Table::new(columns(), vec![Row::of(vec![Cell::words("市住建局")])]));
        assert!(out.contains("<th scope=\"row\">市住建局</th>"), "{out}");
    }

    #[test]
    fn a_button_in_a_row_carries_the_token() {
        let act = Act::Post { label: "撤销".to_owned(), action: "/a".to_owned(), fields: vec![] };
        let out = html(&Table::new(columns(), vec![Row::of(vec![Cell::Acts(vec![act])])]));
        assert!(out.contains("name=\"csrf\" value=\"tok\""), "{out}");
    }

    #[test]
    fn no_data_is_a_dash() {
        let out = html(&Table::new(columns(), vec![Row::of(vec![Cell::words("")])]));
        assert!(out.contains('—'));
    }
}
