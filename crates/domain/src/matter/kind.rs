//! The small closed sets a matter is described with.

use serde::{Deserialize, Serialize};

macro_rules! closed_set {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant,)* }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name used in playbooks, tables, addresses and message keys.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

closed_set! {
    /// Where a matter stands.
    Stage {
        /// 待审批: drafted, and not in force before someone else approves it.
        Drafted = "drafted",
        /// 待受理
        Filed = "filed",
        /// 待核实: someone was asked whether it is true.
        Verifying = "verifying",
        /// 待交办
        Accepted = "accepted",
        /// 待签收
        Dispatched = "dispatched",
        /// 退回待裁定
        Returned = "returned",
        /// 办理中
        Handling = "handling",
        /// 待核查: submitted, waiting for someone else to see whether it is fixed.
        Checking = "checking",
        /// 待办结: checked and found fixed.
        Checked = "checked",
        /// 办结
        Closed = "closed",
        /// 销号
        StruckOff = "struck-off",
        /// 不予受理
        Declined = "declined",
        /// 已并入
        Merged = "merged",
        /// 已撤回
        Withdrawn = "withdrawn",
        /// Taken over from another system as it was given; nothing was acted here.
        Imported = "imported",
    }
}

impl Stage {
    /// Nothing is waited for any more, unless it is reopened or looked back at.
    pub const fn is_over(self) -> bool {
        matches!(
            self,
            Self::Closed
                | Self::StruckOff
                | Self::Declined
                | Self::Merged
                | Self::Withdrawn
                | Self::Imported
        )
    }
}

closed_set! {
    /// What can be done to a matter. Which of them a regime has, who may take
    /// them and what each needs is the playbook's.
    Step {
        File = "file",
        /// 审批立项、签发: by someone other than the drafter.
        ApproveFiling = "approve-filing",
        /// 准予例外: past a budget or the duty list, by a leader, for a reason.
        PassOver = "pass-over",
        /// 修改草稿
        Redraft = "redraft",
        /// 关联: this matter belongs to, covers or came of another.
        Link = "link",
        /// 并入已有事项
        Merge = "merge",
        Unmerge = "unmerge",
        /// 不予受理，告知法定渠道
        Decline = "decline",
        /// 受理
        Accept = "accept",
        /// 派人核实
        RequestVerification = "request-verification",
        /// 核实
        Verify = "verify",
        /// 交办
        Dispatch = "dispatch",
        UndoDispatch = "undo-dispatch",
        /// 签收
        Sign = "sign",
        /// 退回
        Return = "return",
        /// 裁定
        Adjudicate = "adjudicate",
        /// 申请转办
        RequestTransfer = "request-transfer",
        /// 转办
        Transfer = "transfer",
        /// 邀请协办
        CoHandle = "co-handle",
        /// 登记进展
        Act = "act",
        /// 报时间节点和方案、整改方案
        Plan = "plan",
        /// 会商
        Confer = "confer",
        /// 申请延期
        RequestExtension = "request-extension",
        /// 批准延期
        Extend = "extend",
        /// 挂账
        Suspend = "suspend",
        /// 恢复计时
        Resume = "resume",
        /// 申请办结
        Submit = "submit",
        /// 当场办结
        SettleOnSpot = "settle-on-spot",
        /// 核查
        Check = "check",
        /// 办结
        Close = "close",
        /// 公示
        Publicise = "publicise",
        /// 印发、发布
        Issue = "issue",
        /// 评价
        Rate = "rate",
        /// 重新办理
        Reopen = "reopen",
        /// 提级
        Escalate = "escalate",
        /// 销号
        StrikeOff = "strike-off",
        /// 回头看
        LookBack = "look-back",
        /// 撤回
        Withdraw = "withdraw",
        /// 请反映人补充
        Ask = "ask",
        /// 补充说明
        Supplement = "supplement",
        /// 拟答复
        Answer = "answer",
        /// 审定答复
        ApproveAnswer = "approve-answer",
        AmendClass = "amend-class",
        AmendPlace = "amend-place",
        /// 认定被反映单位
        SetObjectUnit = "set-object-unit",
        /// 批示
        Instruct = "instruct",
        /// 催办
        Urge = "urge",
        /// 发督办单
        Slip = "slip",
        /// 签收督办单
        SignSlip = "sign-slip",
        /// 提出通报批评建议
        ProposeCriticism = "propose-criticism",
        /// 审批通报批评 (政府督查工作条例 Art. 21)
        Criticise = "criticise",
        /// 申请复核 (政府督查工作条例 Art. 17)
        Object = "object",
        /// 复核
        Review = "review",
        /// 查看反映人身份
        ReadIdentity = "read-identity",
        /// 删除内容: words or photos, never the record that they were there.
        Erase = "erase",
        Import = "import",
    }
}

closed_set! {
    /// How a matter reached us.
    Source {
        /// 随手拍
        Snapshot = "snapshot",
        /// 网格员上报
        Grid = "grid",
        /// 12345热线
        Hotline = "hotline",
        /// 来访
        Visit = "visit",
        /// 来信
        Letter = "letter",
        /// 领导交办
        LeaderNote = "leader-note",
        /// 会议决定
        Meeting = "meeting",
        /// 文件、批示件
        Paper = "paper",
        /// 检查发现
        Inspection = "inspection",
        /// 投诉与建议
        Complaint = "complaint",
        Import = "import",
        Api = "api",
    }
}

closed_set! {
    /// What the reporter says once it is closed.
    Rating {
        Fixed = "fixed",
        Partly = "partly",
        NotFixed = "not-fixed",
    }
}

closed_set! {
    /// How soon, or in what manner, it must be dealt with (类别). A regime names
    /// those it knows; its nodes and the items of the catalogue go by them.
    Urgency {
        Ordinary = "ordinary",
        Urgent = "urgent",
        /// 重大、复杂
        Major = "major",
        /// 持续推进: reports at set nodes until it is done.
        Continuing = "continuing",
        /// 立行立改
        AtOnce = "at-once",
        /// 限期整改
        ByDate = "by-date",
        /// 分阶段整改
        Staged = "staged",
        /// 长期坚持
        Permanent = "permanent",
    }
}

impl Urgency {
    /// What matters of the catalogue are told apart by, and what a regime knows
    /// that names none.
    pub const OF_ITEMS: [Self; 3] = [Self::Ordinary, Self::Urgent, Self::Major];
}

closed_set! {
    /// How a closed task was done (评价等次).
    Grade {
        /// 优秀
        Excellent = "excellent",
        /// 良好
        Good = "good",
        /// 合格
        Pass = "pass",
        /// 不合格
        Fail = "fail",
    }
}

closed_set! {
    /// The colour of a slip (督办单), in the order they follow each other.
    SlipColour {
        /// 蓝单
        Blue = "blue",
        /// 橙单
        Orange = "orange",
        /// 红单
        Red = "red",
    }
}

closed_set! {
    /// What costs a unit time that is not the public's.
    Burden {
        /// 文件
        Documents = "documents",
        /// 会议
        Meetings = "meetings",
        /// 督查检查考核
        Inspections = "inspections",
        /// 下达到村（社区）的任务
        Demands = "demands",
    }
}

closed_set! {
    /// What another matter is to this one. Every link has its other half.
    Link {
        /// It was broken down, and the other is a part of it.
        Child = "child",
        /// The other is what it is a part of.
        Parent = "parent",
        /// A notice covers a finding.
        Covers = "covers",
        CoveredBy = "covered-by",
        /// It came of the other: a task of a report, a finding of a task.
        CameOf = "came-of",
        LedTo = "led-to",
        /// It was found by the other, an inspection.
        FoundBy = "found-by",
        Found = "found",
    }
}

impl Link {
    /// How the other matter sees it.
    pub const fn other_half(self) -> Self {
        match self {
            Self::Child => Self::Parent,
            Self::Parent => Self::Child,
            Self::Covers => Self::CoveredBy,
            Self::CoveredBy => Self::Covers,
            Self::CameOf => Self::LedTo,
            Self::LedTo => Self::CameOf,
            Self::FoundBy => Self::Found,
            Self::Found => Self::FoundBy,
        }
    }
}

closed_set! {
    /// Who a bulletin is for.
    Audience {
        /// 各承办单位
        Units = "units",
        /// 县领导
        Leaders = "leaders",
        /// 社会公开
        Public = "public",
    }
}

closed_set! {
    /// What a piece of content is.
    ContentTag {
        /// A reporter's own words.
        Words = "words",
        /// What an officer wrote for colleagues.
        Note = "note",
        /// The fields of an official paper, frozen as they were approved.
        Paper = "paper",
        /// What the reporter may read.
        Answer = "answer",
        Address = "address",
        Position = "position",
        /// A photo or file: its SHA-256, kind, size, and where and when it was taken.
        Attachment = "attachment",
        Identity = "identity",
        /// What another system recorded, as it was given.
        Imported = "imported",
    }
}

closed_set! {
    /// What a photo or file shows.
    EvidenceKind {
        /// As found.
        Before = "before",
        /// As fixed.
        After = "after",
        /// Any other proof.
        Document = "document",
    }
}

closed_set! {
    /// Why content may lawfully be erased.
    ErasureGround {
        /// 本人要求 (个人信息保护法 Art. 47)
        Requested = "requested",
        /// 保存期满 (个人信息保护法 Art. 19)
        RetentionOver = "retention-over",
        /// 内容违法或侵犯他人权益
        Unlawful = "unlawful",
        /// 误传
        Mistaken = "mistaken",
    }
}

closed_set! {
    /// Lawful ways a matter that is not ours to handle goes.
    DeclineGround {
        /// 110、119、120
        Emergency = "emergency",
        /// 诉讼、仲裁、纪检、复议、信访程序中
        InProcedure = "in-procedure",
        /// 已办理，无新事实
        AlreadyHandled = "already-handled",
        /// 涉及国家秘密、商业秘密、个人隐私
        Secret = "secret",
        /// 不属于职责范围
        OutsideDuty = "outside-duty",
        /// 违反法律或公序良俗
        Unlawful = "unlawful",
        /// 核实后不属实
        NotTrue = "not-true",
    }
}
