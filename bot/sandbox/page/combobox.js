// One field for the twelve select menus: type to filter or to search, arrows to move, Enter to choose.
import { h, newId } from "./dom.js";
import { icon } from "./icons.js";
import { listboxOf } from "./popup.js";
import { say } from "./words.js";

const PAUSE = 150; // ms without a key before a search begins

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * options: [{id, label, detail?, group?, mark?()}] · chosen: ids · onchange(options chosen)
 * search: {least, find(query)}: where the options come from while somebody types `least` letters or more
 * aria: attributes of the field, with its name · focusKey: where focus returns after a redraw
 */
export function combobox({ options, search, chosen, multiple, max = Infinity, placeholder, aria, focusKey, onchange }) {
  const known = new Map(options.map((option) => [option.id, option]));
  let searches = 0;
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
  const labelOf = (id) => known.get(id).label;
  const tell = () => onchange(ids.map((id) => known.get(id)));

  function settle() {
    for (const chip of box.querySelectorAll(".chip")) chip.remove();
    if (multiple) field.before(...ids.map((id) => chipFor(id)));
    field.value = multiple || !ids.length ? "" : labelOf(ids[0]);
    field.placeholder = multiple && ids.length ? "" : (placeholder ?? "");
  }

  function chipFor(id) {
    const remove = h("button", { type: "button", "aria-label": `Remove ${labelOf(id)}`, onclick: () => choose(id) }, icon("close"));
    return h("span", { class: "chip" }, h("span", null, labelOf(id)), remove);
  }

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

  function open(query, near = ids[0]) {
    if (search) look(query, near);
    else show(options.filter((option) => fold(`${option.label} ${option.detail ?? ""}`).includes(fold(query))), query, near);
  }

  /** Asks for the options; only the answer to the newest question is shown. */
  async function look(query, near) {
    const mine = ++searches;
    if (query.length < search.least) return showNote(say("Type {n} letters or more", { n: search.least }));
    if (!menu.isOpen || !menu.active()) showNote(say("Loading…"));
    const found = await search.find(query).catch((error) => error);
    if (mine !== searches || document.activeElement !== field) return undefined;
    if (found instanceof Error) return showNote(found.message);
    for (const option of found) known.set(option.id, option);
    return show(found, query, near);
  }

  function showNote(sentence) {
    list.replaceChildren(h("li", { class: "nothing", role: "presentation" }, sentence));
    menu.open(0);
  }

  function show(matching, query, near) {
    let group;
    const rows = matching.flatMap((option) => {
      const head = option.group && option.group !== group ? [h("li", { class: "group", role: "presentation" }, option.group)] : [];
      group = option.group;
      return [...head, rowFor(option)];
    });
    if (!rows.length) return showNote(say("No results"));
    list.replaceChildren(...rows);
    return menu.open(query ? 0 : matching.findIndex((option) => option.id === near));
  }

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

  const keys = {
    ArrowDown: () => (menu.isOpen ? menu.move(1) : open("")),
    ArrowUp: () => (menu.isOpen ? menu.move(-1) : open("")),
    Enter: () => (menu.isOpen ? menu.active()?.click() : open("")),
    Escape: leave,
    Backspace: () => choose(ids.at(-1)),
  };

  // Escape on a closed list is the modal's own; Backspace takes a chip only where there is no letter to take.
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
  field.addEventListener("click", () => menu.isOpen || open(""));
  field.addEventListener("focus", () => field.select());
  field.addEventListener("blur", () => {
    if (!multiple && !field.value && ids.length) {
      ids = [];
      tell();
    }
    leave();
  });
  box.addEventListener("mousedown", (event) => {
    if (event.target !== box && !event.target.closest(".icon-down")) return;
    event.preventDefault();
    field.focus();
    if (menu.isOpen) menu.close();
    else open("");
  });
  settle();
  return box;
}
