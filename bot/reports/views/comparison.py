"""`/nps compare`: two closed waves side by side, of two surveys or of one, with an honest verdict."""

from dataclasses import dataclass, replace

from slackblocks import Block, HeaderBlock, PlainText, RawText, SectionBlock, TableBlock

from bot.ids import COMMAND
from bot.mark import mark
from bot.message import Message, code, escaped, message, mrkdwn, sentence
from bot.reports.rules.gate import Hidden, Released
from bot.reports.views.meaning import why_hidden
from bot.reports.views.wave import (
    CLOSED_WAVE,
    IMPORTED_WAVE,
    TEAM_EARLIER,
    TEAM_WAVE,
    WaveFacts,
    answered_of_invited,
    everything,
    interval,
    mean_score,
    summary,
    who_answered_both,
)
from bot.typed import one_line
from bot.wording import Words
from scoring.change import MINIMUM_IN_BOTH, Verdict, overlap_change
from scoring.nps import display

NAME_LENGTH = 60

_VERDICTS = {
    Verdict.UP: mark("{difference} from {first} to {second}: higher, by more than chance explains."),
    Verdict.DOWN: mark("{difference} from {first} to {second}: lower, by more than chance explains."),
    Verdict.NO_CLEAR_CHANGE: mark(
        "{difference} from {first} to {second}: no clear difference, chance alone could do this."
    ),
    Verdict.TOO_FEW: mark("{difference} from {first} to {second}: too few answers to compare."),
}


@dataclass(frozen=True, slots=True)
class ComparisonFacts:
    """Two closed waves: the second, with the first as the wave before it, and the people who answered both.

    `names` are their surveys'. `subjects` are what they asked about, where that differs.
    """

    names: tuple[str, str]
    wave: WaveFacts
    subjects: tuple[str, str] | None = None


def render(facts: ComparisonFacts, words: Words, *, with_table: bool = True) -> Message:
    """Make a table with a row for each, and the verdict below it.

    Without `with_table` the same facts stand in text, for workspaces where Slack refuses tables.
    """
    lines = [_line(facts, place, words) for place in (0, 1)]
    said = _said(facts, words)
    first, second = (_named(facts, place, words, plain=True) for place in (0, 1))
    title = words("{first} and {second}", first=first, second=second)
    blocks: list[Block] = [HeaderBlock(PlainText(title))]
    if with_table:
        blocks.append(_table(facts, words))
    else:
        blocks.append(SectionBlock(mrkdwn("\n".join(lines))))
    blocks.append(SectionBlock(mrkdwn("\n".join(said))))
    return message("\n".join([*lines, *said]), blocks)


def which_two(words: Words) -> Message:
    """Say how to name what is to be compared."""
    return sentence(
        words(
            "Name two surveys, as in {surveys}, or two waves of one, as in {waves}.",
            surveys=f"`{COMMAND} compare {words('NAME')} {words('NAME')}`",
            waves=f"`{COMMAND} compare 1 2 {words('NAME')}`",
        )
    )


def same_twice(words: Words) -> Message:
    """Say that there is nothing to compare."""
    return sentence(words("That is the same twice. Name two different ones."))


def none_closed(words: Words, *, survey: str) -> Message:
    """Say that a survey has no result to compare yet."""
    said = words("No wave of “{name}” has closed yet: only closed ones are compared.", name=escaped(survey))
    return sentence(said)


def still_open(words: Words, *, survey: str, wave: str) -> Message:
    """Say that a wave has no result to compare yet."""
    return sentence(
        words(
            "Wave {wave} of “{name}” is open still: only closed ones are compared.",
            wave=escaped(wave),
            name=escaped(survey),
        )
    )


def no_such_pair(words: Words, *, survey: str, wave: str) -> Message:
    """Say that no survey is called so, and no wave of the survey that would be meant."""
    return sentence(
        words(
            "I find no survey “{wave}”, and no wave {wave} of “{name}”. {command} shows its waves.",
            name=escaped(survey),
            wave=escaped(wave),
            command=f"`{COMMAND} trend {code(survey)}`",
        )
    )


def _sides(facts: ComparisonFacts) -> tuple[WaveFacts, WaveFacts]:
    before = facts.wave.before
    assert before is not None  # noqa: S101 - two are compared
    return before, facts.wave


def _named(facts: ComparisonFacts, place: int, words: Words, *, plain: bool = False) -> str:
    """Give the survey's name, or the wave's where both are of one survey; `plain` is for plain_text, else mrkdwn."""
    name, wave = facts.names[place], _sides(facts)[place]
    if facts.names[0] != facts.names[1]:
        return one_line(name, NAME_LENGTH) if plain else escaped(name, NAME_LENGTH)
    if wave.label:
        return one_line(wave.label, NAME_LENGTH) if plain else escaped(wave.label, NAME_LENGTH)
    return words("Wave {number}", number=wave.number)


def _table(facts: ComparisonFacts, words: Words) -> TableBlock:
    one_survey = facts.names[0] == facts.names[1]
    head = [words("Wave") if one_survey else words("Survey"), words("Closed on"), words("NPS")]
    head += [words("Interval"), words("Answered"), words("Mean score")]
    rows = [
        [
            _named(facts, place, words, plain=True),
            words.date(wave.closes),
            wave.result.nps or words("not shown"),
            interval(wave, words),
            answered_of_invited(wave, words),
            mean_score(wave, words) or "\N{EN DASH}",
        ]
        for place, wave in enumerate(_sides(facts))
    ]
    return TableBlock([[RawText(cell) for cell in row] for row in (head, *rows)])


def _line(facts: ComparisonFacts, place: int, words: Words) -> str:
    wave = _sides(facts)[place]
    name = _named(facts, place, words)
    told = f"{summary(name, wave, words)} · {answered_of_invited(wave, words)} · {words.date(wave.closes)}"
    mean = mean_score(wave, words)
    return f"{told} · {words('Mean score: {mean}', mean=mean)}" if mean else told


def _said(facts: ComparisonFacts, words: Words) -> list[str]:
    lines = [line for line in (_verdict(facts, words), _beside_it(facts, words)) if line]
    for place, wave in enumerate(_sides(facts)):
        name = _named(facts, place, words)
        lines += [words("{survey}: {why}", survey=name, why=reason) for reason in why_hidden(wave, words)]
    return lines


def _verdict(facts: ComparisonFacts, words: Words) -> str:
    first, second = (wave.result.tally for wave in _sides(facts))
    both = who_answered_both(facts.wave)
    found = overlap_change(first, second, both) if first and second else None
    if found is None:
        return words("There is nothing to compare while a number is missing.")
    told = words(
        _VERDICTS[found.verdict],
        difference=display(found.difference),
        first=_named(facts, 0, words),
        second=_named(facts, 1, words),
    )
    if both.people < MINIMUM_IN_BOTH:
        return told
    answered = words.plural("{n} person answered both.", "{n} people answered both.", both.people)
    return f"{told} {answered}"


def _beside_it(facts: ComparisonFacts, words: Words) -> str:
    if facts.subjects is None:
        return ""
    first, second = facts.subjects
    return words(
        "They asked about different things: “{first}” and “{second}”.",
        first=escaped(first, NAME_LENGTH),
        second=escaped(second, NAME_LENGTH),
    )


_HIDDEN = Released(answered=3, invited=12, hidden=(Hidden.TOO_FEW,), fewest=5)
_SURVEYS = ComparisonFacts(
    ("Acme customers", "Acme <partners>"),
    replace(CLOSED_WAVE, before=replace(TEAM_EARLIER, number=1)),
    ("Acme", "Acme & co"),
)

EXAMPLES = {
    "two surveys": _SURVEYS,
    "two waves, overlap": ComparisonFacts(("Team pulse", "Team pulse"), TEAM_WAVE),
    "an imported wave": ComparisonFacts(
        ("Carried over", "Carried over"), replace(IMPORTED_WAVE, before=replace(TEAM_EARLIER, number=1))
    ),
    "higher": replace(
        _SURVEYS,
        subjects=None,
        wave=replace(CLOSED_WAVE, before=replace(TEAM_EARLIER, result=everything((9, 9, 7, *(1,) * 8)))),
    ),
    "lower": replace(
        _SURVEYS,
        wave=replace(CLOSED_WAVE, before=replace(TEAM_EARLIER, result=everything((*(0,) * 9, 20, 20)))),
    ),
    "too few": replace(
        _SURVEYS,
        wave=replace(CLOSED_WAVE, before=replace(TEAM_EARLIER, result=everything((1, *(0,) * 9, 3)))),
    ),
    "one hidden": ComparisonFacts(
        ("Team pulse", "Team pulse"), replace(TEAM_WAVE, before=replace(TEAM_WAVE, number=2, result=_HIDDEN))
    ),
}
