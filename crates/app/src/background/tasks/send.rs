//! Hands queued messages to the couriers: several for one person go as one, not
//! at night, and a failure is tried again later.

use std::collections::BTreeMap;
use std::sync::Arc;

use bihuan_domain::instant::Instant;
use bihuan_store::read::MessageRow;
use jiff::civil::time;

use crate::context::App;
use crate::error::Result;
use crate::ports::{Courier, Letter};

const SLICE: u32 = 200;
/// No message leaves between these hours (default, not official).
pub const QUIET_FROM: jiff::civil::Time = time(21, 0, 0, 0);
pub const QUIET_TO: jiff::civil::Time = time(8, 0, 0, 0);
/// After as many failures a message waits for a person to send it again.
pub(crate) const TRIES: i64 = 6;

pub async fn send(app: &App) -> Result<usize> {
    let mut sent = 0;
    for courier in app.couriers() {
        let waiting =
            app.store().messages_to_send(app.county(), courier.channel(), app.now(), SLICE).await?;
        let mut by_person: BTreeMap<String, Vec<MessageRow>> = BTreeMap::new();
        for message in waiting.into_iter().filter(|message| message.tries < TRIES) {
            if let Some(person) = message.person.clone() {
                by_person.entry(person).or_default().push(message);
            }
        }
        for (person, messages) in by_person {
            sent += deliver(app, courier, &person, messages).await?;
        }
    }
    Ok(sent)
}

async fn deliver(
    app: &App,
    courier: &Arc<dyn Courier>,
    person: &str,
    messages: Vec<MessageRow>,
) -> Result<usize> {
    let Ok(id) = person.parse() else { return Ok(0) };
    let to = app.store().person(app.county(), id).await?.and_then(|person| person.phone);
    let outcome = match to {
        Some(to) => courier.send(&letter(app, to, &messages)).await.map_err(|f| f.to_string()),
        None => Err("no address is known".to_owned()),
    };
    let count = messages.len();
    app.write(move |app, tx| {
        let (messages, outcome) = (messages.clone(), outcome.clone());
        Box::pin(async move {
            let now = app.now();
            for message in &messages {
                match &outcome {
                    Ok(()) => tx.message_sent(app.county(), &message.id, now).await?,
                    Err(fault) => {
                        // Twice as long after each failure.
                        let wait = 1_i64 << message.tries.clamp(0, 10);
                        let again = now.plus_minutes(wait);
                        tx.message_failed(app.county(), &message.id, fault, again).await?
                    }
                };
            }
            Ok(())
        })
    })
    .await?;
    Ok(count)
}

/// A line a message: its number and what about it. No identity, no words.
fn letter(app: &App, to: String, messages: &[MessageRow]) -> Letter {
    let line = |message: &MessageRow| {
        let facts: serde_json::Value = serde_json::from_str(&message.facts).unwrap_or_default();
        let number = facts["number"].as_str().unwrap_or_default().to_owned();
        let due = facts["due_us"].as_i64().map(Instant::from_micros);
        let due = due.map(|due| due.civil().strftime("%Y-%m-%d %H:%M").to_string());
        let what = if message.kind == "overdue" { "已逾期" } else { "即将到期" };
        format!("{number} {what} {}", due.unwrap_or_default())
    };
    let body: Vec<String> = messages.iter().map(line).collect();
    let name = app.rules().in_force(app.now()).map(|version| version.playbook.name.zh.clone());
    let subject = format!("{} {}件事项待办", name.unwrap_or_default(), messages.len());
    Letter { to, subject, body: body.join("\n") }
}

/// The moment itself by day; eight in the morning for what comes at night.
pub(super) fn not_at_night(now: Instant) -> Instant {
    let civil = now.civil();
    if civil.time() < QUIET_TO {
        return Instant::from_civil(civil.date().to_datetime(QUIET_TO));
    }
    if civil.time() >= QUIET_FROM {
        let morning = civil.date().tomorrow().unwrap_or_else(|_| civil.date());
        return Instant::from_civil(morning.to_datetime(QUIET_TO));
    }
    now
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::datetime;

    #[test]
    fn what_comes_at_night_waits_for_the_morning() {
        let at = |h, m| Instant::from_civil(datetime(2026, 3, 2, h, m, 0, 0));
        assert_eq!(not_at_night(at(14, 5)), at(14, 5));
        assert_eq!(not_at_night(at(6, 0)), at(8, 0));
        assert_eq!(not_at_night(at(22, 30)), at(8, 0).plus_days(1));
    }
}
