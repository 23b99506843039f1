"""What a manager sees while making, opening and closing a survey."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.errors import Refused
from bot.flows.people import Who, manager, person, words_of, zone_of
from bot.flows.reporting import newest_numbers, wave_facts
from bot.flows.services import Services
from bot.flows.speaking import reply
from bot.flows.surveying import close_wave, open_wave, read_audience, survey_with_id
from bot.logs import log
from bot.slack import SlackError
from bot.views import closed, notice_modal, notices, opened, preview, survey_form
from bot.views.message import sentence
from bot.views.preview import Audience, PreviewFacts
from storage.tables import Person, Survey

View = dict[str, Any]


async def show_form(services: Services, who: Who, trigger_id: str, channel_id: str | None) -> None:
    """Open the form of a new survey, in the manager's time zone; the digest's channel is the one they are in."""
    somebody = await manager(services, who)
    facts = survey_form.FormFacts(time_zone=str(zone_of(somebody)), digest_channel=channel_id)
    await services.slack.open_view(trigger_id, survey_form.render(facts, words_of(somebody)))


async def unfinished_preview(services: Services, who: Who, survey: Survey) -> View:
    """Render the preview of a survey while it is not known who is in its audience."""
    somebody = await person(services, who)
    return preview.render(_preview(services, survey, somebody), words_of(somebody))


async def finished_preview(services: Services, who: Who, survey: Survey) -> View:
    """Look up the audience and render the preview that says who will be asked, or why that is not known."""
    somebody = await person(services, who)
    words = words_of(somebody)
    try:
        found = await read_audience(services, survey)
    except Refused as refusal:
        log.info("request.refused", reason=refusal.reason)
        problem, saved = refusal.notice(words), notices.survey_saved(words, name=survey.name)
        return notice_modal.render(sentence(f"{problem.text}\n\n{saved.text}"), words)
    audience = Audience(
        len(found.invited), bots=found.left_out["bot"], deactivated=found.left_out["deactivated"]
    )
    return preview.render(replace(_preview(services, survey, somebody), audience=audience), words)


async def finish_preview(services: Services, survey: Survey, view_id: str, view: View) -> None:
    """Show the finished preview in place of the unfinished one."""
    try:
        await services.slack.update_view(view_id, view)
    except SlackError as error:  # most often, the manager has closed it: the survey is saved all the same
        log.info("preview.not_updated", survey=survey.id, code=error.code)


async def open_and_tell(services: Services, who: Who, survey: Survey, response_url: str | None) -> None:
    """Open a wave and tell the manager what happens now. Raises Refused."""
    somebody = await manager(services, who)
    wave, audience = await open_wave(services, who, survey)
    facts = opened.OpenedFacts(
        survey_name=survey.name,
        wave_number=wave.number,
        invitations=len(audience.invited),
        closes_at=wave.closes_at.astimezone(zone_of(somebody)),
    )
    await reply(services, who, response_url, opened.render(facts, words_of(somebody)))


async def open_by_id(services: Services, who: Who, survey_id: int, response_url: str | None) -> None:
    """Open a wave from a button that carries the survey's id. Raises Refused."""
    await open_and_tell(services, who, await survey_with_id(services, who, survey_id), response_url)


async def close_and_tell(services: Services, who: Who, survey: Survey, response_url: str | None) -> None:
    """Close the survey's wave and tell its result. Raises Refused."""
    somebody = await manager(services, who)
    await close_wave(services, who, survey)
    async with services.database.reading() as session:
        newest = await newest_numbers(session, survey)
    facts = closed.ClosedFacts(survey.name, wave_facts(newest, somebody))
    await reply(services, who, response_url, closed.render(facts, words_of(somebody)))


def _preview(services: Services, survey: Survey, somebody: Person) -> PreviewFacts:
    closes_at = services.clock() + timedelta(days=survey.wave_days)
    return PreviewFacts(
        survey_id=survey.id,
        survey_name=survey.name,
        subject=survey.subject,
        kind=survey.kind.value,
        closes_at=closes_at.astimezone(zone_of(somebody)),
        digest_channel=survey.digest_channel,
        digest_weekday=survey.digest_weekday,
        digest_hour=survey.digest_hour,
        time_zone=survey.time_zone,
    )
