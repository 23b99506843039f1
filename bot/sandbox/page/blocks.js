// Block Kit blocks as DOM nodes.
/** @import { Block, BlockElement, ImageBlock, RichBlock, Surface, TableBlock, ChartBlock, TextObject } from "./types.js" */
import { chart } from "./charts.js";
import { h, newId } from "./dom.js";
import { imageBox, renderElement } from "./elements.js";
import { icon } from "./icons.js";
import { plainText, textNodes } from "./mrkdwn.js";
import { markdown, richText } from "./richtext.js";
import { dataTable, table } from "./tables.js";
import { unknown } from "./unknown.js";
import { say } from "./words.js";

/** @typedef {TextObject | { alt_text: string }} ContextElement */

/** @param {string} type */
const unknownPart = (type) => unknown("rich text part", type);
/** @param {TextObject} object */
const prose = (object) => h("div", { class: "prose" }, textNodes(object));

/** @type {Record<string, (block: any, surface: Surface) => Node>} */
const RENDERERS = {
  header: (/** @type {Block} */ block) => h("h3", { class: "block-header" }, plainText(block.text)),
  divider: () => h("hr"),
  section,
  context: (/** @type {{ elements: ContextElement[] }} */ block) => h("div", { class: "block-context" }, block.elements.map(contextElement)),
  actions,
  input,
  image: (/** @type {ImageBlock} */ block) =>
    h("figure", { class: "block-image" }, block.title && h("figcaption", null, plainText(block.title)), imageBox(block)),
  rich_text: (/** @type {RichBlock} */ block) => h("div", { class: "rich-text" }, richText(block, unknownPart)),
  markdown: (/** @type {{ text: string }} */ block) => h("div", { class: "markdown" }, markdown(block.text)),
  table: (/** @type {TableBlock} */ block) => table(block, unknownPart),
  data_table: (/** @type {TableBlock} */ block) => dataTable(block, unknownPart),
  data_visualization: (/** @type {ChartBlock} */ block) => chart(block) ?? unknown("chart", block.chart.type),
};

/**
 * A malformed block is shown as an error, since one bad block must not hide the message around it.
 * @param {Block} block @param {Surface} surface
 */
export function renderBlock(block, surface) {
  const render = RENDERERS[block.type];
  if (!render) return unknown("block", block.type);
  try {
    return render(block, surface);
  } catch (error) {
    console.error(error, block);
    return unknown("malformed block", block.type);
  }
}

/**
 * Blocks whose block_id the app left out get one, as Slack does, so that state has a key.
 * @param {Block[]} blocks @returns {Block[]}
 */
export const named = (blocks) => blocks.map((block, index) => (block.block_id ? block : { ...block, block_id: `block-${index}` }));

/** @param {Block} block @param {Surface} surface */
function section(block, surface) {
  const fields = block.fields?.length && h("div", { class: "fields" }, block.fields.map(prose));
  const text = h("div", { class: "section-text" }, block.text && prose(block.text), fields);
  if (!block.accessory) return h("div", { class: "block-section" }, text);
  const accessory = h("div", { class: "accessory" }, renderElement(block.accessory, block, surface));
  return h("div", { class: "block-section" }, text, accessory);
}

/** @param {ContextElement} element */
const contextElement = (element) => ("alt_text" in element ? imageBox(element) : prose(element));

/** @param {BlockElement[]} elements */
const isScale = (elements) =>
  elements.length > 2 && elements.every((element) => element.type === "button" && element.text.text.length <= 2);

// Short buttons side by side, such as 0 to 10, get one width so that they read as a scale.
/** @param {Block} block @param {Surface} surface */
function actions(block, surface) {
  const kind = isScale(block.elements) ? "block-actions scale" : "block-actions";
  return h("div", { class: kind }, block.elements.map((element) => renderElement(element, block, surface)));
}

/** @param {Block} block @param {Surface} surface */
function input(block, surface) {
  const [id, name, hint, error] = ["field", "name", "hint", "error"].map((part) => newId(part));
  const problem = surface.errors?.[block.block_id];
  const described = [block.hint && hint, problem && error].filter(Boolean).join(" ");
  const aria = {
    id,
    "aria-labelledby": name,
    "aria-describedby": described || null,
    "aria-invalid": problem ? "true" : null,
    "aria-required": block.optional ? null : "true",
  };
  return h(
    "div",
    { class: `block-input${problem ? " invalid" : ""}` },
    h("label", { for: id }, h("span", { id: name }, plainText(block.label)), block.optional && h("span", { class: "optional" }, ` ${say("(optional)")}`)),
    renderElement(block.element, block, surface, aria),
    problem && h("div", { class: "error", id: error }, icon("warning"), problem),
    block.hint && h("div", { class: "hint", id: hint }, plainText(block.hint)),
  );
}
