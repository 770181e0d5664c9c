// Starts one demo county on a free port and runs the journeys against it: `node e2e/run.mjs [name …]`.
// Builds nothing. BIHUAN_BIN names another binary than target/debug/bihuan.
import { spawn, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const results = path.join(root, "e2e/results");
const binary = process.env.BIHUAN_BIN ?? path.join(root, "target/debug/bihuan");

const journeys = await chosen(process.argv.slice(2));
await rm(results, { recursive: true, force: true });
await mkdir(results, { recursive: true });
const data = await mkdtemp(path.join(tmpdir(), "bihuan-e2e-"));
const demo = spawn(binary, ["demo", "xingyang", "--data", data, "--listen", "127.0.0.1:0"], {
  stdio: ["ignore", "pipe", "pipe"],
});
let status = 1;
try {
  const printed = await untilListening(demo);
  await writeFile(path.join(results, "sign-ins.txt"), printed.words);
  const args = ["--test", "--test-concurrency=1", ...journeys];
  const env = { ...process.env, BIHUAN_URL: printed.url };
  status = spawnSync(process.execPath, args, { cwd: root, env, stdio: "inherit" }).status ?? 1;
} finally {
  const gone = demo.exitCode === null ? new Promise((done) => demo.once("exit", done)) : null;
  demo.kill();
  await gone;
  for (const folder of [data, `${data}.keys`]) await rm(folder, { recursive: true, force: true });
}
process.exit(status);

async function chosen(names) {
  const folder = path.join(root, "e2e/journeys");
  const all = (await readdir(folder)).filter((file) => file.endsWith(".mjs")).sort();
  const wanted = all.filter((file) => names.length === 0 || names.includes(path.parse(file).name));
  if (wanted.length === 0) throw new Error(`no journey is called ${names.join(", ")}; there are ${all.join(", ")}`);
  return wanted.map((file) => path.join(folder, file));
}

/** The table of sign-ins stands around the line that says where. */
function untilListening(child) {
  return new Promise((done, failed) => {
    let words = "";
    let errors = "";
    let settle = null;
    child.on("error", failed);
    child.on("exit", (code) => failed(new Error(`the demo ended with ${code} before it listened\n${words}${errors}`)));
    child.stderr.on("data", (chunk) => (errors += chunk));
    child.stdout.on("data", (chunk) => {
      words += chunk;
      const url = /Listening on (http\S+)/.exec(words)?.[1];
      if (!url) return;
      clearTimeout(settle);
      settle = setTimeout(() => done({ url, words }), 500);
    });
  });
}
