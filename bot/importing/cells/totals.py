"""Rows that a spreadsheet or a report puts below the answers: their number, their sum, their average."""

from collections.abc import Sequence

_NAMES = [
    "total",
    "totals",
    "grand total",
    "grand totals",
    "average",
    "avg",
    "mean",
    "median",
    "sum",
    "overall",
    "total général",
    "moyenne",
    "somme",
    "gesamt",
    "summe",
    "durchschnitt",
    "mittelwert",
    "gesamtergebnis",
    "total general",
    "promedio",
    "media",
    "suma",
    "total geral",
    "média",
    "soma",
    "totale",
    "somma",
    "totale complessivo",
    "totaal",
    "gemiddelde",
    "eindtotaal",
    "średnia",
    "razem",
    "suma końcowa",
    "итого",
    "всего",
    "среднее",
    "общий итог",
    "summa",
    "medel",
    "medelvärde",
    "totalsumma",
    "gennemsnit",
    "i alt",
    "hovedtotal",
    "totalt",
    "snitt",
    "yhteensä",
    "keskiarvo",
    "celkem",
    "průměr",
    "toplam",
    "ortalama",
    "genel toplam",
    "合計",
    "平均",
    "総計",
    "总计",
    "合计",
    "平均值",
    "합계",
    "평균",
    "총합계",
]
TOTALS = frozenset(
    written + end
    for name in _NAMES
    for written in (name, name.capitalize(), name.title(), name.upper())
    for end in ("", ":")
)


def is_total(record: Sequence[str]) -> bool:
    """Whether the first cell names a total, and beside it stand numbers alone.

    >>> is_total(["Average", "7.5", ""]), is_total(["Total", "9", "a firm of this name"])
    (True, False)
    """
    return record[0] in TOTALS and all(_is_number(cell) for cell in record[1:] if cell)


def _is_number(cell: str) -> bool:
    return cell.strip().lstrip("-").replace(".", "").replace(",", "").rstrip(" %").isdigit()
