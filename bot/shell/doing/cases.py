"""What `nps-bot cases` does: the page of `/nps cases`, told on a terminal; as JSON every case of that sort."""

from typing import Any

from bot.app import App
from bot.cases.listing import cases_of
from bot.cases.views import cases as view
from bot.cases.views.cases import CaseRowFacts
from bot.kit.finding import survey_to_read
from bot.shell.doing.surveys.survey import reader
from bot.shell.kit.sentences import Output
from bot.shell.kit.terminal import WORDS, plain
from storage.cases.listing import Reach
from storage.words import CaseSort


async def cases(app: App, *, which: str, name: str = "") -> Output:
    """Read the cases of one sort, of one survey or of all. Raises Refused."""
    operator = reader(app)
    survey = await survey_to_read(app.services, operator, name) if name else None
    reach = Reach(app.identity.workspace_id, frozenset({survey.id}) if survey else None)
    first = await cases_of(app.services, operator, reach, CaseSort(which))
    facts, rows = first, list(first.rows)
    while facts.has_older:
        facts = await cases_of(app.services, operator, reach, CaseSort(which), rows[-1].case_id)
        rows += facts.rows
    data = {
        "counts": {sort: count for sort, count in first.counts if sort is not CaseSort.MINE},
        "cases": [_row_data(row) for row in rows],
    }
    return Output(data, plain(view.render(first, WORDS)))


def _row_data(row: CaseRowFacts) -> dict[str, Any]:
    return {
        "case": row.case_id,
        "survey": row.survey_name,
        "person": row.user_id,
        "score": row.score,
        "state": row.state,
        "owner": row.owner,
        "opened": row.opened_at.isoformat(),
        "overdue": row.is_overdue and row.ending is None,
        "ending": row.ending,
        "cause": row.cause,
        "note": row.note or None,
    }
