import { h } from "./dom.js";
import { icon } from "./icons.js";
import { plainText } from "./mrkdwn.js";
import { float } from "./popup.js";

/** The "⋯" menu. onchoose(option) is called with the option chosen. */
export function overflowMenu(element, { focusKey, onchoose }) {
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
      h("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => (close(), onchoose(option)) }, plainText(option.text)),
    ),
  );
  const items = [...menu.children];

  function open() {
    hide = float(menu, button);
    button.setAttribute("aria-expanded", "true");
    items[0].focus();
  }

  function close() {
    hide?.();
    hide = null;
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }

  button.addEventListener("click", () => (hide ? close() : open()));
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const root = h("div", { class: "overflow-root" }, button, menu);
  root.addEventListener("focusout", (event) => {
    if (hide && !root.contains(event.relatedTarget)) {
      hide();
      hide = null;
      button.setAttribute("aria-expanded", "false");
    }
  });
  return root;
}
