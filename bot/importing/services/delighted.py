"""Delighted: one row an answer, then the person's properties."""

from bot.importing.cells.keys import keys
from bot.importing.files.header import Column, Header
from bot.importing.options import Format
from bot.importing.services.service import Evidence, Service, marked

_RESPONSE = keys("response id|survey response id")
_SCORE = keys("score")
_CREATED = keys("created at|responded at|response created at")
_MARKS = {
    "response": _RESPONSE,
    "score": _SCORE,
    "comment": keys("comment"),
    "created": _CREATED,
    "updated": keys("updated at"),
    "kind": keys("survey type"),
    "person": keys("person id"),
    "link": keys("permalink"),
    "source": keys("delighted source|delighted device type|delighted browser|delighted operating system"),
}
_OWN = _MARKS["kind"] | _MARKS["person"] | _MARKS["link"] | _MARKS["source"] | _RESPONSE


def _evidence(header: Header) -> Evidence | None:
    if not (header.keys & _SCORE and header.keys & _CREATED and header.keys & _OWN):
        return None
    return marked(header, _MARKS, needed=4)


def _score(header: Header) -> list[Column]:
    return [column for column in header.columns if column.keys & _SCORE]


SERVICE = Service(
    format=Format.DELIGHTED, evidence=_evidence, score=_score, row_id=_RESPONSE, moments=(_CREATED,)
)
