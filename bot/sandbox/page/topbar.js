// The pretend date and time, and the buttons that move it.
/** @import { Answer, Control, State } from "./types.js" */
import { cityOf, me } from "./directory.js";
import { find, h, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { told } from "./said.js";
import { act } from "./store.js";
import { englishMoment, fullMoment, longDate, weekTime } from "./times.js";

const clock = find("#clock", HTMLElement);
const controls = find("#controls", HTMLElement);
/** @type {string | null} */
let running = null;

/** @param {State} state */
export function renderTopbar({ now, controls: offered }) {
  const person = me();
  const moment = new Date(now);
  reconcile(clock, [
    {
      key: "moment",
      signature: `${fullMoment(moment, person)} ${person.locale} ${person.tz}`,
      build: () =>
        h(
          "time",
          { datetime: now, title: `${fullMoment(moment, person)}, ${person.tz}`, "aria-label": `Pretend time: ${fullMoment(moment, person)}` },
          icon("clock"),
          h("span", { class: "hour" }, weekTime(moment, person)),
          h("span", { class: "detail" }, `${longDate(moment, person)}, ${cityOf(person)}`),
        ),
    },
  ]);
  renderControls(offered);
}

/** @param {Control[]} offered */
function renderControls(offered) {
  reconcile(
    controls,
    offered.map((control) => ({
      key: control.id,
      signature: JSON.stringify([control, running]),
      build: () => controlButton(control, offered),
    })),
  );
}

/** @param {Control} control @param {Control[]} offered */
const controlButton = ({ id, label }, offered) =>
  h(
    "button",
    {
      type: "button",
      class: "control",
      "data-focus": `control ${id}`,
      "aria-busy": running === id ? "true" : null,
      "aria-disabled": running ? "true" : null,
      onclick: () => run(id, offered),
    },
    icon("skip"),
    h("span", null, label),
  );

/** @param {string} id @param {Control[]} offered */
async function run(id, offered) {
  if (running) return;
  running = id;
  told("");
  renderControls(offered);
  const answer = await act("control", { id });
  running = null;
  renderControls(offered);
  if (answer.ok) told(sentenceOf(answer));
}

/**
 * "Moved to Tuesday 24 November at 09:30: 3 messages sent." in the clock of the person who looks.
 * @param {Answer} answer
 */
function sentenceOf({ done, moved_to: moment }) {
  return `${moment ? `Moved to ${englishMoment(new Date(moment), me())}: ` : ""}${done}.`;
}
