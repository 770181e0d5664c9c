//! One approval of a whole approves the parts drafted with it.

use bihuan_domain::access::Role;
use bihuan_domain::matter::{Command, ContentTag, Stage};
use bihuan_domain::refusal::Reason;

use crate::{approval, office, reason, task};

#[tokio::test]
async fn parts_of_a_draft_wait_and_are_approved_and_sent_out_with_it() {
    office!(office => {
        let ids = office.ids(4);
        let [whole, road, lamps, later] = ids[..] else { panic!("four ids") };
        assert!(ids.is_sorted(), "parts come after their whole");
        let filed = office.file(&office.supervisor, vec![
            (whole, task("市政府第18次常务会议")),
            (road, task("修复水毁路段").by("transport").part_of(whole)),
            (lamps, task("检修路灯").by("lighting").part_of(road)),
        ]).await.unwrap();
        assert_eq!(filed.matters.len(), 3);
        for id in [whole, road, lamps] {
            assert_eq!(office.stage(id).await, "drafted");
        }
        office.approve(whole).await.unwrap();
        assert_eq!(office.stage(whole).await, "accepted", "no unit is named for the meeting");
        for (id, unit) in [(road, "transport"), (lamps, "lighting")] {
            let part = office.matter_of(id).await;
            assert_eq!(part.stage, Stage::Dispatched);
            assert_eq!(part.lead.unwrap().unit.as_str(), unit);
        }
        let filed = office.file(&office.supervisor, vec![
            (later, task("补充事项").by("lighting").part_of(whole)),
        ]).await;
        filed.unwrap();
        assert_eq!(office.stage(later).await, "accepted", "its whole is approved");
    });
}

#[tokio::test]
async fn a_part_joined_to_a_draft_later_waits_for_the_same_approval() {
    office!(office => {
        let ids = office.ids(2);
        let (whole, part) = (ids[0], ids[1]);
        office.file(&office.supervisor, vec![(whole, task("会议"))]).await.unwrap();
        let late = vec![(part, task("修路").by("transport").part_of(whole))];
        office.file(&office.supervisor, late).await.unwrap();
        assert_eq!(office.stage(part).await, "drafted");
        office.approve(whole).await.unwrap();
        assert_eq!(office.stage(part).await, "dispatched");
    });
}

#[tokio::test]
async fn a_draft_that_is_sent_back_keeps_its_parts_waiting() {
    office!(office => {
        let ids = office.ids(2);
        let (whole, part) = (ids[0], ids[1]);
        office.file(&office.supervisor, vec![
            (whole, task("会议")),
            (part, task("修路").by("transport").part_of(whole)),
        ]).await.unwrap();
        let mut composed = bihuan_app::Composer::new(&office.running.app);
        let why = composed.words(ContentTag::Note, "时限太紧").unwrap();
        let no = Command::ApproveFiling { approve: false, document: None, reason: Some(why) };
        composed.push(no);
        office.submit(&office.leader, whole, composed).await.unwrap();
        assert_eq!(office.stage(whole).await, "drafted");
        assert_eq!(office.stage(part).await, "drafted");
    });
}

#[tokio::test]
async fn a_whole_is_withdrawn_with_its_drafts_and_not_from_under_what_a_unit_was_given() {
    office!(office => {
        let ids = office.ids(4);
        let [whole, road, meeting, lamps] = ids[..] else { panic!("four ids") };
        let withdraw = || Command::Withdraw { reason: None };
        office.file(&office.supervisor, vec![
            (whole, task("会议")),
            (road, task("修路").by("transport").part_of(whole)),
        ]).await.unwrap();
        office.act(&office.supervisor, whole, withdraw()).await.unwrap();
        assert_eq!((office.stage(whole).await, office.stage(road).await), ("withdrawn", "withdrawn"));

        office.file(&office.supervisor, vec![
            (meeting, task("会议")),
            (lamps, task("检修路灯").by("lighting").part_of(meeting)),
        ]).await.unwrap();
        office.approve(meeting).await.unwrap();
        let refused = office.act(&office.supervisor, meeting, withdraw()).await;
        assert_eq!(reason(refused), Reason::PartsOpen);
        assert_eq!(office.stage(lamps).await, "dispatched");
        office.act(&office.supervisor, lamps, withdraw()).await.unwrap();
        office.act(&office.supervisor, meeting, withdraw()).await.unwrap();
    });
}

#[tokio::test]
async fn nobody_approves_what_they_drafted_themselves_not_even_as_a_part() {
    office!(office => {
        let ids = office.ids(3);
        let (whole, part, own) = (ids[0], ids[1], ids[2]);
        office.file(&office.supervisor, vec![
            (whole, task("会议")),
            (part, task("修路").by("transport").part_of(whole)),
        ]).await.unwrap();
        let of_leader = vec![(own, task("修桥").by("transport").part_of(whole))];
        office.file(&office.leader, of_leader).await.unwrap();
        office.approve(whole).await.unwrap();
        assert_eq!(office.stage(part).await, "dispatched");
        assert_eq!(office.stage(own).await, "drafted");
        assert_eq!(reason(office.approve(own).await), Reason::OwnRequest);
        let other = office.running.person("vice", Role::Leader, "county", None).await;
        office.act(&other, own, approval()).await.unwrap();
        assert_eq!(office.stage(own).await, "dispatched");
    });
}

#[tokio::test]
async fn a_task_alone_is_sent_to_the_unit_it_names_when_it_is_approved() {
    office!(office => {
        let id = office.ids(1)[0];
        office.file(&office.supervisor, vec![(id, task("修路").by("transport"))]).await.unwrap();
        assert_eq!(reason(office.act(&office.supervisor, id, approval()).await), Reason::NotYourRole);
        office.approve(id).await.unwrap();
        assert_eq!(office.stage(id).await, "dispatched");
    });
}
