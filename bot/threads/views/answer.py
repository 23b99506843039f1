"""The window in which the person answers the team, without their name."""

from dataclasses import dataclass

from slackblocks import InputBlock, ModalView, PlainTextInput

from bot.comments.rules.place import written_as
from bot.ids import Callback, Field
from bot.message import Json, view
from bot.wording import Words
from storage.words import LETTER_LENGTH


@dataclass(frozen=True, slots=True)
class ThreadAnswerFacts:
    """The conversation."""

    key: bytes


def render(facts: ThreadAnswerFacts, words: Words) -> Json:
    """Make the modal. Its `private_metadata` is "<thread>"."""
    hint = words(
        "The team reads it some working hours later, without your name and without a time. Leave out what would give you "
        "away."
    )
    return view(
        ModalView(
            title=words("Answer the team"),
            submit=words("Send"),
            close=words("Cancel"),
            callback_id=Callback.THREAD_ANSWER,
            private_metadata=written_as(facts.key),
            blocks=[
                InputBlock(
                    label=words("Your answer"),
                    hint=hint,
                    block_id=Field.LETTER,
                    element=PlainTextInput(action_id=Field.LETTER, multiline=True, max_length=LETTER_LENGTH),
                )
            ],
        )
    )


EXAMPLES = {"one": ThreadAnswerFacts(b"k" * 16)}
