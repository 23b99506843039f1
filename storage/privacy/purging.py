"""What people said and who they are goes from waves that closed long ago; the frozen results stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import quotes
from storage.database.among import among, among_these
from storage.database.hanging import delete_with_all
from storage.delivery.invitations import asked_at, was_asked
from storage.kit.people import quarantine_days
from storage.privacy.cases_erased import erase_cases
from storage.privacy.emptied import note_emptied
from storage.privacy.erasing import keep_counts, unname_imported
from storage.tables import (
    Answer,
    Ballot,
    Case,
    ImportChange,
    Invitation,
    Membership,
    Person,
    Property,
    Quote,
    Survey,
    Thread,
    Wave,
)
from storage.words import ANONYMOUS_DAYS

PAGE = 5_000
PIECE = 250
"""Rows erased in one transaction: whoever taps meanwhile waits for no more."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How much went. `names` counts the questions, each with a person, and the imported answers that named one."""

    waves: int = 0
    answers: int = 0
    comments: int = 0
    names: int = 0

    def __add__(self, other: "Purged") -> "Purged":
        return Purged(
            self.waves + other.waves,
            self.answers + other.answers,
            self.comments + other.comments,
            self.names + other.names,
        )


async def waves_closed_before(session: AsyncSession, moment: datetime, now: datetime) -> list[Wave]:
    """Return the waves that closed before the moment and hold words or names still, the oldest first."""
    closed = col(Wave.closed_at) < moment
    found = list[Wave]()
    for workspace_id in await session.exec(select(Wave.workspace_id).where(closed).distinct()):
        holding = await _holds_any(session, workspace_id, now)
        found += await session.exec(select(Wave).where(Wave.workspace_id == workspace_id, closed, holding))
    return sorted(found, key=lambda wave: (wave.closed_at, wave.id))


async def waves_kept_long_enough(session: AsyncSession, workspace_id: str, now: datetime) -> list[Wave]:
    """Return the waves that hold words or names for longer than their people were told, or than their survey now says."""
    found = await session.exec(
        select(Wave, Survey.keep_days)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .where(
            Wave.workspace_id == workspace_id,
            col(Wave.closed_at).is_not(None),
            or_(col(Wave.keep_days).is_not(None), col(Survey.keep_days).is_not(None)),
            await _holds_any(session, workspace_id, now),
        )
        .order_by(col(Wave.closed_at), col(Wave.id))
    )
    return [
        wave
        for wave, keep_days in found.all()
        if wave.closed_at is not None
        and wave.closed_at <= now - timedelta(days=min(filter(None, (wave.keep_days, keep_days))))
    ]


async def forgettable_after(
    session: AsyncSession, workspace_id: str, before: datetime, after: str
) -> Sequence[str]:
    """Return the user ids after this one of people that nothing refers to any more; Slack described them before then."""
    question = (
        select(Person.user_id)
        .where(col(Person.user_id) > after, *_is_forgettable(workspace_id, before))
        .order_by(Person.user_id)
        .limit(PAGE)
    )
    return (await session.exec(question)).all()


async def forget_people(
    session: AsyncSession, workspace_id: str, before: datetime, user_ids: Sequence[str]
) -> None:
    """Forget these people, but not those who have been asked meanwhile."""
    some = among(col(Person.user_id), "user_ids")
    forgetting = delete(Person).where(some, *_is_forgettable(workspace_id, before))
    await session.exec(forgetting, params={"user_ids": user_ids})


def _is_forgettable(workspace_id: str, before: datetime) -> tuple[ColumnElement[bool], ...]:
    asked = exists(
        select(Invitation.id).where(
            Invitation.workspace_id == Person.workspace_id, Invitation.user_id == Person.user_id
        )
    )
    return (
        col(Person.workspace_id) == workspace_id,
        col(Person.refreshed_at) < before,
        ~col(Person.is_admin),  # they hear of what goes wrong
        ~asked,
    )


async def _holds_any(session: AsyncSession, workspace_id: str, now: datetime) -> ColumnElement[bool]:
    """Say of a wave of the workspace that something of it would be purged."""
    said = select(Answer.id).where(Answer.wave_id == Wave.id, _to_erase(workspace_id))
    to_forget = await _to_forget(session, workspace_id, now)
    asked = select(Invitation.id).where(Invitation.wave_id == Wave.id, to_forget)
    cast = select(Ballot.key).where(Ballot.wave_id == Wave.id)
    return or_(exists(said), exists(asked), exists(cast))


async def would_purge(session: AsyncSession, wave: Wave, now: datetime) -> Purged:
    """Count what would go from one wave."""
    said = select(func.count(col(Answer.id)), func.count(col(Answer.comment)), func.count(col(Answer.person)))
    of_it = said.join(Wave, col(Wave.id) == Answer.wave_id).where(Wave.id == wave.id)
    answers, comments, named = (await session.exec(of_it.where(_to_erase(wave.workspace_id)))).one()
    cast = select(func.count(col(Ballot.key)), func.count(col(Ballot.comment))).where(
        Ballot.wave_id == wave.id
    )
    ballots, words = (await session.exec(cast)).one()
    answers, comments = answers + ballots, comments + words
    asked = select(func.count(col(Invitation.id))).join(Wave, col(Wave.id) == Invitation.wave_id)
    to_forget = await _to_forget(session, wave.workspace_id, now)
    names = (await session.exec(asked.where(Wave.id == wave.id, to_forget))).one()
    return Purged(1, answers, comments, named + names)


async def purge_piece(
    session: AsyncSession, wave: Wave, now: datetime, *, whole: bool = False
) -> Purged | None:
    """Erase some answers of a closed wave, or else names; None when none is left.

    When somebody was asked last is kept while the quarantine lasts: they would be asked too soon. With `whole` that goes
    too, and so do imported scores, and what an open wave holds.
    """
    locked = (await session.exec(select(Wave).where(Wave.id == wave.id).with_for_update())).one_or_none()
    if locked is None or (locked.closed_at is None and not whole):  # deleted or reopened meanwhile
        return None
    if locked.closed_at is not None:
        await keep_counts(session, locked, now)
    gone = (
        await _purge_answers(session, wave, now, whole=whole)
        or await _purge_ballots(session, wave)
        or await _purge_invitations(session, wave, now, whole=whole)
    )
    if gone:
        await note_emptied(session, wave.workspace_id, now)
    return gone


async def _purge_answers(session: AsyncSession, wave: Wave, now: datetime, *, whole: bool) -> Purged | None:
    """Erase some answers of a closed wave, with the cases and quotes that came of them."""
    of_it = select(Answer.id, Answer.comment, Answer.person).where(Answer.wave_id == wave.id)
    if not whole:
        of_it = of_it.join(Wave, col(Wave.id) == Answer.wave_id).where(_to_erase(wave.workspace_id))
    said = (await session.exec(of_it.limit(PIECE))).all()
    if not said:
        return None
    answer_ids = [answer_id for answer_id, _, _ in said]
    ids = among_these(col(Answer.id), answer_ids)
    if wave.label is not None and not whole:
        await unname_imported(session, (ids,))
    else:
        theirs = col(Case.invitation_id).in_(select(Answer.invitation_id).where(ids))
        await erase_cases(session, wave.workspace_id, theirs, "en-US", now)
        await quotes.end(session, among_these(col(Quote.answer_id), answer_ids), is_erased=True)
        await delete_with_all(session, Answer, ids)
    return Purged(
        answers=len(said),
        comments=sum(comment is not None for _, comment, _ in said),
        names=sum(person is not None for _, _, person in said),
    )


async def _purge_ballots(session: AsyncSession, wave: Wave) -> Purged | None:
    """Erase some ballots of a closed anonymous wave, and the conversations about them; its frozen result keeps their counts."""
    of_it = select(Ballot.key, Ballot.comment, Ballot.thread_key).where(Ballot.wave_id == wave.id)
    said = (await session.exec(of_it.limit(PIECE))).all()
    if not said:
        return None
    keys = [key for key, _, _ in said]
    await session.exec(delete(Ballot).where(col(Ballot.wave_id) == wave.id, col(Ballot.key).in_(keys)))
    await delete_with_all(session, Thread, col(Thread.key).in_([one for _, _, one in said if one]))
    return Purged(answers=len(said), comments=sum(comment is not None for _, comment, _ in said))


async def _purge_invitations(
    session: AsyncSession, wave: Wave, now: datetime, *, whole: bool
) -> Purged | None:
    """Erase some invitations of a closed wave that have no answer, and the channels of their people."""
    unanswered = ~exists(select(Answer.id).where(Answer.invitation_id == Invitation.id))
    of_it = select(Invitation.id, Invitation.user_id).where(Invitation.wave_id == wave.id, unanswered)
    if not whole:
        to_forget = await _to_forget(session, wave.workspace_id, now)
        of_it = of_it.join(Wave, col(Wave.id) == Invitation.wave_id).where(to_forget)
    asked = (await session.exec(of_it.limit(PIECE))).all()
    if not asked:
        return None
    of_them = among_these(col(Membership.user_id), [user_id for _, user_id in asked])
    await session.exec(delete(Membership).where(col(Membership.wave_id) == wave.id, of_them))
    ids = among_these(col(Invitation.id), [invitation_id for invitation_id, _ in asked])
    await delete_with_all(session, Invitation, ids)
    return Purged(names=len(asked))


def _to_erase(workspace_id: str) -> ColumnElement[bool]:
    """Say of an answer, joined with its wave, that it holds a person or words, or a file's other columns that may name one.

    One that was asked for holds its person.
    """
    said_before = select(ImportChange.answer_id).where(
        ImportChange.workspace_id == workspace_id, col(ImportChange.comment).is_not(None)
    )
    return or_(
        col(Wave.label).is_(None),
        col(Answer.person).is_not(None),
        col(Answer.comment).is_not(None),
        exists(select(Property.name).where(Property.answer_id == Answer.id)),
        col(Answer.id).in_(said_before),
    )


async def _to_forget(session: AsyncSession, workspace_id: str, now: datetime) -> ColumnElement[bool]:
    """Say of an invitation, joined with its wave, that nothing depends any more on when its person was asked."""
    days = await quarantine_days(session, workspace_id)
    anonymously = asked_at() <= now - timedelta(days=max(days, ANONYMOUS_DAYS))
    by_name = ~col(Wave.is_anonymous) & (asked_at() <= now - timedelta(days=days))
    return or_(~was_asked(), anonymously, by_name)
