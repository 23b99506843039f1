// The table and data_table blocks.
/** @import { Child, TableBlock, TableCell, Unknown } from "./types.js" */
import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { richText } from "./richtext.js";
import { say } from "./words.js";

/** @param {TableCell} cell @param {Unknown} unknown @returns {Child} */
const content = (cell, unknown) => {
  if (cell.type === "rich_text") return richText(cell, unknown);
  if (cell.type === "raw_number") return cell.text ?? String(cell.value);
  return cell.type === "raw_text" ? withEmoji(cell.text ?? "") : unknown(cell.type);
};

/** @param {TableCell | undefined} cell */
const isNumeric = (cell) => cell?.type === "raw_number" || /^[+−-]?[\d\s.,]+ ?%?$/.test(cell?.text ?? "");

/**
 * One alignment a column, so that a heading stands over its numbers.
 * @param {TableCell[][]} rows @param {TableBlock["column_settings"]} [settings]
 */
const alignments = ([head, first], settings = []) =>
  head.map((_, index) => settings[index]?.align ?? (isNumeric(first?.[index]) ? "right" : "left"));

/** @param {TableCell[]} cells @param {"td" | "th"} tag @param {Unknown} unknown @param {string[]} aligned @param {number} heading */
function row(cells, tag, unknown, aligned, heading = -1) {
  return h(
    "tr",
    null,
    cells.map((cell, index) => {
      const name = index === heading ? "th" : tag;
      const scope = name === "th" ? (tag === "th" ? "col" : "row") : null;
      return h(name, { class: `align-${aligned[index] ?? "left"}`, scope }, content(cell, unknown));
    }),
  );
}

/** @param {string | null | undefined} caption @param {Child} head @param {Child} body */
const frame = (caption, head, body) =>
  h("div", { class: "table-frame", tabindex: "0", role: "group", "aria-label": caption ?? "Table" }, h("table", null, head, body));

/** @param {TableBlock} block @param {Unknown} unknown */
export function table({ rows, column_settings: settings }, unknown) {
  const [head, ...rest] = rows;
  const aligned = alignments(rows, settings);
  return frame(
    null,
    h("thead", null, row(head, "th", unknown, aligned)),
    h("tbody", null, rest.map((cells) => row(cells, "td", unknown, aligned))),
  );
}

/** @param {TableBlock} block @param {Unknown} unknown */
export function dataTable({ rows, caption, page_size: size = 5, row_header_column_index: heading = 0 }, unknown) {
  const [head, ...rest] = rows;
  const aligned = alignments(rows);
  const pages = Math.ceil(rest.length / size);
  const body = h("tbody");
  const where = h("span", { "aria-live": "polite" });
  let page = 0;
  /** @param {number} step */
  const turn = (step) => {
    page = Math.max(0, Math.min(pages - 1, page + step));
    body.replaceChildren(...rest.slice(page * size, (page + 1) * size).map((cells) => row(cells, "td", unknown, aligned, heading)));
    where.textContent = say("Page {n} of {of}", { n: page + 1, of: pages });
  };
  const pager = h(
    "div",
    { class: "pager" },
    h("button", { type: "button", class: "button", onclick: () => turn(-1) }, say("Previous")),
    where,
    h("button", { type: "button", class: "button", onclick: () => turn(1) }, say("Next")),
  );
  turn(0);
  return h(
    "figure",
    { class: "data-table" },
    caption && h("figcaption", null, caption),
    frame(caption, h("thead", null, row(head, "th", unknown, aligned)), body),
    pages > 1 && pager,
  );
}
