// Holds a ruler to a PDF with Debian's poppler: not the program's own idea of where things stand, but the
// ink on the page. Lengths in millimetres.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

const MM_AN_INCH = 25.4;
const PIXELS_A_MM = 10;
const POINTS_AN_INCH = 72;

/** Debian's poppler complains of a flag of tagged files that later ones read; its words are not ours to show. */
const STDIO = ["ignore", "pipe", "ignore"];
const run = (program, args, options) => execFileSync(program, args, { maxBuffer: 64 * 1024 * 1024, stdio: STDIO, ...options });

/** The facts of the file: `{ pages, width, height, keywords … }`, sizes in millimetres. */
export function facts(file) {
  const rows = run("pdfinfo", [file], { encoding: "utf8" }).split("\n").map((line) => line.split(/:\s+/));
  const all = Object.fromEntries(rows.filter((row) => row.length > 1).map(([name, ...value]) => [name, value.join(": ")]));
  const [width, height] = /([\d.]+) x ([\d.]+) pts/.exec(all["Page size"]).slice(1).map((points) => (points / POINTS_AN_INCH) * MM_AN_INCH);
  return { ...all, pages: Number(all.Pages), width, height };
}

/** Every font by name, and whether the file carries it. */
export function fonts(file) {
  const rows = run("pdffonts", [file], { encoding: "utf8" }).trimEnd().split("\n").slice(2);
  return rows.map((row) => {
    const name = row.slice(0, 36).trim().replace(/^[A-Z]{6}\+/, "");
    // name, type, encoding, then: emb sub uni object ID
    const isEmbedded = /\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$/.exec(row)[1] === "yes";
    return { name, isEmbedded };
  });
}

/** The words of one page, a line each, as they stand on it. */
export function lines(file, page) {
  const args = ["-f", page, "-l", page, "-layout", file, "-"].map(String);
  return run("pdftotext", args, { encoding: "utf8" }).split("\n").map((line) => line.trim()).filter(Boolean);
}

/** Where the ink is on one page, within a window: bands from above, each with its edges. */
export function bands(file, page, window) {
  const resolution = PIXELS_A_MM * MM_AN_INCH;
  const args = ["-f", page, "-l", page, "-r", resolution, "-gray", "-singlefile", file].map(String);
  const { width, pixels } = portableGraymap(run("pdftoppm", args));
  const isInked = (row, column) => pixels[row * width + column] < 128;
  const [left, top, right, bottom] = window.map((edge) => Math.round(edge * PIXELS_A_MM));
  const found = [];
  let band = null;
  for (let row = top; row < bottom; row += 1) {
    const inked = [];
    for (let column = left; column < right; column += 1) if (isInked(row, column)) inked.push(column);
    if (inked.length === 0) {
      if (band) found.push(band);
      band = null;
      continue;
    }
    band ??= { top: row, bottom: row, left: inked[0], right: inked.at(-1) };
    band = { top: band.top, bottom: row + 1, left: Math.min(band.left, inked[0]), right: Math.max(band.right, inked.at(-1) + 1) };
  }
  if (band) found.push(band);
  return found.map((edges) => Object.fromEntries(Object.entries(edges).map(([name, pixel]) => [name, pixel / PIXELS_A_MM])));
}

/** `P5 width height 255`, then a byte a pixel. */
function portableGraymap(bytes) {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString("latin1", 0, 64));
  assert.ok(head, "pdftoppm draws a portable graymap");
  return { width: Number(head[1]), height: Number(head[2]), pixels: bytes.subarray(head[0].length) };
}
