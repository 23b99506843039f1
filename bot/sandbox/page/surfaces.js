// A surface is what blocks stand on: a message, a modal or App Home, with what was entered on it.
/** @import { Block, Container, Result, Sentences, Surface } from "./types.js" */
import { post } from "./api.js";
import { Form } from "./form.js";
import { act, current, HOME } from "./store.js";

/** @type {Map<string, Form>} */
const forms = new Map();

/**
 * container: {channel, ts} or {view_id}, as the server wants it back.
 * @param {Container} container @param {Block[]} blocks @param {Sentences} [errors] @returns {Surface}
 */
export function surfaceFor(container, blocks, errors) {
  const { state, place } = current();
  const key = [state.me, ...Object.values(container)].join(" ");
  const form = forms.get(key) ?? new Form(place === HOME ? null : place);
  forms.set(key, form);
  return {
    key,
    form,
    errors,
    act: (block, element, chosen) =>
      act("action", {
        container,
        action: { block_id: block.block_id, action_id: element.action_id, type: element.type, ...chosen },
        values: form.values(blocks),
      }),
    suggest: (element, query) => suggestions({ as: state.me, container, action_id: element.action_id, query }),
  };
}

/**
 * The choices of a menu as the app names them: {options} or {option_groups}. Throws a sentence when it names none.
 * @param {object} asked @returns {Promise<Result>}
 */
async function suggestions(asked) {
  const answer = await post("suggest", asked);
  if (!answer.ok) throw new Error(answer.error);
  return answer;
}
