"""Who was asked in a wave and who has answered, read page by page for a manager."""

from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import counts
from storage.tables import Answer, Invitation
from storage.words import NOBODY, InvitationState


class Participant(NamedTuple):
    """One person in a wave; `score` is None without an answer."""

    invitation_id: int
    user_id: str
    state: InvitationState
    score: int | None
    comment: str | None


class PageOfPeople(NamedTuple):
    """Some people by their id, and whether there are more on either side."""

    people: list[Participant]
    has_before: bool
    has_after: bool


async def page_of_people(  # noqa: PLR0913 - which, how many, and from where
    session: AsyncSession,
    wave_id: int,
    size: int,
    beside: int | None = None,
    *,
    answered: bool | None = None,
    is_back: bool = False,
) -> PageOfPeople:
    """Read the people of a wave by their ids: those after the invitation `beside`, or before it; without one the first.

    `answered` leaves out the others.
    """
    question = _question(wave_id, answered=answered)
    place = None if beside is None else await _place(session, wave_id, beside)
    if place and is_back:
        back = question.where(col(Invitation.user_id) < place).order_by(col(Invitation.user_id).desc())
        found = await _read(session, back, size + 1)
        if len(found) > size:
            return PageOfPeople(found[size - 1 :: -1], has_before=True, has_after=True)
        place = None  # the first page, and it is full
    onwards = question.where(col(Invitation.user_id) > place) if place else question
    found = await _read(session, onwards.order_by(col(Invitation.user_id)), size + 1)
    return PageOfPeople(found[:size], has_before=bool(place), has_after=len(found) > size)


async def answered_and_asked(session: AsyncSession, wave_id: int) -> tuple[int, int]:
    """Return how many have answered, and how many are asked, whether or not they have got their question yet."""
    stands = (await counts.standing(session, [wave_id]))[wave_id]
    answered = sum(many for one, many in stands.items() if one.state is InvitationState.ANSWERED)
    return answered, stands.total()


def _question(wave_id: int, *, answered: bool | None) -> Select[*tuple[Any, ...]]:
    question: Select[*tuple[Any, ...]] = (
        select(
            col(Invitation.id),
            col(Invitation.user_id),
            col(Invitation.state),
            col(Answer.score),
            col(Answer.comment),
        )
        .outerjoin(Answer, col(Answer.invitation_id) == col(Invitation.id))
        .where(col(Invitation.wave_id) == wave_id, ~col(Invitation.user_id).startswith(NOBODY))
    )
    if answered is None:
        return question
    has_answered = col(Invitation.state) == InvitationState.ANSWERED
    return question.where(has_answered if answered else ~has_answered)


async def _read(session: AsyncSession, question: Select[*tuple[Any, ...]], limit: int) -> list[Participant]:
    rows = (await (await session.connection()).execute(question.limit(limit))).all()
    return [Participant(*row) for row in rows]


async def _place(session: AsyncSession, wave_id: int, invitation_id: int) -> str | None:
    question = select(col(Invitation.user_id)).where(
        col(Invitation.id) == invitation_id, col(Invitation.wave_id) == wave_id
    )
    found: str | None = (await (await session.connection()).execute(question)).scalar_one_or_none()
    return found
