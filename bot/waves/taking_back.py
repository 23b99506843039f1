"""A wave that would ask nobody is taken back, as if it had never opened."""

from collections.abc import Callable
from functools import partial

from bot.kit.rules.asking import quarantine_of
from bot.kit.services import Services
from bot.kit.views import notices
from bot.logs import log
from bot.message import Message
from bot.waves.views import problem
from bot.waves.views.problem import WaveProblem, WaveProblemFacts
from bot.wording import Words
from storage import waves
from storage.kit import people
from storage.tables import Survey, Wave
from storage.words import LeftOutBecause


async def taken_back(
    services: Services, wave: Wave, survey: Survey, *, is_told_once: bool = False
) -> Callable[[Words], Message] | None:
    """Take back a wave that asks nobody, and return how to say so; None when another process has done it.

    A continuous survey's stands all the same when somebody's turn is only in another month: its line has begun.
    """
    async with services.database.writing() as session:
        planned = await waves.wave(session, wave.id)
        quarantine_days = await people.quarantine_days(session, wave.workspace_id)
        if planned is None or LeftOutBecause.NOT_THEIR_TURN in planned.left_out:
            return None
        if not await waves.discard_wave(session, wave.id):
            return None
    log.info("wave.taken_back", wave=wave.id)
    if not planned.left_out:
        return partial(notices.nobody_in_audience, name=survey.name)
    facts = WaveProblemFacts(
        survey.name,
        wave.number,
        WaveProblem.NOBODY_TO_ASK,
        left_out=planned.left_out,
        quarantine_days=quarantine_of(quarantine_days, is_anonymous=survey.is_anonymous),
        is_told_once=is_told_once,
    )
    return partial(problem.render, facts)
