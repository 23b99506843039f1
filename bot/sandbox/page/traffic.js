// The traffic between Slack and the app, as it happens: a drawer at the side.
/** @import { Exchange, State, Traffic } from "./types.js" */
import { fetchTraffic } from "./api.js";
import { me } from "./directory.js";
import { find, h } from "./dom.js";
import { icon } from "./icons.js";
import { current } from "./store.js";
import { fullMoment, preciseTime } from "./times.js";

const KEPT = 400; // rows; older ones go
const NEAR = 40; // px from the end that still count as reading the newest

const button = find("#wire", HTMLElement);
const drawer = find("#traffic", HTMLElement);
const sum = find("#traffic-sum", HTMLElement);
const list = find("#exchanges", HTMLElement);
const failedOnly = find("#traffic-failed", HTMLInputElement);

let last = 0; // number of the newest exchange shown
/** @type {string | null} */
let seen = null; // the state whose traffic is shown or being fetched
let reader = "";

/**
 * Fetches what is new while the drawer is open.
 * @param {State} state
 */
export async function renderTraffic({ version, me: person }) {
  const here = `${version} ${person}`;
  if (drawer.hidden || here === seen) return;
  seen = here;
  if (reader !== person) startAfresh(); // the times are told in each person's own zone
  reader = person;
  try {
    show(await fetchTraffic(last));
  } catch {
    seen = null; // the bar above says that the server is away
  }
}

function startAfresh() {
  last = 0;
  list.replaceChildren();
}

/** @param {Traffic} news */
function show({ exchanges, all, failed }) {
  if (all < last) startAfresh(); // the demo began anew under the same address
  const news = exchanges.filter(({ number }) => number > last);
  const atEnd = list.scrollHeight - list.clientHeight - list.scrollTop < NEAR;
  list.append(...news.slice(-KEPT).map(exchange));
  while (list.childElementCount > KEPT) list.firstElementChild?.remove();
  last = news.at(-1)?.number ?? last;
  const requests = all === 1 ? "1 request" : `${all} requests`;
  sum.textContent = failed ? `${requests}, ${failed} failed` : requests;
  if (atEnd) list.scrollTop = list.scrollHeight;
}

/** @type {Record<Exchange["toward"], ["up" | "below", string]>} */
const TOWARD = { slack: ["up", "The app asks Slack: "], app: ["below", "Slack tells the app: "] };

/** @param {Exchange} exchange */
function exchange({ at, toward, what, about, outcome, detail, seconds }) {
  const [arrow, words] = TOWARD[toward];
  const moment = new Date(at);
  const facts = [about, detail, seconds && duration(seconds)].filter(Boolean).join(" · ");
  return h(
    "li",
    { class: `exchange ${toward} ${kindOf(outcome)}` },
    icon(arrow),
    h("span", { class: "what" }, h("span", { class: "unseen" }, words), what),
    h("span", { class: "outcome" }, outcome),
    h("span", { class: "detail" }, facts),
    h("time", { datetime: at, title: fullMoment(moment, me()) }, preciseTime(moment, me())),
  );
}

/** @type {Record<string, string>} */
const KINDS = { ok: "went-well", ratelimited: "put-off" };

/** @param {string} outcome */
const kindOf = (outcome) => KINDS[outcome] ?? "failed";

/** @param {number} seconds */
const duration = (seconds) => (seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`);

/** @param {boolean} open */
function setOpen(open) {
  drawer.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  document.body.classList.toggle("with-traffic", open);
  if (!open) return;
  seen = null;
  renderTraffic(current().state).then(() => {
    list.scrollTop = list.scrollHeight;
  });
}

button.addEventListener("click", () => setOpen(drawer.hidden !== false));
find("header button", HTMLElement, drawer).addEventListener("click", () => {
  setOpen(false);
  button.focus();
});
drawer.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  setOpen(false);
  button.focus();
});
failedOnly.addEventListener("change", () => {
  list.classList.toggle("failed-only", failedOnly.checked);
  list.scrollTop = list.scrollHeight;
});
