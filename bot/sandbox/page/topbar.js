// The pretend date and time, and the buttons that move it.
import { cityOf, me } from "./directory.js";
import { h, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { act } from "./store.js";
import { fullMoment, weekMoment } from "./times.js";

const clock = document.querySelector("#clock");
const controls = document.querySelector("#controls");
let running = null;

export function renderTopbar({ now, controls: offered }) {
  const person = me();
  const moment = new Date(now);
  reconcile(clock, [
    {
      key: "moment",
      signature: `${weekMoment(moment, person)} ${person.tz}`,
      build: () =>
        h(
          "time",
          { datetime: now, title: `${fullMoment(moment, person)}, ${person.tz}`, "aria-label": `Pretend time: ${fullMoment(moment, person)}` },
          icon("clock"),
          h("span", null, weekMoment(moment, person)),
          h("span", { class: "detail" }, cityOf(person)),
        ),
    },
  ]);
  renderControls(offered);
}

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

async function run(id, offered) {
  if (running) return;
  running = id;
  renderControls(offered);
  await act("control", { id });
  running = null;
  renderControls(offered);
}
