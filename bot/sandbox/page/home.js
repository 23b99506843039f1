// The main pane when App Home is chosen.
/** @import { Entry, State, View } from "./types.js" */
import { named, renderBlock } from "./blocks.js";
import { me } from "./directory.js";
import { find, h, reconcile } from "./dom.js";
import { act } from "./store.js";
import { surfaceFor } from "./surfaces.js";

const frame = find("#pane", HTMLElement);

/** Slack tells the app each time somebody opens its Home; so do we, once a visit. */
export const homeOpened = () => act("home", {});

/** @param {State} state */
export function renderHome({ home, me: person, app }) {
  /** @type {HTMLElement | null} */
  let sheet = frame.querySelector(`:scope > [data-home="${CSS.escape(person)}"]`);
  if (!sheet) {
    sheet = h("div", { class: "home", "data-home": person, tabindex: "0", role: "region", "aria-label": `${app.name} Home` });
    frame.replaceChildren(sheet);
  }
  const entries = home ? entriesOf(home) : [];
  reconcile(sheet, entries.length ? entries : [emptyHome(app)]);
}

/** @param {View} home @returns {Entry[]} */
function entriesOf(home) {
  const blocks = named(home.blocks);
  return blocks.map((block) => ({
    key: `block ${block.block_id}`,
    signature: JSON.stringify([block, me()]),
    build: () => h("div", { class: "home-block", tabindex: "-1" }, renderBlock(block, surfaceFor({ view_id: home.id }, blocks))),
  }));
}

/** @type {(app: State["app"]) => Entry} */
const emptyHome = (app) => ({
  key: "nothing",
  signature: app.name,
  build: () => h("div", { class: "empty" }, h("h2", null, `${app.name} Home`), h("p", null, "The app has not shown anything here yet.")),
});
