//! People and the posts they hold.

use std::collections::BTreeMap;

use bihuan_domain::access::Role;
use bihuan_domain::ids::{GridCode, PersonId, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::model::Text;
use bihuan_store::read::{Filter, Reach};
use bihuan_store::registers::{PersonRow, PostRow};

use super::{MOST, PAGE};
use crate::access::Admin;
use crate::commands::leave::Handover;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// Somebody with an account. The password and the phone stay where they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonLine {
    pub id: PersonId,
    pub login: String,
    pub name: String,
    pub posts: Vec<PostLine>,
    /// Has no password of their own yet.
    pub is_invited: bool,
    pub has_left: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostLine {
    pub id: String,
    pub role: Role,
    pub unit: UnitCode,
    pub unit_name: Text,
    pub grid: Option<GridCode>,
    pub since: Instant,
}

impl PersonLine {
    fn roles(&self) -> impl Iterator<Item = Role> {
        self.posts.iter().map(|post| post.role)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeoplePage {
    pub people: Vec<PersonLine>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// Somebody about to leave: the work that follows their posts, and who may take
/// them over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    pub person: PersonLine,
    pub open: Vec<OpenWork>,
    pub successors: Vec<PersonLine>,
}

/// What becomes of the posts of somebody who leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WouldLeave {
    /// These go to the successor.
    pub handed: Vec<PostLine>,
    /// These end and go to nobody.
    pub ended: Vec<PostLine>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenWork {
    pub unit: UnitCode,
    pub unit_name: Text,
    pub open: i64,
}

impl App {
    /// People whose name or account holds `words`, in a unit if one is named.
    pub async fn people(
        &self,
        caller: &Caller,
        words: &str,
        unit: &str,
        after: &str,
    ) -> Result<PeoplePage> {
        self.may_see_people(caller)?;
        let mut rows =
            self.store().people(self.county(), after, words.trim(), unit, PAGE + 1).await?;
        let next = (rows.len() > PAGE as usize).then(|| {
            rows.truncate(PAGE as usize);
            rows.last().map(|row| row.login.clone()).unwrap_or_default()
        });
        Ok(PeoplePage { people: self.person_lines(rows).await?, next })
    }

    pub async fn person(&self, caller: &Caller, id: PersonId) -> Result<PersonLine> {
        self.may_see_people(caller)?;
        let row = self.store().person(self.county(), id).await?.ok_or(Error::NotFound)?;
        self.person_lines(vec![row]).await?.into_iter().next().ok_or(Error::NotFound)
    }

    /// The name of somebody whose act stands on a page of administration.
    pub async fn name_of(&self, person: Option<PersonId>) -> Result<String> {
        let Some(person) = person else { return Ok(String::new()) };
        let names = self.store().names(self.county(), &[person]).await?;
        Ok(names.into_iter().next().map(|(_, name)| name).unwrap_or_default())
    }

    /// Whether somebody signs in, or signed in, under this name.
    pub async fn is_login_known(&self, login: &str) -> Result<bool> {
        Ok(self.store().person_by_login(self.county(), login).await?.is_some())
    }

    /// Who holds a post that still stands.
    pub async fn holder(&self, caller: &Caller, post: &str) -> Result<(PersonLine, PostLine)> {
        self.require(caller, Admin::GrantPosts)?;
        let row = self.store().post(self.county(), post).await?.ok_or(Error::NotFound)?;
        let id = row.person.parse().map_err(|_| Error::NotFound)?;
        let person = self.person(caller, id).await?;
        let held = person.posts.iter().find(|held| held.id == post).cloned();
        Ok((person, held.ok_or(Error::NotFound)?))
    }

    pub async fn leaving(&self, caller: &Caller, id: PersonId) -> Result<Leaving> {
        let person = self.person(caller, id).await?;
        self.may_let_go(caller, id, person.roles())?;
        if person.has_left {
            return Err(Error::NotFound);
        }
        let mut units: Vec<UnitCode> = person.posts.iter().map(|post| post.unit.clone()).collect();
        units.sort();
        units.dedup();
        let successors = self.successors(caller, &person, &units).await?;
        let mut open = Vec::new();
        for unit in units {
            let unit_name = self.rules().unit_name(unit.as_str());
            open.push(OpenWork { open: self.open_in(&unit).await?, unit, unit_name });
        }
        Ok(Leaving { person, open, successors })
    }

    /// What leaving would do to the posts, refused as leaving would be.
    pub async fn would_leave(
        &self,
        caller: &Caller,
        person: PersonId,
        successor: Option<PersonId>,
    ) -> Result<WouldLeave> {
        let caller = caller.clone();
        self.write(move |app, tx| {
            let caller = caller.clone();
            Box::pin(async move {
                let Handover { handed, ended } =
                    app.handover(tx, &caller, person, successor).await?;
                let lines = |posts: Vec<PostRow>| {
                    posts.iter().filter_map(|row| app.post_line(row)).collect()
                };
                Ok(WouldLeave { handed: lines(handed), ended: lines(ended) })
            })
        })
        .await
    }

    /// Whether the caller may let somebody go.
    pub fn may_leave(&self, caller: &Caller, person: &PersonLine) -> bool {
        !person.has_left && self.may_let_go(caller, person.id, person.roles()).is_ok()
    }

    /// People of the same units and of those above them who administer nothing.
    async fn successors(
        &self,
        caller: &Caller,
        person: &PersonLine,
        units: &[UnitCode],
    ) -> Result<Vec<PersonLine>> {
        let rules = self.rules();
        let mut reach: Vec<UnitCode> = Vec::new();
        for unit in units {
            let mut at = Some(unit);
            while let Some(unit) = at.filter(|unit| !reach.contains(unit)) {
                reach.push(unit.clone());
                at = rules.unit_tree.above(unit);
            }
        }
        let mut found: BTreeMap<String, PersonLine> = BTreeMap::new();
        for unit in reach {
            let people = self.store().people(self.county(), "", "", unit.as_str(), PAGE).await?;
            for one in self.person_lines(people).await? {
                let may = one.id != person.id
                    && Some(one.id) != caller.person()
                    && !one.has_left
                    && !one.roles().any(Role::administers);
                if may {
                    found.insert(one.login.clone(), one);
                }
            }
        }
        Ok(found.into_values().collect())
    }

    /// Open matters a unit leads or co-handles.
    pub(super) async fn open_in(&self, unit: &UnitCode) -> Result<i64> {
        let filter =
            Filter { units: Some(vec![unit.0.clone()]), open: Some(true), ..Filter::default() };
        Ok(self.store().count(self.county(), &Reach::County, &filter, MOST).await?)
    }

    pub(super) async fn person_lines(&self, rows: Vec<PersonRow>) -> Result<Vec<PersonLine>> {
        let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
        let mut posts: BTreeMap<String, Vec<PostLine>> = BTreeMap::new();
        for row in self.store().posts_of_people(self.county(), &ids).await? {
            if let Some(line) = self.post_line(&row) {
                posts.entry(row.person).or_default().push(line);
            }
        }
        let lines = rows.into_iter().filter_map(|row| {
            Some(PersonLine {
                id: row.id.parse().ok()?,
                posts: posts.remove(&row.id).unwrap_or_default(),
                is_invited: row.password.is_none() || row.must_change != 0,
                has_left: row.left_us.is_some(),
                login: row.login,
                name: row.name,
            })
        });
        Ok(lines.collect())
    }

    fn post_line(&self, row: &PostRow) -> Option<PostLine> {
        Some(PostLine {
            id: row.id.clone(),
            role: Role::from_code(&row.role)?,
            unit: UnitCode::new(row.unit.clone()),
            unit_name: self.rules().unit_name(&row.unit),
            grid: row.grid.clone().map(GridCode::new),
            since: Instant::from_micros(row.granted_us),
        })
    }

    fn may_see_people(&self, caller: &Caller) -> Result<()> {
        let acts = [Admin::KeepPeople, Admin::ResetPasswords, Admin::GrantPosts];
        let may = acts.into_iter().any(|act| self.require(caller, act).is_ok());
        if may { Ok(()) } else { Err(Error::Forbidden) }
    }
}
