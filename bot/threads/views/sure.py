"""The question before either side ends a conversation, which cannot be taken back."""

from slackblocks import ConfirmationDialogue, PlainText

from bot.wording import Words


def sure(words: Words, text: str) -> ConfirmationDialogue:
    """Make the dialogue that stands before a button's work."""
    return ConfirmationDialogue(
        title=PlainText(words("End this conversation?")),
        text=PlainText(text),
        confirm=PlainText(words("End it")),
        deny=PlainText(words("Cancel")),
    )
