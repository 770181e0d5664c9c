import assert from "node:assert/strict";
import { journey } from "../harness.mjs";

journey("the first page stands on a phone and on a desk", async ({ phone, desk, axe, shot }) => {
  for (const [size, page] of [["phone", await phone()], ["desk", await desk()]]) {
    const answer = await page.goto("/");
    assert.equal(answer.status(), 200);
    await axe(page);
    await shot(page, `home-${size}`);
  }
});

journey("the first page stands without JavaScript", async ({ phone }) => {
  const page = await phone({ javaScriptEnabled: false });
  await page.goto("/");
  assert.ok(await page.locator("main h1").isVisible());
});

journey("a first visit fits a weak signal", async ({ weigh }) => {
  const kilobytes = await (await weigh())("/");
  assert.ok(kilobytes <= 60, `${kilobytes.toFixed(1)} KB`);
});
