//! `[[answer]]`.

use super::super::model::{About, AnswerWording, Template, Text};
use super::super::problem::Problem;
use super::read::{Fields, Located};
use super::{Draft, Kind};
use crate::ids::{ClassCode, ItemCode};

pub(super) fn read_answer(fields: &mut Fields<'_>, draft: &mut Draft<'_>) {
    let spot = fields.spot;
    let mut name = |key| fields.get(key).and_then(|value| value.string(&mut draft.out));
    let (item, class) = (name("item"), name("class"));
    let example = "{ zh = \"您反映的{place}{item}……\", en = \"…\" }";
    let out = &mut draft.out;
    let text = fields.need("text", example, out).and_then(|value| {
        let text = value.text(out)?;
        Some(Located { value: text, spot: value.spot })
    });
    let about = match (item, class) {
        (Some(_), Some(class)) => return out.add(class.spot, Problem::AnswerForTwo),
        (Some(item), None) => {
            draft.refer(Kind::Item, &item);
            About::Item(ItemCode::new(item.value))
        }
        (None, Some(class)) => {
            draft.refer(Kind::Class, &class);
            About::Class(ClassCode::new(class.value))
        }
        (None, None) => About::Everything,
    };
    let Some(text) = text else { return };
    let Some((zh, en)) = templates(&text, draft) else { return };
    if let Some(first) = draft.answers.iter().find(|answer| answer.value.about == about) {
        let first = draft.out.place(first.spot);
        let about = match about {
            About::Item(item) => item.to_string(),
            About::Class(class) => class.to_string(),
            About::Everything => "*".to_owned(),
        };
        return draft.out.add(spot, Problem::AnswerTwice { about, first });
    }
    draft.answers.push(Located { value: AnswerWording { about, zh, en }, spot });
}

/// Both languages are looked at, so that both are told what is wrong.
fn templates(text: &Located<Text>, draft: &mut Draft<'_>) -> Option<(Template, Template)> {
    let mut read = |words: &str| {
        Template::parse(words).map_err(|problem| draft.out.add(text.spot, problem)).ok()
    };
    let (zh, en) = (read(&text.value.zh), read(&text.value.en));
    Some((zh?, en?))
}
