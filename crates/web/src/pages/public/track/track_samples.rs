use super::*;
use crate::golden::Sample;
use crate::sample;
use crate::view::lamp::Shape;

fn base(lang: Lang, stage: &'static str) -> Track {
    let (add_words, add_photo) = add_fields(lang);
    Track {
        shell: sample::public(lang, "/t/7KQ2MD4TXW53HB5R"),
        code: "7KQ2MD4TXW53HB5R".to_owned(),
        command: "0199a1b2-0000-7000-8000-000000000002".to_owned(),
        number: "XY-220921-0316".to_owned(),
        stage,
        lamp: None,
        ended: None,
        against: None,
        answer: None,
        rating: None,
        rated: None,
        question: None,
        reply: reply_field(lang),
        deadline: None,
        entries: Vec::new(),
        channel: None,
        may_add: false,
        add_words,
        add_photo,
        may_withdraw: false,
        proof: Proof::Sealed { entries: 1_284_306 },
        notice: None,
    }
}

fn entries(lang: Lang) -> Vec<Entry> {
    let say = |zh: &str, en: &str| if lang == Lang::Zh { zh.to_owned() } else { en.to_owned() };
    vec![
        Entry::new(sample::at(9, 21, 20, 16), say("收到您的反映", "Your report arrived")).key(),
        Entry::new(
            sample::at(9, 22, 8, 42),
            say(
                "转给市城市照明中心，另有2人反映同一处",
                "Passed to the street lighting centre; two others reported the same",
            ),
        ),
        Entry::new(
            sample::at(9, 23, 10, 58),
            say(
                "到场查看：三盏线路断开，两盏灯杆锈蚀",
                "Inspected: three cables broken, two posts rusted",
            ),
        ),
        Entry::new(
            sample::at(9, 28, 11, 5),
            say(
                "换灯杆要等货，最晚期限改到10月9日",
                "New posts are awaited; the latest date moved to 9 Oct",
            ),
        ),
        Entry::new(sample::at(10, 8, 16, 40), say("五盏全部修好", "All five repaired")),
        Entry::new(
            sample::at(10, 8, 19, 26),
            say("网格员夜里到场核查：五盏都亮", "A grid worker checked at night: all five are lit"),
        )
        .key(),
    ]
}

fn shot(lang: Lang, name: &str, zh: &str, en: &str, caption: &str) -> Shot {
    Shot {
        thumb: Some(format!("/t/7KQ2MD4TXW53HB5R/photo/{name}/thumb")),
        href: format!("/t/7KQ2MD4TXW53HB5R/photo/{name}"),
        alt: if lang == Lang::Zh { zh } else { en }.to_owned(),
        caption: caption.to_owned(),
    }
}

fn closed(lang: Lang) -> Track {
    let say = |zh: &str, en: &str| if lang == Lang::Zh { zh.to_owned() } else { en.to_owned() };
    let shell = sample::public(lang, "/t/7KQ2MD4TXW53HB5R");
    let before = shell.day_words(&sample::at(9, 21, 20, 14));
    let after = shell.day_words(&sample::at(10, 8, 19, 26));
    Track {
        lamp: Some(Lamp::new(Shape::Done, lang.tr("stage-closed"))),
        ended: Some(sample::at(10, 8, 19, 26)),
        against: Some(lang.trn("track-before-due", "n", 1)),
        answer: Some(Answer {
            text: say(
                "五盏路灯已经修好。三盏接通了线路，两盏换了新灯杆，当晚试灯正常。路上黑了这些天，给您添麻烦了。",
                "The five lamps work again. Three cables were joined, two posts replaced, and all were lit that evening. We are sorry for the dark nights.",
            ),
            unit: say("市城市照明中心", "Street lighting centre"),
            before: Some(shot(
                lang,
                "before",
                "修之前，路灯不亮",
                "Before: the lamps are out",
                &before,
            )),
            after: Some(shot(
                lang,
                "after",
                "修之后，五盏路灯亮着",
                "After: five lamps are lit",
                &after,
            )),
        }),
        rating: Some(RatingForm {
            question: Some(say("现在亮了吗？", "Are they lit now?")),
            words: rating_words(lang),
            error: None,
            days_left: 7,
        }),
        deadline: Some(Deadline { due: sample::at(10, 9, 18, 0), why: sample::why(lang) }),
        entries: entries(lang),
        may_add: true,
        ..base(lang, "closed")
    }
}

pub(super) fn samples(lang: Lang) -> Vec<Sample> {
    let say = |zh: &str, en: &str| if lang == Lang::Zh { zh.to_owned() } else { en.to_owned() };
    let handling = Track {
        lamp: Some(Lamp::new(Shape::OnTrack, lang.trn("lamp-work-days-left", "n", 4))),
        question: Some(Question {
            text: say("是路的哪一侧不亮？", "Which side of the road is dark?"),
            unit: say("市城市照明中心", "Street lighting centre"),
        }),
        deadline: Some(Deadline { due: sample::at(10, 9, 18, 0), why: sample::why(lang) }),
        entries: entries(lang).into_iter().take(4).collect(),
        may_add: true,
        may_withdraw: true,
        ..base(lang, "handling")
    };
    let declined = Track {
        ended: Some(sample::at(9, 22, 8, 42)),
        channel: Some(Refused {
            title: lang.tr("ground-in-procedure").into_owned(),
            next: say("请向受理法院了解进展。", "Please ask the court that hears the case."),
            link: None,
        }),
        entries: entries(lang).into_iter().take(1).collect(),
        proof: Proof::Waiting,
        ..base(lang, "declined")
    };
    let faulty = Track {
        rating: Some(RatingForm {
            question: None,
            words: rating_words(lang).value(say("还有一盏不亮", "One is still dark")),
            error: Some(lang.tr("fault-rating-empty").into_owned()),
            days_left: 2,
        }),
        ..closed(lang)
    };
    let rated = Track { rating: None, rated: Some("fixed"), ..closed(lang) };
    let code = CodeEntry::new(sample::public(lang, "/t"), "", false);
    let wrong = CodeEntry::new(sample::public(lang, "/t"), "7KQ2 MD4T", true);
    vec![
        Sample::of("public-track-closed", &closed(lang)),
        Sample::of("public-track-handling", &handling),
        Sample::of("public-track-declined", &declined),
        Sample::of("public-track-faulty", &faulty),
        Sample::of("public-track-rated", &rated),
        Sample::of("public-code", &code),
        Sample::of("public-code-wrong", &wrong),
    ]
}
