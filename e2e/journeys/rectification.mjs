// What inspectors found, from the plan of the inspection to looking back: the overlap with an earlier one, the
// notice with its PDF held against GB/T 9704-2012, the unit on its phone, acceptance, publicity, a rebound.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { DOCUMENT, MATTER, dayFromNow, daysPass, journey, once, refusedAt, take } from "../harness.mjs";
import { bands, facts, fonts, lines } from "../pdf.mjs";

const UNIT = "municipal-works";
const FACT = "中转站渗滤液外溢";
const notice = path.resolve(import.meta.dirname, "../results/notice.pdf");
const all = (...deeds) => async (page) => {
  for (const deed of deeds) await deed(page);
};
const fill = (field, words) => (page) => page.fill(`main [name=${field}]`, words);
const choose = (field, value) => (page) => page.check(`main input[name=${field}][value=${value}]`);
const yes = (field) => choose(field, "yes");

const numberIn = (page) => page.url().match(MATTER)[0];
const near = (measured, asked, tolerance, what) =>
  assert.ok(Math.abs(measured - asked) <= tolerance, `${what}: measured ${measured.toFixed(2)} mm, asked for ${asked} ± ${tolerance}`);

/** Drafts an inspection; `weighed` sees what it would weigh on the unit, beforehand. */
async function plan(page, look, words, weighed = () => {}) {
  await page.goto("/rectification/inspection");
  await look(page);
  await page.check("main input[name=method][value=visit]");
  await page.click("main #units summary");
  await page.check(`main input[name=units][value=${UNIT}]`);
  await page.fill("main [name=words]", words);
  await page.fill("main [name=from_on]", dayFromNow(0));
  await page.fill("main [name=due_on]", dayFromNow(3));
  await page.click("main button[formaction='/rectification/inspection/weigh']");
  await page.waitForURL(/\/weigh$/);
  weighed(await page.locator("main aside").innerText());
  await look(page);
  await page.click("main form[action='/rectification/inspection'] .btn-primary");
  await page.waitForURL(/\/m\/XY-/);
  return numberIn(page);
}

async function find(page, look, inspection, words) {
  await page.goto(`/rectification/finding?inspection=${inspection}`);
  await look(page);
  await page.fill("main [name=words]", words);
  await page.check("main input[name=kind][value=by-date]");
  await page.selectOption("main [name=lead]", UNIT);
  await page.fill("main [name=goal]", "修好导排沟，建立巡查记录。");
  await page.fill("main [name=due_on]", dayFromNow(20));
  await page.click("main form[action='/rectification/finding'] .btn-primary");
  await page.waitForURL(/\/m\/XY-/);
  return numberIn(page);
}

/** Written beside its own preview; sent too early, it says what is missing and keeps the rest. */
async function compose(page, look, shot, findings) {
  await page.goto("/papers");
  await look(page);
  await page.goto("/papers/new?template=rectification-notice");
  for (const finding of findings) await page.check(`main input[name=finding][value='${finding}']`);
  await page.click("main button[name=fill]");
  await page.locator("#f-findings textarea").first().waitFor();
  assert.equal(await page.inputValue("main [name=f-unit]"), UNIT, "the findings say whose they are");
  assert.equal(await page.inputValue("main [name=f-count]"), String(findings.length));
  await page.fill("main [name=f-matter]", "垃圾中转站管护");
  await page.fill("main [name=f-basis]", "年度监督检查计划第6项（示例）");
  await page.fill("main [name=f-method]", "实地查看、查阅台账");
  await page.fill("main [name='f-inspected-on']", dayFromNow(0));
  // Long enough to fill more than a page.
  const demand = "逐站清掏导排沟和沉淀池，修补破损盖板，补齐巡查记录，当日巡查当日登记，发现外溢立即处置并报告。";
  await page.fill("main [name=f-demands]", demand.repeat(24));
  await page.locator("#preview").getByText("关于垃圾中转站管护问题的整改通知书").waitFor();
  await page.locator("#preview").getByText("逐站清掏导排沟").first().waitFor();
  await look(page);
  await page.click("main form[action='/papers/new'] .btn-primary");
  await page.locator("main .refuse").first().waitFor();
  const contact = page.locator("main [name=f-contact]");
  assert.equal(await contact.getAttribute("aria-invalid"), "true", "the missing field is marked");
  assert.equal(await page.inputValue("main [name=f-matter]"), "垃圾中转站管护");
  await look(page);
  await shot(page, "rectification-composer-desk");
  await contact.fill("督查室值班人员（示例）");
  const why = page.locator("main textarea[name=over]");
  if (await why.count()) await why.fill("年度计划内的通知，领导已同意。");
  await page.click("main form[action='/papers/new'] .btn-primary");
  await page.waitForURL(/\/m\/XY-/);
  return numberIn(page);
}

/** GB/T 9704-2012: A4, 37 mm above, 28 mm left, a block of 156 × 225 mm with 22 lines of 28 characters. */
function measure(file) {
  const { width, height, pages } = facts(file);
  near(width, 210, 0.1, "width");
  near(height, 297, 0.1, "height");
  assert.ok(pages >= 2, `${pages} pages: the second is the one to measure`);

  const used = fonts(file);
  assert.ok(used.length >= 3, "mark, headings and body have faces of their own");
  assert.deepEqual(used.filter((font) => !font.isEmbedded), [], "every font is carried by the file");
  for (const { name } of used) assert.match(name, /\w/, "and has its name");

  const printed = bands(file, 2, [20, 30, 200, 262]);
  assert.equal(printed.length, 22, "lines of a full page");
  const middle = (band) => (band.top + band.bottom) / 2;
  const pitch = 225 / 22;
  for (let at = 1; at < 22; at += 1) near(middle(printed[at]) - middle(printed[at - 1]), pitch, 0.8, `line ${at + 1}`);
  near((middle(printed[21]) - middle(printed[0])) / 21, pitch, 0.05, "from line to line");
  // A character stands in the middle of its line: half a line above it the block begins.
  near(middle(printed[0]) - pitch / 2, 37, 1, "above the block");
  near(middle(printed[21]) + pitch / 2, 37 + 225, 1, "the block's lower edge");
  const left = Math.min(...printed.map((band) => band.left));
  const right = Math.max(...printed.map((band) => band.right));
  near(left, 28, 1, "left of the block");
  near(right - left, 156, 1.5, "the block's width");

  const words = lines(file, 2);
  // After the paragraph's own first line, which is set in by two characters; below stands the page's number.
  const body = words.slice(words.findIndex((line) => line.startsWith("逐站")) + 1, -1);
  assert.ok(body.length >= 18, "a page of running text");
  body.forEach((line, at) => {
    // A mark may not begin a line: the character before it goes there too.
    const wanted = /^.[，。]/.test(body[at + 1] ?? "，，") ? [27, 28] : [28];
    assert.ok(wanted.includes([...line].length), `${[...line].length} characters: ${line}`);
  });
}

journey("what an inspection found is mended, made public, struck off and looked back at", async ({ phone, desk, signIn, axe, shot }) => {
  const look = once(axe);
  // A preview that typing overtakes is given up, and htmx says so.
  const office = await desk({ expects: /htmx:(sendAbort|afterRequest)/ });
  const second = await desk();
  const leader = await desk();
  const unit = await phone();
  const enter = async () => {
    await signIn(office, "supervisor");
    await signIn(second, "supervisor", "", "supervisor2");
    await signIn(leader, "leader");
    await signIn(unit, "unit-head", "市政养护");
  };
  await enter();

  // Too soon after an earlier one: refused, unless a leader gives a reason.
  const agreed = all(yes("approve"), fill("reason", "群众反映强烈，需要专项检查。"));
  const earlier = await plan(office, look, "检查井盖管护：实地查看。");
  await take(leader, earlier, "approve-filing", agreed);
  const overlap = /市政养护中心前后30天内已有检查XY-/;
  const sees = (weighed) => assert.match(weighed, overlap, "the overlap is shown beforehand");
  const inspection = await plan(office, look, "检查垃圾中转站：实地查看、查阅台账。", sees);
  await refusedAt(leader, inspection, "approve-filing", overlap, yes("approve"));
  await look(leader);
  await take(leader, inspection, "approve-filing", agreed);
  const finding = await find(office, look, inspection, `${FACT}。`);
  const other = await find(office, look, inspection, "井盖巡查台账缺少三日记录。");
  const paper = await compose(office, look, shot, [finding, other]);

  // Approved by another, who thereby numbers it; its findings go to the unit with it.
  await refusedAt(office, paper, "approve-filing", /自己/, yes("approve"));
  await take(leader, paper, "approve-filing", yes("approve"));
  await leader.goto(`/m/${paper}`);
  const document = /荥政督〔\d{4}〕\d+号/.exec(await leader.locator("main").innerText());
  assert.ok(document, "a number is taken at approval");
  await look(leader);

  // The file itself, and the page that its footer's code leads to.
  const link = leader.locator("main a", { hasText: /^PDF$/ });
  const file = await leader.context().request.get(await link.getAttribute("href"));
  assert.equal(file.headers()["content-type"], "application/pdf");
  writeFileSync(notice, await file.body());
  measure(notice);
  const address = /http\S+\/check\/\S+/.exec(lines(notice, 1).join("\n"));
  assert.ok(address, "the address stands beside the code");
  const anybody = await phone();
  await anybody.goto(new URL(address[0]).pathname);
  const checked = await anybody.locator("main").innerText();
  assert.ok(checked.includes(document[0]), checked);
  assert.doesNotMatch(checked, new RegExp(FACT), "who holds a paper learns nothing from here that is inside another");
  await look(anybody);
  await shot(anybody, "rectification-check-phone");

  // Signed for: the notice and what it covers.
  await unit.goto("/worklist");
  await take(unit, paper, "sign", () => look(unit));
  await unit.goto(`/m/${finding}`);
  await look(unit);
  await shot(unit, "rectification-finding-phone");
  await take(unit, finding, "plan", all(look, fill("note", "清淤、修沟、登记，责任人站长。"), fill("stages", dayFromNow(10))));
  await take(unit, finding, "act", fill("note", "导排沟已清掏，盖板已补三块。"));
  const alike = all(fill("alike_looked", "6"), fill("alike_found", "1"), fill("alike_mended", "1"));
  const proof = (page) => page.setInputFiles("[name=documents]", DOCUMENT);
  await take(unit, finding, "submit", all(look, fill("note", "沟已修好，同类六站已排查。"), proof, alike));

  // Who accepts says what was seen, and answers for it.
  await refusedAt(office, finding, "check", /谁验收谁负责/, yes("holds"));
  await look(office);
  await take(office, finding, "check", all(yes("holds"), fill("note", "现场看过：沟已修好，无外溢。")));
  await take(office, finding, "close");
  await refusedAt(office, finding, "strike-off", /先公示/);
  await take(office, finding, "publicise", all(look, fill("words", `${FACT}问题已整改到位。`)));
  await refusedAt(office, finding, "strike-off", /期满再销号/);

  await daysPass(16);
  await enter();
  await take(office, finding, "strike-off", look);
  await office.goto("/rectification");
  await look(office);
  await shot(office, "rectification-board-desk");

  // Looked back at by one who did not check it: it has come back, and the unit has it again.
  await take(second, finding, "look-back", all(look, choose("holds", "no"), fill("note", "沟又堵了。")));
  await second.goto(`/m/${finding}`);
  assert.match(await second.locator("main").innerText(), /回头看[\s\S]*办理中|办理中[\s\S]*回头看/);
  await shot(second, "rectification-looked-back-desk");
  await unit.goto("/worklist");
  assert.match(await unit.locator("main").innerText(), new RegExp(FACT));
});
