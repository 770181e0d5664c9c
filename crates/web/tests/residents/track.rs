//! What the receipt's code opens, and what it does not.

use axum::http::StatusCode;
use bihuan_domain::journal::{LogKey, LogName, Receipt};

use super::house::{COUNTY, House, command, photo};

async fn filed(house: &House) -> String {
    let mut browser = house.browser();
    let sent = [("words", "垃圾桶满了"), ("address", "东街"), ("phone", "13800001234")];
    let answer = browser.post("/report", &sent).await;
    answer.to().rsplit('/').next().expect("a code").to_owned()
}

#[tokio::test]
async fn a_code_is_read_however_it_is_typed() {
    let house = House::open().await;
    let code = filed(&house).await;
    let mut browser = house.browser();
    let typed = format!("{}-{}%20{}", &code[..4], &code[4..8], code[8..].to_lowercase());
    let answer = browser.get(&format!("/t?code={typed}")).await;
    assert_eq!(answer.to(), format!("/t/{code}"));
}

#[tokio::test]
async fn a_number_opens_nothing() {
    let house = House::open().await;
    filed(&house).await;
    let mut browser = house.browser();
    for path in ["/t/BH-260922-0001", "/receipt/BH-260922-0001", "/t?code=BH-260922-0001"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.has("垃圾桶满了"));
    }
}

#[tokio::test]
async fn words_and_photos_can_be_added_once_each() {
    let house = House::open().await;
    let code = filed(&house).await;
    let mut browser = house.browser();
    let path = format!("/t/{code}/add");
    let id = command(20);
    let sent = [("command", id.as_str()), ("add_words", "还有臭味")];
    for _ in 0..2 {
        let answer = browser.upload(&path, &sent, &[("a.png", &photo())]).await;
        assert_eq!(answer.to(), format!("/t/{code}"), "{}", answer.text());
    }
    let page = browser.get(&format!("/t/{code}")).await.text();
    assert_eq!(page.matches("还有臭味").count(), 1);
    let empty = browser.upload(&path, &[("add_words", " ")], &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = [("add_words", "照片来了")];
    let wrong = browser.upload(&path, &sent, &[("a.txt", b"no photo")]).await;
    assert_eq!(wrong.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(wrong.has("照片来了"));
}

#[tokio::test]
async fn a_withdrawn_report_is_over() {
    let house = House::open().await;
    let code = filed(&house).await;
    let mut browser = house.browser();
    let answer = browser.post(&format!("/t/{code}/withdraw"), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = browser.get(&format!("/t/{code}")).await;
    assert!(page.has("已按您的意思撤回") && !page.has("/withdraw"), "{}", page.text());
    let again = browser.post(&format!("/t/{code}/withdraw"), &[]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn rating_before_the_end_is_refused_with_the_reason() {
    let house = House::open().await;
    let code = filed(&house).await;
    let mut browser = house.browser();
    let answer = browser.post(&format!("/t/{code}/rate"), &[("rating", "fixed")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has("class=\"refuse"), "{}", answer.text());
}

#[tokio::test]
async fn a_receipt_proves_its_report_once_sealed() {
    let house = House::open().await;
    let code = filed(&house).await;
    let mut browser = house.browser();
    let path = format!("/t/{code}/receipt.json");
    let waiting: Receipt = serde_json::from_slice(&browser.get(&path).await.bytes).expect("json");
    assert!(waiting.seal.is_none());
    assert!(browser.get(&format!("/receipt/{code}")).await.has("正在写入留痕链"));

    house.app.run_tasks().await.expect("sealing");
    let sealed: Receipt = serde_json::from_slice(&browser.get(&path).await.bytes).expect("json");
    let log = LogName { county: bihuan_domain::ids::CountyCode::new(COUNTY), number: 1 };
    let key = LogKey::new(&log, &house.app.keys().signing().verifying_key()).expect("a key");
    let facts = sealed.verify(&[key]).expect("a receipt that holds");
    assert!(facts.checkpoint.is_some());
    assert_eq!(facts.unopened, 1, "only the identity stays closed");
    assert!(browser.get(&format!("/receipt/{code}")).await.has("检查点已封"));
    assert_eq!(browser.get("/checkpoint").await.status, StatusCode::OK);
}
