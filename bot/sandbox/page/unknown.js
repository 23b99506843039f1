import { h } from "./dom.js";
import { icon } from "./icons.js";

/**
 * What this page cannot draw is shown as an error, so that nobody takes its absence for a design.
 * @param {string} kind @param {string} type
 */
export const unknown = (kind, type) =>
  h("div", { class: "unknown", role: "alert" }, icon("warning"), `This page cannot show a ${kind} of type “${type}”.`);
