//! Tells units and grid workers, once for each node, that it falls due soon or
//! is overdue. Messages name the number and the date, never the words.

use bihuan_domain::ids::NodeCode;
use bihuan_domain::matter::{Matter, SlipColour, Stage};
use bihuan_store::read::{MessageRow, SoonRow};
use bihuan_store::registers::PostRow;

use crate::context::App;
use crate::error::Result;

const SLICE: u32 = 200;
/// Nodes overdue for longer were reminded of before.
const LOOK_BACK_DAYS: i64 = 2;
const LOOK_AHEAD_DAYS: i64 = 62;
pub(crate) const IN_APP: &str = "in-app";

pub async fn remind(app: &App) -> Result<usize> {
    let now = app.now();
    let from = now.plus_days(-LOOK_BACK_DAYS);
    let soon = app
        .store()
        .due_soon(app.county(), from, now.plus_days(LOOK_AHEAD_DAYS), now, SLICE)
        .await?;
    let mut messages = Vec::new();
    for node in &soon {
        for post in posts_for(app, node).await? {
            let is_late = now.micros() > node.due_us;
            let kind = if is_late { "overdue" } else { "due-soon" };
            messages.extend(message(app, node, &post, kind));
        }
    }
    if messages.is_empty() {
        return Ok(0);
    }
    put(app, messages).await
}

/// A slip is delivered to whoever answers for the unit, once.
pub(super) async fn tell_of_slip(
    app: &App,
    matter: &Matter,
    node: &NodeCode,
    due_us: i64,
    colour: SlipColour,
) -> Result<()> {
    let late = SoonRow {
        matter: matter.id.to_string(),
        node: node.to_string(),
        due_us,
        lead_unit: matter.lead.as_ref().map(|lead| lead.unit.to_string()),
        stage: matter.stage.code().to_owned(),
        number: matter.number.to_string(),
    };
    let kind = format!("slip-{}", colour.code());
    let mut messages = Vec::new();
    for post in posts_for(app, &late).await? {
        messages.extend(message(app, &late, &post, &kind));
    }
    put(app, messages).await.map(drop)
}

async fn put(app: &App, messages: Vec<(String, MessageRow)>) -> Result<usize> {
    let count = messages.len();
    app.write(move |app, tx| {
        let messages = messages.clone();
        Box::pin(async move {
            for (dedupe, message) in &messages {
                tx.put_message(app.county(), dedupe, message);
            }
            Ok(())
        })
    })
    .await?;
    Ok(count)
}

/// Who is waited for at this stage.
async fn posts_for(app: &App, node: &SoonRow) -> Result<Vec<PostRow>> {
    let stage = Stage::from_code(&node.stage);
    let Some(unit) = &node.lead_unit else { return Ok(Vec::new()) };
    if !matches!(stage, Some(Stage::Dispatched | Stage::Handling)) {
        return Ok(Vec::new());
    }
    let mut posts = app.store().posts_in(app.county(), unit, "handler").await?;
    posts.extend(app.store().posts_in(app.county(), unit, "unit-head").await?);
    Ok(posts)
}

/// One message a person, node and lamp, in the application and on every
/// outside channel.
fn message(app: &App, node: &SoonRow, post: &PostRow, kind: &str) -> Vec<(String, MessageRow)> {
    let now = app.now();
    let facts = serde_json::json!({
        "number": node.number, "node": node.node, "due_us": node.due_us,
    });
    let outside = app.couriers().iter().map(|courier| courier.channel());
    std::iter::once(IN_APP)
        .chain(outside)
        .map(|channel| {
            let dedupe = format!(
                "{kind}/{}/{}/{}/{}/{channel}",
                node.matter, node.node, node.due_us, post.person
            );
            let message = MessageRow {
                id: app.new_id().to_string(),
                person: Some(post.person.clone()),
                channel: channel.to_owned(),
                matter: Some(node.matter.clone()),
                kind: kind.to_owned(),
                facts: facts.to_string(),
                made_us: now.micros(),
                after_us: super::send::not_at_night(now).micros(),
                sent_us: None,
                read_us: None,
                tries: 0,
                fault: None,
            };
            (dedupe, message)
        })
        .collect()
}
