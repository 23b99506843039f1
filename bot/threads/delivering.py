"""Letters under anonymous comments arrive: hours after they were written, once, and of the time nothing is kept."""

from collections.abc import Awaitable, Callable
from functools import partial

from bot.ballots.sealing import WrongSecret, open_link
from bot.kit.noticing import say_notices
from bot.kit.once import LEASE
from bot.kit.outage import is_stopped, spoken
from bot.kit.people import Who, glimpsed, person, words_of
from bot.kit.services import Services
from bot.kit.workplace import working_time
from bot.logs import log
from bot.slack.errors import SlackBusy, SlackRefused, SlackUnsure
from bot.threads.timing import drawn_hour
from bot.threads.views import letter as view
from bot.threads.views import notices
from bot.threads.views.letter import TeamLetterFacts
from storage import threads
from storage.ballots.opening import asked_still
from storage.kit import notices as kept
from storage.threads import letters
from storage.threads.letters import DueLetter
from storage.words import ThreadEnding


async def deliver_letters(services: Services) -> None:
    """Let arrive what is due, and tell managers which conversations have ended. They end also where Slack takes nothing."""
    now = services.clock()
    async with services.database.reading() as session:
        if not await threads.anything_due(session, services.workspace_id, now):
            return
    async with services.database.writing() as session:
        await threads.show_endings(session, services.workspace_id, now)
    if await is_stopped(services):
        return
    await _settle_abandoned(services)
    await _tell_people(services)
    await _tell_managers(services)


async def _settle_abandoned(services: Services) -> None:
    """Take for uncertain what a process died over: it may have spoken, and nothing is said twice."""
    async with services.database.reading() as session:
        left = await letters.abandoned(session, services.workspace_id, services.clock(), LEASE)
    for letter in left:
        shown_at = await drawn_hour(services, letter.author)
        async with services.database.writing() as session:
            await letters.in_doubt(session, letter, shown_at)


async def _tell_people(services: Services) -> None:
    """Say what managers wrote to those who are in their hours of work now."""
    async with services.database.reading() as session:
        waiting = await letters.due(session, services.workspace_id, services.clock(), from_team=True)
    working = await working_time(services)
    for due in waiting:
        try:
            user_id = open_link(services.secret, due.thread.sealed or b"")
        except WrongSecret:
            log.error("threads.stay_sealed")
            return
        async with services.database.reading() as session:
            is_there = user_id in await asked_still(session, due.thread.wave_id, [user_id])
        if not is_there:
            await _end(services, due)
            continue
        somebody = await glimpsed(services, Who(services.workspace_id, user_id))
        if working.is_inside(services.clock(), somebody.time_zone):
            facts = TeamLetterFacts(due.thread.key, due.survey.name, due.letter.text)
            message = view.render(facts, words_of(somebody))
            if not await _say(services, due, partial(services.slack.post, user_id, message)):
                return


async def _say(services: Services, due: DueLetter, speak: Callable[[], Awaitable[object]]) -> bool:
    """Say one letter, once; False where Slack takes nothing now."""
    async with services.database.writing() as session:
        if not await letters.claim(session, due.letter, services.clock()):
            return True
    try:
        await spoken(services, speak)
    except SlackBusy:
        async with services.database.writing() as session:
            await letters.put_back(session, due.letter)
        return False
    except SlackRefused:
        await _end(services, due)
    except SlackUnsure:
        shown_at = await drawn_hour(services, due.letter.author)
        async with services.database.writing() as session:
            await letters.in_doubt(session, due.letter, shown_at)
    else:
        async with services.database.writing() as session:
            await letters.arrived(session, due.letter)
        log.info("letter.told")
    return True


async def _end(services: Services, due: DueLetter) -> None:
    """End a conversation with somebody who is gone; managers read so later, as they would read anything."""
    shown_at = await drawn_hour(services, due.letter.author)
    async with services.database.writing() as session:
        await letters.put_back(session, due.letter)
        await threads.end(session, due.thread, ThreadEnding.UNDELIVERABLE, services.clock(), shown_at)


async def _tell_managers(services: Services) -> None:
    """Let what people answered stand below their comments, and tell who had written."""
    async with services.database.reading() as session:
        waiting = await letters.due(session, services.workspace_id, services.clock(), from_team=False)
    for due in waiting:
        async with services.database.reading() as session:
            author = await threads.last_author(session, due.thread.key)
        words = words_of(await person(services, Who(services.workspace_id, author))) if author else None
        async with services.database.writing() as session:
            if await letters.arrived(session, due.letter) and words and author:
                told = notices.answered(words, survey_name=due.survey.name)
                about = f"{kept.LETTER}{due.thread.key.hex()}.{due.letter.number}:{due.thread.wave_id}"
                await kept.write(session, services.workspace_id, author, about, told.text, services.clock())
    if waiting:
        await say_notices(services)
