// The fields a person fills by typing or ticking.
/** @import { Attributes, Binding, BlockElement, Child, Entered, Option } from "./types.js" */
import { h, newId } from "./dom.js";
import { plainText, textNodes } from "./mrkdwn.js";
import { say } from "./words.js";

const LONGEST = 3000;

/** @typedef {(element: BlockElement, binding: Binding) => Child} Input */

/**
 * @param {string} type @param {(element: BlockElement) => Attributes} extra
 * @returns {Input}
 */
function textInput(type, extra = () => ({})) {
  return (element, { value, aria, focusKey, onchange, onenter }) => {
    /** @type {HTMLInputElement | HTMLTextAreaElement} */
    const field = h(element.multiline ? "textarea" : "input", {
      type: element.multiline ? null : type,
      rows: element.multiline ? 4 : null,
      class: "field",
      placeholder: element.placeholder && plainText(element.placeholder),
      "data-focus": focusKey,
      oninput: () => onchange(field.value || null),
      onkeydown: (event) => {
        if (event.key === "Enter" && !element.multiline) onenter?.();
      },
      ...extra(element),
      ...aria,
    });
    field.value = typeof value === "string" ? value : "";
    return element.max_length ? [field, counter(field, element.max_length)] : field;
  };
}

const NEARLY_FULL = 0.8;

/** @param {HTMLInputElement | HTMLTextAreaElement} field @param {number} limit */
function counter(field, limit) {
  const left = h("span", { class: "counter", "aria-live": "polite" });
  const show = () => {
    left.textContent = field.value.length > limit * NEARLY_FULL ? say("{n} left", { n: limit - field.value.length }) : "";
  };
  field.addEventListener("input", show);
  show();
  return left;
}

/** @param {BlockElement} element */
const lengths = (element) => ({ maxlength: element.max_length ?? LONGEST });

const numberInput = textInput("number", (element) => ({
  min: element.min_value,
  max: element.max_value,
  step: element.is_decimal_allowed ? "any" : "1",
  inputmode: element.is_decimal_allowed ? "decimal" : "numeric",
}));

/**
 * Radio buttons and checkboxes: one group, each option with its own description.
 * @param {"radio" | "checkbox"} type
 * @param {(chosen: Option[], option: Option, ticked: boolean) => Option | Option[]} toggled
 * @returns {Input}
 */
function choices(type, toggled) {
  return (element, { value, aria, focusKey, onchange }) => {
    const name = newId("choice");
    let chosen = optionsIn(value);
    const rows = element.options.map((option) => {
      const box = h("input", { type, name, checked: chosen.some((one) => one.value === option.value), "data-focus": `${focusKey} ${option.value}` });
      box.addEventListener("change", () => {
        const now = toggled(chosen, option, box.checked);
        chosen = optionsIn(now);
        onchange(now);
      });
      const description = option.description && h("span", { class: "detail" }, textNodes(option.description));
      return h("label", { class: "choice" }, box, h("span", null, textNodes(option.text), description));
    });
    return h("div", { class: "choices", role: type === "radio" ? "radiogroup" : "group", ...aria }, rows);
  };
}

/** @param {Entered} value */
const optionsIn = (value) => [value].flat().filter((one) => typeof one === "object" && one !== null);

/** @param {Option[]} options @param {Option} option */
const without = (options, option) => options.filter((one) => one.value !== option.value);

/** @type {Record<string, Input>} */
export const INPUTS = {
  plain_text_input: textInput("text", lengths),
  email_text_input: textInput("email"),
  url_text_input: textInput("url"),
  number_input: numberInput,
  datepicker: textInput("date"),
  timepicker: textInput("time"),
  radio_buttons: choices("radio", (_, option) => option),
  checkboxes: choices("checkbox", (chosen, option, ticked) =>
    ticked ? [...without(chosen, option), option] : without(chosen, option),
  ),
};
