// What the server says, who we are, and where we look. The page draws it; nothing else holds state of the workspace.
import { fetchState, listen, post } from "./api.js";
import { note } from "./unread.js";

const HEARTBEAT = 30_000;
const store = { state: null, place: null, trouble: null, problems: [] };
let redraw = () => {};

export const current = () => store;
export const HOME = "home";

export function start(onChange) {
  redraw = onChange;
  addEventListener("hashchange", followHash);
  listen(refresh);
  setInterval(refresh, HEARTBEAT); // the pretend clock moves even when nothing else does
  return refresh();
}

export const address = (person, place) => `#${[person, place].filter(Boolean).map(encodeURIComponent).join("/")}`;

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

let underWay = null;
let again = false;

/** Fetches the state; calls that come in meanwhile share one more fetch, so the last answer is never stale. */
export function refresh() {
  if (underWay) {
    again = true;
    return underWay;
  }
  underWay = fetchRepeatedly().finally(() => (underWay = null));
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
      store.trouble = error.message;
    }
    draw();
  } while (again);
}

function draw() {
  if (store.state?.me === hashParts()[0]) settlePlace();
  redraw(store);
}

/** The place in the address bar where it exists, else the first channel; the address bar then says so. */
function settlePlace() {
  const { me, conversations } = store.state;
  const wanted = hashParts()[1];
  const known = wanted === HOME || conversations.some((one) => one.id === wanted);
  store.place = known ? wanted : firstPlace(conversations);
  const here = address(me, store.place);
  if (location.hash !== here) history.replaceState(null, "", here);
}

function firstPlace(conversations) {
  const open = conversations.filter((one) => one.kind === "channel" && one.member && !one.archived);
  return (open[0] ?? conversations[0])?.id ?? HOME;
}

/** Sends what the person did; what went wrong stands above the conversation until dismissed. */
export async function act(action, body) {
  const answer = await post(action, action === "control" ? body : { as: store.state.me, ...body });
  await refresh();
  if (!answer.ok) complain(answer.error);
  return answer;
}

function complain(text) {
  if ([store.trouble, ...store.problems.map((problem) => problem.text)].includes(text)) return;
  store.problems.push({ id: `page ${text}`, text });
  draw();
}

export function dismiss(id) {
  const mine = store.problems.findIndex((problem) => problem.id === id);
  if (mine < 0) return act("dismiss", { notice: id });
  store.problems.splice(mine, 1);
  return draw();
}
