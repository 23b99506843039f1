"""A person answers an anonymous question: one modal, one ballot. Here the score is known for a moment, and kept nowhere."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from bot.answers.question import asked_of, places_of, refused, took_part_facts
from bot.answers.views import took_part
from bot.ballots.sealing import seal, seal_link
from bot.ballots.views import ballot
from bot.ballots.views.ballot import BallotFacts
from bot.errors import Replayed
from bot.kit.concurrency.batching import Batching
from bot.kit.people import Who, person, words_of
from bot.kit.request import Clicked, Request
from bot.kit.services import Services
from bot.kit.speaking import show
from bot.metrics.counting import answers_stored
from storage.answers import AnswerRefusal
from storage.ballots.casting import Box, Cast, box, cast_ballots
from storage.ballots.opening import Opened
from storage.database.engine import Database


def batched_ballots(
    database: Database, clock: Callable[[], datetime]
) -> Batching[Cast, AnswerRefusal | None]:
    """Return what stores ballots in batches: each is told when its commit is done, or why it was refused."""

    async def store(cast: list[Cast]) -> Sequence[AnswerRefusal | None]:
        told = await database.tapping(lambda session: cast_ballots(session, cast, clock()))
        answers_stored(told.count(None))
        return told

    return Batching(store)


async def offer_ballot(services: Services, request: Request, invitation_id: int, tapped: int) -> None:
    """Open the modal with the score that was tapped; nothing is stored. Raises Refused."""
    somebody = await person(services, request.who)
    asked = await asked_of(services, somebody, invitation_id)
    if not asked.wave.is_anonymous:
        raise refused(AnswerRefusal.UNKNOWN_INVITATION)
    if not asked.is_open(services.clock()):
        raise refused(AnswerRefusal.WAVE_CLOSED)
    if asked.has_taken_part:
        raise refused(AnswerRefusal.ALREADY_ANSWERED)
    written = request.clicked.written
    facts = BallotFacts(asked.id, asked.wave.id, asked.question, tapped, written, asked.wave.minimum)
    await services.slack.open_view(request.trigger_id, ballot.render(facts, words_of(somebody)))


async def cast(  # noqa: PLR0913 - whose, and all that they said
    services: Services,
    request: Request,
    score: int,
    comment: str | None,
    ticked: Collection[str],
    *,
    may_write_back: bool = False,
) -> None:
    """Seal and store what somebody said: when this returns, it is committed. Raises Refused, and Replayed.

    With `may_write_back` who they are lies beside the comment, sealed once more, for the team to write back.
    """
    who, (invitation_id, *wave) = request.who, request.about_all
    wave_id, into = await _box(services, who, invitation_id, wave)
    drivers = tuple(one.key for one in into.drivers if one.key in ticked)
    link = seal_link(services.secret, who.user_id) if may_write_back and comment else None
    sealed = seal(into.public_key, Opened(score, comment, drivers, link))
    outcome = await services.ballots.do(
        Cast(invitation_id, wave_id, who.workspace_id, who.user_id, sealed, request.seen)
    )
    if outcome is AnswerRefusal.REPLAYED:
        raise Replayed
    if outcome is not None:
        raise refused(outcome)


async def _box(services: Services, who: Who, invitation_id: int, wave: list[int]) -> tuple[int, Box]:
    """Return the wave and where its ballots go, as the modal names it: in a storm of ballots nothing is read for that.

    One that an older release opened names none. Raises Refused.
    """
    for named in wave:
        if into := services.boxes.get(named) or await _read_box(services, who, named):
            return named, into
    asked = await asked_of(services, await person(services, who), invitation_id)
    if into := await _read_box(services, who, asked.wave.id):
        return asked.wave.id, into
    raise refused(AnswerRefusal.WAVE_CLOSED if asked.wave.closed_at else AnswerRefusal.UNKNOWN_INVITATION)


async def _read_box(services: Services, who: Who, wave_id: int) -> Box | None:
    async with services.database.reading() as session:
        found = await box(session, who.workspace_id, wave_id)
    if found:
        services.boxes[wave_id] = found
    return found


async def show_thanks(services: Services, request: Request, clicked: Clicked) -> None:
    """Let every message of the question thank its person, the one where they clicked first."""
    async with services.showing.of(request.about_all[0]):
        somebody = await person(services, request.who)
        asked = await asked_of(services, somebody, request.about_all[0])
        message = took_part.render(took_part_facts(asked, somebody), words_of(somebody))
        await show(services, clicked, message, *await places_of(services, asked.invitation))
