/** @import { BlockElement, Option } from "./types.js" */
import { childrenOf, h } from "./dom.js";
import { icon } from "./icons.js";
import { placeOf, stepOf } from "./keys.js";
import { plainText } from "./mrkdwn.js";
import { float } from "./popup.js";

/**
 * The "⋯" menu.
 * @param {BlockElement} element
 * @param {{ focusKey: string, onchoose(option: Option): void }} use
 */
export function overflowMenu(element, { focusKey, onchoose }) {
  /** @type {(() => void) | null} */
  let hide = null;
  const button = h(
    "button",
    { type: "button", class: "button overflow", "aria-label": "More actions", "aria-haspopup": "menu", "aria-expanded": "false", "data-focus": focusKey },
    icon("more"),
  );
  const menu = h(
    "div",
    { class: "popup menu", role: "menu", popover: "manual" },
    element.options.map((option) =>
      h("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => choose(option) }, plainText(option.text)),
    ),
  );
  const items = childrenOf(menu);

  /** @param {Option} option */
  function choose(option) {
    close();
    onchoose(option);
  }

  function open() {
    hide = float(menu, button);
    button.setAttribute("aria-expanded", "true");
    items[0]?.focus();
  }

  function close() {
    hide?.();
    hide = null;
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }

  button.addEventListener("click", () => (hide ? close() : open()));
  menu.addEventListener("keydown", (event) => {
    const step = stepOf(event);
    if (step) items.at((placeOf(items, document.activeElement) + step) % items.length)?.focus();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const root = h("div", { class: "overflow-root" }, button, menu);
  root.addEventListener("focusout", (event) => {
    if (hide && !(event.relatedTarget instanceof Node && root.contains(event.relatedTarget))) {
      hide();
      hide = null;
      button.setAttribute("aria-expanded", "false");
    }
  });
  return root;
}
