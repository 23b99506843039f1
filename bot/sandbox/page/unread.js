// What each person has not looked at yet. Kept in memory only: a reload starts afresh.

const DAY = 86_400;
const readUntil = new Map(); // "person conversation" → ts of the newest message seen
const firstSeen = new Map(); // person → ts before which everything counts as read
const counts = new Map(); // person → Map(conversation → {count, direct})

const keyOf = (person, conversation) => `${person} ${conversation}`;

/** Counts what is new in a state. On first sight, what came within the last pretend day is new. */
export function note({ me, now, conversations }) {
  if (!firstSeen.has(me)) firstSeen.set(me, Date.parse(now) / 1000 - DAY);
  counts.set(me, new Map(conversations.map((one) => [one.id, newsIn(one, me)])));
}

function newsIn({ id, kind, member, messages }, me) {
  const since = readUntil.get(keyOf(me, id)) ?? firstSeen.get(me);
  const news = messages.filter(({ ts, user }) => user !== me && Number(ts) > since).length;
  return { count: kind === "channel" && !member ? 0 : news, direct: kind === "im" };
}

export function markRead(person, { id, messages }) {
  const newest = messages.reduce((most, { ts }) => Math.max(most, Number(ts)), firstSeen.get(person));
  readUntil.set(keyOf(person, id), newest);
  counts.get(person)?.delete(id);
}

export const unreadIn = (person, conversation) => counts.get(person)?.get(conversation)?.count ?? 0;

export const unreadDirect = (person) =>
  [...(counts.get(person)?.values() ?? [])].reduce((sum, { count, direct }) => sum + (direct ? count : 0), 0);
