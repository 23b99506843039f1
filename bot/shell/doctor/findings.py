"""What each check of `nps-bot doctor` comes to: one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

TOLD = 20
"""How many of one kind are told. Whoever has mended them looks again."""


class State(StrEnum):
    """How a check ended."""

    OK = "ok"
    WRONG = "wrong"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor: a detail when all is well, what to do when not."""

    check: str
    state: State
    says: str = ""

    @property
    def line(self) -> str:
        if self.state is State.WRONG:
            return f"{self.check}: {self.says}"
        return f"{self.check}: {self.state.value}{self.says and f' ({self.says})'}"


def all_wrong(check: str, sentences: Sequence[str]) -> list[Finding]:
    """Give a line for each thing that is wrong, or say that nothing is."""
    return [Finding(check, State.WRONG, sentence) for sentence in sentences] or [Finding(check, State.OK)]


def and_more(more: int) -> list[str]:
    """Say how many more there are than are told."""
    return [f"And {more:,} more."] if more else []


def not_checked(checks: Sequence[str], because: str) -> list[Finding]:
    return [Finding(check, State.NOT_CHECKED, because) for check in checks]
