"""For how long surveys keep what they hold, or will hold."""

from sqlmodel import col, exists, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Answer, Ballot, Invitation, Survey, Wave


async def kept_times(session: AsyncSession, workspace_id: str) -> list[tuple[str, int | None]]:
    """Return by name each survey that asks, or holds what people said, with the days until all of it goes; None for good.

    An open wave keeps to what its people were told, also where its survey says more since.
    """
    surveys = (await session.exec(select(Survey).where(Survey.workspace_id == workspace_id))).all()
    holds = (
        col(Wave.closed_at).is_(None)
        | exists(select(Answer.id).where(Answer.wave_id == Wave.id))
        | exists(select(Ballot.key).where(Ballot.wave_id == Wave.id))
        | exists(select(Invitation.id).where(Invitation.wave_id == Wave.id))
    )
    question = (
        select(Wave.survey_id, Wave.keep_days, col(Wave.closed_at).is_(None))
        .where(Wave.workspace_id == workspace_id, holds)
        .distinct()
    )
    told: dict[int, list[int | None]] = {}
    still_open = set[int]()
    for survey_id, days, is_open in await session.exec(question):
        told.setdefault(survey_id, []).append(days)
        if is_open:
            still_open.add(survey_id)
    kept = list[tuple[str, int | None]]()
    for survey in surveys:
        promised = told.get(survey.id, [])
        if survey.ended_at is None and survey.id not in still_open:
            promised = [*promised, survey.keep_days]  # the next wave's people are told so
        if promised:
            kept.append((survey.name, _longest([_shorter(one, survey.keep_days) for one in promised])))
    return kept


def _shorter(one: int | None, other: int | None) -> int | None:
    return min((days for days in (one, other) if days), default=None)


def _longest(times: list[int | None]) -> int | None:
    known = [days for days in times if days]
    return max(known) if len(known) == len(times) else None
