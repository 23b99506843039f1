// The messages of one conversation, as Slack lays them out.
import { named, renderBlock } from "./blocks.js";
import { avatar, me, nameOf, personOf } from "./directory.js";
import { h } from "./dom.js";
import { renderFiles } from "./files.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { surfaceFor } from "./surfaces.js";
import { clockTime, dateOfTs, dayKey, dayName, fullMoment } from "./times.js";
import { say } from "./words.js";

const TOGETHER = 300; // s; one author's messages closer than this share one heading

/** Entries for reconcile(): day lines and messages, each followed by its thread. */
export function entriesOf(conversation, now) {
  const reader = me();
  const entries = [];
  let previous = null;
  for (const { root, replies } of threadsOf(conversation.messages)) {
    const day = dayKey(dateOfTs(root.ts), reader);
    if (previous?.day !== day) entries.push(dayEntry(root, day, now, reader));
    const compact = previous?.day === day && !previous.replies.length && follows(root, previous.root);
    entries.push(messageEntry(root, { conversation, compact, reader }));
    if (replies.length) entries.push(threadEntry(root, replies));
    replies.forEach((reply, index) => entries.push(replyEntry(reply, { conversation, reader, now, day, before: replies[index - 1] })));
    previous = { root, replies, day };
  }
  return entries;
}

export const isReply = ({ ts, thread_ts: thread }) => Boolean(thread) && thread !== ts;
export const keyOf = ({ ts, ephemeral }) => `message ${ts}${ephemeral ? " ephemeral" : ""}`;

function threadsOf(messages) {
  const sorted = messages.toSorted((one, other) => Number(one.ts) - Number(other.ts));
  const known = new Set(sorted.map(({ ts }) => ts));
  const roots = sorted.filter((message) => !isReply(message) || !known.has(message.thread_ts));
  return roots.map((root) => ({ root, replies: sorted.filter((reply) => isReply(reply) && reply.thread_ts === root.ts) }));
}

function messageEntry(message, about) {
  return {
    key: keyOf(message),
    signature: JSON.stringify([message, about.compact, about.day, about.reader, personOf(message.user)]),
    build: () => renderMessage(message, about),
  };
}

const follows = (message, before) =>
  message.user === before.user &&
  !message.ephemeral &&
  !before.ephemeral &&
  Number(message.ts) - Number(before.ts) < TOGETHER;

const threadEntry = ({ ts }, { length }) => ({
  key: `thread ${ts}`,
  signature: String(length),
  build: () => h("div", { class: "thread" }, length === 1 ? say("1 reply") : say("{n} replies", { n: length })),
});

/** A reply of another day says so itself: the day lines are those of the messages it stands under. */
function replyEntry(reply, { conversation, reader, now, day, before }) {
  const sent = dateOfTs(reply.ts);
  const elsewhen = dayKey(sent, reader) === day ? null : dayName(sent, now, reader);
  return messageEntry(reply, { conversation, reader, compact: Boolean(before) && follows(reply, before), day: elsewhen });
}

function dayEntry(message, day, now, reader) {
  const name = dayName(dateOfTs(message.ts), now, reader);
  return {
    key: `day ${day} ${message.ts}`,
    signature: name,
    build: () => h("div", { class: "day", role: "separator", "aria-label": name }, h("span", { "aria-hidden": "true" }, name)),
  };
}

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

function body(message, conversation) {
  if (!message.blocks?.length) return h("div", { class: "prose" }, mrkdwn(message.text ?? ""));
  const blocks = named(message.blocks);
  const surface = surfaceFor({ channel: conversation.id, ts: message.ts }, blocks);
  return blocks.map((block) => renderBlock(block, surface));
}
