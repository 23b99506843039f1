"""What a manager sees while making a survey: the form, and the preview that says who will be asked."""

import asyncio
from dataclasses import replace
from typing import Any

from bot.errors import Refused
from bot.kit.people import Who, manager, person, words_of, zone_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.kit.views import notice_modal, notices
from bot.logs import fault, log
from bot.message import sentence
from bot.slack import SlackError
from bot.surveys.views import form, preview
from bot.surveys.views.form_facts import FormFacts
from bot.surveys.views.preview import PreviewFacts
from bot.waves.audience import schedule_of
from bot.waves.opening import first_span, read_audience
from bot.waves.rules.rhythm import next_opening
from storage.kit import people
from storage.question import Wording
from storage.surveys import drivers
from storage.tables import Person, Survey

View = dict[str, Any]

# Seconds of the three that the trigger of a form lives.
_PATIENCE = 1.0


async def show_form(services: Services, request: Request) -> None:
    """Open the form of a new survey, in the manager's time zone."""
    somebody = await manager(services, request.who)
    facts = FormFacts(
        time_zone=str(zone_of(somebody)),
        wording=Wording(words_of(somebody).locale.language),
        user_groups_offered=await user_groups(services),
        can_be_anonymous=bool(services.secret),
    )
    await services.slack.open_view(request.trigger_id, form.render(facts, words_of(somebody)))


async def unfinished_preview(services: Services, who: Who, survey: Survey) -> View:
    """Render the preview of a survey while it is not known who is in its audience."""
    somebody = await person(services, who)
    return preview.render(await _preview(services, survey, somebody), words_of(somebody))


async def finished_preview(services: Services, who: Who, survey: Survey) -> View:
    """Look up the audience and render the preview that says who will be asked, or why that is not known."""
    somebody = await person(services, who)
    words = words_of(somebody)
    facts = await _preview(services, survey, somebody)
    if facts.open_channel:
        return preview.render(facts, words)
    try:
        found = await read_audience(services, survey, await first_span(services, survey))
    except Refused as refusal:
        log.info("request.refused", word=refusal.word)
        problem, saved = refusal.notice(words), notices.survey_saved(words, name=survey.name)
        return notice_modal.render(sentence(f"{problem.text}\n\n{saved.text}"), words)
    return preview.render(replace(facts, audience=found), words)


async def finish_preview(services: Services, survey: Survey, view_id: str, view: View) -> None:
    """Show the finished preview in place of the unfinished one."""
    try:
        await services.slack.update_view(view_id, view)
    except SlackError as error:  # most often, the manager has closed it: the survey is saved all the same
        log.info("preview.not_updated", survey=survey.id, code=error.code)


async def user_groups(services: Services) -> tuple[tuple[str, str], ...]:
    """Return the groups to choose from; none where Slack does not tell in time, or the workspace has none."""
    try:
        async with asyncio.timeout(_PATIENCE):
            groups = await services.slack.user_groups()
    except (TimeoutError, SlackError) as error:
        log.info("user_groups.not_read", kind=fault(error))
        return ()
    return tuple((group.id, group.name) for group in groups)


async def _preview(services: Services, survey: Survey, somebody: Person) -> PreviewFacts:
    zone, span = zone_of(somebody), await first_span(services, survey)
    following = next_opening(schedule_of(survey, starts_at=span.opens_at), span.opens_at)
    async with services.database.reading() as session:
        offered = await drivers.offered(session, survey)
        quarantine_days = await people.quarantine_days(session, survey.workspace_id)
    return PreviewFacts(
        survey_id=survey.id,
        survey_name=survey.name,
        asked=survey.question,
        closes_at=span.closes_at.astimezone(zone),
        digest_channel=survey.digest_channel,
        digest_weekday=survey.digest_weekday,
        digest_hour=survey.digest_hour,
        result_at_closing=survey.result_at_closing,
        time_zone=survey.time_zone,
        open_channel=survey.audience.open_channel,
        is_anonymous=survey.is_anonymous,
        minimum=survey.minimum,
        rhythm=survey.rhythm,
        every_weeks=survey.every_weeks,
        next_opens_at=following and following.astimezone(zone),
        reminders=survey.reminders,
        quarantine_days=quarantine_days,
        offered=offered,
    )
