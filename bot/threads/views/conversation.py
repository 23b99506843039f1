"""The window of one conversation, for managers: the comment, what was written since, and room to write back."""

from dataclasses import dataclass, replace

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ContextBlock,
    InputBlock,
    ModalView,
    PlainText,
    PlainTextInput,
    SectionBlock,
)

from bot.comments.rules.place import written_as
from bot.ids import ActionId, Callback, Field
from bot.kit.views.letters import LetterFacts, conversation_over, letter_line
from bot.message import Json, escaped, mrkdwn, view
from bot.threads.views.sure import sure
from bot.typed import lines
from bot.wording import Words
from storage.words import LETTER_LENGTH, ThreadEnding

SHOWN = 6
"""Letters: a view may have 250 kB in all."""

_COMMENT_SHOWN = 2900


@dataclass(frozen=True, slots=True)
class ConversationFacts:
    """One conversation. `ending` is why it is over, `after` where the page of comments begins that opened this.

    `has_earlier` is whether more letters came before these.
    """

    key: bytes
    survey_name: str
    comment: str
    letters: tuple[LetterFacts, ...] = ()
    ending: ThreadEnding | None = None
    after: tuple[int, str] | None = None
    has_earlier: bool = False


def render(facts: ConversationFacts, words: Words) -> Json:
    """Make the modal. Its `private_metadata` is what the button was that opened it: "<thread>", or with a place."""
    blocks: list[Block] = [
        SectionBlock(mrkdwn(f"*{escaped(facts.survey_name)}*")),
        SectionBlock(PlainText(lines(facts.comment, _COMMENT_SHOWN))),
    ]
    if facts.has_earlier:
        earlier = words("Earlier letters are not shown here.")
        blocks.append(ContextBlock([mrkdwn(earlier)]))
    for letter in facts.letters:
        blocks += [
            ContextBlock([mrkdwn(letter_line(letter, words))]),
            SectionBlock(PlainText(lines(letter.text, LETTER_LENGTH))),
        ]
    value = written_as(facts.key, facts.after)
    if facts.ending:
        blocks.append(ContextBlock([mrkdwn(conversation_over(facts.ending, words))]))
        return view(ModalView(title=words("Conversation"), close=words("Close"), blocks=blocks))
    return view(
        ModalView(
            title=words("Conversation"),
            submit=words("Send"),
            close=words("Close"),
            callback_id=Callback.THREAD_WRITE,
            private_metadata=value,
            blocks=[*blocks, _input(words), ActionsBlock([_stop(value, words)])],
        )
    )


def _input(words: Words) -> InputBlock:
    return InputBlock(
        label=words("Write back"),
        hint=words(
            "I send it for the team, one to 24 working hours from now. You do not learn who reads it, nor when: please do "
            "not ask for what would tell. It cannot be taken back."
        ),
        block_id=Field.LETTER,
        element=PlainTextInput(action_id=Field.LETTER, multiline=True, max_length=LETTER_LENGTH),
    )


def _stop(value: str, words: Words) -> Button:
    told = words("Nobody can write in it any more. What is still on its way to the person does not arrive.")
    return Button(
        words("End this conversation"), action_id=ActionId.THREAD_STOP, value=value, confirm=sure(words, told)
    )


_NEW = ConversationFacts(b"k" * 16, "Team <pulse>", "Meetings without an agenda. <!channel>")
_LETTERS = (
    LetterFacts("Which *meetings* do you mean?", user_id="U1"),
    LetterFacts("Those on Mondays. <@U2>", is_from_team=False),
    LetterFacts("Thank you.", is_in_doubt=True),
)

EXAMPLES = {
    "new": _NEW,
    "some letters": replace(_NEW, letters=_LETTERS, after=(12, "00ff")),
    "long": replace(_NEW, letters=(LetterFacts("Long & " * 1000, user_id="U1"),) * SHOWN, has_earlier=True),
    "not delivered": replace(
        _NEW,
        letters=(LetterFacts("Which ones?", user_id="U1", is_dropped=True),),
        ending=ThreadEnding.UNDELIVERABLE,
    ),
    "ended by the person": replace(_NEW, letters=_LETTERS, ending=ThreadEnding.PERSON),
    "ended by a manager": replace(_NEW, letters=_LETTERS, ending=ThreadEnding.TEAM),
    "its time is over": replace(_NEW, ending=ThreadEnding.OVER),
}
