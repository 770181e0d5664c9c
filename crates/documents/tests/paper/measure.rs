//! Reads back where everything stands in a PDF. Lengths in millimetres from
//! the page's upper left corner.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

const MM: f64 = 25.4 / 72.0;

#[derive(Clone, Debug)]
pub(crate) struct Glyph {
    pub(crate) text: String,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) baseline: f64,
    /// Points.
    pub(crate) size: f64,
    pub(crate) font: String,
    pub(crate) color: [u8; 3],
}

impl Glyph {
    /// Upper and lower edge of an ideograph's square.
    pub(crate) fn top(&self) -> f64 {
        self.baseline - 0.88 * self.size * MM
    }

    pub(crate) fn bottom(&self) -> f64 {
        self.baseline + 0.12 * self.size * MM
    }
}

/// The bounds of something filled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) color: [u8; 3],
}

impl Area {
    pub(crate) fn bottom(&self) -> f64 {
        self.top + self.height
    }
}

#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) filled: Vec<Area>,
}

impl Page {
    pub(crate) fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.text.as_str()).collect()
    }

    /// The glyphs that spell `words`, wherever they begin.
    pub(crate) fn find(&self, words: &str) -> &[Glyph] {
        for start in 0..self.glyphs.len() {
            let mut spelt = String::new();
            for end in start..self.glyphs.len() {
                spelt.push_str(&self.glyphs[end].text);
                if spelt == words {
                    return &self.glyphs[start..=end];
                }
                if !words.starts_with(&spelt) {
                    break;
                }
            }
        }
        panic!("“{words}” is not on this page: {}", self.text())
    }

    /// Body glyphs by line, from above.
    pub(crate) fn lines(&self, size: f64) -> Vec<Vec<&Glyph>> {
        let mut lines: BTreeMap<i64, Vec<&Glyph>> = BTreeMap::new();
        for glyph in self.glyphs.iter().filter(|glyph| (glyph.size - size).abs() < 0.01) {
            #[expect(clippy::cast_possible_truncation, reason = "a page is small")]
            let key = (glyph.baseline * 100.0).round() as i64;
            lines.entry(key).or_default().push(glyph);
        }
        lines.into_values().collect()
    }
}

struct Face {
    name: String,
    embedded: bool,
    text: BTreeMap<u16, String>,
    widths: BTreeMap<u16, f64>,
    usual: f64,
}

pub(crate) struct File {
    pub(crate) pages: Vec<Page>,
    pub(crate) fonts: BTreeMap<String, bool>,
    pub(crate) properties: BTreeMap<String, String>,
}

impl File {
    pub(crate) fn text(&self) -> String {
        self.pages.iter().map(Page::text).collect()
    }

    pub(crate) fn last(&self) -> &Page {
        self.pages.last().unwrap()
    }
}

pub(crate) fn read(bytes: &[u8]) -> File {
    let document = Document::load_mem(bytes).unwrap();
    let mut fonts = BTreeMap::new();
    let pages = document.page_iter().map(|id| read_page(&document, id, &mut fonts)).collect();
    File { pages, fonts, properties: properties(&document) }
}

fn properties(document: &Document) -> BTreeMap<String, String> {
    let info = document.trailer.get(b"Info").and_then(|info| document.dereference(info)).unwrap();
    let info = info.1.as_dict().unwrap();
    let entries = info.iter().filter_map(|(key, value)| {
        let text = utf16(value.as_str().ok()?);
        Some((String::from_utf8_lossy(key).into_owned(), text))
    });
    entries.collect()
}

fn utf16(bytes: &[u8]) -> String {
    let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let units: Vec<u16> =
        rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}

fn number(object: &Object) -> f64 {
    f64::from(object.as_float().unwrap())
}

fn read_page(document: &Document, id: ObjectId, fonts: &mut BTreeMap<String, bool>) -> Page {
    let page = document.get_dictionary(id).unwrap();
    let media: Vec<f64> =
        page.get(b"MediaBox").unwrap().as_array().unwrap().iter().map(number).collect();
    let mut reader = Reader {
        faces: BTreeMap::new(),
        state: State { matrix: IDENTITY, color: [0, 0, 0], font: Vec::new(), size: 0.0 },
        saved: Vec::new(),
        text: IDENTITY,
        path: Vec::new(),
        page: Page {
            width: media[2] * MM,
            height: media[3] * MM,
            glyphs: Vec::new(),
            filled: Vec::new(),
        },
    };
    let faces = document.get_page_fonts(id).unwrap();
    reader.faces =
        faces.into_iter().map(|(name, font)| (name, read_face(document, font))).collect();
    for face in reader.faces.values() {
        fonts.insert(face.name.clone(), face.embedded);
    }
    let content = Content::decode(&document.get_page_content(id)).unwrap();
    for operation in &content.operations {
        reader.take(operation);
    }
    reader.page
}

type Matrix = [f64; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    color: [u8; 3],
    font: Vec<u8>,
    size: f64,
}

struct Reader {
    faces: BTreeMap<Vec<u8>, Face>,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    path: Vec<(f64, f64)>,
    page: Page,
}

impl Reader {
    fn take(&mut self, operation: &Operation) {
        let operands = &operation.operands;
        let numbers = || operands.iter().map(number).collect::<Vec<f64>>();
        match operation.operator.as_str() {
            "q" => self.saved.push(self.state.clone()),
            "Q" => self.state = self.saved.pop().unwrap(),
            "cm" => {
                self.state.matrix = times(numbers().try_into().unwrap(), self.state.matrix);
            }
            "rg" | "g" | "k" | "sc" | "scn" => self.color(operands),
            "BT" => self.text = IDENTITY,
            "Tm" => self.text = numbers().try_into().unwrap(),
            "Td" => {
                let by = numbers();
                self.text = times([1.0, 0.0, 0.0, 1.0, by[0], by[1]], self.text);
            }
            "Tf" => {
                self.state.font = operands[0].as_name().unwrap().to_vec();
                self.state.size = number(&operands[1]);
            }
            "Tj" => self.show(&operands[0]),
            "TJ" => operands[0].as_array().unwrap().iter().for_each(|part| self.show(part)),
            "m" | "l" => self.points(&numbers()),
            "c" | "v" | "y" => self.points(&numbers()),
            "re" => {
                let rect = numbers();
                self.points(&[rect[0], rect[1], rect[0] + rect[2], rect[1] + rect[3]]);
            }
            "f" | "F" | "f*" | "B" | "B*" => self.fill(),
            "S" | "s" | "n" => self.path.clear(),
            // What is set inside a form (the QR code) is not measured.
            _ => {}
        }
    }

    fn color(&mut self, operands: &[Object]) {
        let parts: Vec<f64> =
            operands.iter().filter_map(|part| part.as_float().ok()).map(f64::from).collect();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of 255"
        )]
        let byte = |part: f64| (part * 255.0).round() as u8;
        self.state.color = match parts.as_slice() {
            [grey] => [byte(*grey); 3],
            [red, green, blue] => [byte(*red), byte(*green), byte(*blue)],
            other => panic!("a colour of {} parts", other.len()),
        };
    }

    fn place(&self, matrix: Matrix, x: f64, y: f64) -> (f64, f64) {
        let at = times([1.0, 0.0, 0.0, 1.0, x, y], matrix);
        (at[4] * MM, self.page.height - at[5] * MM)
    }

    fn points(&mut self, numbers: &[f64]) {
        for pair in numbers.chunks_exact(2) {
            let point = self.place(self.state.matrix, pair[0], pair[1]);
            self.path.push(point);
        }
    }

    fn fill(&mut self) {
        let path = std::mem::take(&mut self.path);
        let ends = |of: fn(&(f64, f64)) -> f64| {
            let all = path.iter().map(of);
            all.fold((f64::MAX, f64::MIN), |(low, high), n| (low.min(n), high.max(n)))
        };
        let ((left, right), (top, bottom)) = (ends(|p| p.0), ends(|p| p.1));
        let (width, height) = (right - left, bottom - top);
        self.page.filled.push(Area { left, top, width, height, color: self.state.color });
    }

    fn show(&mut self, part: &Object) {
        let Object::String(codes, _) = part else {
            let back = -number(part) / 1000.0 * self.state.size;
            self.text = times([1.0, 0.0, 0.0, 1.0, back, 0.0], self.text);
            return;
        };
        let face = &self.faces[&self.state.font];
        for pair in codes.chunks_exact(2) {
            let code = u16::from_be_bytes([pair[0], pair[1]]);
            let width = face.widths.get(&code).unwrap_or(&face.usual) / 1000.0 * self.state.size;
            let matrix = times(self.text, self.state.matrix);
            let (left, baseline) = self.place(matrix, 0.0, 0.0);
            let (right, _) = self.place(matrix, width, 0.0);
            let size = self.state.size * matrix[3].hypot(matrix[2]);
            self.page.glyphs.push(Glyph {
                text: face.text.get(&code).cloned().unwrap_or_default(),
                left,
                right,
                baseline,
                size,
                font: face.name.clone(),
                color: self.state.color,
            });
            self.text = times([1.0, 0.0, 0.0, 1.0, width, 0.0], self.text);
        }
    }
}

fn read_face(document: &Document, font: &Dictionary) -> Face {
    let follow = |object: &Object| document.dereference(object).unwrap().1.clone();
    let name = font.get(b"BaseFont").unwrap().as_name().unwrap();
    let name = String::from_utf8_lossy(name).into_owned();
    let under = follow(font.get(b"DescendantFonts").unwrap());
    let under = follow(&under.as_array().unwrap()[0]);
    let under = under.as_dict().unwrap();
    let descriptor = follow(under.get(b"FontDescriptor").unwrap());
    let descriptor = descriptor.as_dict().unwrap();
    let map = follow(font.get(b"ToUnicode").unwrap());
    let map = map.as_stream().unwrap().decompressed_content().unwrap();
    Face {
        name: name.split_once('+').map_or(name.clone(), |(_, name)| name.to_owned()),
        embedded: descriptor.has(b"FontFile2") || descriptor.has(b"FontFile3"),
        text: unicode(&String::from_utf8_lossy(&map)),
        widths: widths(&follow(under.get(b"W").unwrap()), &follow),
        usual: under.get(b"DW").map_or(1000.0, number),
    }
}

/// Krilla writes single characters only: `<0001> <2014>`.
fn unicode(map: &str) -> BTreeMap<u16, String> {
    let hex = |text: &str| text.trim_matches(['<', '>']).to_owned();
    let mut characters = BTreeMap::new();
    for line in map.lines().filter(|line| line.starts_with('<')) {
        let parts: Vec<String> = line.split_whitespace().map(hex).collect();
        if let [code, text] = parts.as_slice() {
            let units: Vec<u16> = text
                .as_bytes()
                .chunks(4)
                .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).unwrap(), 16).unwrap())
                .collect();
            let code = u16::from_str_radix(code, 16).unwrap();
            characters.insert(code, String::from_utf16(&units).unwrap());
        }
    }
    characters
}

/// `code [w w w]` and `first last w`.
fn widths(list: &Object, follow: &impl Fn(&Object) -> Object) -> BTreeMap<u16, f64> {
    let list: Vec<Object> = list.as_array().unwrap().iter().map(follow).collect();
    let code = |object: &Object| u16::try_from(object.as_i64().unwrap()).unwrap();
    let mut widths = BTreeMap::new();
    let mut rest = list.as_slice();
    while let [first, second, ..] = rest {
        let first = code(first);
        if let Ok(each) = second.as_array() {
            for (offset, width) in each.iter().enumerate() {
                widths.insert(first + u16::try_from(offset).unwrap(), number(width));
            }
            rest = &rest[2..];
        } else {
            for each in first..=code(second) {
                widths.insert(each, number(&rest[2]));
            }
            rest = &rest[3..];
        }
    }
    widths
}
