"""The modal in which somebody closes a case: what was behind it, and a note for each other."""

from dataclasses import dataclass

from slackblocks import InputBlock, ModalView, Option, PlainText, PlainTextInput, StaticSelectMenu

from bot.ids import Callback, Field
from bot.kit.views.causes import CAUSES
from bot.message import Json, view
from bot.wording import Words
from storage.words import NOTE_LENGTH, CaseCause


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """A case, with the note and the cause from when it was closed before, if it was."""

    case_id: int
    note: str = ""
    cause: CaseCause | None = None


def render(facts: ClosingFacts, words: Words) -> Json:
    """Make the modal; both inputs may stay empty. Its `private_metadata` is "<case>"."""
    causes = {cause: Option(PlainText(words(name)), value=cause) for cause, name in CAUSES.items()}
    return view(
        ModalView(
            title=words("Close the case"),
            submit=words("Close"),
            close=words("Cancel"),
            callback_id=Callback.CASE_CLOSE,
            private_metadata=str(facts.case_id),
            blocks=[
                InputBlock(
                    label=words("What was behind it?"),
                    optional=True,
                    block_id=Field.CASE_CAUSE,
                    element=StaticSelectMenu(
                        Field.CASE_CAUSE,
                        options=list(causes.values()),
                        initial_option=causes[facts.cause] if facts.cause else None,
                        placeholder=PlainText(words("A cause")),
                    ),
                ),
                InputBlock(
                    label=words("What came of it?"),
                    hint=words(
                        "Those who follow up read it, and managers; the person too, when they ask what is kept about them."
                    ),
                    optional=True,
                    block_id=Field.CASE_NOTE,
                    element=PlainTextInput(
                        action_id=Field.CASE_NOTE,
                        multiline=True,
                        max_length=NOTE_LENGTH,
                        initial_value=facts.note[:NOTE_LENGTH] or None,
                    ),
                ),
            ],
        )
    )


EXAMPLES = {
    "new": ClosingFacts(5),
    "again": ClosingFacts(5, note="We called back.", cause=CaseCause.SLOW),
}
