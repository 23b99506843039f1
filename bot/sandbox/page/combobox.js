// One field for the ten select menus: type to filter, arrows to move, Enter to choose.
import { h, newId } from "./dom.js";
import { icon } from "./icons.js";
import { float, highlight } from "./popup.js";

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * options: [{id, label, detail?, group?, mark?()}] · chosen: ids · onchange(ids)
 * aria: attributes of the field, with its name · focusKey: where focus returns after a redraw
 */
export function combobox({ options, chosen, multiple, max = Infinity, placeholder, aria, focusKey, onchange }) {
  let ids = chosen.filter((id) => options.some((option) => option.id === id));
  let hide = null;
  let at = -1;
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
    if (multiple && hide) open("");
    else close();
    onchange(ids);
  }

  function open(query) {
    const matching = options.filter((option) => fold(`${option.label} ${option.detail ?? ""}`).includes(fold(query)));
    let group;
    const rows = matching.flatMap((option) => {
      const head = option.group && option.group !== group ? [h("li", { class: "group", role: "presentation" }, option.group)] : [];
      group = option.group;
      return [...head, rowFor(option)];
    });
    list.replaceChildren(...(rows.length ? rows : [h("li", { class: "nothing", role: "presentation" }, "No results")]));
    hide ??= float(list, box);
    field.setAttribute("aria-expanded", "true");
    at = highlight(field, list, Math.max(0, multiple ? 0 : matching.findIndex((option) => option.id === ids[0])));
  }

  function rowFor(option) {
    const selected = ids.includes(option.id);
    const row = h(
      "li",
      { role: "option", id: newId("option"), "aria-selected": String(selected), "aria-disabled": multiple && !selected && ids.length >= max },
      option.mark?.(),
      h("span", { class: "label" }, option.label),
      option.detail && h("span", { class: "detail" }, option.detail),
      selected && icon("check"),
    );
    row.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    row.addEventListener("click", () => choose(option.id));
    return row;
  }

  function close() {
    hide?.();
    hide = null;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  const keys = {
    ArrowDown: () => (hide ? (at = highlight(field, list, at + 1)) : open("")),
    ArrowUp: () => (hide ? (at = highlight(field, list, at - 1)) : open("")),
    Enter: () => (hide ? list.querySelector(".active")?.click() : open("")),
    Escape: () => (close(), settle()),
    Backspace: () => choose(ids.at(-1)),
  };

  field.addEventListener("keydown", (event) => {
    if (event.key === "Tab") return close();
    if (event.key === "Escape" && !hide) return undefined; // the modal's own Escape
    if (event.key === "Backspace" && (!multiple || field.value || !ids.length)) return undefined;
    if (!keys[event.key]) return undefined;
    event.preventDefault();
    event.stopPropagation();
    return keys[event.key]();
  });
  field.addEventListener("input", () => open(field.value));
  field.addEventListener("click", () => hide ?? open(""));
  field.addEventListener("focus", () => field.select());
  field.addEventListener("blur", () => {
    if (!multiple && !field.value && ids.length) {
      ids = [];
      onchange(ids);
    }
    close();
    settle();
  });
  box.addEventListener("mousedown", (event) => {
    if (event.target === box || event.target.closest(".icon-down")) {
      event.preventDefault();
      field.focus();
      if (hide) close();
      else open("");
    }
  });
  settle();
  return box;
}
