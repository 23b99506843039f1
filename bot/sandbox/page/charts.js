// The data_visualization block: bar, line, area and pie as SVG that says its facts aloud.
import { h, svg } from "./dom.js";
import { icon } from "./icons.js";
import { drawAxes, drawPie, shown } from "./drawing.js";

/** A figure with title, drawing and legend; null for a type of chart that Slack does not have. */
export function chart({ title, chart: facts }) {
  const kind = { bar: "Bar", line: "Line", area: "Area", pie: "Pie" }[facts.type];
  if (!kind) return null;
  const pie = facts.type === "pie";
  const canvas = svg("svg", { role: "img", "aria-label": `${kind} chart. ${title}. ${pie ? pieText(facts) : axesText(facts)}` });
  const frame = h("div", { class: "canvas" }, canvas);
  let drawn = 0;
  // Drawn at the width it really has, so that its letters stay as large as the page's.
  new ResizeObserver(([{ contentRect }]) => {
    const width = Math.round(contentRect.width);
    if (width < 1 || width === drawn) return;
    drawn = width;
    (pie ? drawPie : drawAxes)(canvas, facts, width);
  }).observe(frame);
  const body = h("div", { class: `chart-body chart-${facts.type}` }, frame, legend(pie ? pieKeys(facts) : seriesKeys(facts)));
  return h("figure", { class: "chart" }, h("figcaption", null, icon("gauge"), title), body);
}

const total = (segments) => segments.reduce((sum, { value }) => sum + value, 0);
const share = (value, whole) => `${Math.round((100 * value) / whole)} %`;

const pieText = ({ segments }) =>
  segments.map(({ label, value }) => `${label}: ${shown(value)} (${share(value, total(segments))})`).join(", ");

const axesText = ({ series }) =>
  series.map(({ name, data }) => `${name}: ${data.map(({ label, value }) => `${label} ${shown(value)}`).join(", ")}`).join(". ");

const pieKeys = ({ segments }) =>
  segments.map(({ label, value }) => [label, `${shown(value)} · ${share(value, total(segments))}`]);

const seriesKeys = ({ series }) => (series.length > 1 ? series.map(({ name }) => [name]) : []);

// Hidden from screen readers: the drawing's own label says the same.
const legend = (keys) =>
  keys.length > 0 &&
  h(
    "ul",
    { class: "legend", "aria-hidden": "true" },
    keys.map(([label, detail], index) =>
      h("li", null, h("span", { class: `swatch series-${index % 12}` }), label, detail && h("span", { class: "detail" }, detail)),
    ),
  );
