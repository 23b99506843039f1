// Slack's mrkdwn as DOM nodes.
/** @import { Child, TextObject } from "./types.js" */
import { conversationOf, me, nameOf, personOf } from "./directory.js";
import { h } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { address } from "./store.js";
import { dateText } from "./times.js";

/** @type {Record<string, string>} */
const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
/** @param {string} text */
export const unescaped = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);

/**
 * A text object ({type, text, emoji}) as nodes.
 * @param {TextObject | null | undefined} object @returns {Child[]}
 */
export function textNodes(object) {
  if (object?.type === "mrkdwn") return mrkdwn(object.text ?? "");
  return [plainText(object)];
}

/** @param {TextObject | null | undefined} object */
export const plainText = (object) =>
  object?.emoji === false ? (object.text ?? "") : withEmoji(object?.text ?? "");

/** @param {string} text @returns {Child[]} */
export function mrkdwn(text) {
  return text.split(/```\n?([\s\S]*?)\n?```/).flatMap((part, index) => {
    if (index % 2) return [h("pre", null, h("code", null, unescaped(part)))];
    const trimmed = part.replace(index ? /^\n/ : /(?!)/, "");
    return trimmed ? paragraphs(trimmed) : [];
  });
}

const QUOTE = /^(?:>|&gt;) ?/;

/** @param {string} text @returns {Child[]} */
function paragraphs(text) {
  /** @type {{ quoted: boolean, lines: string[] }[]} */
  const groups = [];
  for (const line of text.split("\n")) {
    const quoted = QUOTE.test(line);
    const group = groups.at(-1);
    if (group?.quoted === quoted) group.lines.push(line.replace(QUOTE, ""));
    else groups.push({ quoted, lines: [quoted ? line.replace(QUOTE, "") : line] });
  }
  return groups.flatMap(({ quoted, lines }) => {
    const nodes = inline(lines.join("\n"));
    return quoted ? [h("blockquote", null, nodes)] : nodes;
  });
}

/** @param {string} mark */
const styled = (mark) =>
  new RegExp(`[${mark}](?!\\s)((?:<[^<>]*>|[^${mark}<\\n])+?)(?<!\\s)[${mark}](?![\\p{L}\\p{N}])`, "yu");

/** @type {{ start: string, pattern: RegExp, between?: boolean, node(body: string, whole: string): Child }[]} */
const RULES = [
  { start: "`", pattern: /`([^`\n]+)`/y, node: (body) => h("code", null, unescaped(body)) },
  { start: "<", pattern: /<([^<>\n]+)>/y, node: (body, whole) => angle(body, whole) },
  { start: ":", pattern: /:([a-z0-9_+'-]+):/y, node: (body, whole) => emoji(body) ?? whole },
  { start: "*", pattern: styled("*"), between: true, node: (body) => h("strong", null, inline(body)) },
  { start: "_", pattern: styled("_"), between: true, node: (body) => h("em", null, inline(body)) },
  { start: "~", pattern: styled("~"), between: true, node: (body) => h("s", null, inline(body)) },
];
const BY_START = new Map(RULES.map((rule) => [rule.start, rule]));

/** @param {string} text @returns {Child[]} */
function inline(text) {
  /** @type {Child[]} */
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(unescaped(plain));
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    const rule = BY_START.get(text[at]);
    const found = rule && !(rule.between && /[\p{L}\p{N}]/u.test(text[at - 1] ?? "")) && match(rule.pattern, text, at);
    if (!found) {
      plain += text[at++];
      continue;
    }
    flush();
    nodes.push(rule.node(found[1], found[0]));
    at += found[0].length;
  }
  flush();
  return nodes;
}

/** @param {RegExp} pattern @param {string} text @param {number} at */
function match(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * What stands between < and >: a mention, a date, a special command or a link.
 * @param {string} body @param {string} whole @returns {Child}
 */
function angle(body, whole) {
  const [target, ...rest] = body.split("|");
  const label = rest.join("|");
  if (target.startsWith("@")) return userMention(target.slice(1), label);
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!date^")) return dateMention(target, label);
  if (target.startsWith("!subteam^")) return mention(unescaped(label) || "@group", true);
  if (target.startsWith("!")) return mention(`@${target.slice(1).split("^")[0]}`, true);
  return link(unescaped(target), label ? inline(label) : unescaped(target)) ?? unescaped(whole);
}

/** @param {string} text @param {boolean} [loud] */
const mention = (text, loud) => h("span", { class: loud ? "mention mention-loud" : "mention" }, text);

/** @param {string} id @param {string} [label] */
export const userMention = (id, label) =>
  mention(`@${personOf(id) ? nameOf(personOf(id)) : unescaped(label ?? "") || id}`, id === me().id);

/** @param {string} id @param {string} [label] */
export function channelMention(id, label) {
  const channel = conversationOf(id);
  if (!channel) return mention(`#${unescaped(label ?? "") || id}`);
  return h("a", { class: "mention", href: address(me().id, id) }, `#${channel.name}`);
}

/** @param {string} target @param {string} label */
function dateMention(target, label) {
  const [, seconds, format, url] = target.split("^");
  const text = dateText(Number(seconds), unescaped(format ?? ""), me()) ?? unescaped(label);
  return (url && link(url, text)) ?? text;
}

/**
 * An anchor, or null when the address is not one that is safe to follow.
 * @param {string} url @param {Child} content
 */
export function link(url, content) {
  if (!/^(?:https?:\/\/|mailto:)/i.test(url)) return null;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, content);
}
