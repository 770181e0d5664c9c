//! Giving posts and taking them. What a refusal relies on, the posts held and the
//! units, is read within the transaction and held until it ends.

use bihuan_domain::access::{Role, may_stand_beside};
use bihuan_domain::county::{CountyEvent, Post};
use bihuan_domain::ids::{CommandId, GridCode, PersonId, UnitCode};
use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_store::Tx;
use bihuan_store::registers::{PersonRow, PostRow};

use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPost {
    pub role: Role,
    pub unit: UnitCode,
    pub grid: Option<GridCode>,
}

impl App {
    pub async fn grant_post(
        &self,
        caller: &Caller,
        command: CommandId,
        person: PersonId,
        post: NewPost,
    ) -> Result<()> {
        self.require(caller, Admin::GrantPosts)?;
        if caller.person() == Some(person) {
            // Nobody gives a right to themselves.
            return Err(Error::Forbidden);
        }
        self.known_post(&post)?;
        let row = self.post_row(person, &post);
        let caller = caller.clone();
        self.write(move |app, tx| {
            let (row, caller) = (row.clone(), caller.clone());
            Box::pin(async move {
                tx.keep_units(app.county()).await?;
                tx.hold_people(app.county()).await?;
                let granted = app.give(tx, person, &row).await?;
                app.record(tx, &caller, command, granted.as_slice()).await
            })
        })
        .await
    }

    /// Takes a post. Nobody takes their own, and none of the three administrators
    /// the last of its kind.
    pub async fn revoke_post(
        &self,
        caller: &Caller,
        command: CommandId,
        person: PersonId,
        post: &str,
    ) -> Result<()> {
        self.require(caller, Admin::GrantPosts)?;
        if caller.person() == Some(person) {
            return Err(Error::Forbidden);
        }
        let (post, caller) = (post.to_owned(), caller.clone());
        self.write(move |app, tx| {
            let (post, caller) = (post.clone(), caller.clone());
            Box::pin(async move {
                tx.hold_people(app.county()).await?;
                let held = tx.posts_of(app.county(), person).await?;
                let row = held.iter().find(|row| row.id == post).ok_or(Error::NotFound)?;
                app.is_not_the_last(tx, row).await?;
                tx.revoke_post(app.county(), &row.id, app.now()).await?;
                let revoked = post_of(row).map(CountyEvent::PostRevoked);
                app.record(tx, &caller, command, revoked.as_slice()).await
            })
        })
        .await
    }

    /// Writes a post if it goes with those the person holds. Units and people
    /// are held by the caller.
    pub(super) async fn give(
        &self,
        tx: &mut Tx,
        person: PersonId,
        post: &PostRow,
    ) -> Result<Option<CountyEvent>> {
        self.standing_person(tx, person).await?;
        if !tx.stands(self.county(), &post.unit).await? {
            return Err(Refusal::new(Reason::UnknownUnit).with("unit", &post.unit).into());
        }
        let held = tx.posts_of(self.county(), person).await?;
        if held.iter().any(|held| is_the_same(held, post)) {
            return Err(Refusal::new(Reason::PostHeld).with("role", &post.role).into());
        }
        if let Some(role) = role_of(post) {
            may_stand_beside(role, held.iter().filter_map(role_of))?;
        }
        tx.put_post(self.county(), post).await?;
        Ok(post_of(post).map(CountyEvent::PostGranted))
    }

    /// Refuses to end the post of an administrator whom nobody could follow: only
    /// who can sign in counts.
    pub(super) async fn is_not_the_last(&self, tx: &mut Tx, post: &PostRow) -> Result<()> {
        let Some(role) = role_of(post).filter(|role| role.administers()) else { return Ok(()) };
        let holders = tx.holders(self.county(), role).await?;
        if holders.iter().any(|holder| *holder != post.person) {
            return Ok(());
        }
        Err(Refusal::new(Reason::LastOfPost).with("role", role.code()).into())
    }

    pub(super) async fn standing_person(&self, tx: &mut Tx, id: PersonId) -> Result<PersonRow> {
        let found = tx.person(self.county(), id).await?;
        found.filter(|person| person.left_us.is_none()).ok_or(Error::NotFound)
    }

    pub(super) fn known_post(&self, post: &NewPost) -> Result<()> {
        let rules = self.rules();
        if !rules.unit_tree.contains(&post.unit) {
            return Err(Refusal::new(Reason::UnknownUnit).with("unit", &post.unit).into());
        }
        let Some(grid) = &post.grid else { return Ok(()) };
        if rules.in_force(self.now())?.grid(grid).is_none() {
            return Err(Refusal::new(Reason::UnknownGrid).with("grid", grid).into());
        }
        Ok(())
    }

    pub(super) fn post_row(&self, person: PersonId, post: &NewPost) -> PostRow {
        PostRow {
            id: self.new_id().to_string(),
            person: person.to_string(),
            role: post.role.code().to_owned(),
            unit: post.unit.0.clone(),
            grid: post.grid.as_ref().map(|grid| grid.0.clone()),
            granted_us: self.now().micros(),
            revoked_us: None,
        }
    }
}

pub(super) fn is_the_same(one: &PostRow, other: &PostRow) -> bool {
    (&one.role, &one.unit, &one.grid) == (&other.role, &other.unit, &other.grid)
}

pub(super) fn role_of(row: &PostRow) -> Option<Role> {
    Role::from_code(&row.role)
}

pub(super) fn post_of(row: &PostRow) -> Option<Post> {
    Some(Post {
        person: row.person.parse().ok()?,
        role: role_of(row)?,
        unit: Some(UnitCode::new(row.unit.clone())),
        grid: row.grid.clone().map(GridCode::new),
    })
}
