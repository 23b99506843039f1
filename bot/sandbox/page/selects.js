// Which choices a select menu of Slack offers, and how its choice is written in the state.
/** @import { Binding, BlockElement, Choice, Conversation, Option, Result, Row, Search } from "./types.js" */
import { combobox } from "./combobox.js";
import { avatar, conversationOf, nameOf } from "./directory.js";
import { isMultiple } from "./form.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { plainText } from "./mrkdwn.js";
import { current } from "./store.js";
import { say } from "./words.js";

/** @param {Option} option @param {string} [group] @returns {Row} */
const optionOf = (option, group) => ({
  id: option.value,
  label: plainText(option.text),
  detail: option.description && plainText(option.description),
  group,
  value: option,
});

/** @param {Result} result @returns {Row[]} */
const fromOptions = ({ options, option_groups: groups }) =>
  groups
    ? groups.flatMap((group) => group.options.map((option) => optionOf(option, plainText(group.label))))
    : (options ?? []).map((option) => optionOf(option));

/** @returns {Row[]} */
const people = () =>
  current()
    .state.people.filter((person) => !person.deleted)
    .map((person) => ({ id: person.id, label: nameOf(person), detail: person.title, mark: () => avatar(person), value: person.id }));

const channels = () => conversations((one) => one.kind === "channel" && !one.archived);

/** @param {(one: Conversation) => boolean} wanted @returns {Row[]} */
const conversations = (wanted) =>
  current()
    .state.conversations.filter(wanted)
    .map((one) => ({ id: one.id, label: one.kind === "channel" ? `#${one.name}` : one.name, mark: () => markOf(one), value: one.id }));

/** @param {Conversation} conversation */
const markOf = ({ kind }) => h("span", { class: "mark" }, icon(kind === "channel" ? "hash" : "chat"));

// Slack's filter also speaks of private channels; the state does not tell them apart.
/** @param {BlockElement} element */
function filtered({ filter }) {
  const kinds = filter?.include?.map((kind) => (["public", "private"].includes(kind) ? "channel" : "im"));
  return conversations((one) => !one.archived && (!kinds || kinds.includes(one.kind)));
}

const LEAST = 3; // letters, where the app does not say

/**
 * The app names these choices while somebody types.
 * @param {BlockElement} element @param {Binding["suggest"]} suggest @returns {Search}
 */
const searchOf = ({ min_query_length: least = LEAST }, suggest) => ({
  least,
  find: async (query) => fromOptions(await suggest(query)),
});

/** @type {Record<string, (element: BlockElement) => Row[]>} */
const CHOICES = { static_select: fromOptions, external_select: () => [], users_select: people, channels_select: channels, conversations_select: filtered };

/** @param {Choice} one @returns {Row} */
const unlisted = (one) =>
  typeof one === "string" ? { id: one, label: conversationOf(one)?.name ?? one, value: one } : optionOf(one);

/** @param {Choice} choice */
const idOf = (choice) => (typeof choice === "string" ? choice : choice.value);

/** @param {Row[]} choices @param {Choice[]} chosen */
const withUnlisted = (choices, chosen) => [
  ...choices,
  ...chosen.filter((one) => !choices.some((choice) => choice.id === idOf(one))).map(unlisted),
];

/** @param {BlockElement} element @param {Binding} binding */
export function selectMenu(element, { value, aria, focusKey, onchange, suggest }) {
  const kind = element.type.replace("multi_", "");
  const multiple = isMultiple(element);
  const chosen = [value].flat().filter((one) => one !== null && one !== undefined);
  return combobox({
    options: withUnlisted(CHOICES[kind](element), chosen),
    search: kind === "external_select" ? searchOf(element, suggest) : null,
    chosen: chosen.map(idOf),
    multiple,
    max: element.max_selected_items,
    placeholder: element.placeholder ? plainText(element.placeholder) : say(multiple ? "Select options" : "Select an option"),
    aria,
    focusKey,
    onchange: (options) => onchange(multiple ? options.map((option) => option.value) : (options[0]?.value ?? null)),
  });
}
