"""A manager makes a survey, sees its preview, and opens the first wave from there."""

import asyncio

from slack_bolt.async_app import AsyncAck

from bot.ids import Field
from bot.kit.people import person, words_of
from bot.kit.request import Request, malformed
from bot.kit.services import Services
from bot.surveys import previewing
from bot.surveys.creating import create_survey
from bot.surveys.drafting import WrongDraft, draft
from bot.surveys.views import form
from bot.waves.opening import open_by_id
from storage.words import HOURS, MOST_REMINDERS, WEEKDAYS, Kind, Rhythm

# Seconds that a sent form may wait for its preview: Slack waits for three in all.
PATIENCE = 1.0

_TYPED = {Field.NAME, Field.SUBJECT, Field.WAVE_DAYS, Field.EVERY_WEEKS}
_CHOSEN = set(Field) - _TYPED - {Field.COMMENT, Field.DRIVERS}
_OFFERED: dict[Field, set[str]] = {
    Field.KIND: set(Kind),
    Field.RHYTHM: set(Rhythm),
    Field.REMINDERS: {str(number) for number in range(MOST_REMINDERS + 1)},
    Field.DIGEST_WEEKDAY: {str(day) for day in WEEKDAYS},
    Field.DIGEST_HOUR: {str(hour) for hour in HOURS},
}


async def survey_wished(services: Services, request: Request) -> None:
    """`/nps new`."""
    await previewing.show_form(services, request)


async def new_survey_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await previewing.show_form(services, request)


async def survey_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    """Store the survey, then show its preview; where Slack takes long to tell who is in its audience, that follows."""
    manager, written = request.who, _written(request)
    try:
        survey = await create_survey(services, manager, draft(written))
    except WrongDraft as wrong:
        words = words_of(await person(services, manager))
        errors = form.errors(wrong.errors, words, wrong.longest_wave)
        await ack(response_action="errors", errors=errors)
        return
    finished = asyncio.create_task(previewing.finished_preview(services, manager, survey))
    await asyncio.wait([finished], timeout=PATIENCE)
    if finished.done():
        await ack(response_action="update", view=await finished)
    else:
        await ack(
            response_action="update", view=await previewing.unfinished_preview(services, manager, survey)
        )
        await previewing.finish_preview(services, survey, request.view_id, await finished)


def _written(request: Request) -> dict[Field, list[str]]:
    """Read the form. Slack lets nobody send it without the fields it must have: a request without them is no form."""
    written = {field: [request.typed(field)] for field in _TYPED}
    written |= {field: request.selected(field) for field in _CHOSEN}
    chosen = {field: (written[field] or [""])[0] for field in _OFFERED}
    if not written[Field.DIGEST_CHANNEL] or any(
        chosen[field] not in offered for field, offered in _OFFERED.items()
    ):
        raise malformed()
    return written


async def preview_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await open_by_id(services, request, request.about)
