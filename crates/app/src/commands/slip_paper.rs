//! The paper of a slip: its number taken and its fields frozen when it is issued,
//! by the ladder or by hand.

use std::collections::BTreeMap;

use bihuan_domain::ids::{MatterId, NodeCode};
use bihuan_domain::journal::{Commitment, Entry};
use bihuan_domain::matter::{Actor, Command, ContentTag, Matter, SlipColour};
use bihuan_domain::playbook::model::{FieldValue, PaperTemplate, Playbook, slip_field};
use bihuan_store::Tx;

use super::PaperFields;
use super::act::Work;
use super::beside::Beside;
use crate::compose::Composer;
use crate::error::{Error, Result};

impl Work<'_> {
    /// Where the playbook has a paper for it. Asked of the rules first, so that
    /// what is refused uses up no number.
    pub(super) async fn numbered_slip(
        &mut self,
        tx: &mut Tx,
        id: MatterId,
        (colour, node): (SlipColour, &NodeCode),
        command: &Command,
        actor: &Actor,
    ) -> Result<Option<Command>> {
        let matter = self.load(tx, id).await?.matter;
        let version = self.rules.version(&matter.playbook)?;
        let playbook = &version.playbook;
        let Some(template) = playbook.slip_paper() else { return Ok(None) };
        self.events(id, command, actor, None, &Beside::default())?;
        let values = self.slip_values(&matter, playbook, template, (colour, node)).await?;
        let fields = PaperFields { values, figures: None };
        let body = serde_json::to_string(&fields)
            .map_err(|fault| Error::Internal(format!("a slip's fields: {fault}")))?;
        let document = self.take_document(tx, &template.word).await?;
        let mut composed = Composer::new(self.app);
        let fields = composed.commit(ContentTag::Paper, body);
        for content in &composed.contents {
            tx.put_content(self.app.county(), &Entry::stream_of(id), content);
        }
        let (document, fields) = (Some(document), Some(fields));
        Ok(Some(Command::Slip { colour, node: node.clone(), document, fields }))
    }

    /// What is known of the matter now. Words committed to never change, so they
    /// may be read outside this transaction.
    async fn slip_values(
        &self,
        matter: &Matter,
        playbook: &Playbook,
        template: &PaperTemplate,
        (colour, node): (SlipColour, &NodeCode),
    ) -> Result<BTreeMap<String, FieldValue>> {
        let stream = matter.id.to_string();
        let contents = self.app.store().contents(self.app.county(), &stream).await?;
        let text = |of: Option<Commitment>| {
            of.and_then(|of| contents.get(&of)).map(|content| content.body.clone())
        };
        let regime = playbook.regimes.get(&matter.regime);
        let rule = regime.and_then(|regime| regime.node(node));
        let name = rule.map_or_else(|| node.to_string(), |rule| rule.name.zh.clone());
        let due = matter.nodes.get(node).map(|node| node.due.due_at.date());
        let unit = matter.lead.as_ref().map(|lead| FieldValue::Unit(lead.unit.clone()));
        let title = title(text(matter.words), matter.confidential, &matter.number.to_string());
        let progress = text(matter.progress.map(|(words, _)| words));
        let known = [
            (slip_field::MATTER, Some(FieldValue::Text(title))),
            (slip_field::NUMBER, Some(FieldValue::Text(matter.number.to_string()))),
            (slip_field::UNIT, unit),
            (slip_field::COLOUR, Some(FieldValue::Text(colour_name(colour).to_owned()))),
            (slip_field::NODE, Some(FieldValue::Text(name))),
            (slip_field::DUE, due.map(FieldValue::Date)),
            (slip_field::CUT_OFF, Some(FieldValue::Date(self.now.date()))),
            (slip_field::PROGRESS, progress.map(FieldValue::Text)),
        ];
        let asked = |code: &str| template.fields.iter().any(|field| field.code == code);
        let values = known.into_iter().filter(|(code, _)| asked(code));
        Ok(values.filter_map(|(code, value)| Some((code.to_owned(), value?))).collect())
    }
}

/// As papers name them, which are in Chinese.
const fn colour_name(colour: SlipColour) -> &'static str {
    match colour {
        SlipColour::Blue => "蓝色",
        SlipColour::Orange => "橙色",
        SlipColour::Red => "红色",
    }
}

/// Characters of a title at most.
const TITLE: usize = 40;

/// The first sentence, of which a long one is cut.
fn first_line(words: &str) -> String {
    let first = words.split(['。', '\n']).map(str::trim).find(|part| !part.is_empty());
    let first = first.unwrap_or(words);
    match first.char_indices().nth(TITLE) {
        None => first.to_owned(),
        Some((end, _)) => format!("{}……", &first[..end]),
    }
}

/// What a slip calls its matter: of what was told in confidence never a word,
/// since the unit that is complained about reads it.
fn title(words: Option<String>, is_confidential: bool, number: &str) -> String {
    let words = words.filter(|words| !is_confidential && !words.trim().is_empty());
    words.as_deref().map_or_else(|| number.to_owned(), first_line)
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn a_slip_quotes_the_first_line_and_nothing_told_in_confidence() {
        let words = || Some("路灯不亮\n我姓王".to_owned());
        assert_eq!(title(words(), false, "XY-1"), "路灯不亮");
        assert_eq!(title(words(), true, "XY-1"), "XY-1");
        assert_eq!(title(Some(" ".to_owned()), false, "XY-1"), "XY-1");
        assert_eq!(title(None, false, "XY-1"), "XY-1");
    }
}
