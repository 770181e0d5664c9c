// From figures to a drawing: one subject, last year dashed, peers grey, words on the line's end, no
// legend, no second axis, no motion; an axis of amounts starts at 0.
import type { EChartsCoreOption } from "echarts/core";

export type Role = "subject" | "before" | "peer" | "plan";

export interface Figures {
  kind: "line" | "bar";
  /** What stands under the axis, such as months or town names. */
  along: string[];
  unit: string;
  series: { name: string; role: Role; values: (number | null)[] }[];
}

export type Colour = (token: string) => string;

export function chartOption(figures: Figures, colour: Colour): EChartsCoreOption {
  const words = { color: colour("text-3"), fontFamily: colour("font"), fontSize: 12 };
  return {
    animation: false,
    grid: { left: 8, right: figures.kind === "line" ? 72 : 24, top: 28, bottom: 8, containLabel: true },
    xAxis: {
      type: "category",
      boundaryGap: figures.kind === "bar",
      data: figures.along,
      axisLabel: words,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("rule-strong") } },
    },
    yAxis: {
      type: "value",
      name: figures.unit,
      nameTextStyle: { ...words, align: "left" },
      min: 0,
      axisLabel: words,
      splitLine: { lineStyle: { color: colour("chart-grid") } },
    },
    series: figures.series.map((series) => ({
      type: figures.kind,
      name: series.name,
      data: series.values,
      silent: true,
      ...(figures.kind === "line" ? lineLook(series.role, series.name, colour) : barLook(series.role, colour)),
    })),
  };
}

function lineLook(role: Role, name: string, colour: Colour): object {
  const subject = role === "subject";
  const shade = colour(`chart-${role}`);
  return {
    symbol: subject ? "circle" : "none",
    symbolSize: 5,
    connectNulls: false,
    z: subject ? 3 : 2,
    lineStyle: { color: shade, width: subject ? 2.4 : 1.6, type: role === "before" || role === "plan" ? "dashed" : "solid" },
    itemStyle: { color: shade },
    endLabel: {
      show: true,
      formatter: () => name,
      color: subject ? shade : colour("text-3"),
      fontFamily: colour("font"),
      fontSize: 12,
      fontWeight: subject ? 700 : 400,
    },
  };
}

function barLook(role: Role, colour: Colour): object {
  return {
    barMaxWidth: 28,
    itemStyle: role === "plan" ? { color: "transparent", borderColor: colour("chart-plan") } : { color: colour(`chart-${role}`) },
    label: { show: role === "subject", position: "top", color: colour("text-2"), fontFamily: colour("font"), fontSize: 12 },
  };
}
