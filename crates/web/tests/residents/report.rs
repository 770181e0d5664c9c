//! Reporting, and every way a report can be wrong.

use axum::http::StatusCode;

use super::house::{Answer, Browser, House, command, photo};

const WORDS: &str = "柳园路的路灯坏了，一直不亮";
const PHONE: &str = "13800001234";

fn fields<'a>(command: &'a str, words: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("command", command),
        ("words", words),
        ("address", "东街12号门前"),
        ("phone", PHONE),
        ("confidential", "on"),
    ]
}

async fn file(browser: &mut Browser, number: u8) -> Answer {
    browser.post("/report", &fields(&command(number), WORDS)).await
}

/// Asserts that nothing was written and what was typed is still there.
async fn refused(house: &House, before: u64, answer: &Answer, status: StatusCode) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert!(answer.has(WORDS), "the words are lost: {}", answer.text());
    assert!(answer.has("东街12号门前"), "the address is lost");
    assert_eq!(house.entries().await, before, "something was written");
}

#[tokio::test]
async fn a_report_is_checked_filed_and_opened_by_its_code() {
    let house = House::open().await;
    let mut browser = house.browser();
    let command = command(1);
    let mut sent = fields(&command, WORDS);
    sent.push(("item", ""));
    let check = browser.upload("/report/check", &sent, &[("a.png", &photo())]).await;
    assert_eq!(check.status, StatusCode::OK, "{}", check.text());
    assert!(check.has("路灯不亮") && check.has("lamp-out"), "the item is suggested");
    let draft = check.value("draft");
    let thumb = browser.get(&format!("/draft/{draft}/thumb")).await;
    assert_eq!(thumb.status, StatusCode::OK);

    sent.push(("draft", &draft));
    let filed = browser.post("/report", &sent).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
    let receipt = browser.get(&filed.to()).await;
    assert!(receipt.has("BH-260922-0001"), "{}", receipt.text());
    let code = filed.to().rsplit('/').next().expect("a code").to_owned();
    assert!(receipt.has(&format!("https://bihuan.example/t/{code}")));

    let track = browser.get(&format!("/t/{code}")).await;
    assert_eq!(track.status, StatusCode::OK);
    assert!(track.has(WORDS) && track.has("收到您的反映"), "{}", track.text());
    let text = track.text();
    let from = text.find(&format!("/t/{code}/photo/")).expect("the reporter's own photo");
    let href = text[from..].split('"').next().expect("an address");
    let shown = browser.get(href).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert_eq!(shown.headers["content-type"], "image/jpeg");
    assert_eq!(shown.headers["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn a_photo_may_be_sent_with_the_report_at_once() {
    let house = House::open().await;
    let mut browser = house.browser();
    let filed =
        browser.upload("/report", &fields(&command(2), WORDS), &[("a.png", &photo())]).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
}

#[tokio::test]
async fn a_report_sent_again_gets_its_first_receipt() {
    let house = House::open().await;
    let mut browser = house.browser();
    let first = file(&mut browser, 3).await;
    let written = house.entries().await;
    let second = file(&mut browser, 3).await;
    assert_eq!(second.to(), format!("{}?again=1", first.to()));
    assert_eq!(house.entries().await, written);
    let page = browser.get(&second.to()).await;
    assert!(page.has("这件您已经提交过了"), "{}", page.text());
}

#[tokio::test]
async fn the_same_form_with_other_words_is_a_conflict() {
    let house = House::open().await;
    let mut browser = house.browser();
    file(&mut browser, 4).await;
    let other = browser.post("/report", &fields(&command(4), "换了一句话")).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_photo_that_cannot_be_taken_is_refused_and_the_words_stay() {
    let house = House::open().await;
    let mut browser = house.browser();
    let before = house.entries().await;
    let heic = [b"\0\0\0\x18ftypheic".as_slice(), &[0; 40]].concat();
    let whole = photo();
    let huge = vec![0xff; (15 << 20) + 1];
    let cases: [(&[u8], StatusCode, &str); 5] = [
        (b"%PDF-1.7 not a photo", StatusCode::UNSUPPORTED_MEDIA_TYPE, "这不是照片"),
        (&heic, StatusCode::UNSUPPORTED_MEDIA_TYPE, "HEIC"),
        (&huge, StatusCode::PAYLOAD_TOO_LARGE, "15 MB"),
        (&whole[..50], StatusCode::UNPROCESSABLE_ENTITY, "照片"),
        (b"", StatusCode::UNPROCESSABLE_ENTITY, "照片是空的"),
    ];
    for (bytes, status, sentence) in cases {
        for path in ["/report", "/report/check"] {
            let answer =
                browser.upload(path, &fields(&command(5), WORDS), &[("a.jpg", bytes)]).await;
            refused(&house, before, &answer, status).await;
            assert!(answer.has(sentence), "{path} {sentence}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn a_good_photo_is_kept_when_another_field_must_be_mended() {
    let house = House::open().await;
    let mut browser = house.browser();
    let command = command(6);
    let sent = fields(&command, "");
    let answer = browser.upload("/report", &sent, &[("a.png", &photo())]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has("请写一句是什么问题"));
    assert!(!answer.value("draft").is_empty());
}

#[tokio::test]
async fn words_without_end_are_refused_and_kept() {
    let house = House::open().await;
    let mut browser = house.browser();
    let before = house.entries().await;
    let endless = format!("{WORDS}{}", "长".repeat(100_000));
    let answer = browser.post("/report", &fields(&command(7), &endless)).await;
    refused(&house, before, &answer, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert!(answer.has("最多2,000字"), "{}", &answer.text()[..3000]);
}

#[tokio::test]
async fn a_report_needs_to_say_where() {
    let house = House::open().await;
    let mut browser = house.browser();
    let answer = browser.post("/report", &[("words", WORDS)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has("请写在哪里") && answer.has(WORDS));
    let at = [("words", WORDS), ("lon", "113.5"), ("lat", "34.5")];
    assert_eq!(browser.post("/report", &at).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_place_outside_the_county_is_refused() {
    let house = House::open().await;
    let mut browser = house.browser();
    let before = house.entries().await;
    let mut sent = fields("", WORDS);
    sent.extend([("lon", "120.0"), ("lat", "30.0")]);
    let answer = browser.post("/report", &sent).await;
    refused(&house, before, &answer, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert!(answer.has("不在本地范围内"), "{}", answer.text());
}

#[tokio::test]
async fn a_short_phone_says_what_is_missing() {
    let house = House::open().await;
    let mut browser = house.browser();
    let sent = [("words", WORDS), ("address", "东街"), ("phone", "1380000123")];
    let answer = browser.post("/report", &sent).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has("少了1位") && answer.has("1380000123"));
}

#[tokio::test]
async fn a_scanned_sign_fills_the_place() {
    let house = House::open().await;
    let mut browser = house.browser();
    let sign = house.sign().await;
    let page = browser.get(&format!("/p/{sign}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has("东街路灯0001号") && page.has("城关镇"), "{}", page.text());
    let filed = browser.post("/report", &[("words", WORDS), ("place", &sign)]).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
}

#[tokio::test]
async fn a_forged_sign_is_refused_kindly_wherever_it_comes() {
    let house = House::open().await;
    let mut browser = house.browser();
    let before = house.entries().await;
    let mut sign = house.sign().await;
    let last = if sign.ends_with('0') { '1' } else { '0' };
    sign.replace_range(sign.len() - 1.., &last.to_string());
    for forged in [sign.as_str(), "LD-0001", "nonsense"] {
        let page = browser.get(&format!("/p/{forged}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{forged}");
        assert!(page.has("href=\"/report\""), "a way to report anyway");
    }
    let mut sent = fields("", WORDS);
    sent.push(("place", &sign));
    let answer = browser.post("/report", &sent).await;
    refused(&house, before, &answer, StatusCode::UNPROCESSABLE_ENTITY).await;
}

#[tokio::test]
async fn a_replaced_sign_is_gone_and_says_so() {
    let house = House::open().await;
    let mut browser = house.browser();
    let sign = house.sign().await;
    let command = bihuan_domain::ids::CommandId(house.app.new_id());
    let system = bihuan_app::Caller::system();
    house.app.retire_place(&system, command, "LD-0001", true).await.expect("retired");
    let page = browser.get(&format!("/p/{sign}")).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.has("这个码已经换新"));
    let renewed = house.sign().await;
    assert_eq!(browser.get(&format!("/p/{renewed}")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_without_its_token_is_not_taken_and_not_lost() {
    let house = House::open().await;
    let mut browser = house.browser();
    let before = house.entries().await;
    browser.get("/report").await;
    let answer = browser.post_plain("/report", &fields(&command(8), WORDS)).await;
    refused(&house, before, &answer, StatusCode::FORBIDDEN).await;
    assert!(answer.has("action=\"/report\""), "one press sends it again");
}

#[tokio::test]
async fn what_a_reporter_left_of_themselves_is_on_no_page() {
    let house = House::open().await;
    let mut browser = house.browser();
    let filed = file(&mut browser, 9).await;
    let code = filed.to().rsplit('/').next().expect("a code").to_owned();
    let paths =
        [filed.to(), format!("/t/{code}"), format!("/t/{code}/receipt.json"), "/".to_owned()];
    for path in &paths {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.has(PHONE) && !page.has("1380000"), "{path}");
    }
}

#[tokio::test]
async fn a_complaint_is_a_matter_with_a_receipt() {
    let house = House::open().await;
    let mut browser = house.browser();
    let empty = browser.post("/complaint", &[("kind", "complaint"), ("about", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent =
        [("kind", "complaint"), ("about", "urban-management"), ("words", "窗口没人，等了一上午")];
    let filed = browser.post("/complaint", &sent).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
    let code = filed.to().rsplit('/').next().expect("a code").to_owned();
    let page = browser.get(&format!("/t/{code}")).await;
    assert!(page.has("城市管理局") && page.has("窗口没人"), "{}", page.text());
}

#[tokio::test]
async fn more_than_anybody_types_is_turned_away_before_it_is_read() {
    let house = House::open().await;
    let mut browser = house.browser();
    let before = house.entries().await;
    let long = "字".repeat(400_000);
    for path in ["/report", "/report/check"] {
        let id = command(41);
        let answer = browser.upload(path, &fields(&id, &long), &[]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
    let many = vec![("words", "路灯不亮"); 600];
    let answer = browser.upload("/report", &many, &[]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(house.entries().await, before);
}

#[tokio::test]
async fn a_character_no_database_keeps_is_turned_away() {
    let house = House::open().await;
    let mut browser = house.browser();
    let before = house.entries().await;
    let id = command(42);
    let words = fields(&id, "路灯\0不亮");
    let in_parts = browser.upload("/report", &words, &[]).await;
    assert_eq!(in_parts.status, StatusCode::BAD_REQUEST);
    let plain = browser.post("/report", &words).await;
    assert_eq!(plain.status, StatusCode::BAD_REQUEST);
    assert_eq!(house.entries().await, before);
    assert_eq!(browser.get("/t/%00").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn words_that_cannot_be_seen_are_no_words() {
    let house = House::open().await;
    let mut browser = house.browser();
    let before = house.entries().await;
    let answer = browser.post("/report", &fields(&command(43), "\u{200b}\u{2060}\u{feff}")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has("请写一句是什么问题"));
    assert_eq!(house.entries().await, before);
}
