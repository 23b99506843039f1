// What went wrong, in bars that stay until dismissed.
/** @import { Entry, Notice, Store } from "./types.js" */
import { find, h, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { dismiss } from "./store.js";

const bars = find("#notices", HTMLElement);

/** @param {Store} store */
export function renderNotices({ state, problems, trouble }) {
  const lost = trouble ? [{ id: "trouble", text: trouble, fixed: true }] : [];
  const notices = [...lost, ...(state?.notices ?? []), ...problems];
  // While a modal is open everything under it is out of reach, so its bars stand inside it.
  const inside = document.querySelector("#modal-notices");
  reconcile(inside ?? bars, notices.map(entry));
  if (inside) reconcile(bars, []);
}

/** @type {(notice: Notice) => Entry} */
const entry = ({ id, text, fixed }) => ({
  key: `notice ${id}`,
  signature: text,
  build: () =>
    h(
      "div",
      { class: "notice", role: "alert" },
      icon("warning"),
      h("span", null, text),
      !fixed && h("button", { type: "button", class: "plain", "aria-label": "Dismiss", onclick: () => dismiss(id) }, icon("close")),
    ),
});
