// Two kept runs of the screens beside each other: how the second stands to the first.
import { readFileSync } from "node:fs";

const [before, after] = process.argv.slice(2).map((path) => {
  if (!path) throw new Error("make bench-compare A=<kept run> B=<kept run>");
  return JSON.parse(readFileSync(path, "utf8"));
});
if (!before || !after) throw new Error("make bench-compare A=<kept run> B=<kept run>");

const rows = new Map(before.rows.map((row) => [row.screen, row]));
console.log(`p95 in milliseconds: ${before.commit} (${before.matters}) and ${after.commit} (${after.matters})`);
for (const row of after.rows) {
  const was = rows.get(row.screen);
  const ratio = was ? `${(row.p95_ms / was.p95_ms).toFixed(2)} times` : "new";
  const figures = [was?.p95_ms.toFixed(1) ?? "", row.p95_ms.toFixed(1)].map((text) => text.padStart(8));
  console.log(`${figures.join("")}  ${ratio.padStart(12)}  ${row.screen}`);
}
