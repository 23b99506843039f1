// What each person has not looked at yet. Kept in memory only: a reload starts afresh.
/** @import { Conversation, State } from "./types.js" */

const DAY = 86_400;
/** @type {Map<string, number>} */
const readUntil = new Map(); // "person conversation" → ts of the newest message seen
/** @type {Map<string, number>} */
const firstSeen = new Map(); // person → ts before which everything counts as read
/** @type {Map<string, Map<string, { count: number, direct: boolean }>>} */
const counts = new Map(); // person → Map(conversation → {count, direct})

/** @param {string} person @param {string} conversation */
const keyOf = (person, conversation) => `${person} ${conversation}`;

/**
 * Counts what is new in a state. On first sight, what came within the last pretend day is new.
 * @param {State} state
 */
export function note({ me, now, conversations }) {
  if (!firstSeen.has(me)) firstSeen.set(me, Date.parse(now) / 1000 - DAY);
  counts.set(me, new Map(conversations.map((one) => [one.id, newsIn(one, me)])));
}

/** @param {Conversation} conversation @param {string} me */
function newsIn({ id, kind, member, messages }, me) {
  const since = readUntil.get(keyOf(me, id)) ?? firstSeen.get(me) ?? 0;
  const news = messages.filter(({ ts, user }) => user !== me && Number(ts) > since).length;
  return { count: kind === "channel" && !member ? 0 : news, direct: kind === "im" };
}

/** @param {string} person @param {Conversation} conversation */
export function markRead(person, { id, messages }) {
  const newest = messages.reduce((most, { ts }) => Math.max(most, Number(ts)), firstSeen.get(person) ?? 0);
  readUntil.set(keyOf(person, id), newest);
  counts.get(person)?.delete(id);
}

/** @param {string} person @param {string} conversation */
export const unreadIn = (person, conversation) => counts.get(person)?.get(conversation)?.count ?? 0;

/** @param {string} person */
export const unreadDirect = (person) =>
  [...(counts.get(person)?.values() ?? [])].reduce((sum, { count, direct }) => sum + (direct ? count : 0), 0);
