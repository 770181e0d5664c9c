//! What the reporter can do on the track page: rate, answer a question, add,
//! withdraw. The receipt's code is all the authority there is.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use bihuan_app::commands::Submission;
use bihuan_app::compose::File;
use bihuan_app::queries::Tracked;
use bihuan_app::{Caller, Composer, Error};
use bihuan_domain::matter::{Command, ContentTag, EvidenceKind, Rating};
use bihuan_domain::refusal::Reason;

use super::later::Later;
use super::track::track;
use crate::pages::public::track::Track;
use crate::problem::Problem;
use crate::routes::address::Sender;
use crate::routes::page::Shown;
use crate::routes::sent::{Sent, prints};
use crate::routes::site::{Site, command_id, problem};
use crate::routes::upload;
use crate::shell::Shell;
use crate::view::state::Refused;

/// Where on the page a fault is shown.
#[derive(Clone, Copy)]
enum Part {
    Rating,
    Reply,
    Add,
    Page,
}

struct Act {
    site: Site,
    from: String,
    shell: Shell,
    report: Tracked,
    sent: Sent,
    part: Part,
    /// Against its address, before anything of it was kept.
    is_counted: bool,
}

pub(super) async fn rate(
    State(site): State<Site>,
    shell: Shell,
    Sender(from): Sender,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let act = Act::open(site, shell, from, &code, sent, Part::Rating).await?;
    let Some(rating) = Rating::from_code(act.sent.one("rating")) else {
        let fault = act.shell.lang().tr("fault-rating-empty").into_owned();
        return Ok(act.again(StatusCode::UNPROCESSABLE_ENTITY, fault));
    };
    let mut composed = Composer::new(&act.site.app);
    match composed.optional(ContentTag::Words, act.sent.one("rating_words")) {
        Ok(words) => composed.push(Command::Rate { rating, words }),
        Err(fault) => return act.failed(fault),
    }
    act.take(composed).await
}

pub(super) async fn answer(
    State(site): State<Site>,
    shell: Shell,
    Sender(from): Sender,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let act = Act::open(site, shell, from, &code, sent, Part::Reply).await?;
    let mut composed = Composer::new(&act.site.app);
    match composed.words(ContentTag::Words, act.sent.one("reply")) {
        Ok(words) => {
            composed.push(Command::Supplement { words: Some(words), evidence: Vec::new() });
        }
        Err(fault) => return act.failed(fault),
    }
    act.take(composed).await
}

pub(super) async fn add(
    State(site): State<Site>,
    shell: Shell,
    Sender(from): Sender,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let mut act = Act::open(site, shell, from, &code, sent, Part::Add).await?;
    if let Some(problem) = act.sent.failed.clone() {
        return act.not_now(problem);
    }
    if let Some(refusal) = &act.sent.refused {
        let sentence = act.shell.lang().refusal(refusal);
        let status = act.sent.photo_status();
        return Ok(act.again(status, sentence));
    }
    let photos = match act.new_photos().await {
        Ok(photos) => photos,
        Err(fault) => return act.failed(fault),
    };
    let mut composed = Composer::new(&act.site.app);
    let words = match composed.optional(ContentTag::Words, act.sent.one("add_words")) {
        Ok(words) => words,
        Err(fault) => return act.failed(fault),
    };
    let mut evidence = Vec::new();
    for photo in photos {
        match composed.attach(EvidenceKind::Before, photo).await {
            Ok(one) => evidence.push(one),
            Err(fault) => return act.failed(fault),
        }
    }
    composed.push(Command::Supplement { words, evidence });
    act.take(composed).await
}

pub(super) async fn withdraw(
    State(site): State<Site>,
    shell: Shell,
    Sender(from): Sender,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let act = Act::open(site, shell, from, &code, sent, Part::Page).await?;
    let mut composed = Composer::new(&act.site.app);
    composed.push(Command::Withdraw { reason: None });
    act.take(composed).await
}

impl Act {
    async fn open(
        site: Site,
        shell: Shell,
        from: String,
        code: &str,
        sent: Sent,
        part: Part,
    ) -> Result<Self, Problem> {
        let report = site.app.tracked(code, &from).await.map_err(problem)?;
        Ok(Self { site, from, shell, report, sent, part, is_counted: false })
    }

    /// Photos to be kept, counted against the address before any of them is. Of
    /// what was done before none is kept again.
    async fn new_photos(&mut self) -> Result<Vec<File>, Error> {
        let command = command_id(&self.site.app, self.sent.one("command"));
        if self.sent.photos.is_empty() || self.site.app.was_answered(command).await? {
            return Ok(Vec::new());
        }
        self.site.app.may_report(&self.from).await?;
        self.is_counted = true;
        Ok(self.sent.photos.clone())
    }

    async fn take(self, composed: Composer) -> Result<Response, Problem> {
        let prints = prints(&self.sent);
        let command = command_id(&self.site.app, self.sent.one("command"));
        let sender = bihuan_app::Sender::new(command, upload::said(&self.sent.fields, &prints));
        let submission = Submission {
            sender: if self.is_counted { sender } else { sender.counted_against(&self.from) },
            caller: Caller::reporter(),
            matter: self.report.matter.id,
            seen: None,
            composed,
        };
        match self.site.app.act(submission).await {
            Ok(_) => {
                let to = format!("/t/{}", self.report.code.compact());
                Ok(Redirect::to(&to).into_response())
            }
            Err(fault) => self.failed(fault),
        }
    }

    fn failed(self, fault: Error) -> Result<Response, Problem> {
        let Error::Refused(refusal) = fault else { return self.not_now(problem(fault)) };
        let sentence = self.shell.lang().refusal(&refusal);
        let status = Problem::Refused(refusal.clone()).status();
        let mut act = self;
        if !matches!(refusal.reason, Reason::WordsNeeded | Reason::WordsTooLong) {
            act.part = Part::Page;
        }
        Ok(act.again(status, sentence))
    }

    /// The page again, where what stands in the way passes.
    fn not_now(self, problem: Problem) -> Result<Response, Problem> {
        let later = Later::of(problem)?;
        let mut page = self.filled();
        page.notice = Some(later.notice(page.shell.lang()));
        Ok(later.answer(Shown(page)))
    }

    /// The page as it stands now, with what was typed and why it was not taken.
    fn again(self, status: StatusCode, sentence: String) -> Response {
        let part = self.part;
        let mut page = self.filled();
        put(&mut page, part, sentence);
        (status, Shown(page)).into_response()
    }

    fn filled(self) -> Track {
        let Self { site, shell, report, sent, .. } = self;
        let command = match sent.one("command") {
            "" => site.new_command(),
            command => command.to_owned(),
        };
        let mut page = track(&site.app, shell, &report, command);
        page.reply.value = sent.one("reply").to_owned();
        page.add_words.value = sent.one("add_words").to_owned();
        if let Some(rating) = &mut page.rating {
            rating.words.value = sent.one("rating_words").to_owned();
        }
        page
    }
}

fn put(page: &mut Track, part: Part, sentence: String) {
    match (part, &mut page.rating) {
        (Part::Rating, Some(rating)) => rating.error = Some(sentence),
        (Part::Reply, _) => page.reply.error = Some(sentence),
        (Part::Add, _) => page.add_words.error = Some(sentence),
        (Part::Page | Part::Rating, _) => {
            let title = page.shell.tr("problem-refused").into_owned();
            page.notice = Some(Refused { title, next: sentence, link: None });
        }
    }
}
