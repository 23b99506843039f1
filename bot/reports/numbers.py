"""What the database holds of a wave, read for the gate: a closed one as it was frozen, an open one as it is kept counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.reports.rules.gate import Numbers
from scoring.change import NOBODY_IN_BOTH, Overlap
from scoring.distribution import Distribution, distribution
from scoring.drivers import Answers, by_category
from scoring.nps import Tally, tally_counts
from storage import counts, waves
from storage.answers import counting
from storage.counts import WaveCounts
from storage.reports import results
from storage.tables import CountedWave, ReasonCount, Survey, Wave


async def so_far(session: AsyncSession, wave: Wave, *, with_reasons: bool = False) -> Numbers:
    """Read of an open wave what there is to read: of an anonymous one how many have answered, and nothing else."""
    kept = (await counts.of_waves(session, [wave.id], with_ticked=with_reasons))[wave.id]
    told = _kept(kept, wave, nobody_knows=await waves.asks_a_channel(session, wave))
    return replace(told, reasons=kept.ticked) if with_reasons and not wave.is_anonymous else told


async def counted(session: AsyncSession, wave: Wave, *, with_reasons: bool = False) -> Numbers:
    """Count an imported wave that was never frozen, or read one that was asked."""
    if wave.label is None:
        return await so_far(session, wave, with_reasons=with_reasons)
    scores = await counting.score_counts(session, wave.id)
    comments = await counting.comment_count(session, wave.id)
    return Numbers(tally_counts(scores), invited=0, comments=comments, scores=distribution(scores))


async def frozen(
    session: AsyncSession, wave: Wave, *, every: bool, with_reasons: bool = False
) -> list[Numbers]:
    """Read a closed wave as it was frozen last, or `every` time that it was."""
    last = await waves.result(session, wave.id)
    rows: Sequence[CountedWave] = (
        await results.publications(session, wave.id) if every or not last else [last]
    )
    versions = [_numbers(row, with_reasons=with_reasons) for row in rows]
    return versions or [await counted(session, wave, with_reasons=with_reasons)]


def ticked_together(reasons: Sequence[ReasonCount]) -> Answers:
    """Read what was ticked as it is stored: a score, the drivers ticked together and how often."""
    together = Counter[tuple[int, frozenset[str]]]()
    for score, ticked, many in reasons:
        together[score, frozenset(ticked)] += many
    return by_category(together)


async def of_all(
    session: AsyncSession, found: Iterable[Wave], surveys: Iterable[Survey]
) -> dict[int, list[Numbers]]:
    """Read the versions of many waves' numbers by wave, without their reasons, in a fixed number of statements."""
    known = list(found)
    versions: defaultdict[int, list[Numbers]] = defaultdict(list)
    for row in await results.publications_of(session, [wave.id for wave in known if wave.closed_at]):
        versions[row.wave_id].append(_numbers(row.counted))
    unfrozen = [wave for wave in known if wave.id not in versions]
    kept = await counts.of_waves(session, [wave.id for wave in unfrozen])
    old = [wave.id for wave in unfrozen if wave.label is not None]
    imported = await counting.score_counts_of(session, old) if old else {}
    in_channels = {one.id for one in surveys if one.audience.open_channel}
    for wave in unfrozen:
        stands = WaveCounts(imported.get(wave.id, {})) if wave.label is not None else kept[wave.id]
        versions[wave.id] = [_kept(stands, wave, nobody_knows=wave.survey_id in in_channels)]
    return dict(versions)


def _kept(kept: WaveCounts, wave: Wave, *, nobody_knows: bool) -> Numbers:
    """Tell of an anonymous wave how many have answered; `nobody_knows` how many were asked in a channel."""
    invited = None if nobody_knows else kept.reached
    if wave.is_anonymous:
        return Numbers(Tally(0, 0, 0), invited, sealed=kept.answered, mentions=(), reasons=Counter())
    return Numbers(tally_counts(kept.scores), invited, kept.comments, distribution(kept.scores))


def _numbers(row: CountedWave, *, with_reasons: bool = False) -> Numbers:
    """Read one stored row; what an older release did not store is left out."""
    tally = Tally(row.promoters, row.passives, row.detractors)
    spread = Distribution(tuple(row.scores)) if row.scores else distribution({})
    return Numbers(
        tally=tally,
        invited=row.invited,
        comments=row.comments,
        scores=spread if spread.responses == tally.responses else None,
        late=Tally(*row.late) if row.late else None,
        mentions=None if row.reasons is None else _mentions(row.reasons),
        reasons=None if row.reasons is None or not with_reasons else ticked_together(row.reasons),
        cells={frozenset(parts): Tally(*counts) for parts, *counts in row.cells} if row.cells else None,
        both=Overlap(*row.both) if row.both else NOBODY_IN_BOTH,
        before_id=row.before_id,
    )


def _mentions(reasons: Sequence[ReasonCount]) -> tuple[tuple[str, int], ...]:
    mentions = Counter[str]()
    for _, drivers, many in reasons:
        mentions.update(dict.fromkeys(drivers, many))
    return tuple(sorted(mentions.items(), key=lambda one: (-one[1], one[0])))
