// Lists that float over everything, even over a modal, beside the field they belong to.

const GAP = 4;
const EDGE = 8;
const ROOM = 220; // px; a list that has less turns to the other side

/** Shows `list` (popover="manual") under `anchor`, or above where there is no room; answers how to hide it. */
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
  const follow = (event) => list.contains(event.target) || place();
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

/** A listbox driven from `field`: the focus stays in the field, only the highlight moves. */
export function listboxOf(field, list, anchor, where) {
  let hide = null;
  const options = () => [...list.querySelectorAll('[role="option"]')];
  const active = () => list.querySelector(".active");
  const expanded = (open) => field.hasAttribute("aria-expanded") && field.setAttribute("aria-expanded", String(open));

  function highlight(option) {
    active()?.classList.remove("active");
    option?.classList.add("active");
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  function reach(index) {
    const all = options();
    const option = all[(index + all.length) % all.length];
    highlight(option);
    option?.scrollIntoView({ block: "nearest" });
  }

  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("mousemove", (event) => {
    const option = event.target.closest('[role="option"]');
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
    move: (step) => reach(options().indexOf(active()) + step),
    moveTo: (option) => reach(options().indexOf(option)),
    close() {
      hide?.();
      hide = null;
      expanded(false);
      highlight(null);
    },
  };
}
