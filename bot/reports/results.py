"""What of a survey's waves a reader is told: read from the database, and let through the gate. Nothing else leaves.

A closed wave is one stored row, or one for each time that it was frozen; of an open one the counts are read that are kept
while people answer.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from enum import Enum, auto
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refused
from bot.kit.people import is_known, is_manager
from bot.kit.services import Services
from bot.kit.views import notices
from bot.reports import numbers
from bot.reports.promising import promise_of
from bot.reports.rules.gate import Hidden, Reader, Released, released, tells_all
from bot.reports.rules.moved import Moved, moved
from bot.reports.rules.segmenting import MOST_VALUES, REST, segmented
from bot.reports.views import segments as segments_view
from bot.reports.views.wave import WaveFacts
from scoring.change import NOBODY_IN_BOTH, overlap
from scoring.nps import Tally, pooled, tally_counts
from storage import counts, waves
from storage.answers import counting
from storage.reports import results, segments
from storage.surveys import drivers
from storage.tables import Action, Person, Survey, Wave

LINE_OF_WAVES = 6
"""How many waves of a survey are read for its line: an open one, and some that have closed before it."""


class Detail(Enum):
    """How much of a wave is read: each costs more than the one before."""

    NUMBERS = auto()
    MENTIONS = auto()  # and how many ticked each driver
    DRIVERS = auto()  # and who ticked what
    SEGMENTS = auto()  # and the answers by channel and user group


async def reader_of(services: Services, somebody: Person) -> Reader:
    """Say as what somebody reads: as a guest where Slack tells nothing of them."""
    if await is_manager(services, somebody):
        return Reader.MANAGER
    is_member = is_known(somebody) and not (somebody.is_guest or somebody.is_stranger)
    return Reader.MEMBER if is_member else Reader.GUEST


async def who_reads(services: Services, somebody: Person) -> Reader:
    """Say as what somebody reads here. Raises Refused for a guest, who reads what is posted where they are."""
    reader = await reader_of(services, somebody)
    if reader is Reader.GUEST:
        raise Refused("for_members", notices.for_members)
    return reader


async def newest_told(  # noqa: PLR0913 - whose survey, who reads, and where
    session: AsyncSession,
    survey: Survey,
    reader: Reader,
    zone: ZoneInfo,
    newest: Wave | None = None,
    *,
    detail: Detail = Detail.NUMBERS,
) -> WaveFacts | None:
    """Tell of the survey's newest wave, and of those before it that it speaks of; None without one, or for a guest.

    With `newest` that wave counts as the newest, whatever has opened since. Days are those of the zone.
    """
    if newest is None:
        found = await waves.newest_waves(session, survey.id, limit=3)
    else:
        found = [newest, *await waves.closed_waves(session, survey.id, limit=2, before=newest)]
    if not found:
        return None
    is_open = found[0].closed_at is None
    told = [
        (wave, await _released(session, survey, wave, reader, detail if wave is found[0] else Detail.NUMBERS))
        for wave in found[: 3 if is_open else 2]
    ]
    facts = _facts(told, zone)
    if facts is None or detail is Detail.NUMBERS:
        return facts
    return replace(facts, named=await drivers.named(session, survey.id))


async def closed_told(
    session: AsyncSession, survey: Survey, reader: Reader, zone: ZoneInfo, limit: int
) -> WaveFacts | None:
    """Tell of the survey's waves that closed last: the latest, before which the others stand."""
    found = await waves.closed_waves(session, survey.id, limit)
    told = [(wave, await _released(session, survey, wave, reader)) for wave in found]
    return _facts(told, zone)


async def pair_told(
    session: AsyncSession,
    first: tuple[Survey, Wave],
    second: tuple[Survey, Wave],
    reader: Reader,
    zone: ZoneInfo,
) -> WaveFacts:
    """Tell of the second of two closed waves, before which the first stands, whatever surveys they are of.

    Raises Refused for a guest.
    """
    told = [(wave, await _released(session, survey, wave, reader)) for survey, wave in (second, first)]
    facts = _facts(told, zone)
    if facts is None:
        raise Refused("for_members", notices.for_members)
    if any(result and Hidden.FEW_SINCE in result.hidden for _, result in told):
        return replace(facts, both=NOBODY_IN_BOTH)  # one is told as it was, and its people as they are
    both = await results.scores_in_both(session, first[1].id, second[1].id)
    return replace(facts, both=overlap({(before, after): many for before, after, many in both}))


async def drivers_told(
    session: AsyncSession, survey: Survey, reader: Reader, zone: ZoneInfo
) -> WaveFacts | None:
    """Tell of the newest wave of which a number may be told, with its drivers, or else of the newest; None without one."""
    found = await waves.newest_waves(session, survey.id, limit=2)
    told = [(wave, await _released(session, survey, wave, reader, Detail.DRIVERS)) for wave in found]
    speaking = [one for one in told if one[1] and Hidden.UNTIL_CLOSED not in one[1].hidden]
    facts = _facts((speaking or told)[:1], zone)
    return facts and replace(facts, named=await drivers.named(session, survey.id))


async def moves_told(
    session: AsyncSession, survey: Survey, reader: Reader, told: WaveFacts, acted: Sequence[Action]
) -> list[Moved]:
    """Tell of the drivers that were acted upon whether they are named less in the wave that is told, since an earlier one.

    Both waves pass the gate; of each driver what was done last counts.
    """
    now = await waves.wave_called(session, survey.id, str(told.number)) if told.label is None else None
    if now is None or told.result.drivers is None:
        return []
    found = dict[str, Moved]()
    before = dict[int, Released | None]()
    for one in acted:
        if one.wave is None or one.wave > now.number:
            continue
        for driver in set(one.drivers) - found.keys():
            if one.wave == now.number or now.opens_at.date() < one.day:
                found[driver] = Moved(driver, one.day, one.wave)
                continue
            if one.wave not in before:
                then = await waves.wave_called(session, survey.id, str(one.wave))
                before[one.wave] = (
                    await _released(session, survey, then, reader, Detail.DRIVERS) if then else None
                )
            if (then_told := before[one.wave]) and (change := moved(driver, then_told, told.result)):
                found[driver] = Moved(driver, one.day, one.wave, change)
    shown = [driver.name for driver in told.result.drivers.shown]
    return [found[name] for name in shown if name in found]


async def lines_told(
    session: AsyncSession, known: Sequence[Survey], reader: Reader, zone: ZoneInfo
) -> dict[int, WaveFacts | None]:
    """Tell of many surveys' newest waves, by survey, each with those before it: few statements, however many there are."""
    found = await waves.newest_waves_of(session, [survey.id for survey in known], LINE_OF_WAVES)
    versions = await numbers.of_all(session, [wave for some in found.values() for wave in some], known)
    told = {}
    for survey in known:
        some = [
            (
                wave,
                released(
                    versions[wave.id],
                    promise_of(survey, wave),
                    reader,
                    is_open=wave.closed_at is None,
                ),
            )
            for wave in found.get(survey.id, ())
        ]
        told[survey.id] = _facts(some, zone)
    return told


async def segments_told(
    session: AsyncSession, survey: Survey, reader: Reader, zone: ZoneInfo
) -> WaveFacts | None:
    """Tell of the wave that closed last, by the channels and user groups of its people; None where none has closed."""
    found = await waves.closed_waves(session, survey.id, limit=1)
    told = [(wave, await _released(session, survey, wave, reader, Detail.SEGMENTS)) for wave in found]
    return _facts(told, zone)


async def column_told(  # noqa: PLR0913, PLR0917 - whose wave, who reads, where and by what
    session: AsyncSession, survey: Survey, wave: Wave, reader: Reader, zone: ZoneInfo, column: str
) -> WaveFacts | None:
    """Tell of an imported wave by the values of a column.

    Only those who are told all: columns that go into one another would tell others what each of them hides. Raises
    Refused, also for a column of nearly as many values as answers.
    """
    if not tells_all(promise_of(survey, wave), reader):
        raise Refused("columns_are_for_managers", segments_view.columns_for_managers)
    counts = await segments.counts_by_value(session, wave.id, column, MOST_VALUES)
    if counts is None:
        raise Refused(
            "too_many_values", partial(segments_view.too_many_values, column=column, most=MOST_VALUES)
        )
    told = await _released(session, survey, wave, reader)
    by_value = {frozenset([value]): tally_counts(scores) for value, scores in counts.items()}
    if told and told.tally and (rest := _rest(told.tally, pooled(by_value.values()))):
        by_value[frozenset([REST])] = rest
    return _facts([(wave, told and replace(told, segments=segmented([by_value], 0)))], zone)


def _rest(total: Tally, named: Tally) -> Tally | None:
    """Give the answers that have no value in the column; None where there are none."""
    rest = Tally(
        max(0, total.promoters - named.promoters),
        max(0, total.passives - named.passives),
        max(0, total.detractors - named.detractors),
    )
    return rest if rest.responses else None


def _facts(told: Sequence[tuple[Wave, Released | None]], zone: ZoneInfo) -> WaveFacts | None:
    """Let each wave stand before the next one, of waves that come latest first."""
    facts: WaveFacts | None = None
    id_before = None
    for wave, result in reversed(told):
        if result is None:
            return None
        ends = wave.closed_at or wave.closes_at
        facts = WaveFacts(
            number=wave.number,
            # Exports tell days without a zone, which must not become the evening before.
            closes=ends.astimezone(UTC if wave.label else zone).date(),
            is_open=wave.closed_at is None,
            result=result,
            label=wave.label,
            before=facts,
            both=result.both if id_before is not None and result.before_id == id_before else NOBODY_IN_BOTH,
        )
        id_before = wave.id
    return facts


async def _mentions(session: AsyncSession, wave: Wave) -> list[tuple[str, int]]:
    """Tell the drivers ticked where no frozen row does: of a wave that was asked they are kept counted."""
    if wave.label is None:
        return await counts.mentions(session, wave.id)
    return await counting.driver_counts(session, wave.id)


async def _released(
    session: AsyncSession, survey: Survey, wave: Wave, reader: Reader, detail: Detail = Detail.NUMBERS
) -> Released | None:
    promise = promise_of(survey, wave)
    with_reasons = detail is Detail.DRIVERS  # they cost time, and few ask
    if wave.closed_at is None:
        versions = [await numbers.so_far(session, wave, with_reasons=with_reasons)]
    else:
        every = not tells_all(promise, reader)
        versions = await numbers.frozen(session, wave, every=every, with_reasons=with_reasons)
    if detail is Detail.MENTIONS:
        mentions = await _mentions(session, wave) if versions[-1].mentions is None else None
        versions = [
            replace(one, mentions=tuple(mentions)) if mentions is not None else one for one in versions
        ]
    if detail is not Detail.SEGMENTS:
        versions = [replace(one, cells=None) for one in versions]
    if with_reasons and any(one.reasons is None for one in versions):
        reasons = numbers.ticked_together(await results.reasons(session, wave.id))
        versions = [replace(one, reasons=reasons) if one.reasons is None else one for one in versions]
    return released(versions, promise, reader, is_open=wave.closed_at is None)
