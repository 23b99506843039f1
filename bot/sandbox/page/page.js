// The pretend Slack in the browser: fetch the state, draw what changed, send what the person does.
import { renderComposer } from "./composer.js";
import { placeHeader, renderConversation, titleOf } from "./conversation.js";
import { me } from "./directory.js";
import { homeOpened, renderHome } from "./home.js";
import { renderModal } from "./modal.js";
import { renderNotices } from "./notices.js";
import { lookAtPeers } from "./peers.js";
import { renderRail } from "./rail.js";
import { current, HOME, start } from "./store.js";
import { renderTopbar } from "./topbar.js";
import { renderTraffic } from "./traffic.js";
import { renderTroubles } from "./troubles.js";

const header = document.querySelector("#place");
let visited = null;

function draw(store) {
  if (store.state) drawWorkspace(store);
  renderNotices(store);
}

function drawWorkspace(store) {
  const { state, place } = store;
  const conversation = state.conversations.find((one) => one.id === place);
  document.title = `${conversation ? titleOf(conversation) : state.app.name} · ${state.workspace.name} · pretend Slack`;
  document.body.classList.add("ready");
  document.querySelector("main").lang = document.querySelector("#modal").lang = me().locale;
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

function visit(here, place) {
  if (here === visited) return;
  visited = here;
  if (place === HOME) homeOpened();
}

start(draw);
