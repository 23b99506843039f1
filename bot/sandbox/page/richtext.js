// The rich_text block, and the markdown block's standard Markdown.
/** @import { Child, RichBlock, RichPart, Unknown } from "./types.js" */
import { dateText } from "./times.js";
import { me } from "./directory.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelMention, link, userMention } from "./mrkdwn.js";

/** @type {Record<string, string>} */
const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

/** @type {Record<string, (part: RichPart) => Child>} */
const LEAVES = {
  text: ({ text }) => text,
  link: ({ url, text }) => link(url, text || url) ?? text ?? url,
  emoji: ({ name }) => emoji(name) ?? `:${name}:`,
  user: ({ user_id }) => userMention(user_id),
  channel: ({ channel_id }) => channelMention(channel_id),
  usergroup: () => h("span", { class: "mention" }, "@group"),
  broadcast: ({ range }) => h("span", { class: "mention mention-loud" }, `@${range}`),
  date: ({ timestamp, format, fallback }) => dateText(timestamp, format, me()) ?? fallback ?? "",
  color: ({ value }) => h("code", null, value),
};

/** @param {RichPart} element @param {Unknown} unknown @returns {Child} */
const leaf = (element, unknown) => {
  const content = LEAVES[element.type]?.(element) ?? unknown(element.type);
  const chosen = typeof element.style === "object" ? element.style : {};
  const styles = Object.keys(STYLES).filter((style) => chosen[style]);
  return styles.reduce((inner, style) => h(STYLES[style], null, inner), content);
};

/**
 * `unknown(type)` builds the box that names a part we cannot draw.
 * @param {RichBlock} block @param {Unknown} unknown
 */
export function richText(block, unknown) {
  /** @param {RichPart} part */
  const leaves = (part) => (part.elements ?? []).map((element) => leaf(element, unknown));
  /** @type {Record<string, (part: RichPart) => Node>} */
  const parts = {
    rich_text_section: (part) => h("div", { class: "prose" }, leaves(part)),
    rich_text_quote: (part) => h("blockquote", { class: "prose" }, leaves(part)),
    rich_text_preformatted: (part) => h("pre", null, h("code", null, leaves(part))),
    rich_text_list: (part) =>
      h(
        part.style === "ordered" ? "ol" : "ul",
        { class: `indent-${Math.min(part.indent ?? 0, 4)}`, start: part.offset ? part.offset + 1 : null },
        part.elements.map((item) => h("li", null, leaves(item))),
      ),
  };
  return (block.elements ?? []).map((part) => parts[part.type]?.(part) ?? unknown(part.type));
}

/** @type {[RegExp, (found: RegExpExecArray) => Child][]} */
const INLINE = [
  [/`([^`\n]+)`/, (m) => h("code", null, m[1])],
  [/\[([^\]\n]+)\]\(([^)\s]+)\)/, (m) => link(m[2], inline(m[1])) ?? m[0]],
  [/\*\*(?=\S)(.+?)\*\*/, (m) => h("strong", null, inline(m[1]))],
  [/~~(?=\S)(.+?)~~/, (m) => h("s", null, inline(m[1]))],
  [/(?<![\w*])[*_](?=\S)([^*_\n]+?)[*_](?!\w)/, (m) => h("em", null, inline(m[1]))],
  [/:([a-z0-9_+'-]+):/, (m) => emoji(m[1]) ?? m[0]],
];

/** @param {string} text @returns {Child[]} */
function inline(text) {
  const found = INLINE.flatMap(([pattern, build]) => {
    const m = pattern.exec(text);
    return m ? [{ m, build }] : [];
  });
  if (!found.length) return text ? [text] : [];
  const { m, build } = found.reduce((first, next) => (next.m.index < first.m.index ? next : first));
  return [text.slice(0, m.index), build(m), ...inline(text.slice(m.index + m[0].length))];
}

/** @typedef {{ test: RegExp, build(lines: string[]): Child[] }} Rule */
/** @type {Rule[]} */
const LINES = [
  { test: /^#{1,6}\s+/, build: (lines) => lines.map((line) => h("h4", null, inline(line))) },
  { test: /^>\s?/, build: (lines) => [h("blockquote", { class: "prose" }, inline(lines.join("\n")))] },
  { test: /^\s*[-*+]\s+/, build: (lines) => [h("ul", null, lines.map((line) => h("li", null, inline(line))))] },
  { test: /^\s*\d+[.)]\s+/, build: (lines) => [h("ol", null, lines.map((line) => h("li", null, inline(line))))] },
];
/** @type {Rule} */
const PARAGRAPH = { test: /^/, build: (lines) => [h("p", { class: "prose" }, inline(lines.join("\n").trim()))] };

/** @type {Rule} */
const LINE = { test: /^/, build: () => [h("hr")] };

/** @param {string} text @returns {Child[]} */
export function markdown(text) {
  return text.split(/^```.*\n([\s\S]*?)\n?```$/m).flatMap((part, index) => {
    if (index % 2) return [h("pre", null, h("code", null, part))];
    /** @type {{ rule: Rule | null, lines: string[] }[]} */
    const groups = [];
    for (const line of part.split("\n")) {
      if (/^\s*(?:---+|\*\*\*+)\s*$/.test(line)) groups.push({ rule: LINE, lines: [] });
      else if (!line.trim()) groups.push({ rule: null, lines: [] });
      else {
        const rule = LINES.find(({ test }) => test.test(line)) ?? PARAGRAPH;
        const words = line.replace(rule.test, "");
        const group = groups.at(-1);
        if (group?.rule === rule) group.lines.push(words);
        else groups.push({ rule, lines: [words] });
      }
    }
    return groups.flatMap(({ rule, lines }) => rule?.build(lines) ?? []);
  });
}
