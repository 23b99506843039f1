// The data_visualization block: bar, line, area and pie as SVG that says its facts aloud.
/** @import { ChartBlock, ChartFacts, Datum } from "./types.js" */
import { h, svg } from "./dom.js";
import { icon } from "./icons.js";
import { drawAxes, drawPie, shown } from "./drawing.js";

/** @type {Record<string, string>} */
const KINDS = { bar: "Bar", line: "Line", area: "Area", pie: "Pie" };

/**
 * A figure with title, drawing and legend; null for a type of chart that Slack does not have.
 * @param {ChartBlock} block
 */
export function chart({ title, chart: facts }) {
  const kind = KINDS[facts.type];
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

/** @param {Datum[]} segments */
const total = (segments) => segments.reduce((sum, { value }) => sum + value, 0);
/** @param {number} value @param {number} whole */
const share = (value, whole) => `${Math.round((100 * value) / whole)} %`;

/** @param {ChartFacts} facts */
const pieText = ({ segments }) =>
  segments.map(({ label, value }) => `${label}: ${shown(value)} (${share(value, total(segments))})`).join(", ");

/** @param {ChartFacts} facts */
const axesText = ({ series }) =>
  series.map(({ name, data }) => `${name}: ${data.map(({ label, value }) => `${label} ${shown(value)}`).join(", ")}`).join(". ");

/** @param {ChartFacts} facts @returns {[string, string][]} */
const pieKeys = ({ segments }) =>
  segments.map(({ label, value }) => [label, `${shown(value)} · ${share(value, total(segments))}`]);

/** @param {ChartFacts} facts @returns {[string][]} */
const seriesKeys = ({ series }) => (series.length > 1 ? series.map(({ name }) => [name]) : []);

// Hidden from screen readers: the drawing's own label says the same.
/** @param {[string, string?][]} keys */
const legend = (keys) =>
  keys.length > 0 &&
  h(
    "ul",
    { class: "legend", "aria-hidden": "true" },
    keys.map(([label, detail], index) =>
      h("li", null, h("span", { class: `swatch series-${index % 12}` }), label, detail && h("span", { class: "detail" }, detail)),
    ),
  );
