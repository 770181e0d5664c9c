//! How much one address, one name or one person may try, and that nobody is shut
//! out by what somebody else does.

use axum::http::StatusCode;
use bihuan_domain::access::Role;
use futures_util::future::join_all;

use super::house::{Answer, Browser, House, command, photo};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const WAIT: StatusCode = StatusCode::TOO_MANY_REQUESTS;
const IN: StatusCode = StatusCode::SEE_OTHER;

async fn house() -> House {
    let house = House::open().await;
    for login in ["worker", "other"] {
        house.person(login, Role::GridWorker, "town-01", Some("01-001-01")).await;
    }
    house
}

async fn file(browser: &mut Browser, number: u8) -> Answer {
    let command = command(number);
    let sent = [("command", command.as_str()), ("words", "垃圾桶满了"), ("address", "东街")];
    browser.post("/report", &sent).await
}

async fn complain(browser: &mut Browser, number: u8) -> Answer {
    let command = command(number);
    let words = ("words", "窗口没人，等了一上午");
    let sent = [("command", command.as_str()), ("kind", "complaint"), ("about", ""), words];
    browser.post("/complaint", &sent).await
}

async fn code(house: &House) -> String {
    file(&mut house.browser(), 1).await.to().rsplit('/').next().expect("a code").to_owned()
}

fn waits(answer: &Answer) {
    assert_eq!(answer.status, WAIT, "{}", answer.text());
    assert_eq!(answer.headers["retry-after"], "900");
}

#[tokio::test]
async fn wrong_passwords_sent_at_once_are_counted_like_those_sent_one_by_one() {
    let house = house().await;
    let mut browser = house.browser();
    browser.get("/sign-in").await;
    let guesses = (0..30).map(|_| {
        let mut browser = browser.clone();
        async move { browser.guess("worker").await }
    });
    let answers = join_all(guesses).await;
    let of = |status| answers.iter().filter(|answer| **answer == status).count();
    assert_eq!((of(WRONG), of(WAIT)), (8, 22), "{answers:?}");
}

#[tokio::test]
async fn signing_in_oneself_does_not_forget_guesses_at_other_names() {
    let house = house().await;
    let mut browser = house.browser_at("203.0.113.1");
    for n in 0..40 {
        assert_eq!(browser.guess(&format!("name-{}", n / 7)).await, WRONG);
        if n % 7 == 0 && n < 35 {
            assert_eq!(house.browser_at("203.0.113.1").sign_in("worker").await.status, IN);
        }
    }
    assert_eq!(browser.guess("a-name-not-tried-before").await, WAIT);
    assert_eq!(house.browser_at("203.0.113.2").guess("worker").await, WRONG);
}

#[tokio::test]
async fn signing_in_forgets_what_one_mistyped_at_the_same_address() {
    let house = house().await;
    let mut browser = house.browser();
    for _ in 0..3 {
        for _ in 0..7 {
            assert_eq!(browser.guess("worker").await, WRONG);
        }
        assert_eq!(house.browser().sign_in("worker").await.status, IN);
    }
}

#[tokio::test]
async fn many_right_sign_ins_from_one_office_are_no_attempts() {
    let house = house().await;
    for _ in 0..45 {
        assert_eq!(house.browser().sign_in("worker").await.status, IN);
    }
}

#[tokio::test]
async fn guessing_a_name_does_not_lock_its_owner_out_elsewhere() {
    let house = house().await;
    for n in 1..=24 {
        assert_eq!(house.browser_at(&format!("198.51.100.{n}")).guess("worker").await, WRONG);
    }
    let mut guesser = house.browser_at("198.51.100.99");
    for _ in 0..8 {
        assert_eq!(guesser.guess("worker").await, WRONG);
    }
    assert_eq!(guesser.sign_in("worker").await.status, WAIT);
    assert_eq!(house.browser_at("203.0.113.1").sign_in("worker").await.status, IN);
}

#[tokio::test]
async fn what_is_turned_away_does_not_count_against_the_name() {
    let house = house().await;
    let mut guesser = house.browser_at("198.51.100.99");
    for n in 0..250 {
        assert_eq!(guesser.guess("worker").await, if n < 8 { WRONG } else { WAIT });
    }
    assert_eq!(house.browser_at("203.0.113.1").guess("worker").await, WRONG);
}

#[tokio::test]
async fn a_crowd_of_addresses_guesses_no_more_than_200_passwords_of_a_name() {
    let house = house().await;
    let guesses = (1..=25).map(|n| {
        let mut browser = house.browser_at(&format!("198.51.100.{n}"));
        async move {
            for _ in 0..8 {
                assert_eq!(browser.guess("worker").await, WRONG);
            }
        }
    });
    join_all(guesses).await;
    assert_eq!(house.browser_at("203.0.113.1").guess("worker").await, WAIT);
    house.clock.step_minutes(16);
    assert_eq!(house.browser_at("203.0.113.1").sign_in("worker").await.status, IN);
}

#[tokio::test]
async fn guessing_ones_own_password_while_signed_in_must_wait_too() {
    let house = House::open().await;
    let mut browser = house.worker().await;
    let new = "another long password";
    let sent = [("current", "not the password"), ("new", new), ("again", new)];
    for _ in 0..8 {
        assert_eq!(browser.post("/me/password", &sent).await.status, WRONG);
    }
    assert_eq!(browser.post("/me/password", &sent).await.status, WAIT);
    assert_eq!(house.browser().sign_in("worker").await.status, IN, "the name is not locked");
}

#[tokio::test]
async fn a_right_code_opens_whatever_was_guessed_before() {
    let house = House::open().await;
    let code = code(&house).await;
    let mut browser = house.browser();
    for n in 0..60 {
        let answer = browser.get(&format!("/t/00000000000000{n:02}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(answer.has("没有这个码"), "{}", answer.text());
    }
    for path in ["/t/0000000000000061", "/t?code=0000000000000061", "/receipt/0000000000000061"] {
        waits(&browser.get(path).await);
    }
    for path in ["/t/{}", "/receipt/{}", "/t/{}/receipt.json"] {
        let answer = browser.get(&path.replace("{}", &code)).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
    }
    let added = browser.post(&format!("/t/{code}/add"), &[("add_words", "还有臭味")]).await;
    assert_eq!(added.to(), format!("/t/{code}"));
    let rated = browser.post(&format!("/t/{code}/rate"), &[("rating", "fixed")]).await;
    assert_eq!(rated.status, WRONG, "only the rules refuse it: {}", rated.text());
    house.clock.step_minutes(16);
    let answer = browser.get("/t/0000000000000061").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn wrong_codes_sent_at_once_are_all_counted() {
    let house = House::open().await;
    let browser = house.browser();
    let guesses = (0..90).map(|n| {
        let mut browser = browser.clone();
        async move { browser.get(&format!("/t/00000000000000{n:02}")).await.status }
    });
    let answers = join_all(guesses).await;
    assert_eq!(answers.iter().filter(|status| **status == WAIT).count(), 30);
}

#[tokio::test]
async fn behind_the_trusted_proxy_everybody_has_an_address_of_their_own() {
    let house = house().await;
    let mut guesser = house.browser_behind("203.0.113.9");
    for _ in 0..8 {
        assert_eq!(guesser.guess("worker").await, WRONG);
    }
    assert_eq!(guesser.guess("worker").await, WAIT);
    assert_eq!(house.browser_behind("203.0.113.10").sign_in("worker").await.status, IN);
}

#[tokio::test]
async fn a_forged_header_makes_no_new_address() {
    let house = house().await;
    for n in 0..8 {
        let mut proxied = house.browser_behind(&format!("198.51.100.{n}, 203.0.113.9"));
        assert_eq!(proxied.guess("worker").await, WRONG);
        let mut direct = house.browser_at("203.0.113.77");
        direct.forwarded = Some(format!("198.51.100.{n}"));
        assert_eq!(direct.guess("other").await, WRONG);
    }
    assert_eq!(house.browser_behind("1.2.3.4, 203.0.113.9").guess("worker").await, WAIT);
    let mut direct = house.browser_at("203.0.113.77");
    direct.forwarded = Some("1.2.3.4".to_owned());
    assert_eq!(direct.guess("other").await, WAIT);
}

#[tokio::test]
async fn one_address_files_so_many_reports_and_the_next_is_kept_in_its_form() {
    let house = House::open().await;
    let mut browser = house.browser();
    for number in 1..=119 {
        assert_eq!(file(&mut browser, number).await.status, IN);
    }
    assert_eq!(complain(&mut browser, 120).await.status, IN);
    let before = house.entries().await;

    let command = command(121);
    let fields = [("command", command.as_str()), ("words", "垃圾桶满了"), ("address", "东街")];
    let answer = browser.upload("/report", &fields, &[("a.png", &photo())]).await;
    waits(&answer);
    assert!(answer.has("请等15分钟再提交") && answer.has("12345"), "{}", answer.text());
    assert!(answer.has("垃圾桶满了") && answer.has("东街"), "what was typed is lost");
    assert!(!answer.value("draft").is_empty(), "the photo is lost");
    let answer = complain(&mut browser, 122).await;
    waits(&answer);
    assert!(answer.has("请等15分钟再提交") && answer.has("窗口没人，等了一上午"));
    browser.lang = "en";
    assert!(file(&mut browser, 123).await.has("wait 15 minutes and submit it again"));
    assert_eq!(house.entries().await, before, "something was filed");

    assert_eq!(file(&mut house.browser_at("203.0.113.1"), 124).await.status, IN);
    house.clock.step_minutes(16);
    assert_eq!(file(&mut browser, 125).await.status, IN);
}

#[tokio::test]
async fn what_is_added_to_a_report_is_counted_like_a_report_and_kept_in_its_form() {
    let house = House::open().await;
    let code = code(&house).await;
    let mut browser = house.browser();
    let (add, words) = (format!("/t/{code}/add"), [("add_words", "还有臭味")]);
    for _ in 1..120 {
        assert_eq!(browser.post(&add, &words).await.status, IN);
    }
    let before = house.entries().await;
    let answer = browser.upload(&add, &words, &[("a.png", &photo())]).await;
    waits(&answer);
    assert!(answer.has("这个网络送来的太多") && answer.has("还有臭味"), "{}", answer.text());
    waits(&browser.post(&add, &words).await);
    for act in ["rate", "answer", "withdraw"] {
        let sent = [("rating", "fixed"), ("reply", "在东门")];
        waits(&browser.post(&format!("/t/{code}/{act}"), &sent).await);
    }
    assert_eq!(house.entries().await, before);
    assert_eq!(browser.get(&format!("/t/{code}")).await.status, StatusCode::OK);
    assert_eq!(house.browser_at("203.0.113.1").post(&add, &words).await.status, IN);
}

#[tokio::test]
async fn photos_sent_again_under_an_id_that_was_used_are_not_kept() {
    let house = House::open().await;
    let code = code(&house).await;
    let mut browser = house.browser();
    let (add, id) = (format!("/t/{code}/add"), command(77));
    let sent = [("command", id.as_str()), ("add_words", "还有臭味")];
    let photo = photo();
    assert_eq!(browser.upload(&add, &sent, &[("a.png", &photo)]).await.status, IN);
    let (kept, entries) = (house.files_kept(), house.entries().await);
    assert_eq!(browser.upload(&add, &sent, &[("a.png", &photo)]).await.status, IN, "the same");
    let other = [("command", id.as_str()), ("add_words", "别的话")];
    let refused = browser.upload(&add, &other, &[("a.png", &photo)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!((house.files_kept(), house.entries().await), (kept, entries));
}

#[tokio::test]
async fn what_was_added_is_answered_again_from_an_address_that_has_used_up_its_share() {
    let house = House::open().await;
    let code = code(&house).await;
    let mut browser = house.browser();
    let (add, id) = (format!("/t/{code}/add"), command(77));
    let sent = [("command", id.as_str()), ("add_words", "还有臭味")];
    assert_eq!(browser.post(&add, &sent).await.status, IN);
    for _ in 2..120 {
        assert_eq!(browser.post(&add, &[("add_words", "还有臭味")]).await.status, IN);
    }
    waits(&browser.post(&add, &[("add_words", "还有臭味")]).await);
    assert_eq!(browser.post(&add, &sent).await.status, IN, "it is there already");
    waits(&browser.post(&add, &[("add_words", "还有臭味")]).await);
}

#[tokio::test]
async fn drafts_behind_an_empty_one_are_counted_before_they_are_kept() {
    let house = House::open().await;
    let mut browser = house.browser();
    let unfinished = browser.upload("/report", &[("words", "")], &[("a.png", &photo())]).await;
    let page = unfinished.text();
    let (_, rest) = page.split_once(r#"name="draft" value=""#).expect("a photo kept");
    let (draft, _) = rest.split_once('"').expect("its id");
    for number in 1..=120 {
        assert_eq!(file(&mut browser, number).await.status, IN, "{number}");
    }
    let kept = house.files_kept();
    let sent = [("words", "垃圾桶满了"), ("address", "东街"), ("draft", ""), ("draft", draft)];
    waits(&browser.post("/report", &sent).await);
    assert_eq!(house.files_kept(), kept);
}

#[tokio::test]
async fn a_clock_that_was_set_back_shuts_nobody_out_for_as_long() {
    let house = House::open().await;
    let mut browser = house.browser();
    for n in 0..60 {
        browser.get(&format!("/t/00000000000000{n:02}")).await;
    }
    waits(&browser.get("/t/0000000000000061").await);
    house.clock.step_minutes(-10);
    waits(&browser.get("/t/0000000000000061").await);
    house.clock.step_minutes(-120);
    for n in 0..60 {
        let answer = browser.get(&format!("/t/00000000000000{n:02}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{n}");
    }
    waits(&browser.get("/t/0000000000000061").await);
}

#[tokio::test]
async fn reports_sent_at_once_are_counted_too() {
    let house = House::open().await;
    let mut browser = house.browser();
    browser.get("/report").await;
    let reports = (1..=150).map(|number| {
        let mut browser = browser.clone();
        async move { file(&mut browser, number).await.status }
    });
    let answers = join_all(reports).await;
    assert_eq!(answers.iter().filter(|status| **status == IN).count(), 120);
}

#[tokio::test]
async fn a_report_sent_again_is_not_counted_again() {
    let house = House::open().await;
    let mut browser = house.browser();
    for _ in 0..121 {
        assert_eq!(file(&mut browser, 1).await.status, IN);
    }
    assert_eq!(file(&mut browser, 2).await.status, IN);
}

#[tokio::test]
async fn grid_workers_report_without_this_limit() {
    let house = House::open().await;
    let mut worker = house.worker().await;
    for number in 1..=121 {
        let command = command(number);
        let command = ("command", command.as_str());
        let sent = [command, ("words", "井盖破了一块"), ("address", "东街口")];
        let answer = worker.post("/worker/report", &sent).await;
        assert_eq!(answer.status, IN, "{}", answer.text());
    }
}

#[tokio::test]
async fn one_address_keeps_so_many_photos_and_the_words_are_kept_on() {
    let house = House::open().await;
    let mut browser = house.browser();
    let sent = [("words", "垃圾桶满了"), ("address", "东街")];
    let picture = photo();
    let four = [("a.png", picture.as_slice()); 4];
    for _ in 0..100 {
        let answer = browser.upload("/report/check", &sent, &four).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
    for (path, words) in [("/report/check", "垃圾桶满了"), ("/report", "")] {
        let sent = [("words", words), ("address", "东街")];
        let answer = browser.upload(path, &sent, &four).await;
        waits(&answer);
        assert!(answer.has("照片没能留下") && answer.has("12345") && answer.has("东街"));
        assert!(!answer.has("name=\"draft\""), "{path} keeps photos on");
    }
    let check = browser.post("/report/check", &sent).await;
    assert_eq!(check.status, StatusCode::OK, "without photos it goes on");
    house.clock.step_minutes(16);
    let answer = browser.upload("/report/check", &sent, &four).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn counts_that_are_over_are_cleared() {
    let house = house().await;
    assert_eq!(house.browser().guess("worker").await, WRONG);
    let swept = bihuan_app::background::tasks::retain(&house.app).await.expect("swept");
    assert_eq!(swept, 0, "what still counts stays");
    house.clock.step_minutes(16);
    let swept = bihuan_app::background::tasks::retain(&house.app).await.expect("swept");
    assert_eq!(swept, 3, "by name and address, by address, by name");
}
