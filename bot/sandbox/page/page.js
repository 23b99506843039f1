// The pretend Slack in the browser: fetch the state, draw what changed, send what the person does.
/** @import { Loaded, Store } from "./types.js" */
import { renderComposer } from "./composer.js";
import { placeHeader, renderConversation, titleOf } from "./conversation.js";
import { me } from "./directory.js";
import { find } from "./dom.js";
import { homeOpened, renderHome } from "./home.js";
import { renderModal } from "./modal.js";
import { renderNotices } from "./notices.js";
import { lookAtPeers } from "./peers.js";
import { renderRail } from "./rail.js";
import { current, HOME, isLoaded, start } from "./store.js";
import { renderTopbar } from "./topbar.js";
import { renderTraffic } from "./traffic.js";
import { renderTroubles } from "./troubles.js";

const header = find("#place", HTMLElement);
const main = find("main", HTMLElement);
const modal = find("#modal", HTMLElement);
/** @type {string | null} */
let visited = null;

/** @param {Store} store */
function draw(store) {
  if (isLoaded(store)) drawWorkspace(store);
  renderNotices(store);
}

/** @param {Loaded} store */
function drawWorkspace(store) {
  const { state, place } = store;
  const conversation = state.conversations.find((one) => one.id === place);
  document.title = `${conversation ? titleOf(conversation) : state.app.name} · ${state.workspace.name} · pretend Slack`;
  document.body.classList.add("ready");
  main.lang = modal.lang = me().locale;
  renderTopbar(state);
  placeHeader(header, store);
  renderComposer(store);
  if (conversation) renderConversation(conversation, state);
  else renderHome(state);
  renderRail(store);
  renderModal(state);
  renderTroubles(state);
  renderTraffic(state);
  lookAtPeers(state, () => renderRail(current()));
  visit(`${state.me} ${place}`, place);
}

/** @param {string} here @param {string} place */
function visit(here, place) {
  if (here === visited) return;
  visited = here;
  if (place === HOME) homeOpened();
}

start(draw);
