// The fields a person fills by typing or ticking.
import { h, newId } from "./dom.js";
import { plainText, textNodes } from "./mrkdwn.js";
import { say } from "./words.js";

const LONGEST = 3000;

/** Each input takes (element, {value, aria, focusKey, onchange, onenter}) and answers a node. */
function textInput(type, extra = () => ({})) {
  return (element, { value, aria, focusKey, onchange, onenter }) => {
    const field = h(element.multiline ? "textarea" : "input", {
      type: element.multiline ? null : type,
      rows: element.multiline ? 4 : null,
      class: "field",
      placeholder: element.placeholder && plainText(element.placeholder),
      "data-focus": focusKey,
      oninput: () => onchange(field.value || null),
      onkeydown: (event) => event.key === "Enter" && !element.multiline && onenter?.(),
      ...extra(element),
      ...aria,
    });
    field.value = value ?? "";
    return element.max_length ? [field, counter(field, element.max_length)] : field;
  };
}

const NEARLY_FULL = 0.8;

function counter(field, limit) {
  const left = h("span", { class: "counter", "aria-live": "polite" });
  const show = () => {
    left.textContent = field.value.length > limit * NEARLY_FULL ? say("{n} left", { n: limit - field.value.length }) : "";
  };
  field.addEventListener("input", show);
  show();
  return left;
}

const lengths = (element) => ({ maxlength: element.max_length ?? LONGEST });

const numberInput = textInput("number", (element) => ({
  min: element.min_value,
  max: element.max_value,
  step: element.is_decimal_allowed ? "any" : "1",
  inputmode: element.is_decimal_allowed ? "decimal" : "numeric",
}));

/** Radio buttons and checkboxes: one group, each option with its own description. */
function choices(type, toggled) {
  return (element, { value, aria, focusKey, onchange }) => {
    const name = newId("choice");
    let chosen = value;
    const isChosen = (option) => [chosen].flat().some((one) => one?.value === option.value);
    const rows = element.options.map((option) => {
      const box = h("input", { type, name, checked: isChosen(option), "data-focus": `${focusKey} ${option.value}` });
      box.addEventListener("change", () => {
        chosen = toggled(chosen, option, box.checked);
        onchange(chosen);
      });
      const description = option.description && h("span", { class: "detail" }, textNodes(option.description));
      return h("label", { class: "choice" }, box, h("span", null, textNodes(option.text), description));
    });
    return h("div", { class: "choices", role: type === "radio" ? "radiogroup" : "group", ...aria }, rows);
  };
}

const without = (options, option) => options.filter((one) => one.value !== option.value);

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
