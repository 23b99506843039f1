"""How the follow-up of a survey goes: what a week's digest tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.cases import UNDER_WAY
from storage.tables import Case, Invitation, Wave
from storage.words import CaseCause, CaseEnding, CaseState

_TIMES_READ = 10_000
_NOT_CONTACTED = (CaseState.OPEN, CaseState.TAKEN)


@dataclass(frozen=True)
class Huddle:
    """Counts of cases: open and overdue now; opened, closed by cause, and ended by their people in some time.

    `first_contact` is the median time to it, of those contacted in that time. `consenting` counts the people of a
    wave who may be contacted, and `reached` those of them who were.
    """

    open: int = 0
    overdue: int = 0
    opened: int = 0
    closed: Mapping[CaseCause | None, int] = field(default_factory=dict)
    ended: int = 0
    first_contact: timedelta | None = None
    consenting: int = 0
    reached: int = 0

    @property
    def is_news(self) -> bool:
        """Whether something has happened, or waits too long."""
        return bool(self.overdue or self.opened or self.closed or self.ended or self.first_contact)


async def huddle(
    session: AsyncSession, wave: Wave, since: datetime, until: datetime, now: datetime
) -> Huddle:
    """Count the cases of a wave's survey: what happened in some time, how they stand now, and who of the wave was reached."""
    of_survey = col(Case.survey_id) == wave.survey_id
    counting = select(
        func.count(col(Case.id)),
        func.count(col(Case.id)).filter(col(Case.state).in_(_NOT_CONTACTED), col(Case.due_at) <= now),
    ).where(of_survey, Case.workspace_id == wave.workspace_id, UNDER_WAY)
    active, overdue = (await session.exec(counting)).one()
    opening = select(func.count(col(Case.id))).where(
        of_survey, col(Case.opened_at) >= since, col(Case.opened_at) < until
    )
    opened = (await session.exec(opening)).one()
    closing = (
        select(Case.cause, Case.ending, func.count())
        .where(of_survey, col(Case.closed_at) >= since, col(Case.closed_at) < until)
        .group_by(col(Case.cause), col(Case.ending))
    )
    closed = dict[CaseCause | None, int]()
    ended = 0
    for cause, ending, many in (await session.exec(closing)).all():
        if ending == CaseEnding.RESOLVED:
            closed[CaseCause(cause) if cause else None] = many
        else:
            ended += many
    contacting = (
        select(Case.opened_at, Case.contacted_at)
        .where(of_survey, col(Case.contacted_at) >= since, col(Case.contacted_at) < until)
        .limit(_TIMES_READ)
    )
    seconds = [
        (then - at).total_seconds() for at, then in (await session.exec(contacting)).all() if then is not None
    ]
    # Asked of each case since the wave opened, of which there are few: it may have asked a hundred thousand people.
    asked_in = (
        select(Invitation.wave_id).where(col(Invitation.id) == col(Case.invitation_id)).scalar_subquery()
    )
    reaching = select(func.count(col(Case.id)), func.count(col(Case.contacted_at))).where(
        of_survey,
        col(Case.opened_at) >= wave.opens_at,
        asked_in == wave.id,
        col(Case.ending).is_distinct_from(CaseEnding.WITHDRAWN),
    )
    consenting, reached = (await session.exec(reaching)).one()
    first_contact = timedelta(seconds=median(seconds)) if seconds else None
    return Huddle(active, overdue, opened, closed, ended, first_contact, consenting, reached)
