//! Papers set per second. Budgets: one notice within 150 ms once warm, 1,000
//! within 60 s on two threads. Beside each the same notice set cold: fonts read
//! anew and nothing remembered, as a program started for each paper would.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program that measures and says so"
)]
#![expect(clippy::disallowed_methods, reason = "measuring is reading the clock")]

use std::time::{Duration, Instant};

use bihuan_documents::paper::{DocumentNumber, Fonts, Paper, Printed, State, docx, pdf};
use bihuan_domain::paper::{Block, Blocks, Layout};
use jiff::civil::date;

const NOTICES: u32 = 1_000;
const THREADS: u32 = 2;
const SINGLE: u32 = 50;
const COLD: u32 = 5;

fn notice(serial: u32) -> Paper {
    let fact = format!(
        "检查第{serial}处：路口东侧雨水井盖破损，未设置围挡，夜间无警示；巡查台账缺少三日记录，\
         责任人未签字。以上情况有现场照片和台账复印件为证。"
    );
    let row = |no: u32| {
        vec![no.to_string(), format!("第{serial}处第{no}项：井盖破损"), "第二十三条".to_owned()]
    };
    let heading = |level, text: &str| Block::Heading { level, text: text.to_owned() };
    Paper {
        layout: Layout::Document,
        mark: "荥阳市人民政府督查室文件".to_owned(),
        number: DocumentNumber { word: "荥政督".to_owned(), year: 2026, serial: Some(serial) },
        signer: None,
        haste: None,
        title: format!("关于城区第{serial}处井盖管护问题的整改通知书"),
        addressees: "市政设施所".to_owned(),
        body: Blocks(vec![
            Block::Paragraph(fact.clone()),
            heading(1, "一、存在问题"),
            Block::Table {
                columns: ["序号", "问题事实", "依据条款"].map(str::to_owned).to_vec(),
                rows: (1..=6).map(row).collect(),
            },
            heading(1, "二、整改要求"),
            Block::Paragraph(fact.repeat(3)),
            heading(2, "（一）举一反三"),
            Block::Paragraph(fact),
            Block::Paragraph("以上问题应当于2026年12月10日前整改到位。".to_owned()),
        ]),
        attachments: vec!["问题清单".to_owned(), "送达回执".to_owned()],
        issuer: "荥阳市人民政府督查室".to_owned(),
        date: Some(date(2026, 11, 12)),
        sealed: true,
        note: None,
        copies: vec!["市城市管理局".to_owned()],
        printed: Some(Printed {
            office: "荥阳市人民政府督查室".to_owned(),
            date: date(2026, 11, 12),
        }),
        verification: Some(format!("https://bihuan.example/papers/{serial:016}")),
        state: State::Issued,
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn set(serial: u32, fonts: &Fonts) {
    assert!(pdf(&notice(serial), fonts).unwrap().starts_with(b"%PDF"));
}

fn main() {
    let mut cold: Vec<Duration> = (1..=COLD)
        .map(|serial| {
            comemo::evict(0);
            timed(|| set(serial, &Fonts::installed().unwrap()))
        })
        .collect();
    let fonts = Fonts::installed().unwrap();
    set(0, &fonts);
    let mut warm: Vec<Duration> =
        (1..=SINGLE).map(|serial| timed(|| set(serial, &fonts))).collect();
    let mut office: Vec<Duration> = (1..=SINGLE)
        .map(|serial| timed(|| assert!(docx(&notice(serial)).unwrap().starts_with(b"PK"))))
        .collect();
    let many = timed(|| {
        std::thread::scope(|scope| {
            for thread in 0..THREADS {
                let fonts = &fonts;
                scope.spawn(move || {
                    (0..NOTICES / THREADS).for_each(|n| set(n * THREADS + thread, fonts));
                });
            }
        });
    });
    println!("one notice, two pages, seconds     median    worst");
    row("  cold (baseline)", &mut cold);
    row("  warm (budget 0.150)", &mut warm);
    row("  as DOCX", &mut office);
    let seconds = many.as_secs_f64();
    println!(
        "{NOTICES} notices on {THREADS} threads: {seconds:.1} s (budget 60 s), {:.0} a second; \
         cold they would take {:.0} s",
        f64::from(NOTICES) / seconds,
        cold[cold.len() / 2].as_secs_f64() * f64::from(NOTICES) / f64::from(THREADS),
    );
}

fn row(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{what:<34} {:>7.3}  {:>7.3}", median.as_secs_f64(), worst.as_secs_f64());
}
