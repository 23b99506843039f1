import { svg } from "./dom.js";

// 24 × 24, drawn with one stroke so that they take the colour of the text around them.
const PATHS = {
  home: "M3.5 11 12 4l8.5 7M6 9.5V20h4.5v-5.5h3V20H18V9.5",
  hash: "M9.5 4 7.5 20M16.5 4l-2 16M4.5 9H20M4 15h15.5",
  chat: "M4 5.5h16v11H11l-4.5 3.5v-3.5H4z",
  up: "M12 19.5v-15M6.5 10 12 4.5l5.5 5.5",
  below: "M12 4.5v15M6.5 14l5.5 5.5 5.5-5.5",
  down: "m6.5 9.5 5.5 5.5 5.5-5.5",
  close: "m6 6 12 12M18 6 6 18",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3 2",
  skip: "m5 6 7 6-7 6zM13 6l7 6-7 6z",
  send: "M4.5 12 3 4.5 21 12 3 19.5zH12",
  menu: "M4 7h16M4 12h16M4 17h16",
  eye: "M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12M12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6",
  warning: "M12 4 2.8 20h18.4zM12 10v4.5M12 17.2v.3",
  check: "m5 12.5 4.5 4.5L19 7.5",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  image: "M4 5h16v14H4zM4 16l5-5 4.5 4.5L16 13l4 4M15.5 8.5h.01",
  file: "M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5v5h5M9 13h6M9 16.5h6",
  gauge: "M4.2 17.5a9 9 0 1 1 15.6 0M12 14.5l4-5.5",
};

/** @param {keyof typeof PATHS} name */
export const icon = (name) =>
  svg("svg", { class: `icon icon-${name}`, viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));
