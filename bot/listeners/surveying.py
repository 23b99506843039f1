"""A manager makes a survey, opens a wave, closes it."""

from slack_bolt.async_app import AsyncAck

from bot.flows import managing
from bot.flows.drafting import WrongDraft, draft
from bot.flows.people import person, words_of
from bot.flows.services import Services
from bot.flows.surveying import meant_survey
from bot.ids import Field
from bot.listeners.body import (
    Body,
    clicked_value,
    inputs,
    number,
    response_url,
    selected,
    trigger,
    typed,
    who,
)
from bot.rules.command import Verb
from bot.views import survey_form

_TYPED = {Field.NAME, Field.SUBJECT, Field.WAVE_DAYS}
_CHOSEN = set(Field) - _TYPED - {Field.COMMENT, Field.DRIVERS}


async def survey_wished(services: Services, body: Body) -> None:
    """`/nps new`."""
    await managing.show_form(services, who(body), trigger(body), body.get("channel_id"))


async def new_survey_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await managing.show_form(services, who(body), trigger(body), None)


async def survey_sent(services: Services, ack: AsyncAck, body: Body) -> None:
    """Store the survey, then show its preview; who is in its audience follows when Slack has told."""
    manager, given = who(body), inputs(body)
    written = {field: [typed(given, field)] for field in _TYPED}
    written |= {field: selected(given, field) for field in _CHOSEN}
    try:
        survey, preview = await managing.save_survey(services, manager, draft(written))
    except WrongDraft as wrong:
        words = words_of(await person(services, manager))
        await ack(response_action="errors", errors=survey_form.errors(wrong.errors, words))
        return
    await ack(response_action="update", view=preview)
    await managing.complete_preview(services, manager, survey, body["view"]["id"])


async def preview_sent(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    survey_id = number(body["view"].get("private_metadata"))
    await managing.open_by_id(services, who(body), survey_id, None)


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
