//! What is refused when tasks are registered; nothing is half done.

use bihuan_app::Error;
use bihuan_domain::access::Role;
use bihuan_domain::matter::{Command, ContentTag, Link};
use bihuan_domain::refusal::Reason;

use crate::{office, reason, task};

#[tokio::test]
async fn all_are_filed_or_none() {
    office!(office => {
        let ids = office.ids(2);
        let filed = office.file(&office.supervisor, vec![
            (ids[0], task("修路").by("transport")),
            (ids[1], task("修桥").by("no-such-unit")),
        ]).await;
        assert_eq!(reason(filed), Reason::UnknownUnit);
        assert!(!office.exists(ids[0]).await && !office.exists(ids[1]).await);
    });
}

#[tokio::test]
async fn who_may_not_file_files_nothing() {
    office!(office => {
        let handler = office.running.person("lamps", Role::Handler, "lighting", None).await;
        let id = office.ids(1)[0];
        let filed = office.file(&handler, vec![(id, task("修路"))]).await;
        assert_eq!(reason(filed), Reason::NotYourRole);
        assert!(!office.exists(id).await);
    });
}

#[tokio::test]
async fn nothing_becomes_a_part_of_what_is_over() {
    office!(office => {
        let ids = office.ids(2);
        office.file(&office.supervisor, vec![(ids[0], task("会议"))]).await.unwrap();
        let withdrawn = Command::Withdraw { reason: None };
        office.act(&office.supervisor, ids[0], withdrawn).await.unwrap();
        let part = vec![(ids[1], task("修路").part_of(ids[0]))];
        assert_eq!(reason(office.file(&office.supervisor, part).await), Reason::WholeIsOver);
        assert!(!office.exists(ids[1]).await);
    });
}

#[tokio::test]
async fn no_matter_becomes_a_part_of_its_own_part() {
    office!(office => {
        let ids = office.ids(3);
        let (a, b, c) = (ids[0], ids[1], ids[2]);
        office.file(&office.supervisor, vec![
            (a, task("甲")),
            (b, task("乙").part_of(a)),
            (c, task("丙").part_of(b)),
        ]).await.unwrap();
        let circle = Command::Link { link: Link::Parent, to: c };
        let linked = office.act(&office.supervisor, a, circle).await;
        assert_eq!(reason(linked), Reason::CircularParts);
        assert_eq!(office.matter_of(a).await.linked(Link::Parent).count(), 0);
    });
}

#[tokio::test]
async fn parts_that_come_before_their_whole_are_refused_together() {
    office!(office => {
        let ids = office.ids(2);
        let filed = office.file(&office.supervisor, vec![
            (ids[1], task("乙").part_of(ids[0])),
            (ids[0], task("甲").part_of(ids[1])),
        ]).await;
        assert!(matches!(filed, Err(Error::NotFound)), "{filed:?}");
        assert!(!office.exists(ids[0]).await && !office.exists(ids[1]).await);
    });
}

#[tokio::test]
async fn a_classification_marking_stops_all_and_the_bare_word_nothing() {
    office!(office => {
        let ids = office.ids(3);
        let filed = office.file(&office.supervisor, vec![
            (ids[0], task("修路").by("transport")),
            (ids[1], task("落实秘密★1年文件要求")),
        ]).await;
        assert_eq!(reason(filed), Reason::Classified);
        assert!(!office.exists(ids[0]).await);
        let open = vec![(ids[2], task("清理商业秘密和机密室台账").by("transport"))];
        office.file(&office.supervisor, open).await.unwrap();
        office.approve(ids[2]).await.unwrap();
        let mut composed = bihuan_app::Composer::new(&office.running.app);
        let words = composed.words(ContentTag::Note, "按机密★3年办理").unwrap();
        composed.push(Command::Urge { words });
        let urged = office.submit(&office.supervisor, ids[2], composed).await;
        assert_eq!(reason(urged), Reason::Classified);
    });
}
