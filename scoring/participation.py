"""How many people took part, of those that a question reached."""

from dataclasses import dataclass

from scoring.nps import require_count, whole_percent


@dataclass(frozen=True, slots=True)
class Participation:
    """How many were reached, answered, and wrote a comment.

    `invited` counts the invitations that reached someone, whatever became of them later, so that
    nobody answers without being counted there. More answers than invitations, or more comments than
    answers, is a ValueError.

    >>> Participation(invited=40, answered=30, commented=12).response_rate
    75.0
    """

    invited: int
    answered: int
    commented: int

    def __post_init__(self) -> None:
        require_count("invited", self.invited)
        require_count("answered", self.answered)
        require_count("commented", self.commented)
        if self.answered > self.invited:
            message = f"answered is {self.answered}, more than the {self.invited} invited"
            raise ValueError(message)
        if self.commented > self.answered:
            message = f"commented is {self.commented}, more than the {self.answered} who answered"
            raise ValueError(message)

    @property
    def response_rate(self) -> float | None:
        """Answers of invitations, in percent; None when nobody was invited."""
        return 100 * self.answered / self.invited if self.invited else None

    @property
    def comment_rate(self) -> float | None:
        """Comments of answers, in percent; None when nobody answered."""
        return 100 * self.commented / self.answered if self.answered else None

    @property
    def response_percent(self) -> int | None:
        """The response rate as people read it, a whole percentage."""
        return whole_percent(self.answered, self.invited)

    @property
    def comment_percent(self) -> int | None:
        """The comment rate as people read it, a whole percentage."""
        return whole_percent(self.commented, self.answered)
