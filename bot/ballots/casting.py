"""A person answers an anonymous question: one modal, one ballot. Here the score is known for a moment, and kept nowhere."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from bot.answers.question import asked_of, places_of, refused, took_part_facts
from bot.answers.views import took_part
from bot.ballots.sealing import seal, seal_link
from bot.ballots.views import ballot
from bot.ballots.views.ballot import BallotFacts
from bot.kit.batching import Batching
from bot.kit.people import person, words_of
from bot.kit.request import Clicked, Request
from bot.kit.services import Services
from bot.kit.speaking import show
from bot.metrics.counting import answers_stored
from storage.answers import Refusal
from storage.ballots.casting import Cast, cast_ballots, public_key
from storage.ballots.opening import Opened
from storage.database.engine import Database


def batched_ballots(database: Database, clock: Callable[[], datetime]) -> Batching[Cast, Refusal | None]:
    """Return what stores ballots in batches: each is told when its commit is done, or why it was refused."""

    async def store(cast: list[Cast]) -> Sequence[Refusal | None]:
        async with database.tapping() as session:
            told = await cast_ballots(session, cast, clock())
        answers_stored(told.count(None))
        return told

    return Batching(store)


async def offer_ballot(services: Services, request: Request, invitation_id: int, tapped: int) -> None:
    """Open the modal with the score that was tapped; nothing is stored. Raises Refused."""
    somebody = await person(services, request.who)
    asked = await asked_of(services, somebody, invitation_id)
    if not asked.wave.is_anonymous:
        raise refused(Refusal.UNKNOWN_INVITATION)
    if not asked.is_open(services.clock()):
        raise refused(Refusal.WAVE_CLOSED)
    if asked.has_taken_part:
        raise refused(Refusal.ALREADY_ANSWERED)
    place = request.clicked.place
    message = (place.channel_id, place.ts) if place else None
    facts = BallotFacts(asked.id, asked.question, tapped, message, asked.wave.minimum)
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
    """Seal and store what somebody said: when this returns, it is committed. Raises Refused.

    With `may_write_back` who they are lies beside the comment, sealed once more, for the team to write back.
    """
    who, invitation_id = request.who, request.about
    asked = await asked_of(services, await person(services, who), invitation_id)
    async with services.database.reading() as session:
        key = await public_key(session, asked.wave.id)
    if key is None:
        raise refused(Refusal.WAVE_CLOSED if asked.wave.closed_at else Refusal.UNKNOWN_INVITATION)
    drivers = tuple(one.key for one in asked.question.ticked(ticked))
    link = seal_link(services.secret, who.user_id) if may_write_back and comment else None
    sealed = seal(key, Opened(score, comment, drivers, link))
    outcome = await services.ballots.do(Cast(invitation_id, who.workspace_id, who.user_id, sealed))
    if outcome is not None:
        raise refused(outcome)


async def show_thanks(services: Services, request: Request, clicked: Clicked) -> None:
    """Let every message of the question thank its person, the one where they clicked first."""
    async with services.showing.of(request.about):
        somebody = await person(services, request.who)
        asked = await asked_of(services, somebody, request.about)
        message = took_part.render(took_part_facts(asked, somebody), words_of(somebody))
        await show(services, clicked, message, *await places_of(services, asked.invitation))
