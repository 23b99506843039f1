// The modal on top of the stack.
/** @import { Block, Sentences, View } from "./types.js" */
import { named, renderBlock } from "./blocks.js";
import { find, h, keepingFocus, rememberFocus } from "./dom.js";
import { icon } from "./icons.js";
import { plainText } from "./mrkdwn.js";
import { act } from "./store.js";
import { surfaceFor } from "./surfaces.js";
import { say } from "./words.js";

const dialog = find("#modal", HTMLDialogElement);
const FIRST_FIELD = ".modal-body :is(input, textarea):not([type=hidden])";
const REFUSED = '[aria-invalid="true"]';

/** @param {string} selector @returns {HTMLElement | null} */
const firstOf = (selector) => dialog.querySelector(selector);

/** @type {View | null} */
let shown = null; // the view as drawn
/** @type {string | null} */
let signature = null;
/** @type {Sentences} */
let found = {}; // what this page refused itself
let busy = false;
let giveFocusBack = () => {};

/** @param {{ modals: View[] }} state */
export function renderModal({ modals }) {
  const view = modals.at(-1) ?? null;
  if (!view) return leave();
  const opened = view.id !== shown?.id;
  if (opened) found = {};
  const wanted = JSON.stringify([view, found, busy]);
  if (wanted === signature) return;
  signature = wanted;
  shown = view;
  if (!dialog.open) giveFocusBack = rememberFocus();
  const scroll = opened ? 0 : find(".modal-body", HTMLElement, dialog).scrollTop;
  keepingFocus(dialog, () => dialog.replaceChildren(sheet(view)));
  find(".modal-body", HTMLElement, dialog).scrollTop = scroll;
  if (!dialog.open) dialog.showModal();
  if (opened) (firstOf(FIRST_FIELD) ?? dialog).focus();
}

function leave() {
  if (!shown) return;
  shown = signature = null;
  dialog.close();
  dialog.replaceChildren();
  giveFocusBack();
}

/** @param {View} view */
function sheet(view) {
  const blocks = named(view.blocks);
  const surface = surfaceFor({ view_id: view.id }, blocks, { ...view.errors, ...found });
  dialog.setAttribute("aria-busy", String(busy));
  return h(
    "form",
    { novalidate: true, onsubmit: (event) => submit(event, view, blocks, surface.form) },
    h(
      "header",
      null,
      h("h2", { id: "modal-title" }, plainText(view.title)),
      h("button", { type: "button", class: "plain", "aria-label": "Close this window", "data-focus": "x", onclick: close }, icon("close")),
    ),
    h("div", { id: "modal-notices" }),
    h("div", { class: "modal-body" }, blocks.map((block) => renderBlock(block, surface))),
    h(
      "footer",
      null,
      h("button", { type: "button", class: "button", "data-focus": "close", "aria-disabled": busy ? "true" : null, onclick: close }, view.close ? plainText(view.close) : say("Close")),
      view.submit &&
        h("button", { type: "submit", class: "button primary", "data-focus": "submit", "aria-disabled": busy ? "true" : null, "aria-busy": busy ? "true" : null }, h("span", null, plainText(view.submit))),
    ),
  );
}

/** @param {SubmitEvent} event @param {View} view @param {Block[]} blocks @param {import("./form.js").Form} form */
async function submit(event, view, blocks, form) {
  event.preventDefault();
  if (busy || !view.submit) return;
  found = form.problems(blocks);
  if (Object.keys(found).length) return showProblems(view);
  await whileBusy(view, () => act("submit", { view_id: view.id, values: form.values(blocks) }));
  firstOf(REFUSED)?.focus();
}

/** @param {View} view */
function showProblems(view) {
  redraw(view);
  firstOf(REFUSED)?.focus();
}

async function close() {
  const view = shown;
  if (!busy && view) await whileBusy(view, () => act("close", { view_id: view.id }));
}

/** @param {View} view @param {() => Promise<unknown>} work */
async function whileBusy(view, work) {
  busy = true;
  redraw(view);
  await work();
  busy = false;
  if (shown) redraw(shown);
}

/** @param {View} view */
const redraw = (view) => renderModal({ modals: [view] });

dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  close();
});

dialog.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    event.preventDefault(); // the server decides when the modal goes
    close();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    find("form", HTMLFormElement, dialog).requestSubmit();
  } else if (event.key === "Tab") {
    holdFocus(event);
  }
});

/**
 * Tab goes round inside the modal instead of out to the browser's own buttons.
 * @param {KeyboardEvent} event
 */
function holdFocus(event) {
  const stops = [...dialog.querySelectorAll("button, input, textarea, a[href], [tabindex='0']")]
    .filter((node) => node instanceof HTMLElement)
    .filter((node) => node.checkVisibility() && node.tabIndex >= 0);
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  const leaves = event.target === from || (event.shiftKey && event.target === dialog);
  if (!leaves) return;
  event.preventDefault();
  to?.focus();
}
