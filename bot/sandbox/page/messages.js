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

/** Entries for reconcile(): day lines and messages, replies after what they answer. */
export function entriesOf(conversation, now) {
  const reader = me();
  const entries = [];
  let previous = null;
  for (const message of inThreads(conversation.messages)) {
    const day = dayKey(dateOfTs(message.ts), reader);
    if (!previous || previous.day !== day) entries.push(dayEntry(message, day, now, reader));
    const compact = previous?.day === day && follows(message, previous.message);
    entries.push({
      key: `message ${message.ts}${message.ephemeral ? " ephemeral" : ""}`,
      signature: JSON.stringify([message, compact, reader, personOf(message.user)]),
      build: () => renderMessage(message, { conversation, compact, reader }),
    });
    previous = { message, day };
  }
  return entries;
}

const isReply = ({ ts, thread_ts: thread }) => Boolean(thread) && thread !== ts;

function inThreads(messages) {
  const sorted = messages.toSorted((one, other) => Number(one.ts) - Number(other.ts));
  const roots = sorted.filter((message) => !isReply(message) || !sorted.some(({ ts }) => ts === message.thread_ts));
  return roots.flatMap((root) => [root, ...sorted.filter((reply) => isReply(reply) && reply.thread_ts === root.ts)]);
}

const follows = (message, before) =>
  message.user === before.user &&
  !message.ephemeral &&
  !before.ephemeral &&
  isReply(message) === isReply(before) &&
  Number(message.ts) - Number(before.ts) < TOGETHER;

function dayEntry(message, day, now, reader) {
  const name = dayName(dateOfTs(message.ts), now, reader);
  return {
    key: `day ${day} ${message.ts}`,
    signature: name,
    build: () => h("div", { class: "day", role: "separator", "aria-label": name }, h("span", { "aria-hidden": "true" }, name)),
  };
}

function renderMessage(message, { conversation, compact, reader }) {
  const author = personOf(message.user);
  const sent = dateOfTs(message.ts);
  const time = h("time", { datetime: sent.toISOString(), title: fullMoment(sent, reader) }, clockTime(sent, reader));
  const kinds = ["message", compact && "compact", message.ephemeral && "ephemeral", isReply(message) && "reply"];
  return h(
    "article",
    { class: kinds.filter(Boolean).join(" "), tabindex: "-1", "aria-label": `${nameOf(author)}, ${clockTime(sent, reader)}` },
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
