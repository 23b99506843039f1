"""What is kept counted of waves: read without reading their answers, compared with them, and counted again.

The database keeps these counts by triggers, in the transaction that writes (see the migration that made them). They are
there for open waves: what closes is counted from its answers, and frozen.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    case,
    cast,
    delete,
    except_,
    func,
    insert,
    literal,
    literal_column,
    select,
    text,
    union,
    union_all,
)
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from scoring.scale import LOWEST_PASSIVE, LOWEST_PROMOTER, Category, category_of
from storage.database.text import UNIT_SEPARATOR
from storage.tables import Answer, Counts, Invitation, KeptCount, Mention, Wave
from storage.words import InvitationState

_HOUR = "%Y-%m-%d %H"


class InvitationStanding(NamedTuple):
    """Where an invitation stands; `reached` tells whether the question surely arrived, by whatever way.

    >>> InvitationStanding.read("failed 000 user_not_found")
    InvitationStanding(state=<InvitationState.FAILED: 'failed'>, is_snoozed=False, by_reminder=False, reached=False, code='user_not_found')
    """

    state: InvitationState
    is_snoozed: bool
    by_reminder: bool
    reached: bool
    code: str

    @classmethod
    def read(cls, key: str) -> "InvitationStanding":
        state, flags, code = key.split(" ", 2)
        snoozed, by_reminder, reached = (flag == "1" for flag in flags)
        return cls(InvitationState(state), snoozed, by_reminder, reached, code)


@dataclass(frozen=True)
class WaveCounts:
    """How many people of one wave gave each score, wrote a comment, were surely reached by the question, and answered.

    `ticked` counts the answers of a category that named the same drivers, none of them too; empty unless it was asked for.
    """

    scores: dict[int, int] = field(default_factory=dict)
    comments: int = 0
    reached: int = 0
    answered: int = 0
    ticked: Counter[tuple[Category, frozenset[str]]] = field(default_factory=Counter)


async def of_waves(
    session: AsyncSession, wave_ids: Sequence[int], *, with_ticked: bool = False
) -> dict[int, WaveCounts]:
    """Return what is kept of each wave, in one statement: zeros for one that has neither answers nor people."""
    kept: dict[int, WaveCounts] = {}
    wanted = (Counts.SCORE, Counts.COMMENT, Counts.STATE, *([Counts.REASONS] if with_ticked else []))
    found = await _read(session, wave_ids, *wanted)
    for wave_id in wave_ids:
        counts = found.get(wave_id, {})
        stands = {
            InvitationStanding.read(key): many for (what, key), many in counts.items() if what is Counts.STATE
        }
        scores = {int(key): many for (what, key), many in counts.items() if what is Counts.SCORE}
        kept[wave_id] = WaveCounts(
            scores=scores,
            comments=counts.get((Counts.COMMENT, ""), 0),
            reached=sum(many for one, many in stands.items() if one.reached),
            answered=sum(many for one, many in stands.items() if one.state is InvitationState.ANSWERED),
            ticked=_ticked(scores, counts) if with_ticked else Counter(),
        )
    return kept


def _ticked(
    scores: Mapping[int, int], counts: Mapping[tuple[Counts, str], int]
) -> Counter[tuple[Category, frozenset[str]]]:
    """Read who ticked what; who ticked nothing are the rest of those who gave such a score."""
    ticked: Counter[tuple[Category, frozenset[str]]] = Counter()
    for score, many in scores.items():
        ticked[category_of(score), frozenset()] += many
    for (what, key), many in counts.items():
        if what is Counts.REASONS:
            category, *drivers = key.split(UNIT_SEPARATOR)
            ticked[Category(category), frozenset(drivers)] += many
            ticked[Category(category), frozenset()] -= many
    return +ticked


async def standing(session: AsyncSession, wave_ids: Sequence[int]) -> dict[int, Counter[InvitationStanding]]:
    """Return how many invitations of each wave stand where."""
    found = await _read(session, wave_ids, Counts.STATE)
    return {
        wave_id: Counter(
            {InvitationStanding.read(key): many for (_, key), many in found.get(wave_id, {}).items()}
        )
        for wave_id in wave_ids
    }


async def mentions(session: AsyncSession, wave_id: int) -> list[tuple[str, int]]:
    """Return the drivers ticked and by how many, the most mentioned first."""
    found = (await _read(session, [wave_id], Counts.DRIVER)).get(wave_id, {})
    return sorted(((driver, many) for (_, driver), many in found.items()), key=lambda one: (-one[1], one[0]))


async def answers_since(session: AsyncSession, wave_id: int, since: datetime) -> int:
    """Return how many people answered for the first time at `since` or later.

    Full hours are read as they are kept; the answers of the hour that `since` falls into are counted.
    """
    full_from = since.replace(minute=0, second=0, microsecond=0)
    if full_from < since:
        full_from += timedelta(hours=1)
    key = full_from.strftime(_HOUR)
    kept = select(func.sum(col(KeptCount.count))).where(
        col(KeptCount.wave_id) == wave_id, col(KeptCount.what) == Counts.HOUR, col(KeptCount.key) >= key
    )
    in_part = select(func.count()).where(
        col(Answer.wave_id) == wave_id,
        col(Answer.invitation_id).is_not(None),
        col(Answer.answered_at) >= since,
        col(Answer.answered_at) < full_from,
    )
    connection = await session.connection()
    since_then = int((await connection.execute(kept)).scalar_one() or 0)
    return since_then + (await connection.execute(in_part)).scalar_one()


async def wrong(session: AsyncSession, *, closed: bool = False) -> list[int]:
    """Count everything of open waves again, and return the waves of which something else is kept; `closed` ones too."""
    waves = select(col(Wave.id))
    waves = waves if closed else waves.where(col(Wave.closed_at).is_(None))
    total = func.sum(col(KeptCount.count))
    kept = (
        select(col(KeptCount.wave_id), cast(col(KeptCount.what), String), col(KeptCount.key), total)
        .where(col(KeptCount.wave_id).in_(waves))
        .group_by(col(KeptCount.wave_id), col(KeptCount.what), col(KeptCount.key))
        .having(total != 0)
        .cte("kept")
    )
    again = _counted_again(session, waves).cte("again")
    either_way = (
        except_(select(one), select(other)).subquery() for one, other in ((kept, again), (again, kept))
    )
    differing = union(*(select(one.c.wave_id) for one in either_way))
    return sorted((await (await session.connection()).execute(differing)).scalars())


async def count_again(session: AsyncSession) -> None:
    """Replace what is kept by what is counted now. Writers wait meanwhile: a few seconds for a million answers."""
    connection = await session.connection()
    if connection.dialect.name != "sqlite":
        await connection.execute(text("LOCK TABLE invitations, answers, mentions IN SHARE MODE"))
    await connection.execute(delete(KeptCount))
    again = _counted_again(session, select(col(Wave.id))).subquery()
    part = literal(0, literal_execute=True)
    rows = select(again.c.wave_id, again.c.what, again.c.key, part, again.c.many)
    columns = ["wave_id", "what", "key", "part", "count"]
    await connection.execute(insert(KeptCount).from_select(columns, rows))


async def fold(session: AsyncSession) -> None:
    """Put together the parts of connections that are gone, and drop what is nought: few rows are read fast."""
    connection = await session.connection()
    if connection.dialect.name != "sqlite":
        await connection.execute(_FOLDING)
    await connection.execute(delete(KeptCount).where(col(KeptCount.part) == 0, col(KeptCount.count) == 0))


_FOLDING = text("""
    WITH gone AS (
        DELETE FROM kept_counts
        WHERE part <> 0 AND part NOT IN (SELECT pid FROM pg_stat_activity WHERE pid IS NOT NULL)
        RETURNING wave_id, what, key, count
    )
    INSERT INTO kept_counts (wave_id, what, key, part, count)
    SELECT wave_id, what, key, 0, sum(count) FROM gone GROUP BY wave_id, what, key ORDER BY wave_id, what, key
    ON CONFLICT (wave_id, what, key, part) DO UPDATE SET count = kept_counts.count + excluded.count
""")


async def _read(
    session: AsyncSession, wave_ids: Sequence[int], *what: Counts
) -> dict[int, dict[tuple[Counts, str], int]]:
    if not wave_ids:
        return {}
    total = func.sum(col(KeptCount.count))
    question = (
        select(col(KeptCount.wave_id), col(KeptCount.what), col(KeptCount.key), total)
        .where(col(KeptCount.wave_id).in_(wave_ids), col(KeptCount.what).in_(what))
        .group_by(col(KeptCount.wave_id), col(KeptCount.what), col(KeptCount.key))
    )
    found: defaultdict[int, dict[tuple[Counts, str], int]] = defaultdict(dict)
    for wave_id, counted, key, many in await (await session.connection()).execute(question):
        if many:
            found[wave_id][counted, key] = int(many)
    return found


def _counted_again(session: AsyncSession, wave_ids: Select[Any]) -> CompoundSelect[Any]:
    """Count what is there, in the words in which it is kept."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    at, of_answer = col(Answer.answered_at), col(Answer.wave_id)
    hour: ColumnElement[Any] = (
        func.substr(cast(at, String), 1, len("2026-03-02 09"))
        if is_sqlite
        else func.to_char(func.timezone("UTC", at), "YYYY-MM-DD HH24")
    )
    asked = of_answer.in_(wave_ids), col(Answer.invitation_id).is_not(None)
    nothing = literal("", literal_execute=True)
    ticked = _counting(of_answer, Counts.DRIVER, col(Mention.driver))
    together = _together(is_sqlite=is_sqlite).where(*asked).subquery()
    reasons = _counting(together.c.wave_id, Counts.REASONS, together.c.ticked)
    stands = _counting(col(Invitation.wave_id), Counts.STATE, _stands())
    return union_all(
        _counting(of_answer, Counts.SCORE, cast(col(Answer.score), String)).where(*asked),
        _counting(of_answer, Counts.HOUR, hour).where(*asked),
        _counting(of_answer, Counts.COMMENT, nothing).where(*asked, col(Answer.comment).is_not(None)),
        reasons.where(together.c.ticked.is_not(None)),
        ticked.join(Mention, col(Mention.answer_id) == col(Answer.id)).where(*asked),
        stands.where(col(Invitation.wave_id).in_(wave_ids)),
    )


def _counting(wave_id: Any, what: Counts, key: Any) -> Select[Any]:  # noqa: ANN401 - columns of any table
    said = literal(what.value, literal_execute=True).label("what")
    return select(wave_id.label("wave_id"), said, key.label("key"), func.count().label("many")).group_by(
        wave_id, text("key")
    )


def _together(*, is_sqlite: bool) -> Select[Any]:
    """Name, of each answer, its category and all that was ticked in it, in one order on any database."""
    score = col(Answer.score)
    category = case(
        (score >= LOWEST_PROMOTER, Category.PROMOTER.value),
        (score >= LOWEST_PASSIVE, Category.PASSIVE.value),
        else_=Category.DETRACTOR.value,
    )
    drivers: ColumnElement[str] = literal_column(
        "(SELECT group_concat(driver, char(31)) FROM"
        " (SELECT driver FROM mentions WHERE answer_id = answers.id ORDER BY driver))"
        if is_sqlite
        else '(SELECT string_agg(driver, chr(31) ORDER BY driver COLLATE "C") FROM mentions WHERE answer_id = answers.id)',
        String,
    )
    ticked: ColumnElement[Any] = category.concat(UNIT_SEPARATOR).concat(drivers)
    return select(col(Answer.wave_id).label("wave_id"), ticked.label("ticked"))


def _stands() -> ColumnElement[str]:
    state = cast(col(Invitation.state), String)
    snoozed = (col(Invitation.state) == InvitationState.PLANNED) & col(Invitation.snoozed_until).is_not(None)
    by_reminder = (
        col(Invitation.claimed_at).is_not(None)
        & col(Invitation.delivered_at).is_not(None)
        & col(Invitation.message_ts).is_(None)
    )
    reached = col(Invitation.delivered_at).is_not(None) | (col(Invitation.state) == InvitationState.ANSWERED)
    flags = [case((one, "1"), else_="0") for one in (snoozed, by_reminder, reached)]
    code = func.coalesce(col(Invitation.code), "")
    return state.concat(" ").concat(flags[0]).concat(flags[1]).concat(flags[2]).concat(" ").concat(code)
