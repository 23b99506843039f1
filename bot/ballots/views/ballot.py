"""The modal of an anonymous answer: score, comment and reasons at once, since afterwards nobody finds it again."""

from dataclasses import dataclass, replace

from slackblocks import (
    CheckboxGroup,
    InputBlock,
    ModalView,
    Option,
    PlainText,
    PlainTextInput,
    SectionBlock,
    StaticSelectMenu,
)

from bot.answers.views.invitation import question
from bot.answers.views.reason import drivers_input
from bot.answers.views.scale import the_ends
from bot.ballots.rules.limits import COMMENT_LENGTH
from bot.ids import Callback, Field
from bot.message import Json, escaped, mrkdwn, view
from bot.wording import Words
from scoring.disclosure import minimum_answers, minimum_for_details
from scoring.scale import HIGHEST, LOWEST
from storage.question import Question, usual
from storage.words import Kind

MAY_WRITE_BACK = "yes"


@dataclass(frozen=True, slots=True)
class BallotFacts:
    """One question and the score that was tapped. `written` is what `Clicked.written` keeps of the message.

    `minimum` is the fewest answers that a result shows from, None for the usual number.
    """

    invitation_id: int
    wave_id: int
    asked: Question
    tapped: int
    written: tuple[str, ...] = ()
    minimum: int | None = None


def render(facts: BallotFacts, words: Words) -> Json:
    """Make the modal. Its `private_metadata` is "<invitation>:<wave>", and what is written of the message behind it; it holds no score."""
    before = words(
        "Nothing is kept before you send. Then it cannot be changed: nobody knows which answer is yours."
    )
    return view(
        ModalView(
            title=words("Your answer"),
            submit=words("Send"),
            close=words("Not now"),
            callback_id=Callback.BALLOT,
            private_metadata=" ".join([f"{facts.invitation_id}:{facts.wave_id}", *facts.written]),
            blocks=[
                SectionBlock(mrkdwn(f"*{question(facts.asked, words, escaped)}*\n{before}")),
                _score(facts, words),
                _comment(facts, words),
                _write_back(words),
                drivers_input(facts.asked.drivers, (), words),
            ],
        )
    )


def _score(facts: BallotFacts, words: Words) -> InputBlock:
    options = [Option(text=PlainText(str(score)), value=str(score)) for score in range(LOWEST, HIGHEST + 1)]
    return InputBlock(
        label=words("Your score"),
        hint=the_ends(words),
        block_id=Field.SCORE,
        element=StaticSelectMenu(
            action_id=Field.SCORE, options=options, initial_option=options[facts.tapped - LOWEST]
        ),
    )


def _comment(facts: BallotFacts, words: Words) -> InputBlock:
    customers = facts.asked.kind is Kind.CUSTOMERS
    fewest = minimum_answers(facts.minimum, anonymous=True, customers=customers)
    hint = words(
        "Managers read comments without names and in random order, from {fewest} answers on. Leave out what would give you away.",
        fewest=minimum_for_details(fewest),
    )
    return InputBlock(
        label=words("Why this score?"),
        hint=hint,
        optional=True,
        block_id=Field.COMMENT,
        element=PlainTextInput(
            action_id=Field.COMMENT,
            multiline=True,
            max_length=COMMENT_LENGTH,
            placeholder=words("One sentence is plenty."),
        ),
    )


def _write_back(words: Words) -> InputBlock:
    box = Option(
        PlainText(words("The team may write back to me about this, through the bot.")),
        description=PlainText(words("They will not learn who I am.")),
        value=MAY_WRITE_BACK,
    )
    hint = words(
        "It counts with a comment only. Who you are is then kept encrypted, apart from your answer: until you or the team "
        "end the conversation, and for 60 days after this question closes at the most."
    )
    return InputBlock(
        label=words("May the team write back?"),
        hint=hint,
        optional=True,
        block_id=Field.WRITE_BACK,
        element=CheckboxGroup(action_id=Field.WRITE_BACK, options=[box]),
    )


_TAPPED = BallotFacts(
    invitation_id=41,
    wave_id=7,
    asked=Question(Kind.EMPLOYEES, "Acme", drivers=usual(Kind.EMPLOYEES)),
    tapped=9,
    written=("D1", "1764072000.000100"),
)

EXAMPLES = {
    "employee": _TAPPED,
    "employee, from 12 answers on": replace(_TAPPED, minimum=12),
    "customer, in App Home": replace(
        _TAPPED, asked=Question(Kind.CUSTOMERS, "Acme", drivers=usual(Kind.CUSTOMERS)), tapped=0, written=()
    ),
}
