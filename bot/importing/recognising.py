"""Who wrote the file, why we think so, and which of its columns are read."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.importing.columns.other_scales import refuse_other_scale
from bot.importing.columns.roles import Columns, columns_of
from bot.importing.columns.score import score_columns
from bot.importing.errors import SeveralFormats
from bot.importing.files.header import Header, Record, header_of
from bot.importing.options import Format, Options
from bot.importing.services import (
    delighted,
    google_forms,
    limesurvey,
    nps_bot,
    qualtrics,
    surveymonkey,
    typeform,
)
from bot.importing.services.known_by_columns import service_name
from bot.importing.services.service import Evidence, Service

SERVICES = (
    surveymonkey.SERVICE,
    google_forms.SERVICE,
    typeform.SERVICE,
    qualtrics.SERVICE,
    delighted.SERVICE,
    limesurvey.SERVICE,
    nps_bot.SERVICE,
)
PLAIN = Service(Format.CSV, lambda _: Evidence("no service's own columns are in its header", 0))


@dataclass(frozen=True, slots=True)
class Recognised:
    """`why` is half a sentence that may follow "because"."""

    format: Format
    why: str
    header: Header
    columns: Columns


def recognise(records: Sequence[Record], options: Options) -> Recognised:
    """Recognise a file from its first records, header included. Raises an ImportProblem when it cannot be told."""
    header = header_of(records)
    service, why = _service(header, options.format)
    score = score_columns(header, service, options.score_column)
    columns = columns_of(header, service, score, options)
    if not options.any_scale and service is not nps_bot.SERVICE:
        refuse_other_scale(columns, header)
    return Recognised(service.format, why, header, columns)


def _service(header: Header, wanted: Format | None) -> tuple[Service, str]:
    if wanted is not None:
        return next(each for each in (*SERVICES, PLAIN) if each.format is wanted), "you said so"
    found = [(evidence, each) for each in SERVICES if (evidence := each.evidence(header))]
    if not found:
        name = service_name(header)
        return PLAIN, f"its columns are {name}’s" if name else "no service’s own columns are in its header"
    most = max(evidence.strength for evidence, _ in found)
    best = [(evidence, each) for evidence, each in found if evidence.strength == most]
    if len(best) > 1:
        raise SeveralFormats([each.format.value for _, each in best])
    evidence, service = best[0]
    return service, evidence.why
