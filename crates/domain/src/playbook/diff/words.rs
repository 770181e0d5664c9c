//! How the parts of a playbook are put in the lines of a comparison.

use super::super::limit::{limit_text, limit_words};
use super::super::model::{
    EvidenceRule, Item, NodeLimit, NodeRule, PaperField, PaperTemplate, Playbook, Regime, SlipRule,
    StepRule, Text,
};
use crate::access::Role;
use crate::calendar::{DayOne, HolidayRule, WorkHours};
use crate::ids::UnitCode;

pub(super) fn text(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text { zh: zh.into(), en: en.into() }
}

pub(super) fn periods(work: &WorkHours) -> Text {
    let period = |(from, to): &(jiff::civil::Time, jiff::civil::Time)| {
        format!("{}-{}", from.strftime("%H:%M"), to.strftime("%H:%M"))
    };
    let periods: Vec<String> = work.periods.iter().map(period).collect();
    list(periods.iter().map(String::as_str))
}

pub(super) fn official(official: bool) -> Text {
    if official { text("正式", "official") } else { text("示例", "example") }
}

pub(super) fn none() -> Text {
    text("无", "none")
}

pub(super) fn same(value: String) -> Text {
    text(value.clone(), value)
}

pub(super) fn slips(regime: &Regime) -> Text {
    let of = |slip: &SlipRule, proposes: &str| {
        let after = slip.after.map(|limit| format!(" +{}", limit_text(limit))).unwrap_or_default();
        let proposes = if slip.proposes_criticism { proposes } else { "" };
        format!("{}{after}{proposes}", slip.colour.code())
    };
    if regime.slips.is_empty() {
        return none();
    }
    let all = |proposes: &str, between: &str| {
        let slips: Vec<String> = regime.slips.iter().map(|slip| of(slip, proposes)).collect();
        slips.join(between)
    };
    text(all("，建议通报批评", "、"), all(", proposes criticism", "; "))
}

pub(super) fn yes_no(value: bool) -> Text {
    if value { text("是", "yes") } else { text("否", "no") }
}

pub(super) fn list<'a>(parts: impl Iterator<Item = &'a str>) -> Text {
    let parts: Vec<&str> = parts.collect();
    if parts.is_empty() {
        return text("无", "none");
    }
    text(parts.join("、"), parts.join(", "))
}

pub(super) fn roles(rule: &StepRule) -> Text {
    list(rule.by.iter().map(|role: &Role| role.code()))
}

pub(super) fn node_limit(node: &NodeRule) -> Text {
    match node.limit {
        NodeLimit::Fixed(limit) => limit_words(limit),
        NodeLimit::Item => text("按事项", "the item's"),
        NodeLimit::Given => text("交办时给定的日期", "the date given"),
        NodeLimit::NextStage => text("方案的下一节点", "the plan's next date"),
        NodeLimit::PlanEnd => text("方案的最后节点", "the plan's last date"),
    }
}

pub(super) fn ends(node: &NodeRule) -> Text {
    let other = node.or_met_by.map(|end| format!(" / {}", end.code())).unwrap_or_default();
    same(format!("{}–{}{other}", node.starts.code(), node.met_by.code()))
}

pub(super) fn counting(node: &NodeRule) -> Text {
    let (day_zh, day_en) = match node.counting.day_one {
        DayOne::NextDay => ("次日起算".to_owned(), "from the next day".to_owned()),
        DayOne::SameDay => ("当日起算".to_owned(), "from the same day".to_owned()),
        DayOne::SameDayUntil(time) => {
            let time = time.strftime("%H:%M");
            (format!("{time}前当日起算"), format!("from the same day until {time}"))
        }
    };
    let (holiday_zh, holiday_en) = match node.counting.holiday {
        HolidayRule::Keep => ("末日遇假不顺延", "a last day off stays"),
        HolidayRule::NextWorkday => ("末日遇假顺延", "a last day off moves on"),
    };
    text(format!("{day_zh}，{holiday_zh}"), format!("{day_en}, {holiday_en}"))
}

pub(super) fn only(node: &NodeRule) -> Text {
    if node.only.is_empty() {
        return text("全部", "all");
    }
    list(node.only.iter().map(|urgency| urgency.code()))
}

pub(super) fn limits(item: &Item) -> Text {
    let words = item.limits.iter().map(|(urgency, limit)| {
        let limit = limit_words(*limit);
        (format!("{} {}", urgency.code(), limit.zh), format!("{} {}", urgency.code(), limit.en))
    });
    let (zh, en): (Vec<String>, Vec<String>) = words.unzip();
    text(zh.join("、"), en.join(", "))
}

pub(super) fn evidence(rule: EvidenceRule) -> Text {
    text(
        format!("修复后照片{}张、文件{}份", rule.after, rule.document),
        format!("{} photos after, {} documents", rule.after, rule.document),
    )
}

pub(super) fn fields(paper: &PaperTemplate) -> Text {
    let of = |field: &PaperField| {
        let kind = field.kind.code();
        let need = if field.needed { "" } else { "?" };
        format!("{}: {kind}{need}", field.code)
    };
    let fields: Vec<String> = paper.fields.iter().map(of).collect();
    list(fields.iter().map(String::as_str))
}

pub(super) fn unit_name(playbook: &Playbook, unit: &UnitCode) -> Text {
    let known = playbook.unit(unit).map(|unit| unit.name.clone());
    known.unwrap_or_else(|| text(unit.as_str(), unit.as_str()))
}
