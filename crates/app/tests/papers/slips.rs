//! Slips: each with a number and a paper of its own.

use bihuan_app::Error;
use bihuan_domain::ids::NodeCode;
use bihuan_domain::matter::{Command, SlipColour, Urgency};
use bihuan_domain::refusal::Reason;
use tokio::task::JoinSet;

use crate::{Office, UNIT, office, reason};

const MINUTES_A_DAY: i64 = 24 * 60;

impl Office {
    /// A task the unit owes a report on since yesterday.
    async fn late(&self) -> String {
        let number = self.filed("supervised-task", Urgency::Ordinary, UNIT).await;
        self.approve(&self.leader, &number).await.unwrap();
        number
    }

    async fn slip(&self, number: &str) -> Result<(), Error> {
        let command = Command::Slip {
            colour: SlipColour::Blue,
            node: NodeCode::new("d1"),
            document: None,
            fields: None,
        };
        self.take(&self.supervisor, number, command).await
    }

    async fn serials(&self, number: &str) -> Vec<u32> {
        let view = self.running.app.matter(&self.supervisor, number).await.unwrap();
        let slips = view.matter.slips.iter();
        slips.map(|slip| slip.document.as_ref().unwrap().serial).collect()
    }
}

#[tokio::test]
async fn slips_issued_at_once_take_different_numbers_without_a_gap() {
    const SLIPS: usize = 6;
    office!(office => {
        let mut late = Vec::new();
        for _ in 0..SLIPS {
            late.push(office.late().await);
        }
        office.running.clock.step_minutes(2 * MINUTES_A_DAY);
        let office = std::sync::Arc::new(office);
        let mut issued = JoinSet::new();
        for number in late.clone() {
            let office = std::sync::Arc::clone(&office);
            issued.spawn(async move { office.slip(&number).await });
        }
        for outcome in issued.join_all().await {
            outcome.unwrap();
        }
        // Refused, and no number is used up by it.
        assert_eq!(reason(office.slip(&late[0]).await), Reason::SlippedBefore);
        let mut serials = Vec::new();
        for number in &late {
            serials.extend(office.serials(number).await);
        }
        serials.sort_unstable();
        assert_eq!(serials, (1..=SLIPS as u32).collect::<Vec<_>>());
    });
}

#[tokio::test]
async fn the_ladder_numbers_its_slips_as_a_supervisor_does() {
    office!(office => {
        let number = office.late().await;
        office.running.clock.step_minutes(30 * MINUTES_A_DAY);
        office.running.rest().await;
        office.running.rest().await;
        let serials = office.serials(&number).await;
        assert!(!serials.is_empty());
        let mut all = serials.clone();
        all.sort_unstable();
        assert_eq!(all, (1..=serials.len() as u32).collect::<Vec<_>>());
    });
}

#[tokio::test]
async fn a_slip_says_what_was_missed_and_is_proved_by_its_own_code() {
    office!(office => {
        let number = office.late().await;
        office.running.clock.step_minutes(2 * MINUTES_A_DAY);
        office.slip(&number).await.unwrap();
        let app = &office.running.app;
        let facts = app.slip_paper(&office.unit, &number, Some(1)).await.unwrap();
        let said = serde_json::to_value(&facts.filled.body).unwrap().to_string();
        assert!(said.contains(&number) && said.contains("蓝色"), "{said}");
        let latest = app.slip_paper(&office.unit, &number, None).await.unwrap();
        assert_eq!(latest.hash, facts.hash);
        let checked = app.check_paper(&facts.check, "127.0.0.1").await.unwrap();
        assert_eq!((Some(checked.document), checked.hash), (facts.document, facts.hash));
        let (_, code) = facts.check.rsplit_once('-').unwrap();
        for wrong in [format!("{number}-{code}"), format!("{number}-s2-{code}")] {
            let found = app.check_paper(&wrong, "127.0.0.1").await;
            assert!(matches!(found, Err(Error::NotFound)), "{wrong}: {found:?}");
        }
        let other = app.slip_paper(&office.other_unit, &number, Some(1)).await;
        assert!(matches!(other, Err(Error::NotFound)));
        for nth in [0, 2] {
            let none = app.slip_paper(&office.unit, &number, Some(nth)).await;
            assert!(matches!(none, Err(Error::NotFound)));
        }
    });
}
