//! Invented areas for a county that has drawn none: an outline, and in it a cell
//! for every grid of the playbook. Nothing here is a survey, and whoever draws
//! it says so.
//!
//! The county is cut in two again and again, along lines of a lattice and in
//! proportion to the grids on either side. Every corner is then moved a little,
//! by an amount its place on the lattice gives: neighbours share their corners,
//! so no gap opens between them. Whole numbers only, so that every machine draws
//! the same.

use std::collections::{BTreeMap, BTreeSet};

use bihuan_domain::ids::GridCode;
use bihuan_domain::place::{Outline, Outlines, Polygon, Position};
use bihuan_domain::playbook::Playbook;

/// The south and west of the counties there is a demo of, and of any other.
const CORNERS: [(&str, (i64, i64)); 2] =
    [("410182", (34_600_000, 113_140_000)), ("131121", (37_330_000, 115_540_000))];
const CORNER: (i64, i64) = CORNERS[0].1;
const EXTENT: i64 = 350_000;
/// Squares of the lattice for each share of land.
const SQUARES: i64 = 9;
/// Grids in town are smaller than those in villages.
const SHARES_IN_TOWN: i64 = 1;
const SHARES_OUTSIDE: i64 = 3;
/// Towns that are built up, and about where each of the fifteen lies: what is
/// east of another in the county is east of it here.
const BUILT_UP: [&str; 3] = ["01", "02", "15"];
const TOWNS: [(i64, i64); 15] = [
    (789, 383),
    (787, 398),
    (742, 385),
    (781, 442),
    (868, 412),
    (836, 262),
    (843, 214),
    (796, 206),
    (704, 250),
    (652, 308),
    (667, 420),
    (812, 366),
    (859, 350),
    (748, 336),
    (776, 470),
];

/// The lattice's points, from the south-west.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Corner {
    east: i64,
    north: i64,
}

#[derive(Clone, Copy)]
struct Block {
    low: Corner,
    high: Corner,
}

/// A grid, what it holds, and how much land that takes.
struct Part<'a> {
    code: &'a GridCode,
    parts: Vec<Part<'a>>,
    shares: i64,
}

/// One area for each grid of the playbook; none where the playbook has none.
pub fn blocks(playbook: &Playbook) -> Outlines {
    let towns = parts(playbook, 1, None);
    let shares: i64 = towns.iter().map(|town| town.shares).sum();
    let side = (shares * SQUARES).isqrt() + 1;
    let county =
        Block { low: Corner { east: 0, north: 0 }, high: Corner { east: side, north: side } };
    let mut cut = BTreeMap::new();
    for (town, block) in arrange(&towns, county) {
        divide(town, block, &mut cut);
    }
    if cut.is_empty() {
        return Outlines::default();
    }
    let mut corners: BTreeSet<Corner> = cut.values().flat_map(|block| block.corners()).collect();
    corners.extend(county.corners());
    let mut known = CORNERS.iter();
    let known = known.find(|(county, _)| *county == playbook.county.as_str());
    let (south, west) = known.map_or(CORNER, |(_, corner)| *corner);
    let drawn = Drawing { south, west, corners, side };
    let grids = cut.into_iter().filter_map(|(code, block)| Some((code, drawn.area(block)?)));
    Outlines::new(drawn.area(county), grids.collect()).as_example()
}

fn parts<'a>(playbook: &'a Playbook, level: u8, within: Option<&GridCode>) -> Vec<Part<'a>> {
    let grids = playbook.grids.iter().filter(|grid| grid.level == level);
    grids
        .filter(|grid| within.is_none_or(|above| grid.code.within(above)))
        .map(|grid| {
            let parts = parts(playbook, level + 1, Some(&grid.code));
            let below: i64 = parts.iter().map(|part| part.shares).sum();
            let is_built_up = BUILT_UP.iter().any(|town| grid.code.within(&GridCode::new(*town)));
            let own = if is_built_up { SHARES_IN_TOWN } else { SHARES_OUTSIDE };
            Part { code: &grid.code, shares: below.max(own), parts }
        })
        .collect()
}

/// The towns cut out of the county, each beside those it really lies beside.
fn arrange<'p, 'a>(towns: &'p [Part<'a>], county: Block) -> Vec<(&'p Part<'a>, Block)> {
    let mut placed: Vec<&Part<'a>> = towns.iter().collect();
    let mut found = Vec::new();
    split(
        &mut placed,
        county,
        &mut |towns, across| {
            towns.sort_by_key(|town| {
                let (north, east) = middle_of(town.code);
                if across { (east, north) } else { (north, east) }
            });
        },
        &mut found,
    );
    found
}

fn middle_of(town: &GridCode) -> (i64, i64) {
    let number: usize = town.as_str().parse().unwrap_or_default();
    let known = number.checked_sub(1).and_then(|at| TOWNS.get(at));
    // A county of more towns goes on in the order of its codes.
    known.copied().unwrap_or((i64::try_from(number).unwrap_or_default(), 500))
}

fn divide(part: &Part<'_>, block: Block, cut: &mut BTreeMap<GridCode, Block>) {
    cut.insert(part.code.clone(), block);
    let mut found = Vec::new();
    split(&mut part.parts.iter().collect::<Vec<_>>(), block, &mut |_, _| {}, &mut found);
    for (part, block) in found {
        divide(part, block, cut);
    }
}

/// Cuts a block across its longer side, half of the land on either side, until
/// each part has a block of its own.
fn split<'p, 'a>(
    parts: &mut [&'p Part<'a>],
    block: Block,
    order: &mut impl FnMut(&mut [&'p Part<'a>], bool),
    found: &mut Vec<(&'p Part<'a>, Block)>,
) {
    match parts {
        [] => return,
        [one] => {
            found.push((one, block));
            return;
        }
        _ => {}
    }
    let (wide, high) = block.size();
    let across = wide >= high;
    order(parts, across);
    let all: i64 = parts.iter().map(|part| part.shares).sum();
    let mut first = 0;
    let mut at = 0;
    while at + 1 < parts.len() && (at == 0 || 2 * (first + parts[at].shares) <= all) {
        first += parts[at].shares;
        at += 1;
    }
    let length = if across { wide } else { high };
    let line = ((length * first + all / 2) / all).clamp(1, (length - 1).max(1));
    let (one, other) = block.cut(across, line);
    let (before, after) = parts.split_at_mut(at);
    split(before, one, order, found);
    split(after, other, order, found);
}

impl Block {
    const fn size(self) -> (i64, i64) {
        (self.high.east - self.low.east, self.high.north - self.low.north)
    }

    const fn cut(self, across: bool, line: i64) -> (Self, Self) {
        let (mut one, mut other) = (self, self);
        if across {
            one.high.east = self.low.east + line;
            other.low.east = one.high.east;
        } else {
            one.high.north = self.low.north + line;
            other.low.north = one.high.north;
        }
        (one, other)
    }

    /// Counter-clockwise from the south-west.
    const fn corners(self) -> [Corner; 4] {
        let (low, high) = (self.low, self.high);
        [
            low,
            Corner { east: high.east, north: low.north },
            high,
            Corner { east: low.east, north: high.north },
        ]
    }
}

struct Drawing {
    south: i64,
    west: i64,
    corners: BTreeSet<Corner>,
    side: i64,
}

impl Drawing {
    fn area(&self, block: Block) -> Option<Outline> {
        let ring = self.around(block).into_iter().map(|corner| self.position(corner)).collect();
        Outline::new(vec![Polygon::new(ring, Vec::new()).ok()?]).ok()
    }

    /// Every corner on the block's edges, its neighbours' among them.
    fn around(&self, block: Block) -> Vec<Corner> {
        let [sw, se, ne, nw] = block.corners();
        let mut ring = Vec::new();
        for (from, to) in [(sw, se), (se, ne), (ne, nw), (nw, sw)] {
            ring.extend(self.along(from, to));
        }
        ring
    }

    /// From one corner up to the next, which is left out.
    fn along(&self, from: Corner, to: Corner) -> Vec<Corner> {
        let (steps, east, north) = (
            (to.east - from.east).abs().max((to.north - from.north).abs()),
            (to.east - from.east).signum(),
            (to.north - from.north).signum(),
        );
        (0..steps)
            .map(|step| Corner { east: from.east + step * east, north: from.north + step * north })
            .filter(|corner| self.corners.contains(corner))
            .collect()
    }

    /// The lattice is bent, so that the county is no square, and each corner
    /// lies up to a quarter of a square beside its place.
    fn position(&self, corner: Corner) -> Position {
        let square = EXTENT / self.side;
        let (east, north) = (corner.east * EXTENT / self.side, corner.north * EXTENT / self.side);
        let bend = |along: i64| {
            let from_middle = (along - EXTENT / 2) / 1000;
            from_middle * from_middle
        };
        let (beside, above) = beside(corner);
        let lon = self.west + east + bend(north) - north / 12 + beside * square / 400;
        let lat = self.south + north - bend(east) * 4 / 5 + east / 9 + above * square / 400;
        Position {
            lat_e6: i32::try_from(lat).unwrap_or_default(),
            lon_e6: i32::try_from(lon).unwrap_or_default(),
        }
    }
}

/// Two numbers from -100 to 100 that look like chance.
fn beside(corner: Corner) -> (i64, i64) {
    let mut mixed = (corner.east as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ (corner.north as u64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    mixed ^= mixed >> 29;
    mixed = mixed.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed ^= mixed >> 32;
    let of = |bits: u64| (bits % 201) as i64 - 100;
    (of(mixed & 0xffff_ffff), of(mixed >> 32))
}

#[cfg(test)]
mod tests {
    use bihuan_domain::place::Located;
    use bihuan_domain::playbook::check;

    use super::*;

    fn xingyang() -> Playbook {
        let folder =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../playbooks/xingyang");
        let files = ["playbook", "units", "regimes", "categories", "channels", "grids", "places"]
            .map(|name| format!("{name}.toml"))
            .map(|name| (name.clone(), std::fs::read_to_string(folder.join(name)).unwrap()));
        check(&bihuan_domain::playbook::Source::new(files.to_vec())).unwrap().playbook
    }

    #[test]
    fn every_grid_of_the_playbook_has_an_area() {
        let playbook = xingyang();
        let drawn = blocks(&playbook);
        assert_eq!(drawn.grids().count(), 15 + 321 + 2_249);
        assert!(drawn.is_example());
    }

    #[test]
    fn the_middle_of_every_cell_lies_in_it_and_in_no_other() {
        let playbook = xingyang();
        let drawn = blocks(&playbook);
        for grid in playbook.grids.iter().filter(|grid| grid.level == 3) {
            let middle = drawn.grid(&grid.code).unwrap().bounds().middle();
            assert_eq!(drawn.locate(middle), Located::InGrid(grid.code.clone()));
            let holding = drawn.grids().filter(|(_, outline)| outline.contains(middle)).count();
            assert_eq!(holding, 3, "{}: a grid, its village and its town", grid.code);
        }
    }

    #[test]
    fn cells_leave_no_gap_inside_the_county() {
        let drawn = blocks(&xingyang());
        let bounds = drawn.county().unwrap().bounds();
        let (mut inside, mut outside) = (0, 0);
        for lat_e6 in (bounds.south..bounds.north).step_by(3_701) {
            for lon_e6 in (bounds.west..bounds.east).step_by(3_299) {
                match drawn.locate(Position { lat_e6, lon_e6 }) {
                    // The zone has no villages and is its own lowest grid.
                    Located::InGrid(code) if code.as_str().len() == 9 || code.as_str() == "15" => {
                        inside += 1;
                    }
                    Located::OutsideCounty => outside += 1,
                    other => panic!("{lat_e6} {lon_e6} is {other:?}"),
                }
            }
        }
        assert!(inside > 5_000 && outside > 500, "{inside} inside, {outside} outside");
    }

    #[test]
    fn every_place_of_the_demo_lies_in_its_own_grid() {
        let playbook = xingyang();
        let drawn = blocks(&playbook);
        for place in &playbook.places {
            let middle = drawn.grid(&place.grid).unwrap().bounds().middle();
            let found = place.position.map(|position| drawn.locate(position));
            let expected = Some(Located::InGrid(place.grid.clone()));
            assert_eq!(found, expected, "{}: try {middle:?}", place.id);
        }
    }
}
