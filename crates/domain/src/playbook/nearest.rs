//! "Did you mean": the known names closest to what was written.

use std::collections::BTreeMap;

/// A clear winner alone, otherwise the three closest.
const SHOWN: usize = 3;

/// What may be written (a code, or also its Chinese name) and the code it
/// stands for. Answers a list for a sentence, closest first.
pub(super) fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> String {
    let mut distances: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, code) in known {
        let distance = distance(written, name);
        let best = distances.entry(code).or_insert(distance);
        *best = distance.min(*best);
    }
    let mut ranked: Vec<_> = distances.into_iter().map(|(code, far)| (far, code)).collect();
    ranked.sort_unstable();
    let clear = match ranked.as_slice() {
        [(best, _), (second, _), ..] => *best <= 2 && best < second,
        _ => true,
    };
    let shown = if clear { 1 } else { SHOWN };
    let codes: Vec<&str> = ranked.iter().take(shown).map(|(_, code)| *code).collect();
    if codes.is_empty() { "…".to_owned() } else { codes.join(", ") }
}

/// The up to three names closest to `written`, closest first; none that has not
/// a character in common with it. Offices shorten names by leaving characters
/// out (住建局 for 住房和城乡建设局), so a name that can be shortened to what
/// was written goes before one that is merely spelt alike.
pub fn nearest_names<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut ranked: Vec<_> = known
        .into_iter()
        .filter(|name| name.chars().any(|character| written.contains(character)))
        .map(|name| (!is_shortened(name, written), distance(written, name), name))
        .collect();
    ranked.sort_unstable();
    ranked.dedup();
    ranked.into_iter().take(SHOWN).map(|(_, _, name)| name).collect()
}

fn is_shortened(name: &str, written: &str) -> bool {
    let mut rest = name.chars();
    written.chars().all(|wanted| rest.any(|character| character == wanted))
}

fn distance(written: &str, known: &str) -> usize {
    strsim::osa_distance(&written.to_lowercase(), &known.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_names_the_one_meant() {
        let known = [("lighting", "lighting"), ("water", "water")];
        assert_eq!(nearest("lihgting", known), "lighting");
    }

    #[test]
    fn a_chinese_name_leads_to_its_code() {
        let known = [("lighting", "lighting"), ("照明中心", "lighting"), ("water", "water")];
        assert_eq!(nearest("照明中心", known), "lighting");
    }

    #[test]
    fn what_resembles_nothing_lists_the_three_closest() {
        let known = [("a1", "a1"), ("b2", "b2"), ("c3", "c3"), ("lighting", "lighting")];
        assert_eq!(nearest("xyzzy", known), "a1, b2, c3");
    }

    #[test]
    fn a_shortened_name_goes_before_one_spelt_alike() {
        let known = ["市水利局", "市住房和城乡建设局", "市民政局", "索河街道办事处", "燃气公司"];
        assert_eq!(nearest_names("住建局", known), ["市住房和城乡建设局", "市民政局", "市水利局"]);
        assert_eq!(nearest_names("水力局", known).first(), Some(&"市水利局"));
    }

    #[test]
    fn what_has_no_character_in_common_is_not_offered() {
        assert_eq!(nearest_names("xyz", ["市水利局"]), Vec::<&str>::new());
    }
}
