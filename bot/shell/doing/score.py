"""What `nps-bot score` says of some answers."""

from collections.abc import Mapping

from bot.reports.rules.scored import Scored, scored
from bot.shell.doing.scores_file import read_tally
from bot.shell.kit.sentences import WrongInput, as_sentence, print_json
from scoring.change import Verdict
from scoring.nps import Tally, display, whole_percent

_VERDICTS = {
    Verdict.UP: "up, by more than chance explains",
    Verdict.DOWN: "down, by more than chance explains",
    Verdict.NO_CLEAR_CHANGE: "no clear change, chance alone could do this",
    Verdict.TOO_FEW: "too few answers to compare",
}


def say(  # noqa: PLR0913 - one parameter an option
    counts: Mapping[str, int | None],
    scores: str | None,
    confidence: float,
    members: int | None,
    versus: tuple[int, int, int] | None,
    *,
    as_json: bool,
) -> None:
    """Print the NPS of the counts or of a file of scores, as JSON or for people. Raises WrongInput."""
    try:
        found = scored(_answers(counts, scores), confidence, members, Tally(*versus) if versus else None)
    except ValueError as wrong:
        raise WrongInput(as_sentence(wrong)) from None
    except OverflowError:
        message = "These counts are too large to calculate with."
        raise WrongInput(message) from None
    if as_json:
        print_json(found.data())
    else:
        _show(found)


def _answers(counts: Mapping[str, int | None], scores: str | None) -> Tally:
    missing = [f"--{name}" for name, count in counts.items() if count is None]
    if scores is not None:
        if len(missing) < len(counts):
            message = "Give either counts or --scores, not both."
            raise WrongInput(message)
        return read_tally(scores)
    if missing:
        message = (
            f"Give all three counts, or --scores with a file of scores; not given: {', '.join(missing)}."
        )
        raise WrongInput(message)
    return Tally(**{name: count or 0 for name, count in counts.items()})


def _show(found: Scored) -> None:
    # Only people need a table, and programs should not wait for it.
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    console = Console(highlight=False, markup=False, soft_wrap=True)
    tally = found.tally
    interval = f"  {found.interval.display}" if found.interval else ""
    console.print(f"NPS {tally.display}{interval}", style="bold")
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_column(justify="right")
    for category, count, colour in (
        ("Promoters (9 or 10)", tally.promoters, "green"),
        ("Passives (7 or 8)", tally.passives, "yellow"),
        ("Detractors (0 to 6)", tally.detractors, "red"),
    ):
        table.add_row(category, str(count), _percent(count, tally.responses), style=colour)
    answered = "" if found.population is None else _percent(tally.responses, found.population)
    of_members = "" if found.population is None else f" of {found.population}"
    table.add_row("Answered", f"{tally.responses}{of_members}", answered)
    console.print(table)
    for sentence in _sentences(found):
        console.print(sentence)


def _sentences(found: Scored) -> list[str]:
    said = []
    right = f"{100 * found.confidence:g} of 100 such intervals are right."
    if found.interval is None:
        said.append("Nobody answered, so there is no NPS.")
    elif found.population is None or found.worst is None:
        said.append(
            f"{found.interval.display} holds the NPS of everyone who could have answered, if they are like those who "
            f"did. {right}"
        )
    elif found.population == found.tally.responses:
        said.append("Everyone answered: this is the whole group's NPS.")
    else:
        said.append(
            f"{found.interval.display} holds the NPS of all {found.population}, if the "
            f"{found.population - found.tally.responses} who did not answer are like the others. {right} "
            f"Whatever they think, it lies within {found.worst.display}."
        )
    if found.change and found.before:
        moved = f"[{display(found.change.low)}, {display(found.change.high)}]"
        said.append(
            f"{display(found.change.difference)} since {found.before.display}, {moved}: "
            f"{_VERDICTS[found.change.verdict]}."
        )
    elif found.before:
        said.append("Without answers in both there is no change to speak of.")
    return said


def _percent(part: int, whole: int) -> str:
    percent = whole_percent(part, whole)
    return "" if percent is None else f"{percent}%"
