// The main road: a resident's report goes to triage, to the unit, to the grid worker who checks it, and back
// to the resident, who says whether it is fixed.
import assert from "node:assert/strict";
import { journey, photo, printed, take } from "../harness.mjs";

/** Reports without JavaScript; returns what the receipt says. */
async function report(phone, picture, words) {
  const page = await phone({ javaScriptEnabled: false });
  await page.goto(printed(/\/p\/[0-9A-Za-z]+/));
  await page.fill("textarea[name=words]", words);
  await page.setInputFiles("input[type=file]", picture);
  await page.click(".acts-bar button");
  await page.click("main form[action='/report'] button.pbtn-go");
  await page.waitForURL(/\/receipt\//);
  const text = await page.locator("main").innerText();
  const number = /XY-\d{6}-\d{4}/.exec(text)[0];
  const track = new URL(await page.locator("#track-url").innerText()).pathname;
  await page.context().close();
  return { number, track };
}

journey("a lamp is reported, mended, checked and found good", async ({ phone, desk, signIn, axe, shot }) => {
  const artist = await desk();
  await artist.goto("/");
  const picture = await photo(artist);
  const { number, track } = await report(phone, picture, "柳园路路口的路灯连着三晚不亮，孩子放学看不清路。");

  const triage = await desk();
  await signIn(triage, "triage");
  await triage.goto(`/m/${number}`);
  await axe(triage);
  await shot(triage, "matter-filed-desk");
  await take(triage, number, "accept", async (page) => {
    const lamps = page.locator("select[name=item] option", { hasText: "路灯不亮" });
    await page.selectOption("select[name=item]", await lamps.first().getAttribute("value"));
  });
  await take(triage, number, "dispatch", async (page) => {
    await page.selectOption("select[name=lead]", "lighting");
  });

  const handler = await desk();
  await signIn(handler, "handler", "照明");
  await handler.goto("/worklist");
  await axe(handler);
  await shot(handler, "worklist-desk");
  await take(handler, number, "sign");
  await take(handler, number, "act", async (page) => {
    await page.fill("textarea[name=note]", "到场查明是线路断开，今晚接通。");
  });
  await take(handler, number, "submit", async (page) => {
    await page.fill("textarea[name=note]", "线路已接通，三盏灯全亮。");
    await page.setInputFiles("input[name=photos]", picture);
    // The playbook's words stand there already; the unit sends them as they are.
    assert.match(await page.inputValue("textarea[name=answer]"), /照明中心/);
  });

  const worker = await phone();
  await signIn(worker, "grid-worker", "索河", "grid-01-014-07");
  await axe(worker);
  await shot(worker, "worker-day-phone");
  await worker.goto(`/worker/m/${number}/check`);
  await axe(worker);
  await worker.check("input[name=verdict][value=yes]");
  await worker.click(".acts-bar button");
  await worker.waitForURL(/\/worker\?done=/);
  await triage.goto(`/m/${number}`);
  await axe(triage);
  await shot(triage, "matter-closed-desk");

  const resident = await phone({ javaScriptEnabled: false });
  await resident.goto(track);
  assert.match(await resident.locator("main").innerText(), /照明中心已于/, "the answer is there to read");
  await resident.check("input[name=rating][value=fixed]");
  await resident.click("form[action$='/rate'] button");
  await resident.waitForURL((url) => url.pathname === track);
  const again = await phone();
  await again.goto(track);
  await axe(again);
  await shot(again, "track-rated-phone");
  assert.equal(await again.locator("input[name=rating]").count(), 0, "a rating is asked for once");
});
