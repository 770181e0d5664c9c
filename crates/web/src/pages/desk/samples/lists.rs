use super::{at, fine, late, on, refused, soon, w};
use crate::golden::Sample;
use crate::i18n::Lang;
use crate::pages::desk::worklist::{Counts, Group, Line, Next, SignMany, Worklist, sentence};
use crate::pages::desk::{Stop, Tab, ledger, map, search};
use crate::sample;
use crate::view::day::Day;
use crate::view::field::Choice;
use crate::view::form::Entered;
use crate::view::lamp::{Lamp, Shape};
use crate::view::table::{Cell, Pages};

pub(super) fn samples(lang: Lang) -> Vec<Sample> {
    vec![
        Sample::of("desk-worklist", &worklist(lang)),
        Sample::of("desk-worklist-empty", &worklist_empty(lang)),
        Sample::of("desk-sign-many", &sign_many(lang)),
        Sample::of("desk-search", &found(lang)),
        Sample::of("desk-search-nothing", &not_found(lang)),
        Sample::of("desk-ledger", &ledger(lang)),
        Sample::of("desk-map", &matters_map(lang)),
        Sample::of("desk-map-without-base", &map_without_base(lang)),
    ]
}

fn stops(lang: Lang, met: usize, open: Shape) -> Vec<Stop> {
    [("签收", "sign"), ("到场", "arrive"), ("修复", "repair"), ("核查", "check")]
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let shape = match index {
                _ if index < met => Shape::Done,
                _ if index == met => open,
                _ => Shape::NotBegun,
            };
            Stop::new(shape, w(lang, name.0, name.1))
        })
        .collect()
}

struct Row<'a> {
    number: &'a str,
    title: (&'a str, &'a str),
    place: (&'a str, &'a str),
    met: usize,
    next: Option<(&'a str, &'a str)>,
}

fn line(lang: Lang, lamp: Lamp, due: Day, row: &Row<'_>) -> Line {
    let href = format!("/m/{}", row.number);
    let next = match row.next {
        Some((zh, en)) => Next::Step { label: w(lang, zh, en), href: format!("{href}/act") },
        None => Next::Words(w(lang, "签收或退回", "sign or return")),
    };
    Line {
        number: row.number.to_owned(),
        title: w(lang, row.title.0, row.title.1),
        kind: w(lang, "网格案件", "grid case"),
        stops: stops(lang, row.met, lamp.shape),
        is_late: lamp.shape == Shape::Overdue,
        may_sign: row.met == 0,
        is_picked: false,
        lamp,
        due: Some(due),
        place: w(lang, row.place.0, row.place.1),
        next,
        href,
    }
}

fn late_lines(lang: Lang) -> Vec<Line> {
    vec![
        line(
            lang,
            late(lang, "逾期2天", "2 days overdue"),
            at(9, 26, 17, 30),
            &Row {
                number: "XY-220919-0077",
                title: ("兴华路中段三盏路灯常亮不灭", "Three lamps in Xinghua Road never go out"),
                place: ("兴华路，政法街社区", "Xinghua Road"),
                met: 2,
                next: Some(("补修复照片", "Add photos")),
            },
        ),
        line(
            lang,
            late(lang, "逾期4小时", "4 hours overdue"),
            at(9, 28, 10, 0),
            &Row {
                number: "XY-220927-0204",
                title: ("站前街配电箱门脱落", "A switch box door fell off in Zhanqian Street"),
                place: ("站前街，火车站社区", "Zhanqian Street"),
                met: 1,
                next: Some(("登记到场", "Record arrival")),
            },
        ),
    ]
}

fn soon_lines(lang: Lang) -> Vec<Line> {
    let today = || soon(lang, "今天17:30前", "by 17:30 today");
    vec![
        line(
            lang,
            today(),
            at(9, 28, 17, 30),
            &Row {
                number: "XY-220926-0118",
                title: ("安澜游园庭院灯损坏6盏", "Six garden lamps broken in Anlan garden"),
                place: ("安澜游园，安澜社区", "Anlan garden"),
                met: 2,
                next: Some(("申请办结", "Submit")),
            },
        ),
        line(
            lang,
            soon(lang, "明天09:20前", "by 09:20 tomorrow"),
            at(9, 29, 9, 20),
            &Row {
                number: "XY-220928-0231",
                title: ("成皋街施工断缆，半条街停亮", "Cable cut, half of Chenggao Street dark"),
                place: ("成皋街，成皋社区", "Chenggao Street"),
                met: 1,
                next: Some(("登记到场", "Record arrival")),
            },
        ),
    ]
}

fn sign_lines(lang: Lang) -> Vec<Line> {
    let by = || soon(lang, "今天18:00前签收", "sign by 18:00 today");
    let row = |number, title, place| Row { number, title, place, met: 0, next: None };
    vec![
        Line {
            is_picked: true,
            ..line(
                lang,
                by(),
                at(9, 28, 18, 0),
                &row(
                    "XY-220928-0255",
                    ("惠民巷路灯杆倾斜", "A lamp post leans in Huimin Lane"),
                    ("惠民巷，广场社区", "Huimin Lane"),
                ),
            )
        },
        line(
            lang,
            by(),
            at(9, 28, 18, 0),
            &row(
                "XY-220928-0259",
                ("科学大道辅道路灯晚亮40分钟", "Lamps of Kexue Avenue 40 minutes late"),
                ("科学大道，建业社区", "Kexue Avenue"),
            ),
        ),
    ]
}

fn calm_lines(lang: Lang) -> Vec<Line> {
    vec![
        line(
            lang,
            fine(lang, "还有2天", "2 days left"),
            at(9, 30, 17, 30),
            &Row {
                number: "XY-220922-0187",
                title: ("平安社区楼间路灯线路老化", "Old lamp cables in Ping'an community"),
                place: ("平安社区", "Ping'an"),
                met: 2,
                next: Some(("登记进展", "Record progress")),
            },
        ),
        line(
            lang,
            fine(lang, "还有10天", "10 days left"),
            at(10, 8, 17, 30),
            &Row {
                number: "XY-220926-0145",
                title: ("永安街路灯杆喷涂小广告", "Adverts sprayed on lamp posts"),
                place: ("永安街，永安街社区", "Yong'an Street"),
                met: 1,
                next: Some(("登记到场", "Record arrival")),
            },
        ),
    ]
}

fn worklist(lang: Lang) -> Worklist {
    let group = |lamp: Option<Lamp>, name: (&str, &str), count: (&str, &str), lines| Group {
        lamp,
        name: w(lang, name.0, name.1),
        count: w(lang, count.0, count.1),
        lines,
    };
    let tab = |zh: &str, en: &str, count: u64, href: &str| Tab::new(w(lang, zh, en), count, href);
    let counts = Counts { open: 30, late: 2, soon: 5, on_track: 19, to_sign: 4, today: 11 };
    Worklist {
        shell: sample::desk(lang, "/worklist", "nav-worklist"),
        say: sentence(lang, &counts),
        tabs: vec![
            tab("全部", "All", 30, "/worklist").current(),
            tab("待签收", "To sign", 4, "/worklist?tab=sign"),
            tab("等我补佐证", "Evidence wanted", 3, "/worklist?tab=evidence"),
            tab("等批", "Waiting for approval", 2, "/worklist?tab=approval"),
            tab("协办", "Co-handling", 6, "/worklist?tab=co"),
        ],
        groups: vec![
            group(Some(late(lang, "逾期", "Overdue")), ("", ""), ("2件", "2"), late_lines(lang)),
            group(
                Some(soon(lang, "今天和明天到期", "Due today and tomorrow")),
                ("", ""),
                ("5件", "5"),
                soon_lines(lang),
            ),
            group(
                None,
                ("待签收", "To sign"),
                ("4件，签收前可退回1次", "4, may be returned once before signing"),
                sign_lines(lang),
            ),
            group(
                Some(fine(lang, "在限", "On track")),
                ("", ""),
                ("19件，先列最近的2件", "19, the nearest 2 first"),
                calm_lines(lang),
            ),
        ],
        pages: Pages {
            shown: w(lang, "已列8件，共30件", "8 of 30 listed"),
            first: None,
            next: Some("/worklist?after=x".to_owned()),
        },
        signable: 2,
        done: None,
        refused: Some(refused(
            lang,
            ("XY-220928-0261 没有签收", "XY-220928-0261 was not signed"),
            ("刚被调度员收回，已不在本单位。", "The dispatcher has just taken it back."),
        )),
    }
}

fn worklist_empty(lang: Lang) -> Worklist {
    Worklist {
        groups: Vec::new(),
        pages: Pages::default(),
        signable: 0,
        refused: None,
        say: sentence(lang, &Counts::default()),
        ..worklist(lang)
    }
}

fn sign_many(lang: Lang) -> SignMany {
    SignMany {
        shell: sample::desk(lang, "/worklist/sign", "nav-worklist"),
        lines: sign_lines(lang),
        commands: vec!["c1".to_owned(), "c2".to_owned()],
    }
}

fn one_unit(lang: Lang) -> Vec<Choice> {
    vec![Choice::new("lamps", w(lang, "市城市照明中心", "City lighting centre"))]
}

fn one_town(lang: Lang) -> Vec<Choice> {
    vec![Choice::new("suohe", w(lang, "索河街道", "Suohe"))]
}

fn stages(lang: Lang) -> Vec<Choice> {
    vec![Choice::new("handling", lang.code_of("stage", "handling"))]
}

fn found(lang: Lang) -> search::Search {
    let offered =
        search::Offered { units: one_unit(lang), towns: one_town(lang), stages: stages(lang) };
    let entered =
        Entered { values: vec![("words".to_owned(), "路灯".to_owned())], errors: Vec::new() };
    search::Search {
        shell: sample::desk(lang, "/search?words=x", "nav-matters"),
        asked: "路灯".to_owned(),
        is_asked: true,
        say: search::sentence(lang, 38),
        filters: search::filter_form(lang, offered, &entered),
        phone: Some(search::phone_form(lang)),
        found: vec![search::Found {
            number: "XY-220921-0316".to_owned(),
            href: "/m/XY-220921-0316".to_owned(),
            title: w(lang, "柳园路南段连续五盏路灯不亮", "Five lamps out in Liuyuan Road"),
            excerpt: w(lang, "…往南连着五盏路灯都不亮…", "…five lamps are out…"),
            lamp: soon(lang, "明天17:30前", "by 17:30 tomorrow"),
            place: w(lang, "柳园路，安澜社区", "Liuyuan Road"),
            unit: w(lang, "市城市照明中心", "City lighting centre"),
            filed: at(9, 21, 20, 16),
        }],
        pages: Pages {
            shown: w(lang, "已列1件，共38件", "1 of 38 listed"),
            first: None,
            next: Some("/search?words=x&after=y".to_owned()),
        },
        refused: None,
    }
}

fn not_found(lang: Lang) -> search::Search {
    search::Search {
        say: search::sentence(lang, 0),
        phone: None,
        found: Vec::new(),
        pages: Pages::default(),
        refused: Some(refused(
            lang,
            ("一个字太少", "One character is too little"),
            ("至少写两个汉字，或写编号。", "Give at least two characters, or a number."),
        )),
        ..found(lang)
    }
}

fn ledger_row(
    lang: Lang,
    number: &str,
    title: (&str, &str),
    lamp: Lamp,
    due: Day,
) -> ledger::LedgerRow {
    ledger::LedgerRow {
        is_late: lamp.shape == Shape::Overdue,
        cells: vec![
            Cell::link_two(w(lang, title.0, title.1), format!("/m/{number}"), number),
            Cell::lamp(lamp),
            Cell::Day(due),
            Cell::words(w(lang, "市政设施", "Public works")),
            Cell::words(w(lang, "索河街道", "Suohe")),
            Cell::words(w(lang, "市城市照明中心", "City lighting centre")),
            Cell::Day(on(9, 21)),
            Cell::words(lang.code_of("stage", "handling")),
        ],
    }
}

fn ledger(lang: Lang) -> ledger::Ledger {
    let counts = ledger::Counts { filed: 1_210, closed: 980, elsewhere: 41, open: 189 };
    let kept = || vec![("town".to_owned(), "suohe".to_owned())];
    let offered = ledger::Offered {
        lamps: vec![Choice::new("overdue", lang.tr("lamp-overdue"))],
        stages: stages(lang),
        sources: vec![Choice::new("snapshot", lang.code_of("source", "snapshot"))],
        classes: vec![Choice::new("works", w(lang, "市政设施", "Public works"))],
        towns: one_town(lang),
        units: one_unit(lang),
        kinds: Vec::new(),
        grades: Vec::new(),
    };
    let usual = ledger::LedgerColumn::USUAL;
    ledger::Ledger {
        shell: sample::desk(lang, "/ledger", "nav-ledgers"),
        title: lang.tr("ledger-title").into_owned(),
        saved: vec![
            Tab::new(lang.tr("ledger-title"), 1_210, "/ledger").current(),
            Tab::new(w(lang, "雨季积水", "Rainy season"), 43, "/ledger?saved=7"),
        ],
        equation: Some(ledger::sum(lang, &counts, "town=suohe")),
        filters: ledger::filter_form(lang, "/ledger", offered, &Entered::default()),
        choose: ledger::column_form(lang, ledger::LedgerOf::All, &usual, kept()),
        order: vec![
            ledger::Placed {
                name: lang.code_of("col", "matter").into_owned(),
                earlier: None,
                later: Some("/ledger?column=lamp&column=matter".to_owned()),
                without: Some("/ledger?column=lamp".to_owned()),
            },
            ledger::Placed {
                name: lang.code_of("col", "lamp").into_owned(),
                earlier: Some("/ledger?column=lamp&column=matter".to_owned()),
                later: None,
                without: Some("/ledger?column=matter".to_owned()),
            },
        ],
        save: ledger::save_form(lang, "0183a0c0", "town=suohe"),
        drop: Some(ledger::drop_form(lang, "7")),
        columns: usual.to_vec(),
        rows: vec![
            ledger_row(
                lang,
                "XY-220919-0077",
                ("兴华路中段三盏路灯常亮不灭", "Three lamps never go out"),
                late(lang, "逾期2天", "2 days overdue"),
                on(9, 26),
            ),
            ledger_row(
                lang,
                "XY-220921-0316",
                ("柳园路南段连续五盏路灯不亮", "Five lamps out in Liuyuan Road"),
                soon(lang, "明天17:30前", "by 17:30 tomorrow"),
                on(10, 9),
            ),
        ],
        pages: Pages {
            shown: w(lang, "已列2件，共1,210件", "2 of 1,210 listed"),
            first: Some("/ledger".to_owned()),
            next: Some("/ledger?after=x".to_owned()),
        },
        printed: w(
            lang,
            "荥阳市 · 全部事项 · 9月28日 周三 10:00",
            "Xingyang · All matters · Wed 28 Sep 10:00",
        ),
        xlsx_href: "/ledger.xlsx?town=suohe".to_owned(),
        csv_href: "/ledger.csv?town=suohe".to_owned(),
        map_href: Some("/map?town=suohe".to_owned()),
        running: Some((3_120, 4_800)),
        done: None,
        refused: None,
    }
}

fn matters_map(lang: Lang) -> map::Map {
    let pinned = |number: &str, title: (&str, &str), lamp, has_position| map::Pinned {
        number: number.to_owned(),
        href: format!("/m/{number}"),
        title: w(lang, title.0, title.1),
        place: w(lang, "索河街道", "Suohe"),
        lamp,
        has_position,
    };
    let offered =
        search::Offered { units: one_unit(lang), towns: one_town(lang), stages: stages(lang) };
    map::Map {
        shell: sample::desk(lang, "/map", "nav-matters"),
        say: map::sentence(lang, 2, 1),
        filters: search::filter_form(lang, offered, &Entered::default()),
        listed: vec![
            pinned(
                "XY-220919-0077",
                ("兴华路中段三盏路灯常亮不灭", "Three lamps never go out"),
                late(lang, "逾期2天", "2 days overdue"),
                true,
            ),
            pinned(
                "XY-220921-0316",
                ("柳园路南段连续五盏路灯不亮", "Five lamps out"),
                soon(lang, "明天17:30前", "by 17:30 tomorrow"),
                false,
            ),
        ],
        pages: Pages::default(),
        points_href: "/map.json".to_owned(),
        areas_href: Some("/map/areas.json"),
        tiles: None,
        note: Some((lang.tr("map-example").into_owned(), lang.tr("map-example-how").into_owned())),
    }
}

fn map_without_base(lang: Lang) -> map::Map {
    let note = (lang.tr("map-no-base").into_owned(), lang.tr("map-no-base-how").into_owned());
    map::Map { note: Some(note), areas_href: None, listed: Vec::new(), ..matters_map(lang) }
}
