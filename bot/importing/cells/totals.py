"""Rows that a spreadsheet or a report puts below the answers: their number, their sum, their average, their NPS."""

from collections.abc import Iterable, Sequence

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
    "count",
    "number of responses",
    "average score",
    "avg score",
    "average nps",
    "mean score",
    "total score",
    "score average",
    "standard deviation",
    "std dev",
    "stdev",
    "min",
    "max",
    "minimum",
    "maximum",
    "anzahl",
    "nombre de réponses",
    "número de respuestas",
    "número de respostas",
    "numero di risposte",
    "aantal",
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
_TO_A_GROUP = (
    "total ",
    "subtotal ",
    "average ",
    "mean ",
    "sum ",
    "count ",
    "total de ",
    "summe ",
    "somme ",
    "moyenne ",
    "sous-total ",
    "sub-total ",
    "zwischensumme ",
    "gesamt ",
    "durchschnitt ",
    "promedio ",
    "media ",
    "média ",
    "suma ",
    "soma ",
    "totale ",
    "totaal ",
    "gemiddelde ",
    "średnia ",
    "итого ",
    "среднее ",
)


def may_be_total(first: str) -> bool:
    """Whether a row's first cell names a total, of all or of the group above it: “Acme Total”."""
    name = _name(first)
    return name in _NAMES or name.endswith(_OF_A_GROUP) or name.startswith(_TO_A_GROUP)


def may_hold_total(cells: Iterable[str]) -> bool:
    """Whether one of the cells may name a total: the same of thousands at once.

    >>> may_hold_total(["r1", "Acme Total:"]), may_hold_total(["r1", "Total Acme"]), may_hold_total(["r1", "totally"])
    (True, True, False)
    """
    text = "\n".join(["", *map(str.strip, cells), ""]).lower().replace(":", "")
    return (
        not _NAMES.isdisjoint(text.split("\n"))
        or any(f"{ending}\n" in text for ending in _OF_A_GROUP)
        or any(f"\n{beginning}" in text for beginning in _TO_A_GROUP)
    )


def is_total(record: Sequence[str], names: int, *, is_answer: bool = True) -> bool:
    """Whether the first cell that is not blank names a total, and beside it stand numbers alone; that of a group leaves a cell blank.

    Names stand in the first so many columns. Where the record lacks what `is_answer`, a name such as “Total Acme” will do.

    >>> is_total(["Average", "7.5", ""], 1), is_total(["Total", "9", "a firm of this name"], 1)
    (True, False)
    >>> is_total(["Acme Total", "", "9"], 1), is_total(["Acme Total", "9"], 1), is_total(["", "Mean", "9"], 2)
    (True, False, True)
    """
    name = named_first(record, names)
    if not may_be_total(name) or [cell for cell in record if cell.strip() and not _is_number(cell)] != [name]:
        return False
    if _name(name) in _NAMES or not is_answer:
        return True
    return _name(name).endswith(_OF_A_GROUP) and not all(record)


def named_first(record: Sequence[str], names: int) -> str:
    """Give the first cell of so many that is not blank."""
    return next((cell for cell in record[:names] if cell.strip()), "")


def is_figure(record: Sequence[str], constant: int | None) -> bool:
    """Whether the record has numbers alone and lacks what each answer has in the `constant` column: an average, a sum.

    Where there is no such column, one number stands alone, and is none that counts something.

    >>> is_figure(["", "8"], 0), is_figure(["", "8"], None), is_figure(["", "8.4"], None), is_figure(["17", "11"], 0)
    (True, False, True, False)
    """
    said = [cell.strip() for cell in record if cell.strip()]
    if not all(map(_is_number, said)):
        return False
    if constant is None:
        return len(said) == 1 and not said[0].lstrip("+-\u2212").isdigit()
    return not record[constant].strip()


def _name(first: str) -> str:
    return first.strip().rstrip(":").lower()


def _is_number(cell: str) -> bool:
    return cell.strip().lstrip("+-\u2212").replace(".", "").replace(",", "").rstrip(" %").isdigit()
