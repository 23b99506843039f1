// Lists that float over everything, even over a modal, beside the field they belong to.
import { placeOf } from "./keys.js";
/** @import { Menu } from "./types.js" */

const GAP = 4;
const EDGE = 8;
const ROOM = 220; // px; a list that has less turns to the other side

/**
 * Shows `list` (popover="manual") under `anchor`, or above where there is no room; answers how to hide it.
 * @param {HTMLElement} list @param {HTMLElement} anchor @param {{ above?: boolean }} where @returns {() => void}
 */
export function float(list, anchor, { above = false } = {}) {
  const place = () => {
    const box = anchor.getBoundingClientRect();
    const below = innerHeight - box.bottom - EDGE - GAP;
    const over = box.top - EDGE - GAP;
    const upwards = above || (below < Math.min(list.scrollHeight, ROOM) && over > below);
    list.style.minWidth = `${box.width}px`;
    list.style.maxHeight = `${Math.min(340, upwards ? over : below)}px`;
    list.style.left = `${Math.max(EDGE, Math.min(box.left, innerWidth - list.offsetWidth - EDGE))}px`;
    list.style.top = upwards ? "auto" : `${box.bottom + GAP}px`;
    list.style.bottom = upwards ? `${innerHeight - box.top + GAP}px` : "auto";
  };
  /** @param {Event} event */
  const follow = (event) => {
    if (!(event.target instanceof Node && list.contains(event.target))) place();
  };
  list.showPopover();
  place();
  addEventListener("scroll", follow, { capture: true, passive: true });
  addEventListener("resize", place);
  return () => {
    removeEventListener("scroll", follow, { capture: true });
    removeEventListener("resize", place);
    if (list.isConnected) list.hidePopover();
  };
}

/**
 * A listbox driven from `field`: the focus stays in the field, only the highlight moves.
 * @param {HTMLElement} field @param {HTMLElement} list @param {HTMLElement} anchor @param {{ above?: boolean }} [where] @returns {Menu}
 */
export function listboxOf(field, list, anchor, where) {
  /** @type {(() => void) | null} */
  let hide = null;
  /** @returns {HTMLElement[]} */
  const options = () => [...list.querySelectorAll('[role="option"]')].filter((node) => node instanceof HTMLElement);
  /** @returns {HTMLElement | null} */
  const active = () => list.querySelector(".active");
  /** @param {boolean} open */
  const expanded = (open) => {
    if (field.hasAttribute("aria-expanded")) field.setAttribute("aria-expanded", String(open));
  };

  /** @param {HTMLElement | null | undefined} option */
  function highlight(option) {
    active()?.classList.remove("active");
    option?.classList.add("active");
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  /** @param {number} index */
  function reach(index) {
    const all = options();
    const option = all[(index + all.length) % all.length];
    highlight(option);
    option?.scrollIntoView({ block: "nearest" });
  }

  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("mousemove", (event) => {
    const option = options().find((one) => event.target instanceof Node && one.contains(event.target));
    if (option && option !== active()) highlight(option);
  });

  return {
    get isOpen() {
      return hide !== null;
    },
    active,
    open(index) {
      hide ??= float(list, anchor, where);
      expanded(true);
      reach(Math.max(0, index));
    },
    move: (step) => reach(placeOf(options(), active()) + step),
    moveTo: (option) => reach(options().indexOf(option)),
    close() {
      hide?.();
      hide = null;
      expanded(false);
      highlight(null);
    },
  };
}
