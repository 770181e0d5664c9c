//! None of the three administrators becomes another, alone.

use bihuan_app::commands::NewPerson;
use bihuan_domain::access::Role;
use bihuan_domain::refusal::Reason;
use bihuan_testkit::app::Running;
use bihuan_testkit::engines;

use crate::{Three, id, is_forbidden, post, post_of, reason, roles};

/// Runs a test on each engine with the county and its three administrators.
macro_rules! county {
    ($running:ident, $three:ident => $body:block) => {
        engines::each(|database| async move {
            let $running = Running::over(database.store.clone()).await;
            let $three = Three::of(&$running).await;
            $body
        })
        .await
    };
}

fn newcomer(login: &str) -> NewPerson {
    NewPerson {
        login: login.to_owned(),
        name: login.to_owned(),
        phone: None,
        password: None,
        must_change: true,
        posts: Vec::new(),
    }
}

#[tokio::test]
async fn who_keeps_people_lets_no_administrator_go() {
    county!(running, three => {
        let app = &running.app;
        let heir = running.person("heir", Role::Handler, "county", None).await;
        for gone in [&three.auditor, &three.security] {
            for to in [None, Some(id(&heir))] {
                let left = app.leave(&three.system, running.command(), id(gone), to).await;
                assert!(is_forbidden(&left), "{left:?}");
            }
        }
        assert_eq!(roles(app, id(&heir)).await, [Role::Handler]);
        assert_eq!(roles(app, id(&three.auditor)).await, [Role::Auditor]);
    });
}

#[tokio::test]
async fn an_administrators_post_ends_with_leaving_and_goes_to_nobody() {
    county!(running, three => {
        let app = &running.app;
        let heir = running.person("heir", Role::Handler, "county", None).await;
        running.person("second", Role::Auditor, "county", None).await;
        let command = running.command();
        let to = Some(id(&heir));
        let left = app.leave(&three.security, command, id(&three.auditor), to).await;
        assert_eq!(reason(left), Reason::CannotTakeOver);
        app.leave(&three.security, command, id(&three.auditor), None).await.unwrap();
        assert_eq!(roles(app, id(&heir)).await, [Role::Handler]);
        assert_eq!(roles(app, id(&three.auditor)).await, []);
    });
}

#[tokio::test]
async fn the_last_of_the_three_neither_leaves_nor_loses_the_post() {
    county!(running, three => {
        let app = &running.app;
        let other = running.person("other", Role::SecurityAdmin, "county", None).await;
        for last in [&three.system, &three.auditor] {
            let left = app.leave(&other, running.command(), id(last), None).await;
            assert_eq!(reason(left), Reason::LastOfPost);
            let held = post_of(app, id(last)).await;
            let taken = app.revoke_post(&other, running.command(), id(last), &held).await;
            assert_eq!(reason(taken), Reason::LastOfPost);
        }
        app.leave(&other, running.command(), id(&three.security), None).await.unwrap();
    });
}

#[tokio::test]
async fn an_administrator_who_cannot_sign_in_is_nobody_to_follow() {
    county!(running, three => {
        let app = &running.app;
        let added = app.add_people(&three.system, running.command(), vec![newcomer("new")]).await;
        let new = added.unwrap()[0];
        let auditor = post(Role::Auditor, "county");
        app.grant_post(&three.security, running.command(), new, auditor).await.unwrap();
        let gone = id(&three.auditor);
        let left = app.leave(&three.security, running.command(), gone, None).await;
        assert_eq!(reason(left), Reason::LastOfPost);
        app.reset_password(&three.security, running.command(), new).await.unwrap();
        app.leave(&three.security, running.command(), gone, None).await.unwrap();
    });
}

#[tokio::test]
async fn nobody_lets_themselves_go_or_takes_their_own_post() {
    county!(running, three => {
        let app = &running.app;
        running.person("second", Role::SecurityAdmin, "county", None).await;
        let me = id(&three.security);
        let left = app.leave(&three.security, running.command(), me, None).await;
        assert!(is_forbidden(&left));
        let held = post_of(app, me).await;
        let taken = app.revoke_post(&three.security, running.command(), me, &held).await;
        assert!(is_forbidden(&taken));
    });
}

#[tokio::test]
async fn who_keeps_people_gives_no_entrusted_post() {
    county!(running, three => {
        let app = &running.app;
        let entrusted = [Role::Triage, Role::Dispatcher, Role::Supervisor, Role::Leader];
        for role in entrusted.into_iter().chain([Role::Auditor, Role::SecurityAdmin]) {
            let person = NewPerson { posts: vec![post(role, "county")], ..newcomer("ghost") };
            let added = app.add_people(&three.system, running.command(), vec![person]).await;
            assert!(is_forbidden(&added), "{role:?}");
        }
        let harmless = NewPerson { posts: vec![post(Role::Handler, "lighting")], ..newcomer("a") };
        let people = vec![harmless, newcomer("b")];
        let added = app.add_people(&three.system, running.command(), people).await.unwrap();
        let triage = post(Role::Triage, "grid-centre");
        app.grant_post(&three.security, running.command(), added[1], triage).await.unwrap();
        assert_eq!(roles(app, added[1]).await, [Role::Triage]);
    });
}

#[tokio::test]
async fn one_of_the_three_holds_no_other_post() {
    county!(running, three => {
        let app = &running.app;
        let handler = running.person("handler", Role::Handler, "lighting", None).await;
        let give = |to, role| {
            app.grant_post(&three.security, running.command(), to, post(role, "lighting"))
        };
        for role in [Role::Auditor, Role::Triage, Role::SystemAdmin, Role::Handler] {
            assert_eq!(reason(give(id(&three.system), role).await), Reason::PostInTheWay);
        }
        assert_eq!(reason(give(id(&handler), Role::Auditor).await), Reason::PostInTheWay);
        assert_eq!(reason(give(id(&handler), Role::Handler).await), Reason::PostHeld);
        give(id(&handler), Role::UnitHead).await.unwrap();
        let both = vec![post(Role::Auditor, "county"), post(Role::Triage, "grid-centre")];
        let both = NewPerson { posts: both, ..newcomer("both") };
        let added = app.add_people(&three.security, running.command(), vec![both.clone()]).await;
        assert!(is_forbidden(&added), "the security administrator adds nobody");
        let system = bihuan_app::Caller::system();
        let added = app.add_people(&system, running.command(), vec![both]).await;
        assert_eq!(reason(added), Reason::PostInTheWay);
    });
}

#[tokio::test]
async fn a_successor_already_stands_in_the_unit_or_above_it() {
    county!(running, three => {
        let app = &running.app;
        let old = id(&running.person("old", Role::Handler, "lighting", None).await);
        let far = id(&running.person("far", Role::Handler, "sanitation", None).await);
        let above = id(&running.person("above", Role::UnitHead, "urban-management", None).await);
        let leave = |to| app.leave(&three.system, running.command(), old, Some(to));
        assert_eq!(reason(leave(far).await), Reason::CannotTakeOver);
        leave(above).await.unwrap();
        assert_eq!(roles(app, above).await, [Role::Handler, Role::UnitHead]);
    });
}

#[tokio::test]
async fn an_entrusted_post_goes_over_only_by_the_security_administrator() {
    county!(running, three => {
        let app = &running.app;
        for (acting, expected) in [
            (&three.system, vec![Role::Handler, Role::UnitHead]),
            (&three.security, vec![Role::Triage, Role::Handler, Role::UnitHead]),
        ] {
            let who = format!("{:?}", acting.role());
            let old = id(&running.person(&who, Role::Triage, "grid-centre", None).await);
            let handler = post(Role::Handler, "grid-centre");
            app.grant_post(&three.security, running.command(), old, handler).await.unwrap();
            let heir = format!("heir of {who}");
            let heir = id(&running.person(&heir, Role::UnitHead, "grid-centre", None).await);
            let would = app.would_leave(acting, old, Some(heir)).await.unwrap();
            assert_eq!(would.handed.len() + 1, expected.len());
            app.leave(acting, running.command(), old, Some(heir)).await.unwrap();
            assert_eq!(roles(app, heir).await, expected);
        }
    });
}

#[tokio::test]
async fn who_left_is_given_no_post() {
    county!(running, three => {
        let app = &running.app;
        let old = id(&running.person("old", Role::Handler, "lighting", None).await);
        app.leave(&three.system, running.command(), old, None).await.unwrap();
        let handler = post(Role::Handler, "lighting");
        let given = app.grant_post(&three.security, running.command(), old, handler).await;
        assert!(matches!(given, Err(bihuan_app::Error::NotFound)));
    });
}
