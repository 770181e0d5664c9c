import assert from "node:assert/strict";
import { test } from "node:test";
import { commandId } from "../outbox/command";
import { settled, shares, waitMs } from "../outbox/draft";
import { fittedSize, jpegName } from "../outbox/photo";
import { verdict, type Answer } from "../outbox/send";
import { stateWords } from "../outbox/show";

const answer = (status: number, url = "https://county.example/report"): Answer => ({ status, url, contentType: "", body: "" });

test("a command's id is a UUID of version 7", () => {
  const id = commandId(Date.UTC(2022, 8, 29), new Uint8Array(10).fill(0xff));
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("a later command has a larger id", () => {
  const chance = new Uint8Array(10);
  assert.ok(commandId(1_664_000_000_001, chance) > commandId(1_664_000_000_000, chance.fill(0xff)));
});

test("the time stands whole in a command's id", () => {
  const id = commandId(0x0123456789ab, new Uint8Array(10));
  assert.equal(id, "01234567-89ab-7000-8000-000000000000");
});

test("attempts grow rarer, up to a quarter of an hour", () => {
  assert.deepEqual([0, 1, 2].map(waitMs), [5_000, 10_000, 20_000]);
  assert.equal(waitMs(500), 15 * 60_000);
});

test("photos are sent one after the other", () => {
  assert.deepEqual(shares([100, 300], 0), [0, 0]);
  assert.deepEqual(shares([100, 300], 100), [100, 0]);
  assert.deepEqual(shares([100, 300], 250), [100, 50]);
});

test("bytes of the form around the photos do not push a share past the whole", () => {
  assert.deepEqual(shares([100], 140), [100]);
});

test("a redirect to the receipt is a receipt", () => {
  assert.equal(verdict(answer(200, "https://county.example/t/ABCD")), "received");
});

test("a redirect to the sign-in page is none", () => {
  assert.equal(verdict(answer(200, "https://county.example/sign-in?back=/worker")), "signed-out");
  assert.equal(verdict(answer(401)), "signed-out");
});

test("what may pass is tried again", () => {
  for (const status of [0, 408, 425, 429, 500, 502, 503]) assert.equal(verdict(answer(status, "")), "waiting", String(status));
});

test("what the server does not take is not sent again", () => {
  for (const [status, state] of [[409, "conflict"], [413, "refused"], [415, "refused"], [422, "refused"]] as const) {
    assert.equal(verdict(answer(status)), state);
    assert.ok(settled(state));
  }
});

test("an expired token asks for a fresh one", () => {
  assert.equal(verdict(answer(403)), "stale");
});

test("a state is said in the page's words", () => {
  const words = { waiting: "等信号", sending: "正在送 {n} %", signedOut: "请重新登录" };
  assert.equal(stateWords(words, "sending", 62), "正在送 62 %");
  assert.equal(stateWords(words, "signed-out", 0), "请重新登录");
  assert.equal(stateWords(words, "received", 0), "");
});

test("a photo keeps its proportions and a small one its size", () => {
  assert.deepEqual(fittedSize(4000, 3000, 2560), [2560, 1920]);
  assert.deepEqual(fittedSize(800, 600, 2560), [800, 600]);
  assert.deepEqual(fittedSize(10_000, 1, 2560), [2560, 1]);
});

test("a converted photo is named as what it is", () => {
  assert.equal(jpegName("IMG_0417.HEIC"), "IMG_0417.jpg");
  assert.equal(jpegName(".heic"), "photo.jpg");
});
