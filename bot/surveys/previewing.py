"""What a manager sees before a survey is saved: the preview that says who would be asked."""

import asyncio
from dataclasses import replace

from bot.errors import Refused
from bot.kit.people import Who, person, words_of, zone_of
from bot.kit.rules.asking import quarantine_of
from bot.kit.rules.rhythm import next_opening
from bot.kit.services import Services
from bot.logs import fault, log
from bot.message import Json
from bot.slack.errors import SlackError
from bot.surveys.creating import not_stored, wanted_reasons
from bot.surveys.drafting import SurveyDraft
from bot.surveys.views import preview
from bot.surveys.views.preview import PreviewFacts
from bot.waves.audience import schedule_of
from bot.waves.opening import first_span, read_audience
from storage.kit import people
from storage.question import ANY_LANGUAGE, usual
from storage.tables import Person, Survey

# Seconds of the three that the trigger of a form lives.
_PATIENCE = 1.0


async def unfinished_preview(services: Services, who: Who, form_id: int, draft: SurveyDraft) -> Json:
    """Render the preview of a survey while it is not known who is in its audience."""
    somebody = await person(services, who)
    survey = not_stored(who, draft, services.clock())
    return preview.render(await _preview(services, survey, draft, form_id, somebody), words_of(somebody))


async def finished_preview(services: Services, who: Who, form_id: int, draft: SurveyDraft) -> Json:
    """Look up the audience and render the preview that says who would be asked, or why that is not known."""
    somebody = await person(services, who)
    words = words_of(somebody)
    survey = not_stored(who, draft, services.clock())
    survey.id = 0  # of none that is stored
    facts = await _preview(services, survey, draft, form_id, somebody)
    if facts.open_channel:
        return preview.render(facts, words)
    try:
        found = await read_audience(services, survey, await first_span(services, survey))
    except Refused as refusal:
        log.info("request.refused", word=refusal.word)
        return preview.render(replace(facts, problem=refusal.notice), words)
    return preview.render(replace(facts, audience=found), words)


async def user_groups(services: Services) -> tuple[tuple[str, str], ...]:
    """Return the groups to choose from; none where Slack does not tell in time, or the workspace has none."""
    try:
        async with asyncio.timeout(_PATIENCE):
            groups = await services.slack.user_groups()
    except (TimeoutError, SlackError) as error:
        log.info("user_groups.not_read", kind=fault(error))
        return ()
    return tuple((group.id, group.name) for group in groups)


async def _preview(
    services: Services, survey: Survey, draft: SurveyDraft, form_id: int, somebody: Person
) -> PreviewFacts:
    zone, span = zone_of(somebody), await first_span(services, survey)
    following = next_opening(schedule_of(survey, starts_at=span.opens_at), span.opens_at)
    async with services.database.reading() as session:
        quarantine_days = await people.quarantine_days(session, survey.workspace_id)
    return PreviewFacts(
        draft_id=form_id,
        survey_name=survey.name,
        asked=survey.question,
        opens_at=span.opens_at.astimezone(zone),
        closes_at=span.closes_at.astimezone(zone),
        digest_channel=survey.digest_channel,
        digest_weekday=survey.digest_weekday,
        digest_hour=survey.digest_hour,
        result_at_closing=survey.result_at_closing,
        time_zone=survey.time_zone,
        open_channel=survey.audience.open_channel,
        is_anonymous=survey.is_anonymous,
        follow_up_channel=survey.follow_up_channel,
        follow_up_with=survey.follow_up_with,
        keep_days=survey.keep_days,
        minimum=survey.minimum,
        rhythm=survey.rhythm,
        every_weeks=survey.every_weeks,
        next_opens_at=following and following.astimezone(zone),
        reminders=survey.reminders,
        quarantine_days=quarantine_of(quarantine_days, is_anonymous=survey.is_anonymous),
        offered=wanted_reasons(draft.reasons or (), draft.wording.language if draft.wording else ANY_LANGUAGE)
        or usual(draft.kind),
    )
