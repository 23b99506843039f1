// Who and what an id stands for, in the present state.
/** @import { Person } from "./types.js" */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { current } from "./store.js";

const COLOURS = 10;
const NOBODY = { id: "", name: "unknown", real_name: "", tz: "UTC", locale: "en" };

/** @param {string} id */
export const personOf = (id) => current().state.people.find((one) => one.id === id);
/** @param {string} id */
export const conversationOf = (id) => current().state.conversations.find((one) => one.id === id);
/** @returns {Person} */
export const me = () => personOf(current().state.me) ?? NOBODY;
/** @param {Person | undefined} person */
export const nameOf = (person) => person?.real_name || person?.name || "Unknown person";

/** @param {Person} person */
export const cityOf = ({ tz }) => (tz.split("/").at(-1) ?? "").replaceAll("_", " ");

/** @param {Person} person */
export function languageOf({ locale }) {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(locale);
  } catch {
    return locale;
  }
}

/** @param {string} name */
const initials = (name) =>
  name.split(/[\s-]+/).filter(Boolean).slice(0, 2).map((word) => [...word][0]?.toUpperCase()).join("") || "?";

/** @param {string} id */
const steady = (id) => [...id].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % COLOURS;

/**
 * A decoration only: the name always stands beside it.
 * @param {Pick<Person, "is_bot"> & Partial<Person> | undefined} person
 */
export function avatar(person) {
  if (!person || person.is_bot) return h("span", { class: "avatar avatar-app", "aria-hidden": "true" }, icon("gauge"));
  return h("span", { class: `avatar hue-${steady(person.id ?? "")}`, "aria-hidden": "true" }, initials(person.real_name || person.name || ""));
}
