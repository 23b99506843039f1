// Moments as a person reads them: in their own zone and language.
/** @import { Reader } from "./types.js" */

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {Reader} reader @param {Intl.DateTimeFormatOptions} options */
function formatFor({ locale, tz }, options) {
  const key = `${locale} ${tz} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? newFormat(locale, tz, options);
  formats.set(key, known);
  return known;
}

/** @param {string} locale @param {string} timeZone @param {Intl.DateTimeFormatOptions} options */
function newFormat(locale, timeZone, options) {
  try {
    return new Intl.DateTimeFormat(locale || "en", { timeZone: timeZone || "UTC", ...options });
  } catch {
    return new Intl.DateTimeFormat("en", { timeZone: "UTC", ...options });
  }
}

/** @type {Intl.DateTimeFormatOptions} */
const TIME = { hour: "numeric", minute: "2-digit" };
/** @type {Intl.DateTimeFormatOptions} */
const DAY = { weekday: "long", day: "numeric", month: "long" };

/** @param {string} ts */
export const dateOfTs = (ts) => new Date(Number(ts) * 1000);
/** @param {Date} date @param {Reader} person */
export const clockTime = (date, person) => formatFor(person, TIME).format(date);
/** @param {Date} date @param {Reader} person */
export const preciseTime = (date, person) => formatFor(person, { ...TIME, second: "2-digit" }).format(date);
/** @param {Date} date @param {Reader} person */
export const weekTime = (date, person) => formatFor(person, { weekday: "short", ...TIME }).format(date);
/** @param {Date} date @param {Reader} person */
export const longDate = (date, person) =>
  formatFor(person, { day: "numeric", month: "short", year: "numeric" }).format(date);
/** @param {Date} date @param {Reader} person */
export const fullMoment = (date, person) =>
  formatFor(person, { dateStyle: "full", timeStyle: "short" }).format(date);

/**
 * "Tuesday 24 November at 09:30" for a sentence of the page, which speaks English to everyone.
 * @param {Date} date @param {Reader} person
 */
export function englishMoment(date, person) {
  const reader = { ...person, locale: person.locale.startsWith("en") ? person.locale : "en-GB" };
  return `${formatFor(reader, DAY).format(date)} at ${formatFor(reader, TIME).format(date)}`;
}

/**
 * A key that is equal for two moments of the same day in the person's zone.
 * @param {Date} date @param {Reader} person
 */
export const dayKey = (date, person) =>
  formatFor({ ...person, locale: "en-CA" }, { year: "numeric", month: "2-digit", day: "2-digit" }).format(date);

/**
 * "Today", "Yesterday" or the date, in the person's language.
 * @param {Date} date @param {Date} now @param {Reader} person
 */
export function dayName(date, now, person) {
  const key = dayKey(date, person);
  const back = [0, 1].find((days) => dayKey(new Date(now.getTime() - days * 86_400_000), person) === key);
  if (back !== undefined) return capital(relativeDay(-back, person), person);
  const sameYear = key.slice(0, 4) === dayKey(now, person).slice(0, 4);
  return capital(formatFor(person, sameYear ? DAY : { ...DAY, year: "numeric" }).format(date), person);
}

/** @param {number} days @param {Reader} person */
function relativeDay(days, { locale }) {
  try {
    return new Intl.RelativeTimeFormat(locale || "en", { numeric: "auto" }).format(days, "day");
  } catch {
    return days ? "yesterday" : "today";
  }
}

/** @param {string} text @param {Reader} person */
const capital = (text, { locale }) => text.charAt(0).toLocaleUpperCase(safeLocale(locale)) + text.slice(1);

/** @param {string} locale */
function safeLocale(locale) {
  try {
    return Intl.getCanonicalLocales(locale);
  } catch {
    return [];
  }
}

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const DATE_TOKENS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: TIME,
  time_secs: { ...TIME, second: "2-digit" },
};

/**
 * Slack's <!date^…> format ("{date_short} at {time}"), or null when it holds a token we do not know.
 * @param {number} seconds @param {string} format @param {Reader} person
 */
export function dateText(seconds, format, person) {
  let known = true;
  const text = format.replace(/\{(\w+)\}/g, (_, /** @type {string} */ token) => {
    const options = DATE_TOKENS[token.replace("_pretty", "")];
    known &&= Boolean(options);
    return options ? formatFor(person, options).format(new Date(seconds * 1000)) : "";
  });
  return known && Number.isFinite(seconds) ? text : null;
}
