"""What a person reads when the team writes back, and what stands there once they have ended it."""

from dataclasses import dataclass, replace

from slackblocks import ActionsBlock, Button, ContextBlock, PlainText, SectionBlock

from bot.comments.rules.place import written_as
from bot.ids import ActionId
from bot.message import Message, escaped, message, mrkdwn, sentence
from bot.threads.views.sure import sure
from bot.typed import lines
from bot.wording import Words
from storage.words import LETTER_LENGTH

_IN_A_NOTIFICATION = 500


@dataclass(frozen=True, slots=True)
class TeamLetterFacts:
    """One letter of the team's, and the survey that had asked."""

    key: bytes
    survey_name: str
    text: str


def render(facts: TeamLetterFacts, words: Words) -> Message:
    """Make the message. What the manager wrote stands in plain text, where nothing is a link and nobody is called."""
    begins = words(
        "The team that asked “{survey}” writes back to you, about the comment in your anonymous answer. They do not know "
        "who you are.",
        survey=escaped(facts.survey_name),
    )
    after = words(
        "If you answer, they read it some working hours later, without your name. Leave out what would give you away."
    )
    value = written_as(facts.key)
    return message(
        f"{begins}\n{escaped(facts.text, _IN_A_NOTIFICATION)}",
        [
            SectionBlock(mrkdwn(f"*{begins}*")),
            SectionBlock(PlainText(lines(facts.text, LETTER_LENGTH))),
            ContextBlock([mrkdwn(after)]),
            ActionsBlock(
                [
                    Button(words("Answer"), action_id=ActionId.THREAD_ANSWER, value=value, style="primary"),
                    Button(
                        words("End this conversation"),
                        action_id=ActionId.THREAD_END,
                        value=value,
                        confirm=sure(
                            words, words("Nobody can write to you about this any more, nor you to them.")
                        ),
                    ),
                ]
            ),
        ],
    )


def ended(words: Words, *, survey_name: str) -> Message:
    """Make what takes the letter's place."""
    return sentence(
        words(
            "You have ended the conversation about your comment to “{survey}”. Nothing joins it to you any more.",
            survey=escaped(survey_name),
        )
    )


_ONE = TeamLetterFacts(
    b"k" * 16, "Team <pulse>", "Which *meetings* do you mean?\n<!channel> We would like to end some."
)

EXAMPLES = {"one": _ONE, "long": replace(_ONE, text="Long & " * 1000)}
