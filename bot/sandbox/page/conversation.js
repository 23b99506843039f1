// The main pane when a channel or a direct message is chosen.
import { avatar, me, personOf } from "./directory.js";
import { h, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { entriesOf, isReply, keyOf } from "./messages.js";
import { address, HOME } from "./store.js";
import { markRead, unreadIn } from "./unread.js";

const NEAR = 80; // px from the end that still count as reading the newest
const scrolled = new Map(); // conversation → how far up from the end the reader was

const frame = document.querySelector("#pane");
const newest = document.querySelector("#newest");
let fresh = null; // the reply higher up that the button leads to, null where the newest stands at the end
newest.addEventListener("click", () => (fresh ? toReply(fresh) : toEnd(frame.firstElementChild)));

export function renderConversation(conversation, { me: person, now }) {
  const entries = entriesOf(conversation, new Date(now));
  const key = `${person} ${conversation.id}`;
  let log = frame.querySelector(`:scope > [data-log="${CSS.escape(key)}"]`);
  const opened = !log;
  if (opened) {
    log = newLog(conversation, key);
    frame.replaceChildren(log);
  }
  const atEnd = opened || fromEnd(log) < NEAR;
  const news = unreadIn(person, conversation.id) > 0;
  reconcile(log, entries.length ? entries : [nothingYet(conversation)]);
  if (opened) log.scrollTop = log.scrollHeight - log.clientHeight - (scrolled.get(key) ?? 0);
  else if (atEnd) toEnd(log);
  if (opened) offer(null, log);
  if (news) announce(conversation, log, atEnd);
  markRead(person, conversation);
}

/** Offers the way to what is new where the reader does not see it: the end, or a reply under an older message. */
function announce({ messages }, log, atEnd) {
  const latest = messages.reduce((one, other) => (Number(other.ts) > Number(one.ts) ? other : one));
  const node = log.querySelector(`[data-key="${CSS.escape(keyOf(latest))}"]`);
  if (isReply(latest) && node && !isSeen(node, log)) offer(node, log);
  else if (!atEnd) offer(log.lastElementChild, log);
}

function offer(node, log) {
  fresh = node === log.lastElementChild ? null : node;
  newest.hidden = !node;
  newest.classList.toggle("above", Boolean(fresh));
  newest.firstElementChild.textContent = fresh ? "New reply" : "New messages";
}

function isSeen(node, log) {
  const [box, frameBox] = [node.getBoundingClientRect(), log.getBoundingClientRect()];
  return box.top >= frameBox.top && box.bottom <= frameBox.bottom;
}

function toReply(node) {
  node.scrollIntoView({ block: "center" });
  node.focus({ preventScroll: true });
  newest.hidden = true;
}

const fromEnd = (log) => log.scrollHeight - log.clientHeight - log.scrollTop;

function toEnd(log) {
  log.scrollTop = log.scrollHeight;
  if (!fresh) newest.hidden = true;
}

// A fresh log for each conversation: a screen reader then announces what arrives, not what was there.
function newLog(conversation, key) {
  const log = h("div", { class: "log", role: "log", "aria-label": titleOf(conversation), tabindex: "0", "data-log": key });
  // What appears above or below the log (a notice, the composer) must not push the newest out of sight.
  new ResizeObserver(() => scrolled.get(key) || toEnd(log)).observe(log);
  log.addEventListener("scroll", () => {
    const rest = fromEnd(log);
    scrolled.set(key, rest < NEAR ? 0 : rest);
    if (fresh ? isSeen(fresh, log) : rest < NEAR) newest.hidden = true;
  });
  return log;
}

const nothingYet = (conversation) => ({
  key: "nothing",
  signature: conversation.name,
  build: () =>
    h(
      "div",
      { class: "empty" },
      h("h2", null, titleOf(conversation)),
      h("p", null, conversation.kind === "im" ? "Nothing here yet. What the app sends you appears here." : "This is the very beginning of the channel."),
    ),
});

export const titleOf = ({ kind, name }) => (kind === "channel" ? `#${name}` : name);

/** The heading over the pane; for the app it holds the tabs Home and Messages. */
export function placeHeader(header, { state, place }) {
  const conversation = state.conversations.find((one) => one.id === place);
  const direct = state.conversations.find((one) => one.kind === "im");
  const aboutApp = place === HOME || conversation?.kind === "im";
  const facts = [place, state.me, aboutApp, direct?.id, conversation?.name, conversation?.member, conversation?.archived, state.app.name];
  reconcile(header, [
    {
      key: "place",
      signature: JSON.stringify(facts),
      build: () => (aboutApp ? appHeading(state, place, conversation ?? direct) : channelHeading(conversation)),
    },
  ]);
}

const tab = (name, target, place) =>
  h("a", { href: address(me().id, target), "aria-current": target === place ? "page" : null }, name);

const appHeading = ({ app }, place, direct) =>
  h(
    "div",
    { class: "heading" },
    avatar(personOf(app.bot_user_id) ?? { is_bot: true }),
    h("h1", null, place === HOME ? app.name : direct.name),
    h("span", { class: "badge" }, "APP"),
    h("nav", { class: "tabs", "aria-label": "App" }, tab("Home", HOME, place), direct && tab("Messages", direct.id, place)),
  );

const channelHeading = ({ name, member, archived }) =>
  h(
    "div",
    { class: "heading" },
    icon("hash"),
    h("h1", null, name),
    archived && h("span", { class: "badge" }, "archived"),
    !member && h("span", { class: "aside" }, "You are not a member of this channel"),
  );
