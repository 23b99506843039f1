// "Make Slack difficult": switches for Slack's bad days, so that a person can watch the app cope.
/** @import { Answer, Child, Conversation, Entry, State, Trouble } from "./types.js" */
import { find, h, newId, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { told } from "./said.js";
import { act, current } from "./store.js";

const bar = find("#topbar", HTMLElement);
const panel = find("#troubles", HTMLElement);
const button = find("#trouble", HTMLElement);
const badge = find(".count", HTMLElement, button);
const switches = find("#switches", HTMLElement);
const archives = find("#archives", HTMLElement);
/** @type {Map<string, boolean>} What is being turned, and where to. */
const working = new Map();

/** @param {State} state */
export function renderTroubles({ troubles, conversations }) {
  const channels = conversations.filter(({ kind }) => kind === "channel");
  const on = troubles.filter((trouble) => trouble.on).length;
  button.classList.toggle("on", on > 0);
  badge.hidden = !on;
  badge.textContent = String(on);
  badge.setAttribute("aria-label", `${on} switched on`);
  reconcile(switches, troubles.map(troubleRow));
  reconcile(archives, channels.map(archiveRow));
}

/** @param {Trouble} trouble */
const troubleRow = ({ id, label, detail, on, struck }) =>
  row({
    key: `trouble ${id}`,
    on,
    name: label,
    detail,
    aside: on && struck ? `Struck ${messages(struck)} so far.` : "",
    turn: (wanted) => act("trouble", { id, on: wanted }),
    said: (wanted) => (wanted ? `${label} is on. ${detail}` : `${label} is off.${struck ? ` It struck ${messages(struck)}.` : ""}`),
  });

/** @param {Conversation} channel */
const archiveRow = ({ id, name, archived }) =>
  row({
    key: `archive ${id}`,
    on: archived,
    name: [icon("hash"), name],
    turn: (wanted) => act("archive", { channel: id, on: wanted }),
    said: (wanted) => (wanted ? `#${name} is archived. Nobody can post there.` : `#${name} is back.`),
  });

/** @param {number} number */
const messages = (number) => (number === 1 ? "one message" : `${number} messages`);

/**
 * One switch: a name, perhaps a sentence on what it does, and how it is going.
 * @param {{ key: string, on: boolean, name: Child, detail?: string, aside?: string,
 *   turn(wanted: boolean): Promise<Answer>, said(wanted: boolean): string }} facts
 * @returns {Entry}
 */
function row({ key, on, name, detail = "", aside = "", turn, said }) {
  return {
    key,
    signature: JSON.stringify([on, aside, working.get(key)]),
    build: () => {
      const [title, sentence] = [newId("trouble"), newId("trouble")];
      const toggle = h("button", {
        type: "button",
        role: "switch",
        class: "switch",
        "aria-checked": String(working.get(key) ?? on),
        "aria-labelledby": title,
        "aria-describedby": detail ? sentence : null,
        "aria-disabled": working.has(key) ? "true" : null,
        "data-focus": key,
      });
      const press = async () => {
        if (working.has(key)) return;
        working.set(key, !on);
        renderTroubles(current().state);
        const answer = await turn(!on);
        working.delete(key);
        renderTroubles(current().state);
        if (answer.ok) told(said(!on));
      };
      toggle.addEventListener("click", press);
      const words = h(
        "span",
        { class: "words", onclick: press },
        h("span", { class: "name", id: title }, name),
        detail && h("span", { class: "detail", id: sentence }, detail),
        aside && h("span", { class: "struck" }, aside),
      );
      return h("div", { class: "switch-row" }, words, toggle);
    },
  };
}

// The bar is one line or more, as wide as the window is.
const belowTheBar = () => panel.style.setProperty("--top", `${bar.getBoundingClientRect().bottom + 4}px`);
panel.addEventListener("beforetoggle", belowTheBar);
new ResizeObserver(belowTheBar).observe(bar);
