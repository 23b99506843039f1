"""What an event says: read when it is told, and let through the gate as everyone may read it."""

from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.reports.promising import promise_of
from bot.reports.results import newest_told
from bot.reports.rules.gate import Reader, tells_each
from bot.reports.views.data import wave_data
from bot.webhooks.views.payload import (
    AnswerGiven,
    CaseMoved,
    Data,
    DigestPosted,
    Score,
    WaveClosed,
    WaveOpened,
)
from scoring.scale import category_of
from storage import surveys
from storage.tables import Survey, Wave, WebhookTelling
from storage.webhooks import facts
from storage.words import CaseEnding, CaseState, Event

_OF_CASES = {Event.CASE_OPENED, Event.CASE_TAKEN, Event.CASE_CLOSED}


async def compose(session: AsyncSession, telling: WebhookTelling) -> Data | None:
    """Say what has happened; None where what it is about is gone."""
    if telling.event is Event.ANSWER_GIVEN:
        return await _answer_given(session, telling.subject)
    if telling.event is Event.DIGEST_POSTED:
        return await _digest_posted(session, telling.subject)
    if telling.event in _OF_CASES:
        return await _case_moved(session, telling)
    found = await facts.wave_with_survey(session, telling.subject)
    if found is None:
        return None
    survey, wave = found
    if telling.event is Event.WAVE_CLOSED:
        return await _wave_closed(session, survey, wave)
    subject = wave.subject or survey.subject
    return WaveOpened(
        survey=survey.name, survey_id=survey.id, wave=wave.number, subject=subject, closes_at=wave.closes_at
    )


async def _answer_given(session: AsyncSession, invitation_id: int) -> Data | None:
    found = await facts.answer_given(session, invitation_id)
    if found is None:
        return None
    survey, wave = found.survey, found.wave
    answer = None
    if tells_each(promise_of(survey, wave)):
        answer = Score(score=found.score, category=category_of(found.score).value)
    return AnswerGiven(survey=survey.name, survey_id=survey.id, wave=wave.number, answer=answer)


async def _wave_closed(session: AsyncSession, survey: Survey, wave: Wave) -> Data | None:
    told = await newest_told(session, survey, Reader.CHANNEL, ZoneInfo(survey.time_zone), wave)
    if wave.closed_at is None or told is None:
        return None  # it was opened again, and will be told when it closes
    return WaveClosed(
        survey=survey.name,
        survey_id=survey.id,
        wave=wave.number,
        closed_at=wave.closed_at,
        result=wave_data(told),
    )


async def _digest_posted(session: AsyncSession, survey_id: int) -> Data | None:
    survey = await surveys.survey(session, survey_id)
    if survey is None or survey.digest_channel is None:
        return None
    return DigestPosted(survey=survey.name, survey_id=survey.id, wave=None, channel=survey.digest_channel)


async def _case_moved(session: AsyncSession, telling: WebhookTelling) -> Data | None:
    """Say how a case stands. Where its person has ended it, say only that it is closed."""
    found = await facts.case_with_wave(session, telling.subject)
    if found is None:
        return None
    survey, wave, case = found
    is_closing = telling.event is Event.CASE_CLOSED
    if case.ending in {CaseEnding.SETTLED, CaseEnding.WITHDRAWN} and not is_closing:
        return None
    if is_closing and case.state is not CaseState.CLOSED:
        return None  # it was opened again meanwhile, which comes next
    may_tell = tells_each(promise_of(survey, wave))
    return CaseMoved(
        survey=survey.name,
        survey_id=survey.id,
        wave=wave.number,
        case=case.id,
        state=case.state,
        due_at=case.due_at,
        cause=case.cause if may_tell else None,
    )
