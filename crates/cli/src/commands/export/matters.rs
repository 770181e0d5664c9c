//! Matters as a table. Who reported is not in the rows this is made from.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};

use bihuan_app::queries::MatterRow;
use bihuan_app::{App, Rules};
use bihuan_documents::table_out::{Cell, Column, Format, Kind, OutFault, Sheet, TableOut};
use bihuan_domain::instant::Instant;
use bihuan_store::read::{Filter, Order};
use bihuan_web::i18n::Lang;
use jiff::civil::Date;

use super::Args;
use crate::failure::{Failure, Result};
use crate::{say, wire};

const PAGE: u32 = 1000;

/// Key, title, kind.
const COLUMNS: [(&str, &str, Kind); 24] = [
    ("number", "编号 Number", Kind::Word),
    ("stage", "环节 Stage", Kind::Word),
    ("source", "来源 Source", Kind::Word),
    ("class", "大类 Class", Kind::Word),
    ("item", "事项 Item", Kind::Word),
    ("urgency", "缓急 Urgency", Kind::Word),
    ("grid", "网格 Grid", Kind::Word),
    ("place", "点位 Place", Kind::Word),
    ("lead_unit", "主办单位 Lead unit", Kind::Word),
    ("filed_at", "受理时间 Filed", Kind::DateTime),
    ("signed_at", "签收时间 Signed", Kind::DateTime),
    ("submitted_at", "反馈时间 Submitted", Kind::DateTime),
    ("due_at", "到期时间 Due", Kind::DateTime),
    ("closed_at", "办结时间 Closed", Kind::DateTime),
    ("closed_late", "逾期办结 Closed late", Kind::Integer),
    ("rating", "评价 Rating", Kind::Word),
    ("returns", "退回次数 Returns", Kind::Integer),
    ("extensions", "延期次数 Extensions", Kind::Integer),
    ("origin", "来源系统 Origin", Kind::Word),
    ("origin_id", "原编号 Id there", Kind::Word),
    ("class_given", "原类别 Class given", Kind::Word),
    ("unit_given", "原单位 Unit given", Kind::Word),
    ("address", "地址 Address", Kind::Text),
    ("words", "内容 Words", Kind::Text),
];

pub(super) async fn write(app: &App, args: &Args, format: Format) -> Result {
    let sheet = Sheet {
        title: "事项 Matters".to_owned(),
        columns: COLUMNS
            .map(|(key, title, kind)| Column { key: key.to_owned(), title: title.to_owned(), kind })
            .to_vec(),
        made_at: app.now().civil(),
    };
    let sink: Box<dyn Write + Send> = match &args.output {
        Some(path) => Box::new(BufWriter::new(
            File::create(path).map_err(|fault| Failure::file("the table", path, fault))?,
        )),
        None => Box::new(BufWriter::new(io::stdout())),
    };
    let mut table = TableOut::start(format, &sheet, sink).map_err(out)?;
    let rules = app.rules();
    let mut count = 0_u64;
    each(app, &filter(args), |row| {
        count += 1;
        table.row(&cells(&rules, &row)).map_err(out)
    })
    .await?;
    table.finish().map_err(out)?.flush().map_err(|fault| out(fault.into()))?;
    say::note(format_args!("{count} matters"));
    Ok(())
}

/// Every matter's row by its id.
pub(in crate::commands) async fn all(app: &App) -> Result<BTreeMap<String, MatterRow>> {
    let mut rows = BTreeMap::new();
    each(app, &Filter::default(), |row| {
        rows.insert(row.matter.clone(), row);
        Ok(())
    })
    .await?;
    Ok(rows)
}

async fn each(app: &App, filter: &Filter, mut take: impl FnMut(MatterRow) -> Result) -> Result {
    let reach = app.reach(&wire::caller());
    let mut after = None;
    loop {
        let page = app
            .store()
            .matters(app.county(), &reach, filter, Order::Filed, after.as_ref(), PAGE)
            .await?;
        page.rows.into_iter().try_for_each(&mut take)?;
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(()),
        }
    }
}

fn filter(args: &Args) -> Filter {
    let start = |date: Date| Instant::from_civil(date.at(0, 0, 0, 0)).micros();
    let bounded = args.from.is_some() || args.to.is_some();
    let filed = (args.from.map_or(i64::MIN, start), args.to.map_or(i64::MAX, start));
    Filter {
        open: args.open.then_some(true),
        filed: bounded.then_some(filed),
        stages: args.stage.clone(),
        class: args.class.clone(),
        lead_unit: args.unit.clone(),
        grid: args.grid.clone(),
        origin: args.origin.clone(),
        ..Filter::default()
    }
}

fn cells(rules: &Rules, row: &MatterRow) -> Vec<Cell> {
    let open_words = row.confidential == 0;
    let unit = row.lead_unit.as_deref().map(|code| rules.unit_name(code).zh);
    vec![
        word(Some(&row.number)),
        said("stage", Some(&row.stage)),
        said("source", Some(&row.source)),
        word(row.class.as_ref()),
        word(row.item.as_ref()),
        said("urgency", Some(&row.urgency)),
        word(row.grid.as_ref()),
        word(row.place.as_ref()),
        word(unit.as_ref()),
        at(Some(row.filed_us)),
        at(row.signed_us),
        at(row.submitted_us),
        at(row.due_us),
        at(row.closed_us),
        Cell::Integer(row.closed_late),
        said("rating", row.rating.as_ref()),
        Cell::Integer(row.returns),
        Cell::Integer(row.extensions),
        word(row.origin.as_ref()),
        word(row.origin_id.as_ref()),
        word(row.class_given.as_ref()),
        word(row.unit_given.as_ref()),
        word(row.address.as_ref().filter(|_| open_words)),
        word(row.words.as_ref().filter(|_| open_words)),
    ]
}

fn word(text: Option<&String>) -> Cell {
    text.map_or(Cell::Empty, |text| Cell::Text(text.clone()))
}

/// The word people read for a code.
fn said(family: &str, code: Option<&String>) -> Cell {
    code.map_or(Cell::Empty, |code| Cell::Text(Lang::Zh.code_of(family, code).into_owned()))
}

fn at(micros: Option<i64>) -> Cell {
    micros.map_or(Cell::Empty, |micros| Cell::DateTime(Instant::from_micros(micros).civil()))
}

fn out(fault: OutFault) -> Failure {
    Failure::Broken(fault.to_string())
}
