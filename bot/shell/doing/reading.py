"""What `nps-bot trend` and its kin do: the operator reads what a manager reads in Slack."""

from typing import Any

from bot.app import App
from bot.kit.finding import survey_to_read
from bot.kit.rules.command import Verb
from bot.reports.comparing import surveys_compared, waves_compared
from bot.reports.explaining import drivers_of
from bot.reports.naming import survey_named_first
from bot.reports.reporting import report_of
from bot.reports.rules.gate import Reader
from bot.reports.segmenting import segments_of
from bot.reports.trending import trend_of
from bot.reports.views import comparison as comparison_view
from bot.reports.views import drivers as drivers_view
from bot.reports.views import report as report_view
from bot.reports.views import segments as segments_view
from bot.reports.views import trend as trend_view
from bot.reports.views.data import wave_data
from bot.reports.views.drivers import DriversFacts
from bot.reports.views.wave import who_answered_both
from bot.shell.doing.surveys.survey import reader
from bot.shell.kit.sentences import Output
from bot.shell.kit.terminal import WORDS, plain
from scoring.drivers import TickedDriver
from scoring.segments import Segment


async def report(app: App, *, name: str, wave: str) -> Output:
    """Read the card of the newest wave, or of the one that is called so. Raises Refused."""
    survey = await survey_to_read(app.services, reader(app), name)
    facts = await report_of(app.services, survey, reader(app), Reader.OPERATOR, wave)
    scores = facts.wave.result.scores
    data = {
        "survey": survey.name,
        **wave_data(facts.wave),
        "comments": facts.wave.result.comments,
        "scores": scores and list(scores.counts),
        "mean": scores and scores.mean,
    }
    return Output(data, plain(report_view.render(facts, WORDS)))


async def trend(app: App, *, name: str) -> Output:
    """Read the waves that closed last. Raises Refused."""
    survey = await survey_to_read(app.services, reader(app), name)
    facts = await trend_of(app.services, survey, reader(app), Reader.OPERATOR)
    moved = trend_view.moved(facts)
    data = {
        "survey": survey.name,
        "waves": [wave_data(wave) for wave in facts.waves],
        "trend": moved
        and {
            "change": moved.difference,
            "change_low": moved.low,
            "change_high": moved.high,
            "verdict": moved.verdict.value,
        },
    }
    return Output(data, plain(trend_view.render(facts, WORDS)))


async def drivers(app: App, *, name: str) -> Output:
    """Read the drivers of the newest wave. Raises Refused."""
    survey = await survey_to_read(app.services, reader(app), name)
    facts = await drivers_of(app.services, survey, reader(app), Reader.OPERATOR)
    report = facts.wave.result.drivers
    data = {
        "survey": survey.name,
        **wave_data(facts.wave),
        "drivers": [_driver_data(driver, facts) for driver in report.shown] if report else [],
        "acted_upon": [
            {
                "driver": one.driver,
                "day": one.day.isoformat(),
                "since_wave": one.wave,
                **(
                    {
                        "of_detractors_then": one.change.before,
                        "of_detractors_now": one.change.after,
                        "change": one.change.difference,
                        "change_low": one.change.low,
                        "change_high": one.change.high,
                        "verdict": one.change.verdict.value,
                    }
                    if one.change
                    else {}
                ),
            }
            for one in facts.moves
        ],
        "hidden_drivers": report.hidden if report else 0,
        "hidden_contribution": report.hidden_contribution if report else 0.0,
    }
    return Output(data, plain(drivers_view.render(facts, WORDS)))


async def segments(app: App, *, name: str, by: str) -> Output:
    """Read the wave that closed last by channels and user groups, or by a column, which may follow the name. Raises Refused."""
    survey, rest = await survey_named_first(app.services, reader(app), name.split(), Verb.SEGMENTS)
    facts = await segments_of(app.services, survey, reader(app), Reader.OPERATOR, by or " ".join(rest))
    found = facts.wave.result.segments
    told = found and found.told
    data = {
        "survey": survey.name,
        **wave_data(facts.wave),
        "by": facts.column,
        "segments": [_segment_data(row) for row in told.rows] if told else [],
        "differ_measurably": bool(told and told.differ_measurably),
    }
    return Output(data, plain(segments_view.render(facts, WORDS)))


async def compare(app: App, *, first: str, second: str, survey: str) -> Output:
    """Read two surveys' last closed waves, or two waves of one survey. Raises Refused."""
    operator = reader(app)
    if survey:
        one = await survey_to_read(app.services, operator, survey)
        facts = await waves_compared(app.services, one, first, second, operator, Reader.OPERATOR)
    else:
        one, other = [await survey_to_read(app.services, operator, name) for name in (first, second)]
        facts = await surveys_compared(app.services, one, other, operator, Reader.OPERATOR)
    before = facts.wave.before
    data = {
        "first": {"survey": facts.names[0], **(wave_data(before) if before else {})},
        "second": {"survey": facts.names[1], **wave_data(facts.wave)},
        "answered_both": who_answered_both(facts.wave).people,
    }
    return Output(data, plain(comparison_view.render(facts, WORDS)))


def _segment_data(row: Segment[str]) -> dict[str, Any]:
    """Say of a segment what its row says; null are those of whom the file tells nothing."""
    return {
        "segment": row.name or None,
        "promoters": row.answers.promoters,
        "passives": row.answers.passives,
        "detractors": row.answers.detractors,
        "nps": row.raw,
        "likely_nps": row.nps,
    }


def _driver_data(driver: TickedDriver, facts: DriversFacts) -> dict[str, Any]:
    """Say of a driver what its row says, and what it is called; null is no driver ticked."""
    detractors, promoters = driver.share_of_detractors, driver.share_of_promoters
    return {
        "driver": driver.name,
        "name": driver.name and drivers_view.driver_name(driver.name, WORDS, facts.wave.named),
        "mentions": driver.mentions,
        "percent_of_detractors": detractors and detractors.percent,
        "percent_of_promoters": promoters and promoters.percent,
        "contribution": driver.contribution,
    }
