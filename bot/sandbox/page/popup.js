// A list that floats over everything, even over a modal, beside the field it belongs to.

const GAP = 4;
const EDGE = 8;

/** Shows `list` (popover="manual") under `anchor`, or above where there is no room; answers how to hide it. */
export function float(list, anchor, { above = false } = {}) {
  const place = () => {
    const box = anchor.getBoundingClientRect();
    const below = innerHeight - box.bottom - EDGE - GAP;
    const over = box.top - EDGE - GAP;
    const upwards = above ? over > 120 : below < Math.min(list.scrollHeight, 220) && over > below;
    list.style.width = `${Math.max(box.width, 160)}px`;
    list.style.maxHeight = `${Math.min(320, upwards ? over : below)}px`;
    list.style.left = `${Math.max(EDGE, Math.min(box.left, innerWidth - list.offsetWidth - EDGE))}px`;
    list.style.top = upwards ? "auto" : `${box.bottom + GAP}px`;
    list.style.bottom = upwards ? `${innerHeight - box.top + GAP}px` : "auto";
  };
  const replace = (event) => list.contains(event.target) || place();
  list.showPopover();
  place();
  addEventListener("scroll", replace, { capture: true, passive: true });
  addEventListener("resize", place);
  return () => {
    removeEventListener("scroll", replace, { capture: true });
    removeEventListener("resize", place);
    if (list.isConnected) list.hidePopover();
  };
}

/** Moves the highlighted option of a listbox; the focus stays in `field`. */
export function highlight(field, list, index) {
  const options = [...list.querySelectorAll('[role="option"]')];
  const chosen = options[(index + options.length) % options.length];
  for (const option of options) option.classList.toggle("active", option === chosen);
  if (chosen) field.setAttribute("aria-activedescendant", chosen.id);
  else field.removeAttribute("aria-activedescendant");
  chosen?.scrollIntoView({ block: "nearest" });
  return chosen ? options.indexOf(chosen) : -1;
}
