//! A clock that is set back: a chain's moments never fall, and what was written
//! meanwhile verifies like everything else.

use bihuan_app::Caller;
use bihuan_app::queries::LineSink;
use bihuan_domain::access::Role;
use bihuan_domain::journal::Verification;
use bihuan_testkit::app::Running;

struct Verified(Verification);

impl LineSink for Verified {
    fn line(&mut self, text: &str) -> bihuan_app::Result<()> {
        self.0.read(text);
        Ok(())
    }
}

#[tokio::test]
async fn what_is_written_under_a_clock_set_back_follows_what_was_written_before() {
    let running = Running::start().await;
    let app = &running.app;
    running.person("before", Role::Triage, "county", None).await;
    running.rest().await;
    let signed = app.store().last_checkpoint(app.county()).await.unwrap().unwrap();
    running.clock.step_minutes(-24 * 60);
    running.person("after", Role::Triage, "county", None).await;
    running.rest().await;

    let last = app.store().last_checkpoint(app.county()).await.unwrap().unwrap();
    assert!(last.size > signed.size && last.at < signed.at, "sealed under the clock there is");
    let texts =
        app.store().entry_texts(app.county(), bihuan_domain::journal::COUNTY_STREAM).await.unwrap();
    let moments: Vec<_> =
        texts.iter().map(|text| bihuan_domain::journal::Entry::parse(text).unwrap().at).collect();
    assert!(moments.len() > 1 && moments.is_sorted(), "{moments:?}");
    let mut verified = Verified(Verification::new(Vec::new()));
    app.export_journal(&Caller::system(), &mut verified).await.unwrap();
    let report = verified.0.finish();
    assert!(report.is_sound(), "{:?}", report.faults);
}
