import assert from "node:assert/strict";
import { test } from "node:test";
import { carryExif } from "../outbox/exif";

const bytes = (...parts: (number | number[])[]) => new Uint8Array(parts.flat());
const APP0 = [0xff, 0xe0, 0, 4, 0x4a, 0x46];
const SCAN = [0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9];

/** One entry, orientation, in the order of bytes a camera chose. */
function exif(order: "big" | "little", orientation: number): number[] {
  const pair = (n: number) => (order === "big" ? [n >> 8, n & 255] : [n & 255, n >> 8]);
  const four = (n: number) => (order === "big" ? [0, 0, ...pair(n)] : [...pair(n), 0, 0]);
  const letters = order === "big" ? [0x4d, 0x4d] : [0x49, 0x49];
  const entry = [...pair(0x0112), ...pair(3), ...four(1), ...pair(orientation), 0, 0];
  const body = [0x45, 0x78, 0x69, 0x66, 0, 0, ...letters, ...pair(42), ...four(8), ...pair(1), ...entry, ...four(0)];
  return [0xff, 0xe1, 0, body.length + 2, ...body];
}

test("the camera's notes stand right after the start of the copy", () => {
  const copy = bytes([0xff, 0xd8], APP0, SCAN);
  const whole = carryExif(bytes([0xff, 0xd8], APP0, exif("big", 1), SCAN), copy);
  assert.deepEqual([...whole], [0xff, 0xd8, ...exif("big", 1), ...APP0, ...SCAN]);
});

test("a turned photo is upright after the canvas, in either order of bytes", () => {
  for (const order of ["big", "little"] as const) {
    const whole = carryExif(bytes([0xff, 0xd8], exif(order, 6), SCAN), bytes([0xff, 0xd8], SCAN));
    assert.deepEqual([...whole], [0xff, 0xd8, ...exif(order, 1), ...SCAN], order);
  }
});

test("a photo without notes, and what is no JPEG, leave the copy as it is", () => {
  const copy = bytes([0xff, 0xd8], SCAN);
  assert.equal(carryExif(bytes([0xff, 0xd8], APP0, SCAN), copy), copy);
  assert.equal(carryExif(bytes([0x89, 0x50, 0x4e, 0x47]), copy), copy);
});

test("a cut segment is not carried", () => {
  const copy = bytes([0xff, 0xd8], SCAN);
  const whole = [0xff, 0xd8, ...exif("big", 6)];
  assert.equal(carryExif(new Uint8Array(whole.slice(0, -4)), copy), copy);
});

test("a table that points outside the segment is carried untouched", () => {
  const wild = exif("big", 6);
  wild[4 + 6 + 4] = 0xff;
  const made = carryExif(bytes([0xff, 0xd8], wild, SCAN), bytes([0xff, 0xd8], SCAN));
  assert.deepEqual([...made], [0xff, 0xd8, ...wild, ...SCAN]);
});
