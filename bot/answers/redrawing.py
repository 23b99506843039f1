"""A wave closes, or is reopened: each message about its question comes to look so, a few at a time.

Nothing is less urgent: while anything waits to be sent, this waits. A message that is drawn twice looks the same, so
a process that dies leaves its few to the next one.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.answers.question import (
    AskedQuestion,
    asked_below,
    older_place,
    places_of,
    question,
    said,
    took_part_facts,
    with_acted,
    with_what_was_said,
)
from bot.answers.views import answered, closed, snoozed, took_part
from bot.answers.views.closed import ClosedQuestionFacts
from bot.answers.views.snoozed import SnoozedFacts
from bot.kit.outage import is_cut_off, is_stopped, spoken
from bot.kit.people import words_of, zone_of
from bot.kit.services import Services
from bot.kit.workplace import working_time
from bot.logs import log
from bot.message import Message
from bot.slack.errors import SlackBusy, SlackError
from storage.answers import redrawing
from storage.delivery import invitations, reminders
from storage.kit import people, preferences
from storage.tables import Answer, Invitation, Survey, Wave

# Slack takes fifty changes a minute, and those that people wait for come first: this makes some thirty.
AT_ONCE = 8
SPACING = timedelta(seconds=14)


async def redraw_questions(services: Services) -> None:
    """Let the next few messages of one wave that has closed, or was reopened, look so."""
    now = services.clock()
    async with services.database.reading() as session:
        waiting = await redrawing.waves_to_redraw(session, services.workspace_id, 1)
        if not waiting or await _is_anything_to_send(session, services.workspace_id, now):
            return
        wave, survey = waiting[0]
        rows = await redrawing.next_to_redraw(session, wave, AT_ONCE)
    if await is_stopped(services):
        return
    async with services.database.writing() as session:
        if not await redrawing.claim_redrawing(session, wave, now, SPACING):
            return
    drawn = await _redraw(services, wave, survey, rows)
    is_over = drawn == len(rows) < AT_ONCE
    if drawn or is_over:
        async with services.database.writing() as session:
            await redrawing.record_redrawn(session, wave, None if is_over else rows[drawn - 1][0].id)


async def _is_anything_to_send(session: AsyncSession, workspace_id: str, now: datetime) -> bool:
    return bool(
        await invitations.waiting(session, workspace_id, now, 1)
        or await reminders.due_reminders(session, workspace_id, now, 1)
    )


async def _redraw(
    services: Services, wave: Wave, survey: Survey, rows: Sequence[tuple[Invitation, Answer | None]]
) -> int:
    """Draw the messages of these invitations; return of how many before Slack took no more."""
    for done, (invitation, answer) in enumerate(rows):
        async with services.showing.of(invitation.id):
            drawn = await _message(services, AskedQuestion(invitation, wave, survey, answer))
            if drawn is None:
                continue
            message, older = drawn
            for place in await places_of(services, invitation):
                says = older if older and place == older_place(invitation) else message
                try:
                    await spoken(services, partial(services.slack.update, place, says))
                except SlackBusy:
                    return done
                except SlackError as error:  # gone, or perhaps changed: a late tap is told so all the same
                    log.info("message.not_updated", invitation=invitation.id, code=error.code)
                    if await is_cut_off(services, error.code):
                        return done
    return len(rows)


async def _message(services: Services, asked: AskedQuestion) -> tuple[Message, Message | None] | None:
    """Render what the messages say from now on; None where nobody knows who reads them, or they want none.

    The second is for the oldest, where it says something else: a question that has come again asks in its newest alone.
    """
    async with services.database.reading() as session:
        # As Slack described them last: nobody is asked about for this.
        somebody = await people.person(session, asked.wave.workspace_id, asked.invitation.user_id)
        if somebody is None:
            return None
        wants_none = bool(
            await preferences.opted_out_among(session, somebody.workspace_id, [somebody.user_id])
        )
        if asked.answer:
            asked = await with_what_was_said(session, replace(asked, answer=None))
    if asked.has_taken_part:
        return took_part.render(took_part_facts(asked, somebody), words_of(somebody)), None
    words, is_closed = words_of(somebody), asked.wave.closed_at is not None
    if asked.answer:
        return answered.render(replace(said(asked, somebody), is_closed=is_closed), words), None
    if is_closed or wants_none:
        facts = ClosedQuestionFacts(asked.question, wants_none)
        return (closed.render(facts, words), None) if is_closed else None
    now, until = services.clock(), asked.invitation.snoozed_until
    if until and until > now:
        facts_until = SnoozedFacts(asked.id, asked.question, until.astimezone(zone_of(somebody)))
        return snoozed.render(facts_until, words), None
    again = question(await with_acted(services, asked), somebody, now, await working_time(services))
    return again, asked_below(asked, somebody)
