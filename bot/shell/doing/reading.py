"""What `nps-bot trend` and its kin do: the operator reads what a manager reads in Slack."""

from bot.app import App
from bot.kit.finding import survey_to_read
from bot.reports.rules.gate import Reader
from bot.reports.trending import trend_of
from bot.reports.views import trend as trend_view
from bot.shell.doing.survey import reader, wave_data
from bot.shell.doing.terminal import WORDS, plain
from bot.shell.sentences import Said


async def trend(app: App, *, name: str) -> Said:
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
    return Said(data, plain(trend_view.render(facts, WORDS)))
