// The only module that speaks to the server (the page API of bot/sandbox).
/** @import { Answer, State, Traffic } from "./types.js" */

export const AWAY = "The pretend Slack does not answer. Is the demo still running?";

/**
 * The workspace as `person` sees it. Throws an Error with a sentence for the reader.
 * @param {string} person @returns {Promise<State>}
 */
export async function fetchState(person) {
  const address = person ? `/page/state?as=${encodeURIComponent(person)}` : "/page/state";
  const response = await fetch(address).catch(() => null);
  if (!response) throw new Error(AWAY);
  if (!response.ok) throw new Error(`The pretend Slack answered ${response.status}.`);
  const state = await response.json();
  if (state.ok === false) throw new Error(state.error);
  return state;
}

/**
 * What went over the wire after the exchange with this number: {exchanges, all, failed}.
 * @param {number} after @returns {Promise<Traffic>}
 */
export async function fetchTraffic(after) {
  const response = await fetch(`/page/traffic?after=${after}`);
  if (!response.ok) throw new Error(`The pretend Slack answered ${response.status}.`);
  return response.json();
}

/**
 * Sends one thing a person did. Always answers {ok: true} or {ok: false, error: sentence}.
 * @param {string} action @param {object} body @returns {Promise<Answer>}
 */
export async function post(action, body) {
  try {
    const response = await fetch(`/page/${action}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) return { ok: false, error: `The pretend Slack answered ${response.status}.` };
    return await response.json();
  } catch {
    return { ok: false, error: AWAY };
  }
}

/**
 * Calls `onChange` at each change on the server, and when the line to it drops or returns.
 * @param {() => void} onChange
 */
export function listen(onChange) {
  const events = new EventSource("/page/events");
  for (const kind of ["message", "open", "error"]) events.addEventListener(kind, onChange);
}
