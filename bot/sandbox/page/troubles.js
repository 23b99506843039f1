// "Make Slack difficult": switches for Slack's bad days, so that a person can watch the app cope.
import { h, newId, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { act } from "./store.js";

const button = document.querySelector("#trouble");
const badge = button.querySelector(".count");
const switches = document.querySelector("#switches");
const archives = document.querySelector("#archives");
const working = new Set();

export function renderTroubles({ troubles, conversations }) {
  const channels = conversations.filter(({ kind }) => kind === "channel");
  const on = troubles.filter((trouble) => trouble.on).length;
  button.classList.toggle("on", on > 0);
  badge.hidden = !on;
  badge.textContent = on;
  badge.setAttribute("aria-label", `${on} switched on`);
  reconcile(switches, troubles.map(troubleRow));
  reconcile(archives, channels.map(archiveRow));
}

const troubleRow = ({ id, label, detail, on, struck }) =>
  row({
    key: `trouble ${id}`,
    on,
    name: label,
    detail,
    aside: on && struck ? `Struck ${struck === 1 ? "one message" : `${struck} messages`} so far.` : "",
    turn: (wanted) => act("trouble", { id, on: wanted }),
  });

const archiveRow = ({ id, name, archived }) =>
  row({
    key: `archive ${id}`,
    on: archived,
    name: [icon("hash"), name],
    turn: (wanted) => act("archive", { channel: id, on: wanted }),
  });

/** One switch: a name, perhaps a sentence on what it does, and how it is going. */
function row({ key, on, name, detail, aside, turn }) {
  return {
    key,
    signature: JSON.stringify([on, aside, working.has(key)]),
    build: () => {
      const [title, sentence] = [newId("trouble"), newId("trouble")];
      const toggle = h("button", {
        type: "button",
        role: "switch",
        class: "switch",
        "aria-checked": String(on),
        "aria-labelledby": title,
        "aria-describedby": detail ? sentence : null,
        "aria-disabled": working.has(key) ? "true" : null,
        "data-focus": key,
      });
      const press = async () => {
        if (working.has(key)) return;
        working.add(key);
        toggle.setAttribute("aria-checked", String(!on));
        toggle.setAttribute("aria-disabled", "true");
        await turn(!on);
        working.delete(key);
        toggle.removeAttribute("aria-disabled");
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
