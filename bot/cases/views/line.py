"""What people who may be contacted read, once a case: who will contact them, and how to end it."""

from dataclasses import dataclass, replace

from slackblocks import ActionsBlock, Block, Button, Element, SectionBlock

from bot.ids import ActionId
from bot.message import Message, escaped, message, mrkdwn
from bot.wording import Words
from storage.words import CaseEnding, CaseState


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One person's case; `owner` is who has it, if somebody has."""

    case_id: int
    survey_name: str
    state: CaseState
    owner: str | None = None
    ending: CaseEnding | None = None


def render(facts: LineFacts, words: Words) -> Message:
    """Make the message; while the case is open it has two buttons."""
    told = how_it_stands(facts, words)
    return message(told, line_blocks(facts, words))


def line_blocks(facts: LineFacts, words: Words) -> list[Block]:
    """Make the blocks of one case, for its message and for App Home."""
    blocks: list[Block] = [SectionBlock(mrkdwn(how_it_stands(facts, words)))]
    if facts.state is not CaseState.CLOSED:
        blocks.append(ActionsBlock(_buttons(facts, words)))
    return blocks


def how_it_stands(facts: LineFacts, words: Words) -> str:
    """Say in mrkdwn who contacts the person, or that nobody does any more."""
    named = {"survey": escaped(facts.survey_name), "owner": f"<@{facts.owner}>"}
    if facts.state is CaseState.CLOSED:
        return _over(facts, words, named)
    if facts.state is CaseState.OPEN:
        return words(
            "You said that someone may contact you about your answer to “{survey}”. Someone soon will.",
            **named,
        )
    if facts.state is CaseState.TAKEN:
        return words("{owner} will write to you about your answer to “{survey}”.", **named)
    return words("{owner} has contacted you about your answer to “{survey}”.", **named)


def _over(facts: LineFacts, words: Words, named: dict[str, str]) -> str:
    if facts.ending is CaseEnding.SETTLED:
        return words("You said that what you answered to “{survey}” is settled. Thank you!", **named)
    if facts.ending is CaseEnding.WITHDRAWN:
        return words(
            "Nobody contacts you about your answer to “{survey}” any more, as you wish. Their card no longer shows it.",
            **named,
        )
    return words("Your answer to “{survey}” was followed up, and that is closed now. Thank you!", **named)


def _buttons(facts: LineFacts, words: Words) -> list[Element]:
    value = str(facts.case_id)
    return [
        Button(words("It is settled"), action_id=ActionId.CASE_SETTLED, value=value),
        Button(words("Do not contact me"), action_id=ActionId.CASE_WITHDRAW, value=value),
    ]


_TAKEN = LineFacts(5, "Acme <Labs>", CaseState.TAKEN, owner="U1")

EXAMPLES = {
    "open": replace(_TAKEN, state=CaseState.OPEN, owner=None),
    "taken": _TAKEN,
    "contacted": replace(_TAKEN, state=CaseState.CONTACTED),
    "closed": replace(_TAKEN, state=CaseState.CLOSED, ending=CaseEnding.RESOLVED),
    "settled": replace(_TAKEN, state=CaseState.CLOSED, ending=CaseEnding.SETTLED),
    "withdrawn": replace(_TAKEN, state=CaseState.CLOSED, ending=CaseEnding.WITHDRAWN),
}
