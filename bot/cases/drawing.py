"""A case as its card shows it, and as its person reads it: drawn again after each change, also where a process died over it."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.cases.views import card, line, notices
from bot.cases.views.card import CardFacts, StepFacts
from bot.cases.views.line import LineFacts
from bot.kit.noticing import notify
from bot.kit.outage import is_stopped, spoken
from bot.kit.people import Who, person, words_of
from bot.kit.rules.calendar import known_zone
from bot.kit.services import Services
from bot.logs import log
from bot.message import Message
from bot.slack.codes import Remedy, meaning
from bot.slack.errors import SlackBusy, SlackError, SlackRefused
from bot.slack.objects import Posted
from storage import cases
from storage.cases import WholeCase
from storage.tables import Case, Person, Survey
from storage.words import CaseEnding

AT_ONCE = 8
PATIENCE = timedelta(minutes=1)
"""Before Slack is asked again what it has refused: long enough to mend something, short enough not to wait for us."""
_MENDABLE = {Remedy.INVITE, Remedy.UNSEEN, Remedy.UNARCHIVE, Remedy.READ_ONLY}


def card_facts(told: WholeCase) -> CardFacts:
    """Say what a card tells. Of a case that its person has ended, nothing of what they said."""
    case, zone = told.case, known_zone(told.survey.time_zone)
    facts = CardFacts(
        case_id=case.id,
        survey_name=told.survey.name,
        user_id=case.user_id,
        score=told.answer.score,
        state=case.state,
        comment=told.answer.comment or "",
        drivers=told.wave.question(told.survey).ticked(told.drivers),
        owner=case.owner,
        ending=case.ending,
        cause=case.cause,
        note=case.note or "",
        steps=tuple(StepFacts(one.step, one.by, one.at.astimezone(zone), one.to) for one in told.events),
    )
    return replace(facts, comment="", drivers=(), note="", steps=()) if facts.is_forgotten else facts


def line_facts(case: Case, survey: Survey) -> LineFacts:
    return LineFacts(case.id, survey.name, case.state, case.owner, case.ending)


def card_message(told: WholeCase, author: Person) -> Message:
    """Render a card. A channel has no language of its own: it hears the survey's maker."""
    return card.render(card_facts(told), words_of(author))


async def line_message(services: Services, case: Case, survey: Survey) -> Message:
    """Render what the person reads, in their language."""
    somebody = await person(services, Who(case.workspace_id, case.user_id))
    return line.render(line_facts(case, survey), words_of(somebody))


async def draw_cases(services: Services) -> None:
    """Let the messages of a few cases say how they stand, where they do not yet."""
    if await is_stopped(services):
        return
    now = services.clock()
    async with services.database.reading() as session:
        waiting = await cases.to_draw(session, services.workspace_id, now - PATIENCE, AT_ONCE)
    for case_id in waiting:
        if not await draw(services, case_id):
            return


async def draw(services: Services, case_id: int) -> bool:
    """Let the messages of a case say how it stands; False where Slack takes nothing just now."""
    async with services.cases_shown.of(case_id):
        async with services.database.reading() as session:
            told = await cases.told(session, case_id)
        if told is None:
            return True
        case = told.case
        if case.owner and case.ending in {CaseEnding.SETTLED, CaseEnding.WITHDRAWN}:
            await _tell_owner(services, case, told.survey, case.owner)
        try:
            if case.channel_id and case.message_ts:
                place = Posted(case.channel_id, case.message_ts)
                author = await person(services, Who(case.workspace_id, told.survey.created_by))
                message = card_message(told, author)
                await spoken(services, partial(services.slack.update, place, message))
            if case.line_channel and case.line_ts:
                place = Posted(case.line_channel, case.line_ts)
                message = await line_message(services, case, told.survey)
                await spoken(services, partial(services.slack.update, place, message))
        except SlackBusy:
            return False
        except SlackError as error:
            log.warning("case.not_drawn", case=case.id, code=error.code)
            if not isinstance(error, SlackRefused) or meaning(error.code).remedy in _MENDABLE:
                async with services.database.writing() as session:
                    await cases.record_refused(session, case.id, error.code, services.clock())
                return True
        async with services.database.writing() as session:
            await cases.record_drawn(session, case.id, case.version)
        return True


async def _tell_owner(services: Services, case: Case, survey: Survey, owner: str) -> None:
    """Tell who has a case once that its person has ended it, before they write to somebody who wants no contact."""
    somebody = await person(services, Who(case.workspace_id, owner))
    message = notices.over(
        words_of(somebody), survey_name=survey.name, is_settled=case.ending is CaseEnding.SETTLED
    )
    await notify(services, owner, f"case:{case.id}.over.{case.opened_at.isoformat()}", message)
