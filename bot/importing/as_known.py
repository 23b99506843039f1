"""How a survey knows rows such as a file's, from earlier imports: those may have read the same ids otherwise."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from itertools import islice

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.importing.batches import one_by_one
from bot.importing.errors import IdsRepeat
from bot.importing.files.rows import ImportedRow
from bot.importing.foreign_file import Export
from bot.importing.options import Format
from bot.importing.outcome import Wanted
from bot.importing.rows.keys import Before, RowKeys, id_key, number_key
from bot.importing.rows.reading import read
from storage.importing import known, storing
from storage.tables import Survey

_LOOKED_AT = 200


async def as_known(session: AsyncSession, export: Export, survey: Survey, wanted: Wanted) -> Wanted:
    """Say which keys its rows may have in the survey. Raises IdsRepeat where it knows the ids as those of persons.

    A later file of fewer columns does not show its service any more; one quarter of a panel has each id once.
    """
    layout = export.layout
    ids = _ids(export, layout.person if layout.row_id is None else layout.row_id)
    ids_of = await _service_of(session, export, survey.id, ids) if ids else None
    if ids and not ids_of and layout.row_id is not None and not export.options.id_column:
        many = await known.persons(session, survey, ids)
        if 2 * many > len(ids):
            raise IdsRepeat
    numbered = await _knows_numbers(session, export, survey.id)
    if await storing.has_old_answers(session, survey.id):
        before = Before.CONTENT
    elif ids_of and layout.row_id is None:
        before = Before.IDS
    elif numbered:
        before = Before.NUMBERED
    else:
        before = Before.READING if layout.before else Before.CLOCKS if layout.clock else Before.NONE
        if await _knows_no_comments(session, export, survey.id, wanted):
            before = Before.COMMENTS
    return replace(wanted, before=before, ids_of=ids_of, numbered=numbered)


async def _knows_numbers(session: AsyncSession, export: Export, survey_id: int) -> bool:
    """Whether the survey knows rows of the file's beginning by their numbers: a service wrote them, then."""
    layout = export.layout
    if layout.number is None or export.recognised.columns.numbers_answers:
        return export.recognised.columns.numbers_answers
    rows = read(islice(export.records(), _LOOKED_AT), layout, to_end=False)
    found = (number_key(survey_id, row, layout.written_zone) for row in rows if isinstance(row, ImportedRow))
    return bool(await known.keys(session, list(filter(None, found))))


def _ids(export: Export, index: int | None) -> Sequence[str]:
    """Give some ids of the file's beginning, from all over it."""
    if index is None or export.recognised.format is Format.NPS_BOT:
        return ()
    found = [record[index].strip() for record in export.recognised.header.sample if index < len(record)]
    ids = list(dict.fromkeys(filter(None, found)))
    return ids[:: max(len(ids) // _LOOKED_AT, 1)]


async def _knows_no_comments(session: AsyncSession, export: Export, survey_id: int, wanted: Wanted) -> bool:
    """Whether the survey knows most rows of the file's beginning as those who wrote nothing, and few by what they wrote.

    A day and a score alone are those of many.
    """
    layout = export.layout
    if layout.comment is None or layout.row_id is not None or export.recognised.format is Format.NPS_BOT:
        return False
    dates = [cell for moment in export.recognised.columns.moments[:1] for cell in moment.values]
    if not dates or not (layout.person is not None or any(":" in cell for cell in dates)):
        return False
    rows = list(read(islice(export.records(), _LOOKED_AT), layout, to_end=False))
    known_as = survey_id, export.recognised.format, layout.written_zone, Before.COMMENTS
    with RowKeys(*known_as) as row_keys:
        batch = one_by_one(rows, wanted, row_keys, export.options.day_zone or UTC)
    some = batch.answers.values()
    told = [
        (key, old)
        for answers in some
        for key, old, comment in zip(answers.keys, answers.old_keys, answers.comments, strict=True)
        if comment and old
    ]
    there = set(await known.keys(session, list({one for pair in told for one in pair})))
    return 2 * sum(old in there and key not in there for key, old in told) > len(told)


async def _service_of(
    session: AsyncSession, export: Export, survey_id: int, ids: Sequence[str]
) -> Format | None:
    """Give the service under which the survey knows most of the ids, the file's own first; None where it knows none."""
    services = dict.fromkeys((export.recognised.format, *Format))
    keys = {id_key(survey_id, service, one): service for service in reversed(services) for one in ids}
    found = Counter(keys[key] for key in await known.keys(session, list(keys)))
    return max(services, key=found.__getitem__) if found else None
