import assert from "node:assert/strict";
import { test } from "node:test";
import { joined } from "../photos";

const file = (name: string, size: number) => ({ name, size, lastModified: 1 });

test("photos chosen later come after those chosen before", () => {
  assert.deepEqual(joined([file("a", 1)], [file("b", 2)]), [file("a", 1), file("b", 2)]);
});

test("the same photo chosen again stands once", () => {
  assert.deepEqual(joined([file("a", 1)], [file("a", 1)]), [file("a", 1)]);
  assert.equal(joined([file("a", 1)], [file("a", 2)]).length, 2);
});
