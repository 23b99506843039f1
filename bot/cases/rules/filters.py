"""The words by which somebody says which cases they look for, in each language."""

from storage.words import CaseSort

FILTERS: dict[str, CaseSort] = {
    **{one.value: one for one in CaseSort},
    "ouverts": CaseSort.OPEN,
    "ouvert": CaseSort.OPEN,
    "retard": CaseSort.OVERDUE,
    "mine": CaseSort.MINE,
    "moi": CaseSort.MINE,
    "clos": CaseSort.CLOSED,
}
