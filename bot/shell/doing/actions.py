"""What `nps-bot actions` does: the page of `/nps actions`, told on a terminal; as JSON every action."""

from typing import Any

from bot.actions.listing import actions_of
from bot.actions.views import actions as view
from bot.actions.views.actions import RowFacts
from bot.app import App
from bot.kit.finding import survey_to_read
from bot.shell.doing.survey import reader
from bot.shell.doing.terminal import WORDS, plain
from bot.shell.sentences import Said


async def actions(app: App, *, name: str) -> Said:
    """Read the actions of one survey, or of all. Raises Refused."""
    survey = await survey_to_read(app.services, reader(app), name) if name else None
    first = await actions_of(app.services, survey)
    facts, rows = first, list(first.rows)
    while facts.has_older:
        facts = await actions_of(app.services, survey, rows[-1].action_id)
        rows += facts.rows
    return Said({"actions": [_row_data(row) for row in rows]}, plain(view.render(first, WORDS)))


def _row_data(row: RowFacts) -> dict[str, Any]:
    return {
        "action": row.action_id,
        "survey": row.survey_name,
        "said": row.acted.said,
        "did": row.acted.did,
        "state": row.acted.state,
        "day": row.acted.day.isoformat(),
        "drivers": [driver.key for driver in row.drivers],
        "wave": row.wave,
        "owner": row.owner,
        "is_told": row.is_told,
    }
