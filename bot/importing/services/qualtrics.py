"""Qualtrics: short names, then the questions, then ImportIds; a group stands beside each NPS question."""

from bot.importing.cells.keys import key, keys
from bot.importing.files.header import Column, Header
from bot.importing.options import Format
from bot.importing.services.service import Evidence, Service, marked

_GROUP = "_NPS_GROUP"
_MARKS = {
    name: frozenset({key(name)})
    for name in (
        "StartDate", "EndDate", "RecordedDate", "ResponseId", "ResponseSet", "Progress", "Duration (in seconds)",
        "Finished", "ExternalReference", "ExternalDataReference", "DistributionChannel", "UserLanguage",
    )
}  # fmt: skip
_ENOUGH = 4


def _evidence(header: Header) -> Evidence | None:
    if any(column.code for column in header.columns):
        return Evidence("short names stand above its questions", 2 * _ENOUGH)
    names = {column.question for column in header.columns}
    return (
        marked(header, _MARKS, needed=_ENOUGH) if names & {"StartDate", "ResponseId", "ResponseID"} else None
    )


def _score(header: Header) -> list[Column]:
    """Find the columns that have a group column of their own."""
    by_name = {column.code or column.question: column for column in header.columns}
    named = (name.removesuffix(_GROUP) for name in by_name if name.endswith(_GROUP))
    return [by_name[name] for name in named if name in by_name]


SERVICE = Service(
    format=Format.QUALTRICS,
    evidence=_evidence,
    score=_score,
    row_id=keys("ResponseId"),
    moments=(keys("EndDate"), keys("RecordedDate"), keys("StartDate")),
)
