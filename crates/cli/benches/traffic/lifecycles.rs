//! Whole lives over HTTP: reported, dispatched, signed for, handed in, checked and
//! closed, and looked up by whoever reported it. Each act comes from the post it
//! belongs to.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant as Stopwatch};

use tokio::sync::Mutex;
use tokio::time::sleep_until;

use crate::client::{Answer, Client};
use crate::intake::report_of;

/// The demo's, of which a simulated county's people are.
const PASSWORD: &str = "bihuan-demo-2026";
/// An item that asks for no photo, its unit and a grid with a worker.
const ITEM: &str = "street-stall";
const UNIT: &str = "urban-enforcement";
const HANDLER: &str = "urban-enforcement-handler";
const WORKER: &str = "grid-01-014-07";
const GRID: &str = "01-014-07";
const ANSWER: &str = "摊点已经清走，谢谢提醒。";
/// Their reports are numbered from here, so that none is the intake's.
const AFTER_INTAKE: usize = 1 << 22;
/// Lives under way at once at most.
const LANES: usize = 32;

/// Who acts in one life, each on a connection of their own.
struct Lane {
    resident: Client,
    dispatcher: Client,
    handler: Client,
    worker: Client,
}

/// Who, where and what.
type Act<'a> = (Post, String, &'a [(&'a str, &'a str)]);

#[derive(Clone, Copy)]
enum Post {
    Dispatcher,
    Handler,
    Worker,
}

/// Milliseconds of single requests, and lives a second.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lived {
    pub(crate) lives: usize,
    pub(crate) rate: f64,
    pub(crate) errors: usize,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
}

/// When lives begin, and what came of them.
struct Course {
    begun: Stopwatch,
    ends: Stopwatch,
    /// None: as soon as a lane is free.
    apart: Option<Duration>,
    next: AtomicUsize,
    first: usize,
    errors: AtomicUsize,
    times: Mutex<Vec<f64>>,
}

pub(crate) struct Cast {
    lanes: Vec<Lane>,
    /// Numbers the reports so that none is sent twice.
    reports: usize,
}

impl Cast {
    /// Of several nodes, each life is reported on one and dispatched on the next.
    pub(crate) async fn assemble(addresses: &[&str]) -> Self {
        let node = |at: usize| addresses[at % addresses.len()];
        let mut signed_in = Vec::new();
        for login in ["dispatcher", HANDLER, WORKER] {
            signed_in.push(Client::signed_in(node(0), login, PASSWORD).await);
        }
        let mut lanes = Vec::new();
        for at in 0..LANES {
            lanes.push(Lane {
                resident: Client::resident(node(at)).await,
                dispatcher: signed_in[0].again(node(at + 1)).await,
                handler: signed_in[1].again(node(at + 2)).await,
                worker: signed_in[2].again(node(at + 3)).await,
            });
        }
        Self { lanes, reports: AFTER_INTAKE }
    }

    /// Another cast in the same county numbers its reports apart from this on.
    pub(crate) const fn number_from(&mut self, nth: usize) {
        self.reports = AFTER_INTAKE * (1 + nth);
    }

    /// Lives for so long, at this rate a second or as fast as they go.
    pub(crate) async fn live(&mut self, rate: Option<f64>, seconds: u64) -> Lived {
        let begun = Stopwatch::now();
        let course = Arc::new(Course {
            begun,
            ends: begun + Duration::from_secs(seconds),
            apart: rate.map(|rate| Duration::from_secs_f64(1.0 / rate)),
            next: AtomicUsize::new(0),
            first: self.reports,
            errors: AtomicUsize::new(0),
            times: Mutex::new(Vec::new()),
        });
        let lanes = std::mem::take(&mut self.lanes);
        let tasks: Vec<_> = lanes
            .into_iter()
            .map(|lane| tokio::spawn(lane_of(lane, Arc::clone(&course))))
            .collect();
        let mut lives = 0;
        for task in tasks {
            let (lane, lived) = task.await.unwrap();
            self.lanes.push(lane);
            lives += lived;
        }
        self.reports += course.next.load(Ordering::Relaxed);
        let mut times = course.times.lock().await;
        times.sort_by(f64::total_cmp);
        let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or(0.0);
        Lived {
            lives,
            rate: crate::per_second(lives, begun.elapsed()),
            errors: course.errors.load(Ordering::Relaxed),
            p50: at(50),
            p99: at(99),
        }
    }
}

async fn lane_of(mut lane: Lane, course: Arc<Course>) -> (Lane, usize) {
    let mut lived = 0;
    loop {
        let nth = course.next.fetch_add(1, Ordering::Relaxed);
        let due = match course.apart {
            Some(apart) => course.begun + apart * u32::try_from(nth).unwrap(),
            None => Stopwatch::now(),
        };
        if due >= course.ends {
            return (lane, lived);
        }
        sleep_until(due.into()).await;
        let mut times = Vec::with_capacity(7);
        match life(&mut lane, course.first + nth, &mut times).await {
            Ok(()) => lived += 1,
            Err(why) => {
                if course.errors.fetch_add(1, Ordering::Relaxed) == 0 {
                    eprintln!("a life broke off: {why}");
                }
            }
        }
        course.times.lock().await.append(&mut times);
    }
}

async fn life(lane: &mut Lane, at: usize, times: &mut Vec<f64>) -> Result<(), String> {
    let watch = Stopwatch::now();
    let code = report_of(&mut lane.resident, at, GRID).await?;
    times.push(millis(watch));
    let track = format!("/t/{code}");
    let told = timed(times, lane.resident.get(&track)).await;
    let number = number_in(&told.body).ok_or("no number on the page of a report")?;
    let submitted = [("note", "已劝离，路面已清扫。"), ("answer", ANSWER)];
    let acts: [Act<'_>; 4] = [
        (
            Post::Dispatcher,
            format!("/inbox/{number}/accept-dispatch"),
            &[("item", ITEM), ("lead", UNIT), ("urgency", "ordinary")],
        ),
        (Post::Handler, format!("/m/{number}/sign"), &[]),
        (Post::Handler, format!("/m/{number}/submit"), &submitted),
        (Post::Worker, format!("/worker/m/{number}/check"), &[("verdict", "yes")]),
    ];
    for (nth, (post, path, fields)) in acts.into_iter().enumerate() {
        let command = crate::intake::command(at, 2 + nth);
        let fields: Vec<(&str, &str)> =
            [("command", &*command)].into_iter().chain(fields.iter().copied()).collect();
        let answer = match post {
            Post::Dispatcher => {
                timed(times, lane.dispatcher.post(&path, "127.0.0.1", &fields)).await
            }
            Post::Handler => timed(times, lane.handler.upload(&path, &fields)).await,
            Post::Worker => timed(times, lane.worker.upload(&path, &fields)).await,
        };
        if !answer.status.is_redirection() {
            return Err(format!("{path}: {} {}", answer.status, answer.body));
        }
    }
    let told = timed(times, lane.resident.get(&track)).await;
    match told.body.contains(ANSWER) {
        true => Ok(()),
        false => Err("closed without its answer".to_owned()),
    }
}

async fn timed(times: &mut Vec<f64>, asked: impl Future<Output = Answer>) -> Answer {
    let watch = Stopwatch::now();
    let answer = asked.await;
    times.push(millis(watch));
    answer
}

fn millis(since: Stopwatch) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// `XY-261118-0001`.
fn number_in(page: &str) -> Option<&str> {
    let from = page.find("XY-")?;
    let rest = &page[from..];
    let ends = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))?;
    Some(&rest[..ends])
}
