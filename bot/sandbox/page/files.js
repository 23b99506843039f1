// The files that a message shares: what each is called, how large it is, and a way to have it.
/** @import { SharedFile } from "./types.js" */
import { me } from "./directory.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "./words.js";

const UNITS = ["byte", "kilobyte", "megabyte"];

/**
 * A card for each file; the card is the link that downloads it.
 * @param {SharedFile[]} files
 */
export const renderFiles = (files = []) => files.map(renderFile);

/** @param {SharedFile} file */
const renderFile = ({ id, name, size }) =>
  h(
    "a",
    { class: "file", href: `/page/files/${id}?as=${encodeURIComponent(me().id)}`, download: name, "aria-label": `${say("Download")} ${name}` },
    icon("file"),
    h("span", { class: "file-name" }, name),
    h("span", { class: "file-size" }, sizeOf(size)),
  );

/** @param {number} bytes */
function sizeOf(bytes) {
  const step = Math.min(bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  /** @type {Intl.NumberFormatOptions} */
  const format = { style: "unit", unit: UNITS[step], unitDisplay: "short", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(me().locale, format).format(bytes / 1000 ** step);
}
