//! Two nodes on one database: what runs by itself is done once, one log grows,
//! and rules changed on one hold on the other. On PostgreSQL; with SQLite there
//! is one process.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up has failed")]

use std::sync::{Arc, Mutex};

use bihuan_app::commands::{NewPerson, NewPost};
use bihuan_app::context::Outside;
use bihuan_app::keys::Keys;
use bihuan_app::ports::{Blobs, Clock, Courier, Entropy, Letter, PortFault, PortFuture};
use bihuan_app::{App, Caller};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{CommandId, PersonId, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::model::{Text, Unit};
use bihuan_store::StoreError;
use bihuan_store::read::MessageRow;
use bihuan_testkit::app::Running;
use bihuan_testkit::engines::{self, Database};
use tokio::task::JoinSet;

const MESSAGES: u32 = 40;

/// Whoever is written to, by every node.
#[derive(Default)]
struct Post(Mutex<Vec<String>>);

impl Courier for Post {
    fn channel(&self) -> &'static str {
        "mail"
    }

    fn send<'a>(&'a self, letter: &'a Letter) -> PortFuture<'a, ()> {
        Box::pin(async move {
            // Time for another node to send the same.
            tokio::task::yield_now().await;
            self.0.lock().unwrap().push(letter.to.clone());
            Ok(())
        })
    }
}

struct OwnClock(Instant);

impl Clock for OwnClock {
    fn now(&self) -> Instant {
        self.0
    }
}

struct Counting(Mutex<u64>);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let mut count = self.0.lock().unwrap();
        *count += 1;
        for (byte, part) in bytes.iter_mut().zip(count.to_be_bytes().into_iter().cycle()) {
            *byte = part;
        }
    }
}

struct NoFiles;

impl Blobs for NoFiles {
    fn put<'a>(&'a self, _: &'a str, _: Vec<u8>) -> PortFuture<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    fn get<'a>(&'a self, name: &'a str) -> PortFuture<'a, Vec<u8>> {
        Box::pin(async move { Err(PortFault::NotFound(name.to_owned())) })
    }

    fn delete<'a>(&'a self, _: &'a str) -> PortFuture<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}

/// A node with a connection pool of its own.
async fn node(database: &Database, first: &Running, number: u64, post: &Arc<Post>) -> App {
    let outside = Outside {
        clock: Arc::new(OwnClock(first.clock.now())),
        entropy: Arc::new(Counting(Mutex::new(number << 32))),
        blobs: Arc::new(NoFiles),
        couriers: vec![Arc::clone(post) as Arc<dyn Courier>],
    };
    let store = database.reopen().await;
    App::open(store, first.app.county().clone(), Keys::derive(&[7; 32]), outside).await.unwrap()
}

async fn hire(app: &App, number: u32) -> PersonId {
    let unit = UnitCode::new("grid-centre");
    let person = NewPerson {
        login: format!("officer-{number}"),
        name: "李".to_owned(),
        phone: Some(format!("officer-{number}@example.org")),
        password: None,
        must_change: true,
        posts: vec![NewPost { role: Role::Triage, unit, grid: None }],
    };
    let command = CommandId(app.new_id());
    app.add_people(&Caller::system(), command, vec![person]).await.unwrap()[0]
}

fn message(app: &App, to: PersonId) -> MessageRow {
    let now = app.now().micros();
    MessageRow {
        id: app.new_id().to_string(),
        person: Some(to.to_string()),
        channel: "mail".to_owned(),
        matter: None,
        kind: "due-soon".to_owned(),
        facts: "{}".to_owned(),
        made_us: now,
        after_us: now,
        sent_us: None,
        read_us: None,
        tries: 0,
        fault: None,
    }
}

async fn queue(app: &App, messages: Vec<MessageRow>) {
    let county = app.county().clone();
    let queued: Result<(), StoreError> = app
        .store()
        .write(move |tx| {
            let (county, messages) = (county.clone(), messages.clone());
            Box::pin(async move {
                for message in &messages {
                    tx.put_message(&county, &message.id, message);
                }
                Ok(())
            })
        })
        .await;
    queued.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_run_tasks_at_once_send_each_message_once_and_grow_one_log() {
    engines::on_postgres(|database| async move {
        let first = Running::over(database.store.clone()).await;
        let post = Arc::new(Post::default());
        let mut nodes = Vec::new();
        for number in 1..=2 {
            nodes.push(node(&database, &first, number, &post).await);
        }
        let mut messages = Vec::new();
        for number in 0..MESSAGES {
            messages.push(message(&nodes[0], hire(&nodes[0], number).await));
        }
        queue(&nodes[0], messages).await;
        let mut runs = JoinSet::new();
        for node in nodes.iter().cycle().take(6) {
            let node = node.clone();
            runs.spawn(async move { node.run_tasks().await.unwrap() });
        }
        let runs = runs.join_all().await;
        let did =
            |task| runs.iter().flatten().filter(move |(name, _)| *name == task).map(|(_, n)| n);
        let mut letters = post.0.lock().unwrap().clone();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), MESSAGES as usize, "everybody is written to");
        assert_eq!(post.0.lock().unwrap().len(), letters.len(), "somebody was written to twice");
        assert_eq!(did("send").sum::<usize>(), letters.len());
        let (sealed, waiting) = nodes[1].store().entry_counts(nodes[1].county()).await.unwrap();
        assert_eq!((did("seal").sum::<usize>() as u64, 0), (sealed, waiting));
        for node in nodes {
            node.store().close().await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_added_on_one_node_is_soon_known_on_the_other() {
    engines::on_postgres(|database| async move {
        let first = Running::over(database.store.clone()).await;
        let post = Arc::new(Post::default());
        let other = node(&database, &first, 1, &post).await;
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let background = tokio::spawn({
            let other = other.clone();
            async move { other.run_in_background(async { drop(stopped.await) }).await }
        });
        let code = UnitCode::new("new-bureau");
        let name = Text { zh: "新局".to_owned(), en: "New bureau".to_owned() };
        let unit = Unit { code: code.clone(), name, above: None, grid: None, village: false };
        first.app.add_units(&Caller::system(), first.command(), vec![unit]).await.unwrap();
        while !other.rules().units.contains_key(&code) {
            tokio::task::yield_now().await;
        }
        drop(stop);
        background.await.unwrap();
        other.store().close().await;
    })
    .await;
}
