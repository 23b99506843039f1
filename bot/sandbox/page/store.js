// What the server says, who we are, and where we look. The page draws it; nothing else holds state of the workspace.
import { fetchState, listen, post } from "./api.js";
import { note } from "./unread.js";

const HEARTBEAT = 30_000;
const store = { state: null, place: null, connected: true, problems: [] };
let redraw = () => {};

export const current = () => store;
export const HOME = "home";

export function start(onChange) {
  redraw = onChange;
  addEventListener("hashchange", followHash);
  listen(refresh, (connected) => {
    store.connected = connected;
    if (connected) refresh();
    else draw();
  });
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
    try {
      store.state = await fetchState(hashParts()[0]);
      store.connected = true;
      note(store.state);
    } catch {
      store.connected = false;
    }
  } while (again);
  draw();
}

function draw() {
  if (!store.state) return;
  const { me, conversations } = store.state;
  const wanted = hashParts()[1];
  const known = wanted === HOME || conversations.some((one) => one.id === wanted);
  store.place = known ? wanted : firstPlace(conversations);
  const here = address(me, store.place);
  if (location.hash !== here) history.replaceState(null, "", here);
  redraw(store);
}

function firstPlace(conversations) {
  const open = conversations.filter((one) => one.kind === "channel" && one.member && !one.archived);
  return (open[0] ?? conversations[0])?.id ?? HOME;
}

/** Sends what the person did; what went wrong stands above the conversation until dismissed. */
export async function act(action, body) {
  const answer = await post(action, action === "control" ? body : { as: store.state.me, ...body });
  if (!answer.ok) complain(answer.error);
  await refresh();
  return answer;
}

export function complain(text) {
  store.problems.push({ id: `page-${Date.now()}-${store.problems.length}`, text });
  draw();
}

export function dismiss(id) {
  const mine = store.problems.findIndex((problem) => problem.id === id);
  if (mine < 0) return act("dismiss", { notice: id });
  store.problems.splice(mine, 1);
  return draw();
}
