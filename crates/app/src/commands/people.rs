//! Adding people, alone or from a sheet, with the posts they begin with.

use bihuan_domain::county::CountyEvent;
use bihuan_domain::ids::{CommandId, PersonId};
use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_store::registers::{PersonRow, PostRow};

use super::posts::NewPost;
use crate::access::{Admin, is_entrusted};
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

impl App {
    /// Adds people with their posts, all or none.
    pub async fn add_people(
        &self,
        caller: &Caller,
        command: CommandId,
        people: Vec<NewPerson>,
    ) -> Result<Vec<PersonId>> {
        self.require(caller, Admin::KeepPeople)?;
        // Whoever adds people does not entrust posts to them: that would be giving
        // rights to an account of one's own making.
        let rules = self.rules();
        let entrusted = |post: &NewPost| is_entrusted(post.role, &rules);
        if people.iter().flat_map(|person| &person.posts).any(entrusted) {
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
                tx.keep_units(app.county()).await?;
                tx.hold_people(app.county()).await?;
                for (id, row, posts) in &rows {
                    tx.add_person(app.county(), row)
                        .await
                        .map_err(|fault| taken(fault, &row.login))?;
                    events.push(CountyEvent::PersonAdded { person: *id });
                    for post in posts {
                        events.extend(app.give(tx, *id, post).await?);
                    }
                }
                app.record(tx, &caller, command, &events).await?;
                Ok(rows.iter().map(|(id, _, _)| *id).collect())
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
}

fn taken(fault: bihuan_store::StoreError, login: &str) -> Error {
    if fault.is_unique() {
        Refusal::new(Reason::LoginTaken).with("login", login).into()
    } else {
        fault.into()
    }
}
