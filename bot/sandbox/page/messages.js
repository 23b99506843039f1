// The messages of one conversation, as Slack lays them out.
/** @import { Conversation, Entry, Message, Reader } from "./types.js" */
import { named, renderBlock } from "./blocks.js";
import { avatar, me, nameOf, personOf } from "./directory.js";
import { h } from "./dom.js";
import { renderFiles } from "./files.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { surfaceFor } from "./surfaces.js";
import { clockTime, dateOfTs, dayKey, dayName, fullMoment } from "./times.js";
import { say } from "./words.js";

/**
 * @typedef {{ root: Message, replies: Message[] }} Thread
 * @typedef {{ conversation: Conversation, compact: boolean, reader: Reader, day?: string | null }} About
 */

const TOGETHER = 300; // s; one author's messages closer than this share one heading

/**
 * Entries for reconcile(): day lines and messages, each followed by its thread.
 * @param {Conversation} conversation @param {Date} now @returns {Entry[]}
 */
export function entriesOf(conversation, now) {
  const reader = me();
  /** @type {Entry[]} */
  const entries = [];
  /** @type {(Thread & { day: string }) | undefined} */
  let previous;
  for (const { root, replies } of threadsOf(conversation.messages)) {
    const day = dayKey(dateOfTs(root.ts), reader);
    if (previous?.day !== day) entries.push(dayEntry(root, day, now, reader));
    const compact = previous?.day === day && !previous.replies.length && follows(root, previous.root);
    entries.push(messageEntry(root, { conversation, compact, reader }));
    if (replies.length) entries.push(threadEntry(root, replies));
    entries.push(...replies.map((reply, index) => replyEntry(reply, { conversation, reader, now, day, before: replies[index - 1] })));
    previous = { root, replies, day };
  }
  return entries;
}

/** @param {Message} message */
export const isReply = ({ ts, thread_ts: thread }) => Boolean(thread) && thread !== ts;
/** @param {Message} message */
export const keyOf = ({ ts, ephemeral }) => `message ${ts}${ephemeral ? " ephemeral" : ""}`;

/** @param {Message[]} messages @returns {Thread[]} */
function threadsOf(messages) {
  const sorted = messages.toSorted((one, other) => Number(one.ts) - Number(other.ts));
  const known = new Set(sorted.map(({ ts }) => ts));
  const roots = sorted.filter((message) => !isReply(message) || !known.has(message.thread_ts ?? ""));
  return roots.map((root) => ({ root, replies: sorted.filter((reply) => isReply(reply) && reply.thread_ts === root.ts) }));
}

/** @param {Message} message @param {About} about @returns {Entry} */
function messageEntry(message, about) {
  return {
    key: keyOf(message),
    signature: JSON.stringify([message, about.compact, about.day, about.reader, personOf(message.user)]),
    build: () => renderMessage(message, about),
  };
}

/** @param {Message} message @param {Message} before */
const follows = (message, before) =>
  message.user === before.user &&
  !message.ephemeral &&
  !before.ephemeral &&
  Number(message.ts) - Number(before.ts) < TOGETHER;

/** @type {(root: Message, replies: Message[]) => Entry} */
const threadEntry = ({ ts }, { length }) => ({
  key: `thread ${ts}`,
  signature: String(length),
  build: () => h("div", { class: "thread" }, length === 1 ? say("1 reply") : say("{n} replies", { n: length })),
});

/**
 * A reply of another day says so itself: the day lines are those of the messages it stands under.
 * @param {Message} reply @param {{ conversation: Conversation, reader: Reader, now: Date, day: string, before: Message | undefined }} about
 */
function replyEntry(reply, { conversation, reader, now, day, before }) {
  const sent = dateOfTs(reply.ts);
  const elsewhen = dayKey(sent, reader) === day ? null : dayName(sent, now, reader);
  return messageEntry(reply, { conversation, reader, compact: before !== undefined && follows(reply, before), day: elsewhen });
}

/** @param {Message} message @param {string} day @param {Date} now @param {Reader} reader @returns {Entry} */
function dayEntry(message, day, now, reader) {
  const name = dayName(dateOfTs(message.ts), now, reader);
  return {
    key: `day ${day} ${message.ts}`,
    signature: name,
    build: () => h("div", { class: "day", role: "separator", "aria-label": name }, h("span", { "aria-hidden": "true" }, name)),
  };
}

/** @param {Message} message @param {About} about */
function renderMessage(message, { conversation, compact, reader, day }) {
  const author = personOf(message.user);
  const sent = dateOfTs(message.ts);
  const moment = [day, clockTime(sent, reader)].filter(Boolean).join(", ");
  const time = h("time", { datetime: sent.toISOString(), title: fullMoment(sent, reader) }, compact ? clockTime(sent, reader) : moment);
  const kinds = ["message", compact && "compact", message.ephemeral && "ephemeral", isReply(message) && "reply"];
  return h(
    "article",
    { class: kinds.filter(Boolean).join(" "), tabindex: "-1", "aria-label": `${nameOf(author)}, ${moment}` },
    h("div", { class: "gutter" }, compact ? time : avatar(author)),
    h(
      "div",
      { class: "content" },
      message.ephemeral && h("div", { class: "only-you" }, icon("eye"), say("Only visible to you")),
      !compact && h("header", null, h("span", { class: "author" }, nameOf(author)), author?.is_bot && h("span", { class: "badge" }, "APP"), time),
      body(message, conversation),
      renderFiles(message.files),
      message.edited && h("span", { class: "edited" }, say("(edited)")),
    ),
  );
}

/** @param {Message} message @param {Conversation} conversation */
function body(message, conversation) {
  if (!message.blocks.length) return h("div", { class: "prose" }, mrkdwn(message.text));
  const blocks = named(message.blocks);
  const surface = surfaceFor({ channel: conversation.id, ts: message.ts }, blocks);
  return blocks.map((block) => renderBlock(block, surface));
}
