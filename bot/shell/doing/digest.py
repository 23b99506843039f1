"""What `nps-bot digest` does. A digest posted by hand is no run of the ledger: the weekly one comes all the same."""

from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import App
from bot.digests.posting import digest_of
from bot.digests.views import digest, problem
from bot.digests.views.digest_facts import DigestFacts
from bot.digests.views.problem import DigestProblemFacts
from bot.kit.finding import named_survey
from bot.kit.people import Who, person, words_of
from bot.kit.rules.calendar import next_due
from bot.kit.workplace import working_time
from bot.reports.views.data import wave_data
from bot.shell.kit.sentences import Output
from bot.shell.kit.terminal import WORDS, NotDone, plain
from bot.slack.client import with_or_without_chart
from bot.slack.errors import SlackRefused, SlackUnsure
from bot.wording import Words
from storage.tables import Survey


async def announce(app: App, *, name: str) -> Output:
    """Say when the next digest is due. Raises Refused."""
    survey = await named_survey(app.services, app.identity.workspace_id, name)
    if survey.digest_channel is None:
        data = {"survey": survey.name, "channel": None, "next_digest": None}
        return Output(data, _no_channel(survey))
    working, now = await working_time(app.services), app.services.clock()
    due = working.off_holidays(
        next_due(survey.digest_weekday, survey.digest_hour, survey.time_zone, now), survey.time_zone
    )
    moment = WORDS.moment(due.astimezone(ZoneInfo(survey.time_zone)))
    text = (
        f"The next digest of “{survey.name}” is due on {moment}, {survey.time_zone} time, "
        f"in {survey.digest_channel}."
    )
    data = {
        "survey": survey.name,
        "channel": survey.digest_channel,
        "next_digest": due.isoformat(),
    }
    return Output(data, text)


async def preview(app: App, *, name: str) -> Output:
    """Give the digest as it would be posted now, in the language it would be posted in. Raises Refused."""
    survey, facts, words = await _now(app, name)
    text = plain(digest.render(facts, words))
    return Output({**_data(survey, facts), "text": text, "posted": False}, text)


async def post(app: App, *, name: str) -> Output:
    """Post the digest in the survey's channel. Raises Refused, NotDone."""
    survey, facts, words = await _now(app, name)
    channel = survey.digest_channel
    if channel is None:
        raise NotDone(_no_channel(survey))
    try:
        posted = await with_or_without_chart(
            partial(app.services.slack.post, channel),
            lambda with_chart: digest.render(facts, words, with_chart=with_chart),
        )
    except (SlackRefused, SlackUnsure) as error:
        code = error.code if isinstance(error, SlackRefused) else None
        refusal = DigestProblemFacts(survey.name, channel, code)
        raise NotDone(plain(problem.render(refusal, WORDS))) from None
    text = plain(digest.render(facts, words))
    where = {"text": text, "posted": True, "channel": posted.channel_id, "ts": posted.ts}
    return Output({**_data(survey, facts), **where}, f"Posted in {posted.channel_id}:\n{text}")


def _no_channel(survey: Survey) -> str:
    return f"“{survey.name}” has no channel for its digest."


async def _now(app: App, name: str) -> tuple[Survey, DigestFacts, Words]:
    survey = await named_survey(app.services, app.identity.workspace_id, name)
    # As on its day: in the language of the manager who made the survey.
    author = await person(app.services, Who(survey.workspace_id, survey.created_by))
    return survey, await digest_of(app.services, survey, author, app.services.clock()), words_of(author)


def _data(survey: Survey, facts: DigestFacts) -> dict[str, Any]:
    return {
        "survey": survey.name,
        "channel": survey.digest_channel,
        "newest": facts.wave and wave_data(facts.wave),
        "new_answers": facts.new_answers,
        "commented": facts.wave and facts.wave.result.comments,
        "mentions": dict(facts.wave.result.mentions) if facts.wave else {},
    }
