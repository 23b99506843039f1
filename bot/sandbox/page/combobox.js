// One field for the ten select menus: type to filter, arrows to move, Enter to choose.
import { h, newId } from "./dom.js";
import { icon } from "./icons.js";
import { listboxOf } from "./popup.js";
import { say } from "./words.js";

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * options: [{id, label, detail?, group?, mark?()}] · chosen: ids · onchange(ids)
 * aria: attributes of the field, with its name · focusKey: where focus returns after a redraw
 */
export function combobox({ options, chosen, multiple, max = Infinity, placeholder, aria, focusKey, onchange }) {
  let ids = chosen.filter((id) => options.some((option) => option.id === id));
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
  const labelOf = (id) => options.find((option) => option.id === id).label;

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
    onchange(ids);
  }

  function open(query, near = ids[0]) {
    const matching = options.filter((option) => fold(`${option.label} ${option.detail ?? ""}`).includes(fold(query)));
    let group;
    const rows = matching.flatMap((option) => {
      const head = option.group && option.group !== group ? [h("li", { class: "group", role: "presentation" }, option.group)] : [];
      group = option.group;
      return [...head, rowFor(option)];
    });
    list.replaceChildren(...(rows.length ? rows : [h("li", { class: "nothing", role: "presentation" }, say("No results"))]));
    menu.open(query ? 0 : matching.findIndex((option) => option.id === near));
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
  field.addEventListener("input", () => open(field.value));
  field.addEventListener("click", () => menu.isOpen || open(""));
  field.addEventListener("focus", () => field.select());
  field.addEventListener("blur", () => {
    if (!multiple && !field.value && ids.length) {
      ids = [];
      onchange(ids);
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
