use bihuan_documents::draft::Trouble;
use bihuan_domain::matter::{Source, Urgency};
use jiff::civil::date;

use super::{on, refused, w};
use crate::golden::Sample;
use crate::i18n::Lang;
use crate::pages::desk::registration::record::{
    Decision, RecordPreview, RecordStart, meeting_fields,
};
use crate::pages::desk::registration::table::{Column, Row, TablePreview, TableStart};
use crate::pages::desk::registration::trouble::{field_name, say};
use crate::pages::desk::registration::{
    Mend, Offered, Said, TaskPage, common_fields, record, table, task_form,
};
use crate::sample;
use crate::shell::Shell;
use crate::view::field::Choice;
use crate::view::form::Entered;

pub(super) fn samples(lang: Lang) -> Vec<Sample> {
    vec![
        Sample::of("desk-registration-task", &task(lang)),
        Sample::of("desk-registration-task-refused", &task_refused(lang)),
        Sample::of("desk-registration-table", &table_start(lang)),
        Sample::of("desk-registration-table-preview", &table_preview(lang)),
        Sample::of("desk-registration-record", &record_start(lang)),
        Sample::of("desk-registration-record-preview", &record_preview(lang)),
    ]
}

fn shell(lang: Lang, path: &str) -> Shell {
    sample::desk(lang, path, "nav-matters")
}

fn sources(lang: Lang) -> Vec<Choice> {
    let source = |one: Source| Choice::new(one.code(), lang.code_of("source", one.code()));
    [Source::Meeting, Source::Paper, Source::LeaderNote].map(source).to_vec()
}

fn offered(lang: Lang) -> Offered {
    let kind = |one: Urgency| Choice::new(one.code(), lang.code_of("urgency", one.code()));
    Offered {
        units: vec![
            Choice::new("water", w(lang, "市水利局", "Water Resources Bureau")),
            Choice::new("housing", w(lang, "市住房和城乡建设局", "Housing Bureau")),
        ],
        sources: sources(lang),
        kinds: [Urgency::Ordinary, Urgency::Major, Urgency::Continuing].map(kind).to_vec(),
        duties: vec![Choice::new(
            "village-roads",
            w(lang, "巡查村内道路和路灯", "Walk village roads and lamps"),
        )],
    }
}

fn task(lang: Lang) -> TaskPage {
    let form = task_form(lang, "0190", offered(lang), &Entered::default());
    TaskPage { form, doubts: Vec::new(), refused: None, shell: shell(lang, "/supervision/new") }
}

fn unknown_unit(lang: Lang) -> String {
    let written = w(lang, "水力局", "Watre Bureau");
    say(lang, &Trouble::UnitUnknown { written, nearest: vec![w(lang, "市水利局", "Water Bureau")] })
}

fn task_refused(lang: Lang) -> TaskPage {
    let values = [
        ("words", w(lang, "城区积水点改造8处", "Mend eight flooded spots")),
        ("co", w(lang, "水力局", "Watre Bureau")),
        ("due_on", "2022-10-02".to_owned()),
    ];
    let values = values.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let errors = vec![("co".to_owned(), unknown_unit(lang))];
    let form = task_form(lang, "0190", offered(lang), &Entered { values, errors });
    let holiday = Some(w(lang, "国庆节", "National Day"));
    let doubt = Trouble::DueDayOff { date: date(2022, 10, 2), holiday };
    TaskPage {
        form,
        doubts: vec![say(lang, &doubt)],
        refused: Some(refused(
            lang,
            ("没有登记", "Not registered"),
            ("改好标出的几处。", "Mend what is marked."),
        )),
        shell: shell(lang, "/supervision/new"),
    }
}

fn table_start(lang: Lang) -> TableStart {
    let form = table::start_form(lang, &Entered::default());
    TableStart { form, refused: None, shell: shell(lang, "/supervision/table") }
}

fn columns(lang: Lang) -> Vec<Column> {
    use bihuan_documents::draft::Field;
    let choices = || {
        let unused = Choice::new("-", lang.tr("registration-column-unused"));
        let fields = [Field::Task, Field::LeadUnit, Field::Due];
        let fields = fields.map(|field| Choice::new(field.code(), field_name(lang, field)));
        std::iter::once(unused).chain(fields).collect()
    };
    let column = |at: usize, heading: String, chosen: &str, samples: String| Column {
        name: format!("col-{at}"),
        letters: char::from(b'A' + at as u8).to_string(),
        heading,
        samples,
        chosen: chosen.to_owned(),
        choices: choices(),
        note: (chosen == "-").then(|| lang.tr("registration-column-unknown").into_owned()),
    };
    vec![
        column(0, w(lang, "工作任务", "Task"), "task", w(lang, "修复积水点", "Mend the spots")),
        column(1, w(lang, "责任单位", "Unit"), "lead-unit", w(lang, "水力局", "Watre Bureau")),
        column(2, w(lang, "目前进展", "So far"), "-", String::new()),
    ]
}

fn row(lang: Lang) -> Row {
    Row {
        row: 3,
        section: Some(w(lang, "一、汛后修复", "1. After the flood")),
        depth: 0,
        task: w(lang, "城区积水点改造8处", "Mend eight flooded spots"),
        more: vec![w(lang, "工作目标：汛前完工", "Goal: before the rains")],
        lead: w(lang, "市政养护中心", "Municipal Works Centre"),
        co: w(lang, "市水利局", "Water Resources Bureau"),
        class: lang.code_of("urgency", "major").into_owned(),
        due: Some(on(10, 31)),
        due_said: Some(w(lang, "原写“10月底”，按最近一个期末", "It says “end of Oct”")),
        people: vec![w(lang, "责任人：王某", "Person: Wang")],
        said: Vec::new(),
    }
}

fn table_preview(lang: Lang) -> TablePreview {
    let mend = Mend {
        name: "cell-4-1".to_owned(),
        label: lang.tr("registration-lead").into_owned(),
        value: w(lang, "水力局", "Watre Bureau"),
        near: vec![w(lang, "市水利局", "Water Bureau")],
    };
    let wrong = Row {
        row: 4,
        section: None,
        depth: 1,
        lead: String::new(),
        co: String::new(),
        due: None,
        due_said: None,
        more: Vec::new(),
        people: Vec::new(),
        said: vec![
            Said { is_error: true, words: unknown_unit(lang), mend: Some(mend) },
            Said {
                is_error: false,
                words: say(lang, &Trouble::BareWord { word: "机密".to_owned() }),
                mend: None,
            },
        ],
        ..row(lang)
    };
    TablePreview {
        command: "0190".to_owned(),
        sheet: "{\"rows\":[]}".to_owned(),
        header_row: "2".to_owned(),
        common: common_fields(lang, sources(lang), &Entered::default()),
        sections: Some(true),
        general: Vec::new(),
        columns: columns(lang),
        rows: vec![row(lang), wrong],
        tasks: 3,
        errors: 1,
        warnings: 1,
        refused: None,
        again: table::start_form(lang, &Entered::default()),
        shell: shell(lang, "/supervision/table"),
    }
}

fn record_start(lang: Lang) -> RecordStart {
    let form = record::start_form(lang, &Entered::default());
    RecordStart { form, refused: None, shell: shell(lang, "/supervision/record") }
}

fn decision(lang: Lang) -> Decision {
    let class = |one: Urgency| Choice::new(one.code(), lang.code_of("urgency", one.code()));
    Decision {
        row: 5,
        depth: 0,
        number: "一、".to_owned(),
        title: w(lang, "老旧小区改造年度收尾", "Finish the old estates"),
        text: None,
        is_kept: true,
        lead: w(lang, "市住房和城乡建设局", "Housing Bureau"),
        co: String::new(),
        due: "2022-10-14".to_owned(),
        due_said: Some(w(lang, "原写“10月14日”，没写年份", "It says “14 Oct”")),
        class: "major".to_owned(),
        classes: [Urgency::Ordinary, Urgency::Major].map(class).to_vec(),
        people: Vec::new(),
        said: Vec::new(),
    }
}

fn record_preview(lang: Lang) -> RecordPreview {
    let part = Decision {
        row: 6,
        depth: 1,
        number: "（一）".to_owned(),
        text: Some(w(lang, "12个小区外墙工程收尾。由水力局牵头。", "Twelve walls. By Watre.")),
        lead: w(lang, "水力局", "Watre Bureau"),
        said: vec![Said { is_error: true, words: unknown_unit(lang), mend: None }],
        ..decision(lang)
    };
    let left_out = Decision { row: 7, is_kept: false, due_said: None, ..decision(lang) };
    let values = vec![("title".to_owned(), w(lang, "第18次常务会议议定事项", "18th meeting"))];
    let entered = Entered { values, errors: Vec::new() };
    RecordPreview {
        command: "0190".to_owned(),
        text: "一、".to_owned(),
        lost: String::new(),
        meeting: meeting_fields(lang, sources(lang), &entered),
        general: Vec::new(),
        decisions: vec![decision(lang), part, left_out],
        units: vec![w(lang, "市水利局", "Water Resources Bureau")],
        others: vec![w(lang, "出席：张某", "Present: Zhang")],
        may_file: true,
        refused: None,
        again: record::start_form(lang, &Entered::default()),
        shell: shell(lang, "/supervision/record"),
    }
}
