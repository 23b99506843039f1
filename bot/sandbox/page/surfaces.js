// A surface is what blocks stand on: a message, a modal or App Home, with what was entered on it.
import { Form } from "./form.js";
import { act, current, HOME } from "./store.js";

const forms = new Map();

/** container: {channel, ts} or {view_id}, as the server wants it back. */
export function surfaceFor(container, blocks, errors) {
  const { state, place } = current();
  const key = [state.me, ...Object.values(container)].join(" ");
  if (!forms.has(key)) forms.set(key, new Form(place === HOME ? null : place));
  const form = forms.get(key);
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
  };
}
