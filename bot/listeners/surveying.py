"""A manager makes a survey, opens a wave, closes it."""

import asyncio

from slack_bolt.async_app import AsyncAck

from bot.flows import managing
from bot.flows.drafting import WrongDraft, draft
from bot.flows.people import person, words_of
from bot.flows.services import Services
from bot.flows.surveying import create_survey, meant_survey
from bot.ids import Field
from bot.listeners.body import (
    Body,
    about,
    clicked_value,
    inputs,
    malformed,
    number,
    response_url,
    selected,
    trigger,
    typed,
    view_id,
    who,
)
from bot.rules.command import Verb
from bot.views import survey_form
from bot.views.rhythm import REMINDERS, RHYTHMS

# Seconds that a sent form may wait for its preview: Slack waits for three in all.
PATIENCE = 1.0

_TYPED = {Field.NAME, Field.SUBJECT, Field.WAVE_DAYS, Field.EVERY_WEEKS}
_CHOSEN = set(Field) - _TYPED - {Field.COMMENT, Field.DRIVERS}
_OFFERED: dict[Field, set[str]] = {
    Field.KIND: set(survey_form.KINDS),
    Field.RHYTHM: set(RHYTHMS),
    Field.REMINDERS: {str(number) for number in REMINDERS},
    Field.DIGEST_WEEKDAY: {str(day) for day in survey_form.WEEKDAYS},
    Field.DIGEST_HOUR: {str(hour) for hour in survey_form.HOURS},
}


async def survey_wished(services: Services, body: Body) -> None:
    """`/nps new`."""
    await managing.show_form(services, who(body), trigger(body), body.get("channel_id"))


async def new_survey_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await managing.show_form(services, who(body), trigger(body), None)


async def survey_sent(services: Services, ack: AsyncAck, body: Body) -> None:
    """Store the survey, then show its preview; where Slack takes long to tell who is in its audience, that follows."""
    manager, written = who(body), _written(body)
    try:
        survey = await create_survey(services, manager, draft(written))
    except WrongDraft as wrong:
        words = words_of(await person(services, manager))
        errors = survey_form.errors(wrong.errors, words, wrong.longest_wave)
        await ack(response_action="errors", errors=errors)
        return
    finished = asyncio.create_task(managing.finished_preview(services, manager, survey))
    await asyncio.wait([finished], timeout=PATIENCE)
    if finished.done():
        await ack(response_action="update", view=await finished)
    else:
        await ack(response_action="update", view=await managing.unfinished_preview(services, manager, survey))
        await managing.finish_preview(services, survey, view_id(body), await finished)


def _written(body: Body) -> dict[Field, list[str]]:
    """Read the form. Slack lets nobody send it without the fields it must have: a request without them is no form."""
    given = inputs(body)
    written = {field: [typed(given, field)] for field in _TYPED}
    written |= {field: selected(given, field) for field in _CHOSEN}
    chosen = {field: (written[field] or [""])[0] for field in _OFFERED}
    if not written[Field.DIGEST_CHANNEL] or any(
        chosen[field] not in offered for field, offered in _OFFERED.items()
    ):
        raise malformed()
    return written


async def preview_sent(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await managing.open_by_id(services, who(body), about(body), None)


async def open_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await managing.open_by_id(services, who(body), number(clicked_value(body)), response_url(body))


async def opening_asked(services: Services, body: Body, name: str) -> None:
    """`/nps open NAME`."""
    manager = who(body)
    survey = await meant_survey(services, manager, Verb.OPEN, name, has_open_wave=False)
    await managing.open_and_tell(services, manager, survey, response_url(body))


async def closing_asked(services: Services, body: Body, name: str) -> None:
    """`/nps close NAME`."""
    manager = who(body)
    survey = await meant_survey(services, manager, Verb.CLOSE, name, has_open_wave=True)
    await managing.close_and_tell(services, manager, survey, response_url(body))
