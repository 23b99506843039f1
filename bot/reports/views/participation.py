"""`/nps who`: who has answered a wave and what, and who has not, page by page in a modal."""

from dataclasses import dataclass, replace

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ContextBlock,
    Element,
    ModalView,
    Option,
    PlainText,
    SectionBlock,
    StaticSelectMenu,
)

from bot.ids import ActionId, Field
from bot.mark import mark
from bot.message import Json, escaped, mrkdwn, view
from bot.wording import Words
from storage.words import InvitationState

PAGE = 20
COMMENT_SHOWN = 100
ALL, ANSWERED, NOT_ANSWERED = "all", "answered", "not_answered"

_WHICH = {
    ALL: mark("Everyone"),
    ANSWERED: mark("Who has answered"),
    NOT_ANSWERED: mark("Who has not"),
}
_WHILE_OPEN = {
    InvitationState.PLANNED: mark("is asked later"),
    InvitationState.CLAIMED: mark("is asked now"),
    InvitationState.FAILED: mark("got no message: Slack did not take it"),
    InvitationState.UNCERTAIN: mark("may not have got the message"),
    InvitationState.DELIVERED: mark("has not answered yet"),
    InvitationState.EXPIRED: mark("has not answered"),
    InvitationState.ANSWERED: mark("has answered"),
}


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person in a wave; `score` is None without an answer."""

    invitation_id: int
    user_id: str
    state: InvitationState
    score: int | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class WhoFacts:
    """One page of the people of a wave. Of an anonymous one it holds no score. `asked` is None where anybody in a channel could answer."""

    wave_id: int
    survey_name: str
    number: int
    is_open: bool
    answered: int
    asked: int | None
    which: str
    people: tuple[PersonFacts, ...]
    has_before: bool = False
    has_after: bool = False
    is_anonymous: bool = False


def render(facts: WhoFacts, words: Words) -> Json:
    """Make the modal: a line for each person, and a menu to see only those who have answered, or have not."""
    title = words(
        "{survey}, {wave}: {answered}",
        survey=f"*{escaped(facts.survey_name)}*",
        wave=words("wave {number}", number=facts.number),
        answered=_answered(facts, words),
    )
    options = {which: Option(PlainText(words(name)), value=which) for which, name in _WHICH.items()}
    menu = StaticSelectMenu(Field.WHO, options=list(options.values()), initial_option=options[facts.which])
    blocks: list[Block] = [SectionBlock(mrkdwn(title))]
    if facts.asked is not None:
        blocks.append(ActionsBlock([menu], block_id=Field.WHO))
    lines = [_line(person, facts, words) for person in facts.people] or [words("Nobody.")]
    blocks += [
        SectionBlock(mrkdwn("\n".join(lines[start : start + 10]))) for start in range(0, len(lines), 10)
    ]
    if buttons := _buttons(facts, words):
        blocks.append(ActionsBlock(buttons))
    blocks.append(ContextBlock([mrkdwn(_kindly(facts, words))]))
    return view(
        ModalView(
            title=words("Who has answered"),
            close=words("Close"),
            private_metadata=str(facts.wave_id),
            blocks=blocks,
        )
    )


def _answered(facts: WhoFacts, words: Words) -> str:
    if facts.asked is None:
        return words.plural("{n} answer", "{n} answers", facts.answered)
    return words("{responses} of {invited} answered", responses=facts.answered, invited=facts.asked)


def _line(person: PersonFacts, facts: WhoFacts, words: Words) -> str:
    who = f"<@{person.user_id}>"
    has_answered = person.state is InvitationState.ANSWERED
    if person.score is None and has_answered and not facts.is_anonymous:
        return words("{person} answered; what was said is erased", person=who)
    if person.score is None:
        is_told = facts.is_open or has_answered
        said = words(_WHILE_OPEN[person.state]) if is_told else words("did not answer")
        return words("{person} {said}", person=who, said=said)
    told = words("{person} chose {score}", person=who, score=f"*{person.score}*")
    if person.comment:
        return words("{told}: “{comment}”", told=told, comment=escaped(person.comment, COMMENT_SHOWN))
    return told


def _buttons(facts: WhoFacts, words: Words) -> list[Element]:
    if not facts.people:
        return []
    sides = {
        ActionId.WHO_BACK: (facts.has_before, words("Previous"), facts.people[0]),
        ActionId.WHO_ONWARDS: (facts.has_after, words("Next"), facts.people[-1]),
    }
    return [
        Button(label, action_id=action, value=str(person.invitation_id))
        for action, (is_there, label, person) in sides.items()
        if is_there
    ]


def _kindly(facts: WhoFacts, words: Words) -> str:
    if facts.is_open:
        return words(
            "Only you see this. Nobody has to answer, and reminders go by themselves: an answer that somebody was pushed "
            "to give tells you little."
        )
    return words("Only you see this. Nobody had to answer.")


_PEOPLE = (
    PersonFacts(1, "U1", InvitationState.ANSWERED, 9),
    PersonFacts(2, "U2", InvitationState.ANSWERED, 2, "Slow & <!channel> late"),
    PersonFacts(3, "U3", InvitationState.DELIVERED),
    PersonFacts(4, "U4", InvitationState.PLANNED),
    PersonFacts(5, "U5", InvitationState.FAILED),
    PersonFacts(6, "U6", InvitationState.UNCERTAIN),
    PersonFacts(7, "U7", InvitationState.CLAIMED),
    PersonFacts(8, "U8", InvitationState.EXPIRED),
)
_OPEN = WhoFacts(
    wave_id=5,
    survey_name="Team <pulse>",
    number=3,
    is_open=True,
    answered=2,
    asked=8,
    which=ALL,
    people=_PEOPLE,
    has_after=True,
)

EXAMPLES = {
    "open": _OPEN,
    "closed, in the middle": replace(_OPEN, is_open=False, has_before=True),
    "anonymous": replace(
        _OPEN, is_anonymous=True, people=(PersonFacts(1, "U1", InvitationState.ANSWERED), *_PEOPLE[2:])
    ),
    "who has not": replace(_OPEN, which=NOT_ANSWERED, people=_PEOPLE[2:], has_after=False),
    "nobody": replace(_OPEN, which=NOT_ANSWERED, answered=8, people=(), has_after=False),
    "one open question": replace(_OPEN, asked=None, people=_PEOPLE[:2], has_after=False),
}
