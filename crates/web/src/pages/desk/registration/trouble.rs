//! What is wrong with a draft, as a sentence that says what to do.

use bihuan_documents::draft::{Field, ReadAs, Trouble};

use crate::i18n::{Key, Lang};

pub fn field_name(lang: Lang, field: Field) -> String {
    let Key(key) = match field {
        Field::Number => Key("draft-field-number"),
        Field::Parent => Key("draft-field-parent"),
        Field::Task => Key("field-task"),
        Field::Goal => Key("field-goal"),
        Field::Class => Key("registration-class"),
        Field::Official => Key("field-official"),
        Field::LeadUnit => Key("registration-lead"),
        Field::CoUnits => Key("field-co"),
        Field::Person => Key("field-person"),
        Field::Due => Key("field-due-on"),
        Field::Source => Key("field-basis"),
        Field::Approver => Key("registration-approver"),
        Field::Note => Key("draft-field-note"),
    };
    lang.tr(key).into_owned()
}

/// How a day was read, where that is not plain.
pub fn read_as(lang: Lang, read_as: ReadAs) -> Option<String> {
    let Key(key) = match read_as {
        ReadAs::Stored | ReadAs::Written => return None,
        ReadAs::Serial => Key("draft-read-serial"),
        ReadAs::YearAdded => Key("draft-read-year-added"),
        ReadAs::PeriodEnd => Key("draft-read-period-end"),
        ReadAs::PeriodEndYearAdded => Key("draft-read-period-end-year-added"),
    };
    Some(lang.tr(key).into_owned())
}

/// A, B, C … as spreadsheets count.
pub fn column_letters(at: usize) -> String {
    let letter = |of: usize| char::from(b'A' + u8::try_from(of % 26).unwrap_or_default());
    match at {
        0..26 => letter(at).to_string(),
        _ => [letter(at / 26 - 1), letter(at)].iter().collect(),
    }
}

pub fn say(lang: Lang, trouble: &Trouble) -> String {
    let name = |field: &Field| field_name(lang, *field);
    let and = |list: &[String]| list.join(&lang.tr("registration-and"));
    let rows = |list: &[u64]| {
        let rows: Vec<String> = list.iter().map(u64::to_string).collect();
        and(&rows)
    };
    let row = |row: &u64| row.to_string();
    match trouble {
        Trouble::HeaderMissing => lang.tr("draft-header-missing").into_owned(),
        Trouble::ColumnMissing { field } => lang.trn("draft-column-missing", "field", name(field)),
        Trouble::ColumnTwice { field, first } => lang
            .say("draft-column-twice")
            .with("field", name(field))
            .with("column", column_letters(*first))
            .to_string(),
        Trouble::NoSuchColumn { field } => lang.trn("draft-no-such-column", "field", name(field)),
        Trouble::RowUnreadable(fault) => lang.pick(&fault.sentence()).to_owned(),
        Trouble::Blank { field } => lang.trn("draft-blank", "field", name(field)),
        Trouble::TooLong { field, limit, found } => lang
            .say("draft-too-long")
            .with("field", name(field))
            .with("limit", *limit)
            .with("found", *found)
            .to_string(),
        Trouble::Classified { found } => lang.trn("draft-classified", "marking", found.as_str()),
        Trouble::Merged { field, first_row, last_row } => lang
            .say("draft-merged")
            .with("field", name(field))
            .with("first", row(first_row))
            .with("last", row(last_row))
            .to_string(),
        Trouble::MergedNotTaken { field, first_row, last_row } => lang
            .say("draft-merged-not-taken")
            .with("field", name(field))
            .with("first", row(first_row))
            .with("last", row(last_row))
            .to_string(),
        Trouble::ClassUnknown { written } => {
            lang.trn("draft-class-unknown", "written", written.as_str())
        }
        Trouble::UnitUnknown { written, nearest } if nearest.is_empty() => {
            lang.trn("draft-unit-unknown", "written", written.as_str())
        }
        Trouble::UnitUnknown { written, nearest } => lang
            .say("draft-unit-unknown-near")
            .with("written", written.as_str())
            .with("nearest", and(nearest))
            .to_string(),
        Trouble::UnitAmbiguous { written, names } => lang
            .say("draft-unit-ambiguous")
            .with("written", written.as_str())
            .with("names", and(names))
            .to_string(),
        Trouble::TooManyUnits { limit } => lang.trn("draft-too-many-units", "limit", *limit),
        Trouble::DayUnreadable { written } => {
            lang.trn("draft-day-unreadable", "written", written.as_str())
        }
        Trouble::NoSuchDay { written } => {
            lang.trn("draft-no-such-day", "written", written.as_str())
        }
        Trouble::DuePast { date } => lang.trn("draft-due-past", "date", date.to_string()),
        Trouble::Duplicate { first_row } => lang.trn("draft-duplicate", "row", row(first_row)),
        Trouble::ParentUnknown { written } => {
            lang.trn("draft-parent-unknown", "written", written.as_str())
        }
        Trouble::ParentAmbiguous { written, rows: found } => lang
            .say("draft-parent-ambiguous")
            .with("written", written.as_str())
            .with("rows", rows(found))
            .to_string(),
        Trouble::ParentCircle { rows: found } => {
            lang.trn("draft-parent-circle", "rows", rows(found))
        }
        Trouble::NoDecision => lang.tr("draft-no-decision").into_owned(),
        Trouble::BareWord { word } => lang.trn("draft-bare-word", "word", word.as_str()),
        Trouble::DueDayOff { date, holiday: None } => {
            lang.trn("draft-due-weekend", "date", date.to_string())
        }
        Trouble::DueDayOff { date, holiday: Some(holiday) } => lang
            .say("draft-due-holiday")
            .with("date", date.to_string())
            .with("holiday", holiday.as_str())
            .to_string(),
        Trouble::DueYearUnknown { year } => {
            lang.trn("draft-due-year-unknown", "year", year.to_string())
        }
        Trouble::SeveralLeadUnits { taken, others } => lang
            .say("draft-several-lead-units")
            .with("taken", taken.as_str())
            .with("others", and(others))
            .to_string(),
        Trouble::UnitTwice { written } => lang.trn("draft-unit-twice", "written", written.as_str()),
        Trouble::ClassByDue { written } => {
            lang.trn("draft-class-by-due", "written", written.as_str())
        }
        Trouble::SeveralDays { taken, others } => lang
            .say("draft-several-days")
            .with("taken", taken.as_str())
            .with("others", and(others))
            .to_string(),
        Trouble::NotFound { field } => lang.trn("draft-not-found", "field", name(field)),
        Trouble::AutoNumbered => lang.tr("draft-auto-numbered").into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_in_a_spreadsheet() {
        for (at, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (59, "BH")] {
            assert_eq!(column_letters(at), letters);
        }
    }

    #[test]
    fn an_unknown_unit_is_said_with_those_that_may_be_meant() {
        let trouble = Trouble::UnitUnknown {
            written: "水力局".to_owned(),
            nearest: vec!["市水利局".to_owned(), "市电力局".to_owned()],
        };
        let words = say(Lang::Zh, &trouble);
        assert!(words.contains("水力局") && words.contains("市水利局、市电力局"), "{words}");
    }
}
