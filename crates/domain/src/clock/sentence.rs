//! The one sentence of "why this date": from what day how much was counted,
//! what was paused and added, which days off were passed over, and the date.

use jiff::civil::Date;

use super::strip::{StripDay, Tally};
use super::words::{self, Dates};
use super::{Node, due_recalculated};
use crate::calendar::{Calendar, DayKind, DayOne, HolidayRule, Limit};
use crate::instant::Instant;
use crate::playbook::model::Text;

/// Swapped working days named one by one; more are only numbered.
const NAMED: usize = 4;

pub(super) fn sentence(
    node: &Node,
    calendar: &Calendar,
    days: &[StripDay],
    now: Instant,
    unknown_year: Option<i16>,
) -> Text {
    let dates = Dates { year: now.date().year() };
    let mut counted = vec![start(node, dates)];
    counted.extend(pauses(node, days));
    counted.extend(extensions(node, dates));
    let mut passed = Vec::new();
    // A date that stands from before a notice was loaded was not counted with
    // that notice's days, so they do not explain it.
    if !node.is_as_given() && due_recalculated(calendar, node).due_at == node.due.due_at {
        passed = days_off(node, calendar, days, dates);
    }
    let mut text = compose(&counted, &passed, &conclusion(node, dates));
    if let Some(note) = estimate(node, unknown_year) {
        text.zh.push_str(&note.zh);
        text.en.push(' ');
        text.en.push_str(&note.en);
    }
    text
}

fn compose(counted: &[Text], passed: &[Text], conclusion: &Text) -> Text {
    let (zh, en) = (list(counted, "，", |text| &text.zh), list(counted, ", ", |text| &text.en));
    if passed.is_empty() {
        return Text {
            zh: format!("{zh}，{}。", conclusion.zh),
            en: format!("{en}; {}.", conclusion.en),
        };
    }
    let passed_zh = list(passed, "，", |text| &text.zh);
    let passed_en = list(passed, ", ", |text| &text.en);
    Text {
        zh: format!("{zh}；{passed_zh}，{}。", conclusion.zh),
        en: format!("{en}; {passed_en}; {}.", conclusion.en),
    }
}

fn list(parts: &[Text], mark: &str, language: impl Fn(&Text) -> &String) -> String {
    parts.iter().map(|part| language(part).as_str()).collect::<Vec<_>>().join(mark)
}

fn conclusion(node: &Node, dates: Dates) -> Text {
    let by_day = matches!(node.counting.limit, Limit::WorkDays(_));
    let due = match by_day && !node.is_as_given() {
        true => dates.day(node.due.due_at.date()),
        false => dates.moment(node.due.due_at),
    };
    if node.is_paused() {
        return Text {
            zh: format!("暂停前的时限是{}", due.zh),
            en: format!("before the pause it was {}", due.en),
        };
    }
    Text { zh: format!("所以是{}", due.zh), en: format!("so it is {}", due.en) }
}

fn start(node: &Node, dates: Dates) -> Text {
    let at = dates.moment(node.started_at);
    if node.is_as_given() {
        return Text {
            zh: format!("{}开始，时限沿用原系统给定的", at.zh),
            en: format!("Begun {}, with the date the other system gave", at.en),
        };
    }
    let limit = words::limit(node.counting.limit, dates);
    let day = node.started_at.date();
    match node.counting.limit {
        Limit::On(_) => Text {
            zh: format!("规定的日期是{}", limit.zh),
            en: format!("Fixed for {}", limit.en),
        },
        Limit::Minutes(_) => Text {
            zh: format!("{}起算{}，昼夜连续计", at.zh, limit.zh),
            en: format!("{} from {}, counted day and night", limit.en, at.en),
        },
        Limit::WorkHours(_) => Text {
            zh: format!("{}起算{}，只计上班时间", at.zh, limit.zh),
            en: format!("{} from {}, counted in working time only", limit.en, at.en),
        },
        Limit::WorkDays(_) | Limit::Days(_) | Limit::Months(_) => {
            from_day(node, day, &limit, &at, dates)
        }
    }
}

fn from_day(node: &Node, day: Date, limit: &Text, at: &Text, dates: Dates) -> Text {
    match node.counting.day_one {
        DayOne::SameDayUntil(time) if node.started_at.time() > time => {
            let hour = format!("{:02}:{:02}", time.hour(), time.minute());
            Text {
                zh: format!("{}已过{hour}，次日起算{}", at.zh, limit.zh),
                en: format!("{}, after {hour}: {} from the next day", at.en, limit.en),
            }
        }
        DayOne::SameDay | DayOne::SameDayUntil(_) => Text {
            zh: format!("{}当日起算{}", dates.zh(day), limit.zh),
            en: format!("{} from {}, that day included", limit.en, dates.en(day)),
        },
        DayOne::NextDay => Text {
            zh: format!("{}次日起算{}", dates.zh(day), limit.zh),
            en: format!("{} from the day after {}", limit.en, dates.en(day)),
        },
    }
}

fn pauses(node: &Node, days: &[StripDay]) -> Option<Text> {
    if node.is_paused() {
        return Some(Text {
            zh: "现在暂停，恢复后重新计算".to_owned(),
            en: "paused now and counted again once resumed".to_owned(),
        });
    }
    if node.pauses.is_empty() {
        return None;
    }
    let paused = days.iter().filter(|day| day.tally == Tally::Paused).count();
    Some(match node.counting.limit {
        Limit::WorkDays(_) => {
            Text { zh: format!("中间暂停{paused}个"), en: format!("{paused} of them paused") }
        }
        Limit::Days(_) | Limit::Months(_) => Text {
            zh: format!("中间暂停{paused}天"),
            en: format!("paused for {paused} of the days between"),
        },
        Limit::Minutes(_) | Limit::WorkHours(_) => Text {
            zh: "暂停的时间不计".to_owned(),
            en: "time paused not counted".to_owned(),
        },
        Limit::On(_) => Text {
            zh: "暂停不改规定的日期".to_owned(),
            en: "a fixed date is not moved by pauses".to_owned(),
        },
    })
}

fn extensions(node: &Node, dates: Dates) -> impl Iterator<Item = Text> {
    let base = node.counting.limit;
    node.extensions.iter().map(move |by| {
        let words = words::limit(*by, dates);
        match (base, *by) {
            (_, Limit::On(_)) => Text {
                zh: format!("经批准延至{}", words.zh),
                en: format!("extended with approval to {}", words.en),
            },
            (Limit::WorkDays(_), Limit::WorkDays(n)) => Text {
                zh: format!("经批准延期{n}个"),
                en: format!("{n} added with approval"),
            },
            _ => Text {
                zh: format!("经批准延期{}", words.zh),
                en: format!("extended with approval by {}", words.en),
            },
        }
    })
}

/// Days off that did not count, weekend days that did, and a last day that
/// moved.
fn days_off(node: &Node, calendar: &Calendar, days: &[StripDay], dates: Dates) -> Vec<Text> {
    let due = node.due.due_at.date();
    let end = days.iter().position(|day| day.date > due).unwrap_or(days.len());
    let days = &days[..end];
    let mut parts = Vec::new();
    if counts_work_days(node) {
        parts.extend(holidays(calendar, days));
        parts.extend(swapped_days(&swapped(days), dates));
    }
    parts.extend(moved_on(node, calendar, days, dates));
    parts
}

fn holidays(calendar: &Calendar, days: &[StripDay]) -> Vec<Text> {
    let mut resting: Vec<(&str, u32)> = Vec::new();
    for day in days.iter().filter(|day| day.tally == Tally::Rest && day.day == DayKind::Holiday) {
        let name = calendar.holiday_name(day.date).unwrap_or_default();
        match resting.last_mut() {
            Some((last, days)) if *last == name => *days += 1,
            _ => resting.push((name, 1)),
        }
    }
    let told = |(name, days): (&str, u32)| {
        let name = words::holiday(name);
        Text {
            zh: format!("{}休{days}天不计", name.zh),
            en: format!("{} off for {} not counted", words::many(days, "day"), name.en),
        }
    };
    resting.into_iter().map(told).collect()
}

fn swapped(days: &[StripDay]) -> Vec<Date> {
    days.iter()
        .filter(|day| day.day == DayKind::SwappedWorkday && is_counted(day))
        .map(|day| day.date)
        .collect()
}

/// A last day off that the rule moved to the next working day.
fn moved_on(node: &Node, calendar: &Calendar, days: &[StripDay], dates: Dates) -> Option<Text> {
    if node.counting.holiday == HolidayRule::Keep || is_by_work(&node.counting.limit) {
        return None;
    }
    let last = match (node.counting.limit, node.extensions.is_empty()) {
        (Limit::On(date), true) => date,
        _ => days.iter().rev().find(|day| is_counted(day))?.date,
    };
    if last >= node.due.due_at.date() || calendar.is_workday(last) {
        return None;
    }
    Some(Text {
        zh: format!("最后一天{}休息，顺延到下一个工作日", dates.zh(last)),
        en: format!(
            "the last day, {}, is a day off and moves to the next working day",
            dates.en(last)
        ),
    })
}

const fn is_counted(day: &StripDay) -> bool {
    matches!(day.tally, Tally::Counted | Tally::Ahead | Tally::Added)
}

fn swapped_days(swapped: &[Date], dates: Dates) -> Option<Text> {
    let days = u32::try_from(swapped.len()).unwrap_or(u32::MAX);
    match swapped.len() {
        0 => None,
        1..=NAMED => Some(Text {
            zh: format!("{}调休上班照计", dates.list_zh(swapped)),
            en: format!("{} worked instead and counted", dates.list_en(swapped)),
        }),
        _ => Some(Text {
            zh: format!("{days}个调休上班日照计"),
            en: format!("{} worked instead and counted", words::many(days, "weekend day")),
        }),
    }
}

/// Whether days off could have been passed over at all.
fn counts_work_days(node: &Node) -> bool {
    is_by_work(&node.counting.limit) || node.extensions.iter().any(is_by_work)
}

const fn is_by_work(limit: &Limit) -> bool {
    matches!(limit, Limit::WorkDays(_) | Limit::WorkHours(_))
}

fn estimate(node: &Node, unknown_year: Option<i16>) -> Option<Text> {
    if !node.due.estimated {
        return None;
    }
    Some(match unknown_year {
        Some(year) => Text {
            zh: format!("{year}年的放假安排还没有录入，按周一至周五估算。"),
            en: format!("The holiday notice for {year} is not loaded yet, so this is an estimate counting Monday to Friday."),
        },
        None => Text {
            zh: "定这个日期时放假安排还没有录入，是按周一至周五估算的。".to_owned(),
            en: "When this date was set the holiday notice was not loaded, so it was estimated counting Monday to Friday.".to_owned(),
        },
    })
}
