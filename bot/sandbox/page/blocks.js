// Block Kit blocks as DOM nodes.
import { chart } from "./charts.js";
import { h, newId } from "./dom.js";
import { imageBox, renderElement } from "./elements.js";
import { icon } from "./icons.js";
import { plainText, textNodes } from "./mrkdwn.js";
import { markdown, richText } from "./richtext.js";
import { dataTable, table } from "./tables.js";
import { unknown } from "./unknown.js";
import { say } from "./words.js";

const unknownPart = (type) => unknown("rich text part", type);
const prose = (object) => h("div", { class: "prose" }, textNodes(object));

const RENDERERS = {
  header: (block) => h("h3", { class: "block-header" }, plainText(block.text)),
  divider: () => h("hr"),
  section,
  context: (block) => h("div", { class: "block-context" }, block.elements.map(contextElement)),
  actions,
  input,
  image: (block) =>
    h("figure", { class: "block-image" }, block.title && h("figcaption", null, plainText(block.title)), imageBox(block)),
  rich_text: (block) => h("div", { class: "rich-text" }, richText(block, unknownPart)),
  markdown: (block) => h("div", { class: "markdown" }, markdown(block.text)),
  table: (block) => table(block, unknownPart),
  data_table: (block) => dataTable(block, unknownPart),
  data_visualization: (block) => chart(block) ?? unknown("chart", block.chart?.type),
};

/**
 * surface: {key, form, errors, act(block, element, chosen)}. A malformed block is shown as an error,
 * since one bad block must not hide the message around it.
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

/** Blocks whose block_id the app left out get one, as Slack does, so that state has a key. */
export const named = (blocks) => blocks.map((block, index) => (block.block_id ? block : { ...block, block_id: `block-${index}` }));

function section(block, surface) {
  const fields = block.fields?.length && h("div", { class: "fields" }, block.fields.map(prose));
  const text = h("div", { class: "section-text" }, block.text && prose(block.text), fields);
  if (!block.accessory) return h("div", { class: "block-section" }, text);
  const accessory = h("div", { class: "accessory" }, renderElement(block.accessory, block, surface));
  return h("div", { class: "block-section" }, text, accessory);
}

const contextElement = (element) => (element.type === "image" ? imageBox(element) : h("div", { class: "prose" }, textNodes(element)));

const isScale = (elements) =>
  elements.length > 2 && elements.every((element) => element.type === "button" && element.text.text.length <= 2);

// Short buttons side by side, such as 0 to 10, get one width so that they read as a scale.
function actions(block, surface) {
  const kind = isScale(block.elements) ? "block-actions scale" : "block-actions";
  return h("div", { class: kind }, block.elements.map((element) => renderElement(element, block, surface)));
}

function input(block, surface) {
  const [id, name, hint, error] = ["field", "name", "hint", "error"].map(newId);
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
