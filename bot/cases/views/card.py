"""The card of a case, in the channel where people are followed up: what was said, who has it, and what to do."""

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
    UserSelectMenu,
)

from bot.answers.rules.drivers import name_of
from bot.ids import ActionId
from bot.kit.views.causes import CAUSES
from bot.mark import mark
from bot.message import QUOTE_LENGTH, Message, escaped, message, mrkdwn
from bot.typed import lines, one_line
from bot.wording import Words
from storage.question import Offered
from storage.words import CaseCause, CaseEnding, CaseState, CaseStep

QUOTED = 2900
"""Characters of a comment or a note that one block shows."""
STEPS_SHOWN = 8

_STEPS = {
    CaseStep.OPENED: mark("opened {moment}"),
    CaseStep.TAKEN: mark("taken by {by} {moment}"),
    CaseStep.CONTACTED: mark("contacted by {by} {moment}"),
    CaseStep.HANDED_OVER: mark("handed by {by} to {to} {moment}"),
    CaseStep.CLOSED: mark("closed by {by} {moment}"),
    CaseStep.REOPENED: mark("reopened by {by} {moment}"),
    CaseStep.SETTLED: mark("settled, says {by}, {moment}"),
    CaseStep.WITHDRAWN: mark("consent taken back {moment}"),
}


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step of a case's history. `at` is in the zone of the survey, since many read it."""

    step: CaseStep
    by: str
    at: datetime
    to: str | None = None


@dataclass(frozen=True, slots=True)
class CardFacts:
    """One case. `user_id` is who may be contacted, `owner` who has it; `comment` is as it was typed."""

    case_id: int
    survey_name: str
    user_id: str
    score: int
    state: CaseState
    comment: str = ""
    drivers: tuple[Offered, ...] = ()
    owner: str | None = None
    ending: CaseEnding | None = None
    cause: CaseCause | None = None
    note: str = ""
    steps: tuple[StepFacts, ...] = ()

    @property
    def is_forgotten(self) -> bool:
        """Whether the person has ended it: then nothing of what they said is shown."""
        return self.ending in {CaseEnding.SETTLED, CaseEnding.WITHDRAWN}


def render(facts: CardFacts, words: Words) -> Message:
    """Make the card. Once the person has ended the case, neither name nor words stand in it, and no button."""
    title = words("Follow-up: {survey}", survey=one_line(facts.survey_name))
    spoken = words("Follow-up: {survey}", survey=escaped(facts.survey_name))
    if facts.is_forgotten:
        over = _over(facts, words)
        return message(f"{spoken}\n{over}", [ContextBlock([PlainText(title)]), SectionBlock(mrkdwn(over))])
    asked = words(
        "{person} chose {score} and would like to be contacted.",
        person=f"<@{facts.user_id}>",
        score=f"*{facts.score}*",
    )
    state = _state(facts, words)
    text = [spoken, asked]
    blocks: list[Block] = [HeaderBlock(PlainText(title)), SectionBlock(mrkdwn(asked))]
    if facts.comment:
        text.append(words("“{comment}”", comment=escaped(facts.comment, QUOTE_LENGTH)))
        blocks.append(SectionBlock(PlainText(words("“{comment}”", comment=lines(facts.comment, QUOTED)))))
    if facts.drivers:
        named = " · ".join(name_of(driver, words) for driver in facts.drivers)
        text.append(escaped(named, QUOTE_LENGTH))
        blocks.append(ContextBlock([PlainText(named)]))
    text.append(state)
    blocks.append(SectionBlock(mrkdwn(state)))
    if facts.note:
        text.append(escaped(facts.note, QUOTE_LENGTH))
        blocks.append(SectionBlock(PlainText(lines(facts.note, QUOTED))))
    blocks.append(ActionsBlock(buttons(facts, words), block_id=f"case.{facts.case_id}"))
    if facts.steps:
        steps = " · ".join(_step(one, words) for one in facts.steps[-STEPS_SHOWN:])
        text.append(steps)
        blocks.append(ContextBlock([mrkdwn(steps)]))
    return message("\n".join(text), blocks)


def buttons(facts: CardFacts, words: Words) -> list[Element]:
    """Make what may be done with a case as it stands."""
    value = str(facts.case_id)
    if facts.state is CaseState.CLOSED:
        return [Button(words("Reopen"), action_id=ActionId.CASE_REOPEN, value=value)]
    take = Button(words("Take"), action_id=ActionId.CASE_TAKE, value=value, style="primary")
    contacted = Button(words("Contacted"), action_id=ActionId.CASE_CONTACTED, value=value)
    close = Button(words("Close…"), action_id=ActionId.CASE_CLOSE, value=value)
    over = UserSelectMenu(action_id=ActionId.CASE_HAND_OVER, placeholder=PlainText(words("Hand over to…")))
    return {
        CaseState.OPEN: [take, contacted, close, over],
        CaseState.TAKEN: [contacted, close, over],
        CaseState.CONTACTED: [close, over],
    }[facts.state]


def _state(facts: CardFacts, words: Words) -> str:
    owner = f"<@{facts.owner}>"
    if facts.state is CaseState.OPEN:
        return words("Nobody has taken it yet.")
    if facts.state is CaseState.TAKEN:
        return words("{owner} has it and will write.", owner=owner)
    if facts.state is CaseState.CONTACTED:
        return words("{owner} has made contact.", owner=owner)
    closed = words("It is closed.")
    if facts.cause is None:
        return closed
    cause = words("Cause: {cause}.", cause=words(CAUSES[facts.cause]).lower())
    return f"{closed} {cause}"


def _over(facts: CardFacts, words: Words) -> str:
    if facts.ending is CaseEnding.SETTLED:
        return words(
            "This case is closed: the person says that it is settled. What they said is no longer kept here."
        )
    return words(
        "This case is closed: the person wants no contact any more. What they said is no longer kept here. "
        "Please do not write to them."
    )


def _step(one: StepFacts, words: Words) -> str:
    people = {"by": f"<@{one.by}>", "to": f"<@{one.to}>"}
    return words(_STEPS[one.step], moment=words.moment(one.at), **people)


_OPENED = StepFacts(CaseStep.OPENED, "U2", datetime(2025, 12, 3, 9, 30, tzinfo=UTC))
_TAKEN = StepFacts(CaseStep.TAKEN, "U1", datetime(2025, 12, 3, 10, 0, tzinfo=UTC))
_OVER = StepFacts(CaseStep.HANDED_OVER, "U1", datetime(2025, 12, 3, 11, 0, tzinfo=UTC), to="U4")
_CONTACTED = StepFacts(CaseStep.CONTACTED, "U4", datetime(2025, 12, 4, 9, 0, tzinfo=UTC))
_CLOSED = StepFacts(CaseStep.CLOSED, "U4", datetime(2025, 12, 5, 9, 0, tzinfo=UTC))
_OPEN = CardFacts(
    case_id=5,
    survey_name="Acme <customers>",
    user_id="U2",
    score=3,
    state=CaseState.OPEN,
    comment="Nobody answers the phone.\n<!channel> I *waited* for an hour & more.",
    drivers=(Offered("support"),),
    steps=(_OPENED,),
)
EXAMPLES = {
    "open": _OPEN,
    "without a reason": replace(_OPEN, comment="", drivers=()),
    "taken": replace(_OPEN, state=CaseState.TAKEN, owner="U1", steps=(_OPENED, _TAKEN)),
    "contacted": replace(
        _OPEN, state=CaseState.CONTACTED, owner="U4", steps=(_OPENED, _TAKEN, _OVER, _CONTACTED)
    ),
    "closed": replace(
        _OPEN,
        state=CaseState.CLOSED,
        owner="U4",
        ending=CaseEnding.RESOLVED,
        cause=CaseCause.SLOW,
        note="We called back & <fixed> it.",
        steps=(_OPENED, _TAKEN, _OVER, _CONTACTED, _CLOSED),
    ),
    "long": replace(_OPEN, comment="Long & " * 1000),
    "settled": replace(_OPEN, state=CaseState.CLOSED, owner="U1", ending=CaseEnding.SETTLED),
    "withdrawn": replace(_OPEN, state=CaseState.CLOSED, ending=CaseEnding.WITHDRAWN),
}
