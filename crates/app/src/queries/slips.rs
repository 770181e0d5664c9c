//! The slips issued about a tree of tasks, and the papers about their matters.

use bihuan_domain::ids::NodeCode;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{SlipColour, evolve};

use super::tasks::TaskLine;
use crate::context::App;
use crate::error::Result;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipAt {
    pub number: String,
    pub words: String,
    pub colour: SlipColour,
    pub node: NodeCode,
    pub issued_at: Instant,
    pub signed_at: Option<Instant>,
    /// Document numbers of the papers linked to the matter, with the number each
    /// paper is opened by.
    pub papers: Vec<(String, String)>,
    /// Its own document number, and which of the matter's slips it is, from 1.
    pub own: Option<(String, usize)>,
}

impl App {
    pub(super) async fn slips_of(&self, lines: &[(usize, TaskLine)]) -> Result<Vec<SlipAt>> {
        let slipped: Vec<&TaskLine> =
            lines.iter().map(|(_, line)| line).filter(|line| line.slip.is_some()).collect();
        let ids: Vec<String> = slipped.iter().map(|line| line.line.matter.to_string()).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let histories = self.store().histories(self.county(), &ids).await?;
        let linked = self.store().linked(self.county(), &ids).await?;
        let mut slips = Vec::new();
        for (line, id) in slipped.iter().zip(&ids) {
            let Some(recorded) = histories.entries.get(id) else { continue };
            let matter = recorded.iter().fold(None, |state, entry| {
                evolve(state, line.line.matter, entry.at, &entry.actor, &entry.event)
            });
            let theirs = linked.iter().filter(|row| row.matter == *id);
            let papers: Vec<(String, String)> = theirs
                .filter_map(|row| Some((row.document.clone()?, row.number.clone())))
                .collect();
            let issued = matter.into_iter().flat_map(|matter| matter.slips);
            slips.extend(issued.enumerate().map(|(at, slip)| {
                SlipAt {
                    own: slip
                        .document
                        .as_ref()
                        .filter(|_| slip.fields.is_some())
                        .map(|document| (document.to_string(), at + 1)),
                    number: line.line.number.clone(),
                    words: line.line.words.clone(),
                    colour: slip.colour,
                    node: slip.node,
                    issued_at: slip.issued_at,
                    signed_at: slip.signed_at,
                    papers: papers.clone(),
                }
            }));
        }
        slips.sort_by_key(|slip| slip.issued_at);
        Ok(slips)
    }
}
