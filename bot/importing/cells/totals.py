"""Rows that a spreadsheet or a report puts below the answers: their number, their sum, their average, their NPS."""

from collections.abc import Sequence

_NAMES = {
    "nps",
    "nps score",
    "net promoter score",
    "promoters",
    "passives",
    "detractors",
    "responses",
    "promoteurs",
    "passifs",
    "détracteurs",
    "promotoren",
    "passive",
    "detraktoren",
    "kritiker",
    "total",
    "totals",
    "subtotal",
    "sub-total",
    "sub total",
    "zwischensumme",
    "teilergebnis",
    "sous-total",
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
}
_OF_A_GROUP = (" total", " totals", " subtotal", " ergebnis")


def may_be_total(first: str) -> bool:
    """Whether a row's first cell names a total, of all or of the group above it: “Acme Total”."""
    name = _name(first)
    return name in _NAMES or name.endswith(_OF_A_GROUP)


def is_total(record: Sequence[str]) -> bool:
    """Whether the first cell names a total, and beside it stand numbers alone; that of a group leaves a cell blank.

    >>> is_total(["Average", "7.5", ""]), is_total(["Total", "9", "a firm of this name"])
    (True, False)
    >>> is_total(["Acme Total", "", "9"]), is_total(["Acme Total", "9"])
    (True, False)
    """
    first, *others = record
    if not may_be_total(first) or not all(_is_number(cell) for cell in others if cell):
        return False
    return _name(first) in _NAMES or not all(others)


def _name(first: str) -> str:
    return first.strip().rstrip(":").lower()


def _is_number(cell: str) -> bool:
    return cell.strip().lstrip("+-\u2212").replace(".", "").replace(",", "").rstrip(" %").isdigit()
