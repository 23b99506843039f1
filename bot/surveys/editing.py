"""A manager changes a survey: at once what nobody was told, the rest from the next wave."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.ids import Field
from bot.kit.finding import survey_with_id
from bot.kit.people import Who, manager, words_of, zone_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.kit.workplace import workplace
from bot.logs import log
from bot.surveys import previewing
from bot.surveys.creating import columns_of, offer_reasons, require_seal, require_visible
from bot.surveys.drafting import (
    ANONYMOUS,
    NAMED,
    OTHERS,
    RESULT_AT_CLOSING,
    RESULT_WITH_DIGEST,
    Draft,
    WrongDraft,
)
from bot.surveys.rules.reasons import written as written_reasons
from bot.surveys.views import form
from bot.surveys.views.edited import EditedFacts
from bot.surveys.views.form import FormError
from bot.surveys.views.form_facts import FormFacts
from bot.waves.audience import span_of
from bot.waves.opening import skip_missed_opening
from bot.waves.reopening import plan_reminders
from storage import cases, surveys, waves
from storage.errors import NameTaken
from storage.question import ANY_LANGUAGE, Told, Wording
from storage.surveys import drivers, editing
from storage.tables import Survey, Wave
from storage.words import InvitationState


async def show_edit_form(services: Services, request: Request, survey: Survey) -> None:
    """Open the form with everything that the survey says. Raises Refused."""
    somebody = await manager(services, request.who)
    async with services.database.reading() as session:
        reasons = tuple(written_reasons(await drivers.own_offered(session, survey.id)))
    facts = replace(
        form_facts(survey),
        reasons=reasons,
        user_groups_offered=await previewing.user_groups(services),
        can_be_anonymous=bool(services.secret) or survey.is_anonymous,
    )
    await services.slack.open_view(request.trigger_id, form.render(facts, words_of(somebody)))


def form_facts(survey: Survey) -> FormFacts:
    """Fill in the form with what a survey says."""
    audience = survey.audience
    return FormFacts(
        survey_id=survey.id,
        time_zone=survey.time_zone,
        name=survey.name,
        subject=survey.subject,
        wording=survey.wording,
        kind=survey.kind,
        channels=audience.channels,
        user_groups=audience.user_groups,
        people=audience.people,
        everyone=audience.everyone,
        guests=audience.guests,
        open_channel=audience.open_channel,
        rhythm=survey.rhythm,
        every_weeks=survey.every_weeks,
        wave_days=survey.wave_days,
        reminders=survey.reminders,
        keep_days=survey.keep_days,
        digest_channel=survey.digest_channel,
        digest_weekday=survey.digest_weekday,
        digest_hour=survey.digest_hour,
        result_at_closing=survey.result_at_closing,
        anonymity=ANONYMOUS if survey.is_anonymous else NAMED,
        follow_up_channel=survey.follow_up_channel,
        follow_up_with=survey.follow_up_with,
    )


def written(survey: Survey) -> dict[Field, Sequence[str]]:
    """Return what a survey says as its form would send it."""
    audience = survey.audience
    whole = {"everyone": audience.everyone, "guests": audience.guests}
    return {
        Field.NAME: [survey.name],
        Field.SUBJECT: [survey.subject],
        **_written_wording(survey.wording or Wording(ANY_LANGUAGE)),
        Field.KIND: [survey.kind],
        Field.ANONYMITY: [ANONYMOUS if survey.is_anonymous else NAMED],
        Field.CHANNELS: audience.channels,
        Field.USER_GROUPS: audience.user_groups,
        Field.PEOPLE: audience.people,
        Field.WHOLE: [word for word, is_on in whole.items() if is_on],
        Field.OPEN_CHANNEL: [audience.open_channel] if audience.open_channel else [],
        Field.RHYTHM: [survey.rhythm],
        Field.EVERY_WEEKS: [str(survey.every_weeks)],
        Field.REMINDERS: [str(survey.reminders)],
        Field.KEEP: [str(survey.keep_days or 0)],
        Field.MINIMUM: [str(survey.minimum or 0)],
        Field.WAVE_DAYS: [str(survey.wave_days)],
        Field.DIGEST_CHANNEL: [survey.digest_channel] if survey.digest_channel else [],
        Field.DIGEST_WEEKDAY: [str(survey.digest_weekday)],
        Field.DIGEST_HOUR: [str(survey.digest_hour)],
        Field.RESULT: [RESULT_AT_CLOSING if survey.result_at_closing else RESULT_WITH_DIGEST],
        Field.TIME_ZONE: [survey.time_zone],
        Field.FOLLOW_UP_CHANNEL: [survey.follow_up_channel] if survey.follow_up_channel else [],
        Field.FOLLOW_UP_WITH: [survey.follow_up_with],
    }


def _written_wording(wording: Wording) -> dict[Field, Sequence[str]]:
    others = dict(wording.others)
    said: dict[Field, Sequence[str]] = {Field.LANGUAGE: [wording.language], Field.QUESTION: [wording.text]}
    for language, (subject, text) in OTHERS.items():
        told = others.get(language, Told())
        said |= {subject: [told.subject], text: [told.text]}
    return said


async def edit(services: Services, who: Who, survey_id: int, draft: Draft) -> EditedFacts:
    """Change a survey, and of its open wave what may change. Raises Refused, WrongDraft."""
    somebody = await manager(services, who)
    survey = await survey_with_id(services, who, survey_id)
    if draft.is_anonymous and not survey.is_anonymous:
        require_seal(services, draft)
    await require_visible(services, draft)
    now = services.clock()
    try:
        async with services.database.writing() as session:
            wave = await waves.current_wave(session, survey.id)
            if draft.is_anonymous != survey.is_anonymous and await waves.newest_waves(session, survey.id, 1):
                raise WrongDraft({Field.ANONYMITY: FormError.ANONYMITY_STANDS})
            await editing.change_survey(session, survey, columns_of(draft))
            await cases.try_again(session, survey.id)
            changed = await surveys.survey(session, survey.id) or survey
            are_others = await offer_reasons(session, changed, draft, now)
            facts = EditedFacts(
                survey_name=changed.name, wave_number=wave.number if wave else None, keeps_reasons=are_others
            )
            if wave:
                facts = await _change_wave(session, wave, survey, changed, facts)
            if (changed.rhythm, changed.every_weeks) != (survey.rhythm, survey.every_weeks):
                # A rhythm that begins today opens nothing for a day that has passed.
                await skip_missed_opening(session, changed, now)
    except NameTaken:
        raise WrongDraft({Field.NAME: FormError.NAME_TAKEN}) from None
    log.info("survey.edited", survey=survey.id)
    if wave and changed.reminders > survey.reminders:
        async with services.database.reading() as session:
            wave = await waves.wave(session, wave.id) or wave
        await plan_reminders(services, changed, wave, InvitationState.DELIVERED, InvitationState.UNCERTAIN)
    closes_at = facts.closes_at
    return replace(facts, closes_at=closes_at and closes_at.astimezone(zone_of(somebody)))


async def _change_wave(
    session: AsyncSession, wave: Wave, survey: Survey, changed: Survey, facts: EditedFacts
) -> EditedFacts:
    """Change of an open wave what its people were not told; say what became of it. Raises WrongDraft."""
    if survey.audience.open_channel != changed.audience.open_channel:
        raise WrongDraft({Field.OPEN_CHANNEL: FormError.WAVE_STANDS})
    is_read_again = survey.audience != changed.audience
    if is_read_again and not await editing.plan_again(session, wave.id):
        raise WrongDraft({Field.CHANNELS: FormError.BEING_PLANNED})
    wishes = await workplace(session, survey.workspace_id)
    closes_at: datetime | None = None
    if changed.wave_days > survey.wave_days:
        later = span_of(changed, wishes.working, wave.opens_at).closes_at
        closes_at = later if await editing.close_later(session, wave.id, later) else None
    if changed.reminders < survey.reminders:
        await editing.drop_reminders_beyond(session, wave.id, changed.reminders)
    keeps = survey.question != changed.question
    return replace(
        facts,
        keeps_question=keeps,
        keeps_minimum=survey.minimum != changed.minimum,
        closes_at=closes_at,
        asks_others=is_read_again,
    )
