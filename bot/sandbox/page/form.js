// What a person has entered in one message or view, in the shape of Slack's state.values.
/** @import { Block, BlockElement, Entered, Sentences } from "./types.js" */

import { say } from "./words.js";

/**
 * element type → [property in the state, property with the starting value]
 * @type {Record<string, [string, `initial_${string}`]>}
 */
const STATE = {
  plain_text_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  radio_buttons: ["selected_option", "initial_option"],
  checkboxes: ["selected_options", "initial_options"],
  static_select: ["selected_option", "initial_option"],
  multi_static_select: ["selected_options", "initial_options"],
  external_select: ["selected_option", "initial_option"],
  multi_external_select: ["selected_options", "initial_options"],
  users_select: ["selected_user", "initial_user"],
  multi_users_select: ["selected_users", "initial_users"],
  channels_select: ["selected_channel", "initial_channel"],
  multi_channels_select: ["selected_channels", "initial_channels"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
};

/** @param {BlockElement} element */
export const isMultiple = (element) => element.type.startsWith("multi_") || element.type === "checkboxes";
/** @param {BlockElement} element @returns {string | undefined} */
export const stateProperty = (element) => STATE[element.type]?.[0];

/** @param {Block} block @returns {BlockElement[]} */
const elementsOf = (block) =>
  [block.element, block.accessory, ...(block.type === "actions" ? block.elements : [])]
    .filter((element) => element !== undefined)
    .filter((element) => element.type in STATE);

/** @param {Entered} value */
const isEmpty = (value) => value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);

export class Form {
  /** @type {Map<string, Entered>} */
  #entered = new Map();
  /** @type {string | null} */
  #here;

  /**
   * `here` is the conversation the person looks at, for default_to_current_conversation.
   * @param {string | null} here
   */
  constructor(here) {
    this.#here = here;
  }

  /** @param {Block} block @param {BlockElement} element @returns {Entered} */
  get(block, element) {
    const key = `${block.block_id} ${element.action_id}`;
    if (!this.#entered.has(key)) this.#entered.set(key, this.#start(element));
    return this.#entered.get(key);
  }

  /** @param {Block} block @param {BlockElement} element @param {Entered} value */
  set(block, element, value) {
    this.#entered.set(`${block.block_id} ${element.action_id}`, value);
  }

  /** @param {BlockElement} element @returns {Entered} */
  #start(element) {
    const start = element[STATE[element.type][1]];
    if (isMultiple(element)) {
      return start ?? (element.default_to_current_conversation && this.#here ? [this.#here] : []);
    }
    return start ?? ((element.default_to_current_conversation && this.#here) || null);
  }

  /**
   * {block_id: {action_id: {type, value | selected_…}}}
   * @param {Block[]} blocks
   */
  values(blocks) {
    /** @type {Record<string, Record<string, object>>} */
    const values = {};
    for (const block of blocks) {
      for (const element of elementsOf(block)) {
        const entry = { type: element.type, [STATE[element.type][0]]: this.get(block, element) };
        values[block.block_id] = { ...values[block.block_id], [element.action_id]: entry };
      }
    }
    return values;
  }

  /**
   * What Slack's own client refuses before the app hears of it.
   * @param {Block[]} blocks @returns {Sentences}
   */
  problems(blocks) {
    const inputs = blocks.filter((block) => block.type === "input" && block.element?.type in STATE);
    const found = inputs.map((block) => ({ block: block.block_id, sentence: problem(block, this.get(block, block.element)) }));
    return Object.fromEntries(found.flatMap(({ block, sentence }) => (sentence ? [[block, sentence]] : [])));
  }
}

/** @param {Block} block @param {Entered} value */
function problem({ element, optional }, value) {
  if (isEmpty(value)) return optional ? null : say("Please complete this required field.");
  if (typeof value !== "string") return null;
  if (element.type === "number_input") return numberProblem(element, value);
  if (element.type === "email_text_input" && !/^\S+@\S+\.\S+$/.test(value)) return say("Please enter an email address.");
  if (element.type === "url_text_input" && !URL.canParse(value)) return say("Please enter a URL, such as https://example.com.");
  if (value.length < (element.min_length ?? 0)) return say("Please enter at least {n} characters.", { n: element.min_length });
  return null;
}

/** @param {BlockElement} element @param {string} value */
function numberProblem({ is_decimal_allowed: decimal, min_value: min, max_value: max }, value) {
  const number = Number(value);
  if (!Number.isFinite(number)) return say("Please enter a number.");
  if (!decimal && !Number.isInteger(number)) return say("Please enter a whole number.");
  if (min !== undefined && number < Number(min)) return say("Please enter a number of at least {n}.", { n: min });
  if (max !== undefined && number > Number(max)) return say("Please enter a number of at most {n}.", { n: max });
  return null;
}
