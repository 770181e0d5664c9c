//! People and the posts they hold.

use bihuan_domain::access::Role;
use bihuan_domain::county::{CountyEvent, Post};
use bihuan_domain::ids::{CommandId, GridCode, PersonId, UnitCode};
use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_store::registers::{PersonRow, PostRow};

use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};
use crate::passwords::check_password;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    pub login: String,
    pub name: String,
    pub phone: Option<String>,
    /// None: someone who is not invited yet and cannot sign in.
    pub password: Option<String>,
    pub must_change: bool,
    pub posts: Vec<NewPost>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPost {
    pub role: Role,
    pub unit: UnitCode,
    pub grid: Option<GridCode>,
}

impl App {
    /// Adds people with their posts, all or none.
    pub async fn add_people(
        &self,
        caller: &Caller,
        command: CommandId,
        people: Vec<NewPerson>,
    ) -> Result<Vec<PersonId>> {
        self.require(caller, Admin::KeepPeople)?;
        // Whoever adds people makes no administrators: that would be giving rights
        // of one's own to another account.
        let administers = |post: &NewPost| {
            matches!(post.role, Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor)
        };
        if people.iter().flat_map(|person| &person.posts).any(administers) {
            self.require(caller, Admin::GrantPosts)?;
        }
        let now = self.now();
        let mut rows = Vec::with_capacity(people.len());
        for person in people {
            let person = self.checked(person).await?;
            let id = PersonId(self.new_id());
            let password = match &person.password {
                Some(password) => {
                    Some(self.passwords().hash(password.clone(), self.random()).await?)
                }
                None => None,
            };
            let row = PersonRow {
                id: id.to_string(),
                login: person.login,
                name: person.name,
                phone: person.phone,
                password,
                must_change: i64::from(person.must_change),
                added_us: now.micros(),
                left_us: None,
            };
            let posts: Vec<PostRow> =
                person.posts.iter().map(|post| self.post_row(id, post)).collect();
            rows.push((id, row, posts));
        }
        let caller = caller.clone();
        self.write(move |app, tx| {
            let (rows, caller) = (rows.clone(), caller.clone());
            Box::pin(async move {
                let mut events = Vec::new();
                for (id, row, posts) in &rows {
                    tx.add_person(app.county(), row).await.map_err(taken)?;
                    events.push(CountyEvent::PersonAdded { person: *id });
                    for post in posts {
                        tx.put_post(app.county(), post).await?;
                        events.extend(granted(post));
                    }
                }
                app.record(tx, &caller, command, &events).await?;
                Ok(rows.iter().map(|(id, _, _)| *id).collect())
            })
        })
        .await
    }

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
                tx.put_post(app.county(), &row).await?;
                app.record(tx, &caller, command, granted(&row).as_slice()).await
            })
        })
        .await
    }

    pub async fn revoke_post(
        &self,
        caller: &Caller,
        command: CommandId,
        person: PersonId,
        post: &str,
    ) -> Result<()> {
        self.require(caller, Admin::GrantPosts)?;
        let posts = self.store().posts_of(self.county(), person).await?;
        let row = posts.into_iter().find(|row| row.id == post).ok_or(Error::NotFound)?;
        let caller = caller.clone();
        self.write(move |app, tx| {
            let (row, caller) = (row.clone(), caller.clone());
            Box::pin(async move {
                tx.revoke_post(app.county(), &row.id, app.now()).await?;
                let revoked = post_of(&row).map(CountyEvent::PostRevoked);
                app.record(tx, &caller, command, revoked.as_slice()).await
            })
        })
        .await
    }

    /// A person leaves: posts end, sessions end, and a successor takes over the
    /// posts. Open work stays with the unit, so it follows the posts.
    pub async fn leave(
        &self,
        caller: &Caller,
        command: CommandId,
        person: PersonId,
        successor: Option<PersonId>,
    ) -> Result<()> {
        self.require(caller, Admin::KeepPeople)?;
        if successor == Some(person) {
            return Err(Error::Forbidden);
        }
        let posts: Vec<PostRow> = self
            .store()
            .posts_of(self.county(), person)
            .await?
            .into_iter()
            .filter(|post| post.revoked_us.is_none())
            .collect();
        if let Some(successor) = successor {
            let found = self.store().person(self.county(), successor).await?;
            if found.is_none_or(|found| found.left_us.is_some()) {
                return Err(Error::NotFound);
            }
        }
        let handed: Vec<PostRow> = successor.map_or_else(Vec::new, |successor| {
            posts
                .iter()
                .map(|post| PostRow {
                    id: self.new_id().to_string(),
                    person: successor.to_string(),
                    granted_us: self.now().micros(),
                    ..post.clone()
                })
                .collect()
        });
        let caller = caller.clone();
        self.write(move |app, tx| {
            let (posts, handed, caller) = (posts.clone(), handed.clone(), caller.clone());
            Box::pin(async move {
                let now = app.now();
                let mut events = vec![CountyEvent::PersonLeft { person, successor }];
                for post in &posts {
                    tx.revoke_post(app.county(), &post.id, now).await?;
                    events.extend(post_of(post).map(CountyEvent::PostRevoked));
                }
                for post in &handed {
                    tx.put_post(app.county(), post).await?;
                    events.extend(granted(post));
                }
                if tx.leave(app.county(), person, now).await? == 0 {
                    return Err(Error::NotFound);
                }
                tx.end_sessions_of(app.county(), person).await?;
                app.record(tx, &caller, command, &events).await
            })
        })
        .await
    }

    async fn checked(&self, mut person: NewPerson) -> Result<NewPerson> {
        person.login = crate::compose::clean(&person.login);
        person.name = crate::compose::clean(&person.name);
        if person.login.is_empty() || person.name.is_empty() {
            return Err(Reason::WordsNeeded.into());
        }
        if let Some(password) = &person.password {
            check_password(password)?;
        }
        if self.store().person_by_login(self.county(), &person.login).await?.is_some() {
            return Err(Refusal::new(Reason::LoginTaken).with("login", &person.login).into());
        }
        for post in &person.posts {
            self.known_post(post)?;
        }
        Ok(person)
    }

    fn known_post(&self, post: &NewPost) -> Result<()> {
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

    fn post_row(&self, person: PersonId, post: &NewPost) -> PostRow {
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

fn taken(fault: bihuan_store::StoreError) -> Error {
    if fault.is_unique() { Refusal::new(Reason::LoginTaken).into() } else { fault.into() }
}

fn post_of(row: &PostRow) -> Option<Post> {
    Some(Post {
        person: row.person.parse().ok()?,
        role: Role::from_code(&row.role)?,
        unit: Some(UnitCode::new(row.unit.clone())),
        grid: row.grid.clone().map(GridCode::new),
    })
}

fn granted(row: &PostRow) -> Option<CountyEvent> {
    post_of(row).map(CountyEvent::PostGranted)
}
