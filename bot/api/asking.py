"""A program asks one person one survey's question: under quarantine, in working hours and at Slack's pace, like any other."""

from datetime import timedelta

from bot.api.problems import Problem, WrongRequest
from bot.api.views.payload import Asked, Asking
from bot.kit.people.directory import Directory
from bot.kit.rules.asking import told_because
from bot.kit.services import Services
from bot.kit.workplace import workplace
from bot.slack.errors import SlackError
from bot.waves.audience import ListedPeople, Span, judged
from storage import api, surveys, waves
from storage.privacy.marks import erased_among
from storage.tables import Invitation, Survey, Wave
from storage.waves import planning

KEYS_KEPT = timedelta(days=30)
"""How long the same Idempotency-Key asks nobody again."""


async def ask(services: Services, asking: Asking, key: str) -> tuple[Asked, bool]:
    """Plan the question; return it, and whether it is new: the same key gives the same question. Raises WrongRequest."""
    survey, wave = await _open_wave(services, asking.survey)
    try:
        known = await Directory(services).look_up([asking.user])
    except SlackError:
        raise WrongRequest(Problem.SLACK_AWAY) from None
    if asking.user not in known:
        raise WrongRequest(Problem.NO_SUCH_PERSON)
    now = services.clock()
    async with services.database.writing() as session:
        await planning.hold_quarantine(session, services.workspace_id)
        if before := await api.asked_for(session, services.workspace_id, key):
            invitation, of_wave = before
            if invitation.user_id != asking.user or of_wave.survey_id != survey.id:
                raise WrongRequest(Problem.KEY_USED)
            return _asked(survey, of_wave, invitation), False
        # Who has erased themselves since is told of as before: another answer would tell of that.
        is_asked = await planning.invitation_of(session, wave.id, asking.user)
        if is_asked or await erased_among(session, wave.id, [asking.user]):
            raise WrongRequest(Problem.ALREADY_ASKED)
        wishes = await workplace(session, services.workspace_id)
        span = Span(max(now, wave.opens_at), wave.closes_at)
        page = await judged(
            session, survey, span, wishes, ListedPeople([asking.user], known), has_turns=False
        )
        if not page.planned:
            raise WrongRequest(Problem.LEFT_OUT, told_because(page.left_out[asking.user]))
        [planned] = page.planned
        if planned.send_after >= wave.closes_at:
            raise WrongRequest(Problem.CLOSES_TOO_SOON)
        made = await planning.plan_one(session, wave, planned)
        if made is None:
            raise WrongRequest(Problem.NO_OPEN_WAVE)
        await api.keep_key(session, made, key, now)
    return _asked(survey, wave, made), True


async def forget_old_keys(services: Services) -> None:
    """Forget under which keys questions were asked for a month ago."""
    async with services.database.writing() as session:
        await api.forget_keys(session, services.clock() - KEYS_KEPT)


async def _open_wave(services: Services, name: str) -> tuple[Survey, Wave]:
    async with services.database.reading() as session:
        survey = await surveys.find_survey(session, services.workspace_id, name)
        if survey is None:
            raise WrongRequest(Problem.NO_SUCH_SURVEY)
        wave = await waves.current_wave(session, survey.id)
    if survey.audience.open_channel:
        raise WrongRequest(Problem.IN_A_CHANNEL)
    if survey.paused_at or (wave and wave.paused_at):
        raise WrongRequest(Problem.PAUSED)
    if wave is None:
        raise WrongRequest(Problem.NO_OPEN_WAVE)
    if wave.planned_at is None:
        raise WrongRequest(Problem.PLANNING)
    return survey, wave


def _asked(survey: Survey, wave: Wave, invitation: Invitation) -> Asked:
    return Asked(
        survey=survey.name, wave=wave.number, user=invitation.user_id, send_after=invitation.send_after
    )
