//! Signing in and out, and passwords.

use bihuan_domain::access::Role;
use bihuan_domain::county::CountyEvent;
use bihuan_domain::ids::{CommandId, GridCode, PersonId, UnitCode};
use bihuan_domain::matter::Actor;
use bihuan_store::registers::{PersonRow, PostRow, SessionRow};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

use super::attempts::Counter;
use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};
use crate::passwords::check_password;

/// A session ends by itself after this long (default, not official).
const SESSION_HOURS: i64 = 12;

/// A fresh session: the token goes into a cookie and is stored only hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub token: String,
    pub must_change: bool,
}

/// Who is signed in, under which of their posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub person: PersonId,
    pub name: String,
    pub login: String,
    pub post: PostRow,
    pub posts: Vec<PostRow>,
    pub must_change: bool,
    pub caller: Caller,
    /// Names this session among the person's own; not the cookie's token.
    pub id: String,
}

impl App {
    /// Checks a name and password. The answer to a wrong name takes as long as
    /// to a wrong password.
    pub async fn sign_in(
        &self,
        login: &str,
        password: &str,
        from: &str,
        agent: &str,
    ) -> Result<SignedIn> {
        let here = Counter::sign_in_from(login, from);
        let counters = [here.clone(), Counter::sign_in_at(from), Counter::sign_in_as(login)];
        let attempt = self.attempt(&counters).await?;
        let person = match self.person_of(login, password).await {
            Ok(person) => person.ok_or(Error::Forbidden)?,
            // Nobody judged the password, so it was no wrong one.
            Err(fault) => {
                self.uncount(&attempt).await?;
                return Err(fault);
            }
        };
        let post = self.standing_posts(&person).await?.into_iter().next();
        let Some(post) = post else { return Err(Error::Forbidden) };
        let token = BASE64URL_NOPAD.encode(&self.random::<32>());
        let now = self.now();
        let session = SessionRow {
            token: stored(&token),
            person: person.id.clone(),
            post: post.id,
            agent: crate::compose::clean(agent).chars().take(200).collect(),
            made_us: now.micros(),
            seen_us: now.micros(),
            ends_us: now.plus_minutes(SESSION_HOURS * 60).micros(),
        };
        self.write(move |app, tx| {
            let (session, attempt, here) = (session.clone(), attempt.clone(), here.clone());
            Box::pin(async move {
                // Guesses at other names, or from elsewhere, stay counted.
                app.uncount_in(tx, &attempt).await?;
                app.forget_in(tx, &here).await?;
                tx.add_session(app.county(), &session).await?;
                Ok(())
            })
        })
        .await?;
        Ok(SignedIn { token, must_change: person.must_change != 0 })
    }

    /// The person who has this name and password and is still here.
    async fn person_of(&self, login: &str, password: &str) -> Result<Option<PersonRow>> {
        let person = self.store().person_by_login(self.county(), login).await?;
        let known = person.as_ref().and_then(|person| person.password.clone());
        let is_right = self.passwords().verify(known, password.to_owned()).await?;
        Ok(person.filter(|person| is_right && person.left_us.is_none()))
    }

    /// The session a token opens; `None` when it ended or never was.
    pub async fn session(&self, token: &str) -> Result<Option<Session>> {
        let id = stored(token);
        let Some(row) = self.store().session(self.county(), &id).await? else { return Ok(None) };
        if row.ends_us < self.now().micros() {
            return Ok(None);
        }
        let Ok(person_id) = row.person.parse::<PersonId>() else { return Ok(None) };
        let Some(person) = self.store().person(self.county(), person_id).await? else {
            return Ok(None);
        };
        if person.left_us.is_some() {
            return Ok(None);
        }
        let posts = self.standing_posts(&person).await?;
        let post = posts.iter().find(|post| post.id == row.post).or_else(|| posts.first());
        let Some(post) = post.cloned() else { return Ok(None) };
        let Some(actor) = actor(person_id, &post) else { return Ok(None) };
        Ok(Some(Session {
            person: person_id,
            name: person.name,
            login: person.login,
            post,
            posts,
            must_change: person.must_change != 0,
            caller: Caller { actor },
            id,
        }))
    }

    pub async fn choose_post(&self, session: &Session, post: &str) -> Result<()> {
        if !session.posts.iter().any(|held| held.id == post) {
            return Err(Error::Forbidden);
        }
        let (id, post) = (session.id.clone(), post.to_owned());
        self.write(move |app, tx| {
            let (id, post) = (id.clone(), post.clone());
            Box::pin(async move {
                tx.choose_post(app.county(), &id, &post).await?;
                Ok(())
            })
        })
        .await
    }

    /// All sessions of the one who asks.
    pub async fn my_sessions(&self, session: &Session) -> Result<Vec<SessionRow>> {
        Ok(self.store().sessions_of(self.county(), session.person).await?)
    }

    /// Ends one of the caller's own sessions.
    pub async fn end_session(&self, session: &Session, id: &str) -> Result<()> {
        let mine = self.my_sessions(session).await?;
        if !mine.iter().any(|row| row.token == id) {
            return Err(Error::NotFound);
        }
        let id = id.to_owned();
        self.write(move |app, tx| {
            let id = id.clone();
            Box::pin(async move {
                tx.end_session(app.county(), &id).await?;
                Ok(())
            })
        })
        .await
    }

    /// Every other session of the person ends: whoever knew the old password
    /// is out.
    pub async fn change_password(&self, session: &Session, old: &str, new: &str) -> Result<()> {
        let person = self.store().person(self.county(), session.person).await?;
        let known = person.and_then(|person| person.password);
        let attempt = self.attempt(&[Counter::own_password(session.person)]).await?;
        let verified = self.passwords().verify(known, old.to_owned()).await;
        if matches!(verified, Ok(false)) {
            return Err(Error::Forbidden);
        }
        self.uncount(&attempt).await?;
        verified?;
        self.set_password(session.person, new, false, Some(session.id.clone())).await
    }

    /// Gives a person a one-time password; they must choose their own at once.
    pub async fn reset_password(
        &self,
        caller: &Caller,
        command: CommandId,
        person: PersonId,
    ) -> Result<String> {
        self.require(caller, Admin::ResetPasswords)?;
        if self.store().person(self.county(), person).await?.is_none() {
            return Err(Error::NotFound);
        }
        let password = self.one_time_password();
        let hash = self.passwords().hash(password.clone(), self.random()).await?;
        let caller = caller.clone();
        self.write(move |app, tx| {
            let (hash, caller) = (hash.clone(), caller.clone());
            Box::pin(async move {
                tx.set_password(app.county(), person, &hash, true).await?;
                tx.end_sessions_of(app.county(), person).await?;
                app.record(tx, &caller, command, &[CountyEvent::PasswordReset { person }]).await
            })
        })
        .await?;
        Ok(password)
    }

    /// For somebody else to sign in with once; they choose their own at once.
    pub fn one_time_password(&self) -> String {
        // Letters and digits that cannot be mistaken for each other.
        bihuan_domain::place::ReportCode::from_random(self.random()).to_string()
    }

    pub(crate) async fn set_password(
        &self,
        person: PersonId,
        password: &str,
        must_change: bool,
        keep_session: Option<String>,
    ) -> Result<()> {
        check_password(password)?;
        let hash = self.passwords().hash(password.to_owned(), self.random()).await?;
        let others: Vec<String> = self
            .store()
            .sessions_of(self.county(), person)
            .await?
            .into_iter()
            .map(|row| row.token)
            .filter(|token| Some(token) != keep_session.as_ref())
            .collect();
        self.write(move |app, tx| {
            let (hash, others) = (hash.clone(), others.clone());
            Box::pin(async move {
                tx.set_password(app.county(), person, &hash, must_change).await?;
                for token in &others {
                    tx.end_session(app.county(), token).await?;
                }
                Ok(())
            })
        })
        .await
    }

    async fn standing_posts(&self, person: &PersonRow) -> Result<Vec<PostRow>> {
        let Ok(id) = person.id.parse() else { return Ok(Vec::new()) };
        let posts = self.store().posts_of(self.county(), id).await?;
        Ok(posts.into_iter().filter(|post| post.revoked_us.is_none()).collect())
    }
}

/// The actor a person is under a post; none for a role this version does not
/// know.
fn actor(person: PersonId, post: &PostRow) -> Option<Actor> {
    Some(Actor {
        role: Role::from_code(&post.role)?,
        person: Some(person),
        unit: Some(UnitCode::new(post.unit.clone())),
        grid: post.grid.clone().map(GridCode::new),
    })
}

/// What is stored of a session's token.
fn stored(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}
