// The only module that speaks to the server (the page API of bot/sandbox).

const AWAY = "The pretend Slack does not answer. Is the demo still running?";

export async function fetchState(person) {
  const response = await fetch(person ? `/page/state?as=${encodeURIComponent(person)}` : "/page/state");
  if (!response.ok) throw new Error(`The pretend Slack answered ${response.status}.`);
  return response.json();
}

/** Sends one thing a person did. Always answers {ok: true} or {ok: false, error: sentence}. */
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

/** Calls `onChange` at each change on the server and `onLink(connected)` when the line drops or returns. */
export function listen(onChange, onLink) {
  const events = new EventSource("/page/events");
  events.addEventListener("message", onChange);
  events.addEventListener("open", () => onLink(true));
  events.addEventListener("error", () => onLink(false));
}
