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
    /// How soon it must be dealt with; each item has a limit for each.
    Urgency {
        Ordinary = "ordinary",
        Urgent = "urgent",
        /// 重大、复杂
        Major = "major",
    }
}

closed_set! {
    /// What a piece of content is.
    ContentTag {
        /// A reporter's own words.
        Words = "words",
        /// What an officer wrote for colleagues.
        Note = "note",
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
