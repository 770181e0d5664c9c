use super::{at, done, fine, soon, w};
use crate::golden::Sample;
use crate::i18n::Lang;
use crate::pages::desk::inbox::{
    Alike, Compared, Counts, Inbox, Message, Photo, Run, Suggested, UrgencyChoice, Waiting,
    sentence,
};
use crate::pages::desk::register::{Near, Offered, Register, form};
use crate::pages::desk::{MiniMap, Spot, Tab};
use crate::sample;
use crate::view::field::Choice;
use crate::view::form::Entered;
use crate::view::lamp::{Lamp, Shape};
use crate::view::state::Refused;

pub(super) fn samples(lang: Lang) -> Vec<Sample> {
    vec![
        Sample::of("desk-inbox", &inbox(lang)),
        Sample::of("desk-inbox-empty", &empty(lang)),
        Sample::of("desk-register", &register(lang)),
        Sample::of("desk-register-refused", &register_refused(lang)),
    ]
}

fn tabs(lang: Lang) -> Vec<Tab> {
    let tab = |zh: &str, en: &str, count: u64, href: &str| Tab::new(w(lang, zh, en), count, href);
    vec![
        tab("按受理时限", "By limit", 144, "/inbox").current(),
        tab("快到时限", "Close to limit", 12, "/inbox?tab=soon"),
        tab("疑似重复", "Perhaps the same", 23, "/inbox?tab=alike"),
        tab("涉及安全", "Safety", 5, "/inbox?tab=safety"),
        tab("要先核实", "Verify first", 9, "/inbox?tab=verify"),
    ]
}

type Line<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str, u32);

const LINES: [Line<'static>; 8] = [
    (
        "京城路街道",
        "Jingcheng Road",
        "12345",
        "12:42",
        "惠民巷菜市场门口污水外溢，路人都绕着走",
        "Sewage at the gate of Huimin Lane market",
        "22",
        1,
    ),
    (
        "索河街道",
        "Suohe",
        "12345",
        "12:55",
        "六楼以上早晚没水，物业说水压不够",
        "No water above the sixth floor morning and evening",
        "35",
        0,
    ),
    (
        "豫龙镇",
        "Yulong",
        "随手拍",
        "13:11",
        "建设路公交站雨水箅子堵了，一下雨就积水，昨天有老人滑倒",
        "Drain at Jianshe Road bus stop blocked; an old man slipped yesterday",
        "51",
        1,
    ),
    (
        "索河街道",
        "Suohe",
        "随手拍",
        "13:22",
        "安澜游园长椅断了一条腿",
        "A bench in Anlan garden has lost a leg",
        "62",
        0,
    ),
    (
        "高村乡",
        "Gaocun",
        "12345",
        "13:29",
        "村口变压器嗡嗡响，夜里睡不着",
        "The transformer at the village entrance hums all night",
        "69",
        0,
    ),
    (
        "城关乡",
        "Chengguan",
        "来信",
        "13:35",
        "孩子秋季转学材料交了两次，不知道还缺什么",
        "School papers handed in twice, nobody says what is missing",
        "75",
        0,
    ),
    (
        "贾峪镇",
        "Jiayu",
        "随手拍",
        "13:40",
        "施工车辆夜间不盖篷布，一路撒土",
        "Trucks without covers scatter earth at night",
        "80",
        3,
    ),
    (
        "索河街道",
        "Suohe",
        "网格员",
        "13:46",
        "成皋街中段井盖破损，已放警示牌",
        "Broken manhole cover in Chenggao Street, sign put up",
        "86",
        0,
    ),
];

fn waiting(lang: Lang) -> Vec<Waiting> {
    let line = |(index, one): (usize, &Line<'_>)| {
        let minutes: u32 = one.6.parse().unwrap_or(0);
        let words = match lang {
            Lang::Zh if minutes < 60 => format!("还有{minutes}分钟"),
            Lang::Zh => format!("还有1小时{}分钟", minutes - 60),
            Lang::En if minutes < 60 => format!("{minutes} min left"),
            Lang::En => format!("1 h {} min left", minutes - 60),
        };
        let shape = if minutes < 60 { Shape::DueSoon } else { Shape::OnTrack };
        Waiting {
            href: format!("/inbox?m=XY-220928-02{}", 66 + index),
            lamp: Lamp::new(shape, words),
            place: w(lang, one.0, one.1),
            source: w(lang, one.2, "hotline"),
            time: one.3.to_owned(),
            words: w(lang, one.4, one.5),
            duplicates: one.7,
            has_risk: index == 2,
            is_back: false,
            is_current: index == 2,
        }
    };
    LINES.iter().enumerate().map(line).collect()
}

fn inbox(lang: Lang) -> Inbox {
    let counts = Counts { received: 412, sorted: 268, left: 144, soon: 12 };
    let oldest = w(lang, "1小时38分", "1 h 38 min");
    Inbox {
        shell: sample::desk(lang, "/inbox?m=XY-220928-0268", "nav-inbox"),
        say: sentence(lang, &counts, Some(&oldest)),
        tabs: tabs(lang),
        waiting: waiting(lang),
        more: Some((136, "/inbox?after=XY-220928-0273".to_owned())),
        open: Some(message(lang)),
        done: Some(w(
            lang,
            "XY-220928-0267 已受理并交给市自来水公司。",
            "XY-220928-0267 was accepted and dispatched to the water company.",
        )),
        refused: None,
    }
}

fn empty(lang: Lang) -> Inbox {
    Inbox {
        shell: sample::desk(lang, "/inbox", "nav-inbox"),
        say: sentence(lang, &Counts { received: 412, sorted: 412, ..Counts::default() }, None),
        tabs: tabs(lang),
        waiting: Vec::new(),
        more: None,
        open: None,
        done: None,
        refused: None,
    }
}

fn message(lang: Lang) -> Message {
    let runs = match lang {
        Lang::Zh => vec![
            Run::Plain("建设路公交站旁边施工围挡外的".to_owned()),
            Run::Points("雨水箅子".to_owned()),
            Run::Plain("被泥堵死了，一下雨".to_owned()),
            Run::Points("路面积水".to_owned()),
            Run::Plain("没过脚踝，昨天".to_owned()),
            Run::Risk("有老人在这滑倒".to_owned()),
            Run::Plain("。反映过一次，来人看了看就走了。".to_owned()),
        ],
        Lang::En => vec![
            Run::Plain("The ".to_owned()),
            Run::Points("drain grating".to_owned()),
            Run::Plain(
                " by the fence at Jianshe Road bus stop is blocked with mud, and ".to_owned(),
            ),
            Run::Points("water stands on the road".to_owned()),
            Run::Plain(" after rain. Yesterday ".to_owned()),
            Run::Risk("an old man slipped here".to_owned()),
            Run::Plain(". I reported it once; somebody looked and left.".to_owned()),
        ],
    };
    let photo = |name: &str, zh: &str, en: &str, caption: (&str, &str)| Photo {
        thumb: format!("/attachments/{name}/thumb"),
        href: format!("/attachments/{name}"),
        alt: w(lang, zh, en),
        caption: w(lang, caption.0, caption.1),
    };
    Message {
        number: "XY-220928-0268".to_owned(),
        source: lang.code_of("source", "snapshot").into_owned(),
        filed: at(9, 28, 13, 11),
        lamp: soon(lang, "受理还有51分钟", "51 min left to accept"),
        limit: w(lang, "收到后2小时内受理，15:11到", "to accept within 2 hours, by 15:11"),
        words: runs,
        photos: vec![
            photo(
                "a",
                "积水路面照片",
                "Water on the road",
                ("9月28日 13:08，距点位6米", "28 Sep 13:08, 6 m from the place"),
            ),
            photo(
                "b",
                "雨水箅子照片",
                "The drain grating",
                ("9月28日 13:09，距点位5米", "28 Sep 13:09, 5 m from the place"),
            ),
        ],
        map: Some(map(lang)),
        place: vec![
            w(
                lang,
                "建设路公交站（扫码点位 ZT-0133）",
                "Jianshe Road bus stop (place code ZT-0133)",
            ),
            w(lang, "豫龙镇 建业社区 03网格", "Yulong, Jianye community, grid 03"),
        ],
        reporter: w(lang, "留了电话，要求保密。", "Left a number and asked for confidentiality. "),
        identity_href: Some("/m/XY-220928-0268/read-identity".to_owned()),
        may_carry_on: true,
        before: Some(w(
            lang,
            "同一点位90天内3件，1件回访说“没修好”",
            "Three at this place in 90 days; one was said to be not fixed",
        )),
        this: this(lang),
        alike: vec![alike(lang), alike_closed(lang)],
        items: items(lang),
        other_items: vec![(
            w(lang, "市政设施", "Public works"),
            vec![Choice::new("drain-blocked", w(lang, "雨水箅子堵塞", "Blocked drain"))],
        )],
        leads: leads(lang),
        co_units: co_units(lang),
        other_units: vec![Choice::new("water", w(lang, "市自来水公司", "Water company"))],
        object_unit: None,
        urgencies: urgencies(lang),
        brief: None,
        seen: 1,
        command: "0183 8d2e".replace(' ', ""),
        tab: String::new(),
        after: String::new(),
        next_number: "XY-220928-0269".to_owned(),
        next_href: Some("/inbox?m=XY-220928-0269".to_owned()),
        previous_href: Some("/inbox?m=XY-220928-0267".to_owned()),
    }
}

fn map(lang: Lang) -> MiniMap {
    MiniMap {
        label: w(lang, "建设路公交站在03网格的位置", "Jianshe Road bus stop in grid 03"),
        outline: "M118 18h262v176H118z".to_owned(),
        spots: vec![
            Spot { x: 150, y: 104, shape: Shape::Done },
            Spot { x: 132, y: 118, shape: Shape::DueSoon },
        ],
    }
}

fn compared(lang: Lang, zh: &str, en: &str, same: Option<(&str, &str)>) -> Compared {
    Compared { text: w(lang, zh, en), same: same.map(|(zh, en)| w(lang, zh, en)) }
}

fn this(lang: Lang) -> Alike {
    Alike {
        number: "XY-220928-0268".to_owned(),
        href: String::new(),
        problem: compared(lang, "雨水箅子堵，积水", "Drain blocked, water", None),
        place: compared(lang, "ZT-0133", "ZT-0133", None),
        time: compared(lang, "今天 13:11", "today 13:11", None),
        state: Lamp::new(Shape::NotBegun, lang.code_of("stage", "filed")),
        may_merge: false,
    }
}

fn alike(lang: Lang) -> Alike {
    Alike {
        number: "XY-220928-0142".to_owned(),
        href: "/m/XY-220928-0142".to_owned(),
        problem: compared(lang, "公交站积水", "Water at the stop", Some(("同一类", "same item"))),
        place: compared(lang, "相距32米", "32 m away", Some(("同一处", "same place"))),
        time: compared(lang, "今天 09:52", "today 09:52", Some(("早3小时", "3 h earlier"))),
        state: fine(lang, "市政养护中心在办", "being handled"),
        may_merge: true,
    }
}

fn alike_closed(lang: Lang) -> Alike {
    Alike {
        number: "XY-220926-0087".to_owned(),
        href: "/m/XY-220926-0087".to_owned(),
        problem: compared(lang, "围挡扬尘", "Dust at the fence", None),
        place: compared(lang, "相距118米", "118 m away", None),
        time: compared(lang, "9月26日 周一 16:20", "Mon 26 Sep, 16:20", None),
        state: done(lang, "办结", "closed"),
        may_merge: false,
    }
}

fn suggested(value: &str, label: String, because: Vec<String>, is_picked: bool) -> Suggested {
    Suggested { value: value.to_owned(), label, because, is_picked }
}

fn items(lang: Lang) -> Vec<Suggested> {
    vec![
        suggested(
            "drain-blocked",
            w(
                lang,
                "市政设施 / 排水设施 / 雨水箅子堵塞",
                "Public works / drains / blocked grating",
            ),
            vec![
                w(
                    lang,
                    "原话有“雨水箅子”“路面积水”",
                    "The words say “drain grating” and “water on the road”",
                ),
                w(
                    lang,
                    "近90天这样说的12件，11件归在这里",
                    "Of 12 with these words in 90 days, 11 were filed here",
                ),
            ],
            true,
        ),
        suggested(
            "fence-dirty",
            w(lang, "工程管理 / 围挡外污损", "Building sites / dirt outside the fence"),
            vec![w(lang, "原话有“施工围挡”；12件中1件", "The words say “fence”; 1 of 12")],
            false,
        ),
    ]
}

fn leads(lang: Lang) -> Vec<Suggested> {
    vec![suggested(
        "road-upkeep",
        w(lang, "主办 市城管局市政养护中心", "Lead: public works upkeep centre"),
        vec![
            w(
                lang,
                "责任清单3.2：城区主次干道雨水箅子清掏",
                "Duty list 3.2: clearing gratings on town roads",
            ),
            w(
                lang,
                "近一年同类44件交给它41件，退回0件",
                "41 of 44 of the kind in a year went there, 0 returned",
            ),
        ],
        true,
    )]
}

fn co_units(lang: Lang) -> Vec<Suggested> {
    vec![suggested(
        "building",
        w(lang, "协办 市住建局工程科", "Co-handling: building office, sites section"),
        vec![w(
            lang,
            "紧邻在建工地围挡，施工泥浆归口监管",
            "Next to a site fence; it oversees mud from sites",
        )],
        true,
    )]
}

fn urgencies(lang: Lang) -> Vec<UrgencyChoice> {
    let choice = |code: &str, zh: &str, en: &str| UrgencyChoice {
        value: code.to_owned(),
        label: w(lang, zh, en),
        because: Vec::new(),
        is_picked: false,
        due: None,
        counted: String::new(),
    };
    vec![
        UrgencyChoice {
            because: vec![w(
                lang,
                "原话“有老人在这滑倒”，涉及人身安全",
                "“an old man slipped”: safety of people",
            )],
            is_picked: true,
            due: Some(at(9, 29, 9, 20)),
            counted: w(
                lang,
                "今天到17:30计3小时10分，明天08:30起再计50分",
                "3 h 10 min today until 17:30, 50 min tomorrow from 08:30",
            ),
            ..choice("urgent", "急件，4个工作时", "Urgent, 4 work hours")
        },
        UrgencyChoice {
            due: Some(at(9, 29, 17, 30)),
            counted: w(lang, "明天算第1个工作日", "Tomorrow is the first working day"),
            ..choice("ordinary", "一般，1个工作日", "Ordinary, 1 working day")
        },
    ]
}

fn offered(lang: Lang) -> Offered {
    Offered {
        items: vec![Choice::new("lamp-out", w(lang, "路灯不亮", "Street lamp out"))],
        villages: vec![(
            w(lang, "索河街道", "Suohe Subdistrict"),
            vec![Choice::new(
                "suohe-07",
                w(lang, "索河街道 安澜社区 07网格", "Suohe, Anlan, grid 07"),
            )],
        )],
    }
}

fn near(lang: Lang, number: &str, title: (&str, &str), lamp: Lamp) -> Near {
    Near {
        number: number.to_owned(),
        href: format!("/m/{number}"),
        title: w(lang, title.0, title.1),
        lamp,
        about: w(lang, "12345，9月26日 周一", "hotline, Mon 26 Sep"),
    }
}

fn register(lang: Lang) -> Register {
    Register {
        shell: sample::desk(lang, "/register", "nav-inbox"),
        form: form(lang, "0183b", offered(lang), &Entered::default()),
        caller_asked: true,
        caller: vec![near(
            lang,
            "XY-220921-0316",
            ("柳园路南段连续五盏路灯不亮", "Five lamps out in Liuyuan Road"),
            soon(lang, "明天17:30前", "by 17:30 tomorrow"),
        )],
        place: Vec::new(),
        refused: None,
    }
}

fn register_refused(lang: Lang) -> Register {
    let entered = Entered {
        values: vec![("phone".to_owned(), "1380013800".to_owned())],
        errors: vec![
            ("phone".to_owned(), w(lang, "少了1位，应为11位", "one digit short, should be 11")),
            (
                "words".to_owned(),
                w(lang, "写一句反映的是什么", "say in a sentence what it is about"),
            ),
        ],
    };
    Register {
        shell: sample::desk(lang, "/register", "nav-inbox"),
        form: form(lang, "0183b", offered(lang), &entered),
        caller_asked: false,
        caller: Vec::new(),
        place: Vec::new(),
        refused: Some(Refused {
            title: w(lang, "还没有登记", "Not registered yet"),
            next: w(
                lang,
                "按下面的提示补上，已填的都在。",
                "Mend what is marked; what you typed is kept.",
            ),
            link: None,
        }),
    }
}
