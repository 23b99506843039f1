// The main pane when a channel or a direct message is chosen.
/** @import { Conversation, Entry, Loaded, State } from "./types.js" */
import { avatar, me, personOf } from "./directory.js";
import { childrenOf, find, h, nodeOf, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { entriesOf, isReply, keyOf } from "./messages.js";
import { address, HOME } from "./store.js";
import { markRead, unreadIn } from "./unread.js";

const NEAR = 80; // px from the end that still count as reading the newest
/** @type {Map<string, number>} */
const scrolled = new Map(); // conversation → how far up from the end the reader was

const frame = find("#pane", HTMLElement);
const newest = find("#newest", HTMLElement);
const newestWords = find("span", HTMLElement, newest);
/** @type {HTMLElement | null} */
let fresh = null; // the reply higher up that the button leads to, null where the newest stands at the end
newest.addEventListener("click", () => (fresh ? toReply(fresh) : childrenOf(frame).forEach(toEnd)));

/** @param {Conversation} conversation @param {State} state */
export function renderConversation(conversation, { me: person, now }) {
  const entries = entriesOf(conversation, new Date(now));
  const key = `${person} ${conversation.id}`;
  /** @type {HTMLElement | null} */
  const known = frame.querySelector(`:scope > [data-log="${CSS.escape(key)}"]`);
  const opened = !known;
  const log = known ?? newLog(conversation, key);
  if (opened) frame.replaceChildren(log);
  const atEnd = opened || fromEnd(log) < NEAR;
  const news = unreadIn(person, conversation.id) > 0;
  reconcile(log, entries.length ? entries : [nothingYet(conversation)]);
  if (opened) log.scrollTop = log.scrollHeight - log.clientHeight - (scrolled.get(key) ?? 0);
  else if (atEnd) toEnd(log);
  if (opened) offer(null, log);
  if (news) announce(conversation, log, atEnd);
  markRead(person, conversation);
}

/**
 * Offers the way to what is new where the reader does not see it: the end, or a reply under an older message.
 * @param {Conversation} conversation @param {HTMLElement} log @param {boolean} atEnd
 */
function announce({ messages }, log, atEnd) {
  const latest = messages.reduce((one, other) => (Number(other.ts) > Number(one.ts) ? other : one));
  const node = nodeOf(keyOf(latest), log);
  if (isReply(latest) && node && !isSeen(node, log)) offer(node, log);
  else if (!atEnd) offer(lastOf(log), log);
}

/** @param {HTMLElement | null} node @param {HTMLElement} log */
function offer(node, log) {
  fresh = node === lastOf(log) ? null : node;
  newest.hidden = !node;
  newest.classList.toggle("above", Boolean(fresh));
  newestWords.textContent = fresh ? "New reply" : "New messages";
}

/** @param {Element} node @param {Element} log */
function isSeen(node, log) {
  const [box, frameBox] = [node.getBoundingClientRect(), log.getBoundingClientRect()];
  return box.top >= frameBox.top && box.bottom <= frameBox.bottom;
}

/** @param {HTMLElement} node */
function toReply(node) {
  node.scrollIntoView({ block: "center" });
  node.focus({ preventScroll: true });
  newest.hidden = true;
}

/** @param {Element} log */
const lastOf = (log) => childrenOf(log).at(-1) ?? null;

/** @param {Element} log */
const fromEnd = (log) => log.scrollHeight - log.clientHeight - log.scrollTop;

/** @param {Element} log */
function toEnd(log) {
  log.scrollTop = log.scrollHeight;
  if (!fresh) newest.hidden = true;
}

// A fresh log for each conversation: a screen reader then announces what arrives, not what was there.
/** @param {Conversation} conversation @param {string} key */
function newLog(conversation, key) {
  const log = h("div", { class: "log", role: "log", "aria-label": titleOf(conversation), tabindex: "0", "data-log": key });
  // What appears above or below the log (a notice, the composer) must not push the newest out of sight.
  new ResizeObserver(() => {
    if (!scrolled.get(key)) toEnd(log);
  }).observe(log);
  log.addEventListener("scroll", () => {
    const rest = fromEnd(log);
    scrolled.set(key, rest < NEAR ? 0 : rest);
    if (fresh ? isSeen(fresh, log) : rest < NEAR) newest.hidden = true;
  });
  return log;
}

/** @type {(conversation: Conversation) => Entry} */
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

/** @param {Conversation} conversation */
export const titleOf = ({ kind, name }) => (kind === "channel" ? `#${name}` : name);

/**
 * The heading over the pane; for the app it holds the tabs Home and Messages.
 * @param {HTMLElement} header @param {Loaded} store
 */
export function placeHeader(header, { state, place }) {
  const conversation = state.conversations.find((one) => one.id === place);
  const direct = state.conversations.find((one) => one.kind === "im");
  const aboutApp = place === HOME || conversation?.kind === "im";
  const facts = [place, state.me, aboutApp, direct?.id, conversation?.name, conversation?.member, conversation?.archived, state.app.name];
  reconcile(header, [
    {
      key: "place",
      signature: JSON.stringify(facts),
      build: () => (conversation && !aboutApp ? channelHeading(conversation) : appHeading(state, place, conversation ?? direct)),
    },
  ]);
}

/** @param {string} name @param {string} target @param {string} place */
const tab = (name, target, place) =>
  h("a", { href: address(me().id, target), "aria-current": target === place ? "page" : null }, name);

/** @param {State} state @param {string} place @param {Conversation | undefined} direct */
const appHeading = ({ app }, place, direct) =>
  h(
    "div",
    { class: "heading" },
    avatar(personOf(app.bot_user_id) ?? { is_bot: true }),
    h("h1", null, place === HOME || !direct ? app.name : direct.name),
    h("span", { class: "badge" }, "APP"),
    h("nav", { class: "tabs", "aria-label": "App" }, tab("Home", HOME, place), direct && tab("Messages", direct.id, place)),
  );

/** @param {Conversation} channel */
const channelHeading = ({ name, member, archived }) =>
  h(
    "div",
    { class: "heading" },
    icon("hash"),
    h("h1", null, name),
    archived && h("span", { class: "badge" }, "archived"),
    !member && h("span", { class: "aside" }, "You are not a member of this channel"),
  );
