// Moments as a person reads them: in their own zone and language.

const formats = new Map();

function formatFor({ locale, tz }, options) {
  const key = `${locale} ${tz} ${JSON.stringify(options)}`;
  if (!formats.has(key)) formats.set(key, newFormat(locale, tz, options));
  return formats.get(key);
}

function newFormat(locale, timeZone, options) {
  try {
    return new Intl.DateTimeFormat(locale || "en", { timeZone: timeZone || "UTC", ...options });
  } catch {
    return new Intl.DateTimeFormat("en", { timeZone: "UTC", ...options });
  }
}

const TIME = { hour: "numeric", minute: "2-digit" };
const DAY = { weekday: "long", day: "numeric", month: "long" };

export const dateOfTs = (ts) => new Date(Number(ts) * 1000);
export const clockTime = (date, person) => formatFor(person, TIME).format(date);
export const preciseTime = (date, person) => formatFor(person, { ...TIME, second: "2-digit" }).format(date);
export const weekMoment = (date, person) =>
  formatFor(person, { weekday: "short", day: "numeric", month: "short", year: "numeric", ...TIME }).format(date);
export const fullMoment = (date, person) =>
  formatFor(person, { dateStyle: "full", timeStyle: "short" }).format(date);

/** A key that is equal for two moments of the same day in the person's zone. */
export const dayKey = (date, person) =>
  formatFor({ ...person, locale: "en-CA" }, { year: "numeric", month: "2-digit", day: "2-digit" }).format(date);

/** "Today", "Yesterday" or the date, in the person's language. */
export function dayName(date, now, person) {
  const key = dayKey(date, person);
  const back = [0, 1].find((days) => dayKey(new Date(now.getTime() - days * 86_400_000), person) === key);
  if (back !== undefined) return capital(relativeDay(-back, person), person);
  const sameYear = key.slice(0, 4) === dayKey(now, person).slice(0, 4);
  return capital(formatFor(person, sameYear ? DAY : { ...DAY, year: "numeric" }).format(date), person);
}

function relativeDay(days, { locale }) {
  try {
    return new Intl.RelativeTimeFormat(locale || "en", { numeric: "auto" }).format(days, "day");
  } catch {
    return days ? "yesterday" : "today";
  }
}

const capital = (text, { locale }) => text.charAt(0).toLocaleUpperCase(safeLocale(locale)) + text.slice(1);

function safeLocale(locale) {
  try {
    return Intl.getCanonicalLocales(locale);
  } catch {
    return [];
  }
}

const DATE_TOKENS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: TIME,
  time_secs: { ...TIME, second: "2-digit" },
};

/** Slack's <!date^…> format ("{date_short} at {time}"), or null when it holds a token we do not know. */
export function dateText(seconds, format, person) {
  let known = true;
  const text = format.replace(/\{(\w+)\}/g, (_, token) => {
    const options = DATE_TOKENS[token.replace("_pretty", "")];
    known &&= Boolean(options);
    return options ? formatFor(person, options).format(new Date(seconds * 1000)) : "";
  });
  return known && Number.isFinite(seconds) ? text : null;
}
