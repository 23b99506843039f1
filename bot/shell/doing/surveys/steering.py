"""What `nps-bot survey waves`, `pause`, `resume` and `resend` do: as in Slack, and told on a terminal."""

from dataclasses import asdict
from typing import Any

from bot.app import App
from bot.kit import finding
from bot.kit.people import Who
from bot.kit.rules.asking import told_left_out
from bot.kit.rules.command import Verb
from bot.shell.doing.surveys.survey import reader
from bot.shell.kit.sentences import Output
from bot.shell.kit.terminal import WORDS, plain
from bot.waves import steering
from bot.waves.progress import waves_now
from bot.waves.views import notices
from bot.waves.views import overview as waves_view
from bot.waves.views.opened import OpenedFacts
from bot.waves.views.overview import UpcomingFacts


async def waves(app: App) -> Output:
    """Read how far every open wave has come, and what opens next."""
    facts = await waves_now(app.services, reader(app))
    data = {
        "waves": [_wave_data(wave) for wave in facts.waves],
        "upcoming": [_upcoming_data(each) for each in facts.upcoming],
    }
    shown = plain(waves_view.render(facts, WORDS))
    return Output(data, f"{shown}\nTimes are in UTC." if facts.waves or facts.upcoming else shown)


async def pause(app: App, *, user_id: str, name: str) -> Output:
    """Send nothing more of a survey. Raises Refused."""
    who = Who(app.identity.workspace_id, user_id)
    survey = await finding.steered_survey(app.services, who, Verb.PAUSE, name)
    await steering.pause(app.services, who, survey)
    return Output({"survey": survey.name, "paused": True}, plain(notices.paused(WORDS, name=survey.name)))


async def resume(app: App, *, user_id: str, name: str) -> Output:
    """Let a survey go on. Raises Refused."""
    who = Who(app.identity.workspace_id, user_id)
    survey = await finding.steered_survey(app.services, who, Verb.RESUME, name)
    await steering.resume(app.services, who, survey)
    return Output({"survey": survey.name, "paused": False}, plain(notices.resumed(WORDS, name=survey.name)))


async def resend(app: App, *, user_id: str, name: str) -> Output:
    """Let what Slack refused wait again. Raises Refused."""
    who = Who(app.identity.workspace_id, user_id)
    survey = await finding.named_survey(app.services, who.workspace_id, name, manages=True)
    again = await steering.resend(app.services, who, survey)
    return Output({"survey": survey.name, "resent": again}, plain(notices.resent(WORDS, people=again)))


def _wave_data(wave: OpenedFacts) -> dict[str, Any]:
    return {
        "survey": wave.survey_name,
        "wave": wave.wave_number,
        "closes_at": wave.closes_at.isoformat(),
        "open_channel": wave.open_channel,
        "paused": wave.paused,
        "paused_for": wave.paused_for,
        "progress": wave.progress and {**asdict(wave.progress), "failed": dict(wave.progress.failed)},
        "left_out": told_left_out(wave.left_out),
    }


def _upcoming_data(each: UpcomingFacts) -> dict[str, Any]:
    return {"survey": each.survey_name, "opens_at": each.opens_at.isoformat(), "paused": each.is_paused}
