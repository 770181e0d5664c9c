// Bundles crates/web/assets into crates/web/dist: names carry a hash of the content, manifest.json
// says which name a page must ask for. The service worker and the icon keep theirs: browsers know them by it.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const root = path.resolve(import.meta.dirname, "..");
const source = path.join(root, "crates/web/assets");
const dist = path.join(root, "crates/web/dist");
const fresh = `${dist}.new`;

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  target: ["chrome90", "firefox91", "safari15"],
  legalComments: "none",
  logLevel: "warning",
};

await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });

/** Logical name to file name: what pages ask for, and what scripts ask for when they need it. */
const manifest = {};
const loadedLater = {};
/** Logical name of a script to the files it cannot begin without. */
const parts = {};
await bundleStyles();
const mapWorker = await copyMapWorker();
const inputs = await bundleScripts();
await bundleServiceWorker();
await copyIcon();
await keep("licences.txt", await licencesOf([...inputs, "node_modules/@tabler/core/"]));
await writeFile(path.join(fresh, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
await rm(dist, { recursive: true, force: true });
await rename(fresh, dist);
const sizes = await brotliSizes();
for (const [name, bytes] of Object.entries(sizes)) console.log(`${name.padEnd(14)} ${kilobytes(bytes)} brotli`);
holdBudgets(sizes);

async function bundleStyles() {
  const css = (name) => path.join(source, "css", `${name}.css`);
  const tabler = path.join(root, "node_modules/@tabler/core/dist/css/tabler.min.css");
  const maplibre = path.join(root, "node_modules/maplibre-gl/dist/maplibre-gl.css");
  // The order is the cascade: Tabler, its colours set to ours, the parts, the pages' layout.
  const sheets = {
    desk: [tabler, css("tokens"), css("parts"), css("desk")],
    public: [css("tokens"), css("parts"), css("public")],
    map: [maplibre, css("map")],
  };
  for (const [name, files] of Object.entries(sheets)) {
    const contents = files.map((file) => `@import ${JSON.stringify(file)};`).join("\n");
    const result = await build({
      ...common,
      stdin: { contents, loader: "css", resolveDir: source },
      write: false,
      external: ["data:*"],
    });
    await keep(`${name}.css`, result.outputFiles[0].contents);
  }
}

async function copyMapWorker() {
  const file = path.join(root, "node_modules/maplibre-gl/dist/maplibre-gl-csp-worker.js");
  return keep("map-worker.js", await readFile(file));
}

async function bundleScripts() {
  const entries = ["desk", "public", "outbox", "map", "chart"];
  const result = await build({
    ...common,
    entryPoints: entries.map((name) => path.join(source, "ts", `${name}.ts`)),
    outdir: fresh,
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    format: "esm",
    splitting: true,
    metafile: true,
    define: { MAP_WORKER: JSON.stringify(mapWorker) },
  });
  for (const [file, { entryPoint, imports }] of Object.entries(result.metafile.outputs)) {
    if (!entryPoint) continue;
    const name = path.relative(path.join(source, "ts"), path.join(root, entryPoint)).replace(/\.ts$/, "");
    parts[`${name}.js`] = imports.filter(({ kind }) => kind === "import-statement").map((part) => path.basename(part.path));
    if (entries.includes(name)) manifest[`${name}.js`] = path.basename(file);
    else loadedLater[`${name}.js`] = path.basename(file);
  }
  return Object.keys(result.metafile.inputs);
}

async function bundleServiceWorker() {
  const files = ["public.css", "public.js", "outbox.js"].flatMap((name) => [manifest[name], ...(parts[name] ?? [])]);
  const shell = [...new Set(files)].map((file) => `/assets/${file}`);
  await build({
    ...common,
    entryPoints: [path.join(source, "ts/worker/sw.ts")],
    outfile: path.join(fresh, "sw.js"),
    format: "iife",
    define: { SHELL: JSON.stringify(shell) },
  });
  manifest["sw.js"] = "sw.js";
}

/** Asked for as /favicon.ico by browsers of their own accord, so it keeps its name too. */
async function copyIcon() {
  await writeFile(path.join(fresh, "icon.svg"), await readFile(path.join(source, "icon.svg")));
  manifest["icon.svg"] = "icon.svg";
}

/** The licences of everything bundled: they ask to go where the code goes. */
async function licencesOf(files) {
  const packages = new Set(files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []));
  const texts = [...packages].sort().map(async (name) => {
    const folder = path.join(root, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
    const text = file ? await readFile(path.join(folder, file), "utf8") : "";
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(72)}\n\n`);
}

async function keep(name, contents) {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 8).toUpperCase();
  const { name: stem, ext } = path.parse(name);
  manifest[name] = `${stem}-${hash}${ext}`;
  await writeFile(path.join(fresh, manifest[name]), contents);
  return manifest[name];
}

async function brotliSizes() {
  const sizes = {};
  for (const [name, file] of Object.entries({ ...manifest, ...loadedLater })) {
    sizes[name] = brotliCompressSync(await readFile(path.join(dist, file))).length;
  }
  return sizes;
}

// A page may weigh 60 KB (public), 250 KB (desk) or 550 KB (with a map). What is not spent here is
// left for the HTML and the photos' thumbnails.
function holdBudgets(sizes) {
  const desk = ["desk.css", "desk.js"];
  const map = ["map.css", "map.js", "map/draw.js", "map-worker.js"];
  const budgets = [
    ["public page", 24, ["public.css", "public.js", "outbox.js"]],
    ["desk page", 235, [...desk, "chart.js", "chart/draw.js"]],
    ["desk page with a map", 520, [...desk, ...map]],
  ];
  for (const [page, limit, files] of budgets) {
    const bytes = files.reduce((sum, name) => sum + sizes[name], 0);
    console.log(`${page}: ${kilobytes(bytes)} of ${limit} KB`);
    if (bytes <= limit * 1024) continue;
    console.error(`${page} is over its budget: ${files.join(", ")}`);
    process.exitCode = 1;
  }
}

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1).padStart(6)} KB`;
}
