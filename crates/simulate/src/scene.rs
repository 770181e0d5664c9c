//! Photos for the demo, drawn: simple places before and after. No photo of a
//! real place or person is shipped.

use std::collections::BTreeMap;

use bihuan_app::App;
use bihuan_app::compose::{File, KeptFile};
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, Rgb, RgbImage};

use crate::chance::Dice;
use crate::plan::Shot;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Subject {
    Lamp,
    Road,
    Manhole,
    Puddle,
    Litter,
    Building,
    Vehicle,
    Tree,
    Cable,
    Smoke,
    Poster,
}

impl Subject {
    const ALL: [Self; 11] = [
        Self::Lamp,
        Self::Road,
        Self::Manhole,
        Self::Puddle,
        Self::Litter,
        Self::Building,
        Self::Vehicle,
        Self::Tree,
        Self::Cable,
        Self::Smoke,
        Self::Poster,
    ];
}

const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;
const THUMB: (u32, u32) = (320, 240);
const QUALITY: u8 = 72;
const VARIANTS: usize = 2;

/// Every photo there is, drawn once.
pub(crate) struct Album {
    photos: Vec<Photo>,
}

struct Photo {
    subject: Subject,
    fixed: bool,
    bytes: Vec<u8>,
    thumb: Vec<u8>,
}

impl Album {
    pub(crate) fn draw(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let mut photos = Vec::new();
        for subject in Subject::ALL {
            for fixed in [false, true] {
                for _ in 0..VARIANTS {
                    let canvas = Canvas::scene(subject, fixed, &mut dice);
                    let small = canvas.halved();
                    let (bytes, thumb) = (canvas.jpeg(), small.jpeg());
                    photos.push(Photo { subject, fixed, bytes, thumb });
                }
            }
        }
        Self { photos }
    }

    /// One of the photos of a subject, before or after, as a phone sends it.
    pub(crate) fn take(&self, subject: Subject, fixed: bool, which: u32) -> Option<File> {
        let mut fitting =
            self.photos.iter().filter(|photo| photo.subject == subject && photo.fixed == fixed);
        let photo = fitting.nth(which as usize % VARIANTS)?;
        Some(File {
            bytes: photo.bytes.clone(),
            thumb: Some(photo.thumb.clone()),
            kind: "image/jpeg".to_owned(),
            name: if fixed { "after.jpg" } else { "before.jpg" }.to_owned(),
            taken_at: None,
            width: Some(WIDTH),
            height: Some(HEIGHT),
        })
    }
}

/// A paper proof: a short PDF with a title and nothing else.
pub(crate) fn document() -> File {
    let mut pdf = String::from("%PDF-1.4\n");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
         /Resources<</Font<</F 5 0 R>>>>>>",
        "<</Length 54>>stream\nBT /F 18 Tf 72 760 Td (Record of handling: example) Tj ET\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ];
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(pdf.len());
        pdf.push_str(&format!("{} 0 obj{object}endobj\n", at + 1));
    }
    let xref = pdf.len();
    pdf.push_str("xref\n0 6\n0000000000 65535 f \n");
    for offset in offsets {
        pdf.push_str(&format!("{offset:010} 00000 n \n"));
    }
    pdf.push_str(&format!("trailer<</Size 6/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n"));
    File {
        bytes: pdf.into_bytes(),
        thumb: None,
        kind: "application/pdf".to_owned(),
        name: "办理记录.pdf".to_owned(),
        taken_at: None,
        width: None,
        height: None,
    }
}

/// One photo of each subject, before and after, and a document, kept where files
/// lie. A county of a million matters refers to these.
pub(crate) struct Shelf {
    photos: BTreeMap<(Subject, bool), KeptFile>,
    pub(crate) document: KeptFile,
}

impl Shelf {
    pub(crate) async fn fill(app: &App, seed: u64) -> crate::Result<Self> {
        let album = Album::draw(seed);
        let mut photos = BTreeMap::new();
        for subject in Subject::ALL {
            for fixed in [false, true] {
                let Some(photo) = album.take(subject, fixed, 0) else { continue };
                photos.insert((subject, fixed), app.keep_file(photo).await?);
            }
        }
        Ok(Self { photos, document: app.keep_file(document()).await? })
    }

    pub(crate) fn photo(&self, shot: &Shot) -> crate::Result<&KeptFile> {
        let kept = self.photos.get(&(shot.subject, shot.fixed));
        kept.ok_or(crate::Error::Incomplete("a photo of the demo"))
    }
}

type Colour = [u8; 3];

const ASPHALT: Colour = [92, 94, 98];
const KERB: Colour = [176, 172, 164];
const GRASS: Colour = [112, 140, 84];
const WALL: Colour = [198, 178, 150];
const NIGHT: Colour = [22, 26, 38];
const WATER: Colour = [96, 118, 132];
const DARK: Colour = [34, 32, 32];
const GLOW: Colour = [255, 226, 150];
const TRUNK: Colour = [104, 78, 54];
const LEAF: Colour = [74, 112, 60];

struct Canvas(RgbImage);

impl Canvas {
    fn scene(subject: Subject, fixed: bool, dice: &mut Dice) -> Self {
        let mut canvas = Self(RgbImage::new(WIDTH, HEIGHT));
        match subject {
            Subject::Lamp => canvas.lamps(fixed, dice),
            Subject::Building | Subject::Poster => canvas.wall(subject, fixed, dice),
            _ => canvas.street(subject, fixed, dice),
        }
        canvas.grain(dice);
        canvas
    }

    /// A road running away at night, lamps along it.
    fn lamps(&mut self, fixed: bool, dice: &mut Dice) {
        self.ground(NIGHT, if fixed { [70, 66, 60] } else { [30, 31, 36] }, 250);
        let shift = dice.between(-40, 40);
        for step in 0..5 {
            let x = 90 + shift + step * 112;
            let top = 70 + step * 26;
            self.fill(x, top, 6, 330 - step * 40, [58, 60, 66]);
            self.fill(x, top, 44, 5, [58, 60, 66]);
            if fixed {
                self.disc(x + 44, top + 8, 60 - step * 6, [84, 78, 62]);
                self.disc(x + 44, top + 8, 14, GLOW);
            } else {
                self.disc(x + 44, top + 8, 8, [46, 48, 54]);
            }
        }
        if !fixed {
            self.disc(520 + shift, 410, 26, [120, 116, 96]);
        }
    }

    fn street(&mut self, subject: Subject, fixed: bool, dice: &mut Dice) {
        let sky = [196 + dice.between(0, 20) as u8, 206, 214];
        self.ground(sky, ASPHALT, 220);
        self.fill(0, 200, 640, 26, GRASS);
        self.fill(0, 226, 640, 12, KERB);
        for x in [60, 260, 460] {
            self.fill(x + dice.between(-10, 10), 340, 90, 8, [214, 212, 202]);
        }
        let (x, y) = (300 + dice.between(-90, 90), 380 + dice.between(-30, 30));
        match subject {
            Subject::Road if fixed => self.fill(x - 90, y - 30, 180, 70, [70, 72, 76]),
            Subject::Road => self.hole(x, y, dice),
            Subject::Manhole if fixed => self.cover(x, y),
            Subject::Manhole => self.disc(x, y, 52, DARK),
            Subject::Puddle if fixed => self.fill(x - 40, y, 90, 14, [60, 60, 62]),
            Subject::Puddle => self.puddle(x, y, dice),
            Subject::Litter if fixed => self.fill(x - 30, 190, 60, 60, [70, 110, 90]),
            Subject::Litter => self.heap(x, y, dice),
            Subject::Vehicle if fixed => {}
            Subject::Vehicle => self.car(x, y, dice),
            Subject::Tree if fixed => self.tree(x),
            Subject::Tree => self.fallen(x, y),
            Subject::Cable => self.cable(fixed),
            Subject::Smoke if fixed => self.fill(x - 60, 180, 120, 50, [86, 120, 80]),
            Subject::Smoke => self.smoke(x, dice),
            Subject::Lamp | Subject::Building | Subject::Poster => {}
        }
    }

    fn wall(&mut self, subject: Subject, fixed: bool, dice: &mut Dice) {
        self.ground(WALL, KERB, 410);
        for row in 0..3 {
            for column in 0..4 {
                self.fill(60 + column * 145, 40 + row * 120, 84, 74, [120, 138, 150]);
            }
        }
        if fixed {
            self.fill(250, 260, 130, 150, [132, 96, 70]);
            return;
        }
        for _ in 0..16 {
            let (x, y) = (dice.between(20, 560), dice.between(60, 380));
            if subject == Subject::Poster {
                self.fill(x, y, 42, 56, [226, 214, 92 + dice.between(0, 120) as u8]);
            } else {
                self.fill(x, y, 3, dice.between(20, 70), DARK);
            }
        }
    }

    fn ground(&mut self, above: Colour, below: Colour, horizon: i64) {
        self.fill(0, 0, i64::from(WIDTH), horizon, above);
        self.fill(0, horizon, i64::from(WIDTH), i64::from(HEIGHT) - horizon, below);
    }

    fn hole(&mut self, x: i64, y: i64, dice: &mut Dice) {
        for _ in 0..9 {
            let (dx, dy) = (dice.between(-70, 70), dice.between(-22, 22));
            self.disc(x + dx, y + dy, dice.between(18, 40), [58, 54, 50]);
        }
        self.disc(x, y, 34, DARK);
    }

    fn cover(&mut self, x: i64, y: i64) {
        self.disc(x, y, 56, [70, 70, 72]);
        self.disc(x, y, 48, [112, 112, 114]);
        for line in -2..=2 {
            self.fill(x - 34, y + line * 16, 68, 4, [78, 78, 80]);
        }
    }

    fn puddle(&mut self, x: i64, y: i64, dice: &mut Dice) {
        for _ in 0..14 {
            let (dx, dy) = (dice.between(-200, 200), dice.between(-30, 40));
            self.disc(x + dx, y + dy, dice.between(30, 62), WATER);
        }
    }

    fn heap(&mut self, x: i64, y: i64, dice: &mut Dice) {
        for _ in 0..60 {
            let (dx, dy) = (dice.between(-140, 140), dice.between(-50, 40));
            let grey = dice.between(60, 220) as u8;
            let colour = [grey, grey.saturating_sub(20), dice.between(60, 200) as u8];
            self.fill(x + dx, y + dy, dice.between(8, 34), dice.between(8, 28), colour);
        }
    }

    fn car(&mut self, x: i64, y: i64, dice: &mut Dice) {
        let colour = [dice.between(60, 220) as u8, dice.between(60, 160) as u8, 110];
        self.fill(x - 130, y - 70, 260, 60, colour);
        self.fill(x - 80, y - 120, 160, 52, colour);
        self.fill(x - 66, y - 110, 132, 36, [176, 190, 198]);
        self.disc(x - 80, y - 6, 26, DARK);
        self.disc(x + 80, y - 6, 26, DARK);
    }

    fn tree(&mut self, x: i64) {
        self.fill(x, 110, 18, 116, TRUNK);
        for (dx, dy) in [(-40, 90), (10, 60), (50, 94), (4, 104)] {
            self.disc(x + dx, dy, 48, LEAF);
        }
    }

    fn fallen(&mut self, x: i64, y: i64) {
        self.fill(x - 180, y, 300, 20, TRUNK);
        for (dx, dy) in [(120, -10), (160, 20), (190, -20), (140, 34)] {
            self.disc(x + dx, y + dy, 46, LEAF);
        }
    }

    fn cable(&mut self, fixed: bool) {
        for x in [90, 540] {
            self.fill(x, 40, 12, 190, TRUNK);
        }
        for x in 90..540 {
            let along = (x - 315) as f64 / 225.0;
            let sag = if fixed { 20.0 } else { 250.0 };
            let y = 60 + ((1.0 - along * along) * sag) as i64;
            self.fill(x, y, 2, 4, DARK);
        }
    }

    fn smoke(&mut self, x: i64, dice: &mut Dice) {
        for step in 0..24 {
            let grey = 120 + (step * 4) as u8;
            let dx = dice.between(-30, 30) + step * 5;
            self.disc(x + dx, 230 - step * 9, 24 + step * 2, [grey, grey, grey]);
        }
        self.disc(x, 236, 20, [214, 120, 52]);
    }

    /// Grain, so that a drawing does not look like a chart.
    fn grain(&mut self, dice: &mut Dice) {
        for _ in 0..7000 {
            let x = dice.between(0, i64::from(WIDTH) - 1) as u32;
            let y = dice.between(0, i64::from(HEIGHT) - 1) as u32;
            let pixel = self.0.get_pixel_mut(x, y);
            for part in &mut pixel.0 {
                *part = part.saturating_add(8);
            }
        }
    }

    fn fill(&mut self, x: i64, y: i64, width: i64, height: i64, colour: Colour) {
        let clip = |value: i64, most: u32| value.clamp(0, i64::from(most)) as u32;
        for row in clip(y, HEIGHT)..clip(y + height, HEIGHT) {
            for column in clip(x, WIDTH)..clip(x + width, WIDTH) {
                self.0.put_pixel(column, row, Rgb(colour));
            }
        }
    }

    fn disc(&mut self, x: i64, y: i64, radius: i64, colour: Colour) {
        for dy in -radius..=radius {
            let half = ((radius * radius - dy * dy) as f64).sqrt() as i64;
            self.fill(x - half, y + dy, half * 2, 1, colour);
        }
    }

    fn halved(&self) -> Self {
        Self(image::imageops::thumbnail(&self.0, THUMB.0, THUMB.1))
    }

    fn jpeg(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let (width, height) = self.0.dimensions();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        // Writing to memory cannot fail, and three bytes a pixel fit the format.
        encoder.encode(self.0.as_raw(), width, height, ExtendedColorType::Rgb8).ok();
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_photo_is_a_small_jpeg_that_opens() {
        let album = Album::draw(1);
        assert_eq!(album.photos.len(), Subject::ALL.len() * 2 * VARIANTS);
        for photo in &album.photos {
            assert!(photo.bytes.len() < 40 * 1024, "{:?}: {}", photo.subject, photo.bytes.len());
            let opened = image::load_from_memory(&photo.bytes).unwrap();
            assert_eq!((opened.width(), opened.height()), (WIDTH, HEIGHT));
            assert!(image::load_from_memory(&photo.thumb).is_ok());
        }
    }

    #[test]
    fn before_and_after_differ() {
        let album = Album::draw(1);
        for subject in Subject::ALL {
            let before = album.take(subject, false, 0).unwrap();
            let after = album.take(subject, true, 0).unwrap();
            assert_ne!(before.bytes, after.bytes, "{subject:?}");
        }
    }
}
