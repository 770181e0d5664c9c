// On a canvas: the drawing of SVG would write style attributes, which the page's policy forbids.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { chartOption, type Figures } from "./option";

use([BarChart, LineChart, GridComponent, CanvasRenderer]);

export async function drawChart(box: HTMLElement): Promise<void> {
  const answer = await fetch(box.dataset["src"] ?? "", { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const figures = (await answer.json()) as Figures;
  const style = getComputedStyle(box);
  const chart = init(box, null, { renderer: "canvas" });
  chart.setOption(chartOption(figures, (token) => style.getPropertyValue(`--${token}`).trim()));
  new ResizeObserver(() => chart.resize()).observe(box);
}
