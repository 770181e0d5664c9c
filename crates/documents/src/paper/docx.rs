//! A paper as DOCX, for going on in WPS or Word: the same blocks on the same
//! page, in the standard's own faces by name. Where a line falls is the
//! office suite's; the PDF is what counts.

use bihuan_domain::paper::{Block, Layout};
use docx_rs::{
    AlignmentType, BorderType, DocGrid, DocGridType, Docx, FieldCharType, Footer, InstrText,
    LineSpacing, LineSpacingType, PageMargin, Paragraph, ParagraphBorder, ParagraphBorderPosition,
    ParagraphBorders, ParagraphProperty, Run, RunFonts, SpecialIndentType, Tab, TabValueType,
    Table, TableCell, TableLayoutType, TableRow, WidthType,
};

use super::fonts::{Role, office_name};
use super::layout::{BLOCK, BODY, CHARACTERS, LEFT, LINES, PAGE, SMALL, TITLE, TOP, twips};
use super::{Paper, PaperError, column_shares, date_words, halves, printable};

const RED: &str = "FF0000";
const GREY: &str = "808080";

pub fn docx(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let mut file = page();
    if paper.layout == Layout::Letter {
        // 10.1: a letter's first page has no number.
        file = file.first_footer(Footer::new().add_paragraph(Paragraph::new()));
    }
    if let Some((_, words)) = paper.state.words() {
        file = file.add_paragraph(centred(run(Role::Hei, SMALL, words)));
    }
    file = head(file, paper);
    file = body(file, paper);
    file = signature(file, paper);
    file = record(file, paper);
    let mut bytes = std::io::Cursor::new(Vec::new());
    let packed = file.build().pack(&mut bytes);
    packed.map_err(|fault| PaperError::Write(fault.to_string()))?;
    Ok(bytes.into_inner())
}

fn pitch() -> i32 {
    twips(BLOCK.1 / f64::from(LINES))
}

fn advance() -> i32 {
    twips(BLOCK.0 / f64::from(CHARACTERS))
}

fn half_points(size: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "type sizes are small and positive"
    )]
    let size = (size * 2.0).round() as usize;
    size
}

/// A4 with the margins and the grid of 22 lines of 28 characters.
fn page() -> Docx {
    let margin = PageMargin::new()
        .top(twips(TOP))
        .left(twips(LEFT))
        .bottom(twips(PAGE.1 - TOP - BLOCK.1))
        .right(twips(PAGE.0 - LEFT - BLOCK.0))
        .header(twips(15.0))
        .footer(twips(PAGE.1 - TOP - BLOCK.1 - 10.0));
    let pitch = usize::try_from(pitch()).unwrap_or_default();
    let grid = DocGrid::new().grid_type(DocGridType::LinesAndChars).line_pitch(pitch);
    let side = |millimetres| u32::try_from(twips(millimetres)).unwrap_or_default();
    let mut file = Docx::new()
        .page_size(side(PAGE.0), side(PAGE.1))
        .page_margin(margin)
        .default_fonts(fonts(Role::Body))
        .default_size(half_points(BODY))
        .footer(page_number(AlignmentType::Right))
        .even_footer(page_number(AlignmentType::Left));
    // A character takes 15.8 points where the type is 16: the difference in
    // 1/4096 of a point, as the format counts it.
    let narrower = (f64::from(advance()) / 20.0 - BODY) * 4096.0;
    #[expect(clippy::cast_possible_truncation, reason = "less than a point")]
    let grid = grid.char_space(narrower.round() as isize);
    file.document.section_property = file.document.section_property.clone().doc_grid(grid);
    file
}

fn page_number(side: AlignmentType) -> Footer {
    let field = Run::new()
        .add_field_char(FieldCharType::Begin, false)
        .add_instr_text(InstrText::PAGE(docx_rs::InstrPAGE::new()))
        .add_field_char(FieldCharType::Separate, false)
        .add_text("1")
        .add_field_char(FieldCharType::End, false);
    let dress = |run: Run| run.size(half_points(SMALL)).fonts(fonts(Role::Song));
    let number = Paragraph::new()
        .align(side)
        .indent(Some(twips(5.0)), None, Some(twips(5.0)), None)
        .add_run(dress(Run::new().add_text("— ")))
        .add_run(dress(field))
        .add_run(dress(Run::new().add_text(" —")));
    Footer::new().add_paragraph(number)
}

fn fonts(role: Role) -> RunFonts {
    let name = office_name(role);
    RunFonts::new().east_asia(name).ascii(name).hi_ansi(name)
}

fn run(role: Role, size: f64, words: &str) -> Run {
    Run::new().add_text(printable(words)).size(half_points(size)).fonts(fonts(role))
}

fn line() -> Paragraph {
    let spacing = LineSpacing::new().line_rule(LineSpacingType::Exact).line(pitch());
    Paragraph::new().line_spacing(spacing)
}

fn centred(run: Run) -> Paragraph {
    line().align(AlignmentType::Center).add_run(run)
}

fn indented(run: Run) -> Paragraph {
    let two = SpecialIndentType::FirstLine(2 * advance());
    line().indent(None, Some(two), None, None).add_run(run)
}

fn blank(file: Docx, lines: usize) -> Docx {
    (0..lines).fold(file, |file, _| file.add_paragraph(line()))
}

fn bordered(paragraph: Paragraph, position: ParagraphBorderPosition, rule: Rule) -> Paragraph {
    let border = ParagraphBorder::new(position)
        .val(rule.kind)
        .size(rule.eighths)
        .space(rule.space)
        .color(rule.color);
    let Paragraph { property, .. } = paragraph.clone();
    let borders = ParagraphBorders::with_empty().set(border);
    let property: ParagraphProperty = property.set_borders(borders);
    Paragraph { property, ..paragraph }
}

/// A line under or over a paragraph, its thickness in eighths of a point.
struct Rule {
    kind: BorderType,
    eighths: usize,
    space: usize,
    color: &'static str,
}

const RED_RULE: Rule = Rule { kind: BorderType::Single, eighths: 12, space: 11, color: RED };
const DOUBLE_RULE: Rule =
    Rule { kind: BorderType::ThickThinSmallGap, eighths: 24, space: 11, color: RED };
/// 0.35 mm
const THICK: Rule = Rule { kind: BorderType::Single, eighths: 8, space: 1, color: "000000" };
/// 0.25 mm
const THIN: Rule = Rule { kind: BorderType::Single, eighths: 6, space: 1, color: "000000" };

fn head(file: Docx, paper: &Paper) -> Docx {
    let haste = paper.haste.map(|haste| run(Role::Hei, BODY, haste.words()));
    let number = run(Role::Body, BODY, &paper.number_words());
    // The mark's size depends on its length: it must stay on one line.
    #[expect(clippy::cast_precision_loss, reason = "a mark is short")]
    let fitting = BLOCK.0 / 25.4 * 72.0 * 0.95 / paper.mark.chars().count().max(1) as f64;
    let mark = |most: f64| {
        let words = run(Role::Title, fitting.min(most).floor(), &paper.mark).color(RED);
        Paragraph::new().align(AlignmentType::Center).add_run(words)
    };
    if paper.layout == Layout::Letter {
        let file =
            file.add_paragraph(bordered(mark(48.0), ParagraphBorderPosition::Bottom, DOUBLE_RULE));
        let row = line().add_tab(Tab::new().val(TabValueType::Right).pos(width()));
        let row = haste.into_iter().fold(row, Paragraph::add_run);
        return blank(file.add_paragraph(row.add_run(Run::new().add_tab()).add_run(number)), 2);
    }
    let mut file = match haste {
        Some(haste) => blank(file.add_paragraph(line().add_run(haste)), 2),
        None => blank(file, 3),
    };
    file = blank(file.add_paragraph(mark(62.0)), 2);
    let row = match &paper.signer {
        None => line().align(AlignmentType::Center).add_run(number),
        Some(signer) => line()
            .indent(Some(advance()), None, Some(advance()), None)
            .add_tab(Tab::new().val(TabValueType::Right).pos(width()))
            .add_run(number)
            .add_run(Run::new().add_tab())
            .add_run(run(Role::Body, BODY, "签发人："))
            .add_run(run(Role::Kai, BODY, signer)),
    };
    blank(file.add_paragraph(bordered(row, ParagraphBorderPosition::Bottom, RED_RULE)), 2)
}

fn width() -> usize {
    usize::try_from(twips(BLOCK.0)).unwrap_or_default()
}

fn body(mut file: Docx, paper: &Paper) -> Docx {
    for words in paper.title_lines() {
        file = file.add_paragraph(centred(run(Role::Title, TITLE, &words)));
    }
    let addressees = paper.addressee_words();
    if !addressees.is_empty() {
        let words = run(Role::Body, BODY, &addressees);
        file = blank(file, 1).add_paragraph(line().add_run(words));
    }
    for block in &paper.body.0 {
        file = match block {
            Block::Heading { level, text } => {
                let role = match level {
                    1 => Role::Hei,
                    2 => Role::Kai,
                    _ => Role::Body,
                };
                let depth = usize::from(level.saturating_sub(1));
                file.add_paragraph(
                    indented(run(role, BODY, text)).keep_next(true).outline_lvl(depth),
                )
            }
            Block::Paragraph(text) => file.add_paragraph(indented(run(Role::Body, BODY, text))),
            Block::Table { columns, rows } => file.add_table(sheet(columns, rows)),
        };
    }
    file
}

fn sheet(columns: &[String], rows: &[Vec<String>]) -> Table {
    let shares = column_shares(columns, rows);
    let all: usize = shares.iter().sum();
    let widths: Vec<usize> = shares.iter().map(|share| width() * share / all.max(1)).collect();
    let row = |cells: &[String], role: Role| {
        let cells = cells.iter().zip(&widths).map(|(words, width)| {
            let words = Paragraph::new().add_run(run(role, 12.0, words));
            TableCell::new().width(*width, WidthType::Dxa).add_paragraph(words)
        });
        TableRow::new(cells.collect()).cant_split()
    };
    let head = row(columns, Role::Hei);
    let rows = rows.iter().map(|cells| row(cells, Role::Body));
    Table::new(std::iter::once(head).chain(rows).collect())
        .set_grid(widths.clone())
        .layout(TableLayoutType::Fixed)
        .width(width(), WidthType::Dxa)
}

fn signature(mut file: Docx, paper: &Paper) -> Docx {
    if !paper.attachments.is_empty() {
        file = blank(file, 1);
    }
    for (index, (label, name)) in paper.attachment_words().into_iter().enumerate() {
        // "附件：" is three characters wide; later names stand under the first.
        let left = if index == 0 { 2 } else { 5 };
        let words = run(Role::Body, BODY, &format!("{label}{name}"));
        let place = line().indent(Some(left * advance()), None, None, None);
        file = file.add_paragraph(place.add_run(words));
    }
    let right = |characters: i32, words: Run| {
        let place = line().align(AlignmentType::Right);
        place.indent(None, None, Some(characters * advance()), None).add_run(words)
    };
    file = blank(file, 1);
    if paper.sealed {
        let place = run(Role::Body, 9.0, "（此处加盖印章）").color(GREY);
        file = file.add_paragraph(right(4, place).keep_next(true));
    }
    let unit = run(Role::Body, BODY, &paper.issuer);
    let date = run(Role::Body, BODY, &paper.date_words());
    let (unit_right, date_right) = if paper.sealed { (centring(paper), 4) } else { (2, 2) };
    file = file
        .add_paragraph(right(unit_right, unit).keep_next(true))
        .add_paragraph(right(date_right, date));
    match &paper.note {
        Some(note) => file.add_paragraph(indented(run(Role::Body, BODY, &format!("（{note}）")))),
        None => file,
    }
}

/// Characters the unit's name stands from the right to be centred over the
/// date, whose digits are half as wide.
fn centring(paper: &Paper) -> i32 {
    let over = halves(&paper.issuer).saturating_sub(halves(&paper.date_words()));
    4 - i32::try_from(over / 4).unwrap_or(4).min(4)
}

/// 版记. It follows the text: where the last page ends is the office suite's.
fn record(mut file: Docx, paper: &Paper) -> Docx {
    let letter = paper.layout == Layout::Letter;
    let row = |words: String| {
        let edge = Some(twips(5.0));
        line().indent(edge, None, edge, None).add_run(run(Role::Body, SMALL, &words))
    };
    file = blank(file, 1);
    let copies = paper.copy_words().map(|copies| row(format!("抄送：{copies}")));
    let printed = paper.printed.as_ref().filter(|_| !letter).map(|printed| {
        let date = format!("{}印发", date_words(printed.date));
        row(printed.office.clone())
            .add_tab(Tab::new().val(TabValueType::Right).pos(width()))
            .add_run(Run::new().add_tab())
            .add_run(run(Role::Body, SMALL, &date))
    });
    for (place, paragraph) in [copies, printed].into_iter().flatten().enumerate() {
        let paragraph = match (letter, place) {
            (true, _) => paragraph,
            (false, 0) => bordered(paragraph, ParagraphBorderPosition::Top, THICK),
            (false, _) => bordered(paragraph, ParagraphBorderPosition::Top, THIN),
        };
        file = file.add_paragraph(paragraph);
    }
    if !letter && (paper.printed.is_some() || !paper.copies.is_empty()) {
        let end = bordered(Paragraph::new(), ParagraphBorderPosition::Top, THICK);
        file = file.add_paragraph(end);
    }
    match &paper.verification {
        Some(address) => {
            let words = run(Role::Song, 9.0, &format!("核验：{address}"));
            file.add_paragraph(Paragraph::new().add_run(words))
        }
        None => file,
    }
}
