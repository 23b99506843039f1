"""What `nps-bot doctor` calls surveys, waves and cases, read at once for all that it tells of."""

from collections.abc import Collection
from enum import Enum, auto

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import cases, surveys, waves


class Thing(Enum):
    """What a message was about."""

    SURVEY = auto()
    WAVE = auto()
    CASE = auto()
    OTHER = auto()


async def names_of(
    session: AsyncSession, told: Collection[tuple[Thing, int]]
) -> dict[tuple[Thing, int], str]:
    """Return what to call each; what is gone is absent. A case is called as its survey."""
    if not told:
        return {}
    ids = {thing: {number for one, number in told if one is thing} for thing in Thing}
    of_surveys = await surveys.names(session, ids[Thing.SURVEY])
    of_waves = await wave_names(session, ids[Thing.WAVE])
    of_cases = await cases.names(session, ids[Thing.CASE])
    return {
        **{(Thing.SURVEY, survey_id): f"“{name}”" for survey_id, name in of_surveys.items()},
        **{(Thing.WAVE, wave_id): name for wave_id, name in of_waves.items()},
        **{(Thing.CASE, case_id): f"“{name}”" for case_id, name in of_cases.items()},
    }


async def wave_names(session: AsyncSession, wave_ids: Collection[int]) -> dict[int, str]:
    """Return what to call each wave, by its id; a wave that is gone is absent."""
    found = await waves.names(session, wave_ids) if wave_ids else {}
    return {wave_id: f"wave {number} of “{name}”" for wave_id, (number, name) in found.items()}
