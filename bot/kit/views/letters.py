"""What managers read of a conversation under an anonymous comment, in its window and below the comment."""

from dataclasses import dataclass

from bot.wording import Words
from storage.words import ThreadEnding


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What one side wrote. `user_id` is the manager's, if that is known still.

    Whether the person has it already is not told: that would tell when they work.
    """

    text: str
    user_id: str | None = None
    is_from_team: bool = True
    is_in_doubt: bool = False
    is_dropped: bool = False


def letter_line(letter: LetterFacts, words: Words) -> str:
    """Say in mrkdwn who wrote, and what became of it where that is not what it should be."""
    if not letter.is_from_team:
        return words("They answered:")
    if letter.is_dropped:
        told = words("It did not arrive: the conversation had ended.")
    elif letter.is_in_doubt:
        told = words("Slack never confirmed it, so perhaps it did not arrive.")
    else:
        told = ""
    wrote = (
        words("{manager} wrote:", manager=f"<@{letter.user_id}>")
        if letter.user_id
        else words("The team wrote:")
    )
    return f"{wrote} {told}".strip()


def conversation_over(ending: ThreadEnding, words: Words) -> str:
    """Say why nobody writes any more."""
    return {
        ThreadEnding.TEAM: words("A manager has ended this conversation."),
        ThreadEnding.PERSON: words("The person has ended this conversation."),
        ThreadEnding.UNDELIVERABLE: words(
            "What you wrote could not be delivered, so this conversation has ended."
        ),
        ThreadEnding.OVER: words(
            "This conversation has ended: 60 days have passed since the question closed."
        ),
    }[ending]
