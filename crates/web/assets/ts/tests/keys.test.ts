import assert from "node:assert/strict";
import { test } from "node:test";
import { pressedKey } from "../keys";

const press = (key: string, more: object = {}) => ({
  key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...more,
});

test("a letter is its capital, whichever case was typed", () => {
  assert.equal(pressedKey(press("j")), "J");
  assert.equal(pressedKey(press("J", { shiftKey: true })), "J");
});

test("a press with control, command or alt stays with the browser", () => {
  for (const held of ["ctrlKey", "metaKey", "altKey"]) {
    assert.equal(pressedKey(press("j", { [held]: true })), null, held);
  }
});

test("a press that spells a Chinese word is no key", () => {
  assert.equal(pressedKey(press("j", { isComposing: true })), null);
});

test("named keys keep their names", () => {
  assert.equal(pressedKey(press("Enter")), "Enter");
});
