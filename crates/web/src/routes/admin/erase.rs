//! `/admin/erase`: contents erased by the security administrator, each on a ground
//! of law.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use bihuan_app::commands::Session;
use bihuan_app::{Error, Sender};
use bihuan_domain::matter::ErasureGround;
use bihuan_domain::refusal::{Reason, Refusal};

use super::{Again, Asked, Sent, day, done, entered, frame, shown};
use crate::csrf::CsrfForm;
use crate::pages::admin::Section;
use crate::pages::admin::erase::{Erase, erase_form, find_form};
use crate::problem::Problem;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;
use crate::view::field::Choice;

pub(super) fn routes() -> Router<Site> {
    Router::new().route("/admin/erase", get(ask).post(erase))
}

async fn ask(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    page(&site, &session, shell, &asked, None).await
}

async fn page(
    site: &Site,
    session: &Session,
    shell: Shell,
    asked: &Asked,
    again: Option<&Again>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let frame = frame(session, lang, Section::Erase, asked, again)?;
    let number = asked.words.trim();
    let erasable = match number {
        "" => None,
        number => match site.app.erasable(&session.caller, number).await {
            Ok(erasable) => Some(erasable),
            Err(Error::Refused(refusal)) if again.is_none() => {
                let again = Again { entered: entered(None), refusal };
                return Box::pin(page(site, session, shell, &Asked::default(), Some(&again))).await;
            }
            Err(fault) => return Err(problem(fault)),
        },
    };
    let is_empty = erasable.as_ref().is_some_and(Vec::is_empty);
    let found = erasable.map(|erasable| {
        let choices = erasable.into_iter().map(|one| {
            let words = lang.code_of("content", one.tag.code());
            let hint = format!(
                "{} {}",
                shell.day_words(&day(site, one.at)),
                lang.code_of("role", one.by.code())
            );
            Choice::new(one.content.to_string(), words).hint(hint)
        });
        let form = erase_form(lang, number, choices.collect(), &entered(again))
            .with("command", site.new_command());
        (number.to_owned(), form)
    });
    let find = find_form(lang, number);
    Ok(shown(Erase { frame, find, found, is_empty, shell }, again))
}

async fn erase(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let refusal = match take(&site, &session, &sent).await {
        Ok(()) => return Ok(done(Section::Erase, "erased", 1)),
        Err(Error::Refused(refusal)) => refusal,
        Err(fault) => return Err(problem(fault)),
    };
    let asked = Asked { words: sent.one("number").to_owned(), ..Asked::default() };
    page(&site, &session, shell, &asked, Some(&sent.again(refusal))).await
}

async fn take(site: &Site, session: &Session, sent: &Sent) -> Result<(), Error> {
    let needed = |field| Refusal::new(Reason::FieldNeeded).with("field", field);
    let content = sent.needed("content")?.parse().map_err(|_| needed("content"))?;
    let ground = ErasureGround::from_code(sent.needed("ground")?);
    let ground = ground.ok_or_else(|| needed("ground"))?;
    let number = sent.one("number");
    let said = [number, sent.one("content"), ground.code()];
    let sender = Sender::new(sent.command(site), said);
    site.app.erase(&session.caller, sender, number, content, ground).await
}
