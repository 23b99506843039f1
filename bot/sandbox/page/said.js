// What the last button of the top bar did, in a line below the buttons that a screen reader reads out.

import { find } from "./dom.js";

const line = find("#said", HTMLElement);

/** @param {string} sentence */
export function told(sentence) {
  line.textContent = sentence;
}
