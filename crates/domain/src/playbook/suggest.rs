//! Which item a report may be about, by the words the catalogue gives for it.
//! A suggestion names the words it rests on, so that whoever sorts can see why;
//! nothing is filed by it alone.

use super::model::{Item, Playbook};
use crate::ids::ItemCode;

/// More would not help whoever chooses.
const MOST: usize = 5;
/// Characters of a text that are looked at: what a report is about stands at its
/// beginning, and the reading must not take longer the longer somebody writes.
const LOOKED_AT: usize = 2_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub item: ItemCode,
    /// The words of the catalogue found in the report, longest first.
    pub words: Vec<String>,
}

/// At most five items, best first: the more of the report's characters their
/// words cover, the better. Equal ones stand in the order of their codes.
pub fn suggest(playbook: &Playbook, text: &str) -> Vec<Suggestion> {
    let text = text.chars().take(LOOKED_AT).collect::<String>().to_lowercase();
    let mut found: Vec<(usize, Suggestion)> = playbook
        .items
        .values()
        .filter_map(|item| {
            let words = words_found(item, &text);
            let covered = words.iter().map(|word| word.chars().count()).sum();
            (covered > 0).then(|| (covered, Suggestion { item: item.code.clone(), words }))
        })
        .collect();
    found.sort_by(|(covered, one), (other_covered, other)| {
        other_covered.cmp(covered).then_with(|| one.item.cmp(&other.item))
    });
    found.into_iter().take(MOST).map(|(_, suggestion)| suggestion).collect()
}

/// A word inside a longer one that was found as well counts once.
fn words_found(item: &Item, text: &str) -> Vec<String> {
    let mut candidates: Vec<&String> = item.words.iter().chain([&item.name.zh]).collect();
    candidates.sort_by(|a, b| b.chars().count().cmp(&a.chars().count()).then_with(|| a.cmp(b)));
    let mut found: Vec<String> = Vec::new();
    for word in candidates {
        let is_new = !found.iter().any(|longer| longer.contains(word.as_str()));
        if is_new && text.contains(&word.to_lowercase()) {
            found.push(word.clone());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Source, check, template};
    use super::*;

    fn playbook() -> Playbook {
        let mut playbook = check(&Source::new(template("410182", "荥阳市"))).unwrap().playbook;
        let lamp = playbook.items.values().next().unwrap().clone();
        let tree = Item {
            code: ItemCode::new("fallen-tree"),
            words: vec!["树倒".to_owned(), "路灯".to_owned(), "LED".to_owned()],
            ..lamp
        };
        playbook.items.insert(tree.code.clone(), tree);
        playbook
    }

    #[test]
    fn the_item_whose_words_cover_most_comes_first_and_says_why() {
        let found = suggest(&playbook(), "柳园路的路灯坏了，一直不亮");
        assert_eq!(found[0].item.as_str(), "lamp-out");
        assert_eq!(found[0].words, ["不亮", "灯坏", "路灯"]);
        assert_eq!(found[1].words, ["路灯"]);
    }

    #[test]
    fn a_report_without_any_of_the_words_suggests_nothing() {
        assert_eq!(suggest(&playbook(), "请问几点上班"), []);
    }

    #[test]
    fn latin_words_are_found_in_any_case() {
        assert_eq!(suggest(&playbook(), "led屏幕")[0].item.as_str(), "fallen-tree");
    }

    #[test]
    fn a_word_inside_a_longer_one_is_not_counted_twice() {
        let mut playbook = playbook();
        for item in playbook.items.values_mut() {
            item.words = vec!["路灯不亮".to_owned(), "不亮".to_owned()];
        }
        assert_eq!(suggest(&playbook, "路灯不亮")[0].words, ["路灯不亮"]);
    }
}
