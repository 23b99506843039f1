// Looks, after things have settled, whether the other people got a message: that is how a newcomer
// discovers that somebody else's turn has come.
/** @import { Person, State } from "./types.js" */
import { fetchState } from "./api.js";
import { note } from "./unread.js";

const SETTLED = 600;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {number | null} */
let looked = null;

/** @param {Person} person */
export const isChoosable = (person) => !person.is_bot && !person.deleted;

/** @param {State} state @param {() => void} onNews */
export function lookAtPeers({ me, people, version }, onNews) {
  if (version === looked) return;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    looked = version;
    try {
      for (const { id } of people.filter((person) => isChoosable(person) && person.id !== me)) {
        note(await fetchState(id));
      }
      onNews();
    } catch {
      looked = null; // the next refresh says that the server is away
    }
  }, SETTLED);
}
