// What scripts add on a phone: one question a page, and reports that wait on the phone for a signal.
import assert from "node:assert/strict";
import { journey, photo, printed } from "../harness.mjs";

const sign = () => printed(/\/p\/[0-9A-Za-z]+/);
const next = (page) => page.locator(".acts-bar .pbtn-go:visible").click();

/** Fills the three questions up to the last button, which it leaves to the caller. */
async function answerTheQuestions(page, words) {
  await page.goto(sign());
  assert.equal(await page.locator("textarea[name=words]:visible").count(), 0, "one question a page");
  await page.setInputFiles("input[type=file]", await photo(page));
  await next(page);
  await page.fill("textarea[name=words]", words);
  await next(page);
  await page.locator("input[name=phone]").waitFor();
  assert.match(await page.locator("dl.check").innerText(), new RegExp(words), "every answer is shown before it is sent");
}

journey("a resident reports step by step, with scripts", async ({ phone, axe, shot }) => {
  const page = await phone();
  await answerTheQuestions(page, "路灯一闪一闪，看着像要灭了。");
  await axe(page);
  await shot(page, "report-last-step-phone");
  await next(page);
  await page.waitForURL(/\/receipt\//);
  await axe(page);
  await page.goto(new URL(await page.locator("#track-url").innerText()).pathname);
  assert.match(await page.locator("main").innerText(), /路灯一闪一闪/);
});

journey("a report written without a signal waits on the phone and is sent once there is one", async ({ phone, shot }) => {
  const page = await phone({ expects: /ERR_INTERNET_DISCONNECTED/ });
  await answerTheQuestions(page, "地下道里没有信号，灯也不亮。");
  await page.context().setOffline(true);
  await next(page);
  const queue = page.locator("[data-bh-outbox-list]");
  await queue.getByText("地下道里没有信号").waitFor();
  await shot(page, "report-waiting-phone");

  await page.context().setOffline(false);
  const receipt = queue.locator("a[data-slot=link]:visible");
  await receipt.waitFor();
  await receipt.click();
  await page.waitForURL(/\/receipt\//);
  assert.match(await page.locator("main").innerText(), /XY-\d{6}-\d{4}/);
});
