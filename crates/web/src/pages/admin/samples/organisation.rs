use super::frame;
use crate::golden::Sample;
use crate::i18n::Lang;
use crate::pages::admin::people::{
    Leave, LeaveSure, OpenWork, People, PeoplePreview, PersonRow, Previewed, Reset, Standing,
};
use crate::pages::admin::places::{PlaceRow, Places, RetirePlace, Sign, Signs};
use crate::pages::admin::posts::{PostRow, Posts, TakePost};
use crate::pages::admin::units::{MergeUnit, UnitRow, Units};
use crate::pages::admin::{Section, people, places, posts, units};
use crate::pages::desk::samples::{on, refused, w};
use crate::sample;
use crate::view::field::Choice;
use crate::view::form::Entered;
use crate::view::table::Pages;

pub(super) fn samples(lang: Lang) -> Vec<Sample> {
    vec![
        Sample::of("admin-units", &all_units(lang)),
        Sample::of("admin-merge-unit", &merge_unit(lang)),
        Sample::of("admin-people", &all_people(lang)),
        Sample::of("admin-leave", &leave(lang)),
        Sample::of("admin-leave-sure", &leave_sure(lang)),
        Sample::of("admin-reset", &reset(lang, None)),
        Sample::of("admin-reset-done", &reset(lang, Some("竹-桥-7412-雨"))),
        Sample::of("admin-people-preview", &preview(lang)),
        Sample::of("admin-posts", &all_posts(lang)),
        Sample::of("admin-take-post", &take_post(lang)),
        Sample::of("admin-places", &all_places(lang)),
        Sample::of("admin-places-empty", &no_places(lang)),
        Sample::of("admin-retire-place", &retire(lang)),
        Sample::of("admin-signs", &signs(lang)),
    ]
}

fn one(lang: Lang, code: &str, zh: &str, en: &str) -> Vec<Choice> {
    vec![Choice::new(code, w(lang, zh, en))]
}

fn unit_choices(lang: Lang) -> Vec<Choice> {
    one(lang, "lamps", "市城市照明中心", "City lighting centre")
}

fn grid_choices(lang: Lang) -> Vec<Choice> {
    one(lang, "suohe-07", "索河街道 安澜社区 07网格", "Suohe, Anlan, grid 07")
}

fn all_units(lang: Lang) -> Units {
    let unit = |code: &str, name: (&str, &str), depth, open| UnitRow {
        code: code.to_owned(),
        name: w(lang, name.0, name.1),
        depth,
        grid: None,
        people: 6,
        open,
        merged_into: None,
    };
    Units {
        shell: sample::desk(lang, "/admin/units", ""),
        frame: frame(Section::Units),
        units: vec![
            unit("works", ("市城管局", "Public works office"), 0, 388),
            unit("lamps", ("市城市照明中心", "City lighting centre"), 1, 30),
            UnitRow {
                merged_into: Some(w(lang, "市城管局市政养护中心", "Upkeep centre")),
                ..unit("drains", ("市排水所", "Drainage office"), 1, 0)
            },
            UnitRow {
                grid: Some(w(lang, "索河街道", "Suohe")),
                ..unit("suohe", ("索河街道办事处", "Suohe street office"), 0, 164)
            },
        ],
        add: units::add_form(lang, unit_choices(lang), &Entered::default()),
    }
}

fn merge_unit(lang: Lang) -> MergeUnit {
    MergeUnit {
        shell: sample::desk(lang, "/admin/units/drains/merge", ""),
        frame: frame(Section::Units),
        name: w(lang, "市排水所", "Drainage office"),
        open: 12,
        people: 6,
        form: units::merge_form(lang, "drains", unit_choices(lang), &Entered::default()),
    }
}

fn all_people(lang: Lang) -> People {
    let person = |id: &str, name: (&str, &str), standing| PersonRow {
        id: id.to_owned(),
        name: w(lang, name.0, name.1),
        account: id.to_owned(),
        posts: vec![w(lang, "市城市照明中心·承办人", "lighting centre, handler")],
        standing,
        may_leave: standing != Standing::Left,
    };
    let roles = vec![Choice::new("handler", lang.code_of("role", "handler"))];
    People {
        shell: sample::desk(lang, "/admin/people", ""),
        frame: frame(Section::People),
        filters: people::filter_form(
            lang,
            "/admin/people",
            unit_choices(lang),
            &Entered::default(),
        ),
        people: vec![
            person("zhaomin", ("赵敏", "Zhao Min"), Standing::Active),
            person("qianyi", ("钱毅", "Qian Yi"), Standing::Invited),
            person("sunli", ("孙丽", "Sun Li"), Standing::Left),
        ],
        pages: Pages { shown: w(lang, "共3人", "3 people"), ..Pages::default() },
        add: Some(people::add_form(lang, unit_choices(lang), roles, &Entered::default())),
        import: Some(people::import_form(lang)),
        may_reset: true,
    }
}

fn leave(lang: Lang) -> Leave {
    let work = |zh: &str, en: &str, count| OpenWork { what: w(lang, zh, en), count };
    Leave {
        shell: sample::desk(lang, "/admin/people/zhaomin/leave", ""),
        frame: frame(Section::People),
        name: w(lang, "赵敏", "Zhao Min"),
        posts: vec![w(lang, "市城市照明中心·承办人", "lighting centre, handler")],
        open: vec![
            work("在办事项", "open matters", 11),
            work("等批的延期", "extensions asked for", 1),
        ],
        form: people::leave_form(
            lang,
            "zhaomin",
            one(lang, "qianyi", "钱毅", "Qian Yi"),
            &Entered::default(),
        ),
    }
}

fn leave_sure(lang: Lang) -> LeaveSure {
    LeaveSure {
        shell: sample::desk(lang, "/admin/people/zhaomin/leave", ""),
        frame: frame(Section::People),
        name: w(lang, "赵敏", "Zhao Min"),
        to: Some(w(lang, "钱毅", "Qian Yi")),
        handed: vec![w(lang, "市城市照明中心·承办人", "lighting centre, handler")],
        ended: vec![w(lang, "市网格中心·受理员", "grid centre, triage officer")],
        form: people::sure_form(lang, "zhaomin").with("to", "qianyi"),
    }
}

fn reset(lang: Lang, one_time: Option<&str>) -> Reset {
    Reset {
        shell: sample::desk(lang, "/admin/people/qianyi/password", ""),
        frame: frame(Section::People),
        name: w(lang, "钱毅", "Qian Yi"),
        account: "qianyi".to_owned(),
        form: people::reset_form(lang, "qianyi"),
        one_time: one_time.map(str::to_owned),
    }
}

fn preview(lang: Lang) -> PeoplePreview {
    let row = |row, account: &str, problem: Option<(&str, &str)>| Previewed {
        row,
        name: w(lang, "李华", "Li Hua"),
        account: account.to_owned(),
        unit: w(lang, "市城市照明中心", "City lighting centre"),
        role: lang.code_of("role", "handler").into_owned(),
        problem: problem.map(|(zh, en)| w(lang, zh, en)),
        is_known: account == "lihua",
    };
    PeoplePreview {
        shell: sample::desk(lang, "/admin/people/import", ""),
        frame: frame(Section::People),
        file: "people.xlsx".to_owned(),
        read: 3,
        new: 1,
        known: 1,
        rejected: 1,
        rows: vec![
            row(2, "lihua", None),
            row(3, "wangwu", None),
            row(4, "", Some(("账号一列是空的", "the account column is empty"))),
        ],
        form: Some(people::take_form(lang, "[]", 1)),
    }
}

fn all_posts(lang: Lang) -> Posts {
    let post = |id: &str, role: &str, is_own| PostRow {
        id: id.to_owned(),
        person: w(lang, "赵敏", "Zhao Min"),
        account: "zhaomin".to_owned(),
        role: lang.code_of("role", role).into_owned(),
        unit: w(lang, "索河街道办事处", "Suohe street office"),
        grid: (role == "grid-worker").then(|| w(lang, "07网格", "grid 07")),
        since: on(9, 1),
        is_own,
    };
    let offered = posts::Offered {
        people: one(lang, "qianyi", "钱毅", "Qian Yi"),
        roles: vec![Choice::new("handler", lang.code_of("role", "handler"))],
        units: unit_choices(lang),
        grids: grid_choices(lang),
    };
    Posts {
        shell: sample::desk(lang, "/admin/posts", ""),
        frame: frame(Section::Posts),
        filters: people::filter_form(lang, "/admin/posts", unit_choices(lang), &Entered::default()),
        posts: vec![post("p1", "grid-worker", false), post("p2", "security-admin", true)],
        pages: Pages::default(),
        give: posts::give_form(lang, offered, &Entered::default()),
        roles: vec![(
            lang.code_of("role", "handler").into_owned(),
            w(lang, "签收、办理、申请延期和办结", "signs, handles, asks for time, submits"),
        )],
    }
}

fn take_post(lang: Lang) -> TakePost {
    TakePost {
        shell: sample::desk(lang, "/admin/posts/p1/take", ""),
        frame: frame(Section::Posts),
        person: w(lang, "赵敏", "Zhao Min"),
        post: w(lang, "索河街道办事处·网格员", "Suohe street office, grid worker"),
        form: posts::take_form(lang, "p1"),
    }
}

fn all_places(lang: Lang) -> Places {
    let place = |id: &str, name: (&str, &str), is_retired| PlaceRow {
        id: id.to_owned(),
        name: w(lang, name.0, name.1),
        grid: w(lang, "索河街道 安澜社区 07网格", "Suohe, Anlan, grid 07"),
        reports: 3,
        is_retired,
    };
    Places {
        shell: sample::desk(lang, "/admin/places", ""),
        frame: frame(Section::Places),
        places: vec![
            place("LD-0417", ("柳园路路灯", "Lamp in Liuyuan Road"), false),
            place("ZT-0133", ("建设路公交站", "Jianshe Road bus stop"), true),
        ],
        pages: Pages::default(),
        add: places::add_form(lang, grid_choices(lang), &Entered::default()),
        sheet_href: "/admin/places/signs".to_owned(),
    }
}

fn no_places(lang: Lang) -> Places {
    let mut page = all_places(lang);
    page.places = Vec::new();
    page.frame.refused = Some(refused(
        lang,
        ("没有加上", "Not added"),
        ("这个位置在县界以外，请核对经纬度。", "This position lies outside the county: check it."),
    ));
    page
}

fn retire(lang: Lang) -> RetirePlace {
    RetirePlace {
        shell: sample::desk(lang, "/admin/places/LD-0417/retire", ""),
        frame: frame(Section::Places),
        name: w(lang, "柳园路路灯", "Lamp in Liuyuan Road"),
        code: "LD-0417".to_owned(),
        form: places::retire_form(lang, "LD-0417", &Entered::default()),
    }
}

fn signs(lang: Lang) -> Signs {
    let sign = |code: &str, name: (&str, &str)| Sign {
        code: code.to_owned(),
        name: w(lang, name.0, name.1),
        grid: w(lang, "索河街道 安澜社区 07网格", "Suohe, Anlan, grid 07"),
        address: format!("https://bihuan.example/p/{code}"),
    };
    Signs {
        shell: sample::desk(lang, "/admin/places/signs", ""),
        signs: vec![
            sign("LD-0417", ("柳园路路灯", "Lamp in Liuyuan Road")),
            sign("ZT-0133", ("建设路公交站", "Jianshe Road bus stop")),
        ],
    }
}
