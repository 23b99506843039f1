# ruff: noqa: RUF001 - other alphabets are what this file is for
"""The words of headers above parts of a date, as they stand in a header's `plain` words."""

from bot.importing.cells.keys import keys, plain


def _words(text: str) -> frozenset[str]:
    return frozenset(plain(word).strip() for word in text.split("|"))


CLOCK = _words(
    "time|times|clock|hour|heure|horaire|uhrzeit|zeit|hora|horário|horario|ora|orario|tijd|tijdstip|godzina|время|tid|tidspunkt|"
    "klokkeslæt|klokkeslett|klockslag|klockan|aika|kellonaika|čas|idő|időpont|óra|saat|час|ώρα|時刻|時間|时间|시간|시각|שעה|"
    "الوقت|เวลา|giờ|jam|waktu|pukul|vreme|vrijeme|laikas|kell"
)
DAY = _words(
    "date|day|datum|tag|fecha|data|dia|día|jour|giorno|dag|dato|dzień|дата|день|päivä|päivämäärä|pvm|dátum|nap|datum|den|tarih|"
    "gün|日付|日期|日|날짜|일|일자|תאריך|יום|التاريخ|ημερομηνία|วันที่|วัน|ngày|tanggal|hari|zi|ziua|deň|dan|diena|päev|kuupäev"
)
MONTH = _words(
    "month|mois|monat|mes|mês|mese|maand|miesiąc|месяц|månad|måned|kuukausi|ay|月|월|місяць|μήνας|hónap|měsíc|mesiac|lună|luna|"
    "mjesec|mesec|חודש|شهر|เดือน|tháng|bulan|mėnuo|mēnesis|kuu"
)
YEAR = _words(
    "year|année|an|jahr|año|ano|anno|jaar|rok|год|år|vuosi|yıl|年|연도|년|рік|έτος|év|godina|leto|שנה|سنة|ปี|năm|tahun|metai|gads|"
    "aasta|any"
)
HOUR = _words("hour|hours|hr|heure|stunde|hora|ora|uur|godzina|timme|time|час|saat|時|时|시")
MINUTE = _words("minute|minutes|min|minuto|minuut|minuta|minut|минута|dakika|分|분")

SMALL = _words(
    "of|the|in|at|de|du|d|la|le|der|des|del|di|da|van|of|utc|gmt|local|cet|cest|et|est|pt|ct|hh|mm|ss|dd|yyyy|am|pm|h|24h|"
    "and|und|y|e|et"
)
"""What may stand beside such a word, and says nothing of what the date is of."""

ENDS = (
    "datum", "uhrzeit", "zeit", "tag", "monat", "jahr", "dato", "tidspunkt", "tid", "dag", "tijdstip", "tijd", "paivamaara",
    "paiva", "kellonaika", "aika", "日付", "日期", "日", "時刻", "時間", "时间", "시간", "일",
)  # fmt: skip
"""The words at the end of another, longest first of those that end alike."""

ENDED = keys(
    "end time|time ended|submit time|time submitted|submitted time|heure de fin|endzeit|hora de fin|hora final|hora de término|"
    "ora di fine|ora fine|eindtijd|sluttid|godzina zakończenia|время окончания|bitiş saati|終了時刻|结束时间"
)
BEGAN = keys(
    "start time|time started|heure de début|startzeit|hora de inicio|hora inicial|hora de início|ora di inizio|ora inizio|"
    "begintijd|starttid|godzina rozpoczęcia|время начала|başlangıç saati|開始時刻|开始时间"
)
"""A clock that is called so is of the one day that a row has."""
