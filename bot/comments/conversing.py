"""What managers read of conversations under anonymous comments: nothing before its hour, and never whether it was read."""

from datetime import datetime

from bot.comments.views.anonymous_comments import ThreadFacts
from bot.kit.views.letters import LetterFacts
from storage.tables import Letter, Thread
from storage.threads import Conversation
from storage.words import LetterState, ThreadEnding, ThreadState


def letters_told(conversation: Conversation, now: datetime) -> tuple[LetterFacts, ...]:
    """Say what a manager reads of the letters: the person's once they have arrived."""
    return tuple(
        _told(one, now)
        for one in conversation.letters
        if one.is_from_team or one.state is LetterState.DELIVERED
    )


def _told(letter: Letter, now: datetime) -> LetterFacts:
    return LetterFacts(
        letter.text,
        letter.author,
        is_from_team=letter.is_from_team,
        is_in_doubt=letter.state is LetterState.UNCERTAIN and (letter.due_at is None or letter.due_at <= now),
        is_dropped=letter.state is LetterState.DROPPED,
    )


def ending_told(thread: Thread) -> ThreadEnding | None:
    """Say why it is over; None as long as managers take it for open."""
    return thread.ending if thread.state is ThreadState.ENDED else None


def below_a_comment(conversation: Conversation, now: datetime, value: str) -> ThreadFacts:
    """Say what stands below a comment with a button that holds `value`."""
    latest = letters_told(conversation, now)[-1:]
    return ThreadFacts(value, latest[0] if latest else None, ending_told(conversation.thread))
