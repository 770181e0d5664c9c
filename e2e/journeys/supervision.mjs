// What a meeting decided, until it is struck off: returned once, given more time once, slipped to red,
// criticised, objected to and reviewed. The unit works on a phone; the leader and the unit that gives the
// task back have no JavaScript.
import assert from "node:assert/strict";
import { DOCUMENT, MATTER, dayFromNow, daysPass, journey, once, refusedAt, take } from "../harness.mjs";

const TASK = "主干道夜景亮灯检修";
/** The meeting gives so many days, the extension so many more. */
const DAYS = 4;
const MORE_DAYS = 3;

const fill = (field, words) => (page) => page.fill(`main [name=${field}]`, words);
const choose = (field, value) => (page) => page.check(`main input[name=${field}][value=${value}]`);
const yes = (field) => choose(field, "yes");
const all = (...deeds) => async (page) => {
  for (const deed of deeds) await deed(page);
};

/** The record, pasted: one decision, given to a unit that will say it is not theirs. */
async function register(page, look) {
  await page.goto("/supervision/record");
  await look(page);
  const [today, due] = [dayFromNow(0), dayFromNow(DAYS)].map((day) => day.split("-").map(Number));
  const record = [
    "市政府第29次常务会议纪要（示例）",
    `${today[0]}年${today[1]}月${today[2]}日，市长周某主持召开市政府第29次常务会议。`,
    `一、${TASK}，由市城市照明中心牵头，${due[0]}年${due[1]}月${due[2]}日前完成。`,
  ];
  await page.fill("textarea[name=pasted]", record.join("\n"));
  await page.click("main form[action='/supervision/record'] .btn-primary");
  const lead = page.locator("main input[name^=lead-]");
  assert.equal(await lead.inputValue(), "市城市照明中心", "the unit is read from the record");
  assert.equal(await page.inputValue("main input[name^=due-]"), dayFromNow(DAYS));
  await look(page);
  await page.fill("main [name=whole_lead]", "市政府办公室");
  await page.click("main form[action='/supervision/record/file'] .btn-primary");
  await page.waitForURL(/\/supervision\/XY-/);
  await look(page);
  const meeting = page.url().match(MATTER)[0];
  const task = await page.locator(`main a[href^='/m/']`, { hasText: TASK }).getAttribute("href");
  return { meeting, task: task.match(MATTER)[0] };
}

journey("a meeting's decision is chased until it is struck off", async ({ phone, desk, signIn, axe, shot }) => {
  const look = once(axe);
  const office = await desk();
  const second = await desk();
  const leader = await desk({ javaScriptEnabled: false });
  const wrong = await desk({ javaScriptEnabled: false });
  const unit = await phone();
  const enter = async () => {
    await signIn(office, "supervisor");
    await signIn(second, "supervisor", "", "supervisor2");
    await signIn(leader, "leader");
    await signIn(unit, "unit-head", "市政养护");
  };
  const act = (page, step, deed = async () => {}) =>
    take(page, task, step, async () => {
      if (page === unit || page === office || page === second) await look(page);
      await deed(page);
    });

  await enter();
  const { meeting, task } = await register(office, look);

  // Somebody else approves the meeting; the decision goes to the unit it names, and back, once.
  await take(leader, meeting, "approve-filing", yes("approve"));
  await signIn(wrong, "unit-head", "照明");
  const reason = "主干道路灯归市政养护中心。";
  await act(wrong, "return", all(fill("reason", reason), (page) => page.selectOption("[name=suggested]", "municipal-works")));
  await act(office, "adjudicate", (page) => page.selectOption("[name=lead]", "municipal-works"));
  await refusedAt(unit, task, "return", /退回/, fill("reason", "也不归我们。"));

  await unit.goto("/worklist");
  await look(unit);
  assert.match(await unit.locator("main").innerText(), new RegExp(TASK), "beside citizens' matters, in one list");
  await shot(unit, "supervision-worklist-phone");
  await act(unit, "sign");
  await act(unit, "act", fill("note", "已派工程一班，今晚进场，九点前报第一批路段。"));
  await office.goto(`/supervision/${meeting}`);
  assert.match(await office.locator("main tr.leaf", { hasText: TASK }).innerText(), /退回1次.*已完成/s);
  await shot(office, "supervision-tree-desk");

  // More time is asked for before the date, and given by another.
  await daysPass(2);
  await enter();
  await act(unit, "act", fill("note", "已检修一半，缺两种配件。"));
  const until = dayFromNow(DAYS - 2 + MORE_DAYS);
  const more = all(choose("node", "due"), fill("until", until), fill("reason", "两种配件后天到货，已完成五成。"));
  await act(unit, "request-extension", more);
  await act(office, "extend", yes("approve"));
  await unit.goto(`/m/${task}`);
  await look(unit);
  await shot(unit, "supervision-matter-phone");

  // That date passes too. Nobody writes the slips: the ladder does.
  await daysPass(DAYS - 2 + MORE_DAYS + 1);
  const row = office.locator("main tr.leaf", { hasText: TASK });
  await signIn(office, "supervisor");
  await office.goto(`/supervision/${meeting}`);
  assert.match(await row.innerText(), /延期.*蓝单/s);
  await daysPass(8);
  await enter();
  await office.goto(`/supervision/${meeting}`);
  assert.match(await row.innerText(), /红单/);
  await shot(office, "supervision-late-desk");
  await office.goto("/supervision?tab=late");
  await look(office);
  await act(unit, "sign-slip");
  await unit.goto(`/m/${task}`);
  await shot(unit, "supervision-slipped-phone");

  // The red slip proposed criticism; a leader decides it, and the unit asks for a review.
  await act(leader, "criticise", yes("approve"));
  await act(unit, "object", fill("reason", "配件停产，到货前已书面报告。"));
  const review = all(yes("upheld"), fill("reason", "情况属实，批评撤销。"));
  await refusedAt(office, task, "review", /回避/, review);
  await look(office);
  assert.equal(await office.inputValue("main [name=reason]"), "情况属实，批评撤销。", "what was typed stays");
  await shot(office, "supervision-review-refused-desk");
  await act(second, "review", review);

  // The result with its proof, then a grade, then it is gone.
  await act(unit, "submit", all(fill("note", "主干道夜景灯全部点亮，附验收单。"), (page) => page.setInputFiles("[name=documents]", DOCUMENT)));
  await act(office, "check", yes("holds"));
  await refusedAt(office, task, "close", /评价等次/);
  await act(office, "close", choose("grade", "pass"));
  await act(office, "strike-off");
  await office.goto(`/supervision/${meeting}`);
  assert.match(await row.innerText(), /合格/);
  assert.match(await office.locator("main").innerText(), /1\s*立项\s*=\s*1\s*办结/);
  await office.goto(`/m/${task}`);
  await look(office);
  const told = await office.locator("main").innerText();
  for (const words of [/销号/, /复核/, /红单/, /延期/, /退回/]) assert.match(told, words);
  await shot(office, "supervision-struck-off-desk");
});
