// What a journey gets: fresh browsers of phone and desk size, sign-in, axe with every rule on, weighing,
// pictures. A journey fails by itself when a page logs an error, breaks its own policy, or asks another host.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { appendFileSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { chromium } from "playwright-core";

const origin = process.env.BIHUAN_URL;
const results = path.resolve(import.meta.dirname, "results");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Only so that a journey that hangs ends; none is expected to come near. */
const LONGEST_JOURNEY_MS = 360_000;

/** A matter's number in the demo. */
export const MATTER = /XY-\d{6}-\d{4}/g;

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const DESK = { viewport: { width: 1440, height: 900 } };
const HERE = { baseURL: origin, locale: "zh-CN", timezoneId: "Asia/Shanghai" };

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.BIHUAN_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});
after(() => browser?.close());

/** `journey("a lamp is mended", async ({ phone, desk, signIn, axe, shot, weigh }) => { … })` */
export function journey(title, walk) {
  test(title, { timeout: LONGEST_JOURNEY_MS }, async () => {
    const contexts = [];
    const complaints = [];
    const open = async (size, { expects, ...options }) => {
      const context = await browser.newContext({ ...HERE, ...size, ...options });
      contexts.push(context);
      const page = await context.newPage();
      if (options.javaScriptEnabled !== false) {
        await page.addInitScript({ content: axeSource });
        readable.add(page);
      }
      listen(page, complaints, expects);
      return page;
    };
    const tools = {
      /** A phone; `phone({ javaScriptEnabled: false })` for one without JavaScript, `expects` an error it will log. */
      phone: (options = {}) => open(PHONE, options),
      desk: (options = {}) => open(DESK, options),
      signIn,
      axe,
      shot,
      weigh: () => weigh(open),
    };
    try {
      await walk(tools);
      assert.deepEqual(complaints, [], "pages complained");
    } catch (fault) {
      const pages = contexts.flatMap((context) => context.pages());
      await Promise.all(pages.map((page, at) => shot(page, `failed-${at + 1}`)));
      throw fault;
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
    }
  });
}

function listen(page, complaints, expected = /^$/) {
  const refusedOnPurpose = /status of 4\d\d/;
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !refusedOnPurpose.test(message.text()) && !expected.test(message.text())) {
      complaints.push(`${page.url()}: ${message.text()}`);
    }
  });
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith("http") && host !== new URL(origin).host) complaints.push(`${page.url()} asked ${host}`);
  });
}

const demoSaid = () => readFileSync(path.join(results, "demo.txt"), "utf8");

/** Sign-ins as the demo printed them: role, name, password, then unit and person, in columns. */
export function signIns() {
  const rows = demoSaid().split("\n").map((line) => line.trim().split(/\s{2,}/));
  return rows.filter((row) => row.length >= 4).map(([role, name, password, unit]) => ({ role, name, password, unit }));
}

/** What the demo printed, by a pattern. */
export function printed(pattern) {
  const words = demoSaid();
  const found = pattern.exec(words);
  assert.ok(found, `the demo prints ${pattern}; it printed ${words}`);
  return found[0];
}

/** Lets days pass in the county, with what runs by itself in each; everybody's session is over then. */
export async function daysPass(days) {
  const times = () => demoSaid().split("It is now ").length;
  const before = times();
  appendFileSync(process.env.BIHUAN_DAYS, `${days}\n`);
  while (times() === before) await wait(50);
}

/** The county's date so many days from now, as a form's date field takes it. */
export function dayFromNow(days) {
  const said = demoSaid().split("It is now ").slice(1).at(-1);
  const here = new Intl.DateTimeFormat("en-CA", { timeZone: HERE.timezoneId }).format(new Date());
  const day = new Date(`${said ? said.slice(0, 10) : here}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** Signs in as the first person of this role, in this unit or by this name if one is given. */
async function signIn(page, role, unit = "", name = "") {
  const person = signIns().find((one) => one.role === role && one.unit.includes(unit) && one.name.includes(name));
  assert.ok(person, `the demo prints a sign-in for ${role} ${unit}; it printed ${JSON.stringify(signIns())}`);
  await page.goto("/sign-in");
  await page.fill("input[name=name]", person.name);
  await page.fill("input[name=password]", person.password);
  await page.click("main button[type=submit], main form button");
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** Takes one step of a matter through its own page; returns the number's page as it stands afterwards. */
export async function take(page, number, step, fill = async () => {}) {
  await page.goto(`/m/${number}/${step}`);
  await fill(page);
  await sendStep(page, number, step);
  await page.waitForURL((url) => url.pathname !== `/m/${number}/${step}`);
}

/** The same where the page must say why not: it stays, with the reason and what was typed. */
export async function refusedAt(page, number, step, reason, fill = async () => {}) {
  await page.goto(`/m/${number}/${step}`);
  await fill(page);
  await sendStep(page, number, step);
  await page.locator("main .refuse").first().waitFor();
  assert.match(await page.locator("main").innerText(), reason);
}

async function sendStep(page, number, step) {
  await page.click(`main form[action='/m/${number}/${step}'] button.btn-primary`);
}

/** Pages axe can read: it is a script itself, so not those without JavaScript. */
const readable = new WeakSet();

/** Every rule, in light and in dark. */
async function axe(page) {
  assert.ok(readable.has(page), "axe needs a page with JavaScript: check the same address on one");
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}`));
    assert.deepEqual(found, [], `${page.url()} in ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
}

/** Reads each kind of page once with axe: `const look = once(axe); await look(page)`. */
export function once(axe) {
  const seen = new Set();
  return async (page) => {
    const { width } = page.viewportSize();
    const kind = `${width} ${new URL(page.url()).pathname.replaceAll(MATTER, "*")}`;
    if (seen.has(kind)) return;
    seen.add(kind);
    await axe(page);
  };
}

/** A file that says it is a PDF. */
export const DOCUMENT = { name: "report.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 report") };

/** A photo of one colour, drawn by the browser itself. */
export async function photo(page, colour = "#345") {
  const bytes = await page.evaluate(async (fill) => {
    const canvas = new OffscreenCanvas(320, 240);
    const brush = canvas.getContext("2d");
    brush.fillStyle = fill;
    brush.fillRect(0, 0, 320, 240);
    const blob = await canvas.convertToBlob({ type: "image/jpeg" });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, colour);
  return { name: "lamp.jpg", mimeType: "image/jpeg", buffer: Buffer.from(bytes) };
}

/** A picture of the whole page, in e2e/results. */
async function shot(page, name) {
  await page.screenshot({ path: path.join(results, `${name}.png`), fullPage: true });
}

/** Weighs what a first visit brings over the wire: `const kilobytes = await (await weigh())("/")`. */
async function weigh(open) {
  const page = await open(PHONE, {});
  const wire = await page.context().newCDPSession(page);
  await wire.send("Network.enable");
  return async (address) => {
    let bytes = 0;
    const count = ({ encodedDataLength }) => (bytes += encodedDataLength);
    await wire.send("Network.clearBrowserCache");
    wire.on("Network.loadingFinished", count);
    await page.goto(address, { waitUntil: "networkidle" });
    wire.off("Network.loadingFinished", count);
    return bytes / 1024;
  };
}
