"""The question and its eleven buttons: in a direct message, and again in App Home."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ContextBlock,
    Element,
    HeaderBlock,
    Option,
    PlainText,
    SectionBlock,
    StaticSelectMenu,
)

from bot.answers.rules.snoozing import Later
from bot.answers.views.kept_for import kept_for
from bot.answers.views.scale import score_rows, the_ends
from bot.ids import ActionId
from bot.kit.views.acted import DONE, YouSaid, you_said
from bot.mark import mark
from bot.message import Message, escaped, message, mrkdwn
from bot.typed import one_line
from bot.wording import Words, words_for
from scoring.disclosure import minimum_answers, minimum_for_details
from storage.question import QUESTION_LENGTH, Question, QuestionText, Wording
from storage.words import NAME_LENGTH, Kind

QUESTIONS = {
    Kind.EMPLOYEES: mark("How likely are you to recommend {subject} as a place to work?"),
    Kind.CUSTOMERS: mark("How likely are you to recommend {subject} to a friend or colleague?"),
}
WHO_SEES = {
    Kind.EMPLOYEES: mark(
        "Managers can see your answer and your name. "
        "Everyone else sees only totals, of {fewest} people or more, and only when it is over."
    ),
    Kind.CUSTOMERS: mark("Managers can see your answer and your name. Everyone else sees only the totals."),
}
"""Customers' survey with a minimum promises what one of employees does."""
ANONYMOUS = mark(
    "This is anonymous. I keep that you answered, without what and when. What people choose stays sealed until the question "
    "closes. Then everyone here, managers too, sees only totals, from {fewest} answers on; managers read comments, in "
    "random order, from {details} on. Slack tells this app who clicks; the app does not keep that with the answer."
)


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """One person's question; all times are in the reader's zone.

    `chosen` is the score that stands, if any. `later` holds how long the question may be put off, and when it would
    come again: tomorrow and next week at a full hour. `may_stop` is whether the button that ends all questions
    stands under it. `has_taken_part` is true once an anonymous answer is cast. `comes_again_at` is until when the person
    has put it off; App Home tells. `acted` is what came last of what people said, which stands above the question.
    `follows_up` is whether the survey asks some of those who answer if somebody may contact them. `keep_days` is how
    long after the closing the answer is kept; None is for good. `minimum` is the fewest answers that a result shows
    from, None for the usual number. `may_be_quoted` is whether the digest may show comments.
    """

    invitation_id: int
    asked: Question
    closes_at: datetime
    chosen: int | None = None
    later: tuple[tuple[Later, datetime], ...] = ()
    may_stop: bool = True
    comes_again_at: datetime | None = None
    is_anonymous: bool = False
    has_taken_part: bool = False
    follows_up: bool = False
    keep_days: int | None = None
    minimum: int | None = None
    may_be_quoted: bool = False
    acted: YouSaid | None = None


def question(asked: Question, words: Words, written: Callable[[str, int], str] = one_line) -> str:
    """Word the question in the reader's language, or as it was written where it was not put into that.

    `written` cuts what a person typed: `one_line` for plain text, `escaped` for mrkdwn.
    """
    language, told = asked.told_in(words.locale.language)
    if told.text:
        return written(told.text, QUESTION_LENGTH)
    speaking = words if language == words.locale.language else words_for(language)
    return speaking(QUESTIONS[asked.kind], subject=written(told.subject, NAME_LENGTH))


def render(facts: InvitationFacts, words: Words) -> Message:
    """Make the direct message: `question_blocks`, with the same facts as plain lines in its text."""
    lines = [
        question(facts.asked, words, escaped),
        what_to_do(facts, words, bold=""),
        the_ends(words),
        who_sees(facts, words),
        until(facts, words),
        kept_for(facts.keep_days, words),
        you_said(facts.acted, words) if facts.acted else "",
    ]
    return message("\n".join(filter(None, lines)), question_blocks(facts, words))


def question_blocks(facts: InvitationFacts, words: Words) -> list[Block]:
    """Make the blocks of one question: six of them at most, and a line above it where something was done."""
    if facts.has_taken_part:
        asked = ContextBlock([PlainText(question(facts.asked, words))])
        return [asked, SectionBlock(mrkdwn(thanks(words)))]
    small_print = [who_sees(facts, words), until(facts, words), kept_for(facts.keep_days, words)]
    return [
        *above(facts.acted, words),
        question_header(facts.asked, words),
        SectionBlock(mrkdwn(f"{what_to_do(facts, words, bold='*')}\n{the_ends(words)}")),
        *own_score_rows(facts, words),
        ContextBlock([mrkdwn("\n".join(filter(None, small_print)))]),
        *not_now(facts, words),
    ]


def above(acted: YouSaid | None, words: Words) -> list[Block]:
    """Tell in small type what came of what people said before."""
    return [ContextBlock([mrkdwn(you_said(acted, words))])] if acted else []


def question_header(asked: Question, words: Words) -> Block:
    """Make the question a header block, in plain text."""
    return HeaderBlock(PlainText(question(asked, words)))


def own_score_rows(facts: InvitationFacts, words: Words) -> list[Block]:
    """Make the eleven buttons of one person's question; in an anonymous one they store nothing yet."""
    action = ActionId.BALLOT_SCORE if facts.is_anonymous else ActionId.SCORE
    return score_rows(action, facts.invitation_id, words)


def not_now(facts: InvitationFacts, words: Words) -> list[Block]:
    """Make the row that puts the question off or ends all questions; a person who has answered gets none."""
    if facts.chosen is not None:
        return []
    elements: list[Element] = []
    if facts.later:
        elements.append(_later_menu(facts, words))
    if facts.may_stop:
        elements.append(stop_button(words, facts.invitation_id))
    return [ActionsBlock(elements)] if elements else []


def stop_button(words: Words, invitation_id: int | None = None) -> Button:
    """Make the button that ends all questions; where it stands under one, it knows which."""
    value = None if invitation_id is None else str(invitation_id)
    return Button(words("Don't ask me again"), action_id=ActionId.STOP_ASKING, value=value)


def _later_menu(facts: InvitationFacts, words: Words) -> Element:
    # In an hour, or tomorrow, may already be Monday morning: of those that are the same, the last says it best.
    distinct = {moment: word for word, moment in facts.later}
    return StaticSelectMenu(
        action_id=ActionId.LATER,
        placeholder=words("Ask me later"),
        options=[
            Option(text=PlainText(_later(word, moment, words)), value=f"{facts.invitation_id}:{word}")
            for moment, word in distinct.items()
        ],
    )


def _later(word: Later, moment: datetime, words: Words) -> str:
    if word is Later.HOUR:
        return words("In an hour")
    if word is Later.TOMORROW:
        return words("Tomorrow, {time}", time=words.hour(moment.hour))
    return words(
        "Next week: {weekday}, {time}",
        weekday=words.weekday(moment.weekday()),
        time=words.hour(moment.hour),
    )


def what_to_do(facts: InvitationFacts, words: Words, bold: str) -> str:
    """Say in mrkdwn that one tap is enough, or which score stands; `bold` goes before and after the score."""
    if facts.is_anonymous:
        return words("Tap a number, then send it: before you send, nothing is kept.")
    if facts.chosen is None:
        return words("One tap is all it takes.")
    chosen = f"{bold}{facts.chosen}{bold}"
    return words("You chose {score}. Tap another number to change it.", score=chosen)


def who_sees(facts: InvitationFacts, words: Words) -> str:
    """Say who can read the answer and who only which totals; every question and reminder carries it.

    Where the survey follows people up it also says that nobody contacts them unless they say so.
    """
    customers = facts.asked.kind is Kind.CUSTOMERS
    fewest = minimum_answers(facts.minimum, anonymous=facts.is_anonymous, customers=customers)
    if facts.is_anonymous:
        return words(ANONYMOUS, fewest=fewest, details=minimum_for_details(fewest))
    seen = words(WHO_SEES[Kind.EMPLOYEES if fewest else Kind.CUSTOMERS], fewest=fewest)
    if facts.may_be_quoted:
        seen = f"{seen} {may_be_quoted(words)}"
    return f"{seen} {unless_you_say_so(words)}" if facts.follows_up else seen


def may_be_quoted(words: Words) -> str:
    """Say that a channel may read comments, and never from which person."""
    return words("The weekly digest may quote a few comments, without names.")


def unless_you_say_so(words: Words) -> str:
    """Promise that nobody follows an answer up without consent."""
    return words("Nobody contacts you about it unless you say so.")


def thanks(words: Words) -> str:
    """Thank somebody for an anonymous answer, without a word of what it says."""
    return words("You have answered. Thank you! Nobody knows which answer is yours, so it stands as it is.")


def until(facts: InvitationFacts, words: Words) -> str:
    """Say until when people can answer, and whether they can change it."""
    if facts.is_anonymous:
        return words(
            "You can answer until {moment}. An answer that is sent cannot be changed.",
            moment=words.deadline(facts.closes_at),
        )
    return until_when(facts.closes_at, words)


def until_when(closes_at: datetime, words: Words) -> str:
    """Say until when people can answer. `closes_at` is in the reader's zone and is not converted."""
    return words("You can answer, and change your answer, until {moment}.", moment=words.deadline(closes_at))


_MONDAY = datetime(2025, 12, 8, 9, 0, tzinfo=UTC)
_CUSTOMER = InvitationFacts(
    invitation_id=41,
    asked=Question(Kind.CUSTOMERS, "Acme"),
    closes_at=datetime(2025, 12, 12, 17, 0, tzinfo=UTC),
    later=(
        (Later.HOUR, datetime(2025, 12, 4, 11, 30, tzinfo=UTC)),
        (Later.TOMORROW, datetime(2025, 12, 5, 9, 0, tzinfo=UTC)),
        (Later.NEXT_WEEK, _MONDAY),
    ),
)

EXAMPLES = {
    "customer": _CUSTOMER,
    "followed up": replace(_CUSTOMER, follows_up=True),
    "employee": replace(_CUSTOMER, asked=Question(Kind.EMPLOYEES, "Acme")),
    "friday afternoon": replace(_CUSTOMER, later=tuple((word, _MONDAY) for word, _ in _CUSTOMER.later)),
    "no time to put it off": replace(_CUSTOMER, later=()),
    "may be quoted": replace(_CUSTOMER, may_be_quoted=True, follows_up=True),
    "after something was done": replace(_CUSTOMER, acted=DONE),
    "kept for a year": replace(_CUSTOMER, keep_days=365),
    "customer, from 8 answers on": replace(_CUSTOMER, minimum=8),
    "employee, from 8 answers on": replace(_CUSTOMER, asked=Question(Kind.EMPLOYEES, "Acme"), minimum=8),
    "changing": replace(_CUSTOMER, chosen=9),
    "anonymous": replace(_CUSTOMER, asked=Question(Kind.EMPLOYEES, "Acme"), is_anonymous=True),
    "anonymous, from 12 answers on": replace(
        _CUSTOMER, asked=Question(Kind.EMPLOYEES, "Acme"), is_anonymous=True, minimum=12
    ),
    "in their own words": replace(
        _CUSTOMER,
        asked=Question(
            Kind.CUSTOMERS,
            "the <Lisbon> offsite",
            Wording(
                "en",
                "Would you come to the <Lisbon> offsite again?",
                (("fr", QuestionText(text="Reviendriez-vous à <Lisbonne> ?")),),
            ),
        ),
    ),
    "in one language": replace(
        _CUSTOMER, asked=Question(Kind.CUSTOMERS, "the Lisbon offsite", Wording("en"))
    ),
    "in App Home": replace(_CUSTOMER, may_stop=False),
}
