"""What `nps-bot survey open`, `close` and `reopen` do: as in Slack, and told on a terminal."""

from bot.app import App
from bot.kit import finding
from bot.kit.people import Who, manager, zone_of
from bot.kit.rules.asking import told_left_out
from bot.kit.rules.command import Verb
from bot.message import Message
from bot.reports.results import newest_told
from bot.reports.rules.gate import Reader
from bot.reports.views.data import wave_data
from bot.shell.kit.sentences import Output
from bot.shell.kit.terminal import WORDS, agreed, plain
from bot.waves import closing, opening, reopening
from bot.waves.asking_first import about_closing, about_opening
from bot.waves.progress import wave_now
from bot.waves.views import before_closing, before_opening, before_reopening, closed, notices, opened
from storage.tables import Person, Survey


async def open_wave(app: App, *, user_id: str, name: str, yes: bool) -> Output:
    """Open a wave and plan its invitations, after asking unless `yes`. Raises Refused."""
    who, somebody, survey = await _meant(app, user_id, Verb.OPEN, name, has_open_wave=False)

    async def ask() -> Message:
        return before_opening.render(await about_opening(app.services, survey, somebody), WORDS)

    await agreed(ask, yes=yes)
    wave = await opening.open_wave(app.services, who, survey)
    facts = await wave_now(app.services, wave, somebody)
    data = {
        "survey": survey.name,
        "wave": wave.number,
        "invitations": facts.progress.people if facts.progress else None,
        "left_out": told_left_out(facts.left_out),
        "opens_at": wave.opens_at.isoformat(),
        "closes_at": wave.closes_at.isoformat(),
    }
    by_whom = "The clock sends the questions: nps-bot serve or nps-bot clock must run."
    return Output(data, f"{plain(opened.render(facts, WORDS))}\n{by_whom}")


async def close_wave(app: App, *, user_id: str, name: str, yes: bool) -> Output:
    """Close the open wave and freeze its result, after asking unless `yes`. Raises Refused."""
    who, somebody, survey = await _meant(app, user_id, Verb.CLOSE, name, has_open_wave=True)

    async def ask() -> Message:
        return before_closing.render(await about_closing(app.services, survey, somebody), WORDS)

    await agreed(ask, yes=yes)
    await closing.close_wave(app.services, who, survey)
    async with app.services.database.reading() as session:
        wave = await newest_told(session, survey, Reader.OPERATOR, zone_of(somebody))
    assert wave is not None  # noqa: S101 - it has just closed
    data = {"survey": survey.name, **wave_data(wave)}
    return Output(data, plain(closed.render(closed.ClosedWaveFacts(survey.name, wave), WORDS)))


async def reopen_wave(app: App, *, user_id: str, name: str, yes: bool) -> Output:
    """Let the last wave take answers again, after asking unless `yes`. Raises Refused."""
    who, somebody, survey = await _meant(app, user_id, Verb.REOPEN, name, has_open_wave=False)

    async def ask() -> Message:
        facts = await reopening.about_reopening(app.services, survey, somebody)
        return before_reopening.render(facts, WORDS)

    await agreed(ask, yes=yes)
    wave = await reopening.reopen(app.services, who, survey)
    data = {"survey": survey.name, "wave": wave.number, "closes_at": wave.closes_at.isoformat()}
    return Output(data, plain(notices.reopened(WORDS, name=survey.name, number=wave.number)))


async def _meant(
    app: App, user_id: str, verb: Verb, name: str, *, has_open_wave: bool
) -> tuple[Who, Person, Survey]:
    """Return who asks, what is known of them, and the survey they mean. Raises Refused."""
    who = Who(app.identity.workspace_id, user_id)
    somebody = await manager(app.services, who)
    survey = await finding.meant_survey(app.services, who, verb, name, has_open_wave=has_open_wave)
    return who, somebody, survey
