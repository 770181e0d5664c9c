//! Who may do what is not a step on a matter: the three administrators (三员)
//! hold different rights, and none of them handles matters.

use bihuan_domain::access::{Role, reads_identities};

use crate::rules::Rules;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Admin {
    KeepUnits,
    KeepPeople,
    GrantPosts,
    ResetPasswords,
    ProposePlaybook,
    ApprovePlaybook,
    LoadCalendar,
    KeepPlaces,
    /// Messages on their way and background tasks.
    KeepRunning,
    Import,
    Export,
    ReadJournal,
    ReadIdentityLog,
    SeeFigures,
    SearchByPhone,
    RegisterForCaller,
    /// Erasing contents where the law asks for it.
    Erase,
}

impl Admin {
    pub const ALL: [Self; 17] = [
        Self::KeepUnits,
        Self::KeepPeople,
        Self::GrantPosts,
        Self::ResetPasswords,
        Self::ProposePlaybook,
        Self::ApprovePlaybook,
        Self::LoadCalendar,
        Self::KeepPlaces,
        Self::KeepRunning,
        Self::Import,
        Self::Export,
        Self::ReadJournal,
        Self::ReadIdentityLog,
        Self::SeeFigures,
        Self::SearchByPhone,
        Self::RegisterForCaller,
        Self::Erase,
    ];
}

/// Acts whose posts only the security administrator gives: whoever keeps the
/// accounts would otherwise give them to an account of their own making.
const ENTRUSTED: [Admin; 7] = [
    Admin::GrantPosts,
    Admin::ResetPasswords,
    Admin::ApprovePlaybook,
    Admin::ReadJournal,
    Admin::ReadIdentityLog,
    Admin::SearchByPhone,
    Admin::RegisterForCaller,
];

/// Whether a post goes beyond the everyday: an administrator's, one that reads
/// who reported under any playbook, approves rules or reads the journal.
pub fn is_entrusted(role: Role, rules: &Rules) -> bool {
    role.administers()
        || ENTRUSTED.into_iter().any(|act| may(role, act))
        || rules.versions().any(|(_, version)| reads_identities(role, &version.playbook))
}

/// Whether a post of this kind may be given by whoever holds `giver`.
pub fn may_give(giver: Role, role: Role, rules: &Rules) -> bool {
    may(giver, Admin::GrantPosts) || (may(giver, Admin::KeepPeople) && !is_entrusted(role, rules))
}

/// Default deny. `System` stands for the command line, whose user holds the
/// database and the keys anyway.
pub const fn may(role: Role, act: Admin) -> bool {
    match act {
        Admin::KeepUnits
        | Admin::KeepPeople
        | Admin::ProposePlaybook
        | Admin::LoadCalendar
        | Admin::KeepRunning
        | Admin::Import => matches!(role, Role::SystemAdmin | Role::System),
        Admin::KeepPlaces => {
            matches!(role, Role::SystemAdmin | Role::Triage | Role::Dispatcher | Role::System)
        }
        Admin::GrantPosts | Admin::ResetPasswords => {
            matches!(role, Role::SecurityAdmin | Role::System)
        }
        Admin::Erase => matches!(role, Role::SecurityAdmin),
        Admin::ApprovePlaybook => {
            matches!(role, Role::SecurityAdmin | Role::Leader | Role::System)
        }
        Admin::ReadJournal => matches!(
            role,
            Role::Auditor | Role::SecurityAdmin | Role::Supervisor | Role::Leader | Role::System
        ),
        Admin::ReadIdentityLog => matches!(role, Role::Auditor | Role::System),
        Admin::SearchByPhone | Admin::RegisterForCaller => matches!(role, Role::Triage),
        Admin::SeeFigures | Admin::Export => matches!(
            role,
            Role::Triage
                | Role::Dispatcher
                | Role::UnitHead
                | Role::Handler
                | Role::Supervisor
                | Role::Leader
                | Role::System
        ),
    }
}
