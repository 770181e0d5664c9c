use super::frame;
use crate::golden::Sample;
use crate::i18n::Lang;
use crate::pages::admin::Section;
use crate::pages::admin::calendar::{CalendarYears, YearRow, load_form};
use crate::pages::admin::erase::{Erase, erase_form, find_form};
use crate::pages::admin::identity_looks::{IdentityLooks, Look};
use crate::pages::admin::journal::{CheckpointRow, Journal};
use crate::pages::admin::messages::{Delivery, Messages, OutgoingRow, Way};
use crate::pages::admin::playbook::{
    Candidate, Change, ChangeKind, Fault, Playbook, RevertPlaybook, Version, propose_form,
    revert_form, upload_form,
};
use crate::pages::admin::tasks::{TaskRow, TaskState, Tasks};
use crate::pages::desk::samples::{at, on, w};
use crate::sample;
use crate::view::field::Choice;
use crate::view::form::Entered;
use crate::view::table::Pages;

pub(super) fn samples(lang: Lang) -> Vec<Sample> {
    vec![
        Sample::of("admin-playbook", &playbook(lang, Some(sound(lang)))),
        Sample::of("admin-playbook-faulty", &playbook(lang, Some(faulty(lang)))),
        Sample::of("admin-revert-playbook", &revert(lang)),
        Sample::of("admin-calendar", &calendar(lang)),
        Sample::of("admin-journal", &journal(lang)),
        Sample::of("admin-journal-new", &new_journal(lang)),
        Sample::of("admin-identity-looks", &looks(lang)),
        Sample::of("admin-messages", &messages(lang)),
        Sample::of("admin-tasks", &tasks(lang)),
        Sample::of("admin-erase", &erase(lang)),
    ]
}

fn playbook(lang: Lang, candidate: Option<Candidate>) -> Playbook {
    let version = |name: &str, from, to, is_in_force| Version {
        version: name.to_owned(),
        from,
        to,
        is_in_force,
        may_revert: !is_in_force,
    };
    Playbook {
        shell: sample::desk(lang, "/admin/playbook", ""),
        frame: frame(Section::Playbook),
        say: w(lang, "现行 2022.3，9月1日起", "2022.3 in force since 1 September"),
        facts: vec![
            (
                w(lang, "事项", "Items"),
                w(
                    lang,
                    "8大类51小类（示例，非官方）",
                    "8 classes, 51 items (example, not official)",
                ),
            ),
            (w(lang, "网格", "Grids"), "15 / 321 / 2,249".to_owned()),
        ],
        versions: vec![
            version("2022.3", on(9, 1), None, true),
            version("2022.2", on(3, 1), Some(on(8, 31)), false),
        ],
        upload: Some(upload_form(lang)),
        candidate,
    }
}

fn sound(lang: Lang) -> Candidate {
    Candidate {
        version: "2022.4".to_owned(),
        faults: Vec::new(),
        cases: 14,
        failed: Vec::new(),
        changes: vec![Change {
            kind: ChangeKind::Changed,
            words: w(
                lang,
                "事项“排水不畅”的时限：4个工作时 → 2个工作时",
                "item “Drain blocked”, limits: 4 work hours → 2 work hours",
            ),
        }],
        waiting: None,
        apply: Some(propose_form(lang, "[]", "c1", &Entered::default())),
        drop: None,
    }
}

fn faulty(lang: Lang) -> Candidate {
    Candidate {
        faults: vec![
            Fault {
                file: "categories.toml".to_owned(),
                line: 214,
                message: w(lang, "没有叫“water-co”的单位", "no unit is called “water-co”"),
                hint: w(lang, "是不是 water-company？", "did you mean water-company?"),
                is_error: true,
            },
            Fault {
                file: "clocks.toml".to_owned(),
                line: 9,
                message: w(lang, "时限没有写单位", "a limit without a unit"),
                hint: w(
                    lang,
                    "写成 \"5 work-days\" 或 \"4 work-hours\"",
                    "write \"5 work-days\" or \"4 work-hours\"",
                ),
                is_error: false,
            },
        ],
        failed: vec![w(
            lang,
            "national-day：算出10月9日，写的是10月8日",
            "national-day: computed 9 October, written 8 October",
        )],
        changes: Vec::new(),
        apply: None,
        ..sound(lang)
    }
}

fn revert(lang: Lang) -> RevertPlaybook {
    RevertPlaybook {
        shell: sample::desk(lang, "/admin/playbook/2022.2/revert", ""),
        frame: frame(Section::Playbook),
        version: "2022.2".to_owned(),
        form: revert_form(lang, "2022.2"),
    }
}

fn calendar(lang: Lang) -> CalendarYears {
    CalendarYears {
        shell: sample::desk(lang, "/admin/calendar", ""),
        frame: frame(Section::Calendar),
        unknown_from: 2023,
        estimated: 14,
        years: vec![YearRow {
            year: 2022,
            notice: "国办发明电〔2021〕11号".to_owned(),
            days_off: 18,
            swapped_in: 7,
            workdays: 249,
            loaded: w(lang, "随软件", "shipped"),
        }],
        load: load_form(lang),
    }
}

fn journal(lang: Lang) -> Journal {
    Journal {
        shell: sample::desk(lang, "/admin/journal", ""),
        frame: frame(Section::Journal),
        entries: 1_284_311,
        unsealed: 5,
        note: Some("bihuan.example/410182\n1284306\nq3Zx8m0ZJ5a2rV1c9vYpJrT4fJrBqk0nQ5mWq3x1yHc=\n\n— bihuan.example/410182 Az3grlgt…\n".to_owned()),
        note_href: "/checkpoint".to_owned(),
        key: "bihuan.example/410182+a1b2c3d4+AbCdEf".to_owned(),
        checkpoints: vec![CheckpointRow {
            size: 1_284_306,
            at: at(9, 28, 14, 0),
            root: "q3Zx8m0Z…1yHc=".to_owned(),
            log: "1".to_owned(),
        }],
        pages: Pages::default(),
    }
}

fn new_journal(lang: Lang) -> Journal {
    Journal { entries: 0, unsealed: 0, note: None, checkpoints: Vec::new(), ..journal(lang) }
}

fn looks(lang: Lang) -> IdentityLooks {
    IdentityLooks {
        shell: sample::desk(lang, "/admin/identity-looks", ""),
        frame: frame(Section::IdentityLooks),
        looks: vec![Look {
            at: at(9, 28, 9, 12),
            who: w(lang, "市网格化服务中心·受理员", "Grid service centre, triage officer"),
            number: "XY-220921-0316".to_owned(),
            reason: w(lang, "回电问清是哪一段路", "to call back and ask which stretch of road"),
        }],
        pages: Pages::default(),
    }
}

fn messages(lang: Lang) -> Messages {
    let row = |id: &str, delivery, problem: Option<(&str, &str)>| OutgoingRow {
        id: id.to_owned(),
        what: w(lang, "待签收提醒", "Reminder to sign"),
        number: Some("XY-220928-0255".to_owned()),
        to: w(lang, "市城市照明中心·承办人", "Lighting centre, handler"),
        way: w(lang, "郑政钉", "HTTP"),
        due: at(9, 28, 15, 0),
        tries: 3,
        delivery,
        problem: problem.map(|(zh, en)| w(lang, zh, en)),
    };
    let way = |zh: &str, en: &str, state: (&str, &str), is_on| Way {
        name: w(lang, zh, en),
        state: w(lang, state.0, state.1),
        is_on,
    };
    Messages {
        shell: sample::desk(lang, "/admin/messages", ""),
        frame: frame(Section::Messages),
        ways: vec![
            way("站内", "In the app", ("一直开着", "always on"), true),
            way("邮件", "Mail", ("没有配置", "not set up"), false),
        ],
        quiet_hours: w(lang, "21:00到次日08:00不发", "none from 21:00 to 08:00"),
        digest: w(lang, "每天08:30合成一条", "one message at 08:30 every day"),
        outgoing: vec![
            row(
                "1",
                Delivery::Failed,
                Some(("对方回503，15:30再试", "answered 503, again at 15:30")),
            ),
            row("2", Delivery::Waiting, None),
            row("3", Delivery::Sent, None),
        ],
        pages: Pages::default(),
    }
}

fn tasks(lang: Lang) -> Tasks {
    let task = |code: &str, name: (&str, &str), state, did: (&str, &str)| TaskRow {
        code: code.to_owned(),
        name: w(lang, name.0, name.1),
        what: w(lang, "到时限自动做", "acts at the limit"),
        state,
        last: Some(at(9, 28, 14, 20)),
        did: w(lang, did.0, did.1),
        next: Some(at(9, 28, 14, 30)),
    };
    Tasks {
        shell: sample::desk(lang, "/admin/tasks", ""),
        frame: frame(Section::Tasks),
        tasks: vec![
            task(
                "auto-sign",
                ("自动签收", "Automatic signing"),
                TaskState::Resting,
                ("签收3件", "signed 3"),
            ),
            task("seal", ("封存留痕", "Sealing"), TaskState::Running, ("", "")),
            task(
                "send",
                ("发送消息", "Sending"),
                TaskState::Failed,
                ("邮件服务器没有应答", "the mail server did not answer"),
            ),
        ],
    }
}

fn erase(lang: Lang) -> Erase {
    let number = "XY-220928-0231";
    let words = Choice::new("ab", lang.code_of("content", "words")).hint(w(
        lang,
        "9月28日 周三 13:02 反映人",
        "Wed 28 Sep, 13:02 reporter",
    ));
    Erase {
        shell: sample::desk(lang, "/admin/erase", ""),
        frame: frame(Section::Erase),
        find: find_form(lang, number),
        found: Some((
            number.to_owned(),
            erase_form(lang, number, vec![words], &Entered::default()),
        )),
        is_empty: false,
    }
}
