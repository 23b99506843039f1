"""One line that tells those who are asked what came of what they said."""

from dataclasses import dataclass, replace
from datetime import date

from bot.message import Message, escaped, sentence
from bot.wording import Words
from storage.words import ACTION_LENGTH, ActionState


@dataclass(frozen=True, slots=True)
class YouSaid:
    """What people said, what is done about it, and on which day; a manager has worded both."""

    said: str
    did: str
    state: ActionState
    day: date


def you_said(facts: YouSaid, words: Words) -> str:
    """Tell it in mrkdwn."""
    told = {"said": escaped(facts.said, ACTION_LENGTH), "did": escaped(facts.did, ACTION_LENGTH)}
    day = words.date(facts.day)
    if facts.state is ActionState.DONE:
        return words("*You said:* {said} → *We did:* {did} ({day})", day=day, **told)
    if facts.state is ActionState.PLANNED:
        return words("*You said:* {said} → *We plan:* {did} (until {day})", day=day, **told)
    return words("*You said:* {said} → *We dropped:* {did} ({day})", day=day, **told)


def render(facts: YouSaid, words: Words) -> Message:
    """Make a message of the one line."""
    return sentence(you_said(facts, words))


DONE = YouSaid(
    "Nobody answers the <phone> & we wait.", "Two more people answer it.", ActionState.DONE, date(2025, 11, 3)
)

EXAMPLES = {
    "done": DONE,
    "planned": replace(DONE, state=ActionState.PLANNED, day=date(2026, 1, 1)),
    "dropped": replace(DONE, state=ActionState.DROPPED),
}
