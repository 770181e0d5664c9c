// What a journey gets: fresh browsers of phone and desk size, sign-in, axe with every rule on, weighing,
// pictures. A journey fails by itself when a page logs an error, breaks its own policy, or asks another host.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const origin = process.env.BIHUAN_URL;
const results = path.resolve(import.meta.dirname, "results");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Only so that a journey that hangs ends; none is expected to come near. */
const LONGEST_JOURNEY_MS = 180_000;

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

/** Sign-ins as the demo printed them: role, name, password, then unit and person, in columns. */
export function signIns() {
  const printed = readFileSync(path.join(results, "sign-ins.txt"), "utf8");
  const rows = printed.split("\n").map((line) => line.trim().split(/\s{2,}/));
  return rows.filter((row) => row.length >= 4).map(([role, name, password, unit]) => ({ role, name, password, unit }));
}

/** What the demo printed, by a pattern. */
export function printed(pattern) {
  const words = readFileSync(path.join(results, "sign-ins.txt"), "utf8");
  const found = pattern.exec(words);
  assert.ok(found, `the demo prints ${pattern}; it printed ${words}`);
  return found[0];
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
