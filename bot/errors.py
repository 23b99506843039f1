"""What can go wrong, each with a sentence for the person who can mend it."""

from collections.abc import Callable
from typing import Any


class NpsBotError(Exception):
    """Its text is a whole sentence: what is wrong and what to do."""


class SettingsError(NpsBotError):
    """A setting is missing or wrong."""


class NotReadyError(NpsBotError):
    """The app cannot start: Slack or the database does not answer, or a migration waits."""


class Replayed(Exception):  # noqa: N818 - what happened
    """A request that was accepted before. Nobody is told: no person of ours sent it again."""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A person asked for something that cannot be done; `notice` renders the sentence in their language.

    `word` is what the log gets; it never holds what the person wrote or chose.
    """

    def __init__(self, word: str, notice: Callable[..., Any]) -> None:
        super().__init__(word)
        self.word = word
        self.notice = notice
