import assert from "node:assert/strict";
import { test } from "node:test";
import { tells } from "../nearby";

test("only what says where or what asks again what is near", () => {
  for (const name of ["lon", "lat", "grid", "item"]) assert.ok(tells(name), name);
  for (const name of ["words", "phone", "same_as", "csrf", ""]) assert.ok(!tells(name), name);
});
