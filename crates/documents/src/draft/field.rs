//! What a column of a table, or a label in a record, can stand for.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The row's own number, which others may name as their parent.
    Number,
    /// The number of the task this one is part of.
    Parent,
    Task,
    Goal,
    Class,
    Official,
    LeadUnit,
    CoUnits,
    Person,
    Due,
    Source,
    Approver,
    Note,
}

impl Field {
    pub const ALL: [Self; 13] = [
        Self::Number,
        Self::Parent,
        Self::Task,
        Self::Goal,
        Self::Class,
        Self::Official,
        Self::LeadUnit,
        Self::CoUnits,
        Self::Person,
        Self::Due,
        Self::Source,
        Self::Approver,
        Self::Note,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Parent => "parent",
            Self::Task => "task",
            Self::Goal => "goal",
            Self::Class => "class",
            Self::Official => "official",
            Self::LeadUnit => "lead-unit",
            Self::CoUnits => "co-units",
            Self::Person => "person",
            Self::Due => "due",
            Self::Source => "source",
            Self::Approver => "approver",
            Self::Note => "note",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }

    /// Characters a cell may have.
    pub const fn most_characters(self) -> usize {
        match self {
            Self::Number | Self::Parent | Self::Class => 30,
            Self::Official | Self::Person | Self::Approver | Self::Due => 60,
            Self::LeadUnit | Self::Source => 200,
            Self::CoUnits | Self::Goal | Self::Note => 1000,
            Self::Task => 2000,
        }
    }

    /// Whether a merged cell of this column says the same of every row it
    /// spans. A task or a deadline over several rows may as well mean that they
    /// are one task.
    pub(crate) const fn may_be_repeated(self) -> bool {
        matches!(self, Self::LeadUnit | Self::Official | Self::Class)
    }

    /// Whether a row without it would be another task than the one meant.
    pub(crate) const fn must_not_be_merged(self) -> bool {
        matches!(self, Self::Task | Self::Due)
    }
}

/// Names as they stand in the heads of real tables, without spaces, brackets
/// and in lower case.
pub(crate) const HEADINGS: [(Field, &[&str]); 13] = [
    (Field::Number, &["序号", "编号", "序", "任务编号", "事项编号", "no", "no.", "number", "#"]),
    (
        Field::Parent,
        &[
            "上级序号",
            "所属任务",
            "上级任务",
            "所属序号",
            "上级编号",
            "父任务",
            "parent",
            "parentno",
            "parentno.",
            "partofno.",
        ],
    ),
    (
        Field::Task,
        &[
            "事项内容",
            "工作任务",
            "任务",
            "事项",
            "重点工作",
            "任务内容",
            "工作内容",
            "事项名称",
            "任务名称",
            "督办事项",
            "督查事项",
            "重点任务",
            "具体任务",
            "工作事项",
            "交办事项",
            "议定事项",
            "目标任务",
            "task",
            "tasks",
            "matter",
            "item",
            "decision",
            "whatistobedone",
        ],
    ),
    (
        Field::Goal,
        &["工作目标", "目标", "目标要求", "完成标准", "工作要求", "预期成效", "goal", "target"],
    ),
    (
        Field::Class,
        &[
            "类别",
            "事项类别",
            "任务类别",
            "类型",
            "事项类型",
            "任务类型",
            "分类",
            "class",
            "type",
            "category",
        ],
    ),
    (
        Field::Official,
        &[
            "牵头领导",
            "分管领导",
            "责任领导",
            "包抓领导",
            "市领导",
            "县领导",
            "区领导",
            "领导",
            "leadofficial",
            "official",
            "leader",
        ],
    ),
    (
        Field::LeadUnit,
        &[
            "牵头单位",
            "责任单位",
            "主办单位",
            "承办单位",
            "牵头部门",
            "责任部门",
            "主办部门",
            "主责单位",
            "落实单位",
            "单位",
            "leadunit",
            "responsibleunit",
            "unit",
        ],
    ),
    (
        Field::CoUnits,
        &[
            "协办单位",
            "配合单位",
            "配合部门",
            "协同单位",
            "协办部门",
            "参与单位",
            "会办单位",
            "配合责任单位",
            "协办责任单位",
            "co-units",
            "co-unit",
            "counits",
            "supportingunits",
            "co-handlingunit",
            "co-handlingunits",
        ],
    ),
    (
        Field::Person,
        &[
            "责任人",
            "具体责任人",
            "联系人",
            "经办人",
            "承办人",
            "负责人",
            "person",
            "responsibleperson",
            "contact",
            "personresponsible",
        ],
    ),
    (
        Field::Due,
        &[
            "完成时限",
            "时限",
            "办结时限",
            "完成时间",
            "办理时限",
            "截止时间",
            "截止日期",
            "完成日期",
            "时间节点",
            "时限要求",
            "完成期限",
            "due",
            "duedate",
            "deadline",
        ],
    ),
    (Field::Source, &["任务来源", "事项来源", "来源", "文件依据", "依据", "source"]),
    (Field::Approver, &["批准人", "审批人", "签批人", "批准领导", "approver", "approvedby"]),
    (Field::Note, &["备注", "说明", "note", "notes", "remark", "remarks"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_names_and_no_name_stands_for_two() {
        let mut names: Vec<&str> = Vec::new();
        for field in Field::ALL {
            let (_, own) = HEADINGS.iter().find(|(of, _)| *of == field).expect("names");
            names.extend(*own);
            assert_eq!(Field::from_code(field.code()), Some(field));
        }
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
