// Builds and updates DOM nodes. People's text only ever becomes text nodes: no innerHTML anywhere.

const SVG = "http://www.w3.org/2000/svg";

export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...filled(children));
  return node;
}

export const filled = (children) => children.flat(Infinity).filter((child) => child || child === 0);

let last = 0;
export const newId = (prefix) => `${prefix}-${++last}`;

const signatures = new WeakMap();

/** Makes `parent` hold one node per entry ({key, signature, build}) and rebuilds only those that changed. */
export function reconcile(parent, entries) {
  const existing = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const wanted = new Set(entries.map((entry) => entry.key));
  for (const [key, node] of existing) if (!wanted.has(key)) node.remove();
  entries.forEach(({ key, signature, build }, index) => {
    let node = existing.get(key);
    if (!node || signatures.get(node) !== signature) {
      const fresh = build();
      fresh.dataset.key = key;
      signatures.set(fresh, signature);
      if (node) keepingFocus(node, () => node.replaceWith(fresh), fresh);
      node = fresh;
    }
    const place = parent.children[index];
    if (place !== node) parent.insertBefore(node, place ?? null);
  });
}

/** Runs `change`, which replaces `scope`'s nodes; the reader's focus and caret stay where they were. */
export function keepingFocus(scope, change, heir = scope) {
  const active = document.activeElement;
  const held = active && active !== scope && scope.contains(active);
  const caret = held && "selectionStart" in active ? caretOf(active) : null;
  change();
  if (!held) return;
  const twin = active.dataset.focus && heir.querySelector(`[data-focus="${CSS.escape(active.dataset.focus)}"]`);
  (twin ?? heir).focus({ preventScroll: true });
  if (twin && caret) restoreCaret(twin, caret);
}

// Number and date fields throw when asked for a selection.
function caretOf(field) {
  return field.selectionStart === null ? null : [field.selectionStart, field.selectionEnd];
}

function restoreCaret(field, [start, end]) {
  if (field.selectionStart !== null) field.setSelectionRange(start, end);
}

/** Where focus is now, as a function that puts it back even when the node has been rebuilt since. */
export function rememberFocus() {
  const active = document.activeElement;
  const focusKey = active?.dataset?.focus;
  const keyed = active?.closest?.("[data-key]")?.dataset.key;
  return () => {
    const candidates = [
      active?.isConnected && active !== document.body ? active : null,
      focusKey && document.querySelector(`[data-focus="${CSS.escape(focusKey)}"]`),
      keyed && document.querySelector(`[data-key="${CSS.escape(keyed)}"]`),
      document.querySelector("#composer input"),
    ];
    candidates.find(Boolean)?.focus({ preventScroll: true });
  };
}
