// Every page that links lead to, one of a kind: axe in light and in dark, and no message without its words
// in either language.
import assert from "node:assert/strict";
import { journey, printed } from "../harness.mjs";

const NO_WORDS = "⟦";
/** Matters of one person: they stand in different places, and offer different steps. */
const MATTERS_EACH = 2;

/** Pages of a kind share a shape: what stands for one thing's code, number or id is a star. */
function shapeOf(path) {
  const isCode = /^\/(m|t|p|places|receipt)\/[^/]+|^\/(worker\/m|admin\/[a-z-]+)\/[^/]+(?=\/)|^\/worker\/m\/[^/]+/;
  return path.replace(isCode, (found) => `${found.slice(0, found.lastIndexOf("/"))}/*`);
}

/** Only pages: files, photos and what leaves the site are not. */
function isPage(path) {
  return path.startsWith("/") && !/^\/(attachments|draft|assets|checkpoint|sw\.js)|\.(json|xlsx|csv)|\/photo\/|\/checkpoints\//.test(path);
}

async function linksOf(page) {
  const hrefs = await page.$$eval("a[href]:not([download])", (links) => links.map((link) => link.getAttribute("href")));
  return hrefs.map((href) => href.split("#")[0]).filter(isPage);
}

async function look(page, address, axe) {
  const answer = await page.goto(address);
  assert.equal(answer.status(), 200, address);
  await axe(page);
  for (const language of ["zh-CN", "en"]) {
    const said = await page.request.get(address, { headers: { "accept-language": language } });
    assert.ok(!(await said.text()).includes(NO_WORDS), `${address} lacks words in ${language}`);
  }
}

/** Walks from `starts` wherever links lead; `seen` counts the pages of each shape. */
async function walk(page, starts, seen, axe) {
  const waiting = [...starts];
  let matters = 0;
  while (waiting.length > 0) {
    const address = waiting.shift();
    const shape = shapeOf(address.split("?")[0]);
    const isMatter = /^\/m\/\*$/.test(shape);
    if (isMatter ? matters >= MATTERS_EACH : seen.has(shape)) continue;
    if (isMatter) matters += 1;
    seen.add(shape);
    await look(page, address, axe);
    waiting.push(...(await linksOf(page)));
  }
}

const tracks = () => printed(/\/t\/[0-9A-Z-]+/);
const sign = () => printed(/\/p\/[0-9A-Za-z]+/);

journey("every page of the public reads well", async ({ phone, axe }) => {
  await walk(await phone(), ["/", "/report", sign(), tracks(), "/track", "/sign-in"], new Set(), axe);
});

journey("every page of the grid worker reads well", async ({ phone, signIn, axe }) => {
  const page = await phone();
  await signIn(page, "grid-worker", "索河", "grid-01-014-07");
  await walk(page, [new URL(page.url()).pathname], new Set(["/", "/worker/grid"]), axe);
});

journey("every page of the desk and of administration reads well", async ({ desk, signIn, axe }) => {
  const seen = new Set(["/", "/privacy", "/accessibility", "/complaint", "/verify", "/report"]);
  const people = [["triage"], ["dispatcher"], ["handler", "照明"], ["unit-head", "照明"], ["supervisor"], ["leader"], ["auditor"], ["system-admin"], ["security-admin"]];
  for (const [role, unit] of people) {
    const page = await desk();
    await signIn(page, role, unit);
    await walk(page, [new URL(page.url()).pathname], seen, axe);
    await page.context().close();
  }
});
