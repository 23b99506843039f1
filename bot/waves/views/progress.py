"""How far the sending of a wave has come, in words."""

from dataclasses import dataclass

from bot.wording import Words

BAR_LENGTH = 20
SENT, TO_COME = "\N{BLACK PARALLELOGRAM}", "\N{WHITE PARALLELOGRAM}"


@dataclass(frozen=True, slots=True)
class WaveProgress:
    """How many people of a wave stand where; each is counted once, but for `reached_by_reminder`.

    `planned` wait for their turn, `snoozed` asked for later, `sending` are being sent just now. `delivered` have the
    question and have not answered, `answered` have. For the `uncertain` Slack never said whether the message arrived;
    for `reached_by_reminder` of them, a reminder surely did. `failed` pairs each error code of Slack with a count,
    most first.
    """

    planned: int = 0
    snoozed: int = 0
    sending: int = 0
    delivered: int = 0
    answered: int = 0
    uncertain: int = 0
    failed: tuple[tuple[str, int], ...] = ()
    reached_by_reminder: int = 0

    @property
    def people(self) -> int:
        """How many have an invitation, whatever came of it."""
        return self.to_come + self.snoozed + self.reached + self.uncertain + self.refused

    @property
    def to_come(self) -> int:
        """How many get the question without anybody doing anything more."""
        return self.planned + self.sending

    @property
    def reached(self) -> int:
        """How many surely have the question."""
        return self.delivered + self.answered

    @property
    def refused(self) -> int:
        """How many Slack refused, over all its error codes."""
        return sum(people for _, people in self.failed)


def progress_line(progress: WaveProgress, words: Words) -> str:
    """Give "Sent to 120 of 500 · 375 to come in their own working hours · 3 failed · 2 uncertain"."""
    if not progress.people:
        return words("Nobody is asked yet.")
    if progress.reached == progress.people:
        sent = words.plural("Sent to {n} person.", "Sent to all {n} people.", progress.people)
    else:
        sent = words("Sent to {reached} of {people}", reached=progress.reached, people=progress.people)
    return " · ".join([sent, *_rest(progress, words)])


def bar(progress: WaveProgress) -> str:
    """Draw how many are done with, whatever came of it; nothing once all are."""
    if not progress.to_come:
        return ""
    done = (progress.people - progress.to_come) * BAR_LENGTH // progress.people
    return SENT * done + TO_COME * (BAR_LENGTH - done)


def _rest(progress: WaveProgress, words: Words) -> list[str]:
    told = {
        words.plural(
            "{n} to come, in their working hours",
            "{n} to come, each in their working hours",
            progress.to_come,
        ): progress.to_come,
        words.plural("{n} asked for later", "{n} asked for later", progress.snoozed): progress.snoozed,
        words.plural("{n} failed", "{n} failed", progress.refused): progress.refused,
        words.plural("{n} uncertain", "{n} uncertain", progress.uncertain): progress.uncertain,
    }
    return [line for line, people in told.items() if people]


EXAMPLE_PROGRESS = WaveProgress(
    planned=368,
    sending=2,
    delivered=100,
    answered=20,
    snoozed=5,
    uncertain=2,
    failed=(("account_inactive", 2), ("user_not_found", 1)),
)
