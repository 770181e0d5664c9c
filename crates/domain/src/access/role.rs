use serde::{Deserialize, Serialize};

/// What a post lets its holder be. A person may hold several posts, and acts
/// under one of them at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The person who reported, known by the receipt's code alone.
    Reporter,
    /// 网格员: reports, verifies and checks inside a grid.
    GridWorker,
    /// 网格长: confirms what was settled on the spot in the grid.
    GridLeader,
    /// 受理员
    Triage,
    /// 调度员: adjudicates returns, approves transfers, dispatches.
    Dispatcher,
    /// 承办人
    Handler,
    /// 单位第一责任人
    UnitHead,
    /// 督查员
    Supervisor,
    /// 县领导
    Leader,
    /// 审计员, one of the three administrators.
    Auditor,
    /// 安全管理员
    SecurityAdmin,
    /// 系统管理员
    SystemAdmin,
    /// Bihuan itself, at a limit.
    System,
}

impl Role {
    pub const ALL: [Self; 13] = [
        Self::Reporter,
        Self::GridWorker,
        Self::GridLeader,
        Self::Triage,
        Self::Dispatcher,
        Self::Handler,
        Self::UnitHead,
        Self::Supervisor,
        Self::Leader,
        Self::Auditor,
        Self::SecurityAdmin,
        Self::SystemAdmin,
        Self::System,
    ];

    /// The name used in playbooks, tables and message keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::GridWorker => "grid-worker",
            Self::GridLeader => "grid-leader",
            Self::Triage => "triage",
            Self::Dispatcher => "dispatcher",
            Self::Handler => "handler",
            Self::UnitHead => "unit-head",
            Self::Supervisor => "supervisor",
            Self::Leader => "leader",
            Self::Auditor => "auditor",
            Self::SecurityAdmin => "security-admin",
            Self::SystemAdmin => "system-admin",
            Self::System => "system",
        }
    }

    /// Whether this is one of the three administrators (三员).
    pub const fn administers(self) -> bool {
        matches!(self, Self::Auditor | Self::SecurityAdmin | Self::SystemAdmin)
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}
