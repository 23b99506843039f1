// Builds and updates DOM nodes. People's text only ever becomes text nodes: no innerHTML anywhere.
/** @import { Attributes, Child, Entry } from "./types.js" */

const SVG = "http://www.w3.org/2000/svg";

/**
 * The one node that the selector names, which must be of this kind.
 * @template {Element} T
 * @param {string} selector @param {new () => T} kind @param {ParentNode} within
 * @returns {T}
 */
export function find(selector, kind, within = document) {
  const node = within.querySelector(selector);
  if (!(node instanceof kind)) throw new Error(`The page has no ${selector}.`);
  return node;
}

/**
 * @template {string} K
 * @param {K} tag @param {Attributes | null} [attributes] @param {Child[]} children
 * @returns {K extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[K] : HTMLElement}
 */
export const h = (tag, attributes, ...children) =>
  /** @type {any} - the map above knows what the browser makes of a tag */ (fill(document.createElement(tag), attributes, children));

/** @param {string} tag @param {Attributes | null} [attributes] @param {Child[]} children */
export const svg = (tag, attributes, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

/**
 * @template {Element} T
 * @param {T} node @param {Attributes | null | undefined} attributes @param {Child[]} children
 */
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...filled(children));
  return node;
}

/** @param {Child[]} children @returns {(Node | string)[]} */
export const filled = (children) =>
  children.flatMap((child) => {
    if (Array.isArray(child)) return filled(child);
    if (child instanceof Node) return [child];
    return child || child === 0 ? [String(child)] : [];
  });

let last = 0;
/** @param {string} prefix */
export const newId = (prefix) => `${prefix}-${++last}`;

/** @type {WeakMap<Element, string>} */
const signatures = new WeakMap();

/** @param {ParentNode} parent @returns {HTMLElement[]} */
export const childrenOf = (parent) => [...parent.children].filter((node) => node instanceof HTMLElement);

/**
 * The node that `reconcile` made for this key.
 * @param {string} key @param {ParentNode} within @returns {HTMLElement | null}
 */
export const nodeOf = (key, within = document) => within.querySelector(`[data-key="${CSS.escape(key)}"]`);

/**
 * Makes `parent` hold one node per entry ({key, signature, build}) and rebuilds only those that changed.
 * @param {Element} parent @param {Entry[]} entries
 */
export function reconcile(parent, entries) {
  const existing = new Map(childrenOf(parent).map((node) => [node.dataset.key ?? "", node]));
  const wanted = new Set(entries.map((entry) => entry.key));
  for (const [key, node] of existing) if (!wanted.has(key)) node.remove();
  entries.forEach(({ key, signature, build }, index) => {
    const before = existing.get(key);
    let node = before;
    if (!node || signatures.get(node) !== signature) {
      const fresh = build();
      fresh.dataset.key = key;
      signatures.set(fresh, signature);
      if (before) keepingFocus(before, () => before.replaceWith(fresh), fresh);
      node = fresh;
    }
    const place = parent.children[index];
    if (place !== node) parent.insertBefore(node, place ?? null);
  });
}

/**
 * Runs `change`, which replaces `scope`'s nodes; the reader's focus and caret stay where they were.
 * @param {HTMLElement} scope @param {() => void} change @param {HTMLElement} heir
 */
export function keepingFocus(scope, change, heir = scope) {
  const active = document.activeElement;
  const held = active instanceof HTMLElement && active !== scope && scope.contains(active) ? active : null;
  const caret = isField(held) ? caretOf(held) : null;
  change();
  if (!held) return;
  const twin = held.dataset.focus ? focusable(held.dataset.focus, heir) : null;
  (twin ?? heir).focus({ preventScroll: true });
  if (isField(twin) && caret) restoreCaret(twin, caret);
}

/** @param {Node | null} node @returns {node is HTMLInputElement | HTMLTextAreaElement} */
const isField = (node) => node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement;

/** @param {string} key @param {ParentNode} within @returns {HTMLElement | null} */
const focusable = (key, within = document) => within.querySelector(`[data-focus="${CSS.escape(key)}"]`);

/**
 * Number and date fields have no selection.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @returns {[number, number] | null}
 */
function caretOf({ selectionStart: start, selectionEnd: end }) {
  return start === null || end === null ? null : [start, end];
}

/** @param {HTMLInputElement | HTMLTextAreaElement} field @param {[number, number]} caret */
function restoreCaret(field, [start, end]) {
  if (field.selectionStart !== null) field.setSelectionRange(start, end);
}

/** Where focus is now, as a function that puts it back even when the node has been rebuilt since. */
export function rememberFocus() {
  const active = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  const focusKey = active?.dataset.focus;
  const keyed = /** @type {HTMLElement | null | undefined} */ (active?.closest("[data-key]"))?.dataset.key;
  return () => {
    const candidates = [
      active?.isConnected && active !== document.body ? active : null,
      focusKey ? focusable(focusKey) : null,
      keyed ? nodeOf(keyed) : null,
      find("#composer input", HTMLElement),
    ];
    candidates.find((node) => node !== null)?.focus({ preventScroll: true });
  };
}
