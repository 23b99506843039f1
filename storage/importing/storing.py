"""Answers carried over from another service: closed waves of their own, all within the caller's transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain, repeat
from typing import NamedTuple

from sqlalchemy import ARRAY, BigInteger, cast, delete, func, update
from sqlalchemy.dialects.postgresql import OID, REGCLASS
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from scoring.scale import HIGHEST, LOWEST
from storage.importing.changes import Changes, update_known
from storage.importing.copying import copied
from storage.importing.imported_answers import ImportedAnswers, stored_moment
from storage.importing.in_bulk import PARAMETERS, insert_answers
from storage.kit.reasons import as_kept
from storage.reports import results
from storage.tables import Answer, Import, Mention, Property, Publication, ReasonCount, Result, Survey, Wave

IMPORTED_BY = "import"
"""Who made an imported survey or wave, where people's ids stand otherwise."""


class Stored(NamedTuple):
    """How many answers were `added` and `updated`, in which waves, and the `scores` of all, new or not, as they stand."""

    added: int
    scores: Counter[int]
    updated: int = 0
    updated_waves: frozenset[int] = frozenset()


class Counted(NamedTuple):
    """All that has come into a wave.

    `ticked` has the answers with a score that named the same drivers, one at least; None where they are more than a result keeps.
    """

    scores: Counter[int]
    comments: int
    ticked: Counter[tuple[int, tuple[str, ...]]] | None

    def with_answers(self, answers: ImportedAnswers) -> "Counted":
        """Count these too."""
        comments = len(answers.comments) - answers.comments.count(None)
        ticked = self.ticked
        if ticked is not None:
            ticked = Counter(ticked)
            for (score, drivers), many in Counter(zip(answers.scores, answers.drivers, strict=True)).items():
                if drivers:
                    ticked[score, tuple(sorted(set(drivers)))] += many
        if ticked is not None and len(ticked) > results.MOST_REASONS:
            ticked = None
        return Counted(self.scores + Counter(answers.scores), self.comments + comments, ticked)

    def result(self, wave: Wave, now: datetime) -> Result:
        return Result(
            **results.categories(self.scores)._asdict(),
            wave_id=wave.id,
            workspace_id=wave.workspace_id,
            comments=self.comments,
            invited=None,
            scores=[self.scores[score] for score in range(LOWEST, HIGHEST + 1)],
            reasons=None if self.ticked is None else results.few(self._reasons(self.ticked)),
            frozen_at=now,
        )

    def _reasons(self, ticked: Counter[tuple[int, tuple[str, ...]]]) -> list[ReasonCount]:
        """Add the answers that named no driver, and give all as `results.reasons` does."""
        reasons = ticked + Counter({(score, ()): many for score, many in self.scores.items()})
        for (score, _), many in ticked.items():
            reasons[score, ()] -= many
        return as_kept(+reasons)


_ANSWER = (
    "id", "workspace_id", "wave_id", "import_id", "import_key", "score", "comment", "person", "answered_at", "changed_at"
)  # fmt: skip
_PROPERTY = ("answer_id", "name", "value", "workspace_id")
_MENTION = ("answer_id", "driver", "workspace_id")


async def lock_survey(session: AsyncSession, survey_id: int) -> None:
    """Let two imports into one survey take turns; on SQLite they do so anyway."""
    await session.exec(select(Survey.id).where(Survey.id == survey_id).with_for_update())


async def asked_numbers(session: AsyncSession, survey_id: int) -> set[int]:
    """Return the numbers of the survey's waves that were asked in Slack."""
    asked = select(Wave.number).where(Wave.survey_id == survey_id, col(Wave.label).is_(None))
    return set(await session.exec(asked))


async def imported_wave(session: AsyncSession, survey: Survey, label: str, at: datetime) -> tuple[Wave, bool]:
    """Return the survey's imported wave of this label, and whether it is new: it began and ended at `at` then."""
    question = select(Wave).where(Wave.survey_id == survey.id, Wave.label == label)
    if known := (await session.exec(question)).one_or_none():
        return known, False
    lowest = (await session.exec(select(func.min(Wave.number)).where(Wave.survey_id == survey.id))).one()
    made = Wave(
        workspace_id=survey.workspace_id,
        survey_id=survey.id,
        number=min(1 if lowest is None else lowest, 1) - 1,
        label=label,
        opened_by=IMPORTED_BY,
        opens_at=at,
        closes_at=at,
        closed_at=at,
    )
    session.add(made)
    await session.flush()
    return made, True


async def add_answers(
    session: AsyncSession, brought: Import, answers: Mapping[int, ImportedAnswers], now: datetime
) -> Stored:
    """Store the answers with new row keys, by the ids of their waves; `now` dates the undated.

    A row that has come before and says something else now changes its answer. Raises SamePersonAgain where a row's key
    stands for another day, so that its id cannot be that of an answer.
    """
    scores = Counter(chain.from_iterable(of_wave.scores for of_wave in answers.values()))
    await _hold(session, list(answers))
    ids = await _fresh_ids(session, scores.total())
    rows: list[object] = []
    told: list[tuple[int, str, str]] = []
    workspace, taken, added = repeat(brought.workspace_id), 0, 0
    for wave_id, of_wave in answers.items():
        its_ids = ids[taken : (taken := taken + len(of_wave.keys))]
        moments = _moments(session, of_wave.moments, now)
        if _is_sqlite(session):
            of_import = brought.workspace_id, wave_id, brought.id
            added += await insert_answers(session, *of_import, its_ids, of_wave, moments)
        else:
            said = of_wave.keys, of_wave.scores, of_wave.comments, of_wave.people
            fixed = workspace, repeat(wave_id), repeat(brought.id)
            rows += chain.from_iterable(zip(its_ids, *fixed, *said, moments, moments, strict=False))
        told += [(its_ids[place], name, value) for place, name, value in of_wave.told]
    added += await _insert(session, Answer, _ANSWER, rows)
    drivers = list(chain.from_iterable(of_wave.drivers for of_wave in answers.values()))
    changes = Changes(0, frozenset())
    if added < len(ids):
        there = set(await session.exec(select(Answer.id).where(col(Answer.id).between(min(ids), max(ids)))))
        drivers = [some if one in there else () for one, some in zip(ids, drivers, strict=True)]
        told = [one for one in told if one[0] in there]
        changes = await update_known(session, brought, list(answers.values()), now)
        scores = await _scores_of(session, [key for of_wave in answers.values() for key in of_wave.keys])
    of_each = chain.from_iterable(map(repeat, ids, map(len, drivers)))
    ticked = zip(of_each, chain.from_iterable(drivers), workspace, strict=False)
    await _insert(session, Mention, _MENTION, list(chain.from_iterable(ticked)))
    properties = [value for one in told for value in (*one, brought.workspace_id)]
    await _insert(session, Property, _PROPERTY, properties)
    return Stored(added, scores, *changes)


async def has_old_answers(session: AsyncSession, survey_id: int) -> bool:
    """Whether the survey has imported answers of before imports were kept."""
    old = (
        select(Answer.id)
        .join_from(Wave, Answer, col(Answer.wave_id) == col(Wave.id))
        .where(
            Wave.survey_id == survey_id, col(Answer.import_key).is_not(None), col(Answer.import_id).is_(None)
        )
    )
    return (await session.exec(old.limit(1))).one_or_none() is not None


async def has_imported_answers(session: AsyncSession, survey_id: int) -> bool:
    """Whether anything was ever imported into the survey and stands there still."""
    waves = select(Wave.id).where(Wave.survey_id == survey_id, col(Wave.label).is_not(None))
    return (await session.exec(waves.limit(1))).one_or_none() is not None


async def freeze(
    session: AsyncSession, wave: Wave, span: tuple[datetime, datetime], counted: Counted | None, now: datetime
) -> Result | None:
    """Freeze an imported wave with what has come into it; take it away, and return None, when that is nothing.

    What is not `counted` yet is counted now: seconds for a million answers.
    """
    frozen = counted.result(wave, now) if counted else await results.count(session, wave, None, now)
    if not frozen.promoters + frozen.passives + frozen.detractors:
        await session.exec(delete(Result).where(col(Result.wave_id) == wave.id))
        await session.exec(delete(Publication).where(col(Publication.wave_id) == wave.id))
        await session.exec(delete(Wave).where(col(Wave.id) == wave.id))
        return None
    stretched = update(Wave).where(col(Wave.id) == wave.id)
    await session.exec(stretched.values(opens_at=span[0], closes_at=span[1], closed_at=span[1]))
    return await results.freeze(session, frozen)


async def _hold(session: AsyncSession, wave_ids: Sequence[int]) -> None:
    """Keep the waves from being deleted while answers come into them; SQLite has one writer anyway."""
    if not _is_sqlite(session):
        held = select(Wave.id).where(col(Wave.id).in_(wave_ids)).with_for_update(read=True, key_share=True)
        if len((await session.exec(held)).all()) < len(wave_ids):
            raise LookupError(wave_ids)


async def _fresh_ids(session: AsyncSession, many: int) -> Sequence[int]:
    """Give ids that no answer has, so that what was ticked can name its answer without asking for each."""
    if _is_sqlite(session):
        highest = (await session.exec(select(func.max(Answer.id)))).one() or 0
        return range(highest + 1, highest + 1 + many)
    # By its number: for each id the sequence's name would be looked up once more, which takes fifteen times as long.
    sequence = cast(func.pg_get_serial_sequence(Answer.__tablename__, "id"), REGCLASS)
    found = (await session.exec(select(sequence.cast(OID)))).one()
    ids = func.array_agg(func.nextval(cast(found, REGCLASS)), type_=ARRAY(BigInteger))
    return (await session.exec(select(ids).select_from(func.generate_series(1, many)))).one() or []


def _is_sqlite(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _moments(session: AsyncSession, known: Sequence[str | None], now: datetime) -> Sequence[str | None]:
    """Give moments as the database takes them, with `now` where there is none."""
    undated, zone = stored_moment(now.astimezone(UTC)), "" if _is_sqlite(session) else "+00:00"
    if not zone and None not in known:
        return known
    return [(moment or undated) + zone for moment in known]


async def _scores_of(session: AsyncSession, keys: Sequence[object]) -> Counter[int]:
    """Count the scores that stand under these keys."""
    scores = Counter[int]()
    for start in range(0, len(keys), PARAMETERS):
        some = col(Answer.import_key).in_(keys[start : start + PARAMETERS])
        scores += Counter(await session.exec(select(Answer.score).where(some)))
    return scores


async def _insert(
    session: AsyncSession, model: type[SQLModel], columns: Sequence[str], values: Sequence[object]
) -> int:
    """Insert rows that no unique constraint stands against, thousands to a statement, and return how many.

    `values` are those of all rows, one after the other. The statement is written out, as SQLAlchemy would look at each
    of its values; one that takes many rows lets the next ones be read meanwhile. PostgreSQL takes rows fastest by COPY,
    which knows no ON CONFLICT: where a row is there already, they go the other way.
    """
    if not _is_sqlite(session) and await copied(session, str(model.__tablename__), columns, values):
        return len(values) // len(columns)
    connection, mark = await session.connection(), "?" if _is_sqlite(session) else "%s"
    into = f"INSERT INTO {model.__tablename__} ({', '.join(columns)}) VALUES "  # noqa: S608 - our own names
    one, at_once, added = f"({', '.join([mark] * len(columns))})", PARAMETERS // len(columns), 0
    for start in range(0, len(values), at_once * len(columns)):
        some = tuple(values[start : start + at_once * len(columns)])
        statement = f"{into}{', '.join([one] * (len(some) // len(columns)))} ON CONFLICT DO NOTHING"
        added += (await connection.exec_driver_sql(statement, some)).rowcount
    return added
