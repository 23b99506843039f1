// Where one types "/nps …". Only slash commands mean anything here.
/** @import { Command, Loaded } from "./types.js" */
import { current, act, HOME } from "./store.js";
import { find, h, newId } from "./dom.js";
import { listboxOf } from "./popup.js";

const form = find("#composer", HTMLElement);
const field = find("input", HTMLInputElement, form);
const send = find("button", HTMLButtonElement, form);
const hint = find("#composer-hint", HTMLElement);
const list = h("ul", { role: "listbox", id: "commands", class: "popup commands", popover: "manual", "aria-label": "Commands" });
form.append(list);

/** @type {Map<string, string>} */
const drafts = new Map();
let draftKey = "";
const menu = listboxOf(field, list, form, { above: true });

/** @param {Loaded} store */
export function renderComposer({ state, place }) {
  const conversation = state.conversations.find((one) => one.id === place);
  form.hidden = place === HOME;
  hint.hidden = form.hidden;
  field.disabled = Boolean(conversation?.archived);
  field.placeholder = field.disabled ? "This channel is archived" : `Type ${firstCommand()} and press Enter`;
  const key = `${state.me} ${place}`;
  if (key === draftKey) return;
  drafts.set(draftKey, field.value);
  draftKey = key;
  field.value = drafts.get(key) ?? "";
  tell("");
  menu.close();
  showReady();
}

const commands = () => current().state.app.commands;
const firstCommand = () => commands()[0]?.command ?? "/";

function showReady() {
  send.disabled = !field.value.trim();
}

/** @param {string} sentence */
function tell(sentence) {
  hint.textContent = sentence;
}

function suggest() {
  const typed = field.value.trimStart();
  const [word] = typed.split(" ");
  const typedOn = typed.includes(" ");
  const offered = typed.startsWith("/") ? commands().filter(({ command }) => (typedOn ? command === word : command.startsWith(word))) : [];
  tell(typedOn && offered.length ? [word, offered[0].usage].filter(Boolean).join(" ") : "");
  list.replaceChildren(...offered.map(suggestion));
  if (typedOn || !offered.length) menu.close();
  else menu.open(0);
}

/** @param {Command} command */
function suggestion({ command, usage, description }) {
  return h(
    "li",
    { role: "option", id: newId("command"), "data-command": command, onclick: () => complete(command) },
    h("span", { class: "label" }, h("strong", null, command), " ", usage),
    h("span", { class: "detail" }, description),
  );
}

/** @param {string} command */
function complete(command) {
  field.value = `${command} `;
  field.focus();
  suggest();
  showReady();
}

field.addEventListener("input", () => {
  suggest();
  showReady();
});
field.addEventListener("blur", menu.close);
field.addEventListener("keydown", (event) => {
  if (!menu.isOpen) return;
  const chosen = menu.active()?.dataset.command;
  if (event.key === "ArrowDown") menu.move(1);
  else if (event.key === "ArrowUp") menu.move(-1);
  else if (event.key === "Escape") menu.close();
  else if (event.key === "Tab" && chosen) complete(chosen);
  else if (event.key === "Enter" && chosen && chosen !== field.value.trim()) complete(chosen);
  else return;
  event.preventDefault();
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text || form.getAttribute("aria-busy") === "true") return;
  menu.close();
  if (!text.startsWith("/")) {
    tell(`Nobody reads plain messages in this pretend Slack. Try ${firstCommand()}.`);
    return;
  }
  await run(text);
});

/** @param {string} text */
async function run(text) {
  form.setAttribute("aria-busy", "true");
  tell("");
  const answer = await act("command", { channel: current().place, text });
  form.setAttribute("aria-busy", "false");
  if (answer.ok && field.value.trim() === text) field.value = "";
  showReady();
}
