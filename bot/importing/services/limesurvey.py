"""LimeSurvey: "Date submitted" is blank, or 1980, as long as an answer is not finished. Its keys stay those of any CSV."""

from bot.importing.cells.keys import keys
from bot.importing.files.header import Header
from bot.importing.options import Format
from bot.importing.services.service import Evidence, Service, marked

SUBMITTED = keys(
    "date submitted|submitdate|datum abgeschickt|date de soumission|fecha de envío|data de envio|data di invio|"
    "datum verzonden|data wysłania"
)
_MARKS = {
    "id": keys("response id|id|antwort id|id de la réponse|id de respuesta|id da resposta|id della risposta"),
    "submitted": SUBMITTED,
    "page": keys("last page|lastpage|letzte seite|dernière page|última página|ultima pagina|laatste pagina"),
    "language": keys(
        "start language|startlanguage|start-sprache|startsprache|langue de départ|idioma inicial"
    ),
    "seed": keys("seed|zufallsstartwert|tête de série|semilla"),
}
_ENOUGH = 3


def _evidence(header: Header) -> Evidence | None:
    if not header.keys & (_MARKS["page"] | _MARKS["language"] | _MARKS["seed"]):
        return None
    return marked(header, _MARKS, needed=_ENOUGH) if header.keys & SUBMITTED else None


SERVICE = Service(
    format=Format.LIMESURVEY,
    evidence=_evidence,
    moments=(SUBMITTED, keys("date last action|datestamp"), keys("date started|startdate")),
    submitted=SUBMITTED,
)
