// The left rail: the workspace, who you are, and where you can go.
/** @import { Conversation, Entry, Loaded, State } from "./types.js" */
import { find, h, reconcile } from "./dom.js";
import { avatar, personOf } from "./directory.js";
import { icon } from "./icons.js";
import { placeOf, stepOf } from "./keys.js";
import { renderPicker } from "./picker.js";
import { address, HOME } from "./store.js";
import { unreadIn } from "./unread.js";

const menu = find("#menu", HTMLElement);
const workspace = find("#workspace", HTMLElement);
const places = find("#places", HTMLElement);

/** @param {Loaded} store */
export function renderRail({ state, place }) {
  workspace.textContent = state.workspace.name;
  renderPicker(state);
  const channels = state.conversations.filter(({ kind }) => kind === "channel");
  const direct = state.conversations.filter(({ kind }) => kind === "im");
  reconcile(places, [
    heading("App"),
    entry({ id: HOME, name: `${state.app.name} Home`, mark: () => icon("home") }, state, place),
    heading("Channels"),
    ...channels.map((one) => entry({ ...one, mark: () => icon("hash") }, state, place)),
    heading("Direct messages"),
    ...direct.map((one) => entry({ ...one, mark: () => avatar(personOf(state.app.bot_user_id)) }, state, place)),
    ...(direct.length ? [] : [nobody]),
  ]);
}

/** @type {(name: string) => Entry} */
const heading = (name) => ({ key: `heading ${name}`, signature: name, build: () => h("h2", null, name) });

/** @type {Entry} */
const nobody = { key: "nobody", signature: "", build: () => h("p", null, "None yet") };

/** @param {Pick<Conversation, "id" | "name"> & Partial<Conversation> & { mark(): Node }} shown @param {State} state @param {string} place @returns {Entry} */
function entry({ id, name, mark, member = true, archived = false }, { me }, place) {
  const unread = id === place ? 0 : unreadIn(me, id);
  const kinds = ["place", unread && "unread", (!member || archived) && "dim"].filter(Boolean).join(" ");
  const count = unread > 99 ? "99+" : unread;
  return {
    key: `place ${id}`,
    signature: JSON.stringify([me, name, unread, kinds, archived, id === place]),
    build: () =>
      h(
        "div",
        { class: "entry" },
        h(
          "a",
          { class: kinds, href: address(me, id), "aria-current": id === place ? "page" : null, "data-focus": `place ${id}` },
          mark(),
          h("span", { class: "name" }, name),
          archived && h("span", { class: "aside" }, "archived"),
          unread > 0 && h("span", { class: "count" }, count, h("span", { class: "unseen" }, " unread")),
        ),
      ),
  };
}

places.addEventListener("keydown", (event) => {
  const step = stepOf(event);
  if (!step) return;
  event.preventDefault();
  const links = [...places.querySelectorAll("a")];
  links.at((placeOf(links, document.activeElement) + step) % links.length)?.focus();
});

// On a narrow screen the rail is a drawer.
/** @param {boolean} open */
function setDrawer(open) {
  document.body.classList.toggle("drawer", open);
  menu.setAttribute("aria-expanded", String(open));
}

menu.addEventListener("click", () => {
  setDrawer(!document.body.classList.contains("drawer"));
  if (document.body.classList.contains("drawer")) find("#picker", HTMLElement).focus();
});
addEventListener("hashchange", () => setDrawer(false));
find("#veil", HTMLElement).addEventListener("click", () => setDrawer(false));
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !document.body.classList.contains("drawer")) return;
  setDrawer(false);
  menu.focus();
});
