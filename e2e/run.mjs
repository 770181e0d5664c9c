// Starts one demo county on a free port and runs the journeys against it: `node e2e/run.mjs [name …]`.
// Builds nothing. BIHUAN_BIN names another binary than target/debug/bihuan.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { closeSync, constants, openSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const root = path.resolve(import.meta.dirname, "..");
const results = path.join(root, "e2e/results");
const binary = process.env.BIHUAN_BIN ?? path.join(root, "target/debug/bihuan");
/** These let days pass in the county, so they come after those that count on today. */
const LAST = ["supervision", "rectification"];

const journeys = await chosen(process.argv.slice(2));
await rm(results, { recursive: true, force: true });
await mkdir(results, { recursive: true });
const data = await mkdtemp(path.join(tmpdir(), "bihuan-e2e-"));
const said = path.join(results, "demo.txt");
const errors = path.join(results, "demo-errors.txt");
const demo = begin();
let status = 1;
try {
  const env = { ...process.env, BIHUAN_URL: await untilListening(), BIHUAN_DAYS: daysPipe() };
  // One run each for what comes first and what comes last: a run sorts its files itself.
  const runs = journeys.map((files) => {
    const args = ["--test", "--test-concurrency=1", ...files];
    return spawnSync(process.execPath, args, { cwd: root, env, stdio: "inherit" }).status ?? 1;
  });
  status = Math.max(...runs);
} finally {
  const gone = demo.exitCode === null ? new Promise((done) => demo.once("exit", done)) : null;
  demo.kill();
  await gone;
  for (const folder of [data, `${data}.keys`]) await rm(folder, { recursive: true, force: true });
}
process.exit(status);

async function chosen(names) {
  const folder = path.join(root, "e2e/journeys");
  const all = (await readdir(folder)).filter((file) => file.endsWith(".mjs")).map((file) => path.parse(file).name);
  const wanted = all.filter((name) => names.length === 0 || names.includes(name));
  if (wanted.length === 0) throw new Error(`no journey is called ${names.join(", ")}; there are ${all.join(", ")}`);
  const groups = [wanted.filter((name) => !LAST.includes(name)), ...LAST.map((name) => wanted.filter((one) => one === name))];
  const files = groups.map((names) => names.map((name) => path.join(folder, `${name}.mjs`)));
  return files.filter((group) => group.length > 0);
}

/** Journeys write to this pipe how many days shall pass. */
function daysPipe() {
  return path.join(data, "days");
}

/** Its words go to files: nobody reads them here while the journeys run. */
function begin() {
  execFileSync("mkfifo", [daysPipe()]);
  // Open to write too, so that opening does not wait and the demo never reads an end.
  const days = openSync(daysPipe(), constants.O_RDWR);
  const files = [days, openSync(said, "w"), openSync(errors, "w")];
  const args = ["demo", "xingyang", "--data", path.join(data, "county"), "--listen", "127.0.0.1:0", "--let-days-pass"];
  const child = spawn(binary, args, { stdio: files });
  files.forEach(closeSync);
  return child;
}

/** The line that says where is the last the demo prints by itself. */
async function untilListening() {
  for (;;) {
    const url = /^Listening on (http\S+)\n/m.exec(readFileSync(said, "utf8"))?.[1];
    if (url) return url;
    if (demo.exitCode !== null) {
      const words = readFileSync(said, "utf8") + readFileSync(errors, "utf8");
      throw new Error(`the demo ended with ${demo.exitCode} before it listened\n${words}`);
    }
    await wait(100);
  }
}
