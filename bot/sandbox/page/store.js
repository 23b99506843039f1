// What the server says, who we are, and where we look. The page draws it; nothing else holds state of the workspace.
/** @import { Answer, Conversation, Loaded, Store } from "./types.js" */
import { fetchState, listen, post } from "./api.js";
import { note } from "./unread.js";

const HEARTBEAT = 30_000;
/** @type {Store} */
const store = { state: null, place: "", trouble: null, problems: [] };
/** @type {(store: Store) => void} */
let redraw = () => {};

/** The store, once the state has come: nothing is drawn and nobody acts before. */
export function current() {
  if (!isLoaded(store)) throw new Error("The state has not come yet.");
  return store;
}

/** @param {Store} store @returns {store is Loaded} */
export const isLoaded = (store) => store.state !== null;

export const HOME = "home";

/** @param {(store: Store) => void} onChange */
export function start(onChange) {
  redraw = onChange;
  addEventListener("hashchange", followHash);
  listen(refresh);
  setInterval(refresh, HEARTBEAT); // the pretend clock moves even when nothing else does
  return refresh();
}

/** @param {string} person @param {string} [place] */
export const address = (person, place) => `#${[person, place ?? ""].filter(Boolean).map(encodeURIComponent).join("/")}`;

/** @param {string} person @param {string} [place] */
export const go = (person, place) => {
  location.hash = address(person, place);
};

function hashParts() {
  return location.hash.slice(1).split("/").map(decodeURIComponent);
}

function followHash() {
  const [person] = hashParts();
  if (person === store.state?.me) draw();
  else refresh();
}

/** @type {Promise<void> | null} */
let underWay = null;
let again = false;

/** Fetches the state; calls that come in meanwhile share one more fetch, so the last answer is never stale. */
export function refresh() {
  if (underWay) {
    again = true;
    return underWay;
  }
  underWay = fetchRepeatedly().finally(() => {
    underWay = null;
  });
  return underWay;
}

async function fetchRepeatedly() {
  do {
    again = false;
    const [person, place] = hashParts();
    try {
      const state = await fetchState(person).catch((error) => (person ? fetchState("") : Promise.reject(error)));
      if (hashParts()[0] !== person) {
        again = true; // somebody else was chosen meanwhile
        continue;
      }
      if (state.me !== person) history.replaceState(null, "", address(state.me, place));
      store.state = state;
      store.trouble = null;
      note(state);
    } catch (error) {
      store.trouble = sentenceOf(error);
    }
    draw();
  } while (again);
}

function draw() {
  if (isLoaded(store) && store.state.me === hashParts()[0]) settlePlace(store);
  redraw(store);
}

/**
 * The place in the address bar where it exists, else the first channel; the address bar then says so.
 * @param {Loaded} store
 */
function settlePlace(store) {
  const { me, conversations } = store.state;
  const wanted = hashParts()[1];
  const known = wanted === HOME || conversations.some((one) => one.id === wanted);
  store.place = known ? wanted : firstPlace(conversations);
  const here = address(me, store.place);
  if (location.hash !== here) history.replaceState(null, "", here);
}

/** @param {Conversation[]} conversations */
function firstPlace(conversations) {
  const open = conversations.filter((one) => one.kind === "channel" && one.member && !one.archived);
  return (open[0] ?? conversations[0])?.id ?? HOME;
}

/**
 * Sends what the person did; what went wrong stands above the conversation until dismissed.
 * @param {string} action @param {object} body @returns {Promise<Answer>}
 */
export async function act(action, body) {
  const answer = await post(action, action === "control" ? body : { as: current().state.me, ...body });
  await refresh();
  if (!answer.ok) complain(answer.error);
  return answer;
}

/** @param {string} text */
function complain(text) {
  if ([store.trouble, ...store.problems.map((problem) => problem.text)].includes(text)) return;
  store.problems.push({ id: `page ${text}`, text });
  draw();
}

/** @param {string} id */
export function dismiss(id) {
  const mine = store.problems.findIndex((problem) => problem.id === id);
  if (mine < 0) return void act("dismiss", { notice: id });
  store.problems.splice(mine, 1);
  draw();
}

/**
 * What was thrown, in words.
 * @param {unknown} error
 */
export const sentenceOf = (error) => (error instanceof Error ? error.message : String(error));
