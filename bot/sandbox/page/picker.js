// "You are: …", the choice of the person through whose eyes the page looks.
import { avatar, cityOf, languageOf, nameOf } from "./directory.js";
import { h, newId, filled } from "./dom.js";
import { icon } from "./icons.js";
import { isChoosable } from "./peers.js";
import { float, highlight } from "./popup.js";
import { go } from "./store.js";
import { clockTime } from "./times.js";
import { unreadDirect } from "./unread.js";

const button = document.querySelector("#picker");
const list = document.querySelector("#people");
let hide = null;
let at = -1;
let drawn = null;
let drawnState = null;

export function renderPicker(state) {
  drawnState = state;
  const person = state.people.find(({ id }) => id === state.me);
  const waiting = state.people.some((other) => other.id !== state.me && isChoosable(other) && unreadDirect(other.id));
  const signature = JSON.stringify([person, waiting]);
  if (signature !== drawn) {
    drawn = signature;
    button.replaceChildren(...filled(face(person, waiting)));
  }
  if (hide) fillList();
}

const face = (person, waiting) => [
  avatar(person),
  h(
    "span",
    { class: "who" },
    h("span", { class: "label" }, h("span", { id: "you-are" }, "You are"), person.is_admin && h("span", { class: "tag" }, "manager")),
    h("span", { class: "author", id: "you-name" }, nameOf(person)),
    h("span", { class: "detail" }, `${cityOf(person)}, ${person.locale}`),
  ),
  waiting && h("span", { class: "dot", title: "Somebody else has a new message" }),
  icon("down"),
];

function fillList() {
  const now = new Date(drawnState.now);
  list.replaceChildren(...drawnState.people.filter(isChoosable).map((person) => option(person, now)));
  at = highlight(button, list, at);
}

function option(person, now) {
  const unread = person.id === drawnState.me ? 0 : unreadDirect(person.id);
  const detail = [person.title, `${clockTime(now, person)} in ${cityOf(person)}`, languageOf(person)].filter(Boolean).join(" · ");
  const row = h(
    "li",
    { role: "option", id: newId("person"), "aria-selected": String(person.id === drawnState.me) },
    avatar(person),
    h("span", { class: "who" }, h("span", { class: "author" }, nameOf(person)), h("span", { class: "detail" }, detail)),
    person.is_admin && h("span", { class: "tag" }, "manager"),
    unread > 0 && h("span", { class: "count" }, unread, h("span", { class: "unseen" }, " unread")),
  );
  row.addEventListener("mousedown", (event) => event.preventDefault());
  row.addEventListener("click", () => {
    close();
    if (person.id !== drawnState.me) go(person.id);
  });
  return row;
}

function open() {
  at = drawnState.people.filter(isChoosable).findIndex(({ id }) => id === drawnState.me);
  hide = float(list, button);
  fillList();
  button.setAttribute("aria-expanded", "true");
}

function close() {
  hide?.();
  hide = null;
  button.setAttribute("aria-expanded", "false");
  button.removeAttribute("aria-activedescendant");
}

const steps = { ArrowDown: 1, ArrowUp: -1 };

button.addEventListener("click", () => (hide ? close() : open()));
button.addEventListener("blur", close);
button.addEventListener("keydown", (event) => {
  if (!hide && steps[event.key]) open();
  else if (!hide) return;
  else if (steps[event.key]) at = highlight(button, list, at + steps[event.key]);
  else if (event.key === "Enter" || event.key === " ") list.querySelector(".active")?.click();
  else if (event.key === "Escape") close();
  else if (event.key.length === 1) jumpTo(event.key);
  else return;
  event.preventDefault();
  event.stopPropagation();
});

function jumpTo(letter) {
  const names = [...list.querySelectorAll(".author")].map((node) => node.textContent.toLowerCase());
  const next = names.findIndex((name, index) => index > at && name.startsWith(letter.toLowerCase()));
  const first = names.findIndex((name) => name.startsWith(letter.toLowerCase()));
  if (first >= 0) at = highlight(button, list, next >= 0 ? next : first);
}
