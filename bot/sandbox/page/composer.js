// Where one types "/nps …". Only slash commands mean anything here.
import { current, act, HOME } from "./store.js";
import { h, newId } from "./dom.js";
import { float, highlight } from "./popup.js";

const form = document.querySelector("#composer");
const field = form.querySelector("input");
const send = form.querySelector("button");
const hint = document.querySelector("#composer-hint");
const list = h("ul", { role: "listbox", id: "commands", class: "popup commands", popover: "manual", "aria-label": "Commands" });
form.append(list);

const drafts = new Map();
let draftKey = null;
let hide = null;
let at = -1;

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
  closeList();
  showReady();
}

const commands = () => current().state.app.commands ?? [];
const firstCommand = () => commands()[0]?.command ?? "/";

function showReady() {
  send.disabled = !field.value.trim();
}

function tell(sentence) {
  hint.textContent = sentence;
}

function suggest() {
  const typed = field.value.trimStart();
  const [word] = typed.split(" ");
  const typedOn = typed.includes(" ");
  const offered = typed.startsWith("/") ? commands().filter(({ command }) => (typedOn ? command === word : command.startsWith(word))) : [];
  tell(typedOn && offered.length ? [word, offered[0].usage].filter(Boolean).join(" ") : "");
  if (typedOn || !offered.length) return closeList();
  list.replaceChildren(...offered.map(suggestion));
  hide ??= float(list, form, { above: true });
  field.setAttribute("aria-controls", list.id);
  at = highlight(field, list, 0);
  return undefined;
}

function suggestion({ command, usage, description }) {
  const row = h(
    "li",
    { role: "option", id: newId("command"), "data-command": command },
    h("span", { class: "label" }, h("strong", null, command), " ", usage),
    h("span", { class: "detail" }, description),
  );
  row.addEventListener("mousedown", (event) => event.preventDefault());
  row.addEventListener("click", () => complete(command));
  return row;
}

function complete(command) {
  field.value = `${command} `;
  field.focus();
  suggest();
  showReady();
}

function closeList() {
  hide?.();
  hide = null;
  field.removeAttribute("aria-activedescendant");
}

field.addEventListener("input", () => {
  suggest();
  showReady();
});
field.addEventListener("blur", closeList);
field.addEventListener("keydown", (event) => {
  if (!hide) return;
  const chosen = list.querySelector(".active")?.dataset.command;
  if (event.key === "ArrowDown") at = highlight(field, list, at + 1);
  else if (event.key === "ArrowUp") at = highlight(field, list, at - 1);
  else if (event.key === "Escape") closeList();
  else if (event.key === "Tab" && chosen) complete(chosen);
  else if (event.key === "Enter" && chosen && chosen !== field.value.trim()) complete(chosen);
  else return;
  event.preventDefault();
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text || form.getAttribute("aria-busy") === "true") return;
  closeList();
  if (!text.startsWith("/")) {
    tell(`Nobody reads plain messages in this pretend Slack. Try ${firstCommand()}.`);
    return;
  }
  await run(text);
});

async function run(text) {
  form.setAttribute("aria-busy", "true");
  tell("");
  const answer = await act("command", { channel: current().place, text });
  form.setAttribute("aria-busy", "false");
  if (answer.ok && field.value.trim() === text) field.value = "";
  showReady();
}
