// Which choices a select menu of Slack offers, and how its choice is written in the state.
import { combobox } from "./combobox.js";
import { avatar, conversationOf, nameOf } from "./directory.js";
import { isMultiple } from "./form.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { plainText } from "./mrkdwn.js";
import { current } from "./store.js";
import { say } from "./words.js";

const optionOf = (option, group) => ({
  id: option.value,
  label: plainText(option.text),
  detail: option.description && plainText(option.description),
  group,
  value: option,
});

const fromOptions = ({ options, option_groups: groups }) =>
  groups
    ? groups.flatMap((group) => group.options.map((option) => optionOf(option, plainText(group.label))))
    : (options ?? []).map((option) => optionOf(option));

const people = () =>
  current()
    .state.people.filter((person) => !person.deleted)
    .map((person) => ({ id: person.id, label: nameOf(person), detail: person.title, mark: () => avatar(person), value: person.id }));

const channels = () => conversations((one) => one.kind === "channel" && !one.archived);

const conversations = (wanted) =>
  current()
    .state.conversations.filter(wanted)
    .map((one) => ({ id: one.id, label: one.kind === "channel" ? `#${one.name}` : one.name, mark: () => markOf(one), value: one.id }));

const markOf = ({ kind }) => h("span", { class: "mark" }, icon(kind === "channel" ? "hash" : "chat"));

// Slack's filter also speaks of private channels; the state does not tell them apart.
function filtered({ filter }) {
  const kinds = filter?.include?.map((kind) => (["public", "private"].includes(kind) ? "channel" : "im"));
  return conversations((one) => one.kind !== "app" && !one.archived && (!kinds || kinds.includes(one.kind)));
}

const LEAST = 3; // letters, where the app does not say

/** The app names these choices while somebody types. */
const searchOf = ({ min_query_length: least = LEAST }, suggest) => ({
  least,
  find: async (query) => fromOptions(await suggest(query)),
});

const CHOICES = { static_select: fromOptions, external_select: () => [], users_select: people, channels_select: channels, conversations_select: filtered };

const unlisted = (one) => (one.value ? optionOf(one) : { id: one, label: conversationOf(one)?.name ?? one, value: one });

const withUnlisted = (choices, chosen) => [
  ...choices,
  ...chosen.filter((one) => !choices.some((choice) => choice.id === (one.value ?? one))).map(unlisted),
];

export function selectMenu(element, { value, aria, focusKey, onchange, suggest }) {
  const kind = element.type.replace("multi_", "");
  const multiple = isMultiple(element);
  const chosen = multiple ? value : [value].filter(Boolean);
  return combobox({
    options: withUnlisted(CHOICES[kind](element), chosen),
    search: kind === "external_select" ? searchOf(element, suggest) : null,
    chosen: chosen.map((one) => one.value ?? one),
    multiple,
    max: element.max_selected_items,
    placeholder: element.placeholder ? plainText(element.placeholder) : say(multiple ? "Select options" : "Select an option"),
    aria,
    focusKey,
    onchange: (options) => onchange(multiple ? options.map((option) => option.value) : (options[0]?.value ?? null)),
  });
}
