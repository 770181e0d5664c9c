//! What each county's demo tells: its meetings and campaigns, and the figures
//! its newspaper printed. One generator plays them all.

use crate::full::Size;

/// A meeting whose decisions became tasks.
pub(crate) struct Meeting {
    pub(crate) name: &'static str,
    pub(crate) days_ago: i64,
    /// Tasks closed or struck off by the present, and open ones.
    pub(crate) done: usize,
    pub(crate) open: usize,
}

/// An inspection, what it found, and the papers about it.
pub(crate) struct Campaign {
    pub(crate) name: &'static str,
    pub(crate) days_ago: i64,
    pub(crate) findings: usize,
    pub(crate) notices: Option<Notices>,
    pub(crate) look_back: Option<Round>,
}

/// Rectification notices; of those criticised, one unit's are two.
pub(crate) struct Notices {
    pub(crate) all: usize,
    pub(crate) criticised_units: usize,
    /// Written on the last working day, with their findings.
    pub(crate) fresh: usize,
}

/// A later inspection that looks back at what was struck off.
pub(crate) struct Round {
    pub(crate) name: &'static str,
    pub(crate) days_ago: i64,
    pub(crate) new_findings: usize,
}

/// As printed.
pub(crate) struct Article {
    /// Tasks: all, done, on track.
    pub(crate) tasks: Option<(i64, i64, i64)>,
    /// Findings, notices, units criticised.
    pub(crate) rectified: Option<(i64, i64, i64)>,
    pub(crate) size: Option<Size>,
}

pub(crate) struct Script {
    county: &'static str,
    /// Units whose handler and head can sign in.
    pub(crate) open_units: &'static [&'static str],
    pub(crate) meetings: &'static [Meeting],
    /// What a meeting decides about, so many at a time.
    pub(crate) topics: &'static [&'static str],
    pub(crate) topics_each: usize,
    pub(crate) campaigns: &'static [Campaign],
    pub(crate) article: Article,
}

impl Script {
    /// A county nobody wrote a script for has residents' reports only.
    pub(crate) fn of(county: &str) -> &'static Self {
        let known = [&XINGYANG, &ZAOQIANG].into_iter().find(|script| script.county == county);
        known.unwrap_or(&REPORTS_ONLY)
    }
}

const fn meeting(name: &'static str, days_ago: i64, done: usize, open: usize) -> Meeting {
    Meeting { name, days_ago, done, open }
}

static REPORTS_ONLY: Script = Script {
    county: "",
    open_units: &["lighting", "municipal-works", "sanitation", "urban-enforcement"],
    meetings: &[],
    topics: &[],
    topics_each: 1,
    campaigns: &[],
    article: Article { tasks: None, rectified: None, size: None },
};

static XINGYANG: Script = Script {
    county: "410182",
    open_units: &["lighting", "municipal-works", "sanitation", "urban-enforcement"],
    meetings: &[
        meeting("市政府第1次常务会议（示例）", 56, 48, 2),
        meeting("优化营商环境推进会（示例）", 53, 47, 3),
        meeting("城市精细化管理专题会（示例）", 49, 46, 4),
        meeting("市政府第2次常务会议（示例）", 45, 45, 5),
        meeting("安全生产工作例会（示例）", 41, 44, 6),
        meeting("生态环境保护推进会（示例）", 37, 43, 7),
        meeting("市政府第3次常务会议（示例）", 33, 41, 9),
        meeting("民生实事调度会（示例）", 29, 39, 11),
        meeting("乡村建设现场会（示例）", 25, 36, 14),
        meeting("市政府第4次常务会议（示例）", 21, 30, 20),
        meeting("老旧小区改造专题会（示例）", 17, 22, 28),
        meeting("今冬供暖保障部署会（示例）", 13, 13, 37),
        meeting("市政府第5次常务会议（示例）", 9, 7, 43),
        meeting("年度重点任务冲刺会（示例）", 5, 1, 48),
    ],
    topics: &[
        "城区积水点治理",
        "路灯亮化补盲",
        "井盖隐患排查",
        "老旧小区改造",
        "背街小巷整治",
        "供暖管网检修",
        "燃气安全入户检查",
        "校园周边环境整治",
        "农村人居环境整治",
        "河道清理",
        "秸秆禁烧",
        "扬尘管控",
        "消防通道清理",
        "公交站点完善",
        "停车秩序整治",
        "垃圾分类推广",
        "便民市场规范",
        "养老服务站建设",
        "政务服务事项下放",
        "欠薪线索核查",
    ],
    topics_each: 5,
    campaigns: &[Campaign {
        name: "重点工作落实情况监督检查（示例）",
        days_ago: 48,
        findings: 42,
        notices: Some(Notices { all: 33, criticised_units: 29, fresh: 3 }),
        look_back: None,
    }],
    article: Article {
        tasks: Some((699, 462, 237)),
        rectified: Some((42, 33, 29)),
        size: Some(Size { workers: 6_513, reports: 160_000, closed_percent: 99 }),
    },
};

static ZAOQIANG: Script = Script {
    county: "131121",
    open_units: &["housing", "agriculture"],
    meetings: &[
        meeting("全县“二三四”抓落实动员会（示例，两千余人参加）", 40, 34, 14),
        meeting("重点工作联席会商（示例）", 12, 6, 10),
    ],
    topics: &[
        "重点项目建设",
        "产业链招商",
        "入库入统、应统尽统",
        "民生工程开工",
        "高标准农田建设",
        "乡村环境整治",
        "营商环境优化",
        "安全隐患排查",
    ],
    topics_each: 8,
    campaigns: &[Campaign {
        name: "作风和重点工作专项整治（示例）",
        days_ago: 54,
        findings: 16,
        notices: None,
        look_back: Some(Round {
            name: "专项整治回头看（示例）", days_ago: 10, new_findings: 4
        }),
    }],
    article: Article { tasks: None, rectified: None, size: None },
};
