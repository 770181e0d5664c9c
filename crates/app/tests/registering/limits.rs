//! What a year may lay on units, on both engines.

use bihuan_app::Composer;
use bihuan_domain::ids::UnitCode;
use bihuan_domain::matter::{Brief, Burden, Command, ContentTag};
use bihuan_domain::playbook::model::DUTY;
use bihuan_domain::refusal::Reason;
use tokio::task::JoinSet;

use crate::{Office, approval, office, reason, task};

const VILLAGE: &str = "village-13-001";
/// Of demands on a village in the shipped example.
const BUDGET: usize = 12;

impl Office {
    /// Drafted tasks of the duty list, for the village.
    async fn demanded(&self, count: usize) -> Vec<bihuan_domain::ids::MatterId> {
        let ids = self.ids(count);
        let tasks = ids.iter().map(|id| (*id, task("报告路灯损坏").by(VILLAGE)));
        let codes = [(DUTY.to_owned(), "village-roads".to_owned())];
        self.file_with(&self.supervisor, tasks.collect(), |brief| Brief {
            codes: codes.clone().into_iter().collect(),
            ..brief
        })
        .await
        .unwrap();
        ids
    }

    async fn pass(&self, id: bihuan_domain::ids::MatterId) -> Result<(), bihuan_app::Error> {
        let mut composed = Composer::new(&self.running.app);
        let reason = Some(composed.words(ContentTag::Note, "汛期应急").unwrap());
        composed.push(Command::ApproveFiling { approve: true, document: None, reason });
        self.submit(&self.leader, id, composed).await
    }

    async fn of_village(&self) -> (i64, i64) {
        let year = self.running.app.burden_of_year(&self.leader, None).await.unwrap();
        let village = year.units.iter().find(|unit| unit.unit == UnitCode::new(VILLAGE));
        village.map_or((0, 0), |unit| {
            let counted = unit.of(Burden::Demands);
            (counted.count, counted.passed)
        })
    }
}

#[tokio::test]
async fn beyond_the_budget_a_village_is_given_more_only_by_a_leader_who_says_why() {
    office!(office => {
        let ids = office.demanded(BUDGET + 1).await;
        assert_eq!(office.of_village().await, (0, 0), "drafts lay nothing on anybody");
        for id in &ids[..BUDGET] {
            office.approve(*id).await.unwrap();
        }
        assert_eq!(office.of_village().await, (12, 0));
        let last = ids[BUDGET];
        assert_eq!(reason(office.approve(last).await), Reason::BudgetUsedUp);
        assert_eq!(office.stage(last).await, "drafted");
        office.pass(last).await.unwrap();
        assert_eq!(office.stage(last).await, "dispatched");
        assert_eq!(office.of_village().await, (13, 1));
        let over = &office.matter_of(last).await.passed_over[0];
        assert_eq!(over.by, office.leader.actor.person);
    });
}

#[tokio::test]
async fn two_approvals_at_once_are_not_both_the_last_of_the_budget() {
    office!(office => {
        let ids = office.demanded(BUDGET + 1).await;
        for id in &ids[..BUDGET - 1] {
            office.approve(*id).await.unwrap();
        }
        let office = std::sync::Arc::new(office);
        let mut approvals = JoinSet::new();
        for id in ids[BUDGET - 1..].iter().copied() {
            let office = std::sync::Arc::clone(&office);
            approvals.spawn(async move { office.approve(id).await });
        }
        let outcomes = approvals.join_all().await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        for outcome in outcomes.into_iter().filter(Result::is_err) {
            assert_eq!(reason(outcome), Reason::BudgetUsedUp);
        }
        assert_eq!(office.of_village().await, (12, 0));
    });
}

#[tokio::test]
async fn a_part_that_needs_a_leaders_reason_stays_a_draft_when_its_whole_is_approved() {
    office!(office => {
        let ids = office.ids(3);
        let (whole, road, village) = (ids[0], ids[1], ids[2]);
        office.file(&office.supervisor, vec![
            (whole, task("会议")),
            (road, task("修路").by("transport").part_of(whole)),
            (village, task("招商引资").by(VILLAGE).part_of(whole)),
        ]).await.unwrap();
        office.approve(whole).await.unwrap();
        assert_eq!(office.stage(road).await, "dispatched");
        assert_eq!(office.stage(village).await, "drafted");
        assert_eq!(reason(office.act(&office.leader, village, approval()).await), Reason::OutsideDuties);
        office.pass(village).await.unwrap();
        assert_eq!(office.stage(village).await, "dispatched");
        assert_eq!(office.of_village().await, (1, 1));
    });
}

#[tokio::test]
async fn what_is_taken_back_no_longer_counts() {
    office!(office => {
        let ids = office.demanded(2).await;
        for id in &ids {
            office.approve(*id).await.unwrap();
        }
        let mut composed = Composer::new(&office.running.app);
        let why = composed.words(ContentTag::Note, "重复").unwrap();
        composed.push(Command::UndoDispatch { reason: why });
        office.submit(&office.supervisor, ids[0], composed).await.unwrap();
        assert_eq!(office.of_village().await, (1, 0));
    });
}

#[tokio::test]
async fn a_unit_reads_nobodys_burden() {
    office!(office => {
        let running = &office.running;
        let head = running.person("head", bihuan_domain::access::Role::UnitHead, "lighting", None).await;
        let refused = running.app.burden_of_year(&head, None).await;
        assert!(matches!(refused, Err(bihuan_app::Error::Forbidden)));
    });
}
