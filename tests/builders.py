"""The rows tests begin with. Name what the test is about; the rest is a small company on an ordinary Monday."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import surveys, waves
from storage.answers import Tap
from storage.audience import Audience
from storage.kit import people
from storage.kit.people import KnownPerson
from storage.reports import results
from storage.tables import Cell, Invitation, ReasonCount, Result, Survey, Wave
from storage.waves.planning import Planned, finish_planning, plan_batch
from storage.words import InvitationState, Kind

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
WORKSPACE = "T0ACME"
MANAGER = "U0MANAGER"


def a_person(user_id: str = "U1", **facts: object) -> KnownPerson:
    told: dict[str, Any] = {"workspace_id": WORKSPACE, "user_id": user_id, "refreshed_at": MONDAY} | facts
    return KnownPerson(**told)


def a_survey(name: str = "Team pulse", **facts: object) -> Survey:
    usual = {
        "workspace_id": WORKSPACE,
        "name": name,
        "subject": "Acme",
        "kind": Kind.EMPLOYEES,
        "audience": Audience(channels=("C0GENERAL",)),
        "wave_days": 7,
        "digest_channel": "C0GENERAL",
        "digest_weekday": 0,
        "digest_hour": 9,
        "time_zone": "Europe/Paris",
        "created_by": MANAGER,
        "created_at": MONDAY,
        "starts_at": MONDAY,
    }
    return Survey.model_validate(usual | facts)


async def a_stored_survey(session: AsyncSession, name: str = "Team pulse", **facts: object) -> Survey:
    survey = a_survey(name, **facts)
    await people.ensure_workspace(session, survey.workspace_id, "Acme")
    return await surveys.add_survey(session, survey)


async def a_wave(
    session: AsyncSession,
    invited: Sequence[str] = ("U1", "U2", "U3"),
    *,
    survey: Survey | None = None,
    opens_at: datetime = MONDAY,
) -> Wave:
    """Open a wave, of a new survey unless one is given, and plan its invitations."""
    survey = survey or await a_stored_survey(session)
    closes_at = opens_at + timedelta(days=survey.wave_days)
    wave = await waves.open_wave(session, survey, MANAGER, opens_at, closes_at)
    await plan_batch(session, wave, [planned(user_id) for user_id in invited], {})
    await finish_planning(session, wave.id, opens_at)
    return wave


async def a_closed_wave(  # noqa: PLR0913 - the row, and the counts it was frozen with
    session: AsyncSession,
    survey: Survey,
    scores: Sequence[int],
    *,
    number: int = 1,
    invited: int | None = None,
    reasons: Sequence[ReasonCount] = (),
    cells: Sequence[Cell] | None = None,
    label: str | None = None,
    comments: int = 0,
) -> Wave:
    """Store a wave that closed `number` weeks after the survey began, frozen with these scores, and with no answers."""
    closed_at = survey.created_at + timedelta(weeks=number)
    wave = Wave(
        workspace_id=survey.workspace_id,
        survey_id=survey.id,
        number=number,
        label=label,
        opened_by=MANAGER,
        opens_at=closed_at - timedelta(days=7),
        closes_at=closed_at,
        closed_at=closed_at,
    )
    session.add(wave)
    await session.flush()
    counts = Counter(scores)
    frozen = Result(
        **results.categories(counts)._asdict(),
        wave_id=wave.id,
        workspace_id=survey.workspace_id,
        comments=comments,
        invited=len(scores) if invited is None else invited,
        scores=[counts[score] for score in range(11)],
        reasons=list(reasons),
        cells=None if cells is None else list(cells),
        frozen_at=closed_at,
    )
    await results.freeze(session, frozen)
    return wave


def planned(user_id: str, send_after: datetime = MONDAY, time_zone: str = "UTC") -> Planned:
    return Planned(user_id, time_zone, send_after)


async def invitations_of(session: AsyncSession, wave: Wave) -> dict[str, Invitation]:
    """Return the wave's invitations by user id."""
    rows = await session.exec(select(Invitation).where(Invitation.wave_id == wave.id))
    return {row.user_id: row for row in rows}


async def states_of(session: AsyncSession, wave: Wave) -> Counter[InvitationState]:
    """Count the wave's invitations in each state, as the database has them now."""
    found = await session.exec(select(col(Invitation.state)).where(Invitation.wave_id == wave.id))
    return Counter(found.all())


def a_tap(invitation: Invitation, score: int) -> Tap:
    """The invited person's own click."""
    return Tap(invitation.id, invitation.workspace_id, invitation.user_id, score)
