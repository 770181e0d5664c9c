import assert from "node:assert/strict";
import { test } from "node:test";
import { chartOption, type Figures } from "../chart/option";

const figures: Figures = {
  kind: "line",
  along: ["1月", "2月", "3月"],
  unit: "件",
  series: [
    { name: "今年", role: "subject", values: [3, null, 5] },
    { name: "去年", role: "before", values: [2, 4, 4] },
  ],
};
interface Line { data: unknown[]; connectNulls: boolean; lineStyle: { color: string; type: string }; endLabel: { formatter(): string } }
const drawn = chartOption(figures, (token) => `<${token}>`) as { animation: boolean; legend?: unknown; tooltip?: unknown; yAxis: { min: number }; series: Line[] };

test("nothing moves, and nothing is said only by pointing", () => {
  assert.equal(drawn.animation, false);
  assert.equal(drawn.legend, undefined);
  assert.equal(drawn.tooltip, undefined);
});

test("amounts start at nought", () => {
  assert.equal(drawn.yAxis.min, 0);
});

test("a month without data is a gap, not a nought", () => {
  assert.deepEqual(drawn.series[0]?.data, [3, null, 5]);
  assert.equal(drawn.series[0]?.connectNulls, false);
});

test("last year is dashed, and every line is named at its end", () => {
  assert.deepEqual(drawn.series.map((line) => line.lineStyle.type), ["solid", "dashed"]);
  assert.deepEqual(drawn.series.map((line) => line.endLabel.formatter()), ["今年", "去年"]);
  assert.equal(drawn.series[0]?.lineStyle.color, "<chart-subject>");
});
