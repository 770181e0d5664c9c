import assert from "node:assert/strict";
import { test } from "node:test";
import { LAMPS, pictureOf, rank } from "../map/lamps";
import { baseSource, mapStyle } from "../map/style";

const token = (name: string) => `<${name}>`;

test("overdue is the worst lamp of a cluster, done the best", () => {
  const worstFirst = [...LAMPS].sort((a, b) => rank(b) - rank(a));
  assert.equal(worstFirst[0], "late");
  assert.equal(worstFirst.at(-1), "done");
});

test("a picture's name says its lamp and its count", () => {
  assert.deepEqual(pictureOf("pin-soon"), { lamp: "soon", count: "" });
  assert.deepEqual(pictureOf(`cluster-${rank("late")}-1.2k`), { lamp: "late", count: "1.2k" });
});

test("an unknown picture is not drawn", () => {
  for (const name of ["pin-purple", "cluster-9-3", "cluster--1-3", "shield"]) assert.equal(pictureOf(name), null, name);
});

test("without a base map only the county's own blocks are drawn", () => {
  const style = mapStyle(token, undefined);
  assert.deepEqual(Object.keys(style.sources), ["blocks"]);
  assert.ok(style.layers.every((layer) => layer.type === "background" || layer.source === "blocks"));
});

test("a PMTiles file brings vectors, an address with z, x and y brings pictures", () => {
  assert.equal(baseSource("pmtiles:///map/county.pmtiles")?.type, "vector");
  assert.equal(baseSource("/tiles/{z}/{x}/{y}.png")?.type, "raster");
});

test("an address that is neither is no base map", () => {
  assert.equal(baseSource("/tiles/"), null);
});

test("no style asks another host for letters or signs", () => {
  for (const tiles of [undefined, "pmtiles:///map/county.pmtiles", "/tiles/{z}/{x}/{y}.png"]) {
    const style = mapStyle(token, tiles);
    assert.equal(style.glyphs, undefined);
    assert.equal(style.sprite, undefined);
  }
});
