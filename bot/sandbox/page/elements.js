// Block elements: what stands inside actions, section accessories and inputs.
/** @import { Attributes, Binding, Block, BlockElement, Child, Surface } from "./types.js" */
import { confirmed } from "./confirm.js";
import { h } from "./dom.js";
import { stateProperty } from "./form.js";
import { icon } from "./icons.js";
import { INPUTS } from "./inputs.js";
import { plainText } from "./mrkdwn.js";
import { overflowMenu } from "./overflow.js";
import { selectMenu } from "./selects.js";
import { unknown } from "./unknown.js";

const SELECT = /^(multi_)?(static|external|users|channels|conversations)_select$/;

/** @param {Block} block @param {BlockElement} element @param {Surface} surface */
const focusKeyOf = (block, element, surface) => `${surface.key} ${block.block_id} ${element.action_id}`;

/**
 * `surface` is the message or view that the element stands in; `aria` holds the attributes that name and describe it.
 * @param {BlockElement} element @param {Block} block @param {Surface} surface @param {Attributes} [aria]
 * @returns {Child}
 */
export function renderElement(element, block, surface, aria) {
  if (element.type === "button") return button(element, block, surface);
  if (element.type === "image") return imageBox(element);
  if (element.type === "overflow") {
    const focusKey = focusKeyOf(block, element, surface);
    return overflowMenu(element, { focusKey, onchoose: (option) => send(element, block, surface, { selected_option: option }) });
  }
  const render = SELECT.test(element.type) ? selectMenu : INPUTS[element.type];
  if (!render) return unknown("block element", element.type);
  return render(element, binding(element, block, surface, aria ?? { "aria-label": nameFor(element, block) }));
}

/** @param {BlockElement} element @param {Block} block */
const nameFor = (element, block) => plainText(element.placeholder ?? block.text) || element.action_id;

/** @param {BlockElement} element @param {Block} block @param {Surface} surface @param {Attributes} aria @returns {Binding} */
function binding(element, block, surface, aria) {
  const property = stateProperty(element) ?? "value";
  const announced = block.type !== "input" || block.dispatch_action;
  const announce = () => {
    if (announced) send(element, block, surface, { [property]: surface.form.get(block, element) });
  };
  return {
    value: surface.form.get(block, element),
    aria,
    focusKey: focusKeyOf(block, element, surface),
    onchange: (value) => {
      surface.form.set(block, element, value);
      if (property !== "value") announce();
    },
    onenter: announced ? announce : undefined,
    suggest: (query) => surface.suggest(element, query),
  };
}

/**
 * Asks first where the app wants it, then tells the app; `field` shows meanwhile that work is under way.
 * @param {BlockElement} element @param {Block} block @param {Surface} surface @param {object} chosen @param {HTMLElement} [field]
 */
async function send(element, block, surface, chosen, field) {
  if (element.confirm && !(await confirmed(element.confirm))) return;
  field?.setAttribute("aria-busy", "true");
  await surface.act(block, element, chosen);
  field?.removeAttribute("aria-busy");
}

/** @param {BlockElement} element @param {Block} block @param {Surface} surface */
function button(element, block, surface) {
  const node = h(
    element.url ? "a" : "button",
    {
      type: element.url ? null : "button",
      href: element.url && /^https?:/i.test(element.url) ? element.url : null,
      target: element.url ? "_blank" : null,
      rel: element.url ? "noopener noreferrer" : null,
      class: `button ${element.style ?? ""}`,
      "aria-label": element.accessibility_label,
      "data-focus": focusKeyOf(block, element, surface),
    },
    h("span", null, plainText(element.text)),
  );
  node.addEventListener("click", () => {
    if (node.getAttribute("aria-busy") === "true") return; // one tap is one tap
    send(element, block, surface, element.value === undefined ? {} : { value: element.value }, node);
  });
  return node;
}

/**
 * Pictures are named, not fetched: the page asks nothing of the network.
 * @param {{ alt_text: string }} image
 */
export const imageBox = ({ alt_text: text }) =>
  h("span", { class: "image-box", role: "img", "aria-label": text }, icon("image"), h("span", { "aria-hidden": "true" }, text));
