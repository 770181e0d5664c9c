//! A person leaves: posts end, sessions end, and a successor may take over the
//! everyday posts. Open work stays with the unit, so it follows the posts.

use bihuan_domain::access::{Role, UnitTree};
use bihuan_domain::county::CountyEvent;
use bihuan_domain::ids::{CommandId, PersonId, UnitCode};
use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_store::Tx;
use bihuan_store::registers::PostRow;

use super::posts::{is_the_same, post_of, role_of};
use super::units::tree;
use crate::access::{Admin, is_entrusted};
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// What leaving does to the posts.
pub(crate) struct Handover {
    /// These go to the successor.
    pub(crate) handed: Vec<PostRow>,
    /// These end and go to nobody.
    pub(crate) ended: Vec<PostRow>,
}

impl App {
    /// Ends a person's posts and sessions and hands over what may be.
    pub async fn leave(
        &self,
        caller: &Caller,
        command: CommandId,
        person: PersonId,
        successor: Option<PersonId>,
    ) -> Result<()> {
        let caller = caller.clone();
        self.write(move |app, tx| {
            let caller = caller.clone();
            Box::pin(async move {
                let Handover { handed, ended } =
                    app.handover(tx, &caller, person, successor).await?;
                let now = app.now();
                let mut events = vec![CountyEvent::PersonLeft { person, successor }];
                for post in handed.iter().chain(&ended) {
                    tx.revoke_post(app.county(), &post.id, now).await?;
                    events.extend(post_of(post).map(CountyEvent::PostRevoked));
                }
                if let Some(successor) = successor {
                    events.extend(app.take_over(tx, &handed, successor).await?);
                }
                tx.leave(app.county(), person, now).await?;
                tx.end_sessions_of(app.county(), person).await?;
                app.record(tx, &caller, command, &events).await
            })
        })
        .await
    }

    /// Administrators are let go by the security administrator alone, others by
    /// whoever keeps people too; nobody by themselves.
    pub(crate) fn may_let_go(
        &self,
        caller: &Caller,
        person: PersonId,
        posts: impl IntoIterator<Item = Role>,
    ) -> Result<()> {
        if caller.person() == Some(person) {
            return Err(Error::Forbidden);
        }
        let given = self.require(caller, Admin::GrantPosts);
        if posts.into_iter().any(Role::administers) {
            return given;
        }
        given.or_else(|_| self.require(caller, Admin::KeepPeople))
    }

    pub(crate) async fn handover(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        person: PersonId,
        successor: Option<PersonId>,
    ) -> Result<Handover> {
        tx.keep_units(self.county()).await?;
        tx.hold_people(self.county()).await?;
        let posts = tx.posts_of(self.county(), person).await?;
        self.may_let_go(caller, person, posts.iter().filter_map(role_of))?;
        self.standing_person(tx, person).await?;
        for post in &posts {
            self.is_not_the_last(tx, post).await?;
        }
        let Some(successor) = successor else {
            return Ok(Handover { handed: Vec::new(), ended: posts });
        };
        if successor == person || caller.person() == Some(successor) {
            // Nobody gives a right to themselves.
            return Err(Error::Forbidden);
        }
        self.standing_person(tx, successor).await?;
        let held = tx.posts_of(self.county(), successor).await?;
        let units = tree(&tx.units(self.county()).await?);
        let (handed, ended) = posts
            .into_iter()
            .partition(|post| self.goes_over(caller, post) && is_in_reach(post, &held, &units));
        let handover = Handover { handed, ended };
        if handover.handed.is_empty() {
            return Err(Reason::CannotTakeOver.into());
        }
        if let Some(role) = held.iter().filter_map(role_of).find(|role| role.administers()) {
            return Err(Refusal::new(Reason::PostInTheWay).with("role", role.code()).into());
        }
        Ok(handover)
    }

    /// Administrators' posts are never handed over by leaving, other entrusted
    /// ones only by who may give them.
    fn goes_over(&self, caller: &Caller, post: &PostRow) -> bool {
        role_of(post).is_some_and(|role| {
            !role.administers()
                && (!is_entrusted(role, &self.rules())
                    || self.require(caller, Admin::GrantPosts).is_ok())
        })
    }

    async fn take_over(
        &self,
        tx: &mut Tx,
        handed: &[PostRow],
        successor: PersonId,
    ) -> Result<Vec<CountyEvent>> {
        let mut events = Vec::new();
        for post in handed {
            let held = tx.posts_of(self.county(), successor).await?;
            if held.iter().any(|held| is_the_same(held, post)) {
                continue;
            }
            let post = PostRow {
                id: self.new_id().to_string(),
                person: successor.to_string(),
                granted_us: self.now().micros(),
                ..post.clone()
            };
            events.extend(self.give(tx, successor, &post).await?);
        }
        Ok(events)
    }
}

/// Whether the successor already stands in the post's unit or above it.
fn is_in_reach(post: &PostRow, held: &[PostRow], units: &UnitTree) -> bool {
    let unit = UnitCode::new(post.unit.clone());
    held.iter().any(|held| units.within(&unit, &UnitCode::new(held.unit.clone())))
}
