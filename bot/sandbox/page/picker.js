// "You are: …", the choice of the person through whose eyes the page looks.
/** @import { Person, State } from "./types.js" */
import { avatar, cityOf, languageOf, me, nameOf } from "./directory.js";
import { childrenOf, filled, find, h, newId } from "./dom.js";
import { icon } from "./icons.js";
import { placeOf, stepOf } from "./keys.js";
import { isChoosable } from "./peers.js";
import { listboxOf } from "./popup.js";
import { go } from "./store.js";
import { clockTime } from "./times.js";
import { unreadDirect } from "./unread.js";

const button = find("#picker", HTMLElement);
const list = find("#people", HTMLElement);
const menu = listboxOf(button, list, button);
let drawn = "";
/** @type {State | null} */
let drawnState = null;

/** @param {State} state */
export function renderPicker(state) {
  drawnState = state;
  const person = me();
  const waiting = state.people.some((other) => other.id !== state.me && isChoosable(other) && unreadDirect(other.id));
  const signature = JSON.stringify([person, waiting]);
  if (signature !== drawn) {
    drawn = signature;
    button.replaceChildren(...filled(face(person, waiting)));
  }
  if (menu.isOpen) fillList();
}

/** @param {Person} person @param {boolean} waiting */
const face = (person, waiting) => [
  avatar(person),
  h(
    "span",
    { class: "who" },
    h("span", { class: "label" }, h("span", { id: "you-are" }, "You are"), tag(person)),
    h("span", { class: "author", id: "you-name" }, nameOf(person)),
    h("span", { class: "detail" }, `${cityOf(person)}, ${person.locale}`),
  ),
  waiting && h("span", { class: "dot", title: "Somebody else has a new message" }),
  icon("down"),
];

/** @param {Person} person */
const kindOf = ({ is_admin: admin, is_guest: guest, is_foreign: foreign }) =>
  (admin && "manager") || (guest && "guest") || (foreign && "other company");

/** @param {Person} person */
const tag = (person) => kindOf(person) && h("span", { class: "tag" }, kindOf(person));

function fillList() {
  if (!drawnState) return;
  const { me: here } = drawnState;
  const now = new Date(drawnState.now);
  const people = drawnState.people.filter(isChoosable);
  const near = menu.active()?.dataset.person ?? here;
  list.replaceChildren(...people.map((person) => option(person, now, here)));
  menu.open(people.findIndex(({ id }) => id === near));
}

/** @param {Person} person @param {Date} now @param {string} here */
function option(person, now, here) {
  const unread = person.id === here ? 0 : unreadDirect(person.id);
  const detail = [person.title, `${clockTime(now, person)} in ${cityOf(person)}`, languageOf(person)].filter(Boolean).join(" · ");
  const choose = () => {
    menu.close();
    if (person.id !== here) go(person.id);
  };
  return h(
    "li",
    { role: "option", id: newId("person"), "data-person": person.id, "aria-selected": String(person.id === here), onclick: choose },
    avatar(person),
    h("span", { class: "who" }, h("span", { class: "author" }, nameOf(person)), h("span", { class: "detail" }, detail)),
    tag(person),
    unread > 0 && h("span", { class: "count" }, unread, h("span", { class: "unseen" }, " unread")),
  );
}

button.addEventListener("click", () => (menu.isOpen ? menu.close() : fillList()));
button.addEventListener("blur", menu.close);
button.addEventListener("keydown", (event) => {
  const step = stepOf(event);
  if (step && menu.isOpen) menu.move(step);
  else if (step) fillList();
  else if (!menu.isOpen) return;
  else if (event.key === "Enter" || event.key === " ") menu.active()?.click();
  else if (event.key === "Escape") menu.close();
  else if (event.key.length === 1) jumpTo(event.key.toLowerCase());
  else return;
  event.preventDefault();
  event.stopPropagation();
});

/**
 * Goes to the next person whose name begins with the letter, as in any list of choices.
 * @param {string} letter
 */
function jumpTo(letter) {
  const rows = childrenOf(list);
  const here = placeOf(rows, menu.active());
  const next = [...rows.slice(here + 1), ...rows.slice(0, here + 1)];
  const found = next.find((row) => find(".author", HTMLElement, row).textContent.toLowerCase().startsWith(letter));
  if (found) menu.moveTo(found);
}
