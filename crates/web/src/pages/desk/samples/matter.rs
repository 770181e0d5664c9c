use bihuan_domain::clock::Tally;
use bihuan_domain::matter::Step;
use jiff::civil::date;

use super::{at, fine, on, refused, soon, w};
use crate::golden::Sample;
use crate::i18n::Lang;
use crate::pages::desk::matter::{Can, Cannot, DueFact, Matter, NextFact, SamePlace, SlipPaper};
use crate::pages::desk::step::{Offered, Redraft, StepPage, Ticket, form};
use crate::pages::desk::{MiniMap, Spot};
use crate::sample;
use crate::view::field::Choice;
use crate::view::form::Entered;
use crate::view::lamp::Shape;
use crate::view::timeline::{Entry, Shot};
use crate::view::why::{MoveRow, OtherClock, WhyDay, WhyView};

pub(super) fn samples(lang: Lang) -> Vec<Sample> {
    let mut all = vec![
        Sample::of("desk-matter", &matter(lang)),
        Sample::of("desk-matter-over", &over(lang)),
        Sample::of("desk-step-refused", &refused_step(lang)),
    ];
    for step in Step::ALL.iter().filter(|step| !matches!(step, Step::File | Step::Import)) {
        all.push(Sample::of(&format!("desk-step-{}", step.code()), &step_page(lang, *step)));
    }
    all
}

fn why(lang: Lang) -> WhyView {
    WhyView {
        sentence: w(
            lang,
            "签收次日起算5个工作日，中间暂停1个，经批准延期2个；国庆休7天不计，10月8日、9日调休上班照计，所以是10月9日 周日。",
            "Five working days from the day after signing, one paused, two granted; seven days of holiday are not counted, 8 and 9 October are worked: so Sunday 9 October.",
        ),
        days: why_days(lang),
        is_cut: false,
        moves: moves(lang),
        also: vec![OtherClock {
            name: w(lang, "向反映人说明延期", "Explain the extension"),
            lamp: soon(lang, "明天17:30前", "by 17:30 tomorrow"),
            due: Some(at(9, 29, 17, 30)),
        }],
        unknown_year: None,
    }
}

fn why_days(lang: Lang) -> Vec<WhyDay> {
    let first = date(2022, 9, 21);
    (0..20)
        .filter_map(|offset| first.checked_add(jiff::Span::new().days(offset)).ok())
        .map(|date| {
            let day = on(date.month(), date.day());
            let (tally, number) = match (date.month(), date.day()) {
                (9, 23) => (Tally::Counted, "1"),
                (9, 26) => (Tally::Counted, "2"),
                (9, 27) => (Tally::Paused, ""),
                (9, 28) => (Tally::Counted, "3"),
                (9, 29) => (Tally::Ahead, "4"),
                (9, 30) => (Tally::Ahead, "5"),
                (10, 8) => (Tally::Added, "+1"),
                (10, 9) => (Tally::Added, "+2"),
                _ if day.mark == crate::view::day::Mark::Off => (Tally::Rest, ""),
                _ => (Tally::Plain, ""),
            };
            WhyDay {
                date,
                mark: day.mark,
                tally,
                number: (!number.is_empty()).then(|| number.to_owned()),
                is_start: date.day() == 22,
                is_today: date.day() == 28,
                is_due: date.month() == 10 && date.day() == 9,
                is_original: date.day() == 29,
                names_month: date == first || date.day() == 1,
                rest: (date.month() == 10 && date.day() == 4)
                    .then(|| w(lang, "国庆节放假7天，不计", "National Day, 7 days, not counted")),
                is_filler: false,
            }
        })
        .collect()
}

fn moves(lang: Lang) -> Vec<MoveRow> {
    let row =
        |at, what: (&str, &str), rule: (&str, &str), who: (&str, &str), due, is_current| MoveRow {
            at,
            what: w(lang, what.0, what.1),
            rule: w(lang, rule.0, rule.1),
            who: w(lang, who.0, who.1),
            due,
            moved_it: true,
            is_current,
        };
    vec![
        row(
            at(9, 22, 9, 20),
            ("签收，次日起算5个工作日", "Signed; 5 working days from the next day"),
            ("道路照明·一般维修", "street lamps, ordinary repair"),
            ("规则册 2022.3 自动计算", "playbook 2022.3"),
            on(9, 29),
            false,
        ),
        row(
            at(9, 26, 16, 30),
            ("暂停9月27日一天，等停电作业许可", "Paused on 27 September for a permit"),
            ("须外单位许可的，可停1次", "may stop once for another's permit"),
            ("市城市照明中心·负责人", "lighting centre, head"),
            on(9, 30),
            false,
        ),
        row(
            at(9, 28, 11, 5),
            (
                "延期2个工作日，灯杆10月6日到货",
                "Extended by 2 working days, posts arrive on 6 October",
            ),
            ("到期前申请，至多1次，不超过原时限一半", "asked before due, once, at most half"),
            ("市城管局·分管负责人", "works office, deputy head"),
            on(10, 9),
            true,
        ),
    ]
}

fn entries(lang: Lang) -> Vec<Entry> {
    let lighting = w(lang, "市城市照明中心·维修一班", "Lighting centre, crew one");
    let shot = |name: &str, caption: (&str, &str)| Shot {
        thumb: Some(format!("/attachments/{name}/thumb")),
        href: format!("/attachments/{name}"),
        alt: w(lang, caption.0, caption.1),
        caption: w(lang, caption.0, caption.1),
    };
    let mut asked = Entry::new(at(9, 28, 9, 40), w(lang, "申请延期2个工作日", "Asked for 2 more working days"))
        .by(lighting.clone())
        .says(w(lang, "两根灯杆底座锈蚀，须整杆更换；厂家10月6日发到，8日、9日安装并夜间试灯。其余三盏今晚送电。", "Two posts are rusted through and must be replaced; they arrive on 6 October. The other three go on tonight."));
    asked.shots = vec![
        shot(
            "c",
            (
                "底座锈蚀，9月23日 10:31，距点位4米，指纹7c1e…a402",
                "Rusted base, 23 Sep 10:31, 4 m from the place, fingerprint 7c1e…a402",
            ),
        ),
        shot(
            "d",
            (
                "线路检修，9月23日 10:58，距点位11米，指纹e09b…51d7",
                "Cable repair, 23 Sep 10:58, 11 m from the place, fingerprint e09b…51d7",
            ),
        ),
    ];
    let mut filed = Entry::new(at(9, 21, 20, 16), w(lang, "收到反映", "Filed")).key().by(w(
        lang,
        "随手拍·扫码点位 LD-0417",
        "Snapshot, place code LD-0417",
    ));
    filed.quote = Some(w(
        lang,
        "柳园路南段晚上一片黑，从康泰街口往南连着五盏路灯都不亮，放学的孩子骑车过去看不清路。",
        "The south of Liuyuan Road is dark at night: five lamps in a row are out, and children cycling home cannot see the road.",
    ));
    filed.shots = vec![shot(
        "e",
        (
            "反映人照片，9月21日 20:14，指纹51ab…9f30",
            "Reporter's photo, 21 Sep 20:14, fingerprint 51ab…9f30",
        ),
    )];
    vec![
        Entry::new(at(9, 28, 11, 5), w(lang, "批准延期", "Extended"))
            .key()
            .by(w(lang, "市城管局·分管负责人", "Works office, deputy head"))
            .says(w(
                lang,
                "同意延至10月9日。请在明天17:30前向反映人说明原因和新时限。",
                "Granted until 9 October. Explain it to the reporter by 17:30 tomorrow.",
            )),
        asked,
        Entry::new(at(9, 22, 9, 20), w(lang, "签收", "Signed")).key().by(lighting),
        Entry::new(at(9, 22, 8, 42), w(lang, "交办", "Dispatched"))
            .by(w(lang, "市网格化服务中心·受理员", "Grid service centre, triage"))
            .says(w(
                lang,
                "主办市城市照明中心，协办市供电公司；并入2件重复反映。",
                "Lighting centre leads, power company helps; two duplicates merged.",
            )),
        filed,
    ]
}

fn matter(lang: Lang) -> Matter {
    let can = |zh: &str, en: &str, step: &str, key| Can {
        label: w(lang, zh, en),
        href: format!("/m/XY-220921-0316/{step}"),
        key,
        is_main: step == "answer",
    };
    let cannot = |step: &str, zh: &str, en: &str| Cannot {
        label: lang.code_of("step", step).into_owned(),
        why: w(lang, zh, en),
        link: (step == "close").then(|| {
            ("/m/XY-220921-0316/close".to_owned(), lang.tr("step-answer-and-close").into_owned())
        }),
    };
    Matter {
        printed: w(
            lang,
            "荥阳市 · XY-220921-0316 · 9月28日 周三 10:00",
            "Xingyang · XY-220921-0316 · Wed 28 Sep 10:00",
        ),
        brief: Vec::new(),
        linked: Vec::new(),
        paper: None,
        slips: Vec::new(),
        tree_href: None,
        shell: sample::desk(lang, "/m/XY-220921-0316", "nav-worklist"),
        list: (lang.tr("work-title").into_owned(), "/worklist".to_owned()),
        position: Some(w(lang, "第3件，共30件", "3 of 30")),
        previous_href: Some("/m/XY-220928-0231".to_owned()),
        next_href: Some("/m/XY-220908-0003".to_owned()),
        number: "XY-220921-0316".to_owned(),
        title: w(lang, "柳园路南段连续五盏路灯不亮", "Five lamps in a row out in Liuyuan Road"),
        about: vec![
            lang.code_of("source", "snapshot").into_owned(),
            w(lang, "市政设施 / 道路照明", "Public works / street lamps"),
            w(lang, "索河街道 安澜社区 07网格", "Suohe, Anlan community, grid 07"),
        ],
        place: Some(("LD-0417".to_owned(), "/ledger?place=LD-0417".to_owned())),
        stage: lang.code_of("stage", "handling").into_owned(),
        next: Some(NextFact {
            lamp: soon(lang, "明天17:30前", "by 17:30 tomorrow"),
            what: w(lang, "向反映人说明延期", "Explain the extension"),
        }),
        due: Some(DueFact {
            day: at(10, 9, 17, 30),
            lamp: fine(lang, "还有4个工作日", "4 working days left"),
        }),
        handling: vec![
            w(lang, "主办 市城市照明中心·维修一班", "Lead: lighting centre"),
            w(lang, "协办 市供电公司", "Co-handling: power company"),
        ],
        without_due: lang.tr("matter-no-due").into_owned(),
        origin: (
            lang.tr("matter-reports").into_owned(),
            vec![
                w(lang, "3人反映同一处", "Three people reported this place"),
                w(
                    lang,
                    "身份另存，承办单位看不到",
                    "Identities are kept apart; handling units never see them",
                ),
            ],
        ),
        why: Some(why(lang)),
        entries_say: w(
            lang,
            "8条，均已封入检查点 14:00",
            "8 entries, all sealed in the checkpoint of 14:00",
        ),
        entries: entries(lang),
        order: (w(lang, "从早到晚", "oldest first"), "/m/XY-220921-0316?order=oldest".to_owned()),
        can: vec![
            can("向反映人说明延期", "Explain the extension", "answer", Some('E')),
            can("登记进展", "Progress", "act", Some('P')),
            can("恢复计时", "Resume", "resume", None),
            can("邀请协办", "Co-handle", "co-handle", None),
        ],
        cannot: vec![
            cannot(
                "submit",
                "还缺1项佐证：修复后的夜间照片",
                "One proof is missing: a photo at night of it fixed",
            ),
            cannot("request-extension", "本制度至多延期1次，已用", "One extension at most, used"),
            cannot("close", "这件要先给反映人答复", "The reporter must be answered first"),
            cannot(
                "return",
                "签收后不能退回；不属本单位的，请申请转办",
                "Not after signing; ask for a transfer instead",
            ),
        ],
        asks: vec![
            (
                w(lang, "结案条件", "Closed when"),
                w(lang, "灯亮，线路安全", "lamps on, cables safe"),
            ),
            (w(lang, "佐证", "Evidence"), w(lang, "修复后照片1张", "1 photo of it fixed")),
        ],
        map: Some(MiniMap {
            label: w(lang, "点位 LD-0417 在07网格的位置", "LD-0417 in grid 07"),
            outline: "M118 18h262v176H118z".to_owned(),
            spots: vec![Spot { x: 246, y: 118, shape: Shape::DueSoon }],
        }),
        place_lines: vec![w(lang, "柳园路康泰街口向南60米", "60 m south of Kangtai Street")],
        same_place: vec![SamePlace {
            at: at(9, 21, 21, 3),
            source: w(lang, "12345热线", "hotline"),
            state: lang.code_of("stage", "merged").into_owned(),
            href: Some("/m/XY-220921-0320".to_owned()),
        }],
        proof_href: Some("/m/XY-220921-0316/proof".to_owned()),
        done: None,
        refused: None,
    }
}

/// A paper, which shows its document.
pub(super) fn paper(lang: Lang) -> Matter {
    let whole = matter(lang);
    Matter {
        number: "XY-220927-0007".to_owned(),
        title: "关于城区井盖管护问题的整改通知书".to_owned(),
        paper: Some(super::papers::on_matter()),
        why: None,
        map: None,
        ..whole
    }
}

fn over(lang: Lang) -> Matter {
    Matter {
        stage: lang.code_of("stage", "closed").into_owned(),
        next: None,
        due: None,
        why: None,
        handling: Vec::new(),
        can: Vec::new(),
        cannot: Vec::new(),
        map: None,
        done: Some(w(
            lang,
            "已办结。反映人七天内可以评价。",
            "Closed. The reporter may rate for seven days.",
        )),
        refused: Some(refused(
            lang,
            ("刚才有人先办了一步", "Somebody acted first"),
            (
                "您看的时候第7条还没有，请看看最新的留痕再定。",
                "Entry 7 was not there when you looked: read it before you decide.",
            ),
        )),
        ..matter(lang)
    }
}

fn offered(lang: Lang) -> Offered {
    let choice = |code: &str, zh: &str, en: &str| Choice::new(code, w(lang, zh, en));
    Offered {
        items: vec![choice("lamp-out", "路灯不亮", "Street lamp out")],
        units: vec![
            choice("lamps", "市城市照明中心", "City lighting centre"),
            choice("power", "市供电公司", "Power company"),
        ],
        grids: vec![choice("suohe-07", "索河街道 安澜社区 07网格", "Suohe, Anlan, grid 07")],
        channels: vec![
            choice("court", "法院诉讼", "Court").hint(w(
                lang,
                "已进入诉讼的，由法院审理",
                "A case before a court stays there",
            )),
            choice("police", "110报警", "Police, 110").hint(w(
                lang,
                "正在发生的危险请直接拨打110",
                "Call 110 for danger that is happening now",
            )),
        ],
        nodes: vec![choice("repair", "修复", "Repair").hint(w(
            lang,
            "原定9月29日，至多延2个工作日",
            "due 29 September, at most 2 working days more",
        ))],
        matters: vec![choice(
            "XY-220928-0142",
            "XY-220928-0142 公交站积水",
            "XY-220928-0142 water at the stop",
        )],
        photos: vec![choice("c", "修复后，10月9日 20:10", "fixed, 9 October 20:10")],
        evidence_wanted: Some(w(
            lang,
            "还缺1项：修复后的夜间照片",
            "One is missing: a photo at night of it fixed",
        )),
        draft: Some(w(lang, "五盏路灯已经全部修好。", "All five lamps are on again.")),
        answer: w(
            lang,
            "您反映的柳园路路灯不亮，市城市照明中心已于10月9日修复。",
            "The lamps in Liuyuan Road were repaired on 9 Oct.",
        ),
        answers: true,
        is_confidential: false,
        kinds: Vec::new(),
        kind: String::new(),
        duties: Vec::new(),
        has_items: true,
        grades: false,
        alike: false,
        redraft: Redraft::default(),
    }
}

fn slip_paper(lang: Lang) -> SlipPaper {
    SlipPaper {
        colour: lang.code_of("slip", "blue").into_owned(),
        document: "荥政督单〔2022〕7号".to_owned(),
        state: lang.tr("slip-unsigned").into_owned(),
        pdf_href: "/m/XY-220921-0316/slips/1.pdf".to_owned(),
        docx_href: "/m/XY-220921-0316/slips/1.docx".to_owned(),
    }
}

fn step_page(lang: Lang, step: Step) -> StepPage {
    let ticket = Ticket {
        number: "XY-220921-0316".to_owned(),
        command: "c1".to_owned(),
        seen: 8,
        from: None,
    };
    StepPage {
        shell: sample::desk(lang, "/m/XY-220921-0316/step", "nav-worklist"),
        step,
        number: ticket.number.clone(),
        title: w(lang, "柳园路南段连续五盏路灯不亮", "Five lamps in a row out in Liuyuan Road"),
        lamp: soon(lang, "明天17:30前", "by 17:30 tomorrow"),
        facts: vec![(
            lang.tr("col-unit").into_owned(),
            w(lang, "市城市照明中心", "City lighting centre"),
        )],
        quoted: (step == Step::ApproveAnswer).then(|| offered(lang).draft).flatten(),
        form: form(lang, step, &ticket, &offered(lang)),
        refused: None,
        slips: match step {
            Step::SignSlip => vec![slip_paper(lang)],
            _ => Vec::new(),
        },
        instead: Vec::new(),
    }
}

fn refused_step(lang: Lang) -> StepPage {
    let page = step_page(lang, Step::RequestExtension);
    let entered = Entered {
        values: vec![
            ("amount".to_owned(), "5".to_owned()),
            ("reason".to_owned(), w(lang, "灯杆未到货", "posts not delivered")),
        ],
        errors: vec![("amount".to_owned(), w(lang, "最多延2个工作日", "at most 2 working days"))],
    };
    StepPage {
        form: page.form.entered(&entered),
        refused: Some(refused(
            lang,
            ("延期没有提交", "Not submitted"),
            (
                "不能超过原时限的一半；办不完的可以申请挂账或转办。",
                "At most half of the first limit; ask to park or transfer it instead.",
            ),
        )),
        instead: vec![(
            lang.code_of("step", "suspend").into_owned(),
            "/m/XY-220921-0316/suspend".to_owned(),
        )],
        ..step_page(lang, Step::RequestExtension)
    }
}
