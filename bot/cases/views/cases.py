"""`/nps cases`: a page of cases, with what may be done next, and buttons to the others."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ContextBlock,
    Element,
    HeaderBlock,
    PlainText,
    SectionBlock,
)

from bot.ids import ActionId
from bot.kit.views.causes import CAUSES
from bot.mark import mark
from bot.message import QUOTE_LENGTH, Message, escaped, message, mrkdwn
from bot.typed import one_line
from bot.wording import Words
from storage.words import CaseCause, CaseEnding, CaseSort, CaseState

NAMES = {
    CaseSort.OPEN: mark("Open ({count})"),
    CaseSort.OVERDUE: mark("Overdue ({count})"),
    CaseSort.MINE: mark("Mine ({count})"),
    CaseSort.CLOSED: mark("Closed ({count})"),
}
_NEXT = {
    CaseState.OPEN: (ActionId.CASE_TAKE, mark("Take")),
    CaseState.TAKEN: (ActionId.CASE_CONTACTED, mark("Contacted")),
    CaseState.CONTACTED: (ActionId.CASE_CLOSE, mark("Close…")),
    CaseState.CLOSED: (ActionId.CASE_REOPEN, mark("Reopen")),
}


@dataclass(frozen=True, slots=True)
class CaseRowFacts:
    """One case; `user_id` and `score` are None once its person has ended it. `opened_at` is in the reader's zone."""

    case_id: int
    survey_name: str
    user_id: str | None
    score: int | None
    state: CaseState
    opened_at: datetime
    owner: str | None = None
    is_overdue: bool = False
    ending: CaseEnding | None = None
    cause: CaseCause | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CasesFacts:
    """One page, the newest case first; `counts` pairs each sort with how many there are.

    `survey_id` and `survey_name` are of the one survey that it is about, None and "" where it is about all.
    """

    which: CaseSort
    counts: tuple[tuple[CaseSort, int], ...]
    rows: tuple[CaseRowFacts, ...]
    has_older: bool = False
    survey_id: int | None = None
    survey_name: str = ""


def render(facts: CasesFacts, words: Words) -> Message:
    """Make the page: a button for each sort, a section for each case with the button of what comes next."""
    title = words("Cases")
    if facts.survey_name:
        title = words("Cases: {survey}", survey=one_line(facts.survey_name))
    names = {which: words(NAMES[which], count=count) for which, count in facts.counts}
    lines = [_line(row, words) for row in facts.rows] or [_none(facts.which, words)]
    blocks: list[Block] = [HeaderBlock(PlainText(title))]
    sorts: list[Element] = [
        Button(
            name,
            action_id=f"{ActionId.CASE_LIST}.{which}",
            value=_value(facts, which),
            style="primary" if which is facts.which else None,
        )
        for which, name in names.items()
    ]
    if sorts:
        blocks.append(ActionsBlock(sorts))
    if not facts.rows:
        blocks.append(SectionBlock(mrkdwn(lines[0])))
    for row, line in zip(facts.rows, lines, strict=False):
        blocks.append(SectionBlock(mrkdwn(line), accessory=_next(row, words)))
    if facts.has_older:
        older = Button(
            words("Older"),
            action_id=f"{ActionId.CASE_LIST}.older",
            value=_value(facts, facts.which, facts.rows[-1].case_id),
        )
        blocks.append(ActionsBlock([older]))
    only_you = words("Only you see this. Those who are named here said that you may contact them.")
    blocks.append(ContextBlock([PlainText(only_you)]))
    said = words("Cases: {survey}", survey=escaped(facts.survey_name)) if facts.survey_name else title
    return message("\n".join([said, *lines]), blocks)


def _value(facts: CasesFacts, which: CaseSort, before: int | None = None) -> str:
    return f"{which}:{before or ''}:{facts.survey_id or ''}".rstrip(":")


def _line(row: CaseRowFacts, words: Words) -> str:
    parts = []
    if row.user_id is not None:
        parts += [f"<@{row.user_id}>", str(row.score)]
    parts += [
        escaped(row.survey_name),
        words("since {day}", day=words.date(row.opened_at.date())),
        _state(row, words),
    ]
    if row.is_overdue and row.state is not CaseState.CLOSED:
        parts.append(words("*overdue*"))
    if row.note:
        parts.append(escaped(row.note, QUOTE_LENGTH))
    return " · ".join(parts)


def _state(row: CaseRowFacts, words: Words) -> str:
    owner = f"<@{row.owner}>"
    if row.ending is CaseEnding.SETTLED:
        return words("settled, says the person")
    if row.ending is CaseEnding.WITHDRAWN:
        return words("the person wants no contact")
    if row.state is CaseState.CLOSED:
        return words(CAUSES[row.cause]) if row.cause else words("closed, no cause given")
    if row.state is CaseState.OPEN:
        return words("nobody has it")
    if row.state is CaseState.TAKEN:
        return words("{owner} has it", owner=owner)
    return words("{owner} has made contact", owner=owner)


def _next(row: CaseRowFacts, words: Words) -> Button | None:
    if row.ending in {CaseEnding.SETTLED, CaseEnding.WITHDRAWN}:
        return None
    action, label = _NEXT[row.state]
    return Button(words(label), action_id=action, value=str(row.case_id))


def _none(which: CaseSort, words: Words) -> str:
    if which is CaseSort.OVERDUE:
        return words("Nothing is overdue.")
    if which is CaseSort.CLOSED:
        return words("No case is closed yet.")
    if which is CaseSort.MINE:
        return words("You have no open case.")
    return words("No case is open. One opens when somebody says that you may contact them.")


_WEDNESDAY = datetime(2025, 12, 3, 9, 30, tzinfo=UTC)
_OPEN = CaseRowFacts(5, "Acme <customers>", "U2", 3, CaseState.OPEN, _WEDNESDAY)
_CLOSED = replace(_OPEN, state=CaseState.CLOSED, owner="U1", ending=CaseEnding.RESOLVED)
_PAGE = CasesFacts(
    CaseSort.OPEN,
    ((CaseSort.OPEN, 12), (CaseSort.OVERDUE, 1), (CaseSort.MINE, 1), (CaseSort.CLOSED, 2345)),
    (
        replace(_OPEN, is_overdue=True),
        replace(_OPEN, case_id=4, state=CaseState.TAKEN, owner="U1"),
        replace(_OPEN, case_id=3, state=CaseState.CONTACTED, owner="U4"),
    ),
    has_older=True,
)
_NO_COUNTS = tuple((which, 0) for which in CaseSort)

EXAMPLES = {
    "open": _PAGE,
    "of one survey": replace(_PAGE, survey_id=7, survey_name="Acme <customers>"),
    "closed": replace(
        _PAGE,
        which=CaseSort.CLOSED,
        rows=(
            replace(_CLOSED, cause=CaseCause.SLOW, note="We called back & <fixed> it."),
            replace(_CLOSED, case_id=4),
            replace(_CLOSED, case_id=3, user_id=None, score=None, ending=CaseEnding.SETTLED),
            replace(_CLOSED, case_id=2, user_id=None, score=None, ending=CaseEnding.WITHDRAWN),
        ),
        has_older=False,
    ),
    **{f"none {which}": CasesFacts(which, _NO_COUNTS, ()) for which in CaseSort},
}
