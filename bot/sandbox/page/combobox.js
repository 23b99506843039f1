// One field for the twelve select menus: type to filter or to search, arrows to move, Enter to choose.
/** @import { Attributes, Row, Search } from "./types.js" */
import { h, newId } from "./dom.js";
import { icon } from "./icons.js";
import { listboxOf } from "./popup.js";
import { sentenceOf } from "./store.js";
import { say } from "./words.js";

const PAUSE = 150; // ms without a key before a search begins

/** @param {string} text */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * `search` is where the options come from while somebody types `least` letters or more; `aria` holds the attributes
 * of the field, its name among them; `focusKey` says where focus returns after a redraw.
 * @param {{ options: Row[], search: Search | null, chosen: string[], multiple: boolean, max?: number,
 *   placeholder?: string, aria: Attributes, focusKey: string, onchange(chosen: Row[]): void }} facts
 */
export function combobox({ options, search, chosen, multiple, max = Infinity, placeholder, aria, focusKey, onchange }) {
  const known = new Map(options.map((option) => [option.id, option]));
  let searches = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  let ids = chosen.filter((id) => known.has(id));
  const list = h("ul", { role: "listbox", id: newId("list"), popover: "manual", class: "popup", "aria-multiselectable": multiple });
  const field = h("input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    "data-focus": focusKey,
    ...aria,
  });
  const box = h("div", { class: `combobox${multiple ? " multiple" : ""}` }, field, icon("down"), list);
  const menu = listboxOf(field, list, box);
  const chosenRows = () => ids.flatMap((id) => known.get(id) ?? []);
  /** @param {string} id */
  const labelOf = (id) => known.get(id)?.label ?? id;
  const tell = () => onchange(chosenRows());

  function settle() {
    for (const chip of box.querySelectorAll(".chip")) chip.remove();
    if (multiple) field.before(...ids.map((id) => chipFor(id)));
    field.value = multiple || !ids.length ? "" : labelOf(ids[0]);
    field.placeholder = multiple && ids.length ? "" : (placeholder ?? "");
  }

  /** @param {string} id */
  function chipFor(id) {
    const remove = h("button", { type: "button", "aria-label": `Remove ${labelOf(id)}`, onclick: () => choose(id) }, icon("close"));
    return h("span", { class: "chip" }, h("span", null, labelOf(id)), remove);
  }

  /** @param {string} id */
  function choose(id) {
    if (!multiple) ids = [id];
    else if (ids.includes(id)) ids = ids.filter((one) => one !== id);
    else if (ids.length < max) ids = [...ids, id];
    settle();
    field.focus();
    if (multiple && menu.isOpen) open("", id);
    else menu.close();
    tell();
  }

  /** @param {string} query @param {string | undefined} near */
  function open(query, near = ids[0]) {
    if (search) look(search, query, near);
    else show(options.filter((option) => fold(`${option.label} ${option.detail ?? ""}`).includes(fold(query))), query, near);
  }

  /**
   * Asks for the options; only the answer to the newest question is shown.
   * @param {Search} search @param {string} query @param {string | undefined} near
   */
  async function look(search, query, near) {
    const mine = ++searches;
    if (query.length < search.least) return showNote(say("Type {n} letters or more", { n: search.least }));
    if (!menu.isOpen || !menu.active()) showNote(say("Loading…"));
    const found = await search.find(query).catch(sentenceOf);
    if (mine !== searches || document.activeElement !== field) return;
    if (typeof found === "string") return showNote(found);
    for (const option of found) known.set(option.id, option);
    show(found, query, near);
  }

  /** @param {string} sentence */
  function showNote(sentence) {
    list.replaceChildren(h("li", { class: "nothing", role: "presentation" }, sentence));
    menu.open(0);
  }

  /** @param {Row[]} matching @param {string} query @param {string | undefined} near */
  function show(matching, query, near) {
    /** @type {string | undefined} */
    let group;
    const rows = matching.flatMap((option) => {
      const head = option.group && option.group !== group ? [h("li", { class: "group", role: "presentation" }, option.group)] : [];
      group = option.group;
      return [...head, rowFor(option)];
    });
    if (!rows.length) return showNote(say("No results"));
    list.replaceChildren(...rows);
    menu.open(query ? 0 : matching.findIndex((option) => option.id === near));
  }

  /** @param {Row} option */
  function rowFor(option) {
    const selected = ids.includes(option.id);
    const full = multiple && !selected && ids.length >= max;
    return h(
      "li",
      { role: "option", id: newId("option"), "aria-selected": String(selected), "aria-disabled": full ? "true" : null, onclick: () => choose(option.id) },
      option.mark?.(),
      h("span", { class: "label" }, option.label),
      option.detail && h("span", { class: "detail" }, option.detail),
      selected && icon("check"),
    );
  }

  function leave() {
    clearTimeout(pause);
    searches += 1; // what is still being asked for comes too late
    menu.close();
    settle();
  }

  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowDown: () => (menu.isOpen ? menu.move(1) : open("")),
    ArrowUp: () => (menu.isOpen ? menu.move(-1) : open("")),
    Enter: () => (menu.isOpen ? menu.active()?.click() : open("")),
    Escape: leave,
    Backspace: () => choose(ids[ids.length - 1]),
  };

  // Escape on a closed list is the modal's own; Backspace takes a chip only where there is no letter to take.
  /** @type {Record<string, () => boolean>} */
  const isMine = {
    Escape: () => menu.isOpen,
    Backspace: () => multiple && !field.value && ids.length > 0,
  };

  field.addEventListener("keydown", (event) => {
    if (event.key === "Tab") menu.close();
    if (!keys[event.key] || isMine[event.key]?.() === false) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
  field.addEventListener("input", () => {
    clearTimeout(pause);
    if (search) pause = setTimeout(() => open(field.value), PAUSE);
    else open(field.value);
  });
  field.addEventListener("click", () => {
    if (!menu.isOpen) open("");
  });
  field.addEventListener("focus", () => field.select());
  field.addEventListener("blur", () => {
    if (!multiple && !field.value && ids.length) {
      ids = [];
      tell();
    }
    leave();
  });
  box.addEventListener("mousedown", (event) => {
    if (event.target !== box && !(event.target instanceof Element && event.target.closest(".icon-down"))) return;
    event.preventDefault();
    field.focus();
    if (menu.isOpen) menu.close();
    else open("");
  });
  settle();
  return box;
}
