# ruff: noqa: RUF001 - other alphabets are what this file is for
"""The forms in which exports write a day and a time of day. Each is anchored, and none looks twice at a character."""

import re
from datetime import datetime

_MONTH = r"(?P<month>[^\W\d_]{3,20})"
_YEAR = r"'?(?P<year>\d{4}|\d{2})(?![\d:])"

NUMBERS = re.compile(r"(\d{1,4})\s?([./_-])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?(?!\d)")
"""14/10/2024, 2024-10-14, 10.14.24, 2024. 10. 14., 2024_10_14."""

CJK = re.compile(r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]")
COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?=$|[T\s]|\d{4}(?:\d\d)?(?!\d))"
)
DAY_MONTH = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|ª)?[\s/.-]?\s?(?:de\s|of\s)?{_MONTH}\.?[\s/,.-]{{1,2}}(?:de\s|del\s)?{_YEAR}"
)
DAY_MONTH_TIGHT = re.compile(r"(?P<day>\d{1,2})(?P<month>[^\W\d_]{3,4})(?P<year>\d{4}|\d{2})(?!\d)")
"""14JAN2025, as SAS writes it."""

JAPANESE_YEAR = re.compile(r"(?P<era>令和|平成)\s?(?P<year>元|\d{1,2})(?=\s?年)")
JAPANESE_ERAS = {"令和": 2018, "平成": 1988}
YEAR_BEFORE_CLOCK = re.compile(r"(?<=[^\W\d_]\d{4}):(?=\d\d:\d\d)")
MONTH_DAY = re.compile(rf"{_MONTH}\.?[\s-](?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?[\s-]{_YEAR}")
DAY_VIETNAMESE = re.compile(
    r"(?P<day>\d{1,2})\s(?:tháng|thg)\.?\s(?P<month>\d{1,2}),?\s(?:năm\s)?(?P<year>\d{4})"
)
DAY_THAI = re.compile(
    r"(?P<day>\d{1,2})\s?(?:เดือน)?(?P<month>[\u0e01-\u0e44][\u0e01-\u0e4e.]{2,14})\s?(?:พ\.\s?ศ\.\s?)?(?P<year>\d{4}|\d{2})(?!\d)"
)
YEAR_DAY = re.compile(rf"(?P<year>\d{{4}})\.?\s(?:gada\s)?(?P<day>\d{{1,2}})\.\s{_MONTH}\.?")
YEAR_MONTH = re.compile(
    rf"(?P<year>\d{{4}})(?:\sm\.)?[\s/.-]{{1,2}}{_MONTH}\.?[\s/.-](?P<day>\d{{1,2}})(?!\d)\.?"
)
ASCTIME = re.compile(
    r"(?:[^\W\d_]{2,12}\.?\s)?(?P<month>[^\W\d_]{3,12})\s(?P<day>\d{1,2})\s(?P<clock>\d{1,2}:\d\d:\d\d)\s"
    r"(?:(?P<zone>[A-Z]{2,5}|[+-]\d{4})\s)?(?P<year>\d{4})"
)
"""Tue Jan 14 09:10:05 UTC 2025, as Unix writes it."""

WEEKDAY = re.compile(r"^[^\W\d_]{2,20}\.?(?:-feira)?,?\s(?:den\s)?", re.IGNORECASE)
WEEKDAY_THAI = re.compile(r"^วัน[\u0e01-\u0e4e]{2,12}ที่\s?")
CLOCK_FIRST = re.compile(
    r"(?P<clock>\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]m)?)[,\s]\s?(?:on\s)?(?P<rest>\D.*\d|\d+[./\s-].*\d)",
    re.IGNORECASE,
)
BEFORE_CLOCK = re.compile(
    r"^(?:[,،.T\s@\u2013-]|\([月火水木金土日월화수목금토일]\)|(?:at|à|às|um|kl|klo|alle|ore|om|las|a|r|г|р|в|о|v|o|u|d|lúc|เวลา)\b\.?)*",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"(?P<before>am|pm)?\s?(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>(?<=[:.h])\d{2}|(?<=\d\d)\d{2}))?"
    r"(?:[:.]?(?P<second>(?<=[:.])\d{2}|(?<=\d{4})\d{2}))?(?:[.,]\d+|:\d{3})?"
    r"\s?(?P<after>am|pm)?\s?(?:uhr\b|h\b|ч\b\.?|น\.?)?\s?(?P<zone>[^\d\s].*)?",
    re.IGNORECASE,
)
CLOCK_IN_WORDS = re.compile(r"(\d{1,2})\s?[시时時点點]\s?(\d{1,2})\s?[분分](?:\s?(\d{1,2})\s?[초秒])?")
"""9시 10분 5초, 9時10分05秒."""

_BESIDE_A_CLOCK = (
    r"(?i:(?<![^\W\d_])(?:{0})(?=\s?\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?(?![\d./-]))"
    r"|(?<=[:.]\d\d)\s?(?:{0}|{1})(?![^\W\d_]))"
)
_MORNING = _BESIDE_A_CLOCK.format(
    r"a\.\s?m\.|de\.|fm|ap\.|dop\.|f\.h\.|pd|ق\.ظ|पूर्वाह्न|priešpiet|vm\.|öö|пр\.\s?об\.|לפנה[״\"']צ", "a"
)
_AFTERNOON = _BESIDE_A_CLOCK.format(
    r"p\.\s?m\.|du\.|em|ip\.|odp\.|pop\.|e\.h\.|md|ب\.ظ|अपराह्न|popiet|nm\.|ös|сл\.\s?об\.|אחה[״\"']צ", "p"
)
HALVES = {
    "am": re.compile(
        _MORNING + r"|\ba\.\s?m\.|上午|午前|오전|(?<=\d)\sص(?!\w)|\bvorm\.|\bPG\b|\bSA\b|\bдп\b|\bπ\.?μ\.?"
    ),
    "pm": re.compile(
        _AFTERNOON
        + r"|\bp\.\s?m\.|下午|午後|오후|(?<=\d)\sم(?!\w)|\bnachm\.|\bPTG\b|\bCH\b|\bпп\b|\bμ\.?μ\.?"
    ),
}

ZONE_NAME = re.compile(r"(?<=\d)\[[A-Za-z_]+/[A-Za-z_/]+\]$|(?<=Z)\[[A-Za-z_/]+\]$")
"""What Java writes behind the distance from UTC: +01:00[Europe/Paris]."""

SERIAL = re.compile(r"[2-8]\d{4}(?:[.,]\d+)?")
SERIAL_FROM = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel counts days on a wall's calendar
EPOCH = re.compile(r"(1\d{9})(?:\d{3}|\d{6})?(?:\.\d+)?")
