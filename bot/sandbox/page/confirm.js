/** @import { Confirm } from "./types.js" */
import { h, newId } from "./dom.js";
import { plainText, textNodes } from "./mrkdwn.js";

/**
 * Asks "Are you sure?" with Block Kit's confirm object; answers true or false.
 * @param {Confirm} object @returns {Promise<boolean>}
 */
export function confirmed(object) {
  const title = newId("confirm");
  /** @type {HTMLDialogElement} */
  const dialog = h(
    "dialog",
    { class: "confirm", role: "alertdialog", "aria-labelledby": title },
    h("h2", { id: title }, plainText(object.title)),
    h("div", { class: "prose" }, textNodes(object.text)),
    h(
      "footer",
      null,
      h("button", { type: "button", class: "button", onclick: () => dialog.close() }, plainText(object.deny)),
      h(
        "button",
        { type: "button", class: `button ${object.style ?? "primary"}`, autofocus: true, onclick: () => dialog.close("yes") },
        plainText(object.confirm),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
