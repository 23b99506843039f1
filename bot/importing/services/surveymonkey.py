# ruff: noqa: RUF001 - other alphabets are what this file is for
"""SurveyMonkey: two header rows; a question of several columns is named once, its choices stand in the second row."""

from bot.importing.cells.keys import keys
from bot.importing.files.header import Header
from bot.importing.options import Format
from bot.importing.services.service import Evidence, Service, marked

RESPONDENT = keys(
    "respondent id|id du répondant|id de répondant|identifiant du répondant|befragten-id|teilnehmer-id|umfrageteilnehmer-id|"
    "id de encuestado|id del encuestado|identificación del encuestado|id do entrevistado|id do respondente|"
    "identificação do entrevistado|id rispondente|id del rispondente|id intervistato|id respondent|respondent-id|"
    "id респондента|回答者id|응답자 id|identyfikator respondenta|katılımcı kimliği"
)
COLLECTOR = keys(
    "collector id|id du collecteur|id de collecteur|identifiant du collecteur|collector-id|kollektor-id|beitrags-id|"
    "id de recopilador|id del recopilador|identificación del recopilador|id do coletor|identificação do coletor|"
    "id collettore|id del collettore|id raccoglitore|id verzamelprogramma"
)
START = keys(
    "start date|date created|date de début|date de création|startdatum|erstellungsdatum|fecha de inicio|fecha de creación|"
    "data de início|data de criação|data di inizio|data inizio|data di creazione|begindatum|aanmaakdatum|startdato|дата начала|data rozpoczęcia|başlangıç tarihi|開始日|시작 날짜"
)
END = keys(
    "end date|date modified|date de fin|date de modification|enddatum|änderungsdatum|fecha de finalización|fecha final|"
    "fecha de fin|fecha de modificación|data de término|data final|data de modificação|data di fine|data fine|"
    "data di modifica|einddatum|wijzigingsdatum|slutdatum|slutdato|дата окончания|data zakończenia|bitiş tarihi|終了日|종료 날짜"
)
ADDRESS = keys("ip address|adresse ip|ip-adresse|dirección ip|endereço ip|indirizzo ip|ip-adres")
CUSTOM = keys(
    "custom data 1|données personnalisées 1|benutzerdefinierte daten 1|datos personalizados 1|dados personalizados 1|"
    "dati personalizzati 1|aangepaste gegevens 1"
)

_MARKS = {
    "respondent": RESPONDENT,
    "collector": COLLECTOR,
    "start": START,
    "end": END,
    "address": ADDRESS,
    "custom": CUSTOM,
}
_LONG = 7


def _evidence(header: Header) -> Evidence | None:
    if header.keys & (RESPONDENT | COLLECTOR):
        return marked(header, _MARKS, needed=2)
    if header.rows == 2 and _begins_with_two_numbers(header):  # noqa: PLR2004 - question and choice
        return Evidence("it has two header rows, and two long numbers begin each answer", 2)
    return None


def _begins_with_two_numbers(header: Header) -> bool:
    return len(header.columns) > 1 and all(
        column.values and all(cell.isdigit() and len(cell) >= _LONG for cell in column.values)
        for column in header.columns[:2]
    )


SERVICE = Service(format=Format.SURVEYMONKEY, evidence=_evidence, row_id=RESPONDENT, moments=(END, START))
