"""A manager changes a survey: at once what nobody was told, the rest from the next wave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.ids import Field
from bot.kit.finding import survey_with_id
from bot.kit.people import Who, manager, zone_of
from bot.kit.services import Services
from bot.kit.workplace import workplace
from bot.logs import log
from bot.surveys.creating import columns_of, offer_reasons, require_seal, require_visible, set_links
from bot.surveys.drafting import OTHERS, RESULT_AT_CLOSING, RESULT_WITH_DIGEST, SurveyDraft, WrongDraft
from bot.surveys.rules import steps
from bot.surveys.rules.links import written as written_links
from bot.surveys.rules.reasons import written as written_reasons
from bot.surveys.views.edited import EditedFacts
from bot.surveys.views.form_errors import FormError
from bot.waves.audience import span_of
from bot.waves.opening import skip_missed_opening
from bot.waves.reopening import plan_reminders
from storage import cases, surveys, waves
from storage.errors import NameTaken
from storage.question import ANY_LANGUAGE, Offered, QuestionText, Wording
from storage.surveys import editing
from storage.tables import Survey, Wave
from storage.words import InvitationState

_AUDIENCE = (Field.CHANNELS, Field.USER_GROUPS, Field.PEOPLE, Field.WHOLE)


def written(
    survey: Survey, own: Sequence[Offered] = (), linked: Sequence[Offered] = ()
) -> dict[Field, Sequence[str]]:
    """Return what a survey says as its form would send it.

    `own` are the drivers of its own that it offers, `linked` the links for its promoters, with the address as key.
    """
    audience = survey.audience
    whole = {"everyone": audience.everyone, "guests": audience.guests}
    wording = survey.wording or Wording(ANY_LANGUAGE)
    texts = [wording.text, *(told.text for _, told in wording.others)]
    more = {steps.OWN_WORDS: any(texts), steps.LANGUAGES: bool(wording.others), steps.REASONS: bool(own)}
    return {
        Field.NAME: [survey.name],
        Field.SUBJECT: [survey.subject],
        **_written_wording(wording),
        Field.MORE: [word for word, is_on in more.items() if is_on],
        Field.REASONS: written_reasons(own),
        Field.ASKS: [steps.CHANNEL if audience.open_channel else steps.PEOPLE],
        Field.KIND: [survey.kind],
        Field.ANONYMITY: [steps.ANONYMOUS if survey.is_anonymous else steps.NAMED],
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
        Field.DIGEST_COMMENTS: ["yes"] if survey.digest_comments else [],
        Field.WAVE_DAYS: [str(survey.wave_days)],
        Field.DIGEST_CHANNEL: [survey.digest_channel] if survey.digest_channel else [],
        Field.DIGEST_WEEKDAY: [str(survey.digest_weekday)],
        Field.DIGEST_HOUR: [str(survey.digest_hour)],
        Field.RESULT: [RESULT_AT_CLOSING if survey.result_at_closing else RESULT_WITH_DIGEST],
        Field.TIME_ZONE: [survey.time_zone],
        Field.FOLLOW_UP_CHANNEL: [survey.follow_up_channel] if survey.follow_up_channel else [],
        Field.FOLLOW_UP_WITH: [survey.follow_up_with],
        Field.LINKS: written_links(linked),
    }


def _written_wording(wording: Wording) -> dict[Field, Sequence[str]]:
    others = dict(wording.others)
    said: dict[Field, Sequence[str]] = {Field.LANGUAGE: [wording.language], Field.QUESTION: [wording.text]}
    for language, (subject, text) in OTHERS.items():
        told = others.get(language, QuestionText())
        said |= {subject: [told.subject], text: [told.text]}
    return said


async def told_already(
    session: AsyncSession, survey_id: int, written: Mapping[Field, Sequence[str]]
) -> dict[Field, FormError]:
    """Name what may not change, since people were told of it."""
    survey = await surveys.survey(session, survey_id)
    if survey is None:
        return {}
    errors = dict[Field, FormError]()
    is_anonymous = steps.ANONYMOUS in written.get(Field.ANONYMITY, ())
    if is_anonymous != survey.is_anonymous and await waves.newest_waves(session, survey_id, 1):
        errors[Field.ANONYMITY] = FormError.ANONYMITY_STANDS
    open_channel = next(iter(written.get(Field.OPEN_CHANNEL, ())), None)
    wave = await waves.current_wave(session, survey_id)
    if wave and open_channel != survey.audience.open_channel:
        errors[Field.OPEN_CHANNEL] = FormError.WAVE_STANDS
    return errors | _others_asked(survey, wave, written)


def _others_asked(
    survey: Survey, wave: Wave | None, wanted: Mapping[Field, Sequence[str]]
) -> dict[Field, FormError]:
    """Name what would change who an open anonymous wave asks: one could be chosen when the others have answered."""
    if wave is None or not wave.is_anonymous:
        return {}
    stands = written(survey)
    return {
        field: FormError.WAVE_STANDS
        for field in _AUDIENCE
        if set(wanted.get(field, ())) != set(stands[field])
    }


@dataclass(frozen=True)
class Edited:
    """A survey just changed, what became of that, and the open wave of which more reminders are to be planned, if any."""

    survey: Survey
    facts: EditedFacts
    to_remind: Wave | None


async def edit(services: Services, who: Who, survey_id: int, draft: SurveyDraft) -> Edited:
    """Change a survey, and of its open wave what may change; then `remind_more`. Raises Refused, WrongDraft."""
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
            await editing.change_survey(session, survey, columns_of(draft), now)
            await cases.try_again(session, survey.id)
            changed = await surveys.survey(session, survey.id) or survey
            await set_links(session, changed, draft)
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
    closes_at = facts.closes_at and facts.closes_at.astimezone(zone_of(somebody))
    to_remind = wave if changed.reminders > survey.reminders else None
    return Edited(changed, replace(facts, closes_at=closes_at), to_remind)


async def remind_more(services: Services, edited: Edited) -> None:
    """Plan the reminders that the open wave did not have before. Of many people that takes longer than Slack waits."""
    if edited.to_remind is None:
        return
    async with services.database.reading() as session:
        wave = await waves.wave(session, edited.to_remind.id) or edited.to_remind
    await plan_reminders(services, edited.survey, wave, InvitationState.DELIVERED, InvitationState.UNCERTAIN)


async def _change_wave(
    session: AsyncSession, wave: Wave, survey: Survey, changed: Survey, facts: EditedFacts
) -> EditedFacts:
    """Change of an open wave what its people were not told; say what became of it. Raises WrongDraft."""
    if survey.audience.open_channel != changed.audience.open_channel:
        raise WrongDraft({Field.OPEN_CHANNEL: FormError.WAVE_STANDS})
    if others := _others_asked(survey, wave, written(changed)):
        raise WrongDraft(others)
    is_read_again = survey.audience != changed.audience and not wave.is_anonymous
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
        quotes_later=changed.digest_comments and not wave.digest_comments,
        closes_at=closes_at,
        asks_others=is_read_again,
    )
