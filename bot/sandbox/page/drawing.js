// The geometry of the charts. Colours come from the style sheet: class "series-N".
/** @import { Child, ChartFacts } from "./types.js" */
import { filled, svg } from "./dom.js";

const HEIGHT = 220;
const LETTER = 6.4; // px, the width of an average letter at the charts' size
const BAR_MAX = 64;

/**
 * @typedef {{ left: number, right: number, top: number, bottom: number, step: number }} Plot in pixels
 * @typedef {{ x(index: number): number, y(value: number): number, plot: Plot }} Axes
 */

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** @param {number} value */
export const shown = (value) => number.format(value).replace("-", "−");

/** @param {Element} canvas @param {ChartFacts} facts @param {number} width */
export function drawAxes(canvas, { type, series, axis_config: axis }, width) {
  const values = series.flatMap(({ data }) => data.map(({ value }) => value));
  const ticks = ticksFor(Math.min(0, ...values), Math.max(0, ...values), values.every(Number.isInteger));
  const left = 14 + LETTER * Math.max(...ticks.map((tick) => shown(tick).length)) + (axis.y_label ? 18 : 0);
  const bottom = 28 + (axis.x_label ? 18 : 0);
  const plot = { left, right: width - 8, top: 18, bottom: HEIGHT - bottom, step: (width - 8 - left) / axis.categories.length };
  const [low, high] = [Math.min(...ticks), Math.max(...ticks)];
  /** @param {number} value */
  const y = (value) => plot.bottom - ((value - low) / (high - low)) * (plot.bottom - plot.top);
  /** @param {number} index */
  const x = (index) => plot.left + plot.step * (index + 0.5);
  const rows = series.map(({ data }) => axis.categories.map((name) => data.find(({ label }) => label === name)?.value ?? 0));
  const draw = type === "bar" ? bars : type === "area" ? areas : lines;
  show(canvas, width, [
    ticks.map((tick) => gridLine(tick, y(tick), plot)),
    draw(rows, { x, y, plot }),
    axis.categories.map((name, index) => categoryName(name, x(index), plot)),
    axis.x_label && text(axis.x_label, (plot.left + plot.right) / 2, HEIGHT - 4, "axis-name"),
    axis.y_label && text(axis.y_label, 0, 0, "axis-name", { transform: `translate(12 ${(plot.top + plot.bottom) / 2}) rotate(-90)` }),
  ]);
}

/** @param {Element} canvas @param {number} width @param {Child[]} nodes */
function show(canvas, width, nodes) {
  canvas.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  canvas.setAttribute("height", String(HEIGHT));
  canvas.replaceChildren(...filled(nodes));
}

/** @param {Child} words @param {number} x @param {number} y @param {string} kind @param {{ transform: string }} [more] */
const text = (words, x, y, kind, more) => svg("text", { class: kind, x, y, ...more }, words);

/**
 * About four round steps that hold both ends, e.g. 0, 5, 10, 15, 20; whole steps where the values are whole.
 * @param {number} low @param {number} high @param {boolean} whole
 */
function ticksFor(low, high, whole) {
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const steps = [1, 2, 2.5, 5, 10, 100].map((factor) => factor * power);
  const step = steps.find((candidate) => candidate >= rough && (!whole || Number.isInteger(candidate))) ?? 100 * power;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** @param {number} tick @param {number} y @param {Plot} plot */
const gridLine = (tick, y, plot) => [
  svg("line", { class: tick === 0 ? "grid zero" : "grid", x1: plot.left, x2: plot.right, y1: y, y2: y }),
  text(shown(tick), plot.left - 8, y + 4, "tick"),
];

/** @param {string} name @param {number} x @param {Plot} plot */
function categoryName(name, x, plot) {
  const room = Math.max(1, Math.floor(plot.step / LETTER));
  const short = name.length > room ? `${name.slice(0, Math.max(1, room - 1))}…` : name;
  return text([short, svg("title", null, name)], x, plot.bottom + 18, "category");
}

/** @param {number[][]} rows @param {Axes} axes */
function bars(rows, { x, y, plot }) {
  const wide = Math.min(BAR_MAX, (plot.step * 0.7) / rows.length);
  return rows.map((row, series) =>
    row.map((value, index) => {
      const left = x(index) + wide * (series - rows.length / 2);
      const [top, foot] = [Math.min(y(value), y(0)), Math.max(y(value), y(0))];
      const size = { x: left + 1, y: top, width: Math.max(1, wide - 2), height: Math.max(1, foot - top), rx: 3 };
      const label = wide > LETTER * shown(value).length && text(shown(value), left + wide / 2, value < 0 ? foot + 13 : top - 5, "value");
      return [svg("rect", { class: `mark series-${series % 12}`, ...size }), label];
    }),
  );
}

/** @typedef {[x: number, y: number]} Point */
/** @type {(x: number, y: number) => Point} */
const point = (x, y) => [x, y];

/** @param {Point[]} points */
const path = (points) => points.map(([x, y], index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** @param {number[][]} rows @param {Axes} axes */
function lines(rows, { x, y, plot }) {
  return rows.map((row, series) => {
    const points = row.map((value, index) => point(x(index), y(value)));
    const labelled = rows.length === 1 && plot.step > 34;
    return [
      svg("path", { class: `line series-${series % 12}`, d: path(points) }),
      points.map(([cx, cy], index) => [
        svg("circle", { class: `dot series-${series % 12}`, cx, cy, r: 3.5 }),
        labelled && text(shown(row[index]), cx, cy - 9, "value"),
      ]),
    ];
  });
}

/** @param {number[][]} rows @param {Axes} at */
function areas(rows, at) {
  const fills = rows.map((row, series) => {
    const points = row.map((value, index) => point(at.x(index), at.y(value)));
    const closed = [...points, point(at.x(row.length - 1), at.y(0)), point(at.x(0), at.y(0))];
    return svg("path", { class: `area series-${series % 12}`, d: `${path(closed)}Z` });
  });
  return [fills, lines(rows, at)];
}

/** @param {Element} canvas @param {ChartFacts} facts @param {number} width */
export function drawPie(canvas, { segments }, width) {
  const whole = segments.reduce((sum, { value }) => sum + value, 0);
  const [cx, cy, radius] = [width / 2, HEIGHT / 2, Math.min(width, HEIGHT) / 2 - 6];
  let from = 0;
  const slices = segments.map(({ label, value }, index) => {
    const to = from + value / whole;
    const slice = svg("path", { class: `slice series-${index % 12}`, d: sector(cx, cy, radius, from, to) }, svg("title", null, `${label}: ${shown(value)}`));
    from = to;
    return slice;
  });
  show(canvas, width, slices);
}

/** @param {number} cx @param {number} cy @param {number} radius @param {number} from @param {number} to */
function sector(cx, cy, radius, from, to) {
  if (to - from > 0.9999) {
    const ring = `a${radius} ${radius} 0 1 0 `;
    return `M${cx} ${cy - radius}${ring}0 ${2 * radius}${ring}0 ${-2 * radius}Z`;
  }
  /** @param {number} turn */
  const edge = (turn) => {
    const angle = 2 * Math.PI * turn - Math.PI / 2;
    return `${(cx + radius * Math.cos(angle)).toFixed(2)} ${(cy + radius * Math.sin(angle)).toFixed(2)}`;
  };
  return `M${cx} ${cy}L${edge(from)}A${radius} ${radius} 0 ${to - from > 0.5 ? 1 : 0} 1 ${edge(to)}Z`;
}
