"""Typeform: "#" first, the questions, then what it knows of the answer; each choice has a column of its own."""

from bot.importing.cells.keys import keys
from bot.importing.files.header import Header
from bot.importing.options import Format
from bot.importing.services.service import Evidence, Service, marked

_SUBMITTED = keys(
    "submit date|date d'envoi|absendedatum|fecha de envío|data de envio|data di invio|verzenddatum"
)
_STAGED = keys("stage date")
_STARTED = keys(
    "start date|date de début|startdatum|fecha de inicio|data de início|data di inizio|begindatum"
)
_MARKS = {
    "network": keys("network id|id réseau|netzwerk-id|id de red|id da rede|id di rete|netwerk-id"),
    "submitted": _SUBMITTED,
    "staged": _STAGED,
    "started": _STARTED,
    "type": keys("response type|type de réponse|antworttyp|tipo de respuesta|tipo de resposta|tipo di risposta|type reactie"),
    "ending": keys("ending"),
}  # fmt: skip


def _evidence(header: Header) -> Evidence | None:
    if header.columns[0].question == "#" or header.keys & _MARKS["network"]:
        return marked(header, _MARKS, needed=2)
    return None


SERVICE = Service(
    format=Format.TYPEFORM,
    evidence=_evidence,
    row_id=frozenset({"#"}) | keys("token|response id"),
    moments=(_SUBMITTED, _STAGED, _STARTED),
)
