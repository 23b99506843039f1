"""`/nps actions`: what was done about what people said, a page of it, with a button to change each."""

from dataclasses import dataclass, replace

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ContextBlock,
    HeaderBlock,
    Option,
    PlainText,
    SectionBlock,
    StaticSelectMenu,
)

from bot.answers.rules.drivers import name_of
from bot.ids import ActionId
from bot.kit.views.acted import DONE, YouSaid, you_said
from bot.message import Message, escaped, message, mrkdwn
from bot.typed import one_line
from bot.wording import Words
from storage.question import Offered
from storage.words import ActionState

SURVEYS_OFFERED = 100
"""Slack takes no longer menu."""


@dataclass(frozen=True, slots=True)
class ActionRowFacts:
    """One action. `is_told` is whether it is the one that stands above the survey's next question."""

    action_id: int
    survey_name: str
    acted: YouSaid
    drivers: tuple[Offered, ...] = ()
    wave: int | None = None
    owner: str | None = None
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class ActionsFacts:
    """One page, the newest first; `surveys` are ids and names of those that an action can be made for.

    `survey_id` is the one that it is about, 0 for all.
    """

    rows: tuple[ActionRowFacts, ...]
    surveys: tuple[tuple[int, str], ...]
    survey_id: int = 0
    has_older: bool = False


def render(facts: ActionsFacts, words: Words) -> Message:
    """Make the page: a section for each action, and what makes a new one."""
    title = words("You said, we did")
    lines = [line(row, words) for row in facts.rows]
    nothing = words(
        "Nothing yet. Say what people told you and what you do about it: they read it above their next question, in the "
        "digest and in App Home."
    )
    blocks: list[Block] = [HeaderBlock(PlainText(title))]
    if not lines:
        blocks.append(SectionBlock(PlainText(nothing)))
    for row, told in zip(facts.rows, lines, strict=True):
        change = Button(words("Change…"), action_id=ActionId.ACTION_CHANGE, value=str(row.action_id))
        blocks.append(SectionBlock(mrkdwn(told), accessory=change))
    if facts.has_older:
        value = f"{facts.survey_id}:{facts.rows[-1].action_id}"
        blocks.append(ActionsBlock([Button(words("Older"), action_id=ActionId.ACTIONS_OLDER, value=value)]))
    blocks.append(ActionsBlock([_new(facts, words)]))
    only_you = words("Only managers see this list. Of each survey, people read what was done last.")
    blocks.append(ContextBlock([PlainText(only_you)]))
    return message("\n".join([title, *(lines or [nothing]), only_you]), blocks)


def line(row: ActionRowFacts, words: Words) -> str:
    """Tell one action, and below it what it is about."""
    parts = [f"*{escaped(row.survey_name)}*"]
    if row.wave:
        parts.append(words("wave {number}", number=row.wave))
    if row.drivers:
        parts.append(escaped(", ".join(name_of(one, words) for one in row.drivers), 200))
    if row.owner:
        parts.append(f"<@{row.owner}>")
    if row.is_told:
        parts.append(words("stands above the next question"))
    return "\n".join([you_said(row.acted, words), " · ".join(parts)])


def _new(facts: ActionsFacts, words: Words) -> Button | StaticSelectMenu:
    if len(facts.surveys) == 1:
        [(survey_id, _)] = facts.surveys
        return Button(words("New action"), action_id=ActionId.ACTION_NEW, value=str(survey_id))
    options = [
        Option(text=PlainText(one_line(name)), value=str(survey_id))
        for survey_id, name in facts.surveys[:SURVEYS_OFFERED]
    ]
    return StaticSelectMenu(
        ActionId.ACTION_NEW_FOR, options=options, placeholder=PlainText(words("New action for…"))
    )


_ROW = ActionRowFacts(5, "Acme <customers>", DONE, (Offered("support"),), wave=1, owner="U1", is_told=True)
_PAGE = ActionsFacts(
    (
        _ROW,
        replace(_ROW, action_id=4, acted=replace(DONE, state=ActionState.PLANNED), owner=None, is_told=False),
        ActionRowFacts(3, "Acme <customers>", replace(DONE, state=ActionState.DROPPED)),
    ),
    ((7, "Acme <customers>"),),
    survey_id=7,
)

EXAMPLES = {
    "of one survey": _PAGE,
    "of several": replace(_PAGE, surveys=((7, "Acme <customers>"), (8, "Team")), survey_id=0, has_older=True),
    "none yet": replace(_PAGE, rows=()),
}
