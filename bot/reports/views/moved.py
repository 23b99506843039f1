"""Below the drivers: whether those that something was done about are named less since."""

from collections.abc import Sequence

from bot.kit.views.acted import DONE
from bot.mark import mark
from bot.message import Message, sentence
from bot.reports.rules.moved import Moved
from bot.typed import one_line
from bot.wording import Words
from scoring.change import Verdict
from scoring.nps import rounded_points, signed
from scoring.shares import ShareChange, share_change

_VERDICTS = {
    Verdict.DOWN: mark("Named less since then."),
    Verdict.UP: mark("Named more since then."),
    Verdict.NO_CLEAR_CHANGE: mark("No clear change."),
    Verdict.TOO_FEW: mark("Too few detractors to compare."),
}


def moved_line(facts: Moved, driver: str, words: Words) -> str:
    """Say it in mrkdwn; `driver` is its name, escaped."""
    day = words.date(facts.day)
    if facts.change is None:
        return words(
            "Acted upon: {driver}, on {day}. A wave that opens after that will tell whether it is named less.",
            driver=driver,
            day=day,
        )
    shares = words(
        "Acted upon: {driver}, on {day}. Of detractors, {before} named it in wave {wave} and {after} name it now: {points} "
        "points, between {low} and {high}.",
        driver=driver,
        day=day,
        before=words.percentage(rounded_points(facts.change.before)),
        after=words.percentage(rounded_points(facts.change.after)),
        wave=facts.wave,
        points=_points(facts.change.difference),
        low=_points(facts.change.low),
        high=_points(facts.change.high),
    )
    return f"{shares} {words(_VERDICTS[facts.change.verdict])}"


def render(facts: Sequence[Moved], words: Words) -> Message:
    """Make a message of these lines."""
    return sentence("\n".join(moved_line(one, one_line(one.driver), words) for one in facts))


def _points(points: float) -> str:
    return signed(rounded_points(points))


def _example(before: tuple[int, int], after: tuple[int, int]) -> list[Moved]:
    change: ShareChange | None = share_change(before, after)
    return [Moved("support", DONE.day, 1, change)]


EXAMPLES = {
    "less": _example((30, 40), (10, 40)),
    "more": _example((10, 40), (30, 40)),
    "no clear change": _example((12, 20), (8, 20)),
    "too few": _example((4, 4), (0, 3)),
    "not yet": [Moved("support", DONE.day, 1)],
}
