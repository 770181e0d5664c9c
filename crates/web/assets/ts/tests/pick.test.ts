import assert from "node:assert/strict";
import { test } from "node:test";
import { countWords } from "../pick";

test("the count stands where the words want it", () => {
  assert.equal(countWords("选中{n}件", 3), "选中3件");
  assert.equal(countWords("{n} selected", 1234), "1,234 selected");
});
