import assert from "node:assert/strict";
import { test } from "node:test";
import { filled, stepOf } from "../steps";

test("the page's words are filled in, and an unknown slot is left as it is", () => {
  assert.equal(filled("第{n}步，共{of}步", { n: 1, of: 3 }), "第1步，共3步");
  assert.equal(filled("{what}", { n: 1 }), "{what}");
});

test("an address that names no step, or one there is not, opens the nearest", () => {
  assert.equal(stepOf("", 3), 1);
  assert.equal(stepOf("#step-2", 3), 2);
  assert.equal(stepOf("#step-9", 3), 3);
  assert.equal(stepOf("#step-0", 3), 1);
  assert.equal(stepOf("#main", 3), 1);
});
